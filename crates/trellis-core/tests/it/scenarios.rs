//! The scenarios of the book, executed against the rules: what the book promises is what the program does.

use std::fmt::Write as _;

use trellis_core::estimate::Level;
use trellis_core::framework::CompetencyId;
use trellis_core::id::AttemptId;
use trellis_core::mastery::{self, Mastery};
use trellis_core::recommendation::Purpose;

use crate::read::{self, Row, Scenario, Table};
use crate::school::{Node, School, competency};

/// Runs one scenario; gives a line for each thing that came out otherwise.
fn run(scenario: &Scenario) -> Vec<String> {
    let place = |line: usize| format!("{}:{line}", scenario.chapter);
    match (scenario.kind.as_str(), scenario.tables.as_slice()) {
        ("answers", [table]) => answers(table, place),
        ("advice", [course, stops]) => advice(course, stops, place(scenario.line)),
        (kind, tables) => vec![format!(
            "{}: no scenario {kind:?} has {} tables",
            place(scenario.line),
            tables.len()
        )],
    }
}

fn answers(table: &Table, place: impl Fn(usize) -> String) -> Vec<String> {
    let about = competency("c");
    let mut school = School::new(&[Node {
        id: about.clone(),
        before: Vec::new(),
    }]);
    let mut last = None;
    let mut wrong = Vec::new();
    for row in table.rows() {
        school.wait(
            row.cell("days")
                .map_or(0, |days| days.parse().expect("days are a whole number")),
        );
        last = answer(&mut school, &about, &row, last);
        let known = format!("{:.2}", mastery::known(&school.state, &about));
        let then = standing(&school, &about);
        for (name, got) in [("known", known.as_str()), ("then", then)] {
            if let Some(said) = row.cell(name).filter(|said| *said != got) {
                wrong.push(format!(
                    "{}: {name} is {got}, the book says {said}",
                    place(row.line)
                ));
            }
        }
    }
    wrong
}

/// Does what one row says; gives the attempt that it left.
fn answer(
    school: &mut School,
    about: &CompetencyId,
    row: &Row<'_>,
    last: Option<AttemptId>,
) -> Option<AttemptId> {
    let words: Vec<&str> = row.must("answer").split(' ').collect();
    if words == ["none"] {
        return last;
    }
    let kind = row.must("kind");
    let attempt = match words.as_slice() {
        [_, "at", "try", _] => last.expect("a second try follows a first"),
        _ => school.begin(about, kind),
    };
    match words.as_slice() {
        ["shown"] => school.reveal(attempt),
        [verdict @ ("right" | "wrong")] | [verdict @ ("right" | "wrong"), "at", "try", _] => {
            school.respond(attempt, kind, *verdict == "right");
        }
        [
            verdict @ ("right" | "wrong"),
            "after",
            count,
            "hint" | "hints",
        ] => {
            school.hints(attempt, count.parse().expect("hints are counted"));
            school.respond(attempt, kind, *verdict == "right");
        }
        other => panic!("line {}: no answer is called {other:?}", row.line),
    }
    Some(attempt)
}

fn standing(school: &School, about: &CompetencyId) -> &'static str {
    if mastery::mastery(&school.state, about, school.now) == Mastery::Fading {
        return "fading";
    }
    match mastery::level(&school.state, about, school.now) {
        Level::NotStarted => "not-started",
        Level::Starting => "starting",
        Level::Growing => "growing",
        Level::Strong => "strong",
        Level::Mastered => "mastered",
    }
}

fn advice(course: &Table, stops: &Table, place: String) -> Vec<String> {
    let list = |cell: Option<&str>| -> Vec<CompetencyId> {
        cell.unwrap_or_default()
            .split(", ")
            .filter(|name| !name.is_empty())
            .map(competency)
            .collect()
    };
    let nodes: Vec<Node> = course
        .rows()
        .map(|row| Node {
            id: competency(row.must("competency")),
            before: list(row.cell("before")),
        })
        .collect();
    let mut school = School::new(&nodes);
    for row in course.rows() {
        let about = competency(row.must("competency"));
        match row.cell("learner") {
            Some("mastered") => (0..3).for_each(|_| {
                one_answer(&mut school, &about, true);
            }),
            Some("begun") => {
                let attempt = one_answer(&mut school, &about, false);
                school.reveal(attempt);
            }
            None => {}
            Some(other) => panic!("line {}: no learner stands {other:?}", row.line),
        }
    }
    for row in course.rows() {
        if let Some(name) = row.cell("teacher") {
            school.direct(&competency(row.must("competency")), name);
        }
    }
    let got = spoken(&mut school);
    let mut said = String::new();
    for row in stops.rows() {
        let what = row.cell("competency").unwrap_or("-");
        writeln!(
            said,
            "{} | {what} | {}",
            row.must("stop"),
            row.must("reasons")
        )
        .expect("a string takes text");
    }
    if got == said {
        Vec::new()
    } else {
        vec![format!(
            "{place}: the stops are\n{got}the book says\n{said}"
        )]
    }
}

fn one_answer(school: &mut School, about: &CompetencyId, right: bool) -> AttemptId {
    let attempt = school.begin(about, "numeric");
    school.respond(attempt, "numeric", right);
    attempt
}

/// Today's stops as lines of a scenario.
fn spoken(school: &mut School) -> String {
    let mut out = String::new();
    for stop in school.advice().stops {
        let purpose = match stop.purpose {
            Purpose::Learn => "learn",
            Purpose::Review => "review",
            Purpose::Choice => "choice",
            Purpose::Proof => "proof",
            Purpose::Lesson => "lesson",
            Purpose::Placement => "placement",
            Purpose::Assigned => "assigned",
        };
        let what = stop
            .competency
            .map_or_else(|| "-".to_owned(), |id| id.to_string());
        let reasons: Vec<&str> = stop
            .reasons
            .iter()
            .map(trellis_core::recommendation::Reason::key)
            .collect();
        writeln!(out, "{purpose} | {what} | {}", reasons.join(", ")).expect("a string takes text");
    }
    out
}

#[test]
fn the_book_tells_what_the_rules_do() {
    let scenarios = read::book();
    assert!(
        scenarios.len() >= 10,
        "only {} scenarios were found",
        scenarios.len()
    );
    let wrong: Vec<String> = scenarios.iter().flat_map(run).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_scenario_that_is_not_true_is_told_with_its_line() {
    let text = "```trellis-scenario\nanswers\nkind | answer | known | then\nnumeric | wrong | 0.99 | mastered\n```\n";
    let wrong: Vec<String> = read::scenarios("x.md", text).iter().flat_map(run).collect();
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert!(
        wrong.iter().all(|line| line.starts_with("x.md:4: ")),
        "{wrong:?}"
    );
}
