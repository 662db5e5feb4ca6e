//! Bayesian knowledge tracing (Corbett and Anderson, 1995) with each item's own guess and slip
//! rate, hints and retries as weaker evidence, and forgetting over days.

use super::{Belief, CompetencyKey, LearnerModel, Opportunity, Prediction, Term, TermKind};
use crate::probability::{Probability, beta_quantiles, logit};
use alloc::vec;
use alloc::vec::Vec;
use libm::pow;

const SECONDS_A_DAY: f64 = 86_400.0;
/// Answers that the prior counts for in the interval: a uniform prior's two.
const PRIOR_EVIDENCE: f64 = 2.0;
/// No prediction is nearer to certainty than this: nobody's next answer is certain.
const EDGE: f64 = 1e-6;

/// What the model believes of a competency before it sees answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameters {
    /// Chance that a learner knows it at the start.
    pub prior: Probability,
    /// Chance that one item teaches it.
    pub learn: Probability,
    /// Chance of losing it in one day without practice.
    pub forget_per_day: Probability,
    /// Chance that one hint lets a learner who does not know give the right answer.
    pub hint_help: Probability,
}

impl Default for Parameters {
    /// Prior 0.3 and learning rate 0.12: the population of the mastery table in the documentation.
    /// A day forgets 0.2 %; a hint gives the answer away half the time.
    fn default() -> Self {
        Self {
            prior: Probability::clamped(0.3),
            learn: Probability::clamped(0.12),
            forget_per_day: Probability::clamped(0.002),
            hint_help: Probability::HALF,
        }
    }
}

/// What the model remembers of one learner on one competency: 24 bytes.
#[derive(Clone, Copy, Debug)]
pub struct BktState {
    /// Probability of knowing, after the last answer and what it taught.
    pub known: f64,
    /// How many answers of full weight this rests on; see [`BktState::interval`].
    pub evidence: f64,
    /// Answers taken in, retries included.
    pub opportunities: u32,
    /// Answers that were first tries without hints.
    pub independent: u32,
}

impl PartialEq for BktState {
    /// Equal to the last bit, so that a refold can be compared with what was stored.
    fn eq(&self, other: &Self) -> bool {
        self.known.to_bits() == other.known.to_bits()
            && self.evidence.to_bits() == other.evidence.to_bits()
            && self.opportunities == other.opportunities
            && self.independent == other.independent
    }
}

impl Eq for BktState {}

impl BktState {
    /// The state before the first answer.
    #[must_use]
    pub fn new(parameters: &Parameters) -> Self {
        Self {
            known: parameters.prior.get(),
            evidence: 0.0,
            opportunities: 0,
            independent: 0,
        }
    }

    /// The probability of knowing.
    #[must_use]
    pub fn probability(&self) -> Probability {
        Probability::clamped(self.known)
    }

    /// The probability of knowing after `seconds` without practice.
    #[must_use]
    pub fn probability_after(&self, parameters: &Parameters, seconds: u64) -> Probability {
        Probability::clamped(self.known * retention(parameters, Some(seconds)))
    }

    /// Lower and upper end of the 80 % interval around the probability of knowing.
    ///
    /// An approximation: the belief is treated as a beta distribution whose mean is
    /// [`Self::known`] and whose weight is two plus the evidence. An answer's evidence is
    /// `(1 - guess - slip)^2`, the share of its information that reaches the knowledge behind it:
    /// 0.77 for an open answer, 0.16 for a true/false item. So the interval is wide after few or
    /// weak answers, which is what a reader of a page needs to see.
    #[must_use]
    pub fn interval(&self) -> (Probability, Probability) {
        let weight = PRIOR_EVIDENCE + self.evidence;
        let mean = self.known.clamp(1e-4, 1.0 - 1e-4);
        let (a, b) = (mean * weight, (1.0 - mean) * weight);
        // A very skewed distribution can lie beyond its own mean; the mean stays inside.
        let [low, high] = beta_quantiles([0.1, 0.9], a, b);
        let (low, high) = (low.min(self.known), high.max(self.known));
        (Probability::clamped(low), Probability::clamped(high))
    }

    /// The 24 bytes of this state, little-endian.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 24] {
        let mut bytes = [0; 24];
        bytes[..8].copy_from_slice(&self.known.to_bits().to_le_bytes());
        bytes[8..16].copy_from_slice(&self.evidence.to_bits().to_le_bytes());
        bytes[16..20].copy_from_slice(&self.opportunities.to_le_bytes());
        bytes[20..].copy_from_slice(&self.independent.to_le_bytes());
        bytes
    }

    /// The state that [`Self::to_bytes`] wrote; `None` when the numbers cannot be a state.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 24]) -> Option<Self> {
        let (known, rest) = bytes.split_first_chunk::<8>()?;
        let (evidence, rest) = rest.split_first_chunk::<8>()?;
        let (opportunities, rest) = rest.split_first_chunk::<4>()?;
        let independent = rest.first_chunk::<4>()?;
        let state = Self {
            known: f64::from_bits(u64::from_le_bytes(*known)),
            evidence: f64::from_bits(u64::from_le_bytes(*evidence)),
            opportunities: u32::from_le_bytes(*opportunities),
            independent: u32::from_le_bytes(*independent),
        };
        let sound = (0.0..=1.0).contains(&state.known)
            && (0.0..=f64::MAX).contains(&state.evidence)
            && state.independent <= state.opportunities;
        sound.then_some(state)
    }
}

/// Chance of a right answer when the probability of knowing is `known`.
#[must_use]
pub fn chance_of_right(known: f64, guess: f64, slip: f64) -> f64 {
    known * (1.0 - slip) + (1.0 - known) * guess
}

/// The probability of having known, given one answer (Bayes' rule).
///
/// All arguments are probabilities. An answer that the arguments call impossible changes nothing.
#[must_use]
pub fn posterior(prior: f64, guess: f64, slip: f64, correct: bool) -> f64 {
    let right = chance_of_right(prior, guess, slip);
    let (joint, total) = if correct {
        (prior * (1.0 - slip), right)
    } else {
        (prior * slip, 1.0 - right)
    };
    if total > 0.0 {
        (joint / total).clamp(0.0, 1.0)
    } else {
        prior
    }
}

/// The probability of knowing after one chance to learn.
#[must_use]
pub fn learn(known: f64, learn: f64) -> f64 {
    known + (1.0 - known) * learn
}

/// Guess and slip rate of an opportunity, hints and retries taken into account.
///
/// Each hint leaves `1 - hint_help` of the ways to be wrong; each earlier wrong try removes one
/// option. Guess never passes `1 - slip`: a right answer is never evidence of not knowing.
#[must_use]
pub fn effective_rates(parameters: &Parameters, opportunity: &Opportunity) -> (f64, f64) {
    let guess = opportunity.guess.get();
    let slip = opportunity.slip.get().min(1.0 - guess);
    let tries = f64::from(opportunity.earlier_tries);
    let options_left = (1.0 - tries * guess).max(guess.max(0.05));
    let wrong = 1.0 - (guess / options_left).min(1.0);
    let unhelped = pow(
        1.0 - parameters.hint_help.get(),
        f64::from(opportunity.hints_used),
    );
    let guess = 1.0 - wrong * unhelped;
    (guess.min(1.0 - slip), slip)
}

pub(super) fn retention(parameters: &Parameters, seconds: Option<u64>) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "seconds of a life are far below 2^53"
    )]
    let days = seconds.unwrap_or(0) as f64 / SECONDS_A_DAY;
    pow(1.0 - parameters.forget_per_day.get(), days)
}

/// The chance of a right answer and its parts, for one competency's state.
#[must_use]
pub fn predict(parameters: &Parameters, state: &BktState, opportunity: &Opportunity) -> Prediction {
    let guess = opportunity.guess.get();
    let (helped_guess, slip) = effective_rates(parameters, opportunity);
    let kept = state.known * retention(parameters, opportunity.seconds_since_practice);
    let at = |known: f64, guess: f64| {
        logit(chance_of_right(known, guess.min(1.0 - slip), slip).clamp(EDGE, 1.0 - EDGE))
    };
    let base = at(parameters.prior.get(), guess);
    let practised = at(state.known, guess);
    let faded = at(kept, guess);
    let helped = at(kept, helped_guess);
    let terms = vec![
        Term {
            kind: TermKind::Base,
            log_odds: base,
        },
        Term {
            kind: TermKind::Practice,
            log_odds: practised - base,
        },
        Term {
            kind: TermKind::Forgetting,
            log_odds: faded - practised,
        },
        Term {
            kind: TermKind::Hints,
            log_odds: helped - faded,
        },
    ];
    Prediction::from_terms(terms)
}

/// Takes one answer into one competency's state.
///
/// Forgetting since the last practice comes first, then Bayes' rule. The chance to learn comes
/// once an item, with its first try.
pub fn update(
    parameters: &Parameters,
    state: &mut BktState,
    opportunity: &Opportunity,
    correct: bool,
) {
    let kept = retention(parameters, opportunity.seconds_since_practice);
    let (guess, slip) = effective_rates(parameters, opportunity);
    let known = posterior(state.known * kept, guess, slip, correct);
    let first_try = opportunity.earlier_tries == 0;
    state.known = if first_try {
        learn(known, parameters.learn.get())
    } else {
        known
    };
    let separation = (1.0 - guess - slip).max(0.0);
    state.evidence = state.evidence * kept + separation * separation;
    state.opportunities = state.opportunities.saturating_add(1);
    state.independent = state
        .independent
        .saturating_add(u32::from(opportunity.is_independent()));
}

/// BKT over all of a learner's competencies.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Bkt {
    /// Parameters of a competency that has none of its own.
    pub common: Parameters,
    own: Vec<(CompetencyKey, Parameters)>,
}

/// One learner's states, sorted by competency; a competency without answers has none.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct BktLearner {
    competencies: Vec<(CompetencyKey, BktState)>,
}

impl BktLearner {
    /// The state on this competency, once there was an answer.
    #[must_use]
    pub fn get(&self, competency: CompetencyKey) -> Option<&BktState> {
        let place = self
            .competencies
            .binary_search_by_key(&competency, |entry| entry.0);
        place.ok().map(|at| &self.competencies[at].1)
    }

    /// All states, in the order of their competencies.
    pub fn iter(&self) -> impl Iterator<Item = (CompetencyKey, &BktState)> {
        self.competencies.iter().map(|(key, state)| (*key, state))
    }
}

impl Bkt {
    /// A model with common parameters and some competencies' own; the last word on a competency
    /// counts.
    #[must_use]
    pub fn new(common: Parameters, own: Vec<(CompetencyKey, Parameters)>) -> Self {
        let mut own = own;
        own.reverse();
        own.sort_by_key(|entry| entry.0);
        own.dedup_by_key(|entry| entry.0);
        Self { common, own }
    }

    /// The parameters of this competency.
    #[must_use]
    pub fn parameters(&self, competency: CompetencyKey) -> &Parameters {
        let place = self.own.binary_search_by_key(&competency, |entry| entry.0);
        place.map_or(&self.common, |at| &self.own[at].1)
    }

    fn state_of(&self, learner: &BktLearner, competency: CompetencyKey) -> BktState {
        let fresh = || BktState::new(self.parameters(competency));
        learner.get(competency).copied().unwrap_or_else(fresh)
    }
}

impl LearnerModel for Bkt {
    type State = BktLearner;

    fn start(&self) -> BktLearner {
        BktLearner::default()
    }

    fn predict(&self, state: &BktLearner, opportunity: &Opportunity) -> Prediction {
        let competency = opportunity.competency;
        let own = self.state_of(state, competency);
        predict(self.parameters(competency), &own, opportunity)
    }

    fn update(&self, state: &mut BktLearner, opportunity: &Opportunity, correct: bool) {
        let competency = opportunity.competency;
        let parameters = self.parameters(competency);
        let known = &mut state.competencies;
        let at = match known.binary_search_by_key(&competency, |entry| entry.0) {
            Ok(at) => at,
            Err(at) => {
                known.insert(at, (competency, BktState::new(parameters)));
                at
            }
        };
        update(parameters, &mut known[at].1, opportunity, correct);
    }

    fn belief(&self, state: &BktLearner, competency: CompetencyKey) -> Belief {
        let own = self.state_of(state, competency);
        let (low, high) = own.interval();
        Belief {
            value: own.probability(),
            low,
            high,
            evidence: own.evidence,
        }
    }

    fn value(&self, state: &BktLearner, competency: CompetencyKey) -> Probability {
        self.state_of(state, competency).probability()
    }

    fn encode(&self, state: &BktLearner, out: &mut Vec<u8>) {
        for (key, own) in state.iter() {
            out.extend_from_slice(&key.0.to_le_bytes());
            out.extend_from_slice(&own.to_bytes());
        }
    }

    fn decode(&self, bytes: &[u8]) -> Option<BktLearner> {
        let mut competencies: Vec<(CompetencyKey, BktState)> = Vec::with_capacity(bytes.len() / 28);
        let mut rest = bytes;
        while !rest.is_empty() {
            let (key, after_key) = rest.split_first_chunk::<4>()?;
            let (own, after) = after_key.split_first_chunk::<24>()?;
            let key = CompetencyKey(u32::from_le_bytes(*key));
            if competencies.last().is_some_and(|last| last.0 >= key) {
                return None;
            }
            competencies.push((key, BktState::from_bytes(own)?));
            rest = after;
        }
        Some(BktLearner { competencies })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tracing::ItemKey;

    fn near(a: f64, b: f64) -> bool {
        libm::fabs(a - b) < 5e-7
    }

    /// Values worked by hand: prior .1, guess .1, slip .1, learn .1, the constants that OATutor
    /// ships; three right answers give .55, .925, .992 (facts gathered from its code).
    #[test]
    fn three_right_answers_under_the_shipped_constants_of_a_peer() {
        let mut known = 0.1;
        for expected in [0.55, 0.925, 0.991_964_285_714] {
            known = learn(posterior(known, 0.1, 0.1, true), 0.1);
            assert!(near(known, expected), "{known}");
        }
        assert!(near(posterior(0.5, 0.25, 0.1, false), 0.1 / 0.85));
    }

    #[test]
    fn what_cannot_happen_changes_nothing() {
        assert!(near(posterior(0.0, 0.0, 0.1, true), 0.0));
        assert!(near(posterior(1.0, 0.2, 0.0, false), 1.0));
    }

    #[test]
    fn help_makes_a_right_answer_weaker_evidence() {
        let parameters = Parameters::default();
        let first =
            Opportunity::first_try(CompetencyKey(1), ItemKey(1), Probability::clamped(0.25));
        let known_after = |hints: u8, tries: u8| {
            let mut state = BktState::new(&parameters);
            let chance = Opportunity {
                hints_used: hints,
                earlier_tries: tries,
                ..first
            };
            update(&parameters, &mut state, &chance, true);
            state.known
        };
        assert!(known_after(0, 0) > known_after(1, 0));
        assert!(known_after(1, 0) > known_after(3, 0));
        assert!(known_after(0, 1) > known_after(0, 2));
        // Two options, the second try: the answer says nothing, and teaches nothing new.
        let two = Opportunity {
            guess: Probability::HALF,
            earlier_tries: 1,
            ..first
        };
        let mut state = BktState::new(&parameters);
        update(&parameters, &mut state, &two, true);
        assert!(near(state.known, 0.3), "{}", state.known);
    }

    #[test]
    fn time_fades_what_was_known_and_what_it_rested_on() {
        let parameters = Parameters {
            forget_per_day: Probability::clamped(0.01),
            ..Parameters::default()
        };
        let state = BktState {
            known: 0.9,
            evidence: 4.0,
            opportunities: 6,
            independent: 6,
        };
        let month = state.probability_after(&parameters, 30 * 86_400);
        assert!(near(month.get(), 0.9 * pow(0.99, 30.0)));
        let (low, high) = state.interval();
        assert!(low.get() < 0.9 && 0.9 < high.get() && low.get() > 0.5);
    }

    #[test]
    fn more_evidence_means_less_doubt() {
        let width = |evidence: f64| {
            let state = BktState {
                known: 0.7,
                evidence,
                opportunities: 9,
                independent: 9,
            };
            let (low, high) = state.interval();
            high.get() - low.get()
        };
        assert!(width(0.0) > width(2.0) && width(2.0) > width(20.0));
    }

    #[test]
    fn bytes_that_are_no_state_are_refused() {
        let model = Bkt::default();
        let mut bytes = Vec::new();
        let mut learner = model.start();
        let chance =
            Opportunity::first_try(CompetencyKey(9), ItemKey(1), Probability::clamped(0.02));
        model.update(&mut learner, &chance, true);
        model.encode(&learner, &mut bytes);
        assert_eq!(model.decode(&bytes), Some(learner));
        assert_eq!(model.decode(&bytes[1..]), None);
        bytes[4..12].copy_from_slice(&f64::NAN.to_bits().to_le_bytes());
        assert_eq!(model.decode(&bytes), None);
    }
}
