//! The projects of a class, and a new one: its checkpoints and its rubric, of ready criteria and of one's own.

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use trellis_core::framework::CompetencyId;
use trellis_core::id::ProjectId;
use trellis_core::project::{
    Checkpoint, LONGEST_TEXT, LONGEST_TITLE, MOST_LEVELS, Project, ProjectCriterion, SKILLS,
};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use crate::app::App;
use crate::choice::{Choice, Unit, named, units};
use crate::day;
use crate::error::PageError;
use crate::fields::{Fields, field};
use crate::layout::Shell;
use crate::pages::teacher_today::{Here, InClass, courses_of, shell_for, taught};
use crate::words::Words;

/// Checkpoints and criteria of one's own that the form has room for.
const ROWS: u32 = 4;

/// A project in the list.
struct Line {
    href: String,
    title: String,
    line: String,
    over: bool,
}

/// A row of the form: a checkpoint, or a criterion of one's own.
struct Row {
    number: u32,
    checkpoint: String,
    due: String,
    criterion: String,
}

impl Row {
    fn of(words: &Words, number: u32) -> Self {
        let label = |key: &str| words.count(key, "row", number);
        Self {
            number,
            checkpoint: label("projects-form-checkpoint"),
            due: label("projects-form-due"),
            criterion: label("projects-form-criterion"),
        }
    }
}

#[derive(Template)]
#[template(path = "pages/projects/class.html")]
struct Page {
    shell: Shell,
    done: Option<String>,
    lines: Vec<Line>,
    id: String,
    action: String,
    rows: Vec<Row>,
    skills: Vec<Choice>,
    units: Vec<Unit>,
    longest_title: usize,
    longest_text: usize,
}

/// What is asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    done: Option<String>,
}

/// `GET /teach/{section}/projects`
pub(crate) async fn all(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(asked) = asked?;
    let (words, catalog) = (app.words.clone(), app.store.catalog());
    let given = app.store.class_projects(&viewer, section)?;
    let taught = taught(&app, &viewer, section)?;
    let line = |(given, count): &(trellis_store::GivenProject, u32)| Line {
        href: format!("/teach/{section}/projects/{}", given.id),
        title: given.project.title.clone(),
        line: words.mixed(
            "projects-line",
            &[("count", f64::from(*count))],
            &[("day", &day::in_words(given.at, &words))],
        ),
        over: given.ended_at.is_some(),
    };
    let title = words.one("projects-title", "section", &taught.title);
    let page = Page {
        done: words.done("projects", &["given"], asked.done.as_deref()),
        lines: given.iter().map(line).collect(),
        id: ProjectId(app.new_id()?).to_string(),
        action: format!("/teach/{section}/projects"),
        rows: (1..=ROWS).map(|row| Row::of(&words, row)).collect(),
        skills: named(&words, "project-skill", &SKILLS, ""),
        units: units(courses_of(&catalog, &taught), None, |_| true),
        longest_title: LONGEST_TITLE,
        longest_text: LONGEST_TEXT,
        shell: shell_for(&app, title, &viewer, &taught, Here::Elsewhere)?,
    };
    Ok(Html(page.render()?))
}

fn checkpoints(fields: &Fields) -> Result<Vec<Checkpoint>, PageError> {
    let mut found = Vec::new();
    for row in 1..=ROWS {
        let title = field(fields, &format!("checkpoint{row}")).unwrap_or_default();
        if title.trim().is_empty() {
            continue;
        }
        let due = match field(fields, &format!("due{row}")).unwrap_or_default() {
            "" => None,
            day => Some(Timestamp::of_date(day).ok_or(Refusal::DayOutOfReach)?),
        };
        found.push(Checkpoint {
            title: title.trim().to_owned(),
            due,
        });
    }
    Ok(found)
}

/// The criteria of the ready rubric that were ticked.
fn ready(words: &Words, fields: &Fields) -> Vec<ProjectCriterion> {
    let ticked = |skill: &&&str| {
        let mut chosen = fields.iter().filter(|(key, _)| key == "skill");
        chosen.any(|(_, value)| value == **skill)
    };
    let steps = || (1..=MOST_LEVELS).map(|step| words.t(&format!("project-step-{step}")));
    let criterion = |skill: &&str| ProjectCriterion {
        title: words.t(&format!("project-skill-{skill}")),
        levels: steps().collect(),
        competency: None,
    };
    SKILLS.iter().filter(ticked).map(criterion).collect()
}

fn own_criteria(fields: &Fields) -> Result<Vec<ProjectCriterion>, PageError> {
    let mut found = Vec::new();
    for row in 1..=ROWS {
        let title = field(fields, &format!("criterion{row}")).unwrap_or_default();
        if title.trim().is_empty() {
            continue;
        }
        let levels = field(fields, &format!("levels{row}")).unwrap_or_default();
        let levels = levels.lines().map(str::trim);
        let competency = match field(fields, &format!("about{row}")).unwrap_or_default() {
            "" => None,
            id => Some(CompetencyId::new(id).map_err(|_| PageError::BadRequest)?),
        };
        found.push(ProjectCriterion {
            title: title.trim().to_owned(),
            levels: levels
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect(),
            competency,
        });
    }
    Ok(found)
}

/// `POST /teach/{section}/projects`
pub(crate) async fn give(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(fields) = form?;
    let text = |name: &str| field(&fields, name).unwrap_or_default().trim().to_owned();
    let id = ProjectId::parse(&text("id")).map_err(|_| PageError::BadRequest)?;
    let mut criteria = ready(&app.words, &fields);
    criteria.extend(own_criteria(&fields)?);
    let project = Project {
        title: text("title"),
        about: text("about"),
        checkpoints: checkpoints(&fields)?,
        criteria,
    };
    app.store
        .give_project(&viewer, section, id, &project, app.now())?;
    Ok(Redirect::to(&format!(
        "/teach/{section}/projects?done=given"
    )))
}
