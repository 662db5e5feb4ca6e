//! Passkeys in the store: a question is answered once and by whom it asks, a key belongs to one person, and a copy of it shows.

use trellis_core::people::Role;
use trellis_store::{NewPasskey, Store, Viewer};

use crate::school::{Folder, GUARDIAN, START, TEACHER, open_with_school};

fn viewer(store: &Store, person: trellis_core::id::PersonId, token: &[u8]) -> Viewer {
    let until = START.plus_days(1);
    store
        .sign_in(token, person, None, START, until)
        .expect("the disk works");
    let found = store.viewer(token, START).expect("it can be read");
    found.expect("somebody who is signed in")
}

fn key(credential: &[u8], counter: u32) -> NewPasskey {
    NewPasskey {
        credential: credential.to_vec(),
        name: "My telephone".to_owned(),
        algorithm: -7,
        public_key: vec![1, 2, 3],
        counter,
    }
}

#[test]
fn a_question_is_answered_once_in_time_and_by_whom_it_asks() {
    let folder = Folder::new("keys-question");
    let store = open_with_school(&folder);
    let until = START.plus_ms(1000);
    for (asked, answers, at, right) in [
        (None, None, START, true),
        (Some(TEACHER), Some(TEACHER), START, true),
        (Some(TEACHER), None, START, false),
        (None, Some(TEACHER), START, false),
        (Some(TEACHER), Some(GUARDIAN), START, false),
        (None, None, until, false),
    ] {
        let challenge = format!("{asked:?} {answers:?} {at:?}");
        let challenge = challenge.as_bytes();
        store
            .ask_passkey(challenge, asked, START, until)
            .expect("the disk works");
        let answer = |challenge: &[u8]| {
            store
                .answer_passkey(challenge, answers, at)
                .expect("the disk works")
        };
        assert!(!answer(b"another"));
        assert_eq!(answer(challenge), right, "{asked:?} {answers:?}");
        assert!(!answer(challenge), "once");
    }
}

#[test]
fn a_key_is_one_persons_counts_upwards_and_is_taken_away_by_its_owner() {
    let folder = Folder::new("keys-owner");
    let store = open_with_school(&folder);
    let teacher = viewer(&store, TEACHER, b"teacher");
    let family = viewer(&store, GUARDIAN, b"family");
    let add = |viewer: &Viewer, key: NewPasskey| {
        store
            .add_passkey(viewer, key, START)
            .expect("the disk works")
    };
    assert!(add(&teacher, key(b"counts", 4)));
    assert!(add(&teacher, key(b"does not", 0)));
    assert!(!add(&family, key(b"counts", 9)), "it is somebody's already");
    let found = store.passkey_of(b"counts").expect("it can be read");
    let found = found.expect("it is there");
    assert_eq!(
        (found.person, found.role, found.counter),
        (TEACHER, Role::Teacher, 4)
    );
    let used = |credential: &[u8], counter: u32| {
        store
            .use_passkey(credential, counter, START)
            .expect("the disk works")
    };
    assert!(
        !used(b"counts", 4) && !used(b"counts", 0) && used(b"counts", 5) && !used(b"counts", 5)
    );
    assert!(used(b"does not", 0) && used(b"does not", 0));

    store
        .sign_in_by_passkey(b"by key", TEACHER, START, START.plus_days(1))
        .expect("the disk works");
    let is_in = |token: &[u8]| {
        store
            .viewer(token, START)
            .expect("it can be read")
            .is_some()
    };
    store
        .cut_passkey(&family, b"counts", b"family")
        .expect("the disk works");
    assert!(is_in(b"by key"));
    assert_eq!(store.passkeys(&teacher).expect("it can be read").len(), 2);
    store
        .cut_passkey(&teacher, b"counts", b"teacher")
        .expect("the disk works");
    assert!(!is_in(b"by key") && is_in(b"teacher") && is_in(b"family"));
    let left = store.passkeys(&teacher).expect("it can be read");
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].credential, b"does not");
}
