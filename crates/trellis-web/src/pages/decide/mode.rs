//! What the system may decide alone for a class, and the rule that takes it back.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Redirect;
use serde::Deserialize;
use trellis_core::catalog::Catalog;
use trellis_core::plan::Mode;
use trellis_core::plan::trust::Trust;
use trellis_core::policy;
use trellis_core::recommendation::{Purpose, Recommendation};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;
use trellis_store::read::SectionView;

use super::Explained;
use crate::app::App;
use crate::error::PageError;
use crate::pages::teacher_today::InClass;
use crate::stop::{mode_of, set_for_all};
use crate::words::{Words, small};

/// The modes with the one in force, and what is measured.
pub(super) struct ModeView {
    pub(super) modes: Vec<Explained>,
    pub(super) rule: String,
    pub(super) measured: String,
    pub(super) lost: bool,
    /// For how many students the system would choose another next step than the course's order.
    pub(super) differs: Option<String>,
}

fn first_to_learn(advice: &Recommendation) -> Option<&str> {
    let mut stops = advice.stops.iter();
    let first = stops.find(|stop| stop.purpose == Purpose::Learn)?;
    first.competency.as_ref().map(|id| id.as_str())
}

/// How many students would begin with something else if the system decided.
fn differing(view: &SectionView, catalog: &Catalog, now: Timestamp) -> usize {
    let differs = |state: &trellis_core::estimate::LearnerState| {
        let with = |mode| {
            let mut copy = state.clone();
            copy.mode = mode;
            policy::recommend(&copy, catalog, now)
        };
        let (own, course) = (with(Mode::Assist), with(Mode::Suggest));
        first_to_learn(&own) != first_to_learn(&course)
    };
    let learners = view.learners.iter();
    learners.filter(|one| differs(&one.state)).count()
}

impl ModeView {
    pub(super) fn of(
        words: &Words,
        catalog: &Catalog,
        view: &SectionView,
        most: Mode,
        now: Timestamp,
    ) -> Self {
        let mode = mode_of(view);
        let trust = Trust::of(view.learners.iter().map(|one| &one.state), now);
        let rule = [
            ("days", f64::from(Trust::DAYS)),
            ("least", f64::from(Trust::LEAST)),
            ("most", f64::from(Trust::MOST_HUNDREDTHS)),
        ];
        let measured = [
            ("called", f64::from(trust.called)),
            ("doubted", f64::from(trust.doubted)),
        ];
        let allowed = Mode::ALL.into_iter().filter(|of| *of <= most);
        let modes = allowed.map(|of| Explained {
            value: of.key().to_owned(),
            title: words.t(&format!("mode-{}", of.key())),
            help: words.t(&format!("mode-{}-help", of.key())),
            chosen: of == mode,
        });
        let differs = (mode != Mode::Assist).then(|| {
            let numbers = [
                ("count", f64::from(small(differing(view, catalog, now)))),
                ("all", f64::from(small(view.learners.len()))),
            ];
            words.mixed("mode-differs", &numbers, &[])
        });
        Self {
            modes: modes.collect(),
            rule: words.mixed("mode-rule", &rule, &[]),
            measured: words.mixed("mode-measured", &measured, &[]),
            lost: trust.is_lost(),
            differs,
        }
    }
}

/// What the system may decide.
#[derive(Debug, Deserialize)]
pub(crate) struct Set {
    mode: String,
    #[serde(default)]
    note: String,
}

/// `POST /teach/{section}/mode`
pub(crate) async fn set(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    form: Result<Form<Set>, FormRejection>,
) -> Result<Redirect, PageError> {
    let Form(Set { mode, note }) = form?;
    let mode = Mode::from_key(&mode).ok_or(PageError::BadRequest)?;
    if mode > app.store.agreed()?.most {
        return Err(Refusal::MostIsLess.into());
    }
    let view = app.store.teacher_today(&viewer, section, app.now())?;
    set_for_all(&app, &viewer, &view, mode, &note).await?;
    Ok(Redirect::to(&format!("/teach/{section}/decide?done=mode")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mode_has_words() {
        for mode in Mode::ALL {
            for key in [
                format!("mode-{}", mode.key()),
                format!("mode-{}-help", mode.key()),
            ] {
                assert!(Words::english().has(&key), "{key}");
            }
        }
    }
}
