//! Passkeys from the first question to a page that opens, with a device of our own that can be told to do wrong. A real
//! browser with a device of its own is in `tests/browser/passkeys.test.mjs`.

use std::sync::Arc;

use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use axum::body::Body;
use axum::http::{Method, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use trellis_core::id::PersonId;
use trellis_web::{App, Passkeys, hash_secret, router};

use crate::school::{Reply, ask, request};
use crate::teacher_class::{GUARDIAN, LEADER, LEARNERS, NOW, School, TEACHER};

const PASSWORD: &str = "my cat sleeps on the piano";
const NAME: &[u8] = b"the name of this key";

fn school() -> School {
    let mut school = School::new();
    let hash = hash_secret(PASSWORD).unwrap();
    let login = Some("ngozi".to_owned());
    school
        .store
        .set_credentials(vec![(TEACHER, "password", login, hash)])
        .unwrap();
    let app = App::new(Arc::clone(&school.store)).unwrap();
    let passkeys = Passkeys::at("https://trellis.test").unwrap();
    school.router = router(
        app.with_clock(|| NOW)
            .with_code_for_staff(true)
            .with_passkeys(passkeys),
    );
    school
}

fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn form(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", value.replace(' ', "+")))
        .collect();
    pairs.join("&")
}

/// A device with one key.
struct Device {
    pair: Ed25519KeyPair,
    handle: String,
    counter: u32,
}

impl Device {
    fn said(&self, flags: u8) -> Vec<u8> {
        let mut said = Sha256::digest(b"trellis.test").to_vec();
        said.push(flags);
        said.extend_from_slice(&self.counter.to_be_bytes());
        said
    }

    fn makes(&mut self, asked: &Value) -> String {
        asked["handle"]
            .as_str()
            .unwrap()
            .clone_into(&mut self.handle);
        let mut said = self.said(1 | 1 << 2 | 1 << 6);
        said.extend_from_slice(&[0; 16]);
        said.extend_from_slice(&u16::try_from(NAME.len()).unwrap().to_be_bytes());
        said.extend_from_slice(NAME);
        said.extend_from_slice(b"\xa4");
        let public: PublicKeyX509Der<'_> = self.pair.public_key().as_der().unwrap();
        form(&[
            ("name", "My <telephone>"),
            ("client", &client("webauthn.create", asked)),
            ("authenticator", &text(&said)),
            ("key", &text(public.as_ref())),
            ("algorithm", "-8"),
        ])
    }

    fn signs(&self, asked: &Value) -> String {
        let client = client("webauthn.get", asked);
        let said = self.said(1 | 1 << 2);
        let mut message = said.clone();
        message.extend_from_slice(&Sha256::digest(URL_SAFE_NO_PAD.decode(&client).unwrap()));
        form(&[
            ("credential", &text(NAME)),
            ("client", &client),
            ("authenticator", &text(&said)),
            ("signature", &text(self.pair.sign(&message).as_ref())),
            ("handle", &self.handle),
        ])
    }
}

fn client(purpose: &str, asked: &Value) -> String {
    let written = json!({
        "type": purpose, "challenge": asked["challenge"], "origin": "https://trellis.test", "crossOrigin": false,
    });
    text(written.to_string().as_bytes())
}

fn device() -> Device {
    Device {
        pair: Ed25519KeyPair::generate().unwrap(),
        handle: String::new(),
        counter: 1,
    }
}

async fn asked_to_make(school: &School, person: PersonId, password: &str) -> Value {
    let form = form(&[("password", password)]);
    let reply = school.post("/account/passkeys/begin", &form, person).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    serde_json::from_str(&reply.body).unwrap()
}

async fn post(school: &School, path: &str, form: String) -> Reply {
    let request = request(Method::POST, path, None, Body::from(form));
    ask(&school.router, request).await
}

async fn asked_to_sign(school: &School) -> Value {
    let reply = post(school, "/sign-in/passkey/begin", String::new()).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    serde_json::from_str(&reply.body).unwrap()
}

/// A school whose teacher has a passkey.
async fn with_passkey() -> (School, Device) {
    let school = school();
    let mut device = device();
    let asked = asked_to_make(&school, TEACHER, PASSWORD).await;
    let made = device.makes(&asked);
    let reply = school.post("/account/passkeys", &made, TEACHER).await;
    assert_eq!(reply.location, "/account?done=passkey");
    (school, device)
}

#[tokio::test]
async fn a_passkey_is_made_by_who_knows_the_password_and_opens_what_a_password_alone_does_not() {
    let (school, mut device) = with_passkey().await;
    let page = school.get("/account", Some(TEACHER)).await;
    assert!(
        page.body.contains("My &#60;telephone&#62;"),
        "{}",
        page.body
    );
    // The password alone opens nothing where staff need more.
    let sent = school.get("/teach", Some(TEACHER)).await;
    assert_eq!(sent.location, "/account/second");
    device.counter = 2;
    let asked = asked_to_sign(&school).await;
    let signed = device.signs(&asked);
    let reply = post(&school, "/sign-in/passkey", signed.clone()).await;
    assert_eq!(reply.to(), "/");
    let cookie = reply.cookie().unwrap();
    let open = request(Method::GET, "/kept", Some(&cookie), Body::empty());
    assert_eq!(ask(&school.router, open).await.status, StatusCode::OK);
    let page = school.get("/account", Some(TEACHER)).await;
    assert!(page.body.contains("Last used"));
    // The same answer a second time, the same count, and an older one sign nobody in.
    let again = post(&school, "/sign-in/passkey", signed).await;
    assert_eq!(again.to(), "/sign-in?on=passkey#staff");
    for counter in [2, 1, 0] {
        device.counter = counter;
        let asked = asked_to_sign(&school).await;
        let reply = post(&school, "/sign-in/passkey", device.signs(&asked)).await;
        assert_eq!(reply.to(), "/sign-in?on=passkey#staff", "{counter}");
    }
}

#[tokio::test]
async fn no_one_else_makes_or_uses_a_key() {
    let (school, mut device) = with_passkey().await;
    let wrong = asked_to_make(&school, TEACHER, "not my password").await;
    assert_eq!(wrong["wrong"], "That is not your password now.");
    // A question is for who was asked, and for what they were asked.
    let asked = asked_to_make(&school, TEACHER, PASSWORD).await;
    assert_eq!(asked["have"], json!([text(NAME)]));
    let made = device.makes(&asked);
    let refused = school.post("/account/passkeys", &made, GUARDIAN).await;
    assert_eq!(refused.location, "/account?done=no-passkey");
    device.counter = 9;
    let signed = device.signs(&asked);
    let refused = post(&school, "/sign-in/passkey", signed).await;
    assert_eq!(refused.to(), "/sign-in?on=passkey#staff");
    let open = asked_to_sign(&school).await;
    let mut of_open = asked.clone();
    of_open["challenge"] = open["challenge"].clone();
    let refused = school
        .post("/account/passkeys", &device.makes(&of_open), TEACHER)
        .await;
    assert_eq!(refused.location, "/account?done=no-passkey");
    // The key is somebody's already.
    let taken = school.post("/account/passkeys", &made, TEACHER).await;
    assert_eq!(taken.location, "/account?done=no-passkey");
    // A device that takes somebody for somebody else, and one that nobody knows.
    let asked = asked_to_sign(&school).await;
    let mut other = device.signs(&asked);
    other.truncate(other.rfind('=').unwrap() + 1);
    let refused = post(&school, "/sign-in/passkey", other).await;
    assert_eq!(refused.to(), "/sign-in?on=passkey#staff");
    let asked = asked_to_sign(&school).await;
    let unknown = device.signs(&asked).replace(&text(NAME), &text(b"unknown"));
    let refused = post(&school, "/sign-in/passkey", unknown).await;
    assert_eq!(refused.to(), "/sign-in?on=passkey#staff");
    // Students sign in with badges and pictures.
    let learner = school
        .post("/account/passkeys/begin", "password=x", LEARNERS[0])
        .await;
    assert_eq!(learner.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_key_that_is_taken_away_opens_nothing_and_ends_what_it_has_opened() {
    let (school, mut device) = with_passkey().await;
    device.counter = 2;
    let asked = asked_to_sign(&school).await;
    let reply = post(&school, "/sign-in/passkey", device.signs(&asked)).await;
    let cookie = reply.cookie().unwrap();
    let cut = format!("credential={}", text(NAME));
    // Nobody takes away what is another's.
    school.post("/account/passkeys/cut", &cut, GUARDIAN).await;
    let still = request(Method::GET, "/kept", Some(&cookie), Body::empty());
    assert_eq!(ask(&school.router, still).await.status, StatusCode::OK);
    let done = school.post("/account/passkeys/cut", &cut, TEACHER).await;
    assert_eq!(done.location, "/account?done=no-more-passkey");
    let done = school.get("/account", Some(TEACHER)).await;
    assert!(!done.body.contains("telephone&"));
    let over = request(Method::GET, "/kept", Some(&cookie), Body::empty());
    assert_eq!(ask(&school.router, over).await.to(), "/sign-in");
    device.counter = 3;
    let asked = asked_to_sign(&school).await;
    let refused = post(&school, "/sign-in/passkey", device.signs(&asked)).await;
    assert_eq!(refused.to(), "/sign-in?on=passkey#staff");
}

#[tokio::test]
async fn who_has_no_password_makes_one_just_after_signing_in() {
    let school = school();
    let token = b"0123456789abcdef0123456789abcdef";
    let begin = async || {
        let cookie = format!("__Host-trellis={}", String::from_utf8_lossy(token));
        let body = Body::from("password=");
        let request = request(Method::POST, "/account/passkeys/begin", Some(&cookie), body);
        let reply = ask(&school.router, request).await;
        serde_json::from_str::<Value>(&reply.body).unwrap()
    };
    for (since, may) in [(NOW.plus_ms(-11 * 60_000), false), (NOW, true)] {
        school.store.sign_out(token).unwrap();
        let until = NOW.plus_days(1);
        school
            .store
            .sign_in(token, LEADER, None, since, until)
            .unwrap();
        assert_eq!(begin().await["wrong"].is_null(), may);
    }
}

#[tokio::test]
async fn without_an_address_there_are_no_passkeys() {
    let school = School::new();
    let page = school.get("/sign-in", None).await;
    assert!(!page.body.contains("passkey"));
    let none = post(&school, "/sign-in/passkey/begin", String::new()).await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
    let page = school.get("/account", Some(LEADER)).await;
    assert!(!page.body.contains("Make a passkey"));
}
