//! Bends texts from kept seeds for some minutes and reads, shows and compares them; stops at the first fault.
//!
//! `cargo run --release -p trellis-math --example fuzz -- MINUTES [SEED]`, one minute and seed 1 when not said. A fault
//! prints its text: put it into `tests/fuzz/seeds.txt`, where the short run of the tests finds it again.
#![allow(clippy::print_stdout, reason = "a tool that prints")]

use std::time::{Duration, Instant};

#[path = "../tests/it/fuzz.rs"]
mod fuzz;

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .filter_map(|a| a.parse::<u64>().ok());
    let minutes = arguments.next().unwrap_or(1);
    let seed = arguments.next().unwrap_or(1);
    let end = Instant::now() + Duration::from_secs(60 * minutes);
    let mut chance = fuzz::Chance::new(seed);
    let (mut rounds, mut slowest) = (0_u64, Duration::ZERO);
    while Instant::now() < end {
        let start = Instant::now();
        fuzz::round(&mut chance);
        slowest = slowest.max(start.elapsed());
        rounds += 1;
    }
    println!(
        "{rounds} rounds from seed {seed} in {minutes} min, no fault; the slowest took {slowest:.1?}"
    );
}
