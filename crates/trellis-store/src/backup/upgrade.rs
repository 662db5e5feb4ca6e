//! An upgrade that cannot spoil anything: a backup first, then the new schema on a copy, which takes the place of the
//! database in one step when everything in it was folded again and is equal.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use trellis_core::id::Seq;
use trellis_core::time::Timestamp;

use super::{BackupKey, Made, Manifest, backup, copy_database, hexadecimal, in_file};
use crate::db::Connection;
use crate::error::StoreError;
use crate::replay::Verified;
use crate::{Store, journal, private_file, refold, sqlite};

/// The folder in a database's folder in which its copy is brought up to date.
const WORKSHOP: &str = "upgrade.tmp";

/// What an upgrade did.
#[derive(Debug)]
pub struct Upgraded {
    /// The version of the schema before.
    pub from: u32,
    /// The version that this program writes.
    pub to: u32,
    /// What was done; nothing when the database was of this version already.
    pub done: Option<Done>,
}

/// The work of an upgrade.
#[derive(Debug)]
pub struct Done {
    /// The backup that was made first.
    pub backup: Made,
    /// What folding everything again found in the new database.
    pub verified: Verified,
    /// Whether the new database stands in its place. If not, the old one stands there as before.
    pub placed: bool,
}

/// Brings the database in a folder up to the version of this program. Nobody may be served from it meanwhile. A process that is
/// killed at any moment leaves the old database or the new one, whole.
///
/// # Errors
/// [`StoreError::Newer`] when a newer program has written it, [`StoreError::InUse`] when somebody serves from it; or the backup
/// or the copy cannot be made. Then the old database is as before.
pub fn upgrade(
    dir: &Path,
    backups: &Path,
    key: &BackupKey,
    now: Timestamp,
) -> Result<Upgraded, StoreError> {
    let database = dir.join(sqlite::FILE);
    let from = version_of(&sqlite::open_ours(&database)?)?;
    let to = sqlite::newest_version();
    let _nobody_else = sqlite::lock(dir)?;
    if from == to && refold::is_current(&sqlite::open_ours(&database)?)? {
        return Ok(Upgraded {
            from,
            to,
            done: None,
        });
    }
    let made = backup(dir, backups, key, now)?;
    let workshop = dir.join(WORKSHOP);
    clear(dir)?;
    private_file::make_folder(&workshop).map_err(in_file(&workshop))?;
    copy_database(dir, &workshop.join(sqlite::FILE))?;
    let verified = bring_up(&workshop, &made.manifest)?;
    let placed = verified.mismatches.is_empty();
    if placed {
        swap(&workshop, dir)?;
    }
    clear(dir)?;
    Ok(Upgraded {
        from,
        to,
        done: Some(Done {
            backup: made,
            verified,
            placed,
        }),
    })
}

/// Removes the copy that an upgrade has left which was killed. The caller has the folder for itself.
pub(super) fn clear(dir: &Path) -> Result<(), StoreError> {
    let workshop = dir.join(WORKSHOP);
    match std::fs::remove_dir_all(&workshop) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(in_file(&workshop)(error)),
        _ => Ok(()),
    }
}

fn version_of(connection: &Connection) -> Result<u32, StoreError> {
    Ok(connection
        .sqlite()?
        .pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Runs what is missing on the copy, folds everything again, and compares its journal with that of the backup.
fn bring_up(workshop: &Path, before: &Manifest) -> Result<Verified, StoreError> {
    let store = Store::open(workshop, false)?;
    let verified = store.verify(|_| {})?;
    let tip = store.read(journal::tip)?;
    if Seq(tip.seq) != Seq(before.events) || hexadecimal(tip.chain) != before.chain {
        return Err(StoreError::Corrupt(
            "the journal of the copy does not end where that of the database does".into(),
        ));
    }
    Ok(verified)
}

/// Brings the whole log of a folder's database into its file, so that the file alone is the database.
fn settle(dir: &Path) -> Result<PathBuf, StoreError> {
    let database = dir.join(sqlite::FILE);
    let connection = rusqlite::Connection::open(&database)?;
    let busy: i64 =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    drop(connection);
    let left = std::fs::metadata(sqlite::log_of(dir)).map_or(0, |log| log.len());
    // A log that stays would be read into whatever file has the name.
    if busy != 0 || left != 0 {
        return Err(StoreError::Busy);
    }
    let file = File::open(&database).map_err(in_file(&database))?;
    file.sync_all().map_err(in_file(&database))?;
    Ok(database)
}

/// The new database takes the name of the old one, in one step of the file system.
fn swap(workshop: &Path, dir: &Path) -> Result<(), StoreError> {
    let (old, new) = (settle(dir)?, settle(workshop)?);
    std::fs::rename(&new, &old).map_err(in_file(&old))?;
    private_file::sync_folder(dir).map_err(in_file(dir))
}
