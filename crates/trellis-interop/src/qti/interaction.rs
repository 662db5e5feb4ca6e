//! Interactions: the places in a body where a learner answers, with their choices.

use serde::Serialize;

use super::item::AssessmentItem;
use crate::xml::{Element, Node};

/// A kind of interaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum InteractionKind {
    /// Pairs of choices.
    Associate,
    /// Some of several choices.
    Choice,
    /// Another program's own.
    Custom,
    /// A picture drawn over.
    Drawing,
    /// A button that ends an attempt.
    EndAttempt,
    /// Longer text.
    ExtendedText,
    /// Texts put into gaps.
    GapMatch,
    /// Pairs of regions.
    GraphicAssociate,
    /// Pictures put on regions.
    GraphicGapMatch,
    /// Regions in order.
    GraphicOrder,
    /// Regions of a picture.
    Hotspot,
    /// Words of a text.
    Hottext,
    /// A menu in a sentence.
    InlineChoice,
    /// Pairs from two sets.
    Match,
    /// Something to hear or watch.
    Media,
    /// Choices in order.
    Order,
    /// A program of the item; carried, never run.
    PortableCustom,
    /// A picture placed on another.
    PositionObject,
    /// Points of a picture.
    SelectPoint,
    /// A number on a scale.
    Slider,
    /// A short text in a sentence.
    TextEntry,
    /// A file.
    Upload,
}

impl InteractionKind {
    /// All, with the names of their elements.
    pub const NAMES: [(&'static str, Self); 22] = [
        ("associate-interaction", Self::Associate),
        ("choice-interaction", Self::Choice),
        ("custom-interaction", Self::Custom),
        ("drawing-interaction", Self::Drawing),
        ("end-attempt-interaction", Self::EndAttempt),
        ("extended-text-interaction", Self::ExtendedText),
        ("gap-match-interaction", Self::GapMatch),
        ("graphic-associate-interaction", Self::GraphicAssociate),
        ("graphic-gap-match-interaction", Self::GraphicGapMatch),
        ("graphic-order-interaction", Self::GraphicOrder),
        ("hotspot-interaction", Self::Hotspot),
        ("hottext-interaction", Self::Hottext),
        ("inline-choice-interaction", Self::InlineChoice),
        ("match-interaction", Self::Match),
        ("media-interaction", Self::Media),
        ("order-interaction", Self::Order),
        ("portable-custom-interaction", Self::PortableCustom),
        ("position-object-interaction", Self::PositionObject),
        ("select-point-interaction", Self::SelectPoint),
        ("slider-interaction", Self::Slider),
        ("text-entry-interaction", Self::TextEntry),
        ("upload-interaction", Self::Upload),
    ];

    /// The name of its element.
    #[must_use]
    pub fn name(self) -> &'static str {
        let known = Self::NAMES.iter().find(|(_, kind)| *kind == self);
        known.map_or("custom-interaction", |(name, _)| name)
    }
}

/// Elements that a response names.
const CHOICES: [&str; 9] = [
    "simple-choice",
    "simple-associable-choice",
    "gap-text",
    "gap-img",
    "gap",
    "hottext",
    "hotspot-choice",
    "associable-hotspot",
    "inline-choice",
];

/// A place where a learner answers.
#[derive(Debug, Clone, Copy)]
pub struct Interaction<'a> {
    /// Its kind.
    pub kind: InteractionKind,
    /// The variable that it fills.
    pub response: &'a str,
    /// Its element in the body.
    pub element: &'a Element,
}

/// Something that a response can name.
#[derive(Debug, Clone, Copy)]
pub struct Choice<'a> {
    /// Its name.
    pub identifier: &'a str,
    /// Its element.
    pub element: &'a Element,
}

impl<'a> Interaction<'a> {
    /// The interaction of an element; `None` when it is none.
    #[must_use]
    pub fn of(element: &'a Element) -> Option<Self> {
        if !element.space.is_empty() || !element.name.ends_with("-interaction") {
            return None;
        }
        let known = InteractionKind::NAMES
            .iter()
            .find(|(name, _)| *name == element.name)?;
        Some(Self {
            kind: known.1,
            response: element.get("response-identifier").unwrap_or("").trim(),
            element,
        })
    }

    /// What a response to it can name, in order.
    #[must_use]
    pub fn choices(&self) -> Vec<Choice<'a>> {
        let mut out = Vec::new();
        self.element.visit(&mut |element| {
            if element.space.is_empty() && CHOICES.contains(&element.name.as_str()) {
                let identifier = element.get("identifier").unwrap_or("").trim();
                out.push(Choice {
                    identifier,
                    element,
                });
            }
        });
        out
    }

    /// The two sides of a match.
    #[must_use]
    pub fn sides(&self) -> Vec<Vec<Choice<'a>>> {
        let sets = self
            .element
            .elements()
            .filter(|one| one.name == "simple-match-set");
        let choices = |set: &'a Element| {
            let each = set
                .elements()
                .filter(|one| one.name == "simple-associable-choice");
            each.map(|element| Choice {
                identifier: element.get("identifier").unwrap_or("").trim(),
                element,
            })
        };
        sets.map(|set| choices(set).collect()).collect()
    }

    /// What it asks, as content.
    #[must_use]
    pub fn prompt(&self) -> &'a [Node] {
        let prompt = self
            .element
            .elements()
            .find(|one| one.space.is_empty() && one.name == "prompt");
        prompt.map_or(&[], |prompt| prompt.children.as_slice())
    }

    /// A whole number among its attributes.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<i64> {
        self.element.get(name)?.trim().parse().ok()
    }

    /// Whether an attribute says true.
    #[must_use]
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.element.get(name).map(str::trim), Some("true" | "1"))
    }
}

impl AssessmentItem {
    /// Its interactions, in order.
    #[must_use]
    pub fn interactions(&self) -> Vec<Interaction<'_>> {
        let mut out = Vec::new();
        if let Some(body) = &self.body {
            body.visit(&mut |element| out.extend(Interaction::of(element)));
        }
        out
    }
}
