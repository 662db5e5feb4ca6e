//! How good predictions were: discrimination, error and calibration over pairs of a predicted
//! probability and what happened.

use crate::random::Random;
use alloc::vec::Vec;
use libm::{fabs, log, sqrt};

/// A predicted probability and whether the answer was right.
pub type Scored = (f64, bool);

/// The figures that every comparison of models prints, over the same responses pooled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    /// How many responses.
    pub count: usize,
    /// Area under the ROC curve; one half when all answers are alike.
    pub auc: f64,
    /// Root mean squared error, the root of the Brier score.
    pub rmse: f64,
    /// Mean negative log-likelihood, natural logarithm.
    pub log_loss: f64,
    /// Expected calibration error over 20 bins of equal width.
    pub ece: f64,
    /// The calibration error that these very predictions would show if they were perfectly
    /// calibrated and answers were independent: what so few answers give by chance alone. See
    /// [`ece_by_chance`].
    pub ece_by_chance: f64,
}

/// All figures at once; `None` for no responses.
#[must_use]
pub fn figures(scored: &[Scored]) -> Option<Figures> {
    if scored.is_empty() {
        return None;
    }
    Some(Figures {
        count: scored.len(),
        auc: auc(scored),
        rmse: rmse(scored),
        log_loss: log_loss(scored),
        ece: ece(scored),
        ece_by_chance: ece_by_chance(scored),
    })
}

fn size(count: usize) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a count of responses is far below 2^53"
    )]
    let size = count as f64;
    size
}

fn outcome(correct: bool) -> f64 {
    f64::from(u8::from(correct))
}

/// Chance that a random right answer had a higher prediction than a random wrong one, ties
/// counted half (Mann and Whitney). One half when there are not both.
#[must_use]
pub fn auc(scored: &[Scored]) -> f64 {
    let mut sorted: Vec<Scored> = scored.to_vec();
    sorted.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let (mut wrong_below, mut wins) = (0.0, 0.0);
    let mut right_in_all = 0.0;
    for tied in sorted.chunk_by(|a, b| a.0 == b.0) {
        let right: f64 = tied.iter().map(|pair| outcome(pair.1)).sum();
        let wrong = size(tied.len()) - right;
        wins += right * (wrong_below + 0.5 * wrong);
        wrong_below += wrong;
        right_in_all += right;
    }
    if right_in_all > 0.0 && wrong_below > 0.0 {
        wins / (right_in_all * wrong_below)
    } else {
        0.5
    }
}

/// Root mean squared error; 0 for no responses.
#[must_use]
pub fn rmse(scored: &[Scored]) -> f64 {
    let squares = scored
        .iter()
        .map(|&(p, y)| (p - outcome(y)) * (p - outcome(y)));
    sqrt(squares.sum::<f64>() / size(scored.len()).max(1.0))
}

/// Mean negative log-likelihood; predictions are first brought within 1e-15 of 0 and 1, so that
/// one certain error costs 34.5, not everything.
#[must_use]
pub fn log_loss(scored: &[Scored]) -> f64 {
    let cost = |&(p, y): &Scored| -log((if y { p } else { 1.0 - p }).clamp(1e-15, 1.0));
    scored.iter().map(cost).sum::<f64>() / size(scored.len()).max(1.0)
}

/// One bin of a reliability table.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// How many responses fell into it.
    pub count: usize,
    /// Sum of their predictions.
    pub predicted: f64,
    /// How many of them were right.
    pub right: f64,
}

/// Predictions against outcomes in 20 bins of equal width; a prediction of 1 is in the last.
#[must_use]
pub fn reliability(scored: &[Scored]) -> [Bin; 20] {
    let mut bins = [Bin::default(); 20];
    for &(p, y) in scored {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to 0..=19"
        )]
        let at = (p * 20.0).clamp(0.0, 19.0) as usize;
        bins[at].count += 1;
        bins[at].predicted += p;
        bins[at].right += outcome(y);
    }
    bins
}

/// Expected calibration error: the mean distance of predicted and observed share over the 20
/// bins, weighted by their counts.
#[must_use]
pub fn ece(scored: &[Scored]) -> f64 {
    let gaps = reliability(scored)
        .iter()
        .map(|bin| fabs(bin.predicted - bin.right))
        .sum::<f64>();
    gaps / size(scored.len()).max(1.0)
}

/// The mean [`ece`] of outcomes drawn from the predictions themselves: the floor under which no
/// model can be expected to get on so many answers. A bin's sum of predictions minus outcomes is
/// nearly normal with the variance of its answers, and the mean size of a normal number is its
/// deviation times the root of 2 / pi.
#[must_use]
pub fn ece_by_chance(scored: &[Scored]) -> f64 {
    let mut variances = [0.0; 20];
    for &(p, _) in scored {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "clamped to 0..=19"
        )]
        let at = (p * 20.0).clamp(0.0, 19.0) as usize;
        variances[at] += p * (1.0 - p);
    }
    let gaps = variances.iter().map(|&variance| sqrt(variance.max(0.0)));
    sqrt(core::f64::consts::FRAC_2_PI) * gaps.sum::<f64>() / size(scored.len()).max(1.0)
}

/// A figure and its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The figure on all responses.
    pub value: f64,
    /// 2.5th percentile of the bootstrap.
    pub low: f64,
    /// 97.5th percentile of the bootstrap.
    pub high: f64,
}

/// The interval of a statistic when whole learners are drawn again, with replacement: answers of
/// one learner are alike, so drawing single answers would claim too much. At least 20 rounds.
///
/// Each learner is any value `T`; for a paired difference of two models let it hold both models'
/// predictions. `None` without learners.
#[must_use]
pub fn by_learner<T>(
    learners: &[T],
    statistic: impl Fn(&[&T]) -> f64,
    rounds: u32,
    seed: u64,
) -> Option<Interval> {
    if learners.is_empty() {
        return None;
    }
    let mut random = Random::labelled(seed, "bootstrap");
    let everyone: Vec<&T> = learners.iter().collect();
    let mut draw = || {
        let drawn: Vec<&T> = (0..learners.len())
            .map(|_| &learners[random.index(learners.len())])
            .collect();
        statistic(&drawn)
    };
    let mut found: Vec<f64> = (0..rounds.max(20)).map(|_| draw()).collect();
    found.sort_unstable_by(f64::total_cmp);
    let at = |share: usize| found[(found.len() * share / 1000).min(found.len() - 1)];
    Some(Interval {
        value: statistic(&everyone),
        low: at(25),
        high: at(975),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Worked by hand; the AUC is the example of scikit-learn's documentation of
    /// `roc_auc_score`: labels 0 0 1 1, scores .1 .4 .35 .8 give .75.
    #[test]
    fn figures_agree_with_values_worked_by_hand() {
        let scored = [(0.1, false), (0.4, false), (0.35, true), (0.8, true)];
        let all = figures(&scored).unwrap();
        assert_eq!(all.auc, 0.75);
        let square = 0.01 + 0.16 + 0.4225 + 0.04;
        assert!(fabs(all.rmse - sqrt(square / 4.0)) < 1e-15);
        assert!(fabs(all.ece - (0.1 + 0.4 + 0.65 + 0.2) / 4.0) < 1e-15);
        let loss = -(log(0.9) + log(0.6) + log(0.35) + log(0.8)) / 4.0;
        assert!(fabs(all.log_loss - loss) < 1e-15);
    }

    /// The mean of 400 learners' shares, each share 0 or 1 with chance one half: the interval is
    /// that of the binomial, plus and minus 0.049.
    #[test]
    fn the_bootstrap_finds_the_spread_of_learners() {
        let learners: Vec<f64> = (0..400).map(|who| f64::from(who % 2)).collect();
        let mean = |drawn: &[&f64]| drawn.iter().copied().sum::<f64>() / size(drawn.len());
        let found = by_learner(&learners, mean, 2000, 5).unwrap();
        assert_eq!(found.value, 0.5);
        assert!(
            fabs(found.low - 0.451) < 0.006 && fabs(found.high - 0.549) < 0.006,
            "{found:?}"
        );
        assert_eq!(by_learner(&[] as &[f64], mean, 10, 1), None);
    }

    /// Drawn from the predictions themselves, outcomes show the calibration error that was
    /// foretold.
    #[test]
    fn the_floor_of_the_calibration_error_is_that_of_perfect_predictions() {
        let mut random = Random::new(7);
        let predicted: Vec<f64> = (0..3000).map(|_| random.uniform()).collect();
        let mut sum = 0.0;
        let mut scored = Vec::new();
        for _ in 0..200 {
            scored = predicted.iter().map(|&p| (p, random.chance(p))).collect();
            sum += ece(&scored) / 200.0;
        }
        assert!(fabs(sum / ece_by_chance(&scored) - 1.0) < 0.04, "{sum}");
        assert_eq!(ece_by_chance(&[]), 0.0);
    }

    #[test]
    fn ties_count_half_and_one_class_says_nothing() {
        assert_eq!(auc(&[(0.5, false), (0.5, true)]), 0.5);
        assert_eq!(auc(&[(0.2, true), (0.9, true)]), 0.5);
        assert_eq!(figures(&[]), None);
        assert_eq!(ece(&[(1.0, true), (0.0, false)]), 0.0);
    }
}
