//! Knowledge tracing with the rates that a fit found, each competency having its own guess and
//! slip: the classical model, to compare with and to exchange.

use super::bkt;
use super::bkt_fit::{BktFit, fit_bkt};
use super::{
    Belief, CompetencyKey, LearnerModel, Opportunity, Prediction, Response, Term, TermKind,
};
use crate::probability::{Probability, beta_quantile, logit};
use alloc::vec::Vec;

/// The classical rates of one competency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// Chance that a learner knows it at the start.
    pub prior: Probability,
    /// Chance that one item teaches it.
    pub learn: Probability,
    /// Chance that it is lost between two items.
    pub forget: Probability,
    /// Chance of a right answer without knowing.
    pub guess: Probability,
    /// Chance of a wrong answer while knowing.
    pub slip: Probability,
}

impl From<&BktFit> for Rates {
    fn from(fit: &BktFit) -> Self {
        Self {
            prior: Probability::clamped(fit.prior),
            learn: Probability::clamped(fit.learn),
            forget: Probability::ZERO,
            guess: Probability::clamped(fit.guess),
            slip: Probability::clamped(fit.slip),
        }
    }
}

/// Fitted knowledge tracing.
#[derive(Clone, Debug, PartialEq)]
pub struct FittedBkt {
    /// In the order of their keys.
    rates: Vec<(CompetencyKey, Rates)>,
    /// For competencies that the fit has not seen: the mean of those it has.
    unseen: Rates,
}

/// What is known of one competency: its key, the probability of knowing, answers so far.
pub type Known = (u32, f64, u32);

impl FittedBkt {
    /// Fits all competencies of the responses, grouped by learner and in order within each.
    #[must_use]
    pub fn fit(responses: &[Response]) -> Self {
        let fits = fit_bkt(responses);
        Self::new(fits.iter().map(|(key, fit)| (*key, fit.into())).collect())
    }

    /// A model with these rates; of a key given twice the first counts.
    #[must_use]
    pub fn new(mut rates: Vec<(CompetencyKey, Rates)>) -> Self {
        rates.sort_by_key(|one| one.0);
        rates.dedup_by_key(|one| one.0);
        let mean = |of: fn(&Rates) -> Probability, otherwise: f64| {
            let sum: f64 = rates.iter().map(|one| of(&one.1).get()).sum();
            #[expect(clippy::cast_precision_loss, reason = "a count of competencies")]
            let count = rates.len() as f64;
            Probability::clamped(if rates.is_empty() {
                otherwise
            } else {
                sum / count
            })
        };
        let unseen = Rates {
            prior: mean(|r| r.prior, 0.4),
            learn: mean(|r| r.learn, 0.15),
            forget: mean(|r| r.forget, 0.0),
            guess: mean(|r| r.guess, 0.2),
            slip: mean(|r| r.slip, 0.1),
        };
        Self { rates, unseen }
    }

    /// The rates of all competencies that have their own.
    #[must_use]
    pub fn rates(&self) -> &[(CompetencyKey, Rates)] {
        &self.rates
    }

    fn of(&self, key: u32) -> &Rates {
        let place = self.rates.binary_search_by_key(&key, |one| one.0.0);
        place.map_or(&self.unseen, |at| &self.rates[at].1)
    }

    fn known(&self, state: &[Known], key: u32) -> (f64, u32) {
        let place = state.binary_search_by_key(&key, |one| one.0);
        place.map_or((self.of(key).prior.get(), 0), |at| {
            (state[at].1, state[at].2)
        })
    }
}

/// No prediction is nearer to certainty than this.
const EDGE: f64 = 1e-6;

fn log_odds(rates: &Rates, known: f64) -> f64 {
    let right = bkt::chance_of_right(known, rates.guess.get(), rates.slip.get());
    logit(right.clamp(EDGE, 1.0 - EDGE))
}

impl LearnerModel for FittedBkt {
    type State = Vec<Known>;

    fn start(&self) -> Vec<Known> {
        Vec::new()
    }

    fn predict(&self, state: &Vec<Known>, at: &Opportunity) -> Prediction {
        let rates = self.of(at.competency.0);
        let base = log_odds(rates, rates.prior.get());
        let now = log_odds(rates, self.known(state, at.competency.0).0);
        Prediction::from_terms(Vec::from([
            Term {
                kind: TermKind::Competency,
                log_odds: base,
            },
            Term {
                kind: TermKind::Practice,
                log_odds: now - base,
            },
        ]))
    }

    fn update(&self, state: &mut Vec<Known>, at: &Opportunity, correct: bool) {
        let key = at.competency.0;
        let rates = self.of(key);
        let place = state.binary_search_by_key(&key, |one| one.0);
        let place = place.unwrap_or_else(|place| {
            state.insert(place, (key, rates.prior.get(), 0));
            place
        });
        let own = &mut state[place];
        let seen = bkt::posterior(own.1, rates.guess.get(), rates.slip.get(), correct);
        let learned = (1.0 - seen) * rates.learn.get();
        own.1 = (seen * (1.0 - rates.forget.get()) + learned).clamp(0.0, 1.0);
        own.2 = own.2.saturating_add(1);
    }

    /// The probability of knowing; the interval is that of a beta distribution with the weight of
    /// two answers and those seen.
    fn belief(&self, state: &Vec<Known>, competency: CompetencyKey) -> Belief {
        let (known, answers) = self.known(state, competency.0);
        let evidence = f64::from(answers);
        let mean = known.clamp(1e-4, 1.0 - 1e-4);
        let (a, b) = (mean * (evidence + 2.0), (1.0 - mean) * (evidence + 2.0));
        Belief {
            value: Probability::clamped(known),
            low: Probability::clamped(beta_quantile(0.1, a, b).min(known)),
            high: Probability::clamped(beta_quantile(0.9, a, b).max(known)),
            evidence,
        }
    }

    fn encode(&self, state: &Vec<Known>, out: &mut Vec<u8>) {
        for (key, known, answers) in state {
            out.extend_from_slice(&key.to_le_bytes());
            out.extend_from_slice(&known.to_bits().to_le_bytes());
            out.extend_from_slice(&answers.to_le_bytes());
        }
    }

    fn decode(&self, bytes: &[u8]) -> Option<Vec<Known>> {
        let mut state: Vec<Known> = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let (key, after) = rest.split_first_chunk::<4>()?;
            let (known, after) = after.split_first_chunk::<8>()?;
            let (answers, after) = after.split_first_chunk::<4>()?;
            rest = after;
            let known = f64::from_bits(u64::from_le_bytes(*known));
            let own = (
                u32::from_le_bytes(*key),
                known,
                u32::from_le_bytes(*answers),
            );
            (0.0..=1.0).contains(&known).then(|| state.push(own))?;
        }
        state.is_sorted_by(|a, b| a.0 < b.0).then_some(state)
    }
}
