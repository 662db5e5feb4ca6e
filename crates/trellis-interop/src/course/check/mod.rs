//! All checks of a course beyond its syntax: references, completeness, and what every variant must keep.

mod guard;
mod numbers;
mod variants;

use std::collections::{BTreeMap, BTreeSet};

use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;
use serde::Serialize;

use trellis_core::item::{InteractionKind, Item, OptionText, Template, TemplateText};

pub(super) use guard::guard;

use super::keys::nearest;
use super::{CourseFolder, PlacedItem};
use crate::finding::{Finding, Severity};

/// The fewest different variants that a template may have.
const FEWEST_VARIANTS: usize = 20;
/// Variants are counted up to here.
const MOST_COUNTED: usize = 200;

/// How thoroughly to check.
#[derive(Debug, Clone, Copy)]
pub struct CheckOptions {
    /// How many seeds of every template are tried.
    pub seeds: u64,
}

impl Default for CheckOptions {
    fn default() -> Self {
        Self { seeds: 100 }
    }
}

/// What a course has, counted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Summary {
    /// Units.
    pub units: usize,
    /// Competencies.
    pub competencies: usize,
    /// Templates that can be used.
    pub templates: usize,
    /// Templates by kind of answer.
    pub kinds: BTreeMap<String, usize>,
    /// Stories by interest.
    pub contexts: BTreeMap<String, usize>,
    /// Templates with at least one story.
    pub with_stories: usize,
    /// Templates with a figure.
    pub figures: usize,
    /// Named mix-ups.
    pub mix_ups: usize,
    /// Variants that were made and checked.
    pub variants: usize,
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
}

/// Checks a course. `findings` are those of reading it; all come back, sorted by file and line.
#[must_use]
pub fn check(
    folder: &CourseFolder,
    mut findings: Vec<Finding>,
    options: CheckOptions,
) -> (Vec<Finding>, Summary) {
    let pack = &folder.pack;
    let mut summary = Summary {
        units: pack.course.units.len(),
        competencies: pack.course.framework.competencies().len(),
        templates: pack.bank.items().len(),
        mix_ups: pack.bank.mix_ups().len(),
        ..Summary::default()
    };
    for item in pack.bank.items() {
        *summary
            .kinds
            .entry(item.kind().name().to_string())
            .or_default() += 1;
        for interest in item.interests() {
            *summary.contexts.entry(interest.to_string()).or_default() += 1;
        }
        summary.with_stories += usize::from(item.interests().next().is_some());
        let figure = item
            .template()
            .and_then(|template| template.source().figure.as_ref());
        summary.figures += usize::from(figure.is_some());
    }
    let (variants, found) = check_items(folder, options);
    summary.variants = variants;
    findings.extend(found);
    unused(folder, &mut findings);
    findings.sort_by(|a, b| {
        (&a.file, a.line, &a.rule, &a.message).cmp(&(&b.file, b.line, &b.rule, &b.message))
    });
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    summary.errors = errors.count();
    let warnings = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Warning);
    summary.warnings = warnings.count();
    (findings, summary)
}

/// Checks all items, on as many threads as the machine has; gives the variants made and the findings.
pub(super) fn check_items(folder: &CourseFolder, options: CheckOptions) -> (usize, Vec<Finding>) {
    let items = folder.pack.bank.items();
    let part = items.len().div_ceil(rayon::current_num_threads()).max(1);
    let parts = items.par_chunks(part);
    let checked: Vec<_> = parts
        .map(|items| check_part(folder, items, options))
        .collect();
    let variants = checked.iter().map(|(made, _)| made).sum();
    let findings = checked.into_iter().flat_map(|(_, found)| found);
    (variants, findings.collect())
}

fn check_part(
    folder: &CourseFolder,
    items: &[Item],
    options: CheckOptions,
) -> (usize, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut variants = 0;
    for item in items {
        let (Some(template), Some(placed)) = (item.template(), folder.items.get(&item.id)) else {
            continue;
        };
        references(folder, item, template, placed, &mut findings);
        completeness(item, template, placed, &mut findings);
        variant_count(item, template, placed, &mut findings);
        variants += variants::check(item, template, placed, options.seeds, &mut findings);
    }
    (variants, findings)
}

fn references(
    folder: &CourseFolder,
    item: &Item,
    template: &Template,
    placed: &PlacedItem,
    findings: &mut Vec<Finding>,
) {
    let id = &item.id;
    let mut unknown = |field: &str, rule: &str, what: &str, given: &str, known: &[&str]| {
        let near = nearest(given, known).map(|near| format!("Did you mean \"{near}\"?"));
        let message = format!("{id}: there is no {what} \"{given}\" in this course");
        let finding = Finding::error(&placed.file, placed.line_of(field), rule, message);
        findings.push(finding.advise(near.unwrap_or_default()));
    };
    let course = &folder.pack.course;
    if course.competency(&item.competency).is_none() {
        let known = course.framework.competencies().iter();
        let known: Vec<&str> = known.map(|competency| competency.id.as_str()).collect();
        unknown(
            "competency",
            "unknown-competency",
            "competency",
            item.competency.as_str(),
            &known,
        );
    }
    let interests: Vec<&str> = course
        .interests
        .iter()
        .map(|interest| interest.id.as_str())
        .collect();
    for (index, context) in template.source().contexts.iter().enumerate() {
        if course.interest(&context.interest).is_none() {
            let field = format!("context[{index}].interest");
            unknown(
                &field,
                "unknown-interest",
                "interest",
                context.interest.as_str(),
                &interests,
            );
        }
    }
    let mix_ups: Vec<&str> = folder
        .pack
        .bank
        .mix_ups()
        .iter()
        .map(|m| m.id.as_str())
        .collect();
    let named = template.source().mix_ups.iter().enumerate();
    let mut all: Vec<_> = named
        .map(|(index, m)| (format!("mixup[{index}].id"), &m.id))
        .collect();
    for (field, option) in options(template.source()) {
        all.extend(
            option
                .mix_up
                .as_ref()
                .map(|id| (format!("{field}.mixup"), id)),
        );
    }
    for (field, mix_up) in all {
        if folder.pack.bank.mix_up(mix_up).is_none() {
            unknown(&field, "unknown-mixup", "mix-up", mix_up.as_str(), &mix_ups);
        }
    }
}

/// The options of an item and of the menus in its gaps, with their names in the file.
fn options(source: &TemplateText) -> impl Iterator<Item = (String, &OptionText)> {
    let own = source.options.iter().enumerate();
    let own = own.map(|(index, option)| (format!("option[{index}]"), option));
    let gaps = source.parts.gaps.iter().enumerate();
    let menus = gaps.flat_map(|(gap, menu)| {
        let wrong = menu.wrong.iter().enumerate();
        wrong.map(move |(index, option)| (format!("gap[{gap}].wrong[{index}]"), option))
    });
    own.chain(menus)
}

fn completeness(
    item: &Item,
    template: &Template,
    placed: &PlacedItem,
    findings: &mut Vec<Finding>,
) {
    let source = template.source();
    let id = &item.id;
    let mut missing = |what: &str| {
        let message = format!("{id}: {what}");
        findings.push(Finding::error(
            &placed.file,
            placed.line,
            "incomplete",
            message,
        ));
    };
    if source.hints.is_empty() {
        missing("there are no hints");
    }
    if source.solution.is_empty() {
        missing("there is no solution");
    }
    // Where the answer is a place in a picture or follows from the keys, there is nothing to arrive at.
    let without = matches!(
        source.kind,
        InteractionKind::Match
            | InteractionKind::Hotspot
            | InteractionKind::GraphicOrder
            | InteractionKind::Plot
            | InteractionKind::Written
            | InteractionKind::Upload
    );
    let sorts = source.kind == InteractionKind::Order && !source.sort.is_empty();
    if source.result.is_none() && !sorts && !without {
        missing("there is no result");
    }
    let by_option = options(source).any(|(_, option)| option.mix_up.is_some());
    // What an answer in writing or a file shows, a person sees.
    if source.mix_ups.is_empty() && !by_option && !source.kind.waits_for_person() {
        missing("there is no mix-up");
    }
    let mut seen = BTreeSet::new();
    for (index, context) in source.contexts.iter().enumerate() {
        if !seen.insert(&context.interest) {
            let message = format!("{id}: there are two stories for \"{}\"", context.interest);
            let line = placed.line_of(&format!("context[{index}]"));
            findings.push(Finding::error(
                &placed.file,
                line,
                "duplicate-context",
                message,
            ));
        }
    }
    let mut seen = BTreeSet::new();
    for (index, mix_up) in source.mix_ups.iter().enumerate() {
        if !seen.insert((&mix_up.id, &mix_up.answer)) {
            let message = format!("{id}: the mix-up \"{}\" is there twice", mix_up.id);
            let line = placed.line_of(&format!("mixup[{index}]"));
            findings.push(Finding::error(&placed.file, line, "duplicate-id", message));
        }
    }
}

fn variant_count(
    item: &Item,
    template: &Template,
    placed: &PlacedItem,
    findings: &mut Vec<Finding>,
) {
    let line = if template.source().conditions.is_empty() {
        placed.line_of("parameters")
    } else {
        placed.line_of("where")
    };
    let id = &item.id;
    let says_few = template.source().parts.few;
    match template.count_variants(MOST_COUNTED) {
        Ok(count) if says_few && (1..FEWEST_VARIANTS).contains(&count.found) => {
            let word = if count.found == 1 {
                "variant"
            } else {
                "variants"
            };
            let message = format!("{id}: {} {word}, as the item says", count.found);
            findings.push(Finding::note(&placed.file, line, "few-variants", message));
        }
        Ok(_) if says_few => {}
        Ok(count) if count.found < FEWEST_VARIANTS => {
            let few = count.found;
            let message =
                format!("{id}: {few} different variants are left; {FEWEST_VARIANTS} are needed");
            let finding = Finding::error(&placed.file, line, "few-variants", message);
            let advice = "Widen the ranges of the parameters or relax where; a fixed text says variants = \"few\".";
            findings.push(finding.advise(advice));
        }
        Ok(_) => {}
        Err(what) => {
            let message = format!("{id}: {what}");
            findings.push(Finding::error(&placed.file, line, "parameters", message));
        }
    }
}

/// Competencies without items, and mix-ups that no item names.
fn unused(folder: &CourseFolder, findings: &mut Vec<Finding>) {
    let bank = &folder.pack.bank;
    for (id, (file, line)) in &folder.competencies {
        if bank.of(id).next().is_none() {
            let message = format!("the competency \"{id}\" has no items that can be used");
            findings.push(Finding::error(file, *line, "no-items", message));
        }
    }
    let mut used = BTreeSet::new();
    for template in bank.items().iter().filter_map(Item::template) {
        used.extend(template.source().mix_ups.iter().map(|mix_up| &mix_up.id));
        used.extend(options(template.source()).filter_map(|(_, option)| option.mix_up.as_ref()));
    }
    for ((_, id), (file, line)) in &folder.mix_ups {
        if !used.contains(id) {
            let message = format!("no item names the mix-up \"{id}\"");
            findings.push(Finding::warning(file, *line, "unused-mixup", message));
        }
    }
}
