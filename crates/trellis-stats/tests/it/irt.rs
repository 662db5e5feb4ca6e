//! Item response theory against exact values for two public data sets.
//!
//! LSAT6 and LSAT7 (Bock and Lieberman 1970; Bock and Aitkin 1981): 1,000 persons, five items. The
//! expected values come from a Newton optimiser on the collapsed likelihood with 61
//! Gauss-Hermite nodes, gradient under 1e-13, and agree with R mirt 1.47 at tight tolerance.

use trellis_stats::irt::{Answer, IrtFit, IrtOptions, Refusal, Slopes, fit_two_parameter};
use trellis_stats::random::Random;

pub(super) const LSAT6: &str = "00000:3 00001:6 00010:2 00011:11 00100:1 00101:1 00110:3 00111:4 01000:1 \
    01001:8 01011:16 01101:3 01110:2 01111:15 10000:10 10001:29 10010:14 10011:81 10100:3 \
    10101:28 10110:15 10111:80 11000:16 11001:56 11010:21 11011:173 11100:11 11101:61 11110:28 \
    11111:298";
const LSAT7: &str = "00000:12 00001:19 00010:1 00011:7 00100:3 00101:19 00110:3 00111:17 01000:10 \
    01001:5 01010:3 01011:7 01100:7 01101:23 01110:8 01111:28 10000:7 10001:39 10010:11 10011:34 \
    10100:14 10101:51 10110:15 10111:90 11000:6 11001:25 11010:7 11011:35 11100:18 11101:136 \
    11110:32 11111:308";

pub(super) fn persons(table: &str) -> Vec<Vec<Answer>> {
    let mut rows = Vec::new();
    for cell in table.split_whitespace() {
        let (pattern, count) = cell.split_once(':').expect("a pattern and its count");
        let to_answer = |c| {
            if c == '1' {
                Answer::Right
            } else {
                Answer::Wrong
            }
        };
        let row: Vec<Answer> = pattern.chars().map(to_answer).collect();
        let count: usize = count.parse().expect("a count");
        rows.extend(std::iter::repeat_n(row, count));
    }
    rows
}

fn fit(table: &str, slopes: Slopes) -> IrtFit {
    let options = IrtOptions {
        slopes,
        points: 120,
        tolerance: 1e-9,
        most_steps: 20_000,
        standard_errors: slopes == Slopes::Free,
    };
    fit_two_parameter(&persons(table), &options).expect("the data carry the model")
}

#[track_caller]
fn near(found: f64, expected: f64, tolerance: f64) {
    assert!(
        (found - expected).abs() < tolerance,
        "{found} for {expected}"
    );
}

#[test]
fn lsat6_two_parameters() {
    let fit = fit(LSAT6, Slopes::Free);
    near(fit.log_likelihood, -2_466.653_377_40, 1e-6);
    let slopes = [
        0.825_659_52,
        0.722_744_20,
        0.890_874_53,
        0.688_367_97,
        0.656_855_94,
    ];
    let intercepts = [
        2.773_234_40,
        0.990_201_20,
        0.249_147_52,
        1.284_756_93,
        2.053_270_44,
    ];
    let errors = [
        (0.25811, 0.20574),
        (0.18668, 0.09002),
        (0.23276, 0.07627),
        (0.18514, 0.09904),
        (0.20991, 0.13536),
    ];
    for at in 0..5 {
        near(fit.items[at].slope, slopes[at], 2e-6);
        near(fit.items[at].intercept, intercepts[at], 2e-6);
        near(fit.standard_errors[at].0, errors[at].0, 1e-5);
        near(fit.standard_errors[at].1, errors[at].1, 1e-5);
    }
}

#[test]
fn lsat7_two_parameters() {
    let fit = fit(LSAT7, Slopes::Free);
    near(fit.log_likelihood, -2_658.805_113_55, 1e-6);
    let slopes = [
        0.987_545_89,
        1.080_837_14,
        1.707_477_66,
        0.764_989_87,
        0.735_672_71,
    ];
    let errors = [0.17719, 0.16876, 0.32108, 0.13412, 0.15113];
    for at in 0..5 {
        near(fit.items[at].slope, slopes[at], 2e-6);
        near(fit.standard_errors[at].0, errors[at], 1e-5);
    }
}

#[test]
fn one_parameter() {
    let six = fit(LSAT6, Slopes::Common);
    near(six.log_likelihood, -2_466.937_599_58, 1e-6);
    near(six.items[0].slope, 0.755_134_62, 2e-6);
    near(six.items[2].intercept, 0.239_853_88, 2e-6);
    // Rasch's form: slope 1 and this variance.
    near(six.items[4].slope * six.items[4].slope, 0.570_228_29, 3e-6);
    let seven = fit(LSAT7, Slopes::Common);
    near(seven.log_likelihood, -2_664.900_890_85, 1e-6);
    near(seven.items[1].slope, 1.011_267_52, 2e-6);
}

#[test]
fn what_cannot_be_fitted_is_refused_with_its_reason() {
    let options = IrtOptions::default();
    assert_eq!(fit_two_parameter(&[], &options), Err(Refusal::Shape));
    let ragged = vec![vec![Answer::Right], vec![]];
    assert_eq!(fit_two_parameter(&ragged, &options), Err(Refusal::Shape));
    let mut rows = persons(LSAT6);
    rows.iter_mut().for_each(|row| row[3] = Answer::Right);
    let refused = fit_two_parameter(&rows, &options);
    assert_eq!(refused, Err(Refusal::NotIdentified { items: vec![3] }));
}

/// Answers that are missing at random must not move the items: a sixth taken out of 3,000 persons
/// leaves the estimates where they were within sampling error, and ten items of a second form
/// that half the persons saw are fitted too.
#[test]
fn missing_answers_are_left_out() {
    let mut random = Random::new(8);
    let truth: Vec<(f64, f64)> = (0..20)
        .map(|_| ((0.3 * random.normal()).exp(), random.normal()))
        .collect();
    let mut rows = Vec::new();
    for person in 0..3000 {
        let ability = random.normal();
        let answer = |(at, &(a, d)): (usize, &(f64, f64))| {
            let right = random.chance(1.0 / (1.0 + (-(a * ability + d)).exp()));
            let skipped = random.chance(1.0 / 6.0) || (at >= 10 && person % 2 == 0);
            match (skipped, right) {
                (true, _) => Answer::Missing,
                (false, true) => Answer::Right,
                (false, false) => Answer::Wrong,
            }
        };
        rows.push(truth.iter().enumerate().map(answer).collect::<Vec<_>>());
    }
    let fit = fit_two_parameter(&rows, &IrtOptions::default()).unwrap();
    for (item, (a, d)) in fit.items.iter().zip(&truth) {
        assert!((item.slope - a).abs() < 0.35, "{item:?} {a}");
        assert!((item.intercept - d).abs() < 0.3, "{item:?} {d}");
    }
    assert!(fit.grid_error.abs() < 1e-3);
}
