//! Files that learners hand in, beside the journal: kept for one person, read by that person, their teachers and family.

use trellis_core::access::Read;
use trellis_core::id::PersonId;
use trellis_core::item::{LARGEST_UPLOAD, upload_kind};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use crate::db::params;
use crate::journal::{blob, from_blob};
use crate::read::{ReadError, ReadResult};
use crate::{Store, Viewer, media};

/// The most bytes that one person's files may have in all.
const MOST_OF_ONE: i64 = 200_000_000;

impl Store {
    /// Keeps a file of a learner before the response that names it. The same file is kept once.
    ///
    /// # Errors
    /// [`Refusal::TooLong`] when the file, or all files of the learner together, are too large, or the name is not that
    /// of the bytes; or the database cannot be written.
    pub fn keep_upload(
        &self,
        learner: PersonId,
        name: &str,
        bytes: Vec<u8>,
        now: Timestamp,
    ) -> ReadResult<()> {
        let named = name.split_once('.').map(|(hash, _)| hash);
        let fits = u32::try_from(bytes.len()).is_ok_and(|length| length <= LARGEST_UPLOAD);
        if upload_kind(name).is_none() || named != Some(media::hash(&bytes).as_str()) || !fits {
            return Err(Refusal::TooLong.into());
        }
        let held: i64 = self.read(|connection| {
            let sql = "SELECT COALESCE(SUM(LENGTH(bytes)), 0) FROM upload WHERE person = ?1";
            let mut statement = connection.prepare_cached(sql)?;
            Ok(statement.query_row([blob(learner.0)], |row| row.get(0))?)
        })?;
        if held.saturating_add(i64::try_from(bytes.len()).unwrap_or(i64::MAX)) > MOST_OF_ONE {
            return Err(Refusal::TooLong.into());
        }
        let name = name.to_owned();
        self.writer.rows(Box::new(move |rows| {
            rows.prepare_cached(
                "INSERT INTO upload (person, name, at, bytes) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            )?
            .execute(params![blob(learner.0), name, now.0, bytes])?;
            Ok(())
        }))?;
        Ok(())
    }

    /// A file that somebody handed in whose work the viewer may see.
    ///
    /// # Errors
    /// A refusal when there is none, or nobody's whose work the viewer may see.
    pub fn upload(&self, viewer: &Viewer, name: &str) -> ReadResult<Vec<u8>> {
        self.look(|connection| {
            let sql = "SELECT person FROM upload WHERE name = ?1";
            let mut statement = connection.prepare_cached(sql)?;
            let owners = statement.query_map([name], |row| row.get::<Vec<u8>>(0))?;
            let owners: Vec<Vec<u8>> = owners.collect::<Result<_, _>>()?;
            for owner in owners {
                let person = PersonId(from_blob(&owner)?);
                match self.allow_learner(connection, viewer, person, Read::Handed) {
                    Ok(()) => {}
                    Err(ReadError::Refused(_)) => continue,
                    Err(failed) => return Err(failed),
                }
                let sql = "SELECT bytes FROM upload WHERE person = ?1 AND name = ?2";
                let mut statement = connection.prepare_cached(sql)?;
                return Ok(statement.query_row(params![owner, name], |row| row.get(0))?);
            }
            Err(Refusal::NotFound.into())
        })
    }
}
