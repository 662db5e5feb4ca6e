//! The three-parameter, graded and partial credit models: against the two-parameter model where
//! they are the same, and on invented persons whose items are known.

use trellis_stats::irt::{
    Answer, CategoryOptions, Curve, Form, IrtOptions, Item, Refusal, Score, eap_categories,
    fit_categories, fit_two_parameter,
};
use trellis_stats::random::Random;

fn draw(curves: &[Curve], persons: usize, seed: u64) -> Vec<Vec<Score>> {
    let mut random = Random::labelled(seed, "categories");
    let mut rows = Vec::new();
    for _ in 0..persons {
        let ability = random.normal();
        let mut score = |curve: &Curve| {
            let mut left = random.uniform();
            let place = curve.chances(ability).iter().position(|chance| {
                left -= chance;
                left < 0.0
            });
            Some(u8::try_from(place.unwrap_or(curve.scores() - 1)).expect("few scores"))
        };
        rows.push(curves.iter().map(&mut score).collect());
    }
    rows
}

/// With two scores a graded and a partial credit item are the two-parameter item: the same
/// parameters and the same likelihood must come out, by another road.
#[test]
fn two_scores_are_the_two_parameter_model() {
    let items = [(1.2, 0.5), (0.8, -0.3), (1.6, 1.0), (1.0, 0.0), (0.7, -1.0)];
    let truth: Vec<Curve> = items
        .iter()
        .map(|&(slope, intercept)| Curve::Graded {
            slope,
            intercepts: vec![intercept],
        })
        .collect();
    let mut rows = draw(&truth, 600, 1);
    // Some answers are missing.
    for (person, row) in rows.iter_mut().enumerate() {
        if person % 7 == 0 {
            row[person % 5] = None;
        }
    }
    let to_answer = |score: &Score| match score {
        None => Answer::Missing,
        Some(0) => Answer::Wrong,
        Some(_) => Answer::Right,
    };
    let answers: Vec<Vec<Answer>> = rows
        .iter()
        .map(|row| row.iter().map(to_answer).collect())
        .collect();
    let options = IrtOptions {
        points: 60,
        tolerance: 1e-7,
        ..IrtOptions::default()
    };
    let plain = fit_two_parameter(&answers, &options).unwrap();
    for form in [Form::Graded, Form::PartialCredit] {
        let options = CategoryOptions {
            tolerance: 1e-6,
            ..CategoryOptions::default()
        };
        let fit = fit_categories(&rows, form, &options).unwrap();
        let gap = fit.log_likelihood - plain.log_likelihood;
        assert!(gap.abs() < 1e-4, "{form:?} {gap}");
        for (curve, item) in fit.curves.iter().zip(&plain.items) {
            let (Curve::Graded { slope, intercepts } | Curve::PartialCredit { slope, intercepts }) =
                curve
            else {
                panic!("another form: {curve:?}");
            };
            assert!((slope - item.slope).abs() < 2e-3, "{curve:?} {item:?}");
            assert!((intercepts[0] - item.intercept).abs() < 2e-3);
        }
    }
}

#[test]
fn graded_and_partial_credit_items_are_found_again() {
    let slopes = [0.8, 1.1, 1.4, 1.0, 1.7, 0.9];
    for form in [Form::Graded, Form::PartialCredit] {
        let curve = |slope: f64| {
            let intercepts = vec![1.4 * slope, 0.1, -1.3];
            match form {
                Form::Graded => Curve::Graded { slope, intercepts },
                _ => Curve::PartialCredit { slope, intercepts },
            }
        };
        let truth: Vec<Curve> = slopes.into_iter().map(curve).collect();
        let rows = draw(&truth, 2500, 2);
        let options = CategoryOptions {
            tolerance: 1e-4,
            ..CategoryOptions::default()
        };
        let fit = fit_categories(&rows, form, &options).unwrap();
        for (found, truth) in fit.curves.iter().zip(&truth) {
            for ability in [-1.5, 0.0, 1.5] {
                let pairs = found
                    .chances(ability)
                    .into_iter()
                    .zip(truth.chances(ability));
                for (a, b) in pairs {
                    assert!((a - b).abs() < 0.05, "{form:?} {found:?} {truth:?}");
                }
            }
        }
        let all = |score| vec![Some(score); slopes.len()];
        let (low, high) = (
            eap_categories(&fit.curves, &all(0)),
            eap_categories(&fit.curves, &all(3)),
        );
        assert!(low.ability < -1.2 && high.ability > 1.2, "{low:?} {high:?}");
        let none = eap_categories(&fit.curves, &vec![None; slopes.len()]);
        assert!(none.ability.abs() < 1e-9);
    }
}

/// Hard items show what guessing does; easy items do not, and the fit says which.
#[test]
fn guesses_are_found_where_answers_show_them() {
    let curve = |(slope, intercept, guess): (f64, f64, f64)| Curve::ThreeParameter {
        item: Item { slope, intercept },
        guess,
    };
    let items = [
        (1.6, -1.6, 0.3),
        (1.5, -1.2, 0.1),
        (1.4, 0.3, 0.2),
        (1.3, 3.5, 0.2),
        (1.8, -0.8, 0.25),
        (1.2, 0.0, 0.2),
        (1.6, -1.4, 0.15),
        (1.5, 0.8, 0.2),
    ];
    let truth: Vec<Curve> = items.into_iter().map(curve).collect();
    let rows = draw(&truth, 3000, 3);
    let options = CategoryOptions {
        tolerance: 1e-3,
        ..CategoryOptions::default()
    };
    let fit = fit_categories(&rows, Form::ThreeParameter, &options).unwrap();
    let guess = |at: usize| match &fit.curves[at] {
        Curve::ThreeParameter { guess, .. } => *guess,
        other => panic!("another form: {other:?}"),
    };
    for (at, item) in items.iter().enumerate().filter(|(_, item)| item.1 < -1.0) {
        assert!((guess(at) - item.2).abs() < 0.06, "{at} {}", guess(at));
    }
    assert!(
        fit.guess_from_prior.contains(&3),
        "{:?}",
        fit.guess_from_prior
    );
    assert!(
        !fit.guess_from_prior.contains(&0),
        "{:?}",
        fit.guess_from_prior
    );
}

#[test]
fn what_cannot_be_fitted_is_refused() {
    let options = CategoryOptions::default();
    let fit = |rows: &[Vec<Score>], form| fit_categories(rows, form, &options);
    assert_eq!(fit(&[], Form::Graded), Err(Refusal::Shape));
    let ragged = [vec![Some(0)], vec![Some(1), Some(0)]];
    assert_eq!(fit(&ragged, Form::Graded), Err(Refusal::Shape));
    // Nobody got 1 on the second item, nobody was asked the third.
    let gaps = [vec![Some(0), Some(0), None], vec![Some(1), Some(2), None]];
    let refusal = Refusal::NotIdentified { items: vec![1, 2] };
    assert_eq!(fit(&gaps, Form::PartialCredit), Err(refusal));
    let three = [vec![Some(0)], vec![Some(1)], vec![Some(2)]];
    assert_eq!(fit(&three, Form::ThreeParameter), Err(Refusal::Shape));
    assert_eq!(fit(&[vec![Some(200)]], Form::Graded), Err(Refusal::Shape));
    let coarse = CategoryOptions {
        points: 20,
        ..options
    };
    let steep = Curve::Graded {
        slope: 6.0,
        intercepts: vec![3.0, -3.0],
    };
    let rows = draw(&[steep.clone(), steep.clone(), steep], 2000, 4);
    assert!(matches!(
        fit_categories(&rows, Form::Graded, &coarse),
        Err(Refusal::GridTooCoarse { .. } | Refusal::NotConverged { .. })
    ));
}
