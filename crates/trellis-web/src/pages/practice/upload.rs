//! Handing in a file: read without trust, cleaned, kept beside the journal, and shown again to those who may see it.

use axum::extract::multipart::MultipartRejection;
use axum::extract::rejection::PathRejection;
use axum::extract::{Multipart, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use trellis_core::command::Command;
use trellis_core::item::{LARGEST_UPLOAD, Outcome, Response as Given, grade, upload_kind};
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_interop::package::media;

use super::{answer_id, id_of, unless_over};
use crate::app::App;
use crate::error::PageError;
use crate::fields::Fields;
use crate::session::SignedIn;
use crate::{media as shown, multipart};

/// The most that a request with a file may carry, in bytes: the file, and room for the other fields.
pub(crate) const MOST_BYTES: usize = LARGEST_UPLOAD as usize + 16_384;

/// What a file is by its bytes, and as it is kept: pictures and sounds without what tells where they were made.
pub(crate) fn cleaned(bytes: &[u8]) -> Option<(&'static str, Vec<u8>)> {
    if bytes.starts_with(b"%PDF-") {
        return Some(("pdf", bytes.to_vec()));
    }
    if let Ok((kind, kept, _)) = media::checked("file", bytes) {
        return Some((kind.ending(), kept));
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let control = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
    let plain = !text.trim().is_empty() && !text.contains(control);
    plain.then(|| ("txt", bytes.to_vec()))
}

/// `POST /practice/{attempt}/file`
pub(crate) async fn hand_in(
    State(app): State<App>,
    signed_in: SignedIn,
    attempt: Result<Path<String>, PathRejection>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response, PageError> {
    let viewer = signed_in.with_role(Role::Learner)?;
    let attempt = id_of(attempt)?;
    let parts = multipart::parts(form).await?;
    let text = |name: &str| {
        let part = parts.iter().find(|part| part.name == name)?;
        String::from_utf8(part.bytes.to_vec()).ok()
    };
    let fields: Fields = ["answer", "elapsed"]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), text(name)?)))
        .collect();
    let file = parts.iter().find(|part| part.name == "file");
    let found = file.and_then(|part| cleaned(&part.bytes));
    let (name, bytes) = found.map_or_else(Default::default, |(ending, bytes)| {
        (
            format!("{}.{ending}", trellis_store::media_hash(&bytes)),
            bytes,
        )
    });
    let response = Given::File {
        name: name.clone(),
        bytes: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
    };
    let begun = app.store.attempt_begun(&viewer, attempt)?;
    let item = app.store.catalog();
    let variant = item
        .item(&begun.item)
        .ok_or(Refusal::ItemGone)?
        .variant_to_judge(begun.seed)
        .map_err(|_| Refusal::ItemGone)?;
    // What is not asked for is not kept; the learner reads why.
    if matches!(grade(&variant, &response).outcome, Outcome::Awaits(_)) {
        app.store
            .keep_upload(viewer.person(), &name, bytes, app.now())?;
    }
    let command = Command::Respond {
        learner: viewer.person(),
        attempt,
        answer: answer_id(&app, &fields)?,
        response,
        elapsed_ms: text("elapsed")
            .and_then(|text| text.parse().ok())
            .unwrap_or(0),
        said_at: None,
    };
    unless_over(app.execute(viewer.actor(), command).await)?;
    Ok(Redirect::to(&format!("/practice/{attempt}#feedback")).into_response())
}

/// `GET /handed/{upload}`: a picture is shown, anything else is a file to save.
pub(crate) async fn file(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
    file: Result<Path<String>, PathRejection>,
) -> Result<Response, PageError> {
    let Path(file) = file.map_err(|_| Refusal::NotFound)?;
    let kind = upload_kind(&file).ok_or(Refusal::NotFound)?;
    let bytes = app.store.upload(&viewer, &file)?;
    Ok(shown::own(&file, kind, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let ending = |bytes: &[u8]| cleaned(bytes).map(|(ending, _)| ending);
        assert_eq!(ending(b"%PDF-1.7 .."), Some("pdf"));
        assert_eq!(
            ending("Eine Nahrungskette: Gras → Hase\n".as_bytes()),
            Some("txt")
        );
        assert_eq!(ending(b"MZ\x90\0\x03"), None);
        assert_eq!(ending(b"\x89PNG\r\n\x1a\nbroken"), None);
        assert_eq!(ending(b"  \n"), None);
        assert_eq!(ending(b""), None);
        // A page is a text and nothing more: it is only ever saved.
        assert_eq!(ending(b"<html><script>x</script></html>"), Some("txt"));
    }
}
