//! What every store promises to teachers: decisions that can be undone, and classes that open and close.

use trellis_core::command::Command;
use trellis_core::id::{DirectiveId, PersonId};
use trellis_core::plan::DirectiveKind;
use trellis_core::refusal::Refusal;

use crate::contract::{Engine, answer, learner, prepare, teacher};
use crate::school::{ANA, CLEO, FIRST, SECOND, START, TEACHER, asked, competency};

pub(crate) fn direct(learner: PersonId, id: u128, kind: DirectiveKind) -> Command {
    Command::Direct {
        learner,
        directive: DirectiveId(id),
        kind,
        note: "seen at the board".into(),
    }
}

pub(crate) fn undo(learner: PersonId, id: u128) -> Command {
    Command::UndoDirective {
        learner,
        directive: DirectiveId(id),
    }
}

pub(crate) fn classes_open_and_close(engine: &mut impl Engine) {
    prepare(engine);
    let now = START;
    let until = now.plus_ms(3_600_000);
    let open = Command::OpenClass {
        section: FIRST,
        until,
    };
    engine
        .execute(asked(teacher(), now, open))
        .expect("his section");
    engine.sign_in(b"ana", ANA, Some(FIRST), now, until);
    engine.sign_in(b"cleo", CLEO, Some(SECOND), now, until);
    engine.sign_in(b"teacher", TEACHER, None, now, until);
    assert_eq!(
        engine.viewer(b"ana", now),
        Some((learner(ANA), Some(FIRST)))
    );
    let close = Command::CloseClass { section: FIRST };
    engine
        .execute(asked(teacher(), now.plus_ms(1), close.clone()))
        .expect("it is open");
    assert_eq!(
        engine.viewer(b"ana", now),
        None,
        "closing the class signs its learners out"
    );
    assert!(engine.viewer(b"cleo", now).is_some(), "and nobody else");
    assert!(engine.viewer(b"teacher", now).is_some(), "and nobody else");
    let again = engine.execute(asked(teacher(), now.plus_ms(2), close));
    assert_eq!(again, Err(Refusal::AlreadySo));
}

pub(crate) fn closing_late_signs_out(engine: &mut impl Engine) {
    prepare(engine);
    let now = START;
    let open = Command::OpenClass {
        section: FIRST,
        until: now.plus_ms(10),
    };
    engine
        .execute(asked(teacher(), now, open))
        .expect("his section");
    // A sign-in can outlive the time for which the class was opened.
    engine.sign_in(b"ana", ANA, Some(FIRST), now, now.plus_days(1));
    engine.sign_in(b"cleo", CLEO, Some(SECOND), now, now.plus_days(1));
    let late = now.plus_ms(11);
    assert!(engine.viewer(b"ana", late).is_some());
    let close = Command::CloseClass { section: FIRST };
    engine
        .execute(asked(teacher(), late, close))
        .expect("closing is always right");
    assert_eq!(engine.viewer(b"ana", late), None);
    assert!(engine.viewer(b"cleo", late).is_some(), "and nobody else");
}

pub(crate) fn undo_restores(engine: &mut impl Engine) {
    prepare(engine);
    for id in 0..5 {
        answer(engine, ANA, id, START, "a", "7");
    }
    let now = START.plus_days(1);
    let advised = engine.execute(asked(learner(ANA), now, Command::Advise { learner: ANA }));
    assert_eq!(advised.expect("advice").events.len(), 1);
    engine.sign_in(b"teacher", TEACHER, None, now, now.plus_days(1));
    let before = engine.state(ANA);
    let map = engine.class_map(b"teacher", FIRST, now);
    let kinds: [fn(trellis_core::framework::CompetencyId) -> DirectiveKind; 5] = [
        DirectiveKind::CountAsMastered,
        DirectiveKind::NotYet,
        DirectiveKind::DoNext,
        DirectiveKind::Open,
        DirectiveKind::Close,
    ];
    for (id, kind) in (100..).zip(kinds) {
        for about in ["a", "d"] {
            let kind = kind(competency(about));
            engine
                .execute(asked(teacher(), now, direct(ANA, id, kind.clone())))
                .expect("his");
            assert_ne!(engine.state(ANA).directives, before.directives);
            engine
                .execute(asked(teacher(), now, undo(ANA, id)))
                .expect("it is in force");
            let mut after = engine.state(ANA);
            // Only the places in the journal have moved on.
            after.seq = before.seq;
            let (_, given) = before.advice.as_ref().expect("given above");
            let (_, advice) = after.advice.as_mut().expect("given with the undoing");
            advice.state = given.state;
            assert_eq!(after, before, "{kind:?}");
            assert_eq!(engine.class_map(b"teacher", FIRST, now), map, "{kind:?}");
        }
    }
}

pub(crate) fn undo_brings_back_the_earlier(engine: &mut impl Engine) {
    prepare(engine);
    engine.sign_in(b"teacher", TEACHER, None, START, START.plus_days(1));
    let about = || competency("a");
    let kinds = [
        [
            DirectiveKind::CountAsMastered(about()),
            DirectiveKind::NotYet(about()),
        ],
        [
            DirectiveKind::DoNext(about()),
            DirectiveKind::Close(about()),
        ],
    ];
    for (id, [earlier, later]) in (1..).step_by(2).zip(kinds) {
        let mut ask = |command| {
            engine
                .execute(asked(teacher(), START, command))
                .expect("his")
        };
        ask(direct(ANA, id, earlier));
        let before = engine.state(ANA).directives;
        let map = engine.class_map(b"teacher", FIRST, START);
        let mut ask = |command| {
            engine
                .execute(asked(teacher(), START, command))
                .expect("his")
        };
        ask(direct(ANA, id + 1, later));
        ask(undo(ANA, id + 1));
        assert_eq!(engine.state(ANA).directives, before);
        assert_eq!(engine.class_map(b"teacher", FIRST, START), map);
    }
}
