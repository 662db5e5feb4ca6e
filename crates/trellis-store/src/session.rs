//! Signing in: credentials, sign-ins by a token of which only a hash is kept, and the [`Viewer`] that every read wants.

use trellis_core::context::Actor;
use trellis_core::id::{PersonId, SectionId};
use trellis_core::people::Role;
use trellis_core::time::Timestamp;

use crate::db::{OptionalExtension, Savepoint, params};
use crate::error::StoreError;
use crate::journal::{blob, from_blob};
use crate::{Store, reader};

/// How long a learner's sign-in may lie unused: devices in a classroom go from hand to hand.
const IDLE_LEARNER_MS: i64 = 20 * 60_000;
/// How long an adult's sign-in may lie unused.
const IDLE_ADULT_MS: i64 = 60 * 60_000;
/// That a sign-in is used is written down in steps of so long.
const SEEN_STEP_MS: i64 = 5 * 60_000;

/// When a sign-in that is used at `seen`, and no more, ends.
fn idle_end(role: Role, seen: Timestamp) -> Timestamp {
    // What is written down may be a step behind what was used: nobody is sent away early.
    let idle = match role {
        Role::Learner => IDLE_LEARNER_MS,
        Role::Guardian | Role::Teacher | Role::Leader | Role::Operator => IDLE_ADULT_MS,
    };
    seen.plus_ms(idle + SEEN_STEP_MS)
}

/// Tries that a learner has before a teacher must release the sign-in.
pub const MOST_FAILURES: u32 = 5;

/// Somebody who is signed in. Only a session in the database can make one, so no page reads past the access table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer {
    actor: Actor,
    section: Option<SectionId>,
    at: Timestamp,
    password_alone: bool,
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

    /// Whether they signed in with a password, and nothing beside it.
    #[must_use]
    pub fn password_alone(&self) -> bool {
        self.password_alone
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

/// A sign-in, with what ends it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SignedIn {
    pub(crate) viewer: Viewer,
    pub(crate) expires_at: Timestamp,
    /// When it was used the last time, in steps.
    pub(crate) seen: Timestamp,
}

impl SignedIn {
    /// When it ends, if nobody uses it any more.
    fn ends_at(&self) -> Timestamp {
        self.expires_at.min(idle_end(self.viewer.role(), self.seen))
    }
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
        self.open_session(token, person, section, (now, expires_at), false)
    }

    /// The same for somebody whom a device of theirs has asked who they are: more than a password.
    ///
    /// # Errors
    /// When the row cannot be written.
    pub fn sign_in_by_passkey(
        &self,
        token: &[u8],
        person: PersonId,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), StoreError> {
        self.open_session(token, person, None, (now, expires_at), true)
    }

    fn open_session(
        &self,
        token: &[u8],
        person: PersonId,
        section: Option<SectionId>,
        (now, expires_at): (Timestamp, Timestamp),
        by_passkey: bool,
    ) -> Result<(), StoreError> {
        let hash = token_hash(token);
        self.rows(move |rows| {
            rows.execute("DELETE FROM session WHERE expires_at <= ?1", [now.0])?;
            rows.execute(
                "INSERT INTO session (token_hash, person, section, expires_at, since, seen, by_passkey)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)",
                params![
                    hash,
                    blob(person.0),
                    section.map(|id| blob(id.0)),
                    expires_at.0,
                    now.0,
                    by_passkey.then_some(1i64)
                ],
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

    /// Who a token stands for now, who uses it with that; `None` for a token that is unknown, has expired or was not used
    /// for long, and for people who left.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn viewer(&self, token: &[u8], now: Timestamp) -> Result<Option<Viewer>, StoreError> {
        let hash = token_hash(token);
        let Some(known) = self.signed_in(&hash, now)? else {
            return Ok(None);
        };
        if known.seen.plus_ms(SEEN_STEP_MS) <= now {
            self.seen(hash, now);
        }
        Ok(Some(known.viewer))
    }

    /// The same for what a device asks by itself: that nobody need have touched it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn viewer_of_device(
        &self,
        token: &[u8],
        now: Timestamp,
    ) -> Result<Option<Viewer>, StoreError> {
        let known = self.signed_in(&token_hash(token), now)?;
        Ok(known.map(|known| known.viewer))
    }

    fn signed_in(&self, hash: &[u8; 32], now: Timestamp) -> Result<Option<SignedIn>, StoreError> {
        let known = match self.at_hand.signed_in(hash) {
            Some(known) => Some(known),
            None => {
                // Asked before reading: what changes in between makes the memory of this reading worthless, not wrong.
                let roster = self.at_hand.roster();
                let found = self.look_up(hash, now)?;
                if let Some(found) = found {
                    self.at_hand.remember(*hash, found, roster);
                }
                found
            }
        };
        Ok(known
            .filter(|known| known.ends_at() > now)
            .map(|known| SignedIn {
                viewer: Viewer {
                    at: now,
                    ..known.viewer
                },
                ..known
            }))
    }

    /// Writes down that a sign-in is used, and waits for nothing.
    fn seen(&self, hash: [u8; 32], now: Timestamp) {
        self.at_hand.seen(&hash, now);
        let job = move |rows: &Savepoint<'_>| {
            rows.execute(
                "UPDATE session SET seen = ?2 WHERE token_hash = ?1 AND coalesce(seen, 0) < ?2",
                params![hash, now.0],
            )?;
            Ok(())
        };
        // Where too much waits or the disk is full, the next step says it again.
        let _ = self.writer.note(Box::new(job), Box::new(|_| ()));
    }

    /// A sign-in as it stands in the database, with the end of it.
    fn look_up(&self, hash: &[u8; 32], now: Timestamp) -> Result<Option<SignedIn>, StoreError> {
        self.read(|connection| {
            let found = connection
                .prepare_cached(
                    "SELECT person.id, person.role, session.section, session.expires_at,
                       coalesce(session.seen, session.since, ?2),
                       CASE WHEN credential.kind = 'password' AND second_factor.since IS NULL
                         AND session.by_passkey IS NULL THEN 1 ELSE 0 END
                     FROM session
                     JOIN person ON person.id = session.person
                     LEFT JOIN credential ON credential.person = person.id
                     LEFT JOIN second_factor ON second_factor.person = person.id
                     WHERE session.token_hash = ?1 AND session.expires_at > ?2 AND person.left_at IS NULL",
                )?
                .query_row(params![hash, now.0], |row| {
                    Ok((
                        row.get::<Vec<u8>>(0)?,
                        row.get::<String>(1)?,
                        row.get::<Option<Vec<u8>>>(2)?,
                        row.get::<i64>(3)?,
                        row.get::<i64>(4)?,
                        row.get::<i64>(5)?,
                    ))
                })
                .optional()?;
            let Some((person, role, section, expires_at, seen, password_alone)) = found else {
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
                password_alone: password_alone == 1,
            };
            Ok(Some(SignedIn {
                viewer,
                expires_at: Timestamp(expires_at),
                seen: Timestamp(seen),
            }))
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
