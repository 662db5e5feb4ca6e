//! Item analysis on answers of a known school: wrong keys, hurried answers, items that hang together or drift.

use super::*;
use crate::probability::logistic;
use crate::random::Random;

/// `learners` of spread 1 answer `items` of difficulties -1 to 1; chance decides from the seed.
fn school(seed: u64, learners: u32, items: u32, asked: u32) -> Vec<FirstAnswer> {
    let mut random = Random::new(seed);
    let mut answers = Vec::new();
    for learner in 0..learners {
        let ability = random.normal();
        for turn in 0..asked {
            let item = (turn * 7 + learner * 3) % items;
            let difficulty = -1.0 + 2.0 * f64::from(item) / f64::from(items - 1);
            let right = random.uniform() < logistic(1.2 * (ability - difficulty));
            let wrong = 1 + u16::try_from(random.below(3)).unwrap();
            answers.push(FirstAnswer {
                learner,
                item,
                right,
                option: Some(if right { 0 } else { wrong }),
                seconds: Some(20.0 + 20.0 * random.uniform()),
                at: i64::from(learner) * 100 + i64::from(turn),
            });
        }
    }
    answers
}

fn item(analysis: &Analysis, item: u32) -> &ItemFigures {
    analysis
        .items
        .iter()
        .find(|figures| figures.item == item)
        .unwrap()
}

#[test]
fn a_sound_bank_shows_nothing_odd_whoever_answered_what() {
    for (asked, basis) in [(20, Basis::Totals), (12, Basis::Abilities)] {
        let analysis = analyse(&school(3, 600, 20, asked));
        assert_eq!(analysis.basis, basis);
        for figures in &analysis.items {
            let rest = figures.item_rest.unwrap();
            assert!(
                rest > 0.15 && rest < figures.point_biserial.unwrap(),
                "{figures:?}"
            );
            assert!((0.8..1.2).contains(&figures.infit.unwrap()), "{figures:?}");
            assert!((0.6..1.5).contains(&figures.outfit.unwrap()), "{figures:?}");
            assert!(figures.hurried < 1e-12);
            let key = figures.options.iter().find(|o| o.option == 0).unwrap();
            assert!(key.rest > 0.0 && key.right == key.chosen);
        }
        let rising = analysis
            .items
            .windows(2)
            .filter(|w| w[0].difficulty < w[1].difficulty);
        assert!(rising.count() >= 15);
    }
}

#[test]
fn a_wrong_key_shows_in_the_rest_and_in_the_options() {
    let mut answers = school(5, 500, 20, 12);
    // The author marked option 1 as right although option 0 is.
    for answer in answers.iter_mut().filter(|answer| answer.item == 9) {
        answer.right = answer.option == Some(1);
    }
    let analysis = analyse(&answers);
    let bad = item(&analysis, 9);
    assert!(bad.item_rest.unwrap() < 0.0);
    let best = bad
        .options
        .iter()
        .max_by(|a, b| a.rest.total_cmp(&b.rest))
        .unwrap();
    assert_eq!((best.option, best.right), (0, 0));
    assert!(bad.outfit.unwrap() > 1.1);
}

#[test]
fn all_right_all_wrong_and_nothing_stay_finite() {
    assert_eq!(analyse(&[]).items.len(), 0);
    let answers: Vec<FirstAnswer> = (0..10)
        .flat_map(|learner| {
            (0..3).map(move |item| FirstAnswer {
                learner,
                item,
                right: item == 0 || (item == 2 && learner == 0),
                option: None,
                seconds: Some(f64::NAN),
                at: 0,
            })
        })
        .collect();
    let analysis = analyse(&answers);
    assert_eq!(item(&analysis, 0).item_rest, None);
    assert!(
        analysis
            .items
            .iter()
            .all(|i| i.difficulty.is_finite() && i.median_seconds.is_none())
    );
    assert!(item(&analysis, 0).difficulty < item(&analysis, 1).difficulty);
}

#[test]
fn the_earliest_answer_counts_and_the_order_of_rows_does_not() {
    let mut answers = school(8, 80, 12, 8);
    let plain = analyse(&answers);
    let mut late = answers[5];
    late.right = !late.right;
    late.at += 1_000_000;
    answers.push(late);
    answers.reverse();
    let again = analyse(&answers);
    assert_eq!((again.items, again.repeated), (plain.items, 1));
}

#[test]
fn quick_answers_are_counted() {
    let mut answers = school(2, 100, 10, 10);
    for answer in answers.iter_mut().filter(|a| a.item == 4 && a.learner < 30) {
        answer.seconds = Some(1.0);
    }
    let analysis = analyse(&answers);
    assert!((item(&analysis, 4).hurried - 0.3).abs() < 1e-12);
}

#[test]
fn twins_hang_together_and_others_do_not() {
    let mut answers = school(4, 400, 20, 20);
    let copied: Vec<(u32, bool)> = answers
        .iter()
        .filter(|a| a.item == 3)
        .map(|a| (a.learner, a.right))
        .collect();
    for answer in answers.iter_mut().filter(|a| a.item == 4) {
        answer.right = copied.iter().find(|c| c.0 == answer.learner).unwrap().1;
    }
    let rasch = fit_rasch(&answers);
    let pairs = dependence(&answers, &rasch, 100, 100);
    assert_eq!(
        (pairs[0].first, pairs[0].second, pairs[0].learners),
        (3, 4, 400)
    );
    assert!(pairs[0].q3 > 0.7);
    assert!(pairs[1].q3 < 0.25);
    assert_eq!(pairs.len(), 190);
}

#[test]
fn an_answer_that_goes_round_shows_as_drift() {
    let mut answers = school(6, 600, 20, 12);
    for answer in answers
        .iter_mut()
        .filter(|a| a.item == 11 && a.learner >= 300)
    {
        answer.right = answer.right || answer.learner % 2 == 0;
    }
    let rasch = fit_rasch(&answers);
    let moved = drift(&answers, &rasch, 30);
    for found in &moved {
        assert_eq!(found.item == 11, found.z.abs() > 3.5, "{found:?}");
    }
    assert!(moved.iter().find(|d| d.item == 11).unwrap().change < -0.8);
}
