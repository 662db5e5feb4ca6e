//! A student's project: what is handed in where, how they see it themself, and what their teacher said.

use askama::Template;
use axum::extract::multipart::MultipartRejection;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Multipart, Path, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use trellis_core::id::ArtifactId;
use trellis_core::people::Role;
use trellis_core::project::{LONGEST_TEXT, LONGEST_TITLE};
use trellis_core::refusal::Refusal;
use trellis_store::{
    ArtifactText, LONGEST_ARTIFACT_TEXT, LONGEST_ARTIFACT_TITLE, MOST_TIES, OwnProject,
};

use super::{Criterion, Handed, ScoreView, criteria, points, project_id};
use crate::app::App;
use crate::day;
use crate::error::PageError;
use crate::fields::Fields;
use crate::layout::Shell;
use crate::multipart;
use crate::pages::work::{new_file, text_of};
use crate::reasons::title_of;
use crate::session::SignedIn;

/// A checkpoint on the page.
struct Place {
    number: usize,
    title: String,
    due: Option<String>,
    handed: Option<Handed>,
    said: String,
}

#[derive(Template)]
#[template(path = "pages/projects/own.html")]
struct Page {
    shell: Shell,
    done: Option<String>,
    about: Vec<String>,
    places: Vec<Place>,
    /// Whether something can be handed in.
    open: bool,
    closed: Option<String>,
    criteria: Vec<Criterion>,
    score: Option<ScoreView>,
    action: String,
    longest: usize,
}

/// What is asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    done: Option<String>,
}

const DONE: [&str; 2] = ["handed-in", "scored-self"];

fn place(app: &App, own: &OwnProject, number: usize) -> Option<Place> {
    let words = &app.words;
    let checkpoint = own.given.project.checkpoints.get(number)?;
    let handed = own.standing.handed_in.get(&number);
    let due = checkpoint.due.map(|due| day::in_words(due, words));
    Some(Place {
        number,
        title: checkpoint.title.clone(),
        due: due.map(|day| words.one("project-due", "day", &day)),
        handed: handed.map(|handed| Handed::of(words, handed)),
        said: handed.map_or_else(String::new, |handed| handed.said.clone()),
    })
}

/// `GET /projects/{project}`
pub(crate) async fn page(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(project): Path<String>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(asked) = asked?;
    let viewer = signed_in.with_role(Role::Learner)?;
    let own = app.store.own_project(&viewer, project_id(&project)?)?;
    let (words, catalog) = (app.words.clone(), app.store.catalog());
    let given = &own.given;
    let score = own.standing.score.as_ref();
    let closed = match (score, given.ended_at) {
        (Some(_), _) => Some("project-closed-scored"),
        (None, Some(_)) => Some("project-closed-over"),
        (None, None) => None,
    };
    let name = app.store.own_name(&viewer)?;
    let page = Page {
        done: words.done("project", &DONE, asked.done.as_deref()),
        about: given.project.about.lines().map(str::to_owned).collect(),
        places: (0..given.project.checkpoints.len())
            .filter_map(|number| place(&app, &own, number))
            .collect(),
        open: closed.is_none(),
        closed: closed.map(|key| words.t(key)),
        criteria: criteria(
            &words,
            &given.project.criteria,
            own.standing.own_points.as_deref(),
            None,
            |criterion| {
                let about = criterion.competency.as_ref()?;
                Some(words.one("project-speaks", "skill", &title_of(&catalog, about)))
            },
        ),
        score: score.map(|score| ScoreView::of(&words, &given.project.criteria, score)),
        action: format!("/projects/{}", given.id),
        longest: LONGEST_TEXT,
        shell: Shell::of(
            words.clone(),
            given.project.title.clone(),
            &viewer,
            "/portfolio",
        )
        .named(&name.given),
    };
    Ok(Html(page.render()?))
}

/// `POST /projects/{project}/hand-in`
pub(crate) async fn hand_in(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(project): Path<String>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Redirect, PageError> {
    let viewer = signed_in.with_role(Role::Learner)?;
    let parts = multipart::parts(form).await?;
    let id = project_id(&project)?;
    let checkpoint = text_of(&parts, "checkpoint")?
        .parse()
        .map_err(|_| PageError::BadRequest)?;
    let said = text_of(&parts, "said")?;
    let file = new_file(&parts)?;
    app.store
        .hand_in_checkpoint(&viewer, id, checkpoint, &said, file, app.now())?;
    Ok(Redirect::to(&format!("/projects/{id}?done=handed-in")))
}

/// `POST /projects/{project}/score`: how the student sees it themself.
pub(crate) async fn score_self(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(project): Path<String>,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(fields) = form?;
    let viewer = signed_in.with_role(Role::Learner)?;
    let id = project_id(&project)?;
    let own = app.store.own_project(&viewer, id)?;
    let points = points(&fields, own.given.project.criteria.len())?;
    app.store.score_self(&viewer, id, &points, app.now())?;
    Ok(Redirect::to(&format!("/projects/{id}?done=scored-self")))
}

/// `POST /projects/{project}/keep`: what was handed in becomes a piece of the student's own work.
pub(crate) async fn keep(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(project): Path<String>,
) -> Result<Redirect, PageError> {
    let viewer = signed_in.with_role(Role::Learner)?;
    let own = app.store.own_project(&viewer, project_id(&project)?)?;
    let said: Vec<&str> = own
        .standing
        .handed_in
        .values()
        .map(|handed| handed.said.as_str())
        .filter(|said| !said.is_empty())
        .collect();
    let mut said = said.join("\n\n");
    if said.is_empty() {
        said.clone_from(&own.given.project.about);
    }
    let short = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    let mut competencies = Vec::new();
    for id in own
        .given
        .project
        .criteria
        .iter()
        .filter_map(|criterion| criterion.competency.clone())
    {
        if !competencies.contains(&id) && competencies.len() < MOST_TIES {
            competencies.push(id);
        }
    }
    // A project without words becomes a piece with its title.
    if said.trim().is_empty() {
        said.clone_from(&own.given.project.title);
    }
    let text = ArtifactText {
        title: short(
            &own.given.project.title,
            LONGEST_TITLE.min(LONGEST_ARTIFACT_TITLE),
        ),
        said: short(&said, LONGEST_ARTIFACT_TEXT),
        competencies,
        ..ArtifactText::default()
    };
    if own.standing.handed_in.is_empty() {
        return Err(Refusal::NothingSaid.into());
    }
    // One press, one piece: the same project is kept under its own id.
    let id = ArtifactId(own.given.id.0 ^ viewer.person().0);
    let pieces = app.store.work(&viewer, viewer.person())?.artifacts;
    if pieces.iter().all(|piece| piece.id != id) {
        app.store
            .keep_artifact(&viewer, id, text, None, app.now())?;
    }
    Ok(Redirect::to(&format!("/portfolio/{id}")))
}
