//! Erasing: no byte of a person is left in any file of the folder or of the second copy, and everybody else stays what they
//! were to the last bit.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_store::backup::{self, BackupKey};
use trellis_store::read::ReadError;
use trellis_store::{Mismatch, Roster, Store, examine};

use crate::planted::{self, MARK, MARK_BYTES, MARKED};
use crate::school::{
    ANA, BEN, CLEO, Folder, OPERATOR, START, STRANGER, TEACHER, actor, asked, learner,
    open_with_school, person, respond, start, take_course,
};

/// Where a mark of the learner still stands: file and byte.
fn marks(folder: &Path) -> Vec<(PathBuf, usize, String)> {
    let id = MARKED.0.to_be_bytes();
    let digits = MARKED.to_string();
    let wanted: [&[u8]; 7] = [
        MARK.as_bytes(),
        MARK_BYTES,
        &id,
        digits.as_bytes(),
        b"CANARY-TRIES-7Q!",
        // The beginning of the id in digits, in case some of it was written over.
        &digits.as_bytes()[..20],
        b"CanaryBird",
    ];
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(marks(&path));
            continue;
        }
        let bytes = std::fs::read(&path).expect("it can be read");
        for mark in wanted {
            let place = bytes.windows(mark.len()).position(|window| window == mark);
            let name = String::from_utf8_lossy(mark).into_owned();
            found.extend(place.map(|place| (path.clone(), place, name)));
        }
    }
    found
}

/// A learner takes the course, if they have not yet, and answers so many questions.
fn practise(store: &Store, learner: PersonId, first: u128, count: u128) {
    let now = |number: u128| START.plus_ms(i64::try_from(number).expect("a small number"));
    let taken = asked(actor(OPERATOR, Role::Operator), START, take_course(learner));
    // Refused when they have it already.
    let _ = store.execute(taken).expect("the disk works");
    for number in first..first + count {
        let own = |command| {
            let asked = asked(actor(learner, Role::Learner), now(number), command);
            store.execute(asked).expect("the disk works")
        };
        assert!(
            own(start(
                learner,
                number,
                "a",
                usize::try_from(number % 7).expect("small")
            ))
            .is_ok()
        );
        assert!(own(respond(learner, number, number, "7")).is_ok());
    }
}

/// Learners who go on beside the one who is erased, before and after.
fn others_work(store: &Store, first: u128) {
    for (learner, number) in [(ANA, first), (BEN, first + 100), (CLEO, first + 200)] {
        practise(store, learner, number, 12);
    }
}

#[test]
fn what_was_counted_of_somebody_is_counted_anew_without_them() {
    let folder = Folder::new("erasing-counted");
    let store = open_with_school(&folder);
    let learners: Vec<PersonId> = (0..6).map(|number| PersonId(5_000 + number)).collect();
    let people = learners.iter().map(|id| learner(*id)).collect();
    let roster = Roster {
        people,
        ..Roster::default()
    };
    store.add_roster(roster).expect("it works");
    for (place, learner) in (0..).zip(&learners) {
        practise(&store, *learner, 1_000 + 100 * place, 12);
    }
    let counted = store.calibration().expect("it can be read");
    assert!(!counted.is_empty(), "the test counts something");
    let erased = store.erase(learners[0], None, None, START);
    assert!(erased.expect("the disk works").is_some());
    let without = store.calibration().expect("it can be read");
    assert_ne!(without, counted);
    drop(store);
    let again = crate::school::open(&folder, false);
    assert_eq!(again.calibration().expect("it can be read"), without);
}

/// Every row of every table, but for what belongs to the one who is erased, as text.
fn all_of_others(database: &Path) -> BTreeMap<String, Vec<String>> {
    let connection = Connection::open(database).expect("it opens");
    let mut found = BTreeMap::new();
    for (table, sql) in [
        (
            "event",
            "SELECT seq, decision, at, hex(actor), role, hex(learner), hex(attempt), kind, body, hex(chain), hex(salt) FROM event WHERE learner IS NOT NULL AND learner <> ?1",
        ),
        (
            "chain",
            "SELECT seq, hex(chain) FROM event WHERE ?1 IS NOT NULL",
        ),
        (
            "answer",
            "SELECT hex(learner), hex(answer), decision FROM answer WHERE learner <> ?1",
        ),
        (
            "state",
            "SELECT hex(learner), seq, hex(body) FROM learner_state WHERE learner <> ?1",
        ),
        ("estimate", "SELECT * FROM estimate WHERE learner <> ?1"),
        ("person", "SELECT * FROM person WHERE id <> ?1"),
        ("enrollment", "SELECT * FROM enrollment WHERE person <> ?1"),
        (
            "guardianship",
            "SELECT * FROM guardianship WHERE learner <> ?1 AND guardian <> ?1",
        ),
        ("section", "SELECT * FROM section WHERE ?1 IS NOT NULL"),
        ("item", "SELECT * FROM item WHERE ?1 IS NOT NULL"),
    ] {
        let mut statement = connection
            .prepare(&format!("{sql} ORDER BY 1, 2"))
            .expect("it can be asked");
        let columns = statement.column_count();
        let rows = statement.query_map([MARKED.0.to_be_bytes()], |row| {
            let cells = (0..columns).map(|place| format!("{:?}", row.get_ref(place)));
            Ok(cells.collect::<Vec<_>>().join("|"))
        });
        let rows = rows
            .expect("it can be asked")
            .map(|row| row.expect("a row"));
        found.insert(table.to_owned(), rows.collect());
    }
    found
}

/// A school in which the marked learner has worked, on pages of the file that others share, and has been planted into every
/// table.
fn with_marked(folder: &Folder) {
    let store = open_with_school(folder);
    planted::enroll(&store);
    others_work(&store, 10_000);
    let command = take_course(MARKED);
    let taken = asked(actor(OPERATOR, Role::Operator), START, command);
    assert!(store.execute(taken).expect("the disk works").is_ok());
    // Long answers, so that they spill over pages, with those of others between them.
    for number in 0..40_u128 {
        practise(&store, ANA, 20_000 + number * 10, 1);
        let attempt = 50_000 + number;
        let own = |command| {
            let asked = asked(
                actor(MARKED, Role::Learner),
                START.plus_ms(i64::try_from(number).expect("small")),
                command,
            );
            store.execute(asked).expect("the disk works")
        };
        assert!(own(start(MARKED, attempt, "a", 0)).is_ok());
        let text = format!(
            "{} {MARK}",
            "word ".repeat(usize::try_from(number).expect("small") * 9)
        );
        let _ = own(respond(MARKED, attempt, 90_000 + number, &text));
    }
    others_work(&store, 30_000);
    drop(store);
    planted::plant(
        &folder.database(),
        &[
            "class_session",
            "erasure",
            "survey",
            "teaching_group",
            "project",
            "agreed",
            "shared_set",
            "draft_version",
        ],
    );
}

#[test]
fn no_byte_of_a_person_is_left_and_others_stay_to_the_last_bit() {
    let folder = Folder::new("erased");
    let second = Folder::new("erased-second");
    with_marked(&folder);
    let copy = second.path().join("copy");
    let store = Store::open_with_second(folder.path(), &copy).expect("it opens");
    others_work(&store, 40_000);
    assert!(
        marks(folder.path()).len() >= 5,
        "what is looked for was there"
    );
    assert!(!marks(&copy).is_empty(), "and in the second copy");
    let before = all_of_others(&folder.database());

    let begun = std::time::Instant::now();
    let erased = store.erase(MARKED, Some(OPERATOR), None, START);
    let erased = erased.expect("the disk works").expect("somebody");
    let in_pages = marks(folder.path()).len();
    store.clean().expect("there is room");
    let took = begun.elapsed();
    assert!(in_pages > 0, "the log and free pages hold more than rows");

    assert!(erased.events > 80 && erased.rows > 8, "{erased:?}");
    assert_eq!(marks(folder.path()), []);
    assert_eq!(marks(&copy), []);
    let after = all_of_others(&folder.database());
    for (table, rows) in &before {
        assert_eq!(rows, &after[table], "{table}");
    }
    let verified = store.verify(|_| {}).expect("it can be read");
    assert_eq!(verified.mismatches, []);
    assert_eq!(verified.erased, erased.events);
    assert!(!store.wants_cleaning().expect("it can be read"));
    // Others go on, on both copies.
    others_work(&store, 60_000);
    drop(store);
    assert_eq!(marks(folder.path()), []);
    for dir in [folder.path(), &copy] {
        let found = examine(dir).expect("it can be looked at");
        let verified = found.verified.expect("it can be read");
        assert_eq!(verified.mismatches, [], "{}", dir.display());
        assert!(found.structure.is_empty(), "{:?}", found.structure);
        assert_eq!(found.step_back, None);
    }
    eprintln!(
        "erasing: {} events and {} rows gone in {took:.2?}, 0 marks left in {} and its second copy",
        erased.events,
        erased.rows,
        folder.path().display()
    );
}

#[test]
fn whoever_was_erased_is_nobody() {
    let folder = Folder::new("erased-nobody");
    let store = open_with_school(&folder);
    practise(&store, ANA, 1, 2);
    let until = START.plus_days(1);
    store
        .sign_in(b"ana", ANA, None, START, until)
        .expect("the disk works");
    assert!(
        store
            .viewer(b"ana", START)
            .expect("the disk works")
            .is_some()
    );
    let erased = store.erase(ANA, None, None, START).expect("the disk works");
    assert!(erased.is_some());
    assert_eq!(store.viewer(b"ana", START).expect("the disk works"), None);
    let again = asked(actor(ANA, Role::Learner), START, start(ANA, 7, "a", 1));
    assert!(store.execute(again).expect("the disk works").is_err());
    let record = store.record_of(ANA, START).expect("it can be read");
    assert_eq!(record, None);
    for person in [ANA, STRANGER] {
        let erased = store.erase(person, None, None, START);
        assert_eq!(erased.expect("the disk works"), None, "{person}");
    }
    assert_eq!(store.verify(|_| {}).expect("it can be read").mismatches, []);
    // Opened again, all is folded from what is left.
    drop(store);
    let connection = Connection::open(folder.database()).expect("it opens");
    connection
        .execute("DELETE FROM fold_format", [])
        .expect("it can be done");
    drop(connection);
    let store = crate::school::open(&folder, false);
    assert_eq!(store.verify(|_| {}).expect("it can be read").mismatches, []);
}

#[test]
fn an_erasure_on_a_page_takes_two() {
    let folder = Folder::new("erased-by-two");
    let store = open_with_school(&folder);
    practise(&store, ANA, 1, 2);
    let leaders = [PersonId(41), PersonId(42)].map(|id| person(id, Role::Leader));
    let roster = Roster {
        people: leaders.to_vec(),
        ..Roster::default()
    };
    store.add_roster(roster).expect("the roster is kept");
    let [first, second, teacher] = [PersonId(41), PersonId(42), TEACHER].map(|who| {
        let token = who.to_string();
        let until = START.plus_days(1);
        store
            .sign_in(token.as_bytes(), who, None, START, until)
            .expect("the disk works");
        let viewer = store
            .viewer(token.as_bytes(), START)
            .expect("the disk works");
        viewer.expect("signed in")
    });
    let refusal = |result: Result<_, ReadError>| match result {
        Ok(()) => None,
        Err(ReadError::Refused(refusal)) => Some(refusal),
        Err(ReadError::Failed(error)) => panic!("{error}"),
    };
    let ask = |who, id: &str| refusal(store.ask_erasure(who, id, START));
    let agree = |who, id| refusal(store.agree_to_erasure(who, id, START).map(|_| ()));
    assert_eq!(
        agree(&second, ANA),
        Some(Refusal::NothingToUndo),
        "nobody asked"
    );
    assert_eq!(ask(&teacher, "s1"), Some(Refusal::NotYours));
    assert_eq!(ask(&first, "s41"), Some(Refusal::NotYours), "not oneself");
    assert_eq!(ask(&first, "nobody"), Some(Refusal::NotFound));
    assert_eq!(ask(&first, "s1"), None);
    assert_eq!(ask(&second, "s1"), Some(Refusal::AlreadySo));
    assert_eq!(
        agree(&first, ANA),
        Some(Refusal::NotYours),
        "it takes another"
    );
    assert_eq!(agree(&teacher, ANA), Some(Refusal::NotYours));
    assert!(
        store
            .record_of(ANA, START)
            .expect("it can be read")
            .is_some()
    );
    assert_eq!(refusal(store.keep_person(&second, ANA)), None);
    assert_eq!(
        agree(&second, ANA),
        Some(Refusal::NothingToUndo),
        "it was taken back"
    );
    assert_eq!(ask(&second, "s1"), None);
    let open = store.erasure_requests(&first).unwrap_or_default();
    assert_eq!(
        (open.len(), open[0].own, open[0].role),
        (1, false, Role::Learner)
    );
    assert_eq!(agree(&first, ANA), None);
    assert_eq!(store.record_of(ANA, START).expect("it can be read"), None);
    assert!(
        store
            .erasure_requests(&first)
            .unwrap_or_default()
            .is_empty()
    );
    assert_eq!(store.verify(|_| {}).expect("it can be read").mismatches, []);
}

#[test]
fn a_place_that_nobody_erased_is_found() {
    let folder = Folder::new("emptied");
    let store = open_with_school(&folder);
    practise(&store, ANA, 1, 2);
    drop(store);
    let connection = Connection::open(folder.database()).expect("it opens");
    let emptied = "UPDATE event SET body = '', salt = NULL, leaf = NULL, learner = NULL, kind = 'erased' WHERE seq = 3";
    connection.execute(emptied, []).expect("it can be done");
    drop(connection);
    let found = examine(folder.path()).expect("it can be looked at");
    let mismatches = found.verified.expect("it can be read").mismatches;
    assert!(mismatches.contains(&Mismatch::Erased(1)), "{mismatches:?}");
}

#[test]
fn a_leaf_that_was_changed_breaks_the_chain() {
    let folder = Folder::new("changed-leaf");
    let store = open_with_school(&folder);
    practise(&store, ANA, 1, 2);
    store.erase(ANA, None, None, START).expect("the disk works");
    practise(&store, BEN, 100, 2);
    drop(store);
    let connection = Connection::open(folder.database()).expect("it opens");
    let changed = "UPDATE event SET leaf = zeroblob(32) WHERE seq = (SELECT min(seq) FROM event WHERE leaf IS NOT NULL)";
    connection.execute(changed, []).expect("it can be done");
    drop(connection);
    let found = examine(folder.path()).expect("it can be looked at");
    let mismatches = found.verified.expect("it can be read").mismatches;
    assert!(
        matches!(mismatches[..], [Mismatch::Chain(_)]),
        "{mismatches:?}"
    );
}

#[test]
fn a_backup_from_after_an_erasure_holds_nobody_who_was_erased() {
    let folder = Folder::new("erased-backup");
    let other = Folder::new("erased-restored");
    with_marked(&folder);
    let store = Store::open(folder.path(), false).expect("it opens");
    store
        .erase(MARKED, None, None, START)
        .expect("the disk works");
    store.clean().expect("there is room");
    drop(store);
    let key = BackupKey::write_new(&other.path().join("key")).expect("it can be written");
    let to = other.path().join("backups");
    let made = backup::backup(folder.path(), &to, &key, START).expect("it can be made");
    let restored = other.path().join("restored");
    let origin = backup::Origin::Backup(&made.path, &key);
    let terms = backup::Terms::default();
    let done = backup::restore(&origin, &restored, terms, START).expect("it can be restored");
    assert!(done.placed, "{:?}", done.verified.mismatches);
    assert_eq!(marks(&restored), []);
}
