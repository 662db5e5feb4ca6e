//! One student for the teacher: the estimate with its doubt, today's advice with its reasons, what happened, and what
//! the teacher decides.

mod advice;
mod timeline;

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, Redirect, Response};
use serde::Deserialize;
use trellis_core::catalog::Catalog;
use trellis_core::command::Command;
use trellis_core::estimate::LearnerState;
use trellis_core::framework::CompetencyId;
use trellis_core::id::{DirectiveId, PersonId, Seq};
use trellis_core::mastery::{self, Mastery};
use trellis_core::people::Role;
use trellis_core::plan::DirectiveKind;
use trellis_core::time::Timestamp;
use trellis_store::Viewer;
use trellis_store::read::TaughtSection;

use crate::app::App;
use crate::chance;
use crate::choice::{Unit, units};
use crate::csv::Csv;
use crate::day;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::decide::kind_of;
use crate::pages::teacher_today::{Here, person_id, shell_for};
use crate::parts;
use crate::reasons::{Reader, title_of};
use crate::session::SignedIn;
use crate::words::Words;
use advice::{AdviceView, Change};
use timeline::{Happening, Teller, note, when};

pub(crate) use timeline::Question;

/// Events that the page reads; what happened before is in the record but not on the page.
const EVENTS_READ: u32 = 400;
/// Things that the timeline shows at first, and when more is asked for.
const SHOWN: usize = 12;
const SHOWN_MORE: usize = 150;

/// What is believed about the chosen skill.
struct Standing {
    title: String,
    can: String,
    level: String,
    class: &'static str,
    next: String,
    /// What moves it most.
    parts: Vec<String>,
    /// What two more right answers would do.
    ahead: String,
    doubt: String,
    counts: String,
    review: Option<String>,
    blocks: Vec<bool>,
}

/// A directive in force.
struct InForce {
    id: String,
    what: String,
    skill: String,
    who: String,
    note: Vec<String>,
    label: String,
}

#[derive(Template)]
#[template(path = "pages/evidence/evidence.html")]
struct Page {
    shell: Shell,
    base: String,
    name: String,
    sub: String,
    notice: Option<String>,
    change: Option<Change>,
    units: Vec<Unit>,
    chosen: bool,
    standing: Option<Standing>,
    advice: Option<AdviceView>,
    advice_when: String,
    advice_heading: String,
    section: Option<(String, String)>,
    timeline: Vec<Happening>,
    more: Option<String>,
    timeline_heading: String,
    /// What it is about, as the address of its table says it.
    asked: String,
    directives: Vec<InForce>,
    kinds: Vec<(&'static str, String, String)>,
    directive_id: String,
    /// Whether what comes next is chosen by the student's answers.
    is_chosen: bool,
    /// What the family does not allow.
    withheld: Vec<String>,
    note_limit: usize,
}

/// What is asked for.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    competency: Option<String>,
    changed: Option<u64>,
    #[serde(default)]
    more: bool,
}

impl Asked {
    /// The skill that is asked about, when there is one of this name.
    fn about(&self, catalog: &Catalog) -> Option<CompetencyId> {
        let id = CompetencyId::new(self.competency.as_deref()?).ok()?;
        catalog.competency(&id).is_some().then_some(id)
    }
}

/// What the family does not allow, in words.
fn withheld(words: &Words, state: &LearnerState) -> Vec<String> {
    let uses = state.withheld.iter();
    uses.map(|purpose| words.t(&format!("teach-withheld-{}", purpose.key())))
        .collect()
}

/// `GET /teach/learner/{learner}`
pub(crate) async fn page(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(learner): Path<String>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(asked) = query?;
    let viewer = signed_in.with_role(Role::Teacher)?;
    let learner = person_id(&learner)?;
    let seen = app.store.evidence(&viewer, learner, EVENTS_READ)?;
    let catalog = app.store.catalog();
    let words = &app.words;
    let now = app.now();
    let state = &seen.learner.state;
    let about = asked.about(&catalog);
    let name = seen.learner.name.short();
    let teller = Teller {
        words,
        catalog: &catalog,
        events: &seen.events,
        now,
    };
    let change = asked
        .changed
        .and_then(|seq| advice::change(words, &catalog, &seen.events, Seq(seq)));
    let title = words.one("teach-student-title", "name", &name);
    let most = if asked.more { SHOWN_MORE } else { SHOWN };
    let mut timeline = teller.entries(about.as_ref(), most + 1);
    let more = (timeline.len() > most && !asked.more).then(|| {
        let competency = about.as_ref().map_or("", CompetencyId::as_str);
        format!("/teach/learner/{learner}?competency={competency}&more=true")
    });
    timeline.truncate(most);
    let section = section_of(&app, &viewer, learner)?;
    let shell = match &section {
        Some(section) => shell_for(&app, title, &viewer, section, Here::Elsewhere)?,
        None => Shell::of(app.words.clone(), title, &viewer, ""),
    };
    let courses = state.courses.iter().filter_map(|id| catalog.course(id));
    let page = Page {
        base: format!("/teach/learner/{learner}"),
        sub: student_sentence(words, state, now),
        notice: change.as_ref().map(|_| words.t("teach-changed")),
        change,
        units: units(courses, about.as_ref(), |_| true),
        chosen: about.is_some(),
        standing: about
            .as_ref()
            .and_then(|id| standing(words, &catalog, state, id, now)),
        advice: state
            .advice
            .as_ref()
            .map(|(_, advice)| advice::view(words, &catalog, advice)),
        advice_when: match &state.advice {
            Some((at, _)) => words.one("teach-advice-when", "when", &when(words, now, *at)),
            None => words.one("teach-advice-none", "name", &name),
        },
        timeline,
        more,
        timeline_heading: timeline_heading(words, &catalog, about.as_ref()),
        asked: about
            .as_ref()
            .map_or_else(String::new, |id| format!("?competency={id}")),
        directives: in_force(words, &catalog, state, &viewer, now),
        kinds: DirectiveKind::NAMES
            .into_iter()
            .map(|kind| {
                let help = words.t(&format!("teach-directive-{kind}-help"));
                (kind, words.t(&format!("teach-directive-{kind}")), help)
            })
            .collect(),
        is_chosen: state.fixed_path().is_none(),
        withheld: withheld(words, state),
        directive_id: DirectiveId(app.new_id()?).to_string(),
        note_limit: trellis_core::decide::LONGEST_NOTE,
        advice_heading: words.t(match &state.advice {
            Some((at, _)) if at.day() < now.day() => "teach-advice-last",
            _ => "teach-advice-heading",
        }),
        section: section.map(|section| (format!("/teach/{}", section.id), section.title)),
        shell,
        name,
    };
    Ok(Html(page.render()?))
}

/// The viewer's section that the student is in, for the way back.
pub(crate) fn section_of(
    app: &App,
    viewer: &Viewer,
    learner: PersonId,
) -> Result<Option<TaughtSection>, PageError> {
    for section in app.store.sections_of(viewer)? {
        if app.store.is_learner_of(learner, section.id)? {
            return Ok(Some(section));
        }
    }
    Ok(None)
}

/// `GET /teach/learner/{learner}/timeline.csv`: what happened, a line each, with the day it happened on.
pub(crate) async fn csv(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(learner): Path<String>,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, PageError> {
    let Query(asked) = query?;
    let viewer = signed_in.with_role(Role::Teacher)?;
    let seen = app
        .store
        .evidence(&viewer, person_id(&learner)?, EVENTS_READ)?;
    let (words, catalog) = (&app.words, app.store.catalog());
    let about = asked.about(&catalog);
    let teller = Teller {
        words,
        catalog: &catalog,
        events: &seen.events,
        now: app.now(),
    };
    let keys = ["table-day", "table-what", "teach-skill", "table-details"];
    let mut table = Csv::new(&words.all(&keys));
    for entry in teller.entries(about.as_ref(), SHOWN_MORE) {
        table.row(&[
            day::in_digits(entry.at),
            entry.headline,
            entry.skill,
            entry.details.join(" · "),
        ]);
    }
    Ok(table.saved_as("student"))
}

fn timeline_heading(words: &Words, catalog: &Catalog, about: Option<&CompetencyId>) -> String {
    match about.and_then(|id| catalog.competency(id)) {
        Some(found) => words.one("teach-timeline-about", "skill", &found.title),
        None => words.t("teach-timeline-all"),
    }
}

/// "12 skills mastered, 3 in work. Last answer yesterday."
fn student_sentence(words: &Words, state: &LearnerState, now: Timestamp) -> String {
    let mastered = state
        .competencies
        .iter()
        .filter(|begun| mastery::mastery(state, &begun.competency, now) != Mastery::NotYet)
        .count();
    let working = state.competencies.len() - mastered;
    let numbers = [
        ("mastered", f64::from(u32::try_from(mastered).unwrap_or(0))),
        ("working", f64::from(u32::try_from(working).unwrap_or(0))),
    ];
    match state.competencies.iter().map(|begun| begun.last_at).max() {
        Some(last) => {
            let last = when(words, now, last);
            words.mixed("teach-student-sub", &numbers, &[("when", &last)])
        }
        None => words.t("teach-student-new"),
    }
}

fn standing(
    words: &Words,
    catalog: &Catalog,
    state: &LearnerState,
    id: &CompetencyId,
    now: Timestamp,
) -> Option<Standing> {
    let competency = catalog.competency(id)?;
    let level = mastery::level(state, id, now).step();
    let believed = mastery::believed(catalog.model(), state, id);
    let begun = state.competency(id);
    let doubt = match (begun, believed.high - believed.low) {
        (None, _) => "teach-doubt-unknown",
        (_, width) if width < 0.15 => "teach-doubt-small",
        (_, width) if width < 0.45 => "teach-doubt-middle",
        _ => "teach-doubt-large",
    };
    let counts = begun.map_or_else(
        || words.t("teach-counts-none"),
        |begun| {
            let numbers = [
                ("tries", f64::from(begun.first_tries)),
                ("right", f64::from(begun.right_alone)),
                ("items", f64::from(begun.items)),
            ];
            words.mixed("teach-counts", &numbers, &[])
        },
    );
    let fading = mastery::mastery(state, id, now) == Mastery::Fading;
    Some(Standing {
        title: competency.title.clone(),
        can: crate::markup::line(&competency.can),
        level: words.t(&format!("teach-level-{level}")),
        class: ["l0", "l1", "l2", "l3", "l4"][usize::from(level.min(4))],
        next: words.one(
            "teach-next-right",
            "times",
            &chance::times(words, believed.next_right),
        ),
        parts: parts::lines(words, catalog, Reader::Teacher, state, id),
        ahead: parts::ahead(words, catalog.model(), Reader::Teacher, state, id),
        doubt: words.t(doubt),
        counts,
        review: fading.then(|| words.t("teach-review-is-due")),
        blocks: chance::blocks(believed.next_right),
    })
}

fn in_force(
    words: &Words,
    catalog: &Catalog,
    state: &LearnerState,
    viewer: &Viewer,
    now: Timestamp,
) -> Vec<InForce> {
    let directives = state.directives.iter().rev();
    directives
        .map(|directive| {
            let about = directive.kind.competency();
            let skill =
                about.map_or_else(|| words.t("teach-fixed-about"), |id| title_of(catalog, id));
            let what = words.t(&format!("teach-directed-{}", directive.kind.name()));
            let by = if directive.by == viewer.person() {
                "teach-by-you"
            } else {
                "teach-by-other"
            };
            InForce {
                id: directive.id.to_string(),
                who: words.one(by, "when", &when(words, now, directive.at)),
                note: note(words, &directive.note),
                label: words.with("teach-undo-label", &[("what", &what), ("skill", &skill)]),
                what,
                skill,
            }
        })
        .collect()
}

/// Back to the student, with the decision whose effect is to be shown.
fn back(learner: PersonId, competency: &str, decision: Option<Seq>) -> Redirect {
    let mut address = format!("/teach/learner/{learner}?competency={competency}");
    if let Some(decision) = decision {
        address.push_str(&format!("&changed={decision}"));
    }
    Redirect::to(&address)
}

/// What a teacher decides.
#[derive(Debug, Deserialize)]
pub(crate) struct Direct {
    directive: String,
    #[serde(default)]
    competency: String,
    kind: String,
    #[serde(default)]
    note: String,
}

/// `POST /teach/learner/{learner}/direct`
pub(crate) async fn direct(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(learner): Path<String>,
    form: Result<Form<Direct>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(form) = form?;
    let viewer = signed_in.with_role(Role::Teacher)?;
    let learner = person_id(&learner)?;
    let kind = kind_of(Some(&form.kind), Some(&form.competency)).ok_or(PageError::BadRequest)?;
    let about = kind.competency().map(ToString::to_string);
    let directive = DirectiveId::parse(&form.directive).map_err(|_| PageError::BadRequest)?;
    let command = Command::Direct {
        learner,
        directive,
        kind,
        note: form.note,
    };
    let outcome = app.execute(viewer.actor(), command).await?;
    let about = about.unwrap_or_default();
    Ok(back(learner, &about, Some(outcome.decision)))
}

/// What to take back.
#[derive(Debug, Deserialize)]
pub(crate) struct Undo {
    directive: String,
}

/// `POST /teach/learner/{learner}/undo`
pub(crate) async fn undo(
    State(app): State<App>,
    signed_in: SignedIn,
    Path(learner): Path<String>,
    form: Result<Form<Undo>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(form) = form?;
    let viewer = signed_in.with_role(Role::Teacher)?;
    let learner = person_id(&learner)?;
    let directive = DirectiveId::parse(&form.directive).map_err(|_| PageError::BadRequest)?;
    let seen = app.store.evidence(&viewer, learner, 1)?;
    let about = seen
        .learner
        .state
        .directives
        .iter()
        .find(|found| found.id == directive)
        .and_then(|found| found.kind.competency().cloned());
    let outcome = app
        .execute(
            viewer.actor(),
            Command::UndoDirective { learner, directive },
        )
        .await?;
    let competency = about.as_ref().map_or("", CompetencyId::as_str);
    Ok(back(learner, competency, Some(outcome.decision)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_and_directives_have_words() {
        let words = Words::english();
        let events = [
            "right",
            "not-yet",
            "revealed",
            "mastered",
            "doubted",
            "proof-begun",
            "proof-held",
            "proof-not-yet",
            "undone",
            "hints",
            "try",
            "mix-up",
            "moved",
            "same",
            "opens",
            "handed-in",
            "scored",
            "score-undone",
        ]
        .map(|kind| format!("teach-event-{kind}"));
        for key in &events {
            assert!(words.has(key), "{key}");
        }
        for name in DirectiveKind::NAMES
            .into_iter()
            .chain([DirectiveKind::FIXED_PATH])
        {
            let kind = kind_of(Some(name), Some("x"));
            assert_eq!(kind.map(|kind| kind.name()), Some(name));
            for key in [
                format!("teach-directive-{name}"),
                format!("teach-directive-{name}-help"),
                format!("teach-directed-{name}"),
            ] {
                assert!(words.has(&key), "{key}");
            }
        }
    }
}
