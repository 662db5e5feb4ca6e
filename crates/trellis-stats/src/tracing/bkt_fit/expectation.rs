//! The expected counts of an EM step, without a backward pass and without a division an answer.
//!
//! Relative to the chance of the answers had the competency been known all along, the story "learned after answer k" has
//! the weight `q(1) ... q(k)`, where `q` is the ratio of an answer's chances when not known and when known, times the
//! chance not to have learned. Sums of such products nest: `q(1) (c + q(2) (c + ...))`, so that going from the last
//! answer to the first, four running numbers a lane give every expected count.

use super::Rates;
use super::strings::{Block, LANES, Strings};
use crate::elementary::{exp, ln};
use wide::f64x4;

/// Running sums are brought back to size after this many answers: with rates at their edges, one changes them by up to 10^8.
const RESCALE: usize = 32;

/// Expected counts at some rates, and the logarithm of the likelihood there.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Expected {
    pub(super) log_likelihood: f64,
    /// Learners who knew at the start.
    pub(super) known_first: f64,
    /// Answers after which somebody may have learned, and after which somebody did.
    pub(super) chances_to_learn: f64,
    pub(super) learned: f64,
    /// Answers without knowing, and the right ones of them.
    pub(super) unknown: f64,
    pub(super) unknown_right: f64,
}

/// Sums over the stories of each lane from the present answer on.
#[derive(Clone, Copy)]
struct Running {
    /// Weights; those of never having learned; weights times answers and times right answers before knowing.
    all: f64x4,
    never: f64x4,
    places: f64x4,
    right: f64x4,
    /// The chance to learn, by as much smaller as the sums have become.
    learn: f64x4,
    /// Logarithm of what was divided out.
    scale: f64x4,
}

impl Running {
    fn new(learn: f64) -> Self {
        Self {
            all: f64x4::splat(1.0 - learn),
            never: f64x4::ONE,
            places: f64x4::ZERO,
            right: f64x4::ZERO,
            learn: f64x4::splat(learn),
            scale: f64x4::ZERO,
        }
    }

    #[inline]
    fn answer(&mut self, right: f64x4, when_wrong: f64x4, more_when_right: f64x4) {
        let ratio = when_wrong + right * more_when_right;
        self.all = ratio * (self.learn + self.all);
        self.never *= ratio;
        self.places = self.all + ratio * self.places;
        self.right = right * self.all + ratio * self.right;
    }

    fn rescale(&mut self) {
        // What was divided out never falls below one, where nothing needs to be.
        let least = self.scale.to_array().map(|scale| exp(-scale).max(1e-290));
        let sums = self.all.to_array();
        let size: [f64; LANES] = core::array::from_fn(|lane| sums[lane].clamp(least[lane], 1e290));
        let over = f64x4::from(size.map(|size| 1.0 / size));
        for sum in [
            &mut self.all,
            &mut self.never,
            &mut self.places,
            &mut self.right,
            &mut self.learn,
        ] {
            *sum *= over;
        }
        self.scale += f64x4::from(size.map(ln));
    }
}

/// The expected counts of all strings at these rates.
pub(super) fn expect(strings: &Strings, rates: &Rates) -> Expected {
    let [_, learn, guess, slip] = *rates;
    let stay = 1.0 - learn;
    let when_right = guess / (1.0 - slip) * stay;
    let when_wrong = (1.0 - guess) / slip * stay;
    let more_when_right = f64x4::splat(when_right - when_wrong);
    let when_wrong = f64x4::splat(when_wrong);
    let known = strings.right * ln(1.0 - slip) + (strings.answers - strings.right) * ln(slip);
    let mut out = Expected {
        log_likelihood: known,
        ..Expected::default()
    };
    let mut product = Product::default();
    let mut rest = strings.rows.as_slice();
    for block in &strings.blocks {
        let mut running = Running::new(learn);
        let mut done = 0;
        while done < block.lengths[0] {
            let next = next_stop(block, done);
            let (now, after) = rest.split_at(next - done);
            for row in now {
                running.answer(*row, when_wrong, more_when_right);
            }
            (rest, done) = (after, next);
            finish(&mut out, &mut product, rates, &running, block, done);
            if done % RESCALE == 0 {
                running.rescale();
            }
        }
    }
    out.log_likelihood += product.logarithm();
    out
}

/// The logarithm of a product, taken once for many factors.
#[derive(Clone, Copy)]
struct Product {
    factors: f64,
    ln: f64,
}

impl Default for Product {
    fn default() -> Self {
        Self {
            factors: 1.0,
            ln: 0.0,
        }
    }
}

impl Product {
    #[inline]
    fn take(&mut self, factor: f64) {
        const ROOM: core::ops::Range<f64> = 1e-140..1e140;
        if ROOM.contains(&factor) {
            self.factors *= factor;
        } else {
            self.ln += ln(factor);
        }
        if !ROOM.contains(&self.factors) {
            self.ln += ln(self.factors);
            self.factors = 1.0;
        }
    }

    fn logarithm(self) -> f64 {
        self.ln + ln(self.factors)
    }
}

/// Where a lane ends or the sums are brought back to size, whichever comes first after `done` answers.
fn next_stop(block: &Block, done: usize) -> usize {
    let shortest = block.lengths[LANES - 1];
    if done < shortest && shortest <= RESCALE {
        return shortest;
    }
    let ends = block.lengths.iter().filter(|&&length| length > done);
    let rescale = (done / RESCALE + 1) * RESCALE;
    ends.fold(rescale.min(block.lengths[0]), |least, &length| {
        least.min(length)
    })
}

/// Adds the expected counts of the lanes whose strings are over after `done` answers.
#[inline]
fn finish(
    out: &mut Expected,
    product: &mut Product,
    rates: &Rates,
    running: &Running,
    block: &Block,
    done: usize,
) {
    let [prior, learn, ..] = *rates;
    // Each product holds one chance of not having learned too many: that before the first answer.
    let late = (1.0 - prior) / (1.0 - learn);
    let ended = |lane: usize| f64::from(u8::from(block.lengths[lane] == done));
    let counts = f64x4::from(core::array::from_fn(ended)) * block.counts;
    let scaled = done > RESCALE;
    let mut first = f64x4::splat(prior);
    if scaled {
        first *= f64x4::from(running.scale.to_array().map(|scale| exp(-scale)));
    }
    let total = first + running.all * late;
    let each = counts / total;
    let over = |of: f64x4| (each * of).reduce_add();
    let never = over(running.never);
    let places = over(running.places);
    out.known_first += over(first);
    out.learned += late * (over(running.all) - never);
    out.chances_to_learn += late * (places - never);
    out.unknown += late * places;
    out.unknown_right += late * over(running.right);
    for (count, total) in counts.to_array().into_iter().zip(total.to_array()) {
        if count == 1.0 {
            product.take(total);
        } else if count > 0.0 {
            out.log_likelihood += count * ln(total);
        }
    }
    if scaled {
        out.log_likelihood += (counts * running.scale).reduce_add();
    }
}

#[cfg(test)]
mod tests {
    use super::super::EDGE;
    use super::super::strings::by_competency;
    use super::*;
    use crate::probability::Probability;
    use crate::tracing::{CompetencyKey, ItemKey, Opportunity, Response};
    use alloc::vec::Vec;

    #[test]
    fn rates_at_their_edges_and_long_runs_give_numbers() {
        let at = Opportunity::first_try(CompetencyKey(1), ItemKey(1), Probability::ZERO);
        let run = |learner, correct, count| {
            core::iter::repeat_n(
                Response {
                    learner,
                    opportunity: at,
                    correct,
                },
                count,
            )
        };
        let rows: Vec<Response> = [(0, true), (1, false)]
            .into_iter()
            .flat_map(|(who, first)| run(who, first, 400).chain(run(who, !first, 400)))
            .chain(run(2, true, 1))
            .collect();
        let strings = by_competency(&rows).pop().unwrap().1;
        let edges = [EDGE, 1.0 - EDGE];
        for rates in (0..16).map(|k| [0, 1, 2, 3].map(|bit| edges[k >> bit & 1])) {
            let found = expect(&strings, &rates);
            let counts = [
                found.log_likelihood,
                found.known_first,
                found.chances_to_learn,
                found.learned,
                found.unknown,
                found.unknown_right,
            ];
            assert!(
                counts.iter().all(|count| count.is_finite()),
                "{rates:?}: {found:?}"
            );
        }
    }
}
