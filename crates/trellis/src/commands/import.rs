//! `trellis import`: brings courses into a database, all or none, and says what it found.

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};

use trellis_interop::course::{CheckOptions, check, read_course, read_folder};
use trellis_interop::finding::{Finding, Severity};
use trellis_interop::oatutor::{Pool, Report, read_files, read_pool};
use trellis_store::{Import, Source};

use super::findings::write_findings;
use super::import_bank::{self, BankArguments, BankFormat};

#[derive(Debug, Args)]
pub(crate) struct ImportArguments {
    #[command(subcommand)]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum Format {
    /// A course folder, as authors write it.
    Course {
        /// The folder with course.toml.
        folder: PathBuf,
        /// The folder with the database; made when there is none.
        #[arg(long, default_value = "trellis-data")]
        dir: PathBuf,
        /// Print what was found as JSON.
        #[arg(long)]
        json: bool,
    },
    /// OATutor's open content pool.
    Oatutor {
        /// The pool: a .tar.xz archive or a folder with content-pool, coursePlans.json and skillModel.json.
        path: PathBuf,
        /// The folder with the database; made when there is none.
        #[arg(long, default_value = "trellis-data")]
        dir: PathBuf,
        /// Print the counts as JSON.
        #[arg(long)]
        json: bool,
        /// Write every finding to this file, one a line; as JSON lines when its name ends in .jsonl.
        #[arg(long)]
        findings: Option<PathBuf>,
        /// Only read and report; no database is needed or touched.
        #[arg(long)]
        check: bool,
    },
    /// Items of QTI 3.0, 2.2 or 2.1: a package or a folder of documents.
    Qti(BankArguments),
    /// A bank of questions in Moodle's XML.
    Moodle(BankArguments),
    /// A bank of questions in GIFT.
    Gift(BankArguments),
    /// Exercises of Perseus, as JSON.
    Perseus(BankArguments),
    /// The assessments of a Common Cartridge.
    Cartridge(BankArguments),
    /// The text notes of a package of Anki.
    Anki(BankArguments),
}

pub(crate) fn run(arguments: &ImportArguments) -> Result<ExitCode, Box<dyn Error>> {
    let out = io::stdout().lock();
    match &arguments.format {
        Format::Course { folder, dir, json } => course(out, folder, dir, *json),
        Format::Oatutor {
            path,
            dir,
            json,
            findings,
            check,
        } => {
            let dir = (!check).then_some(dir.as_path());
            oatutor(out, path, dir, *json, findings.as_deref())
        }
        Format::Qti(bank) => import_bank::run(out, BankFormat::Qti, bank),
        Format::Moodle(bank) => import_bank::run(out, BankFormat::Moodle, bank),
        Format::Gift(bank) => import_bank::run(out, BankFormat::Gift, bank),
        Format::Perseus(bank) => import_bank::run(out, BankFormat::Perseus, bank),
        Format::Cartridge(bank) => import_bank::run(out, BankFormat::Cartridge, bank),
        Format::Anki(bank) => import_bank::run(out, BankFormat::Anki, bank),
    }
}

/// The last part of a path, for the record of where content came from.
fn name_of(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy());
    name.map(std::borrow::Cow::into_owned).unwrap_or_default()
}

fn course(
    mut out: impl Write,
    folder: &Path,
    dir: &Path,
    json: bool,
) -> Result<ExitCode, Box<dyn Error>> {
    let files = read_folder(folder)
        .map_err(|error| format!("{error} Give the folder that holds course.toml."))?;
    let (course, findings) = read_course(&files);
    let (findings, summary) = check(&course, findings, CheckOptions { seeds: 20 });
    let errors = |finding: &&Finding| finding.severity == Severity::Error;
    if summary.errors > 0 && json {
        let said =
            serde_json::json!({ "findings": findings, "summary": summary, "imported": false });
        writeln!(out, "{said}")?;
    } else if summary.errors > 0 {
        for finding in findings.iter().filter(errors).take(20) {
            writeln!(out, "{finding}")?;
        }
    }
    if summary.errors > 0 {
        return Err(format!(
            "{}: the course has {} errors; nothing was imported. `trellis course check` lists them all.",
            folder.display(),
            summary.errors
        )
        .into());
    }
    let store = super::opened::open(dir, true)?;
    let source = Source {
        format: "course".into(),
        name: name_of(folder),
    };
    let (id, units) = (
        course.pack.course.id.clone(),
        course.pack.course.units.len(),
    );
    let items = course.pack.bank.items().to_vec();
    let count = items.len();
    let mix_ups = course.pack.bank.mix_ups().to_vec();
    let import = Import {
        course: course.pack.course,
        items,
        mix_ups,
    };
    store.import(&source, vec![import])?;
    if json {
        let said = serde_json::json!({ "course": id, "units": units, "items": count, "warnings": summary.warnings, "imported": true });
        writeln!(out, "{said}")?;
    } else {
        writeln!(
            out,
            "imported {id}: {units} units, {count} items ({} warnings) into {}",
            summary.warnings,
            dir.display()
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

/// How long each part took, in milliseconds.
#[derive(Debug, Default)]
struct Took {
    read_ms: u128,
    understand_ms: u128,
    store_ms: u128,
}

impl Took {
    fn total_ms(&self) -> u128 {
        self.read_ms + self.understand_ms + self.store_ms
    }
}

fn oatutor(
    mut out: impl Write,
    path: &Path,
    dir: Option<&Path>,
    json: bool,
    findings_to: Option<&Path>,
) -> Result<ExitCode, Box<dyn Error>> {
    let mut took = Took::default();
    let begun = Instant::now();
    let spinner = ProgressBar::no_length();
    spinner.set_style(ProgressStyle::with_template("reading {pos} files")?);
    let files = read_files(path, &mut |count| {
        spinner.set_position(u64::try_from(count).unwrap_or(u64::MAX));
    })?;
    spinner.finish_and_clear();
    took.read_ms = begun.elapsed().as_millis();
    let begun = Instant::now();
    let bar = ProgressBar::no_length();
    bar.set_style(ProgressStyle::with_template(
        "{bar:30} {pos} of {len} problems",
    )?);
    let pool = read_pool(path, &files, trellis_store::media_hash, &|done, of| {
        bar.set_length(u64::try_from(of).unwrap_or(u64::MAX));
        bar.set_position(u64::try_from(done).unwrap_or(u64::MAX));
    })?;
    bar.finish_and_clear();
    drop(files);
    took.understand_ms = begun.elapsed().as_millis();
    if let Some(to) = findings_to {
        write_findings(to, &pool.findings)
            .map_err(|error| format!("{}: {error}. Nothing was imported.", to.display()))?;
    }
    let Pool {
        courses,
        findings,
        report,
        media,
    } = pool;
    let ids: Vec<String> = courses
        .iter()
        .map(|one| format!("{} ({} lessons)", one.course.id, one.course.units.len()))
        .collect();
    if let Some(dir) = dir {
        let begun = Instant::now();
        let store = super::opened::open(dir, true)?;
        let source = Source {
            format: "oatutor".into(),
            name: name_of(path),
        };
        let imports = courses.into_iter().map(|one| Import {
            course: one.course,
            items: one.items,
            mix_ups: Vec::new(),
        });
        let media = media.into_iter().map(|one| (one.name, one.bytes));
        store.import_with_media(&source, imports.collect(), media.collect())?;
        took.store_ms = begun.elapsed().as_millis();
    }
    if json {
        let said = serde_json::json!({
            "report": report,
            "imported": dir.is_some(),
            "read_ms": took.read_ms,
            "understand_ms": took.understand_ms,
            "store_ms": took.store_ms,
            "total_ms": took.total_ms(),
        });
        writeln!(out, "{said}")?;
    } else {
        write_report(&mut out, &report, &took, dir)?;
        if dir.is_some() {
            writeln!(out, "courses: {}", ids.join(", "))?;
        }
        if findings_to.is_none() && !findings.is_empty() {
            writeln!(
                out,
                "--findings FILE writes all {} findings",
                findings.len()
            )?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// A share in percent, to a hundredth, rounded down so that 100 means all.
fn percent(part: usize, of: usize) -> String {
    let hundredths = (part * 10_000).checked_div(of).unwrap_or(0);
    format!("{}.{:02} %", hundredths / 100, hundredths % 100)
}

fn write_report(
    out: &mut impl Write,
    report: &Report,
    took: &Took,
    dir: Option<&Path>,
) -> io::Result<()> {
    let counts = &report.counts;
    writeln!(
        out,
        "read {} problems, {} steps, {} hints, {} scaffolds, {} skills, {} courses with {} lessons",
        counts.problems,
        counts.steps,
        counts.hints,
        counts.scaffolds,
        report.skills,
        report.courses,
        report.lessons
    )?;
    writeln!(
        out,
        "\n{:<28} {:>7} {:>9} {:>7}",
        "answers", "steps", "accepted", "items"
    )?;
    for (name, kind) in &report.kinds {
        writeln!(
            out,
            "{name:<28} {:>7} {:>9} {:>7}",
            kind.steps, kind.accepted, kind.items
        )?;
    }
    writeln!(
        out,
        "\nkeys that the grader takes as right when typed as given: {} of {} ({}), {} of them letter by letter where mathematics was expected",
        report.accepted,
        counts.steps,
        percent(report.accepted, counts.steps),
        report.as_letters
    )?;
    writeln!(
        out,
        "of these, read as the pool declares them: {} ({}); understood in the first way that was tried: {} ({})",
        report.as_declared,
        percent(report.as_declared, report.accepted),
        report.first_way,
        percent(report.first_way, report.accepted)
    )?;
    writeln!(
        out,
        "items: {} to show, {} held back",
        report.items, report.held_back
    )?;
    for (licence, items) in &report.licences {
        writeln!(out, "  licence {licence}: {items}")?;
    }
    writeln!(out, "\nfindings by rule")?;
    for (rule, count) in &report.findings {
        writeln!(out, "  {rule:<24} {count:>6}")?;
    }
    let total = took.total_ms();
    write!(
        out,
        "\n{}.{:02} s: reading {} ms, understanding and grading {} ms, storing {} ms",
        total / 1000,
        total % 1000 / 10,
        took.read_ms,
        took.understand_ms,
        took.store_ms
    )?;
    match dir {
        Some(dir) => writeln!(out, "; imported into {}", dir.display()),
        None => writeln!(out, "; only checked, nothing was imported"),
    }
}
