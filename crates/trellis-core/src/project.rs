//! Projects: longer work with checkpoints that a teacher gives to a class and scores by a rubric, and what such a score says about
//! competencies.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::estimate::Believed;
use crate::framework::{CompetencyId, ItemId};
use crate::id::ProjectId;
use crate::refusal::Refusal;
use crate::score::Evidence;
use crate::time::Timestamp;

/// Longest title of a project, a checkpoint or a criterion, in characters.
pub const LONGEST_TITLE: usize = 120;
/// Longest text of what a project is about, of a level, or of what is handed in, in characters.
pub const LONGEST_TEXT: usize = 4000;
/// Most checkpoints of a project.
pub const MOST_CHECKPOINTS: usize = 8;
/// Most criteria of its rubric.
pub const MOST_CRITERIA: usize = 8;
/// Most levels of a criterion: the steps of the ready rubric.
pub const MOST_LEVELS: usize = 8;

/// The skills of the ready rubric, by the names under which the translation files keep their words. They are in no course, so
/// they move no estimate.
pub const SKILLS: [&str; 6] = ["claim", "evidence", "model", "explain", "check", "together"];

/// A place on the way of a project at which something is handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// What is handed in.
    pub title: String,
    /// The day until which, if one is named.
    pub due: Option<Timestamp>,
}

/// What a project is looked at for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectCriterion {
    /// Its name.
    pub title: String,
    /// What work at each level does, from the least on; a level's place is its points.
    pub levels: Vec<String>,
    /// The competency of a course that it speaks for, if it does.
    pub competency: Option<CompetencyId>,
}

impl ProjectCriterion {
    /// The most points that it gives.
    #[must_use]
    pub fn most(&self) -> u8 {
        u8::try_from(self.levels.len().saturating_sub(1)).unwrap_or(u8::MAX)
    }
}

/// A project as a teacher wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// Its title.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// In their order; at least one.
    pub checkpoints: Vec<Checkpoint>,
    /// The rubric; at least one criterion.
    pub criteria: Vec<ProjectCriterion>,
}

impl Project {
    /// Whether a class can be given it.
    ///
    /// # Errors
    /// [`Refusal::NothingSaid`] when a title, a checkpoint, a criterion or a level is missing, [`Refusal::TooLong`] when there is
    /// too much of something.
    pub fn check(&self) -> Result<(), Refusal> {
        let titles = [&self.title]
            .into_iter()
            .chain(self.checkpoints.iter().map(|checkpoint| &checkpoint.title))
            .chain(self.criteria.iter().map(|criterion| &criterion.title));
        let levels = self.criteria.iter().flat_map(|criterion| &criterion.levels);
        let has_levels = |criterion: &ProjectCriterion| criterion.levels.len() >= 2;
        if titles
            .clone()
            .chain(levels.clone())
            .any(|text| text.trim().is_empty())
            || self.checkpoints.is_empty()
            || self.criteria.is_empty()
            || !self.criteria.iter().all(has_levels)
        {
            return Err(Refusal::NothingSaid);
        }
        let long = |text: &String, most: usize| text.chars().count() > most;
        let many = |criterion: &ProjectCriterion| criterion.levels.len() > MOST_LEVELS;
        if titles.into_iter().any(|text| long(text, LONGEST_TITLE))
            || levels.into_iter().any(|text| long(text, LONGEST_TITLE))
            || long(&self.about, LONGEST_TEXT)
            || self.checkpoints.len() > MOST_CHECKPOINTS
            || self.criteria.len() > MOST_CRITERIA
            || self.criteria.iter().any(many)
        {
            return Err(Refusal::TooLong);
        }
        Ok(())
    }

    /// The points for each criterion, ready for the command that scores.
    ///
    /// # Errors
    /// [`Refusal::NotInRubric`] when there is not one number for each criterion, each of a level.
    pub fn scored(&self, points: &[u8]) -> Result<Vec<Scored>, Refusal> {
        if points.len() != self.criteria.len() {
            return Err(Refusal::NotInRubric);
        }
        let pairs = self.criteria.iter().zip(points);
        pairs
            .map(|(criterion, points)| {
                let most = criterion.most();
                if *points > most {
                    return Err(Refusal::NotInRubric);
                }
                Ok(Scored {
                    title: criterion.title.clone(),
                    competency: criterion.competency.clone(),
                    points: *points,
                    most,
                })
            })
            .collect()
    }
}

/// The points for one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scored {
    /// The criterion's name.
    pub title: String,
    /// The competency that it speaks for, if it does.
    pub competency: Option<CompetencyId>,
    /// The points.
    pub points: u8,
    /// The most that there are.
    pub most: u8,
}

/// The points for one criterion, with what they say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScoredCriterion {
    /// The criterion's name.
    pub title: String,
    /// The points.
    pub points: u8,
    /// The most that there are.
    pub most: u8,
    /// What they say about a competency; nothing where the criterion speaks for none.
    pub says: Option<Says>,
}

/// What the points for a criterion say about a competency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Says {
    /// The competency.
    pub competency: CompetencyId,
    /// As the learner model hears it.
    pub evidence: Evidence,
    /// What was believed before all of the criteria.
    pub before: Believed,
    /// What is believed after all of them.
    pub after: Believed,
}

/// The name under which the learner model keeps what it learns of a project.
#[must_use]
pub fn item_of(project: ProjectId) -> ItemId {
    ItemId::new(&format!("project-{project}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use alloc::vec;

    fn project() -> Project {
        let level = |text: &str| text.to_string();
        Project {
            title: level("A bridge of paper"),
            about: String::new(),
            checkpoints: vec![Checkpoint {
                title: level("A sketch"),
                due: None,
            }],
            criteria: vec![ProjectCriterion {
                title: level("Fractions in the plan"),
                levels: vec![level("none"), level("some"), level("all")],
                competency: None,
            }],
        }
    }

    #[test]
    fn a_project_says_all_that_a_class_needs() {
        assert_eq!(project().check(), Ok(()));
        let without: [fn(&mut Project); 6] = [
            |project| project.title = String::from("  "),
            |project| project.checkpoints.clear(),
            |project| project.criteria.clear(),
            |project| project.criteria[0].levels.truncate(1),
            |project| project.criteria[0].levels[2].clear(),
            |project| project.checkpoints[0].title.clear(),
        ];
        for spoil in without {
            let mut spoiled = project();
            spoil(&mut spoiled);
            assert_eq!(spoiled.check(), Err(Refusal::NothingSaid), "{spoiled:?}");
        }
        let too_much: [fn(&mut Project); 4] = [
            |project| project.about = "a".repeat(LONGEST_TEXT + 1),
            |project| project.title = "a".repeat(LONGEST_TITLE + 1),
            |project| project.checkpoints = vec![project.checkpoints[0].clone(); 9],
            |project| project.criteria[0].levels = vec![String::from("x"); 9],
        ];
        for spoil in too_much {
            let mut spoiled = project();
            spoil(&mut spoiled);
            assert_eq!(spoiled.check(), Err(Refusal::TooLong), "{spoiled:?}");
        }
    }

    #[test]
    fn points_are_those_of_levels() {
        let project = project();
        assert_eq!(project.criteria[0].most(), 2);
        assert!(project.scored(&[2]).is_ok());
        for wrong in [&[3][..], &[], &[1, 1]] {
            assert_eq!(project.scored(wrong), Err(Refusal::NotInRubric));
        }
    }
}
