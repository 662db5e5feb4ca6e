//! What comes before what in a course: its prerequisite links as a list, to be added and taken away with a reason.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use trellis_core::audit::{AuditFinding, Observed, Subject, shut_out};
use trellis_core::catalog::Catalog;
use trellis_core::command::Command;
use trellis_core::decide::LONGEST_NOTE;
use trellis_core::framework::{CompetencyId, Course, CourseId};
use trellis_core::refusal::Refusal;
use trellis_store::read::ContentDesk;

use crate::app::App;
use crate::choice::Choice;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::audit::{At, Scope, done_words, execute, frame, says, staff};
use crate::pages::tags::{choices, courses_at};
use crate::pages::teacher_today::said_by;
use crate::reasons::title_of;
use crate::session::SignedIn;
use crate::words::{Words, small};

/// A skill that comes directly before another.
struct Before {
    id: String,
    title: String,
    /// What a button that takes the link away is for.
    label: String,
    /// Whether the course did not say so itself.
    added: bool,
}

/// A skill with what comes before it.
struct Row {
    id: String,
    title: String,
    before: Vec<Before>,
    /// Why nobody ever comes to it.
    shut: Option<String>,
}

/// A unit with its skills.
struct Group {
    title: String,
    rows: Vec<Row>,
}

/// A decision that can be taken back.
struct Decided {
    first: String,
    then: String,
    what: String,
    line: String,
}

#[derive(Template)]
#[template(path = "pages/links/links.html")]
struct Page {
    shell: Shell,
    base: String,
    scope: String,
    notice: Option<String>,
    /// Why the last link was not added.
    circle: Option<String>,
    course: String,
    title: String,
    courses: Vec<Choice>,
    /// How many links there are, and how many skills nobody comes to.
    counts: String,
    groups: Vec<Group>,
    /// What was chosen for the link that was not added.
    first: String,
    then: String,
    note_most: usize,
    decided: Vec<Decided>,
}

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    course: Option<String>,
    /// The link that would have closed a circle.
    #[serde(default)]
    first: String,
    #[serde(default)]
    then: String,
    done: Option<String>,
}

/// `GET /teach/{section}/links`, `GET /district/links`
pub(crate) async fn page(
    State(app): State<App>,
    At { viewer, scope }: At,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(asked) = query?;
    let desk = app.store.content_desk(&viewer, scope.section())?;
    let (words, catalog) = (&app.words, app.store.catalog());
    let courses = courses_at(&catalog, &desk);
    let named = |course: &&&Course| Some(course.id.as_str()) == asked.course.as_deref();
    let found = courses.iter().find(named).or_else(|| courses.first());
    let course = *found.ok_or(Refusal::NotFound)?;
    let groups = groups(words, &catalog, course);
    let shut = groups.iter().flat_map(|group| &group.rows);
    let shut = shut.filter(|row| row.shut.is_some()).count();
    let page = Page {
        base: scope.base(),
        scope: scope.field(),
        notice: done_words(words, asked.done.as_deref()),
        circle: circle(words, course, &asked),
        course: course.id.to_string(),
        title: course.title.clone(),
        courses: choices(&courses, Some(course)),
        counts: words.mixed(
            "links-count",
            &[
                (
                    "links",
                    f64::from(small(course.framework.associations().len())),
                ),
                ("shut", f64::from(small(shut))),
            ],
            &[],
        ),
        groups,
        note_most: LONGEST_NOTE,
        decided: decided(&app, &catalog, course, &desk),
        shell: frame(&app, &viewer, desk.section.as_ref(), words.t("links-title"))?,
        first: asked.first,
        then: asked.then,
    };
    Ok(Html(page.render()?))
}

/// The sentence that names the circle which a link would close.
fn circle(words: &Words, course: &Course, asked: &Asked) -> Option<String> {
    let first = CompetencyId::new(&asked.first).ok()?;
    let then = CompetencyId::new(&asked.then).ok()?;
    let circle = course.framework.circle_closed_by(&first, &then)?;
    let title = |id: &CompetencyId| {
        let competency = course.competency(id);
        competency.map_or_else(|| id.to_string(), |found| found.title.clone())
    };
    let mut titles: Vec<String> = circle.iter().map(title).collect();
    titles.push(title(&then));
    Some(words.one("links-circle", "circle", &titles.join(" → ")))
}

/// All skills of a course, in order of teaching; those that no unit teaches come last.
fn groups(words: &Words, catalog: &Catalog, course: &Course) -> Vec<Group> {
    let shut = shut_out(catalog, course);
    let mut left: BTreeMap<&CompetencyId, Row> = BTreeMap::new();
    for competency in course.framework.competencies() {
        let before = course.framework.before(&competency.id);
        let before = before.map(|first| {
            let title = title_of(catalog, first);
            let texts = [("first", title.as_str()), ("then", &competency.title)];
            Before {
                id: first.to_string(),
                label: words.with("links-remove-label", &texts),
                added: !catalog.was_before(first, &competency.id),
                title,
            }
        });
        let why = shut.get(&competency.id).map(|because_of| {
            let finding = AuditFinding {
                about: Subject::Competency(competency.id.clone()),
                observed: Observed::Unreachable {
                    because_of: because_of.clone(),
                },
            };
            says(words, catalog, &finding)
        });
        let row = Row {
            id: competency.id.to_string(),
            title: competency.title.clone(),
            before: before.collect(),
            shut: why,
        };
        left.insert(&competency.id, row);
    }
    let units = course.units.iter();
    let mut groups: Vec<Group> = units
        .map(|unit| Group {
            title: unit.title.clone(),
            rows: unit
                .competencies
                .iter()
                .filter_map(|id| left.remove(id))
                .collect(),
        })
        .collect();
    groups.push(Group {
        title: words.t("links-untaught"),
        rows: left.into_values().collect(),
    });
    groups.retain(|group| !group.rows.is_empty());
    groups
}

fn decided(app: &App, catalog: &Catalog, course: &Course, desk: &ContentDesk) -> Vec<Decided> {
    let has = |id: &CompetencyId| course.competency(id).is_some();
    let links = desk.links.iter();
    let links = links.filter(|link| has(&link.first) && has(&link.then));
    links
        .map(|link| {
            let name = desk.names.get(&link.by);
            let (name, when) = said_by(&app.words, name, app.now(), link.at);
            let key = match link.holds {
                true => "links-added",
                false => "links-removed",
            };
            let titles = [&link.first, &link.then].map(|id| title_of(catalog, id));
            let texts = [("first", titles[0].as_str()), ("then", &titles[1])];
            let why = [
                ("name", name.as_str()),
                ("when", &when),
                ("why", &link.note),
            ];
            Decided {
                first: link.first.to_string(),
                then: link.then.to_string(),
                what: app.words.with(key, &texts),
                line: app.words.with("audit-decided-why", &why),
            }
        })
        .collect()
}

/// A decision about a link.
#[derive(Debug, Deserialize)]
pub(crate) struct Sent {
    #[serde(default)]
    scope: String,
    course: String,
    first: String,
    then: String,
    /// `true`, `false`, or empty where the course's own word shall count again.
    #[serde(default)]
    holds: String,
    #[serde(default)]
    note: String,
}

/// `POST /audit/link`: a link is added, taken away, or as the course says again.
pub(crate) async fn link(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<Sent>, FormRejection>,
) -> Result<Redirect, PageError> {
    let viewer = staff(signed_in)?;
    let Form(sent) = form?;
    let scope = Scope::of_field(&sent.scope)?;
    let id = |text: &str| CompetencyId::new(text).map_err(|_| Refusal::NotFound);
    let (first, then) = (id(&sent.first)?, id(&sent.then)?);
    let course = CourseId::new(&sent.course).map_err(|_| Refusal::NotFound)?;
    let holds = match sent.holds.as_str() {
        "true" => Some(true),
        "false" => Some(false),
        "" => None,
        _ => return Err(PageError::BadRequest),
    };
    let here = format!("{}/links?course={course}", scope.base());
    let command = Command::SetLink {
        first: first.clone(),
        then: then.clone(),
        holds,
        note: sent.note,
    };
    match execute(&app, &viewer, command).await {
        Ok(()) => Ok(Redirect::to(&format!("{here}&done=linked#u-{then}"))),
        Err(PageError::Refused(Refusal::Circle)) => {
            Ok(Redirect::to(&format!("{here}&first={first}&then={then}")))
        }
        Err(error) => Err(error),
    }
}
