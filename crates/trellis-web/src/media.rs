//! Pictures and sounds of items: only for those who are signed in, and with headers that let nothing in them run.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use trellis_core::item::FileKind;
use trellis_core::refusal::Refusal;

use crate::app::App;
use crate::error::PageError;
use crate::session::SignedIn;

/// Endings of names, with the types that they are served as.
const TYPES: [(&str, &str); 9] = [
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("svg", "image/svg+xml"),
    ("mp3", "audio/mpeg"),
    ("ogg", "audio/ogg"),
    ("wav", "audio/wav"),
    ("m4a", "audio/mp4"),
];

/// Nothing in a picture may load or run; a drawing may say its own colours.
const CSP: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

/// `GET /media/{file}`
pub(crate) async fn serve(
    State(app): State<App>,
    _: SignedIn,
    file: Result<Path<String>, PathRejection>,
) -> Result<Response, PageError> {
    let missing = || PageError::Refused(Refusal::NotFound);
    let Path(file) = file.map_err(|_| missing())?;
    let bytes = app.store.media(&file)?.ok_or_else(missing)?;
    Ok(shown(&file, bytes))
}

/// The type of a file of this name.
pub(crate) fn content_type(file: &str) -> Option<&'static str> {
    let (_, ending) = file.rsplit_once('.')?;
    let known = TYPES.iter().find(|(known, _)| *known == ending);
    known.map(|(_, kind)| *kind)
}

/// A reply that shows or plays a file and lets nothing in it run.
pub(crate) fn shown(file: &str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    let kind = content_type(file).unwrap_or("application/octet-stream");
    set(header::CONTENT_TYPE, kind);
    set(header::CONTENT_SECURITY_POLICY, CSP);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // The name says what is in it, so that it may be kept for good by whom it was shown to.
    set(
        header::CACHE_CONTROL,
        "private, max-age=31536000, immutable",
    );
    response
}

/// Somebody's own file: a picture is shown, anything else is a file to save.
pub(crate) fn own(file: &str, kind: FileKind, bytes: Vec<u8>) -> Response {
    let mut response = shown(file, bytes);
    let headers = response.headers_mut();
    // Nothing of it stays on a shared computer.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if kind != FileKind::Picture {
        let save = HeaderValue::from_static("attachment");
        headers.insert(header::CONTENT_DISPOSITION, save);
        let plain = HeaderValue::from_static("application/octet-stream");
        headers.insert(header::CONTENT_TYPE, plain);
    }
    response
}
