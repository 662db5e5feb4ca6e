//! Deciding for a class: one decision for all or some of its students, shown before it is made, and undone for all of them;
//! and what the system may decide alone, with the rule that stops it.

mod mode;

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use trellis_core::catalog::Catalog;
use trellis_core::command::Command;
use trellis_core::decide::LONGEST_NOTE;
use trellis_core::framework::CompetencyId;
use trellis_core::id::{DirectiveId, PersonId};
use trellis_core::plan::DirectiveKind;
use trellis_core::plan::preview::{Effect, preview};
use trellis_core::refusal::Refusal;
use trellis_store::read::{LearnerView, SectionView};

pub(crate) use mode::set as set_mode;

use crate::app::App;
use crate::choice::{Unit, units};
use crate::error::PageError;
use crate::fields::{Fields, field};
use crate::layout::Shell;
use crate::pages::teacher_today::{Here, InClass, chosen_learners, courses_of, shell_for};
use crate::reasons::{title_of, titles_of};
use crate::words::{Words, small};
use mode::ModeView;

/// A choice that is explained.
struct Explained {
    value: String,
    title: String,
    help: String,
    chosen: bool,
}

/// What would happen to one student.
struct Row {
    id: String,
    name: String,
    now: String,
    then: String,
    /// Whether the decision is suggested for them: it is not so already.
    applies: bool,
    changes: bool,
}

/// What a decision would do.
struct Preview {
    what: String,
    sentence: String,
    rows: Vec<Row>,
    competency: String,
    kind: String,
    wants_reason: bool,
}

/// A decision that is in force for several.
struct InForce {
    what: String,
    students: String,
    competency: String,
    kind: String,
    label: String,
}

#[derive(Template)]
#[template(path = "pages/decide/decide.html")]
struct Page {
    shell: Shell,
    base: String,
    mode_action: String,
    notice: Option<String>,
    units: Vec<Unit>,
    kinds: Vec<Explained>,
    preview: Option<Preview>,
    in_force: Vec<InForce>,
    mode: ModeView,
    note_limit: usize,
}

/// What is to be previewed.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    competency: Option<String>,
    kind: Option<String>,
    done: Option<String>,
}

/// What a redirect can say has been done.
const DONE: [&str; 4] = ["decided", "undone", "mode", "stopped"];

/// Reads what a form says; a fixed path is about no competency.
pub(crate) fn kind_of(kind: Option<&str>, competency: Option<&str>) -> Option<DirectiveKind> {
    if kind == Some(DirectiveKind::FIXED_PATH) {
        return Some(DirectiveKind::FixedPath);
    }
    let id = CompetencyId::new(competency?).ok()?;
    DirectiveKind::from_name(kind?, id)
}

/// "do-next “Adding fractions”", as people say it.
fn what(words: &Words, catalog: &Catalog, kind: &DirectiveKind) -> String {
    let what = words.t(&format!("teach-directive-{}", kind.name()));
    let Some(about) = kind.competency() else {
        return what;
    };
    let skill = title_of(catalog, about);
    words.with("decide-what", &[("what", &what), ("skill", &skill)])
}

/// The competency for a form; empty where there is none.
fn about(kind: &DirectiveKind) -> String {
    kind.competency()
        .map_or_else(String::new, ToString::to_string)
}

fn rows(words: &Words, catalog: &Catalog, view: &SectionView, effects: &[Effect]) -> Vec<Row> {
    let said = |stops: &[CompetencyId]| match stops {
        [] => words.t("decide-nothing"),
        stops => titles_of(catalog, stops),
    };
    let row = |(learner, effect): (&LearnerView, &Effect)| Row {
        id: effect.learner.to_string(),
        name: learner.name.short(),
        now: said(&effect.before),
        then: if effect.already {
            words.t("decide-already")
        } else if effect.changes() {
            said(&effect.after)
        } else {
            words.t("decide-same")
        },
        applies: !effect.already,
        changes: effect.changes(),
    };
    view.learners.iter().zip(effects).map(row).collect()
}

fn previewed(app: &App, view: &SectionView, catalog: &Catalog, kind: &DirectiveKind) -> Preview {
    let words = &app.words;
    let learners: Vec<_> = view
        .learners
        .iter()
        .map(|learner| (learner.name.id, &learner.state))
        .collect();
    let effects = preview(&learners, catalog, kind, app.now());
    let count =
        |which: &dyn Fn(&&Effect) -> bool| f64::from(small(effects.iter().filter(which).count()));
    let numbers = [
        ("all", f64::from(small(effects.len()))),
        ("changes", count(&|effect| effect.changes())),
        ("opens", count(&|effect| effect.opens > 0)),
        ("closes", count(&|effect| effect.closes > 0)),
    ];
    Preview {
        what: what(words, catalog, kind),
        sentence: words.mixed("decide-does", &numbers, &[]),
        rows: rows(words, catalog, view, &effects),
        competency: about(kind),
        kind: kind.name().to_owned(),
        wants_reason: kind.wants_reason(),
    }
}

/// Decisions that two or more students have in common.
fn in_force(words: &Words, catalog: &Catalog, view: &SectionView) -> Vec<InForce> {
    let mut kinds: Vec<(&DirectiveKind, usize)> = Vec::new();
    let all = view.learners.iter().flat_map(|one| &one.state.directives);
    for directive in all {
        match kinds.iter_mut().find(|(kind, _)| **kind == directive.kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((&directive.kind, 1)),
        }
    }
    kinds.retain(|(_, count)| *count > 1);
    let shown = kinds.into_iter().map(|(kind, count)| {
        let what = what(words, catalog, kind);
        InForce {
            students: words.count("teach-students", "count", small(count)),
            competency: about(kind),
            kind: kind.name().to_owned(),
            label: words.one("decide-undo-label", "what", &what),
            what,
        }
    });
    shown.collect()
}

/// `GET /teach/{section}/decide`
pub(crate) async fn page(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(asked) = asked?;
    let (words, catalog, now) = (&app.words, app.store.catalog(), app.now());
    let view = app.store.teacher_today(&viewer, section, now)?;
    let kind = kind_of(asked.kind.as_deref(), asked.competency.as_deref()).filter(|kind| {
        let about = kind.competency();
        about.is_none_or(|id| catalog.competency(id).is_some())
    });
    let chosen = kind.as_ref().and_then(DirectiveKind::competency);
    let kinds = DirectiveKind::NAMES.into_iter().map(|name| Explained {
        value: name.to_owned(),
        title: words.t(&format!("teach-directive-{name}")),
        help: words.t(&format!("teach-directive-{name}-help")),
        chosen: kind.as_ref().is_some_and(|kind| kind.name() == name),
    });
    let title = words.one("decide-title", "section", &view.section.title);
    let page = Page {
        base: format!("/teach/{section}/decide"),
        mode_action: format!("/teach/{section}/mode"),
        notice: words.done("decide", &DONE, asked.done.as_deref()),
        units: units(courses_of(&catalog, &view.section), chosen, |_| true),
        kinds: kinds.collect(),
        preview: kind
            .as_ref()
            .map(|kind| previewed(&app, &view, &catalog, kind)),
        in_force: in_force(words, &catalog, &view),
        mode: ModeView::of(words, &catalog, &view, app.store.agreed()?.most, now),
        note_limit: LONGEST_NOTE,
        shell: shell_for(&app, title, &viewer, &view.section, Here::Decide)?,
    };
    Ok(Html(page.render()?))
}

/// `POST /teach/{section}/decide`
pub(crate) async fn decide(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(fields) = form?;
    let kind = kind_of(field(&fields, "kind"), field(&fields, "competency"));
    let kind = kind.ok_or(PageError::BadRequest)?;
    let note = field(&fields, "note").unwrap_or_default().to_owned();
    if kind.wants_reason() && note.trim().is_empty() {
        return Err(Refusal::SayWhy.into());
    }
    let view = app.store.teacher_today(&viewer, section, app.now())?;
    let chosen = chosen_learners(&fields)?;
    if chosen.is_empty() {
        return Err(Refusal::NothingSaid.into());
    }
    let is_here = |id: &PersonId| view.learners.iter().any(|one| one.name.id == *id);
    if !chosen.iter().all(is_here) {
        return Err(Refusal::NotYours.into());
    }
    for learner in chosen {
        let command = Command::Direct {
            learner,
            directive: DirectiveId(app.new_id()?),
            kind: kind.clone(),
            note: note.clone(),
        };
        unless_so(app.execute(viewer.actor(), command).await)?;
    }
    Ok(Redirect::to(&format!(
        "/teach/{section}/decide?done=decided"
    )))
}

/// Sent twice, or decided by a colleague meanwhile: what was wanted is so.
fn unless_so<T>(done: Result<T, PageError>) -> Result<(), PageError> {
    match done {
        Ok(_) | Err(PageError::Refused(Refusal::AlreadySo | Refusal::NothingToUndo)) => Ok(()),
        Err(other) => Err(other),
    }
}

/// `POST /teach/{section}/decide/undo`: for everybody in the class.
pub(crate) async fn undo(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(fields) = form?;
    let kind = kind_of(field(&fields, "kind"), field(&fields, "competency"));
    let kind = kind.ok_or(PageError::BadRequest)?;
    let view = app.store.teacher_today(&viewer, section, app.now())?;
    for learner in &view.learners {
        let given = learner.state.directives.iter();
        for directive in given.filter(|directive| directive.kind == kind) {
            let command = Command::UndoDirective {
                learner: learner.name.id,
                directive: directive.id,
            };
            unless_so(app.execute(viewer.actor(), command).await)?;
        }
    }
    Ok(Redirect::to(&format!(
        "/teach/{section}/decide?done=undone"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_has_words() {
        for done in DONE {
            let key = format!("decide-done-{done}");
            assert!(Words::english().has(&key), "{key}");
        }
    }
}
