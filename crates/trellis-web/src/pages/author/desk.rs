//! What an editor is about: the course, the competency, the draft or the item, and what the one who writes may do.

use std::sync::Arc;

use trellis_core::catalog::Catalog;
use trellis_core::framework::{CompetencyId, Course, CourseId, ItemId};
use trellis_core::id::DraftId;
use trellis_core::item::MixUp;
use trellis_core::refusal::Refusal;
use trellis_interop::course::write_item;
use trellis_store::{Draft, MayAuthor, Viewer};

use super::fields::empty;
use crate::app::App;
use crate::error::PageError;
use crate::layout::{Link, Shell};
use crate::pages::audit::staff;
use crate::session::SignedIn;

/// The place of one who writes a question.
pub(super) struct Desk {
    pub(super) viewer: Viewer,
    pub(super) may: MayAuthor,
    pub(super) course: CourseId,
    pub(super) competency: CompetencyId,
    /// The item that is changed; nothing for a new one.
    pub(super) changes: Option<ItemId>,
    /// The draft, once it is saved.
    pub(super) draft: Option<Draft>,
    /// The address of the editor.
    pub(super) path: String,
    pub(super) catalog: Arc<Catalog>,
}

/// The frame of the pages of authors.
pub(super) fn frame(app: &App, viewer: &Viewer, title: String) -> Result<Shell, PageError> {
    let name = app.store.own_name(viewer)?;
    let mut shell = Shell::of(app.words.clone(), title, viewer, "/author").named(&name.given);
    if shell.nav.iter().all(|link| !link.current) {
        shell.nav.push(Link {
            href: "/author".to_owned(),
            label: app.words.t("nav-author"),
            current: true,
        });
    }
    Ok(shell)
}

impl Desk {
    /// The desk of a new question.
    pub(super) fn new(
        app: &App,
        signed_in: SignedIn,
        course: &str,
        competency: &str,
    ) -> Result<Self, PageError> {
        let viewer = staff(signed_in)?;
        let course = CourseId::new(course).map_err(|_| Refusal::NotFound)?;
        let competency = CompetencyId::new(competency).map_err(|_| Refusal::NotFound)?;
        let may = app.store.may_author(&viewer, &course)?;
        let catalog = app.store.catalog();
        let known = catalog.course(&course).ok_or(Refusal::NotFound)?;
        known.competency(&competency).ok_or(Refusal::NotFound)?;
        Ok(Self {
            viewer,
            may,
            path: format!("/author/{course}/{competency}/new"),
            course,
            competency,
            changes: None,
            draft: None,
            catalog,
        })
    }

    /// The desk of a question that learners get. One that was imported from elsewhere has no text to write in.
    pub(super) fn of_item(app: &App, signed_in: SignedIn, item: &str) -> Result<Self, PageError> {
        let viewer = staff(signed_in)?;
        let id = ItemId::new(item).map_err(|_| Refusal::NotFound)?;
        let catalog = app.store.catalog();
        let item = catalog.item(&id).filter(|item| item.template().is_some());
        let competency = item.ok_or(Refusal::NotFound)?.competency.clone();
        let course = catalog.course_of(&competency).ok_or(Refusal::NotFound)?;
        let course = course.id.clone();
        Ok(Self {
            may: app.store.may_author(&viewer, &course)?,
            viewer,
            course,
            competency,
            path: format!("/author/item/{id}"),
            changes: Some(id),
            draft: None,
            catalog,
        })
    }

    /// The desk of a draft.
    pub(super) fn of_draft(app: &App, signed_in: SignedIn, draft: &str) -> Result<Self, PageError> {
        let viewer = staff(signed_in)?;
        let id = DraftId::parse(draft).map_err(|_| Refusal::NotFound)?;
        let (draft, _) = app.store.draft(&viewer, id)?;
        Ok(Self {
            may: app.store.may_author(&viewer, &draft.course)?,
            viewer,
            course: draft.course.clone(),
            competency: draft.competency.clone(),
            path: format!("/author/draft/{id}"),
            changes: draft.changes.clone(),
            draft: Some(draft),
            catalog: app.store.catalog(),
        })
    }

    /// The course, which may have gone since the draft was begun.
    pub(super) fn course(&self) -> Result<&Course, PageError> {
        let course = self.catalog.course(&self.course);
        course.ok_or_else(|| Refusal::NotFound.into())
    }

    /// The title of the competency.
    pub(super) fn skill(&self) -> String {
        let competency = self.catalog.competency(&self.competency);
        competency.map_or_else(|| self.competency.to_string(), |known| known.title.clone())
    }

    /// All mix-ups that a question may name.
    pub(super) fn mix_ups(&self) -> Vec<MixUp> {
        self.catalog.mix_ups().cloned().collect()
    }

    /// The text to begin with.
    pub(super) fn text(&self) -> Result<String, PageError> {
        if let Some(draft) = &self.draft {
            return Ok(draft.last.text.clone());
        }
        let of = self.changes.as_ref().and_then(|id| self.catalog.item(id));
        if let Some(template) = of.and_then(|item| item.template()) {
            return Ok(write_item(template.source(), &[]));
        }
        let id = self.free_id().ok_or(Refusal::NotFound)?;
        Ok(write_item(&empty(id, self.competency.clone()), &[]))
    }

    /// A name that no item has, after the competency.
    fn free_id(&self) -> Option<ItemId> {
        free(&self.catalog, self.competency.as_str(), 1)
    }
}

/// The first of `name-n`, `name-n+1`, ... that no item has.
pub(super) fn free(catalog: &Catalog, name: &str, from: u32) -> Option<ItemId> {
    let mut ids = (from..).map_while(|number| ItemId::new(&format!("{name}-{number}")).ok());
    ids.find(|id| catalog.item(id).is_none())
}
