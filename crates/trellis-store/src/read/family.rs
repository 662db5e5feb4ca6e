//! A family's week: one child, what happened in seven days, and who teaches.

use trellis_core::access::Read;
use trellis_core::event::Recorded;
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_core::time::Timestamp;

use super::class_names::name;
use super::{LearnerView, Name, ReadResult, learner, looks};
use crate::Store;
use crate::db::{Connection, params};
use crate::journal::{COLUMNS, blob, read_row};
use crate::session::Viewer;

/// A child of the guardian who is signed in.
pub type Child = Name;

/// One child's week.
#[derive(Debug, Clone, PartialEq)]
pub struct FamilyView {
    /// The child.
    pub learner: LearnerView,
    /// Responses, scores of teachers, mastery and teachers' directives of the last seven days, oldest first.
    pub events: Vec<Recorded>,
    /// The child's teachers.
    pub teachers: Vec<Name>,
    /// Who of the school looked at something of the child in these days, each once.
    pub looked: Vec<Name>,
}

/// The teachers of the sections that a learner is in.
pub(super) fn teachers_of(connection: &Connection, learner: PersonId) -> ReadResult<Vec<Name>> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT person.id, person.given_name, person.family_name FROM enrollment AS learns
         JOIN enrollment AS teaches USING (section) JOIN person ON person.id = teaches.person
         WHERE learns.person = ?1 AND learns.role = 'learner' AND teaches.role = 'teacher'
         ORDER BY person.family_name, person.id",
    )?;
    let mut rows = statement.query([blob(learner.0)])?;
    let mut teachers = Vec::new();
    while let Some(row) = rows.next()? {
        teachers.push(name(row)?);
    }
    Ok(teachers)
}

impl Store {
    /// The children of the guardian who is signed in; nobody's children for anyone else.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn children(&self, viewer: &Viewer) -> ReadResult<Vec<Child>> {
        if viewer.role() != Role::Guardian {
            return Ok(Vec::new());
        }
        self.look(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT person.id, person.given_name, person.family_name FROM guardianship
                 JOIN person ON person.id = guardianship.learner
                 WHERE guardianship.guardian = ?1 ORDER BY person.given_name, person.id",
            )?;
            let mut rows = statement.query([blob(viewer.person().0)])?;
            let mut children = Vec::new();
            while let Some(row) = rows.next()? {
                children.push(name(row)?);
            }
            Ok(children)
        })
    }

    /// A child's week up to `now`.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn family_week(
        &self,
        viewer: &Viewer,
        learner: PersonId,
        now: Timestamp,
    ) -> ReadResult<FamilyView> {
        self.look(|connection| {
            self.allow_learner(connection, viewer, learner, Read::FamilyWeek)?;
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM event WHERE learner = ?1 AND at > ?2 AND kind IN
                   ('responded', 'scored', 'score-undone', 'mastered', 'doubted', 'proof-ended', 'directed', 'directive-undone')
                 ORDER BY seq LIMIT 2000"
            ))?;
            let mut rows = statement.query(params![blob(learner.0), now.plus_days(-7).0])?;
            let mut events = Vec::new();
            while let Some(row) = rows.next()? {
                events.push(read_row(row)?);
            }
            let teachers = teachers_of(connection, learner)?;
            let mut looked: Vec<Name> = Vec::new();
            for look in looks::looks_since(connection, learner, now.plus_days(-7))? {
                let known = look.reader.filter(|name| !looked.contains(name));
                looked.extend(known);
            }
            let learner = learner::view(connection, learner)?;
            Ok(FamilyView { learner, events, teachers, looked })
        })
    }
}
