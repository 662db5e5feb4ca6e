//! Lessons: a textbook in its own order, for a course that was imported without prerequisites.

use askama::Template;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::Html;
use serde::Deserialize;
use trellis_core::framework::{CourseId, UnitId};
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;

use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::markup;
use crate::session::SignedIn;

/// Which lesson is unfolded.
#[derive(Deserialize)]
pub(crate) struct LessonQuery {
    unit: Option<String>,
}

/// One lesson.
struct Lesson {
    id: String,
    title: String,
    count: String,
    open: bool,
}

/// One item of the lesson that is unfolded.
struct Step {
    item: String,
    competency: String,
    title: String,
    times: u32,
}

#[derive(Template)]
#[template(path = "pages/lessons/lessons.html")]
struct LessonsPage {
    shell: Shell,
    course: String,
    lessons: Vec<Lesson>,
    steps: Vec<Step>,
}

/// Items listed of one lesson at most; more would be no list that anyone reads.
const MOST_STEPS: usize = 300;
/// Characters of a question in the list.
const TITLE: usize = 90;

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
    let wanted = match &query.unit {
        Some(unit) => Some(UnitId::new(unit).map_err(|_| Refusal::NotFound)?),
        None => course.units.first().map(|unit| unit.id.clone()),
    };
    let mut lessons = Vec::with_capacity(course.units.len());
    let mut steps = Vec::new();
    for unit in &course.units {
        let open = wanted.as_ref() == Some(&unit.id);
        // A lesson of a textbook names its items; its competencies come back in other lessons.
        let named = unit.items.iter().filter_map(|id| catalog.item(id));
        let taught = unit
            .competencies
            .iter()
            .filter(|_| unit.items.is_empty())
            .flat_map(|competency| catalog.items_of(competency));
        let items = named.chain(taught);
        let mut count = 0.0;
        for item in items {
            count += 1.0;
            if open && steps.len() < MOST_STEPS {
                let title = item
                    .variant(0, None)
                    .map(|variant| {
                        markup::plain(variant.presentation.stem.lines().next().unwrap_or_default())
                    })
                    .unwrap_or_default();
                let short: String = title.chars().take(TITLE).collect();
                steps.push(Step {
                    item: item.id.to_string(),
                    competency: item.competency.to_string(),
                    title: short,
                    times: view.state.times_begun(&item.id),
                });
            }
        }
        lessons.push(Lesson {
            id: unit.id.to_string(),
            title: unit.title.clone(),
            count: app.words.count("lessons-count", "count", count),
            open,
        });
    }
    let shell = Shell::of(app.words.clone(), course.title.clone(), &viewer, "/lessons")
        .named(&view.name.given);
    Ok(Html(
        LessonsPage {
            shell,
            course: course.id.to_string(),
            lessons,
            steps,
        }
        .render()?,
    ))
}
