//! Every learner model against the conformance suite, and the suite against models that lie.

use proptest::prelude::*;
use trellis_stats::probability::Probability;
use trellis_stats::tracing::bkt::{Bkt, Parameters};
use trellis_stats::tracing::conformance::check_model;
use trellis_stats::tracing::{
    Belief, CompetencyKey, LearnerModel, Opportunity, Prediction, Term, TermKind,
};

#[test]
fn bkt_keeps_every_promise() {
    for seed in 0..5 {
        check_model(&Bkt::default(), seed).unwrap();
    }
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
