//! Backups: a consistent copy of a database that may be in use, encrypted and checked; and the way back.

mod key;
mod restore;
mod sealed;
mod upgrade;

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use trellis_core::id::Seq;
use trellis_core::time::Timestamp;

use crate::db::Connection;
use crate::error::StoreError;
use crate::journal::{self, Tip};
use crate::{private_file, sqlite};

pub use key::{BackupKey, KeyName};
pub use restore::{Origin, Restored, Terms, newest, read_manifest, restore};
pub use upgrade::{Done, Upgraded, upgrade};

/// What a finished backup's name ends with.
pub const ENDING: &str = "trellisbackup";
/// What the name of one that is not finished ends with.
const UNFINISHED: &str = "part";
/// The copy in the clear, beside the database that it was taken from, until it is encrypted.
const COPY: &str = "trellis.backup.tmp";
/// The file that keeps a second backup of the same database out.
const LOCK: &str = "trellis.backup.lock";

/// What a backup says about itself, encrypted with the rest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// When it was made.
    pub made_at: Timestamp,
    /// The program that made it.
    pub program: String,
    /// The version of the database's schema.
    pub schema: u32,
    /// How many events the journal holds: the place of the last.
    pub events: u64,
    /// The hash chain at that place, in hexadecimal digits.
    pub chain: String,
    /// The length of the database, in bytes.
    pub bytes: u64,
}

/// A backup that was made.
#[derive(Debug, Clone)]
pub struct Made {
    /// The file.
    pub path: PathBuf,
    /// What it holds.
    pub manifest: Manifest,
    /// The length of the file, in bytes.
    pub bytes: u64,
}

fn in_file(path: &Path) -> impl FnOnce(io::Error) -> StoreError + '_ {
    |source| StoreError::File {
        path: path.to_path_buf(),
        source,
    }
}

fn hexadecimal(chain: [u8; 32]) -> String {
    blake3::Hash::from_bytes(chain).to_hex().to_string()
}

/// A file that goes away with its holder, unless it was kept.
struct Passing(Option<PathBuf>);

impl Passing {
    fn keep(mut self) {
        self.0 = None;
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // It may never have been made; the next backup clears what stays.
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Copies a database as it is at one moment, checks the copy's hash chain, and writes it, encrypted, to a new file in the
/// folder `to`. The database may be in use; whoever answers meanwhile does not wait. The file has its name only once all of it
/// is on the disk.
///
/// # Errors
/// [`StoreError`] when there is no database, its chain is broken, another backup of it is under way, the disk is full, or a
/// file cannot be written. Then there is no new backup.
pub fn backup(dir: &Path, to: &Path, key: &BackupKey, now: Timestamp) -> Result<Made, StoreError> {
    let _alone = sqlite::lock_file(&dir.join(LOCK))?;
    let copy = dir.join(COPY);
    remove(&copy)?;
    let _gone_at_the_end = Passing(Some(copy.clone()));
    let schema = copy_database(dir, &copy)?;
    let tip = checked_tip(&copy)?;
    let manifest = Manifest {
        made_at: now,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema,
        events: tip.seq,
        chain: hexadecimal(tip.chain),
        bytes: std::fs::metadata(&copy).map_err(in_file(&copy))?.len(),
    };
    private_file::make_folder(to).map_err(in_file(to))?;
    let path = to.join(format!(
        "trellis-{}-{:010}.{ENDING}",
        now.file_stamp(),
        tip.seq
    ));
    let part = path.with_extension(UNFINISHED);
    let unfinished = Passing(Some(part.clone()));
    let bytes = write_sealed(&copy, &part, &manifest, key)?;
    if path.exists() {
        return Err(in_file(&path)(io::ErrorKind::AlreadyExists.into()));
    }
    std::fs::rename(&part, &path).map_err(in_file(&path))?;
    unfinished.keep();
    private_file::sync_folder(to).map_err(in_file(to))?;
    Ok(Made {
        path,
        manifest,
        bytes,
    })
}

/// Removes what a backup or an upgrade that was killed has left of itself in a database's folder: a copy in the clear. A backup
/// that is under way is left; the caller has the folder, so no upgrade is.
pub(crate) fn clear(dir: &Path) -> Result<(), StoreError> {
    upgrade::clear(dir)?;
    if dir.join(LOCK).exists() {
        let _alone = sqlite::lock_file(&dir.join(LOCK))?;
        remove(&dir.join(COPY))?;
    }
    Ok(())
}

/// What an earlier backup left when it was killed. Nobody else is at it: the lock is ours.
fn remove(copy: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(copy) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(in_file(copy)(error)),
        _ => Ok(()),
    }
}

/// Writes a copy without holes and without free pages, in which something erased could stand. Gives the schema's version.
fn copy_database(dir: &Path, copy: &Path) -> Result<u32, StoreError> {
    let connection = sqlite::open_ours(&dir.join(sqlite::FILE))?;
    // SQLite writes into an empty file, and this one nobody else can read.
    drop(private_file::create_new(copy).map_err(in_file(copy))?);
    let name = copy.to_str().ok_or_else(|| StoreError::File {
        path: copy.to_path_buf(),
        source: io::Error::new(io::ErrorKind::InvalidInput, "the name is not plain text"),
    })?;
    // Readers may otherwise write nothing at all, and this writes to another file.
    connection
        .sqlite()?
        .pragma_update(None, "query_only", false)?;
    connection.execute("VACUUM INTO ?1", [name])?;
    Ok(connection
        .sqlite()?
        .pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// The end of a database's journal, after the chain was followed to it.
fn checked_tip(database: &Path) -> Result<Tip, StoreError> {
    let connection = sqlite::open_ours(database)?;
    journal::follow_chain(&connection)
}

fn write_sealed(
    copy: &Path,
    part: &Path,
    manifest: &Manifest,
    key: &BackupKey,
) -> Result<u64, StoreError> {
    let from = File::open(copy).map_err(in_file(copy))?;
    let write = || -> io::Result<u64> {
        let _ = std::fs::remove_file(part);
        let file = private_file::create_new(part)?;
        let mut sealer = sealed::Sealer::new(BufWriter::new(file), key)?;
        let head = serde_json::to_vec(manifest)?;
        let length = u32::try_from(head.len()).map_err(io::Error::other)?;
        sealer.write_all(&length.to_be_bytes())?;
        sealer.write_all(&head)?;
        io::copy(&mut BufReader::new(from), &mut sealer)?;
        let file = sealer.finish()?.into_inner().map_err(io::Error::other)?;
        file.sync_all()?;
        Ok(file.metadata()?.len())
    };
    write().map_err(|error| match error.kind() {
        io::ErrorKind::StorageFull => StoreError::DiskFull,
        _ => in_file(part)(error),
    })
}

/// The finished backups in a folder, oldest first.
///
/// # Errors
/// When the folder cannot be read.
pub fn backups(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(in_file(folder))? {
        let path = entry.map_err(in_file(folder))?.path();
        let ours = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("trellis-"));
        if ours && path.extension().is_some_and(|ending| ending == ENDING) {
            found.push(path);
        }
    }
    // The name begins with the moment, so the order of names is the order of time.
    found.sort();
    Ok(found)
}

/// Removes the oldest backups of a folder, so that `keep` stay. Gives those that were removed.
///
/// # Errors
/// When the folder cannot be read or a file cannot be removed.
pub fn keep_newest(folder: &Path, keep: usize) -> Result<Vec<PathBuf>, StoreError> {
    let mut found = backups(folder)?;
    found.truncate(found.len().saturating_sub(keep));
    for path in &found {
        std::fs::remove_file(path).map_err(in_file(path))?;
    }
    Ok(found)
}

/// Whether the journal of the database in a folder goes through the place at which a backup was made. If it does not, events
/// that were in the backup are missing or were changed since, even if the database is whole in itself.
///
/// # Errors
/// When the database cannot be read.
pub fn is_continued_by(manifest: &Manifest, dir: &Path) -> Result<bool, StoreError> {
    let connection = sqlite::open_ours(&dir.join(sqlite::FILE))?;
    let Ok(chain) = blake3::Hash::from_hex(&manifest.chain) else {
        return Ok(false);
    };
    journal::goes_through(&connection, Seq(manifest.events), chain.as_bytes())
}

/// Whether a connection's journal ends where a manifest says.
fn ends_as(connection: &Connection, manifest: &Manifest) -> Result<bool, StoreError> {
    let tip = journal::follow_chain(connection)?;
    Ok(tip.seq == manifest.events && hexadecimal(tip.chain) == manifest.chain)
}
