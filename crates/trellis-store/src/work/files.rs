//! Files of artifacts and of projects. Each has a random id; who may see it follows from where it stands.

use trellis_core::access::Relation;
use trellis_core::id::PersonId;
use trellis_core::item::{LARGEST_UPLOAD, upload_kind};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use super::{SharedWith, sees};
use crate::Store;
use crate::db::{Connection, OptionalExtension, Savepoint, params};
use crate::error::StoreError;
use crate::journal::{blob, from_blob};
use crate::media;
use crate::read::ReadResult;
use crate::relation;
use crate::session::Viewer;

/// The most bytes that one learner's files may have in all.
const MOST_OF_ONE: i64 = 200_000_000;

/// A file to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// Its id, drawn by the caller.
    pub id: u128,
    /// The hash of its bytes with the ending of its kind.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Whether a file is one that is taken, and there is room for it.
pub(super) fn room_for(
    connection: &Connection,
    learner: PersonId,
    file: Option<&NewFile>,
) -> ReadResult<()> {
    let Some(file) = file else {
        return Ok(());
    };
    let named = file.name.split_once('.').map(|(hash, _)| hash);
    let fits = u32::try_from(file.bytes.len()).is_ok_and(|length| length <= LARGEST_UPLOAD);
    if upload_kind(&file.name).is_none()
        || named != Some(media::hash(&file.bytes).as_str())
        || !fits
    {
        return Err(Refusal::TooLong.into());
    }
    let sql =
        "SELECT CAST(coalesce(sum(length(bytes)), 0) AS BIGINT) FROM work_file WHERE learner = ?1";
    let held: i64 = connection
        .prepare_cached(sql)?
        .query_row([blob(learner.0)], |row| row.get(0))?;
    let more = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
    if held.saturating_add(more) > MOST_OF_ONE {
        return Err(Refusal::TooLong.into());
    }
    Ok(())
}

/// Keeps a file; gives its id.
pub(super) fn keep(
    rows: &Savepoint<'_>,
    learner: PersonId,
    file: Option<NewFile>,
    now: Timestamp,
) -> Result<Option<u128>, StoreError> {
    let Some(file) = file else {
        return Ok(None);
    };
    rows.execute(
        "INSERT INTO work_file (id, learner, at, name, bytes) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
        params![blob(file.id), blob(learner.0), now.0, file.name, file.bytes],
    )?;
    Ok(Some(file.id))
}

/// Whether a file belongs to a project: that is handed in, and not kept for oneself.
fn is_handed_in(connection: &Connection, id: u128) -> ReadResult<bool> {
    let sql = "SELECT 1 FROM checkpoint_work WHERE file = ?1";
    let found = connection
        .prepare_cached(sql)?
        .query_row([blob(id)], |_| Ok(()))
        .optional()?;
    Ok(found.is_some())
}

/// With whom the artifact that a file belongs to is shared.
fn shared(connection: &Connection, id: u128) -> ReadResult<SharedWith> {
    let sql = "SELECT with_school, with_family FROM artifact WHERE file = ?1";
    let found: Option<(i64, i64)> = connection
        .prepare_cached(sql)?
        .query_row([blob(id)], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(
        found.map_or_else(SharedWith::default, |(school, family)| SharedWith {
            school: school == 1,
            family: family == 1,
        }),
    )
}

impl Store {
    /// The name and the bytes of a file of somebody's work.
    ///
    /// # Errors
    /// A refusal when there is none, or nothing that the viewer may see holds it.
    pub fn work_file(&self, viewer: &Viewer, id: u128) -> ReadResult<(String, Vec<u8>)> {
        self.look(|connection| {
            let found: Option<Vec<u8>> = connection
                .prepare_cached("SELECT learner FROM work_file WHERE id = ?1")?
                .query_row([blob(id)], |row| row.get(0))
                .optional()?;
            let learner = PersonId(from_blob(&found.ok_or(Refusal::NotFound)?)?);
            self.allow_learner(
                connection,
                viewer,
                learner,
                trellis_core::access::Read::LearnerWork,
            )?;
            let relation = relation::to_learner(connection, viewer.actor(), learner)?;
            let handed_in = matches!(relation, Relation::TeacherOf | Relation::GuardianOf)
                && is_handed_in(connection, id)?;
            if !handed_in && !sees(relation, shared(connection, id)?) {
                return Err(Refusal::NotYours.into());
            }
            Ok(connection
                .prepare_cached("SELECT name, bytes FROM work_file WHERE id = ?1")?
                .query_row([blob(id)], |row| Ok((row.get(0)?, row.get(1)?)))?)
        })
    }
}
