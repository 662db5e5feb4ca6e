//! The token by which another service says who somebody is: checked as OpenID Connect Core 1.0, section 3.1.3.7, and RFC 8725 ask,
//! with nothing taken on trust.

use jsonwebtoken::jwk::{AlgorithmParameters, Jwk};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use serde_json::{Map, Value};
use trellis_core::time::Timestamp;

/// The longest token, in bytes.
const LONGEST: usize = 16_384;
/// The longest name of somebody at a service (OpenID Connect Core 1.0, section 2).
const LONGEST_SUBJECT: usize = 255;
/// How far two clocks may be apart, in seconds.
const LEEWAY_S: i64 = 60;
/// How old a token may be that was just fetched, in seconds.
const OLDEST_S: i64 = 600;
/// With which algorithms a token may be signed: none that share a secret, and never none at all.
const ALGORITHMS: [Algorithm; 3] = [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256];

/// What a token must be for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expected<'a> {
    /// Who gives it, to the letter.
    pub(crate) issuer: &'a str,
    /// Our own name at that service.
    pub(crate) client: &'a str,
    /// What we drew for this sign-in.
    pub(crate) nonce: &'a str,
    /// The claim that holds the school's own number of a person, if one does.
    pub(crate) roster_claim: Option<&'a str>,
}

/// Who somebody is, by a token that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    /// The service's own name for them, which never changes.
    pub(crate) subject: String,
    /// The school's own number, where the token says it.
    pub(crate) sourced_id: Option<String>,
}

/// Why a token is not believed. It goes to the log, by its name alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// It is no token, or longer than one is.
    Unread,
    /// It is signed in a way that is not taken.
    Algorithm,
    /// No key of the service has this name; the keys may have changed.
    UnknownKey,
    /// The signature does not hold.
    Signature,
    /// It is by another service.
    Issuer,
    /// It is for somebody else.
    Audience,
    /// It is over, not yet, or old.
    Time,
    /// It is of another sign-in.
    Nonce,
    /// It names nobody.
    Subject,
}

/// The claims that are looked at. A claim that is there twice makes the whole token unreadable.
#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: f64,
    iat: f64,
    nbf: Option<f64>,
    nonce: String,
    #[serde(flatten)]
    other: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    /// Whether it is this client and nobody else, or this client among others of which `azp` says that it was asked by this one.
    fn is_for(&self, client: &str, azp: Option<&str>) -> bool {
        let named = match self {
            Self::One(one) => one == client,
            Self::Several(all) if all.len() == 1 => all[0] == client,
            Self::Several(all) => azp.is_some() && all.iter().any(|one| one == client),
        };
        named && azp.is_none_or(|azp| azp == client)
    }
}

/// Whether a key can check what was signed so.
fn fits(key: &Jwk, algorithm: Algorithm) -> bool {
    let is_right_kind = match (&key.algorithm, algorithm) {
        (AlgorithmParameters::RSA(_), Algorithm::RS256 | Algorithm::PS256) => true,
        (AlgorithmParameters::EllipticCurve(curve), Algorithm::ES256) => {
            curve.curve == jsonwebtoken::jwk::EllipticCurve::P256
        }
        _ => false,
    };
    let for_signing = key
        .common
        .public_key_use
        .as_ref()
        .is_none_or(|used| *used == jsonwebtoken::jwk::PublicKeyUse::Signature);
    let named = key.common.key_algorithm.as_ref();
    is_right_kind
        && for_signing
        && named.is_none_or(|named| named.to_string() == format!("{algorithm:?}"))
}

/// Who a token says somebody is, when it holds in every respect. `keys` are the service's own.
pub(crate) fn check(
    token: &str,
    keys: &[Jwk],
    expected: &Expected<'_>,
    now: Timestamp,
) -> Result<Said, Doubt> {
    if token.len() > LONGEST {
        return Err(Doubt::Unread);
    }
    // What stands in the head is a wish of the sender: a key of their own, or an address of one, is never followed.
    let head = jsonwebtoken::decode_header(token).map_err(|_| Doubt::Unread)?;
    if !ALGORITHMS.contains(&head.alg) {
        return Err(Doubt::Algorithm);
    }
    if head
        .typ
        .as_deref()
        .is_some_and(|typ| !typ.eq_ignore_ascii_case("JWT"))
        || has_crit(token)
    {
        return Err(Doubt::Unread);
    }
    let mut of_this_name = keys.iter().filter(|key| match &head.kid {
        Some(kid) => key.common.key_id.as_ref() == Some(kid),
        // Without a name there must be no choice.
        None => keys.len() == 1,
    });
    let key = of_this_name.next().ok_or(Doubt::UnknownKey)?;
    if !fits(key, head.alg) {
        return Err(Doubt::Algorithm);
    }
    let key = DecodingKey::from_jwk(key).map_err(|_| Doubt::UnknownKey)?;
    // The signature here; all claims below, by the time that is handed in.
    let mut only_signature = Validation::new(head.alg);
    only_signature.validate_exp = false;
    only_signature.validate_nbf = false;
    only_signature.validate_aud = false;
    only_signature.required_spec_claims.clear();
    let claims = jsonwebtoken::decode::<Claims>(token, &key, &only_signature)
        .map_err(|error| match error.kind() {
            jsonwebtoken::errors::ErrorKind::Json(_) => Doubt::Unread,
            _ => Doubt::Signature,
        })?
        .claims;
    believe(&claims, expected, now)
}

fn believe(claims: &Claims, expected: &Expected<'_>, now: Timestamp) -> Result<Said, Doubt> {
    if claims.iss != expected.issuer {
        return Err(Doubt::Issuer);
    }
    if !claims.aud.is_for(expected.client, claims.azp.as_deref()) {
        return Err(Doubt::Audience);
    }
    #[expect(
        clippy::cast_precision_loss,
        reason = "seconds since 1970 are far below 2^53"
    )]
    let (now, leeway, oldest) = ((now.0 / 1000) as f64, LEEWAY_S as f64, OLDEST_S as f64);
    let is_now = claims.exp + leeway > now
        && claims.iat - leeway <= now
        && claims.iat + oldest > now
        && claims.nbf.is_none_or(|nbf| nbf - leeway <= now);
    if !is_now {
        return Err(Doubt::Time);
    }
    if claims.nonce != expected.nonce || expected.nonce.is_empty() {
        return Err(Doubt::Nonce);
    }
    let printable = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    if claims.sub.is_empty() || claims.sub.len() > LONGEST_SUBJECT || !printable(&claims.sub) {
        return Err(Doubt::Subject);
    }
    let roster = expected.roster_claim.and_then(|name| match name {
        "sub" => Some(claims.sub.clone()),
        name => claims.other.get(name)?.as_str().map(str::to_owned),
    });
    Ok(Said {
        subject: claims.sub.clone(),
        sourced_id: roster.filter(|id| !id.is_empty()),
    })
}

/// Whether the head asks for something that has to be understood (RFC 7515, section 4.1.11). We understand nothing of the kind.
fn has_crit(token: &str) -> bool {
    use base64::Engine as _;
    let head = token.split('.').next().unwrap_or_default();
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(head);
    let read = bytes
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Map<String, Value>>(&bytes).ok());
    read.is_none_or(|head| head.contains_key("crit"))
}

#[cfg(test)]
mod tests;
