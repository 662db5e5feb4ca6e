//! The measuring behind `trellis evaluate`: each model fitted and scored fold by fold, timed.

use std::time::{Duration, Instant};

use indicatif::ProgressBar;
use trellis_stats::evaluation::{
    AfterMastery, Band, Checks, Doubted, Sample, SkillReport, Subject, after_mastery, check,
    first_on_skill, position_bands, resample, skills, split,
};
use trellis_stats::metrics::{Bin, Figures, Scored, reliability};
use trellis_stats::tracing::Response;
use trellis_stats::tracing::mastery::{
    BktThreshold, BoundedMastery, InARow, LowerBoundMastery, MOfN,
};

use super::evaluate_input::{Answers, Folds};

/// What a model cost.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cost {
    /// CPU time of fitting, all folds.
    pub(crate) fit: Duration,
    /// CPU time of scoring, all folds.
    pub(crate) predict: Duration,
    /// Highest memory of the process while fitting and scoring; `None` where the system does not
    /// say.
    pub(crate) peak_bytes: Option<u64>,
    /// What of it was there before.
    pub(crate) before_bytes: Option<u64>,
}

/// Everything about one model.
pub(crate) struct Report {
    /// Which.
    pub(crate) subject: Subject,
    /// Figures, intervals, differences to the first model.
    pub(crate) doubted: Doubted,
    /// By place in a student's answers.
    pub(crate) bands: Vec<Band>,
    /// First answers on a skill.
    pub(crate) first: Option<Figures>,
    /// Calibration by skill.
    pub(crate) skills: SkillReport,
    /// The reliability table.
    pub(crate) bins: [Bin; 20],
    /// What it cost.
    pub(crate) cost: Cost,
    /// The built-in tests; `None` with too few students.
    pub(crate) checks: Option<Checks>,
}

/// CPU time of this thread so far where the system says, else the time of a clock.
struct Stopwatch {
    cpu: Option<Duration>,
    wall: Instant,
}

fn cpu() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanos = text.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanos))
}

impl Stopwatch {
    fn start() -> Self {
        Self {
            cpu: cpu(),
            wall: Instant::now(),
        }
    }

    fn elapsed(&self) -> Duration {
        match (self.cpu, cpu()) {
            (Some(then), Some(now)) => now.saturating_sub(then),
            _ => self.wall.elapsed(),
        }
    }
}

/// A line of `/proc/self/status` in bytes.
fn memory(field: &str) -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find(|line| line.starts_with(field))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1024)
}

/// Predictions of one model for all held-out rows.
fn predict(
    answers: &Answers,
    folds: &Folds,
    subject: Subject,
    bar: &ProgressBar,
) -> (Vec<f64>, Cost) {
    // Sets the high-water mark back where the system allows it; where not, the mark is that of
    // the whole run so far.
    drop(std::fs::write("/proc/self/clear_refs", "5"));
    let mut cost = Cost {
        before_bytes: memory("VmRSS:"),
        ..Cost::default()
    };
    let mut predicted = vec![f64::NAN; answers.rows.len()];
    for fold in 0..folds.count {
        let split = split(&answers.rows, |row| {
            folds.of_row.get(row) == Some(&Some(fold))
        });
        let watch = Stopwatch::start();
        let mut model = subject.fit(&split.train);
        cost.fit += watch.elapsed();
        let watch = Stopwatch::start();
        let scored = model.score(&split.test);
        cost.predict += watch.elapsed();
        for (place, p) in split.places.into_iter().zip(scored) {
            predicted[place] = p;
        }
        bar.inc(1);
    }
    cost.peak_bytes = memory("VmHWM:");
    let held_out = predicted.into_iter().zip(&folds.of_row);
    let predicted = held_out.filter(|(_, fold)| fold.is_some());
    (predicted.map(|(p, _)| p).collect(), cost)
}

/// Evaluates the models; the first is the one that others are compared with.
pub(crate) fn evaluate(
    answers: &Answers,
    folds: &Folds,
    subjects: &[Subject],
    rounds: usize,
    seed: u64,
    bar: &ProgressBar,
) -> Vec<Report> {
    let held = |(row, fold): (&Response, &Option<usize>)| fold.map(|_| *row);
    let test: Vec<Response> = answers
        .rows
        .iter()
        .zip(&folds.of_row)
        .filter_map(held)
        .collect();
    let mut models = Vec::new();
    let mut costs = Vec::new();
    for &subject in subjects {
        let (predicted, cost) = predict(answers, folds, subject, bar);
        models.push(predicted);
        costs.push(cost);
    }
    let outcomes: Vec<bool> = test.iter().map(|row| row.correct).collect();
    let mut learners = Vec::with_capacity(test.len());
    for (number, own) in test.chunk_by(|a, b| a.learner == b.learner).enumerate() {
        learners.extend(std::iter::repeat_n(number, own.len()));
    }
    let sample = Sample {
        learners: &learners,
        outcomes: &outcomes,
        models: &models,
    };
    let doubted = resample(&sample, rounds, seed);
    let mut reports = Vec::new();
    for (((&subject, cost), doubted), predicted) in
        subjects.iter().zip(costs).zip(doubted).zip(&models)
    {
        let scored: Vec<Scored> = predicted
            .iter()
            .copied()
            .zip(outcomes.iter().copied())
            .collect();
        reports.push(Report {
            subject,
            doubted,
            bands: position_bands(&test, predicted),
            first: first_on_skill(&test, predicted),
            skills: skills(&test, predicted),
            bins: reliability(&scored),
            cost,
            checks: check(subject, &answers.rows, seed),
        });
        bar.inc(1);
    }
    reports
}

/// Mastery rules over all rows: what learners did on the next unseen item after the call.
pub(crate) fn mastery(answers: &Answers, seed: u64) -> Vec<(&'static str, AfterMastery)> {
    let rows = &answers.rows;
    let kolibri = MOfN {
        needed: 5,
        window: 7,
    };
    let classical = BktThreshold {
        guess: Some(0.2),
        slip: Some(0.1),
        ..BktThreshold::oatutor()
    };
    vec![
        (
            "Trellis, careful",
            after_mastery(&LowerBoundMastery::careful(), rows, seed),
        ),
        (
            "Trellis, prompt",
            after_mastery(&LowerBoundMastery::prompt(), rows, seed),
        ),
        (
            "Trellis, bound alone",
            after_mastery(&BoundedMastery::default(), rows, seed),
        ),
        ("three in a row", after_mastery(&InARow(3), rows, seed)),
        ("five in a row", after_mastery(&InARow(5), rows, seed)),
        ("five of seven", after_mastery(&kolibri, rows, seed)),
        (
            "OATutor as shipped",
            after_mastery(&BktThreshold::oatutor(), rows, seed),
        ),
        (
            "BKT 0.95, guess 0.2, slip 0.1",
            after_mastery(&classical, rows, seed),
        ),
    ]
}
