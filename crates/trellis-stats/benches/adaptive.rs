//! How well learners are placed and how evenly an adaptive test uses its bank, each beside the figure that is aimed at.
//!
//! `cargo bench -p trellis-stats --features std --bench adaptive`
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use trellis_stats::adaptive::{
    Bank, BankItem, Narrowing, Placement, PlacementOptions, Prerequisites, Selection, Sitting,
    StopRule, exposure_controls,
};
use trellis_stats::irt::Item;
use trellis_stats::probability::logistic;
use trellis_stats::random::Random;

const COMPETENCIES: usize = 200;
const WIDTH: usize = 10;
const LEARNERS: u32 = 400;
const QUESTIONS: u32 = 25;
const CARELESS: f64 = 0.10;
const GUESS: f64 = 0.05;

/// What each competency needs: up to three of the layer before.
fn needs(random: &mut Random) -> Vec<Vec<usize>> {
    let mut one = |at: usize| {
        let layer = at / WIDTH;
        let count = if layer == 0 { 0 } else { 1 + random.index(3) };
        let mut needed: Vec<usize> = (0..count)
            .map(|_| (layer - 1) * WIDTH + random.index(WIDTH))
            .collect();
        needed.sort_unstable();
        needed.dedup();
        needed
    };
    (0..COMPETENCIES).map(&mut one).collect()
}

fn graph(needs: &[Vec<usize>]) -> Option<Prerequisites> {
    let numbers = |needed: &Vec<usize>| -> Vec<u32> {
        needed
            .iter()
            .filter_map(|&k| u32::try_from(k).ok())
            .collect()
    };
    Prerequisites::new(needs.iter().map(numbers).collect())
}

/// How learners come to know things: level, weight of ability, and how much harder the last layer is than the first.
#[derive(Clone, Copy)]
struct Growth(f64, f64, f64);

/// What a learner knows, drawn competency by competency.
fn learner(needs: &[Vec<usize>], growth: Growth, random: &mut Random) -> Vec<bool> {
    let Growth(level, weight, steepness) = growth;
    let ability = 1.5 * random.normal();
    let layers = f64::from(u32::try_from(COMPETENCIES / WIDTH - 1).unwrap_or(1));
    let mut known = vec![false; needs.len()];
    for at in 0..known.len() {
        let ready = needs[at].iter().all(|&k| known[k]);
        let depth = f64::from(u32::try_from(at / WIDTH).unwrap_or(0));
        known[at] = ready
            && random.chance(logistic(
                level + weight * ability - steepness * depth / layers,
            ));
    }
    known
}

/// Share of competencies that end on the right side, and the mean squared error of their chances.
fn placed(
    needs: &[Vec<usize>],
    graph: &Prerequisites,
    growth: Growth,
    at_random: bool,
) -> (f64, f64) {
    let options = PlacementOptions {
        enough: 0.0,
        most_questions: usize::try_from(QUESTIONS).unwrap_or(0),
        ..PlacementOptions::default()
    };
    let mut random = Random::labelled(6, "learners");
    let mut chooser = Random::labelled(7, "choices");
    let (mut right, mut squares) = (0_u32, 0.0);
    for _ in 0..LEARNERS {
        let truth = learner(needs, growth, &mut random);
        let mut placement = Placement::new(graph, options, &mut random);
        for _ in 0..QUESTIONS {
            let best = placement.next_question();
            let asked = if at_random {
                Some(chooser.index(COMPETENCIES))
            } else {
                best
            };
            let Some(asked) = asked else { break };
            let correct = random.chance(if truth[asked] { 1.0 - CARELESS } else { GUESS });
            placement.answer(asked, correct, &mut random);
        }
        for (chance, known) in placement.chances().iter().zip(&truth) {
            right += u32::from((*chance > 0.5) == *known);
            squares += (chance - f64::from(u8::from(*known))).powi(2);
        }
    }
    let all = f64::from(LEARNERS) * f64::from(u32::try_from(COMPETENCIES).unwrap_or(1));
    (f64::from(right) / all, squares / all)
}

/// A bank of items in four areas.
fn bank(size: usize) -> Bank {
    let mut random = Random::labelled(1, "bank");
    let mut item = |at: usize| {
        let slope = (0.1 + 0.35 * random.normal()).exp();
        BankItem {
            item: Item {
                slope,
                intercept: -slope * 1.1 * random.normal(),
            },
            area: u16::try_from(at % 4).unwrap_or(0),
            control: 1.0,
        }
    };
    Bank::new((0..size).map(&mut item).collect())
}

/// How a bank is used and how well persons are measured.
struct Use {
    /// The largest share of sittings that an item is asked in.
    most: f64,
    /// The share of items that nobody is asked.
    unused: f64,
    /// The share of their items that two sittings have in common, on average.
    overlap: f64,
    /// The root of the mean squared error of ability.
    error: f64,
}

const RULE: StopRule = StopRule {
    standard_error: 0.0,
    decision: None,
    most_items: 20,
};

fn usage(bank: &Bank, selection: &Selection) -> Use {
    const SITTINGS: u32 = 10_000;
    let mut asked = vec![0_u32; bank.len()];
    let mut squares = 0.0;
    let mut random = Random::labelled(2, "persons");
    for _ in 0..SITTINGS {
        let ability = random.normal();
        let mut sitting = Sitting::new(bank, 0.0, 1.0);
        sitting.run(bank, selection, &RULE, &mut random, |place, random| {
            asked[place] += 1;
            let chance = bank.get(place).map_or(0.5, |own| own.item.chance(ability));
            random.chance(chance)
        });
        squares += (sitting.ability - ability) * (sitting.ability - ability);
    }
    let sittings = f64::from(SITTINGS);
    let share = |count: u32| f64::from(count) / sittings;
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(0));
    let unused = asked.iter().filter(|&&count| count == 0).count();
    Use {
        most: share(asked.iter().max().copied().unwrap_or(0)),
        unused: number(unused) / number(bank.len()),
        overlap: asked
            .iter()
            .map(|&count| share(count) * share(count))
            .sum::<f64>()
            / number(RULE.most_items),
        error: (squares / sittings).sqrt(),
    }
}

fn exposure(size: usize) {
    let bank = bank(size);
    let free = Selection {
        among: 1,
        narrowing: None,
        most_by_area: vec![6, 6, 6, 6],
    };
    let five = Selection {
        among: 5,
        ..free.clone()
    };
    let narrowing = Selection {
        narrowing: Some(Narrowing {
            first_among: size,
            questions: 10,
        }),
        ..five.clone()
    };
    let controlled = |selection| exposure_controls(&bank, selection, &RULE, 0.185, 10_000, 3);
    for (name, bank, selection) in [
        ("the best item", bank.clone(), &free),
        ("one of the best five", bank.clone(), &five),
        ("the same, controlled", controlled(&five), &five),
        ("narrowing, controlled", controlled(&narrowing), &narrowing),
    ] {
        let found = usage(&bank, selection);
        println!(
            "20 items of {size}, {name}: an item in at most {:.3} of sittings, {:.1} % unused, overlap {:.3}, error {:.4}",
            found.most,
            100.0 * found.unused,
            found.overlap,
            found.error
        );
    }
}

fn main() {
    println!(
        "aimed at: placement .955 or better (a prototype .958, Brier .032; random questions .924)"
    );
    let needs = needs(&mut Random::labelled(5, "graph"));
    let Some(graph) = graph(&needs) else {
        println!("the layers make no graph");
        return;
    };
    for (who, growth) in [
        ("as placement expects them", Growth(2.5, 1.2, 2.5)),
        ("who know less, abilities apart", Growth(1.5, 2.0, 0.5)),
        ("who know more, much alike", Growth(4.0, 0.5, 4.0)),
    ] {
        for (name, at_random) in [("chosen", false), ("random", true)] {
            let (share, squares) = placed(&needs, &graph, growth, at_random);
            println!(
                "placement, {COMPETENCIES} competencies, {QUESTIONS} {name} questions, careless {CARELESS}, guess {GUESS}, \
                 learners {who}: {share:.4} on the right side, Brier {squares:.4}"
            );
        }
    }
    println!(
        "aimed at: an item in at most .20 of sittings, 5 % of the bank unused, overlap .12, error 3 % more than free"
    );
    for size in [200, 500] {
        exposure(size);
    }
}
