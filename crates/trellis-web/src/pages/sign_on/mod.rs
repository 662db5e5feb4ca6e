//! The way to another service and back: who comes back is signed in, or linked to who they are here.

use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_store::Linked;

use crate::app::App;
use crate::error::PageError;
use crate::pages::{account, second};
use crate::session::{MaybeSignedIn, STAFF_MS, SignedIn, cookies, enter};
use crate::sign_on::{Drawn, Said, Service};

/// What was drawn, in the browser that went; it comes back from another site, so it must be sent then too.
const COOKIE: &str = "__Host-trellis-on";
/// How long somebody may take at the other service, in seconds.
const WAIT_S: u32 = 600;

/// What the way is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Purpose {
    /// To sign in.
    Enter,
    /// To link the service to who is signed in already.
    Link,
}

fn cookie(text: &str) -> Result<HeaderValue, PageError> {
    HeaderValue::from_str(text).map_err(|error| PageError::failed(&error))
}

fn over() -> Result<HeaderValue, PageError> {
    cookie(&format!(
        "{COOKIE}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"
    ))
}

fn draw() -> Result<Drawn, PageError> {
    let text = || App::chance().map(|drawn| format!("{drawn:032x}"));
    Ok(Drawn {
        state: text()?,
        nonce: text()?,
        verifier: format!("{}{}", text()?, text()?),
    })
}

/// What stands in the cookie: the service, what for, and the three that were drawn.
fn drawn(headers: &HeaderMap, service: &Service) -> Option<(Purpose, Drawn)> {
    let (_, value) = cookies(headers).find(|(name, _)| *name == COOKIE)?;
    let parts: Vec<&str> = value.split('.').collect();
    let [id, purpose, state, nonce, verifier] = parts.as_slice() else {
        return None;
    };
    let hex = |text: &str, length: usize| {
        text.len() == length && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    if *id != service.issuer.id || !hex(state, 32) || !hex(nonce, 32) || !hex(verifier, 64) {
        return None;
    }
    let purpose = match *purpose {
        "enter" => Purpose::Enter,
        "link" => Purpose::Link,
        _ => return None,
    };
    let drawn = Drawn {
        state: (*state).to_owned(),
        nonce: (*nonce).to_owned(),
        verifier: (*verifier).to_owned(),
    };
    Some((purpose, drawn))
}

fn refused(why: &str) -> Result<Response, PageError> {
    let to = Redirect::to(&format!("/sign-in?on={why}#staff"));
    Ok(([(header::SET_COOKIE, over()?)], to).into_response())
}

async fn go(app: &App, id: &str, purpose: Purpose) -> Result<Response, PageError> {
    let service = app.sign_ons.service(id).ok_or(Refusal::NotFound)?;
    let drawn = draw()?;
    let door = match service.door(&drawn, &app.sign_ons.back(service)).await {
        Ok(door) => door,
        Err(failed) => {
            crate::log::error(&failed.to_string());
            return refused("away");
        }
    };
    let word = match purpose {
        Purpose::Enter => "enter",
        Purpose::Link => "link",
    };
    let kept = cookie(&format!(
        "{COOKIE}={id}.{word}.{}.{}.{}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={WAIT_S}",
        drawn.state, drawn.nonce, drawn.verifier
    ))?;
    Ok(([(header::SET_COOKIE, kept)], Redirect::to(&door)).into_response())
}

/// `GET /sign-on/{issuer}`
pub(crate) async fn begin(
    State(app): State<App>,
    Path(issuer): Path<String>,
) -> Result<Response, PageError> {
    go(&app, &issuer, Purpose::Enter).await
}

/// `GET /sign-on/{issuer}/link`
pub(crate) async fn link(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(issuer): Path<String>,
) -> Result<Response, PageError> {
    account::adult(signed_in)?;
    go(&app, &issuer, Purpose::Link).await
}

/// What a service sends back.
#[derive(Debug, Deserialize)]
pub(crate) struct Came {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    /// Which service it is by its own word (RFC 9207).
    iss: Option<String>,
}

/// `GET /sign-on/{issuer}/back`
pub(crate) async fn back(
    State(app): State<App>,
    MaybeSignedIn(viewer): MaybeSignedIn,
    Path(issuer): Path<String>,
    headers: HeaderMap,
    came: Result<Query<Came>, QueryRejection>,
) -> Result<Response, PageError> {
    let Query(came) = came?;
    let service = app.sign_ons.service(&issuer).ok_or(Refusal::NotFound)?;
    let Some((purpose, drawn)) = drawn(&headers, service) else {
        return refused("refused");
    };
    let other = came.iss.is_some_and(|iss| iss != service.issuer.address);
    if came.state != drawn.state || came.code.is_empty() || other {
        return refused("refused");
    }
    let to = app.sign_ons.back(service);
    let said = match service.who(&came.code, &drawn, &to, app.now()).await {
        Ok(said) => said,
        Err(failed) => {
            crate::log::error(&failed.to_string());
            return refused("refused");
        }
    };
    match (purpose, viewer) {
        (Purpose::Enter, _) => sign_in(&app, &headers, service, &said),
        (Purpose::Link, Some(viewer)) if service.takes(viewer.role()) => {
            let linked = app.store.link_sign_on(
                &service.issuer.address,
                &said.subject,
                viewer.person(),
                app.now(),
            )?;
            let done = match linked {
                Linked::Yes => "linked",
                Linked::Taken => "taken",
            };
            let to = Redirect::to(&format!("/account?done={done}"));
            Ok(([(header::SET_COOKIE, over()?)], to).into_response())
        }
        (Purpose::Link, _) => refused("refused"),
    }
}

/// Who a token's word is here: by the link, or the first time by the school's own number. Never by an address of mail.
fn found(
    app: &App,
    service: &Service,
    said: &Said,
) -> Result<Result<(PersonId, Role), &'static str>, PageError> {
    let issuer = &service.issuer.address;
    if let Some(known) = app.store.signed_on(issuer, &said.subject)? {
        return Ok(Ok(known));
    }
    let Some(sourced_id) = &said.sourced_id else {
        return Ok(Err("unknown"));
    };
    let Some((person, role)) = app.store.on_roster(sourced_id)? else {
        return Ok(Err("unknown"));
    };
    if !service.takes(role) {
        return Ok(Err("unknown"));
    }
    let linked = app
        .store
        .link_sign_on(issuer, &said.subject, person, app.now())?;
    Ok(match linked {
        Linked::Yes => Ok((person, role)),
        Linked::Taken => Err("taken"),
    })
}

fn sign_in(
    app: &App,
    headers: &HeaderMap,
    service: &Service,
    said: &Said,
) -> Result<Response, PageError> {
    let (person, role) = match found(app, service, said)? {
        Ok((person, role)) if service.takes(role) => (person, role),
        Ok(_) => return refused("unknown"),
        Err(why) => return refused(why),
    };
    let mut reply = match role {
        Role::Learner => enter(app, headers, person, None, app.now().plus_ms(STAFF_MS))?,
        _ => second::after_password(app, headers, person)?,
    };
    reply.headers_mut().append(header::SET_COOKIE, over()?);
    Ok(reply)
}

/// Which service is cut.
#[derive(Debug, Deserialize)]
pub(crate) struct Cut {
    issuer: String,
}

/// `POST /account/sign-on`: cuts a link.
pub(crate) async fn cut(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<Cut>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(cut) = form?;
    let viewer = account::adult(signed_in)?;
    app.store.cut_sign_on(&viewer, &cut.issuer)?;
    Ok(Redirect::to("/account?done=cut"))
}
