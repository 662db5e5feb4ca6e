//! `trellis model`: the learner model that a school runs.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use trellis_core::model::{RunningModel, Tracing};

use super::evaluate_input::count;
use super::model_install;
use super::model_priors::{self, PriorsArguments};
use super::model_refit::{self, RefitArguments};

#[derive(Debug, Args)]
pub(crate) struct ModelArguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Check a model and say where it is from.
    Show {
        /// A file that `trellis model` wrote; without, the model that ships.
        file: Option<PathBuf>,
    },
    /// Fit the model that ships, to simulated learners alone.
    Priors(PriorsArguments),
    /// Let a model run in a school from now on. What was decided before stays as it was decided.
    Install(InstallArguments),
    /// Fit item difficulties, guess rates and weights to a school's own answers, and let the new version run if it wins on
    /// students that it has not seen.
    Refit(RefitArguments),
}

#[derive(Debug, Args)]
struct InstallArguments {
    /// A file that `trellis model` wrote.
    file: PathBuf,
    /// The folder that holds the database.
    #[arg(long)]
    dir: PathBuf,
}

pub(crate) fn run(arguments: &ModelArguments) -> Result<ExitCode, Box<dyn Error>> {
    let mut out = io::stdout().lock();
    match &arguments.what {
        What::Show { file } => {
            let model = match file {
                Some(file) => load(file)?,
                None => RunningModel::default(),
            };
            show(&mut out, &model)?;
        }
        What::Priors(arguments) => {
            model_priors::write(arguments)?;
            // What was written is what a school will read: read it as that would.
            show(&mut out, &load(&arguments.out)?)?;
        }
        What::Install(arguments) => {
            let model = load(&arguments.file)?;
            let store = super::opened::open(&arguments.dir, false)?;
            writeln!(out, "{}", model_install::install(&store, &model)?)?;
        }
        What::Refit(arguments) => return model_refit::run(&mut out, arguments),
    }
    Ok(ExitCode::SUCCESS)
}

/// A model that was read and checked.
fn load(path: &Path) -> Result<RunningModel, Box<dyn Error>> {
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(RunningModel::from_bytes(&bytes).map_err(|why| format!("{}: {why}", path.display()))?)
}

fn show(out: &mut impl Write, model: &RunningModel) -> io::Result<()> {
    let kind = match model.tracing() {
        Tracing::Additive(additive) => format!(
            "an additive model of {} weights",
            count(additive.weight_count())
        ),
        Tracing::Knowledge => "knowledge tracing".to_owned(),
    };
    let [easy, middle, hard] = model.levels();
    writeln!(
        out,
        "{}: {kind}\n  an average learner on items of level 1, 2, 3, without guessing, in log-odds: {easy:.2}, {middle:.2}, \
         {hard:.2}\n  {} items and {} competencies of its own\n  from: {}",
        model.version(),
        count(model.items().len()),
        count(model.competencies().len()),
        model.about()
    )
}
