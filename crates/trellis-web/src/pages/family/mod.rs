//! This week: one page for a family, in plain words, which prints on one sheet.

mod day;
mod view;

#[cfg(test)]
mod reading;

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use trellis_core::catalog::Catalog;
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_core::time::Timestamp;
use trellis_store::read::{Child, FamilyView};

use crate::app::App;
use crate::assets;
use crate::error::PageError;
use crate::layout::Shell;
use crate::session::SignedIn;
use crate::words::Words;
use view::Week;

#[derive(Template)]
#[template(path = "pages/family/children.html")]
struct ChildrenPage {
    shell: Shell,
    children: Vec<Child>,
}

/// `GET /family`
pub(crate) async fn children(
    State(app): State<App>,
    signed_in: SignedIn,
) -> Result<Response, PageError> {
    let viewer = signed_in.with_role(Role::Guardian)?;
    let children = app.store.children(&viewer)?;
    if let [child] = children.as_slice() {
        return Ok(Redirect::to(&format!("/family/{}", child.id)).into_response());
    }
    let words = app.words.clone();
    let title = words.t("family-children-title");
    let shell = Shell::of(words, title, &viewer, "/family");
    Ok(Html(ChildrenPage { shell, children }.render()?).into_response())
}

/// The week itself: alone on its page, or one of many to print.
#[derive(Template)]
#[template(path = "pages/family/letter.html")]
struct Letter<'a> {
    words: &'a Words,
    icons: &'static str,
    week: &'a Week,
    /// Whether there are other children to go back to.
    others: bool,
    /// Where a family writes to the teachers; teachers who look at the page do not.
    ask: Option<String>,
    /// Sets the names on the page apart from those of other letters on it; empty for one alone.
    place: String,
}

#[derive(Template)]
#[template(path = "pages/family/family.html")]
struct FamilyPage {
    shell: Shell,
    /// Safe HTML: a rendered [`Letter`].
    letter: String,
}

/// A child's week alone on its page, as HTML.
fn alone(
    words: &Words,
    week: &Week,
    others: bool,
    ask: Option<String>,
) -> Result<String, askama::Error> {
    let letter = Letter {
        words,
        icons: assets::url("icons.svg"),
        week,
        others,
        ask,
        place: String::new(),
    };
    letter.render()
}

/// A child's week to print among others, as HTML; `number` is its place among them, from 1.
pub(crate) fn letter(
    family: &FamilyView,
    catalog: &Catalog,
    words: &Words,
    now: Timestamp,
    number: usize,
) -> Result<String, askama::Error> {
    let letter = Letter {
        words,
        icons: assets::url("icons.svg"),
        week: &Week::of(family, catalog, words, now),
        others: false,
        ask: None,
        place: format!("-{number}"),
    };
    letter.render()
}

/// `GET /family/{learner}`. Teachers of the child see what the family sees.
pub(crate) async fn week(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
    learner: Result<Path<PersonId>, PathRejection>,
) -> Result<Html<String>, PageError> {
    let Path(learner) = learner?;
    let now = app.now();
    let family = app.store.family_week(&viewer, learner, now)?;
    let others = app.store.children(&viewer)?.len() > 1;
    let week = Week::of(&family, &app.store.catalog(), &app.words, now);
    let shell = Shell::of(app.words.clone(), week.title.clone(), &viewer, "/family");
    let ask = (viewer.role() == Role::Guardian).then(|| format!("/family/{learner}/ask"));
    let letter = alone(&app.words, &week, others, ask)?;
    Ok(Html(FamilyPage { shell, letter }.render()?))
}
