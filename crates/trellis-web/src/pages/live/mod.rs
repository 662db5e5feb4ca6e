//! A lesson as it goes, for the teacher in the room: who works, who is stuck, who is idle, who is done. With script on it
//! follows by server-sent events; without, by a link that loads it again.

mod follow;
mod pause;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;
use trellis_core::catalog::Catalog;
use trellis_core::fnv;
use trellis_core::id::{PersonId, SectionId};
use trellis_core::plan::live::{Doing, Seat, seat};
use trellis_core::time::Timestamp;
use trellis_store::Viewer;
use trellis_store::read::{LiveLearner, LiveView};

pub(crate) use follow::events;
pub(crate) use pause::{hold, is_on, set};

use crate::app::App;
use crate::assets;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::teacher_today::{Here, InClass, shell_for};
use crate::reasons::title_of;
use crate::words::{Words, small};

/// One learner, in words.
struct Shown {
    name: String,
    /// The student's page; nothing while names are hidden.
    href: Option<String>,
    skill: Option<String>,
    since: Option<String>,
}

/// Those who are at the same.
struct Row {
    key: &'static str,
    icon: &'static str,
    title: String,
    people: Vec<Shown>,
}

/// The part of the page that changes while the lesson goes.
#[derive(Template)]
#[template(path = "pages/live/board.html")]
pub(super) struct Board {
    words: Words,
    icons: &'static str,
    base: String,
    open: bool,
    paused: bool,
    state: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "pages/live/live.html")]
struct Page {
    shell: Shell,
    base: String,
    /// Whether the names are shown.
    names: bool,
    here: String,
    events: String,
    /// Safe HTML: a rendered [`Board`].
    board: String,
}

/// Whether names are shown; they are, unless the address says no.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    names: Option<String>,
}

impl Asked {
    fn names(&self) -> bool {
        self.names.as_deref() != Some("no")
    }
}

fn icon(doing: Doing) -> &'static str {
    match doing {
        Doing::Stuck => "hand",
        Doing::Idle => "clock",
        Doing::Working => "pencil",
        Doing::Done => "check",
        Doing::Away => "log-out",
    }
}

/// Stands for a learner while names are hidden: the same all through the lesson, and no help in guessing, since it does not
/// follow the order of the names.
fn cover(section: SectionId, learner: PersonId) -> u64 {
    let mut bytes = section.0.to_be_bytes().to_vec();
    bytes.extend(learner.0.to_be_bytes());
    fnv::hash(&bytes)
}

fn shown(
    words: &Words,
    catalog: &Catalog,
    one: &LiveLearner,
    at: &Seat,
    cover: Option<usize>,
    now: Timestamp,
) -> Shown {
    let id = one.learner.name.id;
    let since = at.last.filter(|_| at.doing != Doing::Away).map(|last| {
        let minutes = now.0.saturating_sub(last.0).max(0) / 60_000;
        let minutes = u32::try_from(minutes).unwrap_or(u32::MAX);
        words.count("live-since", "minutes", minutes)
    });
    Shown {
        name: match cover {
            Some(number) => words.count("live-student", "number", small(number)),
            None => one.learner.name.short(),
        },
        href: cover.is_none().then(|| format!("/teach/learner/{id}")),
        skill: at
            .competency
            .as_ref()
            .filter(|_| at.doing != Doing::Away)
            .map(|id| title_of(catalog, id)),
        since,
    }
}

impl Board {
    fn of(app: &App, view: &LiveView, names: bool, now: Timestamp) -> Self {
        let (words, catalog, section) = (&app.words, app.store.catalog(), view.section.id);
        let mut covers: Vec<u64> = view
            .learners
            .iter()
            .map(|one| cover(section, one.learner.name.id))
            .collect();
        covers.sort_unstable();
        let mut seats: Vec<(Doing, Shown)> = Vec::new();
        for one in &view.learners {
            let at = seat(&one.learner.state, one.here, now);
            let hidden = (!names).then(|| {
                let cover = cover(section, one.learner.name.id);
                covers.partition_point(|other| *other < cover) + 1
            });
            let shown = shown(words, &catalog, one, &at, hidden, now);
            seats.push((at.doing, shown));
        }
        let mut rows: Vec<Row> = Vec::new();
        for doing in Doing::ALL {
            let (found, rest): (Vec<_>, Vec<_>) =
                seats.into_iter().partition(|(at, _)| *at == doing);
            seats = rest;
            let mut people: Vec<Shown> = found.into_iter().map(|(_, shown)| shown).collect();
            if !names {
                people.sort_by_key(|one| (one.name.len(), one.name.clone()));
            }
            let key = doing.key();
            let count = small(people.len());
            rows.push(Row {
                key,
                icon: icon(doing),
                title: words.count(&format!("live-{key}"), "count", count),
                people,
            });
        }
        let open = view.section.open_until.is_some_and(|until| until > now);
        let paused = open && app.pauses.is_paused(section, now);
        let state = match (open, paused) {
            (false, _) => "live-closed",
            (true, true) => "live-paused",
            (true, false) => "live-open",
        };
        Self {
            icons: assets::url("icons.svg"),
            base: format!("/teach/{section}/live"),
            state: words.one(state, "code", &view.section.class_code),
            words: words.clone(),
            open,
            paused,
            rows,
        }
    }
}

/// The board as HTML, as things stand now; whoever may not see the section is refused.
fn board(
    app: &App,
    viewer: &Viewer,
    section: SectionId,
    names: bool,
) -> Result<(LiveView, String), PageError> {
    let now = app.now();
    let view = app.store.live_lesson(viewer, section, now)?;
    let html = Board::of(app, &view, names, now).render()?;
    Ok((view, html))
}

/// `GET /teach/{section}/live`
pub(crate) async fn page(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let Query(asked) = asked?;
    let names = asked.names();
    let (view, board) = board(&app, &viewer, section, names)?;
    let base = format!("/teach/{section}/live");
    let hidden = if names { "" } else { "?names=no" };
    let title = app.words.one("live-title", "section", &view.section.title);
    let page = Page {
        here: format!("{base}{hidden}"),
        events: format!("{base}/events{hidden}"),
        base,
        names,
        board,
        shell: shell_for(&app, title, &viewer, &view.section, Here::Live)?.with_script("live.js"),
    };
    Ok(Html(page.render()?))
}
