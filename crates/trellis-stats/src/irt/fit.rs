//! Marginal maximum likelihood for the two-parameter model by EM (Bock and Aitkin, 1981).
//! SQUAREM (Varadhan and Roland, 2008) takes long steps when they do not lose.

use super::expectation::{Expected, Grid, pack};
use super::information::standard_errors;
use super::{Answer, Item};
use crate::probability::{logistic, logit};
use alloc::vec::Vec;
use libm::{fabs, sqrt};

/// What the slopes may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slopes {
    /// Each item has its own: the two-parameter model.
    Free,
    /// One for all: the one-parameter model, Rasch with a free variance.
    Common,
}

/// How a fit runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IrtOptions {
    /// What the slopes may do.
    pub slopes: Slopes,
    /// Points of the ability grid from -6 to 6, at least 20; rounded up to a multiple of four.
    pub points: usize,
    /// Largest change of a parameter in an EM step at which the fit is over.
    pub tolerance: f64,
    /// EM steps after which the fit gives up.
    pub most_steps: u32,
    /// Whether to compute standard errors, from the exact observed information.
    pub standard_errors: bool,
}

impl Default for IrtOptions {
    fn default() -> Self {
        Self {
            slopes: Slopes::Free,
            points: 44,
            tolerance: 1e-6,
            most_steps: 2000,
            standard_errors: false,
        }
    }
}

/// A fitted model.
#[derive(Clone, Debug, PartialEq)]
pub struct IrtFit {
    /// The items' parameters, ability standard normal in the population.
    pub items: Vec<Item>,
    /// Standard errors of slope and intercept, when asked for.
    pub standard_errors: Vec<(f64, f64)>,
    /// Marginal log-likelihood.
    pub log_likelihood: f64,
    /// Log-likelihood on a grid of twice the points minus that of the fit.
    pub grid_error: f64,
    /// EM steps taken.
    pub steps: u32,
}

/// Why there is no fit.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// No persons or no items, or rows of different lengths.
    Shape,
    /// These items were never, or always, or by nobody answered right: nothing says how hard.
    NotIdentified {
        /// The items' places.
        items: Vec<usize>,
    },
    /// The information matrix at the end is not positive definite in this item's direction.
    NoStandardError {
        /// The item's place.
        item: usize,
    },
    /// Twice the grid points moved the log-likelihood by more than 0.01: ask for more points.
    GridTooCoarse {
        /// By how much.
        moved: f64,
    },
    /// The step limit was reached.
    NotConverged {
        /// Largest change of a parameter in the last step.
        change: f64,
    },
}

const GRID_TOLERANCE: f64 = 0.01;

/// Slopes of the expected log-likelihood in (slope, intercept) and minus its curvature.
#[derive(Default)]
struct Curve {
    slope: f64,
    intercept: f64,
    slope_slope: f64,
    slope_intercept: f64,
    intercept_intercept: f64,
}

fn curve(points: &[f64], persons: &[f64], right: &[f64], item: Item) -> Curve {
    let mut out = Curve::default();
    for ((x, n), r) in points.iter().zip(persons).zip(right) {
        let p = logistic(item.slope * x + item.intercept);
        let (error, spread) = (r - n * p, n * p * (1.0 - p));
        out.slope += error * x;
        out.intercept += error;
        out.slope_slope += spread * x * x;
        out.slope_intercept += spread * x;
        out.intercept_intercept += spread;
    }
    out
}

/// The M-step: Newton's method on each item, or on all with one slope.
fn maximise(points: &[f64], expected: &Expected, items: &mut [Item], slopes: Slopes) {
    let q = points.len();
    let of = |at: usize, item: Item| {
        let range = at * q..(at + 1) * q;
        curve(
            points,
            &expected.persons[range.clone()],
            &expected.right[range],
            item,
        )
    };
    for _ in 0..25 {
        let mut largest: f64 = 0.0;
        // Common slope: its own step after the intercepts' are taken out of it.
        let (mut slope_of_all, mut curvature_of_all) = (0.0, 0.0);
        let mut steps = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            let c = of(at, *item);
            let own = c.intercept_intercept.max(1e-12);
            slope_of_all += c.slope - c.slope_intercept * c.intercept / own;
            curvature_of_all += c.slope_slope - c.slope_intercept * c.slope_intercept / own;
            steps.push(c);
        }
        let common = slope_of_all / curvature_of_all.max(1e-12);
        for (item, c) in items.iter_mut().zip(&steps) {
            let own = c.intercept_intercept.max(1e-12);
            let rest = (c.slope_slope - c.slope_intercept * c.slope_intercept / own).max(1e-12);
            let slope = match slopes {
                Slopes::Free => (c.slope - c.slope_intercept * c.intercept / own) / rest,
                Slopes::Common => common,
            };
            let intercept = (c.intercept - c.slope_intercept * slope) / own;
            let size = fabs(slope).max(fabs(intercept));
            // A common slope must stay common, so its step is cut by the same for all.
            let cut = match slopes {
                Slopes::Free => 1.0 / size.max(1.0),
                Slopes::Common => 1.0 / fabs(common).max(1.0),
            };
            item.slope += cut * slope;
            item.intercept += (cut * intercept).clamp(-1.0, 1.0);
            largest = largest.max(size);
        }
        if largest < 1e-10 {
            break;
        }
    }
}

fn largest_change(a: &[Item], b: &[Item]) -> f64 {
    let changes = a
        .iter()
        .zip(b)
        .map(|(a, b)| fabs(a.slope - b.slope).max(fabs(a.intercept - b.intercept)));
    changes.fold(0.0, f64::max)
}

/// One extrapolated point from three EM iterates.
fn extrapolate(first: &[Item], second: &[Item], third: &[Item]) -> Vec<Item> {
    let triple = || {
        first
            .iter()
            .zip(second)
            .zip(third)
            .map(|((a, b), c)| (a, b, c))
    };
    let pairs = |a: f64, b: f64, c: f64| (b - a, (c - b) - (b - a));
    let (mut along, mut bend) = (0.0, 0.0);
    for (a, b, c) in triple() {
        for (r, v) in [
            pairs(a.slope, b.slope, c.slope),
            pairs(a.intercept, b.intercept, c.intercept),
        ] {
            along += r * r;
            bend += v * v;
        }
    }
    let length = if bend > 0.0 {
        sqrt(along / bend).clamp(1.0, 16.0)
    } else {
        1.0
    };
    let move_on = |a: f64, b: f64, c: f64| {
        let (r, v) = pairs(a, b, c);
        a + 2.0 * length * r + length * length * v
    };
    let item = |(a, b, c): (&Item, &Item, &Item)| Item {
        slope: move_on(a.slope, b.slope, c.slope),
        intercept: move_on(a.intercept, b.intercept, c.intercept),
    };
    triple().map(item).collect()
}

/// Starting values: slope 1, intercepts from the shares of right answers; or the items without
/// both kinds of answers.
fn start(rows: &[Vec<Answer>], items: usize) -> Result<Vec<Item>, Refusal> {
    let mut out = Vec::with_capacity(items);
    let mut unknown = Vec::new();
    for at in 0..items {
        let count = |wanted: Answer| rows.iter().filter(|row| row[at] == wanted).count();
        let (right, wrong) = (count(Answer::Right), count(Answer::Wrong));
        if right == 0 || wrong == 0 {
            unknown.push(at);
        }
        #[expect(clippy::cast_precision_loss, reason = "a count of persons")]
        let share = (right as f64 + 0.5) / ((right + wrong) as f64 + 1.0);
        out.push(Item {
            slope: 1.0,
            intercept: 1.2 * logit(share),
        });
    }
    if unknown.is_empty() {
        Ok(out)
    } else {
        Err(Refusal::NotIdentified { items: unknown })
    }
}

/// Fits the model to persons' answers, one row a person.
///
/// # Errors
/// When the answers cannot carry the model, or the result would not be trustworthy: see
/// [`Refusal`].
pub fn fit_two_parameter(rows: &[Vec<Answer>], options: &IrtOptions) -> Result<IrtFit, Refusal> {
    let patterns = pack(rows).ok_or(Refusal::Shape)?;
    let mut items = start(rows, patterns.items)?;
    let mut grid = Grid::new(&patterns, options.points);
    let (mut steps, mut best) = (0, f64::NEG_INFINITY);
    let mut safe: Option<Vec<Item>> = None;
    loop {
        let mut expected = grid.expect(&patterns, &items);
        // A long step that lost is taken back.
        if let Some(third) = safe.take().filter(|_| expected.log_likelihood < best) {
            items = third;
            expected = grid.expect(&patterns, &items);
        }
        best = expected.log_likelihood;
        let first = items.clone();
        maximise(&grid.points, &expected, &mut items, options.slopes);
        let second = items.clone();
        steps += 2;
        let change = largest_change(&first, &second);
        if change < options.tolerance {
            break;
        }
        if steps > options.most_steps {
            return Err(Refusal::NotConverged { change });
        }
        let expected = grid.expect(&patterns, &items);
        maximise(&grid.points, &expected, &mut items, options.slopes);
        let far = extrapolate(&first, &second, &items);
        safe = Some(core::mem::replace(&mut items, far));
    }
    let log_likelihood = grid.expect(&patterns, &items).log_likelihood;
    let mut fine = Grid::new(&patterns, 2 * grid.points.len());
    let grid_error = fine.expect(&patterns, &items).log_likelihood - log_likelihood;
    if fabs(grid_error) > GRID_TOLERANCE {
        return Err(Refusal::GridTooCoarse { moved: grid_error });
    }
    let standard_errors = if options.standard_errors {
        standard_errors(&mut grid, &patterns, &items)
            .map_err(|item| Refusal::NoStandardError { item })?
    } else {
        Vec::new()
    };
    Ok(IrtFit {
        items,
        standard_errors,
        log_likelihood,
        grid_error,
        steps,
    })
}
