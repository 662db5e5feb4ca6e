//! A plan through the one door: what may be noted in it, by whom, and what a signature is for.

use trellis_core::command::Command;
use trellis_core::event::Event;
use trellis_core::goals::{
    LONGEST_GOAL, MOST_EVER, MOST_GOALS, MOST_STEPS, Plan, PlanNote, Standing,
};
use trellis_core::id::{CheckInId, GoalId, PersonId, Seq, StepId};
use trellis_core::refusal::Refusal;

use crate::school::{GUARDIAN, LEARNER, Node, School, TEACHER, competency};

fn school() -> School {
    School::new(&[Node {
        id: competency("a"),
        before: Vec::new(),
    }])
}

fn plan(school: &School) -> Plan {
    Plan::of(&school.history)
}

fn note(school: &mut School, who: PersonId, note: PlanNote) -> Result<(), Refusal> {
    let learner = LEARNER;
    let command = Command::NotePlan { learner, note };
    let events = school.ask(who, &command)?;
    assert!(matches!(events.as_slice(), [Event::PlanNoted { .. }]));
    Ok(())
}

fn goal(school: &School, number: u128, days: i64) -> PlanNote {
    PlanNote::GoalSet {
        goal: GoalId(number),
        text: "  Add fractions ".to_owned(),
        due: school.now.plus_days(days),
        competency: Some(competency("a")),
    }
}

fn step(goal: u128, number: u128) -> PlanNote {
    PlanNote::StepAdded {
        goal: GoalId(goal),
        step: StepId(number),
        text: "Ask Ben".to_owned(),
    }
}

fn goal_stands(number: u128, standing: Standing) -> PlanNote {
    PlanNote::GoalStands {
        goal: GoalId(number),
        standing,
    }
}

fn step_stands(goal: u128, number: u128, standing: Standing) -> PlanNote {
    PlanNote::StepStands {
        goal: GoalId(goal),
        step: StepId(number),
        standing,
    }
}

fn signed(school: &School) -> PlanNote {
    let version = plan(school).version;
    PlanNote::Signed { version }
}

#[test]
fn notes_tell_a_plan_and_move_no_belief() {
    let mut school = school();
    let before = school.state.clone();
    let set = goal(&school, 1, 10);
    assert_eq!(note(&mut school, LEARNER, set.clone()), Ok(()));
    assert_eq!(note(&mut school, LEARNER, set), Err(Refusal::AlreadySo));
    assert_eq!(note(&mut school, TEACHER, step(1, 1)), Ok(()));
    let done = step_stands(1, 1, Standing::Reached);
    assert_eq!(note(&mut school, LEARNER, done.clone()), Ok(()));
    assert_eq!(note(&mut school, LEARNER, done), Err(Refusal::AlreadySo));
    let reached = goal_stands(1, Standing::Reached);
    assert_eq!(note(&mut school, LEARNER, reached), Ok(()));
    let plan = plan(&school);
    assert_eq!(plan.goals[0].text, "Add fractions");
    assert_eq!(plan.goals[0].standing, Standing::Reached);
    assert_eq!(plan.goals[0].steps[0].standing, Standing::Reached);
    assert_eq!(plan.open().count(), 0);
    let seq = school.state.seq;
    assert_eq!(
        school.state,
        trellis_core::estimate::LearnerState { seq, ..before }
    );
}

#[test]
fn a_goal_is_said_in_other_words_and_both_stay_in_the_history() {
    let mut school = school();
    let reworded = |text: &str| PlanNote::GoalReworded {
        goal: GoalId(1),
        text: text.to_owned(),
    };
    let unknown = note(&mut school, LEARNER, reworded("Add thirds"));
    assert_eq!(unknown, Err(Refusal::NotFound));
    let set = goal(&school, 1, 10);
    assert_eq!(note(&mut school, LEARNER, set), Ok(()));
    let sign = signed(&school);
    assert_eq!(note(&mut school, GUARDIAN, sign), Ok(()));
    assert_eq!(
        note(&mut school, LEARNER, reworded(" Add fractions ")),
        Err(Refusal::AlreadySo)
    );
    assert_eq!(
        note(&mut school, LEARNER, reworded("  ")),
        Err(Refusal::NothingSaid)
    );
    assert_eq!(
        note(&mut school, LEARNER, reworded(&"x".repeat(201))),
        Err(Refusal::TooLong)
    );
    assert_eq!(
        note(&mut school, GUARDIAN, reworded("Add thirds")),
        Err(Refusal::NotYours)
    );
    assert_eq!(note(&mut school, TEACHER, reworded(" Add thirds ")), Ok(()));
    let plan = plan(&school);
    assert_eq!(plan.goals[0].text, "Add thirds");
    assert!(!plan.is_current(&plan.signatures[0]), "that was not signed");
    let texts: Vec<&str> = school
        .history
        .iter()
        .filter_map(|recorded| match &recorded.event {
            Event::PlanNoted { note, .. } => Some(note.texts()[0]),
            _ => None,
        })
        .filter(|text| !text.is_empty())
        .collect();
    assert_eq!(texts, ["Add fractions", "Add thirds"]);
    let reached = goal_stands(1, Standing::Reached);
    assert_eq!(note(&mut school, LEARNER, reached), Ok(()));
    assert_eq!(
        note(&mut school, LEARNER, reworded("Add fifths")),
        Err(Refusal::PlanChanged)
    );
}

#[test]
fn each_may_note_what_is_theirs() {
    let mut school = school();
    let set = goal(&school, 1, 10);
    let talk = PlanNote::CheckedIn {
        check_in: CheckInId(1),
        said: "We looked at thirds.".to_owned(),
        next: String::new(),
    };
    for by in [GUARDIAN, PersonId(3)] {
        assert_eq!(note(&mut school, by, set.clone()), Err(Refusal::NotYours));
    }
    assert_eq!(note(&mut school, LEARNER, set), Ok(()));
    for by in [LEARNER, GUARDIAN, PersonId(3)] {
        assert_eq!(note(&mut school, by, talk.clone()), Err(Refusal::NotYours));
    }
    assert_eq!(note(&mut school, TEACHER, talk.clone()), Ok(()));
    assert_eq!(note(&mut school, TEACHER, talk), Err(Refusal::AlreadySo));
    let sign = signed(&school);
    assert_eq!(
        note(&mut school, PersonId(3), sign.clone()),
        Err(Refusal::NotYours)
    );
    for by in [LEARNER, GUARDIAN, TEACHER] {
        assert_eq!(note(&mut school, by, sign.clone()), Ok(()));
        assert_eq!(note(&mut school, by, sign.clone()), Err(Refusal::AlreadySo));
    }
    assert_eq!(plan(&school).signatures.len(), 3);
}

#[test]
fn a_signature_is_for_the_goals_and_steps_that_were_read() {
    let mut school = school();
    let nothing = signed(&school);
    assert_eq!(
        note(&mut school, GUARDIAN, nothing),
        Err(Refusal::NothingSaid)
    );
    let set = goal(&school, 1, 10);
    assert_eq!(note(&mut school, LEARNER, set), Ok(()));
    let seen = signed(&school);
    assert_eq!(note(&mut school, GUARDIAN, seen.clone()), Ok(()));
    let talk = PlanNote::CheckedIn {
        check_in: CheckInId(1),
        said: "Thirds.".to_owned(),
        next: "Fifths.".to_owned(),
    };
    // Each with whether it leaves the signature for the plan as it stands.
    for (change, stays) in [
        (talk, true),
        (step(1, 1), false),
        (step_stands(1, 1, Standing::Reached), true),
        (step_stands(1, 1, Standing::Open), true),
        (step_stands(1, 1, Standing::LetGo), false),
        (step_stands(1, 1, Standing::Open), false),
        (goal_stands(1, Standing::Reached), true),
        (goal_stands(1, Standing::LetGo), false),
        (goal_stands(1, Standing::Open), false),
    ] {
        assert_eq!(note(&mut school, TEACHER, change.clone()), Ok(()));
        let now = plan(&school);
        assert_eq!(now.is_current(&now.signatures[0]), stays, "{change:?}");
        if !stays {
            assert_eq!(
                note(&mut school, GUARDIAN, seen.clone()),
                Err(Refusal::PlanChanged)
            );
            let again = signed(&school);
            assert_eq!(note(&mut school, GUARDIAN, again), Ok(()), "{change:?}");
            assert_eq!(plan(&school).signatures.len(), 1);
        }
    }
}

#[test]
fn a_day_is_from_today_on_and_a_text_is_there_and_short() {
    let mut school = school();
    for (days, allowed) in [
        (-400, false),
        (-2, false),
        (-1, true),
        (1098, true),
        (1099, false),
    ] {
        let set = goal(&school, 1, days);
        let told = school.ask(
            LEARNER,
            &Command::NotePlan {
                learner: LEARNER,
                note: set,
            },
        );
        match allowed {
            true => {
                assert!(told.is_ok(), "{days}");
                school.history.pop();
            }
            false => assert_eq!(told, Err(Refusal::DayOutOfReach), "{days}"),
        }
    }
    let with = |school: &School, said: &str| match goal(school, 1, 1) {
        PlanNote::GoalSet { goal, due, .. } => PlanNote::GoalSet {
            goal,
            text: said.to_owned(),
            due,
            competency: None,
        },
        other => other,
    };
    let empty = with(&school, " \n ");
    assert_eq!(note(&mut school, LEARNER, empty), Err(Refusal::NothingSaid));
    let long = with(&school, &"é".repeat(LONGEST_GOAL + 1));
    assert_eq!(note(&mut school, LEARNER, long), Err(Refusal::TooLong));
    let longest = with(&school, &"é".repeat(LONGEST_GOAL));
    assert_eq!(note(&mut school, LEARNER, longest), Ok(()));
    let long = PlanNote::CheckedIn {
        check_in: CheckInId(1),
        said: "Thirds.".to_owned(),
        next: "x".repeat(LONGEST_GOAL + 1),
    };
    assert_eq!(note(&mut school, TEACHER, long), Err(Refusal::TooLong));
    let mut about = goal(&school, 2, 1);
    if let PlanNote::GoalSet { competency: of, .. } = &mut about {
        *of = Some(competency("unknown"));
    }
    assert_eq!(note(&mut school, LEARNER, about), Err(Refusal::NotFound));
}

#[test]
fn a_plan_has_room_for_a_few_goals_and_steps() {
    let mut school = school();
    for number in 0..MOST_GOALS as u128 {
        let set = goal(&school, number, 1);
        assert_eq!(note(&mut school, LEARNER, set), Ok(()));
    }
    let more = goal(&school, 99, 1);
    assert_eq!(
        note(&mut school, LEARNER, more.clone()),
        Err(Refusal::EnoughForNow)
    );
    let away = goal_stands(0, Standing::LetGo);
    assert_eq!(note(&mut school, LEARNER, away), Ok(()));
    assert_eq!(note(&mut school, LEARNER, more), Ok(()));
    let back = goal_stands(0, Standing::Open);
    assert_eq!(note(&mut school, LEARNER, back), Err(Refusal::EnoughForNow));
    // Steps are for goals that are worked on.
    assert_eq!(
        note(&mut school, LEARNER, step(0, 1)),
        Err(Refusal::PlanChanged)
    );
    for number in 0..MOST_STEPS as u128 {
        assert_eq!(note(&mut school, LEARNER, step(1, number)), Ok(()));
    }
    let refused = note(&mut school, LEARNER, step(1, 99));
    assert_eq!(refused, Err(Refusal::EnoughForNow));
    // However often one is let go for the next, there is an end.
    let (mut newest, mut last) = (0, Ok(()));
    for next in 100.. {
        let away = step_stands(1, newest, Standing::LetGo);
        assert_eq!(note(&mut school, LEARNER, away), Ok(()));
        last = note(&mut school, LEARNER, step(1, next));
        if last.is_err() {
            break;
        }
        newest = next;
    }
    assert_eq!(last, Err(Refusal::EnoughForNow));
    let plan = plan(&school);
    let goal = plan.goals.iter().find(|goal| goal.id == GoalId(1));
    assert_eq!(goal.map(|goal| goal.steps.len()), Some(MOST_EVER));
    let unknown = PlanNote::Signed { version: Seq(0) };
    assert_eq!(
        note(&mut school, LEARNER, unknown),
        Err(Refusal::PlanChanged)
    );
}
