//! The forward path of FSRS-6 against the fsrs crate, its own project's implementation.

use fsrs::{FSRS, FSRSItem, FSRSReview};
use proptest::prelude::*;
use trellis_stats::memory::{DEFAULT_WEIGHTS, Memory, MemoryState, Recall};
use trellis_stats::probability::Probability;

const RECALLS: [Recall; 4] = [Recall::Failed, Recall::Hard, Recall::Good, Recall::Easy];

fn ours(memory: &Memory, history: &[(u32, usize)]) -> MemoryState {
    let mut day = 0;
    let mut state = None;
    for &(gap, recall) in history {
        day += gap;
        state = Some(memory.review(state.as_ref(), RECALLS[recall], day));
    }
    state.expect("a history has a review")
}

fn theirs(fsrs: &FSRS, history: &[(u32, usize)]) -> fsrs::MemoryState {
    let review = |(place, &(gap, recall)): (usize, &(u32, usize))| FSRSReview {
        rating: u32::try_from(recall + 1).expect("a rating is small"),
        delta_t: if place == 0 { 0 } else { gap },
    };
    let reviews = history.iter().enumerate().map(review).collect();
    fsrs.memory_state(FSRSItem { reviews }, None)
        .expect("the crate accepts a sound history")
}

fn near(a: f64, b: f32) -> bool {
    (a - f64::from(b)).abs() <= 1e-5 * (1.0 + a.abs())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn equal_to_the_crate_on_random_histories(
        history in prop::collection::vec((1_u32..400, 0_usize..4), 1..12),
        later in 0_u32..1000,
        wanted in 0.7..0.99_f64,
    ) {
        let (memory, fsrs) = (Memory::default(), FSRS::new(&[]).unwrap());
        let (a, b) = (ours(&memory, &history), theirs(&fsrs, &history));
        prop_assert!(near(a.stability_days, b.stability), "{} {}", a.stability_days, b.stability);
        prop_assert!(near(a.difficulty, b.difficulty), "{} {}", a.difficulty, b.difficulty);
        let recall = memory.retrievability(&a, a.last_review_day + later).get();
        let decay = 0.1542;
        let peer = fsrs::current_retrievability(b, f32::from(u16::try_from(later).unwrap()), decay);
        prop_assert!(near(recall, peer), "{recall} {peer}");
        let interval = memory.next_interval_days(&a, Probability::clamped(wanted));
        #[expect(clippy::cast_possible_truncation, reason = "the crate takes single precision")]
        let peer = fsrs.next_interval(Some(b.stability), wanted as f32, 3);
        // Single precision loses digits in retention^(1/decay) - 1 near retention 1.
        prop_assert!((interval - f64::from(peer)).abs() <= 1e-4 * (1.0 + interval));
    }

    #[test]
    fn equal_to_the_crate_with_other_weights(
        scale in prop::collection::vec(0.7..1.3_f64, 21),
        history in prop::collection::vec((1_u32..200, 0_usize..4), 1..8),
    ) {
        let mut weights = DEFAULT_WEIGHTS;
        for (weight, factor) in weights.iter_mut().zip(&scale) {
            *weight *= factor;
        }
        // The crate cuts this weight at 0.001 from below; stay inside.
        weights[7] = weights[7].max(0.001);
        #[expect(clippy::cast_possible_truncation, reason = "the crate takes single precision")]
        let single: Vec<f32> = weights.iter().map(|w| *w as f32).collect();
        // Both sides start from the same rounded weights.
        let weights = std::array::from_fn(|i| f64::from(single[i]));
        let (memory, fsrs) = (Memory::new(weights).unwrap(), FSRS::new(&single).unwrap());
        let (a, b) = (ours(&memory, &history), theirs(&fsrs, &history));
        prop_assert!(near(a.stability_days, b.stability), "{} {}", a.stability_days, b.stability);
        prop_assert!(near(a.difficulty, b.difficulty), "{} {}", a.difficulty, b.difficulty);
    }
}
