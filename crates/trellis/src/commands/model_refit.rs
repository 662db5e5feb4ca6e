//! `trellis model refit`: a new version of the model from a school's own answers, published only when it wins.

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use trellis_core::model::RunningModel;
use trellis_stats::evaluation::deal;
use trellis_stats::metrics::{Figures, Scored, figures};

use super::clock::now;
use super::evaluate_input::count;
use super::model_install;
use super::model_site::{self, SiteLearner, scored, with_rates, with_weights};

/// With fewer learners or answers nothing can be shown, and nothing is tried.
const LEAST_LEARNERS: usize = 30;
const LEAST_ANSWERS: usize = 1_000;
/// Below so many answers weights of one's own only fit noise, and are not tried.
const LEAST_FOR_WEIGHTS: usize = 20_000;
/// Each learner is held out once.
const FOLDS: usize = 5;
/// So many standard errors a version must be better by.
const SURE: f64 = 1.96;

#[derive(Debug, Args)]
pub(crate) struct RefitArguments {
    /// The folder that holds the database.
    #[arg(long)]
    dir: PathBuf,
    /// Say what would happen and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Where chance comes from: who is held out with whom.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// How a model is made from learners.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// As it runs.
    Running,
    /// With difficulties and guess rates of this place.
    Rates,
    /// With weights of this place as well.
    Weights,
}

impl Way {
    fn name(self) -> &'static str {
        match self {
            Self::Running => "as it runs",
            Self::Rates => "with difficulties and guess rates of this place",
            Self::Weights => "with weights of this place too",
        }
    }

    fn make(
        self,
        running: &RunningModel,
        version: &str,
        about: &str,
        learners: &[&SiteLearner],
    ) -> RunningModel {
        match self {
            Self::Running => running.clone(),
            Self::Rates => with_rates(running, version, about, learners),
            Self::Weights => with_weights(&with_rates(running, version, about, learners), learners),
        }
    }
}

/// A way with what it did on learners it had not seen.
struct Tried {
    way: Way,
    figures: Figures,
    /// Log loss of each learner's answers together.
    losses: Vec<f64>,
}

/// How much better than what runs, in log loss a answer, and its standard error over learners.
#[derive(Clone, Copy)]
struct Gain {
    mean: f64,
    error: f64,
}

impl Gain {
    fn wins(self) -> bool {
        self.mean > SURE * self.error && self.mean > 0.0
    }
}

pub(super) fn run(
    out: &mut impl Write,
    arguments: &RefitArguments,
) -> Result<ExitCode, Box<dyn Error>> {
    let store = super::opened::open(&arguments.dir, false)?;
    let catalog = store.catalog();
    let (learners, left_out) = model_site::learners(&catalog, &store.learned()?);
    let answers: usize = learners.iter().map(|learner| learner.answers.len()).sum();
    let running = catalog.model();
    if !arguments.json {
        writeln!(
            out,
            "{} answers of {} learners; {} of a program of long ago are left out. {} runs.",
            count(answers),
            count(learners.len()),
            count(left_out),
            running.version()
        )?;
    }
    if learners.len() < LEAST_LEARNERS || answers < LEAST_ANSWERS {
        let why = format!(
            "Nothing is changed: to tell one model from another needs at least {} learners and {} answers.",
            count(LEAST_LEARNERS),
            count(LEAST_ANSWERS)
        );
        return tell(out, arguments.json, &[], None, &why);
    }
    let mut ways = vec![Way::Running, Way::Rates];
    if answers >= LEAST_FOR_WEIGHTS {
        ways.push(Way::Weights);
    }
    let tried = ways
        .into_iter()
        .map(|way| on_held_out(way, running, &learners, arguments.seed))
        .collect::<Option<Vec<_>>>()
        .ok_or("knowledge tracing runs here; install an additive model first")?;
    let (now_runs, others) = tried.split_first().ok_or("nothing was tried")?;
    let gains: Vec<Gain> = others
        .iter()
        .map(|one| gain(one, now_runs, answers))
        .collect();
    let best = others
        .iter()
        .zip(&gains)
        .filter(|(_, gain)| gain.wins())
        .max_by(|a, b| a.1.mean.total_cmp(&b.1.mean));
    let none = Gain {
        mean: 0.0,
        error: 0.0,
    };
    let all = std::iter::once((now_runs, none)).chain(others.iter().zip(gains.iter().copied()));
    let rows: Vec<(&Tried, Gain)> = all.collect();
    let Some((winner, gain)) = best else {
        let why = "Nothing is changed: no version is surely better on learners it has not seen.";
        return tell(out, arguments.json, &rows, None, why);
    };
    if arguments.dry_run {
        let what = format!("This would run from now on: {}.", winner.way.name());
        return tell(out, arguments.json, &rows, None, &what);
    }
    let version = format!("site-{}", store.models()?.len() + 1);
    let about = json!({
        "source": "answers of this place",
        "made_from": running.version(),
        "how": winner.way.name(),
        "answers": answers,
        "learners": learners.len(),
        "upto_event": store.last_seq()?.0,
        "fitted_at_ms": now()?.0,
        "trellis": env!("CARGO_PKG_VERSION"),
        "held_out": {
            "auc": winner.figures.auc,
            "log_loss": winner.figures.log_loss,
            "ece": winner.figures.ece,
            "gain": gain.mean,
            "gain_error": gain.error,
        },
    });
    let all: Vec<&SiteLearner> = learners.iter().collect();
    let new = winner.way.make(running, &version, &about.to_string(), &all);
    let installed = model_install::install(&store, &new)?;
    tell(out, arguments.json, &rows, Some(&version), &installed)
}

/// Fits without each fifth of the learners in turn, and predicts that fifth. `None` for a model without weights.
fn on_held_out(
    way: Way,
    running: &RunningModel,
    learners: &[SiteLearner],
    seed: u64,
) -> Option<Tried> {
    let folds = deal(learners.len(), FOLDS, seed);
    let mut losses = vec![0.0; learners.len()];
    let mut all: Vec<Scored> = Vec::new();
    for held in 0..FOLDS {
        let others = learners
            .iter()
            .zip(&folds)
            .filter(|(_, fold)| **fold != held);
        let others: Vec<&SiteLearner> = others.map(|(learner, _)| learner).collect();
        let model = way.make(running, "held-out", "{}", &others);
        let inside = (0..)
            .zip(learners)
            .zip(&folds)
            .filter(|(_, fold)| **fold == held);
        for ((place, learner), _) in inside {
            let scored = scored(&model, learner)?;
            let place: usize = place;
            losses[place] = scored.iter().map(loss).sum();
            all.extend(scored);
        }
    }
    Some(Tried {
        way,
        figures: figures(&all)?,
        losses,
    })
}

fn loss(scored: &Scored) -> f64 {
    let (chance, right) = *scored;
    -(if right { chance } else { 1.0 - chance }).max(1e-12).ln()
}

/// By learner, because answers of one are alike.
fn gain(one: &Tried, now_runs: &Tried, answers: usize) -> Gain {
    #[expect(clippy::cast_precision_loss, reason = "counts of answers and learners")]
    let (answers, learners) = (answers as f64, one.losses.len() as f64);
    let gains: Vec<f64> = now_runs
        .losses
        .iter()
        .zip(&one.losses)
        .map(|(before, after)| before - after)
        .collect();
    let sum: f64 = gains.iter().sum();
    let mean = sum / learners;
    let spread: f64 = gains.iter().map(|gain| (gain - mean) * (gain - mean)).sum();
    Gain {
        mean: sum / answers,
        error: (spread * learners / (learners - 1.0)).sqrt() / answers,
    }
}

/// Prints what was tried and what came of it.
fn tell(
    out: &mut impl Write,
    as_json: bool,
    rows: &[(&Tried, Gain)],
    installed: Option<&str>,
    what: &str,
) -> Result<ExitCode, Box<dyn Error>> {
    if as_json {
        let rows: Vec<_> = rows
            .iter()
            .map(|(one, gain)| {
                json!({
                    "model": one.way.name(),
                    "auc": one.figures.auc,
                    "log_loss": one.figures.log_loss,
                    "ece": one.figures.ece,
                    "gain": gain.mean,
                    "gain_error": gain.error,
                    "wins": gain.wins(),
                })
            })
            .collect();
        let line = json!({ "tried": rows, "installed": installed, "said": what });
        writeln!(out, "{line}")?;
        return Ok(ExitCode::SUCCESS);
    }
    if !rows.is_empty() {
        writeln!(
            out,
            "{:<48} {:>7} {:>9} {:>7}  better by (standard error)",
            "on learners it has not seen", "AUC", "log loss", "ECE"
        )?;
    }
    for (one, gain) in rows {
        let figures = &one.figures;
        writeln!(
            out,
            "{:<48} {:>7.4} {:>9.4} {:>7.4}  {:+.5} ({:.5})",
            one.way.name(),
            figures.auc,
            figures.log_loss,
            figures.ece,
            gain.mean,
            gain.error
        )?;
    }
    writeln!(out, "{what}")?;
    Ok(ExitCode::SUCCESS)
}
