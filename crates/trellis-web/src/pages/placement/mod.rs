//! Finding where to start in a course: the offer on the page of the day, beginning, going on, stopping.

use axum::extract::Path;
use axum::extract::State;
use axum::extract::rejection::PathRejection;
use axum::response::Redirect;
use trellis_core::catalog::Catalog;
use trellis_core::command::Command;
use trellis_core::estimate::LearnerState;
use trellis_core::framework::CourseId;
use trellis_core::people::Role;
use trellis_core::placement::{self, MOST_QUESTIONS};
use trellis_core::recommendation::Purpose;
use trellis_core::refusal::Refusal;

use crate::app::App;
use crate::error::PageError;
use crate::pages::practice;
use crate::session::SignedIn;
use crate::words::Words;

/// What the page of the day says about a placement.
pub(crate) struct Offer {
    pub(crate) course: String,
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) button: String,
    pub(crate) stop: String,
}

/// The placement that runs, or the first that is offered.
pub(crate) fn offer(words: &Words, catalog: &Catalog, state: &LearnerState) -> Option<Offer> {
    let running = state.placing.as_ref();
    let course = match running {
        Some(placing) => &placing.course,
        None => state
            .courses
            .iter()
            .find(|course| placement::is_offered(state, catalog, course))?,
    };
    let title = &catalog.course(course)?.title;
    let key = |name: &str| {
        let which = if running.is_some() {
            "running"
        } else {
            "offer"
        };
        format!("placement-{which}-{name}")
    };
    let numbers = [
        ("most", f64::from(MOST_QUESTIONS)),
        (
            "done",
            running.map_or(0.0, |placing| {
                f64::from(u8::try_from(placing.asked.len()).unwrap_or(MOST_QUESTIONS))
            }),
        ),
    ];
    Some(Offer {
        course: course.to_string(),
        title: words.one("placement-title", "course", title),
        text: words.mixed(&key("text"), &numbers, &[]),
        button: words.t(&key("button")),
        stop: words.t(&key("stop")),
    })
}

fn course_of(path: Result<Path<String>, PathRejection>) -> Result<CourseId, PageError> {
    let Path(course) = path?;
    CourseId::new(&course).map_err(|_| Refusal::NotFound.into())
}

/// `POST /placement/{course}`: begin, or go on.
pub(crate) async fn begin(
    State(app): State<App>,
    signed_in: SignedIn,
    course: Result<Path<String>, PathRejection>,
) -> Result<Redirect, PageError> {
    let viewer = signed_in.with_role(Role::Learner)?;
    let course = course_of(course)?;
    let learner = viewer.person();
    let state = app.store.learner_today(&viewer, learner)?.state;
    let runs = state
        .placing
        .is_some_and(|placing| placing.course == course);
    if !runs {
        let command = Command::BeginPlacement { learner, course };
        app.execute(viewer.actor(), command).await?;
    }
    practice::begin(&app, &viewer, None, Purpose::Placement, None).await
}

/// `POST /placement/{course}/end`: stop, or do not begin.
pub(crate) async fn end(
    State(app): State<App>,
    signed_in: SignedIn,
    course: Result<Path<String>, PathRejection>,
) -> Result<Redirect, PageError> {
    let viewer = signed_in.with_role(Role::Learner)?;
    let course = course_of(course)?;
    let learner = viewer.person();
    let command = Command::EndPlacement { learner, course };
    PageError::unless_already_so(app.execute(viewer.actor(), command).await)?;
    Ok(Redirect::to("/today"))
}
