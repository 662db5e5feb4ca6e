//! Passkeys: made on the account page, and signing in with one. What the browser and the device do between is in `passkey.js`.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_store::{NewPasskey, Viewer};

use crate::app::App;
use crate::error::PageError;
use crate::pages::account;
use crate::passkey::{self, ALGORITHMS, CHALLENGE_BYTES, New, Passkeys, Signed};
use crate::session::{self, STAFF_MS, SignedIn, token};
use crate::tries::{Tried, Whose, try_secret};

/// How long a question waits for its answer.
const WAIT_MS: i64 = 5 * 60_000;
/// Who signs in with no password must have done so this lately to make a key.
const LATELY_MS: i64 = 10 * 60_000;
/// The longest name of a key, in letters.
const LONGEST_NAME: usize = 60;

fn house(app: &App) -> Result<&Passkeys, PageError> {
    app.passkeys.as_deref().ok_or(Refusal::NotFound.into())
}

fn draw() -> Result<[u8; CHALLENGE_BYTES], PageError> {
    let mut bytes = [0; CHALLENGE_BYTES];
    let (first, second) = bytes.split_at_mut(CHALLENGE_BYTES / 2);
    first.copy_from_slice(&App::chance()?.to_be_bytes());
    second.copy_from_slice(&App::chance()?.to_be_bytes());
    Ok(bytes)
}

/// Bytes as a form carries them. What is no such text is no bytes, and fails where it is looked at.
fn bytes(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap_or_default()
}

/// What a browser is asked to have made.
#[derive(Debug, Serialize)]
pub(crate) struct Wanted {
    challenge: String,
    host: String,
    /// What the device knows the person by.
    handle: String,
    /// What it shows them of themselves.
    login: String,
    name: String,
    algorithms: [i64; 3],
    /// Keys that they have: no second one on the same device.
    have: Vec<String>,
    wait_ms: i64,
}

/// What proves that it is still the same person.
#[derive(Deserialize)]
pub(crate) struct Proof {
    #[serde(default)]
    password: String,
}

/// A reply to the script.
fn json(said: &impl Serialize) -> Result<Response, PageError> {
    let text = serde_json::to_string(said).map_err(|error| PageError::failed(&error))?;
    Ok(([(header::CONTENT_TYPE, "application/json")], text).into_response())
}

/// Words to show when something is wrong.
fn wrong(app: &App, key: &str) -> Result<Response, PageError> {
    json(&serde_json::json!({ "wrong": app.words.t(key) }))
}

/// `POST /account/passkeys/begin`
pub(crate) async fn begin(
    State(app): State<App>,
    signed_in: SignedIn,
    headers: HeaderMap,
    form: Result<Form<Proof>, FormRejection>,
) -> Result<Response, PageError> {
    let Form(Proof { password }) = form?;
    let viewer = account::adult(signed_in)?;
    let house = house(&app)?;
    let login = app.store.own_login(&viewer)?;
    match &login {
        Some(login) => match try_secret(&app, Whose::Password(login.clone()), password).await? {
            Tried::Fits(person) if person == viewer.person() => app.store.forgive(person)?,
            Tried::Fits(_) | Tried::No => return wrong(&app, "account-wrong"),
            Tried::Locked => return wrong(&app, "account-locked"),
        },
        None if !is_lately_in(&app, &viewer, &headers)? => {
            return wrong(&app, "passkey-anew");
        }
        None => {}
    }
    let challenge = draw()?;
    let now = app.now();
    let person = viewer.person();
    app.store
        .ask_passkey(&challenge, Some(person), now, now.plus_ms(WAIT_MS))?;
    let have = app.store.passkeys(&viewer)?;
    let name = app.store.own_name(&viewer)?;
    let name = format!("{} {}", name.given, name.family);
    let wanted = Wanted {
        challenge: URL_SAFE_NO_PAD.encode(challenge),
        host: house.host().to_owned(),
        handle: URL_SAFE_NO_PAD.encode(passkey::handle(person)),
        login: login.unwrap_or_else(|| name.clone()),
        name,
        algorithms: ALGORITHMS,
        have: have
            .iter()
            .map(|key| URL_SAFE_NO_PAD.encode(&key.credential))
            .collect(),
        wait_ms: WAIT_MS,
    };
    json(&wanted)
}

fn is_lately_in(app: &App, viewer: &Viewer, headers: &HeaderMap) -> Result<bool, PageError> {
    let token = token(headers).ok_or(Refusal::SignInFirst)?;
    let now = app.now();
    let sign_ins = app.store.sign_ins(viewer, token.as_bytes(), now)?;
    let own = sign_ins.iter().find(|one| one.own);
    let since = own.and_then(|one| one.since);
    Ok(since.is_some_and(|since| since.plus_ms(LATELY_MS) > now))
}

/// A new key, as the script hands it over.
#[derive(Deserialize)]
pub(crate) struct Made {
    name: String,
    client: String,
    authenticator: String,
    key: String,
    algorithm: i64,
}

/// `POST /account/passkeys`
pub(crate) async fn add(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<Made>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(made) = form?;
    let viewer = account::adult(signed_in)?;
    let house = house(&app)?;
    let (client, authenticator) = (bytes(&made.client), bytes(&made.authenticator));
    let refused = || Ok(Redirect::to("/account?done=no-passkey"));
    let Some(challenge) = passkey::question(&client) else {
        return refused();
    };
    let person = Some(viewer.person());
    if !app.store.answer_passkey(&challenge, person, app.now())? {
        return refused();
    }
    let public_key = bytes(&made.key);
    let new = New {
        client: &client,
        authenticator: &authenticator,
        public_key: &public_key,
        algorithm: made.algorithm,
    };
    let (credential, counter) = match passkey::made(house, &challenge, &new) {
        Ok(found) => found,
        Err(doubt) => {
            crate::log::error(&format!("a new passkey is not believed: {doubt:?}"));
            return refused();
        }
    };
    let name: String = made.name.trim().chars().take(LONGEST_NAME).collect();
    let key = NewPasskey {
        credential,
        name,
        algorithm: made.algorithm,
        public_key,
        counter,
    };
    Ok(match app.store.add_passkey(&viewer, key, app.now())? {
        true => Redirect::to("/account?done=passkey"),
        false => Redirect::to("/account?done=no-passkey"),
    })
}

/// Which key goes.
#[derive(Debug, Deserialize)]
pub(crate) struct Cut {
    credential: String,
}

/// `POST /account/passkeys/cut`
pub(crate) async fn cut(
    State(app): State<App>,
    signed_in: SignedIn,
    headers: HeaderMap,
    form: Result<Form<Cut>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(cut) = form?;
    let viewer = account::adult(signed_in)?;
    let token = token(&headers).ok_or(Refusal::SignInFirst)?;
    app.store
        .cut_passkey(&viewer, &bytes(&cut.credential), token.as_bytes())?;
    Ok(Redirect::to("/account?done=no-more-passkey"))
}

/// What a browser is asked to have signed.
#[derive(Debug, Serialize)]
pub(crate) struct Asked {
    challenge: String,
    host: String,
    wait_ms: i64,
}

/// `POST /sign-in/passkey/begin`
pub(crate) async fn ask(State(app): State<App>) -> Result<Response, PageError> {
    let house = house(&app)?;
    let challenge = draw()?;
    let now = app.now();
    app.store
        .ask_passkey(&challenge, None, now, now.plus_ms(WAIT_MS))?;
    json(&Asked {
        challenge: URL_SAFE_NO_PAD.encode(challenge),
        host: house.host().to_owned(),
        wait_ms: WAIT_MS,
    })
}

/// A signature, as the script hands it over.
#[derive(Deserialize)]
pub(crate) struct Answer {
    credential: String,
    client: String,
    authenticator: String,
    signature: String,
    handle: String,
}

/// `POST /sign-in/passkey`. Whatever is wrong looks the same from outside.
pub(crate) async fn enter(
    State(app): State<App>,
    headers: HeaderMap,
    form: Result<Form<Answer>, FormRejection>,
) -> Result<Response, PageError> {
    let Form(answer) = form?;
    let house = house(&app)?;
    let refused = || Ok(Redirect::to("/sign-in?on=passkey#staff").into_response());
    let (client, credential) = (bytes(&answer.client), bytes(&answer.credential));
    let Some(challenge) = passkey::question(&client) else {
        return refused();
    };
    if !app.store.answer_passkey(&challenge, None, app.now())? {
        return refused();
    }
    let Some(key) = app.store.passkey_of(&credential)? else {
        return refused();
    };
    let (authenticator, signature) = (bytes(&answer.authenticator), bytes(&answer.signature));
    let signed = Signed {
        client: &client,
        authenticator: &authenticator,
        signature: &signature,
        handle: &bytes(&answer.handle),
    };
    let counter = match passkey::signed(house, &challenge, &key, &signed) {
        Ok(counter) if key.role != Role::Learner => counter,
        Ok(_) => return refused(),
        Err(doubt) => {
            crate::log::error(&format!("a passkey is not believed: {doubt:?}"));
            return refused();
        }
    };
    if !app.store.use_passkey(&credential, counter, app.now())? {
        crate::log::error("a passkey is not believed: it was copied");
        return refused();
    }
    let until = app.now().plus_ms(STAFF_MS);
    session::enter_by_passkey(&app, &headers, key.person, until)
}
