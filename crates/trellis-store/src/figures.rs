//! What a monitor asks of a store: whether it can take work, how much waits, and what was done. Numbers only, of nobody.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::db::Connection;
use crate::error::StoreError;
use crate::{Store, sqlite};

/// How much may wait for the writer. Beyond it the caller is told to come again, instead of waiting without end.
pub(crate) const QUEUE: usize = 4096;

/// What the writer counts, from the start of the process on.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    came: AtomicU64,
    left: AtomicU64,
    turned_away: AtomicU64,
    commits: AtomicU64,
    failed: AtomicU64,
    works: AtomicU64,
    us: AtomicU64,
}

fn add(counter: &AtomicU64, value: u64) {
    // Numbers for a chart: nothing hangs on their order.
    counter.fetch_add(value, Ordering::Relaxed);
}

impl Counts {
    /// A message goes into the queue.
    pub(crate) fn comes(&self) {
        add(&self.came, 1);
    }

    /// A message was taken out of it.
    pub(crate) fn taken(&self) {
        add(&self.left, 1);
    }

    /// A message found no room in it.
    pub(crate) fn turned_away(&self) {
        add(&self.left, 1);
        add(&self.turned_away, 1);
    }

    /// A transaction came to its end, with this much work.
    pub(crate) fn committed(&self, works: usize, took: Duration, kept: bool) {
        if kept {
            add(&self.commits, 1);
            add(&self.works, works as u64);
            add(
                &self.us,
                u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            );
        } else {
            add(&self.failed, 1);
        }
    }
}

/// What a store has done since it was opened, and how large it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Messages that wait for the writer now.
    pub waiting: u64,
    /// How many may wait before callers are told to come again.
    pub may_wait: u64,
    /// Messages for which there was no room.
    pub turned_away: u64,
    /// Transactions that were committed.
    pub commits: u64,
    /// Transactions that failed as a whole.
    pub failed_commits: u64,
    /// Commands and changes of rows in the transactions that were committed.
    pub works: u64,
    /// The time that those transactions took, in microseconds.
    pub commit_us: u64,
    /// The last place of the journal.
    pub events: u64,
    /// The length of the database, in bytes.
    pub database_bytes: u64,
    /// The length of the write-ahead log, in bytes.
    pub log_bytes: u64,
}

/// What a store that can take work says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ready {
    /// The learner model that runs.
    pub model: String,
    /// The version of the schema, which is the newest migration.
    pub migration: u32,
}

/// The length of a server's database, with all of its tenants.
fn bytes_on_server(connection: &Connection) -> Result<u64, StoreError> {
    let sql = "SELECT pg_database_size(current_database())";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}

impl Store {
    /// What was done since the store was opened, and how large it is.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn figures(&self) -> Result<Figures, StoreError> {
        let counts = self.writer.counts();
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        // A file that is not there, as the log after a clean end, is nothing long.
        let length = |path: PathBuf| std::fs::metadata(path).map_or(0, |data| data.len());
        Ok(Figures {
            waiting: read(&counts.came).saturating_sub(read(&counts.left)),
            may_wait: QUEUE as u64,
            turned_away: read(&counts.turned_away),
            commits: read(&counts.commits),
            failed_commits: read(&counts.failed),
            works: read(&counts.works),
            commit_us: read(&counts.us),
            events: self.last_seq()?.0,
            database_bytes: match self.dir() {
                Some(dir) => length(dir.join(sqlite::FILE)),
                None => self.read(bytes_on_server)?,
            },
            log_bytes: self.dir().map_or(0, |dir| length(sqlite::log_of(dir))),
        })
    }

    /// Writes a page to the disk, and to the second copy if there is one: when that is done, work can be taken. The
    /// learner model is there by then, since no store opens without one.
    ///
    /// # Errors
    /// Why nothing can be written now.
    pub fn check_ready(&self) -> Result<Ready, StoreError> {
        self.writer.check()?;
        Ok(Ready {
            model: self.catalog().model().version().to_string(),
            migration: sqlite::newest_version(),
        })
    }
}
