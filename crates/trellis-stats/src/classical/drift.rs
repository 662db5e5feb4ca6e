//! Items that became easier or harder over time, as when an answer goes round the school.
//!
//! The learners of the earlier half and those of the later half are compared at equal ability: the difference of the
//! item's log-odds beyond what abilities explain, over its standard error.

use alloc::vec::Vec;
use libm::sqrt;

use super::{FirstAnswer, Rasch};

/// How much an item moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drift {
    /// Which.
    pub item: u32,
    /// The difficulty of the later half less that of the earlier, in log-odds; below 0 it became easier.
    pub change: f64,
    /// The change over its standard error; beyond 3 either way is more than chance.
    pub z: f64,
    /// Answers of the earlier half.
    pub earlier: u32,
    /// Answers of the later half.
    pub later: u32,
}

/// Each item's drift, for items with at least `fewest` answers in each half, in order of their number.
#[must_use]
pub fn drift(answers: &[FirstAnswer], rasch: &Rasch, fewest: u32) -> Vec<Drift> {
    let mut sorted: Vec<&FirstAnswer> = answers.iter().collect();
    sorted.sort_by_key(|answer| (answer.item, answer.at, answer.learner));
    sorted
        .chunk_by(|a, b| a.item == b.item)
        .filter_map(|own| {
            let (earlier, later) = own.split_at(own.len() / 2);
            let size = |half: &[&FirstAnswer]| u32::try_from(half.len()).unwrap_or(u32::MAX);
            (size(earlier).min(size(later)) >= fewest.max(1)).then(|| {
                let (a, variance_a) = beyond(earlier, rasch);
                let (b, variance_b) = beyond(later, rasch);
                let change = b - a;
                Drift {
                    item: own[0].item,
                    change,
                    z: change / sqrt(variance_a + variance_b),
                    earlier: size(earlier),
                    later: size(later),
                }
            })
        })
        .collect()
}

/// How much harder the item was for these than for all: one Newton step from the common difficulty, and its variance.
fn beyond(half: &[&FirstAnswer], rasch: &Rasch) -> (f64, f64) {
    let (mut surprise, mut information) = (0.0, 0.0);
    for answer in half {
        let chance = rasch.chance(answer);
        surprise += chance - f64::from(u8::from(answer.right));
        information += chance * (1.0 - chance);
    }
    let information = information.max(1e-6);
    (surprise / information, 1.0 / information)
}
