//! Who teaches a class and asks for a page of it: what most addresses of teachers begin with.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use trellis_core::id::SectionId;
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_store::Viewer;

use super::section_id;
use crate::app::App;
use crate::error::PageError;
use crate::session::SignedIn;

/// A teacher, and the section that the address names. Whether it is theirs, the store says.
pub(crate) struct InClass {
    pub(crate) viewer: Viewer,
    pub(crate) section: SectionId,
}

impl FromRequestParts<App> for InClass {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let signed_in = SignedIn::from_request_parts(parts, app).await?;
        let section = section_in(parts, app).await?;
        Ok(Self {
            viewer: signed_in.with_role(Role::Teacher)?,
            section: section.ok_or(Refusal::NotFound)?,
        })
    }
}

/// The section that an address names, when it names one.
pub(crate) async fn section_in(
    parts: &mut Parts,
    app: &App,
) -> Result<Option<SectionId>, PageError> {
    let named = RawPathParams::from_request_parts(parts, app).await;
    let named = named.map_err(|_| Refusal::NotFound)?;
    let mut named = named.iter();
    let section = named.find(|(name, _)| *name == "section");
    section.map(|(_, id)| section_id(id)).transpose()
}
