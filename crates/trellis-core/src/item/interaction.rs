//! Kinds of answer, and what a learner sees of an item: never the key.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::figure::Figure;
use super::number::Number;
use super::upload::FileKind;

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
    /// A word or a short phrase, whatever its capitals and accents.
    Text,
    /// A menu for each gap in a sentence.
    InlineChoice,
    /// A word of a bank for each gap in a sentence.
    GapMatch,
    /// A region of a drawing, or all right ones.
    Hotspot,
    /// Regions of a drawing put in order.
    GraphicOrder,
    /// Points on a grid.
    Plot,
    /// A value for each blank cell of a table.
    TableEntry,
    /// A few sentences, which a person scores by a rubric.
    Written,
    /// A file, which a person scores by a rubric.
    Upload,
}

impl InteractionKind {
    /// All kinds that a course may use, with their names in the course format.
    pub const NAMES: [(&'static str, Self); 18] = [
        ("numeric", Self::Numeric),
        ("fraction", Self::Fraction),
        ("expression", Self::Expression),
        ("equation", Self::Equation),
        ("choice", Self::Choice),
        ("multiple-choice", Self::MultipleChoice),
        ("order", Self::Order),
        ("match", Self::Match),
        ("number-line", Self::NumberLine),
        ("text", Self::Text),
        ("inline-choice", Self::InlineChoice),
        ("gap-match", Self::GapMatch),
        ("hotspot", Self::Hotspot),
        ("graphic-order", Self::GraphicOrder),
        ("plot", Self::Plot),
        ("table-entry", Self::TableEntry),
        ("written", Self::Written),
        ("upload", Self::Upload),
    ];

    /// The name in the course format.
    #[must_use]
    pub fn name(self) -> &'static str {
        let known = Self::NAMES.iter().find(|(_, kind)| *kind == self);
        known.map_or("words", |(name, _)| name)
    }

    /// Whether a person has to judge what is handed in.
    #[must_use]
    pub fn waits_for_person(self) -> bool {
        matches!(self, Self::Written | Self::Upload)
    }

    /// The chance, from 0 to 1, that a learner who knows nothing is right. `options` is how many
    /// options, entries, marks or ways to fill all gaps there are; open answers ignore it and have 0.02 (answers in
    /// writing 0.05).
    #[must_use]
    pub fn guess_rate(self, options: usize) -> f64 {
        let options = u32::try_from(options.clamp(1, 20)).unwrap_or(20);
        match self {
            Self::Numeric
            | Self::Fraction
            | Self::Expression
            | Self::Equation
            | Self::Words
            | Self::Text
            | Self::TableEntry => 0.02,
            // Much writing may earn points by a lucky word.
            Self::Written | Self::Upload => 0.05,
            Self::Choice | Self::Hotspot => 1.0 / f64::from(options),
            // Ticking nothing is no answer.
            Self::MultipleChoice => 1.0 / f64::from((1_u32 << options) - 1),
            Self::Order | Self::Match | Self::GapMatch | Self::GraphicOrder => {
                1.0 / (1..=options).map(f64::from).product::<f64>()
            }
            Self::NumberLine | Self::InlineChoice | Self::Plot => 1.0 / f64::from(options),
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

/// What a blank cell of a table takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CellKind {
    /// A number.
    Number,
    /// A word or a short phrase.
    Text,
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
    /// A box for a word or a short phrase.
    Text,
    /// A menu at each gap `[[1]]` of the stem.
    InlineChoice {
        /// The options of each gap, as shown.
        gaps: Vec<Vec<Entry>>,
    },
    /// A word of the bank at each gap `[[1]]` of the stem.
    GapMatch {
        /// How many gaps the stem has.
        gaps: usize,
        /// As shown, shuffled; may be more than there are gaps.
        bank: Vec<Entry>,
    },
    /// A region of the figure, or all right ones.
    Hotspot {
        /// The regions that can be chosen; their keys stand at the shapes of the figure.
        regions: Vec<Entry>,
        /// Whether several may be chosen.
        several: bool,
    },
    /// The regions of the figure in the right order.
    GraphicOrder {
        /// The regions; their keys stand at the shapes of the figure.
        regions: Vec<Entry>,
    },
    /// Points on a grid with the same marks along both axes.
    Plot {
        /// The lowest mark.
        from: Number,
        /// The highest mark.
        to: Number,
        /// Distance between marks; a point is always on a mark.
        step: Number,
        /// How many points.
        points: usize,
        /// Whether the points stand for the line through them.
        line: bool,
    },
    /// A box in each blank cell `[[1]]` of a table.
    TableEntry {
        /// Heads of the columns: markup.
        columns: Vec<String>,
        /// Rows of cells: markup, with gaps.
        rows: Vec<Vec<String>>,
        /// What each gap takes.
        cells: Vec<CellKind>,
    },
    /// A large box for a few sentences.
    Written {
        /// The most characters.
        longest: u32,
    },
    /// A file to hand in.
    Upload {
        /// What it may be.
        takes: Vec<FileKind>,
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
            Self::Text => InteractionKind::Text,
            Self::InlineChoice { .. } => InteractionKind::InlineChoice,
            Self::GapMatch { .. } => InteractionKind::GapMatch,
            Self::Hotspot { .. } => InteractionKind::Hotspot,
            Self::GraphicOrder { .. } => InteractionKind::GraphicOrder,
            Self::Plot { .. } => InteractionKind::Plot,
            Self::TableEntry { .. } => InteractionKind::TableEntry,
            Self::Written { .. } => InteractionKind::Written,
            Self::Upload { .. } => InteractionKind::Upload,
        }
    }

    /// How many options, entries or marks there are; 0 for an open answer.
    #[must_use]
    pub fn option_count(&self) -> usize {
        match self {
            Self::Choice { options } | Self::MultipleChoice { options } => options.len(),
            Self::Order { entries } => entries.len(),
            Self::Match { left, .. } => left.len(),
            Self::NumberLine { from, to, step } | Self::Plot { from, to, step, .. } => {
                let steps = (to - from)
                    .divided_by(step)
                    .and_then(|steps| steps.floor().to_i64());
                steps
                    .and_then(|steps| usize::try_from(steps + 1).ok())
                    .unwrap_or(1)
            }
            Self::InlineChoice { gaps } => gaps
                .iter()
                .map(Vec::len)
                .fold(1, |ways, options| ways.saturating_mul(options.max(1))),
            Self::GapMatch { bank, .. } => bank.len(),
            Self::Hotspot { regions, .. } | Self::GraphicOrder { regions } => regions.len(),
            _ => 0,
        }
    }

    /// The chance, from 0 to 1, that a learner who knows nothing is right.
    #[must_use]
    pub fn guess_rate(&self) -> f64 {
        let one_in = |ways: usize| 1.0 / f64::from(u32::try_from(ways.max(1)).unwrap_or(u32::MAX));
        match self {
            Self::InlineChoice { .. } => one_in(self.option_count()),
            // The first gap takes any word of the bank, the next any of the others.
            Self::GapMatch { gaps, bank } => (0..*gaps)
                .map(|taken| one_in(bank.len().saturating_sub(taken)))
                .product(),
            Self::Hotspot {
                regions,
                several: true,
            } => InteractionKind::MultipleChoice.guess_rate(regions.len()),
            // The first point of a line is on it as easily as the second; one point alone says little.
            Self::Plot { line: true, .. } => one_in(self.option_count()),
            Self::Plot { points, .. } => {
                let marks = self.option_count();
                let places = marks.saturating_mul(marks);
                (0..*points)
                    .map(|set| {
                        one_in(places.saturating_sub(set))
                            * f64::from(u32::try_from(points - set).unwrap_or(1))
                    })
                    .product()
            }
            _ => self.kind().guess_rate(self.option_count()),
        }
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

    fn entries(count: usize) -> Vec<Entry> {
        let entry = Entry {
            key: String::new(),
            text: String::new(),
        };
        alloc::vec![entry; count]
    }

    #[test]
    fn guessing_in_parts_is_as_likely_as_all_ways() {
        let number = |text| Number::read(text).unwrap();
        let plot = |points, line| Interaction::Plot {
            from: number("-1"),
            to: number("1"),
            step: number("1"),
            points,
            line,
        };
        for (interaction, rate) in [
            (
                Interaction::InlineChoice {
                    gaps: alloc::vec![entries(3), entries(4)],
                },
                1.0 / 12.0,
            ),
            (
                Interaction::GapMatch {
                    gaps: 2,
                    bank: entries(4),
                },
                1.0 / 12.0,
            ),
            (
                Interaction::Hotspot {
                    regions: entries(5),
                    several: false,
                },
                0.2,
            ),
            (
                Interaction::Hotspot {
                    regions: entries(3),
                    several: true,
                },
                1.0 / 7.0,
            ),
            (
                Interaction::GraphicOrder {
                    regions: entries(3),
                },
                1.0 / 6.0,
            ),
            (plot(1, false), 1.0 / 9.0),
            (plot(2, false), 1.0 / 36.0),
            (plot(2, true), 1.0 / 3.0),
            (Interaction::Text, 0.02),
        ] {
            let guess = interaction.guess_rate();
            assert!((guess - rate).abs() < 1e-15, "{interaction:?}: {guess}");
        }
    }

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
