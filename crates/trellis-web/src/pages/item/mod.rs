//! One question for its teachers: as a learner sees it, with its key and its help, and what can be decided about it.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use serde::Deserialize;
use trellis_core::audit::Subject;
use trellis_core::decide::LONGEST_NOTE;
use trellis_core::framework::ItemId;
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_store::Viewer;
use trellis_store::read::Worklist;

use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::audit::{Scope, done_words, figures_words, frame, name_of, staff, worklist};
use crate::pages::practice::Preview;
use crate::pages::teacher_today::{section_id, since_words};
use crate::session::SignedIn;

/// Other numbers than the first few are drawn by going on.
const MOST_SEED: u64 = 1_000_000;

#[derive(Template)]
#[template(path = "pages/item/item.html")]
struct Page {
    shell: Shell,
    base: String,
    scope: String,
    item: String,
    notice: Option<String>,
    skill: String,
    shown: Preview,
    /// The variant after this one; nothing for a question that is always the same.
    next_seed: Option<u64>,
    figures: Option<String>,
    /// Since when it is held back, by whom and why.
    held: Option<String>,
    note_most: usize,
}

/// What is asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    seed: u64,
    done: Option<String>,
}

/// `GET /teach/{section}/items/{item}`
pub(crate) async fn of_section(
    State(app): State<App>,
    signed_in: SignedIn,
    Path((section, item)): Path<(String, String)>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let viewer = signed_in.with_role(Role::Teacher)?;
    let scope = Scope::Section(section_id(&section)?);
    let Query(asked) = query?;
    page(&app, &viewer, scope, &item, &asked).await
}

/// `GET /district/items/{item}`
pub(crate) async fn of_district(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(item): Path<String>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let viewer = staff(signed_in)?;
    let Query(asked) = query?;
    page(&app, &viewer, Scope::District, &item, &asked).await
}

/// Whether the worklist is about courses that have the item.
fn belongs(app: &App, list: &Worklist, id: &ItemId) -> bool {
    let Some(section) = &list.section else {
        return true;
    };
    let with = app.store.courses_with(&Subject::Item(id.clone()));
    let mut taken = section.courses.iter();
    taken.any(|taken| with.iter().any(|course| course.as_str() == taken))
}

async fn page(
    app: &App,
    viewer: &Viewer,
    scope: Scope,
    item: &str,
    asked: &Asked,
) -> Result<Html<String>, PageError> {
    let id = ItemId::new(item).map_err(|_| Refusal::NotFound)?;
    let list = worklist(app, viewer, scope).await?;
    let (words, catalog) = (&app.words, app.store.catalog());
    let item = catalog.item(&id).filter(|_| belongs(app, &list, &id));
    let item = item.ok_or(Refusal::NotFound)?;
    let seed = asked.seed.min(MOST_SEED);
    let variant = item.variant(seed, None).map_err(|_| Refusal::ItemGone)?;
    let figures = &list.audited.figures;
    let report = figures.iter().find(|report| report.item == id);
    let held = list.held.iter().find(|held| held.item == id);
    let page = Page {
        base: scope.base(),
        scope: scope.field(),
        item: id.to_string(),
        notice: done_words(words, asked.done.as_deref()),
        skill: catalog
            .competency(&item.competency)
            .map(|competency| competency.title.clone())
            .unwrap_or_default(),
        shown: Preview::of(words, &variant)?,
        next_seed: item.template().map(|_| (seed + 1) % MOST_SEED),
        figures: report.map(|report| figures_words(words, report)),
        held: held.map(|held| {
            let name = list.names.get(&held.by);
            let name = name.map_or_else(|| words.t("audit-somebody"), |name| name.short());
            let when = since_words(words, app.now(), held.at);
            let texts = [
                ("name", name.as_str()),
                ("when", &when),
                ("why", &held.note),
            ];
            words.with("item-held", &texts)
        }),
        note_most: LONGEST_NOTE,
        shell: frame(app, viewer, &list, name_of(&catalog, &id))?,
    };
    Ok(Html(page.render()?))
}
