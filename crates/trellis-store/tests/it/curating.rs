//! What every store promises about content that people decide about: what is held back is given to nobody until it is
//! released, and what was settled stays settled until it is opened again.

use trellis_core::audit::{AuditFinding, Observed, Settlement, Subject};
use trellis_core::command::Command;
use trellis_core::event::Event;
use trellis_core::framework::ItemId;
use trellis_core::id::{AttemptId, PersonId};
use trellis_core::people::Role;
use trellis_core::recommendation::Purpose;
use trellis_core::refusal::Refusal;
use trellis_store::Store;

use crate::contract::{Engine, learner, prepare, teacher};
use crate::school::{
    ANA, BEN, Folder, GUARDIAN, ITEMS, OPERATOR, START, STRANGER, actor, asked, competency,
    item_id, open_with_school, respond, start,
};

pub(crate) fn hold(item: ItemId) -> Command {
    Command::HoldItem {
        item,
        note: " The key is 8. ".into(),
    }
}

fn release(item: ItemId) -> Command {
    Command::ReleaseItem { item }
}

fn seen() -> Observed {
    Observed::TellsLittle {
        item_rest: 0.1,
        answers: 40,
    }
}

pub(crate) fn settle(item: ItemId, fine: bool) -> Command {
    let (how, note) = match fine {
        true => (Settlement::Checked, ""),
        false => (Settlement::Dismissed, "We know."),
    };
    Command::SettleFinding {
        about: Subject::Item(item),
        seen: seen(),
        how,
        note: note.into(),
    }
}

pub(crate) fn reopen(item: ItemId) -> Command {
    Command::ReopenFinding {
        about: Subject::Item(item),
        rule: seen().rule().to_owned(),
    }
}

/// Begins an attempt as the policy chooses, and names the item.
fn given(engine: &mut impl Engine, who: PersonId, attempt: u128) -> Result<ItemId, Refusal> {
    let begin = Command::Start {
        learner: who,
        attempt: AttemptId(attempt),
        competency: Some(competency("a")),
        purpose: Purpose::Learn,
        item: None,
    };
    let now = START.plus_ms(i64::try_from(attempt).expect("small"));
    let outcome = engine.execute(asked(learner(who), now, begin))?;
    match &outcome.events[0].event {
        Event::Started { item, .. } => Ok(item.clone()),
        other => panic!("{other:?}"),
    }
}

pub(crate) fn held_back_is_not_given(engine: &mut impl Engine) {
    prepare(engine);
    let all: Vec<ItemId> = (0..ITEMS).map(|number| item_id("a", number)).collect();
    // In one when it is held back: she finishes it.
    let begin = start(ANA, 1, "a", 0);
    engine
        .execute(asked(learner(ANA), START, begin))
        .expect("it works");
    for (who, role) in [
        (ANA, Role::Learner),
        (GUARDIAN, Role::Guardian),
        (STRANGER, Role::Teacher),
    ] {
        let refused = engine.execute(asked(actor(who, role), START, hold(all[0].clone())));
        assert_eq!(refused, Err(Refusal::NotYours), "{role:?}");
    }
    let ask = |engine: &mut _, command| Engine::execute(engine, asked(teacher(), START, command));
    let held = ask(engine, hold(all[0].clone())).expect("it works");
    let Event::ItemHeld { note, .. } = &held.events[0].event else {
        panic!("{:?}", held.events)
    };
    assert_eq!(note, "The key is 8.");
    assert_eq!(ask(engine, hold(all[0].clone())), Err(Refusal::AlreadySo));
    // He teaches nobody anything that has it, so that he is not told whether it exists.
    let unknown = item_id("a", 99);
    assert_eq!(ask(engine, hold(unknown.clone())), Err(Refusal::NotYours));
    let operator = actor(OPERATOR, Role::Operator);
    let refused = engine.execute(asked(operator, START, hold(unknown)));
    assert_eq!(refused, Err(Refusal::NotFound));
    let answered = engine.execute(asked(
        learner(ANA),
        START.plus_ms(5),
        respond(ANA, 1, 2, "7"),
    ));
    assert!(matches!(
        answered.expect("it works").events[0].event,
        Event::Responded { .. }
    ));
    for attempt in 100..140 {
        assert_ne!(given(engine, BEN, attempt).expect("it works"), all[0]);
    }
    let lesson = start(BEN, 150, "a", 0);
    let refused = engine.execute(asked(learner(BEN), START.plus_ms(150), lesson.clone()));
    assert_eq!(refused, Err(Refusal::ItemGone), "nor in a lesson");
    engine.reopen();
    for (item, attempt) in all[1..].iter().zip(200..) {
        assert_ne!(given(engine, BEN, attempt), Err(Refusal::NoItems));
        ask(engine, hold(item.clone())).expect("it works");
    }
    ask(engine, hold(item_id("a", crate::school::WRITTEN))).expect("it works");
    assert_eq!(given(engine, BEN, 300), Err(Refusal::NoItems));
    ask(engine, release(all[3].clone())).expect("it works");
    assert_eq!(
        ask(engine, release(all[3].clone())),
        Err(Refusal::NothingToUndo)
    );
    assert_eq!(given(engine, BEN, 301), Ok(all[3].clone()));
    ask(engine, release(all[0].clone())).expect("it works");
    let started = engine.execute(asked(
        learner(BEN),
        START.plus_ms(302),
        start(BEN, 302, "a", 0),
    ));
    assert!(started.is_ok());
}

pub(crate) fn findings_are_settled(engine: &mut impl Engine) {
    prepare(engine);
    let item = item_id("a", 1);
    let ask = |engine: &mut _, command| Engine::execute(engine, asked(teacher(), START, command));
    ask(engine, settle(item.clone(), true)).expect("it works");
    ask(engine, settle(item.clone(), false)).expect("it works");
    let without = Command::SettleFinding {
        about: Subject::Item(item.clone()),
        seen: seen(),
        how: Settlement::Dismissed,
        note: "  ".into(),
    };
    assert_eq!(ask(engine, without), Err(Refusal::SayWhy));
    let long = Command::ReportItem {
        item: item.clone(),
        note: "x".repeat(501),
    };
    assert_eq!(ask(engine, long), Err(Refusal::TooLong));
    ask(engine, reopen(item.clone())).expect("it works");
    assert_eq!(ask(engine, reopen(item)), Err(Refusal::NothingToUndo));
}

#[test]
fn a_settled_finding_is_new_again_with_twice_the_answers() {
    let folder = Folder::new("curating");
    let store = open_with_school(&folder);
    let ask = |store: &Store, ms, command| {
        let now = START.plus_ms(ms);
        store
            .execute(asked(teacher(), now, command))
            .expect("it works")
            .expect("it works")
    };
    let finding = |answers| AuditFinding {
        about: Subject::Item(item_id("a", 1)),
        observed: Observed::TellsLittle {
            item_rest: 0.05,
            answers,
        },
    };
    let open = |store: &Store, answers| {
        store
            .curation()
            .expect("it works")
            .open(&[finding(answers)])
            .len()
    };
    assert_eq!(open(&store, 40), 1);
    ask(&store, 0, settle(item_id("a", 1), true));
    assert_eq!(
        (open(&store, 40), open(&store, 79), open(&store, 80)),
        (0, 0, 1)
    );
    // Reports stand beside what the audit finds, until somebody has read them.
    let report = |note: &str| Command::ReportItem {
        item: item_id("a", 1),
        note: note.into(),
    };
    ask(&store, 1, report("The picture is missing."));
    ask(&store, 2, report("The picture is wrong."));
    let reported = store.curation().expect("it works").reported();
    let Observed::Reported { times, notes } = &reported[0].observed else {
        panic!("{reported:?}")
    };
    assert_eq!((*times, notes[1].as_str()), (2, "The picture is wrong."));
    let read = Command::SettleFinding {
        about: reported[0].about.clone(),
        seen: reported[0].observed.clone(),
        how: Settlement::Checked,
        note: String::new(),
    };
    ask(&store, 3, read);
    assert_eq!(open(&store, 40), 0);
    ask(&store, 4, report("It still is."));
    assert_eq!(store.curation().expect("it works").reported().len(), 1);
    drop(store);
    let again = crate::school::open(&folder, false);
    assert_eq!(again.curation().expect("it works").reports.len(), 3);
    assert_eq!(again.verify(|_| ()).expect("it works").mismatches, []);
}

#[test]
fn what_is_held_back_stays_so_when_the_course_is_imported_again() {
    let folder = Folder::new("curating-import");
    let store = open_with_school(&folder);
    let before = store.catalog().content();
    let item = item_id("a", 1);
    store
        .execute(asked(teacher(), START, hold(item.clone())))
        .expect("it works")
        .expect("it works");
    assert!(store.catalog().is_held(&item));
    assert_ne!(
        store.catalog().content(),
        before,
        "advice knows the difference"
    );
    let import = crate::school::import();
    store
        .import(&crate::school::source(), vec![import])
        .expect("it works");
    assert!(store.catalog().is_held(&item));
    drop(store);
    let again = crate::school::open(&folder, false);
    assert!(again.catalog().is_held(&item));
    again
        .execute(asked(teacher(), START, release(item.clone())))
        .expect("it works")
        .expect("it works");
    assert_eq!(again.catalog().content(), before);
}
