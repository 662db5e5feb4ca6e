//! Paper: questions of a course that can be asked and answered on it, drawn from a seed, so that a sheet and its key agree
//! and the same sheet can be printed again.

use alloc::vec::Vec;

use trellis_stats::random::split;

use crate::catalog::Catalog;
use crate::estimate::LearnerState;
use crate::framework::{CompetencyId, ItemId};
use crate::id::PersonId;
use crate::item::{InteractionKind, Item, Variant};
use crate::policy;
use crate::recommendation::Purpose;
use crate::time::Timestamp;

/// A question of the course on paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The item.
    pub item: ItemId,
    /// What drew it.
    pub seed: u64,
    /// The question as drawn.
    pub variant: Variant,
}

/// What a sheet is about: a competency, and the level of its questions that fits whoever gets the sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The competency.
    pub competency: CompetencyId,
    /// 1 to 3; `None` for all levels, easy ones first.
    pub level: Option<u8>,
}

/// Whether a question can be asked and answered on paper without a picture that has to be pressed.
#[must_use]
pub fn fits_paper(item: &Item) -> bool {
    matches!(
        item.kind(),
        InteractionKind::Numeric
            | InteractionKind::Fraction
            | InteractionKind::Expression
            | InteractionKind::Equation
            | InteractionKind::Words
            | InteractionKind::Text
            | InteractionKind::Choice
            | InteractionKind::MultipleChoice
    )
}

pub(crate) fn drawn(item: &Item, seed: u64) -> Option<Question> {
    let variant = item.variant(seed, None).ok()?;
    Some(Question {
        item: item.id.clone(),
        seed,
        variant,
    })
}

/// The items of a competency that fit paper: the level that is wanted first, else easy ones first; of one level those with
/// few variants last, since their questions would be alike.
pub(crate) fn items<'a>(
    catalog: &'a Catalog,
    id: &CompetencyId,
    level: Option<u8>,
) -> Vec<&'a Item> {
    items_that(catalog, id, level, fits_paper)
}

/// As [`items`], of those that fit something else than paper.
pub(crate) fn items_that<'a>(
    catalog: &'a Catalog,
    id: &CompetencyId,
    level: Option<u8>,
    fits: fn(&Item) -> bool,
) -> Vec<&'a Item> {
    let mut items: Vec<&Item> = catalog.items_of(id).filter(|item| fits(item)).collect();
    items.sort_by_key(|item| {
        let far = level.map_or(item.level, |level| item.level.abs_diff(level));
        (far, item.has_few_variants())
    });
    items
}

/// Up to `count` questions, round after round through the items: each unlike the others, and unlike one that was shown.
pub(crate) fn different(
    items: &[&Item],
    shown: Option<&Question>,
    count: usize,
    seed: u64,
) -> Vec<Question> {
    let same =
        |one: &Question, other: &Question| one.variant.presentation == other.variant.presentation;
    let mut found: Vec<Question> = Vec::new();
    for round in 1..=(count as u64) {
        for item in items {
            if found.len() >= count {
                return found;
            }
            let next = drawn(item, seed.wrapping_add(round.wrapping_mul(0x9e37_79b9)));
            if let Some(next) = next
                && !shown.is_some_and(|shown| same(shown, &next))
                && !found.iter().any(|old| same(old, &next))
            {
                found.push(next);
            }
        }
    }
    found
}

/// The seed of one learner's sheet: neighbours get other numbers.
#[must_use]
pub fn seed_of(seed: u64, learner: PersonId) -> u64 {
    split(seed, &alloc::format!("{learner}"))
}

/// What is next for a learner, as the policy would advise it now; what the learner could pick from where it advises nothing.
#[must_use]
pub fn next(state: &LearnerState, catalog: &Catalog, now: Timestamp) -> Vec<Wanted> {
    let advice = policy::recommend(state, catalog, now);
    let advised = advice.stops.iter().filter_map(|stop| {
        let id = stop.competency.clone()?;
        Some((id, stop.purpose))
    });
    let mut found: Vec<_> = advised.collect();
    if found.is_empty() {
        let picks = advice.stops.iter().flat_map(|stop| &stop.choices);
        found.extend(picks.map(|id| (id.clone(), Purpose::Choice)));
    }
    let wanted = found.into_iter().map(|(competency, purpose)| Wanted {
        level: Some(policy::wanted_level(state, &competency, purpose)),
        competency,
    });
    wanted.collect()
}

/// A sheet of up to `count` questions about these competencies, in their order and in fair shares; what one of them lacks the
/// others give. The same seed draws the same sheet from the same course.
#[must_use]
pub fn sheet(catalog: &Catalog, wanted: &[Wanted], count: usize, seed: u64) -> Vec<Question> {
    let pools: Vec<Vec<Question>> = wanted
        .iter()
        .map(|one| {
            let items = items(catalog, &one.competency, one.level);
            different(&items, None, count, seed)
        })
        .collect();
    let mut shares = alloc::vec![0; pools.len()];
    let mut left = count;
    loop {
        let before = left;
        for (share, pool) in shares.iter_mut().zip(&pools) {
            if left > 0 && *share < pool.len() {
                *share += 1;
                left -= 1;
            }
        }
        if left == before {
            break;
        }
    }
    let dealt = pools.into_iter().zip(shares);
    dealt
        .flat_map(|(pool, share)| pool.into_iter().take(share))
        .collect()
}
