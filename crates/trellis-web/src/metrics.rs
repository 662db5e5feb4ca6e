//! Figures for a monitor, as OpenMetrics: how many requests, how long they took, how much waits, how large the journal is.
//! No person, no name, no address of a page with an id in it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use trellis_store::{Figures, Ready, StoreError};

use crate::log;

/// The upper ends of the classes of times, in seconds.
const CLASSES: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];
/// For how long an answer to "are you ready" holds: whoever asks without end writes no page to the disk each time.
const READY_FOR: Duration = Duration::from_secs(1);

/// A name and a value, as many as a figure is divided by.
type Labels<const N: usize> = [(&'static str, String); N];

/// What is counted.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Labels<2>, Counter>,
    times: Family<Labels<1>, Histogram>,
    no_room: Counter,
    ready: Mutex<Option<(Instant, Option<Ready>)>>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("trellis");
        let requests: Family<Labels<2>, Counter> = Family::default();
        let times =
            Family::<Labels<1>, Histogram>::new_with_constructor(|| Histogram::new(CLASSES));
        let no_room = Counter::default();
        registry.register(
            "requests",
            "Replies, by the pattern of the address and the status",
            requests.clone(),
        );
        registry.register_with_unit(
            "request",
            "Time from a request to its reply, by the pattern of the address",
            Unit::Seconds,
            times.clone(),
        );
        registry.register(
            "connections_turned_away",
            "Connections for which there was no room",
            no_room.clone(),
        );
        Self {
            registry,
            requests,
            times,
            no_room,
            ready: Mutex::default(),
        }
    }
}

impl Metrics {
    fn note(&self, route: &str, status: StatusCode, took: Duration) {
        let by_route = [("route", route.to_owned())];
        self.times
            .get_or_create(&by_route)
            .observe(took.as_secs_f64());
        let [route] = by_route;
        let status = ("status", status.as_str().to_owned());
        self.requests.get_or_create(&[route, status]).inc();
    }

    /// A connection was told to come again.
    pub(crate) fn turned_away(&self) {
        self.no_room.inc();
    }

    /// Looks whether work can be taken, or says again what was seen a moment ago. Those who ask meanwhile wait for the same
    /// look.
    pub(crate) fn look(
        &self,
        asked: Instant,
        check: impl FnOnce() -> Result<Ready, StoreError>,
    ) -> Option<Ready> {
        // What is behind the lock is whole at each moment.
        let mut last = self.ready.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((at, seen)) if asked.saturating_duration_since(*at) < READY_FOR => seen.clone(),
            _ => {
                let seen = check();
                if let Err(error) = &seen {
                    log::error(&format!("not ready: {error}"));
                }
                let seen = seen.ok();
                *last = Some((Instant::now(), seen.clone()));
                seen
            }
        }
    }

    pub(crate) fn text(&self, figures: &Figures) -> Result<String, std::fmt::Error> {
        let mut text = String::new();
        encode_registry(&mut text, &self.registry)?;
        encode_registry(&mut text, &of_store(figures))?;
        encode_eof(&mut text)?;
        Ok(text)
    }
}

/// The figures of the store at this moment.
fn of_store(figures: &Figures) -> Registry {
    let mut registry = Registry::with_prefix("trellis");
    #[expect(
        clippy::cast_precision_loss,
        reason = "a chart needs no more than 52 bits of a sum of microseconds"
    )]
    let seconds = figures.commit_us as f64 / 1e6;
    registry.register_with_unit(
        "commit",
        "Time that commits took",
        Unit::Seconds,
        ConstCounter::new(seconds),
    );
    let counts = [
        (
            "commits",
            "Transactions that were committed",
            figures.commits,
        ),
        (
            "commits_failed",
            "Transactions that failed as a whole",
            figures.failed_commits,
        ),
        (
            "committed_works",
            "Commands and changes of rows in those that were committed",
            figures.works,
        ),
        (
            "shed",
            "Requests for which the writer's queue had no room",
            figures.turned_away,
        ),
        (
            "journal_events",
            "The last place of the journal",
            figures.events,
        ),
    ];
    for (name, says, value) in counts {
        registry.register(name, says, ConstCounter::new(value));
    }
    let sizes = [
        (
            "queue_waiting",
            "Messages that wait for the writer",
            figures.waiting,
        ),
        (
            "queue_room",
            "Messages that may wait for the writer",
            figures.may_wait,
        ),
        (
            "database_bytes",
            "The length of the database",
            figures.database_bytes,
        ),
        (
            "log_bytes",
            "The length of the write-ahead log",
            figures.log_bytes,
        ),
    ];
    for (name, says, value) in sizes {
        registry.register(name, says, ConstGauge::new(value));
    }
    registry
}

/// Counts every request.
pub(crate) async fn count(
    State(metrics): State<Arc<Metrics>>,
    route: Option<MatchedPath>,
    request: Request,
    next: Next,
) -> Response {
    let begun = Instant::now();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    metrics.note(route, response.status(), begun.elapsed());
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_what_a_monitor_reads() {
        let metrics = Metrics::default();
        metrics.note("/today", StatusCode::OK, Duration::from_micros(700));
        metrics.note("/today", StatusCode::SEE_OTHER, Duration::from_millis(40));
        metrics.note("none", StatusCode::NOT_FOUND, Duration::from_secs(9));
        metrics.turned_away();
        let figures = Figures {
            waiting: 3,
            may_wait: 4096,
            turned_away: 5,
            commits: 6,
            failed_commits: 7,
            works: 8,
            commit_us: 1_500_000,
            events: 9,
            database_bytes: 10,
            log_bytes: 11,
        };
        let text = metrics.text(&figures).unwrap();
        for line in [
            "trellis_requests_total{route=\"/today\",status=\"200\"} 1",
            "trellis_requests_total{route=\"none\",status=\"404\"} 1",
            "trellis_request_seconds_bucket{le=\"0.001\",route=\"/today\"} 1",
            "trellis_request_seconds_bucket{le=\"0.05\",route=\"/today\"} 2",
            "trellis_request_seconds_bucket{le=\"5.0\",route=\"none\"} 0",
            "trellis_request_seconds_count{route=\"none\"} 1",
            "trellis_connections_turned_away_total 1",
            "trellis_commit_seconds_total 1.5",
            "trellis_commits_total 6",
            "trellis_commits_failed_total 7",
            "trellis_committed_works_total 8",
            "trellis_shed_total 5",
            "trellis_journal_events_total 9",
            "trellis_queue_waiting 3",
            "trellis_database_bytes 10",
            "# EOF",
        ] {
            assert!(
                text.lines().any(|found| found == line),
                "{line} is not in:\n{text}"
            );
        }
    }
}
