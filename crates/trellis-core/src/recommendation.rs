//! Advice, why it was given and what else was weighed: data that is stored whole; words are made at the edge.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::framework::CompetencyId;
use crate::id::{DirectiveId, Seq};

/// What a stop or an attempt is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Learn something that is open and not mastered.
    Learn,
    /// Keep something mastered from fading.
    Review,
    /// The learner's own pick.
    Choice,
    /// A few items without hints: let me prove it.
    Proof,
    /// Work through a lesson in its own order.
    Lesson,
    /// Find where to start in a course.
    Placement,
    /// Questions that a teacher chose.
    Assigned,
}

impl Purpose {
    /// Whether an item is asked once, without hints: to find out, not to learn.
    #[must_use]
    pub const fn asks_once(self) -> bool {
        matches!(self, Self::Proof | Self::Placement)
    }
}

/// One reason, as data. Each has words for each reader; a test demands them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Everything that comes before is mastered.
    Ready {
        /// What comes before; empty for a beginning.
        after: Vec<CompetencyId>,
    },
    /// Mastered, and recall is fading.
    ReviewDue {
        /// Days since the last answer.
        days: u32,
        /// The chance of remembering now, in tenths.
        recall_tenths: u8,
    },
    /// Close to mastery.
    Close {
        /// How many right answers in a row would master it, as the model sees it.
        right_needed: u8,
    },
    /// Begun lately and not finished.
    Begun {
        /// First tries so far.
        tries: u32,
    },
    /// It opens others.
    Opens {
        /// How many competencies wait for it directly.
        count: u32,
    },
    /// The teacher asked for it.
    TeacherAsked {
        /// The directive.
        directive: DirectiveId,
    },
    /// The teacher opened it early.
    TeacherOpened {
        /// The directive.
        directive: DirectiveId,
    },
    /// It comes next in the course, and the teacher wants the course's order.
    CourseOrder,
    /// Choosing by the learner's answers is off, and it comes next in the course.
    FixedPath {
        /// The directive.
        directive: DirectiveId,
    },
    /// The family does not want the learner's answers to choose, and it comes next in the course.
    FamilysPath,
    /// The learner picks.
    YouPick,
    /// The learner wants to prove it.
    YouProve,
}

impl Reason {
    /// The name under which the translation files keep the words.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Ready { .. } => "ready",
            Self::ReviewDue { .. } => "review-due",
            Self::Close { .. } => "close",
            Self::Begun { .. } => "begun",
            Self::Opens { .. } => "opens",
            Self::TeacherAsked { .. } => "teacher-asked",
            Self::TeacherOpened { .. } => "teacher-opened",
            Self::CourseOrder => "course-order",
            Self::FixedPath { .. } => "fixed-path",
            Self::FamilysPath => "familys-path",
            Self::YouPick => "you-pick",
            Self::YouProve => "you-prove",
        }
    }

    /// The names of all reasons.
    pub const KEYS: [&'static str; 12] = [
        "ready",
        "review-due",
        "close",
        "begun",
        "opens",
        "teacher-asked",
        "teacher-opened",
        "course-order",
        "fixed-path",
        "familys-path",
        "you-pick",
        "you-prove",
    ];
}

/// One part of a score. The parts of a candidate add up to its score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Term {
    /// Expected gain in the chance of knowing, per minute.
    Gain(f64),
    /// Expected forgetting averted, per minute.
    Averted(f64),
    /// What it opens.
    Opening(f64),
    /// It was begun lately.
    Continuing(f64),
    /// The teacher asked for it.
    Asked(f64),
}

impl Term {
    /// The value that goes into the score.
    #[must_use]
    pub fn value(self) -> f64 {
        match self {
            Self::Gain(value)
            | Self::Averted(value)
            | Self::Opening(value)
            | Self::Continuing(value)
            | Self::Asked(value) => value,
        }
    }
}

/// Something that was weighed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Considered {
    /// The competency.
    pub competency: CompetencyId,
    /// To learn or to review.
    pub purpose: Purpose,
    /// The sum of the terms; zero on a fixed path, where nothing but a teacher's wish is weighed.
    pub score: f64,
    /// What the score is made of.
    pub terms: Vec<Term>,
}

/// One stop of a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stop {
    /// What it is for.
    pub purpose: Purpose,
    /// The competency; `None` where the learner picks.
    pub competency: Option<CompetencyId>,
    /// What there is to pick from; empty unless the learner picks.
    pub choices: Vec<CompetencyId>,
    /// About how many minutes.
    pub minutes: u32,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// Which rules and data made an advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// The policy.
    pub policy: String,
    /// The learner model.
    pub model: String,
    /// The content: a hash over the catalog.
    pub content: u64,
}

/// Advice for a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recommendation {
    /// Two to four stops; fewer when there is nothing left to do.
    pub stops: Vec<Stop>,
    /// All that was weighed, best first.
    pub considered: Vec<Considered>,
    /// The learner's state that it was made from: the last event in it.
    pub state: Seq,
    /// Which rules and data made it.
    pub versions: Versions,
    /// The probability of this very choice where chance took part; 1 where none did.
    pub propensity: f64,
}
