//! The questions of a competency that a teacher can choose from for an assignment.

use alloc::vec::Vec;

use trellis_stats::random::split;

use crate::catalog::Catalog;
use crate::estimate::LearnerState;
use crate::framework::CompetencyId;
use crate::item::Item;
use crate::paper;
use crate::plan::assignment::{MOST_QUESTIONS, Question};
use crate::policy;
use crate::recommendation::Purpose;
use crate::time::Timestamp;

/// Up to `count` questions of a competency, each unlike the others: of the level that is wanted first, else easy ones
/// first. The same seed draws the same.
#[must_use]
pub fn draw(
    catalog: &Catalog,
    id: &CompetencyId,
    level: Option<u8>,
    count: usize,
    seed: u64,
) -> Vec<Question> {
    let items = paper::items_that(catalog, id, level, |_| true);
    paper::different(&items, None, count.min(MOST_QUESTIONS), seed)
        .into_iter()
        .map(|drawn| Question {
            item: drawn.item,
            seed: drawn.seed,
        })
        .collect()
}

/// A question of another item of the competency in place of one of several: the next item of the course that is not among
/// them, or the next at all. `None` when there is no other.
#[must_use]
pub fn other(catalog: &Catalog, among: &[Question], place: usize) -> Option<Question> {
    let old = among.get(place)?;
    let about = &catalog.item(&old.item)?.competency;
    let items: Vec<&Item> = catalog.items_of(about).collect();
    let here = items.iter().position(|item| item.id == old.item)?;
    let after = items[here + 1..].iter().chain(&items[..here]);
    let taken = |item: &Item| among.iter().any(|question| question.item == item.id);
    let fresh = after.clone().find(|item| !taken(item));
    let chosen = fresh.or_else(|| after.clone().next())?;
    Some(Question {
        item: chosen.id.clone(),
        seed: old.seed,
    })
}

/// The same question with other numbers.
#[must_use]
pub fn again(question: &Question) -> Question {
    Question {
        item: question.item.clone(),
        seed: split(question.seed, "again") >> 12,
    }
}

/// Questions for one learner: about a competency, or about what is next for them and is not assigned already; of the level
/// that fits them. `None` when there is nothing to ask.
#[must_use]
pub fn own(
    state: &LearnerState,
    catalog: &Catalog,
    about: Option<&CompetencyId>,
    count: usize,
    seed: u64,
    now: Timestamp,
) -> Option<(CompetencyId, Vec<Question>)> {
    let id = match about {
        Some(id) => id.clone(),
        None => {
            let next = paper::next(state, catalog, now).into_iter();
            let mut next = next.map(|wanted| wanted.competency);
            next.find(|id| {
                state
                    .assignments()
                    .all(|(_, given)| given.competency != *id)
            })?
        }
    };
    let level = policy::wanted_level(state, &id, Purpose::Learn);
    let seed = paper::seed_of(seed, state.learner);
    let questions = draw(catalog, &id, Some(level), count, seed);
    (!questions.is_empty()).then_some((id, questions))
}
