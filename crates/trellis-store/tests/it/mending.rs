//! The key of a published item is mended: past answers count as if it had been right from the start, those who gave them
//! are told, and all of it can be taken back.

use trellis_core::command::Command;
use trellis_core::estimate::LearnerState;
use trellis_core::event::Event;
use trellis_core::framework::ItemId;
use trellis_core::id::{AttemptId, PersonId, Seq};
use trellis_core::mastery;
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;
use trellis_stats::random::Random;
use trellis_store::{Import, Store};

use crate::school::{
    ANA, BEN, CLEO, Folder, GUARDIAN, OPERATOR, START, TEACHER, actor, asked, competency, import,
    item_id, respond, roster, source, start, take_course,
};

/// The item whose key may be wrong.
fn mended() -> ItemId {
    item_id("a", 0)
}

/// The course, with this key of the item.
fn with_key(key: &str) -> Import {
    let mut import = import();
    let item = import.items.iter_mut().find(|item| item.id == mended());
    let item = item.expect("it is in the course");
    *item = item.with_key(key).expect("a number");
    import
}

fn school(folder: &Folder, key: &str) -> Store {
    let store = crate::school::open(folder, true);
    store
        .import(&source(), vec![with_key(key)])
        .expect("the course is kept");
    store.add_roster(roster()).expect("the roster is kept");
    for who in [ANA, BEN, CLEO] {
        let took = as_role(&store, START, OPERATOR, Role::Operator, take_course(who));
        took.expect("the course is there");
    }
    store
}

fn as_role(
    store: &Store,
    now: Timestamp,
    who: PersonId,
    role: Role,
    command: Command,
) -> Result<trellis_store::Outcome, Refusal> {
    let asked = asked(actor(who, role), now, command);
    store.execute(asked).expect("the disk works")
}

fn mend(store: &Store, now: Timestamp, key: &str) -> Seq {
    let item = store.catalog().item(&mended()).cloned();
    let item = item.expect("it is there").with_key(key).expect("a number");
    let command = Command::ReviseItem {
        item: Box::new(item),
        note: "The key was 8.".into(),
    };
    let outcome = as_role(store, now, TEACHER, Role::Teacher, command);
    outcome.expect("he teaches the course").decision
}

fn undo(store: &Store, now: Timestamp, revision: Seq) -> Result<trellis_store::Outcome, Refusal> {
    let item = mended();
    let command = Command::UndoRevision { item, revision };
    as_role(store, now, TEACHER, Role::Teacher, command)
}

/// What is believed, without what tells the two stories apart: places in the journal, advice as given, and the notice.
fn belief(store: &Store, who: PersonId) -> LearnerState {
    let mut state = store.learner_state(who).expect("it can be read");
    state.seq = Seq(0);
    state.advice = None;
    state.corrected.clear();
    state
}

/// One thing that a learner does; what the rules refuse, because an attempt is over, is not done.
#[derive(Debug, Clone)]
struct Step(i64, Command);

fn play(store: &Store, steps: &[Step]) {
    for Step(ms, command) in steps {
        let who = command.learner().expect("about a learner");
        let now = START.plus_ms(*ms);
        let _refused = as_role(store, now, who, Role::Learner, command.clone());
    }
}

/// Attempts of a learner at items of A, in order, with up to three tries, hints and solutions.
fn story(who: PersonId, seed: u64) -> Vec<Step> {
    let mut random = Random::new(seed);
    let mut draw = |most: u64| usize::try_from(random.next_u64() % most).expect("small");
    let (mut steps, mut now, mut id) = (Vec::new(), 0, who.0 * 10_000);
    for _ in 0..14 {
        id += 100;
        now += 1000 * i64::try_from(draw(90_000)).expect("small");
        // Often the one with the wrong key.
        let item = draw(9).saturating_sub(3);
        steps.push(Step(now, start(who, id, "a", item)));
        for tries in 1..=3 {
            now += 20_000;
            match draw(8) {
                0 => {
                    let (learner, attempt) = (who, AttemptId(id));
                    let hint = Command::TakeHint {
                        learner,
                        attempt,
                        seen: 0,
                    };
                    steps.push(Step(now, hint));
                }
                1 => {
                    let (learner, attempt) = (who, AttemptId(id));
                    steps.push(Step(now, Command::Reveal { learner, attempt }));
                }
                // 8 is the wrong key: it would end the attempt in one story and not in the other.
                other => {
                    let text = ["7", "7", "7", "6", "5", "4"][other - 2];
                    steps.push(Step(now, respond(who, id, id + tries, text)));
                }
            }
        }
    }
    steps
}

#[test]
fn answers_count_as_if_the_key_had_been_right_from_the_start() {
    let (mut moved, stories) = (0, 8);
    for seed in 0..stories {
        let (one, other) = (Folder::new("mend-wrong"), Folder::new("mend-right"));
        let (wrong, right) = (school(&one, "8"), school(&other, "7"));
        for store in [&wrong, &right] {
            play(store, &story(ANA, seed));
            play(store, &story(CLEO, seed + 100));
        }
        let before = [ANA, CLEO].map(|who| belief(&wrong, who));
        let end = START.plus_days(40);
        let revision = mend(&wrong, end, "7");
        for (who, before) in [ANA, CLEO].into_iter().zip(&before) {
            let (mended, meant) = (belief(&wrong, who), belief(&right, who));
            assert_eq!(mended, meant, "story {seed} of {who}");
            moved += u64::from(mended != *before);
        }
        assert_eq!(wrong.verify(|_| ()).expect("it can be read").mismatches, []);
        // Both go on, with the same key now, and still believe the same.
        for store in [&wrong, &right] {
            let steps = story(ANA, seed + 200).into_iter();
            let later = steps.map(|Step(ms, command)| Step(ms + 41 * 86_400_000, command));
            let later: Vec<Step> = later.map(renamed).collect();
            play(store, &later);
        }
        assert_eq!(belief(&wrong, ANA), belief(&right, ANA), "later in {seed}");
        undo(&wrong, end.plus_days(60), revision).expect("it was the last");
        // Nothing of Cleo's has happened since.
        assert_eq!(belief(&wrong, CLEO), before[1], "taken back in {seed}");
        assert_eq!(wrong.verify(|_| ()).expect("it can be read").mismatches, []);
        drop(wrong);
        let again = crate::school::open(&one, false);
        assert_eq!(again.verify(|_| ()).expect("it can be read").mismatches, []);
    }
    // Most of both learners are touched by the key, or the comparison says little.
    assert!(moved > stories, "{moved} of 2 * {stories}");
}

/// The same step under other ids.
fn renamed(Step(ms, command): Step) -> Step {
    let up = 5_000;
    Step(
        ms,
        match command {
            Command::Start {
                learner,
                attempt,
                competency,
                purpose,
                item,
            } => Command::Start {
                learner,
                attempt: AttemptId(attempt.0 + up),
                competency,
                purpose,
                item,
            },
            Command::Respond {
                learner,
                attempt,
                answer,
                response,
                elapsed_ms,
                said_at,
            } => Command::Respond {
                learner,
                attempt: AttemptId(attempt.0 + up),
                answer: trellis_core::id::AnswerId(answer.0 + up),
                response,
                elapsed_ms,
                said_at,
            },
            Command::TakeHint {
                learner,
                attempt,
                seen,
            } => Command::TakeHint {
                learner,
                attempt: AttemptId(attempt.0 + up),
                seen,
            },
            Command::Reveal { learner, attempt } => Command::Reveal {
                learner,
                attempt: AttemptId(attempt.0 + up),
            },
            other => other,
        },
    )
}

/// Whether a learner counts as having mastered A.
fn mastered(store: &Store, who: PersonId) -> bool {
    let state = store.learner_state(who).expect("it can be read");
    let a = state.competency(&competency("a"));
    a.is_some_and(|state| state.mastered_at.is_some())
}

/// One answer to each of some items, an hour apart.
fn answers(who: PersonId, given: &[(usize, &str)]) -> Vec<Step> {
    let mut steps = Vec::new();
    for (place, (item, text)) in (1u128..).zip(given) {
        let (id, now) = (
            who.0 * 10_000 + place * 10,
            3_600_000 * i64::try_from(place).expect("small"),
        );
        steps.push(Step(now, start(who, id, "a", *item)));
        steps.push(Step(now + 9_000, respond(who, id, id + 1, text)));
    }
    steps
}

#[test]
fn mastery_that_was_withheld_or_granted_by_mistake_is_put_right_and_people_are_told() {
    let folder = Folder::new("mend-mastery");
    let store = school(&folder, "8");
    // Ana was right all the time, and the key said no; Ben was wrong, and the key said yes.
    let right = [(0, "7"), (1, "7"), (2, "7"), (0, "7"), (4, "7"), (0, "7")];
    let wrong = [(0, "8"), (1, "7"), (0, "8"), (2, "7"), (0, "8"), (0, "8")];
    play(&store, &answers(ANA, &right));
    play(&store, &answers(BEN, &wrong));
    let before = [ANA, BEN].map(|who| belief(&store, who));
    assert!(!mastered(&store, ANA), "withheld");
    assert!(mastered(&store, BEN), "granted");
    let now = START.plus_days(2);
    for (who, role) in [(ANA, Role::Learner), (GUARDIAN, Role::Guardian)] {
        let item = store.catalog().item(&mended()).cloned().expect("there");
        let command = Command::ReviseItem {
            item: Box::new(item.with_key("7").expect("a number")),
            note: String::new(),
        };
        let refused = as_role(&store, now, who, role, command);
        assert_eq!(refused, Err(Refusal::NotYours), "{role:?}");
    }
    let revision = mend(&store, now, "7");
    assert!(mastered(&store, ANA));
    assert!(!mastered(&store, BEN));
    let told = |who| {
        let state = store.learner_state(who).expect("it can be read");
        let told: Vec<_> = state
            .corrected
            .iter()
            .map(|of| (of.better, of.worse))
            .collect();
        (told, state.advice.map(|(at, _)| at))
    };
    assert_eq!(told(ANA), (vec![(3, 0)], Some(now)), "and is advised anew");
    assert_eq!(told(BEN), (vec![(0, 4)], Some(now)));
    assert_eq!(told(CLEO).0, [], "who never saw it");
    let known = |who| mastery::known(&belief(&store, who), &competency("a"));
    assert!(known(ANA) > known(BEN));
    // The answers stand as they were given and judged; new events say how they count.
    assert_eq!(store.decision(revision).expect("it can be read").len(), 1);
    let rescored = store.decision(Seq(revision.0 + 1)).expect("it can be read");
    assert!(matches!(rescored[0].event, Event::Rescored { .. }));
    assert_eq!(
        undo(&store, now, Seq(1)).err(),
        Some(Refusal::NothingToUndo)
    );
    undo(&store, now.plus_ms(1), revision).expect("it was the last");
    assert_eq!([ANA, BEN].map(|who| belief(&store, who)), before);
    assert_eq!(told(ANA).0, []);
    assert_eq!(
        undo(&store, now, revision).err(),
        Some(Refusal::NothingToUndo)
    );
    assert_eq!(store.verify(|_| ()).expect("it can be read").mismatches, []);
    // And again, the other way round.
    let again = mend(&store, now.plus_ms(2), "7");
    assert!(mastered(&store, ANA) && !mastered(&store, BEN));
    assert!(again > revision);
    assert_eq!(store.verify(|_| ()).expect("it can be read").mismatches, []);
}

#[test]
fn what_asks_something_else_is_no_revision() {
    let folder = Folder::new("mend-other");
    let store = school(&folder, "7");
    let ask = |item| {
        let command = Command::ReviseItem {
            item: Box::new(item),
            note: String::new(),
        };
        as_role(&store, START, TEACHER, Role::Teacher, command).err()
    };
    let item = store.catalog().item(&mended()).cloned().expect("there");
    assert_eq!(ask(item.clone()), Some(Refusal::AlreadySo));
    let mut other = item.clone();
    other.competency = competency("b");
    assert_eq!(ask(other), Some(Refusal::AnotherQuestion));
    let choice = store.catalog().item(&item_id("a", 3)).cloned();
    let mut other = choice.clone().expect("there");
    other.id = mended();
    assert_eq!(ask(other), Some(Refusal::AnotherQuestion));
    for (item, key, fits) in [
        (item.clone(), "1/2", true),
        (item.clone(), "seven", false),
        (item, " ", false),
        (choice.clone().expect("there"), "8", true),
        (choice.expect("there"), "10", false),
    ] {
        assert_eq!(item.with_key(key).is_ok(), fits, "{key}");
    }
}
