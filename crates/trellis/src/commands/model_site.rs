//! What a school's own answers say about its items: difficulties, guess rates and weights, with one vote of each learner.

use std::collections::{BTreeMap, BTreeSet};

use trellis_core::catalog::Catalog;
use trellis_core::framework::{CompetencyId, ItemId};
use trellis_core::mastery;
use trellis_core::model::{
    CompetencyRates, ItemRates, RunningModel, Tracing, competency_key, item_key, without_guessing,
};
use trellis_stats::probability::logit;
use trellis_stats::tracing::additive::{Additive, AdditiveLearner, FitOptions, Given};
use trellis_stats::tracing::site::{Known, Shrinkage, Vote, learned};
use trellis_stats::tracing::{Opportunity, Response};
use trellis_store::Learned;

/// Two to the power of this many places for weights, as in the model that ships.
const BITS: u32 = 16;
/// An item gets a difficulty of its own from so many learners on.
const LEAST_VOTES: usize = 5;
/// A competency gets one from so many votes on.
const LEAST_VOTES_ON_COMPETENCY: usize = 20;
/// Votes of one learner on one competency that count for it.
const VOTES_EACH: usize = 3;
/// Answers of one learner that count for the weights.
const ANSWERS_EACH: usize = 2_000;

/// One learner's answers, in order.
pub(super) struct SiteLearner {
    /// The answers with what was said of their items then.
    pub(super) answers: Vec<SiteAnswer>,
}

/// One answer.
pub(super) struct SiteAnswer {
    pub(super) at: Opportunity,
    pub(super) right: bool,
    item: ItemId,
    competency: CompetencyId,
    /// The guess rate that the kind of the item has, before anything was learned here.
    kind_guess: f64,
    level: u8,
    /// How hard the item was said to be then; what is remembered of the learner follows from it.
    said: f32,
    by_a_person: bool,
}

/// The answers by learner. What says nothing about difficulty, because a program of long ago wrote it, is left out; the
/// second number says how many those were.
pub(super) fn learners(catalog: &Catalog, all: &[Learned]) -> (Vec<SiteLearner>, usize) {
    let mut left_out = 0;
    let mut kinds = BTreeMap::new();
    let mut learners = Vec::new();
    for own in all.chunk_by(|a, b| a.learner == b.learner) {
        let mut answers = Vec::new();
        for one in own {
            match answer(catalog, one, &mut kinds) {
                Some(answer) => answers.push(answer),
                None => left_out += 1,
            }
        }
        if !answers.is_empty() {
            learners.push(SiteLearner { answers });
        }
    }
    (learners, left_out)
}

/// The guess rate that an item's kind of answer has, drawn once; what was learned of it before is in the answers again, and
/// must not count twice.
fn kind_guess(catalog: &Catalog, one: &Learned) -> f64 {
    let item = catalog.item(&one.item);
    let variant = item.and_then(|item| item.variant_to_judge(0).ok());
    variant.map_or(one.evidence.guess, |variant| {
        variant.presentation.interaction.guess_rate()
    })
}

fn answer(
    catalog: &Catalog,
    one: &Learned,
    kinds: &mut BTreeMap<ItemId, f64>,
) -> Option<SiteAnswer> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "single precision is what the model said it in"
    )]
    let said = one.evidence.difficulty? as f32;
    let level = catalog.item(&one.item).map_or(2, |item| item.level);
    Some(SiteAnswer {
        at: mastery::opportunity(&one.competency, &one.item, &one.evidence),
        right: one.evidence.right,
        item: one.item.clone(),
        competency: one.competency.clone(),
        kind_guess: *kinds
            .entry(one.item.clone())
            .or_insert_with(|| kind_guess(catalog, one)),
        level,
        said,
        by_a_person: one.by_a_person,
    })
}

/// What is remembered of a learner before each answer, with the answer.
pub(super) fn walk<'a>(
    learner: &'a SiteLearner,
    mut see: impl FnMut(&AdditiveLearner, &'a SiteAnswer),
) {
    let mut state = AdditiveLearner::default();
    for answer in &learner.answers {
        see(&state, answer);
        state.follow(&answer.at, answer.said, answer.right);
    }
}

/// The votes on one item.
struct Ballot {
    competency: CompetencyId,
    level: u8,
    kind_guess: f64,
    votes: Vec<Vote>,
}

/// First answers of each learner to each item, without help and not scored by a person.
fn ballots(learners: &[&SiteLearner]) -> BTreeMap<ItemId, Ballot> {
    let mut ballots: BTreeMap<ItemId, Ballot> = BTreeMap::new();
    for learner in learners {
        let mut seen: BTreeSet<&ItemId> = BTreeSet::new();
        walk(learner, |state, answer| {
            if !seen.insert(&answer.item) || answer.by_a_person || !answer.at.is_independent() {
                return;
            }
            let ballot = ballots
                .entry(answer.item.clone())
                .or_insert_with(|| Ballot {
                    competency: answer.competency.clone(),
                    level: answer.level,
                    kind_guess: answer.kind_guess,
                    votes: Vec::new(),
                });
            ballot.votes.push(Vote {
                standing: f64::from(state.standing(answer.at.competency)),
                right: answer.right,
            });
        });
    }
    ballots
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "single precision is what models keep"
)]
fn single(value: f64) -> f32 {
    value as f32
}

/// What a model thinks of an item before its votes, without guessing and with it.
fn before(model: &RunningModel, item: &ItemId, ballot: &Ballot) -> Known {
    let key = item_key(item);
    let guess = model.guess(key, ballot.kind_guess);
    let competency = competency_key(&ballot.competency);
    let lifted = model
        .difficulty(key, competency, ballot.level, guess)
        .log_odds;
    let alone = without_guessing(lifted, guess);
    Known {
        log_odds: logit(alone.clamp(0.005, 0.995)),
        guess,
    }
}

/// How hard competencies are: by the first votes of each learner, each item moved to the middle level.
fn competencies(model: &RunningModel, learners: &[&SiteLearner]) -> Vec<CompetencyRates> {
    let [_, middle, _] = model.levels();
    let mut votes: BTreeMap<&CompetencyId, Vec<Vote>> = BTreeMap::new();
    for learner in learners {
        let mut counts: BTreeMap<&CompetencyId, usize> = BTreeMap::new();
        walk(learner, |state, answer| {
            let count = counts.entry(&answer.competency).or_default();
            if !answer.at.is_independent() || answer.by_a_person || *count >= VOTES_EACH {
                return;
            }
            *count += 1;
            let place = usize::from(answer.level.saturating_sub(1)).min(model.levels().len() - 1);
            let easier = model.levels()[place] - middle;
            let standing = state.standing(answer.at.competency) + easier;
            votes.entry(&answer.competency).or_default().push(Vote {
                standing: f64::from(standing),
                right: answer.right,
            });
        });
    }
    let start = Known {
        log_odds: f64::from(middle),
        guess: trellis_core::model::OPEN_GUESS,
    };
    votes
        .into_iter()
        .filter(|(_, votes)| votes.len() >= LEAST_VOTES_ON_COMPETENCY)
        .map(|(id, votes)| CompetencyRates {
            key: competency_key(id),
            difficulty: single(learned(&votes, start, &Shrinkage::default()).log_odds),
        })
        .collect()
}

/// The model with what these learners say about items and competencies, its weights as they were.
pub(super) fn with_rates(
    model: &RunningModel,
    version: &str,
    about: &str,
    learners: &[&SiteLearner],
) -> RunningModel {
    let named = RunningModel::new(version, about, model.tracing().clone(), model.levels());
    let with_competencies = named.with_rates(Vec::new(), competencies(model, learners));
    let items = ballots(learners)
        .iter()
        .filter(|(_, ballot)| ballot.votes.len() >= LEAST_VOTES)
        .map(|(item, ballot)| {
            let start = before(&with_competencies, item, ballot);
            let found = learned(&ballot.votes, start, &Shrinkage::default());
            ItemRates {
                key: item_key(item),
                difficulty: single(found.lifted()),
                guess: single(found.guess),
            }
        })
        .collect();
    let competencies = with_competencies.competencies().to_vec();
    with_competencies.with_rates(items, competencies)
}

/// The same with weights fitted to these learners.
pub(super) fn with_weights(model: &RunningModel, learners: &[&SiteLearner]) -> RunningModel {
    let mut rows: Vec<Given> = Vec::new();
    for (number, learner) in (0..).zip(learners) {
        for answer in learner.answers.iter().take(ANSWERS_EACH) {
            rows.push(Given {
                response: Response {
                    learner: number,
                    opportunity: answer.at,
                    correct: answer.right,
                },
                difficulty: said(model, answer),
            });
        }
    }
    let additive = Additive::fit_given(&rows, BITS, &FitOptions::default());
    let tracing = Tracing::Additive(Box::new(additive));
    RunningModel::new(model.version(), model.about(), tracing, model.levels())
        .with_rates(model.items().to_vec(), model.competencies().to_vec())
}

fn said(model: &RunningModel, answer: &SiteAnswer) -> trellis_stats::tracing::additive::Difficulty {
    let guess = model.guess(answer.at.item, answer.kind_guess);
    model.difficulty(answer.at.item, answer.at.competency, answer.level, guess)
}

/// A model's chance before each answer of a learner, with the answer. `None` for a model without an additive part.
pub(super) fn scored(model: &RunningModel, learner: &SiteLearner) -> Option<Vec<(f64, bool)>> {
    let Tracing::Additive(additive) = model.tracing() else {
        return None;
    };
    let mut state = AdditiveLearner::default();
    let mut scored = Vec::with_capacity(learner.answers.len());
    for answer in &learner.answers {
        let difficulty = said(model, answer);
        let mut at = answer.at;
        let guess = model.guess(at.item, answer.kind_guess);
        at.guess = trellis_stats::probability::Probability::clamped(guess);
        let chance = additive.predict_given(&state, &at, difficulty).probability;
        scored.push((chance.get(), answer.right));
        state.follow(&at, difficulty.log_odds, answer.right);
    }
    Some(scored)
}
