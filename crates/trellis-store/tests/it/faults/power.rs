//! The power goes at every moment at which something was written: whatever the disk keeps of what was not flushed, what was
//! acknowledged is there, and the journal is the one that was written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use trellis_store::Store;

use super::load::{Lives, Run};
use super::trace::{Disk, Happened, Model, lay_out, read};
use super::{Numbers, scale};
use crate::school::Folder;

/// Answers in the trace: one for each of the eight threads, times this.
const ANSWERS_EACH: u32 = 3;
/// One cut in so many is looked at in full: every answer once, folded again, and SQLite's own check.
const FULL_LOOK: u64 = 40;

/// The chain of the journal by place.
type Chain = BTreeMap<u64, Vec<u8>>;

struct Recorded {
    trace: Vec<Happened>,
    disk: Disk,
    chain: Chain,
    lives: Lives,
}

/// Lets a school answer and records what happens on its disk, up to the end of the process.
fn record(name: &str, answers: u32) -> Recorded {
    let mut lives = Lives::new(name);
    let disk = Disk::with(&lives.folder.database());
    let kept = Folder::new("trace");
    let path = kept.path().join("trace");
    let ran = lives.live(Run {
        answers,
        trace: Some(&path),
        ..Run::default()
    });
    assert!(ran.status.success() && ran.refused == 0);
    let connection = Connection::open(lives.folder.database()).expect("it opens");
    let mut statement = connection
        .prepare("SELECT seq, chain FROM event")
        .expect("there is a journal");
    let chain = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("it can be read")
        .collect::<Result<Chain, _>>()
        .expect("it can be read");
    drop(statement);
    drop(connection);
    Recorded {
        trace: read(&path),
        disk,
        chain,
        lives,
    }
}

/// The end of the journal as a cut left it.
fn tip(dir: &Path) -> Result<(u64, Vec<u8>), rusqlite::Error> {
    let connection = Connection::open(dir.join("trellis.db"))?;
    connection.query_row(
        "SELECT seq, chain FROM event ORDER BY seq DESC LIMIT 1",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// A folder in memory, where there is one: a cut is laid out thousands of times.
fn quick_folder() -> (Folder, PathBuf) {
    let folder = Folder::new("cuts");
    let memory = Path::new("/dev/shm");
    let path = if memory.is_dir() {
        memory.join(folder.path().file_name().expect("a name"))
    } else {
        folder.path().join("cut")
    };
    std::fs::create_dir_all(&path).expect("made");
    (folder, path)
}

/// The place of the last event that somebody was told of.
fn acknowledged(said: &str) -> Option<u64> {
    said.lines()
        .filter_map(|line| line.strip_prefix("K ")?.split(' ').nth(2)?.parse().ok())
        .max()
}

#[test]
fn the_power_goes_at_every_write() {
    let answers = scale(ANSWERS_EACH, 1_250);
    let mut recorded = record("power", answers);
    // Nothing of the database as it was recorded is looked at any more: only what cuts leave of it.
    let (_folder, dir) = quick_folder();
    let mut numbers = Numbers(77);
    let (mut promised, mut cuts, mut boundaries, mut full, mut behind) = (0, 0, 0, 0, 0);
    for at in 0..recorded.trace.len() {
        if let Happened::Said(said) = &recorded.trace[at] {
            promised = acknowledged(said).unwrap_or(0).max(promised);
        }
        if !recorded.disk.play(&recorded.trace, at) {
            continue;
        }
        boundaries += 1;
        for model in [Model::Prefix, Model::Sectors, Model::Files] {
            let mut chance = || numbers.next();
            lay_out(
                &recorded.disk.cut(&recorded.trace, model, &mut chance),
                &dir,
            );
            cuts += 1;
            let (seq, chain) = tip(&dir).expect("it opens after a cut");
            assert!(seq >= promised, "{model:?} at {at}: {seq} of {promised}");
            assert_eq!(
                recorded.chain.get(&seq),
                Some(&chain),
                "{model:?} at {at}: another journal"
            );
            behind += u64::from(seq > promised);
            if numbers.next().is_multiple_of(FULL_LOOK) {
                full += 1;
                look_closely(&dir, seq);
            }
        }
    }
    let _ = std::fs::remove_dir_all(&dir);
    eprintln!(
        "power cuts: {} answers, {boundaries} boundaries, {cuts} cuts by three models, {full} looked at in full, {behind} held \
         more than was acknowledged, 0 lost, 0 damaged",
        answers * 8
    );
    recorded.lives.say("the recorded run");
    assert!(boundaries > 100 && full > 0);
}

/// Opens it as Trellis does, folds everything again, and lets SQLite check the file.
fn look_closely(dir: &Path, seq: u64) {
    let store = Store::open(dir, false).expect("it opens");
    let verified = store.verify(|_| {}).expect("it can be read");
    assert_eq!(verified.mismatches, []);
    assert_eq!(verified.events, seq);
    drop(store);
    let connection = Connection::open(dir.join("trellis.db")).expect("it opens");
    let sound: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .expect("it can be checked");
    assert_eq!(sound, "ok");
}

/// What came of a cut on a disk that says it has flushed and has not.
#[derive(Debug, Default)]
struct Lied {
    cuts: u32,
    nothing_lost: u32,
    does_not_open: u32,
    fold_differs: u32,
    only_a_witness_knows: u32,
}

#[test]
fn a_flush_that_lies_is_found_by_the_chain() {
    let mut recorded = record("lying", scale(ANSWERS_EACH, 20));
    let (_folder, dir) = quick_folder();
    let mut numbers = Numbers(78);
    let mut lied = Lied::default();
    let mut promised = 0;
    recorded.disk.lies = true;
    let every = (recorded.trace.len() / 150).max(1);
    for at in 0..recorded.trace.len() {
        if let Happened::Said(said) = &recorded.trace[at] {
            promised = acknowledged(said).unwrap_or(0).max(promised);
        }
        recorded.disk.play(&recorded.trace, at);
        if at % every != 0 {
            continue;
        }
        for model in [Model::Prefix, Model::Sectors, Model::Files] {
            let mut chance = || numbers.next();
            lay_out(
                &recorded.disk.cut(&recorded.trace, model, &mut chance),
                &dir,
            );
            judge(&dir, promised, &recorded.chain, &mut lied);
        }
    }
    let _ = std::fs::remove_dir_all(&dir);
    eprintln!("a disk that lies: {lied:?}");
    // The control of this file: the same cuts do lose answers when flushes do nothing.
    assert!(lied.only_a_witness_knows > 0 && lied.cuts > lied.nothing_lost);
}

/// Demands that whatever was lost is noticed: by opening, by folding again, or by a place of the chain that a backup or
/// a second copy knows.
fn judge(dir: &Path, promised: u64, chain: &Chain, lied: &mut Lied) {
    lied.cuts += 1;
    let Ok(store) = Store::open(dir, false) else {
        lied.does_not_open += 1;
        return;
    };
    let sound = store
        .verify(|_| {})
        .is_ok_and(|verified| verified.mismatches.is_empty());
    if !sound {
        lied.fold_differs += 1;
        return;
    }
    let last = store.last_seq().expect("it can be read").0;
    let Some(witness) = chain.get(&promised) else {
        lied.nothing_lost += 1;
        return;
    };
    let witness: [u8; 32] = witness.as_slice().try_into().expect("32 bytes");
    let holds = store
        .goes_through(trellis_core::id::Seq(promised), &witness)
        .expect("it can be read");
    if last >= promised {
        assert!(holds, "nothing is missing, and the chain says otherwise");
        lied.nothing_lost += 1;
    } else {
        assert!(!holds, "{last} of {promised}: a loss that nobody notices");
        lied.only_a_witness_knows += 1;
    }
}
