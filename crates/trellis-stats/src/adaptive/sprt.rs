//! Wald's sequential probability ratio test as a mastery rule, and the exact error rates of any
//! rule that counts answers.

use crate::tracing::Opportunity;
use crate::tracing::mastery::MasteryRule;
use alloc::collections::BTreeMap;
use libm::log;

/// Masters against non-masters, by the ratio of their answers' likelihoods (Wald 1945).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sprt {
    /// Chance that a non-master is called a master.
    pub false_mastery: f64,
    /// Chance that a master is called a non-master.
    pub missed_mastery: f64,
    /// Questions after which the sign of the ratio decides.
    pub most_questions: u32,
    /// Chance of a right answer by a master; `None` takes one minus the item's slip.
    pub master: Option<f64>,
    /// Chance of a right answer by a non-master; `None` takes the item's guess rate.
    pub non_master: Option<f64>,
}

/// What the test remembers.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct SprtState {
    log_ratio: f64,
    questions: u32,
    decided: Option<bool>,
}

impl SprtState {
    /// The verdict, once there is one.
    #[must_use]
    pub const fn verdict(&self) -> Option<bool> {
        self.decided
    }
}

impl Sprt {
    /// Takes in one answer to an item whose masters and non-masters are right with these chances.
    pub fn answer(&self, state: &mut SprtState, master: f64, non_master: f64, correct: bool) {
        if state.decided.is_some() {
            return;
        }
        let ratio = if correct {
            master / non_master.max(1e-9)
        } else {
            (1.0 - master).max(1e-9) / (1.0 - non_master).max(1e-9)
        };
        state.log_ratio += log(ratio.max(1e-9));
        state.questions += 1;
        let upper = log((1.0 - self.missed_mastery) / self.false_mastery);
        let lower = log(self.missed_mastery / (1.0 - self.false_mastery));
        state.decided = if state.log_ratio >= upper {
            Some(true)
        } else if state.log_ratio <= lower {
            Some(false)
        } else if state.questions >= self.most_questions {
            Some(state.log_ratio > 0.0)
        } else {
            None
        };
    }
}

impl MasteryRule for Sprt {
    type State = SprtState;

    fn start(&self) -> SprtState {
        SprtState::default()
    }

    fn observe(&self, state: &mut SprtState, at: &Opportunity, correct: bool) -> bool {
        let master = self.master.unwrap_or(1.0 - at.slip.get());
        let non_master = self.non_master.unwrap_or(at.guess.get());
        self.answer(state, master, non_master, correct && at.is_independent());
        state.decided == Some(true)
    }
}

/// A rule on strings of right and wrong answers whose memory is small enough to enumerate.
pub trait WindowRule {
    /// The rule's memory.
    type Memory: Copy + Ord + Default;

    /// Takes in one answer; `Some` once the rule has decided, with whether it says mastered.
    fn next(&self, memory: &mut Self::Memory, correct: bool) -> Option<bool>;

    /// The verdict when the questions are over.
    fn at_end(&self, memory: &Self::Memory) -> bool;
}

/// So many right answers in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Streak(pub u32);

impl WindowRule for Streak {
    type Memory = u32;

    fn next(&self, memory: &mut u32, correct: bool) -> Option<bool> {
        *memory = if correct { *memory + 1 } else { 0 };
        (*memory >= self.0).then_some(true)
    }

    fn at_end(&self, _: &u32) -> bool {
        false
    }
}

impl WindowRule for Sprt {
    /// Right and wrong answers so far; the ratio follows from them.
    type Memory = (u32, u32);

    fn next(&self, memory: &mut (u32, u32), correct: bool) -> Option<bool> {
        if correct {
            memory.0 += 1;
        } else {
            memory.1 += 1;
        }
        let ratio = self.log_ratio(memory);
        if ratio >= log((1.0 - self.missed_mastery) / self.false_mastery) {
            Some(true)
        } else if ratio <= log(self.missed_mastery / (1.0 - self.false_mastery)) {
            Some(false)
        } else {
            None
        }
    }

    fn at_end(&self, memory: &(u32, u32)) -> bool {
        self.log_ratio(memory) > 0.0
    }
}

impl Sprt {
    fn log_ratio(&self, memory: &(u32, u32)) -> f64 {
        let (master, other) = (self.master.unwrap_or(0.9), self.non_master.unwrap_or(0.25));
        f64::from(memory.0) * log(master / other)
            + f64::from(memory.1) * log((1.0 - master) / (1.0 - other))
    }
}

/// What a rule does to learners who are right with one chance throughout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DecisionRates {
    /// Chance of being called a master.
    pub mastered: f64,
    /// Expected number of questions.
    pub questions: f64,
}

/// The exact rates within `most` questions for learners right with chance `p`, by carrying the
/// probability of every memory from question to question: no simulation, no error bars.
#[must_use]
pub fn exact_rates<R: WindowRule>(rule: &R, p: f64, most: u32) -> DecisionRates {
    let mut open: BTreeMap<R::Memory, f64> = BTreeMap::from([(R::Memory::default(), 1.0)]);
    let mut out = DecisionRates {
        mastered: 0.0,
        questions: 0.0,
    };
    for _ in 0..most {
        let mut next: BTreeMap<R::Memory, f64> = BTreeMap::new();
        for (memory, weight) in &open {
            out.questions += weight;
            for (correct, chance) in [(true, p), (false, 1.0 - p)] {
                let mut after = *memory;
                match rule.next(&mut after, correct) {
                    Some(true) => out.mastered += weight * chance,
                    Some(false) => {}
                    None => *next.entry(after).or_insert(0.0) += weight * chance,
                }
            }
        }
        open = next;
    }
    out.mastered += open
        .iter()
        .filter(|(m, _)| rule.at_end(m))
        .map(|(_, w)| w)
        .sum::<f64>();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sprt(alpha: f64, beta: f64, master: f64, non_master: f64) -> Sprt {
        Sprt {
            false_mastery: alpha,
            missed_mastery: beta,
            most_questions: 15,
            master: Some(master),
            non_master: Some(non_master),
        }
    }

    fn near(found: f64, expected: f64, tolerance: f64) -> bool {
        (found - expected).abs() < tolerance
    }

    /// Exact values of an independent dynamic programme, to the five digits printed there.
    #[test]
    fn error_rates_agree_with_exact_values() {
        for (alpha, beta, pm, pn, wrongly, missed, asked) in [
            (0.05, 0.05, 0.9, 0.25, 0.02583, 0.01708, 3.74),
            (0.05, 0.05, 0.85, 0.35, 0.03780, 0.02740, 5.89),
            (0.05, 0.05, 0.95, 0.5, 0.04218, 0.02002, 6.24),
            (0.01, 0.05, 0.9, 0.25, 0.00555, 0.01772, 5.32),
            (0.01, 0.05, 0.85, 0.35, 0.01352, 0.03038, 8.74),
            (0.01, 0.05, 0.95, 0.5, 0.01593, 0.02112, 9.47),
        ] {
            let rule = sprt(alpha, beta, pm, pn);
            let (master, other) = (exact_rates(&rule, pm, 15), exact_rates(&rule, pn, 15));
            assert!(near(other.mastered, wrongly, 6e-6), "{other:?} {wrongly}");
            assert!(
                near(1.0 - master.mastered, missed, 6e-6),
                "{master:?} {missed}"
            );
            assert!(near(master.questions, asked, 6e-3), "{master:?} {asked}");
        }
        for (length, most, pn, wrongly) in [
            (3, 10, 0.25, 0.09610),
            (3, 20, 0.25, 0.20016),
            (3, 20, 0.5, 0.78703),
            (5, 20, 0.35, 0.05576),
        ] {
            let found = exact_rates(&Streak(length), pn, most).mastered;
            assert!(near(found, wrongly, 6e-6), "{found} {wrongly}");
        }
    }
}
