//! What a chance is made of, and what it would be after more right answers: by the running model, never by a rule of
//! thumb.

use alloc::vec::Vec;

use trellis_stats::tracing::{Prediction, Term, strongest};

use super::{knows, revise};
use crate::estimate::{CompetencyState, LearnerState};
use crate::event::Evidence;
use crate::framework::{CompetencyId, ItemId};
use crate::model::{self, ModelState, OPEN_GUESS, RunningModel, SLIP};

/// Parts of a chance that are smaller than this, in log-odds, are not worth a sentence: at even odds it is the step from
/// 50 to 52.5 of a hundred.
pub const LEAST_PART: f64 = 0.1;
/// The level of a fresh item, neither easy nor hard.
const MIDDLE_LEVEL: u8 = 2;

/// The chance that a fresh open item is answered right without help, as a sum of parts that have names: see
/// [`RunningModel::next`].
#[must_use]
pub fn next(model: &RunningModel, state: &LearnerState, id: &CompetencyId) -> Prediction {
    model.next(&state.model, id, &knows(state.competency(id)))
}

/// The same chance with the parts counted from where somebody new stands, so that each says what the learner's own
/// answers moved. The parts sum to the log-odds of the chance, and its bits are those of
/// [`believed`](super::believed).
#[must_use]
pub fn explained(model: &RunningModel, state: &LearnerState, id: &CompetencyId) -> Prediction {
    let start = model.next(&ModelState::default(), id, &knows(None));
    next(model, state, id).counted_from(&start)
}

/// The parts that move the chance most, the strongest first; none that is smaller than [`LEAST_PART`].
#[must_use]
pub fn because(prediction: &Prediction, most: usize) -> Vec<Term> {
    let mut parts = strongest(prediction, most);
    parts.retain(|part| libm::fabs(part.log_odds) >= LEAST_PART);
    parts
}

/// The chance that a fresh open item is answered right without help, once so many more such items were. Each imagined
/// answer takes the way that a real one does.
#[must_use]
pub fn after_right(model: &RunningModel, state: &LearnerState, id: &CompetencyId, more: u8) -> f64 {
    let mut ahead = state.clone();
    if ahead.competency(id).is_none() {
        let at = crate::time::Timestamp(0);
        ahead
            .competencies
            .push(CompetencyState::met(id.clone(), at));
    }
    let fresh = ItemId::default();
    let key = model::competency_key(id);
    let difficulty = model
        .difficulty(model::item_key(&fresh), key, MIDDLE_LEVEL, OPEN_GUESS)
        .log_odds;
    let right = Evidence {
        guess: OPEN_GUESS,
        slip: SLIP,
        difficulty: Some(f64::from(difficulty)),
        hints: 0,
        earlier: 0,
        gap_s: None,
        right: true,
    };
    for number in 0..more {
        // Each is a question of its own: to meet one again would be another thing.
        let item = ItemId::new(&alloc::format!("imagined-{number}")).unwrap_or_default();
        revise(&mut ahead, id, &item, &right);
        if let Some(competency) = ahead
            .competencies
            .iter_mut()
            .find(|one| one.competency == *id)
        {
            competency.first_tries = competency.first_tries.saturating_add(1);
            competency.right_alone = competency.right_alone.saturating_add(1);
        }
    }
    next(model, &ahead, id).probability.get()
}

#[cfg(test)]
mod tests {
    use super::super::believed;
    use super::*;
    use crate::id::PersonId;
    use crate::time::Timestamp;
    use trellis_stats::tracing::TermKind;

    fn answered(model: &RunningModel, answers: &[bool]) -> (LearnerState, CompetencyId) {
        let id = CompetencyId::new("fractions").expect("an id");
        let mut state = LearnerState::new(PersonId(7));
        state
            .competencies
            .push(CompetencyState::met(id.clone(), Timestamp(0)));
        for (number, right) in answers.iter().enumerate() {
            let item = ItemId::new(&alloc::format!("item-{number}")).expect("an id");
            let evidence = Evidence {
                guess: OPEN_GUESS,
                slip: SLIP,
                difficulty: Some(f64::from(model.levels()[1])),
                hints: 0,
                earlier: 0,
                gap_s: None,
                right: *right,
            };
            revise(&mut state, &id, &item, &evidence);
            state.competencies[0].first_tries += 1;
            state.competencies[0].right_alone += u32::from(*right);
        }
        (state, id)
    }

    fn sum(prediction: &Prediction) -> f64 {
        prediction.terms.iter().map(|term| term.log_odds).sum()
    }

    #[test]
    fn the_parts_sum_to_the_chance_that_is_believed() {
        for model in [RunningModel::default(), RunningModel::knowledge()] {
            for answers in [&[][..], &[true], &[false, false, true], &[true; 9]] {
                let (state, id) = answered(&model, answers);
                let said = explained(&model, &state, &id);
                let believed = believed(&model, &state, &id).next_right;
                assert_eq!(said.probability.get().to_bits(), believed.to_bits());
                let log_odds = said.probability.log_odds().get();
                assert!((sum(&said) - log_odds).abs() < 1e-6, "{answers:?}");
            }
        }
    }

    #[test]
    fn somebody_new_has_no_part_of_their_own() {
        let model = RunningModel::default();
        let (state, id) = answered(&model, &[]);
        let said = explained(&model, &state, &id);
        assert!(said.terms.iter().all(|term| !term.kind.is_the_learners()));
        let (state, id) = answered(&model, &[false; 4]);
        let parts = because(&explained(&model, &state, &id), 3);
        let own = parts.iter().find(|part| part.kind.is_the_learners());
        assert!(own.is_some_and(|part| part.log_odds < 0.0), "{parts:?}");
        assert!(parts.iter().all(|part| part.kind != TermKind::Base));
    }

    #[test]
    fn more_right_answers_are_what_the_model_makes_of_them() {
        for model in [RunningModel::default(), RunningModel::knowledge()] {
            let (state, id) = answered(&model, &[true, false]);
            let now = after_right(&model, &state, &id, 0);
            assert_eq!(
                now.to_bits(),
                next(&model, &state, &id).probability.get().to_bits()
            );
            let later = after_right(&model, &state, &id, 2);
            assert!(later > now, "{now} {later}");
            // Nothing of what is imagined stays.
            assert_eq!(state, answered(&model, &[true, false]).0);
        }
    }
}
