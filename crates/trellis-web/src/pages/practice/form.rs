//! The form of an item: one shape for each kind of answer, usable with keyboard, screen reader and script off.

use askama::Template;
use trellis_core::item::{
    Entry, FileKind, Interaction, InteractionKind, LARGEST_UPLOAD, Number, NumberForm, Response,
};
use trellis_math::{mathml, parse};

use super::parts::{self, Point};
use crate::markup::{line, plain};
use crate::words::Words;

/// One thing to choose, order or match.
pub(super) struct Choice {
    pub(super) key: String,
    pub(super) html: String,
    /// The words alone, for the entries of a select.
    pub(super) words: String,
    pub(super) chosen: bool,
    /// For an entry to order: its place; for one to match: its partner's key.
    pub(super) given: String,
}

/// What the learner fills in.
pub(super) enum AnswerForm {
    /// A box to type in.
    Typed {
        text: String,
        hint: String,
        unit: Option<String>,
        preview: Option<String>,
    },
    /// Radio buttons, or boxes to tick.
    Options {
        several: bool,
        options: Vec<Choice>,
        hint: String,
    },
    /// A place for each entry.
    Order {
        entries: Vec<Choice>,
        places: Vec<String>,
        hint: String,
    },
    /// A partner for each entry on the left.
    Match {
        left: Vec<Choice>,
        right: Vec<Choice>,
        hint: String,
    },
    /// A mark on a line.
    Line { marks: Vec<Choice>, hint: String },
    /// A box for a word; no mathematics is read from it.
    Word { text: String, hint: String },
    /// A large box for a few sentences, which a person reads.
    Written {
        text: String,
        hint: String,
        longest: u32,
    },
    /// A file, which a person looks at.
    File {
        hint: String,
        /// What a browser offers to choose.
        accept: String,
    },
    /// The controls stand in the gaps of the question; here are the words to choose from, if there is a bank.
    Gaps { bank: Vec<String>, hint: String },
    /// A table with boxes in it.
    Table { html: String, hint: String },
    /// A grid and a pair of boxes for each point.
    Plot {
        grid: String,
        points: Vec<Point>,
        hint: String,
    },
}

/// The fields of a form, with `id` for the box to type in.
#[derive(Template)]
#[template(path = "pages/practice/fields.html")]
struct FieldsPart<'a> {
    words: &'a Words,
    form: &'a AnswerForm,
    id: &'a str,
}

/// What was typed, in real notation; `None` when it cannot be read.
pub(super) fn preview(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let tree = parse::typed(text, &parse::ReadOptions::default()).ok()?;
    Some(mathml::from_expr(&tree))
}

impl AnswerForm {
    /// The fields as HTML. `id` must be the only one of its name on the page.
    pub(super) fn html(&self, words: &Words, id: &str) -> Result<String, askama::Error> {
        FieldsPart {
            words,
            form: self,
            id,
        }
        .render()
    }

    /// The form of an interaction, filled with what was answered last.
    pub(super) fn of(interaction: &Interaction, last: Option<&Response>, words: &Words) -> Self {
        let hint = words.t(hint_key(interaction));
        match interaction {
            Interaction::Choice { options }
            | Interaction::Hotspot {
                regions: options,
                several: false,
            } => Self::Options {
                several: false,
                options: options.iter().map(|entry| chosen(entry, last)).collect(),
                hint,
            },
            Interaction::MultipleChoice { options }
            | Interaction::Hotspot {
                regions: options,
                several: true,
            } => Self::Options {
                several: true,
                options: options.iter().map(|entry| chosen(entry, last)).collect(),
                hint,
            },
            Interaction::Order { entries } | Interaction::GraphicOrder { regions: entries } => {
                let places = (1..=entries.len()).map(|place| place.to_string()).collect();
                Self::Order {
                    entries: entries.iter().map(|entry| placed(entry, last)).collect(),
                    places,
                    hint,
                }
            }
            Interaction::Match { left, right } => Self::Match {
                left: left.iter().map(|entry| paired(entry, last)).collect(),
                right: right.iter().map(|entry| chosen(entry, None)).collect(),
                hint,
            },
            Interaction::NumberLine { from, to, step } => Self::Line {
                marks: marks(from, to, step, last),
                hint,
            },
            Interaction::InlineChoice { .. } => Self::Gaps {
                bank: Vec::new(),
                hint,
            },
            Interaction::GapMatch { bank, .. } => Self::Gaps {
                bank: bank.iter().map(|entry| line(&entry.text)).collect(),
                hint,
            },
            Interaction::TableEntry { .. } => Self::Table {
                html: parts::table(interaction, &parts::boxes(interaction, last, words))
                    .unwrap_or_default(),
                hint,
            },
            Interaction::Plot { .. } => Self::Plot {
                grid: parts::grid(interaction, last, words).unwrap_or_default(),
                points: parts::points(interaction, last, words),
                hint,
            },
            Interaction::Text => Self::Word {
                text: typed(last),
                hint,
            },
            Interaction::Written { longest } => Self::Written {
                text: typed(last),
                hint: hint + " " + &words.count("answer-longest", "count", *longest),
                longest: *longest,
            },
            Interaction::Upload { takes } => Self::file(takes, &hint, words),
            other => Self::one_line(other, typed(last), hint),
        }
    }

    /// A file to hand in.
    fn file(takes: &[FileKind], hint: &str, words: &Words) -> Self {
        let names = takes.iter().map(|kind| words.t(kind_key(*kind)));
        let names: Vec<String> = names.collect();
        let kinds = words.one("answer-file-kinds", "kinds", &names.join(", "));
        let room = words.count("answer-file-most", "count", LARGEST_UPLOAD / 1_000_000);
        Self::File {
            hint: format!("{hint} {kinds} {room}"),
            accept: accept(takes),
        }
    }

    /// A line to type mathematics into, with how it was read.
    fn one_line(interaction: &Interaction, text: String, hint: String) -> Self {
        let unit = match interaction {
            Interaction::Numeric { unit } => unit.clone(),
            _ => None,
        };
        Self::Typed {
            preview: preview(&text),
            text,
            hint,
            unit,
        }
    }
}

fn kind_key(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Picture => "answer-file-picture",
        FileKind::Pdf => "answer-file-pdf",
        FileKind::Text => "answer-file-text",
        FileKind::Sound => "answer-file-sound",
    }
}

/// Endings and types of files, as a browser wants them.
fn accept(takes: &[FileKind]) -> String {
    let endings = takes.iter().flat_map(|kind| kind.endings());
    let endings: Vec<String> = endings.map(|ending| format!(".{ending}")).collect();
    endings.join(",").replace(".jpg", ".jpg,.jpeg")
}

/// What was typed last.
fn typed(last: Option<&Response>) -> String {
    match last {
        Some(Response::Text(text)) => text.clone(),
        _ => String::new(),
    }
}

fn hint_key(interaction: &Interaction) -> &'static str {
    match interaction.kind() {
        InteractionKind::Numeric => "answer-hint-numeric",
        InteractionKind::Fraction => match interaction {
            Interaction::Fraction {
                form: NumberForm::Simplest,
            } => "answer-hint-simplest",
            Interaction::Fraction {
                form: NumberForm::Mixed,
            } => "answer-hint-mixed",
            _ => "answer-hint-fraction",
        },
        InteractionKind::Expression => "answer-hint-expression",
        InteractionKind::Equation => "answer-hint-equation",
        InteractionKind::Words => "answer-hint-words",
        InteractionKind::Choice => "answer-hint-choice",
        InteractionKind::MultipleChoice => "answer-hint-multiple",
        InteractionKind::Order => "answer-hint-order",
        InteractionKind::Match => "answer-hint-match",
        InteractionKind::NumberLine => "answer-hint-line",
        InteractionKind::Text => "answer-hint-text",
        InteractionKind::InlineChoice => "answer-hint-inline",
        InteractionKind::GapMatch => "answer-hint-gaps",
        InteractionKind::Hotspot => match interaction {
            Interaction::Hotspot { several: true, .. } => "answer-hint-regions",
            _ => "answer-hint-region",
        },
        InteractionKind::GraphicOrder => "answer-hint-graphic-order",
        InteractionKind::Plot => match interaction {
            Interaction::Plot { line: true, .. } => "answer-hint-plot-line",
            _ => "answer-hint-plot",
        },
        InteractionKind::TableEntry => "answer-hint-table",
        InteractionKind::Written => "answer-hint-written",
        InteractionKind::Upload => "answer-hint-upload",
    }
}

fn entry(entry: &Entry, chosen: bool, given: String) -> Choice {
    Choice {
        key: entry.key.clone(),
        html: line(&entry.text),
        words: plain(&entry.text),
        chosen,
        given,
    }
}

fn chosen(of: &Entry, last: Option<&Response>) -> Choice {
    let is = match last {
        Some(Response::Choice(key)) => *key == of.key,
        Some(Response::Choices(keys)) => keys.contains(&of.key),
        _ => false,
    };
    entry(of, is, String::new())
}

fn placed(of: &Entry, last: Option<&Response>) -> Choice {
    let place = match last {
        Some(Response::Order(keys)) => keys.iter().position(|key| *key == of.key),
        _ => None,
    };
    entry(
        of,
        place.is_some(),
        place
            .map(|place| (place + 1).to_string())
            .unwrap_or_default(),
    )
}

fn paired(of: &Entry, last: Option<&Response>) -> Choice {
    let partner = match last {
        Some(Response::Pairs(pairs)) => pairs
            .iter()
            .find(|(left, _)| *left == of.key)
            .map(|(_, right)| right.clone()),
        _ => None,
    };
    entry(of, partner.is_some(), partner.unwrap_or_default())
}

/// The marks of a number line, each a radio button; the label shows whole numbers and the ends only, so that finding the
/// place stays the learner's work.
fn marks(from: &Number, to: &Number, step: &Number, last: Option<&Response>) -> Vec<Choice> {
    let mut marks = Vec::new();
    let mut at = from.clone();
    while at <= *to && marks.len() < 145 {
        let key = at.to_string();
        let labelled = at.is_whole() || at == *from || at == *to;
        let chosen = matches!(last, Some(Response::Point(point)) if *point == key);
        let html = if labelled { key.clone() } else { String::new() };
        let words = format!("{}", marks.len());
        marks.push(Choice {
            key,
            html,
            words,
            chosen,
            given: String::new(),
        });
        at = &at + step;
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_is_mathematics_or_nothing() {
        assert!(preview("8/3").is_some_and(|html| html.contains("<mfrac>")));
        assert_eq!(preview("8/"), None);
        assert_eq!(preview("  "), None);
        assert!(!preview("a<b").unwrap_or_default().contains("<b>"));
    }

    #[test]
    fn a_line_has_a_mark_for_each_step() {
        let number = |text| Number::read(text).unwrap();
        let marks = marks(
            &number("0"),
            &number("2"),
            &number("1/4"),
            Some(&Response::Point("3/4".to_owned())),
        );
        assert_eq!(marks.len(), 9);
        assert!(marks[3].chosen);
        assert_eq!(marks.iter().filter(|mark| !mark.html.is_empty()).count(), 3);
    }
}
