//! How hard items are: log-odds for an average learner, shrunk to the competency's and the whole.

use super::super::{Opportunity, Response};
use crate::elementary::ln;
use alloc::vec;
use alloc::vec::Vec;

/// Learners are dealt into this many folds; an item's difficulty for one learner leaves that
/// learner's fold out, or a fit would read the answer that it is to predict.
const FOLDS: usize = 10;
/// Answers that a competency's mean counts for in an item's, and the whole's in a competency's.
const ITEM_SHRINK: f32 = 5.0;
const SKILL_SHRINK: f32 = 10.0;
/// Keys from here on have no difficulty of their own; they stand for the unknown.
const KEYS: u32 = 1 << 24;

/// How hard an item is, and whether the model's weights know it and its competency.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difficulty {
    /// Log-odds of a right answer by an average learner, lucky guesses included.
    pub log_odds: f32,
    /// Whether the model has weights for this very item, and others of its competency too: of the
    /// only item there is nothing to say that is not said of the competency. Without, those are
    /// left out.
    pub known: bool,
    /// Whether the model has weights for this very competency; without, those are left out.
    pub skill_known: bool,
    /// How many answers to the item that rests on.
    pub answers: f32,
    /// The same log-odds for the competency as a whole.
    pub skill_log_odds: f32,
    /// How many answers on the competency.
    pub skill_answers: f32,
}

impl Difficulty {
    /// Of an item and a competency that the model has no weights for: what all share must do.
    #[must_use]
    pub const fn shared(log_odds: f32) -> Self {
        Self {
            log_odds,
            known: false,
            skill_known: false,
            answers: 0.0,
            skill_log_odds: log_odds,
            skill_answers: 0.0,
        }
    }
}

/// Answers, and how many were right.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Tally {
    pub(super) count: f32,
    pub(super) right: f32,
}

impl Tally {
    fn add(&mut self, correct: bool) {
        self.count += 1.0;
        self.right += f32::from(u8::from(correct));
    }

    fn shrunk(self, mean: f32, weight: f32) -> f32 {
        (self.right + weight * mean) / (self.count + weight)
    }
}

/// Counts of right answers by item and competency.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Difficulties {
    items: Vec<Tally>,
    skills: Vec<Tally>,
    whole: Tally,
    folds: Vec<[Tally; FOLDS]>,
}

fn slot(table: &mut Vec<Tally>, key: u32) -> Option<&mut Tally> {
    let place = usize::try_from(key).ok().filter(|_| key < KEYS)?;
    if place >= table.len() {
        table.resize(place + 1, Tally::default());
    }
    table.get_mut(place)
}

fn tally(table: &[Tally], key: u32) -> Tally {
    let place = usize::try_from(key).unwrap_or(usize::MAX);
    table.get(place).copied().unwrap_or_default()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "single precision is what features have"
)]
fn log_odds(p: f32) -> f32 {
    ln(f64::from(p) / (1.0 - f64::from(p))) as f32
}

impl Difficulties {
    /// Takes in one answer.
    pub(super) fn learn(&mut self, at: &Opportunity, correct: bool) {
        self.whole.add(correct);
        if let Some(item) = slot(&mut self.items, at.item.0) {
            item.add(correct);
        }
        if let Some(skill) = slot(&mut self.skills, at.competency.0) {
            skill.add(correct);
        }
    }

    /// Counts all answers, each learner's in a fold of their own too.
    pub(super) fn count(responses: &[Response]) -> Self {
        let mut all = Self::default();
        for response in responses {
            all.learn(&response.opportunity, response.correct);
        }
        all.folds = vec![[Tally::default(); FOLDS]; all.items.len()];
        for response in responses {
            let place = usize::try_from(response.opportunity.item.0).unwrap_or(usize::MAX);
            if let Some(folds) = all.folds.get_mut(place) {
                folds[fold(response.learner)].add(response.correct);
            }
        }
        all
    }

    /// Counts by item, by competency and in all.
    pub(super) fn parts(&self) -> (&[Tally], &[Tally], Tally) {
        (&self.items, &self.skills, self.whole)
    }

    /// The counts that [`Self::parts`] gave.
    pub(super) fn from_parts(items: Vec<Tally>, skills: Vec<Tally>, whole: Tally) -> Self {
        Self {
            items,
            skills,
            whole,
            folds: Vec::new(),
        }
    }

    /// Bytes that the counts take in memory.
    pub(super) fn size_bytes(&self) -> usize {
        (self.items.len() + self.skills.len()) * size_of::<Tally>()
    }

    /// Forgets the folds once a fit is over.
    pub(super) fn seal(&mut self) {
        self.folds = Vec::new();
    }

    /// The difficulty for any learner.
    pub(super) fn of(&self, at: &Opportunity) -> Difficulty {
        let item = tally(&self.items, at.item.0);
        self.shrunk(item, at, item.count > 0.0)
    }

    /// The difficulty for this learner of the fit, their fold left out.
    pub(super) fn without(&self, at: &Opportunity, learner: u32) -> Difficulty {
        let mut item = tally(&self.items, at.item.0);
        let place = usize::try_from(at.item.0).unwrap_or(usize::MAX);
        if let Some(folds) = self.folds.get(place) {
            let own = folds[fold(learner)];
            item.count -= own.count;
            item.right -= own.right;
        }
        self.shrunk(item, at, true)
    }

    fn shrunk(&self, item: Tally, at: &Opportunity, known: bool) -> Difficulty {
        let whole = self.whole.shrunk(0.5, 2.0);
        let skill = tally(&self.skills, at.competency.0);
        let mean = skill.shrunk(whole, SKILL_SHRINK);
        let alone = tally(&self.items, at.item.0).count >= skill.count;
        Difficulty {
            log_odds: log_odds(item.shrunk(mean, ITEM_SHRINK)),
            known: known && !alone,
            skill_known: true,
            answers: item.count,
            skill_log_odds: log_odds(mean),
            skill_answers: skill.count,
        }
    }
}

fn fold(learner: u32) -> usize {
    usize::try_from(learner).unwrap_or(0) % FOLDS
}
