//! Erasures that somebody has asked for and nobody has agreed to yet. It takes two: the one who asks cannot agree.

use trellis_core::access::Deed;
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use super::{Name, ReadError, ReadResult, allow_deed, id_at, name_of, person};
use crate::db::{Connection, OptionalExtension, params};
use crate::erase::Erased;
use crate::journal::blob;
use crate::session::Viewer;
use crate::{Store, relation, sqlite};

/// Up to this size, in bytes, the database is written anew at once; a larger one at night, since answers wait meanwhile.
const CLEANED_AT_ONCE: u64 = 256 << 20;

/// Somebody who is to be erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErasureRequest {
    /// Who is to be erased.
    pub person: Name,
    /// What they are to the school.
    pub role: Role,
    /// Who asked for it; `None` for somebody who is gone.
    pub asked_by: Option<Name>,
    /// Whether the one who looks is the one who asked: then somebody else has to agree.
    pub own: bool,
}

fn may_erase(connection: &Connection, viewer: &Viewer) -> ReadResult<()> {
    let relation = relation::to_district(connection, viewer.actor())?;
    allow_deed(relation, viewer, Deed::Erase)
}

/// Who asked for the erasure of a person.
fn asked_by(connection: &Connection, person: PersonId) -> ReadResult<PersonId> {
    let found: Option<[u8; 16]> = connection
        .prepare_cached("SELECT asked_by FROM erasure_request WHERE person = ?1")?
        .query_row([blob(person.0)], |row| row.get(0))
        .optional()?;
    let found = found.ok_or(Refusal::NothingToUndo)?;
    Ok(PersonId(u128::from_be_bytes(found)))
}

impl Store {
    /// The erasures that were asked for, oldest first.
    ///
    /// # Errors
    /// A refusal when the viewer may not erase.
    pub fn erasure_requests(&self, viewer: &Viewer) -> ReadResult<Vec<ErasureRequest>> {
        self.look(|connection| {
            may_erase(connection, viewer)?;
            let mut statement = connection.prepare_cached(
                "SELECT person, asked_by FROM erasure_request ORDER BY asked_at, person",
            )?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let view = person::view(connection, PersonId(id_at(row, 0)?))?;
                let by = PersonId(id_at(row, 1)?);
                let asked_by = match name_of(connection, by) {
                    Ok(name) => Some(name),
                    Err(ReadError::Refused(_)) => None,
                    Err(error) => return Err(error),
                };
                found.push(ErasureRequest {
                    person: view.name,
                    role: view.role,
                    asked_by,
                    own: by == viewer.person(),
                });
            }
            Ok(found)
        })
    }

    /// Asks that the person with this id of the school is erased. Nothing happens before somebody else agrees.
    ///
    /// # Errors
    /// A refusal when the viewer may not, there is nobody of this id, or it was asked for before; nobody asks for their own.
    pub fn ask_erasure(&self, viewer: &Viewer, sourced_id: &str, now: Timestamp) -> ReadResult<()> {
        let person = self.look(|connection| {
            may_erase(connection, viewer)?;
            let found: Option<[u8; 16]> = connection
                .prepare_cached("SELECT id FROM person WHERE sourced_id = ?1")?
                .query_row([sourced_id], |row| row.get(0))
                .optional()?;
            let id = PersonId(u128::from_be_bytes(found.ok_or(Refusal::NotFound)?));
            if id == viewer.person() {
                return Err(Refusal::NotYours.into());
            }
            match asked_by(connection, id) {
                Ok(_) => Err(Refusal::AlreadySo.into()),
                Err(ReadError::Refused(_)) => Ok(id),
                Err(error) => Err(error),
            }
        })?;
        let by = viewer.person();
        self.rows(move |rows| {
            rows.execute(
                "INSERT INTO erasure_request (person, asked_by, asked_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO NOTHING",
                params![blob(person.0), blob(by.0), now.0],
            )?;
            Ok(())
        })?;
        Ok(())
    }

    /// Takes a request back.
    ///
    /// # Errors
    /// A refusal when the viewer may not, or there is none.
    pub fn keep_person(&self, viewer: &Viewer, person: PersonId) -> ReadResult<()> {
        self.look(|connection| {
            may_erase(connection, viewer)?;
            asked_by(connection, person).map(|_| ())
        })?;
        self.rows(move |rows| {
            rows.execute(
                "DELETE FROM erasure_request WHERE person = ?1",
                [blob(person.0)],
            )?;
            Ok(())
        })?;
        Ok(())
    }

    /// Agrees to an erasure that somebody else has asked for, and does it. The bytes go at once, or the night after where
    /// the database is large.
    ///
    /// # Errors
    /// A refusal when the viewer may not, asked for it themself, is the person, or nobody asked.
    pub fn agree_to_erasure(
        &self,
        viewer: &Viewer,
        person: PersonId,
        now: Timestamp,
    ) -> ReadResult<Erased> {
        let first = self.look(|connection| {
            may_erase(connection, viewer)?;
            let first = asked_by(connection, person)?;
            if first == viewer.person() || person == viewer.person() {
                return Err(Refusal::NotYours.into());
            }
            Ok(first)
        })?;
        let erased = self.erase(person, Some(first), Some(viewer.person()), now)?;
        let small = |file: std::fs::Metadata| file.len() <= CLEANED_AT_ONCE;
        if let Some(dir) = self.dir()
            && std::fs::metadata(dir.join(sqlite::FILE)).is_ok_and(small)
        {
            // The person is erased. What cannot be cleaned now, since a backup is being made, is cleaned by the daily round.
            let _ = self.clean();
        }
        Ok(erased.ok_or(Refusal::NotFound)?)
    }
}
