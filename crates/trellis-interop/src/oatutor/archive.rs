//! Getting at the files of a content pool: a `.tar.xz` archive or a folder, with limits, as paths and bytes.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Component, Path, PathBuf};

use lzma_rust2::XzReader;

/// A file of the pool: its path with `/`, as in the archive or below the folder, and its bytes.
pub type PoolFile = (String, Vec<u8>);

/// The most files of a pool.
pub const MOST_FILES: usize = 500_000;
/// The largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 8_000_000;
/// The most bytes that an archive may unpack to.
pub const MOST_BYTES: u64 = 1_000_000_000;
/// The deepest folder in a folder.
const DEEPEST_FOLDER: usize = 10;
/// How an xz archive begins.
const XZ_MAGIC: [u8; 6] = [0xfd, b'7', b'z', b'X', b'Z', 0];

/// Why a pool cannot be read. Each names the file and says what to do.
#[derive(Debug, thiserror::Error)]
pub enum PoolFault {
    /// It is not there, or may not be read.
    #[error("{path}: {source}. Check that it is there and that you may read it.", path = .path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is a file of another kind.
    #[error("{path}: this is not a .tar.xz archive. Give OATutor's content pool as a .tar.xz file or as a folder.", path = .path.display())]
    NotAnArchive {
        /// The file.
        path: PathBuf,
    },
    /// The archive ends early or is damaged.
    #[error("{path}: the archive is cut off or damaged ({source}). Get it again; nothing was imported.", path = .path.display())]
    Damaged {
        /// The archive.
        path: PathBuf,
        /// What the reader said.
        source: std::io::Error,
    },
    /// An entry would land outside of the archive's own folder.
    #[error("{path}: the entry \"{entry}\" points outside of the archive. Do not trust this file; nothing was imported.", path = .path.display())]
    Escapes {
        /// The archive.
        path: PathBuf,
        /// The entry.
        entry: String,
    },
    /// It is larger than any pool.
    #[error("{path}: this holds more than {limit}. That is no content pool; nothing was imported.", path = .path.display())]
    TooLarge {
        /// The archive or folder.
        path: PathBuf,
        /// The limit, in words.
        limit: &'static str,
    },
    /// There is no content pool in it.
    #[error("{path}: there is no {missing} in it. Give the folder or archive that holds content-pool, coursePlans.json and skillModel.json.", path = .path.display())]
    NoPool {
        /// The archive or folder.
        path: PathBuf,
        /// What is missing.
        missing: String,
    },
}

/// Reads the JSON files of a pool from an archive or a folder, sorted by path. `progress` hears how many were read.
///
/// # Errors
/// [`PoolFault`] when it cannot be read whole, is no archive, or breaks a limit.
pub fn read_files(
    path: &Path,
    progress: &mut dyn FnMut(usize),
) -> Result<Vec<PoolFile>, PoolFault> {
    let unreadable = |source| PoolFault::Unreadable {
        path: path.to_path_buf(),
        source,
    };
    let mut files = if std::fs::metadata(path).map_err(unreadable)?.is_dir() {
        from_folder(path, progress)?
    } else {
        let mut file = BufReader::with_capacity(1 << 16, File::open(path).map_err(unreadable)?);
        let mut magic = Vec::new();
        let taken = file.by_ref().take(XZ_MAGIC.len() as u64);
        BufReader::new(taken)
            .read_to_end(&mut magic)
            .map_err(unreadable)?;
        if magic != XZ_MAGIC {
            return Err(PoolFault::NotAnArchive {
                path: path.to_path_buf(),
            });
        }
        from_archive(path, std::io::Cursor::new(magic).chain(file), progress)?
    };
    files.sort();
    Ok(files)
}

/// Stops at [`MOST_BYTES`], whatever the archive unpacks to.
struct Limited<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let got = self.inner.read(buffer)?;
        let left = self.left.checked_sub(got as u64);
        self.left = left.ok_or_else(|| std::io::Error::from(std::io::ErrorKind::FileTooLarge))?;
        Ok(got)
    }
}

/// Reads the entries of a `.tar.xz`.
fn from_archive(
    path: &Path,
    reader: impl Read,
    progress: &mut dyn FnMut(usize),
) -> Result<Vec<PoolFile>, PoolFault> {
    let fault = |source: std::io::Error| {
        let path = path.to_path_buf();
        if source.kind() == std::io::ErrorKind::FileTooLarge {
            let limit = "a gigabyte";
            PoolFault::TooLarge { path, limit }
        } else {
            PoolFault::Damaged { path, source }
        }
    };
    let mut archive = tar::Archive::new(Limited {
        inner: XzReader::new(reader, true),
        left: MOST_BYTES,
    });
    let mut files = Vec::new();
    for entry in archive.entries().map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let inside = entry.path().map_err(fault)?.into_owned();
        let Some(name) = plain_path(&inside) else {
            return Err(PoolFault::Escapes {
                path: path.to_path_buf(),
                entry: inside.display().to_string(),
            });
        };
        if !entry.header().entry_type().is_file() || !is_wanted(&name, entry.size()) {
            continue;
        }
        let mut bytes = Vec::with_capacity(usize::try_from(entry.size()).unwrap_or(0));
        entry
            .take(LARGEST_FILE)
            .read_to_end(&mut bytes)
            .map_err(fault)?;
        push(&mut files, path, name, bytes)?;
        progress(files.len());
    }
    // The checksum stands at the end of the stream: a cut behind the last entry shows only here.
    std::io::copy(&mut archive.into_inner(), &mut std::io::sink()).map_err(fault)?;
    Ok(files)
}

/// Only JSON is content; figures and programs stay where they are.
fn is_wanted(name: &str, size: u64) -> bool {
    name.ends_with(".json") && size <= LARGEST_FILE
}

fn push(
    files: &mut Vec<PoolFile>,
    path: &Path,
    name: String,
    bytes: Vec<u8>,
) -> Result<(), PoolFault> {
    if files.len() >= MOST_FILES {
        return Err(PoolFault::TooLarge {
            path: path.to_path_buf(),
            limit: "500,000 files",
        });
    }
    files.push((name, bytes));
    Ok(())
}

/// A path with `/` that stays inside; `None` for one that is absolute, climbs out or is no text.
fn plain_path(path: &Path) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => parts.push(name.to_str()?),
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/"))
}

/// Reads a folder; links are not followed.
fn from_folder(path: &Path, progress: &mut dyn FnMut(usize)) -> Result<Vec<PoolFile>, PoolFault> {
    let mut files = Vec::new();
    let mut total = 0_u64;
    let mut open = vec![(path.to_path_buf(), 0_usize)];
    while let Some((folder, depth)) = open.pop() {
        let unreadable = |source| PoolFault::Unreadable {
            path: folder.clone(),
            source,
        };
        for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let kind = entry.file_type().map_err(unreadable)?;
            let own = entry.path();
            if kind.is_dir() && depth < DEEPEST_FOLDER {
                open.push((own, depth + 1));
                continue;
            }
            let Some(name) = own.strip_prefix(path).ok().and_then(plain_path) else {
                continue;
            };
            let size = entry.metadata().map_err(unreadable)?.len();
            if !kind.is_file() || !is_wanted(&name, size) {
                continue;
            }
            total += size;
            if total > MOST_BYTES {
                return Err(PoolFault::TooLarge {
                    path: path.to_path_buf(),
                    limit: "a gigabyte",
                });
            }
            let bytes = std::fs::read(&own).map_err(unreadable)?;
            push(&mut files, path, name, bytes)?;
            progress(files.len());
        }
    }
    Ok(files)
}
