//! The report of a term for a family: what is new between two days, what leaves a doubt, what is not yet there, goals, what
//! teachers said, and the work that the student shares. It says nothing that the events and the plan do not hold.

mod report;

#[cfg(test)]
mod tests;

use askama::Template;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::response::Html;
use serde::Deserialize;
use trellis_core::id::PersonId;
use trellis_core::time::Timestamp;

use crate::app::App;
use crate::day;
use crate::error::PageError;
use crate::layout::Shell;
use crate::session::SignedIn;
use report::{Report, Sources};

/// How far back the report goes, in days, where nobody chose: about a term.
const USUAL_DAYS: i64 = 90;
/// The longest time between the two days.
const LONGEST_DAYS: i64 = 400;

#[derive(Template)]
#[template(path = "pages/term/term.html")]
struct Page {
    shell: Shell,
    report: Report,
    here: String,
    back: String,
    from: String,
    to: String,
    fault: Option<String>,
}

/// The days that somebody chose.
#[derive(Debug, Deserialize)]
pub(crate) struct Days {
    from: Option<String>,
    to: Option<String>,
}

impl Days {
    /// The first day and the last; `Err` holds the usual ones where what was chosen does not fit.
    fn read(&self, now: Timestamp) -> Result<(Timestamp, Timestamp), (Timestamp, Timestamp)> {
        let today = Timestamp(0).plus_days(now.day());
        let usual = (today.plus_days(-USUAL_DAYS), today);
        if self.from.is_none() && self.to.is_none() {
            return Ok(usual);
        }
        let read = |text: &Option<String>| text.as_deref().and_then(Timestamp::of_date);
        match (read(&self.from), read(&self.to)) {
            (Some(from), Some(to)) if from <= to && to.day() - from.day() <= LONGEST_DAYS => {
                Ok((from, to))
            }
            _ => Err(usual),
        }
    }
}

/// `GET /family/{learner}/term`. Families and teachers of the child.
pub(crate) async fn page(
    State(app): State<App>,
    SignedIn(viewer): SignedIn,
    learner: Result<Path<PersonId>, PathRejection>,
    days: Result<Query<Days>, QueryRejection>,
) -> Result<Html<String>, PageError> {
    let (Path(learner), Query(days)) = (learner?, days?);
    let now = app.now();
    let (chosen, fault) = match days.read(now) {
        Ok(days) => (days, None),
        Err(usual) => (usual, Some(app.words.t("term-fault-days"))),
    };
    let (from, to) = chosen;
    let sources = Sources {
        term: &app
            .store
            .family_term(&viewer, learner, (from, to.plus_days(1)))?,
        plan: &app.store.learner_plan(&viewer, learner)?,
        work: &app.store.work(&viewer, learner)?,
        catalog: &app.store.catalog(),
        agreed: &app.store.agreed()?,
        words: &app.words,
        days: chosen,
        now,
    };
    let report = Report::of(&sources);
    let title = app.words.one("term-title", "name", &report.name);
    let page = Page {
        shell: Shell::of(app.words.clone(), title, &viewer, "/family").with_script("print.js"),
        report,
        here: format!("/family/{learner}/term"),
        back: format!("/family/{learner}"),
        from: day::in_digits(from),
        to: day::in_digits(to),
        fault,
    };
    Ok(Html(page.render()?))
}
