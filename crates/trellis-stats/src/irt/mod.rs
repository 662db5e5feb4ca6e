//! Item response theory: how hard items are and how sharply they tell, and what a pattern of
//! answers says about ability.

use crate::probability::logistic;

mod categories;
mod curve;
mod expectation;
mod fit;
mod information;
mod score;

pub use categories::{CategoryFit, CategoryOptions, Score, eap_categories, fit_categories};
pub use curve::{Curve, Form};
pub use fit::{IrtFit, IrtOptions, Refusal, Slopes, fit_two_parameter};
pub use score::{AbilityEstimate, eap, wle};

/// An item of the two-parameter logistic model: P(right) = 1 / (1 + exp(-(slope theta + intercept))).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Item {
    /// How sharply the item tells abilities apart; over 0 for a sound item.
    pub slope: f64,
    /// Log-odds of a right answer at ability 0.
    pub intercept: f64,
}

impl Item {
    /// The ability at which a right answer is as likely as not: minus intercept over slope.
    #[must_use]
    pub fn difficulty(&self) -> f64 {
        -self.intercept / self.slope
    }

    /// Chance of a right answer at this ability.
    #[must_use]
    pub fn chance(&self, ability: f64) -> f64 {
        logistic(self.slope * ability + self.intercept)
    }

    /// Fisher information about ability at this ability.
    #[must_use]
    pub fn information(&self, ability: f64) -> f64 {
        let p = self.chance(ability);
        self.slope * self.slope * p * (1.0 - p)
    }
}

/// One person's answer to one item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Wrong.
    Wrong,
    /// Right.
    Right,
    /// Not asked, or not reached: says nothing.
    Missing,
}
