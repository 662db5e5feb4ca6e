//! The second factor: asked for at sign-in, set up and ended by the person.

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use trellis_core::id::PersonId;
use trellis_core::refusal::Refusal;
use trellis_store::{SecondFactor, Viewer};

use crate::app::App;
use crate::badge::qr_svg;
use crate::day;
use crate::error::PageError;
use crate::layout::Shell;
use crate::one_time::{self, Code, try_code};
use crate::pages::account;
use crate::session::{self, STAFF_MS, SignedIn};
use crate::tries::{Tried, Whose, try_secret};
use crate::words::small;

/// How long a right password waits for its code.
const WAIT_MS: i64 = 5 * 60_000;

#[derive(Template)]
#[template(path = "pages/second/ask.html")]
struct Asks {
    shell: Shell,
    wrong: Option<String>,
}

fn asks(app: &App, wrong: Option<String>) -> Result<Html<String>, PageError> {
    let shell = Shell::plain(app.words.clone(), "second-ask-title");
    Ok(Html(Asks { shell, wrong }.render()?))
}

/// A right password: signs in, or asks for a code where the person has set that up.
pub(crate) fn after_password(
    app: &App,
    headers: &HeaderMap,
    person: PersonId,
) -> Result<Response, PageError> {
    let factor = app.store.second_factor(person)?;
    if factor.is_none_or(|factor| factor.since.is_none()) {
        return session::enter(app, headers, person, None, app.now().plus_ms(STAFF_MS));
    }
    let (token, cookie) = session::half_cookie()?;
    let now = app.now();
    app.store
        .begin_half_sign_in(token.as_bytes(), person, now, now.plus_ms(WAIT_MS))?;
    Ok((
        [(header::SET_COOKIE, cookie)],
        Redirect::to("/sign-in/code"),
    )
        .into_response())
}

/// `GET /sign-in/code`
pub(crate) async fn ask(State(app): State<App>, headers: HeaderMap) -> Result<Response, PageError> {
    let waits = match session::half_token(&headers) {
        Some(token) => app.store.half_signed_in(token.as_bytes(), app.now())?,
        None => None,
    };
    match waits {
        Some(_) => Ok(asks(&app, None)?.into_response()),
        None => Ok(Redirect::to("/sign-in").into_response()),
    }
}

/// A code, as somebody typed it.
#[derive(Deserialize)]
pub(crate) struct Typed {
    code: String,
}

/// `POST /sign-in/code`
pub(crate) async fn enter(
    State(app): State<App>,
    headers: HeaderMap,
    form: Result<Form<Typed>, FormRejection>,
) -> Result<Response, PageError> {
    let Form(Typed { code }) = form?;
    let over = || Ok(Redirect::to("/sign-in?staff=refused#staff").into_response());
    let Some(token) = session::half_token(&headers) else {
        return over();
    };
    let Some(person) = app.store.half_signed_in(token.as_bytes(), app.now())? else {
        return over();
    };
    let factor = app.store.second_factor(person)?;
    let Some(factor) = factor.filter(|factor| factor.since.is_some()) else {
        return over();
    };
    match try_code(&app.store, person, &factor, &code, app.now())? {
        Code::Fits => {
            app.store.end_half_sign_in(token.as_bytes())?;
            let mut reply =
                session::enter(&app, &headers, person, None, app.now().plus_ms(STAFF_MS))?;
            reply
                .headers_mut()
                .append(header::SET_COOKIE, session::half_over()?);
            Ok(reply)
        }
        Code::No => {
            let page = asks(&app, Some(app.words.t("second-wrong")))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Code::Locked => {
            app.store.end_half_sign_in(token.as_bytes())?;
            over()
        }
    }
}

/// What is being set up.
struct Setting {
    qr: String,
    letters: String,
}

#[derive(Template)]
#[template(path = "pages/second/second.html")]
struct Page {
    shell: Shell,
    done: Option<String>,
    /// Whether nothing else opens before it is set up.
    first: bool,
    wrong: Option<String>,
    /// Since when codes are asked for, and how many on paper are left.
    on: Option<(String, String)>,
    setting: Option<Setting>,
    /// Codes on paper, shown this once.
    codes: Vec<String>,
    codes_text: String,
}

fn show(
    app: &App,
    viewer: &Viewer,
    login: &str,
    done: Option<&str>,
    wrong: Option<String>,
    codes: &[String],
) -> Result<Html<String>, PageError> {
    let words = app.words.clone();
    let factor = app.store.second_factor(viewer.person())?;
    let (mut on, mut setting) = (None, None);
    match factor {
        Some(SecondFactor {
            since: Some(since), ..
        }) => {
            let left = app.store.recovery_codes_left(viewer)?;
            let left = u16::try_from(left).unwrap_or(u16::MAX);
            on = Some((
                words.one("second-on", "day", &day::in_words(since, &words)),
                words.count("second-left", "count", left),
            ));
        }
        Some(SecondFactor {
            secret,
            since: None,
        }) => {
            setting = Some(Setting {
                qr: qr_svg(&one_time::address(&secret, login), &words.t("second-qr"))?,
                letters: one_time::letters(&secret),
            });
        }
        None => {}
    }
    let page = Page {
        done: words.done("second", &["ended"], done),
        first: app.needs_code(viewer),
        wrong,
        on,
        setting,
        codes: codes.iter().map(|code| one_time::grouped(code)).collect(),
        codes_text: words.count("second-codes-text", "count", small(codes.len())),
        shell: Shell::of(words.clone(), words.t("second-title"), viewer, "/account"),
    };
    Ok(Html(page.render()?))
}

/// Who signs in with a password, and their login name.
fn with_password(app: &App, signed_in: SignedIn) -> Result<(Viewer, String), PageError> {
    let viewer = account::adult(signed_in)?;
    let login = app.store.own_login(&viewer)?.ok_or(Refusal::NotYours)?;
    Ok((viewer, login))
}

/// What just happened.
#[derive(Debug, Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

/// `GET /account/second`
pub(crate) async fn page(
    State(app): State<App>,
    signed_in: SignedIn,
    query: Result<Query<Done>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let (viewer, login) = with_password(&app, signed_in)?;
    let Query(Done { done }) = query?;
    show(&app, &viewer, &login, done.as_deref(), None, &[])
}

/// What somebody wants of their second factor.
#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case")]
pub(crate) enum Wish {
    /// To set it up.
    Begin {
        /// The password that is.
        password: String,
    },
    /// To show that the app has the secret.
    Confirm {
        /// A code of it.
        code: String,
    },
    /// To do without it.
    End {
        /// The password that is.
        password: String,
        /// A code.
        code: String,
    },
}

/// `POST /account/second`
pub(crate) async fn act(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<Wish>, FormRejection>,
) -> Result<Response, PageError> {
    let Form(wish) = form?;
    let (viewer, login) = with_password(&app, signed_in)?;
    let factor = app.store.second_factor(viewer.person())?;
    let again = |key: &str| -> Result<Response, PageError> {
        let page = show(&app, &viewer, &login, None, Some(app.words.t(key)), &[])?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    match wish {
        Wish::Begin { password } => {
            match try_secret(&app, Whose::Password(login.clone()), password).await? {
                Tried::Fits(_) => {}
                Tried::No => return again("account-wrong"),
                Tried::Locked => return again("account-locked"),
            }
            app.store.forgive(viewer.person())?;
            app.store
                .begin_second_factor(&viewer, one_time::draw_secret()?)?;
            Ok(Redirect::to("/account/second").into_response())
        }
        Wish::Confirm { code } => {
            let Some(SecondFactor {
                secret,
                since: None,
            }) = factor
            else {
                return Err(Refusal::NothingToUndo.into());
            };
            let Some(step) = one_time::step_of(&secret, &code, app.now()) else {
                return again("second-wrong");
            };
            let codes = one_time::draw_codes()?;
            app.store
                .confirm_second_factor(&viewer, step, &codes, app.now())?;
            Ok(show(&app, &viewer, &login, None, None, &codes)?.into_response())
        }
        Wish::End { password, code } => {
            let Some(factor @ SecondFactor { since: Some(_), .. }) = factor else {
                return Err(Refusal::NothingToUndo.into());
            };
            match try_secret(&app, Whose::Password(login.clone()), password).await? {
                Tried::Fits(_) => {}
                Tried::No => return again("account-wrong"),
                Tried::Locked => return again("account-locked"),
            }
            match try_code(&app.store, viewer.person(), &factor, &code, app.now())? {
                Code::Fits => {}
                Code::No => return again("second-wrong"),
                Code::Locked => return again("account-locked"),
            }
            app.store.forgive(viewer.person())?;
            app.store.end_second_factor(viewer.person())?;
            Ok(Redirect::to("/account/second?done=ended").into_response())
        }
    }
}
