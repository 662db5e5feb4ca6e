//! The server as those see it who run it or lead the district: whether it can take work, how much waits, what was turned away,
//! how large it is; each with what to do where something is wrong. Numbers only, of nobody.

use askama::Template;
use axum::extract::State;
use axum::response::Html;
use trellis_store::Figures;

use crate::app::App;
use crate::error::PageError;
use crate::layout::Shell;
use crate::monitor;
use crate::pages::district::leads;
use crate::session::SignedIn;
use crate::words::Words;

/// A commit that takes longer than this on average, in microseconds, keeps students waiting.
const SLOW_COMMIT_US: u64 = 50_000;
/// Fewer commits than this say nothing about the disk.
const LEAST_COMMITS: u64 = 100;

/// One thing that was looked at.
struct Row {
    title: String,
    says: String,
    /// What to do; `None` where nothing is wrong.
    remedy: Option<String>,
}

impl Row {
    fn of(words: &Words, key: &str, numbers: &[(&str, f64)], wrong: bool) -> Self {
        let key = format!("machine-{key}");
        Self {
            title: words.t(&format!("{key}-title")),
            says: words.mixed(&key, numbers, &[]),
            remedy: wrong.then(|| words.t(&format!("{key}-do"))),
        }
    }
}

#[derive(Template)]
#[template(path = "pages/machine/machine.html")]
struct Page {
    shell: Shell,
    ready: bool,
    rows: Vec<Row>,
    versions: Vec<(String, String)>,
}

#[expect(
    clippy::cast_precision_loss,
    reason = "numbers for people, far below 2^53"
)]
fn real(number: u64) -> f64 {
    number as f64
}

/// In megabytes, at least one.
fn megabytes(bytes: u64) -> f64 {
    real(bytes.div_ceil(1_000_000))
}

fn rows(words: &Words, figures: &Figures) -> Vec<Row> {
    let each_us = figures.commit_us.checked_div(figures.commits).unwrap_or(0);
    let row = |key: &str, numbers: &[(&str, f64)], wrong: bool| Row::of(words, key, numbers, wrong);
    vec![
        row(
            "waiting",
            &[
                ("waiting", real(figures.waiting)),
                ("most", real(figures.may_wait)),
            ],
            figures.waiting * 2 > figures.may_wait,
        ),
        row(
            "turned-away",
            &[("count", real(figures.turned_away))],
            figures.turned_away > 0,
        ),
        row(
            "commits",
            &[
                ("commits", real(figures.commits)),
                ("works", real(figures.works)),
                ("ms", (real(each_us) / 1_000.0).ceil()),
            ],
            each_us > SLOW_COMMIT_US && figures.commits >= LEAST_COMMITS,
        ),
        row(
            "failed",
            &[("count", real(figures.failed_commits))],
            figures.failed_commits > 0,
        ),
        row(
            "size",
            &[
                ("events", real(figures.events)),
                ("mb", megabytes(figures.database_bytes)),
                ("log", megabytes(figures.log_bytes)),
            ],
            false,
        ),
    ]
}

/// `GET /district/machine`
pub(crate) async fn page(
    State(app): State<App>,
    signed_in: SignedIn,
) -> Result<Html<String>, PageError> {
    let viewer = leads(signed_in)?;
    let found = monitor::look(app.clone()).await?;
    let figures = app.store.figures()?;
    let words = app.words.clone();
    let mut versions = vec![(
        words.t("machine-program"),
        env!("CARGO_PKG_VERSION").to_owned(),
    )];
    if let Some(ready) = &found {
        versions.push((words.t("machine-model"), ready.model.clone()));
        versions.push((words.t("machine-schema"), ready.migration.to_string()));
    }
    let title = words.t("machine-title");
    let page = Page {
        ready: found.is_some(),
        rows: rows(&words, &figures),
        versions,
        shell: Shell::of(words, title, &viewer, "/district/machine"),
    };
    Ok(Html(page.render()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures() -> Figures {
        Figures {
            waiting: 3,
            may_wait: 4_096,
            turned_away: 0,
            commits: 1_000,
            failed_commits: 0,
            works: 200,
            commit_us: 3_000_000,
            events: 1_000,
            database_bytes: 5_500_000,
            log_bytes: 0,
        }
    }

    fn wrong(figures: &Figures) -> Vec<String> {
        let rows = rows(&Words::english(), figures);
        assert!(rows.iter().all(|row| !row.says.contains('{')));
        let wrong = rows.into_iter().filter(|row| row.remedy.is_some());
        wrong.map(|row| row.title).collect()
    }

    #[test]
    fn what_is_wrong_says_what_to_do_and_nothing_else_does() {
        assert!(wrong(&figures()).is_empty());
        for (commits, commit_us) in [(0, 0), (2, 600_000)] {
            let hardly_begun = Figures {
                commits,
                commit_us,
                ..figures()
            };
            assert!(wrong(&hardly_begun).is_empty());
        }
        for one in [
            Figures {
                waiting: 3_000,
                ..figures()
            },
            Figures {
                turned_away: 1,
                ..figures()
            },
            Figures {
                commit_us: 60_000_000,
                ..figures()
            },
            Figures {
                failed_commits: 2,
                ..figures()
            },
        ] {
            assert_eq!(wrong(&one).len(), 1, "{one:?}");
        }
    }
}
