//! How answers are judged, and what they say about competencies: what events carry of it.

use serde::{Deserialize, Serialize};

use crate::estimate::Circumstances;
use crate::framework::MixUpId;
use crate::id::{AnswerId, Seq};

/// How a response was judged, once it could be read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Whether it is right.
    pub right: bool,
    /// The share that is right, 0 to 1.
    pub share: f64,
    /// The misconception that the answer shows.
    pub mix_up: Option<MixUpId>,
}

/// What a response says about a competency: everything that the learner model is told, so that a fold of the events
/// needs no content.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The chance of a right answer without knowing, 0 to 1: from the kind of interaction, or from earlier answers.
    pub guess: f64,
    /// The chance of a wrong answer although knowing, 0 to 1.
    pub slip: f64,
    /// How hard the item was said to be by the model that ran then: log-odds of a right answer by an average learner,
    /// lucky guesses included. Programs before additive models did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub difficulty: Option<f64>,
    /// Hints seen before this response.
    pub hints: u8,
    /// Earlier responses in this attempt.
    pub earlier: u8,
    /// Seconds since the last response on the competency; `None` for the first.
    pub gap_s: Option<u64>,
    /// Whether it was right; a solution shown without a response counts as not right.
    pub right: bool,
}

impl Evidence {
    /// What a response says that came about like this.
    #[must_use]
    pub fn of(circumstances: &Circumstances, right: bool) -> Self {
        let Circumstances {
            guess,
            slip,
            difficulty,
            hints,
            earlier,
            gap_s,
        } = *circumstances;
        Self {
            guess,
            slip,
            difficulty,
            hints,
            earlier,
            gap_s,
            right,
        }
    }
}

/// How an answer counts that was judged anew.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rescoring {
    /// Which answer.
    pub answer: AnswerId,
    /// How it counts from now on, as if it had counted so from the start.
    pub score: Score,
}

/// A moment at which a competency was mastered or doubted, as its answers count now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The event after which it was so.
    pub at: Seq,
    /// Mastered, or doubted after having been mastered.
    pub mastered: bool,
}
