//! Sparse logistic regression with a quadratic penalty, by L-BFGS.

use crate::probability::logistic;
use alloc::collections::VecDeque;
use alloc::vec;
use alloc::vec::Vec;
use libm::{exp, log1p};

/// Rows of few non-zero columns, each with an outcome and a part that is not fitted.
#[derive(Clone, Debug, Default)]
pub struct SparseRows {
    starts: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f32>,
    offsets: Vec<f64>,
    outcomes: Vec<bool>,
}

impl SparseRows {
    /// Adds a row: its columns with their values, its fixed part of the log-odds, its outcome.
    pub fn push(&mut self, cells: &[(u32, f32)], offset: f64, outcome: bool) {
        self.starts.push(self.columns.len());
        self.columns.extend(cells.iter().map(|cell| cell.0));
        self.values.extend(cells.iter().map(|cell| cell.1));
        self.offsets.push(offset);
        self.outcomes.push(outcome);
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.outcomes.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.outcomes.is_empty()
    }

    fn row(&self, at: usize) -> impl Iterator<Item = (usize, f64)> {
        let end = self
            .starts
            .get(at + 1)
            .copied()
            .unwrap_or(self.columns.len());
        let range = self.starts[at]..end;
        let cells = self.columns[range.clone()].iter().zip(&self.values[range]);
        cells.map(|(&column, &value)| (column as usize, f64::from(value)))
    }

    fn width(&self) -> usize {
        self.columns
            .iter()
            .max()
            .map_or(0, |&most| most as usize + 1)
    }
}

/// What a fit found.
#[derive(Clone, Debug, PartialEq)]
pub struct LogisticFit {
    /// One weight a column.
    pub weights: Vec<f64>,
    /// Penalised negative log-likelihood at the weights.
    pub loss: f64,
    /// Iterations taken.
    pub iterations: u32,
}

/// Loss at `weights`; its gradient goes to `gradient`.
fn loss(rows: &SparseRows, weights: &[f64], penalty: f64, gradient: &mut [f64]) -> f64 {
    let mut total = 0.0;
    for (slope, weight) in gradient.iter_mut().zip(weights) {
        *slope = penalty * weight;
        total += 0.5 * penalty * weight * weight;
    }
    for at in 0..rows.len() {
        let sum: f64 = rows
            .row(at)
            .map(|(column, value)| weights[column] * value)
            .sum();
        let odds = sum + rows.offsets[at];
        let outcome = f64::from(u8::from(rows.outcomes[at]));
        let agreeing = if rows.outcomes[at] { odds } else { -odds };
        total += if agreeing > 0.0 {
            log1p(exp(-agreeing))
        } else {
            log1p(exp(agreeing)) - agreeing
        };
        let error = logistic(odds) - outcome;
        for (column, value) in rows.row(at) {
            gradient[column] += error * value;
        }
    }
    total
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn add_scaled(to: &mut [f64], scale: f64, by: &[f64]) {
    for (a, b) in to.iter_mut().zip(by) {
        *a += scale * b;
    }
}

/// One remembered step: change of the weights, change of the gradient, one over their product.
struct Step {
    moved: Vec<f64>,
    turned: Vec<f64>,
    inverse: f64,
}

/// How many steps the method remembers.
const MEMORY: usize = 8;

/// The direction of descent by the two-loop recursion (Nocedal, 1980), started from the diagonal.
fn direction(gradient: &[f64], memory: &VecDeque<Step>, diagonal: &[f64]) -> Vec<f64> {
    let mut q = gradient.to_vec();
    let mut parts = Vec::with_capacity(memory.len());
    for step in memory.iter().rev() {
        let part = step.inverse * dot(&step.moved, &q);
        add_scaled(&mut q, -part, &step.turned);
        parts.push(part);
    }
    let scale = memory.back().map_or(1.0, |step| {
        let turned: f64 = step
            .turned
            .iter()
            .zip(diagonal)
            .map(|(y, d)| y * y / d)
            .sum();
        1.0 / (step.inverse * turned)
    });
    for (value, d) in q.iter_mut().zip(diagonal) {
        *value *= scale / d;
    }
    for (step, part) in memory.iter().zip(parts.iter().rev()) {
        let other = step.inverse * dot(&step.turned, &q);
        add_scaled(&mut q, part - other, &step.moved);
    }
    q
}

/// Fits weights by minimising the negative log-likelihood plus half of `penalty` (at least 1e-9)
/// times their squares. Stops when a step gains less than a millionth of the loss, or after
/// `most` iterations.
#[must_use]
pub fn fit_logistic(rows: &SparseRows, penalty: f64, most: u32) -> LogisticFit {
    let penalty = penalty.max(1e-9);
    let width = rows.width();
    let mut diagonal = vec![penalty; width];
    for at in 0..rows.len() {
        for (column, value) in rows.row(at) {
            diagonal[column] += 0.2 * value * value;
        }
    }
    let (mut weights, mut gradient) = (vec![0.0; width], vec![0.0; width]);
    let mut memory: VecDeque<Step> = VecDeque::with_capacity(MEMORY);
    let mut value = loss(rows, &weights, penalty, &mut gradient);
    let mut iterations = 0;
    while iterations < most {
        iterations += 1;
        let downhill = direction(&gradient, &memory, &diagonal);
        let slope = dot(&gradient, &downhill);
        let (mut length, mut tries) = (1.0, 0);
        let mut next_gradient = vec![0.0; width];
        let (next, next_value) = loop {
            let mut next = weights.clone();
            add_scaled(&mut next, -length, &downhill);
            let next_value = loss(rows, &next, penalty, &mut next_gradient);
            if next_value <= value - 1e-4 * length * slope || tries >= 20 {
                break (next, next_value);
            }
            length *= 0.5;
            tries += 1;
        };
        if next_value >= value {
            break;
        }
        let moved: Vec<f64> = next.iter().zip(&weights).map(|(a, b)| a - b).collect();
        let turned: Vec<f64> = next_gradient
            .iter()
            .zip(&gradient)
            .map(|(a, b)| a - b)
            .collect();
        let product = dot(&moved, &turned);
        if product > 1e-12 {
            if memory.len() == MEMORY {
                memory.pop_front();
            }
            memory.push_back(Step {
                moved,
                turned,
                inverse: 1.0 / product,
            });
        }
        let gain = value - next_value;
        (weights, gradient, value) = (next, next_gradient, next_value);
        if gain < 1e-6 * value {
            break;
        }
    }
    LogisticFit {
        weights,
        loss: value,
        iterations,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probability::logit;

    /// With one column for all and next to no penalty the weight is the log-odds of the mean.
    #[test]
    fn one_column_gives_the_mean() {
        let mut rows = SparseRows::default();
        for at in 0..100 {
            rows.push(&[(0, 1.0)], 0.5, at % 4 == 0);
        }
        let fit = fit_logistic(&rows, 1e-9, 100);
        assert!(
            (fit.weights[0] - (logit(0.25) - 0.5)).abs() < 1e-3,
            "{fit:?}"
        );
    }

    /// At the minimum every slope is 0: checked by the penalised score equations.
    #[test]
    fn the_minimum_is_one() {
        let mut random = crate::random::Random::new(3);
        let mut rows = SparseRows::default();
        for _ in 0..2000 {
            let (a, b) = (random.below(20), random.normal());
            #[expect(clippy::cast_possible_truncation, reason = "small numbers")]
            let cells = [(a as u32, 1.0), (20, b as f32)];
            rows.push(&cells, 0.0, random.chance(logistic(0.7 * b - 0.3)));
        }
        let fit = fit_logistic(&rows, 2.0, 200);
        let mut gradient = vec![0.0; 21];
        loss(&rows, &fit.weights, 2.0, &mut gradient);
        assert!(
            gradient.iter().all(|slope| slope.abs() < 0.5),
            "{gradient:?}"
        );
        assert!((fit.weights[20] - 0.7).abs() < 0.15);
        assert!(
            fit_logistic(&SparseRows::default(), 1.0, 10)
                .weights
                .is_empty()
        );
    }
}
