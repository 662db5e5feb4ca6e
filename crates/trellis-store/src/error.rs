//! What can go wrong with the database, in words that name the file and what to do.

use std::path::PathBuf;

/// A failure of the world under the store. Rules that say no are [`trellis_core::refusal::Refusal`] instead.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder or file cannot be used.
    #[error("{path}: {source}. Check that the folder exists and that you may write to it.", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Another process has the database.
    #[error("{path}: another Trellis is using this folder. Stop it first, or give another folder with --dir.", path = path.display())]
    InUse {
        /// The lock file.
        path: PathBuf,
    },
    /// The file is not a Trellis database.
    #[error("{path}: this is not a Trellis database ({detail}). Give the folder that Trellis made, or restore a backup.", path = path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
        /// What is the matter with it.
        detail: String,
    },
    /// There is no database there.
    #[error("{path}: there is no Trellis database here. Give the folder that holds one with --dir.", path = path.display())]
    Missing {
        /// Where it should be.
        path: PathBuf,
    },
    /// The database was written by a newer Trellis.
    #[error("{path}: this database has version {found}, and this Trellis knows versions up to {known}. Use a newer Trellis; nothing was changed.", path = path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version in the file.
        found: u32,
        /// The newest version that this program knows.
        known: u32,
    },
    /// Only a database without a journal can be filled in one go, and only once at a time.
    #[error("this database is in use already, so it cannot be filled in one go.")]
    NotNew,
    /// The disk is full.
    #[error(
        "the disk is full: nothing was written. Make room; answers stay on the devices until then."
    )]
    DiskFull,
    /// The queue of the writer is full, or the writer is gone.
    #[error("too much is waiting to be written. Try again in a moment.")]
    Busy,
    /// Stored data does not read as what it should be.
    #[error(
        "the database holds something that cannot be read: {0}. Run `trellis replay --verify` and restore a backup if it says so."
    )]
    Corrupt(String),
    /// Anything else that SQLite says.
    #[error("the database said: {0}")]
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull) {
            Self::DiskFull
        } else {
            Self::Sqlite(error)
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(error.to_string())
    }
}

impl From<postcard::Error> for StoreError {
    fn from(error: postcard::Error) -> Self {
        Self::Corrupt(error.to_string())
    }
}
