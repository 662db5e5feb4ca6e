//! One decision, as stored, for the page that says why.

use trellis_core::access::Read;
use trellis_core::estimate::LearnerState;
use trellis_core::event::Recorded;
use trellis_core::id::{PersonId, Seq};
use trellis_core::refusal::Refusal;

use super::ReadResult;
use crate::session::Viewer;
use crate::{Store, journal, refold};

impl Store {
    /// The events of one decision about a learner.
    ///
    /// # Errors
    /// A refusal when there is no such decision or the viewer may not see it.
    pub fn explanation(&self, viewer: &Viewer, decision: Seq) -> ReadResult<Vec<Recorded>> {
        self.look(|connection| {
            let events = journal::decision(connection, decision)?;
            let learner = learner_of(&events)?;
            self.allow_learner(connection, viewer, learner, Read::Explanation)?;
            Ok(events)
        })
    }

    /// What was believed about a learner when the decision of theirs was made, that decision included: the fold of all
    /// that had happened by then.
    ///
    /// # Errors
    /// A refusal when there is no such decision or the viewer may not see it.
    pub fn believed_after(&self, viewer: &Viewer, decision: Seq) -> ReadResult<LearnerState> {
        self.look(|connection| {
            let events = journal::decision(connection, decision)?;
            let learner = learner_of(&events)?;
            self.allow_learner(connection, viewer, learner, Read::Explanation)?;
            let last = events.last().map(|recorded| recorded.seq);
            Ok(refold::from_journal(connection, learner, last)?)
        })
    }

    /// The decision in which a learner was last given advice; `None` before the first.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn last_advice(&self, viewer: &Viewer, learner: PersonId) -> ReadResult<Option<Seq>> {
        self.look(|connection| {
            self.allow_learner(connection, viewer, learner, Read::Explanation)?;
            let mut statement = connection.prepare_cached(
                "SELECT decision FROM event WHERE learner = ?1 AND kind = 'advised' ORDER BY seq DESC LIMIT 1",
            )?;
            let mut rows = statement.query([journal::blob(learner.0)])?;
            Ok(match rows.next()? {
                Some(row) => Some(Seq(row.get(0)?)),
                None => None,
            })
        })
    }
}

fn learner_of(events: &[Recorded]) -> Result<PersonId, Refusal> {
    let mut learners = events
        .iter()
        .filter_map(|recorded| recorded.event.learner());
    learners.next().ok_or(Refusal::NotYours)
}
