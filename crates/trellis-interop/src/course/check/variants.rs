//! What every variant of a template must keep, tried over many seeds.

use std::collections::BTreeMap;

use trellis_core::item::{Drawn, Item, Key, MixPattern, Template, Variant, VariantFault, markup};

use super::numbers;
use crate::course::PlacedItem;
use crate::finding::Finding;

/// Gathers faults of one item: each rule and key is told once, with its first seed and how often.
struct Gathered<'a> {
    item: &'a Item,
    placed: &'a PlacedItem,
    found: BTreeMap<(String, String), (Finding, usize)>,
}

impl Gathered<'_> {
    fn add(&mut self, rule: &str, field: &str, seed: u64, values: &str, what: &str, advice: &str) {
        let (id, placed) = (&self.item.id, self.placed);
        let known = self
            .found
            .entry((rule.to_string(), field.to_string()))
            .or_insert_with(|| {
                let message = format!("{id}: {what} (seed {seed}: {values})");
                let finding = Finding::error(&placed.file, placed.line_of(field), rule, message);
                (finding.advise(advice), 0)
            });
        known.1 += 1;
    }
}

/// Tries seeds; gives back how many variants were made.
pub(super) fn check(
    item: &Item,
    template: &Template,
    placed: &PlacedItem,
    seeds: u64,
    findings: &mut Vec<Finding>,
) -> usize {
    let mut gathered = Gathered {
        item,
        placed,
        found: BTreeMap::new(),
    };
    let mut made = 0;
    for seed in 0..seeds {
        match template.draw(seed) {
            Ok(drawn) => made += check_draw(template, &drawn, seed, &mut gathered),
            Err(fault) => {
                add_fault(&mut gathered, seed, &fault);
                break;
            }
        }
    }
    for (mut finding, count) in gathered.found.into_values() {
        if count > 1 {
            finding
                .message
                .push_str(&format!(", {count} of {seeds} seeds"));
        }
        findings.push(finding);
    }
    made
}

fn add_fault(gathered: &mut Gathered<'_>, seed: u64, fault: &VariantFault) {
    let what = format!("{}: {}", fault.field, fault.what);
    gathered.add("variant", &fault.field, seed, &fault.values, &what, "");
}

fn check_draw(template: &Template, drawn: &Drawn, seed: u64, gathered: &mut Gathered<'_>) -> usize {
    let variant = match template.write(drawn, None) {
        Ok(variant) => variant,
        Err(fault) => {
            add_fault(gathered, seed, &fault);
            return 0;
        }
    };
    let values = template.describe(drawn);
    for (field, text) in texts(&variant) {
        check_text(gathered, &field, seed, &values, text);
    }
    check_contexts(template, drawn, seed, &values, &variant, gathered);
    check_key(&variant, seed, &values, gathered);
    1 + template.source().contexts.len()
}

/// All texts of a variant with the keys that they come from.
fn texts(variant: &Variant) -> Vec<(String, &str)> {
    let mut out = vec![("stem".to_string(), variant.presentation.stem.as_str())];
    let hints = variant.hints.iter().enumerate();
    out.extend(hints.map(|(index, hint)| (format!("hints[{index}]"), hint.text.as_str())));
    let steps = variant.solution.iter().enumerate();
    out.extend(steps.map(|(index, step)| (format!("solution[{index}]"), step.as_str())));
    for mix_up in &variant.mix_ups {
        out.push((format!("mixup:{}", mix_up.id), mix_up.feedback.as_str()));
    }
    if let Some(figure) = &variant.presentation.figure {
        out.extend(
            figure
                .texts()
                .into_iter()
                .map(|text| ("figure".to_string(), text)),
        );
    }
    use trellis_core::item::Interaction;
    let entries: Vec<(&str, &[_])> = match &variant.presentation.interaction {
        Interaction::Choice { options } | Interaction::MultipleChoice { options } => {
            vec![("option", options)]
        }
        Interaction::Order { entries } => vec![("sequence", entries)],
        Interaction::Match { left, right } => vec![("pair", left), ("pair", right)],
        _ => Vec::new(),
    };
    for (field, entries) in entries {
        out.extend(
            entries
                .iter()
                .map(|entry| (field.to_string(), entry.text.as_str())),
        );
    }
    out
}

fn check_text(gathered: &mut Gathered<'_>, field: &str, seed: u64, values: &str, text: &str) {
    // A cell of a table may stay blank for the learner to think about.
    if text.trim().is_empty() && !field.starts_with("mixup:") && field != "figure" {
        gathered.add(
            "text",
            field,
            seed,
            values,
            &format!("{field} is empty"),
            "",
        );
    }
    if let Err(fault) = markup::read(text) {
        let what = format!("{field}: {}: \"{text}\"", fault.what);
        gathered.add("text", field, seed, values, &what, "");
    }
}

fn check_contexts(
    template: &Template,
    drawn: &Drawn,
    seed: u64,
    values: &str,
    variant: &Variant,
    gathered: &mut Gathered<'_>,
) {
    let own = numbers::shown(&variant.presentation.stem);
    for (index, context) in template.source().contexts.iter().enumerate() {
        let field = format!("context[{index}].stem");
        let stem = match template.write_stem(drawn, Some(context.interest.as_str())) {
            Ok(stem) => stem,
            Err(fault) => {
                add_fault(gathered, seed, &fault);
                continue;
            }
        };
        check_text(gathered, &field, seed, values, &stem);
        let story = numbers::shown(&stem);
        if !own.agrees_with(&story) {
            let what = format!(
                "the story \"{}\" shows the numbers {}; the stem shows {}",
                context.interest,
                story.list(),
                own.list()
            );
            let advice = "A story must show the same numbers, so that it is as hard as the item.";
            gathered.add("context-numbers", &field, seed, values, &what, advice);
        }
    }
}

fn check_key(variant: &Variant, seed: u64, values: &str, gathered: &mut Gathered<'_>) {
    for mix_up in &variant.mix_ups {
        let same = match (&variant.key, &mix_up.pattern) {
            (Key::Number { value, .. } | Key::Point { value }, MixPattern::Number(number)) => {
                value == number
            }
            (Key::Order { right }, MixPattern::Order(order)) => right == order,
            (Key::Pairs { right }, MixPattern::Pair(left, other)) => {
                right.iter().any(|(l, r)| l == left && r == other)
            }
            _ => false,
        };
        if same {
            let what = format!("the mix-up \"{}\" leads to the right answer", mix_up.id);
            let advice = "Exclude this variant with where.";
            gathered.add(
                "mixup-is-key",
                &format!("mixup:{}", mix_up.id),
                seed,
                values,
                &what,
                advice,
            );
        }
    }
}
