//! `trellis create`: a new school in an empty folder, with the courses that ship.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use trellis_store::{District, Source, Store};

use super::demo::shipped;

/// The longest name of a school, in characters.
const LONGEST_NAME: usize = 120;

#[derive(Debug, Args)]
pub(crate) struct CreateArguments {
    /// The folder for the school; made when there is none.
    #[arg(long)]
    dir: PathBuf,
    /// What the school is called.
    #[arg(long)]
    name: String,
}

pub(crate) fn run(arguments: &CreateArguments) -> Result<ExitCode, Box<dyn Error>> {
    let (dir, name) = (&arguments.dir, arguments.name.trim());
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(format!(
            "the name of a school has 1 to {LONGEST_NAME} characters. Give one with --name"
        )
        .into());
    }
    if dir.join("trellis.db").exists() {
        return Err(format!(
            "{}: there is a school here already. Give another folder with --dir, or serve this one",
            dir.display()
        )
        .into());
    }
    let store = Store::open(dir, true)?;
    let source = Source {
        format: "course".to_owned(),
        name: "shipped".to_owned(),
    };
    let courses = shipped()?;
    let titles: Vec<String> = courses.iter().map(|one| one.course.title.clone()).collect();
    store.import(&source, courses)?;
    store.set_district(District {
        name: name.to_owned(),
        demo: false,
    })?;
    let shown = dir.display();
    writeln!(
        io::stdout().lock(),
        "{name} is in {shown}, with the courses {}.\n\nNext:\n  \
         trellis roster import FILE --dir {shown} --dry-run   who is here: OneRoster, or one sheet of a class\n  \
         trellis invite --dir {shown}                         an invitation for each teacher and leader\n  \
         trellis serve --dir {shown}                          open the school",
        titles.join(" and ")
    )?;
    Ok(ExitCode::SUCCESS)
}
