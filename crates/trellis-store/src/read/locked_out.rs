//! Who cannot sign in after too many wrong tries, and letting them try again.

use trellis_core::access::{Deed, Read};
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;

use super::class_names::name;
use super::{Name, ReadResult, allow, allow_deed};
use crate::journal::blob;
use crate::session::{MOST_FAILURES, Viewer, forgive};
use crate::{Store, reader, relation};

/// Somebody of the staff or of a family who is locked out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockedOut {
    /// Who.
    pub name: Name,
    /// What they are to the school.
    pub role: Role,
}

impl Store {
    /// The staff and the families who are locked out, by name. Learners stand on their teachers' page.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn locked_out(&self, viewer: &Viewer) -> ReadResult<Vec<LockedOut>> {
        self.look(|connection| {
            let relation = relation::to_district(connection, viewer.actor())?;
            allow(relation, viewer, Read::LockedOut)?;
            let mut statement = connection.prepare_cached(
                "SELECT person.id, given_name, family_name, role FROM credential
                 JOIN person ON person.id = credential.person
                 WHERE failures >= ?1 AND role <> 'learner' ORDER BY given_name, family_name, person.id",
            )?;
            let mut rows = statement.query([MOST_FAILURES])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let role = reader::role(row.get_ref(3)?.as_str().map_err(crate::db::Error::from)?)?;
                found.push(LockedOut { name: name(row)?, role });
            }
            Ok(found)
        })
    }

    /// Lets a person try again after too many wrong tries: a learner when a teacher of theirs asks, staff and families
    /// when somebody who leads the district asks.
    ///
    /// # Errors
    /// A refusal when the viewer may not do it; a failure when the row cannot be written.
    pub fn release(&self, viewer: &Viewer, person: PersonId) -> ReadResult<()> {
        self.look(|connection| {
            let learner = connection
                .prepare_cached("SELECT 1 FROM person WHERE id = ?1 AND role = 'learner'")?
                .exists([blob(person.0)])?;
            let relation = if learner {
                relation::to_learner(connection, viewer.actor(), person)?
            } else {
                relation::to_district(connection, viewer.actor())?
            };
            // Whoever is locked out asks somebody else, also when another device of theirs is still signed in.
            if person == viewer.person() {
                return Err(Refusal::NotYours.into());
            }
            allow_deed(relation, viewer, Deed::Release)
        })?;
        self.rows(move |rows| forgive(rows, person))?;
        Ok(())
    }
}
