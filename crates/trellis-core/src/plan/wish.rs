//! What a learner says of a question: too easy, too hard, or how sure they are. It moves the next question a little, seldom,
//! and never the ones that decide mastery.

use serde::{Deserialize, Serialize};

use crate::framework::CompetencyId;

/// What a learner says of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Felt {
    /// Too easy.
    TooEasy,
    /// Too hard.
    TooHard,
    /// Guessed.
    Guessed,
    /// Thinks so.
    ThinksSo,
    /// Sure.
    Sure,
}

impl Felt {
    /// All of it, for forms and tests.
    pub const ALL: [Self; 5] = [
        Self::TooEasy,
        Self::TooHard,
        Self::Guessed,
        Self::ThinksSo,
        Self::Sure,
    ];

    /// The name in forms and translation files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::TooEasy => "too-easy",
            Self::TooHard => "too-hard",
            Self::Guessed => "guessed",
            Self::ThinksSo => "thinks-so",
            Self::Sure => "sure",
        }
    }

    /// Reads what [`Felt::key`] writes.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|felt| felt.key() == key)
    }

    /// By how many levels it moves the next question.
    #[must_use]
    pub fn shift(self) -> i8 {
        match self {
            Self::TooEasy => 1,
            Self::TooHard => -1,
            Self::Guessed | Self::ThinksSo | Self::Sure => 0,
        }
    }

    /// Whether it says how sure somebody is of an answer.
    #[must_use]
    pub fn is_sureness(self) -> bool {
        self.shift() == 0
    }
}

/// After a question that was moved, so many come as they always would before another one can be.
pub const QUESTIONS_AS_USUAL: u8 = 3;

/// What a learner wished for in one competency, and how long no other wish counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// The competency.
    pub competency: CompetencyId,
    /// By how many levels the next question is moved; 0 once that has happened.
    pub shift: i8,
    /// Questions that still come as usual after it.
    pub as_usual: u8,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_read_as_it_is_written() {
        for felt in Felt::ALL {
            assert_eq!(Felt::from_key(felt.key()), Some(felt));
        }
        assert_eq!(Felt::from_key("bored"), None);
    }
}
