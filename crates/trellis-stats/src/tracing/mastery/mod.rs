//! Mastery as a decision with a stated bound: when what a learner did rules out, as far as the
//! bound says, that they do not know.

use super::Opportunity;
use super::bkt::{self, Parameters};
use crate::probability::Probability;

mod peers;
mod simulation;

pub use peers::{BktThreshold, InARow, KhanLevels, LktAoa, MOfN, TorusNaive};
pub use simulation::{MasteryFigures, Population, simulate_mastery};

/// A rule that says after each answer whether the competency counts as mastered.
pub trait MasteryRule {
    /// What the rule remembers between answers.
    type State: Clone;

    /// Before the first answer.
    fn start(&self) -> Self::State;

    /// Takes in one answer; true when the competency is mastered now.
    fn observe(&self, state: &mut Self::State, opportunity: &Opportunity, correct: bool) -> bool;
}

/// Trellis's rule: mastered when the probability of *not* knowing is at most `bound` and enough
/// of the right answers were independent.
///
/// The probability weighs two stories against what happened. In one the learner follows Bayesian
/// knowledge tracing, with each item's own guess rate. In the other, whose weight beforehand is
/// `guessers`, the learner only ever guesses. The second story is what keeps a lucky run on
/// true/false items from being called mastery: runs are what guessing looks like, and a long
/// history of half-right answers makes a late run less convincing.
///
/// # What no rule can do
/// On two-option items alone, in the population of the documentation's table, a rule that
/// declares a pure guesser in under 1 % of cases within 20 items needs at least 16.2 items a
/// learner, whatever the rule (exact dynamic programme over all answer strings). With
/// `guessers` 0 the rule needs 13.3 items and keeps its 2 % among learners who can learn, but one
/// pure guesser in sixteen passes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoundedMastery {
    /// How learners learn when they do.
    pub parameters: Parameters,
    /// Highest probability of not knowing at which mastery may be declared.
    pub bound: Probability,
    /// Weight, before the first answer, of the story that the learner only guesses.
    pub guessers: Probability,
    /// Fewest right answers on a first try without hints.
    pub least_independent: u32,
}

impl Default for BoundedMastery {
    fn default() -> Self {
        Self {
            parameters: Parameters::default(),
            bound: Probability::clamped(0.02),
            guessers: Probability::clamped(0.25),
            least_independent: 2,
        }
    }
}

/// What [`BoundedMastery`] remembers of one learner on one competency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MasteryState {
    /// Probability of having known at the last answer, if the learner is not a pure guesser.
    pub known: f64,
    /// How many times likelier the answers are from a pure guesser than from a learner.
    pub guesser_ratio: f64,
    /// Right answers on a first try without hints.
    pub independent_right: u32,
    /// Answers taken in, retries included.
    pub answers: u32,
}

impl MasteryState {
    /// The 24 bytes of this state, little-endian.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 24] {
        let mut bytes = [0; 24];
        bytes[..8].copy_from_slice(&self.known.to_bits().to_le_bytes());
        bytes[8..16].copy_from_slice(&self.guesser_ratio.to_bits().to_le_bytes());
        bytes[16..20].copy_from_slice(&self.independent_right.to_le_bytes());
        bytes[20..].copy_from_slice(&self.answers.to_le_bytes());
        bytes
    }

    /// The state that [`Self::to_bytes`] wrote; `None` when the numbers cannot be a state.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 24]) -> Option<Self> {
        let (known, rest) = bytes.split_first_chunk::<8>()?;
        let (ratio, rest) = rest.split_first_chunk::<8>()?;
        let (independent, rest) = rest.split_first_chunk::<4>()?;
        let state = Self {
            known: f64::from_bits(u64::from_le_bytes(*known)),
            guesser_ratio: f64::from_bits(u64::from_le_bytes(*ratio)),
            independent_right: u32::from_le_bytes(*independent),
            answers: u32::from_le_bytes(*rest.first_chunk::<4>()?),
        };
        let sound = (0.0..=1.0).contains(&state.known)
            && (LEAST_RATIO..=1.0 / LEAST_RATIO).contains(&state.guesser_ratio);
        sound.then_some(state)
    }
}

/// The likelihood ratio stays within this and its inverse, so that no history however long makes
/// a story impossible.
const LEAST_RATIO: f64 = 1e-12;

impl BoundedMastery {
    /// The probability of not knowing, both stories weighed.
    #[must_use]
    pub fn doubt(&self, state: &MasteryState) -> Probability {
        let guessing = self.guessers.get() * state.guesser_ratio;
        let learning = 1.0 - self.guessers.get();
        let unknown = learning * (1.0 - state.known) + guessing;
        Probability::clamped(unknown / (learning + guessing))
    }

    /// Whether the state meets the bound and the minimum of evidence.
    #[must_use]
    pub fn is_mastered(&self, state: &MasteryState) -> bool {
        state.independent_right >= self.least_independent
            && self.doubt(state).get() <= self.bound.get()
    }
}

impl MasteryRule for BoundedMastery {
    type State = MasteryState;

    fn start(&self) -> MasteryState {
        MasteryState {
            known: self.parameters.prior.get(),
            guesser_ratio: 1.0,
            independent_right: 0,
            answers: 0,
        }
    }

    fn observe(&self, state: &mut MasteryState, at: &Opportunity, correct: bool) -> bool {
        let (guess, slip) = bkt::effective_rates(&self.parameters, at);
        // The chance to learn comes before each answer but the first: what was known at the last
        // answer, what that item taught, what time took away.
        let taught = if state.answers == 0 || at.earlier_tries > 0 {
            state.known
        } else {
            bkt::learn(state.known, self.parameters.learn.get())
        };
        let before = taught * bkt::retention(&self.parameters, at.seconds_since_practice);
        let right = bkt::chance_of_right(before, guess, slip);
        let (learner, guesser) = if correct {
            (right, guess)
        } else {
            (1.0 - right, 1.0 - guess)
        };
        if learner > 0.0 {
            state.guesser_ratio =
                (state.guesser_ratio * guesser / learner).clamp(LEAST_RATIO, 1.0 / LEAST_RATIO);
        }
        state.answers = state.answers.saturating_add(1);
        state.known = bkt::posterior(before, guess, slip, correct);
        if correct && at.is_independent() {
            state.independent_right = state.independent_right.saturating_add(1);
        }
        self.is_mastered(state)
    }
}
