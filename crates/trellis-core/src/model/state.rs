//! What the models remember of one learner, as it stands in the learner's state: numbers that depend on the answers
//! alone and on no published weight, so that a new model needs no new fold.

use alloc::vec::Vec;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use trellis_stats::tracing::Opportunity;
use trellis_stats::tracing::additive::AdditiveLearner;
use trellis_stats::tracing::mastery::{LowerBoundMastery, LowerBoundState, MasteryRule};

/// What the additive model remembers of one learner over all competencies.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ModelState(AdditiveLearner);

impl ModelState {
    /// What the model of `trellis-stats` reads.
    #[must_use]
    pub fn learner(&self) -> &AdditiveLearner {
        &self.0
    }

    /// Takes in one answer to an item that is this hard, in log-odds of a right answer by an average learner.
    pub(crate) fn follow(&mut self, at: &Opportunity, difficulty: f32, right: bool) {
        self.0.follow(at, difficulty, right);
    }

    /// Bytes that it takes in memory.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        self.0.size_bytes()
    }
}

impl Serialize for ModelState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut bytes = Vec::new();
        self.0.encode(&mut bytes);
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de> Deserialize<'de> for ModelState {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = Vec::<u8>::deserialize(deserializer)?;
        AdditiveLearner::decode(&bytes)
            .map(Self)
            .ok_or_else(|| D::Error::custom("not a state of the additive model"))
    }
}

/// What the mastery rule remembers of one learner on one competency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RuleState(LowerBoundState);

impl Default for RuleState {
    /// Before the first answer.
    fn default() -> Self {
        Self(LowerBoundMastery::running().start().rounded())
    }
}

impl RuleState {
    /// What the rule of `trellis-stats` reads.
    #[must_use]
    pub fn get(&self) -> &LowerBoundState {
        &self.0
    }

    /// Takes in one answer.
    pub(crate) fn observe(&mut self, rule: &LowerBoundMastery, at: &Opportunity, right: bool) {
        rule.observe(&mut self.0, at, right);
        // In memory as on the disk: a learner loaded again goes on with the same bits.
        self.0 = self.0.rounded();
    }
}

impl Serialize for RuleState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0.to_bytes())
    }
}

impl<'de> Deserialize<'de> for RuleState {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = Vec::<u8>::deserialize(deserializer)?;
        let state = bytes
            .as_slice()
            .try_into()
            .ok()
            .and_then(LowerBoundState::from_bytes);
        state
            .map(Self)
            .ok_or_else(|| D::Error::custom("not a state of the mastery rule"))
    }
}
