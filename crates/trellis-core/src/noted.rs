//! What is noted in a learner's plan: goals with their days, small steps, talks about them, and who signed.

use alloc::string::{String, ToString};

use serde::{Deserialize, Serialize};

use crate::access::Deed;
use crate::framework::CompetencyId;
use crate::id::{CheckInId, GoalId, Seq, StepId};
use crate::time::Timestamp;

/// Longest text of a goal, a step or what comes next, in characters.
pub const LONGEST_GOAL: usize = 200;
/// Longest note of a talk, in characters.
pub const LONGEST_CHECK_IN: usize = 1000;

/// How a goal or a step stands. Nothing is deleted: what was let go can be taken up again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// To be done.
    Open,
    /// Done.
    Reached,
    /// Not wanted any more.
    LetGo,
}

impl Standing {
    /// All of them, for tests that demand words for each.
    pub const ALL: [Self; 3] = [Self::Open, Self::Reached, Self::LetGo];

    /// The name in forms and translation files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Reached => "reached",
            Self::LetGo => "let-go",
        }
    }

    /// Reads what [`Standing::key`] writes.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.key() == key)
    }
}

/// One thing that is noted in a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlanNote {
    /// A goal is set.
    GoalSet {
        /// Its id, made by the caller; the same id again changes nothing.
        goal: GoalId,
        /// What is to be reached, in somebody's own words.
        text: String,
        /// The day until which; the beginning of it in UTC.
        due: Timestamp,
        /// The competency that it is about, where it is about one.
        competency: Option<CompetencyId>,
    },
    /// A goal that is open is said in other words. The words of before stay in the note that set it.
    GoalReworded {
        /// The goal.
        goal: GoalId,
        /// What is to be reached, from now on.
        text: String,
    },
    /// A goal is reached, let go, or taken up again.
    GoalStands {
        /// The goal.
        goal: GoalId,
        /// How it stands now.
        standing: Standing,
    },
    /// A goal gets a small step.
    StepAdded {
        /// The goal.
        goal: GoalId,
        /// Its id, made by the caller; the same id again changes nothing.
        step: StepId,
        /// What is to be done.
        text: String,
    },
    /// A step is done, let go, or taken up again.
    StepStands {
        /// The goal.
        goal: GoalId,
        /// The step.
        step: StepId,
        /// How it stands now.
        standing: Standing,
    },
    /// A teacher talked with the learner.
    CheckedIn {
        /// Its id, made by the caller; the same id again changes nothing.
        check_in: CheckInId,
        /// What was talked about.
        said: String,
        /// What comes next; may be empty.
        next: String,
    },
    /// Somebody agrees with the plan as it was after its last change.
    Signed {
        /// The event of that change.
        version: Seq,
    },
}

impl PlanNote {
    /// The right that it needs.
    #[must_use]
    pub fn deed(&self) -> Deed {
        match self {
            Self::GoalSet { .. }
            | Self::GoalReworded { .. }
            | Self::GoalStands { .. }
            | Self::StepAdded { .. }
            | Self::StepStands { .. } => Deed::Plan,
            Self::CheckedIn { .. } => Deed::CheckIn,
            Self::Signed { .. } => Deed::SignPlan,
        }
    }

    /// The same without spaces around what was typed.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let mut note = self.clone();
        for text in note.texts_mut().into_iter().flatten() {
            *text = text.trim().to_string();
        }
        note
    }

    fn texts_mut(&mut self) -> [Option<&mut String>; 2] {
        match self {
            Self::GoalSet { text, .. }
            | Self::GoalReworded { text, .. }
            | Self::StepAdded { text, .. } => [Some(text), None],
            Self::CheckedIn { said, next, .. } => [Some(said), Some(next)],
            Self::GoalStands { .. } | Self::StepStands { .. } | Self::Signed { .. } => [None, None],
        }
    }

    /// What was typed; what may be empty comes second.
    #[must_use]
    pub fn texts(&self) -> [&str; 2] {
        match self {
            Self::GoalSet { text, .. }
            | Self::GoalReworded { text, .. }
            | Self::StepAdded { text, .. } => [text, ""],
            Self::CheckedIn { said, next, .. } => [said, next],
            Self::GoalStands { .. } | Self::StepStands { .. } | Self::Signed { .. } => ["", ""],
        }
    }
}
