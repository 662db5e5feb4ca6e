//! Who signs in at another service: that service's own name for a person, linked to the person once and for all.

use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_core::time::Timestamp;

use crate::Store;
use crate::db::{OptionalExtension, params};
use crate::error::StoreError;
use crate::journal::{blob, from_blob};
use crate::reader;
use crate::session::Viewer;

/// What came of linking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Linked {
    /// It is linked, now or before.
    Yes,
    /// The person has another name at that service, or that name is another person's.
    Taken,
}

/// A service at which somebody signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOn {
    /// The service, by its address.
    pub issuer: String,
    /// Since when.
    pub since: Timestamp,
}

impl Store {
    /// Who a subject of an issuer is here, with their role; `None` for one that is not linked, and for people who left.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn signed_on(
        &self,
        issuer: &str,
        subject: &str,
    ) -> Result<Option<(PersonId, Role)>, StoreError> {
        self.of_person(
            "JOIN sign_on ON sign_on.person = person.id WHERE sign_on.issuer = ?1 AND sign_on.subject = ?2",
            params![issuer, subject],
        )
    }

    /// The person of this id of the school, with their role; `None` for people who left.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn on_roster(&self, sourced_id: &str) -> Result<Option<(PersonId, Role)>, StoreError> {
        self.of_person("WHERE sourced_id = ?1", params![sourced_id])
    }

    fn of_person(
        &self,
        which: &str,
        values: impl crate::db::Params,
    ) -> Result<Option<(PersonId, Role)>, StoreError> {
        self.read(|connection| {
            let sql = format!(
                "SELECT person.id, person.role FROM person {which} AND person.left_at IS NULL"
            );
            let found: Option<(Vec<u8>, String)> = connection
                .prepare_cached(&sql)?
                .query_row(values, |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            let of_row = |(id, role): (Vec<u8>, String)| {
                Ok((PersonId(from_blob(&id)?), reader::role(&role)?))
            };
            found.map(of_row).transpose()
        })
    }

    /// Links a subject of an issuer to a person. Where either is linked otherwise, nothing changes.
    ///
    /// # Errors
    /// When the row cannot be written.
    pub fn link_sign_on(
        &self,
        issuer: &str,
        subject: &str,
        person: PersonId,
        now: Timestamp,
    ) -> Result<Linked, StoreError> {
        let (of, name) = (issuer.to_owned(), subject.to_owned());
        self.rows(move |rows| {
            rows.execute(
                "INSERT INTO sign_on (issuer, subject, person, since) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
                params![of, name, blob(person.0), now.0],
            )?;
            Ok(())
        })?;
        Ok(match self.signed_on(issuer, subject)? {
            Some((whose, _)) if whose == person => Linked::Yes,
            _ => Linked::Taken,
        })
    }

    /// Where the viewer signs in elsewhere.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn sign_ons(&self, viewer: &Viewer) -> Result<Vec<SignOn>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT issuer, since FROM sign_on WHERE person = ?1 ORDER BY issuer",
            )?;
            let mut rows = statement.query([blob(viewer.person().0)])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(SignOn {
                    issuer: row.get(0)?,
                    since: Timestamp(row.get(1)?),
                });
            }
            Ok(found)
        })
    }

    /// Cuts the viewer's link to a service.
    ///
    /// # Errors
    /// When the row cannot be written.
    pub fn cut_sign_on(&self, viewer: &Viewer, issuer: &str) -> Result<(), StoreError> {
        let (person, issuer) = (viewer.person(), issuer.to_owned());
        self.rows(move |rows| {
            rows.execute(
                "DELETE FROM sign_on WHERE person = ?1 AND issuer = ?2",
                params![blob(person.0), issuer],
            )?;
            Ok(())
        })
    }
}
