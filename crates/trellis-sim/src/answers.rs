//! Answers of simulated learners without a school around them: what a model that ships is fitted to. Half of what is
//! learned comes all at once, as [`crate::learner::SimLearner`] learns; the other half grows little by little.

use trellis_stats::probability::{Probability, logistic};
use trellis_stats::random::Random;
use trellis_stats::tracing::{CompetencyKey, ItemKey, Opportunity, Response};

/// Levels that an author can declare an item to have.
const LEVELS: usize = 3;
/// Competencies that there are to learn.
const COMPETENCIES: usize = 60;
/// Items of a competency.
const ITEMS: usize = 9;
/// Log-odds by which an item of the first level is easier than one of the second, and of the third harder. An
/// assumption: what authors mean by their levels differs.
const LEVEL_STEP: f64 = 0.5;
/// Deviation of items of one level, and of competencies, in log-odds.
const ITEM_DEVIATION: f64 = 0.5;
const COMPETENCY_DEVIATION: f64 = 0.5;
/// Guess rates of items, and how common they are.
const KINDS: [(f64, f64); 3] = [(0.02, 0.5), (0.25, 0.35), (0.5, 0.15)];
/// Of the ways to be wrong, the share that one hint leaves.
const UNHELPED: f64 = 0.6;
const DAY_S: u64 = 86_400;

/// One answer, with what a site knows of its item before anyone has answered it.
#[derive(Debug, Clone, Copy)]
pub struct SimAnswer {
    /// The answer.
    pub response: Response,
    /// The level that the author declared: 1, 2 or 3.
    pub level: u8,
}

/// An item as it is.
struct Item {
    competency: usize,
    level: u8,
    guess: f64,
    difficulty: f64,
}

/// How somebody stands with a competency.
enum Standing {
    /// Known or not, and what an item teaches.
    AtOnce { knows: bool, learn: f64, slip: f64 },
    /// Log-odds on an average item, and what an item adds to them.
    Gradual { ability: f64, gain: f64 },
}

/// Somebody at work.
struct Worker<'a> {
    items: &'a [Item],
    bases: &'a [f64],
    random: Random,
    number: u32,
    talent: f64,
    asks: f64,
    standings: Vec<Option<Standing>>,
    /// The day and second of the last answer on each competency.
    last_s: Vec<Option<u64>>,
    now_s: u64,
    left_today: u32,
    answers: Vec<SimAnswer>,
}

/// The answers of so many learners, grouped by learner and in order.
#[must_use]
pub fn answers(seed: u64, learners: u32) -> Vec<SimAnswer> {
    let mut random = Random::labelled(seed, "answers");
    let bases: Vec<f64> = (0..COMPETENCIES)
        .map(|_| COMPETENCY_DEVIATION * random.normal())
        .collect();
    let items: Vec<Item> = (0..COMPETENCIES * ITEMS)
        .map(|place| item(place, &mut random))
        .collect();
    let mut all = Vec::new();
    for number in 0..learners {
        let mut random = Random::new(random.next_u64());
        let mut worker = Worker {
            items: &items,
            bases: &bases,
            talent: random.normal(),
            asks: 0.5 * random.uniform(),
            random,
            number,
            standings: (0..COMPETENCIES).map(|_| None).collect(),
            last_s: vec![None; COMPETENCIES],
            now_s: 0,
            left_today: 0,
            answers: Vec::new(),
        };
        worker.works();
        all.extend(worker.answers);
    }
    all
}

fn item(place: usize, random: &mut Random) -> Item {
    let level = u8::try_from(place % LEVELS + 1).unwrap_or(2);
    let chance = random.uniform();
    let mut below = 0.0;
    let kind = KINDS.iter().find(|(_, share)| {
        below += share;
        chance < below
    });
    Item {
        competency: place / ITEMS,
        level,
        guess: kind.map_or(KINDS[0].0, |(guess, _)| *guess),
        difficulty: LEVEL_STEP * (f64::from(level) - 2.0) + ITEM_DEVIATION * random.normal(),
    }
}

impl Worker<'_> {
    /// Some competencies one after another, each until a few are right in a row, with looks back.
    fn works(&mut self) {
        let first = self.random.index(COMPETENCIES / 2);
        let count = 4 + self.random.index(16);
        for competency in first..(first + count).min(COMPETENCIES) {
            let mut run = 0;
            for _ in 0..4 + self.random.index(14) {
                run = if self.sits(competency) { run + 1 } else { 0 };
                if run >= 5 {
                    break;
                }
            }
            if competency > first && self.random.chance(0.5) {
                let back = first + self.random.index(competency - first);
                self.sits(back);
            }
        }
    }

    /// One item: hints, a first try, perhaps more. Whether the first try was right alone.
    fn sits(&mut self, competency: usize) -> bool {
        self.time_passes(competency);
        let known = match self.standing(competency) {
            Standing::AtOnce { knows, .. } => *knows,
            Standing::Gradual { ability, .. } => *ability > 0.0,
        };
        let mut hints = 0;
        while !known && hints < 3 && self.random.chance(self.asks) {
            hints += 1;
        }
        let item = competency * ITEMS + self.random.index(ITEMS);
        let right = self.tries(item, hints, 0);
        if !right && self.random.chance(0.6) {
            self.now_s += 20;
            self.tries(item, hints, 1);
        }
        self.learns(competency);
        right && hints == 0
    }

    fn time_passes(&mut self, competency: usize) {
        if self.left_today == 0 {
            self.left_today = 6 + u32::try_from(self.random.index(12)).unwrap_or(0);
            self.now_s = (self.now_s / DAY_S + 1 + self.random.below(4)) * DAY_S;
        }
        self.left_today -= 1;
        self.now_s += 30 + self.random.below(60);
        let days = self.last_s[competency].map_or(0, |last| (self.now_s - last) / DAY_S);
        let forgets = 1.0 - 0.99_f64.powi(i32::try_from(days).unwrap_or(i32::MAX));
        let forgotten = self.random.chance(forgets);
        match self.standing(competency) {
            Standing::AtOnce { knows, .. } => *knows = *knows && !forgotten,
            Standing::Gradual { ability, .. } => *ability -= forgets,
        }
    }

    fn standing(&mut self, competency: usize) -> &mut Standing {
        let (random, talent, base) = (&mut self.random, self.talent, self.bases[competency]);
        self.standings[competency].get_or_insert_with(|| {
            if random.chance(0.5) {
                let prior = logistic(-0.9 + 0.7 * talent - base);
                Standing::AtOnce {
                    knows: random.chance(prior),
                    learn: 0.08 + 0.22 * logistic(talent),
                    slip: 0.03 + 0.07 * random.uniform(),
                }
            } else {
                Standing::Gradual {
                    ability: -0.3 + 0.7 * talent - base + random.normal(),
                    gain: 0.05 + 0.2 * random.uniform(),
                }
            }
        })
    }

    /// One answer; whether it is right.
    fn tries(&mut self, item: usize, hints: u8, earlier: u8) -> bool {
        let about = &self.items[item];
        let (competency, guess, difficulty) = (about.competency, about.guess, about.difficulty);
        let level = about.level;
        // An option that was wrong once is not taken again.
        let guess = if earlier > 0 && guess > 0.1 {
            guess / (1.0 - guess)
        } else {
            guess
        };
        let alone = match self.standing(competency) {
            Standing::AtOnce {
                knows: true, slip, ..
            } => logistic(Probability::clamped(1.0 - *slip).log_odds().get() - difficulty),
            Standing::AtOnce { knows: false, .. } => 0.0,
            Standing::Gradual { ability, .. } => logistic(*ability - difficulty),
        };
        let wrong =
            (1.0 - (guess + (1.0 - guess) * alone)).max(0.0) * UNHELPED.powi(i32::from(hints));
        let correct = self.random.chance(1.0 - wrong);
        let key = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
        let since = self.last_s[competency].map(|last| self.now_s - last);
        let mut opportunity = Opportunity::first_try(
            CompetencyKey(key(competency)),
            ItemKey(key(item)),
            Probability::clamped(self.items[item].guess),
        );
        opportunity.hints_used = hints;
        opportunity.earlier_tries = earlier;
        opportunity.seconds_since_practice = since;
        self.answers.push(SimAnswer {
            response: Response {
                learner: self.number,
                opportunity,
                correct,
            },
            level,
        });
        self.last_s[competency] = Some(self.now_s);
        correct
    }

    fn learns(&mut self, competency: usize) {
        let chance = self.random.uniform();
        match self.standing(competency) {
            Standing::AtOnce { knows, learn, .. } => *knows |= chance < *learn,
            Standing::Gradual { ability, gain } => *ability += *gain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(answers: &[SimAnswer], of: impl Fn(&SimAnswer) -> bool) -> f64 {
        let (right, all) =
            answers
                .iter()
                .filter(|answer| of(answer))
                .fold((0.0, 0.0), |(right, all), answer| {
                    (
                        right + f64::from(u8::from(answer.response.correct)),
                        all + 1.0,
                    )
                });
        right / all
    }

    #[test]
    fn the_same_seed_gives_the_same_answers_and_levels_and_kinds_tell() {
        let all = answers(1, 300);
        let again = answers(1, 300);
        assert!(
            all.iter()
                .zip(&again)
                .all(|(a, b)| a.response == b.response)
        );
        assert_ne!(all.len(), answers(2, 300).len());
        assert!(all.is_sorted_by_key(|answer| answer.response.learner));
        let first = |answer: &SimAnswer| answer.response.opportunity.is_independent();
        let level = |level: u8| share(&all, |answer| answer.level == level && first(answer));
        assert!(
            level(1) > level(2) && level(2) > level(3),
            "{} {} {}",
            level(1),
            level(2),
            level(3)
        );
        let guess = |rate: f64| {
            share(&all, |answer| {
                first(answer) && answer.response.opportunity.guess == Probability::clamped(rate)
            })
        };
        assert!(guess(0.02) < guess(0.25) && guess(0.25) < guess(0.5));
    }
}
