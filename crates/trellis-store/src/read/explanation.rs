//! One decision, as stored, for the page that says why.

use trellis_core::access::Read;
use trellis_core::event::Recorded;
use trellis_core::id::Seq;
use trellis_core::refusal::Refusal;

use super::{ReadResult, allow_learner};
use crate::session::Viewer;
use crate::{Store, journal};

impl Store {
    /// The events of one decision about a learner.
    ///
    /// # Errors
    /// A refusal when there is no such decision or the viewer may not see it.
    pub fn explanation(&self, viewer: &Viewer, decision: Seq) -> ReadResult<Vec<Recorded>> {
        self.look(|connection| {
            let events = journal::decision(connection, decision)?;
            let learner = events
                .iter()
                .find_map(|recorded| recorded.event.learner())
                .ok_or(Refusal::NotYours)?;
            allow_learner(connection, viewer, learner, Read::Explanation)?;
            Ok(events)
        })
    }
}
