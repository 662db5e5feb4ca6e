//! Fitting Bayesian knowledge tracing by expectation and ascent, many learners at a time.
//!
//! Without forgetting, a learner's hidden story on one competency is a single number: how many answers were given before
//! knowing. The expected counts that an EM step needs are sums over these stories ([`expectation`]); they are also the
//! slope of the likelihood, so that a quasi-Newton step can be taken where EM would creep ([`ascent`]). Equal strings of
//! answers are counted once ([`strings`]).

use super::bkt::Parameters;
use super::{CompetencyKey, Response};
use crate::probability::Probability;
use alloc::vec::Vec;

mod ascent;
mod expectation;
mod strings;

/// No rate is fitted closer to 0 or 1 than this.
const EDGE: f64 = 1e-4;

/// Rates in the order prior, learn, guess, slip.
type Rates = [f64; 4];

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

/// Fits every competency of the responses on its own; competencies in the order of their keys.
///
/// Every answer counts, in the order given within each learner, whose answers stand together.
#[must_use]
pub fn fit_bkt(responses: &[Response]) -> Vec<(CompetencyKey, BktFit)> {
    let competencies = strings::by_competency(responses).into_iter();
    competencies
        .map(|(key, strings)| (key, ascent::fit(&strings)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::elementary::ln;
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
