//! The way up the likelihood: Newton's steps in log-odds, the curvature learned on the way (Broyden, Fletcher, Goldfarb and
//! Shanno, 1970) from where EM has it (Lange, 1995), with an EM step wherever such a step would lose.

use super::expectation::{Expected, expect};
use super::strings::Strings;
use super::{BktFit, EDGE, Rates};
use crate::probability::{logistic, logit};

/// A fit is over when the last step gained no more log-likelihood than this, and the next promises no more.
const ENOUGH: f64 = 1e-4;
const MOST_STEPS: u32 = 300;
/// No rate moves farther in one step, in log-odds.
const LONGEST: f64 = 4.0;

type Vector = [f64; 4];

/// A point on the way: the rates, what follows from them, and the slope of the log-likelihood in their log-odds.
#[derive(Clone, Copy)]
struct Point {
    rates: Rates,
    expected: Expected,
    slope: Vector,
    /// How often each rate had the chance to show, and how often it did.
    trials: Vector,
    hits: Vector,
}

impl Point {
    fn at(strings: &Strings, rates: Rates) -> Self {
        let expected = expect(strings, &rates);
        let known = strings.answers - expected.unknown;
        let known_right = strings.right - expected.unknown_right;
        let hits = [
            expected.known_first,
            expected.learned,
            expected.unknown_right,
            known - known_right,
        ];
        let trials = [
            strings.learners,
            expected.chances_to_learn,
            expected.unknown,
            known,
        ];
        // Fisher's identity: the slope is that of the expected complete log-likelihood.
        let slope = core::array::from_fn(|k| {
            let free = hits[k] - trials[k] * rates[k];
            let outward = rates[k] <= EDGE && free < 0.0 || rates[k] >= 1.0 - EDGE && free > 0.0;
            if outward { 0.0 } else { free }
        });
        Self {
            rates,
            expected,
            slope,
            trials,
            hits,
        }
    }

    /// The rates after a step of EM.
    fn maximised(&self) -> Rates {
        let share = |k: usize| {
            if self.trials[k] > 1e-9 {
                (self.hits[k] / self.trials[k]).clamp(EDGE, 1.0 - EDGE)
            } else {
                self.rates[k]
            }
        };
        core::array::from_fn(share)
    }

    /// The inverse of the curvature if every learner's story were known: what EM goes by.
    fn complete(&self) -> [Vector; 4] {
        let mut inverse = [[0.0; 4]; 4];
        for (k, row) in inverse.iter_mut().enumerate() {
            let information = self.trials[k] * self.rates[k] * (1.0 - self.rates[k]);
            row[k] = 1.0 / information.max(1e-6);
        }
        inverse
    }
}

fn dot(a: &Vector, b: &Vector) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The update of the inverse curvature by a step and by how much the slope fell along it.
fn bend(inverse: &mut [Vector; 4], step: &Vector, fall: &Vector) {
    let along = dot(step, fall);
    if along <= 1e-12 {
        return;
    }
    let turned: Vector = core::array::from_fn(|k| dot(&inverse[k], fall));
    let stretch = (1.0 + dot(fall, &turned) / along) / along;
    for (i, row) in inverse.iter_mut().enumerate() {
        for (j, cell) in row.iter_mut().enumerate() {
            *cell +=
                stretch * step[i] * step[j] - (turned[i] * step[j] + step[i] * turned[j]) / along;
        }
    }
}

/// The rates that a step of log-odds leads to.
fn newton(at: &Point, step: &Vector) -> Rates {
    let longest = step.iter().fold(0.0_f64, |most, part| most.max(part.abs()));
    let shorter = if longest > LONGEST {
        LONGEST / longest
    } else {
        1.0
    };
    core::array::from_fn(|k| {
        logistic(logit(at.rates[k]) + shorter * step[k]).clamp(EDGE, 1.0 - EDGE)
    })
}

/// The rates under which the answers are most likely.
pub(super) fn fit(strings: &Strings) -> BktFit {
    let mut at = Point::at(strings, [0.4, 0.15, 0.2, 0.1]);
    let mut inverse = at.complete();
    let (mut steps, mut gained) = (1, f64::INFINITY);
    while steps < MOST_STEPS {
        let ahead = core::array::from_fn(|k| dot(&inverse[k], &at.slope));
        if gained <= ENOUGH && dot(&ahead, &at.slope) <= ENOUGH {
            break;
        }
        let mut next = Point::at(strings, newton(&at, &ahead));
        steps += 1;
        let gain = |to: &Point| to.expected.log_likelihood - at.expected.log_likelihood;
        // EM never loses; a step to where a likelihood is no number counts as lost too.
        if gain(&next).is_nan() || gain(&next) < 0.0 {
            next = Point::at(strings, at.maximised());
            steps += 1;
            inverse = at.complete();
        }
        gained = gain(&next);
        let step = core::array::from_fn(|k| logit(next.rates[k]) - logit(at.rates[k]));
        let fall = core::array::from_fn(|k| at.slope[k] - next.slope[k]);
        bend(&mut inverse, &step, &fall);
        at = next;
    }
    let [prior, learn, guess, slip] = at.rates;
    BktFit {
        prior,
        learn,
        guess,
        slip,
        log_likelihood: at.expected.log_likelihood,
        steps,
    }
}

#[cfg(test)]
mod tests {
    use super::super::strings::by_competency;
    use super::*;
    use crate::probability::Probability;
    use crate::random::Random;
    use crate::tracing::{CompetencyKey, ItemKey, Opportunity, Response};
    use alloc::vec::Vec;

    /// Strings of all lengths up to 150, so that sums are brought back to size in some.
    fn strings(seed: u64) -> Strings {
        let mut random = Random::labelled(seed, "ascent");
        let mut rows = Vec::new();
        for learner in 0..40 {
            let length = if learner < 4 {
                150
            } else {
                1 + random.index(12)
            };
            let able = random.uniform();
            for _ in 0..length {
                rows.push(Response {
                    learner,
                    opportunity: Opportunity::first_try(
                        CompetencyKey(7),
                        ItemKey(0),
                        Probability::ZERO,
                    ),
                    correct: random.chance(able),
                });
            }
        }
        by_competency(&rows).pop().unwrap().1
    }

    #[test]
    fn the_slope_is_how_much_the_likelihood_changes() {
        let mut random = Random::labelled(3, "slope");
        for seed in 0..20 {
            let strings = strings(seed);
            let odds: Vector = core::array::from_fn(|_| 4.0 * random.uniform() - 2.0);
            let at = |odds: &Vector| Point::at(&strings, odds.map(logistic));
            let slope = at(&odds).slope;
            for k in 0..4 {
                let moved = |by: f64| {
                    let mut odds = odds;
                    odds[k] += by;
                    at(&odds).expected.log_likelihood
                };
                let measured = (moved(1e-4) - moved(-1e-4)) / 2e-4;
                let room = 1e-4 * measured.abs().max(1.0);
                assert!(
                    (slope[k] - measured).abs() < room,
                    "{seed} {k}: {slope:?} {measured}"
                );
            }
        }
    }

    #[test]
    fn em_finds_nothing_higher_near_by() {
        for seed in 0..20 {
            let strings = strings(seed);
            let found = fit(&strings);
            let mut at = Point::at(
                &strings,
                [found.prior, found.learn, found.guess, found.slip],
            );
            for _ in 0..200 {
                at = Point::at(&strings, at.maximised());
            }
            let more = at.expected.log_likelihood - found.log_likelihood;
            assert!(more < 0.01, "{seed}: {more} {found:?}");
        }
    }
}
