//! `trellis retention`: ends what is over, by the limits of the schema. `trellis serve` does the same once a day.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use trellis_store::personal::KEPT_AFTER_LEAVING_DAYS;

use super::clock::now;

#[derive(Debug, Args)]
pub(crate) struct RetentionArguments {
    #[command(subcommand)]
    command: RetentionCommand,
}

#[derive(Debug, Subcommand)]
enum RetentionCommand {
    /// Erase the records of people who left the roster long ago, and clean up.
    Run {
        /// The folder that holds the database. Nobody may serve from it meanwhile.
        #[arg(long)]
        dir: PathBuf,
        /// Only say how many it would be.
        #[arg(long)]
        dry_run: bool,
    },
}

pub(crate) fn run(arguments: &RetentionArguments) -> Result<ExitCode, Box<dyn Error>> {
    let RetentionCommand::Run { dir, dry_run } = &arguments.command;
    let store = super::opened::open(dir, false)?;
    let mut out = io::stdout().lock();
    if *dry_run {
        let people = store.overdue(now()?)?.len();
        writeln!(
            out,
            "{people} people left more than {KEPT_AFTER_LEAVING_DAYS} days ago. Nothing was changed."
        )?;
        return Ok(ExitCode::SUCCESS);
    }
    let ended = store.end_what_is_over(now()?)?;
    writeln!(
        out,
        "Erased {} people who left more than {KEPT_AFTER_LEAVING_DAYS} days ago, with {} events; forgot {} sign-ins that had run out.",
        ended.people, ended.events, ended.sign_ins
    )?;
    if ended.cleaned {
        writeln!(
            out,
            "The database was written anew: no byte of who was erased is left in it."
        )?;
    }
    Ok(ExitCode::SUCCESS)
}
