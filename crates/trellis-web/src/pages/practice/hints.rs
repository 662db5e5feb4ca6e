//! Hints as shown, with the smaller questions that some of them ask, and worked steps made of them.

use trellis_core::event::Event;
use trellis_core::id::AnswerId;
use trellis_core::item::{Response, Variant};
use trellis_store::read::AttemptView;

use super::checked;
use super::form::AnswerForm;
use crate::error::PageError;
use crate::words::Words;
use crate::{given, markup};

/// The smaller question of a hint.
pub(super) struct Asked {
    /// The form, while it is not answered right and the attempt goes on.
    pub(super) form_html: Option<String>,
    pub(super) answer_id: String,
    /// What to say to the last answer: its kind, which is a class of the style sheet, and the sentence.
    pub(super) said: Option<(&'static str, String)>,
    /// The right answer, once it was given.
    pub(super) right_html: Option<String>,
}

/// A hint.
pub(super) struct HintView {
    pub(super) place: usize,
    pub(super) html: String,
    pub(super) asked: Option<Asked>,
}

/// The last answer to the question of a hint.
struct Last<'a> {
    response: &'a Response,
    right: bool,
    problem: Option<&'a str>,
}

fn last_answer(attempt: &AttemptView, place: usize) -> Option<Last<'_>> {
    let answers = attempt
        .events
        .iter()
        .rev()
        .filter_map(|recorded| match &recorded.event {
            Event::HintAnswered {
                index,
                response,
                right,
                problem,
                ..
            } if usize::try_from(*index) == Ok(place) => Some(Last {
                response,
                right: *right,
                problem: problem.as_deref(),
            }),
            _ => None,
        });
    // A right answer stays, whatever came after it from another tab.
    let mut newest = None;
    for answer in answers {
        if answer.right {
            return Some(answer);
        }
        newest = newest.or(Some(answer));
    }
    newest
}

/// The hints that were shown. `new_id` makes an answer's id for each question that can be answered now.
pub(super) fn shown(
    words: &Words,
    attempt: &AttemptView,
    variant: &Variant,
    own: bool,
    mut new_id: impl FnMut() -> Result<AnswerId, PageError>,
) -> Result<Vec<HintView>, PageError> {
    let count = usize::try_from(attempt.hints()).unwrap_or(usize::MAX);
    let open = own && !attempt.is_over();
    let mut hints = Vec::new();
    for (place, hint) in variant.hints.iter().take(count).enumerate() {
        let asked = match variant.scaffold(place) {
            Some(question) => Some(asked(words, attempt, place, &question, open, &mut new_id)?),
            None => None,
        };
        hints.push(HintView {
            place,
            html: markup::html(&hint.text),
            asked,
        });
    }
    Ok(hints)
}

fn asked(
    words: &Words,
    attempt: &AttemptView,
    place: usize,
    question: &Variant,
    open: bool,
    new_id: &mut impl FnMut() -> Result<AnswerId, PageError>,
) -> Result<Asked, PageError> {
    let interaction = &question.presentation.interaction;
    let last = last_answer(attempt, place);
    let right = last.as_ref().is_some_and(|last| last.right);
    let said = last.as_ref().map(|last| match last.problem {
        _ if last.right => ("right", words.t("scaffold-right")),
        Some(problem) => ("unread", problem.to_owned()),
        None => ("not-yet", words.t("scaffold-not-yet")),
    });
    let form_html = if open && !right {
        let form = AnswerForm::of(interaction, last.as_ref().map(|last| last.response), words);
        Some(form.html(words, &format!("hint-answer-{place}"))?)
    } else {
        None
    };
    Ok(Asked {
        form_html,
        answer_id: new_id()?.to_string(),
        said,
        right_html: last
            .filter(|last| last.right)
            .map(|last| given::html(last.response, Some(interaction))),
    })
}

/// The worked steps, as HTML. Where an author gave the answer alone, the hints lead to it, each with its own answer.
pub(super) fn worked(words: &Words, attempt: &AttemptView, variant: &Variant) -> Vec<String> {
    let mut steps = Vec::new();
    // The next question of a proof must not be told by the hints of this one: its worked steps stay short.
    if variant.solution.len() < 2 && !attempt.purpose.asks_once() {
        for (place, hint) in variant.hints.iter().enumerate() {
            let mut step = markup::html(&hint.text);
            if let Some(question) = variant.scaffold(place)
                && let Some(key) = question.key.response()
            {
                let answer = given::html(&key, Some(&question.presentation.interaction));
                let label = words.t("scaffold-answer");
                step.push_str(&format!("<p class=\"typed\">{label} {answer}</p>"));
            }
            steps.push(step);
        }
    }
    steps.extend(variant.solution.iter().map(|step| markup::html(step)));
    steps.extend(checked::sample(words, variant));
    steps
}
