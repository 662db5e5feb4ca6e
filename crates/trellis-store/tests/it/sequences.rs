//! Sequences of commands by several people, drawn at random and given to SQLite and to the model alike: every reply,
//! every event, every state and every map must be equal. What differs is shrunk to the shortest sequence.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use trellis_core::command::Command;
use trellis_core::context::Actor;
use trellis_core::id::{AnswerId, AttemptId, DirectiveId, PersonId, SectionId};
use trellis_core::item::Response;
use trellis_core::people::Role;
use trellis_core::plan::DirectiveKind;
use trellis_core::recommendation::Purpose;
use trellis_core::time::Timestamp;
use trellis_store::Roster;

use crate::checking::{score, undo_score};
use crate::contract::{Engine, prepare};
use crate::curating::{hold, reopen, settle};
use crate::model::Model;
use crate::school::{
    self, ANA, BEN, CLEO, COMPETENCIES, FIRST, GUARDIAN, OPERATOR, OTHER_TEACHER, SECOND, START,
    STRANGER, TEACHER, WRITTEN, actor, asked, competency, item_id, person, respond, start,
    take_course,
};
use crate::shipped::Shipped;

const LEARNERS: [PersonId; 3] = [ANA, BEN, CLEO];
const SECTIONS: [SectionId; 2] = [FIRST, SECOND];
const PEOPLE: [(PersonId, Role); 8] = [
    (ANA, Role::Learner),
    (BEN, Role::Learner),
    (CLEO, Role::Learner),
    (TEACHER, Role::Teacher),
    (OTHER_TEACHER, Role::Teacher),
    (GUARDIAN, Role::Guardian),
    (OPERATOR, Role::Operator),
    (STRANGER, Role::Learner),
];

/// One thing that somebody does. Ids come from small ranges, so that they meet: attempts of one learner get answers of
/// another, answers come twice, directives are undone before they were given.
#[derive(Debug, Clone)]
enum Step {
    /// A command, usually by the one whose it is.
    Ask(Actor, Command),
    SignIn(u8, PersonId, Option<SectionId>, i64),
    SignOut(u8),
    Look(u8, SectionId),
    /// The roster gives somebody a role.
    Become(PersonId, Role),
    Wait(i64),
    Reopen,
}

fn any_actor() -> impl Strategy<Value = Actor> {
    let claimed =
        prop_oneof![9 => Just(None), 1 => proptest::sample::select(&Role::ALL[..]).prop_map(Some)];
    (proptest::sample::select(&PEOPLE[..]), claimed)
        .prop_map(|((id, role), claimed)| actor(id, claimed.unwrap_or(role)))
}

fn practice() -> impl Strategy<Value = (PersonId, Command)> {
    let learner = proptest::sample::select(&LEARNERS[..]);
    let attempt = 0u128..3;
    // Mostly the one that is open from the start.
    let about = proptest::sample::select(&["a", "a", "a", "a", "b", "c", "d"][..]);
    let text = proptest::sample::select(&["7", "7", "7", "8", "((", ""][..]);
    let item = (0usize..11).prop_map(|item| if item < 8 { item } else { WRITTEN });
    let begin = (learner.clone(), attempt.clone(), about.clone(), item)
        .prop_map(|(who, attempt, about, item)| (who, start(who, attempt, about, item)));
    let advised = (
        learner.clone(),
        attempt.clone(),
        proptest::option::of(about.clone()),
    )
        .prop_map(|(learner, attempt, about)| {
            let start = Command::Start {
                learner,
                attempt: AttemptId(attempt),
                competency: about.map(competency),
                purpose: Purpose::Learn,
                item: None,
            };
            (learner, start)
        });
    let answer = (learner.clone(), attempt.clone(), 0u128..40, text.clone())
        .prop_map(|(who, attempt, answer, text)| (who, respond(who, attempt, answer, text)));
    let hint = (learner.clone(), attempt.clone(), 0u32..3).prop_map(|(learner, attempt, seen)| {
        let attempt = AttemptId(attempt);
        (
            learner,
            Command::TakeHint {
                learner,
                attempt,
                seen,
            },
        )
    });
    let hint_answer = (
        learner.clone(),
        attempt.clone(),
        0u128..40,
        0u32..3,
        text.clone(),
    )
        .prop_map(|(learner, attempt, answer, index, text)| {
            let command = Command::AnswerHint {
                learner,
                attempt: AttemptId(attempt),
                answer: AnswerId(answer),
                index,
                response: Response::Text(text.to_owned()),
            };
            (learner, command)
        });
    let reveal = (learner.clone(), attempt).prop_map(|(learner, attempt)| {
        (
            learner,
            Command::Reveal {
                learner,
                attempt: AttemptId(attempt),
            },
        )
    });
    let prove = (learner.clone(), about).prop_map(|(learner, about)| {
        (
            learner,
            Command::Prove {
                learner,
                competency: competency(about),
            },
        )
    });
    let advise = learner.prop_map(|learner| (learner, Command::Advise { learner }));
    prop_oneof![6 => begin, 2 => advised, 9 => answer, 1 => hint, 1 => hint_answer, 1 => reveal, 1 => prove, 1 => advise]
}

fn teaching() -> impl Strategy<Value = Command> {
    let learner = proptest::sample::select(&LEARNERS[..]);
    let name = proptest::sample::select(&DirectiveKind::NAMES[..]);
    let kind = (name, proptest::sample::select(&COMPETENCIES[..])).prop_map(|(name, about)| {
        DirectiveKind::from_name(name, competency(about)).expect("a directive")
    });
    let kind = prop_oneof![8 => kind, 1 => Just(DirectiveKind::FixedPath)];
    let id = (0u128..4).prop_map(DirectiveId);
    let direct = (learner.clone(), id.clone(), kind).prop_map(|(learner, directive, kind)| {
        Command::Direct {
            learner,
            directive,
            kind,
            note: "because".into(),
        }
    });
    let undo = (learner.clone(), id)
        .prop_map(|(learner, directive)| Command::UndoDirective { learner, directive });
    let section = proptest::sample::select(&SECTIONS[..]);
    let open = (section.clone(), -1i64..90).prop_map(|(section, minutes)| Command::OpenClass {
        section,
        until: START.plus_ms(minutes * 60_000),
    });
    let close = section.prop_map(|section| Command::CloseClass { section });
    let points = proptest::sample::select(&[0u8, 1, 2, 3][..]);
    let scored = (learner.clone(), 0u128..3, points)
        .prop_map(|(learner, attempt, points)| score(learner, attempt, &[points]));
    let unscored =
        (learner.clone(), 0u128..3).prop_map(|(learner, attempt)| undo_score(learner, attempt));
    prop_oneof![3 => direct, 2 => undo, 4 => scored, 2 => unscored, 1 => open, 1 => close, 1 => learner.prop_map(take_course)]
}

fn curating() -> impl Strategy<Value = Command> {
    let about = proptest::sample::select(&["a", "b"][..]);
    // One that is there for each that is not.
    let item = (about, 0usize..10).prop_map(|(about, number)| item_id(about, number));
    let hold = item.clone().prop_map(hold);
    let release = item.clone().prop_map(|item| Command::ReleaseItem { item });
    let settle = (item.clone(), proptest::bool::ANY).prop_map(|(item, fine)| settle(item, fine));
    let reopen = item.clone().prop_map(reopen);
    let report = item.prop_map(|item| Command::ReportItem {
        item,
        note: "The key is 8.".into(),
    });
    prop_oneof![3 => hold, 2 => release, 1 => settle, 1 => reopen, 1 => report]
}

fn step() -> impl Strategy<Value = Step> {
    let token = 0u8..5;
    let section = proptest::sample::select(&SECTIONS[..]);
    let teacher = proptest::sample::select(&[TEACHER, OTHER_TEACHER][..]);
    let who = proptest::sample::select(&PEOPLE[..]);
    prop_oneof![
        25 => practice().prop_map(|(who, command)| Step::Ask(actor(who, Role::Learner), command)),
        3 => (teacher.clone(), teaching()).prop_map(|(who, command)| Step::Ask(actor(who, Role::Teacher), command)),
        2 => (teacher.clone(), curating()).prop_map(|(who, command)| Step::Ask(actor(who, Role::Teacher), command)),
        1 => (any_actor(), curating()).prop_map(|(who, command)| Step::Ask(who, command)),
        1 => (any_actor(), practice()).prop_map(|(who, (_, command))| Step::Ask(who, command)),
        1 => (any_actor(), teaching()).prop_map(|(who, command)| Step::Ask(who, command)),
        1 => (token.clone(), who.clone(), proptest::option::of(section.clone()), -5i64..200)
            .prop_map(|(token, (who, _), section, minutes)| Step::SignIn(token, who, section, minutes)),
        1 => token.clone().prop_map(Step::SignOut),
        1 => (token, section).prop_map(|(token, section)| Step::Look(token, section)),
        1 => (who, proptest::sample::select(&Role::ALL[..])).prop_map(|((id, role), other)| {
            // Learners mostly stay what they are, or the rest of the sequence would be refusals.
            Step::Become(id, if role == Role::Learner { role } else { other })
        }),
        1 => (0i64..60).prop_map(|root| Step::Wait(root * root * 60_000)),
        1 => Just(Step::Reopen),
    ]
}

/// Takes one step on a store and says what came of it.
fn take(engine: &mut impl Engine, step: &Step, now: Timestamp) -> String {
    let token = |token: u8| [token, 7, 7];
    match step {
        Step::Ask(who, command) => {
            format!("{:?}", engine.execute(asked(*who, now, command.clone())))
        }
        Step::SignIn(name, who, section, minutes) => {
            // A token is drawn anew for each sign-in, so one that is in use is never given again.
            engine.sign_out(&token(*name));
            engine.sign_in(
                &token(*name),
                *who,
                *section,
                now,
                now.plus_ms(minutes * 60_000),
            );
            String::new()
        }
        Step::SignOut(name) => {
            engine.sign_out(&token(*name));
            String::new()
        }
        Step::Look(name, section) => {
            let viewer = engine.viewer(&token(*name), now);
            format!(
                "{viewer:?} {:?}",
                engine.class_map(&token(*name), *section, now)
            )
        }
        Step::Become(id, role) => {
            let people = vec![person(*id, *role)];
            format!(
                "{}",
                engine.add_roster(Roster {
                    people,
                    ..Roster::default()
                })
            )
        }
        Step::Wait(_) => String::new(),
        Step::Reopen => {
            engine.reopen();
            String::new()
        }
    }
}

/// Gives attempts ids that are used once: a sequence speaks of a few slots, and a slot that is free gets a fresh id
/// with its next attempt. Every fifth attempt keeps the old id, which both stores must refuse alike.
#[derive(Default)]
struct Slots {
    ids: BTreeMap<(PersonId, AttemptId), AttemptId>,
    begun: u128,
}

impl Slots {
    fn rename(&mut self, step: &Step, model: &mut Model) -> Step {
        let mut step = step.clone();
        let Step::Ask(_, command) = &mut step else {
            return step;
        };
        let fresh = match command {
            Command::Start {
                learner, attempt, ..
            } => {
                self.begun += 1;
                let known = self.ids.get(&(*learner, *attempt));
                let open = known.is_some_and(|id| model.state(*learner).attempt(*id).is_some());
                (!open && !self.begun.is_multiple_of(5)).then_some(AttemptId(1_000 + self.begun))
            }
            _ => None,
        };
        if let Command::Start {
            learner, attempt, ..
        }
        | Command::Respond {
            learner, attempt, ..
        }
        | Command::TakeHint {
            learner, attempt, ..
        }
        | Command::AnswerHint {
            learner, attempt, ..
        }
        | Command::Reveal { learner, attempt } = command
        {
            let place = self.ids.entry((*learner, *attempt)).or_insert(*attempt);
            *place = fresh.unwrap_or(*place);
            *attempt = *place;
        }
        step
    }
}

fn compare(steps: &[Step], events: &mut usize) -> Result<(), TestCaseError> {
    let mut sqlite = Shipped::new();
    prepare(&mut sqlite);
    let mut model = Model::named(sqlite.store().catalog().content());
    prepare(&mut model);
    let mut now = START;
    let mut slots = Slots::default();
    for (place, step) in steps.iter().enumerate() {
        let step = &slots.rename(step, &mut model);
        now = now.plus_ms(if let Step::Wait(ms) = step {
            *ms
        } else {
            1_000
        });
        prop_assert_eq!(
            take(&mut sqlite, step, now),
            take(&mut model, step, now),
            "step {}",
            place
        );
    }
    for id in LEARNERS.into_iter().chain([STRANGER]) {
        prop_assert_eq!(sqlite.state(id), model.state(id));
    }
    prop_assert_eq!(sqlite.journal(), model.journal());
    for engine in [&mut sqlite as &mut dyn Engine, &mut model] {
        engine.add_roster(school::roster());
        engine.sign_in(b"end", TEACHER, None, now, now.plus_days(1));
    }
    prop_assert_eq!(
        sqlite.class_map(b"end", FIRST, now),
        model.class_map(b"end", FIRST, now)
    );
    prop_assert_eq!(sqlite.verify(), model.verify());
    *events += sqlite.journal().len();
    Ok(())
}

#[test]
fn sqlite_equals_the_model() {
    // Each step waits for the disk, so few sequences here; PROPTEST_CASES asks for more.
    let mut config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 24;
    }
    let cases = config.cases;
    let events = std::cell::RefCell::new(0);
    let steps = proptest::collection::vec(step(), 40..120);
    TestRunner::new(config)
        .run(&steps, |steps| compare(&steps, &mut events.borrow_mut()))
        .unwrap_or_else(|failure| panic!("{failure}"));
    let events = events.into_inner();
    eprintln!("{cases} sequences, {events} events, all equal");
    assert!(
        events > 20 * cases as usize,
        "most steps were refused: {events} events"
    );
}
