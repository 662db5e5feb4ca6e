//! The mastery rules of other systems, as their code or their makers state them, to compare with.

use super::super::Opportunity;
use super::super::bkt::{self, Parameters};
use super::MasteryRule;
use libm::{exp, log};

/// Mastered after this many right answers in a row, first tries without hints: `ASSISTments` with
/// 3, Kolibri's presets with 2, 3, 5 and 10.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InARow(pub u32);

impl MasteryRule for InARow {
    type State = u32;

    fn start(&self) -> u32 {
        0
    }

    fn observe(&self, state: &mut u32, at: &Opportunity, correct: bool) -> bool {
        *state = if correct && at.is_independent() {
            state.saturating_add(1)
        } else {
            0
        };
        *state >= self.0
    }
}

/// Mastered with at least `needed` right among the last `window` (at most 64) first attempts, a
/// hint counting as wrong: Kolibri with 5 of 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MOfN {
    /// Right answers needed.
    pub needed: u32,
    /// Answers looked at.
    pub window: u32,
}

impl MasteryRule for MOfN {
    type State = u64;

    fn start(&self) -> u64 {
        0
    }

    fn observe(&self, state: &mut u64, at: &Opportunity, correct: bool) -> bool {
        *state = (*state << 1) | u64::from(correct && at.is_independent());
        let kept = u64::MAX >> 64_u32.saturating_sub(self.window).min(63);
        (*state & kept).count_ones() >= self.needed
    }
}

/// Mastered when plain BKT with one guess and slip rate for all items passes a threshold.
/// [`BktThreshold::oatutor`] is what `OATutor` ships.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BktThreshold {
    /// Prior and learning rate.
    pub parameters: Parameters,
    /// Guess rate of every item; `None` takes the item's own.
    pub guess: Option<f64>,
    /// Slip rate of every item; `None` takes the item's own.
    pub slip: Option<f64>,
    /// Probability of knowing, learning from the last item included, that is mastery.
    pub threshold: f64,
}

impl BktThreshold {
    /// Prior, learning, guess and slip 0.1 everywhere, mastered at 0.95.
    #[must_use]
    pub fn oatutor() -> Self {
        let tenth = crate::probability::Probability::clamped(0.1);
        let parameters = Parameters {
            prior: tenth,
            learn: tenth,
            ..Parameters::default()
        };
        Self {
            parameters,
            guess: Some(0.1),
            slip: Some(0.1),
            threshold: 0.95,
        }
    }
}

impl MasteryRule for BktThreshold {
    type State = f64;

    fn start(&self) -> f64 {
        self.parameters.prior.get()
    }

    fn observe(&self, state: &mut f64, at: &Opportunity, correct: bool) -> bool {
        let guess = self.guess.unwrap_or(at.guess.get());
        let slip = self.slip.unwrap_or(at.slip.get());
        if at.earlier_tries == 0 {
            let known = bkt::posterior(*state, guess, slip, correct && at.hints_used == 0);
            *state = bkt::learn(known, self.parameters.learn.get());
        }
        *state >= self.threshold
    }
}

/// OLI Torus's simple proficiency: (right + 0.2 wrong) / first attempts over 0.8 after three.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TorusNaive;

impl MasteryRule for TorusNaive {
    type State = (f64, f64);

    fn start(&self) -> (f64, f64) {
        (0.0, 0.0)
    }

    fn observe(&self, state: &mut (f64, f64), at: &Opportunity, correct: bool) -> bool {
        if at.earlier_tries == 0 {
            state.0 += 1.0;
            state.1 += f64::from(u8::from(correct));
        }
        let (count, right) = *state;
        count >= 3.0 && (right + 0.2 * (count - right)) / count > 0.8
    }
}

/// OLI Torus's LKT-AOA: the running mean of a logistic model's predictions over 0.8 after three.
///
/// logit P = intercept + gamma ln(n + 1) + rho ln((s + 1) / (f + 1)), with the successes s and
/// failures f decayed by 0.9 an attempt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LktAoa {
    /// Competency and item intercepts together; 0 before Torus has fitted them.
    pub intercept: f64,
    /// Weight of practice; 0.1 as shipped.
    pub gamma: f64,
    /// Weight of the balance of successes and failures; 1 as shipped.
    pub rho: f64,
}

impl Default for LktAoa {
    fn default() -> Self {
        Self {
            intercept: 0.0,
            gamma: 0.1,
            rho: 1.0,
        }
    }
}

/// What [`LktAoa`] counts: decayed successes and failures, attempts, mean prediction.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct LktAoaState {
    successes: f64,
    failures: f64,
    attempts: f64,
    mean: f64,
}

impl MasteryRule for LktAoa {
    type State = LktAoaState;

    fn start(&self) -> LktAoaState {
        LktAoaState::default()
    }

    fn observe(&self, state: &mut LktAoaState, _: &Opportunity, correct: bool) -> bool {
        let balance = log((state.successes + 1.0) / (state.failures + 1.0));
        let odds = self.intercept + self.gamma * log(state.attempts + 1.0) + self.rho * balance;
        let predicted = 1.0 / (1.0 + exp(-odds));
        state.attempts += 1.0;
        state.mean += (predicted - state.mean) / state.attempts;
        let right = f64::from(u8::from(correct));
        state.successes = 0.9 * state.successes + right;
        state.failures = 0.9 * state.failures + 1.0 - right;
        state.attempts >= 3.0 && state.mean > 0.8
    }
}

/// Khan Academy's levels: an exercise of this many questions all right is Proficient, at least
/// 70 % Familiar; the next question right after Proficient (a mixed quiz) is Mastered, wrong falls
/// back to Familiar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KhanLevels {
    /// Questions in one exercise: 4 or 7.
    pub exercise: u32,
}

/// What [`KhanLevels`] counts: whether Proficient, and answers and right answers of the exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct KhanState {
    proficient: bool,
    asked: u32,
    right: u32,
}

impl MasteryRule for KhanLevels {
    type State = KhanState;

    fn start(&self) -> KhanState {
        KhanState::default()
    }

    fn observe(&self, state: &mut KhanState, at: &Opportunity, correct: bool) -> bool {
        let correct = correct && at.is_independent();
        if state.proficient {
            *state = KhanState::default();
            return correct;
        }
        state.asked += 1;
        state.right += u32::from(correct);
        if state.asked >= self.exercise {
            let proficient = state.right == state.asked;
            *state = KhanState {
                proficient,
                ..KhanState::default()
            };
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probability::Probability;
    use crate::tracing::{CompetencyKey, ItemKey};

    /// The place, from 1, at which the rule first says mastered.
    fn first_call<R: MasteryRule>(rule: &R, answers: &str) -> Option<usize> {
        let at = Opportunity::first_try(CompetencyKey(0), ItemKey(0), Probability::clamped(0.25));
        let mut state = rule.start();
        let called = answers
            .chars()
            .position(|c| rule.observe(&mut state, &at, c == '1'));
        called.map(|place| place + 1)
    }

    #[test]
    fn rules_call_where_their_makers_say() {
        assert_eq!(first_call(&InARow(3), "1101110"), Some(6));
        assert_eq!(
            first_call(
                &MOfN {
                    needed: 5,
                    window: 7
                },
                "1101011"
            ),
            Some(7)
        );
        assert_eq!(
            first_call(
                &MOfN {
                    needed: 5,
                    window: 7
                },
                "110011"
            ),
            None
        );
        assert_eq!(first_call(&BktThreshold::oatutor(), "111"), Some(3));
        assert_eq!(first_call(&TorusNaive, "1111"), Some(3));
        assert_eq!(first_call(&TorusNaive, "01111"), Some(5));
        assert_eq!(first_call(&KhanLevels { exercise: 4 }, "11111"), Some(5));
        assert_eq!(
            first_call(&KhanLevels { exercise: 4 }, "1111011111"),
            Some(10)
        );
        // Even always right, the lifetime mean of the cold LKT-AOA is slow.
        let slow = first_call(&LktAoa::default(), "111111111111111111111111111111").unwrap();
        assert!((9..=14).contains(&slow), "{slow}");
    }
}
