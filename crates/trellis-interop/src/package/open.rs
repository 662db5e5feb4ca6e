//! Opens what a person names, a folder, a zip archive or one file, and gives its files.

use std::path::{Path, PathBuf};

use super::zip::{self, PackageFile};
use crate::finding::Finding;

/// The most files of a folder.
const MOST_FILES: usize = 50_000;
/// The deepest folder in a folder.
const DEEPEST_FOLDER: usize = 16;

/// Why nothing can be read.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// It is not there, or may not be read.
    #[error("{path}: {source}. Check that it is there and that you may read it.", path = .path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// It is larger than anything that is read.
    #[error("{path}: this is larger than {limit}. Nothing was read.", path = .path.display())]
    TooLarge {
        /// The file or folder.
        path: PathBuf,
        /// The limit, in words.
        limit: &'static str,
    },
}

/// The files of a folder, an archive or one file, sorted by path, and findings about entries that are left out. Links are
/// not followed.
///
/// # Errors
/// [`OpenFault`] when it cannot be read at all.
pub fn open(path: &Path) -> Result<(Vec<PackageFile>, Vec<Finding>), OpenFault> {
    let unreadable = |source| OpenFault::Unreadable {
        path: path.to_path_buf(),
        source,
    };
    let about = std::fs::metadata(path).map_err(unreadable)?;
    if about.is_dir() {
        return folder(path).map(|files| (files, Vec::new()));
    }
    if about.len() > zip::LARGEST_ARCHIVE as u64 {
        return Err(OpenFault::TooLarge {
            path: path.to_path_buf(),
            limit: "500 megabytes",
        });
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    if zip::is_zip(&bytes) {
        Ok(zip::read(&name, &bytes))
    } else {
        Ok((vec![(name, bytes)], Vec::new()))
    }
}

fn folder(path: &Path) -> Result<Vec<PackageFile>, OpenFault> {
    let mut files = Vec::new();
    let mut total = 0_u64;
    let mut open = vec![(path.to_path_buf(), String::new(), 0_usize)];
    let too_large = |limit| OpenFault::TooLarge {
        path: path.to_path_buf(),
        limit,
    };
    while let Some((folder, prefix, depth)) = open.pop() {
        let unreadable = |source| OpenFault::Unreadable {
            path: folder.clone(),
            source,
        };
        for entry in std::fs::read_dir(&folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let kind = entry.file_type().map_err(unreadable)?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if kind.is_dir() && depth < DEEPEST_FOLDER {
                open.push((entry.path(), format!("{name}/"), depth + 1));
                continue;
            }
            let size = entry.metadata().map_err(unreadable)?.len();
            if !kind.is_file() || size > zip::LARGEST_ENTRY {
                continue;
            }
            total += size;
            if files.len() >= MOST_FILES {
                return Err(too_large("50,000 files"));
            }
            if total > zip::MOST_BYTES {
                return Err(too_large("a gigabyte"));
            }
            files.push((name, std::fs::read(entry.path()).map_err(unreadable)?));
        }
    }
    files.sort();
    Ok(files)
}
