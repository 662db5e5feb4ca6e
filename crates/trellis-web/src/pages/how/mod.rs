//! How Trellis decides: the rules in plain words, with the settings that run. Open to everybody.

use askama::Template;
use axum::extract::State;
use axum::response::Html;
use trellis_core::mastery::{
    DOUBT_AFTER_MISSES, DOUBT_BELOW, FRESH_RIGHT, LEAST_ITEMS, LEAST_RIGHT_ALONE, REVIEW_BELOW,
    SURENESS,
};
use trellis_core::model::SLIP;
use trellis_core::policy::{MOST_STOPS, POLICY_VERSION};
use trellis_store::read::{CalibrationBin, LEAST_ANSWERS, LEAST_LEARNERS};

use crate::app::App;
use crate::chance;
use crate::error::PageError;
use crate::layout::Shell;
use crate::session::MaybeSignedIn;

/// A heading, an icon and what stands under it.
struct Part {
    icon: &'static str,
    title: String,
    /// Sentences that belong together.
    text: Vec<String>,
    /// Sentences that stand each for itself.
    list: Vec<String>,
}

#[derive(Template)]
#[template(path = "pages/how/how.html")]
struct HowPage {
    shell: Shell,
    parts: Vec<Part>,
    settings: Vec<(String, String)>,
    /// How often what was expected came true here; empty where too little was answered.
    calibration: Vec<CalibrationRow>,
    /// What stands under the table, or instead of it.
    calibration_note: String,
}

/// Answers for which about the same chance was told.
struct CalibrationRow {
    expected: String,
    right: String,
    answers: String,
    blocks: Vec<bool>,
}

/// A number for a sentence: no digits after the point that say nothing.
fn figure(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

/// `GET /how`
pub(crate) async fn page(
    State(app): State<App>,
    MaybeSignedIn(viewer): MaybeSignedIn,
) -> Result<Html<String>, PageError> {
    let words = app.words.clone();
    let shell = match viewer {
        Some(viewer) => Shell::of(words.clone(), words.t("how-title"), &viewer, "/how"),
        None => Shell::plain(words, "how-title"),
    };
    let calibration = calibration(&app)?;
    let least = [
        ("answers", f64::from(LEAST_ANSWERS)),
        (
            "learners",
            f64::from(u32::try_from(LEAST_LEARNERS).unwrap_or(u32::MAX)),
        ),
    ];
    let note = if calibration.is_empty() {
        "how-calibration-none"
    } else {
        "how-calibration-hidden"
    };
    let page = HowPage {
        calibration_note: app.words.mixed(note, &least, &[]),
        calibration,
        parts: parts(&app),
        settings: settings(&app),
        shell,
    };
    Ok(Html(page.render()?))
}

fn parts(app: &App) -> Vec<Part> {
    let words = &app.words;
    let lines = |keys: &[&str]| keys.iter().map(|key| words.t(key)).collect::<Vec<_>>();
    let part = |icon, title: &str, text: Vec<String>, list: Vec<String>| Part {
        icon,
        title: words.t(title),
        text,
        list,
    };
    let (sure, right) = (figure(SURENESS * 100.0), figure(FRESH_RIGHT * 10.0));
    vec![
        part(
            "lightbulb",
            "how-belief-title",
            vec![
                words.t("how-belief-text"),
                words.t("how-belief-parts"),
                words.one("how-belief-slip", "slip", &figure(SLIP * 100.0)),
                words.t("how-belief-limits"),
            ],
            Vec::new(),
        ),
        part(
            "badge-check",
            "how-mastered-title",
            Vec::new(),
            vec![
                words.with("how-mastered-bound", &[("sure", &sure), ("right", &right)]),
                words.with(
                    "how-mastered-tries",
                    &[
                        ("tries", &LEAST_RIGHT_ALONE.to_string()),
                        ("items", &LEAST_ITEMS.to_string()),
                    ],
                ),
                words.t("how-mastered-teacher"),
                words.with(
                    "how-mastered-doubt",
                    &[
                        ("doubt", &figure(DOUBT_BELOW * 10.0)),
                        ("misses", &DOUBT_AFTER_MISSES.to_string()),
                    ],
                ),
            ],
        ),
        part(
            "refresh-cw",
            "how-review-title",
            vec![words.one("how-review-text", "review", &figure(REVIEW_BELOW * 10.0))],
            Vec::new(),
        ),
        part("compass", "how-next-title", Vec::new(), {
            let mut list = lines(&["how-next-open", "how-next-teacher", "how-next-rank"]);
            list.push(words.one("how-next-choice", "stops", &MOST_STOPS.to_string()));
            list.extend(lines(&["how-next-story", "how-next-why"]));
            list
        }),
        part(
            "clipboard-list",
            "how-kept-title",
            Vec::new(),
            lines(&[
                "how-kept-names",
                "how-kept-answers",
                "how-kept-teacher",
                "how-kept-who",
            ]),
        ),
        part(
            "shield",
            "how-never-title",
            Vec::new(),
            lines(&[
                "how-never-sell",
                "how-never-rank",
                "how-never-grade",
                "how-never-secret",
            ]),
        ),
    ]
}

/// "Of 100 answers, expected 80, right 78", one row for each tenth.
fn calibration(app: &App) -> Result<Vec<CalibrationRow>, PageError> {
    let bins = app.store.calibration()?;
    let row = |bin: &CalibrationBin| CalibrationRow {
        expected: figure((bin.expected * 100.0).round()),
        right: figure((bin.right * 100.0).round()),
        answers: bin.answers.to_string(),
        blocks: chance::filled(chance::tenths(bin.right)),
    };
    Ok(bins.iter().map(row).collect())
}

fn settings(app: &App) -> Vec<(String, String)> {
    let words = &app.words;
    let catalog = app.store.catalog();
    let courses: Vec<&str> = catalog
        .courses()
        .iter()
        .map(|course| course.title.as_str())
        .collect();
    let courses = if courses.is_empty() {
        words.t("how-versions-none")
    } else {
        courses.join(", ")
    };
    let (sure, right) = (figure(SURENESS * 100.0), figure(FRESH_RIGHT * 10.0));
    vec![
        (
            words.t("how-versions-model"),
            catalog.model().version().to_owned(),
        ),
        (words.t("how-versions-policy"), POLICY_VERSION.to_owned()),
        (
            words.t("how-versions-bound"),
            words.with(
                "how-versions-bound-value",
                &[("sure", &sure), ("right", &right)],
            ),
        ),
        (words.t("how-versions-tries"), LEAST_RIGHT_ALONE.to_string()),
        (words.t("how-versions-items"), LEAST_ITEMS.to_string()),
        (words.t("how-versions-content"), courses),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_say_no_more_than_they_know() {
        assert_eq!(figure(2.0), "2");
        assert_eq!(figure(0.5), "0.5");
        assert_eq!(figure(SURENESS * 100.0), "90");
    }
}
