//! Surveys: the quiet line on a first page, the form itself, what leaders open and read, and what a teacher reads of a class.

mod answer;
mod class;
mod leader;

pub(crate) use answer::{answer, later, page};
pub(crate) use class::{csv as class_csv, of_class};
pub(crate) use leader::{all, csv, open, withdraw};

use trellis_core::id::SurveyId;
use trellis_core::people::survey::{Counts, Form, STEPS};
use trellis_core::refusal::Refusal;
use trellis_store::Viewer;

use crate::app::App;
use crate::csv::Csv;
use crate::day;
use crate::error::PageError;
use crate::words::{Words, small};

/// The steps as pages show them: from no to yes, and then "rather not say".
const ORDER: [usize; STEPS] = [1, 2, 3, 4, 5, 0];

/// A survey that waits for an answer, as a line on the first page.
pub(crate) struct Asked {
    pub(crate) text: String,
    pub(crate) href: String,
}

/// What the viewer is asked now.
pub(crate) fn asked(app: &App, viewer: &Viewer) -> Result<Vec<Asked>, PageError> {
    let words = &app.words;
    let surveys = app.store.asked_now(viewer, app.now())?;
    let line = |one: &trellis_store::AskedOf| Asked {
        text: words.one(
            &format!("survey-line-{}", one.form.key()),
            "day",
            &day::in_words(one.last, words),
        ),
        href: format!("/survey/{}", one.id),
    };
    Ok(surveys.iter().map(line).collect())
}

/// Reads the id of a survey.
fn survey_id(text: &str) -> Result<SurveyId, PageError> {
    SurveyId::parse(text).map_err(|_| Refusal::NotFound.into())
}

/// A statement of a form.
fn statement(words: &Words, form: Form, number: usize) -> String {
    words.t(&format!("survey-{}-{}", form.key(), number + 1))
}

/// What a group answered, as a table.
struct Table {
    caption: String,
    steps: Vec<String>,
    rows: Vec<(String, Vec<u32>)>,
}

fn step(words: &Words, step: usize) -> String {
    words.t(&format!("survey-step-{step}"))
}

fn table(words: &Words, form: Form, counts: &Counts, of: &str) -> Table {
    let people = [("count", f64::from(small(counts.people())))];
    let rows = counts.0.iter().enumerate().map(|(number, steps)| {
        let counts = ORDER.iter().map(|place| steps[*place]).collect();
        (statement(words, form, number), counts)
    });
    Table {
        caption: words.mixed("survey-caption", &people, &[("of", of)]),
        steps: ORDER.iter().map(|place| step(words, *place)).collect(),
        rows: rows.collect(),
    }
}

/// What groups answered as one table to take along: the columns that `before` names, the group, the statement and its counts.
fn all_as_csv<'a>(
    words: &Words,
    before: &[&str],
    tables: impl Iterator<Item = (Vec<String>, &'a Table)>,
) -> Csv {
    let mut headings = words.all(before);
    headings.extend(words.all(&["survey-group", "survey-statement"]));
    headings.extend(ORDER.iter().map(|place| step(words, *place)));
    let mut csv = Csv::new(&headings);
    for (about, table) in tables {
        for (statement, counts) in &table.rows {
            let mut line = about.clone();
            line.extend([table.caption.clone(), statement.clone()]);
            line.extend(counts.iter().map(ToString::to_string));
            csv.row(&line);
        }
    }
    csv
}
