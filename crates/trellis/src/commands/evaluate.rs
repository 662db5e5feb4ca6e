//! `trellis evaluate FILE`: learner models side by side on recorded answers, with their doubt.

use std::error::Error;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use trellis_stats::evaluation::Subject;

use super::{evaluate_explain, evaluate_html, evaluate_input, evaluate_report, evaluate_run};

#[derive(Debug, Args)]
pub(crate) struct EvaluateArguments {
    /// A CSV file with one answer a row: student, item, skill, correct, and if known time and part (train or test).
    /// Names of columns that ASSISTments, DataShop and pyKT use are recognised, pyKT's sequences too.
    file: PathBuf,
    /// Models to compare, separated by commas, or `all`: additive, additive-online, best-lr, das3h, lkt-aoa, pfa, afm,
    /// bkt, elo, rasch. Others are compared with the first.
    #[arg(long, default_value = "additive,best-lr,bkt")]
    models: String,
    /// Folds of students, each held out once. Without it the file's own split counts, and five folds if it has none.
    #[arg(long)]
    folds: Option<usize>,
    /// Also score the additive model after one pass, predicting each answer before learning from it.
    #[arg(long)]
    online: bool,
    /// Also say how students did on the next unseen item after several rules first called a skill mastered.
    #[arg(long)]
    mastery: bool,
    /// How many times students are drawn again for the intervals.
    #[arg(long, default_value_t = 300)]
    rounds: usize,
    /// Where chance comes from: folds, draws and shuffles.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print everything as JSON.
    #[arg(long)]
    json: bool,
    /// Instead of comparing, say why the additive model, fitted to all other students, predicted this student's last
    /// answers as it did.
    #[arg(long, value_name = "STUDENT")]
    explain: Option<String>,
    /// Also write a report with reliability plots to this file.
    #[arg(long)]
    html: Option<PathBuf>,
}

/// The models asked for, in order, each once.
fn subjects(arguments: &EvaluateArguments) -> Result<Vec<Subject>, String> {
    let mut out = Vec::new();
    for name in arguments.models.split(',').map(str::trim) {
        if name == "all" {
            out.extend(Subject::ALL);
        } else {
            let known = || Subject::ALL.map(Subject::name).join(", ");
            let one = Subject::named(name)
                .ok_or_else(|| format!("there is no model `{name}`; there are {}", known()))?;
            out.push(one);
        }
    }
    if arguments.online {
        out.push(Subject::AdditiveOnline);
    }
    let mut once = Vec::new();
    for subject in out {
        if !once.contains(&subject) {
            once.push(subject);
        }
    }
    Ok(once)
}

pub(crate) fn run(arguments: &EvaluateArguments) -> Result<ExitCode, Box<dyn Error>> {
    let subjects = subjects(arguments)?;
    let answers = evaluate_input::open(&arguments.file)?;
    if let Some(student) = &arguments.explain {
        let mut out = io::stdout().lock();
        evaluate_explain::run(&mut out, &answers, student, arguments.json)?;
        return Ok(ExitCode::SUCCESS);
    }
    let folds = answers.folds(arguments.folds, arguments.seed)?;
    let steps = subjects.len() * (folds.count + 1);
    let bar = evaluate_input::bar(u64::try_from(steps)?, "evaluating");
    let reports = evaluate_run::evaluate(
        &answers,
        &folds,
        &subjects,
        arguments.rounds.clamp(20, 10_000),
        arguments.seed,
        &bar,
    );
    bar.finish_and_clear();
    let mastery = if arguments.mastery {
        evaluate_run::mastery(&answers, arguments.seed)
    } else {
        Vec::new()
    };
    let whole = evaluate_report::Whole {
        answers: &answers,
        folds: &folds,
        reports: &reports,
        mastery: &mastery,
    };
    let mut out = io::stdout().lock();
    if arguments.json {
        evaluate_report::json(&mut out, &whole)?;
    } else {
        evaluate_report::text(&mut out, &whole)?;
    }
    if let Some(path) = &arguments.html {
        std::fs::write(path, evaluate_html::page(&whole))
            .map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let honest = reports
        .iter()
        .all(|report| report.checks.is_none_or(|checks| checks.passed()));
    Ok(if honest {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
