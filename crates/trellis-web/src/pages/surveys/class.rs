//! What the students of a class answered, for its teachers: counts, where enough have answered.

use askama::Template;
use axum::extract::State;
use axum::response::{Html, Response};
use trellis_core::id::SectionId;
use trellis_core::people::survey::Form;
use trellis_store::Viewer;

use super::{Table, all_as_csv, table};
use crate::app::App;
use crate::day;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::teacher_today::{Here, InClass, shell_for, taught};

#[derive(Template)]
#[template(path = "pages/surveys/class.html")]
struct Page {
    shell: Shell,
    tables: Vec<Table>,
    base: String,
}

/// What the class answered, one table for each time it was asked.
fn tables(app: &App, viewer: &Viewer, section: SectionId) -> Result<Vec<Table>, PageError> {
    let told = app.store.class_surveys(viewer, section)?;
    let words = &app.words;
    let tables = told.iter().map(|(last, counts)| {
        let day = day::in_words(*last, words);
        let of = words.one("survey-class-of", "day", &day);
        table(words, Form::Belonging, counts, &of)
    });
    Ok(tables.collect())
}

/// `GET /teach/{section}/surveys`
pub(crate) async fn of_class(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
) -> Result<Html<String>, PageError> {
    let tables = tables(&app, &viewer, section)?;
    let taught = taught(&app, &viewer, section)?;
    let title = app
        .words
        .one("survey-class-title", "section", &taught.title);
    let page = Page {
        tables,
        base: format!("/teach/{section}"),
        shell: shell_for(&app, title, &viewer, &taught, Here::Elsewhere)?,
    };
    Ok(Html(page.render()?))
}

/// `GET /teach/{section}/surveys.csv`
pub(crate) async fn csv(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
) -> Result<Response, PageError> {
    let tables = tables(&app, &viewer, section)?;
    let tables = tables.iter().map(|table| (Vec::new(), table));
    Ok(all_as_csv(&app.words, &[], tables).saved_as("surveys"))
}
