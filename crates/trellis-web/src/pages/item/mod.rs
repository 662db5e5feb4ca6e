//! One question for its teachers: as a learner sees it, with its key and its help, and what can be decided about it.

mod answers;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use trellis_core::audit::Subject;
use trellis_core::decide::LONGEST_NOTE;
use trellis_core::framework::ItemId;
use trellis_core::item::Item;
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_store::Viewer;
use trellis_store::read::{TaughtSection, Worklist};

use crate::app::App;
use crate::error::PageError;
use crate::given;
use crate::layout::Shell;
use crate::pages::audit::{Scope, done_words, figures_words, frame, name_of, staff, worklist};
use crate::pages::practice::Preview;
use crate::pages::teacher_today::{section_id, since_words};
use crate::session::SignedIn;
use answers::{ClassAnswers, KeyForm, Revised};

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
    /// How the class answered; nothing on the district's pages.
    class: Option<ClassAnswers>,
    key_form: Option<KeyForm>,
    /// Another key that was said and is not decided yet, as it was said and as it will be shown.
    proposed: Option<(String, String)>,
    /// Why what was said cannot be the key.
    fault: Option<String>,
    revised: Option<Revised>,
}

/// What is asked for.
struct Asked {
    seed: u64,
    key: Option<String>,
    done: Option<String>,
}

/// The fields of a query; a key of several parts comes in several fields.
type Fields = Vec<(String, String)>;

impl Asked {
    fn of(fields: &Fields) -> Self {
        let field = |name: &str| {
            fields
                .iter()
                .find(|(key, _)| key == name)
                .map(|(_, value)| value)
        };
        Self {
            seed: field("seed")
                .and_then(|seed| seed.parse().ok())
                .unwrap_or(0),
            done: field("done").cloned(),
            key: key_of(fields),
        }
    }
}

/// The key that a form says, its parts with ` ; ` between them.
pub(crate) fn key_of(fields: &Fields) -> Option<String> {
    let parts = fields.iter().filter(|(key, _)| key == "key");
    let parts: Vec<&str> = parts.map(|(_, value)| value.trim()).collect();
    (!parts.is_empty()).then(|| parts.join(" ; "))
}

/// `GET /teach/{section}/items/{item}`
pub(crate) async fn of_section(
    State(app): State<App>,
    signed_in: SignedIn,
    Path((section, item)): Path<(String, String)>,
    query: Result<Query<Fields>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let viewer = signed_in.with_role(Role::Teacher)?;
    let scope = Scope::Section(section_id(&section)?);
    let Query(fields) = query?;
    page(&app, &viewer, scope, &item, &Asked::of(&fields)).await
}

/// `GET /district/items/{item}`
pub(crate) async fn of_district(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(item): Path<String>,
    query: Result<Query<Fields>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let viewer = staff(signed_in)?;
    let Query(fields) = query?;
    page(&app, &viewer, Scope::District, &item, &Asked::of(&fields)).await
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

/// Another key as it was said, and as it will be shown.
fn propose(key: &str, other: &Item, seed: u64) -> Option<(String, String)> {
    let variant = other.variant(seed, None).ok()?;
    let response = variant.key.response()?;
    let html = given::html(&response, Some(&variant.presentation.interaction));
    Some((key.to_owned(), html))
}

/// `GET /teach/items/{item}`: the page of a question in the first of one's sections that have it.
pub(crate) async fn find(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(item): Path<String>,
) -> Result<Redirect, PageError> {
    let viewer = signed_in.with_role(Role::Teacher)?;
    let id = ItemId::new(&item).map_err(|_| Refusal::NotFound)?;
    let with = app.store.courses_with(&Subject::Item(id.clone()));
    let sections = app.store.sections_of(&viewer)?;
    let takes = |section: &&TaughtSection| {
        let mut courses = section.courses.iter();
        courses.any(|taken| with.iter().any(|course| course.as_str() == taken))
    };
    let section = sections.iter().find(takes).ok_or(Refusal::NotFound)?;
    Ok(Redirect::to(&format!("/teach/{}/items/{id}", section.id)))
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
    let class = match scope {
        Scope::Section(section) => Some(app.store.item_answers(viewer, section, &id)?),
        Scope::District => None,
    };
    let (proposed, fault) = match asked.key.as_ref().map(|key| (key, item.with_key(key))) {
        Some((key, Ok(other))) => (propose(key, &other, seed), None),
        Some((_, Err(fault))) => {
            let key = format!("item-key-fault-{}", fault.name());
            (None, Some(words.one(&key, "what", fault.about())))
        }
        None => (None, None),
    };
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
        class: class.map(|class| ClassAnswers::of(words, &catalog, &variant, &class)),
        key_form: KeyForm::of(item, &variant),
        proposed,
        fault,
        revised: list
            .revisions
            .iter()
            .find(|revision| revision.after.id == id && *revision.after == *item)
            .map(|last| Revised::of(words, &list, app.now(), last)),
        shell: frame(app, viewer, &list, name_of(&catalog, &id))?,
    };
    Ok(Html(page.render()?))
}
