//! What a family allows beyond what teaching asks for, purpose by purpose. Nothing of it is needed to learn here: who says no
//! goes the same course to the same mastery.

use serde::{Deserialize, Serialize};

/// What something of a learner is used for, and a family may say no to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Use {
    /// Answers choose which step and question come next. Without it the learner goes a fixed path.
    Choosing,
    /// What the learner likes chooses the stories that questions are told in.
    Stories,
    /// Answers, without a name, are counted with those of others to see how good the program's guesses are and to mend them.
    Improving,
}

impl Use {
    /// All of them, in the order in which families read them.
    pub const ALL: [Self; 3] = [Self::Choosing, Self::Stories, Self::Improving];

    /// The name in forms and translation files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Choosing => "choosing",
            Self::Stories => "stories",
            Self::Improving => "improving",
        }
    }

    /// The purpose of a name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.key() == key)
    }
}
