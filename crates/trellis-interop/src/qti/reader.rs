//! Reading with findings: attributes and values of an element, each fault with file, line and clause.

use super::value::{Atom, BaseType, Cardinality};
use crate::finding::Finding;
use crate::xml::Element;

/// The most values of one variable.
pub(super) const MOST_VALUES: usize = 4_096;

/// Gathers what is odd in one document.
#[derive(Debug, Default)]
pub(super) struct Reader {
    pub(super) file: String,
    pub(super) findings: Vec<Finding>,
}

impl Reader {
    pub(super) fn new(file: &str) -> Self {
        Self {
            file: file.to_string(),
            findings: Vec::new(),
        }
    }

    /// An error at an element. The clause is the element's name in QTI, with the attribute that is meant.
    pub(super) fn error(
        &mut self,
        at: &Element,
        attribute: &str,
        rule: &str,
        what: impl AsRef<str>,
    ) {
        let message = format!("{}: {}", clause(at, attribute), what.as_ref());
        let finding = Finding::error(&self.file, at.line.0, rule, message);
        self.findings.push(finding);
    }

    /// A warning at an element.
    pub(super) fn warn(
        &mut self,
        at: &Element,
        attribute: &str,
        rule: &str,
        what: impl AsRef<str>,
    ) {
        let message = format!("{}: {}", clause(at, attribute), what.as_ref());
        let finding = Finding::warning(&self.file, at.line.0, rule, message);
        self.findings.push(finding);
    }

    /// An attribute that must be there; empty and a finding when it is not.
    pub(super) fn needed(&mut self, at: &Element, name: &str) -> String {
        match at.get(name) {
            Some(value) if !value.trim().is_empty() => value.trim().to_string(),
            _ => {
                self.error(at, name, "missing-attribute", "this must be given");
                String::new()
            }
        }
    }

    /// An attribute read by a function; a finding when it is there and cannot be read.
    pub(super) fn read<T>(
        &mut self,
        at: &Element,
        name: &str,
        expected: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let text = at.get(name)?;
        let value = read(text.trim());
        if value.is_none() {
            let what = format!("\"{text}\" is not {expected}");
            self.error(at, name, "attribute-value", what);
        }
        value
    }

    /// A truth with a value for when it is not given.
    pub(super) fn flag(&mut self, at: &Element, name: &str, usual: bool) -> bool {
        let read = |text: &str| match text {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        };
        self.read(at, name, "true or false", read).unwrap_or(usual)
    }

    /// A number.
    pub(super) fn float(&mut self, at: &Element, name: &str) -> Option<f64> {
        let read = |text: &str| Atom::read(BaseType::Float, text)?.number();
        self.read(at, name, "a number", read)
    }

    /// A whole number from 0.
    pub(super) fn count(&mut self, at: &Element, name: &str) -> Option<u32> {
        self.read(at, name, "a whole number from 0", |text| text.parse().ok())
    }

    /// The base type of a declaration or value.
    pub(super) fn base(&mut self, at: &Element) -> Option<BaseType> {
        self.read(at, "base-type", "a base type", BaseType::named)
    }

    /// The cardinality of a declaration; single when it cannot be read.
    pub(super) fn cardinality(&mut self, at: &Element) -> Cardinality {
        if at.get("cardinality").is_none() {
            self.error(at, "cardinality", "missing-attribute", "this must be given");
        }
        let read = self.read(at, "cardinality", "a cardinality", Cardinality::named);
        read.unwrap_or(Cardinality::Single)
    }

    /// A value; a finding when it is none of its type.
    pub(super) fn atom(&mut self, at: &Element, base: BaseType, text: &str) -> Option<Atom> {
        let atom = Atom::read(base, text);
        if atom.is_none() {
            let what = format!("\"{}\" is no {}", text.trim(), base.name());
            self.error(at, "", "value", what);
        }
        atom
    }

    /// An element that has no place where it stands.
    pub(super) fn misplaced(&mut self, parent: &Element, child: &Element) {
        let what = format!(
            "<{}> has no place in <{}>; it is left out",
            child.name, parent.name
        );
        self.warn(child, "", "misplaced", what);
    }
}

/// `choice-interaction/@max-choices`.
fn clause(at: &Element, attribute: &str) -> String {
    if attribute.is_empty() {
        at.name.clone()
    } else {
        format!("{}/@{attribute}", at.name)
    }
}
