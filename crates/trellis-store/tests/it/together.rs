//! Many commands at once: side by side they decide what they would have decided alone, and a new database is filled
//! whole or not at all.

use std::sync::mpsc::channel;

use rusqlite::Connection;
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_store::{Asked, District, Roster, Store, StoreError};

use crate::school::{
    self, Folder, OPERATOR, START, actor, asked, import, respond, roster, source, start,
    take_course,
};

/// More learners than one thread takes.
const CROWD: u128 = 60;

fn person(number: u128) -> PersonId {
    PersonId(5_000 + number)
}

fn crowd() -> Roster {
    Roster {
        people: (0..CROWD)
            .map(|number| school::learner(person(number)))
            .collect(),
        ..Roster::default()
    }
}

fn by_operator(command: trellis_core::command::Command) -> Asked {
    asked(actor(OPERATOR, Role::Operator), START, command)
}

fn by_learner(number: u128, command: trellis_core::command::Command) -> Asked {
    asked(actor(person(number), Role::Learner), START, command)
}

/// Waves of commands, one of each learner in each; the last wave holds some learners twice.
fn waves() -> Vec<Vec<Asked>> {
    let all = |each: &dyn Fn(u128) -> Asked| (0..CROWD).map(each).collect::<Vec<_>>();
    let item = |number: u128| usize::try_from(number % 8).expect("it works");
    let mut last = all(&|number| by_learner(number, start(person(number), number + 900, "a", 1)));
    last.extend((0..CROWD).rev().map(|number| {
        by_learner(
            number,
            respond(person(number), number + 900, number + 900, "7"),
        )
    }));
    vec![
        all(&|number| by_operator(take_course(person(number)))),
        all(&|number| by_learner(number, start(person(number), number, "a", item(number)))),
        all(&|number| {
            let text = if number % 3 == 0 { "8" } else { "7" };
            by_learner(number, respond(person(number), number, number, text))
        }),
        last,
    ]
}

fn submit(store: &Store, wave: Vec<Asked>) {
    let (done, replies) = channel();
    for asked in wave {
        let done = done.clone();
        store
            .submit(asked, move |reply| done.send(reply).expect("it works"))
            .expect("it works");
    }
    drop(done);
    for reply in replies {
        reply.expect("the disk works").expect("the rules allow it");
    }
}

fn with_course(folder: &Folder) -> Store {
    let store = crate::school::open(folder, true);
    store.import(&source(), vec![import()]).expect("it works");
    store
}

/// Everything that the journal and its folds hold, in order.
fn rows(folder: &Folder) -> Vec<String> {
    let connection = Connection::open(folder.database()).expect("it works");
    let mut rows = Vec::new();
    for sql in [
        "SELECT seq || ' ' || at || ' ' || body FROM event ORDER BY seq",
        "SELECT hex(learner) || ' ' || seq || ' ' || hex(body) FROM learner_state ORDER BY learner",
        "SELECT hex(learner) || competency || level || ' ' || known FROM estimate ORDER BY learner, competency",
        "SELECT hex(answer) || ' ' || decision FROM answer ORDER BY learner, answer",
    ] {
        let mut statement = connection.prepare(sql).expect("it works");
        let found = statement.query_map([], |row| row.get(0)).expect("it works");
        rows.extend(found.map(|row| row.expect("it works")));
    }
    rows
}

#[test]
fn side_by_side_is_as_one_after_the_other() {
    let folders = ["alone", "together", "provisioned"].map(Folder::new);
    let alone = with_course(&folders[0]);
    alone.add_roster(roster()).expect("it works");
    alone.add_roster(crowd()).expect("it works");
    for asked in waves().into_iter().flatten() {
        alone.execute(asked).expect("it works").expect("it works");
    }
    drop(alone);
    let together = with_course(&folders[1]);
    together.add_roster(roster()).expect("it works");
    together.add_roster(crowd()).expect("it works");
    for wave in waves() {
        submit(&together, wave);
    }
    assert_eq!(together.verify(|_| {}).expect("it works").mismatches, []);
    drop(together);
    let provisioned = with_course(&folders[2]);
    provisioned
        .provision(|| -> Result<(), StoreError> {
            provisioned.add_roster(roster())?;
            provisioned.add_roster(crowd())?;
            waves()
                .into_iter()
                .for_each(|wave| submit(&provisioned, wave));
            Ok(())
        })
        .expect("it works");
    assert_eq!(provisioned.verify(|_| {}).expect("it works").mismatches, []);
    drop(provisioned);
    let expected = rows(&folders[0]);
    assert!(expected.len() > 500, "{}", expected.len());
    for folder in &folders[1..] {
        let found = rows(folder);
        for (expected, found) in expected.iter().zip(&found) {
            assert_eq!(expected, found, "{folder:?}");
        }
        assert_eq!(expected.len(), found.len(), "{folder:?}");
    }
}

#[test]
fn what_is_broken_off_leaves_nothing() {
    let folder = Folder::new("broken-off");
    let store = with_course(&folder);
    let failed = store.provision(|| -> Result<(), StoreError> {
        store.add_roster(roster())?;
        store.add_roster(crowd())?;
        submit(&store, waves().swap_remove(0));
        Err(StoreError::DiskFull)
    });
    assert!(matches!(failed, Err(StoreError::DiskFull)), "{failed:?}");
    assert_eq!(store.people().expect("it works"), []);
    assert_eq!(store.last_seq().expect("it works").0, 0);
    // And once more, on the same store: as if the first had not been.
    store
        .provision(|| -> Result<(), StoreError> {
            store.add_roster(roster())?;
            store.add_roster(crowd())?;
            submit(&store, waves().swap_remove(0));
            store.set_district(District {
                name: "Small".to_owned(),
                demo: true,
            })
        })
        .expect("it works");
    assert_eq!(
        store.last_seq().expect("it works").0,
        u64::try_from(CROWD).expect("it works")
    );
    assert!(store.district().expect("it works").is_some());
    drop(store);
    let store = crate::school::open(&folder, false);
    assert_eq!(store.verify(|_| {}).expect("it works").mismatches, []);
    assert_eq!(
        store.last_seq().expect("it works").0,
        u64::try_from(CROWD).expect("it works")
    );
}

#[test]
fn only_a_new_database_is_filled_in_one_go() {
    let folder = Folder::new("not-new");
    let store = with_course(&folder);
    store.add_roster(roster()).expect("it works");
    store.add_roster(crowd()).expect("it works");
    submit(&store, waves().swap_remove(0));
    let again = store.provision(|| Ok::<(), StoreError>(()));
    assert!(matches!(again, Err(StoreError::NotNew)), "{again:?}");
    // It serves on.
    submit(&store, waves().swap_remove(1));
    assert_eq!(store.verify(|_| {}).expect("it works").mismatches, []);
    // One within the other is refused too, and does not end the first.
    let folder = Folder::new("twice");
    let store = with_course(&folder);
    let inner = store
        .provision(|| -> Result<bool, StoreError> {
            let inner = store.provision(|| Ok::<(), StoreError>(()));
            store.add_roster(roster())?;
            Ok(matches!(inner, Err(StoreError::NotNew)))
        })
        .expect("it works");
    assert!(inner);
    assert!(!store.people().expect("it works").is_empty());
}

#[test]
fn two_learners_cannot_begin_one_attempt_at_the_same_moment() {
    let folder = Folder::new("one-attempt");
    let store = with_course(&folder);
    store.add_roster(roster()).expect("it works");
    store.add_roster(crowd()).expect("it works");
    submit(&store, waves().swap_remove(0));
    let (done, replies) = channel();
    for number in 0..CROWD {
        let done = done.clone();
        let begin = by_learner(number, start(person(number), 7_000, "a", 1));
        store
            .submit(begin, move |reply| done.send(reply).expect("it works"))
            .expect("it works");
    }
    drop(done);
    let begun = replies
        .into_iter()
        .filter(|reply| matches!(reply, Ok(Ok(_))))
        .count();
    assert_eq!(begun, 1, "an attempt has one learner");
}
