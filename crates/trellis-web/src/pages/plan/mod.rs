//! A student's plan: goals with days and small steps, strengths and interests, talks, and who signed. The student, the
//! teachers and the family have the same page; what each can do there differs.

mod view;

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, Redirect};
use serde::Deserialize;
use trellis_core::access::{Deed, Relation, may_do};
use trellis_core::agreed::Requirement;
use trellis_core::command::Command;
use trellis_core::estimate::LearnerState;
use trellis_core::framework::CompetencyId;
use trellis_core::goals::{LONGEST_CHECK_IN, LONGEST_GOAL, PlanNote, Standing};
use trellis_core::id::{CheckInId, GoalId, PersonId, Seq, StepId};
use trellis_core::mastery::{self, Mastery};
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;
use trellis_store::Viewer;

use crate::app::App;
use crate::choice::{Unit, units};
use crate::error::PageError;
use crate::fields::{Fields, field};
use crate::layout::Shell;
use crate::pages::evidence::section_of;
use crate::pages::teacher_today::{Here, person_id, shell_for};
use crate::session::SignedIn;
use crate::words::small;
use view::{GoalView, SignedView, TalkView, Teller};

/// Lines of the history that are shown at first.
const SHOWN: usize = 30;

#[derive(Template)]
#[template(path = "pages/plan/plan.html")]
struct Page {
    shell: Shell,
    done: Option<String>,
    back: Option<(String, String)>,
    lead: String,
    /// Where the student's work is.
    work: String,
    action: String,
    may_plan: bool,
    may_check_in: bool,
    goals: Vec<GoalView>,
    past: Vec<GoalView>,
    units: Vec<Unit>,
    new_goal: String,
    new_check_in: String,
    longest_goal: usize,
    longest_talk: usize,
    talks: Vec<TalkView>,
    signatures: Vec<SignedView>,
    sign: Option<String>,
    /// What graduation asks for, and how far it is.
    body: Vec<String>,
    strengths: Vec<String>,
    strengths_more: Option<String>,
    interest: String,
    choices: Vec<String>,
    adults: Vec<String>,
    history: Vec<(String, String)>,
    more: Option<String>,
}

/// What is asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    done: Option<String>,
    #[serde(default)]
    all: bool,
}

/// What a redirect can say has been done: what a form of the page is for.
const DONE: [&str; 7] = [
    "goal",
    "goal-text",
    "goal-stands",
    "step",
    "step-stands",
    "check-in",
    "sign",
];

/// Where the page of this viewer is.
fn address(viewer: &Viewer, learner: PersonId) -> String {
    match viewer.role() {
        Role::Teacher => format!("/teach/learner/{learner}/plan"),
        Role::Guardian => format!("/family/{learner}/plan"),
        _ => "/plan".to_owned(),
    }
}

/// How somebody who sees the page stands to the student.
fn standing_of(viewer: &Viewer) -> Relation {
    match viewer.role() {
        Role::Learner => Relation::Own,
        Role::Guardian => Relation::GuardianOf,
        Role::Teacher => Relation::TeacherOf,
        Role::Leader | Role::Operator => Relation::Stranger,
    }
}

/// The frame, with the way back.
fn frame(
    app: &App,
    viewer: &Viewer,
    learner: PersonId,
    (given, short): (&str, &str),
) -> Result<(Shell, Option<(String, String)>), PageError> {
    let words = app.words.clone();
    let theirs = words.one("plan-title-of", "name", short);
    Ok(match viewer.role() {
        Role::Teacher => {
            let back = (format!("/teach/learner/{learner}"), short.to_owned());
            let shell = match section_of(app, viewer, learner)? {
                Some(section) => shell_for(app, theirs, viewer, &section, Here::Elsewhere)?,
                None => Shell::of(words, theirs, viewer, ""),
            };
            (shell, Some(back))
        }
        Role::Guardian => {
            let back = (format!("/family/{learner}"), words.t("plan-back-family"));
            (Shell::of(words, theirs, viewer, "/family"), Some(back))
        }
        _ => {
            let title = words.t("plan-title");
            (Shell::of(words, title, viewer, "/plan").named(given), None)
        }
    })
}

/// How far a student is with what graduation asks for.
fn body(app: &App, viewer: &Viewer, state: &LearnerState) -> Result<Vec<String>, PageError> {
    let (words, catalog, now) = (&app.words, app.store.catalog(), app.now());
    let agreed = app.store.agreed()?;
    let asked = |one: &&Requirement| state.courses.contains(&one.course);
    let required: Vec<&Requirement> = agreed.required.iter().filter(asked).collect();
    if required.is_empty() {
        return Ok(Vec::new());
    }
    let kinds = app.store.body_of_evidence(viewer, state.learner)?;
    let mut lines = Vec::new();
    for one in required {
        let Some(course) = catalog.course(&one.course) else {
            continue;
        };
        let mastered = course
            .sequence()
            .filter(|id| mastery::mastery(state, id, now) != Mastery::NotYet);
        let progress = one.progress(course.sequence().count(), mastered, &kinds);
        let numbers = [
            ("counted", f64::from(small(progress.counted))),
            ("asked", f64::from(small(progress.asked))),
        ];
        lines.push(words.mixed("body-of", &numbers, &[("title", &course.title)]));
        if progress.lacking > 0 && progress.counted < progress.asked {
            lines.push(words.count("body-lacking", "count", small(progress.lacking)));
        }
    }
    Ok(lines)
}

fn show(
    app: &App,
    viewer: &Viewer,
    learner: PersonId,
    asked: &Asked,
) -> Result<Html<String>, PageError> {
    let seen = app.store.learner_plan(viewer, learner)?;
    let (words, catalog) = (&app.words, app.store.catalog());
    let teller = Teller {
        app,
        catalog: &catalog,
        view: &seen,
        now: app.now(),
    };
    let name = &seen.learner.name;
    let (shell, back) = frame(app, viewer, learner, (&name.given, &name.short()))?;
    let relation = standing_of(viewer);
    let action = address(viewer, learner);
    let (strengths, strengths_more) = teller.strengths();
    let courses = seen.learner.state.courses.iter();
    let most = if asked.all { usize::MAX } else { SHOWN };
    let page = Page {
        done: words.done("plan", &DONE, asked.done.as_deref()),
        lead: words.t(match viewer.role() {
            Role::Learner => "plan-lead",
            Role::Guardian => "plan-lead-family",
            _ => "plan-lead-teacher",
        }),
        work: action.replace("/plan", "/portfolio"),
        may_plan: may_do(relation, Deed::Plan),
        may_check_in: may_do(relation, Deed::CheckIn),
        goals: teller.goals(true)?,
        past: teller.goals(false)?,
        units: units(courses.filter_map(|id| catalog.course(id)), None, |_| true),
        new_goal: GoalId(app.new_id()?).to_string(),
        new_check_in: CheckInId(app.new_id()?).to_string(),
        longest_goal: LONGEST_GOAL,
        longest_talk: LONGEST_CHECK_IN,
        talks: teller.talks(),
        signatures: teller.signatures(),
        sign: teller.to_sign(viewer),
        body: body(app, viewer, &seen.learner.state)?,
        strengths,
        strengths_more,
        interest: teller.interest(),
        choices: teller.choices(),
        adults: teller.adults(),
        history: teller.history(most),
        more: (seen.notes.len() > most).then(|| format!("{action}?all=true")),
        back,
        action,
        shell,
    };
    Ok(Html(page.render()?))
}

/// What a form notes, by the name of its kind.
fn note_of(fields: &Fields) -> Result<(&'static str, PlanNote), PageError> {
    let value = |name: &str| field(fields, name).unwrap_or_default();
    let goal = || GoalId::parse(value("goal")).map_err(|_| PageError::BadRequest);
    let step = || StepId::parse(value("step")).map_err(|_| PageError::BadRequest);
    let standing = || Standing::from_key(value("standing")).ok_or(PageError::BadRequest);
    let what = DONE.into_iter().find(|known| *known == value("what"));
    let what = what.ok_or(PageError::BadRequest)?;
    let note = match what {
        "goal" => PlanNote::GoalSet {
            goal: goal()?,
            text: value("text").to_owned(),
            due: Timestamp::of_date(value("due")).ok_or(Refusal::DayOutOfReach)?,
            competency: match value("about") {
                "" => None,
                id => Some(CompetencyId::new(id).map_err(|_| PageError::BadRequest)?),
            },
        },
        "goal-text" => PlanNote::GoalReworded {
            goal: goal()?,
            text: value("text").to_owned(),
        },
        "goal-stands" => PlanNote::GoalStands {
            goal: goal()?,
            standing: standing()?,
        },
        "step" => PlanNote::StepAdded {
            goal: goal()?,
            step: step()?,
            text: value("text").to_owned(),
        },
        "step-stands" => PlanNote::StepStands {
            goal: goal()?,
            step: step()?,
            standing: standing()?,
        },
        "check-in" => PlanNote::CheckedIn {
            check_in: CheckInId::parse(value("check_in")).map_err(|_| PageError::BadRequest)?,
            said: value("said").to_owned(),
            next: value("next").to_owned(),
        },
        _ => PlanNote::Signed {
            version: Seq(value("version")
                .parse()
                .map_err(|_| PageError::BadRequest)?),
        },
    };
    Ok((what, note))
}

async fn note(
    app: &App,
    viewer: &Viewer,
    learner: PersonId,
    fields: &Fields,
) -> Result<Redirect, PageError> {
    let (what, note) = note_of(fields)?;
    let command = Command::NotePlan { learner, note };
    // Sent twice, or somebody else was quicker: the page shows how it stands.
    PageError::unless_already_so(app.execute(viewer.actor(), command).await)?;
    let address = address(viewer, learner);
    Ok(Redirect::to(&format!("{address}?done={what}")))
}

/// `GET /plan`
pub(crate) async fn own(
    State(app): State<App>,
    signed_in: SignedIn,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(asked) = asked?;
    let viewer = signed_in.with_role(Role::Learner)?;
    show(&app, &viewer, viewer.person(), &asked)
}

/// `POST /plan`
pub(crate) async fn note_own(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(fields) = form?;
    let viewer = signed_in.with_role(Role::Learner)?;
    note(&app, &viewer, viewer.person(), &fields).await
}

/// `GET /teach/learner/{learner}/plan` and `GET /family/{learner}/plan`. Who may see it, the access table says.
pub(crate) async fn of_one(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
    Path(learner): Path<String>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(asked) = asked?;
    show(&app, &viewer, person_id(&learner)?, &asked)
}

/// `POST /teach/learner/{learner}/plan` and `POST /family/{learner}/plan`.
pub(crate) async fn note_of_one(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
    Path(learner): Path<String>,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(fields) = form?;
    note(&app, &viewer, person_id(&learner)?, &fields).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;

    #[test]
    fn what_was_done_has_words() {
        for done in DONE {
            assert!(Words::english().has(&format!("plan-done-{done}")));
        }
    }
}
