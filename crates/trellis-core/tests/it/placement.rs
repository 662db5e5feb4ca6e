//! Placement and proofs through the one door: what is asked, when it ends, and what follows from it.

use trellis_core::command::Command;
use trellis_core::event::Event;
use trellis_core::framework::{CompetencyId, CourseId};
use trellis_core::item::InteractionKind;
use trellis_core::mastery::{self, Mastery};
use trellis_core::placement::{self, MOST_QUESTIONS, WhyOver};
use trellis_core::policy::{self, MOST_PROOF_ITEMS};
use trellis_core::recommendation::Purpose;
use trellis_core::refusal::Refusal;

use crate::school::{LEARNER, Node, School, TEACHER, competency};

/// How many competencies the chain has.
const LENGTH: usize = 14;

fn name(place: usize) -> CompetencyId {
    competency(&format!("c{place:02}"))
}

/// A course in which each competency needs the one before.
fn chain() -> School {
    let nodes: Vec<Node> = (0..LENGTH)
        .map(|place| Node {
            id: name(place),
            before: (place > 0).then(|| name(place - 1)).into_iter().collect(),
        })
        .collect();
    School::new(&nodes)
}

fn course() -> CourseId {
    CourseId::new("scenario").expect("an id")
}

fn begin() -> Command {
    Command::BeginPlacement {
        learner: LEARNER,
        course: course(),
    }
}

fn end() -> Command {
    Command::EndPlacement {
        learner: LEARNER,
        course: course(),
    }
}

/// Asks for an item for this purpose and answers it, right where `knows` says so; what was asked about.
fn one(
    school: &mut School,
    purpose: Purpose,
    knows: impl Fn(&CompetencyId) -> bool,
) -> CompetencyId {
    let started = school.start(Some(name(0)), purpose);
    let open = school.state.attempt(started).expect("it is open").clone();
    assert_eq!(open.purpose, purpose);
    let kind = match school.catalog().item(&open.item).map(|item| item.kind()) {
        Some(InteractionKind::Numeric) => "numeric",
        _ => "choice of 4",
    };
    school.respond(started, kind, knows(&open.competency));
    open.competency
}

/// Answers a whole placement as somebody who knows the first `known` competencies does; how many questions it took.
fn placed(school: &mut School, known: usize) -> usize {
    school.ask(LEARNER, &begin()).expect("it is offered");
    let mut questions = 0;
    while school.state.placing.is_some() {
        one(school, Purpose::Placement, |id| *id < name(known));
        questions += 1;
        assert!(questions <= usize::from(MOST_QUESTIONS));
    }
    questions
}

#[test]
fn a_few_questions_find_where_somebody_stands() {
    for known in [0, 5, 9, LENGTH] {
        let mut school = chain();
        let questions = placed(&mut school, known);
        assert!(questions < LENGTH, "{known}: {questions} questions");
        let taken: Vec<CompetencyId> = school
            .state
            .placed
            .iter()
            .map(|placed| placed.competency.clone())
            .collect();
        assert!(taken.len().abs_diff(known) <= 2, "{known}: {taken:?}");
        assert!(
            taken.iter().all(|id| *id < name(known)),
            "{known}: {taken:?}"
        );
        let now = school.now;
        // By evidence alone nothing is mastered, and what was not asked has no answers.
        for place in 0..LENGTH {
            let counts = mastery::mastery(&school.state, &name(place), now);
            assert_eq!(counts, Mastery::NotYet, "{known}: {place}");
        }
        if taken.is_empty() || taken.len() == LENGTH {
            continue;
        }
        // What comes after is open, and advice goes there and not to the beginning.
        let first = name(taken.len());
        assert!(policy::is_open(
            &school.state,
            school.catalog(),
            &first,
            now
        ));
        let advice = school.advice();
        let about = advice.stops[0].competency.clone().expect("a stop to learn");
        assert!(about >= name(taken.len() - 1), "{known}: {about}");
    }
}

#[test]
fn the_same_answers_ask_the_same_questions() {
    let mut school = chain();
    school.ask(LEARNER, &begin()).expect("it is offered");
    for _ in 0..3 {
        one(&mut school, Purpose::Placement, |id| *id < name(6));
    }
    let placing = school.state.placing.clone().expect("it runs");
    let catalog = school.catalog();
    assert_eq!(
        placement::step(&placing, catalog),
        placement::step(&placing, catalog)
    );
    let mut right = placing
        .asked
        .iter()
        .map(|asked| (&asked.competency, asked.right));
    assert!(right.all(|(id, right)| right == (*id < name(6))));
}

#[test]
fn a_wrong_answer_takes_back_what_was_taken_as_known() {
    let mut school = chain();
    placed(&mut school, 8);
    let id = school.state.placed[0].competency.clone();
    let attempt = school.begin(&id, "numeric");
    school.respond(attempt, "numeric", false);
    assert_eq!(school.state.placed(&id), None);
    assert!(!school.state.placed.is_empty(), "the others stay");
}

#[test]
fn it_can_be_skipped_stopped_and_turned_off() {
    let mut school = chain();
    let events = school.ask(LEARNER, &end()).expect("it is offered");
    assert!(matches!(
        &events[0],
        Event::PlacementEnded { why: WhyOver::Skipped, known, .. } if known.is_empty()
    ));
    assert_eq!(school.ask(LEARNER, &begin()), Err(Refusal::AlreadySo));

    let mut school = chain();
    school.ask(LEARNER, &begin()).expect("it is offered");
    assert_eq!(school.ask(LEARNER, &begin()), Err(Refusal::AlreadySo));
    one(&mut school, Purpose::Placement, |_| true);
    let events = school.ask(LEARNER, &end()).expect("it runs");
    assert!(matches!(
        &events[0],
        Event::PlacementEnded { why: WhyOver::Stopped, asked, .. } if asked.len() == 1
    ));
    assert_eq!(school.ask(LEARNER, &end()), Err(Refusal::AlreadySo));

    let mut school = chain();
    let off = Command::SetPlacement {
        learner: LEARNER,
        offered: false,
    };
    assert_eq!(school.ask(LEARNER, &off), Err(Refusal::NotYours));
    school.ask(TEACHER, &off).expect("a teacher decides");
    assert_eq!(school.ask(LEARNER, &begin()), Err(Refusal::ClosedByTeacher));
    assert!(!placement::is_offered(
        &school.state,
        school.catalog(),
        &course()
    ));

    // On first entry only.
    let mut school = chain();
    let attempt = school.begin(&name(0), "numeric");
    school.respond(attempt, "numeric", true);
    assert_eq!(school.ask(LEARNER, &begin()), Err(Refusal::AlreadySo));
}

#[test]
fn a_placement_gives_no_hints_and_asks_once() {
    let mut school = chain();
    school.ask(LEARNER, &begin()).expect("it is offered");
    let attempt = school.start(None, Purpose::Placement);
    let hint = Command::TakeHint {
        learner: LEARNER,
        attempt,
        seen: 0,
    };
    assert_eq!(school.ask(LEARNER, &hint), Err(Refusal::NoMoreHints));
    school.reveal(attempt);
    let placing = school.state.placing.as_ref().expect("it runs");
    assert!(matches!(placing.asked.as_slice(), [asked] if !asked.right));
    // Without a placement there is no such attempt.
    let mut school = chain();
    let attempt = school.start(Some(name(0)), Purpose::Placement);
    let open = school.state.attempt(attempt).expect("it is open");
    assert_eq!(open.purpose, Purpose::Learn);
}

/// Proves with these answers; how many were asked, and whether it is mastered.
fn proved(school: &mut School, answers: &[bool]) -> (usize, bool) {
    let prove = Command::Prove {
        learner: LEARNER,
        competency: name(0),
    };
    school.ask(LEARNER, &prove).expect("it is open");
    let mut asked = 0;
    for right in answers {
        if school.state.proof.is_none() {
            break;
        }
        one(school, Purpose::Proof, |_| *right);
        asked += 1;
    }
    assert_eq!(school.state.proof, None, "it is decided after {asked}");
    let counts = mastery::mastery(&school.state, &name(0), school.now);
    (asked, counts == Mastery::Mastered)
}

#[test]
fn a_proof_ends_when_it_is_decided() {
    assert_eq!(proved(&mut chain(), &[true; 6]), (3, true));
    let (asked, mastered) = proved(&mut chain(), &[false; 6]);
    assert!(
        !mastered && asked < usize::from(MOST_PROOF_ITEMS),
        "{asked}"
    );
    let (asked, _) = proved(&mut chain(), &[true, false, true, true, true, true]);
    assert!(asked <= usize::from(MOST_PROOF_ITEMS), "{asked}");
}
