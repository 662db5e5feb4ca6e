//! Tokens of an enemy: each is refused, and for its own reason.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use rcgen::KeyPair;
use serde_json::{Value, json};
use trellis_core::time::Timestamp;

use super::*;

const ISSUER: &str = "https://id.example";
const CLIENT: &str = "trellis";
const NONCE: &str = "0123456789abcdef";
/// 2026-09-21.
const NOW_S: i64 = 1_790_000_000;

struct Signer {
    key: EncodingKey,
    public: Jwk,
}

impl Signer {
    fn new(kid: &str) -> Self {
        let pair = KeyPair::generate().unwrap();
        let point = pair.public_key_raw().to_vec();
        let public = json!({
            "kty": "EC", "crv": "P-256", "kid": kid, "use": "sig", "alg": "ES256",
            "x": URL_SAFE_NO_PAD.encode(&point[1..33]),
            "y": URL_SAFE_NO_PAD.encode(&point[33..65]),
        });
        Self {
            key: EncodingKey::from_ec_der(&pair.serialize_der()),
            public: serde_json::from_value(public).unwrap(),
        }
    }

    fn sign(&self, kid: Option<&str>, claims: &Value) -> String {
        let mut head = Header::new(Algorithm::ES256);
        head.kid = kid.map(str::to_owned);
        encode(&head, claims, &self.key).unwrap()
    }

    /// Signs a head and claims as they are written, whatever they say.
    fn sign_text(&self, head: &str, claims: &str) -> String {
        let both = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(head),
            URL_SAFE_NO_PAD.encode(claims)
        );
        let signature = jsonwebtoken::crypto::sign(both.as_bytes(), &self.key, Algorithm::ES256);
        format!("{both}.{}", signature.unwrap())
    }
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "sub": "person-7", "aud": CLIENT, "nonce": NONCE,
        "iat": NOW_S - 5, "exp": NOW_S + 300, "SourcedId": "demo-005", "email": "a@school.example",
    })
}

/// The claims with some of them changed; null takes one away.
fn with(changes: Value) -> Value {
    let mut all = claims();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            all.as_object_mut().unwrap().remove(name);
        } else {
            all[name] = value.clone();
        }
    }
    all
}

fn look(token: &str, keys: &[Jwk]) -> Result<Said, Doubt> {
    let expected = Expected {
        issuer: ISSUER,
        client: CLIENT,
        nonce: NONCE,
        roster_claim: Some("SourcedId"),
    };
    check(token, keys, &expected, Timestamp(NOW_S * 1000))
}

#[test]
fn a_token_that_holds_says_who_it_is() {
    let signer = Signer::new("k1");
    let keys = [signer.public.clone()];
    let said = Said {
        subject: "person-7".to_owned(),
        sourced_id: Some("demo-005".to_owned()),
    };
    let good = [
        claims(),
        with(json!({"aud": [CLIENT]})),
        with(json!({"aud": [CLIENT, "other"], "azp": CLIENT})),
        with(json!({"azp": CLIENT})),
        with(json!({"nbf": NOW_S + 30})),
        with(json!({"exp": NOW_S - 30})),
        with(json!({"iat": NOW_S + 30})),
    ];
    for claims in good {
        let token = signer.sign(Some("k1"), &claims);
        assert_eq!(look(&token, &keys), Ok(said.clone()), "{claims}");
    }
    // Without a name of the key there is only one it can be; with two nobody chooses.
    let token = signer.sign(None, &claims());
    assert_eq!(look(&token, &keys), Ok(said));
    let two = [signer.public.clone(), Signer::new("k2").public];
    assert_eq!(look(&token, &two), Err(Doubt::UnknownKey));
    // A claim that is no text is no number of the school.
    let token = signer.sign(Some("k1"), &with(json!({"SourcedId": 5})));
    assert_eq!(look(&token, &keys).unwrap().sourced_id, None);
}

#[test]
fn claims_that_are_not_for_this_sign_in_are_refused() {
    let signer = Signer::new("k1");
    let keys = [signer.public.clone()];
    let long = "x".repeat(256);
    let hostile = [
        (json!({"iss": "https://id.example/"}), Doubt::Issuer),
        (json!({"iss": "https://id.example.evil"}), Doubt::Issuer),
        (json!({"iss": "http://id.example"}), Doubt::Issuer),
        (json!({"iss": null}), Doubt::Unread),
        (json!({"aud": "other"}), Doubt::Audience),
        (json!({"aud": []}), Doubt::Audience),
        (
            json!({"aud": ["other", "another"], "azp": CLIENT}),
            Doubt::Audience,
        ),
        (json!({"aud": [CLIENT, "other"]}), Doubt::Audience),
        (
            json!({"aud": [CLIENT, "other"], "azp": "other"}),
            Doubt::Audience,
        ),
        (json!({"azp": "other"}), Doubt::Audience),
        (json!({"aud": null}), Doubt::Unread),
        (json!({"exp": NOW_S - 61}), Doubt::Time),
        (json!({"exp": null}), Doubt::Unread),
        (json!({"exp": "9999999999"}), Doubt::Unread),
        (json!({"iat": NOW_S + 120}), Doubt::Time),
        (json!({"iat": NOW_S - 700}), Doubt::Time),
        (json!({"iat": null}), Doubt::Unread),
        (json!({"nbf": NOW_S + 120}), Doubt::Time),
        (json!({"nonce": "another"}), Doubt::Nonce),
        (json!({"nonce": ""}), Doubt::Nonce),
        (json!({"nonce": null}), Doubt::Unread),
        (json!({"sub": ""}), Doubt::Subject),
        (json!({"sub": long}), Doubt::Subject),
        (json!({"sub": "a\u{0}b"}), Doubt::Subject),
        (json!({"sub": 7}), Doubt::Unread),
        (json!({"sub": null}), Doubt::Unread),
    ];
    for (changes, doubt) in hostile {
        let token = signer.sign(Some("k1"), &with(changes.clone()));
        assert_eq!(look(&token, &keys), Err(doubt), "{changes}");
    }
}

/// A token that is signed with the public key as if it were a shared secret.
fn with_public_key_as_secret(public: &str) -> String {
    let secret = EncodingKey::from_secret(public.as_bytes());
    let mut head = Header::new(Algorithm::HS256);
    head.kid = Some("k1".to_owned());
    encode(&head, &claims(), &secret).unwrap()
}

/// Demands that none of these tokens is believed, each for its reason where one is named.
fn all_are_refused(hostile: &[(String, Option<Doubt>)], keys: &[Jwk]) {
    for (token, doubt) in hostile {
        let short: String = token.chars().take(60).collect();
        match (look(token, keys), *doubt) {
            (Err(found), Some(doubt)) => assert_eq!(found, doubt, "{short}"),
            (Err(_), None) => {}
            (Ok(said), _) => panic!("{short} is believed: {said:?}"),
        }
    }
}

#[test]
fn heads_and_signatures_of_an_enemy_are_refused() {
    let (signer, enemy) = (Signer::new("k1"), Signer::new("k1"));
    let keys = [signer.public.clone()];
    let claims = claims().to_string();
    let good = signer.sign_text(r#"{"alg":"ES256","kid":"k1"}"#, &claims);
    assert!(look(&good, &keys).is_ok());
    let (body, _) = good.rsplit_once('.').unwrap();
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    let other_claims = part(&claims.replace("person-7", "person-8"));
    let (head, rest) = good.split_once('.').unwrap();
    let (_, signature) = rest.split_once('.').unwrap();
    let jwk = serde_json::to_string(&enemy.public).unwrap();
    let hostile = [
        (
            format!("{}.{}.", part(r#"{"alg":"none"}"#), part(&claims)),
            None,
        ),
        (
            format!(
                "{}.{}.",
                part(r#"{"alg":"None","kid":"k1"}"#),
                part(&claims)
            ),
            None,
        ),
        (format!("{body}."), Some(Doubt::Signature)),
        (body.to_owned(), Some(Doubt::Unread)),
        (
            format!("{head}.{other_claims}.{signature}"),
            Some(Doubt::Signature),
        ),
        (format!("{good}AAAA"), Some(Doubt::Signature)),
        (
            enemy.sign_text(r#"{"alg":"ES256","kid":"k1"}"#, &claims),
            Some(Doubt::Signature),
        ),
        (
            enemy.sign_text(
                &format!(r#"{{"alg":"ES256","kid":"k1","jwk":{jwk}}}"#),
                &claims,
            ),
            Some(Doubt::Signature),
        ),
        (
            enemy.sign_text(
                r#"{"alg":"ES256","kid":"k1","jku":"https://evil.example/keys"}"#,
                &claims,
            ),
            Some(Doubt::Signature),
        ),
        (
            enemy.sign_text(r#"{"alg":"ES256","kid":"k9"}"#, &claims),
            Some(Doubt::UnknownKey),
        ),
        (with_public_key_as_secret(&jwk), Some(Doubt::Algorithm)),
    ];
    all_are_refused(hostile.as_slice(), &keys);
}

#[test]
fn what_a_head_asks_for_is_not_done() {
    let signer = Signer::new("k1");
    let keys = [signer.public.clone()];
    let claims = claims().to_string();
    let good = signer.sign_text(r#"{"alg":"ES256","kid":"k1"}"#, &claims);
    let twice = claims.replacen('{', r#"{"sub":"person-8","#, 1);
    let hostile = [
        (
            signer.sign_text(r#"{"alg":"RS256","kid":"k1"}"#, &claims),
            Some(Doubt::Algorithm),
        ),
        (
            signer.sign_text(r#"{"alg":"ES384","kid":"k1"}"#, &claims),
            Some(Doubt::Algorithm),
        ),
        (
            signer.sign_text(r#"{"alg":"ES256","kid":"k1","typ":"at+jwt"}"#, &claims),
            Some(Doubt::Unread),
        ),
        (
            signer.sign_text(
                r#"{"alg":"ES256","kid":"k1","crit":["b64"],"b64":false}"#,
                &claims,
            ),
            None,
        ),
        (
            signer.sign_text(r#"{"alg":"ES256","kid":"k1"}"#, &twice),
            Some(Doubt::Unread),
        ),
        (
            signer.sign_text(r#"{"alg":"ES256","kid":"k1"}"#, "[]"),
            Some(Doubt::Unread),
        ),
        (
            format!("{good}.{}", "A".repeat(20_000)),
            Some(Doubt::Unread),
        ),
        (String::new(), Some(Doubt::Unread)),
        ("...".to_owned(), Some(Doubt::Unread)),
        ("a.b.c".to_owned(), Some(Doubt::Unread)),
    ];
    all_are_refused(hostile.as_slice(), &keys);
}

#[test]
fn a_key_that_is_there_for_something_else_signs_nobody_in() {
    let signer = Signer::new("k1");
    let good = signer.sign(Some("k1"), &claims());
    assert!(look(&good, std::slice::from_ref(&signer.public)).is_ok());
    let mut sealing = serde_json::to_value(&signer.public).unwrap();
    sealing["use"] = json!("enc");
    let sealing: Jwk = serde_json::from_value(sealing).unwrap();
    assert_eq!(look(&good, &[sealing]), Err(Doubt::Algorithm));
    assert_eq!(look(&good, &[]), Err(Doubt::UnknownKey));
}
