//! SQLite: opening a tenant's file safely, and bringing its schema up to date.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use crate::db;
use crate::error::StoreError;
use crate::private_file;

/// The database file in a tenant's folder.
pub(crate) const FILE: &str = "trellis.db";

/// The file beside the database of a folder that holds its log.
pub(crate) fn log_of(dir: &Path) -> PathBuf {
    dir.join(format!("{FILE}-wal"))
}

/// The file that keeps a second process out.
const LOCK: &str = "trellis.lock";
/// `TRLS` in the header of the file, so that a stranger's database is not taken for ours.
const APPLICATION_ID: i32 = 0x5452_4c53;
/// The smallest page that SQLite knows, in bytes.
const SMALLEST_PAGE: u64 = 512;
/// The migrations in order. A released one is never changed.
pub(crate) const MIGRATIONS: [&str; 25] = [
    include_str!("migrations/0001-start.sql"),
    include_str!("migrations/0002-courses.sql"),
    include_str!("migrations/0003-fold-format.sql"),
    include_str!("migrations/0004-curation.sql"),
    include_str!("migrations/0005-matters.sql"),
    include_str!("migrations/0006-groups.sql"),
    include_str!("migrations/0007-models.sql"),
    include_str!("migrations/0008-erasure.sql"),
    include_str!("migrations/0009-leaving.sql"),
    include_str!("migrations/0010-media.sql"),
    include_str!("migrations/0011-drafts.sql"),
    include_str!("migrations/0012-upload.sql"),
    include_str!("migrations/0013-badge.sql"),
    include_str!("migrations/0014-invitation.sql"),
    include_str!("migrations/0015-looks.sql"),
    include_str!("migrations/0016-sign-ins.sql"),
    include_str!("migrations/0018-surveys.sql"),
    include_str!("migrations/0022-opening.sql"),
    include_str!("migrations/0024-second-factor.sql"),
    include_str!("migrations/0032-idle.sql"),
    include_str!("migrations/0033-work.sql"),
    include_str!("migrations/0034-sign-on.sql"),
    include_str!("migrations/0035-shared.sql"),
    include_str!("migrations/0036-passkey.sql"),
    include_str!("migrations/0037-agreed.sql"),
];

/// The schema version that this program writes.
pub(crate) fn newest_version() -> u32 {
    u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX)
}

/// Holds the tenant's folder against other processes for as long as it lives.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// Takes the folder for this process.
pub(crate) fn lock(dir: &Path) -> Result<Lock, StoreError> {
    lock_file(&dir.join(LOCK))
}

/// Takes a file for this process, and makes it when it is not there.
pub(crate) fn lock_file(path: &Path) -> Result<Lock, StoreError> {
    let in_file = |source| StoreError::File {
        path: path.to_path_buf(),
        source,
    };
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .map_err(in_file)?;
    match file.try_lock() {
        Ok(()) => Ok(Lock { _file: file }),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse {
            path: path.to_path_buf(),
        }),
        Err(TryLockError::Error(source)) => Err(in_file(source)),
    }
}

/// Whether a process has the folder. Makes no file.
pub(crate) fn is_in_use(dir: &Path) -> Result<bool, StoreError> {
    let path = dir.join(LOCK);
    let in_file = |source| StoreError::File {
        path: path.clone(),
        source,
    };
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
        Err(source) => return Err(in_file(source)),
    };
    // Shared, so that two who look do not take each other for somebody who serves; let go at once.
    match file.try_lock_shared() {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(source)) => Err(in_file(source)),
    }
}

/// Opens the one connection that writes, checks that the file is ours, and migrates it.
pub(crate) fn open_writer(dir: &Path, create: bool) -> Result<db::Connection, StoreError> {
    let path = dir.join(FILE);
    let exists = path.exists();
    if !exists && !create {
        return Err(StoreError::Missing { path });
    }
    // SQLite takes a file of less than its smallest page for an empty one, and would write over it.
    let length = std::fs::metadata(&path).map_or(0, |metadata| metadata.len());
    if (1..SMALLEST_PAGE).contains(&length) {
        return Err(StoreError::NotOurs {
            path,
            detail: format!("it is cut off after {length} bytes"),
        });
    }
    if !exists {
        // Before SQLite does, which would let everybody read it. What it makes beside it gets the same rights.
        private_file::create_new(&path).map_err(|source| StoreError::File {
            path: path.clone(),
            source,
        })?;
    }
    let mut connection = Connection::open(&path).map_err(|error| not_ours(&path, &error))?;
    check_ours(&connection, &path, exists, create)?;
    // FULL: an acknowledged answer survives a power cut. WAL: readers never wait for the writer. secure_delete: what
    // was erased does not stay in free pages.
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
             PRAGMA secure_delete = FAST; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -8192;
             PRAGMA wal_autocheckpoint = 2000; PRAGMA busy_timeout = 5000;",
        )
        .map_err(|error| not_ours(&path, &error))?;
    keep_statements_ready(&connection)?;
    migrate(&mut connection)?;
    Ok(connection.into())
}

/// Writes one page to the disk and nothing new in it: the version of the schema over itself, after a look that it is ours.
///
/// # Errors
/// Why nothing can be written.
pub(crate) fn write_a_page(connection: &Connection) -> Result<(), StoreError> {
    let transaction =
        rusqlite::Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let found: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found != newest_version() {
        return Err(StoreError::Newer {
            path: FILE.into(),
            found,
            known: newest_version(),
        });
    }
    transaction.pragma_update(None, "user_version", found)?;
    Ok(transaction.commit()?)
}

/// Sets the connection up to fill a new database in one large transaction: room for all of its pages, so that each is
/// written once. The log is whole or not at all without a flush of its own; a power cut leaves a database that is as
/// new as before.
pub(crate) fn provisioning(connection: &Connection) -> Result<(), StoreError> {
    Ok(connection.execute_batch(
        "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -65536;",
    )?)
}

/// Sets the connection back to serving, with full durability.
pub(crate) fn serving(connection: &Connection) -> Result<(), StoreError> {
    Ok(connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 2000; PRAGMA cache_size = -8192;
         PRAGMA shrink_memory;",
    )?)
}

/// Brings what stands in the log into the file, as far as nobody reads it.
pub(crate) fn absorb_log(connection: &Connection) -> Result<(), StoreError> {
    Ok(connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?)
}

/// Above this, in bytes, a database is written anew through a file and not through memory.
const MOST_IN_MEMORY: i64 = 256 << 20;

/// Writes the database anew, page by page, so that nothing erased stays between its rows, and brings all of it from the log
/// into the file.
///
/// # Errors
/// [`StoreError::Busy`] when somebody has been reading for too long; [`StoreError::DiskFull`] when there is no room for a
/// second one.
pub(crate) fn rewrite(connection: &Connection) -> Result<(), StoreError> {
    let count = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let bytes = count("page_count")?.saturating_mul(count("page_size")?);
    if bytes > MOST_IN_MEMORY {
        connection.execute_batch("PRAGMA temp_store = FILE")?;
    }
    let written = connection.execute_batch("VACUUM");
    connection.execute_batch("PRAGMA temp_store = MEMORY")?;
    written?;
    let busy: i64 =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy == 0 {
        Ok(())
    } else {
        Err(StoreError::Busy)
    }
}

fn not_ours(path: &Path, error: &rusqlite::Error) -> StoreError {
    StoreError::NotOurs {
        path: path.to_path_buf(),
        detail: error.to_string(),
    }
}

fn pragma(connection: &Connection, path: &Path, name: &str) -> Result<i64, StoreError> {
    connection
        .pragma_query_value(None, name, |row| row.get(0))
        .map_err(|error| not_ours(path, &error))
}

fn check_ours(
    connection: &Connection,
    path: &Path,
    exists: bool,
    create: bool,
) -> Result<(), StoreError> {
    let id = pragma(connection, path, "application_id")?;
    let version = pragma(connection, path, "user_version")?;
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(|error| not_ours(path, &error))?;
    if id != i64::from(APPLICATION_ID) && (exists && tables > 0) {
        let detail = "it was made by another program".to_string();
        return Err(StoreError::NotOurs {
            path: path.to_path_buf(),
            detail,
        });
    }
    // An empty file is what remains of a start that was cut short, which a second start may finish, or of a database
    // that was cut to nothing, over which a new one must not be written in silence.
    if version == 0 && !create {
        return Err(StoreError::NotOurs {
            path: path.to_path_buf(),
            detail: "it is empty".to_string(),
        });
    }
    match u32::try_from(version) {
        Ok(found) if found <= newest_version() => Ok(()),
        found => {
            let found = found.unwrap_or(u32::MAX);
            Err(StoreError::Newer {
                path: path.to_path_buf(),
                found,
                known: newest_version(),
            })
        }
    }
}

/// Runs the migrations that are missing, each in a transaction of its own together with the version it leads to.
fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for (place, sql) in (1u32..).zip(MIGRATIONS) {
        if place > version {
            let transaction = connection.transaction()?;
            transaction.execute_batch(sql)?;
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.pragma_update(None, "user_version", place)?;
            transaction.commit()?;
        }
    }
    Ok(())
}

/// Opens a database that only has to be read, after a look whether it is ours. Another process may be writing to it.
pub(crate) fn open_ours(path: &Path) -> Result<db::Connection, StoreError> {
    if !path.exists() {
        return Err(StoreError::Missing {
            path: path.to_path_buf(),
        });
    }
    let connection = open_reader(path).map_err(|error| match error {
        StoreError::Sqlite(error) => not_ours(path, &error),
        error => error,
    })?;
    check_ours(connection.sqlite()?, path, true, false)?;
    Ok(connection)
}

/// Statements are understood once and kept. Without the guarantee of a stable plan, SQLite would look at each new value
/// of a parameter that an index depends on, and understand the statement again.
fn keep_statements_ready(connection: &Connection) -> Result<(), StoreError> {
    connection.set_prepared_statement_cache_capacity(64);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Opens a connection that only reads.
pub(crate) fn open_reader(path: &Path) -> Result<db::Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.execute_batch(
        "PRAGMA query_only = ON; PRAGMA cache_size = -4096; PRAGMA busy_timeout = 5000;",
    )?;
    keep_statements_ready(&connection)?;
    Ok(connection.into())
}
