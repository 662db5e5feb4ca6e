//! Rubrics: by which a person scores an answer, in criteria with levels.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

/// One level of a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RubricLevel {
    /// What it gives.
    pub points: u8,
    /// What an answer at this level does: markup of [`super::markup`].
    pub says: String,
}

/// One thing that an answer is looked at for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Its name; empty where the rubric has only one.
    pub name: String,
    /// From the fewest points to the most; at least two.
    pub levels: Vec<RubricLevel>,
}

impl Criterion {
    /// The most points that it gives.
    #[must_use]
    pub fn most(&self) -> u8 {
        self.levels.last().map_or(0, |level| level.points)
    }

    /// The level that gives so many points.
    #[must_use]
    pub fn level(&self, points: u8) -> Option<&RubricLevel> {
        self.levels.iter().find(|level| level.points == points)
    }
}

/// How a person scores an answer: one criterion or a few.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rubric {
    /// They.
    pub criteria: Vec<Criterion>,
}

impl Rubric {
    /// One point or none, for what is only right or not. The levels say nothing: what they mean has no author.
    #[must_use]
    pub fn right_or_not() -> Self {
        let level = |points| RubricLevel {
            points,
            says: String::new(),
        };
        Self {
            criteria: alloc::vec![Criterion {
                name: String::new(),
                levels: alloc::vec![level(0), level(1)],
            }],
        }
    }

    /// Whether there is one number of points for each criterion, each of a level.
    #[must_use]
    pub fn allows(&self, points: &[u8]) -> bool {
        points.len() == self.criteria.len()
            && self
                .criteria
                .iter()
                .zip(points)
                .all(|(criterion, points)| criterion.level(*points).is_some())
    }

    /// The most points for each criterion.
    #[must_use]
    pub fn most(&self) -> Vec<u8> {
        self.criteria.iter().map(Criterion::most).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec;

    #[test]
    fn points_must_be_those_of_levels() {
        let level = |points| RubricLevel {
            points,
            says: String::from("says"),
        };
        let criterion = |points: &[u8]| Criterion {
            name: String::new(),
            levels: points.iter().map(|points| level(*points)).collect(),
        };
        let rubric = Rubric {
            criteria: vec![criterion(&[0, 1, 3]), criterion(&[0, 2])],
        };
        assert_eq!(rubric.most(), [3, 2]);
        for (points, allowed) in [
            (&[3, 2][..], true),
            (&[0, 0], true),
            (&[2, 2], false),
            (&[3], false),
            (&[3, 2, 0], false),
            (&[], false),
        ] {
            assert_eq!(rubric.allows(points), allowed, "{points:?}");
        }
    }
}
