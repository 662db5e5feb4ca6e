//! Writing one draw: texts filled with its values, entries with opaque keys, and faults with the values that led to them.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use alloc::{format, vec};

use trellis_stats::random::Random;

use super::draw::Parameters;
use super::evaluate::Value;
use super::expression::Expression;
use super::interaction::Entry;
use super::number::Number;
use super::text::{Style, Text};
use super::variant::VariantFault;

/// Writes the texts of one draw and names what goes wrong.
pub(super) struct Writer<'a> {
    pub(super) parameters: &'a Parameters,
    pub(super) values: &'a [Value],
}

impl Writer<'_> {
    pub(super) fn fault(&self, field: &str, what: String) -> VariantFault {
        let values = self.parameters.describe(self.values);
        VariantFault {
            field: field.to_string(),
            values,
            what,
        }
    }

    pub(super) fn markup(&self, field: &str, text: &Text) -> Result<String, VariantFault> {
        text.render(self.values, Style::Markup)
            .map_err(|what| self.fault(field, what))
    }

    pub(super) fn typed(&self, field: &str, text: &Text) -> Result<String, VariantFault> {
        text.render(self.values, Style::Typed)
            .map_err(|what| self.fault(field, what))
    }

    pub(super) fn all(&self, field: &str, texts: &[Text]) -> Result<Vec<String>, VariantFault> {
        let texts = texts.iter().enumerate();
        texts
            .map(|(index, text)| self.markup(&format!("{field}[{index}]"), text))
            .collect()
    }

    pub(super) fn number(
        &self,
        field: &str,
        expression: &Expression,
    ) -> Result<Number, VariantFault> {
        expression
            .number(self.values)
            .map_err(|what| self.fault(field, what))
    }
}

/// The keys of entries: letters, then numbers with a letter.
pub(super) fn entry_key(index: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(index % 26).unwrap_or(0));
    if index < 26 {
        letter.to_string()
    } else {
        format!("{letter}{}", index / 26)
    }
}

/// Entries in the order shown; gives also, for each original place, the key it got.
pub(super) fn enter(texts: Vec<String>, order: &[usize]) -> (Vec<Entry>, Vec<String>) {
    let mut keys = vec![String::new(); texts.len()];
    let mut entries = Vec::with_capacity(texts.len());
    for (shown, place) in order.iter().enumerate() {
        if let (Some(key), Some(text)) = (keys.get_mut(*place), texts.get(*place)) {
            *key = entry_key(shown);
            entries.push(Entry {
                key: key.clone(),
                text: text.clone(),
            });
        }
    }
    (entries, keys)
}

/// An order that is not the one given, where there is another.
pub(super) fn shuffled(count: usize, shuffles: &mut Random, avoid: &[usize]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for _ in 0..20 {
        shuffles.shuffle(&mut order);
        if order != avoid {
            break;
        }
    }
    order
}

/// Two entries that read the same cannot be told apart.
pub(super) fn distinct(
    writer: &Writer<'_>,
    field: &str,
    texts: &[String],
) -> Result<(), VariantFault> {
    for (index, text) in texts.iter().enumerate() {
        if texts
            .iter()
            .take(index)
            .any(|earlier| earlier.trim() == text.trim())
        {
            return Err(writer.fault(field, format!("two entries read \"{text}\"")));
        }
    }
    Ok(())
}
