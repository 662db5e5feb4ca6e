//! This week: one page for a family, in plain words, which prints on one sheet.

mod view;

#[cfg(test)]
pub(crate) mod reading;

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use trellis_core::agreed::Agreed;
use trellis_core::catalog::Catalog;
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_core::time::Timestamp;
use trellis_store::read::{Child, FamilyView};

use crate::app::App;
use crate::assets;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::surveys::{self, Asked};
use crate::session::SignedIn;
use crate::words::Words;
use view::Week;
pub(crate) use view::{full_name, in_plain_words, news, planned};

#[derive(Template)]
#[template(path = "pages/family/children.html")]
struct ChildrenPage {
    shell: Shell,
    asked: Vec<Asked>,
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
    let asked = surveys::asked(&app, &viewer)?;
    let page = ChildrenPage {
        shell,
        asked,
        children,
    };
    Ok(Html(page.render()?).into_response())
}

/// What a family can do about a week.
struct Ways {
    /// Where it writes to the teachers.
    ask: String,
    /// Where the child's plan is.
    plan: String,
    /// Where the work is that the child shares.
    work: String,
    /// Where the sheet for a talk is.
    sheet: String,
    /// Where it says what may be done.
    allow: String,
    /// Where the report of a term is.
    term: String,
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
    /// What the child's family can do here; teachers who look at the page cannot.
    ways: Option<Ways>,
    /// Sets the names on the page apart from those of other letters on it; empty for one alone.
    place: String,
}

#[derive(Template)]
#[template(path = "pages/family/family.html")]
struct FamilyPage {
    shell: Shell,
    asked: Vec<Asked>,
    /// Safe HTML: a rendered [`Letter`].
    letter: String,
}

/// A child's week alone on its page, as HTML.
fn alone(
    words: &Words,
    week: &Week,
    others: bool,
    ways: Option<Ways>,
) -> Result<String, askama::Error> {
    let letter = Letter {
        words,
        icons: assets::url("icons.svg"),
        week,
        others,
        ways,
        place: String::new(),
    };
    letter.render()
}

/// A child's week to print among others, as HTML; `number` is its place among them, from 1.
pub(crate) fn letter(
    family: &FamilyView,
    catalog: &Catalog,
    words: &Words,
    agreed: &Agreed,
    now: Timestamp,
    number: usize,
) -> Result<String, askama::Error> {
    let letter = Letter {
        words,
        icons: assets::url("icons.svg"),
        week: &Week::of(family, catalog, words, agreed, now),
        others: false,
        ways: None,
        place: format!("-{number}"),
    };
    letter.render()
}

/// The sheet for a talk of the three: what the week says, and room to write.
#[derive(Template)]
#[template(path = "pages/family/conference.html")]
struct ConferencePage {
    shell: Shell,
    week: Week,
    back: String,
}

/// `GET /family/{learner}/conference`. Families and teachers of the child.
pub(crate) async fn conference(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
    learner: Result<Path<PersonId>, PathRejection>,
) -> Result<Html<String>, PageError> {
    let Path(learner) = learner?;
    let now = app.now();
    let family = app.store.family_week(&viewer, learner, now)?;
    let week = Week::of(
        &family,
        &app.store.catalog(),
        &app.words,
        &app.store.agreed()?,
        now,
    );
    let title = app.words.one("conference-title", "name", &week.name);
    let page = ConferencePage {
        shell: Shell::of(app.words.clone(), title, &viewer, "/family").with_script("print.js"),
        back: format!("/family/{learner}"),
        week,
    };
    Ok(Html(page.render()?))
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
    let week = Week::of(
        &family,
        &app.store.catalog(),
        &app.words,
        &app.store.agreed()?,
        now,
    );
    let shell = Shell::of(app.words.clone(), week.title.clone(), &viewer, "/family");
    let ways = (viewer.role() == Role::Guardian).then(|| Ways {
        ask: format!("/family/{learner}/ask"),
        plan: format!("/family/{learner}/plan"),
        work: format!("/family/{learner}/portfolio"),
        sheet: format!("/family/{learner}/conference"),
        allow: format!("/family/{learner}/allow"),
        term: format!("/family/{learner}/term"),
    });
    let letter = alone(&app.words, &week, others, ways)?;
    // A teacher is asked on the teacher's own page.
    let asked = match viewer.role() {
        Role::Guardian => surveys::asked(&app, &viewer)?,
        _ => Vec::new(),
    };
    let page = FamilyPage {
        shell,
        asked,
        letter,
    };
    Ok(Html(page.render()?))
}
