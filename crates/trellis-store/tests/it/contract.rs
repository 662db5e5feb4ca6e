//! What every store promises, as checks over an [`Engine`]: run against SQLite and against a model in memory, and some
//! day against another database.

use trellis_core::command::Command;
use trellis_core::context::Actor;
use trellis_core::estimate::LearnerState;
use trellis_core::event::{Event, Recorded};
use trellis_core::id::{PersonId, SectionId};
use trellis_core::people::Role;
use trellis_core::plan::DirectiveKind;
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;
use trellis_store::read::EstimateCell;
use trellis_store::{Asked, Import, Mismatch, Outcome, Roster};

use crate::checking::{a_score_taken_back_was_never_given, responses_wait_for_a_person};
use crate::curating::{findings_are_settled, held_back_is_not_given};
use crate::model::Model;
use crate::school::{
    self, ANA, BEN, CLEO, FIRST, GUARDIAN, OPERATOR, OTHER_TEACHER, SECOND, START, STRANGER,
    TEACHER, actor, asked, competency, person, respond, start, take_course,
};
use crate::shipped::Shipped;
use crate::sittings::{attempts_are_one, smaller_questions_are_answered};
use crate::teaching::{
    classes_open_and_close, closing_late_signs_out, direct, undo, undo_brings_back_the_earlier,
    undo_restores,
};

/// A class map without titles: learners in order, each with its cells by competency.
pub(crate) type Map = Vec<(PersonId, Vec<(String, EstimateCell)>)>;

/// Something that keeps what happened. Failures of the world end the test.
pub(crate) trait Engine {
    /// Closes and opens again what was written.
    fn reopen(&mut self);
    fn import(&mut self, import: Import);
    /// Whether the roster was taken.
    fn add_roster(&mut self, roster: Roster) -> bool;
    fn execute(&mut self, asked: Asked) -> Result<Outcome, Refusal>;
    fn sign_in(
        &mut self,
        token: &[u8],
        who: PersonId,
        section: Option<SectionId>,
        now: Timestamp,
        until: Timestamp,
    );
    fn sign_out(&mut self, token: &[u8]);
    /// Who a token stands for, and in which section's class they signed in.
    fn viewer(&mut self, token: &[u8], now: Timestamp) -> Option<(Actor, Option<SectionId>)>;
    /// The class map that a token may see.
    fn class_map(
        &mut self,
        token: &[u8],
        section: SectionId,
        now: Timestamp,
    ) -> Result<Map, Refusal>;
    fn state(&mut self, learner: PersonId) -> LearnerState;
    /// All events, in order.
    fn journal(&mut self) -> Vec<Recorded>;
    fn verify(&mut self) -> Vec<Mismatch>;
}

pub(crate) fn learner(id: PersonId) -> Actor {
    actor(id, Role::Learner)
}

pub(crate) fn teacher() -> Actor {
    actor(TEACHER, Role::Teacher)
}

/// One check: a name for the message, and what is demanded.
type Check<E> = (&'static str, fn(&mut E));

/// Runs every check, each on a store of its own, and demands that the journal is sound after each.
pub(crate) fn check_store<E: Engine>(make: impl Fn() -> E) {
    let checks: [Check<E>; 19] = [
        (
            "what was acknowledged is there after opening again",
            acknowledged_is_kept,
        ),
        (
            "the same answer gets the first reply",
            same_answer_same_reply,
        ),
        ("the order is the server's", order_is_the_servers),
        ("a refusal writes nothing", refusal_writes_nothing),
        ("relations decide who may", relations_decide),
        ("class sessions open and close", classes_open_and_close),
        ("sign-ins expire", sign_ins_expire),
        ("a sign-in stands for who it is now", sign_ins_follow),
        ("rosters come whole or not at all", rosters_come_whole),
        ("undoing a directive restores all", undo_restores),
        (
            "undoing brings back what was replaced",
            undo_brings_back_the_earlier,
        ),
        (
            "closing a class that ran out ends its sign-ins",
            closing_late_signs_out,
        ),
        ("an attempt's id is used once", attempts_are_one),
        (
            "smaller questions of hints are answered",
            smaller_questions_are_answered,
        ),
        (
            "what a person must judge waits, and counts once",
            responses_wait_for_a_person,
        ),
        (
            "a score that is taken back was never given",
            a_score_taken_back_was_never_given,
        ),
        ("maps equal the fold", maps_equal_the_fold),
        ("nobody is given what is held back", held_back_is_not_given),
        (
            "findings are settled and opened again",
            findings_are_settled,
        ),
    ];
    for (name, check) in checks {
        let mut engine = make();
        check(&mut engine);
        assert_eq!(engine.verify(), [], "after: {name}");
        engine.reopen();
        assert_eq!(engine.verify(), [], "after opening again: {name}");
    }
}

/// Puts the school in, with its learners in the course.
pub(crate) fn prepare(engine: &mut impl Engine) {
    engine.import(school::import());
    assert!(engine.add_roster(school::roster()));
    for id in [ANA, BEN, CLEO] {
        let take = asked(actor(OPERATOR, Role::Operator), START, take_course(id));
        engine.execute(take).expect("the course is there");
    }
}

pub(crate) fn answer(
    engine: &mut impl Engine,
    who: PersonId,
    id: u128,
    now: Timestamp,
    about: &str,
    text: &str,
) -> Outcome {
    let item = usize::try_from(id % 8).expect("small");
    engine
        .execute(asked(learner(who), now, start(who, id, about, item)))
        .expect("it can be begun");
    engine
        .execute(asked(
            learner(who),
            now.plus_ms(1),
            respond(who, id, id, text),
        ))
        .expect("it is open")
}

fn acknowledged_is_kept(engine: &mut impl Engine) {
    prepare(engine);
    for id in 0..6 {
        let text = if id == 2 { "8" } else { "7" };
        answer(
            engine,
            ANA,
            id,
            START.plus_ms(i64::try_from(id).expect("small") * 60_000),
            "a",
            text,
        );
    }
    let (events, state) = (engine.journal(), engine.state(ANA));
    assert!(events.len() > 12);
    engine.reopen();
    assert_eq!(engine.journal(), events);
    assert_eq!(engine.state(ANA), state);
    // What is written after opening goes on where it stopped.
    let after = answer(engine, ANA, 7, START.plus_days(1), "a", "7");
    assert!(after.decision.0 > events.len() as u64);
}

fn same_answer_same_reply(engine: &mut impl Engine) {
    prepare(engine);
    let first = answer(engine, ANA, 1, START, "a", "7");
    assert!(!first.repeated);
    let (events, state) = (engine.journal(), engine.state(ANA));
    for reopened in [false, true] {
        if reopened {
            engine.reopen();
        }
        // The first answer counts, also when the client sends another with its id.
        for text in ["7", "8", "(("] {
            let again = engine
                .execute(asked(
                    learner(ANA),
                    START.plus_days(2),
                    respond(ANA, 1, 1, text),
                ))
                .expect("given again");
            assert!(again.repeated);
            assert_eq!(
                (again.decision, &again.events),
                (first.decision, &first.events)
            );
        }
        assert_eq!(engine.journal(), events);
        assert_eq!(engine.state(ANA), state);
    }
    // The id belongs to the learner: another's answer with the same id is another answer, and nobody gets Ana's.
    engine
        .execute(asked(learner(BEN), START, start(BEN, 11, "a", 3)))
        .expect("it can be begun");
    let other = engine
        .execute(asked(learner(BEN), START, respond(BEN, 11, 1, "8")))
        .expect("it is open");
    assert!(!other.repeated);
    let probe = engine.execute(asked(learner(BEN), START, respond(ANA, 1, 1, "7")));
    assert_eq!(probe, Err(Refusal::NotYours));
    // An answer that could not be read is an answer too.
    let unread = answer(engine, ANA, 2, START, "a", "((");
    assert!(matches!(
        unread.events[0].event,
        Event::NotUnderstood { .. }
    ));
    let again = engine
        .execute(asked(learner(ANA), START, respond(ANA, 2, 2, "7")))
        .expect("given again");
    assert_eq!((again.repeated, again.events), (true, unread.events));
}

fn order_is_the_servers(engine: &mut impl Engine) {
    prepare(engine);
    answer(engine, ANA, 1, START.plus_days(3), "a", "7");
    // A clock that was set back changes no order.
    answer(engine, BEN, 2, START, "a", "7");
    let events = engine.journal();
    let places: Vec<u64> = events.iter().map(|recorded| recorded.seq.0).collect();
    let counted: Vec<u64> = (1..=events.len() as u64).collect();
    assert_eq!(places, counted);
    for recorded in &events {
        let first = events
            .iter()
            .find(|other| other.decision == recorded.decision)
            .expect("itself at least");
        assert_eq!(
            first.seq, recorded.decision,
            "a decision is called by its first event"
        );
    }
}

fn refusal_writes_nothing(engine: &mut impl Engine) {
    prepare(engine);
    answer(engine, ANA, 1, START, "a", "7");
    let (events, state) = (engine.journal(), engine.state(ANA));
    let refused = [
        (learner(ANA), start(ANA, 9, "nowhere", 0), Refusal::NotFound),
        (
            learner(ANA),
            respond(ANA, 77, 77, "7"),
            Refusal::AttemptOver,
        ),
        (
            learner(ANA),
            start(ANA, 9, "d", 0),
            Refusal::ClosedByTeacher,
        ),
        (learner(BEN), respond(ANA, 1, 5, "7"), Refusal::NotYours),
        (
            actor(OPERATOR, Role::Operator),
            take_course(ANA),
            Refusal::AlreadySo,
        ),
        (teacher(), undo(ANA, 5), Refusal::NothingToUndo),
        (
            teacher(),
            Command::CloseClass { section: FIRST },
            Refusal::AlreadySo,
        ),
    ];
    for (who, command, refusal) in refused {
        let reply = engine.execute(asked(who, START, command.clone()));
        assert_eq!(reply, Err(refusal), "{command:?}");
    }
    assert_eq!(engine.journal(), events);
    assert_eq!(engine.state(ANA), state);
}

fn open(section: SectionId) -> Command {
    Command::OpenClass {
        section,
        until: START.plus_ms(60_000),
    }
}

fn relations_decide(engine: &mut impl Engine) {
    prepare(engine);
    let advise = |learner| Command::Advise { learner };
    let count = |id| direct(ANA, id, DirectiveKind::CountAsMastered(competency("b")));
    let others = [
        learner(STRANGER),
        learner(BEN),
        // A role that the roster does not give.
        actor(ANA, Role::Teacher),
        actor(BEN, Role::Operator),
        actor(GUARDIAN, Role::Guardian),
        actor(OTHER_TEACHER, Role::Teacher),
        actor(OPERATOR, Role::Operator),
    ];
    let before = engine.journal();
    for who in others {
        for command in [advise(ANA), count(1), open(FIRST), start(ANA, 1, "a", 0)] {
            let reply = engine.execute(asked(who, START, command.clone()));
            assert_eq!(reply, Err(Refusal::NotYours), "{who:?} {command:?}");
        }
    }
    for (who, command) in [
        (learner(ANA), count(1)),
        (learner(ANA), open(FIRST)),
        (teacher(), advise(ANA)),
    ] {
        assert_eq!(
            engine.execute(asked(who, START, command)),
            Err(Refusal::NotYours)
        );
    }
    assert_eq!(engine.journal(), before);
    // The other teacher is refused the first section, and is the teacher of the second.
    let other = actor(OTHER_TEACHER, Role::Teacher);
    engine
        .execute(asked(other, START, open(SECOND)))
        .expect("hers");
    engine
        .execute(asked(teacher(), START, count(1)))
        .expect("his");
    // A person who lost the role is refused at once, with the sign-in still good.
    let moved = Roster {
        people: vec![person(TEACHER, Role::Guardian)],
        ..Roster::default()
    };
    assert!(engine.add_roster(moved));
    assert_eq!(
        engine.execute(asked(teacher(), START, undo(ANA, 1))),
        Err(Refusal::NotYours)
    );
    let as_guardian = asked(actor(TEACHER, Role::Guardian), START, undo(ANA, 1));
    assert_eq!(engine.execute(as_guardian), Err(Refusal::NotYours));
}

fn sign_ins_expire(engine: &mut impl Engine) {
    prepare(engine);
    let until = START.plus_ms(1_000);
    engine.sign_in(b"one", ANA, None, START, until);
    engine.sign_in(b"two", BEN, None, START, START.plus_days(1));
    assert_eq!(
        engine.viewer(b"one", START.plus_ms(999)),
        Some((learner(ANA), None))
    );
    assert_eq!(engine.viewer(b"one", until), None);
    assert_eq!(engine.viewer(b"", START), None);
    assert_eq!(engine.viewer(b"three", START), None);
    engine.reopen();
    assert_eq!(engine.viewer(b"two", until), Some((learner(BEN), None)));
    engine.sign_out(b"two");
    assert_eq!(engine.viewer(b"two", until), None);
    // A token of somebody who is in no roster stands for nobody.
    engine.sign_in(b"four", STRANGER, None, START, until);
    assert_eq!(engine.viewer(b"four", START), None);
}

fn sign_ins_follow(engine: &mut impl Engine) {
    prepare(engine);
    let until = START.plus_days(1);
    engine.sign_in(b"ana", ANA, Some(FIRST), START, until);
    engine.sign_in(b"ben", BEN, None, START, until);
    engine.sign_in(b"teacher", TEACHER, None, START, until);
    for _ in 0..2 {
        // Asked twice: what is remembered of the first time must be as true as what is looked up.
        assert_eq!(
            engine.viewer(b"ana", START),
            Some((learner(ANA), Some(FIRST)))
        );
        assert_eq!(engine.viewer(b"teacher", START), Some((teacher(), None)));
    }
    answer(engine, ANA, 1, START, "a", "7");
    engine
        .execute(asked(teacher(), START, open(FIRST)))
        .expect("his");
    assert_eq!(
        engine.viewer(b"ana", START),
        Some((learner(ANA), Some(FIRST)))
    );
    let close = Command::CloseClass { section: FIRST };
    engine
        .execute(asked(teacher(), START, close))
        .expect("it is open");
    assert_eq!(engine.viewer(b"ana", START), None, "the class is over");
    assert_eq!(engine.viewer(b"ben", START), Some((learner(BEN), None)));
    // The roster is asked again for somebody who has been at work a moment ago.
    let moved = Roster {
        people: vec![person(TEACHER, Role::Guardian), person(ANA, Role::Guardian)],
        ..Roster::default()
    };
    assert!(engine.add_roster(moved));
    let now = actor(TEACHER, Role::Guardian);
    assert_eq!(engine.viewer(b"teacher", START), Some((now, None)));
    let late = asked(learner(ANA), START, start(ANA, 2, "a", 0));
    assert_eq!(engine.execute(late), Err(Refusal::NotYours));
}

fn rosters_come_whole(engine: &mut impl Engine) {
    prepare(engine);
    let mut twin = person(PersonId(61), Role::Teacher);
    twin.sourced_id = "s60".into();
    let broken = Roster {
        people: vec![person(PersonId(60), Role::Teacher), twin],
        ..Roster::default()
    };
    assert!(!engine.add_roster(broken), "two people have one sourcedId");
    engine.sign_in(b"sixty", PersonId(60), None, START, START.plus_days(1));
    assert_eq!(
        engine.viewer(b"sixty", START),
        None,
        "half of a roster was kept"
    );
    // The store goes on after it.
    answer(engine, ANA, 1, START, "a", "7");
}

fn maps_equal_the_fold(engine: &mut impl Engine) {
    prepare(engine);
    for id in 0..12 {
        let text = if id % 5 == 4 { "8" } else { "7" };
        let who = if id % 2 == 0 { ANA } else { BEN };
        let now = START.plus_days(i64::try_from(id / 4).expect("small"));
        answer(engine, who, id, now, "a", text);
    }
    let now = START.plus_days(4);
    engine.sign_in(b"teacher", TEACHER, None, now, now.plus_days(1));
    let kind = DirectiveKind::CountAsMastered(competency("b"));
    engine
        .execute(asked(teacher(), now, direct(BEN, 1, kind)))
        .expect("his");
    let map = engine
        .class_map(b"teacher", FIRST, now)
        .expect("his section");
    let mut expected: Map = Vec::new();
    for id in [ANA, BEN] {
        expected.push((id, crate::model::cells(&engine.state(id))));
    }
    assert_eq!(map, expected);
    assert_eq!(
        engine.class_map(b"teacher", SECOND, now),
        Err(Refusal::NotYours)
    );
    engine.sign_in(b"ana", ANA, Some(FIRST), now, now.plus_days(1));
    assert_eq!(engine.class_map(b"ana", FIRST, now), Err(Refusal::NotYours));
}

#[test]
fn sqlite_keeps_the_contract() {
    check_store(Shipped::new);
}

#[test]
fn the_model_keeps_the_contract() {
    check_store(Model::new);
}
