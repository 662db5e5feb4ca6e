//! How sections that take the same course differ in what their learners have mastered. Sections that may be shown come in
//! alone, so that nothing here knows of the others.

use std::collections::BTreeMap;

use trellis_core::catalog::Catalog;
use trellis_core::framework::Course;
use trellis_core::id::{PersonId, SectionId};
use trellis_core::shown::LEAST_SHOWN;
use trellis_core::time::Timestamp;

use super::{ReadResult, id_at};
use crate::db::{Connection, params};
use crate::error::StoreError;
use crate::journal::blob;

/// One figure of each learner, in no order that tells who.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Of the section.
    pub own: Vec<u32>,
    /// Of those in other sections of the course and not in this one.
    pub others: Vec<u32>,
}

/// One section beside the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// What people call the section.
    pub title: String,
    /// The competencies of the course that are mastered now.
    pub mastered: Measured,
    /// Of those, the ones mastered in the last four weeks.
    pub grown: Measured,
}

/// The sections of one course beside each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseGaps {
    /// The course's title.
    pub course: String,
    /// Its sections.
    pub gaps: Vec<Gap>,
}

/// How many competencies each learner of a section has mastered, and how many of them lately.
type Figures = BTreeMap<PersonId, [u32; 2]>;

fn takes(connection: &Connection, section: SectionId, course: &Course) -> ReadResult<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM section LEFT JOIN section_course AS chosen ON chosen.section = section.id
         WHERE section.id = ?1 AND coalesce(chosen.course, section.course) = ?2 LIMIT 1",
    )?;
    Ok(statement.exists(params![blob(section.0), course.id.as_str()])?)
}

fn figures(
    connection: &Connection,
    section: SectionId,
    competencies: &str,
    since: Timestamp,
) -> ReadResult<Figures> {
    let mut statement = connection.prepare_cached(
        "SELECT e.person, count(known.competency), count(CASE WHEN known.mastered_at > ?3 THEN 1 END)
         FROM enrollment AS e LEFT JOIN estimate AS known
           ON known.learner = e.person AND known.mastered_at IS NOT NULL
             AND known.competency IN (SELECT value FROM json_each(?2))
         WHERE e.section = ?1 AND e.role = 'learner' GROUP BY e.person",
    )?;
    let mut rows = statement.query(params![blob(section.0), competencies, since.0])?;
    let mut figures = Figures::new();
    while let Some(row) = rows.next()? {
        figures.insert(PersonId(id_at(row, 0)?), [row.get(1)?, row.get(2)?]);
    }
    Ok(figures)
}

/// One figure of a section beside that of the others.
fn measured(own: &Figures, others: &Figures, which: usize) -> Measured {
    let sorted = |figures: &Figures| {
        let mut found: Vec<u32> = figures.values().map(|both| both[which]).collect();
        found.sort_unstable();
        found
    };
    Measured {
        own: sorted(own),
        others: sorted(others),
    }
}

/// The sections of each course that have others beside them, out of those that may be shown, by id and title.
pub(super) fn of_courses<'a>(
    connection: &Connection,
    catalog: &Catalog,
    shown: impl Iterator<Item = (SectionId, &'a str)> + Clone,
    since: Timestamp,
) -> ReadResult<Vec<CourseGaps>> {
    let mut all = Vec::new();
    for course in catalog.courses() {
        let ids: Vec<&str> = course.sequence().map(|id| id.as_str()).collect();
        let ids = serde_json::to_string(&ids).map_err(StoreError::from)?;
        let mut here = Vec::new();
        for (section, title) in shown.clone() {
            if takes(connection, section, course)? {
                here.push((title, figures(connection, section, &ids, since)?));
            }
        }
        let mut gaps = Vec::new();
        for (title, own) in &here {
            let mut others = Figures::new();
            for (_, figures) in &here {
                let apart = figures.iter().filter(|(id, _)| !own.contains_key(id));
                others.extend(apart.map(|(id, both)| (*id, *both)));
            }
            if others.len() >= LEAST_SHOWN {
                gaps.push(Gap {
                    title: (*title).to_owned(),
                    mastered: measured(own, &others, 0),
                    grown: measured(own, &others, 1),
                });
            }
        }
        if !gaps.is_empty() {
            let course = course.title.clone();
            all.push(CourseGaps { course, gaps });
        }
    }
    Ok(all)
}
