//! Memory: how long knowledge lasts, by the forward path of FSRS-6.
//!
//! The formulas are those that the Open Spaced Repetition project publishes for FSRS-6 (21
//! weights), written here so that they need no standard library and give the same bits everywhere;
//! the tests hold them to the project's own implementation. Only scheduling is here: predictions
//! of the next answer come from [`crate::tracing`], which takes the recall as one of its terms.

use crate::elementary::{exp, exp_less_one, ln};
use crate::probability::Probability;
use libm::{expm1, pow};

/// Stability is kept within 0.001 days and a hundred years.
const STABILITY: (f64, f64) = (0.001, 36_500.0);
const DIFFICULTY: (f64, f64) = (1.0, 10.0);

/// The weights that FSRS-6 ships: a median over its users.
pub const DEFAULT_WEIGHTS: [f64; 21] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
    0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
];

/// How well the learner recalled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Recall {
    /// Wrong.
    Failed,
    /// Right with effort or help.
    Hard,
    /// Right.
    Good,
    /// Right at once.
    Easy,
}

impl Recall {
    /// The rating's number in the published formulas, 1 to 4.
    const fn rating(self) -> f64 {
        match self {
            Self::Failed => 1.0,
            Self::Hard => 2.0,
            Self::Good => 3.0,
            Self::Easy => 4.0,
        }
    }

    const fn place(self) -> usize {
        match self {
            Self::Failed => 0,
            Self::Hard => 1,
            Self::Good => 2,
            Self::Easy => 3,
        }
    }
}

/// What is remembered of one memory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MemoryState {
    /// Days after which recall has fallen to 90 %.
    pub stability_days: f64,
    /// From 1 (easy to keep) to 10.
    pub difficulty: f64,
    /// Day of the last review that counted, on the caller's count of days.
    pub last_review_day: u32,
}

impl MemoryState {
    /// The 20 bytes of this state, little-endian.
    #[must_use]
    pub fn to_bytes(&self) -> [u8; 20] {
        let mut bytes = [0; 20];
        bytes[..8].copy_from_slice(&self.stability_days.to_bits().to_le_bytes());
        bytes[8..16].copy_from_slice(&self.difficulty.to_bits().to_le_bytes());
        bytes[16..].copy_from_slice(&self.last_review_day.to_le_bytes());
        bytes
    }

    /// The state that [`Self::to_bytes`] wrote; `None` when the numbers cannot be a state.
    #[must_use]
    pub fn from_bytes(bytes: &[u8; 20]) -> Option<Self> {
        let (stability, rest) = bytes.split_first_chunk::<8>()?;
        let (difficulty, rest) = rest.split_first_chunk::<8>()?;
        let state = Self {
            stability_days: f64::from_bits(u64::from_le_bytes(*stability)),
            difficulty: f64::from_bits(u64::from_le_bytes(*difficulty)),
            last_review_day: u32::from_le_bytes(*rest.first_chunk::<4>()?),
        };
        let sound = (STABILITY.0..=STABILITY.1).contains(&state.stability_days)
            && (DIFFICULTY.0..=DIFFICULTY.1).contains(&state.difficulty);
        sound.then_some(state)
    }
}

/// FSRS-6 with one set of weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Memory {
    weights: [f64; 21],
    /// What of the formulas depends on the weights alone.
    decay: f64,
    factor: f64,
    success_scale: f64,
    failure_floor: f64,
    easiest: f64,
}

impl Default for Memory {
    fn default() -> Self {
        Self::with(DEFAULT_WEIGHTS)
    }
}

impl Memory {
    /// The model with these weights; `None` unless all are finite, the four initial stabilities
    /// lie in 0.001 to 36,500 days, the initial difficulty in 1 to 10 and the decay (the last
    /// weight) in 0.05 to 1.
    #[must_use]
    pub fn new(weights: [f64; 21]) -> Option<Self> {
        let sound = weights.iter().all(|w| w.is_finite() && *w >= 0.0)
            && weights[..4]
                .iter()
                .all(|s| (STABILITY.0..=STABILITY.1).contains(s))
            && (DIFFICULTY.0..=DIFFICULTY.1).contains(&weights[4])
            && weights.iter().skip(4).all(|w| *w <= 10.0)
            && (0.05..=1.0).contains(&weights[20]);
        sound.then(|| Self::with(weights))
    }

    fn with(weights: [f64; 21]) -> Self {
        let w = &weights;
        let decay = -w[20];
        Self {
            decay,
            factor: expm1(libm::log(0.9) / decay),
            success_scale: exp(w[8]),
            failure_floor: exp(-w[17] * w[18]),
            easiest: w[4] - exp(3.0 * w[5]) + 1.0,
            weights,
        }
    }

    /// The weights.
    #[must_use]
    pub const fn weights(&self) -> &[f64; 21] {
        &self.weights
    }

    /// The chance of recall on this day; a day before the last review counts as that day.
    #[must_use]
    pub fn retrievability(&self, state: &MemoryState, day: u32) -> Probability {
        self.retrievability_after(state, f64::from(day.saturating_sub(state.last_review_day)))
    }

    /// The chance of recall this many days, parts of a day allowed, after the last review.
    #[must_use]
    pub fn retrievability_after(&self, state: &MemoryState, days: f64) -> Probability {
        Probability::clamped(self.recall(state.stability_days.max(STABILITY.0), days.max(0.0)))
    }

    /// The chance of recall so many days after a review that left this stability.
    #[inline]
    fn recall(&self, stability_days: f64, days: f64) -> f64 {
        exp(self.decay * ln(1.0 + days * self.factor / stability_days))
    }

    /// Days until recall falls to `retention`, at least 0; for 90 % it is the stability.
    /// Retention outside 0.01 to 0.999 is brought inside.
    #[must_use]
    pub fn next_interval_days(&self, state: &MemoryState, retention: Probability) -> f64 {
        let retention = retention.get().clamp(0.01, 0.999);
        let days = state.stability_days / self.factor * (pow(retention, 1.0 / self.decay) - 1.0);
        days.max(0.0)
    }

    /// The memory after its first review.
    #[must_use]
    pub fn first(&self, recall: Recall, day: u32) -> MemoryState {
        let w = &self.weights;
        let difficulty = w[4] - exp(w[5] * (recall.rating() - 1.0)) + 1.0;
        MemoryState {
            stability_days: w[recall.place()].clamp(STABILITY.0, STABILITY.1),
            difficulty: difficulty.clamp(DIFFICULTY.0, DIFFICULTY.1),
            last_review_day: day,
        }
    }

    /// The memory after a review on `day`, from nothing or from what was there.
    ///
    /// A second review on the same day, or a day that lies before, changes nothing: repeats within
    /// a lesson say little about the coming weeks (with them scored, FSRS-6 predicts no better
    /// than a constant in its own project's benchmark), so they never go through here.
    #[inline]
    #[must_use]
    pub fn review(&self, state: Option<&MemoryState>, recall: Recall, day: u32) -> MemoryState {
        let Some(state) = state else {
            return self.first(recall, day);
        };
        if day <= state.last_review_day {
            return *state;
        }
        let stability = state.stability_days.clamp(STABILITY.0, STABILITY.1);
        let difficulty = state.difficulty.clamp(DIFFICULTY.0, DIFFICULTY.1);
        let days = f64::from(day - state.last_review_day);
        let forgotten = 1.0 - self.recall(stability, days);
        let stability_days = if recall == Recall::Failed {
            self.stability_after_failure(stability, difficulty, forgotten)
        } else {
            self.stability_after_success(stability, difficulty, forgotten, recall)
        };
        MemoryState {
            stability_days: stability_days.clamp(STABILITY.0, STABILITY.1),
            difficulty: self.next_difficulty(difficulty, recall),
            last_review_day: day,
        }
    }

    #[inline]
    fn stability_after_success(&self, s: f64, d: f64, forgotten: f64, recall: Recall) -> f64 {
        let w = &self.weights;
        let effort = match recall {
            Recall::Hard => w[15],
            Recall::Easy => w[16],
            Recall::Failed | Recall::Good => 1.0,
        };
        // What forgetting has no part in comes first: it need not wait for the recall.
        let room = s * self.success_scale * (11.0 - d) * exp(-w[9] * ln(s)) * effort;
        s + room * exp_less_one(forgotten * w[10])
    }

    #[inline]
    fn stability_after_failure(&self, s: f64, d: f64, forgotten: f64) -> f64 {
        let w = &self.weights;
        let left =
            w[11] * exp(forgotten * w[14] - w[12] * ln(d)) * exp_less_one(w[13] * ln(1.0 + s));
        left.min(s * self.failure_floor)
    }

    #[inline]
    fn next_difficulty(&self, d: f64, recall: Recall) -> f64 {
        let w = &self.weights;
        let damped = d - (10.0 - d) * w[6] * (recall.rating() - 3.0) / 9.0;
        let reverted = w[7] * (self.easiest - damped) + damped;
        reverted.clamp(DIFFICULTY.0, DIFFICULTY.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ninety_percent_recall_lasts_the_stability() {
        let memory = Memory::default();
        for recall in [Recall::Failed, Recall::Hard, Recall::Good, Recall::Easy] {
            let state = memory.first(recall, 10);
            let ninety = Probability::clamped(0.9);
            let interval = memory.next_interval_days(&state, ninety);
            assert!((interval - state.stability_days).abs() < 1e-9);
            let left = memory.retrievability_after(&state, interval).get();
            assert!((left - 0.9).abs() < 1e-12);
        }
    }

    #[test]
    fn repeats_on_the_same_day_change_nothing() {
        let memory = Memory::default();
        let state = memory.first(Recall::Good, 5);
        for recall in [Recall::Failed, Recall::Easy] {
            assert_eq!(memory.review(Some(&state), recall, 5), state);
            assert_eq!(memory.review(Some(&state), recall, 4), state);
        }
        assert_ne!(memory.review(Some(&state), Recall::Failed, 6), state);
    }

    #[test]
    fn weights_that_make_no_sense_are_refused() {
        for (place, value) in [(0, -1.0), (4, 11.0), (20, 0.0), (8, f64::NAN), (9, 1e9)] {
            let mut weights = DEFAULT_WEIGHTS;
            weights[place] = value;
            assert_eq!(Memory::new(weights), None);
        }
        assert_eq!(Memory::new(DEFAULT_WEIGHTS), Some(Memory::default()));
        let state = Memory::default().first(Recall::Easy, 3);
        assert_eq!(MemoryState::from_bytes(&state.to_bytes()), Some(state));
        assert_eq!(MemoryState::from_bytes(&[0xff; 20]), None);
    }
}
