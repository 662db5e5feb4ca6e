//! Elo ratings and their Bayesian kin: one number a learner, one an item, moved by each surprise.
//!
//! Sources: Elo as used in education, Pelanek 2016; online Rasch as an extended Kalman filter with
//! a general ability and one of each competency.

use super::{Belief, CompetencyKey, ItemKey, LearnerModel, Opportunity, Prediction, Response};
use super::{Term, TermKind};
use crate::probability::{LogOdds, Probability, logistic, logit};
use alloc::vec::Vec;

/// How ability moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mover {
    /// By 1.2 / (1 + 0.06 n) times the surprise, one ability.
    Elo,
    /// By a Kalman filter, a general ability plus the competency's.
    Rasch,
}

/// Items' difficulties, learned in one pass over recorded answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Rating {
    mover: Mover,
    /// Item, log-odds for an average learner.
    items: Vec<(u32, f64)>,
    mean: f64,
}

/// One ability with its variance.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Ability {
    value: f64,
    variance: f64,
    answers: u32,
}

const FRESH: Ability = Ability {
    value: 0.0,
    variance: 1.0,
    answers: 0,
};

/// One learner's abilities.
#[derive(Clone, Debug, PartialEq)]
pub struct Rated {
    general: Ability,
    skills: Vec<(u32, Ability)>,
}

impl Rated {
    fn skill(&self, key: u32) -> Ability {
        let place = self.skills.binary_search_by_key(&key, |entry| entry.0);
        place.map_or(FRESH, |at| self.skills[at].1)
    }
}

impl Rating {
    /// Learns difficulties from recorded answers: shares of right answers, five answers of weight
    /// pulled to the whole.
    #[must_use]
    pub fn fit(mover: Mover, responses: &[Response]) -> Self {
        let mut rows: Vec<(u32, bool)> = responses
            .iter()
            .map(|r| (r.opportunity.item.0, r.correct))
            .collect();
        rows.sort_unstable();
        #[expect(clippy::cast_precision_loss, reason = "a count of answers")]
        let share = |rows: &[(u32, bool)], mean: f64| {
            let right = rows.iter().filter(|row| row.1).count() as f64;
            (right + 5.0 * mean) / (rows.len() as f64 + 5.0)
        };
        let mean = share(&rows, 0.5);
        let items = rows.chunk_by(|a, b| a.0 == b.0);
        Self {
            mover,
            items: items
                .map(|rows| (rows[0].0, logit(share(rows, mean))))
                .collect(),
            mean: logit(mean),
        }
    }

    fn difficulty(&self, item: ItemKey) -> f64 {
        let place = self.items.binary_search_by_key(&item.0, |entry| entry.0);
        place.map_or(self.mean, |at| self.items[at].1)
    }
}

impl LearnerModel for Rating {
    type State = Rated;

    fn start(&self) -> Rated {
        Rated {
            general: FRESH,
            skills: Vec::new(),
        }
    }

    fn predict(&self, state: &Rated, at: &Opportunity) -> Prediction {
        let item = self.difficulty(at.item);
        let mut terms = Vec::from([
            Term {
                kind: TermKind::Item,
                log_odds: item,
            },
            Term {
                kind: TermKind::Ability,
                log_odds: state.general.value,
            },
        ]);
        if self.mover == Mover::Rasch {
            let own = state.skill(at.competency.0).value;
            terms.push(Term {
                kind: TermKind::Practice,
                log_odds: own,
            });
        }
        Prediction::from_terms(terms)
    }

    fn update(&self, state: &mut Rated, at: &Opportunity, correct: bool) {
        let outcome = f64::from(u8::from(correct));
        let difficulty = self.difficulty(at.item);
        let general = &mut state.general;
        general.answers = general.answers.saturating_add(1);
        if self.mover == Mover::Elo {
            let surprise = outcome - logistic(difficulty + general.value);
            general.value += 1.2 / (1.0 + 0.06 * f64::from(general.answers)) * surprise;
            return;
        }
        let key = at.competency.0;
        let place = state.skills.binary_search_by_key(&key, |entry| entry.0);
        let place = place.unwrap_or_else(|place| {
            state.skills.insert(place, (key, FRESH));
            place
        });
        let own = &mut state.skills[place].1;
        let p = logistic(difficulty + general.value + own.value);
        let information = p * (1.0 - p);
        let gain = 1.0 / (1.0 + information * (general.variance + own.variance));
        for (ability, drift, least) in [(general, 0.002, 0.02), (own, 0.02, 0.05)] {
            let v = ability.variance;
            ability.value += v * gain * (outcome - p);
            ability.variance = (v - v * v * information * gain + drift).max(least);
        }
        state.skills[place].1.answers = state.skills[place].1.answers.saturating_add(1);
    }

    fn belief(&self, state: &Rated, competency: CompetencyKey) -> Belief {
        let fresh = Opportunity::first_try(competency, ItemKey(u32::MAX), Probability::ZERO);
        let value = self.predict(state, &fresh).probability;
        let own = state.skill(competency.0);
        let variance = match self.mover {
            Mover::Elo => 1.0 / (1.0 + 0.25 * f64::from(state.general.answers)),
            Mover::Rasch => state.general.variance + own.variance,
        };
        let centre = value.log_odds().get();
        let doubt = 1.28 * libm::sqrt(variance);
        let moved = |by: f64| LogOdds::new(centre + by).map_or(value, LogOdds::probability);
        let evidence = f64::from(own.answers);
        Belief {
            value,
            low: moved(-doubt),
            high: moved(doubt),
            evidence,
        }
    }

    fn encode(&self, state: &Rated, out: &mut Vec<u8>) {
        let mut put = |key: u32, ability: &Ability| {
            out.extend_from_slice(&key.to_le_bytes());
            out.extend_from_slice(&ability.answers.to_le_bytes());
            out.extend_from_slice(&ability.value.to_bits().to_le_bytes());
            out.extend_from_slice(&ability.variance.to_bits().to_le_bytes());
        };
        put(0, &state.general);
        state
            .skills
            .iter()
            .for_each(|(key, ability)| put(*key, ability));
    }

    fn decode(&self, bytes: &[u8]) -> Option<Rated> {
        let mut all: Vec<(u32, Ability)> = Vec::new();
        let mut rest = bytes;
        while !rest.is_empty() {
            let (key, after) = rest.split_first_chunk::<4>()?;
            let (answers, after) = after.split_first_chunk::<4>()?;
            let (value, after) = after.split_first_chunk::<8>()?;
            let (variance, after) = after.split_first_chunk::<8>()?;
            rest = after;
            let ability = Ability {
                value: f64::from_bits(u64::from_le_bytes(*value)),
                variance: f64::from_bits(u64::from_le_bytes(*variance)),
                answers: u32::from_le_bytes(*answers),
            };
            let sound = libm::fabs(ability.value) < 1e6 && (0.0..1e6).contains(&ability.variance);
            sound.then(|| all.push((u32::from_le_bytes(*key), ability)))?;
        }
        let (general, skills) = all.split_first()?;
        let sorted = skills.is_sorted_by(|a, b| a.0 < b.0);
        sorted.then(|| Rated {
            general: general.1,
            skills: skills.to_vec(),
        })
    }
}
