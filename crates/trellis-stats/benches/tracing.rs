//! All learner models on files of responses: fitted on the train rows, scored on the test rows.
//!
//! `cargo bench -p trellis-stats --features std --bench tracing -- FILE.csv ...`
//!
//! A file's columns are `user_id,item_id,timestamp,correct,skill_id,part`, rows of one learner
//! together and in order. With the environment variable VALIDATE set, test rows stay unread and a
//! seventh of the train learners is held out instead: the way to choose options.
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::collections::BTreeMap;
use std::time::Duration;
use trellis_stats::metrics::{Scored, figures};
use trellis_stats::probability::Probability;
use trellis_stats::tracing::additive::{Additive, FitOptions};
use trellis_stats::tracing::bkt;
use trellis_stats::tracing::bkt_fit::{BktFit, fit_bkt};
use trellis_stats::tracing::counting::{Counting, Form};
use trellis_stats::tracing::rating::{Mover, Rating};
use trellis_stats::tracing::{CompetencyKey, ItemKey, LearnerModel, Opportunity, Response};

/// Train and test rows of a file.
fn read(path: &str) -> Option<(Vec<Response>, Vec<Response>)> {
    let text = std::fs::read_to_string(path).ok()?;
    let validate = std::env::var("VALIDATE").is_ok();
    let (mut train, mut test) = (Vec::new(), Vec::new());
    let mut last: BTreeMap<(u32, u32), u64> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let number = |place: usize| fields.get(place)?.parse::<u32>().ok();
        let (learner, skill) = (number(0)?, number(4)?);
        let (competency, item) = (CompetencyKey(skill), ItemKey(number(1)?));
        let mut opportunity = Opportunity::first_try(competency, item, Probability::ZERO);
        let time: u64 = fields.get(2)?.parse().ok()?;
        if time > 0 {
            let before = last.insert((learner, skill), time);
            opportunity.seconds_since_practice = before.map(|then| time.saturating_sub(then));
        }
        let response = Response {
            learner,
            opportunity,
            correct: number(3)? == 1,
        };
        let is_train = *fields.get(5)? == "train";
        match (is_train, validate, learner % 7 == 3) {
            (true, true, true) | (false, false, _) => test.push(response),
            (true, ..) => train.push(response),
            (false, true, _) => {}
        }
    }
    Some((train, test))
}

/// CPU time of this thread so far; zero where the system does not say.
fn cpu() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    Duration::from_nanos(
        text.split(' ')
            .next()
            .and_then(|ns| ns.parse().ok())
            .unwrap_or(0),
    )
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let before = cpu();
    let result = work();
    (result, cpu().saturating_sub(before))
}

fn print(name: &str, scored: &[Scored], fit: Duration, predict: Duration) {
    let Some(found) = figures(scored) else { return };
    let rows = u32::try_from(scored.len()).unwrap_or(u32::MAX);
    println!(
        "{name:<22} AUC {:.4}  RMSE {:.4}  log loss {:.4}  ECE {:.4}  fit {:.3} s  {:.0} ns a row",
        found.auc,
        found.rmse,
        found.log_loss,
        found.ece,
        fit.as_secs_f64(),
        (predict / rows).as_secs_f64() * 1e9,
    );
}

/// Predictions of a model for each learner's answers in order.
fn score<M: LearnerModel>(model: &M, test: &[Response]) -> Vec<Scored> {
    let mut scored = Vec::with_capacity(test.len());
    for learner in test.chunk_by(|a, b| a.learner == b.learner) {
        let mut state = model.start();
        for r in learner {
            scored.push((
                model.predict(&state, &r.opportunity).probability.get(),
                r.correct,
            ));
            model.update(&mut state, &r.opportunity, r.correct);
        }
    }
    scored
}

fn additive(train: &[Response], test: &[Response]) {
    let options = FitOptions::default();
    let (model, fit) = timed(|| Additive::fit(train, 20, &options));
    let (scored, predict) = timed(|| follow(&model, test));
    print("additive, three passes", &scored, fit, predict);
    by_position(test, &scored);
    let (model, fit) = timed(|| {
        let mut model = Additive::new(20);
        for learner in train.chunk_by(|a, b| a.learner == b.learner) {
            let mut state = model.start();
            for r in learner {
                model.learn(&mut state, &r.opportunity, r.correct);
            }
        }
        model
    });
    let (scored, predict) = timed(|| follow(&model, test));
    print("additive, online once", &scored, fit, predict);
}

fn follow(model: &Additive, test: &[Response]) -> Vec<Scored> {
    let mut scored = Vec::with_capacity(test.len());
    let mut sizes = Vec::new();
    for learner in test.chunk_by(|a, b| a.learner == b.learner) {
        let mut state = model.start();
        for r in learner {
            let p = model.follow(&mut state, &r.opportunity, r.correct);
            scored.push((f64::from(p), r.correct));
        }
        sizes.push(state.size_bytes());
    }
    sizes.sort_unstable();
    let mean = sizes.iter().sum::<usize>() / sizes.len().max(1);
    println!(
        "  memory: {mean} bytes a learner on average, {} in the middle, {} MB the model",
        sizes.get(sizes.len() / 2).copied().unwrap_or(0),
        model.size_bytes() >> 20
    );
    scored
}

/// Calibration early and late in a learner's history.
fn by_position(test: &[Response], scored: &[Scored]) {
    for (from, to) in [(0, 10), (10, 50), (50, 200), (200, usize::MAX)] {
        let mut rest = scored;
        let mut band = Vec::new();
        for learner in test.chunk_by(|a, b| a.learner == b.learner) {
            let (own, after) = rest.split_at(learner.len());
            rest = after;
            band.extend(own.iter().skip(from).take(to - from).copied());
        }
        if let Some(found) = figures(&band) {
            println!(
                "  answers from {from}: AUC {:.4}  ECE {:.4}",
                found.auc, found.ece
            );
        }
    }
}

fn fitted_bkt(train: &[Response], test: &[Response]) {
    let (fits, fit) = timed(|| fit_bkt(train));
    let likelihood: f64 = fits.iter().map(|fit| fit.1.log_likelihood).sum();
    let steps: u32 = fits.iter().map(|fit| fit.1.steps).sum();
    println!(
        "  BKT: {} competencies, log-likelihood {likelihood:.1}, {steps} steps",
        fits.len()
    );
    let common = BktFit {
        prior: 0.4,
        learn: 0.15,
        guess: 0.2,
        slip: 0.1,
        log_likelihood: 0.0,
        steps: 0,
    };
    let (scored, predict) = timed(|| {
        let mut scored = Vec::with_capacity(test.len());
        for learner in test.chunk_by(|a, b| a.learner == b.learner) {
            let mut known: BTreeMap<CompetencyKey, f64> = BTreeMap::new();
            for r in learner {
                let key = r.opportunity.competency;
                let place = fits.binary_search_by_key(&key, |fit| fit.0);
                let f = place.map_or(&common, |at| &fits[at].1);
                let k = known.entry(key).or_insert(f.prior);
                scored.push((bkt::chance_of_right(*k, f.guess, f.slip), r.correct));
                *k = bkt::learn(bkt::posterior(*k, f.guess, f.slip, r.correct), f.learn);
            }
        }
        scored
    });
    print("BKT, fitted", &scored, fit, predict);
}

/// The figures aimed at for the same files and jobs.
const AIMS: &str = "\
aimed at, ASSISTments 2009: AUC .800, RMSE .408, ECE .004, in the first ten answers .010; Statics 2011: .850, .350, .004
aimed at, jobs: additive fit on 220,070 rows .25 s and 24 MB, one pass within .001 of it; BKT .006 s; a learner 1,024 \
bytes; an answer 250 ns";

/// Others' figures, measured on the same files and splits (AUC / RMSE / ECE) or for the same jobs.
const PEERS: &str = "\
peers, ASSISTments 2009: Best-LR in scikit-learn .7679 / .4226 / .0115, pyBKT .7156 / .4401, best published deep .7765
peers, Statics 2011: Best-LR in scikit-learn .8263 / .3611 / .0125, pyBKT .6920 / .4015, DKT .83
peers, fit on 220,070 rows: Best-LR in scikit-learn 16 s and 363 MB; pyBKT's C++ 3.0 to 3.8 s, its wheel about 320 s, \
hmm-scalable 0.8 s";

fn main() {
    println!("{PEERS}\n{AIMS}");
    for path in std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
    {
        let Some((train, test)) = read(&path) else {
            println!("{path}: not a file of responses");
            continue;
        };
        println!(
            "{path}: {} train rows, {} test rows",
            train.len(),
            test.len()
        );
        additive(&train, &test);
        fitted_bkt(&train, &test);
        for (name, mover) in [("Elo", Mover::Elo), ("online Rasch", Mover::Rasch)] {
            let (model, fit) = timed(|| Rating::fit(mover, &train));
            let (scored, predict) = timed(|| score(&model, &test));
            print(name, &scored, fit, predict);
        }
        for (name, form) in [
            ("AFM", Form::Afm),
            ("PFA", Form::Pfa),
            ("LKT-AOA", Form::LktAoa),
            ("DAS3H", Form::Das3h),
            ("Best-LR", Form::BestLr),
        ] {
            let (model, fit) = timed(|| Counting::fit(form, &train, 1.0));
            let (scored, predict) = timed(|| score(&model, &test));
            print(name, &scored, fit, predict);
        }
    }
}
