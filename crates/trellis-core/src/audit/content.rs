//! What the text of items and courses shows, before anybody has answered.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::format;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use super::{AuditFinding, Observed, Subject};
use crate::catalog::Catalog;
use crate::framework::{CompetencyId, Course, ItemId};
use crate::item::{Entry, Fixed, Interaction, Item, ItemBody, Key, Variant};

/// A competency with fewer items is a finding: a learner who needs ten tries meets the same question again. A template
/// counts as this many: it asks something new each time.
pub const FEWEST_ITEMS: u32 = 5;
/// From this share of lucky guesses on guessing pays.
pub const GUESSABLE: f64 = 0.5;
/// The right option is a give-away from this many times the length of the longest other on...
const LONGER: u32 = 2;
/// ...and this many letters more.
const LONGER_BY: u32 = 15;
/// Places of right options are compared from this many items on.
const FEWEST_FOR_PLACES: u32 = 30;
/// A difference of places this unlikely by chance is a finding.
const UNLIKELY: f64 = 0.001;

/// Everything that the texts show, unsorted.
#[must_use]
pub fn audit_content(catalog: &Catalog) -> Vec<AuditFinding> {
    let mut findings = Vec::new();
    for item in catalog.items() {
        one_item(item, &mut findings);
    }
    repeated(catalog, &mut findings);
    let mut seen = BTreeSet::new();
    for course in catalog.courses() {
        one_course(catalog, course, &mut seen, &mut findings);
    }
    findings
}

fn of_item(item: &Item, observed: Observed) -> AuditFinding {
    AuditFinding {
        about: Subject::Item(item.id.clone()),
        observed,
    }
}

fn one_item(item: &Item, findings: &mut Vec<AuditFinding>) {
    // Seed 0 stands for all variants: what is looked at here does not hang on the numbers.
    let Ok(variant) = item.variant(0, None) else {
        return;
    };
    if variant.hints.is_empty() {
        findings.push(of_item(item, Observed::NoHint));
    }
    if variant.solution.is_empty() {
        findings.push(of_item(item, Observed::NoSolution));
    }
    let guess = variant.presentation.interaction.guess_rate();
    if guess >= GUESSABLE {
        findings.push(of_item(item, Observed::Guessable { guess }));
    }
    if let ItemBody::Fixed(fixed) = &item.body
        && fixed
            .source
            .as_ref()
            .is_some_and(|source| source.licence.is_empty())
    {
        findings.push(of_item(item, Observed::NoLicence));
    }
    if let Some(options) = options(&variant.presentation.interaction)
        && let Some(text) = twice(options)
    {
        findings.push(of_item(item, Observed::RepeatedOption { text }));
    }
    if let Some(observed) = key_length(&variant) {
        findings.push(of_item(item, observed));
    }
}

fn options(interaction: &Interaction) -> Option<&[Entry]> {
    match interaction {
        Interaction::Choice { options } | Interaction::MultipleChoice { options } => Some(options),
        _ => None,
    }
}

/// A text without differences of space and of upper and lower case.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}

fn twice(options: &[Entry]) -> Option<String> {
    let mut seen = BTreeSet::new();
    // Letter case tells options apart in mathematics (m and M), so only spaces are forgiven here.
    let repeated = options
        .iter()
        .find(|option| !seen.insert(option.text.split_whitespace().collect::<Vec<_>>()));
    repeated.map(|option| option.text.clone())
}

fn letters(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

/// Whether the right option of a variant is so much longer than all others that it gives itself away.
#[must_use]
pub fn key_length(variant: &Variant) -> Option<Observed> {
    let Key::Choice { right } = &variant.key else {
        return None;
    };
    let options = options(&variant.presentation.interaction)?;
    let key = options.iter().find(|option| option.key == *right)?;
    let key = letters(&key.text);
    let other = options
        .iter()
        .filter(|option| option.key != *right)
        .map(|option| letters(&option.text))
        .max()?;
    let far = key >= other.saturating_mul(LONGER) && key >= other.saturating_add(LONGER_BY);
    far.then_some(Observed::KeyLength { key, other })
}

/// Items that show the same question with the same way to answer and the same key.
fn repeated(catalog: &Catalog, findings: &mut Vec<AuditFinding>) {
    let mut by_text: BTreeMap<String, Vec<&ItemId>> = BTreeMap::new();
    for item in catalog.items() {
        let text = match &item.body {
            ItemBody::Fixed(fixed) => fixed_text(fixed),
            ItemBody::Template(template) => {
                let source = template.source();
                let options: Vec<&str> = source.options.iter().map(|o| o.text.as_str()).collect();
                format!(
                    "{}|{:?}|{:?}|{:?}|{options:?}|{:?}|{:?}",
                    plain(&source.stem),
                    source.parameters,
                    source.conditions,
                    source.answer,
                    source.sequence,
                    source.parts
                )
            }
        };
        by_text.entry(text).or_default().push(&item.id);
    }
    for same in by_text.values().filter(|same| same.len() > 1) {
        let others = same[1..].iter().map(|id| (*id).clone()).collect();
        findings.push(AuditFinding {
            about: Subject::Item(same[0].clone()),
            observed: Observed::Repeated { others },
        });
    }
}

fn fixed_text(fixed: &Fixed) -> String {
    let shown = &fixed.presentation;
    let options: Vec<String> = options(&shown.interaction)
        .unwrap_or_default()
        .iter()
        .map(|option| plain(&option.text))
        .collect();
    format!(
        "{}|{}|{:?}|{options:?}|{:?}",
        plain(&shown.body),
        plain(&shown.stem),
        shown.figure,
        fixed.key
    )
}

fn one_course(
    catalog: &Catalog,
    course: &Course,
    seen: &mut BTreeSet<CompetencyId>,
    findings: &mut Vec<AuditFinding>,
) {
    if course.licence.is_empty() {
        findings.push(AuditFinding {
            about: Subject::Course(course.id.clone()),
            observed: Observed::NoLicence,
        });
    }
    key_places(catalog, course, findings);
    let taught: BTreeSet<&CompetencyId> = course.sequence().collect();
    let shut = shut_out(catalog, course);
    for competency in course.framework.competencies() {
        // A competency that several courses share is one finding.
        if !seen.insert(competency.id.clone()) {
            continue;
        }
        let about = || Subject::Competency(competency.id.clone());
        let count = catalog
            .items_of(&competency.id)
            .fold(0, |count: u32, item| {
                let draws = item.template().is_some() && !item.has_few_variants();
                count.saturating_add(if draws { FEWEST_ITEMS } else { 1 })
            });
        if taught.contains(&competency.id) && count < FEWEST_ITEMS {
            findings.push(AuditFinding {
                about: about(),
                observed: Observed::FewItems { count },
            });
        }
        if let Some(because_of) = shut.get(&competency.id) {
            findings.push(AuditFinding {
                about: about(),
                observed: Observed::Unreachable {
                    because_of: because_of.clone(),
                },
            });
        }
    }
}

/// The competencies that the path never comes to, each with what shuts it: a prerequisite that has no items, is not taught
/// or is shut itself, or a circle. Textbook units that list their items are worked through in any case.
#[must_use]
pub fn shut_out(catalog: &Catalog, course: &Course) -> BTreeMap<CompetencyId, Vec<CompetencyId>> {
    let taught: BTreeSet<&CompetencyId> = course.sequence().collect();
    let mut open: BTreeSet<CompetencyId> = BTreeSet::new();
    let can_master =
        |id: &CompetencyId| taught.contains(id) && catalog.items_of(id).next().is_some();
    loop {
        let next: Vec<CompetencyId> = taught
            .iter()
            .filter(|id| !open.contains(**id))
            .filter(|id| {
                let mut before = course.framework.before(id);
                before.all(|one| open.contains(one) && can_master(one))
            })
            .map(|id| (*id).clone())
            .collect();
        if next.is_empty() {
            break;
        }
        open.extend(next);
    }
    let listed: BTreeSet<&ItemId> = course.units.iter().flat_map(|unit| &unit.items).collect();
    let mut shut = BTreeMap::new();
    for competency in course.framework.competencies() {
        let id = &competency.id;
        let in_a_lesson = catalog.items_of(id).any(|item| listed.contains(&item.id));
        if open.contains(id) || in_a_lesson {
            continue;
        }
        let closed = |one: &&CompetencyId| !open.contains(*one) || !can_master(one);
        let because_of = if taught.contains(id) {
            course
                .framework
                .before(id)
                .filter(closed)
                .cloned()
                .collect()
        } else {
            Vec::new()
        };
        shut.insert(id.clone(), because_of);
    }
    shut
}

/// Where right options stand in items whose options are not shuffled, by number of options.
fn key_places(catalog: &Catalog, course: &Course, findings: &mut Vec<AuditFinding>) {
    let mut counts: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    let mut items: Vec<&Item> = Vec::new();
    let mut seen = BTreeSet::new();
    for competency in course.framework.competencies() {
        items.extend(
            catalog
                .items_of(&competency.id)
                .filter(|item| seen.insert(&item.id)),
        );
    }
    for item in items {
        let ItemBody::Fixed(fixed) = &item.body else {
            continue;
        };
        if let (Interaction::Choice { options }, Key::Choice { right }) =
            (&fixed.presentation.interaction, &fixed.key)
            && let Some(place) = options.iter().position(|option| option.key == *right)
        {
            let own = counts
                .entry(options.len())
                .or_insert_with(|| vec![0; options.len()]);
            own[place] += 1;
        }
    }
    for (options, counts) in counts {
        let all: u32 = counts.iter().sum();
        let chance = uneven(&counts);
        if options >= 2 && all >= FEWEST_FOR_PLACES && chance < UNLIKELY {
            findings.push(AuditFinding {
                about: Subject::Course(course.id.clone()),
                observed: Observed::KeyPosition {
                    options: u32::try_from(options).unwrap_or(u32::MAX),
                    counts,
                    chance,
                },
            });
        }
    }
}

/// How likely counts this uneven are when every place is as likely: Pearson's chi-square with the cube-root
/// approximation of its tail (Wilson and Hilferty 1931).
fn uneven(counts: &[u32]) -> f64 {
    let places = u32::try_from(counts.len()).map_or(1.0, f64::from);
    let all: f64 = counts.iter().map(|count| f64::from(*count)).sum();
    let expected = (all / places).max(1e-9);
    let square: f64 = counts
        .iter()
        .map(|count| (f64::from(*count) - expected) * (f64::from(*count) - expected) / expected)
        .sum();
    let freedom = (places - 1.0).max(1.0);
    let spread = 2.0 / (9.0 * freedom);
    let z = (libm::cbrt(square / freedom) - (1.0 - spread)) / libm::sqrt(spread);
    0.5 * libm::erfc(z / core::f64::consts::SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_of_uneven_counts_agree_with_the_chi_square_table() {
        // 5 % and 0.1 % points of the chi-square table for 3 degrees of freedom are 7.815 and 16.27.
        let of = |square: f64| {
            let each = 1000.0_f64;
            let away = libm::sqrt(square * each / 4.0);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "near a thousand"
            )]
            let count = |x: f64| libm::round(x) as u32;
            uneven(&[
                count(each + away),
                count(each - away),
                count(each + away),
                count(each - away),
            ])
        };
        assert!((of(7.815) - 0.05).abs() < 0.004, "{}", of(7.815));
        assert!((of(16.27) - 0.001).abs() < 0.000_3, "{}", of(16.27));
        assert!(uneven(&[10, 10, 10]) > 0.9);
    }
}
