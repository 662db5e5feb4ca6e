//! Signing on at another service: the whole way over a network of this machine, with a service of our own that can be told to lie.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{Method, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use rcgen::KeyPair;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use trellis_core::id::PersonId;
use trellis_web::{App, ForWhom, Issuer, SignOns, router};

use crate::school::{Reply, ask, request};
use crate::teacher_class::{GUARDIAN, LEARNERS, NOW, School, TEACHER};

/// What the service knows of a way that began, by its code: the challenge and the claims that it will give.
type Codes = Arc<Mutex<BTreeMap<String, (String, Value)>>>;

/// A service on this machine.
struct Service {
    address: String,
    codes: Codes,
    /// What it says of itself instead of the truth.
    lie: Arc<Mutex<Option<String>>>,
}

const SECRET: &str = "s p+c";

impl Service {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let pair = KeyPair::generate().unwrap();
        let (codes, lie): (Codes, Arc<Mutex<Option<String>>>) = Default::default();
        let (known, lies, own) = (Arc::clone(&codes), Arc::clone(&lie), address.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serve(stream, &own, &pair, &known, &lies);
            }
        });
        Self {
            address,
            codes,
            lie,
        }
    }

    /// Lets somebody sign on: gives the code with which they come back.
    fn signs_on(&self, door: &str, changes: Value) -> String {
        let asked = query(door);
        let mut claims = json!({
            "iss": self.address, "sub": "person-7", "aud": "trellis", "nonce": asked["nonce"],
            "iat": NOW.0 / 1000, "exp": NOW.0 / 1000 + 300,
        });
        for (name, value) in changes.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let code = format!("code-{}", self.codes.lock().unwrap().len());
        let entry = (asked["code_challenge"].clone(), claims);
        self.codes.lock().unwrap().insert(code.clone(), entry);
        code
    }
}

/// The fields of an address.
fn query(address: &str) -> BTreeMap<String, String> {
    let (_, fields) = address.split_once('?').unwrap();
    let pairs = fields.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(name, value)| (name.to_owned(), decoded(value)))
        .collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, more @ ..] = rest {
        if *first == b'%' {
            let hex = std::str::from_utf8(&more[..2]).unwrap();
            bytes.push(u8::from_str_radix(hex, 16).unwrap());
            rest = &more[2..];
        } else {
            bytes.push(*first);
            rest = more;
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Answers one request.
fn serve(stream: TcpStream, own: &str, pair: &KeyPair, codes: &Codes, lie: &Mutex<Option<String>>) {
    let mut reader = BufReader::new(stream);
    let (mut first, mut length, mut authorization) = (String::new(), 0, String::new());
    reader.read_line(&mut first).unwrap();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let Some((name, value)) = line.trim().split_once(": ") else {
            break;
        };
        match name.to_lowercase().as_str() {
            "content-length" => length = value.parse().unwrap(),
            "authorization" => authorization = value.to_owned(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let path = first.split(' ').nth(1).unwrap();
    let reply = match path {
        "/.well-known/openid-configuration" => {
            let name = lie.lock().unwrap().clone();
            Some(json!({
                "issuer": name.unwrap_or_else(|| own.to_owned()),
                "authorization_endpoint": format!("{own}/door?x=1"),
                "token_endpoint": format!("{own}/token"), "jwks_uri": format!("{own}/keys"),
            }))
        }
        "/keys" => {
            let point = pair.public_key_raw().to_vec();
            let (x, y) = (&point[1..33], &point[33..65]);
            Some(json!({"keys": [{"kty": "unheard-of"}, {
                "kty": "EC", "crv": "P-256", "kid": "k1",
                "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
            }]}))
        }
        "/token" => token(
            &String::from_utf8(body).unwrap(),
            &authorization,
            pair,
            codes,
        ),
        _ => None,
    };
    let (status, text) = match reply {
        Some(reply) => ("200 OK", reply.to_string()),
        None => ("400 Bad Request", "{}".to_owned()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        text.len()
    );
    let stream = reader.get_mut();
    stream.write_all((head + &text).as_bytes()).unwrap();
}

/// A token for a code, once, for who knows the secret and what the challenge was made of.
fn token(form: &str, authorization: &str, pair: &KeyPair, codes: &Codes) -> Option<Value> {
    let form = query(&format!("?{form}"));
    let us = STANDARD.encode("trellis:s%20p%2Bc");
    let (challenge, claims) = codes.lock().unwrap().remove(&form["code"])?;
    let made = URL_SAFE_NO_PAD.encode(Sha256::digest(form["code_verifier"].as_bytes()));
    let back = "https://trellis.test/sign-on/school/back";
    let fits = authorization == format!("Basic {us}")
        && challenge == made
        && form["grant_type"] == "authorization_code"
        && form["redirect_uri"] == back;
    let mut head = Header::new(Algorithm::ES256);
    head.kid = Some("k1".to_owned());
    let key = EncodingKey::from_ec_der(&pair.serialize_der());
    fits.then(|| json!({"id_token": encode(&head, &claims, &key).unwrap(), "access_token": "x"}))
}

/// A school at which people sign on at a service.
fn school(service: &Service, for_whom: ForWhom, roster_claim: Option<&str>) -> School {
    let mut school = School::new();
    let issuer = Issuer {
        id: "school".to_owned(),
        name: "School ID".to_owned(),
        address: service.address.clone(),
        client: "trellis".to_owned(),
        secret: SECRET.to_owned(),
        scope: String::new(),
        roster_claim: roster_claim.map(str::to_owned),
        for_whom,
        roots: None,
    };
    let sign_ons = SignOns::new("https://trellis.test", vec![issuer]).unwrap();
    let app = App::new(Arc::clone(&school.store)).unwrap();
    school.router = router(app.with_clock(|| NOW).with_sign_ons(sign_ons.shared()));
    school
}

async fn get(school: &School, path: &str, cookie: Option<&str>) -> Reply {
    ask(
        &school.router,
        request(Method::GET, path, cookie, Body::empty()),
    )
    .await
}

/// The cookies that a reply sets, without what it takes away.
fn set(reply: &Reply) -> String {
    let all = reply.headers.get_all("set-cookie").iter();
    let all = all.map(|one| one.to_str().unwrap());
    let kept = all.filter(|one| !one.contains("Max-Age=0"));
    let pairs: Vec<&str> = kept.map(|one| one.split(';').next().unwrap()).collect();
    pairs.join("; ")
}

/// Goes to the service; the door and the cookie.
async fn go(school: &School, path: &str, cookie: Option<&str>) -> (String, String) {
    let reply = get(school, path, cookie).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.body);
    (reply.to().to_owned(), set(&reply))
}

/// Signs on with these claims; the reply to the way back.
async fn sign_on(school: &School, service: &Service, changes: Value) -> Reply {
    let (door, cookie) = go(school, "/sign-on/school", None).await;
    let code = service.signs_on(&door, changes);
    let state = &query(&door)["state"];
    let back = format!("/sign-on/school/back?code={code}&state={state}");
    get(school, &back, Some(&cookie)).await
}

fn sourced(school: &School, person: PersonId) -> String {
    let people = school.store.people().unwrap();
    let found = people.iter().find(|one| one.id == person).unwrap();
    found.sourced_id.clone()
}

#[tokio::test]
async fn the_schools_own_number_links_somebody_once_and_the_link_signs_in() {
    let service = Service::start();
    let school = school(&service, ForWhom::Staff, Some("number"));
    let page = get(&school, "/sign-in", None).await;
    assert!(page.body.contains("Sign in with School ID"));
    // Nobody is found by an address of mail, and not by a number that is not there.
    for changes in [
        json!({"email": "n.okafor@school.example", "email_verified": true}),
        json!({"number": "nobody"}),
        json!({"number": sourced(&school, LEARNERS[0])}),
        json!({"number": sourced(&school, GUARDIAN)}),
    ] {
        let reply = sign_on(&school, &service, changes.clone()).await;
        assert_eq!(reply.to(), "/sign-in?on=unknown#staff", "{changes}");
    }
    let number = sourced(&school, TEACHER);
    let reply = sign_on(&school, &service, json!({"number": number})).await;
    assert_eq!(reply.to(), "/");
    let page = get(&school, "/account", Some(&set(&reply))).await;
    assert_eq!(page.status, StatusCode::OK);
    // From now on by the link, whatever the number says; another account of the service is not the same person.
    let reply = sign_on(&school, &service, json!({"number": "changed"})).await;
    assert_eq!(reply.to(), "/");
    let other = json!({"sub": "person-8", "number": sourced(&school, TEACHER)});
    let reply = sign_on(&school, &service, other).await;
    assert_eq!(reply.to(), "/sign-in?on=taken#staff");
}

#[tokio::test]
async fn a_way_that_was_not_begun_here_or_was_gone_before_leads_nowhere() {
    let service = Service::start();
    let school = school(&service, ForWhom::Staff, Some("number"));
    let claims = json!({"number": sourced(&school, TEACHER)});
    let (door, cookie) = go(&school, "/sign-on/school", None).await;
    let asked = query(&door);
    assert_eq!(asked["code_challenge_method"], "S256");
    assert_eq!(asked["scope"], "openid");
    assert!(cookie.contains("__Host-trellis-on=school.enter."));
    let code = service.signs_on(&door, claims.clone());
    let state = &asked["state"];
    let refused = async |path: &str, cookie: Option<&str>| {
        let reply = get(&school, path, cookie).await;
        assert_eq!(reply.to(), "/sign-in?on=refused#staff", "{path}");
    };
    let back = |code: &str, state: &str| format!("/sign-on/school/back?code={code}&state={state}");
    let right = back(&code, state);
    refused(&right, None).await;
    refused(&right, Some("__Host-trellis-on=school.enter.x.y.z")).await;
    refused(&right, Some(&cookie.replace("school.", "other."))).await;
    refused(&back(&code, "0123"), Some(&cookie)).await;
    refused(&back("", state), Some(&cookie)).await;
    let mixed_up = format!("{right}&iss=https://another.example");
    refused(&mixed_up, Some(&cookie)).await;
    // The verifier of another way does not fit the challenge; by then the code is used up.
    let (_, other) = go(&school, "/sign-on/school", None).await;
    let parts: Vec<&str> = other.rsplitn(2, '.').collect();
    let (kept, _) = cookie.rsplit_once('.').unwrap();
    refused(&right, Some(&format!("{kept}.{}", parts[0]))).await;
    refused(&right, Some(&cookie)).await;
    // Once is all that a code is good for.
    let code = service.signs_on(&door, claims);
    let reply = get(&school, &back(&code, state), Some(&cookie)).await;
    assert_eq!(reply.to(), "/");
    refused(&back(&code, state), Some(&cookie)).await;
    for (path, status) in [
        ("/sign-on/nowhere", StatusCode::NOT_FOUND),
        ("/sign-on/nowhere/back", StatusCode::NOT_FOUND),
        ("/sign-on/school/link", StatusCode::SEE_OTHER),
    ] {
        assert_eq!(get(&school, path, None).await.status, status, "{path}");
    }
}

#[tokio::test]
async fn a_service_that_is_away_or_calls_itself_otherwise_signs_nobody_in() {
    let service = Service::start();
    *service.lie.lock().unwrap() = Some("https://another.example".to_owned());
    let lying = school(&service, ForWhom::All, Some("number"));
    let reply = get(&lying, "/sign-on/school", None).await;
    assert_eq!(reply.to(), "/sign-in?on=away#staff");
    *service.lie.lock().unwrap() = None;
    let (door, _) = go(&lying, "/sign-on/school", None).await;
    assert!(door.starts_with(&format!("{}/door?x=1&response_type=code", service.address)));
    let gone = Service {
        address: "http://127.0.0.1:9".to_owned(),
        ..service
    };
    let away = school(&gone, ForWhom::All, None);
    let reply = get(&away, "/sign-on/school", None).await;
    assert_eq!(reply.to(), "/sign-in?on=away#staff");
    let page = get(&away, "/sign-in?on=away", None).await;
    assert!(page.body.contains("That service does not answer right now"));
}

#[tokio::test]
async fn who_is_signed_in_links_themselves_and_cuts_the_link() {
    let service = Service::start();
    // As with a service whose tokens hold no number of the school.
    let school = school(&service, ForWhom::Families, None);
    let reply = sign_on(&school, &service, json!({})).await;
    assert_eq!(reply.to(), "/sign-in?on=unknown#staff");
    let link = async |person: PersonId, changes: Value| {
        let own = school.cookie(person);
        let (door, cookie) = go(&school, "/sign-on/school/link", Some(&own)).await;
        let code = service.signs_on(&door, changes);
        let state = &query(&door)["state"];
        let back = format!("/sign-on/school/back?code={code}&state={state}");
        let reply = get(&school, &back, Some(&format!("{own}; {cookie}"))).await;
        reply.to().to_owned()
    };
    assert_eq!(link(GUARDIAN, json!({})).await, "/account?done=linked");
    assert_eq!(link(TEACHER, json!({})).await, "/account?done=taken");
    let second = json!({"sub": "person-9"});
    assert_eq!(link(GUARDIAN, second).await, "/account?done=taken");
    let reply = sign_on(&school, &service, json!({})).await;
    assert_eq!(reply.to(), "/");
    let page = get(&school, "/account", Some(&set(&reply))).await;
    assert_eq!(page.status, StatusCode::OK);
    let page = school.get("/account", Some(GUARDIAN)).await;
    assert!(page.body.contains("School ID") && page.body.contains("Linked since"));
    let form = format!(
        "issuer={}",
        service.address.replace(':', "%3A").replace('/', "%2F")
    );
    let cut = school.post("/account/sign-on", &form, GUARDIAN).await;
    assert_eq!(cut.location, "/account?done=cut");
    let reply = sign_on(&school, &service, json!({})).await;
    assert_eq!(reply.to(), "/sign-in?on=unknown#staff");
    // Students have no such page.
    let refused = school.get("/sign-on/school/link", Some(LEARNERS[0])).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}
