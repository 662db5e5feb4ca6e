//! What a student or a family raises: one form, and below it what was raised before, with its answer or since when it waits.

use askama::Template;
use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use trellis_core::framework::CompetencyId;
use trellis_core::id::{MatterId, PersonId};
use trellis_core::mastery;
use trellis_core::people::{About, LONGEST_MATTER, Matter, MatterKind, Role};
use trellis_core::refusal::Refusal;
use trellis_store::{Raise, Viewer};

use super::{Told, matter_id};
use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::today::level_key;
use crate::session::SignedIn;

/// The page on which something is raised.
#[derive(Template)]
#[template(path = "pages/matters/raise.html")]
struct Page {
    shell: Shell,
    back: (String, String),
    done: bool,
    lead: Vec<String>,
    /// What can be raised; nothing to choose when there is one.
    kinds: Vec<(&'static str, String)>,
    label: String,
    button: String,
    id: String,
    most: usize,
    /// Whether the text may be left out.
    may_be_empty: bool,
    told: Vec<Told>,
}

/// What just happened.
#[derive(Debug, Deserialize)]
pub(crate) struct Done {
    #[serde(default)]
    done: bool,
}

/// What is raised.
#[derive(Debug, Deserialize)]
pub(crate) struct Raised {
    id: String,
    kind: Option<String>,
    #[serde(default)]
    said: String,
}

fn told(app: &App, matters: &[Matter]) -> Vec<Told> {
    let (catalog, now) = (app.store.catalog(), app.now());
    let matters = matters.iter();
    matters
        .map(|matter| Told::of(&app.words, &catalog, now, matter))
        .collect()
}

fn raise(
    app: &App,
    viewer: &Viewer,
    form: Raised,
    kind: MatterKind,
    about: PersonId,
    competency: Option<CompetencyId>,
) -> Result<(), PageError> {
    let raise = Raise {
        id: matter_id(&form.id).ok_or(PageError::BadRequest)?,
        kind,
        about: About::Learner(about),
        competency,
        said: form.said,
    };
    // Already so is also what was said before and still waits.
    PageError::unless_already_so(app.store.raise(viewer, raise, app.now()))
}

/// A skill of the catalog, from its id in an address.
pub(crate) fn known_skill(app: &App, text: &str) -> Result<CompetencyId, PageError> {
    CompetencyId::new(text)
        .ok()
        .filter(|id| app.store.catalog().competency(id).is_some())
        .ok_or_else(|| Refusal::NotFound.into())
}

/// `GET /map/{competency}/say`
pub(crate) async fn skill(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(competency): Path<String>,
    done: Result<Query<Done>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(Done { done }) = done?;
    let viewer = signed_in.with_role(Role::Learner)?;
    let id = known_skill(&app, &competency)?;
    let (words, catalog, now) = (&app.words, app.store.catalog(), app.now());
    let view = app.store.learner_map(&viewer, viewer.person())?;
    let title = crate::reasons::title_of(&catalog, &id);
    let level = words.t(level_key(mastery::level(&view.state, &id, now)));
    let kept = view.state.competency(&id);
    let numbers = [
        ("right", f64::from(kept.map_or(0, |kept| kept.right_alone))),
        ("tries", f64::from(kept.map_or(0, |kept| kept.first_tries))),
    ];
    let mut matters = app.store.matters_about(&viewer, viewer.person())?;
    matters.retain(|matter| matter.competency.as_ref() == Some(&id));
    let page = Page {
        back: ("/map".to_owned(), words.t("say-back")),
        done,
        lead: vec![
            words.mixed("say-level", &numbers, &[("level", &level)]),
            words.t("say-lead"),
        ],
        kinds: [MatterKind::Disagreement, MatterKind::Assessment]
            .map(|kind| (kind.key(), words.t(&format!("say-{}", kind.key()))))
            .into(),
        label: words.t("say-label"),
        button: words.t("say-button"),
        id: MatterId(app.new_id()?).to_string(),
        most: LONGEST_MATTER,
        may_be_empty: true,
        told: told(&app, &matters),
        shell: Shell::of(
            words.clone(),
            words.one("say-title", "skill", &title),
            &viewer,
            "/map",
        )
        .named(&view.name.given),
    };
    Ok(Html(page.render()?))
}

/// `POST /map/{competency}/say`
pub(crate) async fn disagree(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(competency): Path<String>,
    form: Result<Form<Raised>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(form) = form?;
    let viewer = signed_in.with_role(Role::Learner)?;
    let id = known_skill(&app, &competency)?;
    let to = format!("/map/{id}/say?done=true");
    let kind = form.kind.as_deref().map(MatterKind::from_key);
    let kind = kind.unwrap_or(Some(MatterKind::Disagreement));
    let kind = kind.ok_or(PageError::BadRequest)?;
    raise(&app, &viewer, form, kind, viewer.person(), Some(id))?;
    Ok(Redirect::to(&to))
}

/// `GET /family/{learner}/ask`
pub(crate) async fn child(
    State(app): State<App>,
    signed_in: SignedIn,
    learner: Result<Path<PersonId>, PathRejection>,
    done: Result<Query<Done>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let (Path(learner), Query(Done { done })) = (learner?, done?);
    let viewer = signed_in.with_role(Role::Guardian)?;
    let words = &app.words;
    let family = app.store.family_week(&viewer, learner, app.now())?;
    let name = &family.learner.name.given;
    let matters = app.store.matters_about(&viewer, learner)?;
    let kinds = [MatterKind::Question, MatterKind::Objection];
    let page = Page {
        back: (
            format!("/family/{learner}"),
            words.one("ask-back", "name", name),
        ),
        done,
        lead: vec![words.one("ask-lead", "name", name)],
        kinds: kinds
            .map(|kind| (kind.key(), words.t(&format!("ask-{}", kind.key()))))
            .into(),
        label: words.t("ask-label"),
        button: words.t("ask-button"),
        id: MatterId(app.new_id()?).to_string(),
        most: LONGEST_MATTER,
        may_be_empty: false,
        told: told(&app, &matters),
        shell: Shell::of(
            words.clone(),
            words.one("ask-title", "name", name),
            &viewer,
            "/family",
        ),
    };
    Ok(Html(page.render()?))
}

/// `POST /family/{learner}/ask`
pub(crate) async fn ask(
    State(app): State<App>,
    signed_in: SignedIn,
    learner: Result<Path<PersonId>, PathRejection>,
    form: Result<Form<Raised>, FormRejection>,
) -> Result<Redirect, PageError> {
    let (Path(learner), Form(form)) = (learner?, form?);
    let viewer = signed_in.with_role(Role::Guardian)?;
    let kind = form.kind.as_deref().and_then(MatterKind::from_key);
    let kind = kind.ok_or(PageError::BadRequest)?;
    raise(&app, &viewer, form, kind, learner, None)?;
    Ok(Redirect::to(&format!("/family/{learner}/ask?done=true")))
}
