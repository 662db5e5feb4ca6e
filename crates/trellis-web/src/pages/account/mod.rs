//! How an adult signs in: another password, and where they are signed in now.

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_store::{Passkey, SignIn, Viewer};

use crate::app::App;
use crate::day;
use crate::error::PageError;
use crate::layout::Shell;
use crate::password::{self, LEAST};
use crate::session::{SignedIn, token};
use crate::sign_on::Issuer;
use crate::tries::{Tried, Whose, slow_hash, try_secret};
use crate::words::{Words, small};

#[derive(Template)]
#[template(path = "pages/account/account.html")]
struct Page {
    shell: Shell,
    /// What just happened, in words.
    done: Option<String>,
    /// What is wrong with what was typed.
    wrong: Option<String>,
    /// The name to sign in with, where it goes with a password.
    login: Option<String>,
    rules: String,
    sign_ins: Vec<String>,
    others: bool,
    /// Whether a code is asked for beside the password.
    second: bool,
    services: Vec<ServiceView>,
    /// Their passkeys; `None` where there can be none.
    passkeys: Option<Vec<KeyView>>,
}

/// A passkey.
struct KeyView {
    name: String,
    credential: String,
    /// Since when, and when it was last used.
    since: String,
}

fn passkeys(app: &App, viewer: &Viewer) -> Result<Option<Vec<KeyView>>, PageError> {
    if app.passkeys.is_none() {
        return Ok(None);
    }
    let words = &app.words;
    let view = |key: &Passkey| {
        let since = words.one("passkey-since", "day", &day::in_words(key.since, words));
        let used = key.used.map(|used| day::in_words(used, words));
        let used = used.map(|day| words.one("passkey-used", "day", &day));
        KeyView {
            name: key.name.clone(),
            credential: URL_SAFE_NO_PAD.encode(&key.credential),
            since: used.map_or(since.clone(), |used| format!("{since}. {used}")),
        }
    };
    Ok(Some(app.store.passkeys(viewer)?.iter().map(view).collect()))
}

/// Another service at which somebody can sign on.
struct ServiceView {
    name: String,
    issuer: String,
    /// Since when; `None` where it is not linked.
    since: Option<String>,
    link: String,
}

fn services(app: &App, viewer: &Viewer) -> Result<Vec<ServiceView>, PageError> {
    let linked = app.store.sign_ons(viewer)?;
    let offered = app.sign_ons.all().filter(|one| one.takes(viewer.role()));
    let view = |issuer: &Issuer| {
        let mut linked = linked.iter();
        let found = linked.find(|link| link.issuer == issuer.address);
        let since = found.map(|link| day::in_words(link.since, &app.words));
        ServiceView {
            name: issuer.name.clone(),
            issuer: issuer.address.clone(),
            since: since.map(|day| app.words.one("sign-on-since", "day", &day)),
            link: format!("/sign-on/{}/link", issuer.id),
        }
    };
    Ok(offered.map(view).collect())
}

/// What just happened.
#[derive(Debug, Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

/// What can have happened.
const DONE: [&str; 8] = [
    "changed",
    "ended",
    "linked",
    "taken",
    "cut",
    "passkey",
    "no-passkey",
    "no-more-passkey",
];

/// Students sign in by a badge or pictures, inside a class session that ends their sign-in too.
pub(crate) fn adult(SignedIn(viewer): SignedIn) -> Result<Viewer, PageError> {
    match viewer.role() {
        Role::Learner => Err(Refusal::NotYours.into()),
        Role::Guardian | Role::Teacher | Role::Leader | Role::Operator => Ok(viewer),
    }
}

fn own_token(headers: &HeaderMap) -> Result<String, PageError> {
    token(headers).ok_or(PageError::Refused(Refusal::SignInFirst))
}

fn line(words: &Words, one: &SignIn) -> String {
    let day = one.since.map_or_else(
        || words.t("account-since-unknown"),
        |at| day::in_words(at, words),
    );
    let key = if one.own {
        "account-here"
    } else {
        "account-elsewhere"
    };
    words.one(key, "day", &day)
}

fn show(
    app: &App,
    viewer: &Viewer,
    headers: &HeaderMap,
    done: Option<&str>,
    wrong: Option<String>,
) -> Result<Html<String>, PageError> {
    let words = app.words.clone();
    let token = own_token(headers)?;
    let sign_ins = app.store.sign_ins(viewer, token.as_bytes(), app.now())?;
    let page = Page {
        done: words.done("account", &DONE, done),
        wrong,
        login: app.store.own_login(viewer)?,
        second: app
            .store
            .second_factor(viewer.person())?
            .is_some_and(|factor| factor.since.is_some()),
        services: services(app, viewer)?,
        passkeys: passkeys(app, viewer)?,
        rules: words.count("join-rules", "least", small(LEAST)),
        others: sign_ins.iter().any(|one| !one.own),
        sign_ins: sign_ins.iter().map(|one| line(&words, one)).collect(),
        shell: Shell::of(words.clone(), words.t("account-title"), viewer, "/account")
            .with_passkeys(app),
    };
    Ok(Html(page.render()?))
}

/// `GET /account`
pub(crate) async fn page(
    State(app): State<App>,
    signed_in: SignedIn,
    headers: HeaderMap,
    query: Result<Query<Done>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let viewer = adult(signed_in)?;
    let Query(Done { done }) = query?;
    show(&app, &viewer, &headers, done.as_deref(), None)
}

/// The password that is, and the one that is to be, twice.
#[derive(Deserialize)]
pub(crate) struct Change {
    present: String,
    password: String,
    again: String,
}

/// `POST /account`
pub(crate) async fn change(
    State(app): State<App>,
    signed_in: SignedIn,
    headers: HeaderMap,
    form: Result<Form<Change>, FormRejection>,
) -> Result<Response, PageError> {
    let Form(change) = form?;
    let viewer = adult(signed_in)?;
    let login = app.store.own_login(&viewer)?.ok_or(Refusal::NotYours)?;
    let name = app.store.own_name(&viewer)?;
    let again = |wrong: String| -> Result<Response, PageError> {
        let page = show(&app, &viewer, &headers, None, Some(wrong))?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    let names = [name.given.as_str(), &name.family, &login];
    if let Some(wrong) = password::wrong(&app.words, &change.password, &change.again, &names) {
        return again(wrong);
    }
    match try_secret(&app, Whose::Password(login), change.present).await? {
        Tried::Fits(person) if person == viewer.person() => {}
        Tried::Fits(_) | Tried::No => return again(app.words.t("account-wrong")),
        Tried::Locked => return again(app.words.t("account-locked")),
    }
    let hash = slow_hash(change.password).await?;
    let token = own_token(&headers)?;
    app.store
        .change_password(&viewer, token.as_bytes(), &hash)?;
    Ok(Redirect::to("/account?done=changed").into_response())
}

/// `POST /account/end`: every other sign-in.
pub(crate) async fn end(
    State(app): State<App>,
    signed_in: SignedIn,
    headers: HeaderMap,
) -> Result<Redirect, PageError> {
    let viewer = adult(signed_in)?;
    let token = own_token(&headers)?;
    app.store.end_other_sign_ins(&viewer, token.as_bytes())?;
    Ok(Redirect::to("/account?done=ended"))
}
