//! What guards every reply and every change: security headers, and a check that a change comes from our own pages.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::error::PageError;

/// The most that a request may carry, in bytes: a long answer with room to spare.
pub(crate) const MOST_BYTES: usize = 64 * 1024;

/// Nothing but our own files; no inline script or style, no frames, no other hosts.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
    trusted-types trellis-preview";

/// Adds the headers, and refuses changes that other sites ask for.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if !reads && !is_same_origin(request.headers()) {
        return with_headers(PageError::OtherSite.into_response());
    }
    with_headers(next.run(request).await)
}

/// Gives a request up that takes too long: mostly one whose body drips.
pub(crate) async fn in_time(
    State(longest): State<Duration>,
    request: Request,
    next: Next,
) -> Response {
    match tokio::time::timeout(longest, next.run(request)).await {
        Ok(response) => response,
        Err(_) => PageError::TooSlow.into_response(),
    }
}

/// Whether a change was asked for by one of our own pages. Browsers say so in `Sec-Fetch-Site` or `Origin`; a request
/// with neither is no browser that holds our cookie for someone else.
fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = text(HeaderName::from_static("sec-fetch-site")) {
        return site == "same-origin";
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (None, _) => true,
        (Some(origin), Some(host)) => origin
            .split_once("://")
            .is_some_and(|(_, from)| from == host),
        (Some(_), None) => false,
    }
}

fn with_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers
            .entry(name)
            .or_insert(HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, CSP);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::CACHE_CONTROL, "no-store");
    set(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    set(
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
    set(
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    );
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_come_from_our_own_pages_only() {
        let cases: [(&[(&str, &str)], bool); 6] = [
            (
                &[("host", "school:8080"), ("origin", "http://school:8080")],
                true,
            ),
            (
                &[("host", "school:8080"), ("origin", "http://evil.example")],
                false,
            ),
            (&[("host", "school:8080"), ("origin", "null")], false),
            (
                &[
                    ("host", "school:8080"),
                    ("sec-fetch-site", "cross-site"),
                    ("origin", "http://school:8080"),
                ],
                false,
            ),
            (
                &[("host", "school:8080"), ("sec-fetch-site", "same-origin")],
                true,
            ),
            (&[("host", "school:8080")], true),
        ];
        for (pairs, allowed) in cases {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                );
            }
            assert_eq!(is_same_origin(&headers), allowed, "{pairs:?}");
        }
    }
}
