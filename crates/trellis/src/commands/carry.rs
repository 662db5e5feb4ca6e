//! `trellis move`: carry a district to another place, from a folder to a PostgreSQL server or back; `trellis database`: what the
//! owner of such a server does first.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use trellis_store::{Address, Place, carry, prepare};

#[derive(Debug, Args)]
pub(crate) struct MoveArguments {
    /// Where the district is: a folder, or postgres://USER@HOST:PORT/NAME?tenant=NUMBER. Nobody may serve it meanwhile.
    #[arg(long)]
    from: PathBuf,
    /// Where it is to be; nothing may be there yet.
    #[arg(long)]
    to: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct DatabaseArguments {
    #[command(subcommand)]
    command: DatabaseCommand,
}

#[derive(Debug, Subcommand)]
enum DatabaseCommand {
    /// Make the tables, or bring them to this version, and let a role serve from them.
    Prepare {
        /// The address, as the owner of the tables: postgres://OWNER@HOST:PORT/NAME.
        #[arg(long)]
        database: String,
        /// The role that serves. It owns nothing, so that it cannot see past its district.
        #[arg(long)]
        role: String,
    },
}

/// Carries a district.
pub(crate) fn run(arguments: &MoveArguments) -> Result<ExitCode, Box<dyn Error>> {
    let (from, to) = (Place::parse(&arguments.from)?, Place::parse(&arguments.to)?);
    let carried = carry(&from, &to)?;
    let verified = &carried.verified;
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{} rows were carried to {to}. There {} events were folded again for {} learners.",
        carried.rows, verified.events, verified.learners
    )?;
    if verified.mismatches.is_empty() {
        writeln!(
            out,
            "Everything is equal, and the journal ends with the same chain. Serve from there now; {from} is as it was."
        )?;
        return Ok(ExitCode::SUCCESS);
    }
    for mismatch in &verified.mismatches {
        writeln!(out, "{}", super::replay::words(mismatch))?;
    }
    writeln!(out, "Something differs: go on serving from {from}.")?;
    Ok(ExitCode::FAILURE)
}

/// Prepares a server.
pub(crate) fn database(arguments: &DatabaseArguments) -> Result<ExitCode, Box<dyn Error>> {
    let DatabaseCommand::Prepare { database, role } = &arguments.command;
    let prepared = prepare(&Address::parse(database)?, role)?;
    let mut out = io::stdout().lock();
    match prepared.from {
        0 => writeln!(out, "The tables were made, at version {}.", prepared.to)?,
        from if from == prepared.to => writeln!(out, "The tables are at version {from} already.")?,
        from => writeln!(
            out,
            "The tables went from version {from} to {}.",
            prepared.to
        )?,
    }
    writeln!(out, "The role \"{role}\" may serve from them.")?;
    Ok(ExitCode::SUCCESS)
}
