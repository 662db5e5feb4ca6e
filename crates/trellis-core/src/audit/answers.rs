//! What the answers to items show, once there are enough.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use trellis_stats::classical::{
    Analysis, Dependence, FirstAnswer, ItemFigures, OptionFigures, analyse, dependence, drift,
    earliest, fit_rasch,
};

use super::{AuditFinding, Observed, Subject};
use crate::catalog::Catalog;
use crate::framework::ItemId;
use crate::id::PersonId;
use crate::time::Timestamp;

/// With fewer first answers nothing is said about an item.
pub const FEWEST_ANSWERS: u32 = 30;
/// One-sided 95 % of the normal distribution: a correlation is called low only when chance does not explain it.
const SURE: f64 = 1.645;
/// An item whose rest correlation is surely below this tells little.
const LITTLE: f64 = 0.15;
/// More right than this is nearly all.
const NEARLY_ALL: f64 = 0.97;
/// Mean squares from here on, of both kinds, are a misfit.
const INFIT: f64 = 1.25;
const OUTFIT: f64 = 1.4;
/// An option chosen by fewer than this share does nothing.
const IDLE: f64 = 0.03;
/// Above this share of hurried answers the item is not being read.
const HURRIED: f64 = 0.15;
/// Q3 this far above the mean of all pairs is dependence (Christensen, Makransky and Horton 2017 find 0.2 to 0.3).
const DEPENDENT: f64 = 0.3;
/// Drift must be this sure, since every item is asked, and this large.
const DRIFT_Z: f64 = 4.0;
const DRIFT_CHANGE: f64 = 0.5;
/// A wrong option that the able prefer must have been chosen by this many.
const PREFERRED: u32 = 10;
/// Of one learner at most this many items go into pairs.
const MOST_ITEMS: usize = 300;

/// A first answer to an item: nothing before it in the attempt, no hint.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenAnswer {
    /// Who.
    pub learner: PersonId,
    /// What.
    pub item: ItemId,
    /// Whether it was right.
    pub right: bool,
    /// What was chosen, in words that stay the same from variant to variant: an option's key of an item that is always
    /// the same, or the mix-up that it showed.
    pub chosen: Option<String>,
    /// Milliseconds that it took, as the client says; 0 when nobody knows.
    pub elapsed_ms: u32,
    /// When.
    pub at: Timestamp,
}

/// The figures of one item, for a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ItemReport {
    /// Which.
    pub item: ItemId,
    /// First answers.
    pub answers: u32,
    /// The share of right ones.
    pub share_right: f64,
    /// Rasch difficulty in log-odds, 0 for an average item.
    pub difficulty: f64,
    /// Its standard error.
    pub difficulty_error: f64,
    /// Correlation of right with the whole.
    pub point_biserial: Option<f64>,
    /// Correlation of right with the rest.
    pub item_rest: Option<f64>,
    /// Information-weighted mean square.
    pub infit: Option<f64>,
    /// Plain mean square.
    pub outfit: Option<f64>,
    /// The median of seconds.
    pub median_seconds: Option<f64>,
    /// What was chosen, how often, most often first.
    pub chosen: Vec<(String, u32)>,
}

/// Numbers for names.
struct Numbered<T> {
    names: Vec<T>,
    places: BTreeMap<T, u32>,
}

impl<T: Ord + Clone> Numbered<T> {
    fn new(all: impl Iterator<Item = T>) -> Self {
        let mut names: Vec<T> = all.collect();
        names.sort_unstable();
        names.dedup();
        let places = names.iter().cloned().zip(0..).collect();
        Self { names, places }
    }

    fn of(&self, name: &T) -> u32 {
        self.places.get(name).copied().unwrap_or(0)
    }

    fn name(&self, number: u32) -> Option<&T> {
        usize::try_from(number)
            .ok()
            .and_then(|at| self.names.get(at))
    }
}

/// Everything that first answers show, unsorted, and the table of all items that got any.
#[must_use]
pub fn audit_answers(
    catalog: &Catalog,
    given: &[GivenAnswer],
) -> (Vec<AuditFinding>, Vec<ItemReport>) {
    let learners = Numbered::new(given.iter().map(|answer| answer.learner));
    let items = Numbered::new(given.iter().map(|answer| answer.item.clone()));
    let labels = Numbered::new(given.iter().filter_map(|answer| answer.chosen.clone()));
    let all: Vec<FirstAnswer> = given
        .iter()
        .map(|answer| FirstAnswer {
            learner: learners.of(&answer.learner),
            item: items.of(&answer.item),
            right: answer.right,
            option: answer
                .chosen
                .as_ref()
                .and_then(|label| u16::try_from(labels.of(label)).ok()),
            seconds: (answer.elapsed_ms > 0).then(|| f64::from(answer.elapsed_ms) / 1000.0),
            at: answer.at.0,
        })
        .collect();
    let (answers, _) = earliest(&all);
    let analysis = analyse(&answers);
    let mut findings = Vec::new();
    let mut reports = Vec::new();
    for figures in &analysis.items {
        let Some(id) = items.name(figures.item) else {
            continue;
        };
        let mut chosen: Vec<(String, u32)> = figures
            .options
            .iter()
            .filter_map(|option| Some((labels.name(option.option.into())?.clone(), option.chosen)))
            .collect();
        chosen.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        reports.push(report(id, figures, chosen));
        let label = |number: u16| labels.name(number.into()).cloned();
        let mut push = |observed| {
            findings.push(AuditFinding {
                about: Subject::Item(id.clone()),
                observed,
            });
        };
        if figures.answers >= FEWEST_ANSWERS {
            one_item(catalog, id, figures, label, &mut push);
        }
    }
    pairs_and_time(&answers, &analysis, &items, &mut findings);
    (findings, reports)
}

fn report(id: &ItemId, figures: &ItemFigures, chosen: Vec<(String, u32)>) -> ItemReport {
    ItemReport {
        item: id.clone(),
        answers: figures.answers,
        share_right: figures.share_right,
        difficulty: figures.difficulty,
        difficulty_error: figures.difficulty_error,
        point_biserial: figures.point_biserial,
        item_rest: figures.item_rest,
        infit: figures.infit,
        outfit: figures.outfit,
        median_seconds: figures.median_seconds,
        chosen,
    }
}

fn one_item(
    catalog: &Catalog,
    id: &ItemId,
    figures: &ItemFigures,
    label: impl Fn(u16) -> Option<String>,
    push: &mut impl FnMut(Observed),
) {
    let answers = figures.answers;
    let share_right = figures.share_right;
    let doubt = SURE / libm::sqrt(f64::from(answers));
    let variant = catalog.item(id).and_then(|item| item.variant(0, None).ok());
    let guess = variant.map_or(0.0, |variant| variant.presentation.interaction.guess_rate());
    let backwards = figures.item_rest.is_some_and(|rest| rest + doubt < 0.0);
    // Three standard errors, as every item is asked.
    let chance = 3.0 * libm::sqrt(guess * (1.0 - guess) / f64::from(answers));
    let below_guessing = share_right + chance < guess;
    let preferred = preferred(&figures.options).or_else(|| {
        below_guessing
            .then(|| most_chosen(&figures.options))
            .flatten()
    });
    if backwards || below_guessing || preferred.is_some() {
        push(Observed::SuspectedKey {
            item_rest: figures.item_rest.unwrap_or(0.0),
            preferred: preferred.and_then(&label),
            answers,
        });
    } else if share_right <= guess + 0.02 && guess > 0.05 {
        push(Observed::AsGuessed {
            share_right,
            guess,
            answers,
        });
    } else if share_right > NEARLY_ALL {
        push(Observed::NearlyAllRight {
            share_right,
            answers,
        });
    } else if let Some(item_rest) = figures.item_rest.filter(|rest| rest + doubt < LITTLE) {
        push(Observed::TellsLittle { item_rest, answers });
    } else if let (Some(infit), Some(outfit)) = (figures.infit, figures.outfit)
        && infit > INFIT
        && outfit > OUTFIT
    {
        push(Observed::Misfit {
            infit,
            outfit,
            answers,
        });
    }
    let known: u32 = figures.options.iter().map(|option| option.chosen).sum();
    for option in &figures.options {
        let share = f64::from(option.chosen) / f64::from(known.max(1));
        if option.right == 0 && known >= 4 * FEWEST_ANSWERS && share < IDLE && guess > 0.05 {
            push(Observed::IdleOption {
                option: label(option.option).unwrap_or_default(),
                chosen: option.chosen,
                answers: known,
            });
        }
    }
    if let Some(median_seconds) = figures.median_seconds.filter(|_| figures.hurried > HURRIED) {
        push(Observed::Hurried {
            share: figures.hurried,
            median_seconds,
            answers,
        });
    }
}

/// The wrong option that most chose.
fn most_chosen(options: &[OptionFigures]) -> Option<u16> {
    let wrong = options.iter().filter(|option| option.right == 0);
    wrong
        .max_by_key(|option| option.chosen)
        .map(|option| option.option)
}

/// A wrong option whose choosers know more than those who chose the right one, beyond chance.
fn preferred(options: &[OptionFigures]) -> Option<u16> {
    let key = options.iter().find(|option| option.right > 0)?;
    options
        .iter()
        .filter(|option| option.right == 0 && option.chosen >= PREFERRED)
        .filter(|option| {
            let doubt = 1.0 / f64::from(option.chosen) + 1.0 / f64::from(key.chosen.max(1));
            // Three standard errors: every wrong option of every item is asked.
            option.rest - key.rest > 3.0 * libm::sqrt(doubt)
        })
        .max_by(|a, b| a.rest.total_cmp(&b.rest))
        .map(|option| option.option)
}

fn pairs_and_time(
    answers: &[FirstAnswer],
    analysis: &Analysis,
    items: &Numbered<ItemId>,
    findings: &mut Vec<AuditFinding>,
) {
    let enough: Vec<u32> = analysis
        .items
        .iter()
        .filter(|figures| figures.answers >= FEWEST_ANSWERS)
        .map(|figures| figures.item)
        .collect();
    let answers: Vec<FirstAnswer> = answers
        .iter()
        .filter(|answer| enough.binary_search(&answer.item).is_ok())
        .copied()
        .collect();
    let rasch = fit_rasch(&answers);
    let pairs = dependence(&answers, &rasch, FEWEST_ANSWERS, MOST_ITEMS);
    for pair in beyond_the_mean(&pairs) {
        if let (Some(first), Some(second)) = (items.name(pair.first), items.name(pair.second)) {
            findings.push(AuditFinding {
                about: Subject::Item(first.clone()),
                observed: Observed::Dependent {
                    other: second.clone(),
                    q3: pair.q3,
                    learners: pair.learners,
                },
            });
        }
    }
    for moved in drift(&answers, &rasch, FEWEST_ANSWERS) {
        if libm::fabs(moved.z) > DRIFT_Z
            && libm::fabs(moved.change) > DRIFT_CHANGE
            && let Some(id) = items.name(moved.item)
        {
            findings.push(AuditFinding {
                about: Subject::Item(id.clone()),
                observed: Observed::Drift {
                    change: moved.change,
                    z: moved.z,
                    answers: moved.earlier + moved.later,
                },
            });
        }
    }
}

/// The pairs whose Q3 lies far above the mean of all pairs, and beyond what chance gives to so few learners.
fn beyond_the_mean(pairs: &[Dependence]) -> impl Iterator<Item = &Dependence> {
    let count = u32::try_from(pairs.len()).unwrap_or(u32::MAX).max(1);
    let mean = pairs.iter().map(|pair| pair.q3).sum::<f64>() / f64::from(count);
    pairs.iter().filter(move |pair| {
        // Four standard errors of a correlation: there are as many tests as pairs.
        let chance = 4.0 / libm::sqrt(f64::from(pair.learners));
        pair.q3 - mean > DEPENDENT.max(chance)
    })
}
