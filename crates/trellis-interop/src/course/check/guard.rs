//! What one item must keep before learners get it, beyond being sound: everybody can use it, and it cannot be answered
//! without knowing.

use std::collections::BTreeSet;

use trellis_core::audit::{GUESSABLE, key_length};
use trellis_core::item::markup::{self, Block, Inline};
use trellis_core::item::{
    Figure, Interaction, InteractionKind, Key, OptionText, Template, TemplateText, Variant,
};

use super::CheckOptions;
use super::numbers;
use crate::course::PlacedItem;
use crate::finding::Finding;

/// What happens in one of so many variants is told.
const ONE_IN: usize = 3;

/// Findings of one item.
struct Guard<'a> {
    source: &'a TemplateText,
    placed: &'a PlacedItem,
    findings: Vec<Finding>,
}

/// Looks at an item whose texts are understood, in so many variants.
pub(in crate::course) fn guard(
    template: &Template,
    placed: &PlacedItem,
    options: CheckOptions,
) -> Vec<Finding> {
    let mut guard = Guard {
        source: template.source(),
        placed,
        findings: Vec::new(),
    };
    guard.for_everybody();
    guard.silent_options();
    let seeds = 0..options.seeds;
    let variants: Vec<Variant> = seeds
        .filter_map(|seed| template.variant(seed, None).ok())
        .collect();
    if let Some(first) = variants.first() {
        guard.silent_media(first);
        guard.guessable(first);
        guard.key_in_stem(&variants);
        guard.key_length(&variants);
        guard.same_key(&variants);
    }
    guard.findings
}

impl Guard<'_> {
    fn error(&mut self, field: &str, rule: &str, message: String, advice: &str) {
        let (file, line) = (&self.placed.file, self.placed.line_of(field));
        let finding = Finding::error(file, line, rule, message);
        self.findings.push(finding.advise(advice));
    }

    fn warning(&mut self, field: &str, rule: &str, message: String, advice: &str) {
        let (file, line) = (&self.placed.file, self.placed.line_of(field));
        let finding = Finding::warning(file, line, rule, message);
        self.findings.push(finding.advise(advice));
    }

    /// What somebody who does not see the page would miss.
    fn for_everybody(&mut self) {
        let source = self.source;
        let blank = |text: Option<&String>| text.is_none_or(|text| text.trim().is_empty());
        match &source.figure {
            Some(Figure::Drawing(drawing)) if blank(drawing.title.as_ref()) => self.error(
                "figure",
                "no-alternative",
                "the drawing has no title, so who does not see it hears nothing of it".to_string(),
                "Add title = \"..\" that says what is drawn without giving the answer away.",
            ),
            Some(Figure::BarChart(chart)) if blank(chart.title.as_ref()) => self.chart(),
            Some(Figure::LineChart(chart)) if blank(chart.title.as_ref()) => self.chart(),
            Some(Figure::Table { columns, .. }) => self.heads("figure", columns),
            _ => {}
        }
        if source.kind == InteractionKind::TableEntry {
            self.heads("columns", &source.parts.columns);
        }
    }

    fn chart(&mut self) {
        self.warning(
            "figure",
            "chart-title",
            "the chart has no title to be read aloud".to_string(),
            "Add title = \"..\".",
        );
    }

    /// Each column needs a head; the corner above the heads of rows may be empty.
    fn heads(&mut self, field: &str, columns: &[String]) {
        let named = columns.iter().skip(1).all(|head| !head.trim().is_empty());
        if columns.is_empty() || !named || columns.iter().all(|head| head.trim().is_empty()) {
            self.error(
                field,
                "table-heads",
                "the table has a column without a head".to_string(),
                "Name each column: a table that is read aloud is a row of numbers else.",
            );
        }
    }

    /// Pictures and sounds in the question without words for who does not see or hear them.
    fn silent_media(&mut self, variant: &Variant) {
        let blocks = markup::read(&variant.presentation.stem).unwrap_or_default();
        let lines = blocks.into_iter().flat_map(|block| match block {
            Block::Paragraph(line) => vec![line],
            Block::List(lines) => lines,
        });
        let silent = |part: Inline| match part {
            Inline::Media { says, .. } => says.trim().is_empty(),
            _ => false,
        };
        if lines.flatten().any(silent) {
            self.error(
                "stem",
                "no-alternative",
                "a picture or a sound of the question has no words".to_string(),
                "Write what it shows between the brackets, without giving the answer away.",
            );
        }
    }

    /// Wrong options that say nothing about why they were chosen.
    fn silent_options(&mut self) {
        let options = &self.source.options;
        let wrong: Vec<&OptionText> = options
            .iter()
            .filter(|option| option.right.as_deref() != Some("true"))
            .collect();
        let silent = wrong
            .iter()
            .filter(|option| option.mix_up.is_none())
            .count();
        if self.source.kind == InteractionKind::Choice && silent * 2 > wrong.len() {
            let message = format!(
                "{silent} of {} wrong options have no mix-up: choosing them says nothing",
                wrong.len()
            );
            self.warning("option[0]", "silent-options", message, "");
        }
    }

    fn guessable(&mut self, variant: &Variant) {
        let guess = variant.presentation.interaction.guess_rate();
        if guess >= GUESSABLE {
            let message = format!("{:.0} of 100 guesses are right", guess * 100.0);
            self.warning(
                "option[0]",
                "guessable",
                message,
                "Offer more options, or ask for an answer that is typed.",
            );
        }
    }

    /// The answer stands in the question.
    fn key_in_stem(&mut self, variants: &[Variant]) {
        let word = self.source.kind == InteractionKind::Text;
        let there = variants.iter().filter(|variant| key_shown(variant)).count();
        if there * ONE_IN < variants.len() || there == 0 {
            return;
        }
        let message = format!(
            "the answer stands in the question in {there} of {} variants",
            variants.len()
        );
        if word {
            self.error("stem", "key-in-stem", message, "Ask in other words.");
        } else {
            let advice =
                "Fine where the learner must choose which number it is; else ask in other words.";
            self.warning("stem", "key-in-stem", message, advice);
        }
    }

    fn key_length(&mut self, variants: &[Variant]) {
        let far = variants.iter();
        let far = far.filter(|variant| key_length(variant).is_some()).count();
        if far * ONE_IN >= variants.len() && far > 0 {
            self.warning(
                "option[0]",
                "key-length",
                "the right option is much longer than all others".to_string(),
                "Say it shorter, or the others longer.",
            );
        }
    }

    /// One answer for all variants: the first learner who has it tells the others.
    fn same_key(&mut self, variants: &[Variant]) {
        let typed = matches!(
            variants.first().map(|variant| &variant.key),
            Some(Key::Number { .. } | Key::Expression { .. } | Key::Equation { .. })
        );
        let keys: BTreeSet<String> = variants.iter().map(|variant| variant.key.text()).collect();
        if typed && !self.source.parts.few && variants.len() > 1 && keys.len() == 1 {
            self.warning(
                "answer",
                "same-key",
                "all variants have the same answer".to_string(),
                "Let the answer depend on the parameters.",
            );
        }
    }
}

/// Whether the stem shows the key as a number or a word of its own.
fn key_shown(variant: &Variant) -> bool {
    let stem = &variant.presentation.stem;
    match (&variant.key, &variant.presentation.interaction) {
        (Key::Number { .. }, _) => {
            let key = variant.key.text();
            key.parse::<f64>().is_ok() && numbers::shown(stem).has(&key)
        }
        (_, Interaction::Text) => {
            let words = |text: &str| {
                let parts = text.split(|c: char| !c.is_alphanumeric());
                let words = parts.filter(|word| !word.is_empty()).map(str::to_lowercase);
                format!(" {} ", words.collect::<Vec<_>>().join(" "))
            };
            let key = words(&variant.key.text());
            key.len() > 4 && words(stem).contains(&key)
        }
        _ => false,
    }
}
