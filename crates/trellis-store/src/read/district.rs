//! The district in figures, for its leaders. Counts only; no learner is named.

use std::collections::BTreeSet;

use trellis_core::access::Read;
use trellis_core::id::{PersonId, SectionId};
use trellis_core::shown::{LEAST_SHOWN, may_be_shown};
use trellis_core::time::Timestamp;

use super::gaps::{self, CourseGaps};
use super::{ReadResult, allow, id_at, learners_of};
use crate::Store;
use crate::db::{Connection, params};
use crate::error::StoreError;
use crate::journal::blob;
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
    /// Whether figures of it can be shown beside those of all others that can: no sum or difference of them speaks about
    /// few learners then.
    pub shown: bool,
    /// For each learner, the competencies mastered in the last four weeks that still count; in no order that tells who.
    pub grown: Vec<u32>,
}

/// Days over which growth is looked at.
const GROWTH_DAYS: i64 = 28;

/// The learners of each section.
fn members(
    connection: &Connection,
    sections: &[SectionFigures],
) -> ReadResult<Vec<BTreeSet<PersonId>>> {
    let learners = |section: &SectionFigures| {
        let names = learners_of(connection, section.id)?;
        Ok(names.into_iter().map(|name| name.id).collect())
    };
    sections.iter().map(learners).collect()
}

/// What each learner of a section has mastered lately, smallest first.
fn grown(
    connection: &Connection,
    section: SectionId,
    now: Timestamp,
) -> Result<Vec<u32>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT (SELECT count(*) FROM estimate WHERE estimate.learner = e.person AND estimate.mastered_at > ?2)
           AS grown FROM enrollment AS e WHERE e.section = ?1 AND e.role = 'learner' ORDER BY grown",
    )?;
    let since = now.plus_days(-GROWTH_DAYS);
    let rows = statement.query_map(params![blob(section.0), since.0], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The district in figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistrictView {
    /// Its sections.
    pub sections: Vec<SectionFigures>,
    /// How sections that take the same course differ.
    pub gaps: Vec<CourseGaps>,
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
                let id = SectionId(id_at(row, 0)?);
                sections.push(SectionFigures {
                    id,
                    shown: false,
                    grown: grown(connection, id, now)?,
                    title: row.get(1)?,
                    learners: row.get(2)?,
                    active: row.get(3)?,
                    responses: row.get(4)?,
                    mastered: row.get(5)?,
                });
            }
            let members = members(connection, &sections)?;
            for (section, shown) in sections.iter_mut().zip(may_be_shown(&members, LEAST_SHOWN)) {
                section.shown = shown;
            }
            let shown = sections.iter().filter(|section| section.shown);
            let shown = shown.map(|section| (section.id, section.title.as_str()));
            let gaps = gaps::of_courses(connection, &self.catalog(), shown, now.plus_days(-GROWTH_DAYS))?;
            Ok(DistrictView { sections, gaps })
        })
    }
}
