//! Item analysis: how hard each item was, how well it told knowing from not knowing, and what looks wrong with it.
//!
//! Classical figures follow Allen and Yen, Introduction to Measurement Theory (1979); fit figures Wright and Masters,
//! Rating Scale Analysis (1982); dependence Yen's Q3 (1984). The input is first answers, at most one of a learner to an
//! item. Not every learner need answer every item: an adaptive system asks everybody something else, so the sum of right
//! answers means nothing there, and an ability estimated with the items' difficulties takes its place.

use alloc::vec;
use alloc::vec::Vec;
use libm::{fabs, sqrt};

mod ability;
mod dependence;
mod drift;
#[cfg(test)]
mod tests;

pub use ability::{Rasch, fit_rasch};
pub use dependence::{Dependence, dependence};
pub use drift::{Drift, drift};

/// One learner's first answer to one item. Numbers of learners and items are the caller's, from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FirstAnswer {
    /// Who.
    pub learner: u32,
    /// What.
    pub item: u32,
    /// Whether it was right.
    pub right: bool,
    /// Which of the item's options was chosen; `None` for items without options.
    pub option: Option<u16>,
    /// Seconds that it took; `None` or not positive when nobody knows.
    pub seconds: Option<f64>,
    /// When, in any unit that grows; only its order is used.
    pub at: i64,
}

/// What stands for how able a learner is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Every learner answered every item: the number of right answers, as textbooks do.
    Totals,
    /// Learners answered different items: abilities of the Rasch model.
    Abilities,
}

/// An option of an item and those who chose it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OptionFigures {
    /// Which.
    pub option: u16,
    /// How many chose it.
    pub chosen: u32,
    /// Of these, how many were told that it is right.
    pub right: u32,
    /// The mean ability, from the other items, of those who chose it, in standard deviations from the mean of all who
    /// answered the item.
    pub rest: f64,
}

/// What the answers say about an item.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemFigures {
    /// Which.
    pub item: u32,
    /// First answers.
    pub answers: u32,
    /// The share of right ones, 0 to 1.
    pub share_right: f64,
    /// Rasch difficulty in log-odds, 0 for an average item, higher is harder.
    pub difficulty: f64,
    /// Its standard error.
    pub difficulty_error: f64,
    /// Correlation of right with the whole, the item included; `None` when all were right or all wrong.
    pub point_biserial: Option<f64>,
    /// Correlation of right with the rest, the item left out: the corrected item-total correlation.
    pub item_rest: Option<f64>,
    /// Information-weighted mean square of what the Rasch model did not expect; 1 is as expected.
    pub infit: Option<f64>,
    /// Plain mean square of standardised residuals; 1 is as expected. One far-off answer can make it large.
    pub outfit: Option<f64>,
    /// Options, in order of their number; empty for items without.
    pub options: Vec<OptionFigures>,
    /// The median of the seconds known.
    pub median_seconds: Option<f64>,
    /// The share, of answers with known seconds, given in under a fifth of the median: too quick to have read it.
    pub hurried: f64,
}

/// The whole analysis.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// What ability stands on.
    pub basis: Basis,
    /// One for each item that was answered, in order of their number.
    pub items: Vec<ItemFigures>,
    /// Cronbach's alpha; only of [`Basis::Totals`], with at least two items and two learners who differ.
    pub alpha: Option<f64>,
    /// Answers that were left out because the learner had answered the item before.
    pub repeated: u32,
}

/// Analyses first answers. [`dependence`] and [`drift`] want them without repetitions: see [`earliest`]. Of several by one learner to one item the earliest counts.
#[must_use]
pub fn analyse(answers: &[FirstAnswer]) -> Analysis {
    let (answers, repeated) = earliest(answers);
    let rasch = fit_rasch(&answers);
    let learners = rasch.abilities.len();
    let complete = learners > 0 && answers.len() == learners * rasch.difficulties.len();
    let basis = if complete {
        Basis::Totals
    } else {
        Basis::Abilities
    };
    let standing = Standing::new(&answers, &rasch, basis);
    let mut by_item: Vec<usize> = (0..answers.len()).collect();
    by_item.sort_by_key(|at| (answers[*at].item, answers[*at].learner));
    let items = by_item
        .chunk_by(|a, b| answers[*a].item == answers[*b].item)
        .map(|places| item_figures(places, &answers, &rasch, &standing))
        .collect();
    Analysis {
        basis,
        items,
        alpha: if complete {
            alpha(&answers, &rasch)
        } else {
            None
        },
        repeated,
    }
}

/// The earliest answer of each learner to each item, by learner and item, and how many others there were.
#[must_use]
pub fn earliest(answers: &[FirstAnswer]) -> (Vec<FirstAnswer>, u32) {
    let mut sorted = answers.to_vec();
    sorted.sort_by_key(|answer| (answer.learner, answer.item, answer.at));
    let all = sorted.len();
    sorted.dedup_by_key(|answer| (answer.learner, answer.item));
    let left_out = u32::try_from(all - sorted.len()).unwrap_or(u32::MAX);
    (sorted, left_out)
}

/// Of each answer: how able its learner is with the item and without it.
struct Standing {
    whole: Vec<f64>,
    rest: Vec<f64>,
}

impl Standing {
    fn new(answers: &[FirstAnswer], rasch: &Rasch, basis: Basis) -> Self {
        let ability = |answer: &FirstAnswer| rasch.ability(answer.learner);
        match basis {
            Basis::Totals => {
                let total = |answer: &FirstAnswer| f64::from(ability(answer).right);
                Self {
                    whole: answers.iter().map(total).collect(),
                    rest: answers
                        .iter()
                        .map(|answer| total(answer) - f64::from(u8::from(answer.right)))
                        .collect(),
                }
            }
            Basis::Abilities => Self {
                whole: answers.iter().map(|answer| ability(answer).value).collect(),
                rest: answers
                    .iter()
                    .map(|answer| rasch.without(answer).0)
                    .collect(),
            },
        }
    }
}

fn item_figures(
    places: &[usize],
    answers: &[FirstAnswer],
    rasch: &Rasch,
    standing: &Standing,
) -> ItemFigures {
    let of =
        |places: &[usize]| -> Vec<FirstAnswer> { places.iter().map(|at| answers[*at]).collect() };
    let own = of(places);
    let right: Vec<f64> = own
        .iter()
        .map(|answer| f64::from(u8::from(answer.right)))
        .collect();
    let whole: Vec<f64> = places.iter().map(|at| standing.whole[*at]).collect();
    let rest: Vec<f64> = places.iter().map(|at| standing.rest[*at]).collect();
    let item = own.first().map_or(0, |answer| answer.item);
    let (infit, outfit) = fit_squares(&own, rasch);
    let (median_seconds, hurried) = pace(&own);
    let difficulty = rasch.difficulty(item);
    ItemFigures {
        item,
        answers: u32::try_from(own.len()).unwrap_or(u32::MAX),
        share_right: mean(&right),
        difficulty: difficulty.value,
        difficulty_error: difficulty.error,
        point_biserial: correlation(&right, &whole),
        item_rest: correlation(&right, &rest),
        infit,
        outfit,
        options: option_figures(&own, &rest),
        median_seconds,
        hurried,
    }
}

/// Infit and outfit of an item's answers, each against what the learner's other answers let expect. `None` with fewer than two.
fn fit_squares(own: &[FirstAnswer], rasch: &Rasch) -> (Option<f64>, Option<f64>) {
    if own.len() < 2 {
        return (None, None);
    }
    let (mut squares, mut information, mut standardised) = (0.0, 0.0, 0.0);
    for answer in own {
        let chance = rasch.expected(answer);
        let spread = (chance * (1.0 - chance)).max(1e-9);
        let residual = f64::from(u8::from(answer.right)) - chance;
        squares += residual * residual;
        information += spread;
        standardised += residual * residual / spread;
    }
    (
        Some(squares / information),
        Some(standardised / count(own.len())),
    )
}

fn option_figures(own: &[FirstAnswer], rest: &[f64]) -> Vec<OptionFigures> {
    let centre = mean(rest);
    let spread = sqrt(mean(
        &rest
            .iter()
            .map(|x| (x - centre) * (x - centre))
            .collect::<Vec<_>>(),
    ));
    let mut chosen: Vec<(u16, bool, f64)> = own
        .iter()
        .zip(rest)
        .filter_map(|(answer, rest)| Some((answer.option?, answer.right, *rest)))
        .collect();
    chosen.sort_by(|a, b| a.0.cmp(&b.0).then(a.2.total_cmp(&b.2)));
    chosen
        .chunk_by(|a, b| a.0 == b.0)
        .map(|same| {
            let rests: Vec<f64> = same.iter().map(|entry| entry.2).collect();
            let away = mean(&rests) - centre;
            OptionFigures {
                option: same[0].0,
                chosen: u32::try_from(same.len()).unwrap_or(u32::MAX),
                right: u32::try_from(same.iter().filter(|entry| entry.1).count())
                    .unwrap_or(u32::MAX),
                rest: if spread > 0.0 { away / spread } else { 0.0 },
            }
        })
        .collect()
}

/// The median of the known seconds, and the share given in under a fifth of it.
fn pace(own: &[FirstAnswer]) -> (Option<f64>, f64) {
    let mut seconds: Vec<f64> = own
        .iter()
        .filter_map(|answer| answer.seconds.filter(|s| s.is_finite() && *s > 0.0))
        .collect();
    if seconds.is_empty() {
        return (None, 0.0);
    }
    seconds.sort_by(f64::total_cmp);
    let middle = seconds.len() / 2;
    let median = if seconds.len() % 2 == 1 {
        seconds[middle]
    } else {
        0.5 * (seconds[middle - 1] + seconds[middle])
    };
    let quick = seconds.iter().filter(|s| **s < 0.2 * median).count();
    (Some(median), count(quick) / count(seconds.len()))
}

/// Cronbach's alpha of a complete table, with variances over the number of learners.
fn alpha(answers: &[FirstAnswer], rasch: &Rasch) -> Option<f64> {
    let items = rasch.difficulties.len();
    if items < 2 {
        return None;
    }
    let mut right = vec![0_u32; items];
    for answer in answers {
        if let Ok(at) = rasch
            .difficulties
            .binary_search_by_key(&answer.item, |entry| entry.key)
        {
            right[at] += u32::from(answer.right);
        }
    }
    let learners = count(rasch.abilities.len());
    let within: f64 = right
        .iter()
        .map(|right| f64::from(*right) / learners)
        .map(|share| share * (1.0 - share))
        .sum();
    let totals: Vec<f64> = rasch
        .abilities
        .iter()
        .map(|entry| f64::from(entry.right))
        .collect();
    let centre = mean(&totals);
    let whole = mean(
        &totals
            .iter()
            .map(|x| (x - centre) * (x - centre))
            .collect::<Vec<_>>(),
    );
    (whole > 0.0).then(|| count(items) / (count(items) - 1.0) * (1.0 - within / whole))
}

/// Pearson's correlation; `None` when either does not vary.
fn correlation(x: &[f64], y: &[f64]) -> Option<f64> {
    let (mx, my) = (mean(x), mean(y));
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in x.iter().zip(y) {
        xy += (x - mx) * (y - my);
        xx += (x - mx) * (x - mx);
        yy += (y - my) * (y - my);
    }
    let scale = sqrt(xx * yy);
    (scale > 1e-12 && fabs(xy) <= scale * 1.000_001).then(|| (xy / scale).clamp(-1.0, 1.0))
}

fn mean(values: &[f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    values.iter().sum::<f64>() / count(values.len())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a count of answers, far below 2^52"
)]
fn count(number: usize) -> f64 {
    number as f64
}
