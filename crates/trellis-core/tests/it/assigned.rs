//! Questions that a teacher assigns: they come first and in their order, count like every other answer, and can be taken
//! back.

use trellis_core::command::Command;
use trellis_core::framework::CompetencyId;
use trellis_core::id::{AssignmentId, AttemptId, DirectiveId};
use trellis_core::item::Item;
use trellis_core::plan::assignment::{ASSIGNED_KEPT, Ended, MOST_QUESTIONS, Question};
use trellis_core::plan::{Assignment, DirectiveKind, questions};
use trellis_core::policy::{is_stop_done, recommend};
use trellis_core::recommendation::{Purpose, Reason};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use crate::school::{LEARNER, Node, School, TEACHER, competency};

fn nodes() -> [Node; 2] {
    [
        Node {
            id: competency("a"),
            before: Vec::new(),
        },
        Node {
            id: competency("b"),
            before: vec![competency("a")],
        },
    ]
}

fn school() -> School {
    School::new(&nodes())
}

fn kind(set: u128, about: &CompetencyId, questions: Vec<Question>, due: i64) -> DirectiveKind {
    DirectiveKind::Assigned(Assignment {
        set: AssignmentId(set),
        competency: about.clone(),
        questions,
        adaptive: false,
        due: (due > 0).then_some(Timestamp(due)),
    })
}

fn give(school: &mut School, id: u128, kind: DirectiveKind) -> Result<(), Refusal> {
    let command = Command::Direct {
        learner: LEARNER,
        directive: DirectiveId(id),
        kind,
        note: String::new(),
    };
    school.ask(TEACHER, &command).map(|_| ())
}

/// Questions of as many items, in the order of the course: here all variants of a kind look alike, so that few can be drawn.
fn drawn(school: &School, about: &CompetencyId, count: usize, seed: u64) -> Vec<Question> {
    let items = school.catalog().items_of(about).take(count);
    let question = |item: &Item| Question {
        item: item.id.clone(),
        seed,
    };
    items.map(question).collect()
}

/// What is begun when the learner presses the button of the stop.
fn begun(school: &School, attempt: AttemptId) -> Question {
    let open = school.state.attempt(attempt).expect("it is open");
    assert_eq!(open.purpose, Purpose::Assigned);
    Question {
        item: open.item.clone(),
        seed: open.seed,
    }
}

fn kind_of(question: &Question) -> &'static str {
    match question.item.as_str().contains("numeric") {
        true => "numeric",
        false => "choice of 4",
    }
}

#[test]
fn assigned_questions_come_first_in_their_order_and_count() {
    let mut school = school();
    // Nothing before it is mastered: the teacher's word opens it.
    let about = competency("b");
    let asked = drawn(&school, &about, 3, 5);
    assert_eq!(asked.len(), 3);
    give(&mut school, 1, kind(9, &about, asked.clone(), 0)).unwrap();
    let advice = recommend(&school.state, school.catalog(), school.now);
    let first = &advice.stops[0];
    assert_eq!(first.purpose, Purpose::Assigned);
    assert_eq!(first.competency.as_ref(), Some(&about));
    let directive = DirectiveId(1);
    assert_eq!(first.reasons, [Reason::TeacherAsked { directive }]);
    assert!(!is_stop_done(&school.state, first, school.now));
    let ended = [Ended::Alone, Ended::Helped, Ended::NotYet];
    for (place, question) in asked.iter().enumerate() {
        let attempt = school.start(Some(about.clone()), Purpose::Assigned);
        assert_eq!(&begun(&school, attempt), question);
        match ended[place] {
            Ended::Helped => {
                school.respond(attempt, kind_of(question), false);
                school.respond(attempt, kind_of(question), true);
            }
            Ended::NotYet => school.reveal(attempt),
            _ => school.respond(attempt, kind_of(question), true),
        }
        let over = school.state.over_at(directive, place).expect("it is over");
        assert_eq!((over.ended, over.attempt), (ended[place], attempt));
    }
    assert!(is_stop_done(&school.state, first, school.now));
    let known = school.state.competency(&about).expect("answers count");
    assert_eq!(known.first_tries, 3);
    let advice = recommend(&school.state, school.catalog(), school.now);
    let mut stops = advice.stops.iter();
    assert!(stops.all(|stop| stop.purpose != Purpose::Assigned));
}

#[test]
fn an_order_that_follows_the_answers_begins_where_the_learner_is_and_leaves_nothing_out() {
    let level_of = |place: usize| u8::try_from(place % 3 + 1).expect("small");
    let mut school = School::changed(&nodes(), |place, item| item.level = level_of(place));
    let about = competency("b");
    let level = |school: &School, question: &Question| {
        let item = school.catalog().item(&question.item);
        item.expect("it is in the course").level
    };
    let mut asked = drawn(&school, &about, 4, 5);
    asked.sort_by_key(|question| core::cmp::Reverse(level(&school, question)));
    let levels: Vec<u8> = asked.iter().map(|one| level(&school, one)).collect();
    assert!(levels.first() > levels.last(), "{levels:?} are all alike");
    let mut given = kind(9, &about, asked.clone(), 0);
    if let DirectiveKind::Assigned(assignment) = &mut given {
        assignment.adaptive = true;
    }
    give(&mut school, 1, given).unwrap();
    let mut came = Vec::new();
    for _ in 0..asked.len() {
        let attempt = school.start(Some(about.clone()), Purpose::Assigned);
        let question = begun(&school, attempt);
        school.respond(attempt, kind_of(&question), true);
        came.push(question);
    }
    // Nothing is known yet: the easiest first, although the teacher put it last. Each comes once.
    assert_eq!(Some(level(&school, &came[0])), levels.last().copied());
    assert_ne!(came, asked);
    came.sort();
    asked.sort();
    assert_eq!(came, asked);
    let advice = recommend(&school.state, school.catalog(), school.now);
    let mut stops = advice.stops.iter();
    assert!(stops.all(|stop| stop.purpose != Purpose::Assigned));
}

#[test]
fn what_is_due_comes_first_and_what_is_taken_back_is_gone() {
    let mut school = school();
    let (a, b) = (competency("a"), competency("b"));
    let [of_a, of_b] = [&a, &b].map(|id| drawn(&school, id, 2, 1));
    give(&mut school, 1, kind(1, &a, of_a, 0)).unwrap();
    let due = school.now.plus_days(2).0;
    give(&mut school, 2, kind(2, &b, of_b, due)).unwrap();
    let asked = |school: &School| -> Vec<CompetencyId> {
        let advice = recommend(&school.state, school.catalog(), school.now);
        let stops = advice.stops.into_iter();
        stops
            .filter(|stop| stop.purpose == Purpose::Assigned)
            .filter_map(|stop| stop.competency)
            .collect()
    };
    assert_eq!(asked(&school), [b.clone(), a.clone()]);
    let attempt = school.start(Some(b.clone()), Purpose::Assigned);
    let question = begun(&school, attempt);
    school.respond(attempt, kind_of(&question), true);
    let undo = Command::UndoDirective {
        learner: LEARNER,
        directive: DirectiveId(2),
    };
    school.ask(TEACHER, &undo).unwrap();
    assert_eq!(asked(&school), [a]);
    assert_eq!(school.state.over, []);
    assert_eq!(school.state.competency(&b).unwrap().first_tries, 1);
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let mut school = school();
    let a = competency("a");
    let good = drawn(&school, &a, 2, 1);
    let other = drawn(&school, &competency("b"), 1, 1);
    let long = vec![good[0].clone(); MOST_QUESTIONS + 1];
    for (questions, no) in [
        (Vec::new(), Refusal::NothingSaid),
        (long, Refusal::TooLong),
        (other, Refusal::NotFound),
    ] {
        assert_eq!(give(&mut school, 1, kind(1, &a, questions, 0)), Err(no));
    }
    give(&mut school, 1, kind(1, &a, good.clone(), 0)).unwrap();
    // The same again by a reload, with another directive's id.
    let again = give(&mut school, 2, kind(1, &a, good.clone(), 0));
    assert_eq!(again, Err(Refusal::AlreadySo));
    // Many may be given; the oldest gives way, the one that is done before the others.
    let attempt = school.start(Some(a.clone()), Purpose::Assigned);
    school.reveal(attempt);
    for number in 2..=20 {
        give(&mut school, number, kind(number, &a, good.clone(), 0)).unwrap();
    }
    let kept = school.state.assignments().count();
    assert_eq!(kept, ASSIGNED_KEPT);
    assert_eq!(school.state.over, []);
}

#[test]
fn pressing_after_the_last_question_is_plain_practice() {
    let mut school = school();
    let a = competency("a");
    let one = drawn(&school, &a, 1, 1);
    give(&mut school, 1, kind(1, &a, one, 0)).unwrap();
    let attempt = school.start(Some(a.clone()), Purpose::Assigned);
    school.reveal(attempt);
    let attempt = school.start(Some(a), Purpose::Assigned);
    assert_eq!(
        school.state.attempt(attempt).unwrap().purpose,
        Purpose::Learn
    );
}

#[test]
fn a_question_is_exchanged_for_another_of_the_same_skill() {
    let school = school();
    let a = competency("a");
    let asked = drawn(&school, &a, 3, 7);
    let other = questions::other(school.catalog(), &asked, 1).expect("there are more");
    assert!(asked.iter().all(|question| question.item != other.item));
    let again = questions::again(&asked[1]);
    assert_eq!(again.item, asked[1].item);
    assert_ne!(again.seed, asked[1].seed);
    let own = |seed| questions::own(&school.state, school.catalog(), None, 3, seed, school.now);
    let (about, mine) = own(3).expect("something is next");
    // A number and a choice; all others look like one of them.
    assert_eq!((about, mine.len()), (a, 2));
    assert_eq!(own(3), own(3));
}

#[test]
fn an_assignment_is_written_and_read_as_json() {
    let school = school();
    let a = competency("a");
    let kind = kind(7, &a, drawn(&school, &a, 2, 1), 86_400_000);
    let text = serde_json::to_string(&kind).unwrap();
    assert!(text.starts_with("{\"assigned\":{\"set\":\""), "{text}");
    let event: DirectiveKind = serde_json::from_str(&text).unwrap();
    assert_eq!(event, kind);
}
