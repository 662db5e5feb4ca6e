//! How Trellis decides: the rules in plain words, with the settings that run. Open to everybody.

use askama::Template;
use axum::extract::State;
use axum::response::Html;
use trellis_core::mastery::{
    DOUBT_AFTER_MISSES, DOUBT_BELOW, FALSE_MASTERY_BOUND, LEAST_FIRST_TRIES, LEAST_ITEMS,
    MODEL_VERSION, REVIEW_BELOW, SLIP,
};
use trellis_core::policy::{MOST_STOPS, POLICY_VERSION};

use crate::app::App;
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
    let page = HowPage {
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
    let bound = figure(FALSE_MASTERY_BOUND * 100.0);
    vec![
        part(
            "lightbulb",
            "how-belief-title",
            vec![
                words.t("how-belief-text"),
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
                words.one("how-mastered-bound", "bound", &bound),
                words.with(
                    "how-mastered-tries",
                    &[
                        ("tries", &LEAST_FIRST_TRIES.to_string()),
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
    let bound = figure(FALSE_MASTERY_BOUND * 100.0);
    vec![
        (words.t("how-versions-model"), MODEL_VERSION.to_owned()),
        (words.t("how-versions-policy"), POLICY_VERSION.to_owned()),
        (
            words.t("how-versions-bound"),
            words.one("how-versions-bound-value", "bound", &bound),
        ),
        (words.t("how-versions-tries"), LEAST_FIRST_TRIES.to_string()),
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
        assert_eq!(figure(FALSE_MASTERY_BOUND * 100.0), "2");
    }
}
