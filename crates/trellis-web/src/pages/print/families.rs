//! The week of every family of a class in one print, each on a sheet of its own, in the language that is asked for.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;

use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::family::letter;
use crate::pages::teacher_today::{Here, InClass, shell_for};
use crate::words::{Language, Words, small};

#[derive(Template)]
#[template(path = "pages/print/families.html")]
struct Page {
    shell: Shell,
    back: String,
    about: String,
    language: Language,
    /// Safe HTML: rendered letters.
    letters: Vec<String>,
}

/// The language of the letters.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    language: Option<String>,
}

/// `GET /teach/{section}/print/families`
pub(crate) async fn page(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(asked) = asked?;
    let (catalog, now) = (app.store.catalog(), app.now());
    let map = app.store.class_map(&viewer, section)?;
    let words = match asked.language.as_deref().and_then(Language::with_tag) {
        Some(language) => Words::of(language),
        None => app.words.clone(),
    };
    let agreed = app.store.agreed()?;
    let mut letters = Vec::with_capacity(map.learners.len());
    for (number, name) in (1..).zip(&map.learners) {
        let family = app.store.family_week(&viewer, name.id, now)?;
        letters.push(letter(&family, &catalog, &words, &agreed, now, number)?);
    }
    let title = app
        .words
        .one("paper-families-title", "section", &map.section.title);
    let about = small(letters.len());
    let page = Page {
        about: app.words.count("paper-families-about", "count", about),
        back: format!("/teach/{section}/print"),
        language: words.language(),
        letters,
        shell: shell_for(&app, title, &viewer, &map.section, Here::Print)?.with_script("print.js"),
    };
    Ok(Html(page.render()?))
}
