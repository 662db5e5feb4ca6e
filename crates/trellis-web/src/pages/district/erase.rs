//! Erasing a person by the pages: one who leads asks, another agrees.

use askama::Template;
use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use trellis_core::id::PersonId;
use trellis_core::refusal::Refusal;
use trellis_store::read::ErasureRequest;

use super::leads;
use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::session::SignedIn;
use crate::words::Words;

/// A request that is open.
struct Open {
    id: String,
    name: String,
    asked: String,
    own: bool,
    agree_label: String,
    keep_label: String,
}

#[derive(Template)]
#[template(path = "pages/district/erase.html")]
struct Page {
    shell: Shell,
    /// What just happened, in words.
    done: Option<String>,
    open: Vec<Open>,
}

/// What just happened.
#[derive(Debug, Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

/// What can have happened.
const DONE: [&str; 3] = ["asked", "kept", "erased"];

fn open(words: &Words, request: &ErasureRequest) -> Open {
    let name = format!("{} {}", request.person.given, request.person.family);
    let role = words.t(&format!("erase-role-{}", request.role.name()));
    let asked = match &request.asked_by {
        _ if request.own => words.t("erase-asked-own"),
        Some(by) => words.one(
            "erase-asked",
            "name",
            &format!("{} {}", by.given, by.family),
        ),
        None => words.t("erase-asked-gone"),
    };
    Open {
        id: request.person.id.to_string(),
        agree_label: words.one("erase-agree-label", "name", &name),
        keep_label: words.one("erase-keep-label", "name", &name),
        name: words.with("erase-who", &[("name", &name), ("role", &role)]),
        asked,
        own: request.own,
    }
}

/// `GET /district/erase`
pub(crate) async fn page(
    State(app): State<App>,
    signed_in: SignedIn,
    query: Result<Query<Done>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let viewer = leads(signed_in)?;
    let Query(Done { done }) = query?;
    let words = app.words.clone();
    let requests = app.store.erasure_requests(&viewer)?;
    let page = Page {
        done: words.done("erase", &DONE, done.as_deref()),
        open: requests
            .iter()
            .map(|request| open(&words, request))
            .collect(),
        shell: Shell::of(words.clone(), words.t("erase-title"), &viewer, "/district"),
    };
    Ok(Html(page.render()?))
}

/// Who is to be erased, by the school's own id, twice.
#[derive(Debug, Deserialize)]
pub(crate) struct Ask {
    person: String,
    again: String,
}

/// `POST /district/erase`
pub(crate) async fn ask(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<Ask>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(Ask { person, again }) = form?;
    let viewer = leads(signed_in)?;
    let (person, again) = (person.trim(), again.trim());
    if person != again {
        return Err(PageError::BadRequest);
    }
    app.store.ask_erasure(&viewer, person, app.now())?;
    Ok(Redirect::to("/district/erase?done=asked"))
}

/// Whose request it is.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    person: String,
}

fn person(form: Result<Form<Answer>, FormRejection>) -> Result<PersonId, PageError> {
    let Form(Answer { person }) = form?;
    Ok(PersonId::parse(&person).map_err(|_| Refusal::NotFound)?)
}

/// `POST /district/erase/agree`
pub(crate) async fn agree(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<Answer>, FormRejection>,
) -> Result<Redirect, PageError> {
    let person = person(form)?;
    let viewer = leads(signed_in)?;
    app.store.agree_to_erasure(&viewer, person, app.now())?;
    Ok(Redirect::to("/district/erase?done=erased"))
}

/// `POST /district/erase/keep`
pub(crate) async fn keep(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<Answer>, FormRejection>,
) -> Result<Redirect, PageError> {
    let person = person(form)?;
    let viewer = leads(signed_in)?;
    app.store.keep_person(&viewer, person)?;
    Ok(Redirect::to("/district/erase?done=kept"))
}
