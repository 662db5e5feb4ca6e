//! Using an invitation: an adult of the school chooses a login name and a password, and is signed in.

use askama::Template;
use axum::extract::rejection::{FormRejection, PathRejection};
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use trellis_store::{Accepted, Invited};

use crate::app::App;
use crate::badge::BadgeText;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::sign_in;
use crate::password::{self, LEAST};
use crate::session::STAFF_MS;
use crate::tries::slow_hash;
use crate::words::{Words, small};

/// The shortest and the longest login name, in bytes.
const LOGIN: std::ops::RangeInclusive<usize> = 3..=60;

/// Whose the invitation is, and what they would choose.
struct Chooses {
    code: String,
    hello: String,
    role: String,
    login: String,
}

#[derive(Template)]
#[template(path = "pages/join/join.html")]
struct Page {
    shell: Shell,
    /// Without a code that fits, its letters are asked for.
    chooses: Option<Chooses>,
    refused: bool,
    /// What is wrong with what was chosen.
    wrong: Option<String>,
    rules: String,
}

fn page(
    app: &App,
    chooses: Option<Chooses>,
    refused: bool,
    wrong: Option<String>,
) -> Result<Html<String>, PageError> {
    let page = Page {
        shell: Shell::plain(app.words.clone(), "join-title"),
        rules: app.words.count("join-rules", "least", small(LEAST)),
        chooses,
        refused,
        wrong,
    };
    Ok(Html(page.render()?))
}

fn invited(app: &App, code: Option<&BadgeText>) -> Result<Option<Invited>, PageError> {
    match code {
        Some(code) => Ok(app.store.invited(code.handle(), code.secret(), app.now())?),
        None => Ok(None),
    }
}

fn chooses(app: &App, code: &BadgeText, invited: &Invited, login: &str) -> Chooses {
    let role = format!("join-as-{}", invited.role.name());
    Chooses {
        code: code.whole().to_owned(),
        hello: app.words.one("join-hello", "name", &invited.name.given),
        role: app.words.t(&role),
        login: login.to_owned(),
    }
}

/// What a person could be called at the door: `given.family`.
fn suggestion(invited: &Invited) -> String {
    let name = format!("{}.{}", invited.name.given, invited.name.family);
    name.to_lowercase()
        .chars()
        .filter(|sign| sign.is_alphanumeric() || *sign == '.')
        .collect()
}

/// `GET /join`
pub(crate) async fn ask(State(app): State<App>) -> Result<Html<String>, PageError> {
    page(&app, None, false, None)
}

/// `GET /join/{code}`: what stands on the paper. Looking at it uses nothing up.
pub(crate) async fn open(
    State(app): State<App>,
    code: Result<Path<String>, PathRejection>,
) -> Result<Html<String>, PageError> {
    let Path(code) = code?;
    let code = BadgeText::read(&code);
    let invited = invited(&app, code.as_ref())?;
    let found = code.zip(invited);
    let refused = found.is_none();
    let chooses =
        found.map(|(code, invited)| chooses(&app, &code, &invited, &suggestion(&invited)));
    page(&app, chooses, refused, None)
}

/// What was typed. Without a login name only the code is.
#[derive(Deserialize)]
pub(crate) struct Chosen {
    code: String,
    login: Option<String>,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

/// `POST /join`
pub(crate) async fn enter(
    State(app): State<App>,
    headers: HeaderMap,
    form: Result<Form<Chosen>, FormRejection>,
) -> Result<Response, PageError> {
    let Form(chosen) = form?;
    let code = BadgeText::read(&chosen.code);
    let Some((code, invited)) = code.clone().zip(invited(&app, code.as_ref())?) else {
        return Ok((
            StatusCode::UNPROCESSABLE_ENTITY,
            page(&app, None, true, None)?,
        )
            .into_response());
    };
    let Some(login) = chosen.login else {
        let chooses = chooses(&app, &code, &invited, &suggestion(&invited));
        return Ok(page(&app, Some(chooses), false, None)?.into_response());
    };
    let login = login.trim().to_lowercase();
    let again = |wrong: String| -> Result<Response, PageError> {
        let chooses = chooses(&app, &code, &invited, &login);
        let page = page(&app, Some(chooses), false, Some(wrong))?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    if let Some(wrong) = wrong(
        &app.words,
        &login,
        &chosen.password,
        &chosen.again,
        &invited,
    ) {
        return again(wrong);
    }
    let hash = slow_hash(chosen.password).await?;
    let secret = (code.handle(), code.secret());
    match app
        .store
        .accept_invitation(secret, &login, &hash, app.now())?
    {
        Accepted::Done(person) => {
            let until = app.now().plus_ms(STAFF_MS);
            sign_in::enter(&app, &headers, person, None, until)
        }
        Accepted::LoginTaken => again(app.words.t("join-login-taken")),
        Accepted::Over => Ok((
            StatusCode::UNPROCESSABLE_ENTITY,
            page(&app, None, true, None)?,
        )
            .into_response()),
    }
}

/// The words for what is wrong with what somebody chose, if anything is.
fn wrong(
    words: &Words,
    login: &str,
    password: &str,
    again: &str,
    invited: &Invited,
) -> Option<String> {
    let fits = LOGIN.contains(&login.len())
        && login
            .chars()
            .all(|sign| sign.is_alphanumeric() || "._-+@".contains(sign));
    if !fits {
        return Some(words.t("join-login-wrong"));
    }
    let names = [invited.name.given.as_str(), &invited.name.family, login];
    password::wrong(words, password, again, &names)
}
