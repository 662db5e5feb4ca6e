//! What stands under a stop that a teacher assigned: how far it is done, until when it should be, and the teacher's word.

use trellis_core::estimate::LearnerState;
use trellis_core::plan::{Assignment, Directive};
use trellis_core::recommendation::{Purpose, Stop};

use crate::day;
use crate::words::{Words, small};

/// How many questions of an assignment are over, in words.
pub(crate) fn done_words(
    words: &Words,
    state: &LearnerState,
    (given, it): (&Directive, &Assignment),
) -> String {
    let numbers = [
        ("done", f64::from(small(state.over_of(given, it)))),
        ("of", f64::from(small(it.questions.len()))),
    ];
    words.mixed("assigned-done", &numbers, &[])
}

/// The lines for a stop; none for a stop that nobody assigned.
pub(super) fn lines(words: &Words, state: &LearnerState, stop: &Stop) -> Vec<String> {
    let given = state.assignments().filter(|(_, it)| {
        stop.purpose == Purpose::Assigned && stop.competency.as_ref() == Some(&it.competency)
    });
    let open = given.filter(|(given, it)| state.over_of(given, it) < it.questions.len());
    let mut lines = Vec::new();
    for (given, it) in open {
        lines.push(done_words(words, state, (given, it)));
        if let Some(due) = it.due {
            lines.push(words.one("assigned-due", "date", &day::in_words(due, words)));
        }
        if !given.note.is_empty() {
            lines.push(words.one("assigned-note", "note", &given.note));
        }
    }
    lines
}
