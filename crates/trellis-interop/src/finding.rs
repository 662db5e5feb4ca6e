//! Something odd in a file of another person: where it is, what it is, and what may help.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The content is wrong or cannot be used.
    Error,
    /// The content can be used; a person should look.
    Warning,
    /// The content can be used and is as its author meant it; good to know.
    Note,
}

/// Something odd in a file, for a person to look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// The file, relative to the folder that was read.
    pub file: String,
    /// The line, counted from 1; 0 for the file as a whole.
    pub line: usize,
    /// The rule that found it, such as `unknown-key`.
    pub rule: String,
    /// What is odd.
    pub message: String,
    /// What may help; may be empty.
    pub advice: String,
}

impl Finding {
    /// An error.
    #[must_use]
    pub fn error(file: &str, line: usize, rule: &str, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            file: file.to_string(),
            line,
            rule: rule.to_string(),
            message: message.into(),
            advice: String::new(),
        }
    }

    /// A warning.
    #[must_use]
    pub fn warning(file: &str, line: usize, rule: &str, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(file, line, rule, message)
        }
    }

    /// A note.
    #[must_use]
    pub fn note(file: &str, line: usize, rule: &str, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Note,
            ..Self::error(file, line, rule, message)
        }
    }

    /// The same with advice.
    #[must_use]
    pub fn advise(mut self, advice: impl Into<String>) -> Self {
        self.advice = advice.into();
        self
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.severity {
            Severity::Error => "",
            Severity::Warning => "warning: ",
            Severity::Note => "note: ",
        };
        write!(
            f,
            "{}:{}: {word}{} [{}]",
            self.file, self.line, self.message, self.rule
        )?;
        if self.advice.is_empty() {
            Ok(())
        } else {
            write!(f, "\n    {}", self.advice)
        }
    }
}
