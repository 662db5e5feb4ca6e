//! The hints that were shown, with the smaller questions that some of them ask.

use trellis_core::id::AnswerId;
use trellis_core::item::Variant;
use trellis_store::read::AttemptView;

use super::form::AnswerForm;
use crate::error::PageError;
use crate::markup;
use crate::words::Words;

/// A hint.
pub(super) struct HintView {
    pub(super) html: String,
    pub(super) question: Option<Question>,
}

/// The smaller question of a hint.
pub(super) struct Question {
    pub(super) index: u32,
    /// How the last answer was judged.
    pub(super) verdict: Option<String>,
    /// The form and the id of the next answer; `None` once it is right, and for those who only look on.
    pub(super) ask: Option<(AnswerForm, String)>,
}

/// The hints that were shown. `fresh` makes an id for each form.
///
/// # Errors
/// When `fresh` does not give one.
pub(super) fn of(
    words: &Words,
    attempt: &AttemptView,
    variant: &Variant,
    own: bool,
    mut fresh: impl FnMut() -> Result<AnswerId, PageError>,
) -> Result<Vec<HintView>, PageError> {
    let asks = own && !attempt.is_over();
    let mut views = Vec::new();
    for (index, hint) in (0..attempt.hints()).zip(&variant.hints) {
        let mut question = None;
        if let Some(scaffold) = &hint.scaffold {
            let last = attempt.hint_answer(index);
            let verdict = last.map(|(_, right)| match right {
                Some(true) => "hint-answer-right",
                Some(false) => "hint-answer-not-yet",
                None => "hint-answer-unread",
            });
            let solved = last.is_some_and(|(_, right)| right == Some(true));
            let ask = if asks && !solved {
                let given = last.map(|(response, _)| response);
                let form = AnswerForm::of(&scaffold.interaction, given, words);
                Some((form, fresh()?.to_string()))
            } else {
                None
            };
            question = Some(Question {
                index,
                verdict: verdict.map(|key| words.t(key)),
                ask,
            });
        }
        views.push(HintView {
            html: markup::html(&hint.text),
            question,
        });
    }
    Ok(views)
}
