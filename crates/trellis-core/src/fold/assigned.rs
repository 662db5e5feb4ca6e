//! The fold of what teachers assigned: which of its questions are over, and how they ended.

use alloc::vec::Vec;

use crate::estimate::LearnerState;
use crate::id::AttemptId;
use crate::plan::assignment::{ASSIGNED_KEPT, Ended, Over};
use crate::recommendation::Purpose;

impl LearnerState {
    /// An attempt that is about to end may be a question of an assignment.
    pub(super) fn note_assigned(&mut self, id: AttemptId, ended: Ended) {
        let open = self.open.iter().find(|open| open.id == id);
        let Some(open) = open.filter(|open| open.purpose == Purpose::Assigned) else {
            return;
        };
        let found = self.assignments().find_map(|(given, assignment)| {
            let mut questions = assignment.questions.iter().enumerate();
            let (place, _) = questions.find(|(place, question)| {
                question.item == open.item
                    && question.seed == open.seed
                    && self.over_at(given.id, *place).is_none()
            })?;
            Some(Over {
                directive: given.id,
                place: u32::try_from(place).ok()?,
                attempt: id,
                ended,
            })
        });
        self.over.extend(found);
    }

    /// A person has read the answer to a question of an assignment.
    pub(super) fn note_read(&mut self, id: AttemptId, ended: Ended) {
        if let Some(over) = self.over.iter_mut().find(|over| over.attempt == id) {
            over.ended = ended;
        }
    }

    /// Beyond [`ASSIGNED_KEPT`] the oldest assignment that is done gives way, or else the oldest.
    pub(super) fn let_old_assignments_go(&mut self) {
        let given = self.assignments();
        let all: Vec<_> = given
            .map(|(given, one)| (given.id, self.over_of(given, one) == one.questions.len()))
            .collect();
        if all.len() <= ASSIGNED_KEPT {
            return;
        }
        let done = all.iter().find(|(_, done)| *done);
        if let Some((oldest, _)) = done.or(all.first()).copied() {
            self.directives.retain(|given| given.id != oldest);
            self.over.retain(|over| over.directive != oldest);
        }
    }
}
