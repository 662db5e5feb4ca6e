//! The teacher's day: what needs them, with evidence; opening and closing the class; a look at the map.

mod cards;
mod in_class;
mod questions;

use std::sync::Arc;

use askama::Template;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use trellis_core::catalog::Catalog;
use trellis_core::command::Command;
use trellis_core::framework::{Course, CourseId};
use trellis_core::id::{PersonId, SectionId};
use trellis_core::people::Role;
use trellis_core::plan::cards::{Card, cards};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;
use trellis_store::Viewer;
use trellis_store::read::{Judged, SectionView, TaughtSection};

use crate::app::App;
use crate::error::PageError;
use crate::fields::Fields;
use crate::layout::{Link, Shell};
use crate::pages::class_map::{Asked as AskedMap, LevelWords, MapView, Sort, build};
use crate::pages::surveys::{self, Asked};
use crate::session::SignedIn;
use crate::stop;
use crate::words::{Words, small};
use cards::CardView;
pub(crate) use cards::{said_by, since_words};
pub(crate) use in_class::{InClass, section_in};

/// For how long a class can be opened, in minutes.
const OPEN_MINUTES: [u32; 5] = [30, 45, 60, 90, 180];
/// With fewer cards that teachers judged, how often they were right says nothing yet.
const LEAST_JUDGED: u32 = 5;
/// Why a card can be put away.
pub(crate) const DISMISS_REASONS: [&str; 3] = ["done", "wrong", "later"];

/// Reads a section's id from an address.
pub(crate) fn section_id(text: &str) -> Result<SectionId, PageError> {
    SectionId::parse(text).map_err(|_| Refusal::NotFound.into())
}

/// Reads a person's id from an address or a form.
pub(crate) fn person_id(text: &str) -> Result<PersonId, PageError> {
    PersonId::parse(text).map_err(|_| Refusal::NotFound.into())
}

/// The learners that a form names, each once, in its order.
pub(crate) fn chosen_learners(fields: &Fields) -> Result<Vec<PersonId>, PageError> {
    let mut chosen = Vec::new();
    for (_, id) in fields.iter().filter(|(key, _)| key == "learner") {
        let id = person_id(id)?;
        if !chosen.contains(&id) {
            chosen.push(id);
        }
    }
    Ok(chosen)
}

/// The courses of a section that are in the catalog, the main one first.
pub(crate) fn courses_of<'a>(catalog: &'a Catalog, section: &TaughtSection) -> Vec<&'a Course> {
    let ids = section.courses.iter();
    ids.filter_map(|id| catalog.course(&CourseId::new(id).ok()?))
        .collect()
}

/// A section that the viewer teaches.
pub(crate) fn taught(
    app: &App,
    viewer: &Viewer,
    section: SectionId,
) -> Result<TaughtSection, PageError> {
    let mut sections = app.store.sections_of(viewer)?.into_iter();
    let found = sections.find(|taught| taught.id == section);
    found.ok_or_else(|| Refusal::NotYours.into())
}

/// Which page of a section is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Here {
    /// Today.
    Today,
    /// The answers to read.
    Check,
    /// The class map.
    Map,
    /// What is assigned.
    Assign,
    /// What is decided for the class.
    Decide,
    /// The groups.
    Groups,
    /// What people ask.
    Matters,
    /// The courses.
    Courses,
    /// The questions to look at.
    Audit,
    /// The lesson as it goes.
    Live,
    /// What can be printed.
    Print,
    /// A page that the navigation does not name.
    Elsewhere,
}

/// The frame of a page about a section, with its map and its courses in the navigation.
pub(crate) fn shell_for(
    app: &App,
    title: String,
    viewer: &Viewer,
    section: &TaughtSection,
    here: Here,
) -> Result<Shell, PageError> {
    let base = format!("/teach/{}", section.id);
    let link = |rest: &str, key: &str, at: Here| Link {
        href: format!("{base}{rest}"),
        label: app.words.t(key),
        current: here == at,
    };
    let name = app.store.own_name(viewer)?;
    let mut shell = Shell::of(app.words.clone(), title, viewer, "").named(&name.given);
    shell.nav = vec![
        link("", "nav-teach-today", Here::Today),
        link("/live", "teach-nav-live", Here::Live),
        link("/check", "teach-nav-check", Here::Check),
        link("/map", "teach-nav-map", Here::Map),
        link("/groups", "teach-nav-groups", Here::Groups),
        link("/print", "teach-nav-print", Here::Print),
        link("/assign", "teach-nav-assign", Here::Assign),
        link("/decide", "teach-nav-decide", Here::Decide),
        link("/matters", "teach-nav-matters", Here::Matters),
        link("/courses", "teach-nav-courses", Here::Courses),
        link("/audit", "teach-nav-audit", Here::Audit),
    ];
    Ok(shell)
}

/// A section to go to.
struct SectionLink {
    href: String,
    title: String,
    students: String,
    courses: String,
    open: bool,
    current: bool,
}

fn section_links(
    sections: &[TaughtSection],
    catalog: &Catalog,
    current: Option<SectionId>,
    words: &Words,
    now: Timestamp,
) -> Vec<SectionLink> {
    sections
        .iter()
        .map(|section| SectionLink {
            href: format!("/teach/{}", section.id),
            title: section.title.clone(),
            students: words.count("teach-students", "count", section.learners),
            courses: titles(&courses_of(catalog, section)),
            open: section.open_until.is_some_and(|until| until > now),
            current: current == Some(section.id),
        })
        .collect()
}

fn titles(courses: &[&Course]) -> String {
    let titles: Vec<&str> = courses.iter().map(|course| course.title.as_str()).collect();
    titles.join(", ")
}

#[derive(Template)]
#[template(path = "pages/teacher_today/chooser.html")]
struct Chooser {
    shell: Shell,
    asked: Vec<Asked>,
    sections: Vec<SectionLink>,
}

/// `GET /teach`
pub(crate) async fn sections(
    State(app): State<App>,
    signed_in: SignedIn,
) -> Result<Response, PageError> {
    let viewer = signed_in.with_role(Role::Teacher)?;
    let sections = app.store.sections_of(&viewer)?;
    if let [only] = sections.as_slice() {
        return Ok(Redirect::to(&format!("/teach/{}", only.id)).into_response());
    }
    let words = app.words.clone();
    let title = words.t("teach-sections-title");
    let links = section_links(&sections, &app.store.catalog(), None, &words, app.now());
    let page = Chooser {
        shell: Shell::of(words, title, &viewer, "/teach")
            .named(&app.store.own_name(&viewer)?.given),
        asked: surveys::asked(&app, &viewer)?,
        sections: links,
    };
    Ok(Html(page.render()?).into_response())
}

/// Somebody who cannot sign in until a teacher says so.
struct Locked {
    id: String,
    words: String,
}

/// The class session.
struct Session {
    state: String,
    code: String,
    open: bool,
    sentence: String,
    minutes: Vec<(u32, String)>,
    locked: Vec<Locked>,
}

#[derive(Template)]
#[template(path = "pages/teacher_today/today.html")]
struct Today<'a> {
    shell: Shell,
    base: String,
    asked: Vec<Asked>,
    /// Whether students of the class have answered a survey that can be told.
    surveyed: bool,
    sections: Vec<SectionLink>,
    heading: String,
    sub: String,
    notice: Option<String>,
    /// That the system decides less by somebody else's word.
    stood_back: Option<String>,
    cards: Vec<CardView>,
    reasons: Vec<(&'static str, String)>,
    judged: Option<String>,
    session: Session,
    map: Option<MapView<'a>>,
}

/// What just happened, for a line at the top of the page.
#[derive(Debug, Deserialize)]
pub(crate) struct Done {
    done: Option<String>,
}

/// What a redirect can say has been done.
const DONE: [&str; 4] = ["dismissed", "opened", "closed", "released"];

/// `GET /teach/{section}`
pub(crate) async fn page(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    done: Result<Query<Done>, axum::extract::rejection::QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(Done { done }) = done?;
    let now = app.now();
    let view = app.store.teacher_today(&viewer, section, now)?;
    let map = app.store.class_map(&viewer, section)?;
    let catalog = app.store.catalog();
    let words = app.words.clone();
    let found = cards_of(&view, &catalog, now);
    let mut shown = cards::views(&app, &viewer, &view, &catalog, &found, now)?;
    let dismissed = &view.dismissed;
    shown.extend(questions::card(
        &app,
        &viewer,
        section,
        shown.len(),
        dismissed,
    )?);
    let levels = LevelWords::new(&words);
    let asked = AskedMap {
        unit: None,
        sort: Sort::Name,
        now,
    };
    let title = words.one("teach-today-title", "section", &view.section.title);
    let sections = app.store.sections_of(&viewer)?;
    let page = Today {
        asked: surveys::asked(&app, &viewer)?,
        surveyed: !app.store.class_surveys(&viewer, section)?.is_empty(),
        base: format!("/teach/{section}"),
        sections: section_links(&sections, &catalog, Some(section), &words, now),
        heading: words.count("teach-today-heading", "count", small(shown.len())),
        sub: today_sentence(&view, &words, now),
        notice: words.done("teach", &DONE, done.as_deref()),
        stood_back: stop::stood_back(&app, &viewer, &view)?,
        cards: shown,
        reasons: DISMISS_REASONS
            .into_iter()
            .map(|reason| (reason, words.t(&format!("teach-dismiss-{reason}"))))
            .collect(),
        judged: judged_sentence(&words, view.judged),
        session: session(&app, &view, &words)?,
        map: courses_of(&catalog, &map.section)
            .first()
            .map(|course| build(&map, course, &levels, &words, asked)),
        shell: shell_for(&app, title, &viewer, &view.section, Here::Today)?,
    };
    Ok(Html(page.render()?))
}

/// How often the cards were right, by what teachers said when they put them away.
fn judged_sentence(words: &Words, judged: Judged) -> Option<String> {
    let all = judged.right.saturating_add(judged.wrong);
    let numbers = [("right", f64::from(judged.right)), ("all", f64::from(all))];
    match all {
        0 => None,
        1..LEAST_JUDGED => Some(words.mixed("teach-judged-few", &numbers, &[])),
        _ => Some(words.mixed("teach-judged", &numbers, &[])),
    }
}

fn cards_of(view: &SectionView, catalog: &Arc<Catalog>, now: Timestamp) -> Vec<Card> {
    let learners: Vec<_> = view
        .learners
        .iter()
        .map(|learner| (learner.name.id, &learner.state))
        .collect();
    cards(&learners, &view.matters, catalog, &view.dismissed, now)
}

/// "19 of 24 students answered in the last seven days."
fn today_sentence(view: &SectionView, words: &Words, now: Timestamp) -> String {
    let week_ago = now.plus_days(-7);
    let active = view.learners.iter().filter(|learner| {
        let mut begun = learner.state.competencies.iter();
        begun.any(|competency| competency.last_at > week_ago)
    });
    let numbers = [
        ("active", f64::from(small(active.count()))),
        ("all", f64::from(small(view.learners.len()))),
    ];
    words.mixed("teach-today-sub", &numbers, &[])
}

fn session(app: &App, view: &SectionView, words: &Words) -> Result<Session, PageError> {
    let now = app.now();
    let left_ms = view
        .section
        .open_until
        .map_or(0, |until| until.0.saturating_sub(now.0));
    let open = left_ms > 0;
    let sentence = if open {
        let minutes = u32::try_from(left_ms.div_euclid(60_000) + 1).unwrap_or(u32::MAX);
        words.count("teach-class-open", "minutes", minutes)
    } else {
        words.t("teach-class-closed")
    };
    let mut locked = Vec::new();
    for learner in &view.learners {
        if app.store.is_locked_out(learner.name.id)? {
            locked.push(Locked {
                id: learner.name.id.to_string(),
                words: words.one("teach-locked", "name", &learner.name.short()),
            });
        }
    }
    let state = if open {
        words.one("teach-class-state-open", "code", &view.section.class_code)
    } else {
        words.t("teach-class-state-closed")
    };
    Ok(Session {
        state,
        code: view.section.class_code.clone(),
        open,
        sentence,
        minutes: OPEN_MINUTES
            .into_iter()
            .map(|minutes| (minutes, words.count("teach-minutes", "minutes", minutes)))
            .collect(),
        locked,
    })
}

fn back(section: SectionId, done: &str) -> Redirect {
    Redirect::to(&format!("/teach/{section}?done={done}"))
}

/// Which card to put away, and why.
#[derive(Debug, Deserialize)]
pub(crate) struct Dismiss {
    card: String,
    reason: String,
}

/// `POST /teach/{section}/dismiss`
pub(crate) async fn dismiss(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    form: Result<Form<Dismiss>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(Dismiss { card, reason }) = form?;
    if !DISMISS_REASONS.contains(&reason.as_str()) {
        return Err(PageError::BadRequest);
    }
    let now = app.now();
    if questions::is_ours(&card) {
        let put_away = app.store.dismiss_card(&viewer, section, card, reason, now);
        put_away?;
        return Ok(back(section, "dismissed"));
    }
    let view = app.store.teacher_today(&viewer, section, now)?;
    let found = cards_of(&view, &app.store.catalog(), now);
    // A card that is not shown any more was put away before, by a double click or in another tab.
    if let Some(card) = found.iter().find(|found| found.name == card) {
        for name in card.dismissals() {
            app.store
                .dismiss_card(&viewer, section, name, reason.clone(), now)?;
        }
    }
    Ok(back(section, "dismissed"))
}

/// For how long.
#[derive(Debug, Deserialize)]
pub(crate) struct Open {
    minutes: u32,
}

/// `POST /teach/{section}/open`
pub(crate) async fn open(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    form: Result<Form<Open>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(Open { minutes }) = form?;
    if !OPEN_MINUTES.contains(&minutes) {
        return Err(PageError::BadRequest);
    }
    let until = app.now().plus_ms(i64::from(minutes) * 60_000);
    app.execute(viewer.actor(), Command::OpenClass { section, until })
        .await?;
    if stop::stop_if_lost(&app, &viewer, section).await? {
        return Ok(Redirect::to(&format!(
            "/teach/{section}/decide?done=stopped"
        )));
    }
    Ok(back(section, "opened"))
}

/// `POST /teach/{section}/close`
pub(crate) async fn close(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
) -> Result<Redirect, PageError> {
    let command = Command::CloseClass { section };
    // It may have closed by itself meanwhile.
    PageError::unless_already_so(app.execute(viewer.actor(), command).await)?;
    app.pauses.go_on(section);
    Ok(back(section, "closed"))
}

/// Whom to let try again.
#[derive(Debug, Deserialize)]
pub(crate) struct Release {
    learner: String,
}

/// `POST /teach/{section}/release`
pub(crate) async fn release(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    form: Result<Form<Release>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(Release { learner }) = form?;
    let learner = person_id(&learner)?;
    let view = app.store.teacher_today(&viewer, section, app.now())?;
    if !view.learners.iter().any(|found| found.name.id == learner) {
        return Err(Refusal::NotYours.into());
    }
    app.store.release(&viewer, learner)?;
    Ok(back(section, "released"))
}
