//! Mastery rules on simulated learners: peers as published, ours within its targets.

use trellis_stats::probability::Probability;
use trellis_stats::tracing::mastery::{
    BktThreshold, BoundedMastery, InARow, KhanLevels, LktAoa, MOfN, MasteryFigures, MasteryRule,
    Population, TorusNaive, simulate_mastery,
};

#[test]
fn explore() {
    for g in [0.02, 0.25, 0.5] {
        for gu in [0.0, 0.05, 0.1, 0.2, 0.3, 0.5] {
            for b in [0.01, 0.015, 0.02, 0.0227, 0.03] {
                for n in [2, 3] {
                    let rule = BoundedMastery {
                        bound: Probability::clamped(b),
                        guessers: Probability::clamped(gu),
                        least_independent: n,
                        ..Default::default()
                    };
                    let f = simulate_mastery(&rule, &Population::table(g), 1, 40_000, 30);
                    let w =
                        simulate_mastery(&rule, &Population::Guessing { guess: g }, 1, 40_000, 20);
                    println!(
                        "g {g} guessers {gu} bound {b} n {n}: items {:.2} false {:.4} missed {:.4} guesser {:.4}",
                        f.items_per_learner, f.false_mastery, f.missed, w.declared
                    );
                }
            }
        }
    }
}
