//! Files of artifacts and of projects: read without trust as all files that are handed in, and shown to who may see them.

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use trellis_core::item::{FileKind, upload_kind};
use trellis_core::refusal::Refusal;
use trellis_store::NewFile;

use crate::app::App;
use crate::error::PageError;
use crate::media::own;
use crate::multipart::Part;
use crate::pages::practice::cleaned;
use crate::session::SignedIn;

/// A file on a page.
#[derive(Clone)]
pub(crate) struct FileView {
    pub(crate) href: String,
    pub(crate) is_picture: bool,
}

impl FileView {
    pub(crate) fn of((id, name): &(u128, String)) -> Self {
        Self {
            href: format!("/portfolio/file/{id:032x}"),
            is_picture: upload_kind(name) == Some(FileKind::Picture),
        }
    }
}

/// A field that holds a text; empty where there is none.
pub(crate) fn text_of(parts: &[Part], name: &str) -> Result<String, PageError> {
    let part = parts.iter().find(|part| part.name == name);
    let bytes = part.map_or_else(Vec::new, |part| part.bytes.to_vec());
    String::from_utf8(bytes).map_err(|_| PageError::BadRequest)
}

/// The file of a form, cleaned; nothing where none was chosen.
///
/// # Errors
/// [`Refusal::NotAFile`] for a kind that is not taken.
pub(crate) fn new_file(parts: &[Part]) -> Result<Option<NewFile>, PageError> {
    let file = parts
        .iter()
        .find(|part| part.name == "file" && !part.bytes.is_empty());
    let Some(part) = file else {
        return Ok(None);
    };
    let (ending, bytes) = cleaned(&part.bytes).ok_or(Refusal::NotAFile)?;
    let name = format!("{}.{ending}", trellis_store::media_hash(&bytes));
    Ok(Some(NewFile {
        id: App::chance()?,
        name,
        bytes,
    }))
}

/// `GET /portfolio/file/{file}`: a picture is shown, anything else is a file to save.
pub(crate) async fn read(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
    file: Result<Path<String>, PathRejection>,
) -> Result<Response, PageError> {
    let Path(file) = file?;
    let id = u128::from_str_radix(&file, 16).map_err(|_| Refusal::NotFound)?;
    let (name, bytes) = app.store.work_file(&viewer, id)?;
    let kind = upload_kind(&name).ok_or(Refusal::NotFound)?;
    Ok(own(&name, kind, bytes))
}
