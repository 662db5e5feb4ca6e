//! Adaptive tests and placement on simulated persons.

use trellis_stats::adaptive::{
    Bank, BankItem, Narrowing, Placement, PlacementOptions, Prerequisites, Selection, Sitting,
    StopReason, StopRule, exposure_controls,
};
use trellis_stats::irt::Item;
use trellis_stats::random::Random;

fn bank(size: usize) -> Bank {
    let mut random = Random::labelled(1, "bank");
    let item = |at: usize| {
        let slope = (0.1 + 0.35 * random.normal()).exp();
        let intercept = -slope * 1.1 * random.normal();
        let area = u16::try_from(at % 4).expect("small");
        BankItem {
            item: Item { slope, intercept },
            area,
            control: 1.0,
        }
    };
    Bank::new((0..size).map(item).collect())
}

fn best() -> Selection {
    Selection {
        among: 1,
        narrowing: None,
        most_by_area: Vec::new(),
    }
}

/// Mean squared error's root, mean length, and how often each item was asked.
fn simulate(
    bank: &Bank,
    selection: &Selection,
    rule: &StopRule,
    persons: u32,
) -> (f64, f64, Vec<u32>) {
    let mut random = Random::labelled(2, "persons");
    let (mut squares, mut length) = (0.0, 0);
    let mut asked = vec![0; bank.len()];
    for _ in 0..persons {
        let truth = random.normal();
        let mut sitting = Sitting::new(bank, 0.0, 1.0);
        sitting.run(bank, selection, rule, &mut random, |place, random| {
            asked[place] += 1;
            random.chance(bank.get(place).expect("in the bank").item.chance(truth))
        });
        squares += (sitting.ability - truth) * (sitting.ability - truth);
        length += sitting.asked();
    }
    let persons = f64::from(persons);
    let length = f64::from(u32::try_from(length).expect("small"));
    ((squares / persons).sqrt(), length / persons, asked)
}

#[test]
fn thirty_items_measure_as_well_as_peers_do() {
    let bank = bank(500);
    let rule = StopRule {
        standard_error: 0.0,
        decision: None,
        most_items: 30,
    };
    let (error, length, _) = simulate(&bank, &best(), &rule, 1000);
    println!("30 items: error {error}");
    assert!(length == 30.0 && error < 0.23, "{error}");
    let rule = StopRule {
        standard_error: 0.3,
        decision: None,
        most_items: 200,
    };
    let (error, length, _) = simulate(&bank, &best(), &rule, 1000);
    println!("error 0.3: length {length} error {error}");
    assert!(length < 14.0 && error < 0.32, "{length} {error}");
}

#[test]
fn no_item_is_asked_too_often_and_content_is_kept() {
    let bank = bank(500);
    let rule = StopRule {
        standard_error: 0.0,
        decision: None,
        most_items: 20,
    };
    let selection = Selection {
        among: 5,
        narrowing: None,
        most_by_area: vec![6, 6, 6, 6],
    };
    let narrowing = Selection {
        narrowing: Some(Narrowing {
            first_among: 500,
            questions: 10,
        }),
        ..selection.clone()
    };
    let (free_error, ..) = simulate(&bank, &selection, &rule, 1000);
    for (selection, most_unused) in [(&selection, 400), (&narrowing, 25)] {
        let controlled = exposure_controls(&bank, selection, &rule, 0.18, 3000, 3);
        let (error, _, asked) = simulate(&controlled, selection, &rule, 1000);
        let most = asked.iter().max().copied().unwrap_or(0);
        let unused = asked.iter().filter(|&&count| count == 0).count();
        println!("most {most} unused {unused} error {error} free {free_error}");
        // 0.18 of 1,000, five standard errors of 12 for the largest of hundreds.
        assert!(most <= 240, "{most}");
        assert!(unused <= most_unused, "{unused}");
        assert!(error < 1.2 * free_error, "{error} {free_error}");
    }
    let mut random = Random::new(9);
    let mut sitting = Sitting::new(&bank, 0.0, 1.0);
    let mut by_area = [0; 4];
    for _ in 0..24 {
        let place = sitting.choose(&bank, &selection, &mut random).unwrap();
        by_area[usize::from(bank.get(place).unwrap().area)] += 1;
        sitting.answer(&bank, place, true);
    }
    assert_eq!(by_area, [6; 4]);
    assert_eq!(sitting.choose(&bank, &selection, &mut random), None);
}

#[test]
fn a_decision_ends_the_test() {
    let bank = bank(200);
    let rule = StopRule {
        standard_error: 0.0,
        decision: Some((0.0, 0.95)),
        most_items: 100,
    };
    let mut random = Random::new(4);
    let mut sitting = Sitting::new(&bank, 0.0, 1.0);
    let reason = sitting.run(&bank, &best(), &rule, &mut random, |_, _| true);
    assert_eq!(reason, StopReason::Decided { above: true });
    assert!(sitting.asked() < 10 && sitting.chance_above(0.0) >= 0.95);
}

fn graph(size: usize, layers: usize) -> Prerequisites {
    let mut random = Random::labelled(5, "graph");
    let width = size / layers;
    let needed = |at: usize| {
        let layer = at / width;
        let mut before = Vec::new();
        if layer > 0 {
            for _ in 0..=random.index(3) {
                let other = (layer - 1) * width + random.index(width);
                before.push(u32::try_from(other).expect("small"));
            }
        }
        before.sort_unstable();
        before.dedup();
        before
    };
    Prerequisites::new((0..size).map(needed).collect()).expect("layers come in order")
}

/// A learner's true state, drawn by another road than the crowd: competencies one by one.
fn learner(
    graph_before: &[Vec<usize>],
    layers: f64,
    width: usize,
    random: &mut Random,
) -> Vec<bool> {
    let ability = 1.5 * random.normal();
    let mut state = vec![false; graph_before.len()];
    for skill in 0..state.len() {
        let ready = graph_before[skill].iter().all(|&k| state[k]);
        let depth = f64::from(u32::try_from(skill / width).expect("small"));
        let odds = 2.5 + 1.2 * ability - 2.5 * depth / layers;
        state[skill] = ready && random.chance(1.0 / (1.0 + (-odds).exp()));
    }
    state
}

#[test]
fn few_questions_place_a_learner() {
    let mut random = Random::labelled(5, "graph");
    let before: Vec<Vec<usize>> = (0..200)
        .map(|at| {
            let layer = at / 10;
            let mut needed = Vec::new();
            if layer > 0 {
                for _ in 0..=random.index(3) {
                    needed.push((layer - 1) * 10 + random.index(10));
                }
            }
            needed.sort_unstable();
            needed.dedup();
            needed
        })
        .collect();
    let graph = graph(200, 20);
    let options = PlacementOptions {
        enough: 0.0,
        most_questions: 25,
        ..Default::default()
    };
    let mut random = Random::labelled(6, "learners");
    let (mut right, mut brier, mut base) = (0, 0.0, [0_u32; 200]);
    let persons = 20;
    for _ in 0..persons {
        let truth = learner(&before, 19.0, 10, &mut random);
        let mut placement = Placement::new(&graph, options, &mut random);
        while !placement.is_over() {
            let skill = placement.next_question().unwrap();
            let chance = if truth[skill] { 0.9 } else { 0.05 };
            let correct = random.chance(chance);
            placement.answer(skill, correct, &mut random);
        }
        for ((p, known), base) in placement.chances().iter().zip(&truth).zip(&mut base) {
            right += u32::from((*p > 0.5) == *known);
            brier += (p - f64::from(u8::from(*known))).powi(2);
            *base += u32::from(*known);
        }
        for skill in placement.outer_fringe() {
            assert!(before[skill].iter().all(|&k| placement.chances()[k] > 0.5));
        }
    }
    let all = f64::from(persons * 200);
    let majority: u32 = base.iter().map(|&k| k.max(persons - k)).sum();
    let accuracy = f64::from(right) / all;
    println!(
        "placement {accuracy} brier {} majority {}",
        brier / all,
        f64::from(majority) / all
    );
    assert!(accuracy > 0.94 && brier / all < 0.045);
}

#[test]
fn a_graph_that_points_forward_is_refused() {
    assert_eq!(Prerequisites::new(vec![vec![0]]), None);
    assert_eq!(Prerequisites::new(vec![vec![1], vec![]]), None);
    assert_eq!(Prerequisites::new(vec![vec![], vec![7]]), None);
    assert!(Prerequisites::new(vec![]).is_some_and(|graph| graph.is_empty()));
}
