//! The district in figures, for its leaders. Counts only; no learner is named.

use trellis_core::access::Read;
use trellis_core::id::SectionId;
use trellis_core::time::Timestamp;

use super::{ReadResult, allow, id_at};
use crate::Store;
use crate::relation;
use crate::session::Viewer;

/// One section in figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionFigures {
    /// The section.
    pub id: SectionId,
    /// What people call it.
    pub title: String,
    /// Its learners.
    pub learners: u32,
    /// Of those, who answered in the last seven days.
    pub active: u32,
    /// Responses of its learners in the last seven days.
    pub responses: u32,
    /// Competencies mastered in the last seven days.
    pub mastered: u32,
}

/// The district in figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistrictView {
    /// Its sections.
    pub sections: Vec<SectionFigures>,
}

impl Store {
    /// The district in figures for the seven days up to `now`.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn district_view(&self, viewer: &Viewer, now: Timestamp) -> ReadResult<DistrictView> {
        self.look(|connection| {
            allow(relation::to_district(connection, viewer.actor())?, viewer, Read::District)?;
            let mut statement = connection.prepare_cached(
                "SELECT section.id, section.title,
                   (SELECT count(*) FROM enrollment AS e WHERE e.section = section.id AND e.role = 'learner'),
                   (SELECT count(DISTINCT event.learner) FROM enrollment AS e JOIN event ON event.learner = e.person
                     WHERE e.section = section.id AND e.role = 'learner' AND event.kind = 'responded' AND event.at > ?1),
                   (SELECT count(*) FROM enrollment AS e JOIN event ON event.learner = e.person
                     WHERE e.section = section.id AND e.role = 'learner' AND event.kind = 'responded' AND event.at > ?1),
                   (SELECT count(*) FROM enrollment AS e JOIN event ON event.learner = e.person
                     WHERE e.section = section.id AND e.role = 'learner' AND event.kind = 'mastered' AND event.at > ?1)
                 FROM section ORDER BY section.title, section.id",
            )?;
            let mut rows = statement.query([now.plus_days(-7).0])?;
            let mut sections = Vec::new();
            while let Some(row) = rows.next()? {
                sections.push(SectionFigures {
                    id: SectionId(id_at(row, 0)?),
                    title: row.get(1)?,
                    learners: row.get(2)?,
                    active: row.get(3)?,
                    responses: row.get(4)?,
                    mastered: row.get(5)?,
                });
            }
            Ok(DistrictView { sections })
        })
    }
}
