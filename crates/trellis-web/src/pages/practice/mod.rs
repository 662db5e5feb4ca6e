//! Practice: one item at a time, with hints, worked steps, and what an answer changed.

mod answer;
mod checked;
mod feedback;
mod form;
mod hints;
mod parts;
mod preview;
mod view;

pub(crate) use upload::{MOST_BYTES as MOST_UPLOAD, cleaned, file, hand_in};

#[cfg(test)]
mod kinds;
#[cfg(test)]
mod secrets;
mod sure;
mod upload;

use askama::Template;
use axum::Form;
use axum::extract::rejection::{FormRejection, PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use trellis_core::agreed::Feature;
use trellis_core::command::Command;
use trellis_core::event::{Event, Recorded};
use trellis_core::framework::{CompetencyId, InterestId, ItemId};
use trellis_core::id::{AnswerId, AttemptId};
use trellis_core::item::Variant;
use trellis_core::people::Role;
use trellis_core::plan::Felt;
use trellis_core::recommendation::Purpose;
use trellis_core::refusal::Refusal;
use trellis_store::Viewer;
use trellis_store::read::AttemptView;

use crate::app::App;
use crate::error::PageError;
use crate::fields::{Fields, field};
use crate::layout::Shell;
use crate::session::SignedIn;
use answer::longest;
pub(crate) use checked::points_words;
pub(crate) use preview::{MOST_SEED, Preview};
use view::PracticeView;

/// The longest answer that is looked at, in bytes: the limit of the mathematics that reads it.
pub(super) const LONGEST_ANSWER: usize = 4096;

#[derive(Template)]
#[template(path = "pages/practice/practice.html")]
struct PracticePage {
    shell: Shell,
    view: PracticeView,
}

fn id_of(path: Result<Path<String>, PathRejection>) -> Result<AttemptId, PageError> {
    let Path(text) = path?;
    AttemptId::parse(&text).map_err(|_| Refusal::NotFound.into())
}

fn purpose_of(name: Option<&str>) -> Purpose {
    match name {
        Some("review") => Purpose::Review,
        Some("choice") => Purpose::Choice,
        Some("proof") => Purpose::Proof,
        Some("lesson") => Purpose::Lesson,
        Some("placement") => Purpose::Placement,
        Some("assigned") => Purpose::Assigned,
        _ => Purpose::Learn,
    }
}

/// The variant that an attempt shows.
fn variant_of(app: &App, attempt: &AttemptView) -> Result<Variant, PageError> {
    let catalog = app.store.catalog();
    let item = catalog.item(&attempt.item).ok_or(Refusal::ItemGone)?;
    let interest = attempt.interest.as_ref().map(InterestId::as_str);
    item.variant(attempt.seed, interest)
        .map_err(|_| Refusal::ItemGone.into())
}

/// `POST /practice`: begin an attempt.
pub(crate) async fn start(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let viewer = signed_in.with_role(Role::Learner)?;
    let Form(fields) = form?;
    let competency = match field(&fields, "competency") {
        Some(id) => Some(CompetencyId::new(id).map_err(|_| Refusal::NotFound)?),
        None => None,
    };
    let item = match field(&fields, "item") {
        Some(id) => Some(ItemId::new(id).map_err(|_| Refusal::NotFound)?),
        None => None,
    };
    begin(
        &app,
        &viewer,
        competency,
        purpose_of(field(&fields, "purpose")),
        item,
    )
    .await
}

/// Begins an attempt, or goes on with the open one.
pub(crate) async fn begin(
    app: &App,
    viewer: &Viewer,
    competency: Option<CompetencyId>,
    purpose: Purpose,
    item: Option<ItemId>,
) -> Result<Redirect, PageError> {
    let learner = viewer.person();
    let state = app.store.learner_today(viewer, learner)?.state;
    // What is open already is gone on with: a second click begins nothing twice, and nobody leafs through questions
    // until an easy one comes.
    let open = state.open.iter().rev().find(|open| {
        let proving = state
            .proof
            .as_ref()
            .is_some_and(|proof| proof.competency == open.competency);
        let of_placement = open.purpose == Purpose::Placement;
        if of_placement || purpose == Purpose::Placement {
            return of_placement && purpose == Purpose::Placement && state.placing.is_some();
        }
        Some(&open.competency) == competency.as_ref()
            && (open.purpose == Purpose::Assigned) == (purpose == Purpose::Assigned)
            && (open.purpose == Purpose::Proof) == proving
            && item.as_ref().is_none_or(|item| open.item == *item)
    });
    if let Some(open) = open {
        return Ok(Redirect::to(&format!("/practice/{}", open.id)));
    }
    let attempt = AttemptId(app.new_id()?);
    let started = app
        .execute(
            viewer.actor(),
            Command::Start {
                learner,
                attempt,
                competency,
                purpose,
                item,
            },
        )
        .await?;
    // A placement may find that there is nothing left to ask.
    let over = |recorded: &Recorded| matches!(recorded.event, Event::PlacementEnded { .. });
    if started.events.iter().any(over) {
        return Ok(Redirect::to("/today"));
    }
    Ok(Redirect::to(&format!("/practice/{attempt}")))
}

/// `POST /prove`: a few items without hints.
pub(crate) async fn prove(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let viewer = signed_in.with_role(Role::Learner)?;
    let Form(fields) = form?;
    let id = field(&fields, "competency").ok_or(PageError::BadRequest)?;
    let competency = CompetencyId::new(id).map_err(|_| Refusal::NotFound)?;
    let learner = viewer.person();
    let state = app.store.learner_today(&viewer, learner)?.state;
    // A proof that runs is gone on with; asking again does not wipe out what was answered in it.
    if state
        .proof
        .is_none_or(|proof| proof.competency != competency)
    {
        app.execute(
            viewer.actor(),
            Command::Prove {
                learner,
                competency: competency.clone(),
            },
        )
        .await?;
    }
    begin(&app, &viewer, Some(competency), Purpose::Proof, None).await
}

/// `GET /practice/{attempt}`
pub(crate) async fn page(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
    attempt: Result<Path<String>, PathRejection>,
) -> Result<Html<String>, PageError> {
    let attempt = app.store.attempt(&viewer, id_of(attempt)?)?;
    let variant = variant_of(&app, &attempt)?;
    let last = attempt.scored().or_else(|| attempt.last_response());
    let last = last.map(|recorded| recorded.decision);
    let follow = match last {
        Some(decision) => app.store.explanation(&viewer, decision)?,
        None => Vec::new(),
    };
    let own = viewer.person() == attempt.learner.state.learner;
    let catalog = app.store.catalog();
    let mut view = PracticeView::of(
        &app.words,
        &catalog,
        &attempt,
        &variant,
        &follow,
        || Ok(AnswerId(app.new_id()?)),
        own,
        app.now(),
    )?;
    view.what_if = own && app.store.agreed()?.is_on(Feature::WhatIf);
    let shell = Shell::of(app.words.clone(), view.title.clone(), &viewer, "/practice")
        .named(&attempt.learner.name.given)
        .with_script("answer.js");
    Ok(Html(PracticePage { shell, view }.render()?))
}

/// `POST /practice/{attempt}`: answer.
pub(crate) async fn respond(
    State(app): State<App>,
    signed_in: SignedIn,
    attempt: Result<Path<String>, PathRejection>,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Response, PageError> {
    let viewer = signed_in.with_role(Role::Learner)?;
    let attempt = id_of(attempt)?;
    let Form(fields) = form?;
    let begun = app.store.attempt_begun(&viewer, attempt)?;
    let catalog = app.store.catalog();
    let item = catalog.item(&begun.item).ok_or(Refusal::ItemGone)?;
    let variant = item
        .variant_to_judge(begun.seed)
        .map_err(|_| Refusal::ItemGone)?;
    let interaction = &variant.presentation.interaction;
    let most = longest(interaction);
    if fields.iter().any(|(_, value)| value.len() > most) {
        return Err(Refusal::TooLong.into());
    }
    let response = answer::response(interaction, &fields);
    let answer = answer_id(&app, &fields)?;
    let elapsed_ms = field(&fields, "elapsed")
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    // How sure somebody is stands before the answer; when the attempt is over meanwhile, it is too late to say.
    let sure = field(&fields, "sure").and_then(Felt::from_key);
    if let Some(felt) = sure.filter(|felt| felt.is_sureness()) {
        let told = Command::Tell {
            learner: viewer.person(),
            competency: item.competency.clone(),
            attempt: Some(attempt),
            felt,
        };
        unless_over(app.execute(viewer.actor(), told).await)?;
    }
    let command = Command::Respond {
        learner: viewer.person(),
        attempt,
        answer,
        response,
        elapsed_ms,
        said_at: None,
    };
    unless_over(app.execute(viewer.actor(), command).await)?;
    Ok(Redirect::to(&format!("/practice/{attempt}#feedback")).into_response())
}

/// `POST /practice/{attempt}/hint`
pub(crate) async fn hint(
    State(app): State<App>,
    signed_in: SignedIn,
    attempt: Result<Path<String>, PathRejection>,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let viewer = signed_in.with_role(Role::Learner)?;
    let attempt = id_of(attempt)?;
    let Form(fields) = form?;
    let seen = field(&fields, "seen")
        .and_then(|text| text.parse().ok())
        .ok_or(PageError::BadRequest)?;
    let learner = viewer.person();
    match app
        .execute(
            viewer.actor(),
            Command::TakeHint {
                learner,
                attempt,
                seen,
            },
        )
        .await
    {
        Ok(_) | Err(PageError::Refused(Refusal::AlreadySo | Refusal::AttemptOver)) => {}
        Err(other) => return Err(other),
    }
    Ok(Redirect::to(&format!("/practice/{attempt}#hints")))
}

/// Sent twice, or from an old page, to an attempt that is over: the page says how it ended.
fn unless_over<T>(done: Result<T, PageError>) -> Result<(), PageError> {
    match done {
        Ok(_) | Err(PageError::Refused(Refusal::AttemptOver)) => Ok(()),
        Err(other) => Err(other),
    }
}

/// The id that the page gave to an answer; a new one for a form without.
fn answer_id(app: &App, fields: &Fields) -> Result<AnswerId, PageError> {
    let sent = field(fields, "answer").and_then(|text| AnswerId::parse(text).ok());
    match sent {
        Some(answer) => Ok(answer),
        None => Ok(AnswerId(app.new_id()?)),
    }
}

/// `POST /practice/{attempt}/hint/{place}`: answer the smaller question of a hint.
pub(crate) async fn answer_hint(
    State(app): State<App>,
    signed_in: SignedIn,
    path: Result<Path<(String, u32)>, PathRejection>,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let viewer = signed_in.with_role(Role::Learner)?;
    let Path((attempt, index)) = path?;
    let attempt = AttemptId::parse(&attempt).map_err(|_| Refusal::NotFound)?;
    let Form(fields) = form?;
    if fields.iter().any(|(_, value)| value.len() > LONGEST_ANSWER) {
        return Err(Refusal::TooLong.into());
    }
    let variant = variant_of(&app, &app.store.attempt(&viewer, attempt)?)?;
    let place = usize::try_from(index).map_err(|_| Refusal::NotFound)?;
    let asked = variant.scaffold(place).ok_or(Refusal::NotFound)?;
    let answer = answer_id(&app, &fields)?;
    let command = Command::AnswerHint {
        learner: viewer.person(),
        attempt,
        index,
        answer,
        response: answer::response(&asked.presentation.interaction, &fields),
    };
    unless_over(app.execute(viewer.actor(), command).await)?;
    Ok(Redirect::to(&format!("/practice/{attempt}#hint-{index}")))
}

/// `POST /practice/{attempt}/solution`
pub(crate) async fn solution(
    State(app): State<App>,
    signed_in: SignedIn,
    attempt: Result<Path<String>, PathRejection>,
) -> Result<Redirect, PageError> {
    let viewer = signed_in.with_role(Role::Learner)?;
    let attempt = id_of(attempt)?;
    let learner = viewer.person();
    let command = Command::Reveal { learner, attempt };
    unless_over(app.execute(viewer.actor(), command).await)?;
    Ok(Redirect::to(&format!("/practice/{attempt}#feedback")))
}

/// What a preview is asked for.
#[derive(Deserialize)]
pub(crate) struct PreviewQuery {
    text: String,
}

/// `GET /preview`: what was typed, in real notation. Empty when it cannot be read yet.
pub(crate) async fn preview(
    _signed_in: SignedIn,
    query: Result<Query<PreviewQuery>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(query) = query?;
    if query.text.len() > LONGEST_ANSWER {
        return Err(Refusal::TooLong.into());
    }
    Ok(Html(form::preview(&query.text).unwrap_or_default()))
}
