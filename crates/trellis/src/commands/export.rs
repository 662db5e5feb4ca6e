//! `trellis export`: the items of a course folder or a database in the formats of other programs.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};

use trellis_core::item::Item;
use trellis_interop::course::{read_course, read_folder};
use trellis_interop::finding::Finding;
use trellis_interop::package::{Kept, PackageFile, zip};
use trellis_interop::qti::Version;
use trellis_interop::question::{Question, from_item};
use trellis_interop::{anki, gift, moodle, qti};
use trellis_store::Store;

use super::clock::now;

#[derive(Debug, Args)]
pub(crate) struct ExportArguments {
    #[command(subcommand)]
    format: ExportFormat,
}

#[derive(Debug, Subcommand)]
enum ExportFormat {
    /// A package of QTI, as a zip archive.
    Qti {
        #[command(flatten)]
        what: What,
        /// The version of QTI.
        #[arg(long, value_enum, default_value = "3.0")]
        version: QtiVersion,
    },
    /// A bank of questions as Moodle XML.
    Moodle {
        #[command(flatten)]
        what: What,
    },
    /// A bank of questions as GIFT.
    Gift {
        #[command(flatten)]
        what: What,
    },
    /// A deck of new cards for Anki.
    Anki {
        #[command(flatten)]
        what: What,
    },
    /// A course of the database as a folder of its own format, with what was written for it in the web app.
    Course(super::export_course::CourseArguments),
}

#[derive(Debug, Args)]
struct What {
    /// The file to write.
    to: PathBuf,
    /// A course folder; without it, the database in --dir.
    #[arg(long)]
    course: Option<PathBuf>,
    /// The folder with the database.
    #[arg(long, default_value = "trellis-data")]
    dir: PathBuf,
    /// Only the items whose id begins so.
    #[arg(long, default_value = "")]
    prefix: String,
    /// Which variant of items that have several.
    #[arg(long, default_value_t = 0)]
    seed: u64,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum QtiVersion {
    #[value(name = "3.0")]
    V3p0,
    #[value(name = "2.2")]
    V2p2,
    #[value(name = "2.1")]
    V2p1,
}

pub(crate) fn run(arguments: &ExportArguments) -> Result<ExitCode, Box<dyn Error>> {
    let what = match &arguments.format {
        ExportFormat::Qti { what, .. }
        | ExportFormat::Moodle { what }
        | ExportFormat::Gift { what }
        | ExportFormat::Anki { what } => what,
        ExportFormat::Course(arguments) => return super::export_course::run(arguments),
    };
    let (title, language, items, store) = items(what)?;
    let media = |name: &str| store.as_ref()?.media(name).ok()?;
    let mut left_out = 0;
    let mut questions: Vec<Question> = Vec::new();
    let mut err = io::stderr().lock();
    for item in items
        .iter()
        .filter(|item| item.id.as_str().starts_with(&what.prefix))
    {
        match from_item(item, what.seed) {
            Ok(question) => questions.push(question),
            Err((rule, why)) => {
                left_out += 1;
                writeln!(err, "{}: {why} [{rule}]", item.id)?;
            }
        }
    }
    let (bytes, findings) = match &arguments.format {
        ExportFormat::Qti { version, .. } => {
            let version = match version {
                QtiVersion::V3p0 => Version::V3p0,
                QtiVersion::V2p2 => Version::V2p2,
                QtiVersion::V2p1 => Version::V2p1,
            };
            let files = qti::package::files(&title, &language, &questions, version, &media);
            (zip::write(&files)?, Vec::new())
        }
        ExportFormat::Moodle { .. } => {
            let (text, findings) = moodle::write(&questions, &media);
            (text.into_bytes(), findings)
        }
        ExportFormat::Gift { .. } => {
            let (text, findings) = gift::write(&questions);
            (text.into_bytes(), findings)
        }
        // Was done above.
        ExportFormat::Course(_) => return Ok(ExitCode::SUCCESS),
        ExportFormat::Anki { .. } => deck(&title, &questions, &media)?,
    };
    for finding in &findings {
        writeln!(err, "{} [{}]", finding.message, finding.rule)?;
    }
    left_out += findings.len();
    std::fs::write(&what.to, bytes).map_err(|error| format!("{}: {error}", what.to.display()))?;
    let written = questions.len() - findings.len();
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "wrote {written} questions to {}; {left_out} items are left out",
        what.to.display()
    )?;
    Ok(ExitCode::SUCCESS)
}

/// The package of a deck of Anki.
fn deck(
    title: &str,
    questions: &[Question],
    media: &Kept<'_>,
) -> Result<(Vec<u8>, Vec<Finding>), Box<dyn Error>> {
    let (cards, findings) = anki::cards(questions);
    let (table, mut files) = numbered(&cards, media);
    let cards: Vec<_> = cards
        .into_iter()
        .map(|card| (card.name, card.front, card.back, card.tag))
        .collect();
    let collection = trellis_store::write_anki(title, &cards, now()?.0)?;
    files.push(("collection.anki2".to_string(), collection));
    files.push(("media".to_string(), serde_json::to_vec(&table)?));
    Ok((zip::write(&files)?, findings))
}

/// The pictures and sounds of cards under numbers, as Anki's packages have them, and the table of their names.
fn numbered(
    cards: &[anki::Card],
    media: &Kept<'_>,
) -> (BTreeMap<String, String>, Vec<PackageFile>) {
    let names: BTreeSet<&String> = cards.iter().flat_map(|card| &card.media).collect();
    let (mut table, mut files) = (BTreeMap::new(), Vec::new());
    for name in names {
        if let Some(bytes) = media(name) {
            let number = files.len().to_string();
            table.insert(number.clone(), name.clone());
            files.push((number, bytes));
        }
    }
    (table, files)
}

/// The title and language of what is exported, its items, and the database with their pictures and sounds; a course folder
/// has none.
type Exported = (String, String, Vec<Item>, Option<Store>);

fn items(what: &What) -> Result<Exported, Box<dyn Error>> {
    if let Some(folder) = &what.course {
        let files =
            read_folder(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let (course, _) = read_course(&files);
        let about = course.pack.course;
        let items = course.pack.bank.items().to_vec();
        if items.is_empty() {
            return Err(format!(
                "{}: there is no item in it. Give the folder that holds course.toml.",
                folder.display()
            )
            .into());
        }
        return Ok((about.title, about.language, items, None));
    }
    from_store(&what.dir)
}

fn from_store(dir: &Path) -> Result<Exported, Box<dyn Error>> {
    let store = super::opened::open(dir, false)?;
    let catalog = store.catalog();
    let language = catalog
        .courses()
        .first()
        .map(|course| course.language.clone())
        .unwrap_or_default();
    let items = catalog.items().cloned().collect();
    Ok(("Trellis".to_string(), language, items, Some(store)))
}
