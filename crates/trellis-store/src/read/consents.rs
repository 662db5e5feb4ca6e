//! What the family of a learner said about each use.

use trellis_core::access::Read;
use trellis_core::consent::Use;
use trellis_core::event::Event;
use trellis_core::id::PersonId;
use trellis_core::time::Timestamp;

use super::{Name, ReadResult, name_of};
use crate::Store;
use crate::journal::{COLUMNS, blob, read_row};
use crate::session::Viewer;

/// What a family said last about a use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// About what.
    pub purpose: Use,
    /// Whether it may be.
    pub allowed: bool,
    /// Who said it; `None` for somebody who was erased since.
    pub by: Option<Name>,
    /// When.
    pub at: Timestamp,
}

/// What a learner's family allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentsView {
    /// The learner.
    pub learner: Name,
    /// What was said last about each use; nothing about one of which nobody ever said anything.
    pub said: Vec<Said>,
}

impl Store {
    /// What a child's family said last about each use.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn consents(&self, viewer: &Viewer, learner: PersonId) -> ReadResult<ConsentsView> {
        self.look(|connection| {
            self.allow_learner(connection, viewer, learner, Read::Consents)?;
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM event WHERE learner = ?1 AND kind = 'consented' ORDER BY seq DESC"
            ))?;
            let mut rows = statement.query([blob(learner.0)])?;
            let mut said: Vec<Said> = Vec::new();
            while let Some(row) = rows.next()? {
                let recorded = read_row(row)?;
                let Event::Consented {
                    purpose, allowed, ..
                } = recorded.event
                else {
                    continue;
                };
                if said.iter().all(|newer| newer.purpose != purpose) {
                    said.push(Said {
                        purpose,
                        allowed,
                        by: name_of(connection, recorded.actor.person).ok(),
                        at: recorded.at,
                    });
                }
            }
            let learner = name_of(connection, learner)?;
            Ok(ConsentsView { learner, said })
        })
    }
}
