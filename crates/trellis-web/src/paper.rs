//! A question on paper: what a student reads, with room to answer, and its key apart from it.

use trellis_core::item::{Interaction, Variant};

use crate::words::Words;
use crate::{figure, given, markup};

/// A question on paper. All of it but the labels is HTML that is safe to show; the key is shown on another page.
pub(crate) struct PaperQuestion {
    /// What it is called on its sheet and on the key.
    pub(crate) label: String,
    pub(crate) body: String,
    pub(crate) stem: String,
    pub(crate) figure: Option<String>,
    pub(crate) options: Vec<String>,
    pub(crate) key: String,
}

impl PaperQuestion {
    pub(crate) fn of(label: String, variant: &Variant, words: &Words) -> Self {
        Self {
            label,
            body: markup::html(&variant.presentation.body),
            stem: markup::html(&variant.presentation.stem),
            figure: figure_html(variant, words),
            options: options(variant),
            key: key_html(variant),
        }
    }
}

/// The right answer; nothing where a person judges.
pub(crate) fn key_html(variant: &Variant) -> String {
    let interaction = Some(&variant.presentation.interaction);
    let key = variant.key.response();
    key.map_or_else(String::new, |key| given::html(&key, interaction))
}

/// The figure of a question.
pub(crate) fn figure_html(variant: &Variant, words: &Words) -> Option<String> {
    let figure = variant.presentation.figure.as_ref();
    figure.map(|figure| figure::html(figure, &[], words))
}

fn options(variant: &Variant) -> Vec<String> {
    match &variant.presentation.interaction {
        Interaction::Choice { options } | Interaction::MultipleChoice { options } => options
            .iter()
            .map(|option| markup::line(&option.text))
            .collect(),
        _ => Vec::new(),
    }
}
