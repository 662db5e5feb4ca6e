//! Folders and files that are no Trellis database, or not for us: each is refused in words that name the file, and
//! nothing in it is changed.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command as Process, Output, Stdio};

use rusqlite::Connection;
use trellis_core::people::Role;
use trellis_store::{Roster, Store, StoreError};

use crate::school::{
    ANA, Folder, OPERATOR, START, actor, asked, import, open_with_school, person, respond, source,
    start, take_course,
};

/// The variable that tells the second process which folder to open.
const OPEN: &str = "TRELLIS_OPEN_DIR";

fn refused(dir: &Path, create: bool) -> StoreError {
    match Store::open(dir, create) {
        Err(error) => error,
        Ok(_) => panic!("{} was taken", dir.display()),
    }
}

/// Not a test of its own: the second process, which says why it could not open the folder.
#[test]
#[ignore = "the second process that other tests start"]
fn open_and_say() {
    let dir = std::env::var(OPEN).expect("started by another test");
    match Store::open(Path::new(&dir), true) {
        Ok(_) => println!("SAID opened"),
        Err(error) => println!("SAID {error}"),
    }
}

fn second_process(dir: &Path, user: Option<u32>) -> std::io::Result<Output> {
    let mut process = Process::new(std::env::current_exe()?);
    process
        .args([
            "bad_input::open_and_say",
            "--exact",
            "--ignored",
            "--nocapture",
        ])
        .env(OPEN, dir)
        .stdin(Stdio::null());
    if let Some(user) = user {
        process.uid(user);
    }
    process.output()
}

fn said(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text
        .lines()
        .find_map(|line| Some(line.split_once("SAID ")?.1.to_owned()));
    line.unwrap_or_else(|| panic!("the second process said nothing: {output:?}"))
}

/// Writes a file as the database, demands a refusal that names it, and that not a byte of it changed.
fn demand_refusal(bytes: &[u8], words: &str) {
    for create in [false, true] {
        let folder = Folder::new("bad");
        std::fs::write(folder.database(), bytes).expect("it can be written");
        let error = refused(folder.path(), create).to_string();
        assert!(
            error.contains("trellis.db") && error.contains(words),
            "{error}"
        );
        let after = std::fs::read(folder.database()).expect("it is there");
        assert!(
            after == bytes,
            "a file that is not ours was changed: {error}"
        );
    }
}

#[test]
fn what_is_not_sqlite_is_refused() {
    demand_refusal(
        b"This is my shopping list: milk, bread, 16 eggs and a bag of flour.",
        "not a Trellis database",
    );
    demand_refusal(&[0xff; 100_000], "not a Trellis database");
}

#[test]
fn a_database_of_another_program_is_refused() {
    let folder = Folder::new("other");
    let file = folder.path().join("other.db");
    let other = Connection::open(&file).expect("it opens");
    other
        .execute_batch(
            "CREATE TABLE event (seq INTEGER PRIMARY KEY); INSERT INTO event VALUES (1);",
        )
        .expect("it is made");
    other.close().expect("it closes");
    demand_refusal(
        &std::fs::read(file).expect("it is there"),
        "made by another program",
    );
}

#[test]
fn a_newer_version_is_refused() {
    let folder = Folder::new("newer");
    drop(open_with_school(&folder));
    let connection = Connection::open(folder.database()).expect("it opens");
    connection
        .pragma_update(None, "user_version", 99)
        .expect("it can be set");
    connection.close().expect("it closes");
    for create in [false, true] {
        let error = refused(folder.path(), create);
        assert!(
            matches!(error, StoreError::Newer { found: 99, .. }),
            "{error}"
        );
        assert!(error.to_string().contains("newer Trellis"), "{error}");
    }
}

#[test]
fn a_truncated_database_is_refused_or_found() {
    let folder = Folder::new("whole");
    drop(open_with_school(&folder));
    let whole = std::fs::read(folder.database()).expect("it is there");
    // Within the header, within the first page, in the middle, and one page short.
    for length in [50, 100, 2_000, whole.len() / 2, whole.len() - 4_096] {
        demand_refusal(&whole[..length], "trellis.db");
    }
    let folder = Folder::new("empty");
    std::fs::write(folder.database(), b"").expect("it can be written");
    let error = refused(folder.path(), false).to_string();
    assert!(error.contains("it is empty"), "{error}");
    // What a first start that was cut short leaves can be started again.
    drop(Store::open(folder.path(), true).expect("an empty file is a beginning"));
}

#[test]
fn a_closed_database_is_one_file() {
    // Operators are told to copy the file while Trellis is stopped: all must be in it then.
    let folder = Folder::new("closed");
    let store = open_with_school(&folder);
    let take = asked(actor(OPERATOR, Role::Operator), START, take_course(ANA));
    store
        .execute(take)
        .expect("the disk works")
        .expect("the course is there");
    assert_eq!(store.verify(|_| {}).expect("it can be read").events, 1);
    drop(store);
    let copied = Folder::new("copied");
    std::fs::copy(folder.database(), copied.database()).expect("it can be copied");
    let copy = Store::open(copied.path(), false).expect("a copy opens");
    assert_eq!(copy.verify(|_| {}).expect("it can be read").events, 1);
    assert!(!folder.path().join("trellis.db-wal").exists());
}

#[test]
fn a_missing_folder_is_said_and_not_made() {
    let folder = Folder::new("missing");
    let dir = folder.path().join("nowhere");
    let error = refused(&dir, false);
    assert!(matches!(error, StoreError::Missing { .. }), "{error}");
    assert!(error.to_string().contains("nowhere"), "{error}");
    assert!(!dir.exists());
    // A file where the folder should be.
    std::fs::write(&dir, b"a file").expect("it can be written");
    let error = refused(&dir, true);
    assert!(matches!(error, StoreError::File { .. }), "{error}");
}

#[test]
fn a_folder_without_permission_is_said() {
    let folder = Folder::new("closed");
    let dir = folder.path().join("mine");
    std::fs::create_dir(&dir).expect("it can be made");
    let readonly = |value| {
        let mut permissions = std::fs::metadata(&dir).expect("it is there").permissions();
        permissions.set_readonly(value);
        std::fs::set_permissions(&dir, permissions).expect("it is mine");
    };
    readonly(true);
    // Root may write everywhere, so root asks as another user.
    let root = std::fs::write(dir.join("probe"), b"").is_ok();
    let output = second_process(&dir, root.then_some(65_534));
    readonly(false);
    match output {
        Ok(output) => {
            let words = said(&output);
            assert!(
                words.contains("mine") && words.contains("may write"),
                "{words}"
            );
        }
        Err(error) => eprintln!("skipped: no second user can run this test here ({error})"),
    }
}

#[test]
fn a_second_process_is_kept_out() {
    let folder = Folder::new("two");
    let store = open_with_school(&folder);
    let words = said(&second_process(folder.path(), None).expect("it starts"));
    assert!(
        words.contains("another Trellis is using this folder"),
        "{words}"
    );
    drop(store);
    let words = said(&second_process(folder.path(), None).expect("it starts"));
    assert_eq!(words, "opened");
}

/// A file system of two megabytes, taken away at the end.
struct Tiny<'a>(&'a Path);

impl Drop for Tiny<'_> {
    fn drop(&mut self) {
        // What stays mounted keeps the folder for temporary files from being removed, and is seen there.
        let _ = Process::new("umount").arg(self.0).output();
    }
}

#[test]
fn a_full_disk_keeps_what_was_acknowledged() {
    let folder = Folder::new("full");
    let dir = folder.path().join("disk");
    std::fs::create_dir(&dir).expect("it can be made");
    let mount = Process::new("mount")
        .args(["-t", "tmpfs", "-o", "size=2m", "trellis-test"])
        .arg(&dir)
        .output();
    if !mount.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: a small file system cannot be mounted here");
        return;
    }
    let _tiny = Tiny(&dir);
    let store = Store::open(&dir, true).expect("a new folder opens");
    store
        .import(&source(), vec![import()])
        .expect("the course fits");
    store
        .add_roster(crate::school::roster())
        .expect("the roster fits");
    let who = actor(ANA, Role::Learner);
    let operator = actor(OPERATOR, Role::Operator);
    let took = store
        .execute(asked(operator, START, take_course(ANA)))
        .expect("there is room");
    took.expect("the course is there");
    let mut kept = Vec::new();
    let mut full = None;
    for id in 0..5_000u128 {
        let now = START.plus_ms(i64::try_from(id).expect("small") * 1_000);
        let item = usize::try_from(id % 3).expect("small");
        let commands = [start(ANA, id, "a", item), respond(ANA, id, id, "7")];
        for command in commands {
            match store.execute(asked(who, now, command)) {
                Ok(outcome) => kept.push(outcome.expect("the rules allow it")),
                Err(error) => {
                    full = Some(error);
                    break;
                }
            }
        }
        // An attempt that could not begin has nothing to answer.
        if full.is_some() {
            break;
        }
    }
    let full = full.expect("two megabytes are soon full");
    assert!(matches!(full, StoreError::DiskFull), "{full}");
    assert!(kept.len() > 20, "{} replies", kept.len());
    // A large change of rows is refused whole, and the store still reads and verifies.
    let people = (1_000..9_000).map(|id| person(trellis_core::id::PersonId(id), Role::Learner));
    let many = Roster {
        people: people.collect(),
        ..Roster::default()
    };
    assert!(store.add_roster(many).is_err());
    assert_eq!(store.verify(|_| {}).expect("it can be read").mismatches, []);
    drop(store);
    let store = Store::open(&dir, false).expect("a full disk can be read");
    assert_eq!(store.verify(|_| {}).expect("it can be read").mismatches, []);
    let last = kept.last().expect("many");
    assert_eq!(
        store.decision(last.decision).expect("it can be read"),
        last.events
    );
    assert_eq!(store.people().expect("it can be read").len(), 7);
}
