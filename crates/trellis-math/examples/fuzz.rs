//! Bends texts from kept seeds for some minutes and reads, shows and compares them; stops at the first fault.
//!
//! `cargo run --release -p trellis-math --example fuzz -- MINUTES [SEED]`, one minute and seed 1 when not said. A fault
//! prints its text: put it into `tests/fuzz/seeds.txt`, where the short run of the tests finds it again.
#![allow(clippy::print_stdout, reason = "a tool that prints")]

use std::cmp::Reverse;
use std::time::{Duration, Instant};

#[path = "../tests/it/fuzz.rs"]
mod fuzz;

/// How many of the slowest comparisons are shown.
const SHOWN: usize = 8;

/// What this thread had of a processor so far, so that other work on the machine does not count; where the system does
/// not say it, the time since a moment.
fn processor_time(since: Instant) -> Duration {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|text| text.split(' ').next()?.parse().ok())
        .map_or_else(|| since.elapsed(), Duration::from_nanos)
}

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .filter_map(|a| a.parse::<u64>().ok());
    let minutes = arguments.next().unwrap_or(1);
    let seed = arguments.next().unwrap_or(1);
    let begin = Instant::now();
    let end = begin + Duration::from_secs(60 * minutes);
    let mut chance = fuzz::Chance::new(seed);
    let mut rounds = 0_u64;
    let mut slowest: Vec<(Duration, String)> = Vec::new();
    while Instant::now() < end {
        let mut moments = Vec::new();
        let texts = fuzz::round(&mut chance, || moments.push(processor_time(begin)));
        if let [before, after] = moments[..] {
            slowest.push((after.saturating_sub(before), texts));
        }
        slowest.sort_by_key(|(took, _)| Reverse(*took));
        slowest.truncate(SHOWN);
        rounds += 1;
    }
    println!(
        "{rounds} rounds from seed {seed} in {minutes} min, no fault; the slowest comparisons:"
    );
    for (took, texts) in slowest {
        println!("{took:.1?}: {texts}");
    }
}
