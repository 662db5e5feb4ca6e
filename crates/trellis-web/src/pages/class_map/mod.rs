//! The class map: students by skills, grouped by unit.

mod view;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use serde::Deserialize;
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;

use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::teacher_today::{Here, course_of, section_id, shell_for};
use crate::session::SignedIn;

pub(crate) use view::{Asked, LevelWords, MapView, Sort, build};

#[derive(Template)]
#[template(path = "pages/class_map/class_map.html")]
struct Page<'a> {
    shell: Shell,
    title: &'a str,
    students: String,
    back: String,
    map: MapView<'a>,
}

/// What of the map is asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct MapQuery {
    unit: Option<String>,
    sort: Option<String>,
}

/// `GET /teach/{section}/map`
pub(crate) async fn page(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(section): Path<String>,
    query: Result<Query<MapQuery>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(query) = query?;
    let viewer = signed_in.with_role(Role::Teacher)?;
    let section = section_id(&section)?;
    let map = app.store.class_map(&viewer, section)?;
    let catalog = app.store.catalog();
    let course = course_of(&catalog, &map.section).ok_or(Refusal::NotFound)?;
    let words = app.words.clone();
    let levels = LevelWords::new(&words);
    let asked = Asked {
        unit: query.unit.as_deref(),
        sort: Sort::from_key(query.sort.as_deref()),
        now: app.now(),
    };
    let view = build(&map, course, &levels, &words, asked);
    let title = words.one("teach-map-title", "section", &map.section.title);
    let page = Page {
        shell: shell_for(&app, title, &viewer, &map.section, Here::Map),
        title: &map.section.title,
        students: words.count("teach-students", "count", map.section.learners),
        back: format!("/teach/{section}"),
        map: view,
    };
    Ok(Html(page.render()?))
}
