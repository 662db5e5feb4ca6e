//! Sorting an imported bank: which skills of a real course its questions count for. Words suggest, a person decides.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use trellis_core::catalog::Catalog;
use trellis_core::command::Command;
use trellis_core::framework::{CompetencyId, Course, CourseId, ItemId};
use trellis_core::item::Item;
use trellis_core::refusal::Refusal;
use trellis_core::suggest::{Suggestion, WordIndex};
use trellis_core::tag::{MOST_TAGS, Tag};
use trellis_store::read::ContentDesk;

use crate::app::App;
use crate::choice::{Choice, Unit, units};
use crate::error::PageError;
use crate::fields::{Fields, field};
use crate::layout::Shell;
use crate::pages::audit::{At, Leaf, Scope, done_words, execute, frame, name_of, staff};
use crate::pages::teacher_today::{courses_of, said_by};
use crate::reasons::title_of;
use crate::session::SignedIn;
use crate::words::{Words, small};

/// Questions on one page.
const ON_A_PAGE: usize = 10;
/// Skills that are suggested for a question.
const SUGGESTED: usize = 3;
/// Decisions that are listed, to be taken back.
const DECIDED_SHOWN: usize = 12;

/// A question that is not sorted yet.
struct Row {
    id: String,
    href: String,
    stem: String,
    /// What the import said that it is about.
    skill: String,
    suggested: Vec<Choice>,
    /// Why the first is suggested, in words.
    why: String,
    /// The other questions of the same skill.
    others: Option<String>,
}

/// A decision that can be taken back.
struct Decided {
    id: String,
    href: String,
    stem: String,
    line: String,
}

#[derive(Template)]
#[template(path = "pages/tags/tags.html")]
struct Page {
    shell: Shell,
    base: String,
    scope: String,
    notice: Option<String>,
    banks: Vec<Choice>,
    courses: Vec<Choice>,
    heading: String,
    rows: Vec<Row>,
    units: Vec<Unit>,
    /// What the forms of this page carry so that they lead back to it.
    from: String,
    to: String,
    page: usize,
    earlier: Option<String>,
    later: Option<String>,
    decided: Vec<Decided>,
}

/// What is asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    /// The bank.
    from: Option<String>,
    /// The course that its questions shall count for.
    to: Option<String>,
    #[serde(default)]
    page: usize,
    done: Option<String>,
}

/// The courses that a page is about.
pub(crate) fn courses_at<'a>(catalog: &'a Catalog, desk: &ContentDesk) -> Vec<&'a Course> {
    match &desk.section {
        Some(section) => courses_of(catalog, section),
        None => catalog.courses().iter().collect(),
    }
}

/// The course of this id, or else the first that fits.
fn choose<'a>(
    courses: &[&'a Course],
    id: Option<&str>,
    fits: impl Fn(&Course) -> bool,
) -> Option<&'a Course> {
    let named = courses.iter().find(|course| Some(course.id.as_str()) == id);
    let fitting = || courses.iter().find(|course| fits(course));
    named.or_else(fitting).copied()
}

/// Courses to choose from.
pub(crate) fn choices(courses: &[&Course], chosen: Option<&Course>) -> Vec<Choice> {
    let one = |course: &&Course| Choice {
        id: course.id.to_string(),
        title: course.title.clone(),
        chosen: chosen.is_some_and(|chosen| chosen.id == course.id),
    };
    courses.iter().map(one).collect()
}

/// `GET /teach/{section}/tags`, `GET /district/tags`
pub(crate) async fn page(
    State(app): State<App>,
    At { viewer, scope }: At,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(asked) = query?;
    let desk = app.store.content_desk(&viewer, scope.section())?;
    let (words, catalog) = (&app.words, app.store.catalog());
    let courses = courses_at(&catalog, &desk);
    // A bank names its questions' skills, and nothing of what comes before what.
    let is_bank = |course: &Course| course.framework.associations().is_empty();
    let from = choose(&courses, asked.from.as_deref(), is_bank);
    let is_other = |course: &Course| from.is_none_or(|from| from.id != course.id);
    let to = choose(&courses, asked.to.as_deref(), |course| {
        is_other(course) && !is_bank(course)
    });
    let to = to.filter(|to| is_other(to));
    let sorting = from.zip(to).map(|(from, to)| Sorting {
        words,
        catalog: &catalog,
        base: scope.base(),
        index: WordIndex::of(&catalog, [to]),
        waiting: waiting(&catalog, from),
    });
    let count = sorting.as_ref().map_or(0, |sorting| sorting.waiting.len());
    let id =
        |course: Option<&Course>| course.map_or_else(String::new, |course| course.id.to_string());
    let (from_id, to_id) = (id(from), id(to));
    let base = scope.base();
    let leaf = Leaf::of(asked.page, count, ON_A_PAGE, |page| {
        format!("{base}/tags?from={from_id}&to={to_id}&page={page}")
    });
    let page = Page {
        scope: scope.field(),
        notice: done_words(words, asked.done.as_deref()),
        banks: choices(&courses, from),
        courses: choices(&courses, to),
        heading: words.count("tags-count", "count", small(count)),
        rows: sorting.map_or_else(Vec::new, |sorting| sorting.rows(leaf.at)),
        units: units(to, None, |_| true),
        page: leaf.at,
        earlier: leaf.earlier,
        later: leaf.later,
        decided: decided(&app, &catalog, &desk, &base),
        shell: frame(&app, &viewer, desk.section.as_ref(), words.t("tags-title"))?,
        from: from_id,
        to: to_id,
        base,
    };
    Ok(Html(page.render()?))
}

/// The questions of a bank, in its order.
fn waiting<'a>(catalog: &'a Catalog, bank: &Course) -> Vec<&'a Item> {
    let skills: Vec<CompetencyId> = bank.sequence().cloned().collect();
    let mut items = Vec::new();
    for skill in &skills {
        items.extend(catalog.items_of(skill));
    }
    items
}

/// What the rows are written from.
struct Sorting<'a> {
    words: &'a Words,
    catalog: &'a Catalog,
    base: String,
    index: WordIndex,
    waiting: Vec<&'a Item>,
}

impl Sorting<'_> {
    fn rows(&self, page: usize) -> Vec<Row> {
        let mut of_skill: BTreeMap<&CompetencyId, u32> = BTreeMap::new();
        for item in &self.waiting {
            *of_skill.entry(&item.competency).or_default() += 1;
        }
        let shown = self.waiting.iter().skip(page * ON_A_PAGE).take(ON_A_PAGE);
        shown
            .map(|item| {
                let skill = title_of(self.catalog, &item.competency);
                let suggested = self.index.suggest(item, &skill, SUGGESTED);
                let others = of_skill.get(&item.competency).map_or(0, |count| count - 1);
                Row {
                    id: item.id.to_string(),
                    href: format!("{}/items/{}", self.base, item.id),
                    stem: name_of(self.catalog, &item.id),
                    why: self.why(suggested.first()),
                    suggested: suggested
                        .iter()
                        .map(|one| Choice {
                            id: one.competency.to_string(),
                            title: title_of(self.catalog, &one.competency),
                            chosen: false,
                        })
                        .collect(),
                    others: (others > 0).then(|| {
                        let count = [("count", f64::from(others))];
                        self.words
                            .mixed("tags-others", &count, &[("skill", &skill)])
                    }),
                    skill,
                }
            })
            .collect()
    }

    fn why(&self, best: Option<&Suggestion>) -> String {
        match best {
            Some(best) => self.words.one("tags-why", "words", &best.words.join(", ")),
            None => self.words.t("tags-why-none"),
        }
    }
}

fn decided(app: &App, catalog: &Catalog, desk: &ContentDesk, base: &str) -> Vec<Decided> {
    let courses = courses_at(catalog, desk);
    let here = |id: &CompetencyId| courses.iter().any(|course| course.competency(id).is_some());
    let tags = desk.tags.iter().filter(|tagged| here(&tagged.competency));
    tags.take(DECIDED_SHOWN)
        .map(|tagged| {
            let name = desk.names.get(&tagged.by);
            let (name, when) = said_by(&app.words, name, app.now(), tagged.at);
            let skill = title_of(catalog, &tagged.competency);
            let texts = [("skill", skill.as_str()), ("name", &name), ("when", &when)];
            Decided {
                id: tagged.item.to_string(),
                href: format!("{base}/items/{}", tagged.item),
                stem: name_of(catalog, &tagged.item),
                line: app.words.with("tags-decided", &texts),
            }
        })
        .collect()
}

/// Where a form of this page leads back to.
fn back(scope: Scope, fields: &Fields, done: &str) -> Redirect {
    let plain = |name: &str| {
        let id = field(fields, name).and_then(|id| CourseId::new(id).ok());
        id.map_or_else(String::new, |id| id.to_string())
    };
    let page = field(fields, "page").and_then(|page| page.parse::<usize>().ok());
    Redirect::to(&format!(
        "{}/tags?from={}&to={}&page={}&done={done}",
        scope.base(),
        plain("from"),
        plain("to"),
        page.unwrap_or(0)
    ))
}

/// `POST /audit/tag`: a question, or all of its skill, counts for another skill; without one as the import says.
pub(crate) async fn tag(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let viewer = staff(signed_in)?;
    let Form(fields) = form?;
    let scope = Scope::of_field(field(&fields, "scope").unwrap_or(""))?;
    let id = field(&fields, "item").and_then(|id| ItemId::new(id).ok());
    let id = id.ok_or(Refusal::NotFound)?;
    let competency = match field(&fields, "competency").unwrap_or("") {
        "" => None,
        text => Some(CompetencyId::new(text).map_err(|_| Refusal::NotFound)?),
    };
    let done = match competency {
        Some(_) => "tagged",
        None => "untagged",
    };
    let catalog = app.store.catalog();
    let mut items = vec![id.clone()];
    if field(&fields, "others").is_some() {
        let skill = catalog.item(&id).map(|item| item.competency.clone());
        let others = skill.iter().flat_map(|skill| catalog.items_of(skill));
        items.extend(
            others
                .map(|item| item.id.clone())
                .filter(|other| *other != id),
        );
    }
    for some in items.chunks(MOST_TAGS) {
        let tag = |item: &ItemId| Tag {
            item: item.clone(),
            competency: competency.clone(),
        };
        let tags = some.iter().map(tag).collect();
        execute(&app, &viewer, Command::TagItems { tags }).await?;
    }
    Ok(back(scope, &fields, done))
}
