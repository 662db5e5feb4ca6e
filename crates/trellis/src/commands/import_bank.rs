//! `trellis import qti`, `moodle`, `gift`, `perseus` and `cartridge`: banks of questions, brought in all or none.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use trellis_interop::bank::{About, Bank, Sourced, bank};
use trellis_interop::finding::{Finding, Severity};
use trellis_interop::package::{PackageFile, Shelf, open};
use trellis_interop::question::Question;
use trellis_interop::{anki, cartridge, gift, moodle, perseus, qti};
use trellis_store::{Import, Source};

use super::findings::write_findings;

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
    Anki,
}

impl BankFormat {
    fn name(self) -> &'static str {
        match self {
            Self::Qti => "qti",
            Self::Moodle => "moodle",
            Self::Gift => "gift",
            Self::Perseus => "perseus",
            Self::Cartridge => "cartridge",
            Self::Anki => "anki",
        }
    }
}

/// How a format reads one file.
type ReadFile = fn(&str, &[u8]) -> (Vec<Question>, Vec<Finding>);

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
    let mut shelf = Shelf::new(files, trellis_store::media_hash);
    let mut each = |ending: &str, read: ReadFile| {
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
        BankFormat::Anki => {
            let (read, found) = collection(files);
            shelf = Shelf::new(&anki::media(files), trellis_store::media_hash);
            findings.extend(found);
            questions = read;
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
        bank: bank(&about, questions, findings, &shelf),
        counts,
    }
}

/// The questions of Anki's package: a zip archive with a collection in it, in the form that older versions read too.
fn collection(files: &[PackageFile]) -> (Vec<Sourced>, Vec<Finding>) {
    let named = |name: &str| files.iter().find(|(file, _)| file == name);
    let newest = named("collection.anki21b");
    let Some((file, bytes)) = named("collection.anki21")
        .or_else(|| named("collection.anki2").filter(|_| newest.is_none()))
    else {
        let (file, what) = match newest {
            Some((file, _)) => (
                file.as_str(),
                "export the deck again with \"Support older Anki versions\"",
            ),
            None => ("", "there is no collection of Anki in it"),
        };
        return (
            Vec::new(),
            vec![Finding::error(file, 0, "other-document", what)],
        );
    };
    let collection = match trellis_store::read_anki(bytes) {
        Ok(collection) => collection,
        Err(fault) => {
            return (
                Vec::new(),
                vec![Finding::error(file, 0, "archive", fault.to_string())],
            );
        }
    };
    let note = |(id, model, tags, fields): trellis_store::AnkiNote| anki::Note {
        id,
        model,
        tags,
        fields,
    };
    let notes: Vec<anki::Note> = collection.notes.into_iter().map(note).collect();
    let (questions, mut findings) = anki::questions(file, &collection.models, &notes);
    if collection.left_out > 0 {
        let what = format!(
            "{} notes are too long or too many and are left out",
            collection.left_out
        );
        findings.push(Finding::error(file, 0, "too-large", what));
    }
    let sourced = questions.into_iter().map(|question| Sourced {
        file: file.clone(),
        question,
    });
    (sourced.collect(), findings)
}

fn keep(format: BankFormat, arguments: &BankArguments, bank: Bank) -> Result<(), Box<dyn Error>> {
    let store = super::opened::open(&arguments.dir, true)?;
    let source = Source {
        format: format.name().to_string(),
        name: stem(&arguments.path),
    };
    let import = Import {
        course: bank.course,
        items: bank.items,
        mix_ups: Vec::new(),
    };
    let media = bank.media.into_iter().map(|one| (one.name, one.bytes));
    store.import_with_media(&source, vec![import], media.collect())?;
    Ok(())
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
