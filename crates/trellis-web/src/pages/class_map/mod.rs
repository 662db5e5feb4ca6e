//! The class map: students by skills, grouped by unit.

mod view;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;
use trellis_core::framework::Course;

use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::teacher_today::{Here, InClass, courses_of, shell_for};

pub(crate) use view::{Asked, LevelWords, MapView, Sort, build};

#[derive(Template)]
#[template(path = "pages/class_map/class_map.html")]
struct Page<'a> {
    shell: Shell,
    title: &'a str,
    students: String,
    base: String,
    courses: Vec<CourseTab>,
    map: Option<MapView<'a>>,
}

/// One of several courses to look at.
struct CourseTab {
    title: String,
    href: String,
    current: bool,
}

/// What of the map is asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct MapQuery {
    course: Option<String>,
    unit: Option<String>,
    sort: Option<String>,
}

/// `GET /teach/{section}/map`
pub(crate) async fn page(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    query: Result<Query<MapQuery>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(query) = query?;
    let map = app.store.class_map(&viewer, section)?;
    let catalog = app.store.catalog();
    let courses = courses_of(&catalog, &map.section);
    let course = shown(&courses, &query);
    let words = app.words.clone();
    let levels = LevelWords::new(&words);
    let asked = Asked {
        unit: query.unit.as_deref(),
        sort: Sort::from_key(query.sort.as_deref()),
        now: app.now(),
    };
    let base = format!("/teach/{section}");
    let title = words.one("teach-map-title", "section", &map.section.title);
    let page = Page {
        shell: shell_for(&app, title, &viewer, &map.section, Here::Map)?,
        title: &map.section.title,
        students: words.count("teach-students", "count", map.section.learners),
        courses: tabs(&base, &courses, course),
        map: course.map(|course| build(&map, course, &levels, &words, asked)),
        base,
    };
    Ok(Html(page.render()?))
}

/// The course asked for; else the one that has the unit asked for; else the main one.
fn shown<'a>(courses: &[&'a Course], query: &MapQuery) -> Option<&'a Course> {
    let asked = query.course.as_deref();
    let unit = query.unit.as_deref();
    let by_name = courses
        .iter()
        .find(|course| asked == Some(course.id.as_str()));
    let has = |course: &&&Course| {
        course
            .units
            .iter()
            .any(|found| unit == Some(found.id.as_str()))
    };
    by_name
        .or_else(|| courses.iter().find(has))
        .or_else(|| courses.first())
        .copied()
}

/// The courses to switch between, when there is more than one.
fn tabs(base: &str, courses: &[&Course], current: Option<&Course>) -> Vec<CourseTab> {
    if courses.len() < 2 {
        return Vec::new();
    }
    let tab = |course: &&Course| CourseTab {
        title: course.title.clone(),
        href: format!("{base}/map?course={}", course.id),
        current: current.is_some_and(|current| current.id == course.id),
    };
    courses.iter().map(tab).collect()
}
