//! How sure figures are: whole learners drawn again with replacement, the same draws for every
//! model, so that differences are paired.

use super::size;
use crate::metrics::{Figures, Interval, figures};
use crate::random::Random;
use alloc::vec;
use alloc::vec::Vec;
use libm::{fabs, log, sqrt};

/// Predictions of several models for the same rows.
#[derive(Clone, Debug)]
pub struct Sample<'a> {
    /// The learner of each row, numbered from 0.
    pub learners: &'a [usize],
    /// Whether each row was right.
    pub outcomes: &'a [bool],
    /// For each model, its prediction of each row.
    pub models: &'a [Vec<f64>],
}

/// The figures of a model with their 95 % intervals, and its difference to the first model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Doubted {
    /// Figures over all rows pooled.
    pub figures: Figures,
    /// Intervals of AUC, RMSE, log loss and ECE, in this order.
    pub intervals: [Interval; 4],
    /// This model minus the first one, in the same order; all 0 for the first.
    pub differences: [Interval; 4],
}

/// One model's rows from the lowest prediction to the highest.
struct Ranked<'a> {
    order: Vec<usize>,
    predicted: &'a [f64],
}

impl Ranked<'_> {
    /// AUC, RMSE, log loss and ECE when each learner counts so many times.
    fn weighed(&self, sample: &Sample<'_>, times: &[f64]) -> [f64; 4] {
        let (mut wins, mut wrong_below, mut right_in_all) = (0.0, 0.0, 0.0);
        let (mut squares, mut costs, mut all) = (0.0, 0.0, 0.0);
        let mut bins = [0.0_f64; 20];
        let tied = self
            .order
            .chunk_by(|&a, &b| self.predicted[a].to_bits() == self.predicted[b].to_bits());
        for rows in tied {
            let p = self.predicted[rows[0]];
            let (mut right, mut wrong) = (0.0, 0.0);
            for &row in rows {
                let weight = times[sample.learners[row]];
                if sample.outcomes[row] {
                    right += weight;
                } else {
                    wrong += weight;
                }
            }
            wins += right * (wrong_below + 0.5 * wrong);
            wrong_below += wrong;
            right_in_all += right;
            all += right + wrong;
            squares += right * (1.0 - p) * (1.0 - p) + wrong * p * p;
            if right > 0.0 {
                costs -= right * log(p.clamp(1e-15, 1.0));
            }
            if wrong > 0.0 {
                costs -= wrong * log((1.0 - p).clamp(1e-15, 1.0));
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "clamped to 0..=19"
            )]
            let bin = (p * 20.0).clamp(0.0, 19.0) as usize;
            bins[bin] += (right + wrong) * p - right;
        }
        let pairs = right_in_all * wrong_below;
        let all = f64::max(all, 1e-300);
        [
            if pairs > 0.0 { wins / pairs } else { 0.5 },
            sqrt(squares / all),
            costs / all,
            bins.iter().map(|gap| fabs(*gap)).sum::<f64>() / all,
        ]
    }
}

/// Figures, intervals and paired differences of all models. `rounds` draws of learners, at least
/// 20. Empty without rows or models.
#[must_use]
pub fn resample(sample: &Sample<'_>, rounds: usize, seed: u64) -> Vec<Doubted> {
    let learners = sample.learners.iter().max().map_or(0, |most| most + 1);
    if learners == 0 {
        return Vec::new();
    }
    let ranked: Vec<Ranked<'_>> = sample.models.iter().map(|one| rank(one)).collect();
    let mut random = Random::labelled(seed, "bootstrap");
    let rounds = rounds.max(20);
    let mut drawn: Vec<Vec<[f64; 4]>> = vec![Vec::with_capacity(rounds); ranked.len()];
    for _ in 0..rounds {
        let mut times = vec![0.0; learners];
        for _ in 0..learners {
            times[random.index(learners)] += 1.0;
        }
        for (model, found) in ranked.iter().zip(&mut drawn) {
            found.push(model.weighed(sample, &times));
        }
    }
    let once = vec![1.0; learners];
    let mut whole = Vec::new();
    for model in &ranked {
        whole.push(model.weighed(sample, &once));
    }
    let models = sample.models.iter().zip(&whole).zip(&drawn);
    let doubted = models.filter_map(|((predicted, at_all), found)| {
        let scored: Vec<(f64, bool)> = predicted
            .iter()
            .copied()
            .zip(sample.outcomes.iter().copied())
            .collect();
        let interval = |place: usize| {
            let values = found.iter().map(|one| one[place]).collect();
            spread(at_all[place], values)
        };
        let difference = |place: usize| {
            let values = found
                .iter()
                .zip(drawn.first()?)
                .map(|(a, b)| a[place] - b[place]);
            Some(spread(
                at_all[place] - whole.first()?[place],
                values.collect(),
            ))
        };
        Some(Doubted {
            figures: figures(&scored)?,
            intervals: [interval(0), interval(1), interval(2), interval(3)],
            differences: [
                difference(0)?,
                difference(1)?,
                difference(2)?,
                difference(3)?,
            ],
        })
    });
    doubted.collect()
}

fn rank(predicted: &[f64]) -> Ranked<'_> {
    let mut order: Vec<usize> = (0..predicted.len()).collect();
    order.sort_unstable_by(|&a, &b| predicted[a].total_cmp(&predicted[b]));
    Ranked { order, predicted }
}

fn spread(value: f64, mut found: Vec<f64>) -> Interval {
    found.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of the length"
        )]
        let place = (size(found.len()) * share) as usize;
        found[place.min(found.len() - 1)]
    };
    Interval {
        value,
        low: at(0.025),
        high: at(0.975),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weighing each learner once is the plain figures; two equal models do not differ.
    #[test]
    fn figures_agree_with_the_plain_ones_and_equal_models_do_not_differ() {
        let mut random = Random::new(2);
        let learners: Vec<usize> = (0..600).map(|row| row / 12).collect();
        // Few distinct values, so that ties are met.
        let predicted: Vec<f64> = (0..600)
            .map(|_| size(random.index(9)) / 10.0 + 0.05)
            .collect();
        let outcomes: Vec<bool> = predicted.iter().map(|&p| random.chance(p)).collect();
        let models = [predicted.clone(), predicted];
        let sample = Sample {
            learners: &learners,
            outcomes: &outcomes,
            models: &models,
        };
        let found = resample(&sample, 200, 3);
        let [auc, rmse, loss, ece] = found[1].intervals;
        let plain = found[1].figures;
        for (interval, value) in [
            (auc, plain.auc),
            (rmse, plain.rmse),
            (loss, plain.log_loss),
            (ece, plain.ece),
        ] {
            assert!(fabs(interval.value - value) < 1e-12, "{interval:?} {value}");
            assert!(interval.low < interval.high);
        }
        assert!(auc.low < plain.auc && plain.auc < auc.high);
        assert!(
            found[1]
                .differences
                .iter()
                .all(|one| one.low == 0.0 && one.high == 0.0)
        );
    }
}
