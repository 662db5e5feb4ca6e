//! The responses of a section's learners that wait for a person: how many, and one of them with its text.

use trellis_core::access::Read;
use trellis_core::estimate::{Checked, Waiting};
use trellis_core::event::{Event, Recorded};
use trellis_core::id::{AttemptId, SectionId};
use trellis_core::item::Response;

use super::class_names::learners;
use super::section::{TaughtSection, one};
use super::{Name, ReadResult, allow_section};
use crate::session::Viewer;
use crate::{Store, fold, journal};

/// A response that waits, with the one who gave it.
#[derive(Debug, Clone, PartialEq)]
pub struct WaitingOf {
    /// Who gave it.
    pub learner: Name,
    /// What waits.
    pub waiting: Waiting,
}

/// A response that is shown to be scored.
#[derive(Debug, Clone, PartialEq)]
pub struct ToScore {
    /// Its place in the queue, counted from 0.
    pub place: usize,
    /// What was given.
    pub response: Response,
}

/// The queue of a section.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckQueue {
    /// The section.
    pub section: TaughtSection,
    /// What waits, oldest first.
    pub waiting: Vec<WaitingOf>,
    /// The response to look at now; `None` when nothing waits.
    pub shown: Option<ToScore>,
    /// The last scores given, newest first, each with whom it was given to.
    pub checked: Vec<(Name, Checked)>,
}

/// What was handed in last in an attempt.
fn handed_in(events: &[Recorded]) -> Option<Response> {
    events
        .iter()
        .rev()
        .find_map(|recorded| match &recorded.event {
            Event::HandedIn { response, .. } => Some(response.clone()),
            _ => None,
        })
}

impl Store {
    /// What waits in a section. `at` is the response to look at; the oldest, when it does not wait or is not named.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach the section.
    pub fn check_queue(
        &self,
        viewer: &Viewer,
        section: SectionId,
        at: Option<AttemptId>,
    ) -> ReadResult<CheckQueue> {
        self.look(|connection| {
            allow_section(connection, viewer, section, Read::CheckQueue)?;
            let (mut waiting, mut checked) = (Vec::new(), Vec::new());
            for name in learners(connection, section)? {
                let Some(state) = fold::load(connection, name.id)? else {
                    continue;
                };
                waiting.extend(state.waiting.into_iter().map(|waiting| WaitingOf {
                    learner: name.clone(),
                    waiting,
                }));
                let scored = state.checked.into_iter();
                checked.extend(scored.map(|checked| (name.clone(), checked)));
            }
            waiting.sort_by_key(|of| (of.waiting.at, of.waiting.attempt));
            checked.sort_by_key(|(_, checked)| std::cmp::Reverse((checked.at, checked.waited.at)));
            let place = waiting
                .iter()
                .position(|of| Some(of.waiting.attempt) == at)
                .unwrap_or(0);
            let shown = match waiting.get(place) {
                Some(of) => handed_in(&journal::attempt(connection, of.waiting.attempt)?)
                    .map(|response| ToScore { place, response }),
                None => None,
            };
            Ok(CheckQueue {
                section: one(connection, section)?,
                waiting,
                shown,
                checked,
            })
        })
    }
}
