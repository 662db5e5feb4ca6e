//! Signing in and out: by class for students, by password for the school and for families, by picking a person in a
//! demonstration.

mod people;

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;

use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::second;
pub(crate) use crate::session::enter;
use crate::session::{self, MaybeSignedIn, STAFF_MS};
use crate::tries::{Tried, Whose, try_secret};
use people::People;

/// The first page of a role.
fn first_page(role: Role) -> &'static str {
    match role {
        Role::Learner => "/today",
        Role::Teacher => "/teach",
        Role::Guardian => "/family",
        Role::Leader | Role::Operator => "/district",
    }
}

/// `GET /`
pub(crate) async fn home(MaybeSignedIn(viewer): MaybeSignedIn) -> Redirect {
    Redirect::to(viewer.map_or("/sign-in", |viewer| first_page(viewer.role())))
}

/// What went wrong just before, as the address carries it after the redirect.
#[derive(Debug, Deserialize)]
pub(crate) struct Before {
    class: Option<String>,
    staff: Option<String>,
    /// What came of signing on at another service.
    on: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/sign_in/sign_in.html")]
struct SignInPage {
    shell: Shell,
    district: Option<String>,
    class_closed: bool,
    staff_refused: bool,
    /// Whether people may sign in with a passkey.
    passkeys: bool,
    /// Other services: where, and what the button says.
    services: Vec<(String, String)>,
    /// What came of one.
    on: Option<String>,
    people: Option<People>,
}

/// What can come of signing on at another service without anybody being signed in.
const ON: [&str; 5] = ["refused", "unknown", "taken", "away", "passkey"];

/// `GET /sign-in`
pub(crate) async fn page(
    State(app): State<App>,
    MaybeSignedIn(viewer): MaybeSignedIn,
    before: Result<Query<Before>, QueryRejection>,
) -> Result<Response, PageError> {
    let Query(before) = before?;
    let words = app.words.clone();
    let shell = match viewer {
        Some(viewer) => Shell::of(words.clone(), words.t("sign-in-title"), &viewer, "/sign-in"),
        None => Shell::plain(words, "sign-in-title"),
    };
    let people = if app.demo {
        Some(People::read(&app)?)
    } else {
        None
    };
    let page = SignInPage {
        shell: shell.with_passkeys(&app),
        passkeys: app.passkeys.is_some(),
        district: app.store.district()?.map(|district| district.name),
        class_closed: before.class.is_some(),
        staff_refused: before.staff.is_some(),
        services: app
            .sign_ons
            .all()
            .map(|one| {
                let says = app.words.one("sign-on-with", "name", &one.name);
                (format!("/sign-on/{}", one.id), says)
            })
            .collect(),
        on: app.words.done("sign-on", &ON, before.on.as_deref()),
        people,
    };
    Ok(Html(page.render()?).into_response())
}

/// A person picked in a demonstration.
#[derive(Debug, Deserialize)]
pub(crate) struct Picked {
    person: PersonId,
}

/// `POST /sign-in/demo`
pub(crate) async fn as_person(
    State(app): State<App>,
    headers: HeaderMap,
    picked: Result<Form<Picked>, FormRejection>,
) -> Result<Response, PageError> {
    if !app.demo {
        return Err(Refusal::NotYours.into());
    }
    let Form(Picked { person }) = picked?;
    let people = app.store.people()?;
    let found = people.iter().find(|known| known.id == person);
    let role = found.ok_or(Refusal::NotFound)?.role;
    let section = match role {
        Role::Learner => app.store.section_of_learner(person)?,
        _ => None,
    };
    enter(&app, &headers, person, section, app.now().plus_ms(STAFF_MS))
}

/// A login name and its password.
#[derive(Debug, Deserialize)]
pub(crate) struct Login {
    login: String,
    password: String,
}

/// `POST /sign-in/staff`. An unknown login, a wrong password and a locked sign-in look the same from outside.
pub(crate) async fn with_password(
    State(app): State<App>,
    headers: HeaderMap,
    form: Result<Form<Login>, FormRejection>,
) -> Result<Response, PageError> {
    let Form(Login { login, password }) = form?;
    let login = login.trim().to_lowercase();
    match try_secret(&app, Whose::Password(login), password).await? {
        Tried::Fits(person) => second::after_password(&app, &headers, person),
        Tried::No | Tried::Locked => {
            Ok(Redirect::to("/sign-in?staff=refused#staff").into_response())
        }
    }
}

/// `POST /sign-out`. The device forgets what it kept for this person.
pub(crate) async fn out(State(app): State<App>, headers: HeaderMap) -> Result<Response, PageError> {
    if let Some(token) = session::token(&headers) {
        app.store.sign_out(token.as_bytes())?;
    }
    let forget = [
        (header::SET_COOKIE, session::signed_out()?),
        (
            HeaderName::from_static("clear-site-data"),
            HeaderValue::from_static("\"cache\", \"storage\""),
        ),
    ];
    Ok((forget, Redirect::to("/sign-in")).into_response())
}
