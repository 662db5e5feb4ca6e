//! What a teacher decides: directives for a learner, when a class is open, and which courses it takes.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::{Desk, LONGEST_CLASS_MS, LONGEST_NOTE, MOST_COURSES, Snapshot};
use crate::command::Command;
use crate::consent::Use;
use crate::context::Context;
use crate::event::Event;
use crate::id::DirectiveId;
use crate::plan::assignment::MOST_QUESTIONS;
use crate::plan::{Assignment, Directive, DirectiveKind, Mode};
use crate::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn direct(
        &self,
        id: DirectiveId,
        kind: &DirectiveKind,
        note: &str,
    ) -> Result<Vec<Event>, Refusal> {
        if note.chars().count() > LONGEST_NOTE {
            return Err(Refusal::TooLong);
        }
        if let Some(id) = kind.competency() {
            self.catalog.competency(id).ok_or(Refusal::NotFound)?;
        }
        if let DirectiveKind::Assigned(assignment) = kind {
            self.can_be_assigned(assignment)?;
        }
        let in_force = &self.state.directives;
        if in_force.iter().any(|old| old.id == id || old.kind == *kind)
            || self.state.replaced.iter().any(|old| old.id == id)
        {
            return Err(Refusal::AlreadySo);
        }
        let directive = Directive {
            id,
            kind: kind.clone(),
            by: self.context.actor.person,
            at: self.context.now,
            note: note.trim().to_string(),
        };
        let directed = Event::Directed {
            learner: self.state.learner,
            directive,
        };
        Ok(self.and_advise(directed))
    }

    /// Questions of one competency that the learner meets in a course, each of them there to be asked; and not twice.
    fn can_be_assigned(&self, assignment: &Assignment) -> Result<(), Refusal> {
        let questions = &assignment.questions;
        if questions.is_empty() {
            return Err(Refusal::NothingSaid);
        }
        if questions.len() > MOST_QUESTIONS {
            return Err(Refusal::TooLong);
        }
        self.catalog
            .course_among(&assignment.competency, &self.state.courses)
            .ok_or(Refusal::NotInCourse)?;
        for question in questions {
            let item = self.catalog.item(&question.item).ok_or(Refusal::ItemGone)?;
            if item.competency != assignment.competency {
                return Err(Refusal::NotFound);
            }
            if self.catalog.is_held(&item.id) || item.variant(question.seed, None).is_err() {
                return Err(Refusal::ItemGone);
            }
        }
        let mut given = self.state.assignments();
        match given.any(|(_, old)| old.set == assignment.set) {
            true => Err(Refusal::AlreadySo),
            false => Ok(()),
        }
    }

    pub(super) fn set_mode(&self, mode: Mode, note: &str) -> Result<Vec<Event>, Refusal> {
        if note.chars().count() > LONGEST_NOTE {
            return Err(Refusal::TooLong);
        }
        if self.state.mode == mode {
            return Err(Refusal::AlreadySo);
        }
        Ok(self.and_advise(Event::ModeSet {
            learner: self.state.learner,
            mode,
            note: note.trim().to_string(),
        }))
    }

    /// What a family allows counts from the next question on: advice is given anew, and a story that may not be chosen any more
    /// is let go.
    pub(super) fn consent(&self, purpose: Use, allowed: bool) -> Result<Vec<Event>, Refusal> {
        if self.state.withholds(purpose) != allowed {
            return Err(Refusal::AlreadySo);
        }
        let learner = self.state.learner;
        let mut events = vec![Event::Consented {
            learner,
            purpose,
            allowed,
        }];
        if purpose == Use::Stories && self.state.interest.is_some() {
            events.push(Event::InterestChosen {
                learner,
                interest: None,
            });
        }
        let ahead = self.ahead(&events);
        events.push(self.fresh_advice(&ahead));
        Ok(events)
    }

    pub(super) fn undo(&self, id: DirectiveId) -> Result<Vec<Event>, Refusal> {
        if !self
            .state
            .directives
            .iter()
            .any(|directive| directive.id == id)
        {
            return Err(Refusal::NothingToUndo);
        }
        Ok(self.and_advise(Event::DirectiveUndone {
            learner: self.state.learner,
            directive: id,
        }))
    }

    pub(super) fn and_advise(&self, event: Event) -> Vec<Event> {
        let ahead = self.ahead(core::slice::from_ref(&event));
        let advice = self.fresh_advice(&ahead);
        vec![event, advice]
    }
}

pub(super) fn section(
    snapshot: &Snapshot<'_>,
    command: &Command,
    context: &Context,
) -> Result<Vec<Event>, Refusal> {
    match command {
        Command::OpenClass { section, until } => {
            let latest = context.now.plus_ms(LONGEST_CLASS_MS);
            if *until <= context.now {
                return Err(Refusal::ClassClosed);
            }
            Ok(vec![Event::ClassOpened {
                section: *section,
                until: (*until).min(latest),
            }])
        }
        Command::CloseClass { section } => {
            // Also when its time has run out: sign-ins may outlive it, and closing ends them all.
            snapshot.class.ok_or(Refusal::AlreadySo)?;
            Ok(vec![Event::ClassClosed { section: *section }])
        }
        Command::ChooseCourses { section, courses } => {
            let twice = |place: usize| courses[..place].contains(&courses[place]);
            if courses.is_empty() || courses.len() > MOST_COURSES || (1..courses.len()).any(twice) {
                return Err(Refusal::NoSuchCourses);
            }
            if courses
                .iter()
                .any(|course| snapshot.catalog.course(course).is_none())
            {
                return Err(Refusal::NoSuchCourses);
            }
            Ok(vec![Event::CoursesChosen {
                section: *section,
                courses: courses.clone(),
            }])
        }
        Command::InstallModel { version, hash } => {
            if snapshot.catalog.model().version() == version {
                return Err(Refusal::AlreadySo);
            }
            Ok(vec![Event::ModelInstalled {
                version: version.clone(),
                hash: hash.clone(),
            }])
        }
        _ => Err(Refusal::NotFound),
    }
}
