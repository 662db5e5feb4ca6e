//! Passkeys: public keys of people's own devices, and the questions that such a device answers once.

use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_core::time::Timestamp;

use crate::Store;
use crate::db::{Savepoint, params};
use crate::error::StoreError;
use crate::journal::{blob, from_blob};
use crate::reader;
use crate::session::{Viewer, token_hash};

/// A key that a device has just made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPasskey {
    /// Its name among all keys, as the device gave it.
    pub credential: Vec<u8>,
    /// What its owner calls it.
    pub name: String,
    /// How it signs, as <https://www.iana.org/assignments/cose> numbers it.
    pub algorithm: i64,
    /// The public half, as a `SubjectPublicKeyInfo` (RFC 5280).
    pub public_key: Vec<u8>,
    /// How often the device says that it has signed.
    pub counter: u32,
}

/// A key and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyOf {
    /// The person.
    pub person: PersonId,
    /// Their role.
    pub role: Role,
    /// How it signs.
    pub algorithm: i64,
    /// The public half.
    pub public_key: Vec<u8>,
    /// How often it had signed when it was last used.
    pub counter: u32,
}

/// A key as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Its name among all keys.
    pub credential: Vec<u8>,
    /// What its owner calls it.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
}

impl Store {
    /// Remembers a question until it is answered or its time is over. With a person it asks them to make a key; without
    /// one it asks anybody to sign in.
    ///
    /// # Errors
    /// When the row cannot be written.
    pub fn ask_passkey(
        &self,
        challenge: &[u8],
        person: Option<PersonId>,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        let hash = token_hash(challenge);
        self.rows(move |rows| {
            rows.execute("DELETE FROM passkey_question WHERE until <= ?1", [now.0])?;
            rows.execute(
                "INSERT INTO passkey_question (challenge_hash, person, until) VALUES (?1, ?2, ?3)",
                params![hash, person.map(|person| blob(person.0)), until.0],
            )?;
            Ok(())
        })
    }

    /// Takes a question away, so that nobody answers it twice; false when there is none like it for this person.
    ///
    /// # Errors
    /// When the row cannot be written.
    pub fn answer_passkey(
        &self,
        challenge: &[u8],
        person: Option<PersonId>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let hash = token_hash(challenge);
        // Nobody is the empty name: a comparison with nothing is never true.
        let person = person.map_or_else(Vec::new, |person| blob(person.0).to_vec());
        self.changes(move |rows| {
            rows.execute(
                "DELETE FROM passkey_question WHERE challenge_hash = ?1 AND coalesce(person, ?4) = ?2 AND until > ?3",
                params![hash, person, now.0, Vec::<u8>::new()],
            )
        })
    }

    /// Keeps a key of the viewer; false when that key is somebody's already.
    ///
    /// # Errors
    /// When the row cannot be written.
    pub fn add_passkey(
        &self,
        viewer: &Viewer,
        key: NewPasskey,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let person = viewer.person();
        self.changes(move |rows| {
            rows.execute(
                "INSERT INTO passkey (credential, person, name, algorithm, public_key, counter, since)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
                params![
                    key.credential,
                    blob(person.0),
                    key.name,
                    key.algorithm,
                    key.public_key,
                    i64::from(key.counter),
                    now.0
                ],
            )
        })
    }

    /// A key and whose it is; `None` for one that nobody has, and for people who left.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn passkey_of(&self, credential: &[u8]) -> Result<Option<PasskeyOf>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT person.id, person.role, passkey.algorithm, passkey.public_key, passkey.counter
                 FROM passkey JOIN person ON person.id = passkey.person
                 WHERE passkey.credential = ?1 AND person.left_at IS NULL",
            )?;
            let mut rows = statement.query([credential])?;
            let Some(row) = rows.next()? else {
                return Ok(None);
            };
            let (person, role): (Vec<u8>, String) = (row.get(0)?, row.get(1)?);
            Ok(Some(PasskeyOf {
                person: PersonId(from_blob(&person)?),
                role: reader::role(&role)?,
                algorithm: row.get(2)?,
                public_key: row.get(3)?,
                counter: row.get(4)?,
            }))
        })
    }

    /// Writes down that a key was used; false when it had been used with this count or a later one, as a copy of it would.
    /// Devices that do not count say nought for ever.
    ///
    /// # Errors
    /// When the row cannot be written.
    pub fn use_passkey(
        &self,
        credential: &[u8],
        counter: u32,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let credential = credential.to_vec();
        self.changes(move |rows| {
            rows.execute(
                "UPDATE passkey SET counter = ?2, used = ?3
                 WHERE credential = ?1 AND (counter < ?2 OR (counter = 0 AND ?2 = 0))",
                params![credential, i64::from(counter), now.0],
            )
        })
    }

    /// The viewer's keys, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn passkeys(&self, viewer: &Viewer) -> Result<Vec<Passkey>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT credential, name, since, used FROM passkey WHERE person = ?1 ORDER BY since, credential",
            )?;
            let mut rows = statement.query([blob(viewer.person().0)])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(Passkey {
                    credential: row.get(0)?,
                    name: row.get(1)?,
                    since: Timestamp(row.get(2)?),
                    used: row.get::<Option<i64>>(3)?.map(Timestamp),
                });
            }
            Ok(found)
        })
    }

    /// Takes a key of the viewer away, and ends every other sign-in that a key has opened for them.
    ///
    /// # Errors
    /// When the rows cannot be written.
    pub fn cut_passkey(
        &self,
        viewer: &Viewer,
        credential: &[u8],
        own_token: &[u8],
    ) -> Result<(), StoreError> {
        let (person, credential) = (viewer.person(), credential.to_vec());
        let own = token_hash(own_token);
        self.rows(move |rows| {
            let id = blob(person.0);
            rows.execute(
                "DELETE FROM passkey WHERE person = ?1 AND credential = ?2",
                params![id, credential],
            )?;
            rows.execute(
                "DELETE FROM session WHERE person = ?1 AND by_passkey = 1 AND token_hash <> ?2",
                params![id, own],
            )?;
            Ok(())
        })
    }
}

/// Takes all keys of a person away.
pub(crate) fn forget(rows: &Savepoint<'_>, person: PersonId) -> Result<(), StoreError> {
    for table in ["passkey", "passkey_question"] {
        let sql = format!("DELETE FROM {table} WHERE person = ?1");
        rows.execute(&sql, [blob(person.0)])?;
    }
    Ok(())
}
