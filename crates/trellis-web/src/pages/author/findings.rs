//! What the linter says, as sentences of the page: which field, what is the matter, and whether it stops publishing.

use trellis_interop::course::ItemText;
use trellis_interop::finding::{Finding, Severity};

use crate::words::{Words, small};

/// The rules that have a sentence of their own.
pub(crate) const RULES: [&str; 37] = [
    "syntax",
    "missing-key",
    "unknown-key",
    "wrong-type",
    "id",
    "kind",
    "level",
    "minutes",
    "parameters",
    "template",
    "duplicate-id",
    "figure",
    "variants",
    "rubric",
    "unknown-competency",
    "unknown-interest",
    "unknown-mixup",
    "incomplete",
    "duplicate-context",
    "few-variants",
    "variant",
    "text",
    "latex",
    "context-numbers",
    "key",
    "result",
    "sample",
    "mixup",
    "mixup-is-key",
    "mixup-hidden",
    "stem-is-answer",
    "no-alternative",
    "chart-title",
    "table-heads",
    "silent-options",
    "guessable",
    "key-in-stem",
];

/// The same, of rules that look at all variants together and of names.
pub(crate) const MORE_RULES: [&str; 3] = ["key-length", "same-key", "id-taken"];

/// The fields that have a name on the page.
const FIELDS: [&str; 20] = [
    "id",
    "competency",
    "kind",
    "level",
    "minutes",
    "stem",
    "answer",
    "answers",
    "form",
    "where",
    "parameters",
    "hints",
    "solution",
    "result",
    "option",
    "pair",
    "sequence",
    "mixup",
    "context",
    "figure",
];

/// A finding, ready to be shown.
pub(super) struct Told {
    /// Whether it stops publishing.
    pub(super) blocks: bool,
    /// Whether it wants a tick.
    pub(super) doubts: bool,
    /// A name for the tick: the rule and the field.
    pub(super) name: String,
    /// Whether it was ticked.
    pub(super) ticked: bool,
    /// The field, in words.
    pub(super) field: Option<String>,
    /// Where the field stands on the page.
    pub(super) anchor: Option<String>,
    /// The line of the text.
    pub(super) line: usize,
    pub(super) says: String,
    /// What exactly, as the linter says it, in English.
    pub(super) detail: String,
}

impl Told {
    /// The line of the text, for a page.
    pub(super) fn line_number(&self) -> u32 {
        small(self.line)
    }
}

/// The sentence of a rule.
fn sentence(words: &Words, rule: &str) -> String {
    let known = RULES.iter().chain(&MORE_RULES).any(|known| *known == rule);
    words.t(&match known {
        true => format!("author-rule-{rule}"),
        false => "author-rule-other".to_owned(),
    })
}

/// All findings, the worst first; `ticked` are the names of doubts that were looked at.
pub(super) fn told(
    words: &Words,
    read: &ItemText,
    findings: &[Finding],
    ticked: &[String],
) -> Vec<Told> {
    let told = findings.iter().map(|finding| {
        let field = read.field_of(finding);
        let name = format!("{}@{}", finding.rule, field.unwrap_or_default());
        let known = field.filter(|field| FIELDS.contains(field));
        let mut detail = finding.message.clone();
        if !finding.advice.is_empty() {
            detail.push_str(". ");
            detail.push_str(&finding.advice);
        }
        Told {
            blocks: finding.severity == Severity::Error,
            doubts: finding.severity == Severity::Warning,
            ticked: ticked.contains(&name),
            name,
            field: match (known, field) {
                (Some(known), _) => Some(words.t(&format!("author-field-{known}"))),
                (None, other) => other.map(ToOwned::to_owned),
            },
            anchor: known.map(|field| format!("#f-{field}")),
            line: finding.line,
            says: sentence(words, &finding.rule),
            detail,
        }
    });
    told.collect()
}

/// Whether nothing stops publishing: no error, and every doubt looked at.
pub(super) fn clear(told: &[Told]) -> bool {
    told.iter()
        .all(|one| !one.blocks && (!one.doubts || one.ticked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn every_rule_and_field_has_words_in_both_languages() {
        for language in [Language::English, Language::Spanish] {
            let words = Words::of(language);
            let rules = RULES.iter().chain(&MORE_RULES).chain(&["other"]);
            let rules = rules.map(|rule| format!("author-rule-{rule}"));
            let fields = FIELDS.iter().map(|field| format!("author-field-{field}"));
            for key in rules.chain(fields) {
                let said = words.t(&key);
                assert!(!said.is_empty() && said != key, "{key}");
            }
        }
    }
}
