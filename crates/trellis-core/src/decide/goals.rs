//! What is noted in a learner's plan: the text is there and short enough, and the plan allows it.

use alloc::vec;
use alloc::vec::Vec;

use super::Desk;
use crate::event::Event;
use crate::goals::{LONGEST_CHECK_IN, LONGEST_GOAL, Plan, PlanNote};
use crate::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn note_plan(&self, note: &PlanNote) -> Result<Vec<Event>, Refusal> {
        let note = note.trimmed();
        check_texts(&note)?;
        if let PlanNote::GoalSet {
            competency: Some(about),
            ..
        } = &note
        {
            self.catalog.competency(about).ok_or(Refusal::NotFound)?;
        }
        let plan = Plan::of(self.history);
        plan.allows(&note, self.context.actor, self.context.now)?;
        Ok(vec![Event::PlanNoted {
            learner: self.state.learner,
            note,
        }])
    }
}

/// Whether something is said where something has to be, and not too much.
fn check_texts(note: &PlanNote) -> Result<(), Refusal> {
    let [text, next] = note.texts();
    let longest = match note {
        PlanNote::CheckedIn { .. } => LONGEST_CHECK_IN,
        PlanNote::GoalSet { .. } | PlanNote::GoalReworded { .. } | PlanNote::StepAdded { .. } => {
            LONGEST_GOAL
        }
        PlanNote::GoalStands { .. } | PlanNote::StepStands { .. } | PlanNote::Signed { .. } => {
            return Ok(());
        }
    };
    if text.is_empty() {
        return Err(Refusal::NothingSaid);
    }
    match text.chars().count() > longest || next.chars().count() > LONGEST_GOAL {
        true => Err(Refusal::TooLong),
        false => Ok(()),
    }
}
