//! The class map: students by skills, grouped by unit.

mod view;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::{Html, Response};
use serde::Deserialize;
use trellis_core::framework::Course;
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use crate::app::App;
use crate::csv::Csv;
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

impl MapQuery {
    fn asked(&self, now: Timestamp) -> Asked<'_> {
        Asked {
            unit: self.unit.as_deref(),
            sort: Sort::from_key(self.sort.as_deref()),
            now,
        }
    }
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
    let asked = query.asked(app.now());
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

/// `GET /teach/{section}/map.csv`: the table of the map, with what each cell says in words.
pub(crate) async fn csv(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    query: Result<Query<MapQuery>, QueryRejection>,
) -> Result<Response, PageError> {
    let Query(query) = query?;
    let map = app.store.class_map(&viewer, section)?;
    let catalog = app.store.catalog();
    let (words, levels) = (&app.words, LevelWords::new(&app.words));
    let course = shown(&courses_of(&catalog, &map.section), &query).ok_or(Refusal::NotFound)?;
    let view = build(&map, course, &levels, words, query.asked(app.now()));
    let mut headings = vec![words.t("teach-student")];
    headings.extend(view.columns.iter().map(|column| column.title.to_owned()));
    let mut table = Csv::new(&headings);
    for row in &view.rows {
        let mut line = vec![row.name.as_str()];
        line.extend(row.cells.iter().map(|cell| cell.words));
        table.row(&line);
    }
    let below = words.t("teach-strong-or-better");
    let mut line = vec![below.as_str()];
    line.extend(view.columns.iter().map(|column| column.count.as_str()));
    table.row(&line);
    Ok(table.saved_as("map"))
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
