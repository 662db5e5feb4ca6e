//! `trellis model priors`: fits the model that ships to simulated learners, so that the file in the repository can be
//! made again by anybody.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use trellis_core::model::{OPEN_GUESS, RunningModel, Tracing};
use trellis_sim::SimAnswer;
use trellis_stats::metrics::{Scored, figures};
use trellis_stats::tracing::additive::{Additive, AdditiveLearner, FitOptions, Given};
use trellis_stats::tracing::{CompetencyKey, ItemKey};

/// Two to the power of this many places for weights: about 700 are used.
const BITS: u32 = 16;

#[derive(Debug, Args)]
pub(crate) struct PriorsArguments {
    /// Where to write the model.
    #[arg(long)]
    pub(super) out: PathBuf,
    /// The name of the version.
    #[arg(long, default_value = "additive-1")]
    version: String,
    /// Simulated learners.
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(10..=1_000_000))]
    learners: u32,
    /// Where chance comes from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Fits the model and writes it to the file that was asked for.
pub(crate) fn write(arguments: &PriorsArguments) -> Result<(), Box<dyn Error>> {
    let answers = trellis_sim::answers(arguments.seed, arguments.learners);
    let unweighted = RunningModel::new("levels", "{}", Tracing::Knowledge, levels(&answers));
    let rows: Vec<Given> = answers.iter().map(|one| given(&unweighted, one)).collect();
    let options = FitOptions::default();
    let additive = Additive::fit_given(&rows, BITS, &options);
    let others = trellis_sim::answers(arguments.seed.wrapping_add(1), arguments.learners / 4);
    let held_out: Vec<Given> = others.iter().map(|one| given(&unweighted, one)).collect();
    let measured = figures(&scored(&additive, &held_out)).ok_or("no answers to measure on")?;
    let about = json!({
        "source": "simulated learners of trellis-sim, no real ones",
        "command": format!(
            "trellis model priors --version {} --learners {} --seed {} --out FILE",
            arguments.version, arguments.learners, arguments.seed
        ),
        "answers": rows.len(),
        "learners": arguments.learners,
        "options": format!("{options:?}"),
        "trellis": env!("CARGO_PKG_VERSION"),
        "held_out": {
            "answers": held_out.len(),
            "auc": measured.auc,
            "log_loss": measured.log_loss,
            "ece": measured.ece,
        },
    });
    let model = RunningModel::new(
        &arguments.version,
        &about.to_string(),
        Tracing::Additive(Box::new(additive)),
        unweighted.levels(),
    );
    fs::write(&arguments.out, model.to_bytes())
        .map_err(|error| format!("{}: {error}", arguments.out.display()))?;
    Ok(())
}

/// An answer with what a new site knows of its item: the level and the kind.
fn given(model: &RunningModel, answer: &SimAnswer) -> Given {
    let at = &answer.response.opportunity;
    let none = (ItemKey(u32::MAX), CompetencyKey(u32::MAX));
    Given {
        response: answer.response,
        difficulty: model.difficulty(none.0, none.1, answer.level, at.guess.get()),
    }
}

/// Log-odds that an average learner answers an item of each level right at the first try, without guessing.
fn levels(answers: &[SimAnswer]) -> [f32; 3] {
    [1, 2, 3].map(|level| {
        let (mut all, mut right, mut guess) = (1.0, 0.5, OPEN_GUESS);
        for answer in answers {
            let at = &answer.response.opportunity;
            if answer.level == level && at.is_independent() {
                all += 1.0;
                right += f64::from(u8::from(answer.response.correct));
                guess += at.guess.get();
            }
        }
        let (rate, guess) = (right / all, guess / all);
        let alone = ((rate - guess) / (1.0 - guess)).clamp(0.01, 0.99);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "single precision is what models keep"
        )]
        let log_odds = (alone / (1.0 - alone)).ln() as f32;
        log_odds
    })
}

/// Each answer's chance before it was taken in, with the answer.
fn scored(additive: &Additive, rows: &[Given]) -> Vec<Scored> {
    let mut all = Vec::with_capacity(rows.len());
    for learner in rows.chunk_by(|a, b| a.response.learner == b.response.learner) {
        let mut state = AdditiveLearner::default();
        for row in learner {
            let at = &row.response.opportunity;
            let predicted = additive
                .predict_given(&state, at, row.difficulty)
                .probability;
            all.push((predicted.get(), row.response.correct));
            state.follow(at, row.difficulty.log_odds, row.response.correct);
        }
    }
    all
}
