//! A learner's way in: the class code, the own name, three pictures. Only while the teacher has the class open.

use askama::Template;
use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::extract::{Form, Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use trellis_core::id::PersonId;
use trellis_core::refusal::Refusal;
use trellis_store::MOST_FAILURES;
use trellis_store::read::{ClassNames, Name, ReadError};

use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::sign_in;
use crate::tries::{Tried, Whose, try_secret};

/// The pictures. A learner's secret is three of these names in order, with a space between.
pub(crate) const PICTURES: [&str; 12] = [
    "cat", "sun", "boat", "tree", "fish", "star", "house", "flower", "key", "bell", "leaf", "moon",
];
/// The longest code that is looked up.
const LONGEST_CODE: usize = 12;

/// A class code as typed.
#[derive(Debug, Deserialize)]
pub(crate) struct Code {
    code: String,
}

/// The code as it goes into addresses; nothing for what cannot be one.
fn tidy(code: &str) -> Option<String> {
    let code: String = code
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .collect();
    (!code.is_empty()
        && code.len() <= LONGEST_CODE
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    .then(|| code.to_ascii_uppercase())
}

/// The open class with this code, in whatever case its letters were typed.
fn open_class(app: &App, code: &str) -> Result<ClassNames, PageError> {
    let code = tidy(code).ok_or(Refusal::ClassClosed)?;
    match app.store.class_names(&code, app.now()) {
        Err(ReadError::Refused(Refusal::ClassClosed)) => Ok(app
            .store
            .class_names(&code.to_ascii_lowercase(), app.now())?),
        found => Ok(found?),
    }
}

/// `POST /sign-in/class`. A closed class and an unknown code get the same sentence.
pub(crate) async fn find(
    State(app): State<App>,
    form: Result<Form<Code>, FormRejection>,
) -> Result<Response, PageError> {
    let Form(Code { code }) = form?;
    match open_class(&app, &code) {
        Ok(_) => {
            let code = tidy(&code).ok_or(Refusal::ClassClosed)?;
            Ok(Redirect::to(&format!("/class/{code}")).into_response())
        }
        Err(PageError::Refused(Refusal::ClassClosed)) => {
            Ok(Redirect::to("/sign-in?class=closed#student").into_response())
        }
        Err(other) => Err(other),
    }
}

#[derive(Template)]
#[template(path = "pages/class/names.html")]
struct NamesPage {
    shell: Shell,
    code: String,
    section: String,
    names: Vec<Name>,
}

/// `GET /class/{code}`
pub(crate) async fn names(
    State(app): State<App>,
    code: Result<Path<String>, PathRejection>,
) -> Result<Html<String>, PageError> {
    let Path(code) = code?;
    let class = open_class(&app, &code)?;
    let page = NamesPage {
        shell: Shell::plain(app.words.clone(), "who-are-you"),
        code: tidy(&code).ok_or(Refusal::ClassClosed)?,
        section: class.title,
        names: class.names,
    };
    Ok(Html(page.render()?))
}

/// One picture to choose.
struct Picture {
    id: &'static str,
    label: String,
}

#[derive(Template)]
#[template(path = "pages/class/pictures.html")]
struct PicturesPage {
    shell: Shell,
    code: String,
    name: Name,
    pictures: Vec<Picture>,
    /// The three choices: the form's field and its legend.
    places: [(&'static str, String); 3],
    again: bool,
    locked: bool,
    unset: bool,
}

/// Whether a try went wrong just before.
#[derive(Debug, Deserialize)]
pub(crate) struct Before {
    again: Option<String>,
}

/// A learner of an open class. Somebody else's id is not told apart from a closed class.
fn learner_of(class: &ClassNames, person: PersonId) -> Result<Name, PageError> {
    let found = class.names.iter().find(|name| name.id == person);
    Ok(found.ok_or(Refusal::ClassClosed)?.clone())
}

/// `GET /class/{code}/{person}`
pub(crate) async fn pictures(
    State(app): State<App>,
    path: Result<Path<(String, PersonId)>, PathRejection>,
    before: Result<Query<Before>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Path((code, person)) = path?;
    let Query(before) = before?;
    let class = open_class(&app, &code)?;
    let name = learner_of(&class, person)?;
    let credential = app.store.credential(person)?;
    let set = credential.filter(|credential| credential.kind == "pictures");
    let words = &app.words;
    let mut shell = Shell::plain(words.clone(), "your-pictures");
    shell.title = words.one("pictures-title", "name", &name.given);
    let page = PicturesPage {
        shell: shell.with_script("pictures.js"),
        code: tidy(&code).ok_or(Refusal::ClassClosed)?,
        pictures: PICTURES
            .into_iter()
            .map(|id| Picture {
                id,
                label: words.t(&format!("picture-{id}")),
            })
            .collect(),
        places: [
            ("first", words.t("picture-first")),
            ("second", words.t("picture-second")),
            ("third", words.t("picture-third")),
        ],
        again: before.again.is_some(),
        locked: set
            .as_ref()
            .is_some_and(|credential| credential.failures >= MOST_FAILURES),
        unset: set.is_none(),
        name,
    };
    Ok(Html(page.render()?))
}

/// Three pictures in order.
#[derive(Debug, Deserialize)]
pub(crate) struct Three {
    first: String,
    second: String,
    third: String,
}

/// `POST /class/{code}/{person}`
pub(crate) async fn enter(
    State(app): State<App>,
    path: Result<Path<(String, PersonId)>, PathRejection>,
    headers: HeaderMap,
    form: Result<Form<Three>, FormRejection>,
) -> Result<Response, PageError> {
    let Path((code, person)) = path?;
    let class = open_class(&app, &code)?;
    learner_of(&class, person)?;
    let Form(three) = form?;
    let chosen = [three.first, three.second, three.third];
    if !chosen.iter().all(|one| PICTURES.contains(&one.as_str())) {
        return Err(PageError::BadRequest);
    }
    match try_secret(&app, Whose::Pictures(person), chosen.join(" ")).await? {
        Tried::Fits(person) => {
            sign_in::enter(&app, &headers, person, Some(class.section), class.until)
        }
        Tried::No | Tried::Locked => {
            let code = tidy(&code).ok_or(Refusal::ClassClosed)?;
            Ok(Redirect::to(&format!("/class/{code}/{person}?again=1")).into_response())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_tidied_and_nothing_else_passes() {
        assert_eq!(tidy(" k7 m-p "), Some("K7MP".to_owned()));
        for wrong in [
            "",
            "   ",
            "a/b",
            "..",
            "é",
            "ABCDEFGHIJKLM",
            "a?b",
            "a\nb%2f",
        ] {
            assert_eq!(tidy(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn every_picture_has_words_and_a_drawing() {
        let drawings = include_str!("../../../assets/pictures.svg");
        for id in PICTURES {
            let key = format!("picture-{id}");
            assert!(crate::words::Words::english().has(&key), "{key}");
            assert!(drawings.contains(&format!("<symbol id=\"{id}\"")), "{id}");
        }
    }
}
