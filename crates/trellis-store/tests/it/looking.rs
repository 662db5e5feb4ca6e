//! Who of the school looked at something of a learner is kept once for each reader, kind of page and day, is shown to the
//! learner and the family, ends when its time is over, and goes with the learner.

use std::sync::atomic::{AtomicU32, Ordering};

use trellis_core::id::{PersonId, SectionId};
use trellis_core::people::Role;
use trellis_core::time::Timestamp;
use trellis_store::personal::LOOKS_KEPT_DAYS;
use trellis_store::{Store, Viewer};

use crate::school::{ANA, BEN, Folder, GUARDIAN, OTHER_TEACHER, START, TEACHER, open_with_school};

fn viewer(store: &Store, person: PersonId, now: Timestamp) -> Viewer {
    static SIGN_INS: AtomicU32 = AtomicU32::new(0);
    let token = format!("sign-in {}", SIGN_INS.fetch_add(1, Ordering::Relaxed));
    let until = now.plus_days(1);
    let section: Option<SectionId> = None;
    store
        .sign_in(token.as_bytes(), person, section, now, until)
        .expect("the disk works");
    let found = store.viewer(token.as_bytes(), now).expect("it can be read");
    found.expect("somebody who is signed in")
}

/// What the family sees: day, reader, role, kind of page. Signing in waits for the writer, and so for what it was asked before.
fn seen(store: &Store, now: Timestamp) -> Vec<(i64, PersonId, Role, String)> {
    let family = viewer(store, GUARDIAN, now);
    let looks = store.looks(&family, ANA, 400, now).expect("it is theirs");
    let row = |look: trellis_store::read::Look| {
        let reader = look.reader.expect("everybody is still there").id;
        (look.day.day() - START.day(), reader, look.role, look.page)
    };
    looks.into_iter().map(row).collect()
}

#[test]
fn a_look_of_the_school_is_kept_once_a_day_and_nobody_elses() {
    let folder = Folder::new("looking");
    let store = open_with_school(&folder);
    let teacher = viewer(&store, TEACHER, START);
    for _ in 0..3 {
        store
            .evidence(&teacher, ANA, 5)
            .expect("a student of theirs");
    }
    store
        .learner_map(&teacher, ANA)
        .expect("a student of theirs");
    store
        .learner_map(&teacher, BEN)
        .expect("a student of theirs");
    let other = viewer(&store, OTHER_TEACHER, START);
    assert!(
        store.evidence(&other, ANA, 5).is_err(),
        "no student of theirs"
    );
    let own = viewer(&store, ANA, START);
    store.learner_map(&own, ANA).expect("her own");
    let family = viewer(&store, GUARDIAN, START);
    store.family_week(&family, ANA, START).expect("their child");
    let today = [
        (0, TEACHER, Role::Teacher, "evidence".to_owned()),
        (0, TEACHER, Role::Teacher, "map".to_owned()),
    ];
    assert_eq!(seen(&store, START), today);

    // The next day it is a look of its own, also after a restart; the same day it is not.
    drop(store);
    let store = Store::open(folder.path(), false).expect("it opens");
    let again = viewer(&store, TEACHER, START);
    store.evidence(&again, ANA, 5).expect("a student of theirs");
    assert_eq!(seen(&store, START), today);
    let tomorrow = START.plus_days(1);
    let later = viewer(&store, TEACHER, tomorrow);
    store.evidence(&later, ANA, 5).expect("a student of theirs");
    let mut both = vec![(1, TEACHER, Role::Teacher, "evidence".to_owned())];
    both.extend(today.clone());
    assert_eq!(seen(&store, tomorrow), both);
    let week = store.family_week(&viewer(&store, GUARDIAN, tomorrow), ANA, tomorrow);
    let looked = week.expect("their child").looked;
    assert_eq!(
        looked.iter().map(|name| name.id).collect::<Vec<_>>(),
        [TEACHER]
    );

    // A teacher sees the student's pages, not who else looked at them.
    assert!(store.looks(&later, ANA, 400, tomorrow).is_err());
}

#[test]
fn looks_end_with_their_time_and_with_the_learner() {
    let folder = Folder::new("looking-ends");
    let store = open_with_school(&folder);
    let teacher = viewer(&store, TEACHER, START);
    store
        .evidence(&teacher, ANA, 5)
        .expect("a student of theirs");
    let kept = START.plus_days(i64::from(LOOKS_KEPT_DAYS) - 1);
    store.end_what_is_over(kept).expect("the disk works");
    assert_eq!(seen(&store, kept).len(), 1);
    let over = START.plus_days(i64::from(LOOKS_KEPT_DAYS) + 1);
    store.end_what_is_over(over).expect("the disk works");
    assert_eq!(seen(&store, over), []);

    let teacher = viewer(&store, TEACHER, over);
    store
        .evidence(&teacher, ANA, 5)
        .expect("a student of theirs");
    assert_eq!(seen(&store, over).len(), 1);
    let rows = |store: &Store, person| {
        let record = store.record_of(person, over).expect("it can be read");
        record.map_or(0, |record| record.rows("look").count())
    };
    assert_eq!(rows(&store, ANA), 1);
    assert_eq!(
        rows(&store, TEACHER),
        1,
        "what they did stands in their record"
    );
    store.erase(ANA, None, None, over).expect("the disk works");
    assert_eq!(rows(&store, TEACHER), 0);
}
