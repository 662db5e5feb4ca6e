//! What people do about how they sign in themselves: another password, and the end of sign-ins elsewhere.

use trellis_core::access::Deed;
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use crate::Store;
use crate::db::{OptionalExtension, params};
use crate::journal::blob;
use crate::read::{ReadResult, allow_deed};
use crate::relation;
use crate::session::{Viewer, token_hash};

/// A place where somebody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Since when; `None` for one of before this was kept.
    pub since: Option<Timestamp>,
    /// When it ends by itself.
    pub until: Timestamp,
    /// Whether it is the one that asks.
    pub own: bool,
}

impl Store {
    /// The name that the viewer signs in with, where it goes with a password.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn own_login(&self, viewer: &Viewer) -> ReadResult<Option<String>> {
        self.look(|connection| {
            let sql = "SELECT login FROM credential WHERE person = ?1 AND kind = 'password'";
            let found: Option<Option<String>> = connection
                .prepare_cached(sql)?
                .query_row([blob(viewer.person().0)], |row| row.get(0))
                .optional()?;
            Ok(found.flatten())
        })
    }

    /// Where the viewer is signed in now; `token` is the one that asks.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn sign_ins(
        &self,
        viewer: &Viewer,
        token: &[u8],
        now: Timestamp,
    ) -> ReadResult<Vec<SignIn>> {
        let own = token_hash(token);
        self.look(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT since, expires_at, token_hash FROM session WHERE person = ?1 AND expires_at > ?2
                 ORDER BY expires_at DESC, token_hash",
            )?;
            let mut rows = statement.query(params![blob(viewer.person().0), now.0])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let since: Option<i64> = row.get(0)?;
                found.push(SignIn {
                    since: since.map(Timestamp),
                    until: Timestamp(row.get(1)?),
                    own: row.get::<[u8; 32]>(2)? == own,
                });
            }
            Ok(found)
        })
    }

    /// Ends every other sign-in of the viewer's.
    ///
    /// # Errors
    /// When the rows cannot be written.
    pub fn end_other_sign_ins(&self, viewer: &Viewer, token: &[u8]) -> ReadResult<()> {
        let (person, own) = (viewer.person(), token_hash(token));
        self.rows(move |rows| {
            rows.execute(
                "DELETE FROM session WHERE person = ?1 AND token_hash <> ?2",
                params![blob(person.0), own],
            )?;
            Ok(())
        })?;
        Ok(())
    }

    /// Gives the viewer another password, of which this is the slow hash, and ends every other sign-in of theirs. That they
    /// know the old one is for the caller to try.
    ///
    /// # Errors
    /// [`Refusal::NotYours`] for somebody who has no password; a failure when the rows cannot be written.
    pub fn change_password(
        &self,
        viewer: &Viewer,
        token: &[u8],
        slow_hash: &str,
    ) -> ReadResult<()> {
        if self.own_login(viewer)?.is_none() {
            return Err(Refusal::NotYours.into());
        }
        let (person, own, slow_hash) = (viewer.person(), token_hash(token), slow_hash.to_owned());
        self.rows(move |rows| {
            let id = blob(person.0);
            rows.execute(
                "UPDATE credential SET hash = ?2, failures = 0 WHERE person = ?1 AND kind = 'password'",
                params![id, slow_hash],
            )?;
            rows.execute(
                "DELETE FROM session WHERE person = ?1 AND token_hash <> ?2",
                params![id, own],
            )?;
            rows.execute("DELETE FROM invitation WHERE person = ?1", [id])?;
            Ok(())
        })?;
        Ok(())
    }

    /// Ends every sign-in of an adult with this id of the school, when a device is lost or somebody leaves in anger.
    ///
    /// # Errors
    /// A refusal when the viewer may not, or there is no adult of this id.
    pub fn end_sign_ins_of(&self, viewer: &Viewer, sourced_id: &str) -> ReadResult<()> {
        let person = self.look(|connection| {
            let relation = relation::to_district(connection, viewer.actor())?;
            allow_deed(relation, viewer, Deed::Release)?;
            let found: Option<([u8; 16], String)> = connection
                .prepare_cached("SELECT id, role FROM person WHERE sourced_id = ?1")?
                .query_row([sourced_id], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            match found {
                Some((id, role)) if role != Role::Learner.name() => {
                    Ok(PersonId(u128::from_be_bytes(id)))
                }
                _ => Err(Refusal::NotFound.into()),
            }
        })?;
        self.rows(move |rows| {
            rows.execute("DELETE FROM session WHERE person = ?1", [blob(person.0)])?;
            Ok(())
        })?;
        Ok(())
    }
}
