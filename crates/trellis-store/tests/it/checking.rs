//! What every store promises about responses that a person scores: they wait, count once they are scored, and a score
//! that is taken back was never given.

use trellis_core::command::Command;
use trellis_core::event::Event;
use trellis_core::id::{AttemptId, PersonId};
use trellis_core::mastery;
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;

use crate::contract::{Engine, answer, learner, prepare, teacher};
use crate::school::{
    ANA, BEN, GUARDIAN, OPERATOR, OTHER_TEACHER, START, WRITTEN, actor, asked, competency, respond,
    start,
};

const ATTEMPT: u128 = 900;

pub(crate) fn score(learner: PersonId, attempt: u128, points: &[u8]) -> Command {
    Command::Score {
        learner,
        attempt: AttemptId(attempt),
        points: points.to_vec(),
        comment: " Say why. ".to_owned(),
    }
}

pub(crate) fn undo_score(learner: PersonId, attempt: u128) -> Command {
    Command::UndoScore {
        learner,
        attempt: AttemptId(attempt),
    }
}

/// Ana hands in some sentences.
fn hand_in(engine: &mut impl Engine, attempt: u128) {
    let now = START.plus_ms(60_000);
    let begin = start(ANA, attempt, "a", WRITTEN);
    engine
        .execute(asked(learner(ANA), now, begin))
        .expect("the item is there");
    let give = respond(ANA, attempt, attempt + 1, "Because there are seven.");
    let outcome = engine
        .execute(asked(learner(ANA), now.plus_ms(1), give.clone()))
        .expect("it is hers");
    assert!(matches!(outcome.events[0].event, Event::HandedIn { .. }));
    let again = engine.execute(asked(learner(ANA), now.plus_ms(2), give));
    assert!(again.expect("the first reply").repeated);
}

pub(crate) fn responses_wait_for_a_person(engine: &mut impl Engine) {
    prepare(engine);
    answer(engine, ANA, 1, START, "a", "7");
    let before = engine.state(ANA);
    hand_in(engine, ATTEMPT);
    let waits = engine.state(ANA);
    assert_eq!(
        waits.competencies, before.competencies,
        "nothing is believed of it yet"
    );
    assert_eq!(waits.model, before.model);
    assert_eq!(waits.recent, before.recent);
    assert_eq!((waits.open.len(), waits.waiting.len()), (0, 1));
    let now = START.plus_days(1);
    for (who, role) in [
        (ANA, Role::Learner),
        (BEN, Role::Learner),
        (GUARDIAN, Role::Guardian),
        (OTHER_TEACHER, Role::Teacher),
        (OPERATOR, Role::Operator),
    ] {
        let refused = engine.execute(asked(actor(who, role), now, score(ANA, ATTEMPT, &[3])));
        assert_eq!(refused, Err(Refusal::NotYours), "{role:?}");
    }
    for (command, refusal) in [
        (score(ANA, ATTEMPT, &[2]), Refusal::NotInRubric),
        (score(ANA, ATTEMPT, &[]), Refusal::NotInRubric),
        (score(ANA, ATTEMPT, &[3, 3]), Refusal::NotInRubric),
        (score(ANA, ATTEMPT + 1, &[3]), Refusal::NotFound),
        (undo_score(ANA, ATTEMPT), Refusal::NothingToUndo),
    ] {
        let refused = engine.execute(asked(teacher(), now, command.clone()));
        assert_eq!(refused, Err(refusal), "{command:?}");
    }
    assert_eq!(engine.state(ANA), waits, "a refusal changes nothing");
    let scored = engine
        .execute(asked(teacher(), now, score(ANA, ATTEMPT, &[3])))
        .expect("she is his");
    let Event::Scored { comment, most, .. } = &scored.events[0].event else {
        panic!("{:?}", scored.events)
    };
    assert_eq!((comment.as_str(), most.as_slice()), ("Say why.", &[3][..]));
    let after = engine.state(ANA);
    let known = |state| mastery::believed(state, &competency("a")).known;
    assert!(
        known(&after) > known(&waits),
        "full credit speaks for knowing"
    );
    assert_eq!((after.waiting.len(), after.checked.len()), (0, 1));
    let twice = engine.execute(asked(teacher(), now, score(ANA, ATTEMPT, &[0])));
    assert_eq!(twice, Err(Refusal::AlreadySo));
}

pub(crate) fn a_score_taken_back_was_never_given(engine: &mut impl Engine) {
    prepare(engine);
    for id in 1..3 {
        answer(engine, ANA, id, START, "a", "7");
    }
    hand_in(engine, ATTEMPT);
    hand_in(engine, ATTEMPT + 10);
    let waits = engine.state(ANA);
    let now = START.plus_days(1);
    let ask = |engine: &mut _, now, command| {
        Engine::execute(engine, asked(teacher(), now, command)).expect("she is his")
    };
    // Enough for mastery, which goes with the score that it came from.
    ask(engine, now, score(ANA, ATTEMPT, &[3]));
    let mastered = |state: &trellis_core::estimate::LearnerState| {
        state
            .competency(&competency("a"))
            .map(|of| of.mastered_at.is_some())
    };
    assert_eq!(mastered(&engine.state(ANA)), Some(true));
    ask(engine, now.plus_ms(1), undo_score(ANA, ATTEMPT));
    let mut after = engine.state(ANA);
    after.seq = waits.seq;
    after.advice.clone_from(&waits.advice);
    assert_eq!(after, waits);
    let again = engine.execute(asked(teacher(), now.plus_ms(2), undo_score(ANA, ATTEMPT)));
    assert_eq!(again, Err(Refusal::NothingToUndo));
    // What came after the score stays when the score goes.
    ask(engine, now.plus_ms(3), score(ANA, ATTEMPT, &[0]));
    ask(engine, now.plus_ms(4), score(ANA, ATTEMPT + 10, &[1]));
    answer(engine, ANA, 4, now.plus_ms(5), "a", "7");
    let with = engine.state(ANA);
    ask(engine, now.plus_ms(6), undo_score(ANA, ATTEMPT));
    let without = engine.state(ANA);
    let tries = |state: &trellis_core::estimate::LearnerState| {
        state.competency(&competency("a")).map(|of| of.first_tries)
    };
    assert_eq!(tries(&with), Some(5));
    assert_eq!(tries(&without), Some(4));
    assert_eq!((without.waiting.len(), without.checked.len()), (1, 1));
    let known = |state| mastery::believed(state, &competency("a")).known;
    assert!(
        known(&without) > known(&with),
        "no credit spoke against knowing"
    );
    // And it can be scored again, and that taken back in turn.
    ask(engine, now.plus_ms(7), score(ANA, ATTEMPT, &[3]));
    ask(engine, now.plus_ms(8), undo_score(ANA, ATTEMPT));
    let mut last = engine.state(ANA);
    last.seq = without.seq;
    last.advice.clone_from(&without.advice);
    assert_eq!(last, without);
}
