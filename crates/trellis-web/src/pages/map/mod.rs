//! My map: every competency of the course with its level, the evidence behind it, and what comes before, as a list and
//! as a picture.

mod picture;

use askama::Template;
use axum::extract::State;
use axum::response::Html;
use trellis_core::catalog::Catalog;
use trellis_core::estimate::{LearnerState, Level};
use trellis_core::framework::{CompetencyId, Course};
use trellis_core::mastery::{self, Mastery};
use trellis_core::people::Role;
use trellis_core::policy;
use trellis_core::time::Timestamp;

use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::today::level_key;
use crate::session::SignedIn;
use crate::words::Words;

/// One competency.
struct Row {
    id: String,
    title: String,
    can: String,
    step: u8,
    level: String,
    evidence: String,
    before: Option<String>,
    open: bool,
    provable: bool,
    review: bool,
}

/// One unit.
struct UnitRows {
    /// Its place in the course; none for a textbook, which stands here as a whole.
    number: Option<usize>,
    title: String,
    summary: String,
    rows: Vec<Row>,
    /// Whether it is unfolded: the unit where the learner is.
    here: bool,
    /// Where the lessons of a textbook are.
    lessons: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/map/map.html")]
struct MapPage {
    shell: Shell,
    summary: String,
    units: Vec<UnitRows>,
    levels: Vec<(u8, String)>,
    /// Drawn by [`picture`], one for each course whose skills have an order.
    pictures: Vec<String>,
}

/// `GET /map`
pub(crate) async fn page(
    State(app): State<App>,
    signed_in: SignedIn,
) -> Result<Html<String>, PageError> {
    let viewer = signed_in.with_role(Role::Learner)?;
    let view = app.store.learner_map(&viewer, viewer.person())?;
    let (words, catalog, now) = (&app.words, app.store.catalog(), app.now());
    let mut units = units(words, &catalog, &view.state, now);
    let here = units
        .iter()
        .position(|unit| unit.rows.iter().any(|row| row.open && row.step < 4))
        .unwrap_or(0);
    if let Some(unit) = units.get_mut(here) {
        unit.here = true;
    }
    let all: Vec<&Row> = units.iter().flat_map(|unit| &unit.rows).collect();
    let mastered = all.iter().filter(|row| row.step == 4).count();
    #[expect(
        clippy::cast_precision_loss,
        reason = "at most the competencies of a course"
    )]
    let numbers = [("mastered", mastered as f64), ("all", all.len() as f64)];
    let summary = words.mixed("map-summary", &numbers, &[]);
    let levels = Level::ALL
        .iter()
        .map(|level| (level.step(), words.t(level_key(*level))))
        .collect();
    let shell =
        Shell::of(app.words.clone(), words.t("nav-map"), &viewer, "/map").named(&view.name.given);
    Ok(Html(
        MapPage {
            shell,
            summary,
            units,
            levels,
            pictures: pictures(words, &catalog, &view.state, now),
        }
        .render()?,
    ))
}

fn pictures(words: &Words, catalog: &Catalog, state: &LearnerState, now: Timestamp) -> Vec<String> {
    let courses = state.courses.iter().filter_map(|id| catalog.course(id));
    courses
        .filter_map(|course| picture::draw(words, catalog, course, state, now))
        .collect()
}

fn units(words: &Words, catalog: &Catalog, state: &LearnerState, now: Timestamp) -> Vec<UnitRows> {
    let mut all = Vec::new();
    for course in state.courses.iter().filter_map(|id| catalog.course(id)) {
        if course.framework.associations().is_empty() {
            all.push(textbook(words, catalog, course, state, now));
            continue;
        }
        for (number, unit) in (1..).zip(&course.units) {
            let ids = unit.competencies.iter();
            all.push(UnitRows {
                number: Some(number),
                title: unit.title.clone(),
                summary: unit.summary.clone(),
                rows: ids
                    .filter_map(|id| row(words, catalog, state, id, now))
                    .collect(),
                here: false,
                lessons: None,
            });
        }
    }
    all
}

/// A course whose skills have no order: what was begun, and the way to its lessons.
fn textbook(
    words: &Words,
    catalog: &Catalog,
    course: &Course,
    state: &LearnerState,
    now: Timestamp,
) -> UnitRows {
    let begun = course
        .sequence()
        .filter(|id| state.competency(id).is_some());
    UnitRows {
        number: None,
        title: course.title.clone(),
        summary: words.t("map-textbook"),
        rows: begun
            .filter_map(|id| row(words, catalog, state, id, now))
            .collect(),
        here: false,
        lessons: Some(format!("/lessons/{}", course.id)),
    }
}

fn row(
    words: &Words,
    catalog: &Catalog,
    state: &LearnerState,
    id: &CompetencyId,
    now: Timestamp,
) -> Option<Row> {
    let competency = catalog.competency(id)?;
    let level = mastery::level(state, id, now);
    let open = policy::is_open(state, catalog, id, now);
    let evidence = match state.competency(id) {
        Some(kept) => words.mixed(
            "map-evidence",
            &[
                ("right", f64::from(kept.right_alone)),
                ("tries", f64::from(kept.first_tries)),
            ],
            &[],
        ),
        None => String::new(),
    };
    let waits: Vec<String> = catalog
        .before(id)
        .iter()
        .filter(|before| mastery::mastery(state, before, now) == Mastery::NotYet)
        .filter_map(|before| Some(catalog.competency(before)?.title.clone()))
        .collect();
    let before =
        (!open && !waits.is_empty()).then(|| words.one("map-waits", "before", &waits.join(", ")));
    let has_items = catalog.items_of(id).next().is_some();
    Some(Row {
        id: id.to_string(),
        title: competency.title.clone(),
        can: competency.can.clone(),
        step: level.step(),
        level: words.t(level_key(level)),
        evidence,
        before,
        open: open && has_items,
        provable: level != Level::Mastered && has_items,
        review: mastery::mastery(state, id, now) == Mastery::Fading,
    })
}
