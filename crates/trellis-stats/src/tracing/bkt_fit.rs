//! Fitting Bayesian knowledge tracing by expectation maximisation, many learners at a time.
//!
//! Without forgetting, a learner's hidden story on one competency is a single number: how many
//! answers were given before knowing. So the E-step needs no backward pass and no division an
//! answer. Relative to the chance of the answers had the competency been known all along, the
//! story "learned after answer k" has weight `v(k) = v(k-1) (1 - learn) r(k)`, where `r` is the
//! ratio of an answer's chances when not known and when known; one running product and three
//! running sums give every expected count. Eight learners run in lanes side by side, equal strings
//! of answers are counted once, and SQUAREM (Varadhan and Roland, 2008) takes the long steps.

use super::bkt::Parameters;
use super::{CompetencyKey, Response};
use crate::elementary::{exp, ln};
use crate::probability::{Probability, logistic, logit};
use alloc::vec;
use alloc::vec::Vec;

const LANES: usize = 8;
/// No rate is fitted closer to 0 or 1 than this.
const EDGE: f64 = 1e-4;
/// Running products are brought back to size after this many answers.
const RESCALE: usize = 64;

/// The four rates of one competency and how well they explain its answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BktFit {
    /// Chance that a learner knows it at the start.
    pub prior: f64,
    /// Chance that one item teaches it.
    pub learn: f64,
    /// Chance of a right answer without knowing.
    pub guess: f64,
    /// Chance of a wrong answer while knowing.
    pub slip: f64,
    /// Natural logarithm of the likelihood of all answers.
    pub log_likelihood: f64,
    /// E-steps taken.
    pub steps: u32,
}

impl BktFit {
    /// The rates that tracing takes as a competency's parameters, the rest as in `common`.
    #[must_use]
    pub fn parameters(&self, common: &Parameters) -> Parameters {
        Parameters {
            prior: Probability::clamped(self.prior),
            learn: Probability::clamped(self.learn),
            ..*common
        }
    }
}

/// Eight strings of answers side by side; shorter ones end early.
#[derive(Debug)]
struct Block {
    /// One row an answer: 1 right, 0 wrong, anything past a lane's end.
    answers: Vec<[f64; LANES]>,
    lengths: [usize; LANES],
    /// Length of the shortest, up to which no lane needs to be asked whether it ended.
    shortest: usize,
    /// How many learners gave this very string; 0 for an unused lane.
    counts: [f64; LANES],
}

/// Competency, learner, whether right.
type Row = (u32, u32, bool);
/// A string of answers and how many learners gave it.
type Counted<'a> = (&'a [Row], f64);

/// Expected counts of one E-step.
#[derive(Clone, Copy, Debug, Default)]
struct Expected {
    log_likelihood: f64,
    learners: f64,
    known_first: f64,
    chances_to_learn: f64,
    learned: f64,
    unknown: f64,
    unknown_right: f64,
}

/// One competency's answers, ready for fitting.
#[derive(Debug)]
struct Strings {
    blocks: Vec<Block>,
    answers: f64,
    right: f64,
}

/// Fits every competency of the responses on its own; competencies in the order of their keys.
///
/// Every answer counts, in the order given within each learner.
#[must_use]
pub fn fit_bkt(responses: &[Response]) -> Vec<(CompetencyKey, BktFit)> {
    let mut order: Vec<Row> = responses
        .iter()
        .map(|r| (r.opportunity.competency.0, r.learner, r.correct))
        .collect();
    // Stable, so that learners stay together and their answers in order.
    order.sort_by_key(|row| row.0);
    let skills = order.chunk_by(|a, b| a.0 == b.0);
    skills
        .map(|rows| (CompetencyKey(rows[0].0), fit_skill(&strings(rows))))
        .collect()
}

fn strings(rows: &[Row]) -> Strings {
    let mut all: Vec<&[Row]> = rows.chunk_by(|a, b| a.1 == b.1).collect();
    let compare = |a: &&[Row], b: &&[Row]| {
        let answers = || a.iter().map(|r| r.2).cmp(b.iter().map(|r| r.2));
        b.len().cmp(&a.len()).then_with(answers)
    };
    all.sort_unstable_by(compare);
    let mut distinct: Vec<Counted<'_>> = Vec::new();
    for string in all {
        match distinct.last_mut() {
            Some((last, count)) if compare(last, &string).is_eq() => *count += 1.0,
            _ => distinct.push((string, 1.0)),
        }
    }
    let blocks = distinct.chunks(LANES).map(block).collect();
    #[expect(
        clippy::cast_precision_loss,
        reason = "a count of answers is far below 2^53"
    )]
    let size = |n: usize| n as f64;
    Strings {
        blocks,
        answers: size(rows.len()),
        right: size(rows.iter().filter(|r| r.2).count()),
    }
}

fn block(strings: &[Counted<'_>]) -> Block {
    let longest = strings.first().map_or(0, |s| s.0.len());
    let mut block = Block {
        answers: vec![[0.0; LANES]; longest],
        lengths: [longest; LANES],
        shortest: strings.last().map_or(0, |s| s.0.len()),
        counts: [0.0; LANES],
    };
    for (lane, (string, count)) in strings.iter().enumerate() {
        block.lengths[lane] = string.len();
        block.counts[lane] = *count;
        for (row, answer) in block.answers.iter_mut().zip(*string) {
            row[lane] = f64::from(u8::from(answer.2));
        }
    }
    block
}

/// Running values of eight lanes: the weight of "not yet known after k answers" and the sums over
/// the stories that ended before.
#[derive(Clone, Copy)]
struct Running {
    weight: [f64; LANES],
    right: [f64; LANES],
    sum: [f64; LANES],
    sum_right: [f64; LANES],
    sum_place: [f64; LANES],
    /// Logarithm of what was divided out.
    scale: [f64; LANES],
}

impl Running {
    const fn new() -> Self {
        Self {
            weight: [1.0; LANES],
            right: [0.0; LANES],
            sum: [0.0; LANES],
            sum_right: [0.0; LANES],
            sum_place: [0.0; LANES],
            scale: [0.0; LANES],
        }
    }

    /// Adds the story that ends with the answers so far.
    #[inline]
    fn close(&mut self, place: f64) {
        for lane in 0..LANES {
            self.sum[lane] += self.weight[lane];
            self.sum_right[lane] += self.weight[lane] * self.right[lane];
            self.sum_place[lane] += self.weight[lane] * place;
        }
    }

    #[inline]
    fn answer(&mut self, row: &[f64; LANES], when_wrong: f64, when_right: f64) {
        let lanes = self.weight.iter_mut().zip(&mut self.right).zip(row);
        for ((weight, right), answer) in lanes {
            *weight *= when_wrong + answer * (when_right - when_wrong);
            *right += answer;
        }
    }

    fn rescale(&mut self) {
        for lane in 0..LANES {
            let size = (self.weight[lane] + self.sum[lane]).clamp(1e-290, 1e290);
            self.weight[lane] /= size;
            self.sum[lane] /= size;
            self.sum_right[lane] /= size;
            self.sum_place[lane] /= size;
            self.scale[lane] += ln(size);
        }
    }
}

/// Rates in the order prior, learn, guess, slip.
type Rates = [f64; 4];

fn expect(strings: &Strings, rates: &Rates) -> Expected {
    let [_, learn, guess, slip] = *rates;
    let stay = 1.0 - learn;
    let when_right = guess / (1.0 - slip);
    let when_wrong = (1.0 - guess) / slip;
    let mut out = Expected {
        log_likelihood: strings.right * ln(1.0 - slip)
            + (strings.answers - strings.right) * ln(slip),
        ..Expected::default()
    };
    for block in &strings.blocks {
        let mut running = Running::new();
        let mut place = 0.0;
        for (at, row) in block.answers.iter().enumerate() {
            if at == 0 {
                running.answer(row, when_wrong, when_right);
            } else {
                // The story that answer `at` was the last one not known is complete.
                running.close(place);
                running.answer(row, when_wrong * stay, when_right * stay);
            }
            place += 1.0;
            if at + 1 >= block.shortest {
                for lane in 0..LANES {
                    if block.lengths[lane] == at + 1 {
                        finish(&mut out, rates, &running, lane, place, block.counts[lane]);
                    }
                }
            }
            if at % RESCALE == RESCALE - 1 {
                running.rescale();
            }
        }
    }
    out
}

/// Adds one lane's expected counts, its string being over after `place` answers.
fn finish(
    out: &mut Expected,
    rates: &Rates,
    running: &Running,
    lane: usize,
    place: f64,
    count: f64,
) {
    if count == 0.0 {
        return;
    }
    let [prior, learn, ..] = *rates;
    let late = 1.0 - prior;
    let known_first = prior * exp(-running.scale[lane]);
    let (last, sum) = (running.weight[lane], running.sum[lane]);
    let total = known_first + late * (learn * sum + last);
    let part = count * late / total;
    out.log_likelihood += count * (ln(total) + running.scale[lane]);
    out.learners += count;
    out.known_first += count * known_first / total;
    out.learned += part * learn * sum;
    out.chances_to_learn += part * (learn * running.sum_place[lane] + last * (place - 1.0));
    out.unknown += part * (learn * running.sum_place[lane] + last * place);
    out.unknown_right += part * (learn * running.sum_right[lane] + last * running.right[lane]);
}

fn maximise(strings: &Strings, expected: &Expected) -> Rates {
    let share = |part: f64, whole: f64, otherwise: f64| {
        if whole > 1e-9 {
            (part / whole).clamp(EDGE, 1.0 - EDGE)
        } else {
            otherwise
        }
    };
    let known = strings.answers - expected.unknown;
    let known_right = strings.right - expected.unknown_right;
    [
        share(expected.known_first, expected.learners, 0.5),
        share(expected.learned, expected.chances_to_learn, 0.1),
        share(expected.unknown_right, expected.unknown, 0.2),
        share(known - known_right, known, 0.1),
    ]
}

/// One extrapolated point from three EM iterates, in log-odds.
fn extrapolate(first: &Rates, second: &Rates, third: &Rates) -> Rates {
    let (mut along, mut bend) = (0.0, 0.0);
    let mut steps = [(0.0, 0.0, 0.0); 4];
    for (place, step) in steps.iter_mut().enumerate() {
        let (a, b, c) = (
            logit(first[place]),
            logit(second[place]),
            logit(third[place]),
        );
        *step = (a, b - a, (c - b) - (b - a));
        along += step.1 * step.1;
        bend += step.2 * step.2;
    }
    let length = if bend > 0.0 {
        libm::sqrt(along / bend).clamp(1.0, 64.0)
    } else {
        1.0
    };
    steps.map(|(start, r, v)| {
        logistic(start + 2.0 * length * r + length * length * v).clamp(EDGE, 1.0 - EDGE)
    })
}

/// Gain in log-likelihood of two EM steps and a long one below which a fit is over.
const ENOUGH: f64 = 2e-4;
const MOST_STEPS: u32 = 300;

fn fit_skill(strings: &Strings) -> BktFit {
    let mut rates: Rates = [0.4, 0.15, 0.2, 0.1];
    let mut at = expect(strings, &rates);
    let mut steps = 1;
    while steps < MOST_STEPS {
        let second = maximise(strings, &at);
        let at_second = expect(strings, &second);
        let third = maximise(strings, &at_second);
        let far = extrapolate(&rates, &second, &third);
        let at_far = expect(strings, &far);
        steps += 2;
        let before = at.log_likelihood;
        // EM steps never lose; a long step that does is taken back to the second EM step.
        (rates, at) = if at_far.log_likelihood >= at_second.log_likelihood {
            (far, at_far)
        } else {
            steps += 1;
            (third, expect(strings, &third))
        };
        if at.log_likelihood - before <= ENOUGH {
            break;
        }
    }
    let [prior, learn, guess, slip] = rates;
    BktFit {
        prior,
        learn,
        guess,
        slip,
        log_likelihood: at.log_likelihood,
        steps,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use crate::tracing::bkt;
    use crate::tracing::{ItemKey, Opportunity};

    fn invented(learners: u32, answers: u32, rates: Rates) -> Vec<Response> {
        let mut random = Random::labelled(9, "bkt");
        let mut all = Vec::new();
        for learner in 0..learners {
            let mut known = random.chance(rates[0]);
            for item in 0..answers {
                let right = if known { 1.0 - rates[3] } else { rates[2] };
                let opportunity =
                    Opportunity::first_try(CompetencyKey(3), ItemKey(item), Probability::ZERO);
                all.push(Response {
                    learner,
                    opportunity,
                    correct: random.chance(right),
                });
                known |= random.chance(rates[1]);
            }
        }
        all
    }

    /// The log-likelihood by the forward recursion that tracing itself uses.
    fn by_tracing(responses: &[Response], fit: &BktFit) -> f64 {
        let mut sum = 0.0;
        for learner in responses.chunk_by(|a, b| a.learner == b.learner) {
            let mut known = fit.prior;
            for response in learner {
                let right = bkt::chance_of_right(known, fit.guess, fit.slip);
                sum += ln(if response.correct { right } else { 1.0 - right });
                let after = bkt::posterior(known, fit.guess, fit.slip, response.correct);
                known = bkt::learn(after, fit.learn);
            }
        }
        sum
    }

    #[test]
    fn finds_the_rates_that_made_the_answers() {
        let made = [0.3, 0.12, 0.2, 0.08];
        let responses = invented(4000, 14, made);
        let fits = fit_bkt(&responses);
        assert_eq!(fits.len(), 1);
        let fit = fits[0].1;
        for (found, truth) in [fit.prior, fit.learn, fit.guess, fit.slip].iter().zip(made) {
            assert!((found - truth).abs() < 0.02, "{fit:?}");
        }
    }

    #[test]
    fn the_likelihood_is_that_of_tracing_also_for_long_strings() {
        for (learners, answers) in [(50, 1), (37, 9), (5, 700)] {
            let responses = invented(learners, answers, [0.2, 0.01, 0.1, 0.02]);
            let fit = fit_bkt(&responses)[0].1;
            let other = by_tracing(&responses, &fit);
            assert!(
                (fit.log_likelihood - other).abs() < 1e-6 * other.abs(),
                "{fit:?} {other}"
            );
        }
    }

    #[test]
    fn one_class_and_one_learner_are_no_error() {
        let mut responses = invented(1, 3, [0.2, 0.1, 0.1, 0.1]);
        for correct in [true, false] {
            responses.iter_mut().for_each(|r| r.correct = correct);
            let fit = fit_bkt(&responses)[0].1;
            assert!(
                fit.log_likelihood.is_finite() && fit.log_likelihood > -0.1,
                "{fit:?}"
            );
        }
        assert!(fit_bkt(&[]).is_empty());
    }
}
