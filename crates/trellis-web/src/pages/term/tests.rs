//! The report in varied states: its reading grade by formula, and the days that can be chosen.

use std::collections::BTreeMap;

use askama::Template as _;
use trellis_core::agreed::Agreed;
use trellis_core::catalog::Catalog;
use trellis_core::context::Actor;
use trellis_core::event::{Event, Recorded};
use trellis_core::goals::{CheckIn, Goal, Plan, Standing};
use trellis_core::id::{CheckInId, GoalId, Seq};
use trellis_core::people::Role;
use trellis_core::time::Timestamp;
use trellis_store::WorkView;
use trellis_store::read::{FamilyView, PlanView, TermView};

use super::report::{Report, Sources};
use super::{Days, Page, USUAL_DAYS};
use crate::layout::Shell;
use crate::pages::family::reading::{
    HIGHEST_GRADE, LEAST_EASE, TEACHER, agreements, catalog, ease_spanish, grade, now, states,
};
use crate::words::{Language, Words};

/// The events that tell how this state came about: mastery of what is mastered, and a doubt about every third.
fn events(view: &FamilyView) -> Vec<Recorded> {
    let learner = view.learner.name.id;
    let actor = Actor {
        person: learner,
        role: Role::Learner,
    };
    let known = view.learner.state.competencies.iter();
    let event = |(place, known): (usize, &trellis_core::estimate::CompetencyState)| {
        let competency = known.competency.clone();
        match place % 3 {
            0 => Event::Doubted {
                learner,
                competency,
            },
            _ => Event::Mastered {
                learner,
                competency,
                bound: 0.1,
                opens: Vec::new(),
            },
        }
    };
    (1..)
        .zip(known.enumerate().map(event))
        .map(|(seq, event)| Recorded {
            seq: Seq(seq),
            decision: Seq(seq),
            at: now().plus_days(-10),
            actor,
            event,
        })
        .collect()
}

fn plan(view: &FamilyView) -> PlanView {
    let goal = |number, standing| Goal {
        id: GoalId(number),
        text: "I add parts".to_owned(),
        due: now().plus_days(20),
        competency: None,
        standing,
        since: now().plus_days(-5),
        steps: Vec::new(),
    };
    PlanView {
        learner: view.learner.clone(),
        plan: Plan {
            goals: vec![goal(1, Standing::Open), goal(2, Standing::Reached)],
            check_ins: vec![CheckIn {
                id: CheckInId(1),
                said: "We went through the plan.".to_owned(),
                next: "More steps with parts.".to_owned(),
                by: TEACHER,
                at: now().plus_days(-3),
            }],
            signatures: Vec::new(),
            version: Seq(0),
        },
        notes: Vec::new(),
        teachers: view.teachers.clone(),
        guardians: Vec::new(),
        choices: Vec::new(),
        names: BTreeMap::new(),
    }
}

fn page(words: Words, view: &FamilyView, catalog: &Catalog, agreed: &Agreed) -> String {
    let term = TermView {
        learner: view.learner.clone(),
        events: events(view),
        questions: u32::try_from(view.learner.state.competencies.len()).unwrap(),
        days: 9,
        teachers: view.teachers.clone(),
    };
    let work = WorkView {
        learner: view.learner.name.clone(),
        artifacts: Vec::new(),
    };
    let sources = Sources {
        term: &term,
        plan: &plan(view),
        work: &work,
        catalog,
        agreed,
        words: &words,
        days: (now().plus_days(-USUAL_DAYS), now()),
        now: now(),
    };
    let report = Report::of(&sources);
    let title = words.one("term-title", "name", &report.name);
    let mut shell = Shell::plain(words, "nav-family");
    shell.title = title;
    let page = Page {
        shell,
        report,
        here: String::new(),
        back: String::new(),
        from: String::new(),
        to: String::new(),
        fault: None,
    };
    let html = page.render().unwrap();
    let (_, main) = html.split_once("<main").unwrap();
    main.split_once("</main>").unwrap().0.to_owned()
}

#[test]
fn every_report_reads_at_grade_five_or_lower_and_easily_in_spanish() {
    let catalog = catalog();
    let states = states(&catalog);
    let mut agreed = agreements(&catalog);
    agreed.push(Agreed::default());
    let (mut hardest, mut least) = ((String::new(), f64::MIN), (String::new(), f64::MAX));
    for (name, view) in &states {
        for agreed in &agreed {
            let (grade, words) = grade(&page(Words::english(), view, &catalog, agreed));
            assert!(words > 40.0, "{name}: {words} words");
            if grade > hardest.1 {
                hardest = (name.clone(), grade);
            }
            let ease = ease_spanish(&page(Words::of(Language::Spanish), view, &catalog, agreed));
            if ease < least.1 {
                least = (name.clone(), ease);
            }
        }
    }
    println!("hardest {hardest:?}, least ease {least:?}");
    assert!(hardest.1 <= HIGHEST_GRADE, "{hardest:?}");
    assert!(least.1 >= LEAST_EASE, "{least:?}");
}

#[test]
fn days_that_do_not_fit_give_the_usual_ones() {
    let now = Timestamp(0).plus_days(20_779);
    let usual = (now.plus_days(-USUAL_DAYS), now);
    let read = |from: Option<&str>, to: Option<&str>| {
        let days = Days {
            from: from.map(str::to_owned),
            to: to.map(str::to_owned),
        };
        days.read(now)
    };
    assert_eq!(read(None, None), Ok(usual));
    let day = |text| Timestamp::of_date(text).unwrap();
    assert_eq!(
        read(Some("2026-09-01"), Some("2026-12-20")),
        Ok((day("2026-09-01"), day("2026-12-20")))
    );
    for (from, to) in [
        (Some("2026-09-02"), Some("2026-09-01")),
        (Some("2025-01-01"), Some("2026-12-20")),
        (Some("2026-09-31"), Some("2026-12-20")),
        (Some("2026-09-01"), None),
        (Some("x"), Some("y")),
    ] {
        assert_eq!(read(from, to), Err(usual), "{from:?} {to:?}");
    }
}
