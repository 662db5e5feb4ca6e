//! A look at a database without taking it: what is in it, what is wrong with it, and whether it is in use. Nothing is
//! written, and whoever serves from it goes on.

use std::path::Path;

use trellis_core::id::Seq;
use trellis_core::time::Timestamp;

use crate::db::{Connection, OptionalExtension};
use crate::error::StoreError;
use crate::journal;
use crate::replay::{self, Verified};
use crate::{content, refold, sqlite};

/// Most lines of SQLite's own check that are kept.
const MOST_LINES: usize = 20;
/// A step back of the clock that is worth a word, in milliseconds: clocks are set right by some seconds now and then.
const STEP_BACK_MS: i64 = 60_000;

/// What a look at a database found.
#[derive(Debug)]
pub struct Examination {
    /// Whether a process holds the folder.
    pub in_use: bool,
    /// The version of its schema.
    pub schema: u32,
    /// The version that this program writes.
    pub newest_schema: u32,
    /// Whether states stand in this program's format; otherwise they are folded again when it is opened.
    pub format_current: bool,
    /// What SQLite's check of the file says is broken; empty when the file is sound.
    pub structure: Vec<String>,
    /// What folding everything again found. For an older schema only the chain is followed, and this holds only the number of
    /// events.
    pub verified: Result<Verified, StoreError>,
    /// What the clock said when the last event was written.
    pub last_at: Option<Timestamp>,
    /// The first event that was written at an earlier time than the one before it, and by how many milliseconds.
    pub step_back: Option<(Seq, i64)>,
    /// The length of the database, in bytes.
    pub bytes: u64,
    /// The length of the write-ahead log beside it, in bytes.
    pub log_bytes: u64,
}

/// Looks at the database in a folder.
///
/// # Errors
/// [`StoreError`] when there is none, it is not ours or newer, or the file cannot be opened at all.
pub fn examine(dir: &Path) -> Result<Examination, StoreError> {
    let path = dir.join(sqlite::FILE);
    let mut connection = sqlite::open_ours(&path)?;
    let length = |path: &Path| std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    let in_use = sqlite::is_in_use(dir)?;
    // One transaction: all of it is seen at one moment.
    let transaction = connection.transaction()?;
    let schema: u32 = transaction
        .sqlite()?
        .pragma_query_value(None, "user_version", |row| row.get(0))?;
    let structure = structure(&transaction)?;
    let current = schema == sqlite::newest_version();
    let verified = if current {
        content::load(&transaction)
            .and_then(|catalog| replay::verify(&transaction, &catalog, |_| {}))
    } else {
        journal::follow_chain(&transaction).map(|tip| Verified {
            events: tip.seq,
            ..Verified::default()
        })
    };
    Ok(Examination {
        in_use,
        schema,
        newest_schema: sqlite::newest_version(),
        format_current: current && refold::is_current(&transaction)?,
        structure,
        verified,
        last_at: last_at(&transaction).unwrap_or(None),
        step_back: step_back(&transaction).unwrap_or(None),
        bytes: length(&path),
        log_bytes: length(&sqlite::log_of(dir)),
    })
}

/// What SQLite's own check says. It reads every page; a file in which that is not possible says so here too.
fn structure(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let sql = format!("PRAGMA integrity_check({MOST_LINES})");
    let mut statement = connection.sqlite()?.prepare(&sql)?;
    let lines: Result<Vec<String>, rusqlite::Error> =
        statement.query_map([], |row| row.get(0))?.collect();
    Ok(match lines {
        Ok(lines) if lines == ["ok"] => Vec::new(),
        Ok(lines) => lines,
        Err(error) => vec![error.to_string()],
    })
}

fn last_at(connection: &Connection) -> Result<Option<Timestamp>, StoreError> {
    let sql = "SELECT at FROM event WHERE body <> '' ORDER BY seq DESC LIMIT 1";
    let found = connection.query_row(sql, [], |row| row.get(0)).optional()?;
    Ok(found.map(Timestamp))
}

fn step_back(connection: &Connection) -> Result<Option<(Seq, i64)>, StoreError> {
    let sql = "SELECT seq, before - at FROM (SELECT seq, at, lag(at) OVER (ORDER BY seq) AS before FROM event WHERE body <> '') AS pair
               WHERE before - at > ?1 ORDER BY seq LIMIT 1";
    let found = connection
        .query_row(sql, [STEP_BACK_MS], |row| {
            Ok((row.get::<u64>(0)?, row.get(1)?))
        })
        .optional()?;
    Ok(found.map(|(seq, ms)| (Seq(seq), ms)))
}
