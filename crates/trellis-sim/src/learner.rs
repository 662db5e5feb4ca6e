//! A simulated learner: what they truly know, how fast they learn, and how they behave. The engine sees only answers.

use std::collections::BTreeMap;

use trellis_core::framework::{CompetencyId, MixUpId};
use trellis_core::item::{Response, Variant};
use trellis_stats::random::Random;

use crate::responses::{right_response, wrong_response_of};

/// A learner with a mind of their own.
#[derive(Debug, Clone)]
pub struct SimLearner {
    random: Random,
    /// The chance to learn from one item, 0 to 1.
    learn: f64,
    /// The chance to know a competency before the first item, 0 to 1.
    prior: f64,
    /// The chance to err although knowing, 0 to 1.
    slip: f64,
    /// The chance to ask for a hint when not knowing, 0 to 1.
    asks: f64,
    /// The chance to come on a school day, 0 to 1.
    comes: f64,
    knows: BTreeMap<CompetencyId, bool>,
    mix_ups: Vec<MixUpId>,
    /// The chance that a wrong answer without a mix-up of one's own is no known mix-up either, 0 to 1.
    astray: f64,
    /// Whether the last answer came from knowing.
    knew: bool,
}

impl SimLearner {
    /// The learner with this number in the school of this seed.
    #[must_use]
    pub fn new(seed: u64, number: usize, mix_ups: &[MixUpId]) -> Self {
        let mut random = Random::labelled(seed, &format!("learner {number}"));
        let talent = random.uniform();
        let learn = 0.08 + 0.22 * talent;
        let prior = 0.15 + 0.35 * random.uniform();
        let slip = 0.03 + 0.07 * random.uniform();
        let asks = 0.5 * random.uniform();
        let comes = 0.45 + 0.5 * random.uniform();
        let own = (0..3)
            .filter(|_| !mix_ups.is_empty())
            .map(|_| mix_ups[random.index(mix_ups.len())].clone())
            .collect();
        Self {
            random,
            learn,
            prior,
            slip,
            asks,
            comes,
            knows: BTreeMap::new(),
            mix_ups: own,
            astray: 0.0,
            knew: false,
        }
    }

    /// The same with these mix-ups and no others, and going astray in ways of their own with this chance.
    #[must_use]
    pub fn holding(self, mix_ups: Vec<MixUpId>, astray: f64) -> Self {
        Self {
            mix_ups,
            astray,
            ..self
        }
    }

    /// The same, but never asking for a hint.
    #[must_use]
    pub fn silent(self) -> Self {
        Self { asks: 0.0, ..self }
    }

    /// The same, but coming with this chance on a school day.
    #[must_use]
    pub fn coming(self, comes: f64) -> Self {
        Self { comes, ..self }
    }

    /// The mix-ups that the learner holds where they do not know.
    #[must_use]
    pub fn mix_ups(&self) -> &[MixUpId] {
        &self.mix_ups
    }

    /// Whether the last answer came from knowing.
    #[must_use]
    pub fn knew(&self) -> bool {
        self.knew
    }

    /// Loses what was known of a competency.
    pub fn forget(&mut self, id: &CompetencyId) {
        self.knows.insert(id.clone(), false);
    }

    /// The same, but learning next to nothing: somebody who needs a person, not more items.
    #[must_use]
    pub fn stuck(self) -> Self {
        Self {
            learn: 0.01,
            prior: 0.05,
            comes: 0.95,
            ..self
        }
    }

    /// Whether the learner comes today.
    pub fn comes_today(&mut self) -> bool {
        self.random.chance(self.comes)
    }

    /// Whether the learner truly knows a competency.
    #[must_use]
    pub fn knows(&self, id: &CompetencyId) -> bool {
        self.knows.get(id).copied().unwrap_or(false)
    }

    fn meets(&mut self, id: &CompetencyId) -> bool {
        if let Some(known) = self.knows.get(id) {
            return *known;
        }
        let known = self.random.chance(self.prior);
        self.knows.insert(id.clone(), known);
        known
    }

    /// Whether the learner asks for a hint before answering.
    pub fn asks_for_hint(&mut self, id: &CompetencyId) -> bool {
        !self.meets(id) && self.random.chance(self.asks)
    }

    /// Answers, and learns a little from it.
    pub fn answer(&mut self, id: &CompetencyId, variant: &Variant, hints: u32) -> Response {
        let known = self.meets(id);
        self.knew = known;
        let guess = variant.presentation.interaction.guess_rate();
        let helped = 1.0 - (1.0 - guess) * 0.6_f64.powi(i32::try_from(hints).unwrap_or(9));
        let right = self
            .random
            .chance(if known { 1.0 - self.slip } else { helped });
        if !known && self.random.chance(self.learn) {
            self.knows.insert(id.clone(), true);
        }
        if right {
            right_response(variant)
        } else {
            let astray = self.astray > 0.0 && self.random.chance(self.astray);
            wrong_response_of(variant, &self.mix_ups, astray, &mut self.random)
        }
    }

    /// How long the learner took, in milliseconds.
    pub fn takes_ms(&mut self) -> u32 {
        15_000 + u32::try_from(self.random.below(75_000)).unwrap_or(0)
    }

    /// Whether the learner tries again after a wrong answer.
    pub fn tries_again(&mut self) -> bool {
        self.random.chance(0.6)
    }
}
