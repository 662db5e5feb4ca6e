//! Many candidates for one learner: what is the same for all of them is summed once.

use super::features::{of_the_learner, on_the_item, on_the_skill};
use super::parts::Sum;
use super::state::SkillMemory;
use super::{Additive, AdditiveLearner, Difficulty, with_guess};
use crate::tracing::Opportunity;
use alloc::vec;
use alloc::vec::Vec;

/// Chances of one learner, item after item; made by [`Additive::scorer`].
#[derive(Debug)]
pub struct Scorer<'a> {
    model: &'a Additive,
    state: &'a AdditiveLearner,
    of_the_learner: f32,
    /// For each competency that the learner has met, what is the same for all of its items, which also know the same of
    /// it; not a number until it was asked for.
    met: Vec<f32>,
    /// The same for a competency that neither the learner nor the model has met.
    unmet: f32,
}

impl Additive {
    /// For asking about many items that one learner may be given next.
    #[must_use]
    pub fn scorer<'a>(&'a self, state: &'a AdditiveLearner) -> Scorer<'a> {
        let of_the_learner = self.part(|sum| of_the_learner(sum, &self.log, state));
        let new = SkillMemory::new(0);
        Scorer {
            model: self,
            state,
            of_the_learner,
            met: vec![f32::NAN; state.skills.len()],
            unmet: self.part(|sum| on_the_skill(sum, &self.log, state, &new, false)),
        }
    }

    fn part(&self, fill: impl FnOnce(&mut Sum<'_>)) -> f32 {
        let mut sum = Sum::new(&self.weights, self.bits);
        fill(&mut sum);
        sum.log_odds
    }
}

impl Scorer<'_> {
    /// The chance of a right answer, 0 to 1, that [`Additive::predict_given`] gives, but for the last digits of single
    /// precision.
    pub fn chance(&mut self, at: &Opportunity, difficulty: Difficulty) -> f32 {
        let (model, state) = (self.model, self.state);
        if model.interplay {
            return with_guess(super::sigmoid(model.sum(state, at, difficulty)), at);
        }
        let skill = at.competency.0;
        let known = difficulty.skill_known;
        let anew =
            |own: &SkillMemory| model.part(|sum| on_the_skill(sum, &model.log, state, own, known));
        let new = SkillMemory::new(skill);
        let met = state.skills.binary_search_by_key(&skill, |own| own.key);
        let (own, on_the_skill) = match met {
            Ok(place) => {
                let own = &state.skills[place];
                if self.met[place].is_nan() {
                    self.met[place] = anew(own);
                }
                (own, self.met[place])
            }
            Err(_) if known => (&new, anew(&new)),
            Err(_) => (&new, self.unmet),
        };
        let on_the_item =
            model.part(|sum| on_the_item(sum, &model.log, state, own, at, difficulty));
        with_guess(
            super::sigmoid(self.of_the_learner + on_the_skill + on_the_item),
            at,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probability::{Probability, logistic};
    use crate::random::Random;
    use crate::tracing::additive::{FitOptions, Given};
    use crate::tracing::{CompetencyKey, ItemKey, LearnerModel, Response};

    /// Answers of invented learners to 60 items of 12 competencies.
    fn rows(random: &mut Random) -> Vec<Response> {
        let mut row = |learner: u32| {
            let item = u32::try_from(random.below(60)).unwrap();
            let chance = logistic(f64::from(learner % 5) - f64::from(item % 7) / 2.0);
            Response {
                learner,
                opportunity: opportunity(item),
                correct: random.chance(chance),
            }
        };
        (0..40)
            .flat_map(|learner| [learner; 50])
            .map(&mut row)
            .collect()
    }

    fn opportunity(item: u32) -> Opportunity {
        let guess = Probability::clamped(f64::from(item % 3) * 0.1);
        let mut at = Opportunity::first_try(CompetencyKey(item % 12), ItemKey(item), guess);
        at.seconds_since_practice = item.is_multiple_of(2).then_some(u64::from(item) * 500);
        at
    }

    #[test]
    fn chances_are_those_of_predictions() {
        let mut random = Random::labelled(4, "scorer");
        let rows = rows(&mut random);
        let hard =
            |item: u32| Difficulty::shared(f32::from(u8::try_from(item % 9).unwrap()) / 3.0 - 1.0);
        let give = |row: &Response| Given {
            response: *row,
            difficulty: hard(row.opportunity.item.0),
        };
        let given: Vec<Given> = rows.iter().map(give).collect();
        let options = FitOptions::default();
        let shared = Additive::fit_given(&given, 14, &options);
        let whole = Additive::fit(&rows, 16, &options);
        for learner in rows.chunk_by(|a, b| a.learner == b.learner).take(6) {
            let mut state = shared.start();
            for row in learner.iter().take(20) {
                shared.update(&mut state, &row.opportunity, row.correct);
            }
            for (model, counted) in [(&shared, false), (&whole, true)] {
                let mut scorer = model.scorer(&state);
                for item in (0..80).chain(0..80) {
                    let at = opportunity(item);
                    let about = if counted {
                        model.difficulties.of(&at)
                    } else {
                        hard(item)
                    };
                    let one = model.predict_given(&state, &at, about).probability.get();
                    let chance = f64::from(scorer.chance(&at, about));
                    assert!((chance - one).abs() < 2e-6, "{item}: {chance} {one}");
                }
            }
        }
    }
}
