//! Mastery as a decision with a stated bound: when what a learner did rules out, as far as the
//! bound says, that they do not know.

use super::Opportunity;
use super::bkt::{self, Parameters};
use crate::probability::Probability;

mod lower_bound;
mod peers;
mod simulation;

pub use lower_bound::{LowerBoundMastery, LowerBoundState};
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

/// Highest probability of not knowing at which mastery may be declared, by the kind of item that
/// the deciding answer was given to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Open answers: guess rate under 0.1.
    pub open: Probability,
    /// Several options: guess rate from 0.1 to 0.4.
    pub options: Probability,
    /// Two options: guess rate over 0.4.
    pub two_options: Probability,
}

impl Bounds {
    /// The bounds of the default rule. That of two options is so low because of those who only
    /// guess: see [`BoundedMastery`].
    #[must_use]
    pub fn strict() -> Self {
        Self {
            two_options: Probability::clamped(0.002),
            ..Self::swift()
        }
    }

    /// As [`Self::strict`], for learners of whom all can learn: about 2 % everywhere.
    #[must_use]
    pub fn swift() -> Self {
        Self {
            open: Probability::clamped(0.02),
            options: Probability::clamped(0.029),
            two_options: Probability::clamped(0.0227),
        }
    }

    /// The bound for an item with this guess rate.
    #[must_use]
    pub fn at(&self, guess: Probability) -> Probability {
        match guess.get() {
            g if g < 0.1 => self.open,
            g if g <= 0.4 => self.options,
            _ => self.two_options,
        }
    }
}

/// Trellis's rule: mastered by a right, independent answer after which the probability of *not*
/// knowing is at most the bound of its kind of item, and enough right answers were independent.
///
/// The probability is that of Bayesian knowledge tracing with each item's own guess rate, at the
/// moment of the answer, before anything that the item itself may have taught.
///
/// # What no rule can do
/// On two-option items alone, in the population of the documentation's table, a rule that
/// declares a pure guesser in under 1 % of cases within 20 items needs at least 16.2 items a
/// learner, whatever the rule: an exact dynamic programme over all answer strings of 20 items says
/// so. [`Bounds::strict`] needs 17.5 and keeps guessers out; [`Bounds::swift`] needs 13.3 and
/// keeps its bound among learners who can learn, but one pure guesser in twelve passes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoundedMastery {
    /// How learners learn.
    pub parameters: Parameters,
    /// Highest probability of not knowing.
    pub bounds: Bounds,
    /// Fewest right answers on a first try without hints.
    pub least_independent: u32,
}

impl Default for BoundedMastery {
    fn default() -> Self {
        Self {
            parameters: Parameters::default(),
            bounds: Bounds::strict(),
            least_independent: 2,
        }
    }
}

/// What [`BoundedMastery`] remembers of one learner on one competency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MasteryState {
    /// Probability of having known at the last answer.
    pub known: f64,
    /// Right answers on a first try without hints.
    pub independent_right: u32,
    /// Answers taken in, retries included.
    pub answers: u32,
}

impl MasteryState {
    /// The probability of not knowing.
    #[must_use]
    pub fn doubt(&self) -> Probability {
        Probability::clamped(1.0 - self.known)
    }

    /// The 16 bytes of this state, little-endian.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.known.to_bits().to_le_bytes());
        bytes[8..12].copy_from_slice(&self.independent_right.to_le_bytes());
        bytes[12..].copy_from_slice(&self.answers.to_le_bytes());
        bytes
    }

    /// The state that [`Self::to_bytes`] wrote; `None` when the numbers cannot be a state.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 16]) -> Option<Self> {
        let (known, rest) = bytes.split_first_chunk::<8>()?;
        let (independent, rest) = rest.split_first_chunk::<4>()?;
        let state = Self {
            known: f64::from_bits(u64::from_le_bytes(*known)),
            independent_right: u32::from_le_bytes(*independent),
            answers: u32::from_le_bytes(*rest.first_chunk::<4>()?),
        };
        let sound = (0.0..=1.0).contains(&state.known) && state.independent_right <= state.answers;
        sound.then_some(state)
    }
}

impl MasteryRule for BoundedMastery {
    type State = MasteryState;

    fn start(&self) -> MasteryState {
        MasteryState {
            known: self.parameters.prior.get(),
            independent_right: 0,
            answers: 0,
        }
    }

    fn observe(&self, state: &mut MasteryState, at: &Opportunity, correct: bool) -> bool {
        let (guess, slip) = bkt::effective_rates(&self.parameters, at);
        // What was known at the last answer, what that item taught, what time took away.
        let taught = if state.answers == 0 || at.earlier_tries > 0 {
            state.known
        } else {
            bkt::learn(state.known, self.parameters.learn.get())
        };
        let before = taught * bkt::retention(&self.parameters, at.seconds_since_practice);
        state.known = bkt::posterior(before, guess, slip, correct);
        state.answers = state.answers.saturating_add(1);
        if !(correct && at.is_independent()) {
            return false;
        }
        state.independent_right = state.independent_right.saturating_add(1);
        state.independent_right >= self.least_independent
            && state.doubt() <= self.bounds.at(at.guess)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tracing::{CompetencyKey, ItemKey};

    #[test]
    fn only_an_independent_right_answer_decides() {
        let rule = BoundedMastery::default();
        let open = Opportunity::first_try(CompetencyKey(0), ItemKey(0), Probability::clamped(0.02));
        let mut sure = MasteryState {
            known: 0.999,
            independent_right: 9,
            answers: 9,
        };
        let hinted = Opportunity {
            hints_used: 1,
            ..open
        };
        assert!(!rule.observe(&mut sure.clone(), &hinted, true));
        assert!(!rule.observe(&mut sure.clone(), &open, false));
        assert!(rule.observe(&mut sure, &open, true));
        // One right answer is never enough, however strong.
        let mut fresh = rule.start();
        let certain = Opportunity {
            guess: Probability::ZERO,
            ..open
        };
        assert!(!rule.observe(&mut fresh, &certain, true));
        assert!(rule.observe(&mut fresh, &certain, true));
    }

    #[test]
    fn states_survive_their_bytes() {
        let rule = BoundedMastery::default();
        let at = Opportunity::first_try(CompetencyKey(0), ItemKey(0), Probability::HALF);
        let mut state = rule.start();
        rule.observe(&mut state, &at, true);
        assert_eq!(MasteryState::from_bytes(&state.to_bytes()), Some(state));
        assert_eq!(MasteryState::from_bytes(&[0xff; 16]), None);
    }
}
