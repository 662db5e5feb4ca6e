//! Answers that a person judges, as the learner sees them: handed in, and later scored with what the teacher says.

use trellis_core::event::{Event, Recorded};
use trellis_core::item::{Awaits, Key, Response, Variant};
use trellis_store::read::AttemptView;

use super::feedback::{Feedback, changed};
use crate::words::Words;
use crate::{given, markup};

/// "2 of 3 points".
pub(crate) fn points_words(words: &Words, points: u32, most: u32) -> String {
    let numbers = [("points", f64::from(points)), ("most", f64::from(most))];
    words.mixed("checked-points", &numbers, &[])
}

fn paragraph(text: &str) -> String {
    let mut html = String::from("<p>");
    markup::escape(&mut html, text);
    html.push_str("</p>");
    html
}

fn sum(points: &[u8]) -> u32 {
    points.iter().map(|points| u32::from(*points)).sum()
}

/// What is told of an answer that was handed in; `None` when the last answer was judged by the program.
pub(super) fn feedback(
    words: &Words,
    attempt: &AttemptView,
    variant: &Variant,
    last: &Recorded,
) -> Option<Feedback> {
    let Event::HandedIn {
        response, awaits, ..
    } = &last.event
    else {
        return None;
    };
    let own = own_words(words, variant, response);
    let told = match attempt.scored() {
        Some(scored) => scored_words(words, variant, scored, own),
        None => {
            let text = match awaits {
                Awaits::Rubric => words.t("waiting-text"),
                Awaits::Comparison => words.t("waiting-compare"),
            };
            Feedback {
                kind: "waiting",
                title: words.t("waiting-title"),
                html: paragraph(&text) + &own,
                marked: None,
                changed: Vec::new(),
                decision: last.decision.0,
            }
        }
    };
    Some(told)
}

fn scored_words(words: &Words, variant: &Variant, scored: &Recorded, own: String) -> Feedback {
    let mut html = String::new();
    let mut title = words.t("checked-title");
    if let Event::Scored {
        points,
        most,
        comment,
        ..
    } = &scored.event
    {
        match &variant.key {
            Key::Written { rubric, .. } if rubric.allows(points) => {
                title = words.one(
                    "checked-title-points",
                    "points",
                    &points_words(words, sum(points), sum(most)),
                );
                for (criterion, points) in rubric.criteria.iter().zip(points) {
                    if let Some(level) = criterion.level(*points) {
                        let name = markup::line(&criterion.name);
                        let says = markup::line(&level.says);
                        let name = if name.is_empty() {
                            name
                        } else {
                            format!("<strong>{name}:</strong> ")
                        };
                        html.push_str(&format!("<p>{name}{says}</p>"));
                    }
                }
            }
            _ => {
                let right = sum(points) == sum(most);
                title = words.t(if right {
                    "checked-title-right"
                } else {
                    "checked-title-not-yet"
                });
            }
        }
        if !comment.is_empty() {
            let said = paragraph(&words.t("checked-comment"));
            let mut comment_html = String::new();
            markup::escape(&mut comment_html, comment);
            html.push_str(&format!(
                "{said}<blockquote class=\"comment\">{comment_html}</blockquote>"
            ));
        }
    }
    Feedback {
        kind: "scored",
        title,
        html: html + &own,
        marked: None,
        changed: changed(words, &scored.event),
        decision: scored.decision.0,
    }
}

/// The answer as it was given.
fn own_words(words: &Words, variant: &Variant, response: &Response) -> String {
    let given = given::html(response, Some(&variant.presentation.interaction));
    let mut label = String::new();
    markup::escape(&mut label, &words.t("waiting-own"));
    format!("<p class=\"small muted\">{label}</p><p class=\"owntext\">{given}</p>")
}

/// An answer that would get all points, to compare one's own with; only once it can change nothing.
pub(super) fn sample(words: &Words, variant: &Variant) -> Option<String> {
    let Key::Written { sample, .. } = &variant.key else {
        return None;
    };
    let mut label = String::new();
    markup::escape(&mut label, &words.t("checked-sample"));
    let sample = markup::html(sample);
    Some(format!("<p class=\"small muted\">{label}</p>{sample}"))
}
