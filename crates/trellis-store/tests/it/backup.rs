//! Backups: taken while answers come in, restored to the same bits, and refused when anything is wrong with them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use trellis_core::id::{PersonId, Seq};
use trellis_core::people::Role;
use trellis_core::time::Timestamp;
use trellis_store::backup::{
    BackupKey, Made, Origin, Restored, Terms, backup, backups, keep_newest, newest, restore,
};
use trellis_store::{Store, StoreError};

use crate::damage::written;
use crate::school::{
    ANA, Folder, OPERATOR, START, actor, asked, open_with_school, respond, start, take_course,
};

/// Folders for a school, its backups and its key, each apart.
struct Place {
    school: Folder,
    backups: Folder,
    key: BackupKey,
}

impl Place {
    /// A school in which two learners have answered.
    fn new() -> Self {
        let place = Self::empty();
        written(&place.school);
        place
    }

    fn empty() -> Self {
        let folder = Folder::new("key");
        let key = BackupKey::write_new(&folder.path().join("key")).expect("a key is made");
        Self {
            school: Folder::new("backed-up"),
            backups: Folder::new("backups"),
            key,
        }
    }

    fn backup(&self, now: Timestamp) -> Result<Made, StoreError> {
        backup(self.school.path(), self.backups.path(), &self.key, now)
    }

    fn restore(&self, from: &Path, to: &Path, terms: Terms) -> Result<Restored, StoreError> {
        restore(&Origin::Backup(from, &self.key), to, terms, START)
    }
}

/// What a database says when it is folded again: events and learners, and that nothing differs.
fn folded(dir: &Path) -> (u64, u64) {
    let store = Store::open(dir, false).expect("it opens");
    let verified = store.verify(|_| {}).expect("it can be read");
    assert_eq!(verified.mismatches, []);
    (verified.events, verified.learners)
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(dir)
        .expect("a folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("text")
        })
        .collect();
    names.sort();
    names
}

#[test]
fn a_backup_restores_to_the_same_fold_and_the_school_goes_on_in_it() {
    let place = Place::new();
    let made = place.backup(START).expect("a backup is made");
    assert_eq!(made.bytes, fs::metadata(&made.path).expect("there").len());
    let to = Folder::new("restored");
    let restored = place
        .restore(&made.path, to.path(), Terms::default())
        .expect("it is restored");
    assert!(restored.placed && restored.before.is_none());
    assert_eq!(restored.manifest.as_ref(), Some(&made.manifest));
    assert_eq!(restored.verified.events, made.manifest.events);
    assert_eq!(folded(to.path()), folded(place.school.path()));
    // The same answer again gets the first reply; a new one is taken.
    let store = Store::open(to.path(), false).expect("it opens");
    let ask = |command| {
        let who = actor(ANA, Role::Learner);
        let reply = store.execute(asked(who, START.plus_ms(9), command));
        reply.expect("the disk works").expect("the rules allow it")
    };
    assert!(ask(respond(ANA, 0, 0, "7")).repeated);
    ask(start(ANA, 70, "a", 5));
    assert!(!ask(respond(ANA, 70, 70, "7")).repeated);
}

#[test]
fn nothing_in_a_backup_stands_in_the_clear_and_nothing_is_left_beside_it() {
    let place = Place::new();
    let made = place.backup(START).expect("a backup is made");
    let plain = fs::read(place.school.database()).expect("readable");
    let sealed = fs::read(&made.path).expect("readable");
    let word = b"Family 1";
    let holds = |bytes: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    assert!(holds(&plain), "the test looks for something that is there");
    assert!(!holds(&sealed));
    assert!(!sealed.windows(6).any(|window| window == b"SQLite"));
    let left = names(place.school.path());
    assert!(!left.iter().any(|name| name.ends_with(".tmp")), "{left:?}");
    assert_eq!(names(place.backups.path()).len(), 1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&made.path)
            .expect("there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0, "others can read it");
    }
}

#[test]
fn backups_taken_while_answers_come_in_hold_all_that_was_acknowledged_before() {
    let place = Place::empty();
    let store = open_with_school(&place.school);
    let learners: Vec<PersonId> = (1_000..1_004).map(PersonId).collect();
    let roster = trellis_store::Roster {
        people: learners
            .iter()
            .map(|id| crate::school::learner(*id))
            .collect(),
        ..trellis_store::Roster::default()
    };
    store.add_roster(roster).expect("kept");
    let (done, acknowledged) = (AtomicBool::new(false), AtomicU64::new(0));
    let taken = std::thread::scope(|scope| {
        for learner in &learners {
            let (store, done, acknowledged) = (&store, &done, &acknowledged);
            scope.spawn(move || {
                let ask = |who, role, command| {
                    let reply = store.execute(asked(actor(who, role), START, command));
                    reply.expect("the disk works").expect("the rules allow it")
                };
                ask(OPERATOR, Role::Operator, take_course(*learner));
                for round in 0..u128::MAX {
                    if done.load(Ordering::Relaxed) {
                        return;
                    }
                    let id = (learner.0 << 64) | round;
                    ask(*learner, Role::Learner, start(*learner, id, "a", 1));
                    let outcome = ask(*learner, Role::Learner, respond(*learner, id, id, "7"));
                    acknowledged.fetch_max(outcome.decision.0, Ordering::SeqCst);
                }
            });
        }
        let mut taken = Vec::new();
        for number in 0..5 {
            let patience = std::time::Instant::now();
            let before = acknowledged.load(Ordering::SeqCst);
            while acknowledged.load(Ordering::SeqCst) < before + 20 {
                assert!(patience.elapsed().as_secs() < 60, "nothing is answered");
                std::thread::yield_now();
            }
            let at_least = acknowledged.load(Ordering::SeqCst);
            let made = place.backup(START.plus_ms(number * 1_000)).expect("made");
            taken.push((at_least, made));
        }
        done.store(true, Ordering::Relaxed);
        taken
    });
    for (at_least, made) in &taken {
        assert!(made.manifest.events >= *at_least, "{made:?}");
        let to = Folder::new("online");
        let restored = place.restore(&made.path, to.path(), Terms::default());
        let restored = restored.expect("it is restored");
        assert_eq!(restored.verified.mismatches, []);
        assert!(restored.placed);
    }
    assert!(taken[0].1.manifest.events < taken[4].1.manifest.events);
}

#[test]
fn a_backup_that_is_cut_or_changed_is_refused_and_nothing_is_put_in_place() {
    let place = Place::new();
    let made = place.backup(START).expect("a backup is made");
    let whole = fs::read(&made.path).expect("readable");
    let bad = place.backups.path().join("bad");
    let to = place.backups.path().join("new");
    let refused = |bytes: &[u8]| {
        fs::write(&bad, bytes).expect("written");
        let error = place
            .restore(&bad, &to, Terms::default())
            .expect_err("refused");
        assert!(!to.exists(), "something was put in place");
        assert!(matches!(error, StoreError::Backup { .. }), "{error}");
        error.to_string()
    };
    for cut in [0, 7, 49, 50, 51, 66, whole.len() / 2, whole.len() - 1] {
        let said = refused(&whole[..cut]);
        assert!(said.contains("cut off") || cut == 0, "{cut}: {said}");
    }
    for place in [0, 9, 12, 30, 60, whole.len() / 3, whole.len() - 1] {
        let mut changed = whole.clone();
        changed[place] ^= 0x10;
        refused(&changed);
    }
    assert!(refused(b"SQLite format 3\0").contains("no Trellis backup"));
    let left = names(place.backups.path());
    assert_eq!(left.len(), 2, "a workshop is left: {left:?}");
}

#[test]
fn another_key_is_refused_by_its_name_and_a_file_without_a_key_too() {
    let place = Place::new();
    let made = place.backup(START).expect("a backup is made");
    let other = Place::empty();
    let error = other
        .restore(&made.path, &other.school.path().join("x"), Terms::default())
        .expect_err("refused");
    assert!(error.to_string().contains(&place.key.name().to_string()));
    assert!(error.to_string().contains(&other.key.name().to_string()));
    let file = place.backups.path().join("no-key");
    for text in [
        "",
        "hello",
        "trellis-backup-key-1:12",
        "trellis-backup-key-2:00",
    ] {
        fs::write(&file, text).expect("written");
        let error = BackupKey::read(&file).expect_err("no key");
        assert!(matches!(error, StoreError::NoKey { .. }), "{text}");
    }
    let text = "do not write over me";
    fs::write(&file, text).expect("written");
    BackupKey::write_new(&file).expect_err("there is a file");
    assert_eq!(fs::read_to_string(&file).expect("readable"), text);
    assert!(!format!("{:?}", place.key).contains("trellis-backup-key"));
}

#[test]
fn a_folder_in_which_something_stands_is_kept_and_one_in_use_is_left_alone() {
    let place = Place::new();
    let made = place.backup(START).expect("a backup is made");
    let to = Folder::new("occupied");
    let inside = to.path().join("school");
    fs::create_dir(&inside).expect("made");
    fs::write(inside.join("mine.txt"), "mine").expect("written");
    let error = place
        .restore(&made.path, &inside, Terms::default())
        .expect_err("taken");
    assert!(matches!(error, StoreError::Taken { .. }), "{error}");
    assert_eq!(names(&inside), ["mine.txt"]);
    let replace = Terms {
        replace: true,
        ..Terms::default()
    };
    let restored = place.restore(&made.path, &inside, replace).expect("placed");
    let before: PathBuf = restored.before.expect("kept under another name");
    assert!(before.join("mine.txt").exists());
    folded(&inside);
    // Somebody serves from it now.
    let serving = Store::open(&inside, false).expect("it opens");
    let error = place
        .restore(&made.path, &inside, replace)
        .expect_err("in use");
    assert!(matches!(error, StoreError::InUse { .. }), "{error}");
    drop(serving);
    // Trying a backup touches nothing.
    let try_only = Terms {
        try_only: true,
        ..Terms::default()
    };
    let names_before = names(to.path());
    let tried = place.restore(&made.path, &inside, try_only).expect("tried");
    assert!(!tried.placed && tried.verified.mismatches.is_empty());
    assert_eq!(names(to.path()), names_before);
}

#[test]
fn a_database_whose_chain_is_broken_gives_no_backup() {
    let place = Place::new();
    let connection = rusqlite::Connection::open(place.school.database()).expect("it opens");
    connection
        .execute("UPDATE event SET at = at + 1 WHERE seq = 4", [])
        .expect("changed");
    drop(connection);
    let error = place.backup(START).expect_err("refused");
    assert!(error.to_string().contains("breaks at event 4"), "{error}");
    assert_eq!(names(place.backups.path()), Vec::<String>::new());
    assert!(!place.school.path().join("trellis.backup.tmp").exists());
}

#[test]
fn a_restore_whose_fold_differs_is_put_in_place_only_when_asked() {
    let place = Place::new();
    let connection = rusqlite::Connection::open(place.school.database()).expect("it opens");
    connection
        .execute(
            "DELETE FROM learner_state WHERE learner = ?1",
            [ANA.0.to_be_bytes()],
        )
        .expect("changed");
    drop(connection);
    let made = place.backup(START).expect("the chain is whole");
    let to = place.backups.path().join("new");
    let restored = place
        .restore(&made.path, &to, Terms::default())
        .expect("read");
    assert_eq!(
        restored.verified.mismatches,
        [trellis_store::Mismatch::State(ANA)]
    );
    assert!(!restored.placed && !to.exists());
    let anyway = Terms {
        although_different: true,
        ..Terms::default()
    };
    assert!(place.restore(&made.path, &to, anyway).expect("read").placed);
    assert!(to.exists());
}

#[test]
fn what_a_killed_backup_left_is_cleared_and_one_under_way_is_not_disturbed() {
    let place = Place::new();
    fs::write(place.school.path().join("trellis.backup.tmp"), "half").expect("written");
    let lock = fs::File::create(place.school.path().join("trellis.backup.lock")).expect("made");
    lock.lock().expect("locked");
    let error = place.backup(START).expect_err("one is under way");
    assert!(matches!(error, StoreError::InUse { .. }), "{error}");
    drop(lock);
    let first = place.backup(START).expect("made");
    let second = place.backup(START.plus_ms(1_000)).expect("made");
    assert_eq!(
        backups(place.backups.path()).expect("a folder"),
        [first.path.clone(), second.path.clone()]
    );
    assert_eq!(newest(place.backups.path()).expect("one"), second.path);
    assert_eq!(
        keep_newest(place.backups.path(), 1).expect("removed"),
        [first.path]
    );
    assert_eq!(
        backups(place.backups.path()).expect("a folder"),
        [second.path]
    );
    assert_eq!(
        Store::open(place.school.path(), false)
            .expect("it opens")
            .last_seq()
            .expect("readable"),
        Seq(second.manifest.events)
    );
}

#[test]
fn a_missing_or_strange_database_is_said_by_its_name() {
    let place = Place::empty();
    let error = place.backup(START).expect_err("nothing there");
    assert!(matches!(error, StoreError::Missing { .. }), "{error}");
    fs::write(place.school.database(), vec![7; 4096]).expect("written");
    let error = place.backup(START).expect_err("not ours");
    assert!(error.to_string().contains("trellis.db"), "{error}");
}
