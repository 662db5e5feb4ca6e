//! What is meant to happen: what a teacher decided for a learner. A directive always wins over the policy.

pub mod assignment;
pub mod cards;
pub mod groups;
pub mod live;
mod mode;
pub mod preview;
pub mod questions;
pub mod trust;
mod wish;

use alloc::string::String;

pub use assignment::Assignment;
pub use mode::Mode;
pub use wish::{Felt, QUESTIONS_AS_USUAL, Wish};

use serde::{Deserialize, Serialize};

use crate::framework::CompetencyId;
use crate::id::{DirectiveId, PersonId};
use crate::time::Timestamp;

/// What a teacher can decide about one competency of one learner, or about how the learner goes through a course.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DirectiveKind {
    /// Count it as mastered: I have seen it.
    CountAsMastered(CompetencyId),
    /// Do not count it as mastered yet: I have doubts.
    NotYet(CompetencyId),
    /// Do this next.
    DoNext(CompetencyId),
    /// Open it although something before it is not mastered.
    Open(CompetencyId),
    /// Not now.
    Close(CompetencyId),
    /// Leave it out: it is not advised, and what waits for it opens without anybody saying that it is mastered.
    Skip(CompetencyId),
    /// Pace: nothing that comes after it in its course, for now.
    UpTo(CompetencyId),
    /// Order: whatever comes up to it is learned in the order of the course.
    InOrder(CompetencyId),
    /// Do these questions.
    Assigned(Assignment),
    /// No choosing by the learner's answers: the course in its own order, from the first step that is not finished.
    FixedPath,
}

impl DirectiveKind {
    /// The competency that the directive is about; a fixed path is about none.
    #[must_use]
    pub fn competency(&self) -> Option<&CompetencyId> {
        match self {
            Self::CountAsMastered(id)
            | Self::NotYet(id)
            | Self::DoNext(id)
            | Self::Open(id)
            | Self::Close(id)
            | Self::Skip(id)
            | Self::UpTo(id)
            | Self::InOrder(id) => Some(id),
            Self::Assigned(assignment) => Some(&assignment.competency),
            Self::FixedPath => None,
        }
    }

    /// Whether somebody who decides it for a class says why: it says what students know without their answers, or keeps a step
    /// from them.
    #[must_use]
    pub fn wants_reason(&self) -> bool {
        match self {
            Self::CountAsMastered(_) | Self::NotYet(_) | Self::Close(_) | Self::Skip(_) => true,
            Self::DoNext(_)
            | Self::Open(_)
            | Self::UpTo(_)
            | Self::InOrder(_)
            | Self::Assigned(_)
            | Self::FixedPath => false,
        }
    }

    /// The name of [`DirectiveKind::FixedPath`].
    pub const FIXED_PATH: &'static str = "fixed-path";

    /// The names of all kinds that a competency is enough for, in the order of forms: the path, the pace and the order, then
    /// the level.
    pub const NAMES: [&'static str; 8] = [
        "do-next",
        "open",
        "close",
        "skip",
        "up-to",
        "in-order",
        "count-as-mastered",
        "not-yet",
    ];

    /// A short name for forms and translation files.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::CountAsMastered(_) => "count-as-mastered",
            Self::NotYet(_) => "not-yet",
            Self::DoNext(_) => "do-next",
            Self::Open(_) => "open",
            Self::Close(_) => "close",
            Self::Skip(_) => "skip",
            Self::UpTo(_) => "up-to",
            Self::InOrder(_) => "in-order",
            Self::Assigned(_) => "assigned",
            Self::FixedPath => Self::FIXED_PATH,
        }
    }

    /// Reads what [`DirectiveKind::name`] writes, of the kinds that a competency is enough for.
    #[must_use]
    pub fn from_name(name: &str, competency: CompetencyId) -> Option<Self> {
        Some(match name {
            "count-as-mastered" => Self::CountAsMastered(competency),
            "not-yet" => Self::NotYet(competency),
            "do-next" => Self::DoNext(competency),
            "open" => Self::Open(competency),
            "close" => Self::Close(competency),
            "skip" => Self::Skip(competency),
            "up-to" => Self::UpTo(competency),
            "in-order" => Self::InOrder(competency),
            _ => return None,
        })
    }

    /// Whether `self` replaces `other`: the same competency, and both about the level, the path, the pace or the order. An
    /// assignment replaces nothing.
    #[must_use]
    pub fn replaces(&self, other: &Self) -> bool {
        !matches!(self, Self::Assigned(_))
            && self.competency() == other.competency()
            && self.matter() == other.matter()
    }

    /// What it is about; of decisions on one competency about the same, the latest counts.
    fn matter(&self) -> u8 {
        match self {
            Self::CountAsMastered(_) | Self::NotYet(_) => 0,
            Self::DoNext(_) | Self::Open(_) | Self::Close(_) | Self::Skip(_) => 1,
            Self::UpTo(_) => 2,
            Self::InOrder(_) => 3,
            Self::Assigned(_) => 4,
            Self::FixedPath => 5,
        }
    }
}

/// A directive in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directive {
    /// Its id.
    pub id: DirectiveId,
    /// What was decided.
    pub kind: DirectiveKind,
    /// Who decided.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Why, in the teacher's words; may be empty.
    pub note: String,
}
