//! Signing in: credentials, sign-ins by a token of which only a hash is kept, and the [`Viewer`] that every read wants.

use trellis_core::context::Actor;
use trellis_core::id::{PersonId, SectionId};
use trellis_core::people::Role;
use trellis_core::time::Timestamp;

use crate::db::{OptionalExtension, Savepoint, params};
use crate::error::StoreError;
use crate::journal::{blob, from_blob};
use crate::{Store, reader};

/// Tries that a learner has before a teacher must release the sign-in.
pub const MOST_FAILURES: u32 = 5;

/// Somebody who is signed in. Only a session in the database can make one, so no page reads past the access table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer {
    actor: Actor,
    section: Option<SectionId>,
    at: Timestamp,
}

impl Viewer {
    /// Who it is, for commands.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.actor
    }

    /// The person.
    #[must_use]
    pub fn person(&self) -> PersonId {
        self.actor.person
    }

    /// Their role.
    #[must_use]
    pub fn role(&self) -> Role {
        self.actor.role
    }

    /// When they asked for what they look at.
    pub(crate) fn at(&self) -> Timestamp {
        self.at
    }

    /// The section in whose class session a learner signed in.
    #[must_use]
    pub fn section(&self) -> Option<SectionId> {
        self.section
    }
}

/// What lets somebody in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The person.
    pub person: PersonId,
    /// `pictures` or `password`.
    pub kind: String,
    /// A slow hash, in the PHC string format.
    pub hash: String,
    /// Wrong tries since the last right one.
    pub failures: u32,
}

pub(crate) fn token_hash(token: &[u8]) -> [u8; 32] {
    *blake3::hash(token).as_bytes()
}

/// Sets the counts of somebody's wrong tries back to nothing.
pub(crate) fn forgive(rows: &Savepoint<'_>, person: PersonId) -> Result<(), StoreError> {
    for table in ["credential", "badge"] {
        let sql = format!("UPDATE {table} SET failures = 0 WHERE person = ?1");
        rows.execute(&sql, [blob(person.0)])?;
    }
    Ok(())
}

impl Store {
    /// Signs somebody in: from now on `token` stands for them, until it expires or they sign out.
    ///
    /// # Errors
    /// When the row cannot be written.
    pub fn sign_in(
        &self,
        token: &[u8],
        person: PersonId,
        section: Option<SectionId>,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        let hash = token_hash(token);
        self.rows(move |rows| {
            rows.execute("DELETE FROM session WHERE expires_at <= ?1", [now.0])?;
            rows.execute(
                "INSERT INTO session (token_hash, person, section, expires_at, since) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![hash, blob(person.0), section.map(|id| blob(id.0)), expires_at.0, now.0],
            )?;
            forgive(rows, person)
        })
    }

    /// Sets the count of somebody's wrong tries back to nothing, after a right one that signs nobody in.
    ///
    /// # Errors
    /// When the rows cannot be written.
    pub fn forgive(&self, person: PersonId) -> Result<(), StoreError> {
        self.rows(move |rows| forgive(rows, person))
    }

    /// Ends a sign-in.
    ///
    /// # Errors
    /// When the row cannot be written.
    pub fn sign_out(&self, token: &[u8]) -> Result<(), StoreError> {
        let hash = token_hash(token);
        self.rows(move |rows| {
            rows.execute("DELETE FROM session WHERE token_hash = ?1", [hash])?;
            Ok(())
        })
    }

    /// Who a token stands for now; `None` for a token that is unknown or has expired, and for people who left.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn viewer(&self, token: &[u8], now: Timestamp) -> Result<Option<Viewer>, StoreError> {
        let hash = token_hash(token);
        if let Some(known) = self.at_hand.signed_in(&hash) {
            let viewer = Viewer {
                at: now,
                ..known.viewer
            };
            return Ok((known.expires_at > now).then_some(viewer));
        }
        // Asked before reading: what changes in between makes the memory of this reading worthless, not wrong.
        let roster = self.at_hand.roster();
        let found = self.look_up(&hash, now)?;
        if let Some((viewer, expires_at)) = found {
            self.at_hand.remember(hash, viewer, expires_at, roster);
        }
        Ok(found.map(|(viewer, _)| viewer))
    }

    /// A sign-in as it stands in the database, with the end of it.
    fn look_up(
        &self,
        hash: &[u8; 32],
        now: Timestamp,
    ) -> Result<Option<(Viewer, Timestamp)>, StoreError> {
        self.read(|connection| {
            let found = connection
                .prepare_cached(
                    "SELECT person.id, person.role, session.section, session.expires_at FROM session
                     JOIN person ON person.id = session.person
                     WHERE session.token_hash = ?1 AND session.expires_at > ?2 AND person.left_at IS NULL",
                )?
                .query_row(params![hash, now.0], |row| {
                    Ok((
                        row.get::<Vec<u8>>(0)?,
                        row.get::<String>(1)?,
                        row.get::<Option<Vec<u8>>>(2)?,
                        row.get::<i64>(3)?,
                    ))
                })
                .optional()?;
            let Some((person, role, section, expires_at)) = found else {
                return Ok(None);
            };
            let role = reader::role(&role)?;
            let section = section
                .map(|bytes| from_blob(&bytes))
                .transpose()?
                .map(SectionId);
            let viewer = Viewer {
                actor: Actor {
                    person: PersonId(from_blob(&person)?),
                    role,
                },
                section,
                at: now,
            };
            Ok(Some((viewer, Timestamp(expires_at))))
        })
    }

    /// Sets what lets each of these people in, all or none: person, kind, login name, slow hash.
    ///
    /// # Errors
    /// When a row cannot be written, or two people have one login name; then nothing has changed.
    pub fn set_credentials(
        &self,
        credentials: Vec<(PersonId, &'static str, Option<String>, String)>,
    ) -> Result<(), StoreError> {
        self.rows(move |rows| {
            let mut insert = rows.prepare(
                "INSERT INTO credential (person, kind, login, hash, failures) VALUES (?1, ?2, ?3, ?4, 0)
                 ON CONFLICT (person) DO UPDATE SET kind = excluded.kind, login = excluded.login,
                   hash = excluded.hash, failures = 0",
            )?;
            for (person, kind, login, hash) in &credentials {
                insert.execute(params![blob(person.0), kind, login, hash])?;
            }
            Ok(())
        })
    }

    /// The credential of a person.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn credential(&self, person: PersonId) -> Result<Option<Credential>, StoreError> {
        self.find_credential("person = ?1", params![blob(person.0)])
    }

    /// The credential that belongs to a login name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn credential_by_login(&self, login: &str) -> Result<Option<Credential>, StoreError> {
        self.find_credential("login = ?1", params![login])
    }

    fn find_credential(
        &self,
        by: &str,
        values: impl crate::db::Params,
    ) -> Result<Option<Credential>, StoreError> {
        self.read(|connection| {
            let sql = format!("SELECT person, kind, hash, failures FROM credential WHERE {by}");
            let found = connection
                .prepare_cached(&sql)?
                .query_row(values, |row| {
                    Ok((
                        row.get::<Vec<u8>>(0)?,
                        row.get(1)?,
                        row.get(2)?,
                        row.get(3)?,
                    ))
                })
                .optional()?;
            found
                .map(|(person, kind, hash, failures)| {
                    Ok(Credential {
                        person: PersonId(from_blob(&person)?),
                        kind,
                        hash,
                        failures,
                    })
                })
                .transpose()
        })
    }

    /// Counts a wrong try.
    ///
    /// # Errors
    /// When the row cannot be written.
    pub fn count_failure(&self, person: PersonId) -> Result<(), StoreError> {
        self.rows(move |rows| {
            rows.execute(
                "UPDATE credential SET failures = failures + 1 WHERE person = ?1",
                [blob(person.0)],
            )?;
            Ok(())
        })
    }
}
