//! The one door: a command and a snapshot in, events or a refusal out. Pure: the same arguments give the same events.

mod check;
mod curate;
mod goals;
mod place;
mod practice;
mod project;
mod publish;
mod rescore;
mod teach;

pub use check::rubric_of;
pub use rescore::{Revised, rescore};

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::access::{self, Deed};
use crate::catalog::Catalog;
use crate::command::Command;
use crate::context::Context;
use crate::curation::Curation;
use crate::estimate::LearnerState;
use crate::event::{Event, Recorded};
use crate::policy;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// A class session that is open until a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassSession {
    /// When it closes by itself.
    pub until: Timestamp,
}

/// What the rules look at.
#[derive(Debug, Clone, Copy)]
pub struct Snapshot<'a> {
    /// Courses and items.
    pub catalog: &'a Catalog,
    /// The learner that the command is about; `None` for a command about a section.
    pub learner: Option<&'a LearnerState>,
    /// The class session of the section that the command is about, until it is closed; it may have run out.
    pub class: Option<ClassSession>,
    /// Whether the attempt that the command would begin was begun before, by anyone: an attempt's id names one sitting
    /// of one learner for ever.
    pub attempt_taken: bool,
    /// All that happened to the learner, oldest first, for a command that [needs it](Command::needs_history); empty for
    /// others.
    pub history: &'a [Recorded],
    /// What people decided about the content, for a command that is about content; `None` for others.
    pub curation: Option<&'a Curation>,
}

/// What follows from a command: the events, in order. Never empty, except where everything asked for is so already and
/// saying it again is no fault (advice that still holds).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Decision {
    /// What happened.
    pub events: Vec<Event>,
}

/// Longest note of somebody of the staff, in characters.
pub const LONGEST_NOTE: usize = 500;
/// Longest a class session can be opened for, in milliseconds: a school day.
pub const LONGEST_CLASS_MS: i64 = 10 * 3_600_000;
/// Most courses of a section.
pub const MOST_COURSES: usize = 8;

/// Decides.
///
/// # Errors
/// A [`Refusal`] when the rules say no; then nothing has happened.
pub fn decide(
    snapshot: &Snapshot<'_>,
    command: &Command,
    context: &Context,
) -> Result<Decision, Refusal> {
    if !access::allowed_for(context.actor.role, context.relation)
        || !access::may_do(context.relation, command.deed())
    {
        return Err(Refusal::NotYours);
    }
    let events = match command.learner() {
        Some(id) => {
            let state = snapshot
                .learner
                .filter(|state| state.learner == id)
                .ok_or(Refusal::NotFound)?;
            decide_for_learner(snapshot, state, command, context)?
        }
        None if command.deed() == Deed::Publish => publish::decide(snapshot, command)?,
        None if !command.content().is_empty() => curate::decide(snapshot, command)?,
        None => teach::section(snapshot, command, context)?,
    };
    Ok(Decision { events })
}

fn decide_for_learner(
    snapshot: &Snapshot<'_>,
    state: &LearnerState,
    command: &Command,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    let desk = Desk {
        catalog: snapshot.catalog,
        state,
        context,
        history: snapshot.history,
    };
    if snapshot.attempt_taken && matches!(command, Command::Start { .. }) {
        return Err(Refusal::AlreadySo);
    }
    match command {
        Command::TakeCourse { course, .. } => desk.take_course(course),
        Command::LeaveCourse { course, .. } => desk.leave_course(course),
        Command::Advise { .. } => Ok(desk.advise()),
        Command::Start {
            attempt,
            competency,
            purpose,
            item,
            ..
        } => desk.start(*attempt, competency.as_ref(), *purpose, item.as_ref()),
        Command::Respond {
            attempt,
            answer,
            response,
            elapsed_ms,
            said_at,
            ..
        } => desk.respond(*attempt, *answer, response, *elapsed_ms, *said_at),
        Command::TakeHint { attempt, seen, .. } => desk.take_hint(*attempt, *seen),
        Command::AnswerHint {
            attempt,
            index,
            answer,
            response,
            ..
        } => desk.answer_hint(*attempt, *index, *answer, response),
        Command::Reveal { attempt, .. } => desk.reveal(*attempt),
        Command::Prove { competency, .. } => desk.prove(competency),
        Command::ChooseInterest { interest, .. } => desk.choose_interest(interest.as_ref()),
        Command::Tell {
            competency,
            attempt,
            felt,
            ..
        } => desk.tell(competency, *attempt, *felt),
        Command::Score { .. }
        | Command::UndoScore { .. }
        | Command::ScoreProject { .. }
        | Command::UndoProjectScore { .. } => desk.by_a_person(command),
        Command::Direct {
            directive,
            kind,
            note,
            ..
        } => desk.direct(*directive, kind, note),
        Command::UndoDirective { directive, .. } => desk.undo(*directive),
        Command::BeginPlacement { course, .. } => desk.begin_placement(course),
        Command::EndPlacement { course, .. } => desk.end_placement(course),
        Command::SetPlacement { offered, .. } => desk.set_placement(*offered),
        Command::SetMode { mode, note, .. } => desk.set_mode(*mode, note),
        Command::StandBack { most, note, .. } => desk.set_mode((*most).min(desk.state.mode), note),
        Command::Consent {
            purpose, allowed, ..
        } => desk.consent(*purpose, *allowed),
        Command::NotePlan { note, .. } => desk.note_plan(note),
        Command::OpenClass { .. }
        | Command::CloseClass { .. }
        | Command::ChooseCourses { .. }
        | Command::InstallModel { .. }
        | Command::HoldItem { .. }
        | Command::ReleaseItem { .. }
        | Command::SettleFinding { .. }
        | Command::ReopenFinding { .. }
        | Command::ReportItem { .. }
        | Command::ReviseItem { .. }
        | Command::UndoRevision { .. }
        | Command::TagItems { .. }
        | Command::SetLink { .. }
        | Command::PublishItem { .. } => Err(Refusal::NotFound),
    }
}

/// One learner's record under the eyes of one asker.
struct Desk<'a> {
    catalog: &'a Catalog,
    state: &'a LearnerState,
    context: &'a Context,
    history: &'a [Recorded],
}

impl Desk<'_> {
    /// What a person judges.
    fn by_a_person(&self, command: &Command) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Score {
                attempt,
                points,
                comment,
                ..
            } => self.score(*attempt, points, comment),
            Command::UndoScore { attempt, .. } => self.undo_score(*attempt),
            Command::ScoreProject {
                project,
                title,
                scored,
                comment,
                ..
            } => self.score_project(*project, title, scored, comment),
            Command::UndoProjectScore { project, .. } => self.undo_project_score(*project),
            _ => Err(Refusal::NotFound),
        }
    }

    /// The state as it will be after these events.
    fn ahead(&self, events: &[Event]) -> LearnerState {
        let mut ahead = self.state.clone();
        for event in events {
            ahead.apply_event(event, self.context.now);
        }
        ahead
    }

    /// Fresh advice for a state.
    fn fresh_advice(&self, state: &LearnerState) -> Event {
        let recommendation = policy::recommend(state, self.catalog, self.context.now);
        Event::Advised {
            learner: state.learner,
            recommendation,
        }
    }

    /// Advice for today: none anew when the last is of today, of this content, and still holds.
    fn advise(&self) -> Vec<Event> {
        if policy::advice_holds(self.state, self.catalog, self.context.now) {
            Vec::new()
        } else {
            alloc::vec![self.fresh_advice(self.state)]
        }
    }
}
