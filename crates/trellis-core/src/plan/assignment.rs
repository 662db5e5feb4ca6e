//! What a teacher assigns: questions in a fixed order or in one that follows the answers, the same for several learners or each their own, and how far a
//! learner is with them.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::framework::{CompetencyId, ItemId};
use crate::id::{AssignmentId, AttemptId, DirectiveId};
use crate::time::Timestamp;

/// Most questions of one assignment.
pub const MOST_QUESTIONS: usize = 12;
/// How many assignments a learner has at once; from there on the oldest that is done gives way, or else the oldest.
pub const ASSIGNED_KEPT: usize = 12;

/// One question: the item and what draws its numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Question {
    /// The item.
    pub item: ItemId,
    /// What draws the variant.
    pub seed: u64,
}

/// Questions that a teacher asks of a learner, in their order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Assignment {
    /// What all learners who were given it together have in common.
    pub set: AssignmentId,
    /// The competency that all its questions are about.
    pub competency: CompetencyId,
    /// The questions, at least one.
    pub questions: Vec<Question>,
    /// Whether the next question is the one that fits best by the answers so far, and not the next in order. Programs before did
    /// not say.
    #[serde(default)]
    pub adaptive: bool,
    /// When it should be done; `None` for whenever it suits. Nothing closes then.
    pub due: Option<Timestamp>,
}

/// How a question of an assignment ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ended {
    /// Right at the first try without a hint.
    Alone,
    /// Right, with a hint or after another try.
    Helped,
    /// Not right, or the worked steps were shown.
    NotYet,
    /// A person has to read it first.
    Waits,
}

impl Ended {
    /// All of them, in the order of pages.
    pub const ALL: [Self; 4] = [Self::Alone, Self::Helped, Self::NotYet, Self::Waits];

    /// The name in translation files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::Helped => "helped",
            Self::NotYet => "not-yet",
            Self::Waits => "waits",
        }
    }

    /// How a judged response ended its question.
    pub(crate) fn judged(right: bool, alone: bool) -> Self {
        match (right, alone) {
            (true, true) => Self::Alone,
            (true, false) => Self::Helped,
            (false, _) => Self::NotYet,
        }
    }
}

/// A question of an assignment that is over for a learner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Over {
    /// The directive that carries the assignment.
    pub directive: DirectiveId,
    /// Which question, counted from 0.
    pub place: u32,
    /// The attempt in which it was answered.
    pub attempt: AttemptId,
    /// How it ended.
    pub ended: Ended,
}
