//! Reading keys of a TOML table with their lines, and naming what is missing, wrong or unknown.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use trellis_core::item::LineText;

use crate::finding::Finding;

/// Where a text of a course stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The line of its first character, counted from 1.
    pub line: usize,
    /// The text.
    pub text: String,
}

impl Place {
    /// The place of something that is no text: a table, a list.
    pub(crate) fn at(line: usize) -> Self {
        Self {
            line,
            text: String::new(),
        }
    }
}

/// The places of the keys of an item, by their name in the course format: `hints[1]`.
pub type Places = BTreeMap<String, Place>;

/// One file while it is read.
#[derive(Debug)]
pub(super) struct File<'i> {
    pub(super) name: &'i str,
    text: &'i str,
    line_starts: Vec<usize>,
    pub(super) findings: Vec<Finding>,
}

impl<'i> File<'i> {
    pub(super) fn new(name: &'i str, text: &'i str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = breaks.map(|(at, _)| at + 1).collect();
        Self {
            name,
            text,
            line_starts,
            findings: Vec::new(),
        }
    }

    /// Parses the file; syntax faults become findings and the rest is still read.
    pub(super) fn parse(&mut self) -> Spanned<DeTable<'i>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in errors {
            let line = error.span().map_or(0, |span| self.line(span.start));
            let message = format!("this is not TOML: {}", error.message());
            self.findings
                .push(Finding::error(self.name, line, "syntax", message));
        }
        table
    }

    pub(super) fn line(&self, at: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= at) + 1
    }

    pub(super) fn error(&mut self, line: usize, rule: &str, message: impl Into<String>) {
        self.findings
            .push(Finding::error(self.name, line, rule, message));
    }

    fn place(&self, value: &Spanned<DeValue<'_>>, text: String) -> Place {
        let span = value.span();
        let raw = self.text.get(span.clone()).unwrap_or("");
        let multi = raw.starts_with("\"\"\"\n") || raw.starts_with("'''\n");
        Place {
            line: self.line(span.start) + usize::from(multi),
            text,
        }
    }
}

/// A table while its keys are read.
#[derive(Debug)]
pub(super) struct Keys<'t, 'i> {
    table: &'t DeTable<'i>,
    /// The line where the table starts.
    pub(super) line: usize,
    path: String,
}

impl<'t, 'i> Keys<'t, 'i> {
    /// Starts reading a table whose keys may be `known`; `path` is its name in places, empty or
    /// such as `option[0]`.
    pub(super) fn new(
        file: &mut File<'_>,
        table: &'t DeTable<'i>,
        line: usize,
        path: &str,
        known: &[&str],
    ) -> Self {
        for (key, _) in table.iter() {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                let line = file.line(key.span().start);
                let finding = Finding::error(
                    file.name,
                    line,
                    "unknown-key",
                    format!("the key \"{name}\" is not part of the course format here"),
                );
                let advice = nearest(name, known).map_or_else(
                    || format!("Known here: {}.", known.join(", ")),
                    |near| format!("Did you mean \"{near}\"?"),
                );
                file.findings.push(finding.advise(advice));
            }
        }
        Self {
            table,
            line,
            path: path.to_string(),
        }
    }

    fn named(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_string()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    pub(super) fn value(&self, key: &str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.table.get(key)
    }

    /// The line of a key, or of the table when it is missing.
    pub(super) fn line_of(&self, file: &File<'_>, key: &str) -> usize {
        let value = self.value(key);
        value.map_or(self.line, |value| file.line(value.span().start))
    }

    /// A text; whole numbers, decimals and truth values count as their text.
    pub(super) fn text(
        &self,
        file: &mut File<'_>,
        places: &mut Places,
        key: &str,
    ) -> Option<String> {
        let value = self.value(key)?;
        let text = scalar(value.get_ref());
        if let Some(text) = &text {
            places.insert(self.named(key), file.place(value, text.clone()));
        } else {
            let line = file.line(value.span().start);
            file.error(line, "wrong-type", format!("\"{key}\" must be a text"));
        }
        text
    }

    /// A text that must be there and not empty.
    pub(super) fn needed(&self, file: &mut File<'_>, places: &mut Places, key: &str) -> String {
        let text = self.text(file, places, key);
        if self.value(key).is_none() {
            file.error(self.line, "missing-key", format!("\"{key}\" is missing"));
        } else if text.as_deref().is_some_and(|text| text.trim().is_empty()) {
            file.error(
                self.line_of(file, key),
                "missing-key",
                format!("\"{key}\" is empty"),
            );
        }
        text.unwrap_or_default()
    }

    /// A list of texts; empty when it is missing.
    pub(super) fn texts(&self, file: &mut File<'_>, places: &mut Places, key: &str) -> Vec<String> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let line = file.line(value.span().start);
        let Some(array) = value.get_ref().as_array() else {
            file.error(
                line,
                "wrong-type",
                format!("\"{key}\" must be a list of texts: [\"...\"]"),
            );
            return Vec::new();
        };
        let mut out = Vec::with_capacity(array.len());
        for (index, element) in array.iter().enumerate() {
            if let Some(text) = scalar(element.get_ref()) {
                let name = format!("{}[{index}]", self.named(key));
                places.insert(name, file.place(element, text.clone()));
                out.push(text);
            } else {
                let line = file.line(element.span().start);
                file.error(
                    line,
                    "wrong-type",
                    format!("\"{key}\" must be a list of texts"),
                );
            }
        }
        places.insert(self.named(key), Place::at(line));
        out
    }

    /// The tables of a list such as `[[item]]`, each with its line; empty when it is missing.
    pub(super) fn tables(&self, file: &mut File<'_>, key: &str) -> Vec<(&'t DeTable<'i>, usize)> {
        let Some(value) = self.value(key) else {
            return Vec::new();
        };
        let mut out = Vec::new();
        for element in value.get_ref().as_array().into_iter().flatten() {
            if let Some(table) = element.get_ref().as_table() {
                out.push((table, file.line(element.span().start)));
            }
        }
        if out.is_empty() {
            let line = file.line(value.span().start);
            file.error(
                line,
                "wrong-type",
                format!("\"{key}\" must be tables: [[{key}]]"),
            );
        }
        out
    }

    /// One table, with its line.
    pub(super) fn table(&self, file: &mut File<'_>, key: &str) -> Option<(&'t DeTable<'i>, usize)> {
        let value = self.value(key)?;
        let line = file.line(value.span().start);
        let table = value.get_ref().as_table();
        if table.is_none() {
            file.error(line, "wrong-type", format!("\"{key}\" must be a table"));
        }
        table.map(|table| (table, line))
    }

    /// All keys in the order of the file.
    pub(super) fn in_order(&self) -> Vec<(&'t str, &'t Spanned<DeValue<'i>>)> {
        let mut all: Vec<_> = self.table.iter().collect();
        all.sort_by_key(|(key, _)| key.span().start);
        all.into_iter()
            .map(|(key, value)| (key.get_ref().as_ref(), value))
            .collect()
    }
}

/// The text of a value that is not a list or table.
pub(super) fn scalar(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().replace('_', "")),
        DeValue::Float(number) => Some(number.as_str().replace('_', "")),
        DeValue::Boolean(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// The marks of a line or grid: `{ from = "..", to = "..", step = ".." }`.
pub(super) fn marks(
    file: &mut File<'_>,
    places: &mut Places,
    keys: &Keys<'_, '_>,
    key: &str,
) -> Option<LineText> {
    let (table, line) = keys.table(file, key)?;
    let marks = Keys::new(file, table, line, key, &["from", "to", "step"]);
    Some(LineText {
        from: marks.needed(file, places, "from"),
        to: marks.needed(file, places, "to"),
        step: marks.needed(file, places, "step"),
    })
}

/// An id of the course format: small letters, digits and hyphens.
pub(super) fn content_id<T, E>(
    file: &mut File<'_>,
    line: usize,
    text: &str,
    make: impl Fn(&str) -> Result<T, E>,
) -> Option<T> {
    if text.is_empty() {
        return None;
    }
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let made = make(text).ok().filter(|_| plain);
    if made.is_none() {
        let message = format!("\"{text}\" cannot be an id: use small letters, digits and hyphens");
        file.error(line, "id", message);
    }
    made
}

/// The known name that is most like the one given, if one is like it.
pub(super) fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let all = known.iter().map(|other| (distance(name, other), *other));
    let (distance, near) = all.min()?;
    (distance <= 1 + name.len() / 4).then_some(near)
}

/// How many letters must change to make one word the other (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (b, cell) in other.iter().zip(row.iter_mut().skip(1)) {
            let up = *cell;
            *cell = (up + 1).min(left + 1).min(diagonal + usize::from(a != *b));
            diagonal = up;
            left = *cell;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found() {
        let known = ["stem", "hints", "solution", "level"];
        for (given, near) in [
            ("hint", Some("hints")),
            ("solutoin", Some("solution")),
            ("tem", Some("stem")),
            ("colour", None),
        ] {
            assert_eq!(nearest(given, &known), near);
        }
    }
}
