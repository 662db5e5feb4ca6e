//! Marginal maximum likelihood by EM for items with a chance to guess or several scores: the
//! three-parameter, graded response and generalised partial credit models.

use super::curve::{Curve, Form};
use super::{AbilityEstimate, Refusal};
use crate::probability::logit;
use alloc::vec;
use alloc::vec::Vec;
use libm::{exp, fabs, log, sqrt};

/// A score of one person on one item; `None` when the item was not asked.
pub type Score = Option<u8>;

/// How a fit runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CategoryOptions {
    /// Points of the ability grid from -6 to 6, at least 20.
    pub points: usize,
    /// Largest change of a parameter in an EM step at which the fit is over.
    pub tolerance: f64,
    /// EM steps after which the fit gives up.
    pub most_steps: u32,
}

impl Default for CategoryOptions {
    fn default() -> Self {
        Self {
            points: 61,
            tolerance: 1e-5,
            most_steps: 5000,
        }
    }
}

/// A fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct CategoryFit {
    /// The items' curves, ability standard normal in the population.
    pub curves: Vec<Curve>,
    /// Marginal log-likelihood, without the prior of guesses.
    pub log_likelihood: f64,
    /// Log-likelihood on a grid of twice the points minus that of the fit.
    pub grid_error: f64,
    /// Items whose answers say less about the guess than its prior does: their guess is the
    /// prior's word, not the data's. Three-parameter model only.
    pub guess_from_prior: Vec<usize>,
    /// EM steps taken.
    pub steps: u32,
}

/// Mean and precision of the prior of a guess's log-odds.
const GUESS_MEAN: f64 = -1.386_294_361_119_890_6; // log-odds of 0.2
const GUESS_PRECISION: f64 = 4.0;
const EDGE: f64 = 6.0;
const GRID_TOLERANCE: f64 = 0.01;
/// Most scores of an item.
const MOST_SCORES: u8 = 32;

/// Persons' scores, each pattern once.
struct Patterns {
    patterns: Vec<(Vec<Score>, f64)>,
    /// Highest score of each item.
    highest: Vec<u8>,
}

fn patterns(rows: &[Vec<Score>]) -> Result<Patterns, Refusal> {
    let items = rows.first().map_or(0, Vec::len);
    if items == 0 || rows.iter().any(|row| row.len() != items) {
        return Err(Refusal::Shape);
    }
    let mut counts = vec![Vec::<u32>::new(); items];
    for row in rows {
        for (count, score) in counts.iter_mut().zip(row) {
            if let Some(score) = score {
                if *score >= MOST_SCORES {
                    return Err(Refusal::Shape);
                }
                let place = usize::from(*score);
                if count.len() <= place {
                    count.resize(place + 1, 0);
                }
                count[place] += 1;
            }
        }
    }
    // A score that nobody got, below one that somebody got, has no place on the scale.
    let unknown: Vec<usize> = (0..items)
        .filter(|&at| counts[at].len() < 2 || counts[at].contains(&0))
        .collect();
    if !unknown.is_empty() {
        return Err(Refusal::NotIdentified { items: unknown });
    }
    let mut sorted: Vec<&Vec<Score>> = rows.iter().collect();
    sorted.sort_unstable();
    let same = sorted.chunk_by(|a, b| a == b);
    #[expect(clippy::cast_precision_loss, reason = "a count of persons")]
    let patterns = same
        .map(|same| (same[0].clone(), same.len() as f64))
        .collect();
    let highest = counts
        .iter()
        .map(|count| u8::try_from(count.len() - 1).unwrap_or(MOST_SCORES));
    Ok(Patterns {
        patterns,
        highest: highest.collect(),
    })
}

/// Starting curves: slope 1, intercepts from the shares of scores.
fn start(data: &Patterns, form: Form) -> Result<Vec<Curve>, Refusal> {
    let mut out = Vec::new();
    for (at, &highest) in data.highest.iter().enumerate() {
        let mut counts = vec![0.5; usize::from(highest) + 1];
        for (pattern, count) in &data.patterns {
            if let Some(score) = pattern[at] {
                counts[usize::from(score)] += count;
            }
        }
        let all: f64 = counts.iter().sum();
        let mut parameters = vec![1.0];
        for score in 1..counts.len() {
            parameters.push(match form {
                Form::PartialCredit => log(counts[score] / counts[0]),
                _ => 1.2 * logit(counts[score..].iter().sum::<f64>() / all),
            });
        }
        if form == Form::ThreeParameter {
            if highest > 1 {
                return Err(Refusal::Shape);
            }
            // What guessing explains need not be explained by being easy.
            parameters[1] -= 0.3;
            parameters.push(GUESS_MEAN);
        }
        out.push(
            Curve::with(form, &parameters).ok_or(Refusal::NotIdentified {
                items: Vec::from([at]),
            })?,
        );
    }
    Ok(out)
}

/// The ability grid and its weights' logarithms.
struct Grid {
    points: Vec<f64>,
    log_weights: Vec<f64>,
}

impl Grid {
    fn new(points: usize) -> Self {
        let count = points.max(20);
        #[expect(clippy::cast_precision_loss, reason = "a few dozen points")]
        let place = |at: usize| -EDGE + 2.0 * EDGE * at as f64 / (count - 1) as f64;
        let points: Vec<f64> = (0..count).map(place).collect();
        let total: f64 = points.iter().map(|x| exp(-0.5 * x * x)).sum();
        let log_weights = points.iter().map(|x| -0.5 * x * x - log(total)).collect();
        Self {
            points,
            log_weights,
        }
    }

    /// Log-chances of every item: rows of scores, columns of points.
    fn table(&self, curves: &[Curve]) -> Vec<Vec<f64>> {
        let q = self.points.len();
        let of = |curve: &Curve| {
            let mut table = vec![0.0; curve.scores() * q];
            let mut chances = vec![0.0; curve.scores()];
            for (at, x) in self.points.iter().enumerate() {
                curve.fill(*x, &mut chances, None);
                for (score, chance) in chances.iter().enumerate() {
                    table[score * q + at] = log(*chance);
                }
            }
            table
        };
        curves.iter().map(of).collect()
    }

    /// The E-step: expected persons at each score and point of each item, and the log-likelihood.
    fn expect(&self, data: &Patterns, curves: &[Curve]) -> (Vec<Vec<f64>>, f64) {
        let q = self.points.len();
        let table = self.table(curves);
        let mut expected: Vec<Vec<f64>> = table.iter().map(|one| vec![0.0; one.len()]).collect();
        let mut log_likelihood = 0.0;
        let mut posterior = vec![0.0; q];
        for (pattern, count) in &data.patterns {
            posterior.copy_from_slice(&self.log_weights);
            for (rows, score) in table.iter().zip(pattern) {
                let Some(score) = score else { continue };
                let at = usize::from(*score) * q;
                for (value, add) in posterior.iter_mut().zip(&rows[at..at + q]) {
                    *value += add;
                }
            }
            let most = posterior.iter().fold(f64::NEG_INFINITY, |m, v| m.max(*v));
            let mut total = 0.0;
            for value in &mut posterior {
                *value = exp(*value - most);
                total += *value;
            }
            log_likelihood += count * (most + log(total));
            for (rows, score) in expected.iter_mut().zip(pattern) {
                let Some(score) = score else { continue };
                let at = usize::from(*score) * q;
                for (sum, value) in rows[at..at + q].iter_mut().zip(&posterior) {
                    *sum += count * value / total;
                }
            }
        }
        (expected, log_likelihood)
    }
}

/// Expected complete log-likelihood of one item, the prior of a guess included.
fn objective(points: &[f64], expected: &[f64], curve: &Curve) -> f64 {
    let q = points.len();
    let mut chances = vec![0.0; curve.scores()];
    let mut sum = 0.0;
    for (at, x) in points.iter().enumerate() {
        curve.fill(*x, &mut chances, None);
        for (score, chance) in chances.iter().enumerate() {
            sum += expected[score * q + at] * log(*chance);
        }
    }
    sum + prior(curve)
}

fn prior(curve: &Curve) -> f64 {
    match curve {
        Curve::ThreeParameter { guess, .. } => {
            let off = logit(*guess) - GUESS_MEAN;
            -0.5 * GUESS_PRECISION * off * off
        }
        Curve::Graded { .. } | Curve::PartialCredit { .. } => 0.0,
    }
}

/// Gradient and Fisher information of one item's parameters, without the prior.
fn score_and_information(points: &[f64], expected: &[f64], curve: &Curve) -> (Vec<f64>, Vec<f64>) {
    let (q, scores) = (points.len(), curve.scores());
    let width = curve.parameters().len();
    let (mut gradient, mut information) = (vec![0.0; width], vec![0.0; width * width]);
    let (mut chances, mut slopes) = (vec![0.0; scores], vec![0.0; scores * width]);
    for (at, x) in points.iter().enumerate() {
        curve.fill(*x, &mut chances, Some(&mut slopes));
        let persons: f64 = (0..scores).map(|score| expected[score * q + at]).sum();
        for score in 0..scores {
            let row = &slopes[score * width..(score + 1) * width];
            let (seen, chance) = (expected[score * q + at], chances[score]);
            for a in 0..width {
                gradient[a] += seen * row[a] / chance;
                for b in 0..width {
                    information[a * width + b] += persons * row[a] * row[b] / chance;
                }
            }
        }
    }
    (gradient, information)
}

/// What the answers to a three-parameter item say about its guess once slope and intercept may
/// follow it: the last diagonal entry less what the other two explain.
fn of_guess(information: &[f64]) -> f64 {
    let &[aa, ad, ag, _, dd, dg, _, _, gg] = information else {
        return 0.0;
    };
    let determinant = (aa * dd - ad * ad).max(1e-300);
    gg - (ag * ag * dd - 2.0 * ag * dg * ad + dg * dg * aa) / determinant
}

/// Solves a small symmetric system by elimination with a ridge; overwrites both.
fn solve(matrix: &mut [f64], right: &mut [f64]) {
    let n = right.len();
    for at in 0..n {
        matrix[at * n + at] += 1e-9;
        let pivot = matrix[at * n + at].max(1e-12);
        for row in at + 1..n {
            let part = matrix[row * n + at] / pivot;
            for column in at..n {
                matrix[row * n + column] -= part * matrix[at * n + column];
            }
            right[row] -= part * right[at];
        }
    }
    for at in (0..n).rev() {
        let known: f64 = (at + 1..n).map(|k| matrix[at * n + k] * right[k]).sum();
        right[at] = (right[at] - known) / matrix[at * n + at].max(1e-12);
    }
}

/// The M-step of one item: Fisher scoring, steps halved until the objective does not fall.
fn maximise(points: &[f64], expected: &[f64], form: Form, curve: &mut Curve) {
    let mut value = objective(points, expected, curve);
    for _ in 0..10 {
        let (mut gradient, mut information) = score_and_information(points, expected, curve);
        let parameters = curve.parameters();
        let width = parameters.len();
        if form == Form::ThreeParameter {
            gradient[2] -= GUESS_PRECISION * (parameters[2] - GUESS_MEAN);
            information[2 * width + 2] += GUESS_PRECISION;
        }
        solve(&mut information, &mut gradient);
        let mut length = 1.0;
        let largest = gradient
            .iter()
            .fold(0.0_f64, |most, step| most.max(fabs(*step)));
        let mut moved = false;
        for _ in 0..25 {
            let next: Vec<f64> = parameters
                .iter()
                .zip(&gradient)
                .map(|(value, step)| value + length * step.clamp(-2.0, 2.0))
                .collect();
            if let Some(next) = Curve::with(form, &next) {
                let next_value = objective(points, expected, &next);
                if next_value >= value {
                    moved = next_value > value;
                    (*curve, value) = (next, next_value);
                    break;
                }
            }
            length *= 0.5;
        }
        if !moved || largest * length < 1e-9 {
            break;
        }
    }
}

/// Fits curves of one form to persons' scores, one row a person.
///
/// # Errors
/// When the scores cannot carry the model, or the result would not be trustworthy: see
/// [`Refusal`]. The three-parameter model takes scores 0 and 1 only.
pub fn fit_categories(
    rows: &[Vec<Score>],
    form: Form,
    options: &CategoryOptions,
) -> Result<CategoryFit, Refusal> {
    let data = patterns(rows)?;
    let mut curves = start(&data, form)?;
    let grid = Grid::new(options.points);
    let mut steps = 0;
    loop {
        let (expected, _) = grid.expect(&data, &curves);
        let before: Vec<Vec<f64>> = curves.iter().map(Curve::parameters).collect();
        for (curve, expected) in curves.iter_mut().zip(&expected) {
            maximise(&grid.points, expected, form, curve);
        }
        steps += 1;
        let after = curves.iter().map(Curve::parameters);
        let changes = before.iter().zip(after).flat_map(|(before, after)| {
            let pairs = before.iter().zip(after);
            pairs.map(|(a, b)| fabs(a - b)).collect::<Vec<f64>>()
        });
        let change = changes.fold(0.0, f64::max);
        if change < options.tolerance {
            break;
        }
        if steps >= options.most_steps {
            return Err(Refusal::NotConverged { change });
        }
    }
    let (expected, log_likelihood) = grid.expect(&data, &curves);
    let fine = Grid::new(2 * grid.points.len()).expect(&data, &curves).1;
    let grid_error = fine - log_likelihood;
    if fabs(grid_error) > GRID_TOLERANCE {
        return Err(Refusal::GridTooCoarse { moved: grid_error });
    }
    let from_prior = |(_, (curve, expected)): &(usize, (&Curve, &Vec<f64>))| {
        let (_, information) = score_and_information(&grid.points, expected, curve);
        form == Form::ThreeParameter && of_guess(&information) < GUESS_PRECISION
    };
    let pairs = curves.iter().zip(&expected).enumerate();
    let guess_from_prior = pairs.filter(from_prior).map(|(at, _)| at).collect();
    Ok(CategoryFit {
        guess_from_prior,
        curves,
        log_likelihood,
        grid_error,
        steps,
    })
}

/// The mean of the posterior of ability under a standard normal prior, on 121 points from -6 to
/// 6; always finite. Scores beyond the curves, and scores that an item does not have, say nothing.
#[must_use]
pub fn eap_categories(curves: &[Curve], scores: &[Score]) -> AbilityEstimate {
    let mut weighed: Vec<(f64, f64)> = (0..=120_u32)
        .map(|step| -6.0 + 0.1 * f64::from(step))
        .map(|x| (x, -0.5 * x * x))
        .collect();
    for (x, weight) in &mut weighed {
        for (curve, score) in curves.iter().zip(scores) {
            let chances = curve.chances(*x);
            let chance = score.and_then(|score| chances.get(usize::from(score)));
            *weight += chance.map_or(0.0, |chance| log(*chance));
        }
    }
    let most = weighed
        .iter()
        .fold(f64::NEG_INFINITY, |most, one| most.max(one.1));
    let (mut total, mut first, mut second) = (0.0, 0.0, 0.0);
    for (x, weight) in weighed {
        let weight = exp(weight - most);
        total += weight;
        first += weight * x;
        second += weight * x * x;
    }
    let ability = first / total;
    AbilityEstimate {
        ability,
        standard_error: sqrt((second / total - ability * ability).max(0.0)),
    }
}
