//! The key of an item said again: what a person writes when the published one was wrong.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::bank::{Fixed, Item, ItemBody};
use super::interaction::{Entry, Interaction, InteractionKind};
use super::number::Number;
use super::template::Template;
use super::variant::Key;

/// Why a text cannot be the key of an item. It displays as an English sentence for a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyFault {
    /// There is no text.
    Empty,
    /// No option or entry has this name.
    NoSuchEntry(String),
    /// This is no number.
    NoNumber(String),
    /// Each entry must stand in an order once.
    NotEachOnce,
    /// This cannot be read as an answer to the item, so nobody could be right.
    Unreadable(String),
    /// A key of this kind is changed in the files of the course.
    InFiles,
    /// The template cannot be drawn with it; what its author is told.
    Template(String),
}

impl KeyFault {
    /// The name under which the translation files keep the words.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NoSuchEntry(_) => "no-such-entry",
            Self::NoNumber(_) => "no-number",
            Self::NotEachOnce => "not-each-once",
            Self::Unreadable(_) => "unreadable",
            Self::InFiles => "in-files",
            Self::Template(_) => "template",
        }
    }

    /// What of the text is at fault; empty where it is all of it.
    #[must_use]
    pub fn about(&self) -> &str {
        match self {
            Self::NoSuchEntry(what)
            | Self::NoNumber(what)
            | Self::Unreadable(what)
            | Self::Template(what) => what,
            Self::Empty | Self::NotEachOnce | Self::InFiles => "",
        }
    }
}

impl fmt::Display for KeyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the key is empty"),
            Self::NoSuchEntry(what) => write!(f, "there is no entry \"{what}\""),
            Self::NoNumber(what) => write!(f, "\"{what}\" is no number"),
            Self::NotEachOnce => f.write_str("each entry must stand in the order once"),
            Self::Unreadable(what) => write!(f, "\"{what}\" cannot be read as an answer"),
            Self::InFiles => f.write_str("a key of this kind is mended in the files of the course"),
            Self::Template(what) => write!(f, "it does not fit the template: {what}"),
        }
    }
}

impl core::error::Error for KeyFault {}

/// What stands between several parts of a key.
const BETWEEN: &str = " ; ";

/// The parts of a key, without space around them.
fn parts(text: &str) -> Vec<&str> {
    let parts = text.split(BETWEEN).map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

/// The key of an entry that a text names, by that key or by what it says.
fn named(entries: &[Entry], text: &str) -> Result<String, KeyFault> {
    let found = entries
        .iter()
        .find(|entry| entry.key == text)
        .or_else(|| entries.iter().find(|entry| entry.text.trim() == text));
    found
        .map(|entry| entry.key.clone())
        .ok_or_else(|| KeyFault::NoSuchEntry(text.to_string()))
}

fn number(text: &str) -> Result<Number, KeyFault> {
    Number::read(text).ok_or_else(|| KeyFault::NoNumber(text.to_string()))
}

impl Key {
    /// Whether it can be [said again](Item::with_key) in a line.
    #[must_use]
    pub fn is_said_in_a_line(&self) -> bool {
        match self {
            Self::Number { .. }
            | Self::Point { .. }
            | Self::Expression { .. }
            | Self::Equation { .. }
            | Self::Words { .. }
            | Self::Text { .. }
            | Self::Choice { .. }
            | Self::Choices { .. }
            | Self::Order { .. } => true,
            Self::Any(several) => several.first().is_some_and(Self::is_said_in_a_line),
            _ => false,
        }
    }
}

/// A key of the same kind as the old one that says something else.
fn key(interaction: &Interaction, old: &Key, text: &str) -> Result<Key, KeyFault> {
    let entries: &[Entry] = match interaction {
        Interaction::Choice { options } | Interaction::MultipleChoice { options } => options,
        Interaction::Hotspot { regions, .. } | Interaction::GraphicOrder { regions } => regions,
        Interaction::Order { entries } => entries,
        _ => &[],
    };
    let keys = || {
        let keys = parts(text).into_iter().map(|part| named(entries, part));
        keys.collect::<Result<Vec<String>, KeyFault>>()
    };
    Ok(match old {
        Key::Number {
            tolerance, form, ..
        } => Key::Number {
            value: number(text)?,
            tolerance: tolerance.clone(),
            form: *form,
        },
        Key::Point { .. } => Key::Point {
            value: number(text)?,
        },
        Key::Expression { form, .. } => Key::Expression {
            typed: text.to_string(),
            form: *form,
        },
        Key::Equation { .. } => Key::Equation {
            typed: text.to_string(),
        },
        Key::Words { .. } => Key::Words {
            typed: text.to_string(),
        },
        Key::Text { close, cased, .. } => Key::Text {
            answers: parts(text).into_iter().map(ToString::to_string).collect(),
            close: *close,
            cased: *cased,
        },
        Key::Choice { .. } => Key::Choice {
            right: named(entries, text)?,
        },
        Key::Choices { .. } => {
            let mut right = keys()?;
            right.sort_unstable();
            right.dedup();
            Key::Choices { right }
        }
        Key::Order { right: old } => {
            let right = keys()?;
            let mut sorted = [right.clone(), old.clone()];
            sorted.iter_mut().for_each(|keys| keys.sort_unstable());
            if sorted[0] != sorted[1] {
                return Err(KeyFault::NotEachOnce);
            }
            Key::Order { right }
        }
        Key::Any(several) => {
            let first = several.first().ok_or(KeyFault::Empty)?;
            let again = parts(text).into_iter();
            Key::Any(
                again
                    .map(|part| key(interaction, first, part))
                    .collect::<Result<_, _>>()?,
            )
        }
        _ => return Err(KeyFault::InFiles),
    })
}

/// The template with another answer.
fn retyped(template: &Template, text: &str) -> Result<Template, KeyFault> {
    let mut source = template.source().clone();
    match source.kind {
        InteractionKind::Choice | InteractionKind::MultipleChoice => {
            let places = parts(text).into_iter().map(|part| {
                let place = part.parse::<usize>().ok();
                let place = place.filter(|place| (1..=source.options.len()).contains(place));
                place.ok_or_else(|| KeyFault::NoSuchEntry(part.to_string()))
            });
            let places = places.collect::<Result<Vec<usize>, KeyFault>>()?;
            for (place, option) in (1..).zip(&mut source.options) {
                option.right = places.contains(&place).then(|| "true".to_string());
            }
        }
        InteractionKind::Text => {
            source.parts.answers = parts(text).into_iter().map(ToString::to_string).collect();
        }
        _ if source.answer.is_some() => source.answer = Some(text.to_string()),
        _ => return Err(KeyFault::InFiles),
    }
    // Where the worked steps arrive was said with the old key.
    source.result = None;
    Template::compile(source).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        KeyFault::Template(faults.join("; "))
    })
}

impl Item {
    /// The same item with another key: a number, an expression, words; for options their keys or texts, or their places
    /// counted from 1 where they are drawn anew each time. Several parts stand with ` ; ` between them. Its worked
    /// steps and hints stay as they are.
    ///
    /// # Errors
    /// Why the text cannot be the key.
    pub fn with_key(&self, text: &str) -> Result<Self, KeyFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(KeyFault::Empty);
        }
        let body = match &self.body {
            ItemBody::Template(template) => ItemBody::Template(retyped(template, text)?.into()),
            ItemBody::Fixed(fixed) => ItemBody::Fixed(
                Fixed {
                    key: key(&fixed.presentation.interaction, &fixed.key, text)?,
                    ..(**fixed).clone()
                }
                .into(),
            ),
        };
        let item = Self {
            body,
            ..self.clone()
        };
        let drawn = item.variant(0, None);
        let variant = drawn.map_err(|fault| KeyFault::Template(fault.to_string()))?;
        // A key that no answer can meet would mark everybody wrong.
        match variant.key.response() {
            Some(answer) if !super::grade(&variant, &answer).is_right() => {
                Err(KeyFault::Unreadable(text.to_string()))
            }
            _ => Ok(item),
        }
    }
}
