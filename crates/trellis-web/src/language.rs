//! Which language a request is answered in: the one chosen on this device, else the one that its browser asks for. The
//! choice is a cookie on the device; nothing about it is kept in the school's database.

use std::sync::{Arc, OnceLock};

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, HeaderMap, HeaderValue, REFERER, SET_COOKIE};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Router, body::Body};
use serde::Deserialize;
use tower::ServiceExt as _;

use crate::app::App;
use crate::error::PageError;
use crate::session::cookies;
use crate::words::{Language, Words};

/// The cookie of the choice.
const COOKIE_NAME: &str = "__Host-trellis-language";
/// How long a choice holds: a year.
const SECONDS: u32 = 365 * 24 * 3600;

/// The language of a request. The made-up ones can be chosen in a demonstration only.
fn of(headers: &HeaderMap, demo: bool) -> Language {
    let chosen = cookies(headers)
        .find(|(name, _)| *name == COOKIE_NAME)
        .and_then(|(_, tag)| Language::with_tag(tag))
        .filter(|language| demo || !language.is_pseudo());
    let asked = || {
        let accepted = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
        Language::wanted(accepted)
    };
    chosen.or_else(asked).unwrap_or(Language::English)
}

/// The same pages in each language, made when the first request asks for them; every request goes to those that it asks
/// for. An application with other words than English speaks those alone.
pub(crate) fn in_each(app: App, pages: impl Fn(App) -> Router + Send + Sync + 'static) -> Router {
    if app.words.language() != Language::English {
        return pages(app);
    }
    let spoken: &[Language] = if app.demo {
        &Language::ALL
    } else {
        &Language::OFFERED
    };
    let made: Vec<OnceLock<Router>> = spoken.iter().map(|_| OnceLock::new()).collect();
    let house = Arc::new((app, pages, made));
    Router::new().fallback(move |request: Request<Body>| {
        let (app, pages, made) = &*house;
        let language = of(request.headers(), app.demo);
        let place = spoken.iter().position(|one| *one == language);
        let place = place.unwrap_or(0);
        let make = || pages(app.clone().with_words(Words::of(spoken[place])));
        let pages = made[place].get_or_init(make).clone();
        async move {
            match pages.oneshot(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            }
        }
    })
}

/// What the footer's buttons send.
#[derive(Deserialize)]
pub(crate) struct Choice {
    language: String,
}

/// `POST /language`: read this and all other pages in another language from now on, on this device.
pub(crate) async fn choose(
    State(app): State<App>,
    headers: HeaderMap,
    form: Result<Form<Choice>, FormRejection>,
) -> Result<Response, PageError> {
    let Form(choice) = form?;
    let language = Language::with_tag(&choice.language)
        .filter(|language| app.demo || !language.is_pseudo())
        .ok_or(PageError::BadRequest)?;
    let cookie = format!(
        "{COOKIE_NAME}={}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={SECONDS}",
        language.tag()
    );
    let cookie = HeaderValue::from_str(&cookie).map_err(|error| PageError::failed(&error))?;
    Ok(([(SET_COOKIE, cookie)], Redirect::to(&back(&headers))).into_response())
}

/// The page that the button stood on, by its path and question alone: a reply never leads to another site.
fn back(headers: &HeaderMap) -> String {
    let from = headers.get(REFERER).and_then(|value| value.to_str().ok());
    let path = from
        .and_then(|from| from.split_once("://"))
        .and_then(|(_, rest)| rest.find('/').map(|start| &rest[start..]));
    match path {
        Some(path) if !path.starts_with("//") && !path.contains('\\') => path.to_owned(),
        _ => "/".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::header::COOKIE;

    fn headers<const N: usize>(pairs: [(axum::http::HeaderName, &'static str); N]) -> HeaderMap {
        pairs
            .into_iter()
            .map(|(name, value)| (name, HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn the_choice_goes_before_the_browser_and_the_browser_before_english() {
        let chosen = (COOKIE, "a=b; __Host-trellis-language=es");
        let english = (ACCEPT_LANGUAGE, "en-US,en;q=0.5");
        assert_eq!(
            of(&headers([chosen, english.clone()]), false),
            Language::Spanish
        );
        assert_eq!(
            of(&headers([(ACCEPT_LANGUAGE, "es-419")]), false),
            Language::Spanish
        );
        assert_eq!(of(&headers([]), false), Language::English);
        let unknown = (COOKIE, "__Host-trellis-language=xx");
        assert_eq!(of(&headers([unknown, english]), false), Language::English);
        let made_up = (COOKIE, "__Host-trellis-language=ar-XB");
        assert_eq!(of(&headers([made_up.clone()]), false), Language::English);
        assert_eq!(of(&headers([made_up]), true), Language::PseudoRightToLeft);
    }

    #[test]
    fn the_way_back_stays_on_this_site() {
        for (from, to) in [
            ("https://school.example/family/1?week=2", "/family/1?week=2"),
            ("http://127.0.0.1:8080/", "/"),
            ("https://school.example", "/"),
            ("https://school.example//evil.example/", "/"),
            ("https://school.example/\\evil.example/", "/"),
            ("nonsense", "/"),
        ] {
            assert_eq!(back(&headers([(REFERER, from)])), to, "{from}");
        }
        assert_eq!(back(&headers([])), "/");
    }
}
