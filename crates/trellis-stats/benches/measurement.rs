//! How fast items are calibrated, tests adapt, learners are placed and memory moves.
//!
//! `cargo bench -p trellis-stats --features std --bench measurement`
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::hint::black_box;
use std::time::{Duration, Instant};
use trellis_stats::adaptive::{
    Bank, BankItem, Placement, PlacementOptions, Prerequisites, Selection, Sitting,
};
use trellis_stats::irt::{Answer, IrtOptions, Item, fit_two_parameter};
use trellis_stats::memory::{Memory, Recall};
use trellis_stats::random::Random;

fn items(count: usize, random: &mut Random) -> Vec<Item> {
    let mut item = || {
        let slope = (0.1 + 0.35 * random.normal()).exp();
        Item {
            slope,
            intercept: -slope * 1.1 * random.normal(),
        }
    };
    (0..count).map(|_| item()).collect()
}

fn calibration(persons: usize, count: usize, standard_errors: bool) {
    let mut random = Random::labelled(1, "calibration");
    let truth = items(count, &mut random);
    let mut row = || {
        let ability = random.normal();
        let mut answer = |item: &Item| {
            if random.chance(item.chance(ability)) {
                Answer::Right
            } else {
                Answer::Wrong
            }
        };
        truth.iter().map(&mut answer).collect::<Vec<_>>()
    };
    let rows: Vec<_> = (0..persons).map(|_| row()).collect();
    let start = Instant::now();
    let options = IrtOptions {
        standard_errors,
        ..IrtOptions::default()
    };
    match fit_two_parameter(&rows, &options) {
        Ok(fit) => println!(
            "2PL {persons} x {count}: {:.3} s, {} steps, log-likelihood {:.4}, grid error {:.1e}, \
             standard errors {standard_errors}",
            start.elapsed().as_secs_f64(),
            fit.steps,
            fit.log_likelihood,
            fit.grid_error,
        ),
        Err(refusal) => println!("2PL {persons} x {count}: {refusal:?}"),
    }
}

/// Median and 99th percentile.
fn spread(mut times: Vec<Duration>) -> (Duration, Duration) {
    times.sort_unstable();
    let at = |share: usize| {
        times
            .get(times.len() * share / 100)
            .copied()
            .unwrap_or_default()
    };
    (at(50), at(99))
}

fn adaptive(size: usize) {
    let mut random = Random::labelled(2, "adaptive");
    let item = |item| BankItem {
        item,
        area: 0,
        control: 1.0,
    };
    let bank = Bank::new(items(size, &mut random).into_iter().map(item).collect());
    let selection = Selection {
        among: 5,
        most_by_area: Vec::new(),
    };
    let mut times = Vec::new();
    for _ in 0..500 {
        let truth = random.normal();
        let mut sitting = Sitting::new(&bank, 0.0, 1.0);
        for _ in 0..30 {
            let start = Instant::now();
            let Some(place) = sitting.choose(&bank, &selection, &mut random) else {
                break;
            };
            let chance = bank.get(place).map_or(0.5, |own| own.item.chance(truth));
            let correct = random.chance(chance);
            sitting.answer(&bank, place, correct);
            times.push(start.elapsed());
        }
    }
    let (median, late) = spread(times);
    println!("adaptive test, bank of {size}: median {median:?}, p99 {late:?} an item");
}

fn placement() {
    let mut random = Random::labelled(3, "placement");
    let needed = |at: usize| {
        let layer = at / 10;
        let other = |random: &mut Random| u32::try_from((layer - 1) * 10 + random.index(10));
        let count = if layer == 0 { 0 } else { 2 };
        (0..count).filter_map(|_| other(&mut random).ok()).collect()
    };
    let Some(graph) = Prerequisites::new((0..200).map(needed).collect()) else {
        return;
    };
    let mut random = Random::labelled(4, "placement");
    let mut times = Vec::new();
    for _ in 0..20 {
        let mut placement = Placement::new(&graph, PlacementOptions::default(), &mut random);
        while !placement.is_over() {
            let start = Instant::now();
            let Some(skill) = placement.next_question() else {
                break;
            };
            let correct = random.chance(if skill < 80 { 0.9 } else { 0.05 });
            placement.answer(skill, correct, &mut random);
            times.push(start.elapsed());
        }
    }
    let (median, late) = spread(times);
    println!("placement, 200 competencies: median {median:?}, p99 {late:?} a question");
}

fn memory() {
    let memory = Memory::default();
    let mut state = memory.first(Recall::Good, 0);
    let start = Instant::now();
    let rounds = 1_000_000;
    for round in 1..=rounds {
        let recall = if round % 7 == 0 {
            Recall::Failed
        } else {
            Recall::Good
        };
        state = black_box(memory.review(Some(&state), recall, state.last_review_day + 3));
    }
    println!("memory, one review: {:?}", start.elapsed() / rounds);
}

/// Others' figures for the same jobs, measured on a machine like ours or published, so that they
/// stand beside. Sources: their own packages run on invented persons of the same sizes.
const PEERS: &str = "\
peers: 2PL 10,000 x 60 at tolerance 1e-6: R mirt 10.8 s, PyPI mirt 10.9 s, ltm 84 s; standard errors in mirt 25 s
peers: adaptive test, bank of 500, select and update: PyPI mirt 2.4 ms, catsim 2.9 ms, catR 10 ms
peers: FSRS next state: the fsrs crate 640 ns";

fn main() {
    println!("{PEERS}");
    calibration(10_000, 60, false);
    calibration(10_000, 60, true);
    calibration(100_000, 60, false);
    adaptive(500);
    adaptive(10_000);
    placement();
    memory();
}
