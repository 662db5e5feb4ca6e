//! A project of a class: who handed in what, and the score of one student.

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use trellis_core::command::Command;
use trellis_core::decide::LONGEST_NOTE;
use trellis_core::id::{PersonId, SectionId};
use trellis_core::refusal::Refusal;
use trellis_store::read::Name;
use trellis_store::{ClassProject, LearnerProject};

use super::{Criterion, Handed, ScoreView, criteria, points, project_id};
use crate::app::App;
use crate::error::PageError;
use crate::fields::{Fields, field};
use crate::layout::Shell;
use crate::pages::teacher_today::{Here, InClass, person_id, shell_for, taught};
use crate::reasons::title_of;
use crate::words::small;

/// A student in the table.
struct Row {
    href: String,
    name: String,
    /// Whether something is there, for each checkpoint.
    places: Vec<bool>,
    own: bool,
    scored: bool,
    current: bool,
}

/// The student who is looked at.
struct Look {
    learner: String,
    name: String,
    handed: Vec<(String, Option<Handed>)>,
    criteria: Vec<Criterion>,
    score: Option<ScoreView>,
}

#[derive(Template)]
#[template(path = "pages/projects/scoring.html")]
struct Page {
    shell: Shell,
    done: Option<String>,
    back: String,
    about: Vec<String>,
    checkpoints: Vec<String>,
    rows: Vec<Row>,
    handed: String,
    look: Option<Look>,
    action: String,
    over: bool,
    comment_most: usize,
}

/// What is asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    done: Option<String>,
    learner: Option<String>,
}

/// The addresses of a class's project.
#[derive(Debug, Deserialize)]
pub(crate) struct At {
    project: String,
}

const DONE: [&str; 4] = ["scored", "undone", "ended", "again"];

fn look(app: &App, seen: &ClassProject, (name, standing): &(Name, LearnerProject)) -> Look {
    let (words, catalog) = (&app.words, app.store.catalog());
    let project = &seen.given.project;
    let handed = project.checkpoints.iter().enumerate();
    let handed = handed.map(|(place, checkpoint)| {
        let there = standing.handed_in.get(&place);
        (
            checkpoint.title.clone(),
            there.map(|handed| Handed::of(words, handed)),
        )
    });
    let speaks = |criterion: &trellis_core::project::ProjectCriterion| {
        let about = criterion.competency.as_ref()?;
        Some(words.one("project-speaks", "skill", &title_of(&catalog, about)))
    };
    Look {
        learner: name.id.to_string(),
        name: name.short(),
        handed: handed.collect(),
        criteria: criteria(
            words,
            &project.criteria,
            None,
            standing.own_points.as_deref(),
            speaks,
        ),
        score: standing
            .score
            .as_ref()
            .map(|score| ScoreView::of(words, &project.criteria, score)),
    }
}

/// `GET /teach/{section}/projects/{project}`
pub(crate) async fn one(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    Path(At { project }): Path<At>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(asked) = asked?;
    let seen = app.store.class_project(&viewer, project_id(&project)?)?;
    of_section(&seen, section)?;
    let learner = asked.learner.as_deref().map(person_id).transpose()?;
    let words = app.words.clone();
    let base = format!("/teach/{section}/projects/{}", seen.given.id);
    let count = seen.given.project.checkpoints.len();
    let row = |(name, standing): &(Name, LearnerProject)| Row {
        href: format!("{base}?learner={}#look", name.id),
        name: name.short(),
        places: (0..count)
            .map(|place| standing.handed_in.contains_key(&place))
            .collect(),
        own: standing.own_points.is_some(),
        scored: standing.score.is_some(),
        current: Some(name.id) == learner,
    };
    let chosen = seen
        .learners
        .iter()
        .find(|(name, _)| Some(name.id) == learner);
    let some = |(_, standing): &&(Name, LearnerProject)| !standing.handed_in.is_empty();
    let handed = seen.learners.iter().filter(some).count();
    let taught = taught(&app, &viewer, section)?;
    let title = seen.given.project.title.clone();
    let page = Page {
        done: words.done("scoring", &DONE, asked.done.as_deref()),
        back: format!("/teach/{section}/projects"),
        about: seen
            .given
            .project
            .about
            .lines()
            .map(str::to_owned)
            .collect(),
        checkpoints: seen
            .given
            .project
            .checkpoints
            .iter()
            .map(|checkpoint| checkpoint.title.clone())
            .collect(),
        rows: seen.learners.iter().map(row).collect(),
        handed: words.mixed(
            "scoring-handed",
            &[
                ("count", f64::from(small(handed))),
                ("all", f64::from(small(seen.learners.len()))),
            ],
            &[],
        ),
        look: chosen.map(|chosen| look(&app, &seen, chosen)),
        action: base,
        over: seen.given.ended_at.is_some(),
        comment_most: LONGEST_NOTE,
        shell: shell_for(&app, title, &viewer, &taught, Here::Elsewhere)?,
    };
    Ok(Html(page.render()?))
}

/// A project under the address of another class is not there.
fn of_section(seen: &ClassProject, section: SectionId) -> Result<(), PageError> {
    match seen.given.section == section {
        true => Ok(()),
        false => Err(Refusal::NotFound.into()),
    }
}

fn learner_of(fields: &Fields) -> Result<PersonId, PageError> {
    person_id(field(fields, "learner").unwrap_or_default())
}

/// `POST /teach/{section}/projects/{project}`
pub(crate) async fn score(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    Path(At { project }): Path<At>,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(fields) = form?;
    let (id, learner) = (project_id(&project)?, learner_of(&fields)?);
    let given = app.store.project_to_score(&viewer, id, learner)?;
    let points = points(&fields, given.project.criteria.len())?;
    let command = Command::ScoreProject {
        learner,
        project: id,
        title: given.project.title.clone(),
        scored: given.project.scored(&points)?,
        comment: field(&fields, "comment").unwrap_or_default().to_owned(),
    };
    // Sent twice, or a colleague was quicker: the page shows the score.
    PageError::unless_already_so(app.execute(viewer.actor(), command).await)?;
    Ok(Redirect::to(&format!(
        "/teach/{section}/projects/{id}?done=scored&learner={learner}"
    )))
}

/// `POST /teach/{section}/projects/{project}/undo`
pub(crate) async fn undo(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    Path(At { project }): Path<At>,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(fields) = form?;
    let (id, learner) = (project_id(&project)?, learner_of(&fields)?);
    app.store.project_to_score(&viewer, id, learner)?;
    let command = Command::UndoProjectScore {
        learner,
        project: id,
    };
    app.execute(viewer.actor(), command).await?;
    Ok(Redirect::to(&format!(
        "/teach/{section}/projects/{id}?done=undone&learner={learner}"
    )))
}

/// `POST /teach/{section}/projects/{project}/end`
pub(crate) async fn end(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    Path(At { project }): Path<At>,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(fields) = form?;
    let id = project_id(&project)?;
    let over = field(&fields, "over") == Some("yes");
    app.store.end_project(&viewer, id, over, app.now())?;
    let done = if over { "ended" } else { "again" };
    Ok(Redirect::to(&format!(
        "/teach/{section}/projects/{id}?done={done}"
    )))
}
