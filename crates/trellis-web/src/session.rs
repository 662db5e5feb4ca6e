//! Who is signed in: a reference token in a `__Host-` cookie, looked up in the database at each request.

use axum::extract::FromRequestParts;
use axum::http::header::{COOKIE, HeaderValue};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use trellis_core::id::{PersonId, SectionId};
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;
use trellis_store::{StoreError, Viewer};

use crate::app::App;
use crate::error::PageError;

/// The cookie. The prefix makes browsers refuse it without `Secure`, with a domain, or from another path.
const COOKIE_NAME: &str = "__Host-trellis";
/// How long staff and families stay signed in: a working day.
pub(crate) const STAFF_MS: i64 = 10 * 3_600_000;

/// What pages ask for by themselves, again and again: no sign that somebody sits before them.
const BY_ITSELF: [&str; 1] = ["/paused.json"];

/// What somebody who has to set up a code can do before.
const WITHOUT_CODE: [&str; 6] = [
    "/account",
    "/account/second",
    "/account/end",
    "/account/passkeys",
    "/account/passkeys/begin",
    "/account/passkeys/cut",
];

/// The cookie of somebody whose password was right, and whose code is still asked for.
const HALF_COOKIE_NAME: &str = "__Host-trellis-half";

/// A request by someone who is signed in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SignedIn(pub(crate) Viewer);

impl SignedIn {
    /// The viewer, when they have this role.
    pub(crate) fn with_role(self, role: Role) -> Result<Viewer, PageError> {
        if self.0.role() == role {
            Ok(self.0)
        } else {
            Err(Refusal::NotYours.into())
        }
    }
}

/// A request by someone who may be signed in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MaybeSignedIn(pub(crate) Option<Viewer>);

/// The cookies of a request, by name and value.
pub(crate) fn cookies(headers: &axum::http::HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    lines
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}

/// The token in a request's cookies: 32 hexadecimal digits.
pub(crate) fn token(headers: &axum::http::HeaderMap) -> Option<String> {
    token_in(headers, COOKIE_NAME)
}

/// The token of a sign-in that waits for its code.
pub(crate) fn half_token(headers: &axum::http::HeaderMap) -> Option<String> {
    token_in(headers, HALF_COOKIE_NAME)
}

fn token_in(headers: &axum::http::HeaderMap, cookie: &str) -> Option<String> {
    let (_, value) = cookies(headers).find(|(name, _)| *name == cookie)?;
    (value.len() == 32 && value.bytes().all(|byte| byte.is_ascii_hexdigit()))
        .then(|| value.to_owned())
}

impl FromRequestParts<App> for MaybeSignedIn {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        match token(&parts.headers) {
            Some(token) if BY_ITSELF.contains(&parts.uri.path()) => {
                let viewer = app.store.viewer_of_device(token.as_bytes(), app.now())?;
                Ok(Self(viewer))
            }
            Some(token) => Ok(Self(app.store.viewer(token.as_bytes(), app.now())?)),
            None => Ok(Self(None)),
        }
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let MaybeSignedIn(viewer) = MaybeSignedIn::from_request_parts(parts, app).await?;
        let viewer = viewer.ok_or(PageError::Refused(Refusal::SignInFirst))?;
        if app.needs_code(&viewer) && !WITHOUT_CODE.contains(&parts.uri.path()) {
            return Err(PageError::CodeFirst);
        }
        Ok(Self(viewer))
    }
}

/// A new token, with the cookie to set.
fn fresh_cookie() -> Result<(String, HeaderValue), PageError> {
    let token = format!("{:032x}", App::chance()?);
    let cookie = cookie(&format!(
        "{COOKIE_NAME}={token}; Path=/; Secure; HttpOnly; SameSite=Lax"
    ))?;
    Ok((token, cookie))
}

/// A new token for a sign-in that waits for its code, with the cookie to set.
pub(crate) fn half_cookie() -> Result<(String, HeaderValue), PageError> {
    let token = format!("{:032x}", App::chance()?);
    let cookie = cookie(&format!(
        "{HALF_COOKIE_NAME}={token}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=300"
    ))?;
    Ok((token, cookie))
}

/// The cookie that ends the waiting.
pub(crate) fn half_over() -> Result<HeaderValue, PageError> {
    cookie(&format!(
        "{HALF_COOKIE_NAME}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0"
    ))
}

/// Signs somebody in on this device, instead of whoever was before, and goes to their first page.
pub(crate) fn enter(
    app: &App,
    headers: &HeaderMap,
    person: PersonId,
    section: Option<SectionId>,
    until: Timestamp,
) -> Result<Response, PageError> {
    enter_with(app, headers, |token| {
        app.store
            .sign_in(token.as_bytes(), person, section, app.now(), until)
    })
}

/// The same for somebody whom a device of theirs has asked who they are.
pub(crate) fn enter_by_passkey(
    app: &App,
    headers: &HeaderMap,
    person: PersonId,
    until: Timestamp,
) -> Result<Response, PageError> {
    enter_with(app, headers, |token| {
        app.store
            .sign_in_by_passkey(token.as_bytes(), person, app.now(), until)
    })
}

fn enter_with(
    app: &App,
    headers: &HeaderMap,
    sign_in: impl FnOnce(&str) -> Result<(), StoreError>,
) -> Result<Response, PageError> {
    if let Some(old) = token(headers) {
        app.store.sign_out(old.as_bytes())?;
    }
    let (token, cookie) = fresh_cookie()?;
    sign_in(&token)?;
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response())
}

/// The cookie that ends a sign-in on the device.
pub(crate) fn signed_out() -> Result<HeaderValue, PageError> {
    cookie(&format!(
        "{COOKIE_NAME}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"
    ))
}

fn cookie(text: &str) -> Result<HeaderValue, PageError> {
    HeaderValue::from_str(text).map_err(|error| PageError::failed(&error))
}

/// A slow hash of a password or of three pictures: Argon2id with 19 MiB and two passes (RFC 9106; OWASP's second
/// choice, which an old laptop can bear), with a salt of its own, in the PHC string format.
///
/// # Errors
/// When the system has no randomness to give.
pub fn hash_secret(secret: &str) -> Result<String, String> {
    use argon2::PasswordHasher as _;
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|error| error.to_string())?;
    let hash = argon2::Argon2::default()
        .hash_password_with_salt(secret.as_bytes(), &salt)
        .map_err(|error| error.to_string())?;
    Ok(hash.to_string())
}

/// Whether a secret is the one that was hashed. A hash that cannot be read fits nothing.
pub(crate) fn secret_fits(secret: &str, hash: &str) -> bool {
    use argon2::PasswordVerifier as _;
    argon2::PasswordHash::new(hash).is_ok_and(|hash| {
        argon2::Argon2::default()
            .verify_password(secret.as_bytes(), &hash)
            .is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_token_under_the_right_name_counts() {
        let mut headers = axum::http::HeaderMap::new();
        assert_eq!(token(&headers), None);
        for (line, found) in [
            ("a=b; __Host-trellis=0123456789abcdef0123456789abcdef", true),
            ("__Host-trellis=0123456789abcdef0123456789abcde", false),
            ("trellis=0123456789abcdef0123456789abcdef", false),
            ("__Host-trellis=0123456789abcdef0123456789abcdez", false),
        ] {
            headers.insert(COOKIE, HeaderValue::from_static(line));
            assert_eq!(token(&headers).is_some(), found, "{line}");
        }
    }

    #[test]
    fn a_secret_fits_its_own_hash_only() {
        let hash = hash_secret("cat sun boat").unwrap();
        assert!(secret_fits("cat sun boat", &hash));
        assert!(!secret_fits("cat boat sun", &hash));
        assert!(!secret_fits("cat sun boat", "nonsense"));
    }
}
