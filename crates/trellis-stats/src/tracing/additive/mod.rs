//! The additive logistic model: the log-odds of a right answer as a sum of parts, each of which is
//! a sentence.

use super::{
    Belief, CompetencyKey, ItemKey, LearnerModel, Opportunity, Prediction, Term, TermKind,
};
use crate::probability::{LogOdds, Probability, logistic, logit};
use alloc::vec;
use alloc::vec::Vec;
use difficulty::Difficulties;
use features::{LogTable, collect};
use interplay::interplay;
use parts::{Feature, Features, Parts, Sum};

mod difficulty;
mod features;
mod file;
mod fit;
mod interplay;
mod parts;
mod scorer;
mod state;

pub use difficulty::Difficulty;
pub use file::BadModel;
pub use fit::{FitOptions, Given};
pub use scorer::Scorer;
pub use state::AdditiveLearner;

/// Fades of the four residuals that are kept over all answers.
const FADES: [f32; 4] = [0.6, 0.8, 0.92, 0.98];

/// A weight and what is known about it, side by side in memory because every step touches both.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Weight {
    value: f32,
    /// The information that answers gave about it: the sum of squared gradients, whose expectation
    /// is Fisher's information.
    information: f32,
}

/// The model: weights in one table that is addressed by hash, and how hard items are.
///
/// A weight that was never trained is 0, so a new item is its competency's mean and a new
/// competency the whole's: an unknown key is never an error.
#[derive(Clone, Debug)]
pub struct Additive {
    bits: u32,
    /// Whether cells of interplay take part. Answers that are seen once leave them too little each
    /// to pay for the doubt that they bring (on held-out learners the calibration error tripled), so
    /// only a fit in passes has them.
    interplay: bool,
    weights: Vec<Weight>,
    difficulties: Difficulties,
    log: LogTable,
}

impl Additive {
    /// A model that knows nothing yet, with 2^`bits` weights (10 to 24).
    #[must_use]
    pub fn new(bits: u32) -> Self {
        let bits = bits.clamp(10, 24);
        Self {
            bits,
            interplay: false,
            weights: vec![
                Weight {
                    value: 0.0,
                    information: 0.0
                };
                1 << bits
            ],
            difficulties: Difficulties::default(),
            log: LogTable::new(),
        }
    }

    fn features(
        &self,
        state: &AdditiveLearner,
        at: &Opportunity,
        difficulty: Difficulty,
    ) -> Features {
        let mut features = Features::new(self.bits);
        self.collect(&mut features, state, at, difficulty);
        features
    }

    #[inline]
    fn collect(
        &self,
        parts: &mut impl Parts,
        state: &AdditiveLearner,
        at: &Opportunity,
        difficulty: Difficulty,
    ) {
        collect(parts, &self.log, state, at, difficulty);
        if self.interplay {
            interplay(parts, state, at, &difficulty);
        }
    }

    /// The log-odds alone, without a list of their parts.
    fn sum(&self, state: &AdditiveLearner, at: &Opportunity, difficulty: Difficulty) -> f32 {
        let mut sum = Sum::new(&self.weights, self.bits);
        self.collect(&mut sum, state, at, difficulty);
        sum.log_odds
    }

    fn log_odds(&self, features: &Features) -> f32 {
        let part = |f: &Feature| self.weights[f.slot as usize].value * f.value;
        features.as_slice().iter().map(part).sum()
    }

    /// Weights that answers ever moved.
    #[must_use]
    pub fn weight_count(&self) -> usize {
        let moved = |weight: &&Weight| weight.information != 0.0;
        self.weights.iter().filter(moved).count()
    }

    /// Bytes that the model takes in memory.
    #[must_use]
    pub fn size_bytes(&self) -> usize {
        self.weights.len() * size_of::<Weight>() + self.difficulties.size_bytes()
    }

    /// As [`LearnerModel::predict`], where the caller knows how hard the item is.
    #[must_use]
    pub fn predict_given(
        &self,
        state: &AdditiveLearner,
        at: &Opportunity,
        difficulty: Difficulty,
    ) -> Prediction {
        let features = self.features(state, at, difficulty);
        let mut parts = [0.0_f64; TermKind::ALL.len()];
        for feature in features.as_slice() {
            let weight = self.weights[feature.slot as usize].value;
            parts[feature.kind as usize] += f64::from(weight * feature.value);
        }
        let sum: f64 = parts.iter().sum();
        // The guess rate and the limit are the item's part: they are the same for everyone.
        let guess = at.guess.get();
        let lifted = logit(guess + (1.0 - guess) * logistic(sum));
        let limited = lifted.clamp(-MOST_LOG_ODDS, MOST_LOG_ODDS);
        parts[TermKind::Item as usize] += limited - sum;
        let terms = TermKind::ALL.iter().zip(parts);
        let said = terms.filter(|(_, part)| *part != 0.0);
        Prediction::from_terms(
            said.map(|(&kind, log_odds)| Term { kind, log_odds })
                .collect(),
        )
    }

    /// Predicts one answer and follows it, the model unchanged; faster than predict and update,
    /// because it names no parts.
    pub fn follow(&self, state: &mut AdditiveLearner, at: &Opportunity, correct: bool) -> f32 {
        let difficulty = self.difficulties.of(at);
        let sum = self.sum(state, at, difficulty);
        advance(state, at, difficulty.log_odds, correct);
        with_guess(sigmoid(sum), at)
    }
}

/// Lifts a chance by the item's guess rate: who has no idea is right that often.
fn with_guess(p: f32, at: &Opportunity) -> f32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "single precision is what weights have"
    )]
    let guess = at.guess.get() as f32;
    guess + (1.0 - guess) * p
}

/// No prediction goes beyond these log-odds, one in a million: nobody's next answer is certain.
const MOST_LOG_ODDS: f64 = 13.8;

impl LearnerModel for Additive {
    type State = AdditiveLearner;

    fn start(&self) -> AdditiveLearner {
        AdditiveLearner::default()
    }

    fn predict(&self, state: &AdditiveLearner, at: &Opportunity) -> Prediction {
        self.predict_given(state, at, self.difficulties.of(at))
    }

    fn update(&self, state: &mut AdditiveLearner, at: &Opportunity, correct: bool) {
        advance(state, at, self.difficulties.of(at).log_odds, correct);
    }

    /// The chance of a right answer to a fresh item of the competency that nobody has answered,
    /// no hints, nothing to guess from.
    fn belief(&self, state: &AdditiveLearner, competency: CompetencyKey) -> Belief {
        let fresh = Opportunity::first_try(competency, ItemKey(u32::MAX), Probability::ZERO);
        let value = self.predict(state, &fresh).probability;
        let (low, high) = state.interval(competency, value);
        Belief {
            value,
            low,
            high,
            evidence: f64::from(state.attempts_on(competency)),
        }
    }

    fn encode(&self, state: &AdditiveLearner, out: &mut Vec<u8>) {
        state.encode(out);
    }

    fn decode(&self, bytes: &[u8]) -> Option<AdditiveLearner> {
        AdditiveLearner::decode(bytes)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "single precision is what the state has"
)]
fn sigmoid(x: f32) -> f32 {
    logistic(f64::from(x)) as f32
}

impl AdditiveLearner {
    /// Takes in one answer to an item of which the caller says how hard it is, in log-odds of a
    /// right answer by an average learner. No weight has a part in it: the same answers give the
    /// same state under every model.
    pub fn follow(&mut self, at: &Opportunity, difficulty: f32, correct: bool) {
        advance(self, at, difficulty, correct);
    }

    /// The 80 % interval around a chance on this competency. It carries the doubt about the two
    /// abilities only: plus and minus 1.28 of their standard deviation, in log-odds.
    #[must_use]
    pub fn interval(
        &self,
        competency: CompetencyKey,
        value: Probability,
    ) -> (Probability, Probability) {
        let own_variance = self.skill(competency.0).map_or(1.0, |own| own.variance);
        let doubt = 1.28 * libm::sqrt(f64::from(self.variance + own_variance));
        let centre = value.log_odds().get();
        let moved = |by: f64| LogOdds::new(centre + by).map_or(value, LogOdds::probability);
        (moved(-doubt), moved(doubt))
    }

    /// How much better than an average learner on items of this competency, in log-odds: ability in general and on it.
    #[must_use]
    pub fn standing(&self, competency: CompetencyKey) -> f32 {
        self.ability + self.skill(competency.0).map_or(0.0, |own| own.ability)
    }

    /// Answers on this competency so far.
    #[must_use]
    pub fn attempts_on(&self, competency: CompetencyKey) -> u16 {
        self.skill(competency.0).map_or(0, |own| own.attempts)
    }
}

/// Takes one answer into a learner's state. An answer after hints or retries moves the ability by
/// a part of what a first try would.
fn advance(state: &mut AdditiveLearner, at: &Opportunity, difficulty: f32, correct: bool) {
    let (item, skill) = (at.item.0, at.competency.0);
    let right = f32::from(u8::from(correct));
    let own = state.skill(skill).copied();
    let (own_ability, own_variance) = own.map_or((0.0, 1.0), |s| (s.ability, s.variance));
    let p = sigmoid(difficulty + state.ability + own_ability);
    let weight = if at.is_independent() { 1.0 } else { 0.4 };
    let information = p * (1.0 - p) * weight;
    let gain = 1.0 / (1.0 + information * (state.variance + own_variance));
    let residual = (right - p) * weight;
    state.ability += state.variance * gain * residual;
    let v = state.variance;
    state.variance = (v - v * v * information * gain + 0.002).max(0.02);
    let surprise = right - sigmoid(difficulty);
    let place = state.attempts;
    {
        let own = state.skill_mut(skill);
        own.ability += own.variance * gain * residual;
        let v = own.variance;
        own.variance = (v - v * v * information * gain + 0.02).max(0.05);
        let first = own.attempts == 0;
        own.fast = if first {
            surprise * 0.5
        } else {
            0.6 * own.fast + 0.4 * surprise
        };
        own.slow = if first {
            surprise * 0.3
        } else {
            0.85 * own.slow + 0.15 * surprise
        };
        own.attempts = own.attempts.saturating_add(1);
        own.wins = own.wins.saturating_add(u16::from(correct));
        own.bits = own.bits << 1 | u8::from(correct);
        own.last_place = place;
    }
    let seen = state.item_mut(item);
    seen.attempts = seen.attempts.saturating_add(1);
    seen.wins = seen.wins.saturating_add(u8::from(correct));
    seen.last = 1 + u8::from(correct);
    for (residual, fade) in state.residuals.iter_mut().zip(FADES) {
        *residual = fade * *residual + (1.0 - fade) * surprise;
    }
    state.attempts = state.attempts.saturating_add(1);
    state.wins = state.wins.saturating_add(u32::from(correct));
    state.bits = state.bits << 1 | u32::from(correct);
    if state.previous_item == item {
        state.repeats = state.repeats.saturating_add(1);
    } else {
        state.repeats = 1;
    }
    state.recent_items.rotate_right(1);
    state.recent_items[0] = item;
    state.previous_item = item;
    if state.recent_skills[0] != skill {
        let found = state.recent_skills.iter().position(|&k| k == skill);
        let end = found.unwrap_or(state.recent_skills.len() - 1);
        state.recent_skills.copy_within(0..end, 1);
        state.recent_skills[0] = skill;
    }
    state.previous_skill = skill;
}
