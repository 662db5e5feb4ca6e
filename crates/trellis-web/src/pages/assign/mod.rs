//! Assigning: a teacher chooses questions with their keys in view, for a class, a group or one student, the same for all or
//! each their own; sees how far everybody is; and can take it back.

mod asked;
mod given;
mod made;

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::response::{Html, Redirect};
use trellis_core::agreed::Feature;
use trellis_core::command::Command;
use trellis_core::id::{AssignmentId, DirectiveId, PersonId};
use trellis_core::plan::assignment::Question;
use trellis_core::plan::{Assignment, DirectiveKind};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;
use trellis_store::read::Name;

use crate::app::App;
use crate::choice::{Choice, Unit, counts, named, units};
use crate::error::PageError;
use crate::fields::{Fields, field};
use crate::layout::Shell;
use crate::pages::teacher_today::{Here, InClass, courses_of, person_id, shell_for};
use crate::whom;
use asked::{Asked, COUNTS};
pub(crate) use asked::{offers, question_of, question_value};
use given::{Given, given};
use made::{Made, make};
use trellis_core::decide::LONGEST_NOTE;

#[derive(Template)]
#[template(path = "pages/assign/assign.html")]
struct Page {
    shell: Shell,
    base: String,
    /// Where the projects of the class are.
    projects: Option<String>,
    /// Where teachers share sets with each other.
    shared: Option<String>,
    notice: Option<String>,
    who: Vec<Choice>,
    own_next: bool,
    units: Vec<Unit>,
    numbers: Vec<Choice>,
    counts: Vec<Choice>,
    due: String,
    seed: u32,
    made: Option<Made>,
    given: Vec<Given>,
    note_limit: usize,
}

/// What a redirect can say has been done.
const DONE: [&str; 2] = ["given", "withdrawn"];

/// `GET /teach/{section}/assign`. With nothing asked for, what can be assigned and what is; else the questions, which the
/// address alone decides.
pub(crate) async fn page(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    asked: Result<Query<Fields>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(fields) = asked?;
    let (words, catalog, now) = (&app.words, app.store.catalog(), app.now());
    let groups = app.store.groups_of(&viewer, section, now)?;
    let view = app.store.teacher_today(&viewer, section, now)?;
    let class: Vec<&Name> = view.learners.iter().map(|one| &one.name).collect();
    let asked = Asked::of(&fields, &catalog)?;
    let made = match &asked {
        Some(asked) => {
            let people = asked.who.people(&class, &groups)?;
            let who: Vec<PersonId> = people.iter().map(|name| name.id).collect();
            let set = AssignmentId(app.new_id()?);
            Some(make(words, &catalog, &view, &who, asked, set, now))
        }
        None => None,
    };
    let asked = asked.as_ref();
    let same = asked.is_none_or(|asked| asked.same);
    let agreed = app.store.agreed()?;
    let page = Page {
        base: format!("/teach/{section}/assign"),
        projects: agreed
            .is_on(Feature::Projects)
            .then(|| format!("/teach/{section}/projects")),
        shared: agreed
            .is_on(Feature::Sharing)
            .then(|| format!("/teach/{section}/shared")),
        notice: words.done("assign", &DONE, field(&fields, "done")),
        who: whom::choices(
            words,
            &catalog,
            &class,
            &groups,
            asked.map(|asked| asked.who),
        ),
        own_next: asked.is_some_and(|asked| asked.what.is_none()),
        units: units(
            courses_of(&catalog, &view.section),
            asked.and_then(|asked| asked.what.as_ref()),
            |id| catalog.items_of(id).next().is_some(),
        ),
        numbers: named(
            words,
            "assign-numbers",
            &["same", "own"],
            if same { "same" } else { "own" },
        ),
        counts: counts(words, &COUNTS, asked.map_or(5, |asked| asked.count)),
        due: asked.map(|asked| asked.due.clone()).unwrap_or_default(),
        seed: asked::fresh_seed()?,
        made,
        given: given(words, &catalog, &view, now),
        note_limit: LONGEST_NOTE,
        shell: shell_for(
            &app,
            words.one("assign-title", "section", &view.section.title),
            &viewer,
            &view.section,
            Here::Assign,
        )?,
    };
    Ok(Html(page.render()?))
}

/// The questions for each learner, as the form says them: those that are for all, and their own.
fn questions(fields: &Fields) -> Result<Vec<(PersonId, Vec<Question>)>, PageError> {
    let mut all = Vec::new();
    let mut own: Vec<(PersonId, Vec<Question>)> = Vec::new();
    for (key, value) in fields {
        match key.as_str() {
            "learner" => own.push((person_id(value)?, Vec::new())),
            "q" => {
                let (question, learner) = question_of(value)?;
                match learner {
                    None => all.push(question),
                    Some(id) => {
                        let whose = own.iter_mut().find(|(learner, _)| *learner == id);
                        whose.ok_or(PageError::BadRequest)?.1.push(question);
                    }
                }
            }
            _ => {}
        }
    }
    for (_, questions) in &mut own {
        if questions.is_empty() {
            questions.clone_from(&all);
        }
    }
    own.retain(|(_, questions)| !questions.is_empty());
    Ok(own)
}

/// `POST /teach/{section}/assign`
pub(crate) async fn give(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(fields) = form?;
    let set = set_of(&fields)?;
    let due = due_of(field(&fields, "due").unwrap_or_default())?;
    let adaptive = field(&fields, "adaptive").is_some();
    let note = field(&fields, "note").unwrap_or_default().to_owned();
    let catalog = app.store.catalog();
    let view = app.store.teacher_today(&viewer, section, app.now())?;
    let given = questions(&fields)?;
    let is_here = |id: &PersonId| view.learners.iter().any(|one| one.name.id == *id);
    if !given.iter().all(|(id, _)| is_here(id)) {
        return Err(Refusal::NotYours.into());
    }
    let (mut count, mut refused) = (0, Refusal::NothingSaid);
    for (learner, questions) in given {
        let first = questions.first().ok_or(Refusal::NothingSaid)?;
        let item = catalog.item(&first.item).ok_or(Refusal::ItemGone)?;
        let command = Command::Direct {
            learner,
            directive: DirectiveId(app.new_id()?),
            kind: DirectiveKind::Assigned(Assignment {
                set,
                competency: item.competency.clone(),
                questions,
                adaptive,
                due,
            }),
            note: note.clone(),
        };
        match app.execute(viewer.actor(), command).await {
            // Sent twice: it is so.
            Ok(_) | Err(PageError::Refused(Refusal::AlreadySo)) => count += 1,
            // Somebody who takes other courses than the rest of the class.
            Err(PageError::Refused(Refusal::NotInCourse)) => refused = Refusal::NotInCourse,
            Err(other) => return Err(other),
        }
    }
    match count {
        0 => Err(refused.into()),
        _ => Ok(Redirect::to(&format!("/teach/{section}/assign?done=given"))),
    }
}

fn set_of(fields: &Fields) -> Result<AssignmentId, PageError> {
    let set = field(fields, "set").ok_or(PageError::BadRequest)?;
    AssignmentId::parse(set).map_err(|_| PageError::BadRequest)
}

/// The day until which it should be done; none where the form leaves it empty.
fn due_of(text: &str) -> Result<Option<Timestamp>, PageError> {
    match text {
        "" => Ok(None),
        text => Timestamp::of_date(text)
            .map(Some)
            .ok_or(PageError::BadRequest),
    }
}

/// `POST /teach/{section}/assign/undo`: for everybody in the class.
pub(crate) async fn withdraw(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(fields) = form?;
    let set = set_of(&fields)?;
    let view = app.store.teacher_today(&viewer, section, app.now())?;
    for learner in &view.learners {
        let given = learner.state.assignments();
        for (directive, _) in given.filter(|(_, one)| one.set == set) {
            let command = Command::UndoDirective {
                learner: learner.name.id,
                directive: directive.id,
            };
            match app.execute(viewer.actor(), command).await {
                Ok(_) | Err(PageError::Refused(Refusal::NothingToUndo)) => {}
                Err(other) => return Err(other),
            }
        }
    }
    Ok(Redirect::to(&format!(
        "/teach/{section}/assign?done=withdrawn"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;
    use trellis_core::plan::assignment::Ended;

    #[test]
    fn what_was_done_and_how_it_ended_have_words() {
        for done in DONE {
            let key = format!("assign-done-{done}");
            assert!(Words::english().has(&key), "{key}");
        }
        for ended in Ended::ALL {
            let key = format!("assign-ended-{}", ended.key());
            assert!(Words::english().has(&key), "{key}");
        }
    }
}
