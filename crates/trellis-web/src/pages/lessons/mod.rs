//! Lessons: the courses of a learner, and each in its own order, question after question, for those who want to leaf.

use askama::Template;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use trellis_core::catalog::Catalog;
use trellis_core::estimate::LearnerState;
use trellis_core::framework::{Course, CourseId, Unit, UnitId};
use trellis_core::item::Item;
use trellis_core::people::Role;
use trellis_core::policy;
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::markup;
use crate::session::SignedIn;
use crate::words::{Words, small};

/// Which lesson is unfolded.
#[derive(Deserialize)]
pub(crate) struct LessonQuery {
    unit: Option<String>,
}

/// One course to open.
struct CourseCard {
    href: String,
    title: String,
    about: String,
}

#[derive(Template)]
#[template(path = "pages/lessons/courses.html")]
struct CoursesPage {
    shell: Shell,
    courses: Vec<CourseCard>,
}

/// One lesson.
struct Lesson {
    href: String,
    title: String,
    count: String,
    open: bool,
}

/// One item of the lesson that is unfolded.
struct Step {
    item: String,
    competency: String,
    /// What several questions share, when it differs from that of the question before.
    about_html: String,
    /// The question, as HTML made by [`markup`].
    title_html: String,
    begun: bool,
}

/// The lesson that is unfolded.
struct Open {
    title: String,
    summary: String,
    count: String,
    steps: Vec<Step>,
    /// Some of it is not open to this learner yet.
    waits: bool,
    before: Option<String>,
    after: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/lessons/lessons.html")]
struct LessonsPage {
    shell: Shell,
    several: bool,
    lessons: Vec<Lesson>,
    open: Option<Open>,
}

/// Items listed of one lesson at most; more would be no list that anyone reads.
const MOST_STEPS: usize = 300;

/// `GET /lessons`
pub(crate) async fn courses(
    State(app): State<App>,
    signed_in: SignedIn,
) -> Result<Response, PageError> {
    let viewer = signed_in.with_role(Role::Learner)?;
    let view = app.store.learner_map(&viewer, viewer.person())?;
    let catalog = app.store.catalog();
    let taken = view.state.courses.iter();
    let taken: Vec<&Course> = taken.filter_map(|id| catalog.course(id)).collect();
    if let [only] = taken.as_slice() {
        return Ok(Redirect::to(&format!("/lessons/{}", only.id)).into_response());
    }
    let card = |course: &&Course| {
        let lessons = course.units.iter().filter(|unit| has_items(&catalog, unit));
        CourseCard {
            href: format!("/lessons/{}", course.id),
            title: course.title.clone(),
            about: app
                .words
                .count("lessons-in-course", "count", small(lessons.count())),
        }
    };
    let title = app.words.t("nav-lessons");
    let page = CoursesPage {
        courses: taken.iter().map(card).collect(),
        shell: Shell::of(app.words.clone(), title, &viewer, "/lessons").named(&view.name.given),
    };
    Ok(Html(page.render()?).into_response())
}

/// The items of a lesson: those that a textbook names, else all that teach its competencies. A lesson of a textbook
/// names its items, since its competencies come back in other lessons.
pub(crate) fn items_of<'a>(catalog: &'a Catalog, unit: &'a Unit) -> impl Iterator<Item = &'a Item> {
    let named = unit.items.iter().filter_map(|id| catalog.item(id));
    let taught = unit
        .competencies
        .iter()
        .filter(|_| unit.items.is_empty())
        .flat_map(|competency| catalog.items_of(competency));
    named.chain(taught)
}

fn has_items(catalog: &Catalog, unit: &Unit) -> bool {
    items_of(catalog, unit).next().is_some()
}

/// `GET /lessons/{course}`
pub(crate) async fn page(
    State(app): State<App>,
    signed_in: SignedIn,
    course: Result<Path<String>, PathRejection>,
    query: Result<Query<LessonQuery>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let viewer = signed_in.with_role(Role::Learner)?;
    let Path(course) = course?;
    let Query(query) = query?;
    let id = CourseId::new(&course).map_err(|_| Refusal::NotFound)?;
    let view = app.store.learner_map(&viewer, viewer.person())?;
    if !view.state.courses.contains(&id) {
        return Err(Refusal::NotInCourse.into());
    }
    let catalog = app.store.catalog();
    let course = catalog.course(&id).ok_or(Refusal::NotFound)?;
    // A lesson of which nothing could be read in is no lesson to send anybody to.
    let units: Vec<&Unit> = course
        .units
        .iter()
        .filter(|unit| has_items(&catalog, unit))
        .collect();
    let place = match &query.unit {
        Some(unit) => {
            let unit = UnitId::new(unit).map_err(|_| Refusal::NotFound)?;
            let found = units.iter().position(|found| found.id == unit);
            found.ok_or(Refusal::NotFound)?
        }
        None => here(&catalog, &view.state, &units),
    };
    let words = &app.words;
    let address = |unit: &Unit| format!("/lessons/{}?unit={}", course.id, unit.id);
    let lessons = units.iter().enumerate().map(|(number, unit)| Lesson {
        href: address(unit),
        title: unit.title.clone(),
        count: count(words, &catalog, &view.state, unit),
        open: number == place,
    });
    let beside = |number: Option<usize>| Some(address(units.get(number?)?));
    let open = units.get(place).map(|unit| Open {
        before: beside(place.checked_sub(1)),
        after: beside(place.checked_add(1)),
        ..open(words, &catalog, &view.state, unit, app.now())
    });
    let page = LessonsPage {
        several: view.state.courses.len() > 1,
        lessons: lessons.collect(),
        open,
        shell: Shell::of(words.clone(), course.title.clone(), &viewer, "/lessons")
            .named(&view.name.given),
    };
    Ok(Html(page.render()?))
}

/// The lesson to open first: the last one in which the learner began something, unless all of it is begun.
fn here(catalog: &Catalog, state: &LearnerState, units: &[&Unit]) -> usize {
    let begun = |unit: &Unit| {
        let items = items_of(catalog, unit);
        items.filter(|item| state.times_begun(&item.id) > 0).count()
    };
    let last = units.iter().rposition(|unit| begun(unit) > 0).unwrap_or(0);
    let finished = units
        .get(last)
        .is_some_and(|unit| begun(unit) == items_of(catalog, unit).count());
    if finished && last + 1 < units.len() {
        last + 1
    } else {
        last
    }
}

/// "3 of 60 questions begun".
fn count(words: &Words, catalog: &Catalog, state: &LearnerState, unit: &Unit) -> String {
    let (mut all, mut begun) = (0_u32, 0_u32);
    for item in items_of(catalog, unit) {
        all += 1;
        begun += u32::from(state.times_begun(&item.id) > 0);
    }
    let numbers = [("count", f64::from(all)), ("begun", f64::from(begun))];
    words.mixed("lessons-count", &numbers, &[])
}

fn open(
    words: &Words,
    catalog: &Catalog,
    state: &LearnerState,
    unit: &Unit,
    now: Timestamp,
) -> Open {
    let mut steps: Vec<Step> = Vec::new();
    let mut waits = false;
    let mut shared = String::new();
    for item in items_of(catalog, unit).take(MOST_STEPS) {
        // A textbook has no prerequisites: all of it is open. In a course with a map, what waits is shown there.
        if !policy::is_open(state, catalog, &item.competency, now) {
            waits = true;
            continue;
        }
        let Ok(variant) = item.variant(0, None) else {
            continue;
        };
        let presentation = variant.presentation;
        let first = |text: &str| text.lines().next().unwrap_or_default().to_owned();
        let about = first(&presentation.body);
        let about_html = if about == shared {
            String::new()
        } else {
            markup::line(&about)
        };
        shared = about;
        steps.push(Step {
            item: item.id.to_string(),
            competency: item.competency.to_string(),
            about_html,
            title_html: markup::line(&first(&presentation.stem)),
            begun: state.times_begun(&item.id) > 0,
        });
    }
    Open {
        title: unit.title.clone(),
        summary: unit.summary.clone(),
        count: count(words, catalog, state, unit),
        steps,
        waits,
        before: None,
        after: None,
    }
}
