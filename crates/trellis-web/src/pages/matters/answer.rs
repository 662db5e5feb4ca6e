//! What a teacher or a leader answers: what waits longest comes first, and one form answers it.

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use trellis_core::id::MatterId;
use trellis_core::people::{About, LONGEST_MATTER, Matter, MatterKind, Role};
use trellis_store::{Raise, Viewer};

use super::{Told, matter_id};
use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::teacher_today::{Here, InClass, shell_for, since_words};
use crate::session::SignedIn;

/// Something to answer, with who raised it and where to look.
struct Row {
    told: Told,
    who: String,
    look: Option<String>,
    label: String,
}

/// Asking for help, on the teacher's page.
struct Help {
    action: String,
    id: String,
    asked: Vec<Told>,
}

#[derive(Template)]
#[template(path = "pages/matters/answer.html")]
struct Page {
    shell: Shell,
    done: Option<String>,
    lead: String,
    waiting: Vec<Row>,
    none: String,
    answered: Vec<Row>,
    help: Option<Help>,
    /// By class, how long families have waited.
    families: Vec<String>,
    most: usize,
}

/// What just happened.
#[derive(Debug, Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

/// What a redirect can say has been done.
const DONE: [&str; 2] = ["answered", "asked"];

fn notice(app: &App, done: Option<String>) -> Option<String> {
    app.words.done("matter", &DONE, done.as_deref())
}

/// `GET /teach/{section}/matters`
pub(crate) async fn of_section(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    done: Result<Query<Done>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(Done { done }) = done?;
    let (words, catalog, now) = (&app.words, app.store.catalog(), app.now());
    let view = app.store.teacher_today(&viewer, section, now)?;
    let row = |matter: &Matter| {
        let About::Learner(learner) = matter.about else {
            return None;
        };
        let found = view.learners.iter().find(|one| one.name.id == learner)?;
        let name = found.name.short();
        let who = match matter.kind {
            MatterKind::Disagreement | MatterKind::Assessment => name,
            _ => words.one("matter-family-of", "name", &name),
        };
        let skill = matter.competency.as_ref();
        let query = skill.map_or_else(String::new, |id| format!("?competency={id}"));
        Some(Row {
            told: Told::of(words, &catalog, now, matter),
            label: words.one("matter-answer-label", "name", &who),
            who,
            look: Some(format!("/teach/learner/{learner}{query}")),
        })
    };
    let answered = app.store.matters_answered(&viewer, section)?;
    let asked = app.store.support_asked(&viewer, section)?;
    let title = words.one("matters-title", "section", &view.section.title);
    let page = Page {
        done: notice(&app, done),
        lead: words.t("matters-lead"),
        waiting: view.matters.iter().filter_map(row).collect(),
        none: words.t("matters-none"),
        answered: answered.iter().filter_map(row).collect(),
        help: Some(Help {
            action: format!("/teach/{section}/support"),
            id: MatterId(app.new_id()?).to_string(),
            asked: asked
                .iter()
                .map(|matter| Told::of(words, &catalog, now, matter))
                .collect(),
        }),
        families: Vec::new(),
        most: LONGEST_MATTER,
        shell: shell_for(&app, title, &viewer, &view.section, Here::Matters)?,
    };
    Ok(Html(page.render()?))
}

/// An answer.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    matter: String,
    #[serde(default)]
    said: String,
}

fn give_answer(app: &App, viewer: &Viewer, form: &Answer) -> Result<(), PageError> {
    let id = matter_id(&form.matter).ok_or(PageError::BadRequest)?;
    let given = app.store.answer_matter(viewer, id, &form.said, app.now());
    // Answered by a colleague meanwhile: the page shows what was said.
    PageError::unless_already_so(given)
}

/// `POST /teach/{section}/matters`
pub(crate) async fn answer(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    form: Result<Form<Answer>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(form) = form?;
    give_answer(&app, &viewer, &form)?;
    Ok(Redirect::to(&format!(
        "/teach/{section}/matters?done=answered"
    )))
}

/// What a teacher needs help with.
#[derive(Debug, Deserialize)]
pub(crate) struct Need {
    id: String,
    #[serde(default)]
    said: String,
}

/// `POST /teach/{section}/support`
pub(crate) async fn ask_support(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    form: Result<Form<Need>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(form) = form?;
    let raise = Raise {
        id: matter_id(&form.id).ok_or(PageError::BadRequest)?,
        kind: MatterKind::Support,
        about: About::Section(section),
        competency: None,
        said: form.said,
    };
    PageError::unless_already_so(app.store.raise(&viewer, raise, app.now()))?;
    Ok(Redirect::to(&format!(
        "/teach/{section}/matters?done=asked"
    )))
}

/// `GET /district/support`
pub(crate) async fn of_district(
    State(app): State<App>,
    signed_in: SignedIn,
    done: Result<Query<Done>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(Done { done }) = done?;
    let viewer = signed_in.with_role(Role::Leader)?;
    let (words, catalog, now) = (&app.words, app.store.catalog(), app.now());
    let view = app.store.support(&viewer)?;
    let (mut waiting, mut answered) = (Vec::new(), Vec::new());
    for (matter, section, teacher) in &view.asked {
        let who = words.with(
            "support-by",
            &[("teacher", teacher.as_str()), ("section", section.as_str())],
        );
        let row = Row {
            told: Told::of(words, &catalog, now, matter),
            label: words.one("matter-answer-label", "name", &who),
            who,
            look: None,
        };
        match matter.answered {
            Some(_) => answered.push(row),
            None => waiting.push(row),
        }
    }
    let families = view.families.iter().map(|waits| {
        let since = since_words(words, now, waits.since);
        let numbers = [("count", f64::from(waits.count))];
        let texts = [("section", waits.section.as_str()), ("since", &since)];
        words.mixed("support-families", &numbers, &texts)
    });
    let page = Page {
        done: notice(&app, done),
        lead: words.t("support-lead"),
        waiting,
        none: words.t("support-none"),
        answered,
        help: None,
        families: families.collect(),
        most: LONGEST_MATTER,
        shell: Shell::of(
            words.clone(),
            words.t("support-title"),
            &viewer,
            "/district/support",
        )
        .named(&app.store.own_name(&viewer)?.given),
    };
    Ok(Html(page.render()?))
}

/// `POST /district/support`
pub(crate) async fn answer_support(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<Answer>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(form) = form?;
    let viewer = signed_in.with_role(Role::Leader)?;
    give_answer(&app, &viewer, &form)?;
    Ok(Redirect::to("/district/support?done=answered"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;

    #[test]
    fn what_was_done_has_words() {
        for done in DONE {
            assert!(Words::english().has(&format!("matter-done-{done}")));
        }
    }
}
