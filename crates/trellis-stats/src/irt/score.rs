//! Ability from a pattern of answers: expected a posteriori, and Warm's weighted likelihood.

use super::expectation::softplus;
use super::{Answer, Item};
use alloc::vec::Vec;
use libm::{exp, sqrt};

/// An ability and its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AbilityEstimate {
    /// Ability on the scale on which the population is standard normal.
    pub ability: f64,
    /// For EAP the posterior's standard deviation, for WLE one over the root of the information.
    pub standard_error: f64,
}

/// The mean of the posterior under a standard normal prior, on 121 points from -6 to 6. Always
/// finite, also for all right or all wrong. Answers beyond the items are ignored.
#[must_use]
pub fn eap(items: &[Item], answers: &[Answer]) -> AbilityEstimate {
    let points = (0..=120_u32).map(|step| -6.0 + 0.1 * f64::from(step));
    let weighed: Vec<(f64, f64)> = points
        .map(|x| (x, log_likelihood(items, answers, x) - 0.5 * x * x))
        .collect();
    let most = weighed
        .iter()
        .fold(f64::NEG_INFINITY, |most, point| most.max(point.1));
    let (mut total, mut first, mut second) = (0.0, 0.0, 0.0);
    for (x, log_weight) in weighed {
        let weight = exp(log_weight - most);
        total += weight;
        first += weight * x;
        second += weight * x * x;
    }
    let ability = first / total;
    let variance = (second / total - ability * ability).max(0.0);
    AbilityEstimate {
        ability,
        standard_error: sqrt(variance),
    }
}

fn log_likelihood(items: &[Item], answers: &[Answer], ability: f64) -> f64 {
    let parts = items.iter().zip(answers).map(|(item, answer)| {
        let odds = item.slope * ability + item.intercept;
        match answer {
            Answer::Right => -softplus(-odds),
            Answer::Wrong => -softplus(odds),
            Answer::Missing => 0.0,
        }
    });
    parts.sum()
}

/// Warm's weighted likelihood estimate (1989): no prior, next to no bias, finite for every pattern
/// with at least one answer, within -10 to 10. `None` without answers.
#[must_use]
pub fn wle(items: &[Item], answers: &[Answer]) -> Option<AbilityEstimate> {
    let asked = || {
        items
            .iter()
            .zip(answers)
            .filter(|(_, answer)| **answer != Answer::Missing)
    };
    asked().next()?;
    let slope_at = |ability: f64| {
        let (mut score, mut information, mut skew) = (0.0, 0.0, 0.0);
        for (item, answer) in asked() {
            let p = item.chance(ability);
            let spread = p * (1.0 - p);
            score += item.slope * (f64::from(u8::from(*answer == Answer::Right)) - p);
            information += item.slope * item.slope * spread;
            skew += item.slope * item.slope * item.slope * spread * (1.0 - 2.0 * p);
        }
        (score + skew / (2.0 * information.max(1e-300)), information)
    };
    let (mut low, mut high) = (-10.0, 10.0);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if slope_at(middle).0 > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    let ability = 0.5 * (low + high);
    let standard_error = 1.0 / sqrt(slope_at(ability).1.max(1e-12));
    Some(AbilityEstimate {
        ability,
        standard_error,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn perfect_scores_stay_finite_and_missing_answers_say_nothing() {
        let items = [-1.0, 0.0, 1.0].map(|b| Item {
            slope: 1.0,
            intercept: -b,
        });
        let all = eap(&items, &[Answer::Right; 3]);
        assert!(all.ability > 0.5 && all.ability < 2.0);
        let warm = wle(&items, &[Answer::Right; 3]).unwrap();
        assert!(warm.ability > all.ability && warm.ability < 5.0);
        let none = eap(&items, &[Answer::Missing; 3]);
        assert!(none.ability.abs() < 1e-12 && (none.standard_error - 1.0).abs() < 1e-6);
        assert_eq!(wle(&items, &[Answer::Missing; 3]), None);
    }

    /// For one Rasch item at difficulty 0 Warm's equation is (1 - p) + (1 - 2p) / 2 = 0, so
    /// p = 3/4 and the ability ln 3.
    #[test]
    fn warm_agrees_with_the_closed_form_of_one_item() {
        let item = [Item {
            slope: 1.0,
            intercept: 0.0,
        }];
        let found = wle(&item, &[Answer::Right]).unwrap();
        assert!((found.ability - libm::log(3.0)).abs() < 1e-9);
    }
}
