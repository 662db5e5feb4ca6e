//! Mastery rules on recorded answers: how learners did on the next unseen item after a rule first
//! called a skill mastered. No simulation, so no model of learners is taken for granted.

use super::size;
use crate::metrics::{Interval, by_learner};
use crate::tracing::Response;
use crate::tracing::mastery::MasteryRule;
use alloc::collections::BTreeMap;
use alloc::vec::Vec;

/// What happened after a rule's calls.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AfterMastery {
    /// Pairs of learner and skill with at least one answer.
    pub followed: usize,
    /// Those that the rule called mastered at some answer.
    pub called: usize,
    /// Mean number of answers up to the call, of those called.
    pub answers_to_call: f64,
    /// Share of right answers on the next item of the skill that the learner had not seen before
    /// the call, with its interval by learner; `None` when there was none.
    pub next_unseen: Option<Interval>,
}

/// Calls and next unseen answers of one learner.
#[derive(Clone, Debug, Default)]
struct Outcome {
    next: Vec<bool>,
}

/// One learner's way on one skill.
struct Way<S> {
    state: S,
    answers: usize,
    called: bool,
    judged: bool,
    items: Vec<u32>,
}

/// Follows a rule over recorded answers, grouped by learner and in order.
#[must_use]
pub fn after_mastery<R: MasteryRule>(rule: &R, rows: &[Response], seed: u64) -> AfterMastery {
    let (mut followed, mut called, mut answers) = (0, 0, 0);
    let mut outcomes = Vec::new();
    for own in rows.chunk_by(|a, b| a.learner == b.learner) {
        let mut ways: BTreeMap<u32, Way<R::State>> = BTreeMap::new();
        let mut outcome = Outcome::default();
        for row in own {
            let at = &row.opportunity;
            let way = ways.entry(at.competency.0).or_insert_with(|| Way {
                state: rule.start(),
                answers: 0,
                called: false,
                judged: false,
                items: Vec::new(),
            });
            let unseen = !way.items.contains(&at.item.0);
            if way.called {
                if unseen && !way.judged {
                    outcome.next.push(row.correct);
                    way.judged = true;
                }
                continue;
            }
            way.answers += 1;
            if unseen {
                way.items.push(at.item.0);
            }
            way.called = rule.observe(&mut way.state, at, row.correct);
        }
        followed += ways.len();
        for way in ways.values().filter(|way| way.called) {
            called += 1;
            answers += way.answers;
        }
        outcomes.push(outcome);
    }
    let share = |drawn: &[&Outcome]| {
        let count: usize = drawn.iter().map(|one| one.next.len()).sum();
        let right: usize = drawn
            .iter()
            .map(|one| one.next.iter().filter(|right| **right).count())
            .sum();
        size(right) / size(count).max(1.0)
    };
    let judged = outcomes.iter().any(|one| !one.next.is_empty());
    AfterMastery {
        followed,
        called,
        answers_to_call: size(answers) / size(called).max(1.0),
        next_unseen: by_learner(&outcomes, share, 200, seed).filter(|_| judged),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probability::Probability;
    use crate::tracing::mastery::InARow;
    use crate::tracing::{CompetencyKey, ItemKey, Opportunity};

    #[test]
    fn only_the_next_unseen_item_after_the_call_counts() {
        let answers = [(1, true), (2, true), (2, false), (3, false), (4, true)];
        let row = |&(item, correct): &(u32, bool)| Response {
            learner: 1,
            opportunity: Opportunity::first_try(CompetencyKey(7), ItemKey(item), Probability::ZERO),
            correct,
        };
        let rows: Vec<Response> = answers.iter().map(row).collect();
        let found = after_mastery(&InARow(2), &rows, 1);
        assert_eq!((found.followed, found.called), (1, 1));
        assert_eq!(found.answers_to_call, 2.0);
        assert_eq!(found.next_unseen.unwrap().value, 0.0);
        let never = after_mastery(&InARow(5), &rows, 1);
        assert_eq!((never.called, never.next_unseen), (0, None));
    }
}
