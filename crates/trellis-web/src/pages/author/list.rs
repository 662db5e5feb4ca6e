//! The list of courses with their competencies, how many questions each has, and the drafts on top.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use serde::Deserialize;
use trellis_core::framework::CourseId;
use trellis_core::refusal::Refusal;
use trellis_interop::course::read_item;
use trellis_store::Draft;

use super::desk::frame;
use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::markup::plain;
use crate::pages::audit::staff;
use crate::pages::teacher_today::said_by;
use crate::session::SignedIn;
use crate::words::small;

/// Most drafts that are listed.
const MOST_DRAFTS: usize = 40;

/// A draft in the list.
struct Line {
    href: String,
    /// The question, shortened.
    stem: String,
    skill: String,
    /// Who saved it last and when.
    saved: String,
    published: bool,
}

/// A course to open.
struct CourseLine {
    href: String,
    title: String,
    about: String,
}

/// A competency with its questions.
struct Skill {
    title: String,
    new: String,
    label: String,
    count: String,
    items: Vec<(String, String)>,
}

/// A part of a course.
struct Part {
    title: String,
    skills: Vec<Skill>,
}

#[derive(Template)]
#[template(path = "pages/author/list.html")]
struct Page {
    shell: Shell,
    notice: Option<String>,
    drafts: Vec<Line>,
    courses: Vec<CourseLine>,
}

#[derive(Template)]
#[template(path = "pages/author/course.html")]
struct CoursePage {
    shell: Shell,
    title: String,
    parts: Vec<Part>,
}

/// What just happened.
#[derive(Debug, Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

/// The beginning of a text, cut at a word.
fn short(text: &str) -> String {
    let line = plain(text.lines().next().unwrap_or_default());
    let mut out = String::new();
    for word in line.split_whitespace() {
        if out.chars().count() + word.chars().count() > 90 {
            return out + " …";
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// `GET /author`
pub(crate) async fn courses(
    State(app): State<App>,
    signed_in: SignedIn,
    query: Result<Query<Done>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(Done { done }) = query?;
    let viewer = staff(signed_in)?;
    let (words, catalog) = (&app.words, app.store.catalog());
    let mut courses = Vec::new();
    for course in catalog.courses() {
        if app.store.may_author(&viewer, &course.id).is_ok() {
            let skills = course.sequence();
            let items: usize = skills.map(|id| catalog.items_of(id).count()).sum();
            courses.push(CourseLine {
                href: format!("/author/{}", course.id),
                title: course.title.clone(),
                about: words.count("author-items", "count", small(items)),
            });
        }
    }
    let drafts = app.store.drafts(&viewer)?;
    let page = Page {
        notice: done
            .filter(|done| done == "discarded")
            .map(|_| words.t("author-done-discarded")),
        drafts: drafts
            .iter()
            .take(MOST_DRAFTS)
            .map(|draft| line(&app, draft))
            .collect(),
        courses,
        shell: frame(&app, &viewer, words.t("author-title"))?,
    };
    Ok(Html(page.render()?))
}

fn line(app: &App, draft: &Draft) -> Line {
    let words = &app.words;
    let catalog = app.store.catalog();
    let stem = read_item(&draft.last.text).0.source;
    let stem = stem.map(|source| short(&source.stem)).unwrap_or_default();
    let (name, when) = said_by(words, draft.last.by.as_ref(), app.now(), draft.last.at);
    let competency = catalog.competency(&draft.competency);
    let current = draft.published.as_ref();
    Line {
        href: format!("/author/draft/{}", draft.id),
        stem: if stem.is_empty() {
            words.t("author-no-stem")
        } else {
            stem
        },
        skill: competency.map_or_else(String::new, |competency| competency.title.clone()),
        saved: words.with("audit-decided", &[("name", &name), ("when", &when)]),
        published: current.is_some_and(|(_, version)| *version == draft.last.number),
    }
}

/// `GET /author/{course}`
pub(crate) async fn course(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(course): Path<String>,
) -> Result<Html<String>, PageError> {
    let viewer = staff(signed_in)?;
    let id = CourseId::new(&course).map_err(|_| Refusal::NotFound)?;
    app.store.may_author(&viewer, &id)?;
    let (words, catalog) = (&app.words, app.store.catalog());
    let course = catalog.course(&id).ok_or(Refusal::NotFound)?;
    let parts = course.units.iter().map(|unit| {
        let skills = unit.competencies.iter().filter_map(|competency| {
            let known = course.competency(competency)?;
            let items: Vec<_> = catalog
                .items_of(competency)
                .filter_map(|item| item.template())
                .map(|template| {
                    let source = template.source();
                    (format!("/author/item/{}", source.id), short(&source.stem))
                })
                .collect();
            let all = catalog.items_of(competency).count();
            Some(Skill {
                new: format!("/author/{id}/{competency}/new"),
                label: words.one("author-new-label", "skill", &known.title),
                title: known.title.clone(),
                count: words.count("author-items", "count", small(all)),
                items,
            })
        });
        Part {
            title: unit.title.clone(),
            skills: skills.collect(),
        }
    });
    let page = CoursePage {
        title: course.title.clone(),
        parts: parts.collect(),
        shell: frame(&app, &viewer, course.title.clone())?,
    };
    Ok(Html(page.render()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_question_is_cut_at_a_word() {
        assert_eq!(short("Work out $2 + 3$."), "Work out 2 + 3.");
        let long = "word ".repeat(40);
        let cut = short(&long);
        assert!(cut.ends_with("word …") && cut.chars().count() < 96, "{cut}");
    }
}
