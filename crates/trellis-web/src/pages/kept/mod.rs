//! What we keep about you: every kind of thing that is kept about a person, what for, who reads it and when it ends, from
//! the schema that the database is tested against.

mod looked;
mod record;
mod schedule;

use askama::Template;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};
use trellis_core::access::Relation;
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_store::Viewer;
use trellis_store::personal::{KEPT_AFTER_LEAVING_DAYS, Kind, Lifetime};
use trellis_store::read::PersonView;

use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::session::SignedIn;
use crate::words::Words;

use looked::Looked;

pub use record::record_in_words;
pub use schedule::schedule;

/// One kind of thing, in words.
struct Kept {
    title: String,
    what: String,
    why: String,
    who: String,
    until: String,
}

impl Kept {
    fn of(kind: Kind, words: &Words) -> Self {
        let key = kind.key();
        Self {
            title: words.t(&format!("kept-{key}-title")),
            what: words.t(&format!("kept-{key}-what")),
            why: words.t(&format!("kept-{key}-why")),
            who: who(kind, words),
            until: until(kind, words),
        }
    }
}

/// Who reads it on pages.
fn who(kind: Kind, words: &Words) -> String {
    let readers: Vec<String> = kind
        .readers()
        .into_iter()
        .filter_map(|relation| reader(relation, kind.about()))
        .map(|key| words.t(key))
        .collect();
    if readers.is_empty() {
        words.t("kept-reader-none")
    } else {
        readers.join(", ")
    }
}

fn reader(relation: Relation, about: &[Role]) -> Option<&'static str> {
    let of_learners = about.contains(&Role::Learner);
    match relation {
        Relation::Nobody | Relation::Stranger => None,
        Relation::Own => Some("kept-reader-own"),
        Relation::GuardianOf => Some("kept-reader-guardian"),
        Relation::TeacherOf if of_learners => Some("kept-reader-teacher"),
        Relation::TeacherOf => Some("kept-reader-class-teachers"),
        Relation::LeaderOf => Some("kept-reader-leader"),
        Relation::WithReason => Some("kept-reader-with-reason"),
        Relation::OperatorOf => Some("kept-reader-operator"),
    }
}

fn until(kind: Kind, words: &Words) -> String {
    let lifetime = kind.lifetime();
    let key = format!("kept-until-{}", lifetime.key());
    match lifetime {
        Lifetime::Days(days) => words.count(&key, "days", days),
        Lifetime::WithRecord => words.count(&key, "days", KEPT_AFTER_LEAVING_DAYS),
        Lifetime::UntilReplaced | Lifetime::EndOfDay => words.t(&key),
    }
}

#[derive(Template)]
#[template(path = "pages/kept/kept.html")]
struct Page {
    shell: Shell,
    lead: String,
    kinds: Vec<Kept>,
    /// Who looked at a student's pages.
    looked: Option<Looked>,
    /// The address of the page about this very person.
    here: String,
    /// Children of the one who reads, with the addresses of their pages.
    children: Vec<(String, String)>,
}

/// `GET /kept`: about the one who is signed in.
pub(crate) async fn own(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
) -> Result<Html<String>, PageError> {
    let person = app.store.person_view(&viewer, viewer.person())?;
    let children = app.store.children(&viewer)?;
    let children = children
        .into_iter()
        .map(|child| (format!("/kept/{}", child.id), child.given))
        .collect();
    page(&app, &viewer, &person, children)
}

/// `GET /kept/{person}`: about somebody for whom the reader answers.
pub(crate) async fn of(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
    person: Result<Path<PersonId>, PathRejection>,
) -> Result<Html<String>, PageError> {
    let Path(person) = person?;
    let person = app.store.person_view(&viewer, person)?;
    page(&app, &viewer, &person, Vec::new())
}

fn page(
    app: &App,
    viewer: &Viewer,
    person: &PersonView,
    children: Vec<(String, String)>,
) -> Result<Html<String>, PageError> {
    let words = app.words.clone();
    let name = person.name.given.as_str();
    let (title, lead) = if viewer.person() == person.name.id {
        (words.t("kept-title"), words.t("kept-lead"))
    } else {
        (
            words.one("kept-title-of", "name", name),
            words.one("kept-lead-of", "name", name),
        )
    };
    let kinds = Kind::ALL
        .into_iter()
        .filter(|kind| kind.about().contains(&person.role))
        .map(|kind| Kept::of(kind, &words))
        .collect();
    let page = Page {
        lead,
        kinds,
        looked: (person.role == Role::Learner)
            .then(|| Looked::of(app, viewer, person.name.id, name))
            .transpose()?,
        children,
        here: format!("/kept/{}", person.name.id),
        shell: Shell::of(words, title, viewer, "/kept"),
    };
    Ok(Html(page.render()?))
}

/// `GET /kept/{person}/record.json`: all of it, for programs.
pub(crate) async fn json(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
    person: Result<Path<PersonId>, PathRejection>,
) -> Result<Response, PageError> {
    let Path(person) = person?;
    let record = app.store.person_record(&viewer, person, app.now())?;
    let text = serde_json::to_string_pretty(&record).map_err(|error| PageError::failed(&error))?;
    Ok(file("application/json", "record.json", text))
}

/// `GET /kept/{person}/record.txt`: all of it, in words.
pub(crate) async fn text(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
    person: Result<Path<PersonId>, PathRejection>,
) -> Result<Response, PageError> {
    let Path(person) = person?;
    let record = app.store.person_record(&viewer, person, app.now())?;
    let text = record_in_words(&record, &app.store.catalog(), &app.words);
    Ok(file("text/plain; charset=utf-8", "record.txt", text))
}

/// A file to keep, and not a page to show.
fn file(kind: &'static str, name: &str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}\""),
        ),
    ];
    (headers, text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn every_kind_is_said_in_every_language() {
        for language in [Language::English, Language::Spanish] {
            let words = Words::of(language);
            for kind in Kind::ALL {
                for part in ["title", "what", "why"] {
                    let key = format!("kept-{}-{part}", kind.key());
                    assert!(words.has(&key), "{language:?} {key}");
                }
                let until = format!("kept-until-{}", kind.lifetime().key());
                assert!(words.has(&until), "{language:?} {until}");
                let basis = format!("kept-basis-{}", kind.basis().key());
                assert!(words.has(&basis), "{language:?} {basis}");
            }
        }
    }
}
