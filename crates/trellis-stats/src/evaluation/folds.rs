//! Who is held out: whole learners, never single answers.

use crate::random::Random;
use crate::tracing::Response;
use alloc::vec::Vec;

/// Deals `learners` learners into `folds` folds (at least 2) whose sizes differ by at most one;
/// the same seed deals the same.
#[must_use]
pub fn deal(learners: usize, folds: usize, seed: u64) -> Vec<usize> {
    let folds = folds.max(2);
    let order = Random::labelled(seed, "folds").permutation(learners);
    let mut out = alloc::vec![0; learners];
    for (place, learner) in order.into_iter().enumerate() {
        out[learner] = place % folds;
    }
    out
}

/// Rows for fitting and rows for scoring, with the places of the latter among all rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// For fitting.
    pub train: Vec<Response>,
    /// For scoring.
    pub test: Vec<Response>,
    /// Where each test row stands among all rows.
    pub places: Vec<usize>,
}

/// Splits rows by whether a row is held out; the caller holds out whole learners.
#[must_use]
pub fn split(rows: &[Response], held_out: impl Fn(usize) -> bool) -> Split {
    let mut out = Split {
        train: Vec::new(),
        test: Vec::new(),
        places: Vec::new(),
    };
    for (place, row) in rows.iter().enumerate() {
        if held_out(place) {
            out.test.push(*row);
            out.places.push(place);
        } else {
            out.train.push(*row);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_are_even_and_the_same_for_a_seed() {
        let dealt = deal(23, 5, 1);
        for fold in 0..5 {
            let count = dealt.iter().filter(|&&one| one == fold).count();
            assert!((4..=5).contains(&count), "{dealt:?}");
        }
        assert_eq!(dealt, deal(23, 5, 1));
        assert_ne!(dealt, deal(23, 5, 2));
    }
}
