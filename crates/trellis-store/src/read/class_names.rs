//! The names of an open class, from which a learner picks their own. The one read without a sign-in.

use trellis_core::id::{PersonId, SectionId};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use super::{ReadResult, id_at};
use crate::Store;
use crate::db::{Row, params};

/// A person's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The person.
    pub id: PersonId,
    /// The name that pages call the person by.
    pub given: String,
    /// The family name.
    pub family: String,
}

impl Name {
    /// The given name with the first letter of the family name, as class lists show it.
    #[must_use]
    pub fn short(&self) -> String {
        match self.family.chars().next() {
            Some(letter) => format!("{} {letter}.", self.given),
            None => self.given.clone(),
        }
    }
}

/// An open class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassNames {
    /// The section.
    pub section: SectionId,
    /// What people call it.
    pub title: String,
    /// When the class closes by itself.
    pub until: Timestamp,
    /// Its learners.
    pub names: Vec<Name>,
}

pub(super) fn name(row: Row<'_>) -> ReadResult<Name> {
    Ok(Name {
        id: PersonId(id_at(row, 0)?),
        given: row.get(1)?,
        family: row.get(2)?,
    })
}

impl Store {
    /// The names of the class with this code, while its session is open.
    ///
    /// # Errors
    /// [`Refusal::ClassClosed`] for a closed class and for an unknown code alike.
    pub fn class_names(&self, code: &str, now: Timestamp) -> ReadResult<ClassNames> {
        self.look(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT section.id, section.title, class_session.until FROM section
                 JOIN class_session ON class_session.section = section.id
                 WHERE section.class_code = ?1 AND class_session.until > ?2",
            )?;
            let mut rows = statement.query(params![code, now.0])?;
            let row = rows.next()?.ok_or(Refusal::ClassClosed)?;
            let section = SectionId(id_at(row, 0)?);
            let (title, until) = (row.get(1)?, Timestamp(row.get(2)?));
            let names = learners(connection, section)?;
            Ok(ClassNames {
                section,
                title,
                until,
                names,
            })
        })
    }
}

/// The learners of a section, by name.
pub(crate) fn learners(
    connection: &crate::db::Connection,
    section: SectionId,
) -> ReadResult<Vec<Name>> {
    let mut statement = connection.prepare_cached(
        "SELECT person.id, person.given_name, person.family_name FROM enrollment
         JOIN person ON person.id = enrollment.person
         WHERE enrollment.section = ?1 AND enrollment.role = 'learner' AND person.role = 'learner'
         ORDER BY person.given_name, person.family_name, person.id",
    )?;
    let mut rows = statement.query([crate::journal::blob(section.0)])?;
    let mut names = Vec::new();
    while let Some(row) = rows.next()? {
        names.push(name(row)?);
    }
    Ok(names)
}
