//! What every store promises about attempts: an id names one of them for ever, and hints may ask.

use trellis_core::command::Command;
use trellis_core::event::Event;
use trellis_core::id::{AnswerId, AttemptId};
use trellis_core::item::Response;
use trellis_core::refusal::Refusal;

use crate::contract::{Engine, answer, learner, prepare};
use crate::school::{ANA, BEN, START, asked, respond, start};

pub(crate) fn attempts_are_one(engine: &mut impl Engine) {
    prepare(engine);
    answer(engine, ANA, 1, START, "a", "7");
    let events = engine.journal();
    // Neither the learner, now that it is over, nor another learner can begin under the same name.
    for who in [ANA, BEN] {
        let again = engine.execute(asked(learner(who), START, start(who, 1, "a", 2)));
        assert_eq!(again, Err(Refusal::AlreadySo), "{who}");
    }
    assert_eq!(engine.journal(), events);
}

pub(crate) fn smaller_questions_are_answered(engine: &mut impl Engine) {
    prepare(engine);
    let ask = |id: u128, index, text: &str| Command::AnswerHint {
        learner: ANA,
        attempt: AttemptId(1),
        answer: AnswerId(id),
        index,
        response: Response::Text(text.to_owned()),
    };
    let hint = |seen| Command::TakeHint {
        learner: ANA,
        attempt: AttemptId(1),
        seen,
    };
    let mut give = |command| engine.execute(asked(learner(ANA), START, command));
    give(start(ANA, 1, "a", 0)).expect("it can be begun");
    give(hint(0)).expect("there is one");
    assert_eq!(give(ask(1, 0, "5")), Err(Refusal::NotFound), "asks nothing");
    assert_eq!(
        give(ask(1, 1, "5")),
        Err(Refusal::NotFound),
        "not shown yet"
    );
    give(hint(1)).expect("there is another");
    assert_eq!(give(ask(1, 2, "5")), Err(Refusal::NotFound));
    let before = engine.state(ANA);
    // The item's own answer is none to the smaller question; what cannot be read is neither right nor wrong.
    for (id, text, expected) in [(1, "7", Some(false)), (2, "((", None), (3, "5", Some(true))] {
        let outcome = engine
            .execute(asked(learner(ANA), START, ask(id, 1, text)))
            .expect("it may be answered");
        let [recorded] = outcome.events.as_slice() else {
            panic!("{outcome:?}");
        };
        let Event::HintAnswered { right, problem, .. } = &recorded.event else {
            panic!("{recorded:?}");
        };
        let judged = problem.is_none().then_some(*right);
        assert_eq!(judged, expected, "{text}");
    }
    let again = engine
        .execute(asked(learner(ANA), START, ask(3, 1, "6")))
        .expect("the first reply again");
    assert!(again.repeated);
    let other = engine.execute(asked(learner(BEN), START, ask(9, 1, "5")));
    assert_eq!(other, Err(Refusal::NotYours));
    let mut after = engine.state(ANA);
    after.seq = before.seq;
    assert_eq!(after, before, "a smaller question moves no belief");
    engine
        .execute(asked(learner(ANA), START, respond(ANA, 1, 10, "7")))
        .expect("the item itself is still open");
    let late = engine.execute(asked(learner(ANA), START, ask(11, 1, "5")));
    assert_eq!(late, Err(Refusal::AttemptOver));
}
