//! "Please look up": while a teacher has paused the lesson, the students of it see one calm page in place of theirs. What
//! they send meanwhile is kept.

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Request, State};
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use trellis_core::people::Role;
use trellis_store::Viewer;

use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::teacher_today::InClass;
use crate::session::{SignedIn, token};

/// Pages of students that wait while the lesson is paused.
const HELD: [&str; 6] = [
    "/today",
    "/practice",
    "/map",
    "/why",
    "/lessons",
    "/what-if",
];

#[derive(Template)]
#[template(path = "pages/live/paused.html")]
struct Paused {
    shell: Shell,
    /// The page that was asked for.
    here: String,
}

/// Whether the lesson is paused into which somebody signed in.
fn is_paused(app: &App, viewer: &Viewer) -> bool {
    let section = viewer.section().filter(|_| viewer.role() == Role::Learner);
    section.is_some_and(|section| app.pauses.is_paused(section, app.now()))
}

/// Shows the calm page in place of a student's pages while their lesson is paused.
pub(crate) async fn hold(State(app): State<App>, request: Request, next: Next) -> Response {
    match held(&app, &request) {
        Ok(None) => next.run(request).await,
        Ok(Some(page)) => page.into_response(),
        Err(error) => error.into_response(),
    }
}

fn held(app: &App, request: &Request) -> Result<Option<Html<String>>, PageError> {
    let path = request.uri().path();
    let page = HELD.iter().any(|held| {
        let rest = path.strip_prefix(held);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    });
    if !page || *request.method() != Method::GET || !app.pauses.any() {
        return Ok(None);
    }
    let Some(token) = token(request.headers()) else {
        return Ok(None);
    };
    let viewer = (app.store).viewer_of_device(token.as_bytes(), app.now())?;
    let Some(viewer) = viewer.filter(|viewer| is_paused(app, viewer)) else {
        return Ok(None);
    };
    let title = app.words.t("paused-title");
    let page = Paused {
        shell: Shell::of(app.words.clone(), title, &viewer, ""),
        here: path.to_owned(),
    };
    Ok(Some(Html(page.render()?)))
}

/// `GET /paused.json`: asked by the script on the pages of students; looks at nothing but memory.
pub(crate) async fn is_on(
    State(app): State<App>,
    signed_in: SignedIn,
) -> Result<Response, PageError> {
    let viewer = signed_in.with_role(Role::Learner)?;
    let said = serde_json::json!({
        "paused": is_paused(&app, &viewer),
        "title": app.words.t("paused-title"),
        "text": app.words.t("paused-text"),
    });
    Ok((
        [(header::CONTENT_TYPE, "application/json")],
        said.to_string(),
    )
        .into_response())
}

/// Whether to pause or to go on.
#[derive(Debug, Deserialize)]
pub(crate) struct Set {
    pause: String,
}

/// `POST /teach/{section}/live`
pub(crate) async fn set(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    form: Result<Form<Set>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(Set { pause }) = form?;
    let now = app.now();
    let until = app.store.class_to_run(&viewer, section, now)?;
    match pause.as_str() {
        "yes" => app.pauses.pause(section, until, now),
        "no" => app.pauses.go_on(section),
        _ => return Err(PageError::BadRequest),
    }
    Ok(Redirect::to(&format!("/teach/{section}/live")))
}
