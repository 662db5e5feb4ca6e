//! What to do next: the outer fringe of the prerequisite graph, reviews that are due, what the teacher asked for and
//! what the learner picks, ranked by expected gain per minute. Every candidate and every part of its score is kept.

pub mod assigned;
mod choose;
mod rank;

pub(crate) use choose::wanted_level;
pub use choose::{Choice, choose_item, next_items};
pub use rank::{candidates, recommend};

use crate::catalog::Catalog;
use crate::estimate::LearnerState;
use crate::framework::{CompetencyId, CourseId};
use crate::mastery::{self, Mastery};
use crate::plan::DirectiveKind;
use crate::recommendation::{Purpose, Stop};
use crate::time::Timestamp;

/// The name of the policy, stored with every advice.
pub const POLICY_VERSION: &str = "fringe-1";
/// The name that is stored instead while choosing by the learner's answers is off.
pub const FIXED_VERSION: &str = "fixed-1";
/// Most stops of a day.
pub const MOST_STOPS: usize = 4;
/// Items in one stop, about.
pub const STOP_ITEMS: u32 = 5;
/// Most items in a proof; it ends as soon as mastery is decided.
pub const MOST_PROOF_ITEMS: u8 = 6;
/// Responses to one attempt; after the last the worked solution is shown.
pub const MOST_TRIES: u32 = 3;

/// Whether a learner may practise a competency: everything before it is mastered or counted so, or taken as known by a
/// placement, or a teacher opened it; and no teacher has closed it.
#[must_use]
pub fn is_open(state: &LearnerState, catalog: &Catalog, id: &CompetencyId, now: Timestamp) -> bool {
    match path_directive(state, id) {
        Some(DirectiveKind::Close(_)) => return false,
        Some(DirectiveKind::Open(_) | DirectiveKind::DoNext(_)) => return true,
        _ => {}
    }
    if state
        .competency(id)
        .is_some_and(|competency| competency.first_tries > 0)
    {
        // What was begun stays open, also when something before it is doubted later.
        return true;
    }
    is_ready(state, catalog, id, now) && !is_beyond(state, catalog, id)
}

/// Whether a competency comes after the place in its course up to which a teacher lets the learner go.
fn is_beyond(state: &LearnerState, catalog: &Catalog, id: &CompetencyId) -> bool {
    let is_there = |number| {
        let mut courses = state.courses.iter();
        courses.any(|course| beyond(state, catalog, course).contains(&number))
    };
    catalog.number(id).is_some_and(is_there)
}

/// What comes after the place in a course up to which a teacher lets the learner go, as numbers of the catalog.
fn beyond<'a>(state: &LearnerState, catalog: &'a Catalog, course: &CourseId) -> &'a [usize] {
    let limit = marked(state, catalog, course, |kind| match kind {
        DirectiveKind::UpTo(id) => Some(id),
        _ => None,
    });
    let way = catalog.way(course);
    limit.map_or(&[], |limit| &way[limit + 1..])
}

/// What comes up to the place in a course until which a teacher wants the order of the course.
fn in_order<'a>(state: &LearnerState, catalog: &'a Catalog, course: &CourseId) -> &'a [usize] {
    let until = marked(state, catalog, course, |kind| match kind {
        DirectiveKind::InOrder(id) => Some(id),
        _ => None,
    });
    let way = catalog.way(course);
    until.map_or(&[], |until| &way[..=until])
}

/// The place in a course that the latest directive of a kind names.
fn marked(
    state: &LearnerState,
    catalog: &Catalog,
    course: &CourseId,
    of: fn(&DirectiveKind) -> Option<&CompetencyId>,
) -> Option<usize> {
    let way = catalog.way(course);
    let named = state.directives.iter().rev();
    let named = named.filter_map(|given| of(&given.kind));
    let mut places = named.filter_map(|id| {
        let number = catalog.number(id)?;
        way.iter().position(|place| *place == number)
    });
    places.next()
}

/// Whether the last advice is still good: of today, of this content, and with something to do.
#[must_use]
pub fn advice_holds(state: &LearnerState, catalog: &Catalog, now: Timestamp) -> bool {
    state.advice.as_ref().is_some_and(|(at, advice)| {
        at.day() == now.day()
            && advice.versions.content == catalog.content()
            && !advice.stops.is_empty()
    })
}

/// How many attempts on a competency a learner has done today; one that waits for a person is done too.
#[must_use]
pub fn done_today(state: &LearnerState, id: &CompetencyId, now: Timestamp) -> u32 {
    let recent = state.recent.iter();
    let ended = recent.filter(|recent| recent.competency == *id && recent.at.day() == now.day());
    let waiting = state.waiting.iter();
    let waiting =
        waiting.filter(|waiting| waiting.competency == *id && waiting.at.day() == now.day());
    u32::try_from(ended.count() + waiting.count()).unwrap_or(u32::MAX)
}

/// Whether a stop about a competency is done for today: it was practised as often as a stop asks.
#[must_use]
pub fn is_done_today(state: &LearnerState, id: &CompetencyId, now: Timestamp) -> bool {
    done_today(state, id, now) >= STOP_ITEMS
}

/// Whether a stop is done for today. Assigned questions are not while any is left: what was practised beside them does not
/// stand for them.
#[must_use]
pub fn is_stop_done(state: &LearnerState, stop: &Stop, now: Timestamp) -> bool {
    let Some(id) = &stop.competency else {
        return false;
    };
    if stop.purpose != Purpose::Assigned {
        return is_done_today(state, id, now);
    }
    let mut given = state.assignments().filter(|(_, it)| it.competency == *id);
    given.all(|(given, it)| state.over_of(given, it) == it.questions.len())
}

/// Whether everything before a competency is mastered, counted so by a teacher, or taken as known by a placement.
fn is_ready(state: &LearnerState, catalog: &Catalog, id: &CompetencyId, now: Timestamp) -> bool {
    let before = catalog.before(id);
    catalog.course_of(id).is_some()
        && before.iter().all(|before| {
            state.placed(before).is_some()
                || mastery::mastery(state, before, now) != Mastery::NotYet
                || is_skipped(state, before)
        })
}

/// Whether a teacher left a competency out for a learner.
fn is_skipped(state: &LearnerState, id: &CompetencyId) -> bool {
    matches!(path_directive(state, id), Some(DirectiveKind::Skip(_)))
}

/// The directive about the path that is in force for a competency.
fn path_directive<'a>(state: &'a LearnerState, id: &CompetencyId) -> Option<&'a DirectiveKind> {
    state
        .directives
        .iter()
        .rev()
        .map(|directive| &directive.kind)
        .find(|kind| {
            kind.competency() == Some(id)
                && matches!(
                    kind,
                    DirectiveKind::Open(_)
                        | DirectiveKind::Close(_)
                        | DirectiveKind::DoNext(_)
                        | DirectiveKind::Skip(_)
                )
        })
}
