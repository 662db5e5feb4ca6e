//! `trellis fit FILE`: fits a learner model to recorded answers and writes it with where it is
//! from.

use std::error::Error;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, ValueEnum};
use serde_json::json;
use trellis_interop::pybkt::{self, SkillRates};
use trellis_stats::evaluation::{Fitted, Subject, deal, split};
use trellis_stats::metrics::{Figures, Scored, figures};
use trellis_stats::tracing::bkt_fitted::FittedBkt;

use super::evaluate_input::{self, Answers};
use super::fit_file::{ModelFile, Provenance};
use super::fit_memory;

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Model {
    /// The additive model, as a model file of Trellis.
    Additive,
    /// Bayesian knowledge tracing, as the CSV of pyBKT's `Model.params()`.
    Bkt,
    /// The weights of the memory model, FSRS-6, as JSON: from the first answer of each day on a skill.
    Memory,
}

#[derive(Debug, Args)]
pub(crate) struct FitArguments {
    /// A CSV file of answers, as `trellis evaluate` reads it; or, with --show, a model file.
    file: PathBuf,
    /// What to fit.
    #[arg(long, value_enum, default_value = "additive")]
    model: Model,
    /// Where to write the model.
    #[arg(long, required_unless_present = "show")]
    out: Option<PathBuf>,
    /// Only check a model file and print where it is from.
    #[arg(long)]
    show: bool,
    /// Where chance comes from: who is held out to measure.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &FitArguments) -> Result<ExitCode, Box<dyn Error>> {
    let mut out = io::stdout().lock();
    let Some(target) = arguments.out.as_ref().filter(|_| !arguments.show) else {
        let model = load(&arguments.file)?;
        show(&mut out, &arguments.file, &model, arguments.json)?;
        return Ok(ExitCode::SUCCESS);
    };
    let answers = evaluate_input::open(&arguments.file)?;
    if !arguments.json {
        answers.describe(&mut out)?;
    }
    match arguments.model {
        Model::Additive => additive(&mut out, arguments, &answers, target)?,
        Model::Bkt => bkt(&mut out, arguments, &answers, target)?,
        Model::Memory => {
            let file = fit_memory::fit(&answers, arguments.seed, &mut out, arguments.json)?;
            let text = serde_json::to_string_pretty(&file)?;
            write_whole(target, text.as_bytes())?;
            if arguments.json {
                writeln!(out, "{text}")?;
            } else {
                writeln!(out, "{}: 21 weights", target.display())?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A model file that was read and checked.
fn load(path: &Path) -> Result<ModelFile, Box<dyn Error>> {
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(ModelFile::from_bytes(&bytes).map_err(|why| format!("{}: {why}", path.display()))?)
}

/// Figures of a model that was fitted without a fifth of the students, on that fifth. `None` with
/// fewer than five students.
fn held_out(subject: Subject, answers: &Answers, seed: u64) -> Option<Figures> {
    let students = answers.file.students.len();
    if students < 5 {
        return None;
    }
    let folds = deal(students, 5, seed);
    let held = |row: usize| {
        let student = answers.file.rows.get(row).map(|row| row.student);
        student
            .and_then(|student| folds.get(usize::try_from(student).ok()?))
            .is_some_and(|fold| *fold == 0)
    };
    let split = split(&answers.rows, held);
    let predicted = subject.fit(&split.train).score(&split.test);
    let outcomes = split.test.iter().map(|row| row.correct);
    let scored: Vec<Scored> = predicted.into_iter().zip(outcomes).collect();
    figures(&scored)
}

fn additive(
    out: &mut impl Write,
    arguments: &FitArguments,
    answers: &Answers,
    target: &Path,
) -> Result<(), Box<dyn Error>> {
    let measured = held_out(Subject::Additive, answers, arguments.seed);
    let Fitted::Additive(model) = Subject::Additive.fit(&answers.rows) else {
        return Err("the additive model was fitted as another one".into());
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let file = ModelFile {
        provenance: Provenance {
            source: answers.name.clone(),
            rows_read: answers.file.read,
            rows_used: answers.rows.len(),
            students: answers.file.students.len(),
            fitted_at_s: now.map_or(0, |since| since.as_secs()),
            trellis: env!("CARGO_PKG_VERSION").to_owned(),
            options: format!(
                "{:?}",
                trellis_stats::tracing::additive::FitOptions::default()
            ),
            held_out_auc: measured.map(|figures| figures.auc),
            held_out_log_loss: measured.map(|figures| figures.log_loss),
            held_out_ece: measured.map(|figures| figures.ece),
            items: answers.file.items.clone(),
            skills: answers.file.skills.clone(),
        },
        model,
    };
    write_whole(target, &file.to_bytes()?)?;
    // What was written is what a running system will read: read it as that would.
    let back = load(target)?;
    show(out, target, &back, arguments.json)?;
    Ok(())
}

/// Writes beside the target and then renames, so that nobody ever reads half a model.
fn write_whole(target: &Path, bytes: &[u8]) -> Result<(), String> {
    let words = |error: io::Error| format!("{}: {error}", target.display());
    let mut beside = target.as_os_str().to_owned();
    beside.push(".part");
    fs::write(&beside, bytes).map_err(words)?;
    fs::rename(&beside, target).map_err(words)
}

fn show(out: &mut impl Write, path: &Path, file: &ModelFile, json: bool) -> io::Result<()> {
    let from = &file.provenance;
    if json {
        let mut about = serde_json::to_value(from).map_err(io::Error::other)?;
        if let Some(about) = about.as_object_mut() {
            about.insert("items".into(), json!(from.items.len()));
            about.insert("skills".into(), json!(from.skills.len()));
            about.insert("memory_bytes".into(), json!(file.model.size_bytes()));
        }
        return writeln!(out, "{}", serde_json::to_string_pretty(&about)?);
    }
    writeln!(
        out,
        "{}: an additive model, whole and unchanged\n  fitted to {} rows of {} students in {}, {} s after 1970, by Trellis {}\n  \
         {} items and {} skills; {} MB in memory\n  options: {}",
        path.display(),
        evaluate_input::count(from.rows_used),
        evaluate_input::count(from.students),
        from.source,
        from.fitted_at_s,
        from.trellis,
        evaluate_input::count(from.items.len()),
        evaluate_input::count(from.skills.len()),
        file.model.size_bytes() >> 20,
        from.options
    )?;
    match (from.held_out_auc, from.held_out_log_loss, from.held_out_ece) {
        (Some(auc), Some(loss), Some(ece)) => writeln!(
            out,
            "  on a fifth of the students, held out: AUC {auc:.4}, log loss {loss:.4}, ECE {ece:.4}"
        ),
        _ => writeln!(out, "  too few students to hold some out and measure"),
    }
}

fn bkt(
    out: &mut impl Write,
    arguments: &FitArguments,
    answers: &Answers,
    target: &Path,
) -> Result<(), Box<dyn Error>> {
    let measured = held_out(Subject::Bkt, answers, arguments.seed);
    let model = FittedBkt::fit(&answers.rows);
    let named = |key: u32| answers.file.skills.get(usize::try_from(key).ok()?);
    let skills: Vec<SkillRates> = model
        .rates()
        .iter()
        .filter_map(|(key, rates)| {
            Some(SkillRates {
                skill: named(key.0)?.clone(),
                prior: rates.prior.get(),
                learn: rates.learn.get(),
                forget: rates.forget.get(),
                guess: rates.guess.get(),
                slip: rates.slip.get(),
            })
        })
        .collect();
    write_whole(target, pybkt::write(&skills).as_bytes())?;
    let auc = measured.map(|figures| figures.auc);
    if arguments.json {
        let about = json!({"skills": skills.len(), "held_out_auc": auc, "out": target.display().to_string()});
        writeln!(out, "{}", serde_json::to_string_pretty(&about)?)?;
    } else {
        writeln!(
            out,
            "{}: rates of {} skills, as pyBKT's Model.params() writes them; AUC on held-out students {}",
            target.display(),
            skills.len(),
            auc.map_or("unknown".into(), |auc| format!("{auc:.4}"))
        )?;
    }
    Ok(())
}
