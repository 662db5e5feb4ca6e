//! Mastery rules on invented learners whose knowledge is known, so that false and missed calls
//! can be counted.

use super::super::{CompetencyKey, ItemKey, Opportunity};
use super::MasteryRule;
use crate::probability::{Probability, logistic};
use crate::random::Random;

/// How invented learners know, learn and answer. Rates are probabilities.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Population {
    /// Knowing or not; each item teaches with probability `learn`.
    Bkt {
        /// Share that knows at the start.
        prior: f64,
        /// Chance that an item teaches.
        learn: f64,
        /// Chance of a wrong answer by one who knows.
        slip: f64,
        /// Chance of a right answer by one who does not.
        guess: f64,
    },
    /// Nobody knows, nobody learns.
    Guessing {
        /// Chance of a right answer.
        guess: f64,
    },
    /// As `Bkt`, and each item also loses the knowledge with probability `forget`.
    Forgetting {
        /// Share that knows at the start.
        prior: f64,
        /// Chance that an item teaches.
        learn: f64,
        /// Chance that knowledge is lost between two items.
        forget: f64,
        /// Chance of a wrong answer by one who knows.
        slip: f64,
        /// Chance of a right answer by one who does not.
        guess: f64,
    },
    /// A number behind each answer: ability starts normal with mean -1 and deviation 1.5 and
    /// grows by `gain` an item, items differ with deviation 0.7. Knowing is answering an average
    /// open item right with probability 0.8 or more.
    Additive {
        /// Log-odds gained an item.
        gain: f64,
        /// Chance of a right answer by one who has no idea.
        guess: f64,
    },
    /// As `Bkt` with prior 0.3 and learn 0.12, but attention drifts: slip starts at 0.05 and
    /// grows by 0.005 an item.
    Drifting {
        /// Chance of a right answer by one who does not know.
        guess: f64,
    },
}

impl Population {
    /// The population of the documentation's table, on items with this guess rate.
    #[must_use]
    pub const fn table(guess: f64) -> Self {
        Self::Bkt {
            prior: 0.3,
            learn: 0.12,
            slip: 0.08,
            guess,
        }
    }

    const fn guess(&self) -> f64 {
        match *self {
            Self::Bkt { guess, .. }
            | Self::Guessing { guess }
            | Self::Forgetting { guess, .. }
            | Self::Additive { guess, .. }
            | Self::Drifting { guess } => guess,
        }
    }

    /// The slip rate that a rule is told.
    const fn told_slip(&self) -> f64 {
        match *self {
            Self::Bkt { slip, .. } | Self::Forgetting { slip, .. } => slip,
            Self::Guessing { .. } | Self::Additive { .. } | Self::Drifting { .. } => 0.08,
        }
    }
}

/// One invented learner.
struct Invented<'a> {
    population: &'a Population,
    knows: bool,
    ability: f64,
    answers: u32,
}

/// What items of deviation 0.7 divide log-odds by: the root of 1 + 0.49 pi / 8.
const SPREAD: f64 = 1.091_975;
/// Chance of a right answer to an open item by one who does not know.
const OPEN_GUESS: f64 = 0.02;
const KNOWING: f64 = 1.386_294_361_119_890_6; // log-odds of 0.8

impl<'a> Invented<'a> {
    fn new(population: &'a Population, random: &mut Random) -> Self {
        let mut ability = 0.0;
        let knows = match *population {
            Population::Bkt { prior, .. } | Population::Forgetting { prior, .. } => {
                random.chance(prior)
            }
            Population::Drifting { .. } => random.chance(0.3),
            Population::Guessing { .. } => false,
            Population::Additive { .. } => {
                ability = 1.5 * random.normal() - 1.0;
                ability >= KNOWING
            }
        };
        Self {
            population,
            knows,
            ability,
            answers: 0,
        }
    }

    fn answer(&self, random: &mut Random) -> bool {
        let guess = self.population.guess();
        let slip = match *self.population {
            Population::Drifting { .. } => 0.05 + 0.005 * f64::from(self.answers),
            _ => self.population.told_slip(),
        };
        let right = match *self.population {
            Population::Additive { .. } => {
                let alone = logistic(self.ability - 0.7 * random.normal());
                guess + (1.0 - guess) * alone
            }
            _ if self.knows => 1.0 - slip,
            _ => guess,
        };
        random.chance(right)
    }

    /// Chance of a right answer to a fresh average open item.
    fn fresh_right(&self) -> f64 {
        match *self.population {
            // Items differ with deviation 0.7, which pulls the chance to the middle.
            Population::Additive { .. } => logistic(self.ability / SPREAD),
            _ if self.knows => 1.0 - self.population.told_slip(),
            _ => OPEN_GUESS,
        }
    }

    fn after_item(&mut self, random: &mut Random) {
        self.answers += 1;
        match *self.population {
            Population::Bkt { learn, .. } => self.knows |= random.chance(learn),
            Population::Drifting { .. } => self.knows |= random.chance(0.12),
            Population::Guessing { .. } => {}
            Population::Forgetting { learn, forget, .. } => {
                let change = random.uniform();
                self.knows = if self.knows {
                    change >= forget
                } else {
                    change < learn
                };
            }
            Population::Additive { gain, .. } => {
                self.ability += gain;
                self.knows = self.ability >= KNOWING;
            }
        }
    }
}

/// What a rule did to a population.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MasteryFigures {
    /// Share of learners declared within the limit.
    pub declared: f64,
    /// Share of those declared who did not know at their last answer; 0 when nobody was declared.
    pub false_mastery: f64,
    /// Share of learners who knew at the end and were not declared.
    pub missed: f64,
    /// Items a learner answered, those never declared counted with the limit.
    pub items_per_learner: f64,
    /// Mean chance of those declared to answer a fresh average open item right, at the call: how
    /// far off false calls are. 0 when nobody was declared.
    pub fresh_right: f64,
}

/// Follows `learners` invented learners until the rule declares them or `limit` items are over.
///
/// The same seed gives every rule the same learners; each learner has a chance of their own, so
/// that a rule which stops one early does not change the next.
#[must_use]
pub fn simulate_mastery<R: MasteryRule>(
    rule: &R,
    population: &Population,
    seed: u64,
    learners: u32,
    limit: u32,
) -> MasteryFigures {
    let guess = Probability::clamped(population.guess());
    let mut at = Opportunity::first_try(CompetencyKey(0), ItemKey(0), guess);
    at.slip = Probability::clamped(population.told_slip());
    let (mut declared, mut wrongly, mut missed, mut items) = (0_u32, 0_u32, 0_u32, 0_u64);
    let mut fresh = 0.0;
    let mut seeds = Random::labelled(seed, "mastery");
    for _ in 0..learners {
        let mut random = Random::new(seeds.next_u64());
        let mut learner = Invented::new(population, &mut random);
        let mut state = rule.start();
        let mut done = false;
        for item in 0..limit {
            at.item = ItemKey(item);
            items += 1;
            let correct = learner.answer(&mut random);
            if rule.observe(&mut state, &at, correct) {
                declared += 1;
                wrongly += u32::from(!learner.knows);
                fresh += learner.fresh_right();
                done = true;
                break;
            }
            learner.after_item(&mut random);
        }
        missed += u32::from(!done && learner.knows);
    }
    let all = f64::from(learners.max(1));
    #[expect(
        clippy::cast_precision_loss,
        reason = "a count of items is far below 2^53"
    )]
    let items_per_learner = items as f64 / all;
    MasteryFigures {
        declared: f64::from(declared) / all,
        false_mastery: f64::from(wrongly) / f64::from(declared.max(1)),
        missed: f64::from(missed) / all,
        items_per_learner,
        fresh_right: fresh / f64::from(declared.max(1)),
    }
}
