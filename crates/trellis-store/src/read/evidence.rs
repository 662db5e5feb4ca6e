//! A learner's evidence in order of time, for the teacher.

use trellis_core::access::Read;
use trellis_core::event::Recorded;
use trellis_core::id::PersonId;

use super::{LearnerView, ReadResult, learner};
use crate::Store;
use crate::db::params;
use crate::journal::{COLUMNS, blob, read_row};
use crate::session::Viewer;

/// A learner with the last things that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct EvidenceView {
    /// The learner.
    pub learner: LearnerView,
    /// Attempts begun, responses, solutions shown, mastery, proofs, directives, and the advice given; newest first.
    pub events: Vec<Recorded>,
}

impl Store {
    /// The newest `most` events that say something about a learner's knowledge, what was advised, or what a teacher
    /// decided.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn evidence(
        &self,
        viewer: &Viewer,
        learner: PersonId,
        most: u32,
    ) -> ReadResult<EvidenceView> {
        self.look(|connection| {
            self.allow_learner(connection, viewer, learner, Read::EvidenceTimeline)?;
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM event WHERE learner = ?1 AND kind IN
                   ('started', 'advised', 'responded', 'handed-in', 'scored', 'score-undone', 'project-scored', 'project-score-undone', 'rescored', 'revealed', 'mastered', 'doubted', 'proof-begun', 'proof-ended', 'placement-ended', 'directed', 'directive-undone')
                 ORDER BY seq DESC LIMIT ?2"
            ))?;
            let mut rows = statement.query(params![blob(learner.0), most])?;
            let mut events = Vec::new();
            while let Some(row) = rows.next()? {
                events.push(read_row(row)?);
            }
            Ok(EvidenceView { learner: learner::view(connection, learner)?, events })
        })
    }
}
