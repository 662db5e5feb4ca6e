//! The versions of a draft: who saved them and when, what changed between two, and going back to an older one.

use askama::Template;
use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use trellis_core::refusal::Refusal;
use trellis_store::{DraftVersion, SaveDraft};

use super::desk::{Desk, frame};
use super::difference::{self, Line};
use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::teacher_today::said_by;
use crate::session::SignedIn;

/// A version in the list.
struct Version {
    number: u32,
    says: String,
    from: bool,
    to: bool,
    /// Whether this is the version that learners got.
    published: bool,
    last: bool,
    label: String,
}

#[derive(Template)]
#[template(path = "pages/author/versions.html")]
struct Page {
    shell: Shell,
    path: String,
    writes: bool,
    versions: Vec<Version>,
    heading: String,
    /// Lines with what became of them: `same`, `gone` or `new`.
    lines: Vec<(&'static str, String)>,
}

/// Which versions are compared.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    from: Option<u32>,
    to: Option<u32>,
}

/// Which version is to come back.
#[derive(Debug, Deserialize)]
pub(crate) struct Back {
    version: u32,
}

fn numbered(versions: &[DraftVersion], number: u32) -> Result<&DraftVersion, Refusal> {
    let mut all = versions.iter();
    all.find(|version| version.number == number)
        .ok_or(Refusal::NotFound)
}

/// `GET /author/draft/{draft}/versions`
pub(crate) async fn versions(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(draft): Path<String>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(asked) = query?;
    let desk = Desk::of_draft(&app, signed_in, &draft)?;
    let draft = desk.draft.as_ref().ok_or(Refusal::NotFound)?;
    let (_, versions) = app.store.draft(&desk.viewer, draft.id)?;
    let words = &app.words;
    let last = draft.last.number;
    let (to, from) = (
        asked.to.unwrap_or(last),
        asked.from.unwrap_or_else(|| last.saturating_sub(1).max(1)),
    );
    let (old, new) = (numbered(&versions, from)?, numbered(&versions, to)?);
    let lines = difference::lines(&old.text, &new.text);
    let lines = lines.into_iter().map(|line| match line {
        Line::Same(text) => ("same", text.to_owned()),
        Line::Gone(text) => ("gone", text.to_owned()),
        Line::New(text) => ("new", text.to_owned()),
    });
    let published = draft.published.as_ref().map(|(_, version)| *version);
    let list = versions.iter().map(|version| {
        let (name, when) = said_by(words, version.by.as_ref(), app.now(), version.at);
        let number = [("number", f64::from(version.number))];
        Version {
            number: version.number,
            says: words.mixed("author-saved", &number, &[("name", &name), ("when", &when)]),
            from: version.number == from,
            to: version.number == to,
            published: published == Some(version.number),
            last: version.number == last,
            label: words.count("author-back-label", "number", version.number),
        }
    });
    let compared = [("from", f64::from(from)), ("to", f64::from(to))];
    let page = Page {
        path: desk.path.clone(),
        writes: desk.may.write,
        versions: list.collect(),
        heading: words.mixed("author-compare-heading", &compared, &[]),
        lines: lines.collect(),
        shell: frame(&app, &desk.viewer, words.t("author-versions"))?,
    };
    Ok(Html(page.render()?))
}

/// `POST /author/draft/{draft}/versions`: an older version becomes the newest.
pub(crate) async fn back(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(draft): Path<String>,
    form: Result<Form<Back>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(Back { version }) = form?;
    let desk = Desk::of_draft(&app, signed_in, &draft)?;
    let draft = desk.draft.as_ref().ok_or(Refusal::NotFound)?;
    let (_, versions) = app.store.draft(&desk.viewer, draft.id)?;
    let save = SaveDraft {
        id: draft.id,
        course: draft.course.clone(),
        competency: draft.competency.clone(),
        changes: draft.changes.clone(),
        text: numbered(&versions, version)?.text.clone(),
    };
    app.store.save_draft(&desk.viewer, save, app.now())?;
    Ok(Redirect::to(&format!("{}?done=back", desk.path)))
}
