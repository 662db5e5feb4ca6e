//! The rigor invariant: whatever stories, stops and "too hard" or "too easy" somebody chooses over a term, they reach as
//! much as without, on questions as hard. The same learners live through the same term twice, once with wishes.

use trellis_core::catalog::Catalog;
use trellis_core::framework::{CourseId, InterestId};
use trellis_core::time::Timestamp;
use trellis_stats::random::Random;

use crate::classroom::{Pupil, Wishes};
use crate::learner::SimLearner;

/// By how much the competencies mastered in a term may differ, as a share of those without wishes, on average over a class.
pub const MASTERED_BOUND: f64 = 0.05;
/// By how much the shares of easy, middle and hard questions may differ: the largest of the three differences.
pub const LEVEL_BOUND: f64 = 0.05;
/// Monday, 31 August 2026, half past eight.
const FIRST_MORNING: Timestamp = Timestamp(1_788_165_000_000);

/// A term to live through.
#[derive(Debug, Clone, Copy)]
pub struct TermPlan {
    /// Chance: the same seed gives the same learners.
    pub seed: u64,
    /// Learners.
    pub learners: usize,
    /// Weeks of five days.
    pub weeks: u32,
    /// Questions a day.
    pub attempts_a_day: u32,
}

/// What a class reached in a term.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TermFigures {
    /// Competencies that were mastered, on average.
    pub mastered: f64,
    /// Of those, how many were truly known at the end, on average.
    pub known: f64,
    /// The shares of questions of level 1, 2 and 3.
    pub levels: [f64; 3],
    /// Presses of "too hard" or "too easy", on average.
    pub presses: f64,
}

impl TermFigures {
    /// By how much the competencies mastered differ from another term's, as a share of them.
    #[must_use]
    pub fn mastered_apart(&self, other: &Self) -> f64 {
        (self.mastered - other.mastered).abs() / other.mastered.max(1.0)
    }

    /// The largest difference of the shares of levels.
    #[must_use]
    pub fn levels_apart(&self, other: &Self) -> f64 {
        let pairs = self.levels.iter().zip(other.levels);
        pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    }
}

/// Random wishes: how often somebody presses, changes the story, or takes another stop than the first.
#[must_use]
pub fn random_wishes(seed: u64) -> Wishes {
    let mut random = Random::labelled(seed, "wishes");
    Wishes {
        too_hard: random.uniform(),
        too_easy: random.uniform(),
        story: random.uniform(),
        strays: random.uniform(),
    }
}

/// Lives through a term.
#[must_use]
pub fn term(
    catalog: &Catalog,
    course: &CourseId,
    plan: &TermPlan,
    wishes: Option<Wishes>,
) -> TermFigures {
    let of_course = catalog.course(course).map(|course| &course.interests);
    let interests: Vec<InterestId> = of_course
        .into_iter()
        .flatten()
        .map(|interest| interest.id.clone())
        .collect();
    let mut levels = [0u32; 3];
    let (mut mastered, mut known, mut presses) = (0.0, 0.0, 0.0);
    for number in 0..plan.learners {
        let mind = SimLearner::new(plan.seed, number, &[]);
        let mut pupil = Pupil::new(plan.seed, number, mind, course);
        pupil.wish(plan.seed, number, wishes);
        for day in (0..i64::from(plan.weeks) * 7).filter(|day| day % 7 < 5) {
            let morning = FIRST_MORNING.plus_days(day);
            pupil.choose_story(catalog, &interests, morning);
            pupil.day(catalog, morning, plan.attempts_a_day);
        }
        for met in &pupil.met {
            if let Some(count) = levels.get_mut(usize::from(met.level.saturating_sub(1))) {
                *count += 1;
            }
        }
        let done = pupil.state.competencies.iter();
        let done: Vec<_> = done.filter(|begun| begun.mastered_at.is_some()).collect();
        mastered += done.len() as f64;
        known += done
            .iter()
            .filter(|begun| pupil.knows(&begun.competency))
            .count() as f64;
        presses += f64::from(pupil.presses);
    }
    let learners = plan.learners.max(1) as f64;
    let all = f64::from(levels.iter().sum::<u32>().max(1));
    TermFigures {
        mastered: mastered / learners,
        known: known / learners,
        levels: levels.map(|count| f64::from(count) / all),
        presses: presses / learners,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cards::tests::course;

    /// Over random wishes, and over the strongest that there are.
    #[test]
    fn whatever_somebody_wishes_they_reach_as_much_on_questions_as_hard() {
        let (catalog, course) = course();
        let plan = TermPlan {
            seed: 11,
            learners: 60,
            weeks: 10,
            attempts_a_day: 6,
        };
        let usual = term(&catalog, &course, &plan, None);
        assert!(usual.mastered > 10.0, "{usual:?}");
        let none = Wishes::default();
        let mut wishes: Vec<Wishes> = (0..4).map(random_wishes).collect();
        wishes.push(Wishes {
            too_hard: 1.0,
            ..none
        });
        wishes.push(Wishes {
            too_easy: 1.0,
            ..none
        });
        for wished in wishes {
            let with = term(&catalog, &course, &plan, Some(wished));
            assert!(with.presses > 10.0, "{with:?}");
            assert!(
                with.mastered_apart(&usual) <= MASTERED_BOUND,
                "{wished:?} {with:?} {usual:?}"
            );
            assert!(
                with.levels_apart(&usual) <= LEVEL_BOUND,
                "{wished:?} {with:?} {usual:?}"
            );
        }
    }
}
