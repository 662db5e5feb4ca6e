//! Partial credit as evidence: how strongly a score between nothing and everything speaks for knowing.
//!
//! The learner model hears right or not right, each with the chances of a lucky guess and of a slip. Full credit speaks
//! for knowing as an open answer does, none speaks against it. In between, the logarithm of the likelihood ratio moves
//! evenly with the share of the points, so that a middling score says next to nothing in either direction.

use crate::estimate::Circumstances;
use crate::event::Evidence;

/// The share of the points from which a score counts as right: where it speaks neither for nor against.
pub const RIGHT_FROM: f64 = 0.5;

/// What a score says, given how the response came about. `share` is the part of the points, 0 to 1.
#[must_use]
pub fn credit(share: f64, circumstances: &Circumstances) -> Evidence {
    weighed_credit(share, circumstances, 1.0)
}

/// The same for work that weighs less than an answer: `weight`, 0 to 1, is the part of the logarithm of the likelihood ratio that
/// it keeps.
#[must_use]
pub fn weighed_credit(share: f64, circumstances: &Circumstances, weight: f64) -> Evidence {
    let Circumstances { guess, slip, .. } = *circumstances;
    let share = share.clamp(0.0, 1.0);
    let right = share >= RIGHT_FROM;
    // How far the score is from the middle, 0 to 1: the part of the whole evidence that it carries.
    let strength = (2.0 * share - 1.0).abs() * weight.clamp(0.0, 1.0);
    let ratio = |whole: f64| libm::exp(strength * libm::log(whole));
    let (guess, slip) = match (right, strength >= 1.0) {
        (_, true) => (guess, slip),
        // P(score | knows) / P(score | does not) = (1 - slip) / guess.
        (true, _) => ((1.0 - slip) / ratio((1.0 - slip) / guess), slip),
        // P(score | knows) / P(score | does not) = slip / (1 - guess).
        (false, _) => (guess, (1.0 - guess) * ratio(slip / (1.0 - guess))),
    };
    Evidence {
        guess,
        slip,
        ..Evidence::of(circumstances, right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WRITTEN: Circumstances = Circumstances {
        guess: 0.05,
        slip: 0.08,
        difficulty: None,
        hints: 0,
        earlier: 0,
        gap_s: None,
    };

    /// How much more likely the score is with knowing than without.
    fn ratio(share: f64) -> f64 {
        let evidence = credit(share, &WRITTEN);
        if evidence.right {
            (1.0 - evidence.slip) / evidence.guess
        } else {
            evidence.slip / (1.0 - evidence.guess)
        }
    }

    #[test]
    fn full_and_no_credit_are_whole_evidence() {
        let full = credit(1.0, &WRITTEN);
        assert!(full.right && full.guess == 0.05 && full.slip == 0.08);
        let none = credit(0.0, &WRITTEN);
        assert!(!none.right && none.guess == 0.05 && none.slip == 0.08);
    }

    #[test]
    fn more_points_speak_more_for_knowing() {
        let ratios: alloc::vec::Vec<f64> = (0..=12).map(|p| ratio(f64::from(p) / 12.0)).collect();
        assert!(ratios.is_sorted_by(|a, b| a < b), "{ratios:?}");
        for (share, expected) in [
            (0.0, 0.08 / 0.95),
            (1.0 / 3.0, 0.438_317),
            (0.5, 1.0),
            (2.0 / 3.0, 2.640_012),
            (1.0, 18.4),
        ] {
            assert!(
                (ratio(share) - expected).abs() < 1e-6,
                "{share}: {}",
                ratio(share)
            );
        }
    }

    #[test]
    fn chances_stay_chances() {
        for share in [-1.0, 0.0, 0.01, 0.49, 0.5, 0.51, 0.99, 1.0, 7.0] {
            let evidence = credit(share, &WRITTEN);
            for chance in [evidence.guess, evidence.slip] {
                assert!(chance > 0.0 && chance < 1.0, "{share}: {chance}");
            }
        }
    }
}
