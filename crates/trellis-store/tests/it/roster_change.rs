//! Rosters from outside: what they change is what was shown, in one step; who leaves is nobody at once and is erased when
//! the time is over.

use std::collections::{BTreeMap, BTreeSet};

use trellis_core::people::Role;
use trellis_core::time::Timestamp;
use trellis_store::personal::KEPT_AFTER_LEAVING_DAYS;
use trellis_store::{Difference, Incoming, IncomingPerson, Store, Unchanged};

use crate::school::{
    ANA, Folder, OPERATOR, START, actor, asked, open_with_school, start, take_course,
};

fn person(id: &str, name: &str, role: Role) -> IncomingPerson {
    IncomingPerson {
        sourced_id: id.into(),
        given_name: name.into(),
        family_name: "Family".into(),
        role,
    }
}

/// A whole roster: one class with two students, a teacher and a mother.
fn whole() -> Incoming {
    let enrolled = |person: &str, role| ("5A".to_owned(), person.to_owned(), role);
    Incoming {
        all_people: true,
        all_enrollments: true,
        people: vec![
            person("g", "Gloria", Role::Guardian),
            person("one", "One", Role::Learner),
            person("t", "Tara", Role::Teacher),
            person("two", "Two", Role::Learner),
        ],
        sections: BTreeMap::from([("5A".to_owned(), "5A Mathematics".to_owned())]),
        enrollments: BTreeSet::from([
            enrolled("one", Role::Learner),
            enrolled("two", Role::Learner),
            enrolled("t", Role::Teacher),
        ]),
        guardianships: BTreeSet::from([("g".to_owned(), "one".to_owned())]),
        ..Incoming::default()
    }
}

fn empty(folder: &Folder) -> Store {
    crate::school::open(folder, true)
}

/// Brings a roster in as it was looked at, and gives what it changed.
fn bring(store: &Store, incoming: &Incoming, now: Timestamp) -> Difference {
    let found = store.roster_difference(incoming).expect("it can be read");
    let done = store.change_roster(incoming.clone(), found.clone(), "small".into(), now);
    assert_eq!(done.expect("the disk works"), Ok(()));
    found
}

#[test]
fn a_roster_comes_in_and_the_same_again_changes_nothing() {
    let folder = Folder::new("roster-in");
    let store = empty(&folder);
    let found = bring(&store, &whole(), START);
    assert_eq!(found.coming.len(), 4);
    assert_eq!(found.enrolling.len(), 3);
    assert_eq!(found.guarding.len(), 1);
    assert_eq!(found.unknown, Vec::<String>::new());
    assert_eq!(store.people().expect("it can be read").len(), 4);
    let sections = store.sections().expect("it can be read");
    assert_eq!(sections[0].class_code.len(), 4);
    let again = store.roster_difference(&whole()).expect("it can be read");
    assert!(again.is_empty(), "{again:?}");
}

#[test]
fn what_was_not_shown_is_not_done() {
    let folder = Folder::new("roster-stale");
    let store = empty(&folder);
    let stale = store.roster_difference(&whole()).expect("it can be read");
    bring(&store, &whole(), START);
    let mut fewer = whole();
    fewer.people.retain(|person| person.sourced_id != "two");
    fewer.enrollments.retain(|(_, person, _)| person != "two");
    let done = store.change_roster(fewer.clone(), stale, "small".into(), START);
    let Err(Unchanged::LookAgain(now)) = done.expect("the disk works") else {
        panic!("it was done unseen")
    };
    assert_eq!(now.leaving, [person("two", "Two", Role::Learner)]);
    assert_eq!(store.people().expect("it can be read").len(), 4);
}

#[test]
fn changes_touch_only_what_they_name() {
    let folder = Folder::new("roster-delta");
    let store = empty(&folder);
    bring(&store, &whole(), START);
    let delta = Incoming {
        people: vec![person("one", "Uno", Role::Learner)],
        left: BTreeSet::from(["g".to_owned(), "nobody".to_owned()]),
        ended: BTreeSet::from([("5A".to_owned(), "two".to_owned())]),
        enrollments: BTreeSet::from([
            ("6B".to_owned(), "one".to_owned(), Role::Learner),
            ("5A".to_owned(), "ghost".to_owned(), Role::Learner),
            ("5A".to_owned(), "one".to_owned(), Role::Teacher),
        ]),
        ..Incoming::default()
    };
    let found = bring(&store, &delta, START);
    assert_eq!(found.changing.len(), 1);
    assert_eq!(found.leaving, [person("g", "Gloria", Role::Guardian)]);
    assert_eq!(found.unenrolling, [("5A".to_owned(), "two".to_owned())]);
    assert_eq!(found.enrolling, []);
    assert_eq!(found.unknown.len(), 3, "{:?}", found.unknown);
    let people = store.people().expect("it can be read");
    let names: Vec<&str> = people
        .iter()
        .map(|person| person.given_name.as_str())
        .collect();
    assert_eq!(names, ["Tara", "Two", "Uno"]);
    assert_eq!(store.guardianships().expect("it can be read"), []);
}

#[test]
fn an_adult_who_answers_no_longer_loses_sight_of_the_child() {
    let folder = Folder::new("roster-guardian");
    let store = empty(&folder);
    bring(&store, &whole(), START);
    let mut apart = whole();
    apart.guardianships.clear();
    let found = bring(&store, &apart, START);
    assert_eq!(found.unguarding, [("g".to_owned(), "one".to_owned())]);
    assert_eq!(store.guardianships().expect("it can be read"), []);
}

#[test]
fn who_leaves_is_nobody_at_once_and_is_erased_when_the_time_is_over() {
    let folder = Folder::new("roster-leave");
    let store = open_with_school(&folder);
    let taken = asked(actor(OPERATOR, Role::Operator), START, take_course(ANA));
    assert!(store.execute(taken).expect("the disk works").is_ok());
    let until = START.plus_days(900);
    store
        .sign_in(b"ana", ANA, None, START, until)
        .expect("the disk works");
    let leaving = Incoming {
        left: BTreeSet::from(["s1".to_owned()]),
        ..Incoming::default()
    };
    bring(&store, &leaving, START);
    assert_eq!(store.viewer(b"ana", START).expect("the disk works"), None);
    let own = asked(actor(ANA, Role::Learner), START, start(ANA, 5, "a", 0));
    assert!(store.execute(own).expect("the disk works").is_err());
    let days = i64::from(KEPT_AFTER_LEAVING_DAYS);
    let early = store
        .end_what_is_over(START.plus_days(days - 1))
        .expect("it can be done");
    assert_eq!(early.people, 0);
    assert!(
        store
            .record_of(ANA, START)
            .expect("it can be read")
            .is_some()
    );
    let late = store
        .end_what_is_over(START.plus_days(days))
        .expect("it can be done");
    // What a server holds is written anew for its owner alone.
    let on_a_file = std::env::var_os(crate::school::DATABASE).is_none();
    assert_eq!((late.people, late.cleaned), (1, on_a_file));
    assert_eq!(store.record_of(ANA, START).expect("it can be read"), None);
    assert_eq!(store.verify(|_| {}).expect("it can be read").mismatches, []);
    // Whoever comes back in time has their record again.
    let leaving = Incoming {
        left: BTreeSet::from(["s2".to_owned()]),
        ..Incoming::default()
    };
    bring(&store, &leaving, START);
    let back = Incoming {
        people: vec![IncomingPerson {
            family_name: "Family 2".into(),
            ..person("s2", "Given 2", Role::Learner)
        }],
        ..Incoming::default()
    };
    bring(&store, &back, START.plus_days(30));
    let late = store
        .end_what_is_over(START.plus_days(800))
        .expect("it can be done");
    assert_eq!(late.people, 0);
}
