//! Fitting the additive model: several passes over recorded answers, or one answer at a time.

use super::super::{Opportunity, Response};
use super::difficulty::{Difficulties, Difficulty};
use super::parts::{Active, MOST, WIDE};
use super::state::AdditiveLearner;
use super::{Additive, Weight, advance, sigmoid, with_guess};
use crate::random::Random;
use alloc::vec::Vec;
use wide::f32x8;

/// How a fit runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FitOptions {
    /// Passes over all answers.
    pub passes: u32,
    /// Step size of the first pass.
    pub rate: f32,
    /// Step size of the last pass, as a part of the first.
    pub last_rate: f32,
    /// Pull of every weight to zero, at each step that uses it.
    pub shrink: f32,
    /// Learners whose answers are taken in turn.
    pub abreast: usize,
    /// Where the order of learners comes from.
    pub seed: u64,
}

impl Default for FitOptions {
    /// Chosen on held-out learners of the train parts of the public data sets.
    fn default() -> Self {
        Self {
            passes: 3,
            rate: 0.07,
            last_rate: 0.3,
            shrink: 2e-5,
            abreast: 256,
            seed: 1,
        }
    }
}

/// A recorded answer to an item of which the caller says how hard it was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Given {
    /// The answer.
    pub response: Response,
    /// How hard the item was, found without this learner's answers.
    pub difficulty: Difficulty,
}

/// A row of a fit.
trait Row: Copy {
    fn response(&self) -> &Response;
    fn difficulty(&self, counted: &Difficulties) -> Difficulty;
}

impl Row for Response {
    fn response(&self) -> &Response {
        self
    }

    fn difficulty(&self, counted: &Difficulties) -> Difficulty {
        counted.without(&self.opportunity, self.learner)
    }
}

impl Row for Given {
    fn response(&self) -> &Response {
        &self.response
    }

    fn difficulty(&self, _: &Difficulties) -> Difficulty {
        self.difficulty
    }
}

/// Information that a weight has before any answer, in the online update: a prior deviation of
/// 0.26.
const PRIOR_INFORMATION: f32 = 15.0;
/// How often the weights are looked at for their average, over the second half of the last pass.
const LOOKS: usize = 12;

/// The mean of the weights over the end of a fit (Polyak and Juditsky, 1992): single weights
/// still swing with the last learners seen, their mean does not, and that is what calibrates.
#[derive(Debug, Default)]
struct Average {
    sums: Vec<f32>,
    looks: f32,
}

impl Average {
    fn look(&mut self, weights: &[Weight]) {
        if self.sums.is_empty() {
            self.sums.resize(weights.len(), 0.0);
        }
        for (sum, weight) in self.sums.iter_mut().zip(weights) {
            *sum += weight.value;
        }
        self.looks += 1.0;
    }

    fn put(&self, weights: &mut [Weight]) {
        for (sum, weight) in self.sums.iter().zip(weights) {
            weight.value = sum / self.looks;
        }
    }
}

impl Additive {
    /// How many bits of weights so many answers fill without many of them sharing a place.
    #[must_use]
    pub const fn bits_for(answers: usize) -> u32 {
        match answers {
            0..=10_000 => 16,
            10_001..=60_000 => 18,
            60_001..=600_000 => 20,
            _ => 22,
        }
    }

    /// A model that saw each answer once, in order: what a running system has.
    #[must_use]
    pub fn learned(responses: &[Response]) -> Self {
        let mut model = Self::new(Self::bits_for(responses.len()));
        for learner in responses.chunk_by(|a, b| a.learner == b.learner) {
            let mut state = AdditiveLearner::default();
            for r in learner {
                model.learn(&mut state, &r.opportunity, r.correct);
            }
        }
        model
    }

    /// Fits a model with 2^`bits` weights to answers that are grouped by learner and in order
    /// within each.
    #[must_use]
    pub fn fit(responses: &[Response], bits: u32, options: &FitOptions) -> Self {
        let mut model = Self::new(bits);
        model.interplay = true;
        model.difficulties = Difficulties::count(responses);
        model.passes(responses, options);
        model.difficulties.seal();
        model
    }

    /// As [`Self::fit`], where the caller knows how hard the items are. The model learns nothing
    /// about the difficulty of items: its caller keeps that.
    #[must_use]
    pub fn fit_given(answers: &[Given], bits: u32, options: &FitOptions) -> Self {
        let mut model = Self::new(bits);
        model.passes(answers, options);
        model
    }

    fn passes<R: Row>(&mut self, rows: &[R], options: &FitOptions) {
        let learners: Vec<&[R]> = rows
            .chunk_by(|a, b| a.response().learner == b.response().learner)
            .collect();
        let mut random = Random::labelled(options.seed, "fit");
        for pass in 0..options.passes {
            let order = random.permutation(learners.len());
            let part = f64::from(pass) / f64::from(options.passes.max(2) - 1);
            #[expect(clippy::cast_possible_truncation, reason = "a step size is rough")]
            let rate = options.rate * libm::pow(f64::from(options.last_rate), part) as f32;
            let last = pass + 1 == options.passes;
            let turns = order.iter().map(|&who| learners[who]);
            self.pass(
                turns,
                if last { rows.len() } else { usize::MAX },
                rate,
                options,
            );
        }
        #[expect(clippy::cast_precision_loss, reason = "a handful of passes")]
        let passes = options.passes.max(1) as f32;
        for weight in &mut self.weights {
            weight.information /= passes;
        }
    }

    /// One pass: `abreast` learners in turn, so that no learner's run of answers pulls the weights
    /// one way. After half of `answers` answers the weights are averaged.
    fn pass<'a, R: Row + 'a>(
        &mut self,
        mut waiting: impl Iterator<Item = &'a [R]>,
        answers: usize,
        rate: f32,
        options: &FitOptions,
    ) {
        let mut average = Average::default();
        let (mut done, mut next_look) = (0, answers / 2);
        let fresh = |answers: &'a [R]| (answers, AdditiveLearner::default());
        let mut active: Vec<_> = waiting
            .by_ref()
            .take(options.abreast.max(1))
            .map(fresh)
            .collect();
        let mut turn = 0;
        let mut parts = Active::new(self.bits);
        while !active.is_empty() {
            if turn >= active.len() {
                turn = 0;
            }
            let (left, state) = &mut active[turn];
            if let Some((row, rest)) = left.split_first() {
                *left = rest;
                let response = row.response();
                let at = &response.opportunity;
                let difficulty = row.difficulty(&self.difficulties);
                parts.clear();
                self.collect(&mut parts, state, at, difficulty);
                self.descend(&parts, at, response.correct, rate, options.shrink);
                advance(state, at, difficulty.log_odds, response.correct);
                turn += 1;
                done += 1;
                if done > next_look {
                    average.look(&self.weights);
                    next_look += answers / (2 * LOOKS);
                }
            } else if let Some(next) = waiting.next() {
                active[turn] = fresh(next);
            } else {
                active.swap_remove(turn);
            }
        }
        if average.looks > 0.0 {
            average.put(&mut self.weights);
        }
    }

    /// One `AdaGrad` step (Duchi, Hazan and Singer, 2011), shortened by as much as it would itself
    /// change the error, so that many parts moving at once do not overshoot (an implicit step, to
    /// first order).
    fn descend(
        &mut self,
        active: &Active,
        at: &Opportunity,
        correct: bool,
        rate: f32,
        shrink: f32,
    ) {
        let mut values = [0.0_f32; MOST];
        let mut known = [0.0_f32; MOST];
        for ((slot, value), information) in active.slots().iter().zip(&mut values).zip(&mut known) {
            let weight = self.weights[*slot as usize];
            (*value, *information) = (weight.value, weight.information);
        }
        let wides = active.slots().len().div_ceil(WIDE) * WIDE;
        let wide = |of: &[f32; MOST], from: usize| {
            f32x8::from(<[f32; WIDE]>::try_from(&of[from..from + WIDE]).unwrap_or([0.0; WIDE]))
        };
        let (mut sum, mut moved) = (f32x8::ZERO, f32x8::ZERO);
        for from in (0..wides).step_by(WIDE) {
            let part = wide(active.values(), from);
            sum += part * wide(&values, from);
            moved += part * part / root(f32x8::ONE + wide(&known, from));
        }
        let p = sigmoid(sum.reduce_add());
        let error = slope(p, at, correct);
        let rate = rate / (1.0 + p * (1.0 - p) * rate * moved.reduce_add());
        for from in (0..wides).step_by(WIDE) {
            let value = wide(&values, from);
            let gradient = wide(active.values(), from) * error + value * shrink;
            let information = wide(&known, from) + gradient * gradient;
            let step = gradient * rate / root(f32x8::ONE + information);
            values[from..from + WIDE].copy_from_slice(&(value - step).to_array());
            known[from..from + WIDE].copy_from_slice(&information.to_array());
        }
        for ((slot, value), information) in active.slots().iter().zip(values).zip(known) {
            self.weights[*slot as usize] = Weight { value, information };
        }
    }

    /// Predicts one answer, then learns from it: the fit of a running system, each answer seen
    /// once. Item difficulty is what answers before this one say.
    ///
    /// The step is that of a Kalman filter that keeps each weight's own variance only: the more
    /// is known about a weight, the less one answer moves it.
    pub fn learn(&mut self, state: &mut AdditiveLearner, at: &Opportunity, correct: bool) -> f32 {
        let difficulty = self.difficulties.of(at);
        let features = self.features(state, at, difficulty);
        let p = sigmoid(self.log_odds(&features));
        let error = slope(p, at, correct);
        let information = p * (1.0 - p);
        let doubt: f32 = features
            .as_slice()
            .iter()
            .map(|feature| {
                let known = PRIOR_INFORMATION + self.weights[feature.slot as usize].information;
                feature.value * feature.value / known
            })
            .sum();
        let step = error / (1.0 + information * doubt);
        for feature in features.as_slice() {
            let weight = &mut self.weights[feature.slot as usize];
            weight.value -= step * feature.value / (PRIOR_INFORMATION + weight.information);
            weight.information += information * feature.value * feature.value;
        }
        advance(state, at, difficulty.log_odds, correct);
        self.difficulties.learn(at, correct);
        with_guess(p, at)
    }
}

/// Square roots by the processor, which IEEE 754 demands exact to the last bit: eight in the time of one.
fn root(of: f32x8) -> f32x8 {
    f32x8::sqrt(of)
}

/// The slope of the negative log-likelihood in the log-odds, where `p` is the chance before the
/// guess rate lifts it; without guessing simply `p` minus the outcome.
fn slope(p: f32, at: &Opportunity, correct: bool) -> f32 {
    let lifted = with_guess(p, at);
    let error = lifted - f32::from(u8::from(correct));
    // d lifted / d log-odds = (1 - lifted) p, over the outcome's variance lifted (1 - lifted).
    error * p / lifted.max(1e-9)
}
