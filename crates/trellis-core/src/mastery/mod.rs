//! The running learner model and the rule that calls a competency mastered, with its stated bound.
//!
//! The model is Bayesian knowledge tracing with the guess and slip of each interaction
//! ([`trellis_stats::tracing::bkt`]). A competency is mastered when the probability that the learner does *not* know it
//! is at most [`FALSE_MASTERY_BOUND`], after at least [`LEAST_FIRST_TRIES`] first tries without hints on at least
//! [`LEAST_ITEMS`] different items.

mod credit;

use alloc::vec::Vec;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use trellis_stats::memory::Memory;
use trellis_stats::probability::Probability;
use trellis_stats::tracing::bkt::Bkt;
use trellis_stats::tracing::{CompetencyKey, ItemKey, LearnerModel, Opportunity};

pub use credit::{RIGHT_FROM, credit};

use crate::estimate::{Believed, CompetencyState, LearnerState, Level};
use crate::event::Evidence;
use crate::framework::CompetencyId;
use crate::plan::DirectiveKind;
use crate::time::Timestamp;

/// The most that the probability of not knowing may be when a competency is called mastered.
pub const FALSE_MASTERY_BOUND: f64 = 0.02;
/// First tries without hints that the rule needs.
pub const LEAST_FIRST_TRIES: u32 = 3;
/// Different items that the rule needs.
pub const LEAST_ITEMS: u32 = 2;
/// Below this probability of knowing, a mastered competency is doubted.
pub const DOUBT_BELOW: f64 = 0.60;
/// After this many wrong first tries in a row, a mastered competency is doubted.
pub const DOUBT_AFTER_MISSES: u32 = 2;
/// From this chance of remembering downwards a review is due.
pub const REVIEW_BELOW: f64 = 0.90;
/// The chance of a wrong answer although knowing, before an item has its own.
pub const SLIP: f64 = 0.08;
/// The name of model and rule, stored with every advice.
pub const MODEL_VERSION: &str = "bkt-1";

/// The model that runs. Its parameters are part of [`MODEL_VERSION`].
fn model() -> Bkt {
    Bkt::default()
}

/// The state of the learner model for one learner.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelState(<Bkt as LearnerModel>::State);

impl ModelState {
    /// The state of someone who has answered nothing.
    #[must_use]
    pub fn start() -> Self {
        Self(model().start())
    }
}

impl Serialize for ModelState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut bytes = Vec::new();
        model().encode(&self.0, &mut bytes);
        serializer.serialize_bytes(&bytes)
    }
}

impl<'de> Deserialize<'de> for ModelState {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = Vec::<u8>::deserialize(deserializer)?;
        model()
            .decode(&bytes)
            .map(Self)
            .ok_or_else(|| D::Error::custom("not a state of the learner model bkt-1"))
    }
}

fn key(state: &LearnerState, id: &CompetencyId) -> CompetencyKey {
    let place = state
        .competencies
        .iter()
        .position(|known| known.competency == *id)
        .unwrap_or(state.competencies.len());
    CompetencyKey(u32::try_from(place).unwrap_or(u32::MAX))
}

fn opportunity(competency: CompetencyKey, evidence: &Evidence) -> Opportunity {
    Opportunity {
        competency,
        item: ItemKey(0),
        guess: Probability::clamped(evidence.guess),
        slip: Probability::clamped(evidence.slip),
        hints_used: evidence.hints,
        earlier_tries: evidence.earlier,
        seconds_since_practice: evidence.gap_s,
    }
}

/// What is believed about a competency, and the chance that a fresh open item on it is answered right without help.
#[must_use]
pub fn believed(state: &LearnerState, id: &CompetencyId) -> Believed {
    let key = key(state, id);
    let belief = model().belief(&state.model.0, key);
    let fresh = Opportunity::first_try(key, ItemKey(0), Probability::clamped(0.02));
    Believed {
        known: belief.value.get(),
        low: belief.low.get(),
        high: belief.high.get(),
        next_right: model().predict(&state.model.0, &fresh).probability.get(),
    }
}

/// Takes one piece of evidence into the model. The competency must be in the state's list.
pub fn revise(state: &mut LearnerState, id: &CompetencyId, evidence: &Evidence) {
    let opportunity = opportunity(key(state, id), evidence);
    model().update(&mut state.model.0, &opportunity, evidence.right);
}

/// The probability of knowing alone, for rules that weigh many competencies and need no interval.
#[must_use]
pub fn known(state: &LearnerState, id: &CompetencyId) -> f64 {
    model().value(&state.model.0, key(state, id)).get()
}

/// The probability of knowing the competency at a place of the state's list; of one without a place as [`known`] says.
#[must_use]
pub(crate) fn known_at(state: &LearnerState, place: Option<usize>) -> f64 {
    let place = place.unwrap_or(state.competencies.len());
    let key = CompetencyKey(u32::try_from(place).unwrap_or(u32::MAX));
    model().value(&state.model.0, key).get()
}

/// How many right answers in a row, at first tries on items that are new, would meet the rule; `None` when more than
/// `most` are needed.
#[must_use]
pub fn right_needed(state: &LearnerState, id: &CompetencyId, most: u8) -> Option<u8> {
    let competency = state.competency(id)?;
    let right = Evidence {
        guess: 0.02,
        slip: SLIP,
        hints: 0,
        earlier: 0,
        gap_s: Some(60),
        right: true,
    };
    let key = key(state, id);
    let mut ahead = state.model.0.clone();
    for count in 1..=most {
        model().update(&mut ahead, &opportunity(key, &right), true);
        let doubt = 1.0 - model().value(&ahead, key).get();
        let more = u32::from(count);
        if doubt <= FALSE_MASTERY_BOUND
            && competency.first_tries + more >= LEAST_FIRST_TRIES
            && competency.items + more >= LEAST_ITEMS
        {
            return Some(count);
        }
    }
    None
}

/// Whether the rule for mastery holds, by evidence alone.
#[must_use]
pub fn rule_holds(state: &LearnerState, id: &CompetencyId) -> bool {
    let Some(competency) = state.competency(id) else {
        return false;
    };
    1.0 - known(state, id) <= FALSE_MASTERY_BOUND
        && competency.first_tries >= LEAST_FIRST_TRIES
        && competency.items >= LEAST_ITEMS
        && competency.run >= 1
}

/// Whether a mastered competency has become doubtful: the estimate fell, or the last first tries were wrong, one after
/// the other. The second matters after long mastery, where the estimate alone would need many wrong answers to move.
#[must_use]
pub fn is_doubtful(state: &LearnerState, id: &CompetencyId) -> bool {
    let misses = state
        .competency(id)
        .map_or(0, |competency| competency.misses);
    known(state, id) < DOUBT_BELOW || misses >= DOUBT_AFTER_MISSES
}

/// The chance of remembering now, 0 to 1; `None` when nothing was ever right.
#[must_use]
pub fn recall(competency: &CompetencyState, now: Timestamp) -> Option<f64> {
    let remembered = competency.memory?;
    let days = now.days_since(remembered.at);
    Some(
        Memory::default()
            .retrievability_after(&remembered.state, days)
            .get(),
    )
}

/// When the chance of remembering falls to [`REVIEW_BELOW`]; `None` when nothing was ever right.
#[must_use]
pub fn due_at(competency: &CompetencyState) -> Option<Timestamp> {
    let remembered = competency.memory?;
    let bound = Probability::clamped(REVIEW_BELOW);
    let days = Memory::default().next_interval_days(&remembered.state, bound);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "at most a few hundred years of milliseconds"
    )]
    let after_ms = libm::floor(days * 86_400_000.0) as i64;
    Some(remembered.at.plus_ms(after_ms))
}

/// How a competency counts: by the rule, unless a teacher decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mastery {
    /// Not mastered.
    NotYet,
    /// Mastered and remembered.
    Mastered,
    /// Mastered; a review is due.
    Fading,
}

/// How a competency counts now.
#[must_use]
pub fn mastery(state: &LearnerState, id: &CompetencyId, now: Timestamp) -> Mastery {
    mastery_of(state, id, state.competency(id), now)
}

/// How a competency counts now, for those who have looked up what is kept about it.
#[must_use]
pub(crate) fn mastery_of(
    state: &LearnerState,
    id: &CompetencyId,
    competency: Option<&CompetencyState>,
    now: Timestamp,
) -> Mastery {
    let decided = state
        .directives
        .iter()
        .rev()
        .find_map(|directive| match &directive.kind {
            DirectiveKind::CountAsMastered(about) if about == id => Some(true),
            DirectiveKind::NotYet(about) if about == id => Some(false),
            _ => None,
        });
    let by_rule = competency.is_some_and(|competency| competency.mastered_at.is_some());
    if !decided.unwrap_or(by_rule) {
        return Mastery::NotYet;
    }
    match competency.and_then(|competency| recall(competency, now)) {
        Some(recall) if recall < REVIEW_BELOW => Mastery::Fading,
        _ => Mastery::Mastered,
    }
}

/// Where a learner stands, in the five steps that pages show.
#[must_use]
pub fn level(state: &LearnerState, id: &CompetencyId, now: Timestamp) -> Level {
    if mastery(state, id, now) != Mastery::NotYet {
        return Level::Mastered;
    }
    if state.competency(id).is_none() {
        return Level::NotStarted;
    }
    match known(state, id) {
        known if known < 0.40 => Level::Starting,
        known if known < 0.75 => Level::Growing,
        _ => Level::Strong,
    }
}
