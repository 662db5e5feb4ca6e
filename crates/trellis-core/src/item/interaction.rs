//! Kinds of answer, and what a learner sees of an item: never the key.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::figure::Figure;
use super::number::Number;

/// A kind of answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InteractionKind {
    /// A number.
    Numeric,
    /// A fraction, mixed number or decimal.
    Fraction,
    /// An algebraic expression.
    Expression,
    /// An equation or inequality.
    Equation,
    /// Words, compared letter by letter; imported items only.
    Words,
    /// One of several options.
    Choice,
    /// All right ones of several options.
    MultipleChoice,
    /// Entries put in order.
    Order,
    /// A partner for each entry.
    Match,
    /// A point on a number line.
    NumberLine,
}

impl InteractionKind {
    /// All kinds that a course may use, with their names in the course format.
    pub const NAMES: [(&'static str, Self); 9] = [
        ("numeric", Self::Numeric),
        ("fraction", Self::Fraction),
        ("expression", Self::Expression),
        ("equation", Self::Equation),
        ("choice", Self::Choice),
        ("multiple-choice", Self::MultipleChoice),
        ("order", Self::Order),
        ("match", Self::Match),
        ("number-line", Self::NumberLine),
    ];

    /// The name in the course format.
    #[must_use]
    pub fn name(self) -> &'static str {
        let known = Self::NAMES.iter().find(|(_, kind)| *kind == self);
        known.map_or("words", |(name, _)| name)
    }

    /// The chance, from 0 to 1, that a learner who knows nothing is right. `options` is how many
    /// options, entries or marks there are; open answers ignore it and have 0.02.
    #[must_use]
    pub fn guess_rate(self, options: usize) -> f64 {
        let options = u32::try_from(options.clamp(1, 20)).unwrap_or(20);
        match self {
            Self::Numeric | Self::Fraction | Self::Expression | Self::Equation | Self::Words => {
                0.02
            }
            Self::Choice => 1.0 / f64::from(options),
            // Ticking nothing is no answer.
            Self::MultipleChoice => 1.0 / f64::from((1_u32 << options) - 1),
            Self::Order | Self::Match => 1.0 / (1..=options).map(f64::from).product::<f64>(),
            Self::NumberLine => 1.0 / f64::from(options),
        }
    }
}

/// The form that a number must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberForm {
    /// Any number of this value.
    #[default]
    Any,
    /// A fraction in lowest terms, or a whole number.
    Simplest,
    /// A mixed number, or a whole number or proper fraction where no mixed number exists.
    Mixed,
}

/// The form that an expression must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExpressionForm {
    /// Any expression of this value.
    #[default]
    Any,
    /// Without brackets to multiply out, like terms joined.
    Expanded,
    /// As a product.
    Factored,
}

/// Something to choose, order or match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// An opaque name, given after shuffling: it says nothing about the key.
    pub key: String,
    /// What the learner reads: markup of [`super::markup`].
    pub text: String,
}

/// How the learner answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Interaction {
    /// A box for a number.
    Numeric {
        /// Shown behind the box.
        unit: Option<String>,
    },
    /// A box for a fraction.
    Fraction {
        /// The form asked for.
        form: NumberForm,
    },
    /// A box for an expression.
    Expression {
        /// The form asked for.
        form: ExpressionForm,
    },
    /// A box for an equation or inequality.
    Equation,
    /// A box for words.
    Words,
    /// One of these.
    Choice {
        /// As shown.
        options: Vec<Entry>,
    },
    /// All right ones of these.
    MultipleChoice {
        /// As shown.
        options: Vec<Entry>,
    },
    /// These in the right order.
    Order {
        /// As shown, shuffled.
        entries: Vec<Entry>,
    },
    /// A partner on the right for each on the left.
    Match {
        /// As shown.
        left: Vec<Entry>,
        /// As shown, shuffled; may be more than on the left.
        right: Vec<Entry>,
    },
    /// A point on a line.
    NumberLine {
        /// Left end.
        from: Number,
        /// Right end.
        to: Number,
        /// Distance between marks; a point is always on a mark.
        step: Number,
    },
}

impl Interaction {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> InteractionKind {
        match self {
            Self::Numeric { .. } => InteractionKind::Numeric,
            Self::Fraction { .. } => InteractionKind::Fraction,
            Self::Expression { .. } => InteractionKind::Expression,
            Self::Equation => InteractionKind::Equation,
            Self::Words => InteractionKind::Words,
            Self::Choice { .. } => InteractionKind::Choice,
            Self::MultipleChoice { .. } => InteractionKind::MultipleChoice,
            Self::Order { .. } => InteractionKind::Order,
            Self::Match { .. } => InteractionKind::Match,
            Self::NumberLine { .. } => InteractionKind::NumberLine,
        }
    }

    /// How many options, entries or marks there are; 0 for an open answer.
    #[must_use]
    pub fn option_count(&self) -> usize {
        match self {
            Self::Choice { options } | Self::MultipleChoice { options } => options.len(),
            Self::Order { entries } => entries.len(),
            Self::Match { left, .. } => left.len(),
            Self::NumberLine { from, to, step } => {
                let steps = (to - from)
                    .divided_by(step)
                    .and_then(|steps| steps.floor().to_i64());
                steps
                    .and_then(|steps| usize::try_from(steps + 1).ok())
                    .unwrap_or(1)
            }
            _ => 0,
        }
    }

    /// The chance, from 0 to 1, that a learner who knows nothing is right.
    #[must_use]
    pub fn guess_rate(&self) -> f64 {
        self.kind().guess_rate(self.option_count())
    }
}

/// All that a learner sees of an item before answering. No field of it can hold the key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Presentation {
    /// A text that several items share; empty for most. Markup of [`super::markup`].
    pub body: String,
    /// The question: markup of [`super::markup`].
    pub stem: String,
    /// A picture.
    pub figure: Option<Figure>,
    /// How to answer.
    pub interaction: Interaction,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_is_as_likely_as_the_options_say() {
        for (kind, options, rate) in [
            (InteractionKind::Numeric, 0, 0.02),
            (InteractionKind::Choice, 4, 0.25),
            (InteractionKind::MultipleChoice, 3, 1.0 / 7.0),
            (InteractionKind::Order, 4, 1.0 / 24.0),
            (InteractionKind::Match, 3, 1.0 / 6.0),
            (InteractionKind::NumberLine, 9, 1.0 / 9.0),
            (InteractionKind::Choice, 0, 1.0),
        ] {
            assert!((kind.guess_rate(options) - rate).abs() < 1e-15, "{kind:?}");
        }
        for kind in InteractionKind::NAMES {
            assert!(kind.1.guess_rate(usize::MAX) > 0.0);
            assert_eq!(kind.1.name(), kind.0);
        }
    }
}
