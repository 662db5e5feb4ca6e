//! Upgrades: databases of every older version, killed at each write of being brought up to date; and journals of every format
//! that was ever released.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};
use trellis_store::{Mismatch, Store};

use super::disk::Fault;
use super::load::{Lives, Run, run};
use super::scale;
use crate::kill::journal;
use crate::school::Folder;

const APPLICATION_ID: i32 = 0x5452_4c53;

/// The files of a folder of this crate, by name.
fn files_in(folder: &str) -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(dir)
        .expect("there are some")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    files
}

/// The migrations of the program, in order.
pub(super) fn migrations() -> Vec<String> {
    files_in("src/sqlite/migrations")
        .iter()
        .map(|file| fs::read_to_string(file).expect("text"))
        .collect()
}

fn column(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).expect("it can be asked");
    statement
        .query_map([], |row| row.get(0))
        .expect("it can be asked")
        .collect::<Result<_, _>>()
        .expect("text")
}

/// Makes a database as a program of an older version would have left it, with what stands in a new one.
pub(super) fn older(new: &Path, version: usize, to: &Path) {
    let connection = Connection::open(to).expect("made");
    for sql in migrations().iter().take(version) {
        connection.execute_batch(sql).expect("it was released");
    }
    connection
        .execute("ATTACH ?1 AS new", [new.to_str().expect("text")])
        .expect("attached");
    for table in column(
        &connection,
        "SELECT name FROM main.sqlite_schema WHERE type = 'table'",
    ) {
        let columns = column(
            &connection,
            &format!("SELECT name FROM pragma_table_info('{table}', 'main')"),
        )
        .join(", ");
        connection
            .execute_batch(&format!(
                "INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}"
            ))
            .expect("copied");
    }
    connection
        .pragma_update(None, "application_id", APPLICATION_ID)
        .expect("set");
    connection
        .pragma_update(None, "user_version", u32::try_from(version).expect("small"))
        .expect("set");
    connection.execute_batch("DETACH new").expect("detached");
    if version < SALTED {
        chain_without_salts(&connection);
    }
}

/// The version from which on events have salts.
const SALTED: usize = 8;

/// Chains the journal as programs did before events had salts: over what stands in the rows.
fn chain_without_salts(connection: &Connection) {
    let mut statement = connection
        .prepare("SELECT seq, decision, at, actor, role, body FROM event ORDER BY seq")
        .expect("it can be asked");
    let mut rows = statement.query([]).expect("it can be asked");
    let mut chain = [0; 32];
    while let Some(row) = rows.next().expect("a row") {
        let number = |place| row.get::<_, i64>(place).expect("a number").to_be_bytes();
        let mut hasher = blake3::Hasher::new();
        hasher.update(&chain);
        for place in 0..3 {
            hasher.update(&number(place));
        }
        hasher.update(&row.get::<_, Vec<u8>>(3).expect("an id"));
        for place in 4..6 {
            hasher.update(row.get::<_, String>(place).expect("text").as_bytes());
        }
        chain = *hasher.finalize().as_bytes();
        connection
            .execute(
                "UPDATE event SET chain = ?2 WHERE seq = ?1",
                params![row.get::<_, i64>(0).expect("a number"), chain],
            )
            .expect("written");
    }
}

#[test]
fn it_dies_at_a_write_of_an_upgrade() {
    let mut lives = Lives::new("upgraded");
    lives.live(Run {
        answers: 3,
        ..Run::default()
    });
    let answers = journal(&lives.folder);
    let newest = migrations().len();
    let step = if scale(1, 2) > 1 { 1 } else { 4 };
    let (mut kills, mut half_way) = (0, 0);
    for version in 1..newest {
        let made = Folder::new("older");
        older(&lives.folder.database(), version, &made.database());
        let old = fs::read(made.database()).expect("there");
        for at in (1..).step_by(step) {
            let folder = Folder::new("upgrade");
            fs::write(folder.database(), &old).expect("written");
            let ran = run(
                &folder,
                Run {
                    fault: Some(Fault::DieBefore(at)),
                    ..Run::default()
                },
            );
            if ran.opened {
                break;
            }
            assert!(!ran.status.success(), "it neither opened nor died");
            kills += 1;
            let left = Connection::open(folder.database()).expect("it opens");
            let reached: usize = left
                .pragma_query_value(None, "user_version", |row| row.get(0))
                .expect("a version");
            drop(left);
            assert!((version..=newest).contains(&reached), "version {reached}");
            half_way += u32::from(reached != version);
            let store = Store::open(folder.path(), false).expect("it opens after a kill");
            let verified = store.verify(|_| {}).expect("it can be read");
            assert_eq!(verified.mismatches, [], "version {version}, write {at}");
            drop(store);
            assert_eq!(journal(&folder), answers, "version {version}, write {at}");
        }
    }
    eprintln!(
        "upgrades: {} older versions, {kills} kills, {half_way} of them with some steps done, 0 answers lost",
        newest - 1
    );
    assert!(kills > 10);
}

/// Journals as released programs have written them, one row a line. A released one is never changed.
fn released() -> Vec<PathBuf> {
    files_in("tests/golden")
}

#[test]
fn every_journal_that_was_ever_written_still_reads() {
    let files = released();
    assert!(!files.is_empty());
    for file in files {
        let folder = Folder::new("golden");
        drop(Store::open(folder.path(), true).expect("made"));
        let mut connection = Connection::open(folder.database()).expect("it opens");
        let transaction = connection.transaction().expect("begun");
        let text = fs::read_to_string(&file).expect("text");
        for line in text.lines() {
            put(
                &transaction,
                &serde_json::from_str(line).expect("a row a line"),
            );
        }
        // The folds are of another program; they are made anew from the journal.
        transaction
            .execute_batch("DELETE FROM fold_format")
            .expect("deleted");
        transaction.commit().expect("written");
        drop(connection);
        let store = Store::open(folder.path(), false).expect("it opens");
        let verified = store.verify(|_| {}).expect("every event reads");
        assert_eq!(verified.events, text.lines().count() as u64);
        let of_class = |found: &&Mismatch| !matches!(found, Mismatch::Class(_));
        let found: Vec<_> = verified.mismatches.iter().filter(of_class).collect();
        assert!(found.is_empty(), "{}: {found:?}", file.display());
    }
}

fn put(connection: &Connection, row: &serde_json::Value) {
    let blob = |name: &str| {
        row[name].as_str().map(|digits| {
            (0..digits.len() / 2)
                .map(|place| u8::from_str_radix(&digits[place * 2..place * 2 + 2], 16))
                .collect::<Result<Vec<u8>, _>>()
                .expect("hexadecimal")
        })
    };
    connection
        .execute(
            "INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, NULL, NULL)",
            params![
                row["seq"].as_i64(),
                row["decision"].as_i64(),
                row["at"].as_i64(),
                blob("actor"),
                row["role"].as_str(),
                blob("learner"),
                blob("attempt"),
                row["kind"].as_str(),
                row["body"].as_str(),
                blob("chain"),
            ],
        )
        .expect("written");
    let body: serde_json::Value =
        serde_json::from_str(row["body"].as_str().expect("a body")).expect("an event");
    if let Some(answer) = body["answer"].as_str() {
        let answer = u128::from_str_radix(answer, 16).expect("hexadecimal");
        connection
            .execute(
                "INSERT INTO answer VALUES (?1, ?2, ?3)",
                params![
                    blob("learner"),
                    answer.to_be_bytes(),
                    row["decision"].as_i64()
                ],
            )
            .expect("written");
    }
}
