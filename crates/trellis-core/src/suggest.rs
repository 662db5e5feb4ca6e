//! Which competency an item may belong to, by its words: what an imported bank is sorted with. A person decides.
//!
//! An item's words are those of its text, question, options, hints and worked steps; a competency's are its title, its
//! sentences, and those of its items. A word weighs by how often it stands in a text and by how few texts have it (tf-idf);
//! texts are compared by the cosine of the angle between them. Everything shared is a word that can be shown.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use crate::catalog::Catalog;
use crate::framework::{Competency, CompetencyId, Course, ItemId};
use crate::item::{Entry, Interaction, Item};

/// Words that are named as the reason of a suggestion.
pub const WORDS_SHOWN: usize = 4;
/// Shorter runs of letters are names of quantities and single letters of a formula.
const SHORTEST_WORD: usize = 2;

/// A competency that an item may belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The competency.
    pub competency: CompetencyId,
    /// How alike the words are, 0 to 1.
    pub similarity: f64,
    /// The words that speak for it most, the strongest first; at most [`WORDS_SHOWN`].
    pub words: Vec<String>,
}

/// The weights of words in a text, by the words' numbers.
type Weights = BTreeMap<usize, f64>;

/// The words of some courses' competencies and of their items.
#[derive(Debug, Clone, Default)]
pub struct WordIndex {
    numbers: BTreeMap<String, usize>,
    /// By number: the word, and how much it tells.
    words: Vec<(String, f64)>,
    /// Each competency with the sum of its texts.
    competencies: Vec<(CompetencyId, Weights)>,
    /// Each item with its competency's place.
    items: BTreeMap<ItemId, (usize, Weights)>,
}

/// The words of a text, in lower case and without the plural's s. Formulas leave the names of their commands.
fn words(text: &str) -> impl Iterator<Item = String> {
    let runs = text.split(|letter: char| !letter.is_alphabetic());
    let runs = runs.filter(|run| run.chars().count() >= SHORTEST_WORD);
    runs.map(|run| {
        let mut word = run.to_lowercase();
        let plural = word.ends_with('s') && !word.ends_with("ss");
        if plural && word.chars().count() > 3 {
            word.pop();
        }
        word
    })
}

/// The texts of a way to answer.
fn entries(interaction: &Interaction) -> Vec<&[Entry]> {
    match interaction {
        Interaction::Choice { options } | Interaction::MultipleChoice { options } => vec![options],
        Interaction::Order { entries } => vec![entries],
        Interaction::Match { left, right } => vec![left, right],
        Interaction::InlineChoice { gaps } => gaps.iter().map(Vec::as_slice).collect(),
        Interaction::GapMatch { bank, .. } => vec![bank],
        Interaction::Hotspot { regions, .. } | Interaction::GraphicOrder { regions } => {
            vec![regions]
        }
        _ => Vec::new(),
    }
}

/// How often each word stands in a text.
type Counts = BTreeMap<String, u32>;

fn count(counts: &mut Counts, text: &str) {
    for word in words(text) {
        *counts.entry(word).or_default() += 1;
    }
}

/// An item's own words. Seed 0 stands for all variants: words do not hang on the numbers.
fn of_item(item: &Item) -> Counts {
    let mut counts = Counts::new();
    let Ok(variant) = item.variant(0, None) else {
        return counts;
    };
    let shown = &variant.presentation;
    count(&mut counts, &shown.body);
    count(&mut counts, &shown.stem);
    for entry in entries(&shown.interaction).into_iter().flatten() {
        count(&mut counts, &entry.text);
    }
    for hint in &variant.hints {
        count(&mut counts, &hint.text);
    }
    for step in &variant.solution {
        count(&mut counts, step);
    }
    counts
}

fn of_competency(competency: &Competency) -> Counts {
    let mut counts = Counts::new();
    for text in [
        &competency.title,
        &competency.can,
        &competency.family,
        &competency.home,
    ] {
        count(&mut counts, text);
    }
    counts
}

/// The length of a text's arrow.
fn length(weights: &Weights) -> f64 {
    libm::sqrt(weights.values().map(|weight| weight * weight).sum())
}

/// The words of a competency's items.
type ItemsWords = Vec<(ItemId, Counts)>;
/// Words of two texts alike: what each adds, and its number.
type Shared = Vec<(f64, usize)>;

impl WordIndex {
    /// The words of these courses' competencies and their items, in order of teaching; a competency that several share
    /// stands once.
    #[must_use]
    pub fn of<'a>(catalog: &Catalog, courses: impl IntoIterator<Item = &'a Course>) -> Self {
        let mut seen = BTreeSet::new();
        let mut texts: Vec<(CompetencyId, Counts, ItemsWords)> = Vec::new();
        for course in courses {
            for id in course.sequence() {
                let Some(competency) = course.competency(id).filter(|_| seen.insert(id)) else {
                    continue;
                };
                let items = catalog.items_of(id);
                let items = items.map(|item| (item.id.clone(), of_item(item)));
                texts.push((id.clone(), of_competency(competency), items.collect()));
            }
        }
        let mut index = Self::default();
        let all = texts.iter().flat_map(|(_, own, items)| {
            core::iter::once(own).chain(items.iter().map(|(_, counts)| counts))
        });
        index.weigh(all);
        for (place, (id, own, items)) in texts.into_iter().enumerate() {
            let mut sum = index.unit(&own);
            for (item, counts) in items {
                let unit = index.unit(&counts);
                for (word, weight) in &unit {
                    *sum.entry(*word).or_default() += weight;
                }
                index.items.insert(item, (place, unit));
            }
            index.competencies.push((id, sum));
        }
        index
    }

    /// Numbers all words, and says how much each tells.
    fn weigh<'a>(&mut self, texts: impl Iterator<Item = &'a Counts>) {
        let mut having: BTreeMap<&String, u32> = BTreeMap::new();
        let mut all = 0u32;
        for text in texts {
            all += 1;
            for word in text.keys() {
                *having.entry(word).or_default() += 1;
            }
        }
        for (number, (word, having)) in having.into_iter().enumerate() {
            let tells = libm::log((f64::from(all) + 1.0) / (f64::from(having) + 0.5));
            self.numbers.insert(word.clone(), number);
            self.words.push((word.clone(), tells));
        }
    }

    /// The weights of a text, as an arrow of length 1. Words that stand nowhere in the courses tell nothing.
    fn unit(&self, counts: &Counts) -> Weights {
        let weight = |(word, count): (&String, &u32)| {
            let number = *self.numbers.get(word)?;
            let (_, tells) = self.words.get(number)?;
            Some((number, (1.0 + libm::log(f64::from(*count))) * tells))
        };
        let mut weights: Weights = counts.iter().filter_map(weight).collect();
        let length = length(&weights);
        if length > 0.0 {
            weights.values_mut().for_each(|weight| *weight /= length);
        }
        weights
    }

    /// The competencies that an item is most like, the best first, at most `most`; those that share no word with it are left
    /// out. `skill` is the name under which an import had it; it may be empty. An item that stands in the index is compared
    /// with the others alone.
    #[must_use]
    pub fn suggest(&self, item: &Item, skill: &str, most: usize) -> Vec<Suggestion> {
        let mut counts = of_item(item);
        count(&mut counts, skill);
        let own = self.items.get(&item.id);
        let asked = self.unit(&counts);
        let mut found: Vec<(f64, usize, Shared)> = Vec::new();
        for (place, (_, sum)) in self.competencies.iter().enumerate() {
            let without = own.filter(|(of, _)| *of == place).map(|(_, unit)| {
                let mut rest = sum.clone();
                for (word, weight) in unit {
                    *rest.entry(*word).or_default() -= weight;
                }
                rest
            });
            let sum = without.as_ref().unwrap_or(sum);
            let shared = asked.iter().filter_map(|(word, weight)| {
                let product = weight * sum.get(word)?;
                (product > 1e-9).then_some((product, *word))
            });
            let shared: Shared = shared.collect();
            let dot: f64 = shared.iter().map(|(product, _)| product).sum();
            if dot > 0.0 {
                found.push((dot / length(sum), place, shared));
            }
        }
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found.truncate(most);
        let found = found.into_iter();
        found
            .map(|(similarity, place, shared)| Suggestion {
                competency: self.competencies[place].0.clone(),
                similarity,
                words: self.strongest(shared),
            })
            .collect()
    }

    fn strongest(&self, mut shared: Shared) -> Vec<String> {
        shared.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let words = shared.into_iter().take(WORDS_SHOWN);
        words
            .filter_map(|(_, word)| Some(self.words.get(word)?.0.clone()))
            .collect()
    }
}

/// How often the suggestion for an item of a course is the competency that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hits {
    /// Items that were tried, each left out of the words of its competency.
    pub items: u32,
    /// Competencies to choose from.
    pub competencies: u32,
    /// The first suggestion was right.
    pub first: u32,
    /// One of the first three was.
    pub among_three: u32,
}

/// Tries the suggestions on a course whose items are sorted: each item by its own words alone, without the name of its
/// competency, against the competencies' words and their other items.
#[must_use]
pub fn try_on(catalog: &Catalog, course: &Course) -> Hits {
    let index = WordIndex::of(catalog, [course]);
    let mut hits = Hits {
        competencies: u32::try_from(index.competencies.len()).unwrap_or(u32::MAX),
        ..Hits::default()
    };
    for id in index.items.keys() {
        let Some(item) = catalog.item(id) else {
            continue;
        };
        let suggested = index.suggest(item, "", 3);
        let right = |suggestion: &Suggestion| suggestion.competency == item.competency;
        hits.items += 1;
        hits.first += u32::from(suggested.first().is_some_and(right));
        hits.among_three += u32::from(suggested.iter().any(right));
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_letters_without_the_plural() {
        for (text, expected) in [
            ("Which fractions?", "which fraction"),
            ("$\\frac{1}{2}$ of a x", "frac of"),
            ("Gas, grass and ÉTÉS", "gas grass and été"),
            ("12 + 3", ""),
        ] {
            let found: Vec<String> = words(text).collect();
            assert_eq!(found.join(" "), expected, "{text}");
        }
    }
}
