//! Variants: what a seed makes of an item, with the key apart from what the learner sees.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use super::interaction::{ExpressionForm, Interaction, NumberForm, Presentation};
use super::number::Number;
use super::rubric::Rubric;
use crate::framework::{InterestId, ItemId, MixUpId};

/// The right answer. Never part of a [`Presentation`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Key {
    /// A number.
    Number {
        /// The exact value.
        value: Number,
        /// How far an answer may be away; 0 for exact.
        tolerance: Number,
        /// The form asked for.
        form: NumberForm,
    },
    /// An expression as typed.
    Expression {
        /// Its text.
        typed: String,
        /// The form asked for.
        form: ExpressionForm,
    },
    /// An equation or inequality as typed.
    Equation {
        /// Its text.
        typed: String,
    },
    /// Words, compared without regard to case and spaces; imported items only.
    Words {
        /// Its text.
        typed: String,
    },
    /// The key of the right option.
    Choice {
        /// It.
        right: String,
    },
    /// The keys of all right options, sorted.
    Choices {
        /// They.
        right: Vec<String>,
    },
    /// The keys of all entries in the right order.
    Order {
        /// They.
        right: Vec<String>,
    },
    /// Left and right keys that belong together, sorted by the left.
    Pairs {
        /// They.
        right: Vec<(String, String)>,
    },
    /// A point on a line.
    Point {
        /// Where.
        value: Number,
    },
    /// Any of several keys; imported items only.
    Any(Vec<Self>),
    /// A word or a short phrase.
    Text {
        /// All that are right; the first is shown as the key.
        answers: Vec<String>,
        /// Whether one slip of the pen in a long word is let pass.
        close: bool,
        /// Whether capitals matter.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        cased: bool,
    },
    /// For each gap the key of its right option or word.
    Gaps {
        /// In the order of the gaps.
        right: Vec<String>,
    },
    /// For each blank cell its own key: a number or a text.
    Cells {
        /// In the order of the gaps.
        right: Vec<Self>,
    },
    /// Points on a grid, in any order.
    Plot {
        /// They.
        points: Vec<(Number, Number)>,
    },
    /// Any two different points of a line.
    Line {
        /// How far it goes up for each step to the right.
        slope: Number,
        /// Where it meets the vertical axis.
        intercept: Number,
        /// Two points of it that a learner can set.
        through: Vec<(Number, Number)>,
    },
    /// A few sentences, which a person scores.
    Written {
        /// How.
        rubric: Rubric,
        /// An answer that gets all points: markup of [`super::markup`].
        sample: String,
    },
}

/// What answer reveals a mix-up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum MixPattern {
    /// This number.
    Number(Number),
    /// This text, or one with the same meaning.
    Typed(String),
    /// This option is chosen.
    Option(String),
    /// This order.
    Order(Vec<String>),
    /// This pair is among those given.
    Pair(String, String),
    /// One of these words or phrases.
    Phrase(Vec<String>),
    /// This gap, counted from 0, holds this: a key of an option, or what is typed into a cell.
    Gap(usize, String),
    /// These points, in any order.
    Points(Vec<(Number, Number)>),
    /// Points of the line with this slope and intercept.
    Line(Number, Number),
}

/// A mix-up as it shows in one variant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VariantMixUp {
    /// Which.
    pub id: MixUpId,
    /// The answer that reveals it.
    pub pattern: MixPattern,
    /// What to say to the learner; may be empty.
    pub feedback: String,
}

/// A question within a hint, with its own answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scaffold {
    /// How to answer it.
    pub interaction: Interaction,
    /// Its right answer.
    pub key: Key,
}

/// A hint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hint {
    /// What it says.
    pub text: String,
    /// The places of hints that must be open before this one.
    pub needs: Vec<usize>,
    /// A smaller question, if it asks one.
    pub scaffold: Option<Scaffold>,
}

/// One concrete question: the same item and seed give the same variant, for ever.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// Of which item.
    pub item: ItemId,
    /// From which seed.
    pub seed: u64,
    /// In whose story; `None` for the item's own stem.
    pub interest: Option<InterestId>,
    /// What the learner sees.
    pub presentation: Presentation,
    /// The right answer.
    pub key: Key,
    /// From a nudge to nearly done.
    pub hints: Vec<Hint>,
    /// The worked steps.
    pub solution: Vec<String>,
    /// Where the worked solution arrives, as typed.
    pub result: Option<String>,
    /// Known wrong answers.
    pub mix_ups: Vec<VariantMixUp>,
}

impl Variant {
    /// The smaller question of a hint as a question of its own, to be shown and graded like any other; `None` when the
    /// hint asks nothing.
    #[must_use]
    pub fn scaffold(&self, hint: usize) -> Option<Self> {
        let hint = self.hints.get(hint)?;
        let scaffold = hint.scaffold.as_ref()?;
        Some(Self {
            item: self.item.clone(),
            seed: self.seed,
            interest: self.interest.clone(),
            presentation: Presentation {
                body: String::new(),
                stem: hint.text.clone(),
                figure: None,
                interaction: scaffold.interaction.clone(),
            },
            key: scaffold.key.clone(),
            hints: Vec::new(),
            solution: Vec::new(),
            result: None,
            mix_ups: Vec::new(),
        })
    }
}

/// Why a seed gives no variant: a fault of the item, for its author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VariantFault {
    /// The key of the course format.
    pub field: String,
    /// The values drawn, such as "a = 2, b = 3".
    pub values: String,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for VariantFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} (with {})", self.field, self.what, self.values)
    }
}

impl core::error::Error for VariantFault {}
