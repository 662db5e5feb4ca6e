//! What teachers assigned and a learner has not done: which question comes next.

use alloc::vec::Vec;

use crate::catalog::Catalog;
use crate::estimate::LearnerState;
use crate::framework::CompetencyId;
use crate::plan::assignment::Question;
use crate::plan::{Assignment, Directive};
use crate::policy::choose::wanted_level;
use crate::recommendation::Purpose;
use crate::time::Timestamp;

/// The questions of an assignment that a learner has not done and that can be asked, in their order, each with its place.
pub fn left<'a>(
    state: &'a LearnerState,
    catalog: &'a Catalog,
    (given, assignment): (&'a Directive, &'a Assignment),
) -> impl Iterator<Item = (usize, &'a Question)> {
    let all = assignment.questions.iter().enumerate();
    all.filter(move |(place, question)| {
        state.over_at(given.id, *place).is_none()
            && catalog.item(&question.item).is_some()
            && !catalog.is_held(&question.item)
    })
}

/// The assignments that a learner can go on with, in the order in which they come: what is due first, then the oldest.
#[must_use]
pub fn to_do<'a>(
    state: &'a LearnerState,
    catalog: &'a Catalog,
) -> Vec<(&'a Directive, &'a Assignment)> {
    let taken = |id| catalog.course_among(id, &state.courses).is_some();
    let mut found: Vec<_> = state
        .assignments()
        .filter(|(_, assignment)| taken(&assignment.competency))
        .filter(|one| left(state, catalog, *one).next().is_some())
        .collect();
    found.sort_by_key(|(given, assignment)| {
        (assignment.due.unwrap_or(Timestamp(i64::MAX)), given.at)
    });
    found
}

/// The question that a learner is to be asked next about a competency, because a teacher assigned it.
#[must_use]
pub fn next<'a>(
    state: &'a LearnerState,
    catalog: &'a Catalog,
    id: &CompetencyId,
) -> Option<&'a Question> {
    let mut open = to_do(state, catalog).into_iter();
    let one = open.find(|(_, assignment)| assignment.competency == *id)?;
    let mut left = left(state, catalog, one);
    let next = if one.1.adaptive {
        // The level that fits what is believed; among equals the teacher's order.
        let wanted = wanted_level(state, id, Purpose::Assigned);
        left.min_by_key(|(place, question)| {
            let item = catalog.item(&question.item);
            (item.map(|item| item.level.abs_diff(wanted)), *place)
        })
    } else {
        left.next()
    };
    next.map(|(_, question)| question)
}
