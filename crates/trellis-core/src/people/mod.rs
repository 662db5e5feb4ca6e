//! People and places, in the words of OneRoster: persons with a role, sections, enrolments, guardians.

mod matter;
pub mod survey;

use alloc::string::String;
use serde::{Deserialize, Serialize};

use crate::id::{PersonId, SectionId};

pub use matter::{About, Answered, LONGEST_MATTER, MOST_WAITING_MATTERS, Matter, MatterKind};

/// What a person is to the school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Someone who learns; a page calls them a student.
    Learner,
    /// A parent or another adult who answers for a learner.
    Guardian,
    /// Someone who teaches a section.
    Teacher,
    /// Someone who leads a school or the district.
    Leader,
    /// The one who runs the machine.
    Operator,
}

impl Role {
    /// All roles, for tables and tests.
    pub const ALL: [Self; 5] = [
        Self::Learner,
        Self::Guardian,
        Self::Teacher,
        Self::Leader,
        Self::Operator,
    ];

    /// The name in tables and files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Learner => "learner",
            Self::Guardian => "guardian",
            Self::Teacher => "teacher",
            Self::Leader => "leader",
            Self::Operator => "operator",
        }
    }

    /// Reads what [`Role::name`] writes.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}

/// A person as the roster knows them. Names stay in the roster, out of the journal, so that they can be erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The person's id.
    pub id: PersonId,
    /// The id in the system that the roster came from.
    pub sourced_id: String,
    /// The name that pages call the person by.
    pub given_name: String,
    /// The family name, shown to staff.
    pub family_name: String,
    /// The person's role.
    pub role: Role,
}

/// A section: one class in one term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// The section's id.
    pub id: SectionId,
    /// The id in the system that the roster came from.
    pub sourced_id: String,
    /// What people call it, such as `5B Mathematics`.
    pub title: String,
    /// The course that its learners take.
    pub course: String,
    /// The code that learners type to find their class, four letters or digits.
    pub class_code: String,
}

/// Somebody belongs to a section, as a learner or as a teacher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrollment {
    /// The section.
    pub section: SectionId,
    /// The person.
    pub person: PersonId,
    /// Learner or teacher.
    pub role: Role,
}

/// A guardian answers for a learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guardianship {
    /// The adult.
    pub guardian: PersonId,
    /// The child.
    pub learner: PersonId,
}
