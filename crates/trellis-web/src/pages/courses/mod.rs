//! The courses of a section: which ones its students take, and giving them out.

use askama::Template;
use axum::Form;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use trellis_core::catalog::Catalog;
use trellis_core::command::Command;
use trellis_core::decide::MOST_COURSES;
use trellis_core::framework::{Course, CourseId};
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_store::read::{Taker, TaughtSection};

use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::teacher_today::{Here, section_id, shell_for, taught};
use crate::session::SignedIn;
use crate::words::{Words, small};

/// One course to choose.
struct Choice {
    id: String,
    title: String,
    about: String,
    kind: &'static str,
    kind_words: String,
    taken: bool,
}

#[derive(Template)]
#[template(path = "pages/courses/courses.html")]
struct Page {
    shell: Shell,
    base: String,
    section: String,
    notice: Option<String>,
    late: Option<String>,
    choices: Vec<Choice>,
    most: String,
    /// Whether students are offered to find where to start.
    placement: bool,
}

/// What just happened.
#[derive(Debug, Deserialize)]
pub(crate) struct Done {
    #[serde(default)]
    done: bool,
}

/// `GET /teach/{section}/courses`
pub(crate) async fn page(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(section): Path<String>,
    query: Result<Query<Done>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(Done { done }) = query?;
    let viewer = signed_in.with_role(Role::Teacher)?;
    let section = taught(&app, &viewer, section_id(&section)?)?;
    let takers = app.store.course_takers(&viewer, section.id)?;
    let words = app.words.clone();
    let late = takers.iter().filter(|taker| is_late(taker)).count();
    let late = small(late);
    let title = words.one("courses-title", "section", &section.title);
    let page = Page {
        base: format!("/teach/{}/courses", section.id),
        notice: done.then(|| words.t("courses-done")),
        late: (late > 0).then(|| words.count("courses-late", "count", late)),
        placement: takers.is_empty() || takers.iter().any(|taker| !taker.no_placement),
        choices: choices(&words, &app.store.catalog(), &section),
        most: words.count(
            "courses-most",
            "most",
            u32::try_from(MOST_COURSES).unwrap_or(u32::MAX),
        ),
        shell: shell_for(&app, title, &viewer, &section, Here::Courses)?,
        section: section.title,
    };
    Ok(Html(page.render()?))
}

/// Whether a learner does not take what their sections take.
fn is_late(taker: &Taker) -> bool {
    taker
        .should
        .iter()
        .any(|course| !taker.takes.contains(course))
}

/// All courses that are here: those that the section takes first, in their order.
fn choices(words: &Words, catalog: &Catalog, section: &TaughtSection) -> Vec<Choice> {
    let place = |course: &Course| {
        let mut taken = section.courses.iter();
        taken.position(|id| *id == course.id.as_str())
    };
    let mut courses: Vec<&Course> = catalog.courses().iter().collect();
    courses.sort_by_key(|course| (place(course).unwrap_or(usize::MAX), course.title.clone()));
    courses
        .into_iter()
        .map(|course| {
            let (kind, key) = if course.framework.associations().is_empty() {
                ("sky", "courses-kind-lessons")
            } else {
                ("leaf", "courses-kind-path")
            };
            Choice {
                id: course.id.to_string(),
                title: course.title.clone(),
                about: about(words, catalog, course),
                kind,
                kind_words: words.t(key),
                taken: place(course).is_some(),
            }
        })
        .collect()
}

/// "8 parts, 73 skills, 290 questions, in English. Licence CC-BY-4.0."
fn about(words: &Words, catalog: &Catalog, course: &Course) -> String {
    let (mut skills, mut questions) = (0_u32, 0_usize);
    for id in course.sequence() {
        skills += 1;
        questions += catalog.items_of(id).count();
    }
    let numbers = [
        ("units", f64::from(small(course.units.len()))),
        ("skills", f64::from(skills)),
        ("questions", f64::from(small(questions))),
    ];
    words.mixed("courses-about", &numbers, &[("licence", &course.licence)])
}

/// `POST /teach/{section}/courses`
pub(crate) async fn choose(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(section): Path<String>,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(fields) = form?;
    let viewer = signed_in.with_role(Role::Teacher)?;
    let section = taught(&app, &viewer, section_id(&section)?)?;
    let sent = fields.iter().filter(|(name, _)| name == "course");
    let courses = sent
        .map(|(_, id)| CourseId::new(id).map_err(|_| Refusal::NoSuchCourses))
        .collect::<Result<Vec<_>, _>>()?;
    if courses
        .iter()
        .map(CourseId::as_str)
        .ne(section.courses.iter().map(String::as_str))
    {
        let command = Command::ChooseCourses {
            section: section.id,
            courses,
        };
        app.execute(viewer.actor(), command).await?;
    }
    // One decision for each student: a record holds what is about its learner alone. Cut off half way, the page says who
    // still misses something, and pressing again goes on.
    for taker in app.store.course_takers(&viewer, section.id)? {
        let offered = fields.iter().any(|(name, _)| name == "placement");
        let set = (taker.no_placement == offered).then_some(Command::SetPlacement {
            learner: taker.learner,
            offered,
        });
        for command in changes(taker).into_iter().chain(set) {
            match app.execute(viewer.actor(), command).await {
                Ok(_) | Err(PageError::Refused(Refusal::AlreadySo | Refusal::NotFound)) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(Redirect::to(&format!(
        "/teach/{}/courses?done=true",
        section.id
    )))
}

/// What makes a learner take what their sections take, and nothing else.
fn changes(taker: Taker) -> Vec<Command> {
    let Taker {
        learner,
        should,
        takes,
        ..
    } = taker;
    let missing = should.iter().filter(|course| !takes.contains(course));
    let over = takes.iter().filter(|course| !should.contains(course));
    let take = missing
        .cloned()
        .map(|course| Command::TakeCourse { learner, course });
    let leave = over
        .cloned()
        .map(|course| Command::LeaveCourse { learner, course });
    take.chain(leave).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use trellis_core::id::PersonId;

    #[test]
    fn a_learner_gets_what_is_missing_and_leaves_what_no_section_takes() {
        let course = |name: &str| CourseId::new(name).unwrap();
        let learner = PersonId(1);
        let taker = Taker {
            learner,
            should: vec![course("a"), course("b")],
            takes: vec![course("b"), course("c")],
            no_placement: false,
        };
        assert!(is_late(&taker));
        let expected = [
            Command::TakeCourse {
                learner,
                course: course("a"),
            },
            Command::LeaveCourse {
                learner,
                course: course("c"),
            },
        ];
        assert_eq!(changes(taker), expected);
    }
}
