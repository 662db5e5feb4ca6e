//! Surveys: who is asked, once each; what is told, to whom and when; and that nothing in the database joins a person with what
//! was answered.

use std::sync::atomic::{AtomicU32, Ordering};

use rusqlite::Connection;
use trellis_core::id::{PersonId, SectionId, SurveyId};
use trellis_core::people::survey::{Answers, Form, PUT_OFF_DAYS};
use trellis_core::people::{Enrollment, Role};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;
use trellis_store::personal::SURVEYS_KEPT_DAYS;
use trellis_store::read::ReadError;
use trellis_store::{NewSurvey, Opened, Roster, Store, Viewer};

use crate::school::{
    FIRST, Folder, GUARDIAN, OTHER_TEACHER, SECOND, START, TEACHER, learner, open_with_school,
    person,
};

const LEADER: PersonId = PersonId(41);
const ID: SurveyId = SurveyId(7);

fn viewer(store: &Store, who: PersonId, now: Timestamp) -> Viewer {
    static SIGN_INS: AtomicU32 = AtomicU32::new(0);
    let token = format!("survey {}", SIGN_INS.fetch_add(1, Ordering::Relaxed));
    let until = now.plus_days(1);
    store
        .sign_in(token.as_bytes(), who, None, now, until)
        .expect("the disk works");
    let found = store.viewer(token.as_bytes(), now).expect("it can be read");
    found.expect("somebody who is signed in")
}

/// A school with a leader, so many more learners in the first section, in the second, and in both. Ana and Ben are in the first,
/// Cleo in the second.
fn school(folder: &Folder, [first, second, both]: [u128; 3]) -> Store {
    let store = open_with_school(folder);
    let mut roster = Roster {
        people: vec![person(LEADER, Role::Leader)],
        ..Roster::default()
    };
    let lots: [(u128, u128, &[SectionId]); 3] = [
        (200, first, &[FIRST]),
        (300, second, &[SECOND]),
        (400, both, &[FIRST, SECOND]),
    ];
    for (from, count, sections) in lots {
        for id in (from..from + count).map(PersonId) {
            roster.people.push(learner(id));
            for section in sections {
                roster.enrollments.push(Enrollment {
                    section: *section,
                    person: id,
                    role: Role::Learner,
                });
            }
        }
    }
    store.add_roster(roster).expect("the roster is kept");
    store
}

fn day(days: i64) -> Timestamp {
    Timestamp(0).plus_days(START.day() + days)
}

fn new(form: Form, section: Option<SectionId>) -> NewSurvey {
    NewSurvey {
        id: ID,
        form,
        section,
        first: day(0),
        last: day(2),
    }
}

fn open(store: &Store, survey: NewSurvey) {
    store
        .open_survey(&viewer(store, LEADER, START), survey, START)
        .expect("a leader opens it");
}

fn refused<T: std::fmt::Debug>(result: Result<T, ReadError>) -> Refusal {
    match result {
        Err(ReadError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

fn answer(store: &Store, who: PersonId, steps: Answers, comment: &str) -> Result<(), ReadError> {
    let now = START.plus_days(1);
    store.answer_survey(&viewer(store, who, now), ID, (steps, comment), now)
}

fn everybody(store: &Store, from: u128, count: u128, step: u8) {
    for id in (from..from + count).map(PersonId) {
        answer(store, id, [step; 5], "").expect("they are asked");
    }
}

/// The day after the last, when it was counted.
fn counted(store: &Store) -> Timestamp {
    let after = START.plus_days(3);
    store.end_what_is_over(after).expect("the disk works");
    after
}

/// Each group that is told, with its people.
fn told(store: &Store, now: Timestamp) -> Vec<(Option<String>, usize)> {
    let views = store.surveys(&viewer(store, LEADER, now), now);
    let view = views.expect("a leader reads them").pop().expect("one");
    assert_eq!(view.opened, Opened::Counted);
    let parts = view.parts.into_iter();
    parts
        .map(|part| (part.section, part.counts.people()))
        .collect()
}

#[test]
fn each_is_asked_once_and_can_say_not_now() {
    let folder = Folder::new("survey-asked");
    let store = school(&folder, [2, 0, 0]);
    open(&store, new(Form::Belonging, Some(FIRST)));
    let asked = |who: PersonId, now: Timestamp| {
        let found = store.asked_now(&viewer(&store, who, now), now);
        !found.expect("it can be read").is_empty()
    };
    assert!(asked(PersonId(200), START));
    // Another class, another role, before and after its days.
    assert!(!asked(PersonId(3), START));
    assert!(!asked(TEACHER, START) && !asked(GUARDIAN, START) && !asked(LEADER, START));
    assert!(!asked(PersonId(200), START.plus_days(-1)));
    assert!(asked(PersonId(200), START.plus_days(2)));
    assert!(!asked(PersonId(200), START.plus_days(3)));
    let own = viewer(&store, PersonId(200), START);
    store
        .put_off_survey(&own, ID, START)
        .expect("they are asked");
    assert!(!asked(PersonId(200), START.plus_days(PUT_OFF_DAYS - 1)));
    assert!(asked(PersonId(201), START));
    // Who said "not now" can still answer, once.
    let now = START.plus_days(1);
    assert!(!store.asked_survey(&own, ID, now).expect("asked").answered);
    answer(&store, PersonId(200), [1, 2, 3, 4, 0], "").expect("they are asked");
    assert_eq!(
        refused(answer(&store, PersonId(200), [5; 5], "")),
        Refusal::AlreadySo
    );
    assert!(store.asked_survey(&own, ID, now).expect("asked").answered);
    store.put_off_survey(&own, ID, now).expect("they are asked");
    assert!(store.asked_survey(&own, ID, now).expect("asked").answered);
    // What is no answer, and who is not asked.
    assert_eq!(
        refused(answer(&store, PersonId(201), [6; 5], "")),
        Refusal::NothingSaid
    );
    for who in [PersonId(3), TEACHER, GUARDIAN, LEADER] {
        assert_eq!(refused(answer(&store, who, [1; 5], "")), Refusal::NotYours);
    }
    let late = START.plus_days(3);
    let after = store.answer_survey(&viewer(&store, PersonId(201), late), ID, ([1; 5], ""), late);
    assert_eq!(refused(after), Refusal::NotYours);
}

#[test]
fn a_class_is_told_at_five_and_only_when_the_survey_is_over() {
    let folder = Folder::new("survey-class");
    let store = school(&folder, [5, 0, 0]);
    open(&store, new(Form::Belonging, Some(FIRST)));
    everybody(&store, 200, 4, 2);
    answer(&store, PersonId(204), [2, 2, 2, 2, 5], "").expect("they are asked");
    // Nobody can watch the counts move.
    let now = START.plus_days(2);
    let view = &store
        .surveys(&viewer(&store, LEADER, now), now)
        .expect("read")[0];
    assert_eq!(
        (view.opened, view.answered, view.parts.len()),
        (Opened::Now, 5, 0)
    );
    let teacher = viewer(&store, TEACHER, START);
    assert_eq!(store.class_surveys(&teacher, FIRST).expect("taught"), []);
    let after = counted(&store);
    assert_eq!(told(&store, after), [(None, 5)]);
    let found = store.class_surveys(&teacher, FIRST).expect("taught");
    assert_eq!(found[0].0, day(2));
    assert_eq!(found[0].1.0[4], [0, 0, 4, 0, 0, 1]);
    assert_eq!(
        refused(store.class_surveys(&viewer(&store, OTHER_TEACHER, START), FIRST)),
        Refusal::NotYours
    );
}

#[test]
fn what_is_told_speaks_of_no_fewer_by_subtraction() {
    let folder = Folder::new("survey-district");
    let store = school(&folder, [7, 4, 0]);
    open(&store, new(Form::Belonging, None));
    everybody(&store, 200, 7, 1);
    everybody(&store, 300, 4, 5);
    let after = counted(&store);
    // The first class alone would be enough, but the whole less it would be the four of the second.
    assert_eq!(told(&store, after), [(None, 11)]);
    let teacher = viewer(&store, TEACHER, START);
    assert_eq!(store.class_surveys(&teacher, FIRST).expect("taught"), []);
    // And what is not told is not there any more.
    drop(store);
    let connection = Connection::open(folder.database()).expect("it opens");
    let parts = "SELECT count(DISTINCT part) FROM survey_count";
    let parts: u32 = connection
        .query_row(parts, [], |row| row.get(0))
        .expect("it can be asked");
    assert_eq!(parts, 1);
}

#[test]
fn classes_that_share_enough_are_told_apart() {
    let folder = Folder::new("survey-shared");
    let store = school(&folder, [6, 6, 5]);
    open(&store, new(Form::Belonging, None));
    everybody(&store, 200, 6, 1);
    everybody(&store, 300, 6, 2);
    everybody(&store, 400, 5, 3);
    let after = counted(&store);
    let people: Vec<usize> = told(&store, after).iter().map(|part| part.1).collect();
    assert_eq!(people, [17, 11, 11]);
}

#[test]
fn too_few_leave_nothing() {
    let folder = Folder::new("survey-few");
    let store = school(&folder, [0, 0, 0]);
    open(&store, new(Form::Heard, None));
    let comment = "Please answer my letters.";
    answer(&store, GUARDIAN, [1; 5], comment).expect("asked");
    let after = counted(&store);
    assert_eq!(told(&store, after), []);
    let views = store.surveys(&viewer(&store, LEADER, after), after);
    assert!(views.expect("read")[0].comments.is_empty());
    store.clean().expect("the disk works");
    drop(store);
    let bytes = std::fs::read(folder.database()).expect("it can be read");
    let found = bytes
        .windows(comment.len())
        .any(|window| window == comment.as_bytes());
    assert!(!found, "the comment of too few is gone");
}

/// All rows of a table, each as one text, in the order in which they lie.
fn rows(connection: &Connection, table: &str, columns: &str) -> Vec<String> {
    let sql = format!("SELECT {columns} FROM {table}");
    let mut statement = connection.prepare(&sql).expect("it can be asked");
    let rows = statement.query_map([], |row| row.get(0));
    let rows = rows.expect("it can be asked");
    rows.map(|row| row.expect("a text")).collect()
}

#[test]
fn nothing_joins_who_answered_with_what() {
    // Two schools in which the same people answer the same in another order, at other hours: the tables are the same.
    let left = |order: &[usize], hours: i64| {
        let folder = Folder::new("survey-unlinked");
        let store = school(&folder, [3, 0, 0]);
        let mut families = Roster::default();
        for id in (500..506).map(PersonId) {
            families.people.push(person(id, Role::Guardian));
        }
        store.add_roster(families).expect("the roster is kept");
        open(&store, new(Form::Heard, None));
        let said = ["zebra", "", "apple", "mango", "", "zebra"];
        for place in order {
            let who = PersonId(500 + *place as u128);
            let now = day(1).plus_ms(hours * 3_600_000 + *place as i64 * 1_000);
            let step = u8::try_from(*place).expect("small");
            let steps = ([step; 5], said[*place]);
            store
                .answer_survey(&viewer(&store, who, now), ID, steps, now)
                .expect("they are asked");
        }
        drop(store);
        let connection = Connection::open(folder.database()).expect("it opens");
        (
            rows(
                &connection,
                "survey_taker",
                "hex(person) || form || answered_on",
            ),
            rows(
                &connection,
                "survey_count",
                "part || statement || ' ' || step || ' ' || times",
            ),
            rows(&connection, "survey_comment", "said || times"),
        )
    };
    let one = left(&[0, 1, 2, 3, 4, 5], 1);
    let other = left(&[5, 3, 1, 0, 2, 4], 13);
    assert_eq!(one, other);
    assert_eq!((one.0.len(), one.1.len()), (6, 30));
    assert_eq!(one.2, ["apple1", "mango1", "zebra2"]);
}

#[test]
fn leaders_open_and_take_back_and_nobody_else() {
    let folder = Folder::new("survey-open");
    let store = school(&folder, [5, 0, 0]);
    let leader = viewer(&store, LEADER, START);
    for who in [TEACHER, GUARDIAN, PersonId(1)] {
        let other = viewer(&store, who, START);
        let survey = new(Form::Heard, None);
        assert_eq!(
            refused(store.open_survey(&other, survey, START)),
            Refusal::NotYours
        );
        assert_eq!(
            refused(store.withdraw_survey(&other, ID)),
            Refusal::NotYours
        );
        assert_eq!(refused(store.surveys(&other, START)), Refusal::NotYours);
    }
    let mut past = new(Form::Belonging, None);
    past.first = day(-1);
    assert_eq!(
        refused(store.open_survey(&leader, past, START)),
        Refusal::DayOutOfReach
    );
    for (form, section) in [
        (Form::Support, Some(FIRST)),
        (Form::Heard, Some(SectionId(9))),
    ] {
        assert_eq!(
            refused(store.open_survey(&leader, new(form, section), START)),
            Refusal::NotFound
        );
    }
    open(&store, new(Form::Belonging, Some(FIRST)));
    // The same people are not asked the same twice in the same days; others are, and later.
    let again = |form, section, first: i64| {
        let survey = NewSurvey {
            id: SurveyId(8),
            form,
            section,
            first: day(first),
            last: day(first + 2),
        };
        let opened = store.open_survey(&leader, survey, START);
        if opened.is_ok() {
            store.withdraw_survey(&leader, SurveyId(8)).expect("theirs");
        }
        opened.is_ok()
    };
    assert!(!again(Form::Belonging, None, 2) && !again(Form::Belonging, Some(FIRST), 1));
    assert!(again(Form::Belonging, None, 3) && again(Form::Heard, None, 0));
    assert!(again(Form::Belonging, Some(SECOND), 0));
    // What is taken back leaves nothing behind.
    everybody(&store, 200, 5, 1);
    store.withdraw_survey(&leader, ID).expect("theirs");
    assert_eq!(
        refused(store.withdraw_survey(&leader, ID)),
        Refusal::NotFound
    );
    drop(store);
    let connection = Connection::open(folder.database()).expect("it opens");
    for table in ["survey", "survey_taker", "survey_count", "survey_comment"] {
        assert!(rows(&connection, table, "'row'").is_empty(), "{table}");
    }
}

#[test]
fn who_answered_is_in_their_record_goes_with_them_and_ends() {
    let folder = Folder::new("survey-kept");
    let store = school(&folder, [6, 0, 0]);
    open(&store, new(Form::Belonging, None));
    everybody(&store, 200, 6, 4);
    let record = store.record_of(PersonId(200), START).expect("read");
    let record = record.expect("somebody");
    let row = record.rows("survey_taker").next().expect("a row");
    assert_eq!(row["form"], "belonging");
    assert_eq!(row["answered_on"], day(1).0);
    // Erased before it is counted: the answer stays in the counts, and that the person gave one is gone.
    store
        .erase(PersonId(200), None, None, START)
        .expect("the disk works");
    let after = counted(&store);
    assert_eq!(
        told(&store, after),
        [(None, 6), (Some("Section 101".to_owned()), 6)]
    );
    let takers = || {
        let connection = Connection::open(folder.database()).expect("it opens");
        rows(&connection, "survey_taker", "hex(person)").len()
    };
    assert_eq!(takers(), 5);
    let kept = i64::from(SURVEYS_KEPT_DAYS) + 2;
    store
        .end_what_is_over(START.plus_days(kept))
        .expect("the disk works");
    assert_eq!(takers(), 5);
    store
        .end_what_is_over(START.plus_days(kept + 1))
        .expect("the disk works");
    assert_eq!(takers(), 0);
    let much_later = START.plus_days(kept + 1);
    assert_eq!(told(&store, much_later).len(), 2, "counts of nobody stay");
}
