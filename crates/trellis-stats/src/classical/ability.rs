//! Abilities and difficulties of the Rasch model from any pattern of who answered what.
//!
//! Joint maximum a posteriori by alternating Newton steps: abilities have a normal prior whose mean and variance are
//! learned from all learners, difficulties one of variance 4 around their mean, so that all right or all wrong stays finite
//! and a learner with few answers moves little. With a full table and many learners the difficulties are those of joint
//! maximum likelihood, a little shrunk. Good for flags and ranks; for measurement use [`crate::irt`].

use alloc::vec::Vec;
use libm::{fabs, sqrt};

use super::FirstAnswer;
use crate::probability::logistic;

const DIFFICULTY_VARIANCE: f64 = 4.0;
const ROUNDS: usize = 300;
const SMALL: f64 = 1e-6;
/// A Newton step never jumps further, so that far-off starts do not swing.
const LONGEST_STEP: f64 = 1.0;

/// A learner's ability or an item's difficulty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Located {
    /// Of whom or what.
    pub key: u32,
    /// In log-odds.
    pub value: f64,
    /// Its standard error, given all the others.
    pub error: f64,
    /// Answers.
    pub answers: u32,
    /// Right answers.
    pub right: u32,
}

/// A fitted Rasch model.
#[derive(Clone, Debug, PartialEq)]
pub struct Rasch {
    /// By number of the learner.
    pub abilities: Vec<Located>,
    /// By number of the item; their mean is 0.
    pub difficulties: Vec<Located>,
    /// Mean and variance of abilities, learned.
    pub population: (f64, f64),
}

const NOWHERE: Located = Located {
    key: 0,
    value: 0.0,
    error: 0.0,
    answers: 0,
    right: 0,
};

impl Rasch {
    /// Of a learner; ability 0 for one without answers.
    #[must_use]
    pub fn ability(&self, learner: u32) -> Located {
        find(&self.abilities, learner).map_or(NOWHERE, |at| self.abilities[at])
    }

    /// Of an item; difficulty 0 for one without answers.
    #[must_use]
    pub fn difficulty(&self, item: u32) -> Located {
        find(&self.difficulties, item).map_or(NOWHERE, |at| self.difficulties[at])
    }

    /// The chance of a right answer with this answer among those that the ability stands on.
    #[must_use]
    pub fn chance(&self, answer: &FirstAnswer) -> f64 {
        logistic(self.ability(answer.learner).value - self.difficulty(answer.item).value)
    }

    /// The ability of an answer's learner without this answer, and its variance: one Newton step from the ability with it.
    #[must_use]
    pub fn without(&self, answer: &FirstAnswer) -> (f64, f64) {
        let ability = self.ability(answer.learner);
        let chance = self.chance(answer);
        let residual = f64::from(u8::from(answer.right)) - chance;
        let information = 1.0 / (ability.error * ability.error).max(1e-9);
        let left = (information - chance * (1.0 - chance)).max(1.0 / self.population.1);
        (ability.value - residual / left, 1.0 / left)
    }

    /// The chance of a right answer as it was to be expected from the learner's other answers, with their doubt: the
    /// logistic of a normal ability by MacKay's approximation (1992). Its residuals are as large as the model says
    /// even for learners with few answers, where those of [`Self::chance`] are too small.
    #[must_use]
    pub fn expected(&self, answer: &FirstAnswer) -> f64 {
        let (ability, variance) = self.without(answer);
        let away = ability - self.difficulty(answer.item).value;
        logistic(away / sqrt(1.0 + core::f64::consts::PI * variance / 8.0))
    }
}

fn find(entries: &[Located], key: u32) -> Option<usize> {
    entries.binary_search_by_key(&key, |entry| entry.key).ok()
}

/// Fits. Each learner should answer an item at most once.
#[must_use]
pub fn fit_rasch(answers: &[FirstAnswer]) -> Rasch {
    let mut abilities = gather(answers.iter().map(|a| (a.learner, a.right)));
    let mut difficulties = gather(answers.iter().map(|a| (a.item, a.right)));
    let learner_of = |a: &FirstAnswer| find(&abilities, a.learner);
    let item_of = |a: &FirstAnswer| find(&difficulties, a.item);
    let places: Vec<(usize, usize, f64)> = answers
        .iter()
        .filter_map(|a| Some((learner_of(a)?, item_of(a)?, f64::from(u8::from(a.right)))))
        .collect();
    let mut slopes = Vec::new();
    let (mut centre_of_all, mut variance) = (0.0, 1.0);
    for _ in 0..ROUNDS {
        slopes.clear();
        slopes.resize(difficulties.len(), (0.0, 1.0 / DIFFICULTY_VARIANCE));
        for (learner, item, right) in &places {
            let chance = logistic(abilities[*learner].value - difficulties[*item].value);
            slopes[*item].0 += chance - right;
            slopes[*item].1 += chance * (1.0 - chance);
        }
        let moved = step(&mut difficulties, &slopes, (0.0, DIFFICULTY_VARIANCE));
        centre(&mut difficulties);
        slopes.clear();
        slopes.resize(abilities.len(), (0.0, 1.0 / variance));
        for (learner, item, right) in &places {
            let chance = logistic(abilities[*learner].value - difficulties[*item].value);
            slopes[*learner].0 += right - chance;
            slopes[*learner].1 += chance * (1.0 - chance);
        }
        let moved = moved.max(step(&mut abilities, &slopes, (centre_of_all, variance)));
        let before = (centre_of_all, variance);
        (centre_of_all, variance) = population(&abilities);
        let settled = fabs(before.0 - centre_of_all).max(fabs(before.1 - variance));
        if moved.max(settled) < SMALL {
            break;
        }
    }
    Rasch {
        abilities,
        difficulties,
        population: (centre_of_all, variance),
    }
}

/// Mean and variance of abilities, the doubt of each included, as in a step of expectation maximisation. The variance
/// stays between 0.05 and 9, so that a school of equals or of opposites ends somewhere.
fn population(abilities: &[Located]) -> (f64, f64) {
    let values: Vec<f64> = abilities.iter().map(|entry| entry.value).collect();
    let middle = super::mean(&values);
    let squares: Vec<f64> = abilities
        .iter()
        .map(|entry| (entry.value - middle) * (entry.value - middle) + entry.error * entry.error)
        .collect();
    (middle, super::mean(&squares).clamp(0.05, 9.0))
}

fn gather(rows: impl Iterator<Item = (u32, bool)>) -> Vec<Located> {
    let mut rows: Vec<(u32, bool)> = rows.collect();
    rows.sort_unstable();
    rows.chunk_by(|a, b| a.0 == b.0)
        .map(|same| Located {
            key: same[0].0,
            answers: u32::try_from(same.len()).unwrap_or(u32::MAX),
            right: u32::try_from(same.iter().filter(|row| row.1).count()).unwrap_or(u32::MAX),
            ..NOWHERE
        })
        .collect()
}

/// One Newton step for each; gives back the largest move.
fn step(entries: &mut [Located], slopes: &[(f64, f64)], prior: (f64, f64)) -> f64 {
    let mut largest = 0.0_f64;
    for (entry, (slope, information)) in entries.iter_mut().zip(slopes) {
        let by = ((slope - (entry.value - prior.0) / prior.1) / information)
            .clamp(-LONGEST_STEP, LONGEST_STEP);
        entry.value += by;
        entry.error = 1.0 / sqrt(*information);
        largest = largest.max(fabs(by));
    }
    largest
}

fn centre(entries: &mut [Located]) {
    let middle = super::mean(&entries.iter().map(|entry| entry.value).collect::<Vec<_>>());
    for entry in entries {
        entry.value -= middle;
    }
}
