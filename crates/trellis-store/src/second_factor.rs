//! The second factor beside a password: its secret, its codes on paper, and sign-ins that wait for a code.

use std::sync::mpsc;

use trellis_core::id::PersonId;
use trellis_core::time::Timestamp;

use crate::Store;
use crate::db::{OptionalExtension, Savepoint, params};
use crate::error::StoreError;
use crate::journal::{blob, from_blob};
use crate::session::{Viewer, token_hash};

/// Bytes of a secret: as many as the hash of RFC 4226 has.
pub const SECRET_BYTES: usize = 20;

/// Somebody's second factor.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SecondFactor {
    /// The secret that the app shares.
    pub secret: [u8; SECRET_BYTES],
    /// Since when codes are asked for; `None` while it is being set up.
    pub since: Option<Timestamp>,
}

impl std::fmt::Debug for SecondFactor {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The secret stays out of every log.
        out.debug_struct("SecondFactor")
            .field("since", &self.since)
            .finish_non_exhaustive()
    }
}

fn code_hash(person: PersonId, code: &str) -> [u8; 32] {
    // 50 bits of chance and five tries: a fast hash is enough.
    let mut hasher = blake3::Hasher::new_derive_key("trellis recovery code 1");
    hasher.update(&blob(person.0));
    hasher.update(code.as_bytes());
    *hasher.finalize().as_bytes()
}

impl Store {
    /// The second factor of a person, set up or being set up.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn second_factor(&self, person: PersonId) -> Result<Option<SecondFactor>, StoreError> {
        self.read(|connection| {
            let sql = "SELECT secret, since FROM second_factor WHERE person = ?1";
            let found: Option<([u8; SECRET_BYTES], Option<i64>)> = connection
                .prepare_cached(sql)?
                .query_row([blob(person.0)], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            Ok(found.map(|(secret, since)| SecondFactor {
                secret,
                since: since.map(Timestamp),
            }))
        })
    }

    /// How many codes on paper are left to the viewer.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn recovery_codes_left(&self, viewer: &Viewer) -> Result<u32, StoreError> {
        self.read(|connection| {
            let sql = "SELECT count(*) FROM recovery_code WHERE person = ?1";
            Ok(connection.query_row(sql, [blob(viewer.person().0)], |row| row.get(0))?)
        })
    }

    /// Keeps a secret for the viewer until they have shown that their app has it; one that is in use stays.
    ///
    /// # Errors
    /// When the row cannot be written.
    pub fn begin_second_factor(
        &self,
        viewer: &Viewer,
        secret: [u8; SECRET_BYTES],
    ) -> Result<(), StoreError> {
        let person = viewer.person();
        self.rows(move |rows| {
            rows.execute(
                "INSERT INTO second_factor (person, secret, last_step) VALUES (?1, ?2, 0)
                 ON CONFLICT (person) DO UPDATE SET secret = excluded.secret, last_step = 0
                   WHERE second_factor.since IS NULL",
                params![blob(person.0), secret],
            )?;
            Ok(())
        })
    }

    /// From now on codes are asked for. `step` is the half minute of the code that was shown, and cannot be used again.
    ///
    /// # Errors
    /// When the rows cannot be written.
    pub fn confirm_second_factor(
        &self,
        viewer: &Viewer,
        step: i64,
        recovery_codes: &[String],
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let person = viewer.person();
        let hashes: Vec<[u8; 32]> = recovery_codes
            .iter()
            .map(|code| code_hash(person, code))
            .collect();
        self.rows(move |rows| {
            let id = blob(person.0);
            rows.execute(
                "UPDATE second_factor SET since = ?2, last_step = ?3 WHERE person = ?1",
                params![id, now.0, step],
            )?;
            rows.execute("DELETE FROM recovery_code WHERE person = ?1", [id])?;
            for hash in &hashes {
                rows.execute(
                    "INSERT INTO recovery_code (person, hash) VALUES (?1, ?2)",
                    params![id, hash],
                )?;
            }
            Ok(())
        })
    }

    /// Takes the second factor away, with its codes on paper.
    ///
    /// # Errors
    /// When the rows cannot be written.
    pub fn end_second_factor(&self, person: PersonId) -> Result<(), StoreError> {
        self.rows(move |rows| forget(rows, person))
    }

    /// Uses the code of a half minute; false when it, or a later one, was used before.
    ///
    /// # Errors
    /// When the row cannot be written.
    pub fn use_step(&self, person: PersonId, step: i64) -> Result<bool, StoreError> {
        self.changes(move |rows| {
            rows.execute(
                "UPDATE second_factor SET last_step = ?2 WHERE person = ?1 AND last_step < ?2",
                params![blob(person.0), step],
            )
        })
    }

    /// Uses a code on paper; false when there is none like it.
    ///
    /// # Errors
    /// When the row cannot be written.
    pub fn use_recovery_code(&self, person: PersonId, code: &str) -> Result<bool, StoreError> {
        let hash = code_hash(person, code);
        self.changes(move |rows| {
            rows.execute(
                "DELETE FROM recovery_code WHERE person = ?1 AND hash = ?2",
                params![blob(person.0), hash],
            )
        })
    }

    /// Remembers that this person's password was right, until a code comes.
    ///
    /// # Errors
    /// When the row cannot be written.
    pub fn begin_half_sign_in(
        &self,
        token: &[u8],
        person: PersonId,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        let hash = token_hash(token);
        self.rows(move |rows| {
            rows.execute("DELETE FROM half_sign_in WHERE until <= ?1", [now.0])?;
            rows.execute(
                "INSERT INTO half_sign_in (token_hash, person, until) VALUES (?1, ?2, ?3)",
                params![hash, blob(person.0), until.0],
            )?;
            Ok(())
        })
    }

    /// Whose password was right, by the token of that moment.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn half_signed_in(
        &self,
        token: &[u8],
        now: Timestamp,
    ) -> Result<Option<PersonId>, StoreError> {
        let hash = token_hash(token);
        self.read(|connection| {
            let found: Option<Vec<u8>> = connection
                .prepare_cached(
                    "SELECT person FROM half_sign_in WHERE token_hash = ?1 AND until > ?2",
                )?
                .query_row(params![hash, now.0], |row| row.get(0))
                .optional()?;
            found.map(|id| Ok(PersonId(from_blob(&id)?))).transpose()
        })
    }

    /// Ends the waiting for a code.
    ///
    /// # Errors
    /// When the row cannot be written.
    pub fn end_half_sign_in(&self, token: &[u8]) -> Result<(), StoreError> {
        let hash = token_hash(token);
        self.rows(move |rows| {
            rows.execute("DELETE FROM half_sign_in WHERE token_hash = ?1", [hash])?;
            Ok(())
        })
    }

    /// Runs one statement; whether it changed a row.
    pub(crate) fn changes(
        &self,
        change: impl FnOnce(&Savepoint<'_>) -> Result<usize, crate::db::Error> + Send + 'static,
    ) -> Result<bool, StoreError> {
        let (tell, told) = mpsc::channel();
        self.rows(move |rows| {
            let count = change(rows)?;
            // Nobody listens any more when the caller is gone.
            let _ = tell.send(count);
            Ok(())
        })?;
        Ok(told.recv().unwrap_or(0) > 0)
    }
}

/// Takes the second factor of a person away.
pub(crate) fn forget(rows: &Savepoint<'_>, person: PersonId) -> Result<(), StoreError> {
    for table in ["second_factor", "recovery_code", "half_sign_in"] {
        let sql = format!("DELETE FROM {table} WHERE person = ?1");
        rows.execute(&sql, [blob(person.0)])?;
    }
    Ok(())
}
