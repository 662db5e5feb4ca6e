//! The way back: a database from a backup or from a second copy, put in place only after it was folded again and compared.

use std::fs::File;
use std::io::{self, BufReader, BufWriter};
use std::path::{Path, PathBuf};

use trellis_core::time::Timestamp;

use super::sealed::Opener;
use super::{BackupKey, ENDING, Manifest, backups, ends_as, in_file};
use crate::error::{SealFault, StoreError};
use crate::replay::Verified;
use crate::{Store, private_file, sqlite};

/// The longest manifest, in bytes.
const LONGEST_MANIFEST: usize = 64 * 1024;

/// Where a database comes from.
#[derive(Debug)]
pub enum Origin<'a> {
    /// A backup and the key that it was made with.
    Backup(&'a Path, &'a BackupKey),
    /// The folder to which every commit was copied.
    Second(&'a Path),
}

/// How a restore is to go.
#[derive(Debug, Clone, Copy, Default)]
pub struct Terms {
    /// Only try it: nothing is put in place.
    pub try_only: bool,
    /// A folder that is there already makes room: it is renamed, not removed.
    pub replace: bool,
    /// Put it in place although something differs after folding again.
    pub although_different: bool,
}

/// What a restore did.
#[derive(Debug)]
pub struct Restored {
    /// What the backup says about itself; a second copy says nothing.
    pub manifest: Option<Manifest>,
    /// What folding everything again found.
    pub verified: Verified,
    /// Whether the database stands in its place now.
    pub placed: bool,
    /// The folder that stood there before, under its new name.
    pub before: Option<PathBuf>,
}

/// A folder that goes away with its holder, unless it was put in place.
struct Workshop(PathBuf);

impl Drop for Workshop {
    fn drop(&mut self) {
        // After it was put in place there is nothing under this name.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Restores a database into the folder `dir`, which must not be there or be empty unless `terms` say so. Everything is made
/// and checked in a folder beside it, and takes its name at the end.
///
/// # Errors
/// [`StoreError`] when the backup is refused, the folder is taken or in use, or a file cannot be written. A difference
/// found by folding again is no error: then [`Restored::placed`] is false.
pub fn restore(
    from: &Origin<'_>,
    dir: &Path,
    terms: Terms,
    now: Timestamp,
) -> Result<Restored, StoreError> {
    let taken = !terms.try_only && is_taken(dir)?;
    if taken && !terms.replace {
        return Err(StoreError::Taken {
            path: dir.to_path_buf(),
        });
    }
    // Whoever serves from the folder keeps it: this fails as long as they do.
    let old_lock = taken.then(|| sqlite::lock(dir)).transpose()?;
    let workshop = workshop(dir)?;
    let database = workshop.0.join(sqlite::FILE);
    let manifest = match from {
        Origin::Backup(path, key) => {
            let manifest = unseal(path, key, &database)?;
            let sound = ends_as(&sqlite::open_ours(&database)?, &manifest)?;
            if !sound {
                return Err(StoreError::Corrupt(
                    "the journal of the backup does not end where the backup says".into(),
                ));
            }
            Some(manifest)
        }
        Origin::Second(second) => {
            copy_second(second, &workshop.0)?;
            None
        }
    };
    let store = Store::open(&workshop.0, false)?;
    let verified = store.verify(|_| {})?;
    drop(store);
    let place = !terms.try_only && (verified.mismatches.is_empty() || terms.although_different);
    let before = if place {
        put_in_place(&workshop.0, dir, now)?
    } else {
        None
    };
    drop(old_lock);
    Ok(Restored {
        manifest,
        verified,
        placed: place,
        before,
    })
}

/// Whether there is anything in the folder.
fn is_taken(dir: &Path) -> Result<bool, StoreError> {
    match std::fs::read_dir(dir) {
        Ok(mut entries) => Ok(entries.next().is_some()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(in_file(dir)(error)),
    }
}

/// A new folder beside the one that is to be, on the same disk, so that it can take its name in one step.
fn workshop(dir: &Path) -> Result<Workshop, StoreError> {
    let name = dir.file_name().ok_or_else(|| StoreError::File {
        path: dir.to_path_buf(),
        source: io::Error::new(io::ErrorKind::InvalidInput, "this folder has no name"),
    })?;
    let mut beside = name.to_os_string();
    beside.push(format!(".restoring-{}", std::process::id()));
    let path = dir.with_file_name(beside);
    if let Some(parent) = dir.parent() {
        std::fs::create_dir_all(parent).map_err(in_file(parent))?;
    }
    std::fs::create_dir(&path).map_err(in_file(&path))?;
    private_file::close_folder(&path).map_err(in_file(&path))?;
    Ok(Workshop(path))
}

fn refused(path: &Path) -> impl Fn(SealFault) -> StoreError + '_ {
    |fault| match fault {
        SealFault::Io(source) => in_file(path)(source),
        fault => StoreError::Backup {
            path: path.to_path_buf(),
            fault,
        },
    }
}

/// Decrypts a backup to a database file and gives what it says about itself.
fn unseal(path: &Path, key: &BackupKey, to: &Path) -> Result<Manifest, StoreError> {
    let mut out = BufWriter::new(private_file::create_new(to).map_err(in_file(to))?);
    let manifest = unseal_into(path, key, to, &mut out)?;
    let file = out
        .into_inner()
        .map_err(|error| in_file(to)(error.into_error()))?;
    file.sync_all().map_err(in_file(to))?;
    Ok(manifest)
}

/// Decrypts the database in a backup into `out`, whose name is `to`.
fn unseal_into(
    path: &Path,
    key: &BackupKey,
    to: &Path,
    out: &mut impl io::Write,
) -> Result<Manifest, StoreError> {
    let refuse = refused(path);
    let input = BufReader::new(File::open(path).map_err(in_file(path))?);
    let mut opener = Opener::new(input, key).map_err(&refuse)?;
    let mut head = Vec::new();
    let mut manifest: Option<Manifest> = None;
    let mut written = 0;
    while let Some(piece) = opener.piece().map_err(&refuse)? {
        let mut body = &piece[..];
        if manifest.is_none() {
            head.extend_from_slice(&piece);
            let (found, length) =
                manifest_of(&head).ok_or_else(|| refuse(SealFault::NotABackup))?;
            manifest = Some(found);
            body = head.get(length..).unwrap_or_default();
        }
        out.write_all(body).map_err(in_file(to))?;
        written += body.len() as u64;
    }
    match manifest {
        Some(manifest) if manifest.bytes == written => Ok(manifest),
        _ => Err(refuse(SealFault::CutOff)),
    }
}

/// Reads a backup to its end and gives what it says about itself. Nothing is written.
///
/// # Errors
/// As [`restore`], when the backup is refused.
pub fn read_manifest(path: &Path, key: &BackupKey) -> Result<Manifest, StoreError> {
    unseal_into(path, key, Path::new("nowhere"), &mut io::sink())
}

/// The manifest at the beginning of the first piece, which is always long enough for it, and how many bytes it takes.
fn manifest_of(head: &[u8]) -> Option<(Manifest, usize)> {
    let (length, rest) = head.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    if length > LONGEST_MANIFEST {
        return None;
    }
    let manifest = serde_json::from_slice(rest.get(..length)?).ok()?;
    Some((manifest, 4 + length))
}

/// Takes a second copy: the database with the log of what was committed since.
fn copy_second(second: &Path, to: &Path) -> Result<(), StoreError> {
    if !second.join(sqlite::FILE).exists() {
        return Err(StoreError::Missing {
            path: second.join(sqlite::FILE),
        });
    }
    let _still = sqlite::lock(second)?;
    let database = (second.join(sqlite::FILE), to.join(sqlite::FILE));
    let log = (sqlite::log_of(second), sqlite::log_of(to));
    for (from, target) in [database, log] {
        if !from.exists() {
            continue;
        }
        let mut input = File::open(&from).map_err(in_file(&from))?;
        let mut out = private_file::create_new(&target).map_err(in_file(&target))?;
        io::copy(&mut input, &mut out)
            .and_then(|_| out.sync_all())
            .map_err(in_file(&target))?;
    }
    Ok(())
}

/// Gives the finished folder its name; what stood there before gets another.
fn put_in_place(made: &Path, dir: &Path, now: Timestamp) -> Result<Option<PathBuf>, StoreError> {
    private_file::sync_folder(made).map_err(in_file(made))?;
    let mut before = None;
    if is_taken(dir)? {
        let mut name = dir.file_name().unwrap_or_default().to_os_string();
        name.push(format!(".before-{}", now.file_stamp()));
        let aside = dir.with_file_name(name);
        if aside.exists() {
            return Err(in_file(&aside)(io::ErrorKind::AlreadyExists.into()));
        }
        std::fs::rename(dir, &aside).map_err(in_file(dir))?;
        before = Some(aside);
    }
    // An empty folder of the name is replaced.
    std::fs::rename(made, dir).map_err(in_file(dir))?;
    if let Some(parent) = dir.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        private_file::sync_folder(parent).map_err(in_file(parent))?;
    }
    Ok(before)
}

/// The newest backup at a path: the file itself, or the newest in the folder.
///
/// # Errors
/// When the folder cannot be read or holds none.
pub fn newest(path: &Path) -> Result<PathBuf, StoreError> {
    if !path.is_dir() {
        return Ok(path.to_path_buf());
    }
    backups(path)?.pop().ok_or_else(|| StoreError::Missing {
        path: path.join(format!("*.{ENDING}")),
    })
}
