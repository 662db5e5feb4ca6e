//! Placement: begin it, ask, stop, and turn it off.

use alloc::vec;
use alloc::vec::Vec;

use super::Desk;
use crate::estimate::LearnerState;
use crate::event::Event;
use crate::framework::CourseId;
use crate::id::AttemptId;
use crate::placement::{self, Placing, Step, WhyOver};
use crate::policy;
use crate::recommendation::Purpose;
use crate::refusal::Refusal;

impl Desk<'_> {
    pub(super) fn begin_placement(&self, course: &CourseId) -> Result<Vec<Event>, Refusal> {
        if !self.state.courses.contains(course) {
            return Err(Refusal::NotInCourse);
        }
        if self.state.no_placement {
            return Err(Refusal::ClosedByTeacher);
        }
        if !placement::is_offered(self.state, self.catalog, course) {
            return Err(Refusal::AlreadySo);
        }
        Ok(vec![Event::PlacementBegun {
            learner: self.state.learner,
            course: course.clone(),
            seed: self.context.seed,
        }])
    }

    pub(super) fn end_placement(&self, course: &CourseId) -> Result<Vec<Event>, Refusal> {
        let running = self.state.placing.as_ref();
        let (why, placing) = match running.filter(|placing| placing.course == *course) {
            Some(placing) => (WhyOver::Stopped, Some(placing)),
            None if placement::is_offered(self.state, self.catalog, course) => {
                (WhyOver::Skipped, None)
            }
            None => return Err(Refusal::AlreadySo),
        };
        Ok(self.and_advise(Event::PlacementEnded {
            learner: self.state.learner,
            course: course.clone(),
            why,
            asked: placing.map_or_else(Vec::new, |placing| placing.asked.clone()),
            known: placing
                .map_or_else(Vec::new, |placing| placement::so_far(placing, self.catalog)),
        }))
    }

    pub(super) fn set_placement(&self, offered: bool) -> Result<Vec<Event>, Refusal> {
        if self.state.no_placement != offered {
            return Err(Refusal::AlreadySo);
        }
        Ok(vec![Event::PlacementSet {
            learner: self.state.learner,
            offered,
        }])
    }

    /// Begins the next question of a placement.
    pub(super) fn ask_to_place(
        &self,
        attempt: AttemptId,
        placing: &Placing,
    ) -> Result<Vec<Event>, Refusal> {
        let Step::Ask(competency) = placement::step(placing, self.catalog) else {
            return self.end_placement(&placing.course);
        };
        let (state, seed) = (self.state, self.context.seed);
        let choice =
            policy::choose_item(state, self.catalog, &competency, Purpose::Placement, seed)
                .ok_or(Refusal::NoItems)?;
        Ok(vec![Event::Started {
            learner: state.learner,
            attempt,
            item: choice.item.id.clone(),
            competency,
            purpose: Purpose::Placement,
            seed,
            interest: state.interest.clone(),
            among: choice.among,
            content: self.catalog.content(),
        }])
    }

    /// The end of a placement, when the answer that has just come was its last.
    pub(super) fn placement_over(&self, ahead: &LearnerState) -> Option<Event> {
        let placing = ahead.placing.as_ref()?;
        let before = self.state.placing.as_ref()?;
        if before.asked.len() == placing.asked.len() {
            return None;
        }
        let Step::Over(why, known) = placement::step(placing, self.catalog) else {
            return None;
        };
        Some(Event::PlacementEnded {
            learner: ahead.learner,
            course: placing.course.clone(),
            why,
            asked: placing.asked.clone(),
            known,
        })
    }
}
