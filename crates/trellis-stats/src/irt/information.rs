//! What answers say about the items' parameters: the observed information of the marginal likelihood, exact and in one
//! pass, by Louis's identity (1982): the information of the complete data less the variance of its score.

use super::Item;
use super::expectation::{Grid, Patterns};
use crate::probability::logistic;
use alloc::vec;
use alloc::vec::Vec;
use libm::sqrt;

/// Patterns whose posteriors are held at once.
const TOGETHER: usize = 4096;

/// Standard errors of slope and intercept: roots of the diagonal of the inverse observed information.
///
/// # Errors
/// The place of an item in whose direction the information is not positive definite.
pub(super) fn standard_errors(
    grid: &mut Grid,
    patterns: &Patterns,
    items: &[Item],
) -> Result<Vec<(f64, f64)>, usize> {
    let size = 2 * items.len();
    let mut information = observed(grid, patterns, items);
    let variances = inverse_diagonal(&mut information, size).map_err(|row| row / 2)?;
    let pairs = variances.chunks_exact(2);
    Ok(pairs.map(|pair| (sqrt(pair[0]), sqrt(pair[1]))).collect())
}

/// The lower triangle of the observed information, slopes and intercepts in turn.
fn observed(grid: &mut Grid, patterns: &Patterns, items: &[Item]) -> Vec<f64> {
    let points = grid.points.clone();
    let base = grid.tabulate(items);
    let mut information = Information::new(items, &points);
    let all: Vec<usize> = (0..patterns.counts.len()).collect();
    for block in all.chunks(TOGETHER) {
        // The weight of each point of the grid for each pattern; what is left out of a window weighs nothing.
        let mut weights = vec![0.0; block.len() * points.len()];
        for (row, &person) in weights.chunks_exact_mut(points.len()).zip(block) {
            let (window, posterior) = grid.posterior(patterns, person, &base);
            row[window].copy_from_slice(posterior);
        }
        let answers: Vec<Vec<Option<f64>>> = block
            .iter()
            .map(|&person| patterns.answers(person).collect())
            .collect();
        let counts: Vec<f64> = block
            .iter()
            .map(|&person| patterns.counts[person])
            .collect();
        information.take_in(&weights, &answers, &counts);
    }
    information.sum
}

/// The sum as it grows.
struct Information<'a> {
    points: &'a [f64],
    /// P(right) of each item at each point, points first.
    chances: Vec<f64>,
    items: usize,
    sum: Vec<f64>,
}

impl<'a> Information<'a> {
    fn new(items: &[Item], points: &'a [f64]) -> Self {
        let chance = |x: f64| {
            let at = move |item: &Item| logistic(item.slope * x + item.intercept);
            items.iter().map(at)
        };
        Self {
            points,
            chances: points.iter().flat_map(|&x| chance(x)).collect(),
            items: items.len(),
            sum: vec![0.0; 4 * items.len() * items.len()],
        }
    }

    /// Adds to the entries of items `j` and `k`, the sign and the ability of the derivatives being those of `x`.
    fn add(&mut self, j: usize, k: usize, value: f64, x: f64) {
        let size = 2 * self.items;
        let entry = &mut self.sum[2 * j * size + 2 * k..];
        entry[0] += value * x * x;
        entry[1] += value * x;
        entry[size] += value * x;
        entry[size + 1] += value;
    }

    fn take_in(&mut self, weights: &[f64], answers: &[Vec<Option<f64>>], counts: &[f64]) {
        let (q, n) = (self.points.len(), self.items);
        // Each pattern's expected score: of slopes and intercepts in turn.
        let mut scores = vec![0.0; answers.len() * 2 * n];
        let mut errors = vec![0.0; n];
        let mut products = vec![0.0; n * n];
        for (at, &x) in self.points.iter().enumerate() {
            products.fill(0.0);
            let mut complete = vec![0.0; n];
            for (person, (own, &count)) in answers.iter().zip(counts).enumerate() {
                let weight = weights[person * q + at];
                if weight == 0.0 {
                    continue;
                }
                let chances = &self.chances[at * n..(at + 1) * n];
                for (j, (answer, &p)) in own.iter().zip(chances).enumerate() {
                    errors[j] = answer.map_or(0.0, |right| right - p);
                    if answer.is_some() {
                        complete[j] += count * weight * p * (1.0 - p);
                    }
                }
                let score = &mut scores[person * 2 * n..(person + 1) * 2 * n];
                for (score, error) in score.chunks_exact_mut(2).zip(&errors) {
                    score[0] += weight * error * x;
                    score[1] += weight * error;
                }
                outer(&mut products, &errors, count * weight);
            }
            for j in 0..n {
                self.add(j, j, complete[j], x);
                for k in 0..=j {
                    self.add(j, k, -products[j * n + k], x);
                }
            }
        }
        for (score, &count) in scores.chunks_exact(2 * n).zip(counts) {
            outer(&mut self.sum, score, count);
        }
    }
}

/// Adds `weight` times the outer product of a vector with itself to the lower triangle of a matrix.
fn outer(matrix: &mut [f64], vector: &[f64], weight: f64) {
    for (j, row) in matrix.chunks_exact_mut(vector.len()).enumerate() {
        let scaled = weight * vector[j];
        for (entry, value) in row[..=j].iter_mut().zip(vector) {
            *entry += scaled * value;
        }
    }
}

/// Diagonal of the inverse of a symmetric matrix by Cholesky, which overwrites it; the row where
/// it is not positive definite otherwise.
fn inverse_diagonal(matrix: &mut [f64], size: usize) -> Result<Vec<f64>, usize> {
    for row in 0..size {
        for column in 0..=row {
            let mut value = matrix[row * size + column];
            for k in 0..column {
                value -= matrix[row * size + k] * matrix[column * size + k];
            }
            if row == column {
                if value <= 0.0 {
                    return Err(row);
                }
                matrix[row * size + row] = sqrt(value);
            } else {
                matrix[row * size + column] = value / matrix[column * size + column];
            }
        }
    }
    let mut out = Vec::with_capacity(size);
    for unit in 0..size {
        let mut solved = vec![0.0; size];
        for row in unit..size {
            let known: f64 = (unit..row)
                .map(|k| matrix[row * size + k] * solved[k])
                .sum();
            let own = if row == unit { 1.0 } else { 0.0 };
            solved[row] = (own - known) / matrix[row * size + row];
        }
        // Column `unit` of the inverse triangle: its square is the diagonal entry.
        out.push(solved.iter().map(|v| v * v).sum());
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::super::Answer;
    use super::super::expectation::pack;
    use super::*;
    use crate::random::Random;

    /// Answers of invented persons, a tenth of them missing.
    fn answers(persons: usize, items: &[Item]) -> Vec<Vec<Answer>> {
        let mut random = Random::labelled(7, "information");
        let mut row = || {
            let ability = random.normal();
            let mut answer = |item: &Item| {
                if random.chance(0.1) {
                    Answer::Missing
                } else if random.chance(item.chance(ability)) {
                    Answer::Right
                } else {
                    Answer::Wrong
                }
            };
            items.iter().map(&mut answer).collect()
        };
        (0..persons).map(|_| row()).collect()
    }

    #[test]
    fn it_is_minus_the_second_differences_of_the_log_likelihood() {
        const STEP: f64 = 1e-3;
        let item = |slope, intercept| Item { slope, intercept };
        let items = [item(0.7, 0.4), item(1.3, -0.8), item(1.0, 1.5)];
        let patterns = pack(&answers(300, &items)).unwrap();
        let mut grid = Grid::new(&patterns, 60);
        let found = observed(&mut grid, &patterns, &items);
        let mut likelihood = |moves: [(usize, f64); 2]| {
            let mut items = items;
            for (place, by) in moves {
                let item = &mut items[place / 2];
                if place % 2 == 0 {
                    item.slope += by;
                } else {
                    item.intercept += by;
                }
            }
            grid.expect(&patterns, &items).log_likelihood
        };
        for row in 0..6 {
            for column in 0..=row {
                let mut at = |a: f64, b: f64| likelihood([(row, a * STEP), (column, b * STEP)]);
                let bend = at(1.0, 1.0) - at(1.0, -1.0) - at(-1.0, 1.0) + at(-1.0, -1.0);
                let expected = -bend / (4.0 * STEP * STEP);
                let own = found[row * 6 + column];
                assert!(
                    (own - expected).abs() < 2e-3,
                    "{row} {column}: {own} {expected}"
                );
            }
        }
    }
}
