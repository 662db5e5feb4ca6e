//! What the system may decide alone: nothing, nothing without a yes, or the next step.

use serde::{Deserialize, Serialize};

/// What the system may decide alone for a learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Nothing: students follow the course, and what it would have advised is kept to be compared.
    Shadow,
    /// Nothing without a yes: students follow the course until the teacher agrees to what it suggests.
    Suggest,
    /// The next step: it advises students, and the teacher can overrule it.
    #[default]
    Assist,
}

impl Mode {
    /// All modes, from the least to the most.
    pub const ALL: [Self; 3] = [Self::Shadow, Self::Suggest, Self::Assist];

    /// The mode of most of a class: everybody's, unless somebody joined since. Of equals the one that decides less.
    #[must_use]
    pub fn of_most(of_learners: impl Iterator<Item = Self> + Clone) -> Self {
        let count = |mode: Self| of_learners.clone().filter(|one| *one == mode).count();
        let least_first = Self::ALL.into_iter().rev();
        least_first
            .max_by_key(|mode| count(*mode))
            .unwrap_or_default()
    }

    /// The name in forms and translation files.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Shadow => "shadow",
            Self::Suggest => "suggest",
            Self::Assist => "assist",
        }
    }

    /// Reads what [`Mode::key`] writes.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mode_is_read_as_it_is_written() {
        for mode in Mode::ALL {
            assert_eq!(Mode::from_key(mode.key()), Some(mode));
        }
        assert_eq!(Mode::from_key("reign"), None);
    }
}
