//! `trellis import qti`, `moodle`, `gift`, `perseus` and `cartridge`: banks of questions, brought in all or none.

use std::error::Error;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use trellis_interop::bank::{About, Bank, Sourced, bank};
use trellis_interop::finding::{Finding, Severity};
use trellis_interop::package::{PackageFile, open};
use trellis_interop::{cartridge, gift, moodle, perseus, qti};
use trellis_store::{Import, Source, Store};

#[derive(Debug, Args)]
pub(crate) struct BankArguments {
    /// A folder, a zip archive or one file.
    path: PathBuf,
    /// The folder with the database; made when there is none.
    #[arg(long, default_value = "trellis-data")]
    dir: PathBuf,
    /// What the course is called; the file's name when it is not given.
    #[arg(long)]
    title: Option<String>,
    /// Import what can be used although some questions cannot.
    #[arg(long)]
    partial: bool,
    /// Only read and report; no database is needed or touched.
    #[arg(long)]
    check: bool,
    /// Print the counts as JSON.
    #[arg(long)]
    json: bool,
    /// Write every finding to this file, one a line; as JSON lines when its name ends in .jsonl.
    #[arg(long)]
    findings: Option<PathBuf>,
}

/// A format of question banks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BankFormat {
    Qti,
    Moodle,
    Gift,
    Perseus,
    Cartridge,
}

impl BankFormat {
    fn name(self) -> &'static str {
        match self {
            Self::Qti => "qti",
            Self::Moodle => "moodle",
            Self::Gift => "gift",
            Self::Perseus => "perseus",
            Self::Cartridge => "cartridge",
        }
    }
}

/// What was read of a bank, with counts that only its format has.
struct Read {
    bank: Bank,
    counts: Option<qti::bank::Counts>,
}

pub(crate) fn run(
    out: impl Write,
    format: BankFormat,
    arguments: &BankArguments,
) -> Result<ExitCode, Box<dyn Error>> {
    let (files, findings) = open(&arguments.path)?;
    let name = arguments
        .title
        .clone()
        .unwrap_or_else(|| stem(&arguments.path));
    let read = read(format, &name, arguments.title.is_some(), &files, findings);
    if let Some(to) = &arguments.findings {
        write_findings(to, &read.bank.findings)
            .map_err(|error| format!("{}: {error}. Nothing was imported.", to.display()))?;
    }
    let path = arguments.path.display();
    let report = &read.bank.report;
    if report.questions == 0 && !read.bank.findings.iter().any(is_error) {
        return Err(format!(
            "{path}: there is no question of this format in it; nothing was imported."
        )
        .into());
    }
    let refused = read
        .bank
        .findings
        .iter()
        .filter(|one| is_error(one))
        .count();
    let imports = !arguments.check && report.items > 0 && (refused == 0 || arguments.partial);
    say(out, arguments, &read, imports)?;
    if imports {
        keep(format, arguments, read.bank)?;
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.check {
        return Ok(ExitCode::SUCCESS);
    }
    let advice = if report.items > 0 {
        " --partial imports the rest."
    } else {
        ""
    };
    Err(format!("{path}: {refused} findings are errors; nothing was imported.{advice}").into())
}

fn is_error(finding: &Finding) -> bool {
    finding.severity == Severity::Error
}

/// The name of a file without its ending, or of a folder.
fn stem(path: &Path) -> String {
    let name = path.file_stem().map(|name| name.to_string_lossy());
    name.map(std::borrow::Cow::into_owned).unwrap_or_default()
}

fn read(
    format: BankFormat,
    name: &str,
    titled: bool,
    files: &[PackageFile],
    mut findings: Vec<Finding>,
) -> Read {
    let mut about = About {
        format: format.name().to_string(),
        name: name.to_string(),
        ..About::default()
    };
    let mut questions: Vec<Sourced> = Vec::new();
    let mut counts = None;
    let mut each = |ending: &str,
                    read: fn(
        &str,
        &[u8],
    ) -> (Vec<trellis_interop::question::Question>, Vec<Finding>)| {
        for (file, bytes) in files {
            // One file is read whatever it is called.
            if files.len() > 1 && !file.to_ascii_lowercase().ends_with(ending) {
                continue;
            }
            let (read, found) = read(file, bytes);
            findings.extend(found);
            questions.extend(read.into_iter().map(|question| Sourced {
                file: file.clone(),
                question,
            }));
        }
    };
    match format {
        BankFormat::Moodle => each(".xml", moodle::read),
        BankFormat::Gift => each(".txt", gift::read),
        BankFormat::Perseus => each(".json", perseus::read),
        BankFormat::Qti => {
            let read = qti::bank::read(files);
            findings.extend(read.findings);
            questions = read.questions;
            about.language = read.language;
            counts = Some(read.counts);
        }
        BankFormat::Cartridge => {
            let (title, read, found) = cartridge::read(files);
            findings.extend(found);
            questions = read;
            if !title.is_empty() && !titled {
                about.name = title;
            }
        }
    }
    Read {
        bank: bank(&about, questions, findings),
        counts,
    }
}

fn keep(format: BankFormat, arguments: &BankArguments, bank: Bank) -> Result<(), Box<dyn Error>> {
    let store = Store::open(&arguments.dir, true)?;
    let source = Source {
        format: format.name().to_string(),
        name: stem(&arguments.path),
    };
    let import = Import {
        course: bank.course,
        items: bank.items,
        mix_ups: Vec::new(),
    };
    store.import(&source, vec![import])?;
    Ok(())
}

fn write_findings(to: &Path, findings: &[Finding]) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(to)?);
    let lines = to.extension().is_some_and(|name| name == "jsonl");
    for finding in findings {
        if lines {
            serde_json::to_writer(&mut out, finding)?;
            writeln!(out)?;
        } else {
            writeln!(out, "{finding}")?;
        }
    }
    out.flush()
}

fn say(
    mut out: impl Write,
    arguments: &BankArguments,
    read: &Read,
    imports: bool,
) -> Result<(), Box<dyn Error>> {
    let Bank {
        course,
        findings,
        report,
        ..
    } = &read.bank;
    if arguments.json {
        let said = serde_json::json!({
            "course": course.id, "report": report, "counts": read.counts, "imported": imports,
        });
        writeln!(out, "{said}")?;
        return Ok(());
    }
    if let Some(counts) = &read.counts {
        for (what, count) in counts.documents.iter().chain(&counts.interactions) {
            writeln!(out, "QTI {what:<36} {count:>6}")?;
        }
    }
    for finding in findings.iter().filter(|one| is_error(one)).take(20) {
        writeln!(out, "{finding}")?;
    }
    writeln!(
        out,
        "{} questions: {} items, {} held back",
        report.questions, report.items, report.held_back
    )?;
    for (kind, count) in &report.kinds {
        writeln!(out, "  {kind:<24} {count:>6}")?;
    }
    if !report.findings.is_empty() {
        writeln!(out, "findings by rule")?;
        for (rule, count) in &report.findings {
            writeln!(out, "  {rule:<24} {count:>6}")?;
        }
    }
    if imports {
        writeln!(
            out,
            "imported {} into {}",
            course.id,
            arguments.dir.display()
        )?;
    } else if arguments.check {
        writeln!(out, "only checked, nothing was imported")?;
    }
    Ok(())
}
