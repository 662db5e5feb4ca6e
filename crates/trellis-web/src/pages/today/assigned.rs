//! What stands under a stop that a teacher assigned: how far it is done, until when it should be, and the teacher's word.

use trellis_core::estimate::LearnerState;
use trellis_core::plan::{Assignment, Directive};
use trellis_core::recommendation::{Purpose, Stop};

use crate::day;
use crate::words::{Words, small};

/// How many questions of an assignment are over.
pub(crate) fn over(state: &LearnerState, (given, it): (&Directive, &Assignment)) -> usize {
    let places = 0..it.questions.len();
    let over = places.filter(|place| state.over_at(given.id, *place).is_some());
    over.count()
}

/// The lines for a stop; none for a stop that nobody assigned.
pub(super) fn lines(words: &Words, state: &LearnerState, stop: &Stop) -> Vec<String> {
    let given = state.assignments().filter(|(_, it)| {
        stop.purpose == Purpose::Assigned && stop.competency.as_ref() == Some(&it.competency)
    });
    let open = given.filter(|one| over(state, *one) < one.1.questions.len());
    let mut lines = Vec::new();
    for (given, it) in open {
        let numbers = [
            ("done", f64::from(small(over(state, (given, it))))),
            ("of", f64::from(small(it.questions.len()))),
        ];
        lines.push(words.mixed("assigned-done", &numbers, &[]));
        if let Some(due) = it.due {
            lines.push(words.one("assigned-due", "date", &day::in_words(due, words)));
        }
        if !given.note.is_empty() {
            lines.push(words.one("assigned-note", "note", &given.note));
        }
    }
    lines
}
