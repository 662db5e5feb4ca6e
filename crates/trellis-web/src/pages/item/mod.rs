//! One question for its teachers: as a learner sees it, with its key and its help, and what can be decided about it.

mod answers;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect, Response};
use serde::Deserialize;
use trellis_core::audit::Subject;
use trellis_core::decide::LONGEST_NOTE;
use trellis_core::framework::{CourseId, ItemId};
use trellis_core::item::Item;
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_store::read::{TaughtSection, Worklist};

use crate::app::App;
use crate::error::PageError;
use crate::fields::{Fields, field};
use crate::given;
use crate::layout::Shell;
use crate::pages::audit::{At, Scope, done_words, figures_words, frame, name_of, worklist};
use crate::pages::practice::{MOST_SEED, Preview};
use crate::pages::teacher_today::{InClass, said_by};
use crate::session::SignedIn;
use answers::{ClassAnswers, KeyForm, Revised};

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

impl Asked {
    fn of(fields: &Fields) -> Self {
        Self {
            seed: field(fields, "seed")
                .and_then(|seed| seed.parse().ok())
                .unwrap_or(0),
            done: field(fields, "done").map(ToOwned::to_owned),
            key: key_of(fields),
        }
    }
}

/// The key that a form says, in one field or in several: its parts with ` ; ` between them.
pub(crate) fn key_of(fields: &Fields) -> Option<String> {
    let parts = fields.iter().filter(|(key, _)| key == "key");
    let parts: Vec<&str> = parts.map(|(_, value)| value.trim()).collect();
    (!parts.is_empty()).then(|| parts.join(" ; "))
}

/// Whether a section takes one of these courses.
fn takes(section: &TaughtSection, courses: &[CourseId]) -> bool {
    let mut taken = section.courses.iter();
    taken.any(|taken| courses.iter().any(|course| course.as_str() == taken))
}

/// Whether the worklist is about courses that have the item.
fn belongs(app: &App, list: &Worklist, id: &ItemId) -> bool {
    let with = || app.store.courses_with(&Subject::Item(id.clone()));
    let section = list.section.as_ref();
    section.is_none_or(|section| takes(section, &with()))
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
    let section = sections.iter().find(|section| takes(section, &with));
    let section = section.ok_or(Refusal::NotFound)?;
    Ok(Redirect::to(&format!("/teach/{}/items/{id}", section.id)))
}

/// `GET /teach/{section}/items/{item}/answers.csv`: the wrong answers of a class.
pub(crate) async fn csv(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    Path(OfItem { item }): Path<OfItem>,
) -> Result<Response, PageError> {
    let id = ItemId::new(&item).map_err(|_| Refusal::NotFound)?;
    let of = app.store.item_answers(&viewer, section, &id)?;
    let catalog = app.store.catalog();
    let item = catalog.item(&id).ok_or(Refusal::NotFound)?;
    let variant = item.variant(0, None).map_err(|_| Refusal::ItemGone)?;
    let table = answers::table(&app.words, &catalog, &variant, &of);
    Ok(table.saved_as("answers"))
}

/// The item of an address.
#[derive(Debug, Deserialize)]
pub(crate) struct OfItem {
    item: String,
}

/// `GET /teach/{section}/items/{item}`, `GET /district/items/{item}`
pub(crate) async fn page(
    State(app): State<App>,
    At { viewer, scope }: At,
    Path(OfItem { item }): Path<OfItem>,
    query: Result<Query<Fields>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(fields) = query?;
    let asked = Asked::of(&fields);
    let id = ItemId::new(&item).map_err(|_| Refusal::NotFound)?;
    let list = worklist(&app, &viewer, scope).await?;
    let (words, catalog) = (&app.words, app.store.catalog());
    let item = catalog.item(&id).filter(|_| belongs(&app, &list, &id));
    let item = item.ok_or(Refusal::NotFound)?;
    let seed = asked.seed.min(MOST_SEED);
    let variant = item.variant(seed, None).map_err(|_| Refusal::ItemGone)?;
    let figures = &list.audited.figures;
    let report = figures.iter().find(|report| report.item == id);
    let class = match scope {
        Scope::Section(section) => Some(app.store.item_answers(&viewer, section, &id)?),
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
            let (name, when) = said_by(words, list.names.get(&held.by), app.now(), held.at);
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
        shell: frame(&app, &viewer, list.section.as_ref(), name_of(&catalog, &id))?,
    };
    Ok(Html(page.render()?))
}
