//! Items and the bank that keeps them with the mix-ups that they share, sorted by id.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::interaction::{InteractionKind, Presentation};
use super::template::Template;
use super::variant::{Hint, Key, Variant, VariantFault, VariantMixUp};
use crate::framework::{CompetencyId, InterestId, ItemId, MixUpId};

/// A named misconception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MixUp {
    /// Its id.
    pub id: MixUpId,
    /// Completes "6 students ...".
    pub title: String,
}

/// Where an imported question came from, with its own licence.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    /// The address of the work; never fetched. Empty when none was given.
    pub url: String,
    /// Its licence, as an SPDX id where one is meant, else in its own words. Empty when none was given.
    pub licence: String,
    /// Who wrote it, as the work says. Empty when nobody is named.
    pub author: String,
}

/// A question that is always the same, as imported items are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fixed {
    /// What the learner sees.
    pub presentation: Presentation,
    /// The right answer.
    pub key: Key,
    /// In order; a hint may need others first and may ask a question of its own.
    pub hints: Vec<Hint>,
    /// The worked steps.
    pub solution: Vec<String>,
    /// Known wrong answers.
    pub mix_ups: Vec<VariantMixUp>,
    /// Where it came from; `None` for a question of the course itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// Where the variants of an item come from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum ItemBody {
    /// A seed draws them.
    Template(alloc::boxed::Box<Template>),
    /// There is only this one.
    Fixed(alloc::boxed::Box<Fixed>),
}

/// One question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Unique in the bank.
    pub id: ItemId,
    /// What it shows.
    pub competency: CompetencyId,
    /// 1 easy, 2 middle, 3 hard, within the competency.
    pub level: u8,
    /// How long it takes most learners, in seconds.
    pub usual_seconds: u32,
    /// Where its variants come from.
    pub body: ItemBody,
}

impl Item {
    /// An item from a template; its own keys are the template's.
    #[must_use]
    pub fn from_template(template: Template) -> Self {
        let source = template.source();
        Self {
            id: source.id.clone(),
            competency: source.competency.clone(),
            level: source.level,
            usual_seconds: source.usual_seconds,
            body: ItemBody::Template(alloc::boxed::Box::new(template)),
        }
    }

    /// Its kind of answer.
    #[must_use]
    pub fn kind(&self) -> InteractionKind {
        match &self.body {
            ItemBody::Template(template) => template.source().kind,
            ItemBody::Fixed(fixed) => fixed.presentation.interaction.kind(),
        }
    }

    /// The template, if it is one.
    #[must_use]
    pub fn template(&self) -> Option<&Template> {
        match &self.body {
            ItemBody::Template(template) => Some(template),
            ItemBody::Fixed(_) => None,
        }
    }

    /// Whether its author says that it has few variants, so that to ask it again is to ask the same.
    #[must_use]
    pub fn has_few_variants(&self) -> bool {
        self.template()
            .is_some_and(|template| template.source().parts.few)
    }

    /// The interests that it has a story for.
    pub fn interests(&self) -> impl Iterator<Item = &InterestId> {
        let contexts = self
            .template()
            .map(|template| template.source().contexts.as_slice());
        contexts
            .unwrap_or_default()
            .iter()
            .map(|context| &context.interest)
    }

    /// The variant of a seed, in the story of an interest where the item has one.
    ///
    /// # Errors
    /// [`VariantFault`] when the item has a fault; items of a checked course have none.
    pub fn variant(&self, seed: u64, interest: Option<&str>) -> Result<Variant, VariantFault> {
        match &self.body {
            ItemBody::Template(template) => template.variant(seed, interest),
            ItemBody::Fixed(fixed) => Ok(Variant {
                item: self.id.clone(),
                seed,
                interest: None,
                presentation: fixed.presentation.clone(),
                key: fixed.key.clone(),
                hints: fixed.hints.clone(),
                solution: fixed.solution.clone(),
                result: None,
                mix_ups: fixed.mix_ups.clone(),
            }),
        }
    }
}

/// A collection of items with the mix-ups that they name; both sorted by id.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ItemBank {
    items: Vec<Item>,
    mix_ups: Vec<MixUp>,
}

impl ItemBank {
    /// Sorts and keeps. Of two with one id the first stays; gives back those that were left out.
    #[must_use]
    pub fn new(mut items: Vec<Item>, mut mix_ups: Vec<MixUp>) -> (Self, Vec<Item>, Vec<MixUp>) {
        items.sort_by(|a, b| a.id.cmp(&b.id));
        mix_ups.sort_by(|a, b| a.id.cmp(&b.id));
        let items_out = split_repeats(&mut items, |a, b| a.id == b.id);
        let mix_ups_out = split_repeats(&mut mix_ups, |a, b| a.id == b.id);
        (Self { items, mix_ups }, items_out, mix_ups_out)
    }

    /// All items, sorted by id.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// All mix-ups, sorted by id.
    #[must_use]
    pub fn mix_ups(&self) -> &[MixUp] {
        &self.mix_ups
    }

    /// An item by id.
    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        let found = self.items.binary_search_by(|item| item.id.cmp(id)).ok()?;
        self.items.get(found)
    }

    /// A mix-up by id.
    #[must_use]
    pub fn mix_up(&self, id: &MixUpId) -> Option<&MixUp> {
        let found = self
            .mix_ups
            .binary_search_by(|mix_up| mix_up.id.cmp(id))
            .ok()?;
        self.mix_ups.get(found)
    }

    /// The items of a competency, sorted by id.
    pub fn of<'a>(&'a self, competency: &'a CompetencyId) -> impl Iterator<Item = &'a Item> {
        self.items
            .iter()
            .filter(move |item| item.competency == *competency)
    }
}

fn split_repeats<T>(things: &mut Vec<T>, same: fn(&T, &T) -> bool) -> Vec<T> {
    let mut kept: Vec<T> = Vec::with_capacity(things.len());
    let mut repeats = Vec::new();
    for thing in things.drain(..) {
        match kept.last() {
            Some(last) if same(last, &thing) => repeats.push(thing),
            _ => kept.push(thing),
        }
    }
    *things = kept;
    repeats
}
