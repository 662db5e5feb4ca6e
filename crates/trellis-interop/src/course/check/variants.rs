//! What every variant of a template must keep, tried over many seeds.

use std::collections::BTreeMap;

use trellis_core::item::markup::{self, Block, Inline};
use trellis_core::item::{
    Awaits, Drawn, Entry, Interaction, Item, Key, Outcome, Response, Template, Variant,
    VariantFault, VariantMixUp, grade, response_from_text,
};

use super::numbers;
use crate::course::PlacedItem;
use crate::finding::{Finding, Severity};

/// Gathers faults of one item: each rule and key is told once, with its first seed and how often.
struct Gathered<'a> {
    item: &'a Item,
    placed: &'a PlacedItem,
    found: BTreeMap<(String, String), (Finding, u64)>,
}

impl Gathered<'_> {
    fn add(&mut self, rule: &str, field: &str, seed: u64, values: &str, what: &str, advice: &str) {
        let (id, placed) = (&self.item.id, self.placed);
        let known = self
            .found
            .entry((rule.to_string(), field.to_string()))
            .or_insert_with(|| {
                let message = format!("{id}: {what} (seed {seed}: {values})");
                let key = field.split('#').next().unwrap_or(field);
                let finding = Finding::error(&placed.file, placed.line_of(key), rule, message);
                (finding.advise(advice), 0)
            });
        known.1 += 1;
    }

    /// The same as a warning, told only when it happens in a third of the variants.
    fn doubt(&mut self, rule: &str, field: &str, seed: u64, values: &str, what: &str) {
        self.add(rule, field, seed, values, what, "");
        if let Some((finding, _)) = self.found.get_mut(&(rule.to_string(), field.to_string())) {
            finding.severity = Severity::Warning;
        }
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
        if finding.severity == Severity::Warning && count * 3 < seeds {
            continue;
        }
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
    let entries: Vec<(&str, &[Entry])> = match &variant.presentation.interaction {
        Interaction::Choice { options } | Interaction::MultipleChoice { options } => {
            vec![("option", options)]
        }
        Interaction::Order { entries } => vec![("sequence", entries)],
        Interaction::Match { left, right } => vec![("pair", left), ("pair", right)],
        Interaction::InlineChoice { gaps } => {
            gaps.iter().map(|menu| ("gap", menu.as_slice())).collect()
        }
        Interaction::GapMatch { bank, .. } => vec![("gap", bank)],
        Interaction::Hotspot { regions, .. } | Interaction::GraphicOrder { regions } => {
            vec![("figure", regions)]
        }
        Interaction::Written { .. } | Interaction::Upload { .. } => {
            if let Key::Written { rubric, sample } = &variant.key {
                out.push(("sample".to_string(), sample.as_str()));
                let levels = rubric.criteria.iter().flat_map(|of| &of.levels);
                out.extend(levels.map(|level| ("rubric".to_string(), level.says.as_str())));
            }
            Vec::new()
        }
        Interaction::TableEntry { columns, rows, .. } => {
            let cells = columns.iter().chain(rows.iter().flatten());
            out.extend(cells.map(|cell| ("rows".to_string(), cell.as_str())));
            Vec::new()
        }
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
    let may_be_blank = field.starts_with("mixup:") || matches!(field, "figure" | "rows");
    if text.trim().is_empty() && !may_be_blank {
        gathered.add(
            "text",
            field,
            seed,
            values,
            &format!("{field} is empty"),
            "",
        );
    }
    let blocks = match markup::read(text) {
        Ok(blocks) => blocks,
        Err(fault) => {
            let what = format!("{field}: {}: \"{text}\"", fault.what);
            gathered.add("text", field, seed, values, &what, "");
            return;
        }
    };
    for latex in formulas(&blocks) {
        if let Err(unreadable) = trellis_math::mathml::from_latex(latex) {
            let problem = unreadable.problem.sentence();
            let what = format!("{field}: \"${latex}$\" cannot be shown: {problem}");
            gathered.add("latex", field, seed, values, &what, "");
        }
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

/// The key, the worked solution and every mix-up are graded as a learner's answers would be.
fn check_key(variant: &Variant, seed: u64, values: &str, gathered: &mut Gathered<'_>) {
    let key = variant.key.response();
    if let Interaction::Upload { .. } = variant.presentation.interaction {
        // The sample tells in words what a good file shows; it is no file.
        return;
    }
    if matches!(variant.key, Key::Written { .. }) {
        check_sample(variant, key.as_ref(), seed, values, gathered);
        return;
    }
    if key
        .as_ref()
        .is_none_or(|key| !grade(variant, key).is_right())
    {
        let what = match &key {
            Some(key) => format!(
                "the key itself is not graded as right: {}",
                judged(variant, key)
            ),
            None => "the key cannot be given as an answer".to_string(),
        };
        gathered.add("key", "answer", seed, values, &what, "");
        return;
    }
    if let Some(result) = &variant.result {
        let what = match response_from_text(variant, result) {
            Ok(response) if grade(variant, &response).is_right() => None,
            Ok(response) => Some(format!(
                "the solution arrives at \"{result}\", {}",
                judged(variant, &response)
            )),
            Err(what) => Some(format!("the solution arrives at \"{result}\": {what}")),
        };
        if let Some(what) = what {
            let advice = "The worked solution must arrive at the key, in the form asked for.";
            gathered.add("result", "result", seed, values, &what, advice);
        }
    }
    for (index, mix_up) in variant.mix_ups.iter().enumerate() {
        check_mix_up(variant, index, mix_up, seed, values, gathered);
    }
    check_echo(variant, seed, values, gathered);
}

/// The sample of an answer in writing must be one that a learner could hand in.
fn check_sample(
    variant: &Variant,
    sample: Option<&Response>,
    seed: u64,
    values: &str,
    gathered: &mut Gathered<'_>,
) {
    let outcome = sample.map(|sample| grade(variant, sample).outcome);
    if outcome != Some(Outcome::Awaits(Awaits::Rubric)) {
        let what = match outcome {
            Some(Outcome::Unreadable { what, .. }) => {
                format!("the sample could not be handed in: {what}")
            }
            _ => "the sample could not be handed in".to_string(),
        };
        gathered.add("sample", "sample", seed, values, &what, "");
    }
}

/// How an answer is graded, for a message.
fn judged(variant: &Variant, response: &Response) -> String {
    let graded = grade(variant, response);
    let key = variant.key.text();
    match (graded.outcome, graded.missed_form) {
        (Outcome::Unreadable { what, .. }, _) => format!("which cannot be judged: {what}"),
        (_, Some(form)) => format!("which has the right value in a form not asked for ({form:?})"),
        _ => format!("but the key is \"{key}\""),
    }
}

fn check_mix_up(
    variant: &Variant,
    index: usize,
    mix_up: &VariantMixUp,
    seed: u64,
    values: &str,
    gathered: &mut Gathered<'_>,
) {
    let id = &mix_up.id;
    let field = format!("mixup:{id}");
    let Some(response) = variant.response_of(&mix_up.pattern) else {
        let what = format!("the answer of the mix-up \"{id}\" does not fit this kind of item");
        gathered.add("mixup", &field, seed, values, &what, "");
        return;
    };
    let graded = grade(variant, &response);
    if graded.is_right() {
        let what = format!(
            "the mix-up \"{id}\" leads to the right answer {}",
            variant.key.text()
        );
        gathered.add(
            "mixup-is-key",
            &field,
            seed,
            values,
            &what,
            "Exclude this variant with where.",
        );
    } else if let Outcome::Unreadable { what, .. } = graded.outcome {
        let what = format!("the answer of the mix-up \"{id}\" cannot be judged: {what}");
        gathered.add("mixup", &field, seed, values, &what, "");
    } else if graded.mix_up.as_ref() != Some(id) {
        let other = graded
            .mix_up
            .map_or_else(|| "nothing".to_string(), |other| other.to_string());
        let key = format!("{field}#{index}");
        let what = format!("the answer of the mix-up \"{id}\" reveals {other} instead");
        gathered.doubt("mixup-hidden", &key, seed, values, &what);
    }
}

/// Typing back what the stem shows must not be right.
fn check_echo(variant: &Variant, seed: u64, values: &str, gathered: &mut Gathered<'_>) {
    if !matches!(
        variant.key,
        Key::Number { .. } | Key::Expression { .. } | Key::Equation { .. }
    ) {
        return;
    }
    let Ok(blocks) = markup::read(&variant.presentation.stem) else {
        return;
    };
    for latex in formulas(&blocks) {
        let Ok(shown) = trellis_math::parse::latex(latex) else {
            continue;
        };
        if shown.as_rational().is_some() {
            continue;
        }
        let echo = Response::Text(trellis_math::plain::from_expr(&shown));
        if grade(variant, &echo).is_right() {
            let what = format!("typing \"${latex}$\" back from the stem is graded as right");
            let advice =
                "Ask for a form (form = \"expanded\", \"factored\") or ask another question.";
            gathered.add("stem-is-answer", "stem", seed, values, &what, advice);
        }
    }
}

fn formulas(blocks: &[Block]) -> impl Iterator<Item = &str> {
    let inlines = blocks.iter().flat_map(|block| match block {
        Block::Paragraph(inlines) => inlines.iter().collect::<Vec<_>>(),
        Block::List(lines) => lines.iter().flatten().collect(),
    });
    inlines.filter_map(|inline| match inline {
        Inline::Math(latex) => Some(latex.as_str()),
        _ => None,
    })
}
