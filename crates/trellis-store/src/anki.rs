//! Anki's collections, SQLite files of another program: read without trust, and written for it.
//!
//! They are here because this is the only crate that knows SQL; what is in the notes is understood elsewhere.

use std::path::{Path, PathBuf};
use trellis_core::fnv;

use rusqlite::{Connection, OpenFlags, params};

use crate::error::StoreError;

/// The most notes that are read.
pub const MOST_NOTES: usize = 200_000;
/// The longest fields of a note that are read, in characters.
const LONGEST_FIELDS: i64 = 200_000;

/// A note: its number, the number of its type, its tags and its fields.
pub type AnkiNote = (i64, i64, String, Vec<String>);

/// What stands in a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnkiCollection {
    /// The note types, as JSON.
    pub models: String,
    /// The notes, by number.
    pub notes: Vec<AnkiNote>,
    /// Notes that are left out because they are too long or too many.
    pub left_out: usize,
}

/// A note to write: a lasting name, front, back and a tag.
pub type AnkiCard = (String, String, String, String);

/// A file that goes when it is no longer needed.
struct Passing(PathBuf);

impl Passing {
    /// A new empty file that nobody else has, in the system's folder for such files.
    fn new() -> Result<Self, StoreError> {
        let folder = std::env::temp_dir();
        for round in 0..1_000_u32 {
            let path = folder.join(format!("trellis-anki-{}-{round}.db", std::process::id()));
            match std::fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(&path)
            {
                Ok(_) => return Ok(Self(path)),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(source) => return Err(StoreError::File { path, source }),
            }
        }
        let source = std::io::Error::from(std::io::ErrorKind::AlreadyExists);
        Err(StoreError::File {
            path: folder,
            source,
        })
    }

    fn fault(&self, source: std::io::Error) -> StoreError {
        StoreError::File {
            path: self.0.clone(),
            source,
        }
    }
}

impl Drop for Passing {
    fn drop(&mut self) {
        // A file that stays in the system's folder does no harm.
        drop(std::fs::remove_file(&self.0));
    }
}

/// Reads a collection from its bytes.
///
/// # Errors
/// When the bytes are no collection, or the tables are not plain tables.
pub fn read_anki(bytes: &[u8]) -> Result<AnkiCollection, StoreError> {
    let file = Passing::new()?;
    std::fs::write(&file.0, bytes).map_err(|source| file.fault(source))?;
    read_from(&file.0)
}

fn read_from(path: &Path) -> Result<AnkiCollection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // The schema is a stranger's: nothing in it may call functions, and damaged pages are found.
    connection.execute_batch(
        "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA query_only = ON; PRAGMA mmap_size = 0;",
    )?;
    let tables: i64 = connection.query_row(
        "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('notes', 'col') \
         AND sql NOT LIKE '%VIRTUAL%' AND sql NOT LIKE '%GENERATED%'",
        [],
        |row| row.get(0),
    )?;
    if tables != 2 {
        return Err(StoreError::Corrupt(
            "this is no collection of Anki".to_string(),
        ));
    }
    let models: String =
        connection.query_row("SELECT models FROM col LIMIT 1", [], |row| row.get(0))?;
    let all: usize = connection.query_row("SELECT count(*) FROM notes", [], |row| row.get(0))?;
    let mut statement = connection.prepare(
        "SELECT id, mid, tags, flds FROM notes WHERE length(flds) <= ?1 ORDER BY id LIMIT ?2",
    )?;
    let most = i64::try_from(MOST_NOTES).unwrap_or(i64::MAX);
    let mut rows = statement.query(params![LONGEST_FIELDS, most])?;
    let mut notes: Vec<AnkiNote> = Vec::new();
    while let Some(row) = rows.next()? {
        let fields: String = row.get(3)?;
        let fields = fields.split('\u{1f}').map(str::to_owned).collect();
        notes.push((row.get(0)?, row.get(1)?, row.get(2)?, fields));
    }
    Ok(AnkiCollection {
        models,
        left_out: all.saturating_sub(notes.len()),
        notes,
    })
}

/// A positive number that fits a JavaScript integer, from a name.
fn number(name: &str) -> i64 {
    i64::try_from(fnv::hash(name.as_bytes()) >> 12)
        .unwrap_or(1)
        .max(2)
}

/// The bytes of a collection with one deck of new cards. `now_ms` is the time in milliseconds since 1970; the same cards
/// and time give the same notes.
///
/// # Errors
/// When the file cannot be written.
pub fn write_anki(deck: &str, cards: &[AnkiCard], now_ms: i64) -> Result<Vec<u8>, StoreError> {
    let file = Passing::new()?;
    {
        let mut connection = Connection::open(&file.0)?;
        let transaction = connection.transaction()?;
        transaction.execute_batch(TABLES)?;
        let (deck_id, model_id) = (number(&format!("deck {deck}")), number("Trellis Basic"));
        let seconds = now_ms / 1_000;
        transaction.execute(
            "INSERT INTO col VALUES (1, ?1, ?2, ?2, 11, 0, 0, 0, '{}', ?3, ?4, ?5, '{}')",
            params![
                seconds,
                now_ms,
                models(model_id, deck_id, seconds),
                decks(deck, deck_id, seconds),
                DECK_OPTIONS
            ],
        )?;
        let mut seen = std::collections::BTreeSet::new();
        for (place, (name, front, back, tag)) in (1_i64..).zip(cards) {
            let mut id = number(name);
            while !seen.insert(id) {
                id += 1;
            }
            let fields = format!("{front}\u{1f}{back}");
            let guid = format!("{:016x}", fnv::hash(name.as_bytes()));
            let tags = if tag.is_empty() {
                String::new()
            } else {
                format!(" {tag} ")
            };
            let check = i64::try_from(fnv::hash(front.as_bytes()) >> 32).unwrap_or(0);
            transaction.execute(
                "INSERT INTO notes VALUES (?1, ?2, ?3, ?4, -1, ?5, ?6, ?7, ?8, 0, '')",
                params![id, guid, model_id, seconds, tags, fields, front, check],
            )?;
            transaction.execute(
                "INSERT INTO cards VALUES (?1, ?1, ?2, 0, ?3, -1, 0, 0, ?4, 0, 0, 0, 0, 0, 0, 0, 0, '')",
                params![id, deck_id, seconds, place],
            )?;
        }
        transaction.commit()?;
    }
    std::fs::read(&file.0).map_err(|source| file.fault(source))
}

fn models(id: i64, deck: i64, seconds: i64) -> String {
    let field = |name: &str, place: i64| {
        serde_json::json!({"name": name, "ord": place, "sticky": false, "rtl": false, "font": "Arial", "size": 20,
            "media": []})
    };
    let template = serde_json::json!({"name": "Card 1", "ord": 0, "qfmt": "{{Front}}",
        "afmt": "{{FrontSide}}<hr id=answer>{{Back}}", "did": null, "bqfmt": "", "bafmt": ""});
    let model = serde_json::json!({"id": id, "name": "Trellis Basic", "type": 0, "mod": seconds, "usn": -1, "sortf": 0,
        "did": deck, "tmpls": [template], "flds": [field("Front", 0), field("Back", 1)],
        "css": ".card { font-size: 20px; text-align: center; }", "latexPre": "", "latexPost": "",
        "tags": [], "vers": [], "req": [[0, "all", [0]]]});
    serde_json::json!({ id.to_string(): model }).to_string()
}

fn decks(name: &str, id: i64, seconds: i64) -> String {
    let deck = |id: i64, name: &str| {
        serde_json::json!({"id": id, "name": name, "mod": seconds, "usn": -1, "collapsed": false, "desc": "", "dyn": 0,
            "conf": 1, "extendNew": 0, "extendRev": 0, "newToday": [0, 0], "revToday": [0, 0], "lrnToday": [0, 0],
            "timeToday": [0, 0]})
    };
    serde_json::json!({ "1": deck(1, "Default"), id.to_string(): deck(id, name) }).to_string()
}

const DECK_OPTIONS: &str = r#"{"1":{"id":1,"name":"Default","mod":0,"usn":0,"maxTaken":60,"autoplay":true,"timer":0,
"replayq":true,"dyn":false,"new":{"bury":true,"delays":[1,10],"initialFactor":2500,"ints":[1,4,7],"order":1,"perDay":20,
"separate":true},"rev":{"bury":true,"ease4":1.3,"fuzz":0.05,"ivlFct":1,"maxIvl":36500,"minSpace":1,"perDay":200},
"lapse":{"delays":[10],"leechAction":0,"leechFails":8,"minInt":1,"mult":0}}}"#;

/// The tables of a collection, version 11, as Anki's own exports for older programs have them.
const TABLES: &str = "
CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
  ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
  models text not null, decks text not null, dconf text not null, tags text not null);
CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
  usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
  flags integer not null, data text not null);
CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
  mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null,
  ivl integer not null, factor integer not null, reps integer not null, lapses integer not null, left integer not null,
  odue integer not null, odid integer not null, flags integer not null, data text not null);
CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
  ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null, type integer not null);
CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
CREATE INDEX ix_notes_usn on notes (usn);
CREATE INDEX ix_cards_usn on cards (usn);
CREATE INDEX ix_revlog_usn on revlog (usn);
CREATE INDEX ix_cards_nid on cards (nid);
CREATE INDEX ix_cards_sched on cards (did, queue, due);
CREATE INDEX ix_revlog_cid on revlog (cid);
CREATE INDEX ix_notes_csum on notes (csum);";

#[cfg(test)]
mod tests {
    use super::*;

    fn card(name: &str) -> AnkiCard {
        (
            name.into(),
            format!("Front of {name}"),
            "Back".into(),
            "cells".into(),
        )
    }

    #[test]
    fn a_collection_is_read_as_it_was_written() {
        let bytes = write_anki("Cells", &[card("one"), card("two")], 1_700_000_000_000).unwrap();
        let read = read_anki(&bytes).unwrap();
        assert!(read.models.contains("Trellis Basic"));
        let mut fronts: Vec<&str> = read.notes.iter().map(|note| note.3[0].as_str()).collect();
        fronts.sort_unstable();
        assert_eq!(fronts, ["Front of one", "Front of two"]);
        assert_eq!((read.notes[0].3.len(), read.left_out), (2, 0));
    }

    #[test]
    fn what_is_no_collection_is_refused() {
        assert!(read_anki(b"").is_err());
        assert!(read_anki(b"SQLite format 3\0 and then nothing").is_err());
        let bytes = write_anki("Cells", &[card("one")], 0).unwrap();
        for cut in [100, 1_000, bytes.len() / 2] {
            assert!(read_anki(&bytes[..cut]).is_err(), "{cut}");
        }
        // A view in place of the notes could compute for ever.
        let path =
            std::env::temp_dir().join(format!("trellis-anki-view-{}.db", std::process::id()));
        let connection = Connection::open(&path).unwrap();
        let view = "CREATE TABLE col (models); INSERT INTO col VALUES ('{}');
            CREATE VIEW notes AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)
            SELECT id, 1 AS mid, '' AS tags, 'x' AS flds FROM n;";
        connection.execute_batch(view).unwrap();
        drop(connection);
        let bytes = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert!(read_anki(&bytes).is_err());
    }
}
