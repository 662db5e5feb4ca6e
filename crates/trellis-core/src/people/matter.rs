//! Matters: what a student, a family or a teacher raises, and what a person has to answer.

use alloc::string::String;

use crate::access::Relation;
use crate::framework::CompetencyId;
use crate::id::{MatterId, PersonId, SectionId};
use crate::time::Timestamp;

/// Longest text of a matter or of its answer, in characters.
pub const LONGEST_MATTER: usize = 1000;
/// Most matters of one kind about one learner, or of one teacher, that may wait at once.
pub const MOST_WAITING_MATTERS: u32 = 3;

/// What is raised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatterKind {
    /// A student does not agree with the level that a page shows.
    Disagreement,
    /// A student asks to show what they know of a competency, in whatever way the teacher finds good.
    Assessment,
    /// A family asks something.
    Question,
    /// A family says that something is wrong.
    Objection,
    /// A teacher asks for help, privately.
    Support,
}

impl MatterKind {
    /// All kinds, for tests that demand words for each.
    pub const ALL: [Self; 5] = [
        Self::Disagreement,
        Self::Assessment,
        Self::Question,
        Self::Objection,
        Self::Support,
    ];

    /// The name in tables, forms and translation files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Disagreement => "disagreement",
            Self::Assessment => "assessment",
            Self::Question => "question",
            Self::Objection => "objection",
            Self::Support => "support",
        }
    }

    /// Reads what [`MatterKind::key`] writes.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// Who raises it, as they stand to the learner or section that it is about.
    #[must_use]
    pub fn raised_by(self) -> Relation {
        match self {
            Self::Disagreement | Self::Assessment => Relation::Own,
            Self::Question | Self::Objection => Relation::GuardianOf,
            Self::Support => Relation::TeacherOf,
        }
    }

    /// Who answers it.
    #[must_use]
    pub fn answered_by(self) -> Relation {
        match self {
            Self::Disagreement | Self::Assessment | Self::Question | Self::Objection => {
                Relation::TeacherOf
            }
            Self::Support => Relation::LeaderOf,
        }
    }
}

/// What a matter is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A learner.
    Learner(PersonId),
    /// A section: what its teacher needs help with.
    Section(SectionId),
}

/// An answer by a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// Who.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// What was said.
    pub said: String,
}

/// Something that was raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// Its id, made by the caller.
    pub id: MatterId,
    /// What it is.
    pub kind: MatterKind,
    /// What it is about.
    pub about: About,
    /// The competency whose level is not agreed with.
    pub competency: Option<CompetencyId>,
    /// Who raised it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// What was said; may be empty where there is a competency.
    pub said: String,
    /// The answer; `None` while it waits.
    pub answered: Option<Answered>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_read_as_it_is_written_and_nobody_answers_themself() {
        for kind in MatterKind::ALL {
            assert_eq!(MatterKind::from_key(kind.key()), Some(kind));
            assert_ne!(kind.raised_by(), kind.answered_by());
        }
        assert_eq!(MatterKind::from_key("praise"), None);
    }
}
