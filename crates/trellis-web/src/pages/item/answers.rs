//! How a class answered a question, and what a person can say about its key.

use trellis_core::catalog::Catalog;
use trellis_core::curation::Revision;
use trellis_core::item::{
    Entry, Interaction, InteractionKind, Item, ItemBody, Key, OptionText, Variant,
};
use trellis_core::time::Timestamp;
use trellis_store::read::{ItemAnswers, Worklist, WrongAnswer};

use crate::csv::Csv;
use crate::pages::teacher_today::said_by;
use crate::words::{Words, small};
use crate::{given, markup};

/// Wrong answers that are listed; the rest are counted.
const WRONG_SHOWN: usize = 6;

/// A wrong answer that several gave.
pub(super) struct Wrong {
    /// As it was given, or nothing where it is another each time.
    pub(super) answer: Option<String>,
    pub(super) shows: String,
    pub(super) count: String,
}

/// All wrong answers of a class as a table to take along: the answer, the mix-up that it shows, how many gave it.
pub(super) fn table(words: &Words, catalog: &Catalog, shown: &Variant, of: &ItemAnswers) -> Csv {
    let headings = ["item-wrong-answer", "item-mix-up", "item-wrong-count"];
    let mut table = Csv::new(&headings.map(|key| words.t(key)));
    for wrong in &of.wrong {
        let interaction = Some(&shown.presentation.interaction);
        let answer = wrong.response.as_ref();
        let answer = answer.map(|response| given::text(response, interaction));
        let mix_up = wrong.mix_up.as_ref().and_then(|id| catalog.mix_up(id));
        table.row(&[
            answer.unwrap_or_default(),
            mix_up.map_or_else(String::new, |mix_up| mix_up.title.clone()),
            wrong.count.to_string(),
        ]);
    }
    table
}

/// The answers of a class.
pub(super) struct ClassAnswers {
    pub(super) line: String,
    pub(super) wrong: Vec<Wrong>,
    pub(super) more: Option<String>,
    /// Students whose answers count otherwise since the key was mended.
    pub(super) corrected: Vec<String>,
}

impl ClassAnswers {
    pub(super) fn of(words: &Words, catalog: &Catalog, shown: &Variant, of: &ItemAnswers) -> Self {
        let wrong = |wrong: &WrongAnswer| Wrong {
            answer: wrong
                .response
                .as_ref()
                .map(|response| given::html(response, Some(&shown.presentation.interaction))),
            shows: match wrong.mix_up.as_ref().and_then(|id| catalog.mix_up(id)) {
                Some(mix_up) => words.one("item-shows", "mix-up", &mix_up.title),
                None => words.t("item-shows-nothing"),
            },
            count: words.count("item-times", "count", wrong.count),
        };
        let more = of.wrong.len().saturating_sub(WRONG_SHOWN);
        Self {
            line: words.mixed(
                "item-class",
                &[
                    ("right", f64::from(of.right)),
                    ("first", f64::from(of.first)),
                ],
                &[],
            ),
            wrong: of.wrong.iter().take(WRONG_SHOWN).map(wrong).collect(),
            more: (more > 0).then(|| words.count("item-more-wrong", "count", small(more))),
            corrected: of
                .corrected
                .iter()
                .map(|(name, told)| {
                    words.mixed(
                        "item-corrected",
                        &[
                            ("better", f64::from(told.better)),
                            ("worse", f64::from(told.worse)),
                        ],
                        &[("name", &name.short())],
                    )
                })
                .collect(),
        }
    }
}

/// One option that may be right.
pub(super) struct KeyOption {
    pub(super) value: String,
    pub(super) html: String,
    pub(super) right: bool,
}

/// The way to say another key.
pub(super) struct KeyForm {
    /// Options to choose from; without any the key is typed.
    pub(super) options: Vec<KeyOption>,
    /// Whether several may be right.
    pub(super) several: bool,
}

impl KeyForm {
    /// The form for an item; nothing where the key stands in the files of the course alone.
    pub(super) fn of(item: &Item, shown: &Variant) -> Option<Self> {
        let several = item.kind() == InteractionKind::MultipleChoice;
        let options = match (&item.body, &shown.presentation.interaction) {
            (ItemBody::Template(template), _) => {
                let options = template.source().options.iter();
                // By their places: the keys of these are drawn anew each time.
                let option = |(place, option): (usize, &OptionText)| KeyOption {
                    value: place.to_string(),
                    html: markup::line(&option.text),
                    right: option.right.as_deref() == Some("true"),
                };
                (1..).zip(options).map(option).collect()
            }
            (
                ItemBody::Fixed(_),
                Interaction::Choice { options } | Interaction::MultipleChoice { options },
            ) => {
                let right = |key: &str| match &shown.key {
                    Key::Choice { right } => right == key,
                    Key::Choices { right } => right.iter().any(|of| of == key),
                    _ => false,
                };
                let option = |entry: &Entry| KeyOption {
                    value: entry.key.clone(),
                    html: markup::line(&entry.text),
                    right: right(&entry.key),
                };
                options.iter().map(option).collect()
            }
            _ => Vec::new(),
        };
        let by_hand = match &item.body {
            ItemBody::Template(template) => {
                let source = template.source();
                source.answer.is_some() || !source.parts.answers.is_empty()
            }
            ItemBody::Fixed(_) => shown.key.is_said_in_a_line(),
        };
        (!options.is_empty() || by_hand).then_some(Self { options, several })
    }
}

/// A revision that can be taken back.
pub(super) struct Revised {
    pub(super) line: String,
    pub(super) revision: u64,
}

impl Revised {
    pub(super) fn of(words: &Words, list: &Worklist, now: Timestamp, last: &Revision) -> Self {
        let (name, when) = said_by(words, list.names.get(&last.by), now, last.at);
        let texts = [
            ("name", name.as_str()),
            ("when", &when),
            ("why", &last.note),
        ];
        Self {
            line: words.with("item-mended", &texts),
            revision: last.seq.0,
        }
    }
}
