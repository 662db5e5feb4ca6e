//! What the district has agreed on for all of its classes: looked at and changed by those who lead it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, Request, State};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use serde::Deserialize;
use trellis_core::agreed::{
    Agreed, Feature, LONGEST_LEVEL, LONGEST_REASON, Level, Pace, Requirement, Wrong,
};
use trellis_core::catalog::Catalog;
use trellis_core::framework::{Course, CourseId};
use trellis_core::people::Role;
use trellis_core::plan::Mode;
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;
use trellis_store::Agreement;
use trellis_store::read::ReadError;

use crate::app::App;
use crate::day;
use crate::error::PageError;
use crate::fields::{Fields, field};
use crate::layout::Shell;
use crate::session::SignedIn;
use crate::words::{Language, Words, small};

/// What a redirect can say has been done, or why it was not.
const DONE: [&str; 6] = ["agreed", "same", "days", "requirement", "names", "reason"];

/// Something to choose.
struct Choice {
    key: &'static str,
    title: String,
    help: String,
    chosen: bool,
}

/// A course with its pace and what graduation asks for.
struct CourseRow {
    number: usize,
    title: String,
    steps: String,
    most: usize,
    first: String,
    last: String,
    required: String,
    kinds: Vec<(u8, String, bool)>,
}

/// A level with its names.
struct LevelRow {
    key: &'static str,
    title: String,
    /// Language, label, and the district's own name.
    names: Vec<(&'static str, String, String)>,
}

#[derive(Template)]
#[template(path = "pages/agreed/agreed.html")]
struct Page {
    shell: Shell,
    done: Option<String>,
    modes: Vec<Choice>,
    features: Vec<Choice>,
    courses: Vec<CourseRow>,
    levels: Vec<LevelRow>,
    longest_level: usize,
    longest_reason: usize,
    history: Vec<(String, String)>,
}

fn course_row(words: &Words, agreed: &Agreed, number: usize, course: &Course) -> CourseRow {
    let steps = course.sequence().count();
    let pace = agreed.pace(&course.id);
    let required = agreed.required.iter().find(|one| one.course == course.id);
    let kinds = required.map_or(1, |one| one.kinds);
    CourseRow {
        number,
        title: course.title.clone(),
        steps: words.count("agreed-steps", "count", small(steps)),
        most: steps,
        first: pace.map_or_else(String::new, |pace| day::in_digits(pace.first)),
        last: pace.map_or_else(String::new, |pace| day::in_digits(pace.last)),
        required: required.map_or_else(String::new, |one| one.steps.to_string()),
        kinds: (1..=3)
            .map(|of| {
                let title = words.count("agreed-kinds", "count", u32::from(of));
                (of, title, of == kinds)
            })
            .collect(),
    }
}

fn level_row(words: &Words, agreed: &Agreed, level: Level) -> LevelRow {
    let names = Language::OFFERED.into_iter().map(|language| {
        let tag = language.tag();
        let own = agreed.name(tag, level).unwrap_or_default();
        (tag, language.own_name().to_owned(), own.to_owned())
    });
    LevelRow {
        key: level.key(),
        title: words.t(&format!("scale-{}", level.key())),
        names: names.collect(),
    }
}

fn told(words: &Words, one: &Agreement) -> (String, String) {
    let day = day::in_words(one.at, words);
    let who = match &one.by {
        Some(by) => format!("{} {}", by.given, by.family),
        None => words.t("nobody-any-more"),
    };
    let line = words.with("agreed-when", &[("day", &day), ("who", &who)]);
    (line, one.reason.clone())
}

/// Those who lead the district, and nobody else.
fn leader(signed_in: SignedIn) -> Result<trellis_store::Viewer, PageError> {
    signed_in.with_role(Role::Leader)
}

/// What just happened.
#[derive(Debug, Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

/// `GET /district/agreed`
pub(crate) async fn page(
    State(app): State<App>,
    signed_in: SignedIn,
    query: Result<Query<Done>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(Done { done }) = query?;
    let viewer = leader(signed_in)?;
    let (words, catalog) = (&app.words, app.store.catalog());
    let agreed = app.store.agreed()?;
    let choice = |key: &'static str, of: &str, chosen: bool| Choice {
        key,
        title: words.t(&format!("{of}-{key}")),
        help: words.t(&format!("{of}-{key}-help")),
        chosen,
    };
    let history = app.store.agreements(&viewer)?;
    let page = Page {
        done: words.done("agreed", &DONE, done.as_deref()),
        modes: Mode::ALL
            .into_iter()
            .map(|mode| choice(mode.key(), "agreed-mode", mode == agreed.most))
            .collect(),
        features: Feature::ALL
            .into_iter()
            .map(|feature| choice(feature.key(), "feature", agreed.is_on(feature)))
            .collect(),
        courses: (0..)
            .zip(catalog.courses())
            .map(|(number, course)| course_row(words, &agreed, number, course))
            .collect(),
        levels: Level::ALL
            .into_iter()
            .map(|level| level_row(words, &agreed, level))
            .collect(),
        longest_level: LONGEST_LEVEL,
        longest_reason: LONGEST_REASON,
        history: history.iter().map(|one| told(words, one)).collect(),
        shell: Shell::of(
            words.clone(),
            words.t("agreed-title"),
            &viewer,
            "/district/agreed",
        ),
    };
    Ok(Html(page.render()?))
}

/// Why a form cannot be agreed on: what [`DONE`] says.
type No = &'static str;

fn pace_of(fields: &Fields, number: usize, course: &CourseId) -> Result<Option<Pace>, No> {
    let of = |name: &str| field(fields, &format!("{name}{number}")).unwrap_or_default();
    match (of("first"), of("last")) {
        ("", "") => Ok(None),
        (first, last) => {
            let (first, last) = (Timestamp::of_date(first), Timestamp::of_date(last));
            let (Some(first), Some(last)) = (first, last) else {
                return Err("days");
            };
            let course = course.clone();
            Ok(Some(Pace {
                course,
                first,
                last,
            }))
        }
    }
}

fn requirement_of(
    fields: &Fields,
    number: usize,
    course: &CourseId,
) -> Result<Option<Requirement>, No> {
    let of = |name: &str| field(fields, &format!("{name}{number}")).unwrap_or_default();
    let steps = match of("steps").trim() {
        "" | "0" => return Ok(None),
        steps => steps.parse().map_err(|_| "requirement")?,
    };
    Ok(Some(Requirement {
        course: course.clone(),
        steps,
        kinds: of("kinds").parse().map_err(|_| "requirement")?,
    }))
}

/// What a form says. What holds for courses that are not here any more stays as it was.
fn agreed_of(fields: &Fields, before: &Agreed, catalog: &Catalog) -> Result<Agreed, No> {
    let most = field(fields, "most").and_then(Mode::from_key);
    let here = |id: &CourseId| catalog.course(id).is_some();
    let mut agreed = Agreed {
        most: most.ok_or("same")?,
        off: Feature::ALL
            .into_iter()
            .filter(|feature| field(fields, feature.key()).is_none())
            .collect(),
        paces: before.paces.clone(),
        required: before.required.clone(),
        names: BTreeMap::new(),
    };
    agreed.paces.retain(|one| !here(&one.course));
    agreed.required.retain(|one| !here(&one.course));
    for (number, course) in (0..).zip(catalog.courses()) {
        agreed.paces.extend(pace_of(fields, number, &course.id)?);
        let required = requirement_of(fields, number, &course.id)?;
        agreed.required.extend(required);
    }
    for language in Language::OFFERED {
        let tag = language.tag();
        let names: BTreeMap<Level, String> = Level::ALL
            .into_iter()
            .filter_map(|level| {
                let name = field(fields, &format!("{}-{tag}", level.key()))?.trim();
                (!name.is_empty()).then(|| (level, name.to_owned()))
            })
            .collect();
        if !names.is_empty() {
            agreed.names.insert(tag.to_owned(), names);
        }
    }
    agreed.check().map_err(|wrong| match wrong {
        Wrong::Days => "days",
        Wrong::Requirement => "requirement",
        Wrong::Names => "names",
    })?;
    Ok(agreed)
}

/// `POST /district/agreed`
pub(crate) async fn agree(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(fields) = form?;
    let viewer = leader(signed_in)?;
    let back = |done: &str| Redirect::to(&format!("/district/agreed?done={done}"));
    let before = app.store.agreed()?;
    let agreed = match agreed_of(&fields, &before, &app.store.catalog()) {
        Ok(agreed) => agreed,
        Err(no) => return Ok(back(no)),
    };
    let reason = field(&fields, "reason").unwrap_or_default();
    match app.store.agree(&viewer, &agreed, reason, app.now()) {
        Ok(()) => {}
        Err(ReadError::Refused(Refusal::AlreadySo)) => return Ok(back("same")),
        Err(ReadError::Refused(Refusal::NothingSaid)) => return Ok(back("reason")),
        Err(error) => return Err(error.into()),
    }
    if agreed.most < before.most {
        let (store, actor, now) = (app.store.clone(), viewer.actor(), app.now());
        let note = reason.trim().to_owned();
        // A command for each student of the district: not on a thread that others wait for.
        let done = tokio::task::spawn_blocking(move || {
            store.stand_back_everywhere(agreed.most, &note, actor, now)
        });
        done.await.map_err(|error| PageError::failed(&error))??;
    }
    Ok(back("agreed"))
}

/// What an address belongs to that can be off.
fn feature_of(path: &str) -> Option<Feature> {
    let mut parts = path.split('/').skip(1);
    match (parts.next()?, parts.next(), parts.next()) {
        ("projects", ..) | ("teach", _, Some("projects")) => Some(Feature::Projects),
        ("teach", _, Some("shared")) => Some(Feature::Sharing),
        ("what-if", ..) => Some(Feature::WhatIf),
        _ => None,
    }
}

/// Lets through what is on.
pub(crate) async fn hold_what_is_off(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Response {
    let feature = feature_of(request.uri().path());
    let is_off = match feature {
        Some(feature) => app.store.agreed().map(|agreed| !agreed.is_on(feature)),
        None => Ok(false),
    };
    match is_off {
        Ok(false) => next.run(request).await,
        Ok(true) => PageError::Refused(Refusal::SwitchedOff).into_response(),
        Err(error) => PageError::from(error).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_belong_to_what_can_be_off() {
        for (path, feature) in [
            ("/projects/1", Some(Feature::Projects)),
            ("/teach/1/projects", Some(Feature::Projects)),
            ("/teach/1/projects/2/undo", Some(Feature::Projects)),
            ("/teach/1/shared/say", Some(Feature::Sharing)),
            ("/what-if/a", Some(Feature::WhatIf)),
            ("/teach/shared", None),
            ("/teach/1", None),
            ("/", None),
            ("", None),
            ("/today", None),
        ] {
            assert_eq!(feature_of(path), feature, "{path}");
        }
    }
}
