//! How hard items are and how often they are guessed, learned from the learners of one place: shrunk towards what was
//! thought before, and with one vote for each learner, so that nobody moves much alone.

use crate::probability::{logistic, logit};

/// One learner's first answer to an item, without help.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vote {
    /// How much better than an average learner this one was thought to be before, in log-odds.
    pub standing: f64,
    /// Whether the answer was right.
    pub right: bool,
}

/// How strongly what was thought before holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shrinkage {
    /// Standard deviation of an item's difficulty around what was thought of it, in log-odds.
    pub spread: f64,
    /// For how many answers of learners who do not know the guess rate of the item's kind counts.
    pub guesses: f64,
}

impl Default for Shrinkage {
    fn default() -> Self {
        Self {
            spread: 0.7,
            guesses: 40.0,
        }
    }
}

/// What is known of an item before its votes, or after them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// Log-odds that an average learner is right without guessing.
    pub log_odds: f64,
    /// The chance that somebody without any idea is right.
    pub guess: f64,
}

impl Known {
    /// The chance that a learner of this standing is right, lucky guesses included.
    #[must_use]
    pub fn chance(&self, standing: f64) -> f64 {
        self.guess + (1.0 - self.guess) * logistic(self.log_odds + standing)
    }

    /// Log-odds that an average learner is right, lucky guesses included.
    #[must_use]
    pub fn lifted(&self) -> f64 {
        logit(self.chance(0.0).clamp(1e-4, 1.0 - 1e-4))
    }
}

/// Standings beyond this, in log-odds, count as this: a surprise is never worth more than it can be.
const MOST_STANDING: f64 = 3.0;
/// Below this the kind of an item leaves nothing to guess, and its rate is not learned.
const LEAST_GUESS: f64 = 0.1;
/// Rounds of the two steps, and steps of the first in each.
const ROUNDS: usize = 6;
const STEPS: usize = 8;

/// What is known of an item after its votes: the most likely difficulty and guess rate, given the votes and what was
/// known before. Without votes that is what was known.
#[must_use]
pub fn learned(votes: &[Vote], before: Known, shrinkage: &Shrinkage) -> Known {
    let mut now = before;
    for _ in 0..ROUNDS {
        now.log_odds = difficulty(votes, now, before.log_odds, shrinkage.spread);
        if before.guess < LEAST_GUESS {
            continue;
        }
        now.guess = guess(votes, now, before.guess, shrinkage.guesses);
    }
    now
}

fn standing(vote: &Vote) -> f64 {
    vote.standing.clamp(-MOST_STANDING, MOST_STANDING)
}

/// Fisher scoring on the difficulty, with a normal prior around `before`.
fn difficulty(votes: &[Vote], now: Known, before: f64, spread: f64) -> f64 {
    let precision = 1.0 / (spread * spread);
    let mut known = now;
    for _ in 0..STEPS {
        let (mut slope, mut information) = (precision * (before - known.log_odds), precision);
        for vote in votes {
            let alone = logistic(known.log_odds + standing(vote));
            let chance = known.chance(standing(vote)).clamp(1e-6, 1.0 - 1e-6);
            let rise = (1.0 - known.guess) * alone * (1.0 - alone);
            let surprise = f64::from(u8::from(vote.right)) - chance;
            slope += surprise * rise / (chance * (1.0 - chance));
            information += rise * rise / (chance * (1.0 - chance));
        }
        let step = (slope / information).clamp(-1.0, 1.0);
        known.log_odds += step;
    }
    known.log_odds
}

/// One step of expectation and maximisation on the guess rate: of those who do not know, how many were right.
fn guess(votes: &[Vote], now: Known, before: f64, strength: f64) -> f64 {
    let (mut lucky, mut unknowing) = (strength * before, strength);
    for vote in votes {
        let alone = logistic(now.log_odds + standing(vote));
        if vote.right {
            let by_luck = now.guess * (1.0 - alone) / now.chance(standing(vote)).max(1e-6);
            lucky += by_luck;
            unknowing += by_luck;
        } else {
            unknowing += 1.0;
        }
    }
    lucky / unknowing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use alloc::vec::Vec;

    const BEFORE: Known = Known {
        log_odds: 0.0,
        guess: 0.25,
    };

    fn votes(count: usize, truth: Known, seed: u64) -> Vec<Vote> {
        let mut random = Random::labelled(seed, "votes");
        (0..count)
            .map(|_| {
                let standing = 1.2 * random.normal();
                Vote {
                    standing,
                    right: random.chance(truth.chance(standing)),
                }
            })
            .collect()
    }

    #[test]
    fn without_votes_nothing_is_learned() {
        assert_eq!(learned(&[], BEFORE, &Shrinkage::default()), BEFORE);
    }

    #[test]
    fn many_votes_find_what_is_true() {
        for (log_odds, guess) in [(-1.5, 0.25), (0.8, 0.25), (0.0, 0.5)] {
            let truth = Known { log_odds, guess };
            let found = learned(&votes(4000, truth, 3), BEFORE, &Shrinkage::default());
            // The two trade off against each other; what they say together is what pages use.
            for standing in [-1.0, 0.0, 1.0] {
                let gap = found.chance(standing) - truth.chance(standing);
                assert!(gap.abs() < 0.05, "{truth:?} {found:?} at {standing}");
            }
        }
    }

    #[test]
    fn a_few_votes_stay_near_what_was_thought_and_beat_a_plain_count() {
        let shrinkage = Shrinkage::default();
        let (mut shrunk, mut plain) = (0.0, 0.0);
        for seed in 0..60 {
            let mut random = Random::labelled(seed, "items");
            let truth = Known {
                log_odds: 0.7 * random.normal(),
                guess: 0.02,
            };
            let before = Known {
                log_odds: 0.0,
                guess: 0.02,
            };
            let votes = votes(8, truth, seed);
            let found = learned(&votes, before, &shrinkage);
            let right = votes.iter().filter(|vote| vote.right).count();
            let count = f64::from(u32::try_from(right).expect("a few")) / 8.0;
            let missed = |chance: f64| (chance - truth.chance(0.0)) * (chance - truth.chance(0.0));
            shrunk += missed(found.chance(0.0));
            plain += missed(count);
        }
        assert!(shrunk < plain / 2.0, "{shrunk} {plain}");
    }

    #[test]
    fn nobody_moves_much_alone() {
        let shrinkage = Shrinkage::default();
        let mut many = votes(30, BEFORE, 9);
        let without = learned(&many, BEFORE, &shrinkage);
        for (standing, right) in [(50.0, false), (-50.0, true), (0.0, true)] {
            many.push(Vote { standing, right });
            let with = learned(&many, BEFORE, &shrinkage);
            let moved = (with.chance(0.0) - without.chance(0.0)).abs();
            assert!(moved < 0.05, "{standing} {right}: {moved}");
            many.pop();
        }
    }
}
