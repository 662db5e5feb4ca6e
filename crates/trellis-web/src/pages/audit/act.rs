//! What people decide about questions, from the worklist and from the page of a question.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Redirect;
use serde::Deserialize;
use trellis_core::audit::{AuditFinding, Settlement, Subject};
use trellis_core::command::Command;
use trellis_core::curation::finding_name;
use trellis_core::framework::{CompetencyId, CourseId, ItemId};
use trellis_core::id::Seq;
use trellis_core::refusal::Refusal;
use trellis_store::Viewer;

use super::{Scope, staff, worklist};
use crate::app::App;
use crate::error::PageError;
use crate::fields::{Fields, field};
use crate::pages::item::key_of;
use crate::session::SignedIn;

/// A decision about a question.
#[derive(Debug, Deserialize)]
pub(crate) struct OfItem {
    /// The section from whose pages it comes; empty for the district's.
    #[serde(default)]
    scope: String,
    item: String,
    #[serde(default)]
    note: String,
    /// The revision to take back.
    #[serde(default)]
    revision: u64,
    /// Whether to go back to the page of the question, and not to the worklist.
    #[serde(default)]
    here: bool,
}

/// A decision about a finding.
#[derive(Debug, Deserialize)]
pub(crate) struct OfFinding {
    #[serde(default)]
    scope: String,
    finding: String,
    #[serde(default)]
    how: String,
    #[serde(default)]
    note: String,
}

impl OfItem {
    fn id(&self) -> Result<ItemId, PageError> {
        ItemId::new(&self.item).map_err(|_| Refusal::NotFound.into())
    }

    fn back(&self, done: &str) -> Result<Redirect, PageError> {
        let base = Scope::of_field(&self.scope)?.base();
        let item = self.id()?;
        Ok(Redirect::to(&match self.here {
            true => format!("{base}/items/{item}?done={done}"),
            false => format!("{base}/audit?done={done}"),
        }))
    }
}

/// Does what was asked; what is so already is no fault of the one who pressed twice.
pub(crate) async fn execute(app: &App, viewer: &Viewer, command: Command) -> Result<(), PageError> {
    match app.execute(viewer.actor(), command).await {
        Ok(_) | Err(PageError::Refused(Refusal::AlreadySo | Refusal::NothingToUndo)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// What comes of a form about a question.
type Sent = Result<Form<OfItem>, FormRejection>;

/// Does something about the item of a form.
async fn about_item(
    app: App,
    signed_in: SignedIn,
    form: Sent,
    command: impl FnOnce(ItemId, String) -> Command,
    done: &str,
) -> Result<Redirect, PageError> {
    let viewer = staff(signed_in)?;
    let Form(form) = form?;
    execute(&app, &viewer, command(form.id()?, form.note.clone())).await?;
    form.back(done)
}

/// `POST /audit/hold`
pub(crate) async fn hold(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Sent,
) -> Result<Redirect, PageError> {
    let command = |item, note| Command::HoldItem { item, note };
    about_item(app, signed_in, form, command, "held").await
}

/// `POST /audit/release`
pub(crate) async fn release(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Sent,
) -> Result<Redirect, PageError> {
    let command = |item, _| Command::ReleaseItem { item };
    about_item(app, signed_in, form, command, "released").await
}

/// `POST /audit/report`: a question is bad.
pub(crate) async fn report(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Sent,
) -> Result<Redirect, PageError> {
    let command = |item, note| Command::ReportItem { item, note };
    about_item(app, signed_in, form, command, "reported").await
}

/// `POST /audit/unmend`: the last revision of a question is taken back.
pub(crate) async fn unmend(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Sent,
) -> Result<Redirect, PageError> {
    let revision = Seq(form.as_ref().map_or(0, |form| form.revision));
    let command = |item, _| Command::UndoRevision { item, revision };
    about_item(app, signed_in, form, command, "unmended").await
}

/// `POST /audit/mend`: another key stands in the place of a wrong one.
pub(crate) async fn mend(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let viewer = staff(signed_in)?;
    let Form(fields) = form?;
    let field = |name: &str| field(&fields, name).unwrap_or("");
    let scope = Scope::of_field(field("scope"))?;
    let id = ItemId::new(field("item")).map_err(|_| Refusal::NotFound)?;
    let key = key_of(&fields).ok_or(PageError::BadRequest)?;
    let catalog = app.store.catalog();
    let item = catalog.item(&id).ok_or(Refusal::NotFound)?;
    let item = item.with_key(&key).map_err(|_| Refusal::AnotherQuestion)?;
    let command = Command::ReviseItem {
        item: Box::new(item),
        note: field("note").to_owned(),
    };
    execute(&app, &viewer, command).await?;
    Ok(Redirect::to(&format!(
        "{}/items/{id}?done=mended",
        scope.base()
    )))
}

/// `POST /audit/settle`: a finding was looked at, or is put away with a reason.
pub(crate) async fn settle(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<OfFinding>, FormRejection>,
) -> Result<Redirect, PageError> {
    let viewer = staff(signed_in)?;
    let Form(form) = form?;
    let scope = Scope::of_field(&form.scope)?;
    let (how, done) = match form.how.as_str() {
        "checked" => (Settlement::Checked, "checked"),
        "dismissed" => (Settlement::Dismissed, "dismissed"),
        _ => return Err(PageError::BadRequest),
    };
    let list = worklist(&app, &viewer, scope).await?;
    let mut open = list.open.into_iter();
    // One that is not open any more was settled before, by a double click or by a colleague.
    if let Some(finding) = open.find(|finding| finding_name(finding) == form.finding) {
        let AuditFinding { about, observed } = finding;
        let command = Command::SettleFinding {
            about,
            seen: observed,
            how,
            note: form.note,
        };
        execute(&app, &viewer, command).await?;
    }
    Ok(Redirect::to(&format!("{}/audit?done={done}", scope.base())))
}

/// `POST /audit/reopen`: a decision about a finding is taken back.
pub(crate) async fn reopen(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<OfFinding>, FormRejection>,
) -> Result<Redirect, PageError> {
    let viewer = staff(signed_in)?;
    let Form(form) = form?;
    let scope = Scope::of_field(&form.scope)?;
    let (about, rule) = read_name(&form.finding).ok_or(PageError::BadRequest)?;
    execute(&app, &viewer, Command::ReopenFinding { about, rule }).await?;
    Ok(Redirect::to(&format!(
        "{}/audit?done=reopened",
        scope.base()
    )))
}

/// Reads what [`finding_name`] wrote.
fn read_name(text: &str) -> Option<(Subject, String)> {
    let mut parts = text.splitn(3, '/');
    let (rule, kind, id) = (parts.next()?, parts.next()?, parts.next()?);
    let about = match kind {
        "item" => Subject::Item(ItemId::new(id).ok()?),
        "competency" => Subject::Competency(CompetencyId::new(id).ok()?),
        "course" => Subject::Course(CourseId::new(id).ok()?),
        _ => return None,
    };
    Some((about, rule.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use trellis_core::audit::Observed;

    #[test]
    fn a_name_is_read_as_it_was_written() {
        for about in [
            Subject::Item(ItemId::new("a.b:c").unwrap()),
            Subject::Competency(CompetencyId::new("x").unwrap()),
            Subject::Course(CourseId::new("y").unwrap()),
        ] {
            let finding = AuditFinding {
                about: about.clone(),
                observed: Observed::NoHint,
            };
            let read = read_name(&finding_name(&finding));
            assert_eq!(read, Some((about, "no-hint".to_owned())));
        }
        for bad in ["", "no-hint", "no-hint/item", "no-hint/item/", "a/b/c"] {
            assert_eq!(read_name(bad), None, "{bad}");
        }
    }
}
