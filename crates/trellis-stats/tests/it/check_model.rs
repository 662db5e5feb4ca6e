//! Every learner model against the conformance suite, and the suite against models that lie.

use proptest::prelude::*;
use trellis_stats::metrics::auc;
use trellis_stats::probability::Probability;
use trellis_stats::random::Random;
use trellis_stats::tracing::additive::{Additive, FitOptions};
use trellis_stats::tracing::bkt::{Bkt, Parameters};
use trellis_stats::tracing::bkt_fitted::{FittedBkt, Rates};
use trellis_stats::tracing::conformance::check_model;
use trellis_stats::tracing::counting::{Counting, Form};
use trellis_stats::tracing::rating::{Mover, Rating};
use trellis_stats::tracing::{
    Belief, CompetencyKey, ItemKey, LearnerModel, Opportunity, Prediction, Response, Term,
    TermKind, after_right_answers,
};

#[test]
fn bkt_keeps_every_promise() {
    for seed in 0..5 {
        check_model(&Bkt::default(), seed).unwrap();
    }
}

/// Answers of invented learners whose ability and items' difficulty are known.
fn invented(learners: u32) -> Vec<Response> {
    let mut random = Random::labelled(4, "additive");
    let mut responses = Vec::new();
    for learner in 0..learners {
        let ability = random.normal();
        for _ in 0..60 {
            let item = u32::try_from(random.below(40)).unwrap_or(0);
            let competency = CompetencyKey(item % 5);
            let opportunity = Opportunity::first_try(competency, ItemKey(item), Probability::ZERO);
            let odds = 1.3 * ability + f64::from(item % 8) / 2.0 - 2.0;
            let correct = random.chance(1.0 / (1.0 + (-odds).exp()));
            responses.push(Response {
                learner,
                opportunity,
                correct,
            });
        }
    }
    responses
}

#[test]
fn the_additive_model_keeps_every_promise() {
    check_model(&Additive::new(12), 1).unwrap();
    let fitted = Additive::fit(&invented(80), 16, &FitOptions::default());
    for seed in 0..5 {
        check_model(&fitted, seed).unwrap();
    }
}

/// Fitted to answers that were dealt out anew, the model must know nothing: what it then claims to
/// know it would have read where it may not look.
#[test]
fn shuffled_answers_teach_nothing() {
    let mut responses = invented(300);
    let auc_of = |responses: &[Response]| {
        let (train, test) = responses.split_at(responses.len() * 2 / 3);
        let model = Additive::fit(train, 16, &FitOptions::default());
        let mut scored = Vec::new();
        for learner in test.chunk_by(|a, b| a.learner == b.learner) {
            let mut state = model.start();
            for r in learner {
                let p = model.follow(&mut state, &r.opportunity, r.correct);
                scored.push((f64::from(p), r.correct));
            }
        }
        auc(&scored)
    };
    assert!(auc_of(&responses) > 0.7);
    let mut answers: Vec<bool> = responses.iter().map(|r| r.correct).collect();
    Random::new(6).shuffle(&mut answers);
    for (response, correct) in responses.iter_mut().zip(answers) {
        response.correct = correct;
    }
    let shuffled = auc_of(&responses);
    assert!((shuffled - 0.5).abs() < 0.02, "{shuffled}");
}

#[test]
fn the_models_to_compare_with_keep_every_promise() {
    let responses = invented(40);
    for form in [
        Form::Afm,
        Form::Pfa,
        Form::BestLr,
        Form::Das3h,
        Form::LktAoa,
    ] {
        check_model(&Counting::fit(form, &responses, 1.0), 2).unwrap();
        check_model(&Counting::fit(form, &[], 1.0), 2).unwrap();
    }
    for mover in [Mover::Elo, Mover::Rasch] {
        check_model(&Rating::fit(mover, &responses), 2).unwrap();
        check_model(&Rating::fit(mover, &[]), 2).unwrap();
    }
}

#[test]
fn fitted_knowledge_tracing_keeps_every_promise() {
    for responses in [invented(40), Vec::new()] {
        check_model(&FittedBkt::fit(&responses), 2).unwrap();
    }
    let certain = Rates {
        prior: Probability::ONE,
        learn: Probability::ONE,
        forget: Probability::ONE,
        guess: Probability::ONE,
        slip: Probability::ZERO,
    };
    let both = vec![(CompetencyKey(2), certain), (CompetencyKey(2), certain)];
    let model = FittedBkt::new(both);
    assert_eq!(model.rates().len(), 1);
    check_model(&model, 3).unwrap();
}

#[test]
fn more_right_answers_raise_the_prediction() {
    let fitted = Additive::fit(&invented(80), 16, &FitOptions::default());
    let at = Opportunity::first_try(CompetencyKey(1), ItemKey(1), Probability::ZERO);
    let start = fitted.start();
    let now = fitted.predict(&start, &at).probability;
    let then = after_right_answers(&fitted, &start, &at, 2).probability;
    assert!(then > now, "{now:?} {then:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn bkt_keeps_every_promise_whatever_its_parameters(
        prior in 0.0..=1.0_f64, learn in 0.0..=1.0_f64,
        forget in 0.0..=1.0_f64, help in 0.0..=1.0_f64, seed: u64,
    ) {
        let parameters = Parameters {
            prior: Probability::clamped(prior),
            learn: Probability::clamped(learn),
            forget_per_day: Probability::clamped(forget),
            hint_help: Probability::clamped(help),
        };
        let model = Bkt::new(Parameters::default(), vec![(CompetencyKey(3), parameters)]);
        prop_assert_eq!(check_model(&model, seed), Ok(()));
        prop_assert_eq!(check_model(&Bkt::new(parameters, Vec::new()), seed), Ok(()));
    }
}

/// What a dishonest model does wrong.
#[derive(Clone, Copy)]
enum Lie {
    TermsThatDoNotSum,
    Certainty,
    BytesThatForget,
}

struct Liar(Lie);

impl LearnerModel for Liar {
    type State = u32;

    fn start(&self) -> u32 {
        0
    }

    fn predict(&self, _: &u32, _: &Opportunity) -> Prediction {
        let terms = vec![Term {
            kind: TermKind::Base,
            log_odds: 1.0,
        }];
        let mut prediction = Prediction::from_terms(terms);
        match self.0 {
            Lie::TermsThatDoNotSum => prediction.probability = Probability::HALF,
            Lie::Certainty => prediction.probability = Probability::ONE,
            Lie::BytesThatForget => {}
        }
        prediction
    }

    fn update(&self, state: &mut u32, _: &Opportunity, _: bool) {
        *state += 1;
    }

    fn belief(&self, _: &u32, _: CompetencyKey) -> Belief {
        let half = Probability::HALF;
        Belief {
            value: half,
            low: half,
            high: half,
            evidence: 0.0,
        }
    }

    fn encode(&self, _: &u32, _: &mut Vec<u8>) {}

    fn decode(&self, _: &[u8]) -> Option<u32> {
        Some(0)
    }
}

#[test]
fn the_suite_catches_liars() {
    let found = |lie| check_model(&Liar(lie), 1).unwrap_err();
    assert!(found(Lie::TermsThatDoNotSum).contains("terms sum"));
    assert!(found(Lie::Certainty).contains("certain"));
    assert!(found(Lie::BytesThatForget).contains("bytes"));
}
