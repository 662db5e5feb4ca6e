//! What the students of a class answered, for its teachers: counts, where enough have answered.

use askama::Template;
use axum::extract::State;
use axum::response::Html;
use trellis_core::people::survey::Form;

use super::{Table, table};
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
}

/// `GET /teach/{section}/surveys`
pub(crate) async fn of_class(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
) -> Result<Html<String>, PageError> {
    let told = app.store.class_surveys(&viewer, section)?;
    let words = &app.words;
    let tables = told.iter().map(|(last, counts)| {
        let day = day::in_words(*last, words);
        let of = words.one("survey-class-of", "day", &day);
        table(words, Form::Belonging, counts, &of)
    });
    let taught = taught(&app, &viewer, section)?;
    let title = words.one("survey-class-title", "section", &taught.title);
    let page = Page {
        tables: tables.collect(),
        shell: shell_for(&app, title, &viewer, &taught, Here::Elsewhere)?,
    };
    Ok(Html(page.render()?))
}
