//! `trellis person`: what is kept about people, the record of one, and erasing one.

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use trellis_store::private_file;
use trellis_web::words::{Language, Words};
use trellis_web::{record_in_words, schedule};

use super::clock::now;
use super::one_person::find;
use super::person_erase::EraseArguments;

#[derive(Debug, Args)]
pub(crate) struct PersonArguments {
    #[command(subcommand)]
    command: PersonCommand,
}

#[derive(Debug, Subcommand)]
enum PersonCommand {
    /// Print what is kept about people: the schedule of data, as Markdown.
    Schedule {
        /// The language, `en` or `es`.
        #[arg(long, default_value = "en")]
        language: String,
    },
    /// Write all that is kept about one person to a folder: record.json for programs and record.txt in words.
    Export(ExportArguments),
    /// Erase a person: rows, events, free pages, the log and the second copy; with --backups, the backups as well.
    Erase(EraseArguments),
}

#[derive(Debug, Args)]
struct ExportArguments {
    /// The folder that holds the database. Nobody may serve from it meanwhile.
    #[arg(long)]
    dir: PathBuf,
    /// Whose: the school's own id of the person, or the id that addresses of pages carry.
    #[arg(long)]
    person: String,
    /// The folder for the two files; it must not hold such files yet.
    #[arg(long)]
    to: PathBuf,
    /// The language of the words, `en` or `es`.
    #[arg(long, default_value = "en")]
    language: String,
}

pub(crate) fn run(arguments: &PersonArguments) -> Result<ExitCode, Box<dyn Error>> {
    match &arguments.command {
        PersonCommand::Schedule { language } => {
            write!(io::stdout().lock(), "{}", schedule(&words(language)?))?;
            Ok(ExitCode::SUCCESS)
        }
        PersonCommand::Export(arguments) => export(arguments),
        PersonCommand::Erase(arguments) => super::person_erase::run(arguments),
    }
}

fn words(language: &str) -> Result<Words, Box<dyn Error>> {
    let mut offered = Language::OFFERED.into_iter();
    offered
        .find(|offered| offered.tag() == language)
        .map(Words::of)
        .ok_or_else(|| {
            format!("{language}: the pages are in en and es. Give one of them with --language")
                .into()
        })
}

fn export(arguments: &ExportArguments) -> Result<ExitCode, Box<dyn Error>> {
    let words = words(&arguments.language)?;
    let store = super::opened::open(&arguments.dir, false)?;
    let person = find(&store, &arguments.person)?;
    let record = store
        .record_of(person, now()?)?
        .ok_or("there is no such person")?;
    std::fs::create_dir_all(&arguments.to)?;
    let json = arguments.to.join("record.json");
    let text = arguments.to.join("record.txt");
    write_new(&json, &serde_json::to_string_pretty(&record)?)?;
    write_new(&text, &record_in_words(&record, &store.catalog(), &words))?;
    let rows: usize = record
        .tables
        .values()
        .filter_map(|rows| rows.as_array())
        .map(Vec::len)
        .sum();
    writeln!(
        io::stdout().lock(),
        "{} and {}: {rows} rows. Whoever has these files can read them: give them to whom they belong, and remove them.",
        json.display(),
        text.display()
    )?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a file that only its owner can read; one that is there already is left.
fn write_new(path: &Path, text: &str) -> Result<(), Box<dyn Error>> {
    let written = private_file::create_new(path).and_then(|mut file| {
        file.write_all(text.as_bytes())
            .and_then(|()| file.sync_all())
    });
    written.map_err(|error| {
        format!("{}: {error}. Give another folder with --to", path.display()).into()
    })
}
