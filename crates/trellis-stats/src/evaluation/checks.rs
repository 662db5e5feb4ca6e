//! Two tests that every comparison runs on itself: answers dealt anew must teach nothing, and no
//! prediction may change when later answers do.

use super::{Subject, size};
use crate::metrics::{Scored, auc};
use crate::random::Random;
use crate::tracing::Response;
use alloc::vec::Vec;
use libm::sqrt;

/// Most answers that the tests run on; whole learners are taken until there are that many.
const MOST: usize = 20_000;

/// What the two tests found for a model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Checks {
    /// AUC after all answers were dealt anew among the rows; one half when nothing leaks.
    pub shuffled_auc: f64,
    /// How far it may be from one half by chance: four standard errors, at least 0.02.
    pub shuffled_room: f64,
    /// Predictions compared with those after every later answer was turned round.
    pub compared: usize,
    /// How many of them changed; 0 for an honest model.
    pub changed: usize,
}

impl Checks {
    /// Whether both tests were passed.
    #[must_use]
    pub fn passed(&self) -> bool {
        libm::fabs(self.shuffled_auc - 0.5) <= self.shuffled_room && self.changed == 0
    }
}

/// Runs both tests of a model on rows grouped by learner. `None` with fewer than three learners.
#[must_use]
pub fn check(subject: Subject, rows: &[Response], seed: u64) -> Option<Checks> {
    let rows = some(rows);
    let learners: Vec<&[Response]> = rows.chunk_by(|a, b| a.learner == b.learner).collect();
    if learners.len() < 3 {
        return None;
    }
    let third = learners[..learners.len() - learners.len() / 3]
        .iter()
        .map(|own| own.len())
        .sum();
    let (shuffled_auc, shuffled_room) = shuffled(subject, rows, third, seed);
    let (train, test) = rows.split_at(third);
    let fitted = subject.fit(train);
    let (mut compared, mut changed) = (0, 0);
    for own in test.chunk_by(|a, b| a.learner == b.learner).take(40) {
        let middle = own.len() / 2;
        let mut turned = own.to_vec();
        for row in &mut turned[middle..] {
            row.correct = !row.correct;
        }
        // A copy each: a model that goes on learning would carry the one to the other.
        let (before, after) = (fitted.clone().score(own), fitted.clone().score(&turned));
        let early = before.iter().zip(&after).take(middle + 1);
        compared += middle + 1;
        changed += early.filter(|(a, b)| a.to_bits() != b.to_bits()).count();
    }
    Some(Checks {
        shuffled_auc,
        shuffled_room,
        compared,
        changed,
    })
}

/// The first learners with about [`MOST`] answers together.
fn some(rows: &[Response]) -> &[Response] {
    let mut end = 0;
    for own in rows.chunk_by(|a, b| a.learner == b.learner) {
        if end > 0 && end + own.len() > MOST {
            break;
        }
        end += own.len();
    }
    &rows[..end]
}

/// AUC on held-out learners after all answers were dealt anew, and its room.
fn shuffled(subject: Subject, rows: &[Response], third: usize, seed: u64) -> (f64, f64) {
    let mut rows = rows.to_vec();
    let mut answers: Vec<bool> = rows.iter().map(|row| row.correct).collect();
    Random::labelled(seed, "shuffle").shuffle(&mut answers);
    for (row, correct) in rows.iter_mut().zip(answers) {
        row.correct = correct;
    }
    let (train, test) = rows.split_at(third);
    let predicted = subject.fit(train).score(test);
    let outcomes = test.iter().map(|row| row.correct);
    let scored: Vec<Scored> = predicted.into_iter().zip(outcomes).collect();
    let right = size(scored.iter().filter(|one| one.1).count());
    let wrong = size(scored.len()) - right;
    // The standard error of an AUC of one half (Mann and Whitney), answers being independent.
    let error = sqrt((right + wrong + 1.0) / (12.0 * f64::max(right * wrong, 1.0)));
    (auc(&scored), f64::max(0.02, 4.0 * error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::probability::{Probability, logistic};
    use crate::tracing::{CompetencyKey, ItemKey, Opportunity};

    #[test]
    fn every_subject_passes() {
        let mut random = Random::labelled(8, "checks");
        let mut rows = Vec::new();
        for learner in 0..60 {
            let ability = random.normal();
            for _ in 0..50 {
                let item = u32::try_from(random.below(30)).unwrap_or(0);
                let at = Opportunity::first_try(
                    CompetencyKey(item % 4),
                    ItemKey(item),
                    Probability::ZERO,
                );
                let correct = random.chance(logistic(1.5 * ability + f64::from(item % 5) - 2.0));
                rows.push(Response {
                    learner,
                    opportunity: at,
                    correct,
                });
            }
        }
        for subject in Subject::ALL {
            let found = check(subject, &rows, 1).unwrap();
            assert!(
                found.passed() && found.compared > 500,
                "{subject:?} {found:?}"
            );
        }
        assert_eq!(check(Subject::Elo, &rows[..60], 1), None);
        assert_eq!(check(Subject::Elo, &[], 1), None);
    }
}
