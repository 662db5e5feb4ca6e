//! Items with more than slope and intercept: a chance to guess, or several categories of score.

use super::Item;
use crate::probability::logistic;
use alloc::vec::Vec;
use libm::exp;

/// Which curve items have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Right or wrong with a lower end (Birnbaum's three-parameter model). The log-odds of the
    /// guess have a normal prior, mean log-odds of 0.2 and deviation 0.5, because answers to easy
    /// items say nothing about guessing.
    ThreeParameter,
    /// Ordered scores (Samejima's graded response model).
    Graded,
    /// Scores by steps (Muraki's generalised partial credit model).
    PartialCredit,
}

/// One item's curve.
#[derive(Clone, Debug, PartialEq)]
pub enum Curve {
    /// `P(right) = guess + (1 - guess) / (1 + exp(-(slope theta + intercept)))`.
    ThreeParameter {
        /// Slope and intercept.
        item: Item,
        /// Chance of a right answer at the lowest ability.
        guess: f64,
    },
    /// `P(score >= k) = 1 / (1 + exp(-(slope theta + intercepts[k - 1])))`, intercepts falling.
    Graded {
        /// How sharply the item tells abilities apart.
        slope: f64,
        /// One for each score over 0.
        intercepts: Vec<f64>,
    },
    /// `P(score = k)` in proportion to `exp(k slope theta + intercepts[k - 1])`, to 1 for k = 0.
    PartialCredit {
        /// How sharply the item tells abilities apart.
        slope: f64,
        /// One for each score over 0.
        intercepts: Vec<f64>,
    },
}

/// Chances are kept off 0 by this, so that a logarithm is finite.
const LEAST: f64 = 1e-12;

impl Curve {
    /// How many scores the item has, 0 included.
    #[must_use]
    pub fn scores(&self) -> usize {
        match self {
            Self::ThreeParameter { .. } => 2,
            Self::Graded { intercepts, .. } | Self::PartialCredit { intercepts, .. } => {
                intercepts.len() + 1
            }
        }
    }

    /// The chance of each score at an ability, from score 0 upwards.
    #[must_use]
    pub fn chances(&self, ability: f64) -> Vec<f64> {
        let mut out = alloc::vec![0.0; self.scores()];
        self.fill(ability, &mut out, None);
        out
    }

    /// Fisher information about ability at an ability.
    #[must_use]
    pub fn information(&self, ability: f64) -> f64 {
        const STEP: f64 = 1e-4;
        let (low, at, high) = (
            self.chances(ability - STEP),
            self.chances(ability),
            self.chances(ability + STEP),
        );
        let parts = low.iter().zip(&at).zip(&high).map(|((low, at), high)| {
            let slope = (high - low) / (2.0 * STEP);
            slope * slope / at.max(LEAST)
        });
        parts.sum()
    }

    /// The parameters as a list: slope, intercepts, and for the three-parameter model the
    /// log-odds of the guess.
    pub(super) fn parameters(&self) -> Vec<f64> {
        match self {
            Self::ThreeParameter { item, guess } => Vec::from([
                item.slope,
                item.intercept,
                crate::probability::logit(*guess),
            ]),
            Self::Graded { slope, intercepts } | Self::PartialCredit { slope, intercepts } => {
                let mut out = Vec::from([*slope]);
                out.extend(intercepts);
                out
            }
        }
    }

    /// The curve with these parameters; `None` where they make none.
    pub(super) fn with(form: Form, parameters: &[f64]) -> Option<Self> {
        let (&slope, rest) = parameters.split_first()?;
        let finite = parameters.iter().all(|value| libm::fabs(*value) < 50.0);
        let falling = rest.windows(2).all(|pair| pair[0] > pair[1] + 1e-6);
        if !finite || form == Form::Graded && !falling {
            return None;
        }
        Some(match form {
            Form::ThreeParameter => Self::ThreeParameter {
                item: Item {
                    slope,
                    intercept: *rest.first()?,
                },
                guess: logistic(*rest.get(1)?),
            },
            Form::Graded => Self::Graded {
                slope,
                intercepts: rest.to_vec(),
            },
            Form::PartialCredit => Self::PartialCredit {
                slope,
                intercepts: rest.to_vec(),
            },
        })
    }

    /// Fills the chance of each score and, when asked, its derivatives: one row a score, one
    /// column a parameter.
    pub(super) fn fill(&self, ability: f64, chances: &mut [f64], slopes: Option<&mut [f64]>) {
        match self {
            Self::ThreeParameter { item, guess } => {
                three_parameter(*item, *guess, ability, chances, slopes);
            }
            Self::Graded { slope, intercepts } => {
                graded(*slope, intercepts, ability, chances, slopes);
            }
            Self::PartialCredit { slope, intercepts } => {
                partial_credit(*slope, intercepts, ability, chances, slopes);
            }
        }
        for chance in chances {
            *chance = chance.max(LEAST);
        }
    }
}

fn three_parameter(
    item: Item,
    guess: f64,
    ability: f64,
    chances: &mut [f64],
    slopes: Option<&mut [f64]>,
) {
    let knowing = item.chance(ability);
    let right = guess + (1.0 - guess) * knowing;
    chances.copy_from_slice(&[1.0 - right, right]);
    if let Some(slopes) = slopes {
        let spread = (1.0 - guess) * knowing * (1.0 - knowing);
        let by = [
            spread * ability,
            spread,
            guess * (1.0 - guess) * (1.0 - knowing),
        ];
        slopes[..3].copy_from_slice(&by.map(|value| -value));
        slopes[3..].copy_from_slice(&by);
    }
}

fn graded(
    slope: f64,
    intercepts: &[f64],
    ability: f64,
    chances: &mut [f64],
    slopes: Option<&mut [f64]>,
) {
    let width = intercepts.len() + 1;
    chances.fill(0.0);
    let mut above = 1.0;
    for (score, intercept) in intercepts.iter().enumerate() {
        let reach = logistic(slope * ability + intercept);
        chances[score] = above - reach;
        above = reach;
    }
    chances[intercepts.len()] = above;
    let Some(slopes) = slopes else { return };
    slopes.fill(0.0);
    for (place, intercept) in intercepts.iter().enumerate() {
        let reach = logistic(slope * ability + intercept);
        let spread = reach * (1.0 - reach);
        // Reaching score `place + 1` adds to it and takes from the score below.
        for (score, sign) in [(place, -1.0), (place + 1, 1.0)] {
            slopes[score * width] += sign * spread * ability;
            slopes[score * width + place + 1] += sign * spread;
        }
    }
}

fn partial_credit(
    slope: f64,
    intercepts: &[f64],
    ability: f64,
    chances: &mut [f64],
    slopes: Option<&mut [f64]>,
) {
    let width = intercepts.len() + 1;
    let mut score_value = 0.0;
    let mut most: f64 = 0.0;
    chances[0] = 0.0;
    for (chance, intercept) in chances[1..].iter_mut().zip(intercepts) {
        score_value += 1.0;
        *chance = score_value * slope * ability + intercept;
        most = most.max(*chance);
    }
    let mut total = 0.0;
    for chance in chances.iter_mut() {
        *chance = exp(*chance - most);
        total += *chance;
    }
    let (mut value, mut mean) = (0.0, 0.0);
    for chance in chances.iter_mut() {
        *chance /= total;
        mean += value * *chance;
        value += 1.0;
    }
    let Some(slopes) = slopes else { return };
    let mut value = 0.0;
    for (score, chance) in chances.iter().enumerate() {
        let row = &mut slopes[score * width..(score + 1) * width];
        row[0] = chance * (value - mean) * ability;
        for (place, cell) in row[1..].iter_mut().enumerate() {
            let own = if place + 1 == score { 1.0 } else { 0.0 };
            *cell = chance * (own - chances[place + 1]);
        }
        value += 1.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Chances sum to 1 and derivatives are those of central differences, for all three forms.
    #[test]
    fn derivatives_agree_with_differences() {
        let table = [
            (Form::ThreeParameter, alloc::vec![1.3, -0.4, -1.2]),
            (Form::Graded, alloc::vec![0.9, 1.5, 0.1, -1.1]),
            (Form::PartialCredit, alloc::vec![1.1, 0.7, 0.4, -1.5]),
        ];
        for (form, parameters) in table {
            let curve = Curve::with(form, &parameters).unwrap();
            assert!(
                curve
                    .parameters()
                    .iter()
                    .zip(&parameters)
                    .all(|(a, b)| (a - b).abs() < 1e-12)
            );
            let (scores, width) = (curve.scores(), parameters.len());
            for ability in [-2.5, 0.0, 1.7] {
                let mut chances = alloc::vec![0.0; scores];
                let mut slopes = alloc::vec![0.0; scores * width];
                curve.fill(ability, &mut chances, Some(&mut slopes));
                assert!((chances.iter().sum::<f64>() - 1.0).abs() < 1e-9);
                for column in 0..width {
                    let moved = |by: f64| {
                        let mut parameters = parameters.clone();
                        parameters[column] += by;
                        Curve::with(form, &parameters).unwrap().chances(ability)
                    };
                    let (low, high) = (moved(-1e-5), moved(1e-5));
                    for score in 0..scores {
                        let difference = (high[score] - low[score]) / 2e-5;
                        let found = slopes[score * width + column];
                        assert!(
                            (found - difference).abs() < 1e-7,
                            "{form:?} {found} {difference}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn falling_intercepts_are_asked_of_graded_items() {
        assert_eq!(Curve::with(Form::Graded, &[1.0, 0.0, 0.5]), None);
        assert_eq!(Curve::with(Form::PartialCredit, &[f64::NAN, 0.0]), None);
        assert!(Curve::with(Form::PartialCredit, &[1.0, 0.0, 0.5]).is_some());
    }
}
