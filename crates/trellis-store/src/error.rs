//! What can go wrong with the database, in words that name the file and what to do.

use std::fmt;
use std::path::PathBuf;

use trellis_core::framework::{CourseId, ItemId};

use crate::db::postgres::Failure;

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
    /// Courses that were to be imported name items that belong to other courses.
    #[error("{}", taken_words(.0))]
    ItemsTaken(Vec<TakenItem>),
    /// A course that was to be imported again no longer has the competencies that items were written for.
    #[error("{}", written_words(.0))]
    WrittenFor(Vec<ItemId>),
    /// A key file holds no key.
    #[error("{path}: this file holds no key of Trellis backups. Give the file that `trellis backup --new-key` made.", path = path.display())]
    NoKey {
        /// The file.
        path: PathBuf,
    },
    /// A backup is refused.
    #[error("{path}: {fault}. Nothing was changed.", path = path.display())]
    Backup {
        /// The backup.
        path: PathBuf,
        /// Why.
        fault: SealFault,
    },
    /// A restore would go over something that is there.
    #[error("{path}: there is something in this folder. Give another one, or say --replace: then this one is kept under another name.", path = path.display())]
    Taken {
        /// The folder.
        path: PathBuf,
    },
    /// The second copy cannot be written: what was committed is not in both places, so nobody is told that it is kept.
    #[error("{path}: the second copy cannot be written ({detail}). Check that disk; answers stay on the devices until then.", path = path.display())]
    Second {
        /// The folder of the copy.
        path: PathBuf,
        /// What is the matter.
        detail: String,
    },
    /// The second copy holds events that the database does not.
    #[error("{path}: this second copy holds event {copy}, and the database in use ends at event {own} or holds another. Something that was acknowledged is missing there. Bring the school back with `trellis restore --from {path}`, or give another folder with --second.", path = path.display())]
    Behind {
        /// The folder of the copy.
        path: PathBuf,
        /// The last event of the copy.
        copy: u64,
        /// The last event of the database.
        own: u64,
    },
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
    /// The role that connects to a server could see the rows of other districts.
    #[error(
        "{address}: this role {may}, so that nothing would keep one district's rows from another's. Connect as a role that owns nothing, and let the owner run `trellis database prepare` for it."
    )]
    Unfenced {
        /// The server.
        address: String,
        /// What the role may do.
        may: &'static str,
    },
    /// A server holds no tables of this version.
    #[error(
        "{address}: there are no tables of this Trellis here, or this role may not read them. Let the owner run `trellis database prepare`."
    )]
    Unprepared {
        /// The server.
        address: String,
    },
    /// A place to which a district is to be carried is not empty.
    #[error(
        "{place}: there is a district here already. Give a place in which nothing is; nothing was changed."
    )]
    NotEmpty {
        /// The place.
        place: String,
    },
    /// A server holds no such district.
    #[error(
        "{address}: this district was never begun. Bring one there with `trellis move`, or give another tenant."
    )]
    NoTenant {
        /// The server.
        address: String,
    },
    /// Anything else that a database server says, or the way to it.
    #[error("the database server said: {0}")]
    Server(String),
    /// Anything else that SQLite says.
    #[error("the database said: {0}")]
    Sqlite(rusqlite::Error),
}

/// Why a backup cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SealFault {
    /// It does not begin as a backup does.
    #[error("this is no Trellis backup")]
    NotABackup,
    /// The format is of a newer program.
    #[error(
        "this backup has format {found}, and this Trellis reads formats up to {known}. Use a newer Trellis"
    )]
    Newer {
        /// The format of the backup.
        found: u16,
        /// The newest format that this program reads.
        known: u16,
    },
    /// It was made with another key.
    #[error("this backup was made with the key {made}, and the key given is {given}")]
    OtherKey {
        /// The key's name in the backup.
        made: String,
        /// The name of the key at hand.
        given: String,
    },
    /// The end is missing.
    #[error("this backup is cut off: its end is missing. Take another one")]
    CutOff,
    /// A piece is not what was written.
    #[error(
        "this backup was changed after it was made, or the disk has damaged it, at byte {0}. Take another one"
    )]
    Altered(u64),
    /// It cannot be read or written at all.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// An item that two courses claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenItem {
    /// The item.
    pub item: ItemId,
    /// The course that was to be imported.
    pub course: CourseId,
    /// The course that has the item.
    pub owner: CourseId,
}

impl fmt::Display for TakenItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            item,
            course,
            owner,
        } = self;
        write!(
            f,
            "the item \"{item}\" of the course \"{course}\" belongs to the course \"{owner}\""
        )
    }
}

/// How many items of a clash are named in one message.
const NAMED: usize = 5;

/// The first of a list in words, and how many more there are.
fn first_few(all: &[impl ToString], between: &str) -> String {
    let mut words: Vec<String> = all.iter().take(NAMED).map(ToString::to_string).collect();
    if all.len() > NAMED {
        words.push(format!("and {} more", all.len() - NAMED));
    }
    words.join(between)
}

fn taken_words(taken: &[TakenItem]) -> String {
    format!(
        "{}. Give the items of one of the two courses other ids; nothing was imported.",
        first_few(taken, "; ")
    )
}

fn written_words(lost: &[ItemId]) -> String {
    format!(
        "the course no longer has the competencies of questions that were written here: {}. Keep these competencies in the course; nothing was imported.",
        first_few(lost, ", ")
    )
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

impl From<crate::db::Error> for StoreError {
    fn from(error: crate::db::Error) -> Self {
        match error {
            crate::db::Error::Sqlite(error) => error.into(),
            // What PostgreSQL says of a full disk.
            crate::db::Error::Postgres(Failure::Said { code, .. }) if code == "53100" => {
                Self::DiskFull
            }
            crate::db::Error::Postgres(failure) => Self::Server(failure.to_string()),
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
