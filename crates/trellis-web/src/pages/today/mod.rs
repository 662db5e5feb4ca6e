//! Today: two to four stops, why each is there, the learner's own pick, and what has grown so far.

mod assigned;
mod vine;

pub(crate) use assigned::done_words;

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::response::{Html, Redirect};
use trellis_core::catalog::Catalog;
use trellis_core::command::Command;
use trellis_core::consent::Use;
use trellis_core::estimate::{LearnerState, Level};
use trellis_core::framework::{CompetencyId, InterestId};
use trellis_core::people::Role;
use trellis_core::policy;
use trellis_core::recommendation::{Purpose, Stop};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::pages::placement::{self, Offer};
use crate::pages::practice::points_words;
use crate::pages::surveys::{self, Asked};
use crate::reasons::{self, Reader, title_of};
use crate::session::SignedIn;
use crate::words::{Words, small};

/// For so many days a student is told that answers were judged anew.
const CORRECTED_SHOWN_DAYS: f64 = 14.0;
/// For so many days what a teacher said stands on the page.
const CHECKED_SHOWN_DAYS: f64 = 7.0;

/// One stop as shown.
struct StopCard {
    number: usize,
    title: String,
    lines: Vec<String>,
    minutes: String,
    done: bool,
    now: bool,
    competency: String,
    purpose: &'static str,
    picks: Vec<Pick>,
}

/// An answer that a teacher has read.
struct CheckedAnswer {
    href: String,
    title: String,
    points: String,
}

/// What a teacher reads or has read of the learner's answers.
struct Checks {
    waiting: Option<String>,
    checked: Vec<CheckedAnswer>,
}

impl Checks {
    fn of(words: &Words, catalog: &Catalog, state: &LearnerState, now: Timestamp) -> Self {
        let waiting = small(state.waiting.len());
        let lately = state.checked.iter().rev();
        let lately = lately.filter(|checked| now.days_since(checked.at) <= CHECKED_SHOWN_DAYS);
        Self {
            waiting: (waiting > 0).then(|| words.count("checks-waiting", "count", waiting)),
            checked: lately
                .map(|checked| CheckedAnswer {
                    href: format!("/practice/{}", checked.waited.attempt),
                    title: title_of(catalog, &checked.waited.competency),
                    points: points_words(words, checked.points, checked.most),
                })
                .collect(),
        }
    }

    fn is_empty(&self) -> bool {
        self.waiting.is_none() && self.checked.is_empty()
    }
}

/// Something to pick.
struct Pick {
    competency: String,
    title: String,
}

/// One story to choose.
struct Story {
    id: String,
    title: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "pages/today/today.html")]
struct TodayPage {
    shell: Shell,
    asked: Vec<Asked>,
    greeting: String,
    summary: String,
    stops: Vec<StopCard>,
    decision: Option<u64>,
    stories: Vec<Story>,
    no_story: bool,
    checks: Checks,
    corrected: Vec<String>,
    placement: Option<Offer>,
    vine: String,
    grown: String,
}

/// `GET /today`
pub(crate) async fn page(
    State(app): State<App>,
    signed_in: SignedIn,
) -> Result<Html<String>, PageError> {
    let viewer = signed_in.with_role(Role::Learner)?;
    let learner = viewer.person();
    let (words, catalog, now) = (&app.words, app.store.catalog(), app.now());
    let mut view = app.store.learner_today(&viewer, learner)?;
    if !policy::advice_holds(&view.state, &catalog, now) {
        let advised = app
            .execute(viewer.actor(), Command::Advise { learner })
            .await?;
        match advised.events.as_slice() {
            // Somebody else was quicker; what they were told stands in the state.
            [] => view = app.store.learner_today(&viewer, learner)?,
            events => events.iter().for_each(|event| view.state.apply(event)),
        }
    }
    let state = &view.state;
    let stops = stop_cards(words, &catalog, state, now);
    let minutes: u32 = state
        .advice
        .iter()
        .flat_map(|(_, advice)| &advice.stops)
        .map(|stop| stop.minutes)
        .sum();
    let summary = match stops.len() {
        0 => words.t("today-nothing"),
        #[expect(clippy::cast_precision_loss, reason = "at most four stops")]
        count => words.mixed(
            "today-summary",
            &[("stops", count as f64), ("minutes", f64::from(minutes))],
            &[],
        ),
    };
    let grown = vine::Vine::of(&catalog, state, now);
    let title = words.t("nav-today");
    let page = TodayPage {
        asked: surveys::asked(&app, &viewer)?,
        greeting: words.one("today-greeting", "name", &view.name.given),
        summary,
        stops,
        decision: app
            .store
            .last_advice(&viewer, viewer.person())?
            .map(|decision| decision.0),
        stories: stories(&catalog, state),
        no_story: state.interest.is_none(),
        grown: grown.sentence(words),
        checks: Checks::of(words, &catalog, state, now),
        corrected: corrected(words, &catalog, state, now),
        placement: placement::offer(words, &catalog, state),
        vine: grown.svg(words),
        shell: Shell::of(app.words.clone(), title, &viewer, "/today").named(&view.name.given),
    };
    Ok(Html(page.render()?))
}

/// `POST /interest`
pub(crate) async fn interest(
    State(app): State<App>,
    signed_in: SignedIn,
    form: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Result<Redirect, PageError> {
    let viewer = signed_in.with_role(Role::Learner)?;
    let Form(fields) = form?;
    let chosen = fields
        .iter()
        .find(|(key, _)| key == "interest")
        .ok_or(PageError::BadRequest)?;
    let interest = match chosen.1.as_str() {
        "" => None,
        id => Some(InterestId::new(id).map_err(|_| Refusal::NoSuchInterest)?),
    };
    app.execute(
        viewer.actor(),
        Command::ChooseInterest {
            learner: viewer.person(),
            interest,
        },
    )
    .await?;
    Ok(Redirect::to("/today"))
}

fn stop_cards(
    words: &Words,
    catalog: &Catalog,
    state: &LearnerState,
    now: Timestamp,
) -> Vec<StopCard> {
    let stops = state
        .advice
        .as_ref()
        .map(|(_, advice)| advice.stops.as_slice())
        .unwrap_or_default();
    let mut cards: Vec<StopCard> = Vec::with_capacity(stops.len());
    for (number, stop) in (1..).zip(stops) {
        let done = policy::is_stop_done(state, stop, now);
        let now_here = !done && cards.iter().all(|card| card.done);
        let mut card = card(words, catalog, stop, number, done, now_here);
        card.lines.extend(assigned::lines(words, state, stop));
        cards.push(card);
    }
    cards
}

fn card(
    words: &Words,
    catalog: &Catalog,
    stop: &Stop,
    number: usize,
    done: bool,
    now: bool,
) -> StopCard {
    let title = match (&stop.competency, stop.purpose) {
        (Some(id), Purpose::Review) => words.one("today-review", "title", &title_of(catalog, id)),
        (Some(id), _) => title_of(catalog, id),
        (None, _) => words.t("today-pick"),
    };
    let purpose = match stop.purpose {
        Purpose::Review => "review",
        Purpose::Choice => "choice",
        Purpose::Assigned => "assigned",
        Purpose::Learn | Purpose::Proof | Purpose::Lesson | Purpose::Placement => "learn",
    };
    let pick = |id: &CompetencyId| Pick {
        competency: id.to_string(),
        title: title_of(catalog, id),
    };
    StopCard {
        number,
        title,
        lines: reasons::lines(words, catalog, Reader::Student, &stop.reasons),
        minutes: words.count("today-minutes", "minutes", stop.minutes),
        done,
        now,
        competency: stop
            .competency
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        purpose,
        picks: stop.choices.iter().map(pick).collect(),
    }
}

/// What was judged anew lately because a key was wrong, and what came of it.
fn corrected(
    words: &Words,
    catalog: &Catalog,
    state: &LearnerState,
    now: Timestamp,
) -> Vec<String> {
    let lately = state.corrected.iter().rev();
    let lately = lately.filter(|told| now.days_since(told.at) <= CORRECTED_SHOWN_DAYS);
    lately
        .filter_map(|told| {
            let title = title_of(catalog, &told.competency);
            let key = match (told.better, told.worse) {
                (0, 0) => return None,
                (0, _) => "today-corrected-worse",
                (_, _) => "today-corrected-better",
            };
            let better = [("better", f64::from(told.better))];
            Some(words.mixed(key, &better, &[("title", &title)]))
        })
        .collect()
}

/// The kinds of stories of all courses, each once: courses may tell the same kinds.
fn stories(catalog: &Catalog, state: &LearnerState) -> Vec<Story> {
    let mut stories: Vec<Story> = Vec::new();
    if state.withholds(Use::Stories) {
        return stories;
    }
    for interest in state
        .courses
        .iter()
        .filter_map(|id| catalog.course(id))
        .flat_map(|course| &course.interests)
    {
        let id = interest.id.to_string();
        if stories.iter().all(|story| story.id != id) {
            stories.push(Story {
                id,
                title: interest.title.clone(),
                chosen: state.interest.as_ref() == Some(&interest.id),
            });
        }
    }
    stories
}

/// The level's name in a translation file.
pub(crate) fn level_key(level: Level) -> &'static str {
    match level {
        Level::NotStarted => "level-not-started",
        Level::Starting => "level-starting",
        Level::Growing => "level-growing",
        Level::Strong => "level-strong",
        Level::Mastered => "level-mastered",
    }
}
