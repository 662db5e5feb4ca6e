//! The key of an item said again: what a person writes when the published one was wrong.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::bank::{Fixed, Item, ItemBody};
use super::interaction::{Entry, Interaction, InteractionKind};
use super::number::Number;
use super::template::Template;
use super::variant::Key;

/// What stands between several parts of a key.
const BETWEEN: &str = " ; ";

/// The parts of a key, without space around them.
fn parts(text: &str) -> Vec<&str> {
    let parts = text.split(BETWEEN).map(str::trim);
    parts.filter(|part| !part.is_empty()).collect()
}

/// The key of an entry that a text names, by that key or by what it says.
fn named(entries: &[Entry], text: &str) -> Result<String, String> {
    let found = entries
        .iter()
        .find(|entry| entry.key == text)
        .or_else(|| entries.iter().find(|entry| entry.text.trim() == text));
    found
        .map(|entry| entry.key.clone())
        .ok_or_else(|| format!("there is no entry \"{text}\""))
}

fn number(text: &str) -> Result<Number, String> {
    Number::read(text).ok_or_else(|| format!("\"{text}\" is no number"))
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
fn key(interaction: &Interaction, old: &Key, text: &str) -> Result<Key, String> {
    let entries: &[Entry] = match interaction {
        Interaction::Choice { options } | Interaction::MultipleChoice { options } => options,
        Interaction::Hotspot { regions, .. } | Interaction::GraphicOrder { regions } => regions,
        Interaction::Order { entries } => entries,
        _ => &[],
    };
    let keys = || {
        let keys = parts(text).into_iter().map(|part| named(entries, part));
        keys.collect::<Result<Vec<String>, String>>()
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
                return Err("each entry must stand in the order once".to_string());
            }
            Key::Order { right }
        }
        Key::Any(several) => {
            let first = several.first().ok_or("there is no key to say again")?;
            let again = parts(text).into_iter();
            Key::Any(
                again
                    .map(|part| key(interaction, first, part))
                    .collect::<Result<_, _>>()?,
            )
        }
        _ => return Err("a key of this kind is mended in the files of the course".to_string()),
    })
}

/// The template with another answer.
fn retyped(template: &Template, text: &str) -> Result<Template, String> {
    let mut source = template.source().clone();
    match source.kind {
        InteractionKind::Choice | InteractionKind::MultipleChoice => {
            let places = parts(text).into_iter().map(|part| {
                let place = part.parse::<usize>().ok();
                let place = place.filter(|place| (1..=source.options.len()).contains(place));
                place.ok_or_else(|| format!("there is no option {part}"))
            });
            let places = places.collect::<Result<Vec<usize>, String>>()?;
            for (place, option) in (1..).zip(&mut source.options) {
                option.right = places.contains(&place).then(|| "true".to_string());
            }
        }
        InteractionKind::Text => {
            source.parts.answers = parts(text).into_iter().map(ToString::to_string).collect();
        }
        _ if source.answer.is_some() => source.answer = Some(text.to_string()),
        _ => return Err("a key of this kind is mended in the files of the course".to_string()),
    }
    // Where the worked steps arrive was said with the old key.
    source.result = None;
    Template::compile(source).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        faults.join("; ")
    })
}

impl Item {
    /// The same item with another key: a number, an expression, words; for options their keys or texts, or their places
    /// counted from 1 where they are drawn anew each time. Several parts stand with ` ; ` between them. Its worked
    /// steps and hints stay as they are.
    ///
    /// # Errors
    /// A sentence that says why the text cannot be the key.
    pub fn with_key(&self, text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("the key is empty".to_string());
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
        let variant = item.variant(0, None).map_err(|fault| fault.to_string())?;
        // A key that no answer can meet would mark everybody wrong.
        match variant.key.response() {
            Some(answer) if !super::grade(&variant, &answer).is_right() => {
                Err(format!("\"{text}\" cannot be read as an answer"))
            }
            _ => Ok(item),
        }
    }
}
