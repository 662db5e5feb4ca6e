//! A question as a learner will see it, with what only its teachers see: the key, all hints, the worked steps.

use trellis_core::item::Variant;

use super::form::AnswerForm;
use super::parts;
use super::view::body;
use crate::words::Words;
use crate::{figure, given, markup};

/// Other numbers than the first few are drawn by going on.
pub(crate) const MOST_SEED: u64 = 1_000_000;

/// A question to look at.
pub(crate) struct Preview {
    /// What several questions share.
    pub(crate) body: String,
    pub(crate) stem: String,
    pub(crate) figure: Option<String>,
    /// The fields to answer in.
    pub(crate) form: String,
    /// The right answer; nothing where a person judges.
    pub(crate) key: Option<String>,
    pub(crate) hints: Vec<String>,
    pub(crate) solution: Vec<String>,
}

impl Preview {
    /// The preview of a variant.
    pub(crate) fn of(words: &Words, variant: &Variant) -> Result<Self, askama::Error> {
        let shown = &variant.presentation;
        let controls = parts::controls(&shown.interaction, None, words);
        let figure = shown.figure.as_ref();
        let key = variant.key.response();
        let hints = variant.hints.iter();
        let steps = variant.solution.iter();
        Ok(Self {
            body: markup::html(&body(variant)),
            stem: markup::filled(&shown.stem, &controls),
            figure: figure.map(|figure| figure::html(figure, &[], words)),
            form: AnswerForm::of(&shown.interaction, None, words).html(words, "preview")?,
            key: key.map(|key| given::html(&key, Some(&shown.interaction))),
            hints: hints.map(|hint| markup::html(&hint.text)).collect(),
            solution: steps.map(|step| markup::html(step)).collect(),
        })
    }
}
