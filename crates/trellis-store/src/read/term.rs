//! What happened with a learner between two days, for a report to the family.

use trellis_core::access::Read;
use trellis_core::event::Recorded;
use trellis_core::id::PersonId;
use trellis_core::time::{DAY_MS, Timestamp};

use super::family::teachers_of;
use super::{LearnerView, Name, ReadResult, learner};
use crate::Store;
use crate::db::params;
use crate::journal::{COLUMNS, blob, read_row};
use crate::session::Viewer;

/// A term of one learner.
#[derive(Debug, Clone, PartialEq)]
pub struct TermView {
    /// The learner as they stand today.
    pub learner: LearnerView,
    /// Mastery and doubt, directives, scores of teachers, and what was taken back of them also after these days, oldest first.
    pub events: Vec<Recorded>,
    /// In how many attempts there was an answer.
    pub questions: u32,
    /// On how many days, counted in UTC.
    pub days: u32,
    /// The learner's teachers.
    pub teachers: Vec<Name>,
}

impl Store {
    /// What happened with a learner from `from` on and before `until`.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn family_term(
        &self,
        viewer: &Viewer,
        learner: PersonId,
        (from, until): (Timestamp, Timestamp),
    ) -> ReadResult<TermView> {
        self.look(|connection| {
            self.allow_learner(connection, viewer, learner, Read::FamilyWeek)?;
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM event WHERE learner = ?1 AND at >= ?2 AND
                   (at < ?3 AND kind IN ('mastered', 'doubted', 'scored', 'project-scored', 'directed')
                    OR kind IN ('score-undone', 'project-score-undone'))
                 ORDER BY seq"
            ))?;
            let mut rows = statement.query(params![blob(learner.0), from.0, until.0])?;
            let mut events = Vec::new();
            while let Some(row) = rows.next()? {
                events.push(read_row(row)?);
            }
            let (questions, days) = connection
                .prepare_cached(
                    "SELECT count(DISTINCT attempt), count(DISTINCT at / ?4) FROM event
                     WHERE learner = ?1 AND at >= ?2 AND at < ?3 AND kind IN ('responded', 'handed-in')",
                )?
                .query_row(params![blob(learner.0), from.0, until.0, DAY_MS], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })?;
            Ok(TermView {
                teachers: teachers_of(connection, learner)?,
                learner: learner::view(connection, learner)?,
                events,
                questions,
                days,
            })
        })
    }
}
