//! `trellis course`: what an author needs: a list of what is wrong, and a look at one variant.

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use trellis_core::framework::ItemId;
use trellis_core::item::{Entry, Interaction, Variant};
use trellis_interop::course::{
    CheckOptions, CourseFolder, Summary, answers, check, read_course, read_folder,
};
use trellis_interop::finding::Finding;

#[derive(Debug, Args)]
pub(crate) struct CourseArguments {
    #[command(subcommand)]
    command: CourseCommand,
}

#[derive(Debug, Subcommand)]
enum CourseCommand {
    /// List what is wrong in a course folder, with file and line.
    Check {
        /// The folder with course.toml.
        folder: PathBuf,
        /// Print the findings and counts as JSON.
        #[arg(long)]
        json: bool,
        /// How many seeds of every template are tried.
        #[arg(long, default_value_t = 100)]
        seeds: u64,
    },
    /// Print one variant of an item, with its key.
    Show {
        /// The folder with course.toml.
        folder: PathBuf,
        /// The id of the item.
        item: String,
        /// Which variant.
        #[arg(long, default_value_t = 0)]
        seed: u64,
        /// In whose story.
        #[arg(long)]
        interest: Option<String>,
    },
}

pub(crate) fn run(arguments: &CourseArguments) -> Result<ExitCode, Box<dyn Error>> {
    let out = io::stdout().lock();
    match &arguments.command {
        CourseCommand::Check {
            folder,
            json,
            seeds,
        } => run_check(out, folder, *json, *seeds),
        CourseCommand::Show {
            folder,
            item,
            seed,
            interest,
        } => show(out, folder, item, *seed, interest.as_deref()),
    }
}

fn read(folder: &Path) -> Result<(CourseFolder, Vec<Finding>), Box<dyn Error>> {
    let files = read_folder(folder)
        .map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
    Ok(read_course(&files))
}

fn run_check(
    mut out: impl Write,
    folder: &Path,
    json: bool,
    seeds: u64,
) -> Result<ExitCode, Box<dyn Error>> {
    let (course, findings) = read(folder)?;
    let (findings, summary) = check(&course, findings, CheckOptions { seeds });
    if json {
        let report = serde_json::json!({ "findings": findings, "summary": summary });
        writeln!(out, "{report}")?;
    } else {
        let base = folder.display().to_string();
        let base = base.trim_end_matches('/');
        for finding in &findings {
            writeln!(out, "{base}/{finding}")?;
        }
        write_summary(&mut out, &summary)?;
    }
    Ok(if summary.errors == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn write_summary(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    let list = |counts: &std::collections::BTreeMap<String, usize>| {
        let parts: Vec<String> = counts
            .iter()
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        parts.join(", ")
    };
    writeln!(
        out,
        "{} units, {} competencies, {} templates, {} mix-ups, {} figures",
        summary.units, summary.competencies, summary.templates, summary.mix_ups, summary.figures
    )?;
    writeln!(out, "kinds: {}", list(&summary.kinds))?;
    writeln!(
        out,
        "stories: {} ({} of {} templates have some)",
        list(&summary.contexts),
        summary.with_stories,
        summary.templates
    )?;
    writeln!(
        out,
        "{} variants checked: {} errors, {} warnings",
        summary.variants, summary.errors, summary.warnings
    )
}

fn show(
    mut out: impl Write,
    folder: &Path,
    item: &str,
    seed: u64,
    interest: Option<&str>,
) -> Result<ExitCode, Box<dyn Error>> {
    let (course, findings) = read(folder)?;
    let id = ItemId::new(item)?;
    let Some(item) = course.pack.bank.item(&id) else {
        for finding in findings
            .iter()
            .filter(|finding| finding.message.contains(item))
        {
            writeln!(out, "{finding}")?;
        }
        return Err(format!(
            "there is no item \"{id}\" that can be used in {}",
            folder.display()
        )
        .into());
    };
    let variant = item.variant(seed, interest)?;
    writeln!(
        out,
        "{id}, seed {seed}, {}, level {}",
        item.kind().name(),
        item.level
    )?;
    write_variant(&mut out, &variant)?;
    Ok(ExitCode::SUCCESS)
}

fn write_variant(out: &mut impl Write, variant: &Variant) -> io::Result<()> {
    writeln!(out, "\n{}", variant.presentation.stem)?;
    if let Some(figure) = &variant.presentation.figure {
        writeln!(out, "figure: {figure:?}")?;
    }
    let entries = |out: &mut dyn Write, entries: &[Entry]| -> io::Result<()> {
        for entry in entries {
            writeln!(out, "  ({}) {}", entry.key, entry.text)?;
        }
        Ok(())
    };
    match &variant.presentation.interaction {
        Interaction::Choice { options } | Interaction::MultipleChoice { options } => {
            entries(out, options)?;
        }
        Interaction::Order { entries: all }
        | Interaction::Hotspot { regions: all, .. }
        | Interaction::GraphicOrder { regions: all } => entries(out, all)?,
        Interaction::Match { left, right } => {
            entries(out, left)?;
            writeln!(out, "  with")?;
            entries(out, right)?;
        }
        other => writeln!(out, "{other:?}")?,
    }
    writeln!(out, "\nkey: {}", answers::key_text(&variant.key))?;
    for (index, hint) in variant.hints.iter().enumerate() {
        writeln!(out, "hint {}: {}", index + 1, hint.text)?;
    }
    for (index, step) in variant.solution.iter().enumerate() {
        writeln!(out, "step {}: {step}", index + 1)?;
    }
    if let Some(result) = &variant.result {
        writeln!(out, "result: {result}")?;
    }
    for mix_up in &variant.mix_ups {
        writeln!(
            out,
            "mix-up {} ({}): {}",
            mix_up.id,
            answers::pattern_text(&mix_up.pattern),
            mix_up.feedback
        )?;
    }
    Ok(())
}
