//! The second copy: the first disk is lost at any moment, the second one fails, one of the two is older than the other.

use std::fs;

use trellis_core::people::Role;
use trellis_store::backup::{Origin, Terms, restore};
use trellis_store::{Roster, Store, StoreError};

use super::disk::Fault;
use super::load::{Lives, Run};
use super::scale;
use crate::kill::prepare;
use crate::school::{
    ANA, Folder, OPERATOR, START, actor, asked, open_with_school, person, respond, start,
    take_course,
};

/// Loses the disk of the school and brings it back from the second copy.
fn lose_the_disk(lives: &Lives, second: &Folder) {
    fs::remove_dir_all(lives.folder.path()).expect("lost");
    let restored = restore(
        &Origin::Second(second.path()),
        lives.folder.path(),
        Terms::default(),
        START,
    )
    .expect("the second copy is a database");
    assert_eq!(restored.verified.mismatches, []);
    assert!(restored.placed);
}

#[test]
fn the_disk_is_lost_at_any_moment_and_the_second_copy_has_every_answer() {
    let mut lives = Lives::new("lost-disk");
    let second = Folder::new("second");
    for number in 1..=scale(6, 100) {
        let kill_after = usize::try_from(number * number % 31 + 3).expect("small");
        lives.live_and(
            Run {
                answers: 40,
                second: Some(second.path()),
                kill_after: Some(kill_after),
                ..Run::default()
            },
            |lives| lose_the_disk(lives, &second),
        );
    }
    lives.say("disk lost, restored from the second copy");
}

#[test]
fn the_second_disk_fails_and_nobody_is_told_what_is_not_on_both() {
    let mut lives = Lives::new("second-fails");
    let second = Folder::new("second");
    for number in 1..=scale(4, 60) {
        for fault in [Fault::Full(number * 5, 3), Fault::Flush(number * 2, 1)] {
            lives.live_and(
                Run {
                    answers: 3,
                    second: Some(second.path()),
                    fault: Some(fault),
                    fault_on_second: true,
                    ..Run::default()
                },
                |lives| lose_the_disk(lives, &second),
            );
        }
    }
    lives.say("the second disk failed");
    assert!(lives.refused > 0 && lives.broken_off == 0);
}

/// Adds so many people in one commit, each with a long name: many pages.
fn many_people(store: &Store, from: u128, count: u128) {
    let people = (from..from + count).map(|id| {
        let mut person = person(trellis_core::id::PersonId(1_000_000 + id), Role::Learner);
        person.family_name = format!("{id} {}", "x".repeat(1_500));
        person
    });
    let roster = Roster {
        people: people.collect(),
        ..Roster::default()
    };
    store.add_roster(roster).expect("kept");
}

/// The people in a copy of the second folder, as it is at this moment.
fn people_in_copy(second: &Folder) -> usize {
    let taken = Folder::new("taken");
    for name in ["trellis.db", "trellis.db-wal"] {
        let from = second.path().join(name);
        if from.exists() {
            fs::copy(from, taken.path().join(name)).expect("copied");
        }
    }
    let store = Store::open(taken.path(), false).expect("the copy opens at any moment");
    assert_eq!(store.verify(|_| {}).expect("readable").mismatches, []);
    store.people().expect("readable").len()
}

#[test]
fn the_second_copy_follows_through_every_new_log_and_every_start() {
    let (folder, second) = (Folder::new("followed"), Folder::new("second"));
    drop(open_with_school(&folder));
    let mut logs = 0;
    let mut added = 0;
    for _ in 0..2 {
        let store = Store::open_with_second(folder.path(), second.path()).expect("it opens");
        let log = || fs::read(folder.path().join("trellis.db-wal")).unwrap_or_default();
        let header = |log: &[u8]| log.get(..32).map(<[u8]>::to_vec).unwrap_or_default();
        let mut last = header(&log());
        for round in 0..10 {
            many_people(&store, added, 1_300);
            added += 1_300;
            let now = header(&log());
            logs += u32::from(now != last);
            last = now;
            if round % 3 == 0 {
                let own = store.people().expect("readable").len();
                assert_eq!(people_in_copy(&second), own);
            }
        }
    }
    assert!(logs >= 4, "the log began anew only {logs} times");
    let (own, copy) = (folder.database(), second.path().join("trellis.db"));
    drop(Store::open_with_second(folder.path(), second.path()).expect("it opens"));
    assert_eq!(
        fs::read(own).expect("there"),
        fs::read(copy).expect("there")
    );
}

#[test]
fn a_school_that_is_older_than_its_second_copy_is_not_served() {
    let (folder, second) = (Folder::new("older"), Folder::new("second"));
    drop(prepare(folder.path()));
    drop(open_with_school(&folder));
    let older = fs::read(folder.database()).expect("there");
    let store = Store::open_with_second(folder.path(), second.path()).expect("it opens");
    for (who, role, command) in [
        (OPERATOR, Role::Operator, take_course(ANA)),
        (ANA, Role::Learner, start(ANA, 1, "a", 1)),
        (ANA, Role::Learner, respond(ANA, 1, 1, "7")),
    ] {
        store
            .execute(asked(actor(who, role), START, command))
            .expect("the disk works")
            .expect("the rules allow it");
    }
    drop(store);
    fs::write(folder.database(), older).expect("an old copy was put back, or the disk has lied");
    let error = Store::open_with_second(folder.path(), second.path()).expect_err("refused");
    assert!(matches!(error, StoreError::Behind { .. }), "{error}");
    // And the copy was not touched.
    let copied = Store::open(second.path(), false).expect("it opens");
    assert!(copied.learner_state(ANA).expect("readable").seq.0 >= 3);
}

#[test]
fn a_folder_cannot_be_its_own_second_copy() {
    let folder = Folder::new("own");
    drop(open_with_school(&folder));
    let error = Store::open_with_second(folder.path(), folder.path()).expect_err("refused");
    assert!(matches!(error, StoreError::Second { .. }), "{error}");
    let (one, two) = (Folder::new("one"), Folder::new("two"));
    drop(open_with_school(&one));
    let second = Folder::new("second");
    let store = Store::open_with_second(one.path(), second.path()).expect("it opens");
    drop(open_with_school(&two));
    let error = Store::open_with_second(two.path(), second.path()).expect_err("refused");
    assert!(matches!(error, StoreError::InUse { .. }), "{error}");
    drop(store);
}
