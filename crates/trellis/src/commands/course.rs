//! `trellis course`: what an author needs: a list of what is wrong, and a look at one variant.

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use trellis_core::catalog::Catalog;
use trellis_core::framework::ItemId;
use trellis_core::item::{Entry, Interaction, Variant};
use trellis_core::suggest::try_on;
use trellis_interop::course::{
    CheckOptions, CourseFolder, CoursePack, Summary, check, read_course, read_folder,
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
    /// Say how often the words of a question alone suggest the competency that it belongs to.
    Tags {
        /// Folders with course.toml.
        #[arg(required = true)]
        folders: Vec<PathBuf>,
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
        /// Print the variant as JSON.
        #[arg(long)]
        json: bool,
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
        CourseCommand::Tags { folders } => tags(out, folders),
        CourseCommand::Show {
            folder,
            item,
            seed,
            interest,
            json,
        } => show(out, folder, item, (*seed, interest.as_deref()), *json),
    }
}

fn read(folder: &Path) -> Result<(CourseFolder, Vec<Finding>), Box<dyn Error>> {
    let files = read_folder(folder)
        .map_err(|error| format!("{error} Give the folder that holds course.toml."))?;
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

/// Leaves out each item of a course in turn and asks where its words would put it.
fn tags(mut out: impl Write, folders: &[PathBuf]) -> Result<ExitCode, Box<dyn Error>> {
    for folder in folders {
        let (course, _) = read(folder)?;
        let CoursePack { course, bank } = course.pack;
        let catalog = Catalog::new(vec![course], bank.items().to_vec(), Vec::new(), 0);
        for course in catalog.courses() {
            let hits = try_on(&catalog, course);
            let share = |hits_of: u32| 100.0 * f64::from(hits_of) / f64::from(hits.items.max(1));
            writeln!(
                out,
                "{}: {} items, {} competencies; first suggestion right {:.1} %, among the first three {:.1} %",
                course.id,
                hits.items,
                hits.competencies,
                share(hits.first),
                share(hits.among_three)
            )?;
        }
    }
    Ok(ExitCode::SUCCESS)
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
    (seed, interest): (u64, Option<&str>),
    json: bool,
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
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&variant)?)?;
        return Ok(ExitCode::SUCCESS);
    }
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
    writeln!(out, "\nkey: {}", variant.key.text())?;
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
            mix_up.pattern.text(),
            mix_up.feedback
        )?;
    }
    Ok(())
}
