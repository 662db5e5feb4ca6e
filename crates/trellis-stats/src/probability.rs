//! Probabilities and log-odds as types, and the beta distribution behind intervals.

use crate::elementary::{exp, ln};
use core::fmt;
use libm::{fabs, lgamma};

/// A number that was checked to be a probability: finite, from 0 to 1 inclusive.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub struct Probability(f64);

impl Probability {
    /// Never.
    pub const ZERO: Self = Self(0.0);
    /// Always.
    pub const ONE: Self = Self(1.0);
    /// As likely as not.
    pub const HALF: Self = Self(0.5);

    /// Accepts `value` when it is finite and within 0 to 1; otherwise `None`.
    #[must_use]
    pub fn new(value: f64) -> Option<Self> {
        (0.0..=1.0).contains(&value).then_some(Self(value))
    }

    /// The nearest probability; a value that is not a number becomes one half, the value that
    /// claims least.
    #[must_use]
    pub fn clamped(value: f64) -> Self {
        if value.is_nan() {
            Self::HALF
        } else {
            Self(value.clamp(0.0, 1.0))
        }
    }

    /// The number itself, 0 to 1.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// One minus this probability.
    #[must_use]
    pub fn complement(self) -> Self {
        Self(1.0 - self.0)
    }

    /// The log-odds. Certainty is cut at plus or minus 36.7 (one part in 2^53), so that the result
    /// stays finite.
    #[must_use]
    pub fn log_odds(self) -> LogOdds {
        LogOdds(logit(self.0))
    }
}

impl fmt::Debug for Probability {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:?}", self.0)
    }
}

/// A finite logarithm of odds; 0 means as likely as not.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct LogOdds(f64);

impl LogOdds {
    /// Accepts any finite number; otherwise `None`.
    #[must_use]
    pub fn new(value: f64) -> Option<Self> {
        value.is_finite().then_some(Self(value))
    }

    /// The number itself.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// The probability with these log-odds.
    #[must_use]
    pub fn probability(self) -> Probability {
        Probability(logistic(self.0))
    }
}

/// `1 / (1 + exp(-x))`, without overflow for any `x`.
#[must_use]
pub fn logistic(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + exp(-x))
    } else {
        let e = exp(x);
        e / (1.0 + e)
    }
}

/// `ln(p / (1 - p))`, with `p` first brought within 2^-53 of 0 and 1.
#[must_use]
pub fn logit(p: f64) -> f64 {
    const EDGE: f64 = 1.0 / 9_007_199_254_740_992.0;
    let p = p.clamp(EDGE, 1.0 - EDGE);
    ln(p / (1.0 - p))
}

/// A beta distribution, with what every look at it needs computed once.
#[derive(Clone, Copy, Debug)]
struct Beta {
    a: f64,
    b: f64,
    /// `ln Γ(a + b) - ln Γ(a) - ln Γ(b)`.
    log_scale: f64,
}

impl Beta {
    fn new(a: f64, b: f64) -> Self {
        let log_scale = lgamma(a + b) - lgamma(a) - lgamma(b);
        Self { a, b, log_scale }
    }

    /// P(X <= x) and `x (1 - x)` times the density, for `x` strictly between 0 and 1.
    fn below(&self, x: f64) -> (f64, f64) {
        let (a, b) = (self.a, self.b);
        let front = exp(self.log_scale + a * ln(x) + b * libm::log1p(-x));
        let below = if x < (a + 1.0) / (a + b + 2.0) {
            front * beta_fraction(x, a, b) / a
        } else {
            1.0 - front * beta_fraction(1.0 - x, b, a) / b
        };
        (below, front)
    }
}

/// Distribution function of the beta distribution: P(X <= x) for shape parameters `a` and `b`,
/// both over 0.
///
/// The continued fraction of the regularised incomplete beta function (DLMF 8.17.22) by Lentz's
/// method, taken on the side where it converges fast. Error about 1e-13.
#[must_use]
pub fn beta_cdf(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    Beta::new(a, b).below(x).0
}

fn beta_fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |v: f64| if fabs(v) < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for step in 1..=400_u32 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        let change = d * c;
        h *= change;
        if fabs(change - 1.0) < 1e-15 {
            break;
        }
    }
    h
}

/// The values below which the shares `p` of the beta distribution with shapes `a` and `b` lie, each
/// within 1e-12 of the truth where the distribution is not flat.
///
/// Halley's method on the distribution function, as in Numerical Recipes (3rd edition, section
/// 6.14.1), inside a bracket that shrinks with every step: a step that leaves the bracket is replaced
/// by halving it, so it cannot diverge, whatever the shapes.
#[must_use]
pub fn beta_quantiles<const N: usize>(p: [f64; N], a: f64, b: f64) -> [f64; N] {
    let beta = Beta::new(a, b);
    p.map(|share| quantile(&beta, share))
}

/// The value below which a share `p` of the beta distribution with shapes `a` and `b` lies; see
/// [`beta_quantiles`].
#[must_use]
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    let [value] = beta_quantiles([p], a, b);
    value
}

fn quantile(beta: &Beta, p: f64) -> f64 {
    /// Steps at most: halving alone is done after 60.
    const MOST_STEPS: u32 = 100;
    let (mut low, mut high) = (0.0, 1.0);
    let mut x = (beta.a / (beta.a + beta.b)).clamp(1e-9, 1.0 - 1e-9);
    for _ in 0..MOST_STEPS {
        let (below, front) = beta.below(x);
        if below < p {
            low = x;
        } else {
            high = x;
        }
        // Newton's step, and Halley's correction of it by the slope of the density.
        let newton = (below - p) * x * (1.0 - x) / front;
        let slope = (beta.a - 1.0) / x - (beta.b - 1.0) / (1.0 - x);
        let mut next = x - newton / (1.0 - 0.5 * (newton * slope).min(1.0));
        // Also not a number, where the density vanishes.
        if !(next > low && next < high) {
            next = 0.5 * (low + high);
        }
        let moved = fabs(next - x);
        x = next;
        if moved <= 1e-14 * x || high - low <= 1e-18 {
            break;
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_probabilities_pass_the_door() {
        for bad in [-1e-300, 1.0 + 1e-15, f64::NAN, f64::INFINITY] {
            assert_eq!(Probability::new(bad), None);
        }
        assert_eq!(Probability::new(0.25).map(Probability::get), Some(0.25));
        assert_eq!(Probability::clamped(f64::NAN), Probability::HALF);
        assert_eq!(Probability::clamped(7.0), Probability::ONE);
        assert_eq!(LogOdds::new(f64::INFINITY), None);
    }

    #[test]
    fn logistic_and_logit_undo_each_other() {
        for x in [-30.0, -3.0, -1e-9, 0.0, 0.5, 12.0] {
            assert!(
                fabs(logit(logistic(x)) - x) < 1e-3 * (1.0 + fabs(x)) * exp(fabs(x) - 25.0) + 1e-9
            );
        }
        assert_eq!(logistic(-1e6), 0.0);
        assert_eq!(logistic(1e6), 1.0);
        assert!(logit(0.0).is_finite() && logit(1.0).is_finite());
    }

    /// Closed forms: Beta(1,1) is uniform; Beta(2,1) has x squared; Beta(2,3) has
    /// 6x^2 - 8x^3 + 3x^4; Beta(1/2,1/2) is the arcsine law.
    #[test]
    fn beta_distribution_agrees_with_closed_forms() {
        for step in 1..20_u32 {
            let x = f64::from(step) / 20.0;
            let (x2, x3, x4) = (x * x, x * x * x, x * x * x * x);
            assert!(fabs(beta_cdf(x, 1.0, 1.0) - x) < 1e-13);
            assert!(fabs(beta_cdf(x, 2.0, 1.0) - x2) < 1e-13);
            assert!(fabs(beta_cdf(x, 2.0, 3.0) - (6.0 * x2 - 8.0 * x3 + 3.0 * x4)) < 1e-13);
            let arcsine = 2.0 / core::f64::consts::PI * libm::asin(libm::sqrt(x));
            assert!(fabs(beta_cdf(x, 0.5, 0.5) - arcsine) < 1e-12);
            assert!(fabs(beta_quantile(beta_cdf(x, 3.5, 80.0), 3.5, 80.0) - x) < 1e-6 || x > 0.3);
        }
    }

    /// The plain way: 60 halvings.
    fn by_halving(p: f64, a: f64, b: f64) -> f64 {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if beta_cdf(middle, a, b) < p {
                low = middle;
            } else {
                high = middle;
            }
        }
        0.5 * (low + high)
    }

    #[test]
    fn quantiles_are_those_that_halving_finds() {
        for weight in [2.0, 2.1, 2.77, 5.0, 12.0, 80.0, 500.0] {
            for mean in [1e-4, 0.001, 0.02, 0.1, 0.3, 0.5, 0.77, 0.95, 0.99, 0.9999] {
                let (a, b) = (mean * weight, (1.0 - mean) * weight);
                let found = beta_quantiles([0.1, 0.5, 0.9], a, b);
                for (p, found) in [0.1, 0.5, 0.9].into_iter().zip(found) {
                    let plain = by_halving(p, a, b);
                    assert!(
                        fabs(found - plain) < 1e-11,
                        "{p} of ({a}, {b}): {found} and {plain}"
                    );
                }
            }
        }
    }
}
