//! Who of the school looked at something of a learner is kept once for each reader, kind of page and day, is shown to the
//! learner and the family, ends when its time is over, and goes with the learner.

use std::sync::atomic::{AtomicU32, Ordering};

use trellis_core::about::taken_back;
use trellis_core::event::Event;
use trellis_core::id::{PersonId, SectionId};
use trellis_core::people::Role;
use trellis_core::time::Timestamp;
use trellis_store::personal::LOOKS_KEPT_DAYS;
use trellis_store::{Store, Viewer};

use crate::checking::{score, undo_score};
use crate::school::{
    ANA, BEN, Folder, GUARDIAN, OPERATOR, OTHER_TEACHER, START, TEACHER, WRITTEN, actor, asked,
    open_with_school, respond, start, take_course,
};

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
    let store = crate::school::open(&folder, false);
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

/// Somebody of this role with nobody of their own.
fn staff(store: &Store, number: u128, role: Role) -> PersonId {
    let id = PersonId(number);
    store
        .add_roster(trellis_store::Roster {
            people: vec![trellis_core::people::Person {
                id,
                role,
                given_name: format!("Name {number}"),
                family_name: "Family".into(),
                sourced_id: format!("staff-{number}"),
            }],
            ..trellis_store::Roster::default()
        })
        .expect("the disk works");
    id
}

/// The id that the school has given to a learner.
fn sourced(store: &Store, person: PersonId) -> String {
    let people = store.people().expect("it can be read");
    let found = people.into_iter().find(|one| one.id == person);
    found.expect("somebody").sourced_id
}

#[test]
fn a_record_opens_with_a_reason_that_the_family_reads_for_half_an_hour_and_for_nobody_else() {
    let folder = Folder::new("opening");
    let store = open_with_school(&folder);
    let [one, other] = [71, 72].map(|number| staff(&store, number, Role::Leader));
    let operator = staff(&store, 73, Role::Operator);
    let (ana, why) = (
        sourced(&store, ANA),
        "Her family asked for a copy by letter.",
    );
    let leader = viewer(&store, one, START);
    let reads = |viewer: &Viewer, at| store.person_record(viewer, ANA, at).is_ok();
    assert!(!reads(&leader, START), "nobody has said why");
    for nothing in ["", "   because   ", &"x".repeat(501)] {
        assert!(store.open_record(&leader, &ana, nothing, START).is_err());
    }
    assert!(store.open_record(&leader, "nobody", why, START).is_err());
    for not in [operator, TEACHER, GUARDIAN, ANA] {
        let not = viewer(&store, not, START);
        assert!(store.open_record(&not, &ana, why, START).is_err());
        assert!(store.openings(&not).is_err());
    }
    assert!(!reads(&leader, START));
    assert_eq!(seen(&store, START), [], "nothing was looked at");

    store
        .open_record(&leader, &ana, why, START)
        .expect("with a reason");
    assert!(reads(&leader, START));
    assert!(
        !reads(&viewer(&store, other, START), START),
        "it was not they who said why"
    );
    assert!(
        store.person_record(&leader, BEN, START).is_err(),
        "of one learner alone"
    );
    assert!(
        store.evidence(&leader, ANA, 5).is_err(),
        "the record, and no page of a teacher"
    );
    let almost = START.plus_ms(30 * 60_000 - 1);
    assert!(reads(&viewer(&store, one, almost), almost));
    let over = START.plus_ms(30 * 60_000);
    assert!(!reads(&viewer(&store, one, over), over), "it is over");
    // A clock that goes back opens nothing.
    let before = START.plus_ms(-60_000);
    assert!(!reads(&viewer(&store, one, before), before));

    let told = store
        .openings_of(&viewer(&store, GUARDIAN, over), ANA)
        .expect("theirs");
    let [told] = told.as_slice() else {
        panic!("one opening, and not {told:?}")
    };
    assert_eq!(told.reason, why);
    assert_eq!(told.reader.as_ref().map(|name| name.id), Some(one));
    assert_eq!(
        seen(&store, over),
        [(0, one, Role::Leader, "record".to_owned())]
    );
    let all = store
        .openings(&viewer(&store, other, over))
        .expect("leaders see it");
    assert_eq!((all.len(), all[0].open), (1, false));
    store
        .end_what_is_over(START.plus_days(i64::from(LOOKS_KEPT_DAYS) + 1))
        .expect("the disk works");
    assert_eq!(
        store
            .openings(&viewer(&store, other, over))
            .expect("leaders see it"),
        []
    );
}

#[test]
fn all_records_take_two_and_end_after_a_day() {
    let folder = Folder::new("all-records");
    let store = open_with_school(&folder);
    let [one, other] = [71, 72].map(|number| staff(&store, number, Role::Leader));
    let operator = staff(&store, 73, Role::Operator);
    let (asks, agrees) = (viewer(&store, one, START), viewer(&store, other, START));
    let why = "We move to another district.";
    for not in [operator, TEACHER, GUARDIAN, ANA] {
        let not = viewer(&store, not, START);
        assert!(store.ask_all_records(&not, why, START).is_err());
        assert!(store.all_records_requests(&not).is_err());
    }
    assert!(store.ask_all_records(&asks, "so", START).is_err());
    store
        .ask_all_records(&asks, why, START)
        .expect("with a reason");
    let number = store.all_records_requests(&agrees).expect("leaders see it")[0].number;
    let takes = |viewer: &Viewer, at| store.take_all_records(viewer, number, at).is_ok();
    assert!(!takes(&asks, START), "nobody has agreed");
    assert!(
        store.agree_to_all_records(&asks, number, START).is_err(),
        "not alone"
    );
    assert!(
        store
            .agree_to_all_records(&viewer(&store, operator, START), number, START)
            .is_err()
    );
    assert!(
        store
            .agree_to_all_records(&agrees, number + 1, START)
            .is_err()
    );
    store
        .agree_to_all_records(&agrees, number, START)
        .expect("another leader");
    assert!(
        store.agree_to_all_records(&agrees, number, START).is_err(),
        "once is enough"
    );
    assert!(!takes(&agrees, START), "it was the other who asked");
    let learners = store
        .take_all_records(&asks, number, START)
        .expect("agreed");
    assert!(learners.contains(&ANA) && learners.contains(&BEN));
    let record = store
        .taken_record(&asks, number, ANA, START)
        .expect("agreed");
    assert_eq!(record.rows("person").count(), 1);
    assert!(store.taken_record(&agrees, number, ANA, START).is_err());
    assert!(seen(&store, START).contains(&(0, one, Role::Leader, "record".to_owned())));
    let late = START.plus_days(1);
    assert!(!takes(&viewer(&store, one, late), late));
    assert!(store.taken_record(&asks, number, ANA, late).is_err());
}

#[test]
fn looks_at_very_many_learners_in_a_day_stand_out() {
    let folder = Folder::new("many-looks");
    let store = open_with_school(&folder);
    let leader = viewer(&store, staff(&store, 71, Role::Leader), START);
    let many = trellis_store::read::MANY_LEARNERS;
    let look = |learners: std::ops::Range<u32>, day: i64| {
        let file = rusqlite::Connection::open(folder.database()).expect("it is there");
        for learner in learners {
            let learner = u128::from(learner).to_be_bytes();
            file.execute(
                "INSERT INTO look (learner, day, reader, page, role) VALUES (?1, ?2, ?3, 'map', 'teacher')",
                rusqlite::params![learner, START.plus_days(day).0, TEACHER.0.to_be_bytes()],
            )
            .expect("it can be written");
        }
    };
    look(0..many - 1, 0);
    look(0..many + 5, -3);
    look(0..many + 5, -40);
    let found = store
        .many_looks(&leader, 28, START)
        .expect("leaders see it");
    let [found] = found.as_slice() else {
        panic!("one day, and not {found:?}")
    };
    assert_eq!(
        (found.day.day() - START.day(), found.learners),
        (-3, many + 5)
    );
    assert_eq!(found.reader.as_ref().map(|name| name.id), Some(TEACHER));
    assert!(
        store
            .many_looks(&viewer(&store, TEACHER, START), 28, START)
            .is_err()
    );
}

#[test]
fn a_term_that_is_over_tells_what_was_taken_back_after_it() {
    let folder = Folder::new("term");
    let store = open_with_school(&folder);
    let execute = |who, role, at, command| {
        let outcome = store.execute(asked(actor(who, role), at, command));
        outcome
            .expect("the disk works")
            .expect("the rules allow it");
    };
    execute(OPERATOR, Role::Operator, START, take_course(ANA));
    execute(ANA, Role::Learner, START, start(ANA, 90, "a", WRITTEN));
    let given = respond(ANA, 90, 90, "Because.");
    execute(ANA, Role::Learner, START, given);
    execute(TEACHER, Role::Teacher, START, score(ANA, 90, &[1]));
    let later = START.plus_days(30);
    execute(TEACHER, Role::Teacher, later, undo_score(ANA, 90));
    let family = viewer(&store, GUARDIAN, later);
    let days = (START.plus_days(-1), START.plus_days(5));
    let term = store.family_term(&family, ANA, days).expect("it is theirs");
    let mut scored = term.events.iter();
    let scored = scored.find(|one| matches!(one.event, Event::Scored { .. }));
    let decision = scored.expect("it was scored in these days").decision;
    assert!(taken_back(&term.events).contains(&decision));
    assert!(term.questions > 0 && term.days == 1, "{term:?}");
    let before = (START.plus_days(-9), START.plus_days(-5));
    let term = store
        .family_term(&family, ANA, before)
        .expect("it is theirs");
    assert_eq!((term.questions, term.days), (0, 0));
}
