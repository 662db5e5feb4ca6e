//! This week: one page for a family, in plain words, which prints on one sheet.

mod day;
mod view;

#[cfg(test)]
mod reading;

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_store::read::Child;

use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::session::SignedIn;
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

#[derive(Template)]
#[template(path = "pages/family/family.html")]
struct FamilyPage {
    shell: Shell,
    week: Week,
    /// Whether there are other children to go back to.
    others: bool,
    /// Where a family writes to the teachers; teachers who look at the page do not.
    ask: Option<String>,
    /// Where the sheet for a talk is.
    sheet: String,
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
    let week = Week::of(&family, &app.store.catalog(), &app.words, now);
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
    let week = Week::of(&family, &app.store.catalog(), &app.words, now);
    let shell = Shell::of(app.words.clone(), week.title.clone(), &viewer, "/family");
    let page = FamilyPage {
        shell,
        week,
        others,
        ask: (viewer.role() == Role::Guardian).then(|| format!("/family/{learner}/ask")),
        sheet: format!("/family/{learner}/conference"),
    };
    Ok(Html(page.render()?))
}
