//! What an answer is and how it is judged: the outcome, the credit, and what it reveals.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};
use trellis_math::tree::Expr;

use crate::framework::MixUpId;

/// An answer as given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Response {
    /// What was typed.
    Text(String),
    /// The key of the option chosen.
    Choice(String),
    /// The keys of all options ticked.
    Choices(Vec<String>),
    /// The keys of all entries, in the order given.
    Order(Vec<String>),
    /// Left and right keys.
    Pairs(Vec<(String, String)>),
    /// A point on a line, as a number: "3/4", "-2".
    Point(String),
    /// What each gap holds, in order: a key of an option, or what was typed; empty for a gap that is not filled.
    Gaps(Vec<String>),
    /// Points on a grid as numbers, each to the right and up.
    Points(Vec<(String, String)>),
    /// A file, which is kept beside the journal.
    File {
        /// 64 hexadecimal digits, which say what is in it, and an ending; empty for none.
        name: String,
        /// Its length.
        bytes: u32,
    },
}

/// What a person has to judge about an answer that the program cannot judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Awaits {
    /// How well it is written, by the item's rubric.
    Rubric,
    /// Whether it means the same as the key: neither was proved.
    Comparison,
}

/// The judgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It is right.
    Right,
    /// It is not.
    Wrong,
    /// A person has to judge it. Until then it is neither right nor wrong.
    Awaits(Awaits),
    /// It cannot be read. This costs no attempt.
    Unreadable {
        /// Bytes from the start of what was typed.
        at: usize,
        /// What is in the way, as a plain sentence.
        what: String,
    },
}

/// A form that was asked for and not given, though the value is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MissedForm {
    /// Something is still to be worked out, as in `1/2 + 1/3` or `12/4`.
    Unfinished,
    /// A fraction not in lowest terms, or no fraction.
    NotSimplest,
    /// Not a mixed number.
    NotMixed,
    /// Brackets to multiply out or like terms to join.
    NotExpanded,
    /// Not a product, or something more to take out.
    NotFactored,
    /// The letter does not stand alone on one side.
    NotSolved,
}

/// A judged response.
#[derive(Debug, Clone, PartialEq)]
pub struct Graded {
    /// The judgement.
    pub outcome: Outcome,
    /// Credit from 0 to 1; 1 exactly when right.
    pub score: f64,
    /// The misconception that it reveals.
    pub mix_up: Option<MixUpId>,
    /// What the author says to it; empty when there is nothing to say.
    pub feedback: String,
    /// The right value in another form than asked for; the score is then one half.
    pub missed_form: Option<MissedForm>,
    /// How a typed answer was read, for "we read this as".
    pub read_as: Option<Expr>,
    /// The right spelling of a word that is right but for one slip of the pen.
    pub spelled: Option<String>,
    /// How many parts of the answer are right, of how many; `None` for an answer without parts.
    pub parts: Option<(usize, usize)>,
}

impl Graded {
    pub(super) fn of(outcome: Outcome, score: f64) -> Self {
        let feedback = String::new();
        Self {
            outcome,
            score,
            mix_up: None,
            feedback,
            missed_form: None,
            read_as: None,
            spelled: None,
            parts: None,
        }
    }

    pub(super) fn right() -> Self {
        Self::of(Outcome::Right, 1.0)
    }

    pub(super) fn wrong(score: f64) -> Self {
        Self::of(Outcome::Wrong, score)
    }

    pub(super) fn unreadable(at: usize, what: &str) -> Self {
        Self::of(
            Outcome::Unreadable {
                at,
                what: what.to_string(),
            },
            0.0,
        )
    }

    /// For a person to judge.
    pub(super) fn awaits(what: Awaits) -> Self {
        Self::of(Outcome::Awaits(what), 0.0)
    }

    /// Right when all parts are, else the share of those that are.
    pub(super) fn of_parts(hits: usize, all: usize) -> Self {
        let mut graded = if hits == all && all > 0 {
            Self::right()
        } else {
            Self::wrong(share(hits, all))
        };
        graded.parts = Some((hits, all));
        graded
    }

    /// Whether it is right.
    #[must_use]
    pub fn is_right(&self) -> bool {
        self.outcome == Outcome::Right
    }

    /// Whether it counts as an attempt: what cannot be read, or waits for a person, does not.
    #[must_use]
    pub fn costs_attempt(&self) -> bool {
        matches!(self.outcome, Outcome::Right | Outcome::Wrong)
    }
}

/// A part of a whole, 0 to 1.
pub(super) fn share(part: usize, of: usize) -> f64 {
    let part = f64::from(u32::try_from(part).unwrap_or(u32::MAX));
    part / f64::from(u32::try_from(of.max(1)).unwrap_or(u32::MAX))
}
