//! A learner's way in with a badge: its address opens this page, or its letters are typed. Only while the teacher has the
//! class open.

use askama::Template;
use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::extract::{Form, Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::app::App;
use crate::badge::BadgeText;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::sign_in;

#[derive(Template)]
#[template(path = "pages/badge/badge.html")]
struct Page {
    shell: Shell,
    /// The badge that the address carries; without one its letters are asked for.
    badge: Option<String>,
    refused: bool,
}

fn page(app: &App, badge: Option<BadgeText>, refused: bool) -> Result<Html<String>, PageError> {
    let page = Page {
        shell: Shell::plain(app.words.clone(), "badge-title"),
        badge: badge.map(|badge| badge.whole().to_owned()),
        refused,
    };
    Ok(Html(page.render()?))
}

/// Whether a try went wrong just before.
#[derive(Debug, Deserialize)]
pub(crate) struct Before {
    again: Option<String>,
}

/// `GET /badge`
pub(crate) async fn ask(
    State(app): State<App>,
    before: Result<Query<Before>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(before) = before?;
    page(&app, None, before.again.is_some())
}

/// `GET /badge/{badge}`: what a camera opens. Nothing is tried until the learner presses the button, so that a preview of
/// the address neither lets anybody in nor counts as a try.
pub(crate) async fn scanned(
    State(app): State<App>,
    badge: Result<Path<String>, PathRejection>,
) -> Result<Html<String>, PageError> {
    let Path(badge) = badge?;
    let badge = BadgeText::read(&badge);
    let refused = badge.is_none();
    page(&app, badge, refused)
}

/// A badge as typed, or as its address said it.
#[derive(Deserialize)]
pub(crate) struct Shown {
    badge: String,
}

/// `POST /badge`. Whatever is in the way, the answer is the same.
pub(crate) async fn enter(
    State(app): State<App>,
    headers: HeaderMap,
    form: Result<Form<Shown>, FormRejection>,
) -> Result<Response, PageError> {
    let Form(Shown { badge }) = form?;
    let fits = match BadgeText::read(&badge) {
        Some(badge) => app
            .store
            .try_badge(badge.handle(), badge.secret(), app.now())?,
        None => None,
    };
    match fits {
        Some(fits) => {
            let section = Some(fits.section);
            sign_in::enter(&app, &headers, fits.learner, section, fits.until)
        }
        None => Ok(Redirect::to("/badge?again=1").into_response()),
    }
}
