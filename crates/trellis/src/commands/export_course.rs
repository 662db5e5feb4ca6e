//! `trellis export course`: a course of a database as a folder of files that a person can edit and import again.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use trellis_core::framework::CourseId;
use trellis_core::item::ItemBank;
use trellis_interop::course::write_course;

#[derive(Debug, Args)]
pub(crate) struct CourseArguments {
    /// The course, by its id.
    course: String,
    /// The folder to write; it must not be there yet.
    to: PathBuf,
    /// The folder with the database.
    #[arg(long, default_value = "trellis-data")]
    dir: PathBuf,
}

pub(crate) fn run(arguments: &CourseArguments) -> Result<ExitCode, Box<dyn Error>> {
    let store = super::opened::open(&arguments.dir, false)?;
    let catalog = store.catalog();
    let id = CourseId::new(&arguments.course).map_err(|_| "this cannot be the id of a course")?;
    let course = catalog
        .course(&id)
        .ok_or_else(|| format!("there is no course \"{id}\" in {}", arguments.dir.display()))?;
    let items = catalog
        .items()
        .filter(|item| course.competency(&item.competency).is_some())
        .cloned();
    let (bank, _, _) = ItemBank::new(items.collect(), catalog.mix_ups().cloned().collect());
    let used = bank.items().iter().filter_map(|item| item.template());
    let used = used.flat_map(|template| template.source().mix_up_ids());
    let used: std::collections::BTreeSet<_> = used.cloned().collect();
    let mix_ups = bank.mix_ups().iter().filter(|one| used.contains(&one.id));
    let (bank, _, _) = ItemBank::new(bank.items().to_vec(), mix_ups.cloned().collect());
    let (files, without) = write_course(course, &bank);
    if arguments.to.exists() {
        return Err(format!("{}: this is there already", arguments.to.display()).into());
    }
    for (name, bytes) in &files {
        let path = arguments.to.join(name);
        let named = |error: io::Error| format!("{}: {error}", path.display());
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(named)?;
        }
        std::fs::write(&path, bytes).map_err(named)?;
    }
    let mut err = io::stderr().lock();
    for item in &without {
        writeln!(
            err,
            "{item}: this question has no text in the course format"
        )?;
    }
    let written = bank.items().len() - without.len();
    writeln!(
        io::stdout().lock(),
        "wrote {written} items to {}; {} are left out",
        arguments.to.display(),
        without.len()
    )?;
    Ok(ExitCode::SUCCESS)
}
