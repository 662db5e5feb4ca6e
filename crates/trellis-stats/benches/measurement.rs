//! How fast items are calibrated, tests adapt, learners are placed, memory moves and answers are predicted, each beside the
//! figure that is aimed at.
//!
//! `cargo bench -p trellis-stats --features std --bench measurement`; with `TRELLIS_MATRIX=FILE` the answers of 10,000
//! persons are written there, for `reference/irt.py`.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::hint::black_box;
use std::time::{Duration, Instant};
use trellis_stats::adaptive::{
    Bank, BankItem, Placement, PlacementOptions, Prerequisites, Selection, Sitting,
};
use trellis_stats::irt::{Answer, IrtOptions, Item, fit_two_parameter};
use trellis_stats::memory::{Memory, Recall};
use trellis_stats::probability::{Probability, logistic};
use trellis_stats::random::Random;
use trellis_stats::tracing::additive::{Additive, Difficulty, FitOptions, Given};
use trellis_stats::tracing::{CompetencyKey, ItemKey, LearnerModel, Opportunity, Response};

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

/// The same answers as text, a person a line, for other programs.
fn matrix(rows: &[Vec<Answer>]) -> String {
    let one = |answer: &Answer| if *answer == Answer::Right { "1" } else { "0" };
    let line = |row: &Vec<Answer>| row.iter().map(one).collect::<Vec<_>>().join(",") + "\n";
    rows.iter().map(line).collect()
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
    if let Some(file) = std::env::var_os("TRELLIS_MATRIX").filter(|_| persons == 10_000) {
        std::fs::write(&file, matrix(&rows)).expect("the folder of TRELLIS_MATRIX can be written");
    }
    let start = Instant::now();
    let options = IrtOptions {
        standard_errors,
        ..IrtOptions::default()
    };
    match fit_two_parameter(&rows, &options) {
        Ok(fit) => println!(
            "2PL {persons} x {count}: {:.3} s, {} steps, log-likelihood {:.4}, grid error {:.1e}, \
             standard errors {standard_errors}; aimed at for 10,000 x 60: .25 s, with standard errors 1 s more",
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
        narrowing: None,
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
    println!(
        "adaptive test, bank of {size}: median {median:?}, p99 {late:?} an item; aimed at: p99 20 us with 500, 50 us with \
         10,000"
    );
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
    println!(
        "placement, 200 competencies: median {median:?}, p99 {late:?} a question; aimed at: 2 ms"
    );
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
    println!(
        "memory, one review: {:?}; aimed at: 60 ns",
        start.elapsed() / rounds
    );
}

/// Answers of invented learners, each to items of 44 competencies.
fn histories(learners: u32, random: &mut Random) -> Vec<Response> {
    let mut rows = Vec::new();
    for learner in 0..learners {
        let ability = random.normal();
        for _ in 0..200 {
            let item = random.below(205);
            let number = u32::try_from(item).unwrap_or(0);
            let hard = f64::from(number % 7) / 2.0 - 1.5;
            rows.push(Response {
                learner,
                opportunity: Opportunity::first_try(
                    CompetencyKey(number % 44),
                    ItemKey(number),
                    Probability::clamped(0.02),
                ),
                correct: random.chance(logistic(ability - hard)),
            });
        }
    }
    rows
}

/// One answer predicted and taken in; many candidates scored for one learner; bytes a learner.
fn tracing() {
    let mut random = Random::labelled(5, "tracing");
    let rows = histories(300, &mut random);
    let model = Additive::fit_given(&given(&rows), 16, &FitOptions::default());
    let mut times = Vec::new();
    let mut sizes = Vec::new();
    for learner in rows.chunk_by(|a, b| a.learner == b.learner) {
        let mut state = model.start();
        // A clock takes longer to read than an answer to take in: several are timed together.
        for answers in learner.chunks(10) {
            let start = Instant::now();
            for row in answers {
                black_box(model.follow(&mut state, &row.opportunity, row.correct));
            }
            times.push(start.elapsed() / u32::try_from(answers.len()).unwrap_or(1));
        }
        sizes.push(state.size_bytes());
    }
    let (median, late) = spread(times);
    println!(
        "predict and update one answer: median {median:?}, p99 {late:?} (means of ten); aimed at: 250 ns, p99 1 us"
    );
    sizes.sort_unstable();
    println!(
        "memory a learner, 200 answers over 44 competencies and 205 items: median {} bytes; aimed at: 1,024",
        sizes.get(sizes.len() / 2).copied().unwrap_or(0)
    );
    let mut state = model.start();
    for row in rows.iter().take(200) {
        model.update(&mut state, &row.opportunity, row.correct);
    }
    let mut times = Vec::new();
    for _ in 0..50 {
        let start = Instant::now();
        let mut scorer = model.scorer(&state);
        for item in 0..1_000 {
            let competency = CompetencyKey(item % 44);
            let at = Opportunity::first_try(competency, ItemKey(item), Probability::clamped(0.02));
            black_box(scorer.chance(&at, Difficulty::shared(0.0)));
        }
        times.push(start.elapsed());
    }
    let (median, late) = spread(times);
    println!("score 1,000 candidate items: median {median:?}, p99 {late:?}; aimed at: 60 us");
}

fn given(rows: &[Response]) -> Vec<Given> {
    let one = |row: &Response| Given {
        response: *row,
        difficulty: Difficulty::shared(0.0),
    };
    rows.iter().map(one).collect()
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
    tracing();
}
