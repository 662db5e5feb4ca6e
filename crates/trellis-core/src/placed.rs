//! What is kept of a placement: its questions with what was answered, and what it takes as known.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::framework::{CompetencyId, CourseId};

/// One question of a placement, answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// What it was about.
    pub competency: CompetencyId,
    /// Right at the first try.
    pub right: bool,
    /// The chance of a right answer without knowing, 0 to 1.
    pub guess: f64,
}

/// A placement that is not over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Placing {
    /// The course.
    pub course: CourseId,
    /// What the crowd of states is drawn with.
    pub seed: u64,
    /// The questions so far.
    pub asked: Vec<Asked>,
}

/// A competency that a placement takes as known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Placed {
    /// The competency.
    pub competency: CompetencyId,
    /// The chance that it is known, as of the end of the placement.
    pub chance: f64,
}

/// Why a placement is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyOver {
    /// Little is left to find out.
    Sure,
    /// All questions were asked.
    Asked,
    /// The learner stopped.
    Stopped,
    /// The learner did not want to begin.
    Skipped,
}

impl WhyOver {
    /// The name under which the translation files keep the words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Sure => "sure",
            Self::Asked => "asked",
            Self::Stopped => "stopped",
            Self::Skipped => "skipped",
        }
    }
}
