//! Compiling the texts of a template one key after the other, with all faults gathered.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::draw::Parameters;
use super::expression::{self, Expression, SyntaxFault};
use super::source::TemplateText;
use super::text::Text;

/// What is wrong in a template, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// The key of the course format, such as `hints[1]` or `parameters.a`.
    pub field: String,
    /// Bytes from the start of that key's text.
    pub at: usize,
    /// What is wrong, for an author.
    pub what: String,
}

impl core::fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}: {}", self.field, self.what)
    }
}

/// Compiles one key after the other and gathers the faults.
pub(super) struct Compiler {
    pub(super) parameters: Parameters,
    pub(super) faults: Vec<TemplateFault>,
}

impl Compiler {
    pub(super) fn keep<T>(&mut self, field: &str, result: Result<T, SyntaxFault>) -> Option<T> {
        result
            .map_err(|fault| {
                let (at, what) = (fault.at, fault.what);
                self.faults.push(TemplateFault {
                    field: field.to_string(),
                    at,
                    what,
                });
            })
            .ok()
    }

    pub(super) fn fault(&mut self, field: &str, what: impl Into<String>) {
        self.faults.push(TemplateFault {
            field: field.to_string(),
            at: 0,
            what: what.into(),
        });
    }

    pub(super) fn text(&mut self, field: &str, text: &str) -> Option<Text> {
        let parsed = Text::parse(text, &self.parameters.names);
        self.keep(field, parsed)
    }

    pub(super) fn texts<'a>(
        &mut self,
        field: &str,
        texts: impl IntoIterator<Item = &'a String>,
    ) -> Vec<Text> {
        let texts = texts.into_iter().enumerate();
        texts
            .filter_map(|(index, text)| self.text(&format!("{field}[{index}]"), text))
            .collect()
    }

    pub(super) fn expression(&mut self, field: &str, text: &str) -> Option<Expression> {
        let parsed = expression::parse(text, &self.parameters.names);
        self.keep(field, parsed)
    }

    pub(super) fn required<'a>(&mut self, source: &'a TemplateText) -> Option<&'a str> {
        if source.answer.is_none() {
            let what = format!("kind \"{}\" needs \"answer\"", source.kind.name());
            self.fault("kind", what);
        }
        source.answer.as_deref()
    }

    pub(super) fn answer_expression(&mut self, source: &TemplateText) -> Option<Expression> {
        let text = self.required(source)?;
        self.expression("answer", text)
    }

    pub(super) fn answer_text(&mut self, source: &TemplateText) -> Option<Text> {
        let text = self.required(source)?;
        self.text("answer", text)
    }

    pub(super) fn bad_form<T>(&mut self, given: &str, known: &str) -> Option<T> {
        self.fault(
            "form",
            format!("there is no form \"{given}\" here; there are {known}"),
        );
        None
    }
}
