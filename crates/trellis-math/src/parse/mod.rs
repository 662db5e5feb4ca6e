//! Reading: typed answers and LaTeX to the tree, or the place and the reason why not.

mod grammar;
mod latex;
mod signs;
mod token;
mod typed;
mod values;
mod written;

pub use latex::latex;
pub(crate) use token::{greek_letter, greek_name};
pub use typed::typed;

use crate::tree::Span;

/// Why a text could not be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The place, in bytes of the text.
    pub at: Span,
    /// The reason.
    pub problem: Problem,
}

/// The reasons why a text cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// Nothing was written.
    Empty,
    /// Longer than [`crate::tree::LENGTH_LIMIT`] bytes.
    TooLong,
    /// Nested deeper than [`crate::tree::DEPTH_LIMIT`].
    TooDeep,
    /// A sign that has no meaning here.
    UnknownSign,
    /// A LaTeX command or environment outside the subset.
    UnknownCommand,
    /// A sign stands where a value was expected.
    ValueExpected,
    /// The text ends where a value was expected.
    EndedEarly,
    /// A bracket is not closed, or is closed by another kind.
    Unbalanced,
    /// A number that has no value, such as `1.2.3`, or one with too many digits.
    BadNumber,
    /// A function got too few or too many values.
    WrongArguments,
    /// Something follows after the end of the expression.
    Leftover,
    /// A layout that has no value to compute, such as a table of text.
    NotMathematics,
}

impl Problem {
    /// A plain sentence for the person who wrote it.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Empty => "Nothing is written yet.",
            Self::TooLong => "This is too long to read.",
            Self::TooDeep => "This has too many brackets inside each other.",
            Self::UnknownSign => "This sign is not known here.",
            Self::UnknownCommand => "This command is not known here.",
            Self::ValueExpected => "A number or a letter should stand here.",
            Self::EndedEarly => "Something is missing at the end.",
            Self::Unbalanced => "A bracket has no partner.",
            Self::BadNumber => "This number cannot be read.",
            Self::WrongArguments => "This function needs another number of values.",
            Self::Leftover => "This part does not belong to the rest.",
            Self::NotMathematics => "This is not something that can be computed.",
        }
    }
}

/// Which sign parts whole and decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DecimalMark {
    /// `2.5`, and `1,000` for a thousand.
    #[default]
    Point,
    /// `2,5`, and `1.000` for a thousand; values in a list are parted by `;`.
    Comma,
}

/// How to read what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReadOptions {
    /// Which sign parts whole and decimals.
    pub decimal_mark: DecimalMark,
    /// Read single letters after a number as units (`5 m`), not as variables. Longer units are always read.
    pub letter_units: bool,
    /// Read `i` as the imaginary unit.
    pub imaginary: bool,
}
