//! One attempt with its events: what the item page and the feedback page show.

use trellis_core::access::{self, Read, Relation};
use trellis_core::event::{Event, Recorded};
use trellis_core::framework::{CompetencyId, InterestId, ItemId};
use trellis_core::id::{AttemptId, PersonId};
use trellis_core::people::Role;
use trellis_core::recommendation::Purpose;
use trellis_core::refusal::Refusal;

use super::{LearnerView, ReadResult, learner};
use crate::session::Viewer;
use crate::{Store, journal};

/// An attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct AttemptView {
    /// The attempt.
    pub id: AttemptId,
    /// The learner, as of now.
    pub learner: LearnerView,
    /// The item.
    pub item: ItemId,
    /// The competency.
    pub competency: CompetencyId,
    /// What it is for.
    pub purpose: Purpose,
    /// What draws the variant.
    pub seed: u64,
    /// The story that was asked for.
    pub interest: Option<InterestId>,
    /// The content that the item came from.
    pub content: u64,
    /// What happened in it, oldest first; the first is its beginning.
    pub events: Vec<Recorded>,
}

impl AttemptView {
    /// Hints shown so far.
    #[must_use]
    pub fn hints(&self) -> u32 {
        let shown = self
            .events
            .iter()
            .filter_map(|recorded| match recorded.event {
                Event::HintShown { index, .. } => Some(index.saturating_add(1)),
                _ => None,
            });
        shown.max().unwrap_or(0)
    }

    /// The last response: judged, handed in to be judged by a person, or one that could not be read.
    #[must_use]
    pub fn last_response(&self) -> Option<&Recorded> {
        let is_response = |event: &Event| {
            matches!(
                event,
                Event::Responded { .. } | Event::HandedIn { .. } | Event::NotUnderstood { .. }
            )
        };
        self.events
            .iter()
            .rev()
            .find(|recorded| is_response(&recorded.event))
    }

    /// The score that a person gave and did not take back.
    #[must_use]
    pub fn scored(&self) -> Option<&Recorded> {
        let last = self.events.iter().rev().find(|recorded| {
            matches!(
                recorded.event,
                Event::Scored { .. } | Event::ScoreUndone { .. }
            )
        })?;
        matches!(last.event, Event::Scored { .. }).then_some(last)
    }

    /// Whether the attempt is over: right, handed in, shown the solution, or out of tries.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.events.iter().any(|recorded| {
            matches!(
                recorded.event,
                Event::Responded { over: true, .. }
                    | Event::HandedIn { .. }
                    | Event::Revealed { .. }
            )
        })
    }
}

/// What an attempt was begun with: enough to read an answer by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BegunView {
    /// The item.
    pub item: ItemId,
    /// What draws the variant.
    pub seed: u64,
}

fn person_of(recorded: &Recorded) -> Option<PersonId> {
    recorded.event.learner()
}

impl Store {
    /// What an attempt was begun with.
    ///
    /// # Errors
    /// A refusal when there is no such attempt or the viewer may not see it.
    pub fn attempt_begun(&self, viewer: &Viewer, id: AttemptId) -> ReadResult<BegunView> {
        // A learner's own, open a moment ago: who is signed in was looked up for this request.
        if viewer.role() == Role::Learner
            && access::may_read(Relation::Own, Read::Attempt)
            && let Some(begun) = self.at_hand.begun(viewer.person(), id)
        {
            return Ok(BegunView {
                item: begun.item,
                seed: begun.seed,
            });
        }
        self.look(|connection| {
            let begun = journal::attempt_begin(connection, id)?;
            let owner = begun.as_ref().and_then(person_of);
            self.allow_learner(
                connection,
                viewer,
                owner.ok_or(Refusal::NotYours)?,
                Read::Attempt,
            )?;
            match begun.map(|recorded| recorded.event) {
                Some(Event::Started { item, seed, .. }) => Ok(BegunView { item, seed }),
                _ => Err(Refusal::NotFound.into()),
            }
        })
    }

    /// An attempt. The key and the solution are drawn from the item by the page, and only when there is a response:
    /// [`Read::AttemptFeedback`] is asked for that.
    ///
    /// # Errors
    /// A refusal when there is no such attempt or the viewer may not see it.
    pub fn attempt(&self, viewer: &Viewer, id: AttemptId) -> ReadResult<AttemptView> {
        self.look(|connection| {
            let events = journal::attempt(connection, id)?;
            let owner = events
                .first()
                .and_then(person_of)
                .ok_or(Refusal::NotYours)?;
            self.allow_learner(connection, viewer, owner, Read::Attempt)?;
            self.allow_learner(connection, viewer, owner, Read::AttemptFeedback)?;
            let Some(Event::Started {
                item,
                competency,
                purpose,
                seed,
                interest,
                content,
                ..
            }) = events.first().map(|recorded| recorded.event.clone())
            else {
                return Err(Refusal::NotFound.into());
            };
            let learner = learner::view(connection, owner)?;
            self.at_hand.working(std::iter::once(&learner.state));
            Ok(AttemptView {
                id,
                learner,
                item,
                competency,
                purpose,
                seed,
                interest,
                content,
                events,
            })
        })
    }
}
