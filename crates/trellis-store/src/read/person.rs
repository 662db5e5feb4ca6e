//! One person with all that is kept about them: for themself, their guardians, and who leads the school.

use trellis_core::access::{self, Read, Relation};
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use super::{Name, ReadResult, name_of};
use crate::db::Connection;
use crate::error::StoreError;
use crate::journal::{blob, from_blob};
use crate::personal::{Record, record};
use crate::session::Viewer;
use crate::{Store, reader, relation};

/// A person, by name and role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonView {
    /// The name.
    pub name: Name,
    /// The role.
    pub role: Role,
}

/// Anybody may see what is kept about themself; about others only whom the access table names.
pub(super) fn allow_person(
    store: &Store,
    connection: &Connection,
    viewer: &Viewer,
    person: PersonId,
) -> ReadResult<()> {
    let own = viewer.person() == person && relation::is_current(connection, viewer.actor())?;
    if own && access::may_read(Relation::Own, Read::PersonRecord) {
        return Ok(());
    }
    store.allow_learner(connection, viewer, person, Read::PersonRecord)
}

pub(super) fn view(connection: &Connection, person: PersonId) -> ReadResult<PersonView> {
    let name = name_of(connection, person)?;
    let mut statement = connection.prepare_cached("SELECT role FROM person WHERE id = ?1")?;
    let mut rows = statement.query([blob(person.0)])?;
    let row = rows.next()?.ok_or(Refusal::NotFound)?;
    let role = reader::role(row.get_ref(0)?.as_str().map_err(crate::db::Error::from)?)?;
    Ok(PersonView { name, role })
}

impl Store {
    /// Who it is about whom everything kept is asked for.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn person_view(&self, viewer: &Viewer, person: PersonId) -> ReadResult<PersonView> {
        self.look(|connection| {
            allow_person(self, connection, viewer, person)?;
            view(connection, person)
        })
    }

    /// All that is kept about a person.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn person_record(
        &self,
        viewer: &Viewer,
        person: PersonId,
        now: Timestamp,
    ) -> ReadResult<Record> {
        self.look(|connection| {
            allow_person(self, connection, viewer, person)?;
            Ok(record::record(connection, person, now)?)
        })
    }

    /// All that is kept about a person, for the operator's command. `None` for somebody of whom there is no row.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn record_of(
        &self,
        person: PersonId,
        now: Timestamp,
    ) -> Result<Option<Record>, StoreError> {
        let record = self.read(|connection| record::record(connection, person, now))?;
        let known = record.rows("person").next().is_some();
        Ok(known.then_some(record))
    }

    /// The person of this id in the school's own system.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn person_by_sourced_id(&self, sourced_id: &str) -> Result<Option<PersonId>, StoreError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT id FROM person WHERE sourced_id = ?1")?;
            let mut rows = statement.query([sourced_id])?;
            match rows.next()? {
                Some(row) => Ok(Some(PersonId(from_blob(
                    row.get_ref(0)?.as_blob().map_err(crate::db::Error::from)?,
                )?))),
                None => Ok(None),
            }
        })
    }
}
