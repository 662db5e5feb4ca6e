//! Tracing: from a learner's answers in order to the chance that the next one is right.
//!
//! Every model stands behind one trait, [`LearnerModel`], and passes one suite,
//! [`conformance::check_model`].

use crate::probability::{LogOdds, Probability};
use alloc::vec::Vec;

pub mod additive;
pub mod bkt;
pub mod bkt_fit;
pub mod bkt_fitted;
#[cfg(any(feature = "conformance", test))]
pub mod conformance;
pub mod counting;
pub mod mastery;
pub mod rating;
pub mod site;

/// The caller's dense number of a competency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CompetencyKey(pub u32);

/// The caller's dense number of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemKey(pub u32);

/// One chance to answer, as far as it is known before the answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Opportunity {
    /// What the item is about.
    pub competency: CompetencyKey,
    /// The item.
    pub item: ItemKey,
    /// Chance of a right answer by someone who does not know: one over the number of options, or
    /// near 0.02 for an open answer.
    pub guess: Probability,
    /// Chance of a wrong answer by someone who knows.
    pub slip: Probability,
    /// Hints that the learner saw on this item before answering.
    pub hints_used: u8,
    /// Wrong answers that the learner already gave to this item in this attempt; 0 for a first try.
    pub earlier_tries: u8,
    /// Seconds since the learner last answered on this competency; `None` before the first answer
    /// or where times are unknown.
    pub seconds_since_practice: Option<u64>,
}

impl Opportunity {
    /// A first try without hints at an item with this guess rate, slip 0.1, time unknown.
    #[must_use]
    pub fn first_try(competency: CompetencyKey, item: ItemKey, guess: Probability) -> Self {
        Self {
            competency,
            item,
            guess,
            slip: Probability::clamped(0.1),
            hints_used: 0,
            earlier_tries: 0,
            seconds_since_practice: None,
        }
    }

    /// Whether a right answer here was the learner's own work: first try, no hint.
    #[must_use]
    pub const fn is_independent(&self) -> bool {
        self.hints_used == 0 && self.earlier_tries == 0
    }
}

/// What one signed part of a prediction is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermKind {
    /// Where the prediction starts for anyone on anything.
    Base,
    /// How hard this item is, and its kind's guess rate.
    Item,
    /// How hard this competency is.
    Competency,
    /// What the learner's answers in general say.
    Ability,
    /// What the learner's answers on this competency say.
    Practice,
    /// The last few answers and runs of them.
    Recent,
    /// Time or other work since the last practice.
    Forgetting,
    /// Earlier answers to this very item, steps and retries.
    SameItem,
    /// Which item or competency came just before.
    Sequence,
    /// Hints seen before answering.
    Hints,
}

impl TermKind {
    /// All kinds, in their order.
    pub const ALL: [Self; 10] = [
        Self::Base,
        Self::Item,
        Self::Competency,
        Self::Ability,
        Self::Practice,
        Self::Recent,
        Self::Forgetting,
        Self::SameItem,
        Self::Sequence,
        Self::Hints,
    ];

    /// Whether the part is about the learner's answers, and not the same for everybody on this item.
    #[must_use]
    pub const fn is_the_learners(self) -> bool {
        !matches!(self, Self::Base | Self::Item | Self::Competency)
    }
}

/// One signed part of a prediction.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// What it is about.
    pub kind: TermKind,
    /// Its part of the log-odds; the parts of one prediction sum to its log-odds.
    pub log_odds: f64,
}

/// A predicted chance of a right answer and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// The chance of a right answer.
    pub probability: Probability,
    /// Its signed parts, at most one of each kind, in the order of [`TermKind`]. They sum to the
    /// log-odds of `probability` within 1e-9.
    pub terms: Vec<Term>,
}

impl Prediction {
    /// The prediction whose log-odds are the sum of these terms.
    #[must_use]
    pub fn from_terms(terms: Vec<Term>) -> Self {
        let sum = terms.iter().map(|term| term.log_odds).sum();
        let probability = LogOdds::new(sum).map_or(Probability::HALF, LogOdds::probability);
        Self { probability, terms }
    }

    /// The same prediction with each part that answers can move counted from where it stands in `start`, the prediction
    /// for somebody who has answered nothing: then a part says what this learner's own answers did. What is taken off
    /// goes to [`TermKind::Base`], so that the parts still sum to the log-odds.
    #[must_use]
    pub fn counted_from(&self, start: &Self) -> Self {
        let part = |of: &Self, kind: TermKind| {
            let found = of.terms.iter().find(|term| term.kind == kind);
            found.map_or(0.0, |term| term.log_odds)
        };
        let mut parts = TermKind::ALL.map(|kind| part(self, kind));
        for (place, kind) in TermKind::ALL.into_iter().enumerate() {
            if kind.is_the_learners() {
                let at_start = part(start, kind);
                parts[place] -= at_start;
                parts[TermKind::Base as usize] += at_start;
            }
        }
        let terms = TermKind::ALL.into_iter().zip(parts);
        let said = terms.filter(|(_, log_odds)| *log_odds != 0.0);
        Self {
            probability: self.probability,
            terms: said
                .map(|(kind, log_odds)| Term { kind, log_odds })
                .collect(),
        }
    }
}

/// A belief about one competency, with its doubt.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Belief {
    /// The best single number: for BKT the probability of knowing, for the logistic models the
    /// chance of a right answer to a fresh average item without hints.
    pub value: Probability,
    /// Lower end of the 80 % interval (so a 90 % lower bound).
    pub low: Probability,
    /// Upper end of the 80 % interval.
    pub high: Probability,
    /// How many answers of full weight the interval rests on.
    pub evidence: f64,
}

/// A model that follows one learner from answer to answer.
///
/// A model is fixed parameters; what it learned about a learner is in the state. Both functions
/// are pure: the same arguments give the same bits.
pub trait LearnerModel {
    /// Everything the model remembers of one learner, all competencies included.
    type State: Clone + PartialEq + core::fmt::Debug;

    /// The state of a learner who has answered nothing.
    fn start(&self) -> Self::State;

    /// The chance of a right answer at this opportunity. Never fails: an item or competency that
    /// the model has not seen gets what the model knows of its kind.
    fn predict(&self, state: &Self::State, opportunity: &Opportunity) -> Prediction;

    /// Takes in one answer.
    fn update(&self, state: &mut Self::State, opportunity: &Opportunity, correct: bool);

    /// What the state says of one competency.
    fn belief(&self, state: &Self::State, competency: CompetencyKey) -> Belief;

    /// The single number of [`Self::belief`] alone, for callers that weigh many competencies and
    /// need no interval.
    fn value(&self, state: &Self::State, competency: CompetencyKey) -> Probability {
        self.belief(state, competency).value
    }

    /// Appends the state to `out`; [`Self::decode`] gives back an equal state, bit for bit.
    fn encode(&self, state: &Self::State, out: &mut Vec<u8>);

    /// Reads what [`Self::encode`] wrote; `None` when the bytes are not such a state.
    fn decode(&self, bytes: &[u8]) -> Option<Self::State>;
}

/// The parts that move the prediction most, up or down, the strongest first; where everybody starts
/// is not among them, because it is nobody's reason.
#[must_use]
pub fn strongest(prediction: &Prediction, most: usize) -> Vec<Term> {
    let own = |term: &&Term| term.kind != TermKind::Base && term.log_odds != 0.0;
    let mut terms: Vec<Term> = prediction.terms.iter().filter(own).copied().collect();
    terms.sort_by(|a, b| libm::fabs(b.log_odds).total_cmp(&libm::fabs(a.log_odds)));
    terms.truncate(most);
    terms
}

/// What the model would predict after this many more right first tries at the same opportunity:
/// the sentence "two more right answers, and it is nine of ten".
#[must_use]
pub fn after_right_answers<M: LearnerModel>(
    model: &M,
    state: &M::State,
    opportunity: &Opportunity,
    answers: u32,
) -> Prediction {
    let mut imagined = state.clone();
    for _ in 0..answers {
        model.update(&mut imagined, opportunity, true);
    }
    model.predict(&imagined, opportunity)
}

/// One recorded answer of one of many learners, for fitting.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Response {
    /// The caller's number of the learner. All of a learner's answers follow each other, in order.
    pub learner: u32,
    /// What was known before the answer.
    pub opportunity: Opportunity,
    /// Whether the answer was right.
    pub correct: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_parts_come_first_and_the_start_is_none() {
        let term = |kind, log_odds| Term { kind, log_odds };
        let prediction = Prediction::from_terms(Vec::from([
            term(TermKind::Base, 3.0),
            term(TermKind::Item, -0.2),
            term(TermKind::Ability, 0.5),
            term(TermKind::Recent, 0.0),
            term(TermKind::Hints, -0.9),
        ]));
        let kinds = |most| -> Vec<TermKind> {
            let terms = strongest(&prediction, most);
            terms.iter().map(|term| term.kind).collect()
        };
        assert_eq!(
            kinds(3),
            [TermKind::Hints, TermKind::Ability, TermKind::Item]
        );
        assert_eq!(kinds(1), [TermKind::Hints]);
    }
}
