//! One learner's state, for the learner's own pages and for those who may look over their shoulder.

use trellis_core::access::Read;
use trellis_core::estimate::LearnerState;
use trellis_core::id::PersonId;

use super::{Name, ReadResult, name_of};
use crate::db::Connection;
use crate::session::Viewer;
use crate::{Store, fold};

/// A learner with all that is believed about them.
#[derive(Debug, Clone, PartialEq)]
pub struct LearnerView {
    /// The name.
    pub name: Name,
    /// The state.
    pub state: LearnerState,
}

pub(super) fn view(connection: &Connection, learner: PersonId) -> ReadResult<LearnerView> {
    let name = name_of(connection, learner)?;
    let state = fold::state_of(connection, learner)?;
    Ok(LearnerView { name, state })
}

impl Store {
    /// What the page with a learner's stops for today needs.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn learner_today(&self, viewer: &Viewer, learner: PersonId) -> ReadResult<LearnerView> {
        self.look(|connection| {
            self.allow_learner(connection, viewer, learner, Read::LearnerToday)?;
            let view = view(connection, learner)?;
            // Who looks at the day goes on with what is open.
            self.at_hand.working(std::iter::once(&view.state));
            Ok(view)
        })
    }

    /// What the map of competencies needs.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn learner_map(&self, viewer: &Viewer, learner: PersonId) -> ReadResult<LearnerView> {
        self.look(|connection| {
            self.allow_learner(connection, viewer, learner, Read::LearnerMap)?;
            view(connection, learner)
        })
    }

    /// The viewer's own name, for the badge in the corner.
    ///
    /// # Errors
    /// A refusal for somebody who has left the roster.
    pub fn own_name(&self, viewer: &Viewer) -> ReadResult<Name> {
        self.look(|connection| name_of(connection, viewer.person()))
    }
}
