//! A course: a teacher's or publisher's way through a framework, in units, with stories to choose from.

use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::{Competency, CompetencyId, CourseId, Framework, InterestId, ItemId, UnitId};

/// A story world that a learner may choose for items ("Cooking").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interest {
    /// Its id, as used by item contexts.
    pub id: InterestId,
    /// Its name on pages.
    pub title: String,
}

/// What a learner chose: no story, or one of the course's interests.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub enum InterestKind {
    /// The item's own stem.
    #[default]
    None,
    /// A story of this interest where an item has one.
    Chosen(InterestId),
}

/// A part of a course: some competencies in the order of teaching.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// The name of its folder.
    pub id: UnitId,
    /// Its name on pages.
    pub title: String,
    /// One or two sentences: what it is about.
    pub summary: String,
    /// Its competencies, in the order of teaching. A competency may come back in a later unit.
    pub competencies: Vec<CompetencyId>,
    /// The items of a lesson, in order, where the unit is one that is worked through from start to end, as in an
    /// imported textbook. Empty for units whose items are chosen for the learner.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemId>,
}

/// A way through a framework: scope and sequence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// Unique on a site.
    pub id: CourseId,
    /// Its name on pages.
    pub title: String,
    /// School grades it is made for, such as "4".
    pub grades: Vec<String>,
    /// School subject, such as "mathematics".
    pub subject: String,
    /// Language of its texts, as a BCP 47 tag.
    pub language: String,
    /// Licence of its texts, as an SPDX id.
    pub licence: String,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// The competencies and their links.
    pub framework: Framework,
    /// Stories to choose from.
    pub interests: Vec<Interest>,
    /// The units in order.
    pub units: Vec<Unit>,
}

impl Course {
    /// A competency by id.
    #[must_use]
    pub fn competency(&self, id: &CompetencyId) -> Option<&Competency> {
        self.framework.competency(id)
    }

    /// An interest by id.
    #[must_use]
    pub fn interest(&self, id: &InterestId) -> Option<&Interest> {
        self.interests.iter().find(|interest| interest.id == *id)
    }

    /// The unit that teaches a competency: the first, when several do.
    #[must_use]
    pub fn unit_of(&self, id: &CompetencyId) -> Option<&Unit> {
        self.units
            .iter()
            .find(|unit| unit.competencies.contains(id))
    }

    /// All competencies in the order of teaching: unit after unit, each where it comes first.
    pub fn sequence(&self) -> impl Iterator<Item = &CompetencyId> {
        let mut seen = BTreeSet::new();
        let all = self.units.iter().flat_map(|unit| unit.competencies.iter());
        all.filter(move |id| seen.insert(*id))
    }
}
