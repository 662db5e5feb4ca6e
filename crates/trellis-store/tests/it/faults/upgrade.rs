//! `trellis upgrade`, killed at writes all through it: the old database or the new one is there, whole, and never a third thing.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command as Process, Stdio};

use rusqlite::Connection;
use trellis_core::time::Timestamp;
use trellis_store::Store;
use trellis_store::backup::{BackupKey, upgrade};

use super::disk::{Fault, under};
use super::load::{Lives, Run};
use super::migration::{migrations, older};
use super::scale;
use crate::kill::journal;
use crate::school::{Folder, START};

/// The folder of the database that is upgraded, and the one for its backup and the key.
const DIR: &str = "TRELLIS_UPGRADE_DIR";
const BESIDE: &str = "TRELLIS_UPGRADE_BESIDE";

/// Not a test of its own: the process that is killed.
#[test]
#[ignore = "the process that the test of upgrades starts"]
fn upgrade_through_faults() {
    let folder = |name| std::env::var(name).expect("started by a fault test");
    let (dir, beside) = (folder(DIR), folder(BESIDE));
    upgrade_in(Path::new(&dir), Path::new(&beside), START);
}

fn upgrade_in(dir: &Path, beside: &Path, now: Timestamp) -> (u32, bool) {
    let file = beside.join("key");
    let key = if file.exists() {
        BackupKey::read(&file)
    } else {
        BackupKey::write_new(&file)
    };
    let backups = beside.join("backups");
    let upgraded = upgrade(dir, &backups, &key.expect("a key"), now).expect("it can be upgraded");
    let placed = upgraded.done.is_none_or(|done| done.placed);
    (upgraded.from, placed)
}

fn version(database: &Path) -> Option<usize> {
    let connection = Connection::open(database).expect("it opens");
    let check: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .ok()?;
    assert_eq!(check, "ok");
    connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .ok()
}

#[test]
fn it_dies_in_the_middle_of_every_migration() {
    let mut lives = Lives::new("upgraded-safely");
    lives.live(Run {
        answers: 3,
        ..Run::default()
    });
    let answers = journal(&lives.folder);
    let newest = migrations().len();
    let (mut kills, mut reached) = (0, BTreeSet::new());
    let all: BTreeSet<usize> = (1..=newest).collect();
    let mut tried = BTreeSet::new();
    // Small migrations can fall between two kills: with what was never broken off it is begun once more, in smaller steps.
    while let Some(from) = [1, 7]
        .into_iter()
        .chain(all.difference(&reached).copied())
        .find(|from| *from < newest && !tried.contains(from))
    {
        tried.insert(from);
        let made = Folder::new("older");
        older(&lives.folder.database(), from, &made.database());
        let old = fs::read(made.database()).expect("there");
        // From the first version on all migrations run; the others begin in the middle.
        let step = match (scale(1, 2) > 1, from) {
            (true, _) => 1,
            (false, 1) => 7,
            (false, 7) => 97,
            (false, _) => 11,
        };
        for at in (1..).step_by(step) {
            let (folder, beside) = (Folder::new("upgrade"), Folder::new("beside"));
            fs::write(folder.database(), &old).expect("written");
            let mut process = Process::new(std::env::current_exe().expect("this test has a file"));
            process
                .args(["faults::upgrade::upgrade_through_faults", "--exact"])
                .args(["--ignored", "--nocapture"])
                .env(DIR, folder.path())
                .env(BESIDE, beside.path())
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            under(
                &mut process,
                folder.path(),
                Some(Fault::DieBefore(at)),
                None,
            );
            let died = !process.status().expect("it starts").success();
            let copy = folder.path().join("upgrade.tmp/trellis.db");
            if died && copy.exists() {
                let copied = Connection::open(&copy).expect("it opens");
                let found = copied.pragma_query_value(None, "user_version", |row| row.get(0));
                // A copy that is only half there has no version yet.
                reached.extend(found.ok().filter(|found: &usize| *found > 0));
            }
            let left = version(&folder.database()).expect("it is whole");
            assert!(left == from || left == newest, "version {left}, write {at}");
            if !died {
                assert_eq!(left, newest);
                break;
            }
            kills += 1;
            let again = upgrade_in(folder.path(), beside.path(), START.plus_ms(60_000));
            assert!(again.1, "from {from}, write {at}");
            assert!(!folder.path().join("upgrade.tmp").exists());
            let store = Store::open(folder.path(), false).expect("it opens");
            assert_eq!(store.verify(|_| {}).expect("it reads").mismatches, []);
            drop(store);
            assert_eq!(journal(&folder), answers, "from {from}, write {at}");
        }
    }
    eprintln!("safe upgrades: {kills} kills, 0 answers lost; copies had the versions {reached:?}");
    assert_eq!(reached, all, "some migration was never broken off");
}

#[test]
fn what_is_newer_or_in_use_is_left_alone() {
    let lives = Lives::new("left-alone");
    let beside = Folder::new("beside");
    let key = BackupKey::write_new(&beside.path().join("key")).expect("a key");
    let tried = || upgrade(lives.folder.path(), &beside.path().join("b"), &key, START);
    let nothing = tried().expect("it is current");
    assert!(nothing.done.is_none() && nothing.from == nothing.to);
    let store = Store::open(lives.folder.path(), false).expect("it opens");
    assert!(tried().expect_err("in use").to_string().contains("using"));
    drop(store);
    let newer = Connection::open(lives.folder.database()).expect("it opens");
    newer
        .pragma_update(None, "user_version", 1_000)
        .expect("set");
    drop(newer);
    let before = fs::read(lives.folder.database()).expect("there");
    assert!(tried().expect_err("newer").to_string().contains("1000"));
    assert_eq!(fs::read(lives.folder.database()).expect("there"), before);
    assert!(!beside.path().join("b").exists(), "a backup was made");
}
