//! All learner models on a file of responses: fitted on its train rows, scored on its test rows.
//!
//! `cargo bench -p trellis-stats --bench tracing -- FILE.csv`
#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::collections::BTreeMap;
use std::time::Instant;
use trellis_stats::metrics::figures;
use trellis_stats::probability::Probability;
use trellis_stats::tracing::additive::{Additive, AdditiveLearner, FitOptions};
use trellis_stats::tracing::{CompetencyKey, ItemKey, Opportunity, Response};

fn read(path: &str) -> (Vec<Response>, Vec<Response>) {
    let text = std::fs::read_to_string(path).expect("the file can be read");
    let validate = std::env::var("VALIDATE").is_ok();
    let (mut train, mut test) = (vec![], vec![]);
    let mut last: BTreeMap<(u32, u32), u64> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let f: Vec<&str> = line.split(',').collect();
        let n = |i: usize| f[i].parse::<u32>().expect("a number");
        let mut o = Opportunity::first_try(CompetencyKey(n(4)), ItemKey(n(1)), Probability::ZERO);
        let time: u64 = f[2].parse().expect("a time");
        if time > 0 {
            if let Some(before) = last.insert((n(0), n(4)), time) {
                o.seconds_since_practice = Some(time.saturating_sub(before));
            }
        }
        let r = Response {
            learner: n(0),
            opportunity: o,
            correct: f[3] == "1",
        };
        if f[5] == "train" {
            if validate && n(0) % 7 == 3 {
                test.push(r)
            } else {
                train.push(r)
            }
        } else if !validate {
            test.push(r);
        }
    }
    (train, test)
}

fn env(name: &str, default: f32) -> f32 {
    std::env::var(name)
        .ok()
        .and_then(|v| v.parse().ok())
        .unwrap_or(default)
}

fn main() {
    for path in std::env::args().skip(1).filter(|a| a != "--bench") {
        let (train, test) = read(&path);
        println!("{path}: {} train {} test", train.len(), test.len());
        let options = FitOptions {
            passes: env("PASSES", 3.0) as u32,
            rate: env("RATE", 0.1),
            last_rate: env("LAST", 0.3),
            shrink: env("SHRINK", 2e-5),
            abreast: env("ABREAST", 256.0) as usize,
            seed: 1,
        };
        let t = cpu();
        let model = Additive::fit(&train, env("BITS", 20.0) as u32, &options);
        let fitted = (cpu() - t);
        let t = cpu();
        let mut scored = vec![];
        for learner in test.chunk_by(|a, b| a.learner == b.learner) {
            let mut state = AdditiveLearner::default();
            for r in learner {
                scored.push((
                    f64::from(model.follow(&mut state, &r.opportunity, r.correct)),
                    r.correct,
                ));
            }
        }
        let followed = (cpu() - t);
        if std::env::var("BINS").is_ok() {
            for b in trellis_stats::metrics::reliability(&scored) {
                if b.count > 0 {
                    println!(
                        "  n {} predicted {:.3} right {:.3}",
                        b.count,
                        b.predicted / b.count as f64,
                        b.right / b.count as f64
                    );
                }
            }
            for (a, z) in [(0, 10), (10, 50), (50, 200), (200, 100000)] {
                let mut part = vec![];
                let mut i = 0;
                for l in test.chunk_by(|a, b| a.learner == b.learner) {
                    for k in 0..l.len() {
                        if k >= a && k < z {
                            part.push(scored[i]);
                        }
                        i += 1;
                    }
                }
                if let Some(f) = figures(&part) {
                    println!(
                        "  {a}..{z} n {} auc {:.4} rmse {:.4} ece {:.4} mean {:.4} {:.4}",
                        f.count,
                        f.auc,
                        f.rmse,
                        f.ece,
                        part.iter().map(|x| x.0).sum::<f64>() / f.count as f64,
                        part.iter().filter(|x| x.1).count() as f64 / f.count as f64
                    );
                }
            }
        }
        let mut online = Additive::new(20);
        let mut scored2 = vec![];
        for (rows, score) in [(&train, false), (&test, true)] {
            for learner in rows.chunk_by(|a, b| a.learner == b.learner) {
                let mut state = AdditiveLearner::default();
                for r in learner {
                    if score {
                        scored2.push((
                            f64::from(online.follow(&mut state, &r.opportunity, r.correct)),
                            r.correct,
                        ));
                    } else {
                        online.learn(&mut state, &r.opportunity, r.correct);
                    }
                }
            }
        }
        let f = figures(&scored2).expect("there are responses");
        println!(
            "online auc {:.4} rmse {:.4} ll {:.4} ece {:.4}",
            f.auc, f.rmse, f.log_loss, f.ece
        );
        let f = figures(&scored).expect("there are responses");
        println!(
            "additive auc {:.4} rmse {:.4} ll {:.4} ece {:.4} fit {fitted:?} follow {:?}/row",
            f.auc,
            f.rmse,
            f.log_loss,
            f.ece,
            followed / test.len() as u32
        );
    }
}

fn cpu() -> std::time::Duration {
    let text = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    let ns = text
        .split(' ')
        .next()
        .and_then(|v| v.parse().ok())
        .unwrap_or(0);
    std::time::Duration::from_nanos(ns)
}
