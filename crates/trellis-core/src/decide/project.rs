//! Projects: a teacher scores one by its rubric, and takes the score back.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::{Desk, LONGEST_NOTE};
use crate::estimate::{Circumstances, LearnerState};
use crate::event::{Event, Evidence, Recorded};
use crate::framework::CompetencyId;
use crate::id::{ProjectId, Seq};
use crate::mastery;
use crate::model::{OPEN_GUESS, SLIP, unsaid};
use crate::project::{MOST_CRITERIA, MOST_LEVELS, Says, Scored, ScoredCriterion};
use crate::refusal::Refusal;

/// What a scored criterion weighs beside a written answer that a person scored: the share of its log-likelihood ratio. Work of
/// many days had many helpers.
const PROJECT_WEIGHT: f64 = 0.5;

/// What the points for a criterion say. Work on a project has help of many kinds, so it counts as done with a hint: it moves the
/// estimate, and it is never one of the right answers of one's own that the rule for mastery asks for.
fn evidence_of(points: u8, most: u8, gap_s: Option<u64>) -> Evidence {
    let circumstances = Circumstances {
        guess: OPEN_GUESS,
        slip: SLIP,
        difficulty: Some(f64::from(unsaid(OPEN_GUESS))),
        hints: 1,
        earlier: 0,
        gap_s,
    };
    let share = f64::from(points) / f64::from(most.max(1));
    mastery::weighed_credit(share, &circumstances, PROJECT_WEIGHT)
}

/// The decision in which a project was scored, where the score still counts.
fn scored_in(history: &[Recorded], project: ProjectId) -> Option<Seq> {
    let last = history
        .iter()
        .rev()
        .find_map(|recorded| match &recorded.event {
            Event::ProjectScored { project: of, .. } if *of == project => {
                Some(Some(recorded.decision))
            }
            Event::ProjectScoreUndone { project: of, .. } if *of == project => Some(None),
            _ => None,
        });
    last.flatten()
}

impl Desk<'_> {
    pub(super) fn score_project(
        &self,
        project: ProjectId,
        title: &str,
        scored: &[Scored],
        comment: &str,
    ) -> Result<Vec<Event>, Refusal> {
        if comment.chars().count() > LONGEST_NOTE {
            return Err(Refusal::TooLong);
        }
        let fits = |one: &Scored| one.points <= one.most && usize::from(one.most) < MOST_LEVELS;
        if scored.is_empty() || scored.len() > MOST_CRITERIA || !scored.iter().all(fits) {
            return Err(Refusal::NotInRubric);
        }
        if scored_in(self.history, project).is_some() {
            return Err(Refusal::AlreadySo);
        }
        let criteria = scored.iter().map(|one| self.criterion(one)).collect();
        let mut event = Event::ProjectScored {
            learner: self.state.learner,
            project,
            title: title.to_string(),
            criteria,
            comment: comment.trim().to_string(),
        };
        let mut ahead = self.ahead(core::slice::from_ref(&event));
        let mut about: Vec<CompetencyId> = Vec::new();
        if let Event::ProjectScored { criteria, .. } = &mut event {
            for says in criteria.iter_mut().filter_map(|one| one.says.as_mut()) {
                says.after = self.believed(&ahead, &says.competency);
                if !about.contains(&says.competency) {
                    about.push(says.competency.clone());
                }
            }
        }
        let mut events = vec![event];
        if !about.is_empty() {
            for doubted in self.doubted(&about, &ahead) {
                ahead.apply_event(&doubted, self.context.now);
                events.push(doubted);
            }
            events.push(self.fresh_advice(&ahead));
        }
        Ok(events)
    }

    /// What was mastered and is doubtful after a project. None is mastered by one: that takes answers of one's own.
    fn doubted(&self, about: &[CompetencyId], ahead: &LearnerState) -> Vec<Event> {
        let was = |id: &&CompetencyId| {
            let state = self.state.competency(id);
            state.is_some_and(|state| state.mastered_at.is_some())
        };
        let doubtful = about
            .iter()
            .filter(was)
            .filter(|id| mastery::is_doubtful(ahead, id));
        doubtful
            .map(|id| Event::Doubted {
                learner: self.state.learner,
                competency: id.clone(),
            })
            .collect()
    }

    fn criterion(&self, scored: &Scored) -> ScoredCriterion {
        // What has left the courses can be scored as well, and says nothing.
        let known = |id: &&CompetencyId| self.catalog.competency(id).is_some();
        let says = scored.competency.as_ref().filter(known).map(|id| {
            let last = self.state.competency(id).map(|state| state.last_at);
            let gap_s = last.map(|at| at.seconds_until(self.context.now));
            let before = self.believed(self.state, id);
            Says {
                competency: id.clone(),
                evidence: evidence_of(scored.points, scored.most, gap_s),
                before,
                after: before,
            }
        });
        ScoredCriterion {
            title: scored.title.clone(),
            points: scored.points,
            most: scored.most,
            says,
        }
    }

    pub(super) fn undo_project_score(&self, project: ProjectId) -> Result<Vec<Event>, Refusal> {
        let decision = scored_in(self.history, project).ok_or(Refusal::NothingToUndo)?;
        let undone = Event::ProjectScoreUndone {
            learner: self.state.learner,
            project,
            decision,
        };
        let ahead = self.without(&undone);
        Ok(vec![undone, self.fresh_advice(&ahead)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_says_less_than_a_written_answer_and_more_points_say_more() {
        let ratio = |evidence: &Evidence| {
            if evidence.right {
                (1.0 - evidence.slip) / evidence.guess
            } else {
                evidence.slip / (1.0 - evidence.guess)
            }
        };
        let ratios: Vec<f64> = (0..=7)
            .map(|points| ratio(&evidence_of(points, 7, None)))
            .collect();
        assert!(ratios.is_sorted_by(|a, b| a < b), "{ratios:?}");
        let written = (1.0 - SLIP) / OPEN_GUESS;
        assert!((ratios[7] - libm::sqrt(written)).abs() < 1e-9);
        assert!((ratios[0] - libm::sqrt(SLIP / (1.0 - OPEN_GUESS))).abs() < 1e-9);
        assert!(
            evidence_of(7, 7, None).hints > 0,
            "never of one's own alone"
        );
    }
}
