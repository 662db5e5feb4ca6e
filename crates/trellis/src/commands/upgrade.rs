//! `trellis upgrade`: bring a school's database to this version, on a copy, after a backup.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use trellis_store::backup::{BackupKey, Done, Upgraded, upgrade};

use super::clock::now;
use super::{backup, replay};

#[derive(Debug, Args)]
pub(crate) struct UpgradeArguments {
    /// The folder that holds the database. Nobody may be served from it meanwhile.
    #[arg(long)]
    dir: PathBuf,
    /// The folder for backups: one is made before anything else.
    #[arg(long)]
    to: PathBuf,
    /// The file with the key of the backups.
    #[arg(long)]
    key: PathBuf,
    /// Print what was done as JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &UpgradeArguments) -> Result<ExitCode, Box<dyn Error>> {
    let UpgradeArguments { dir, to, key, .. } = arguments;
    backup::keep_apart(key, to, dir)?;
    let upgraded = upgrade(dir, to, &BackupKey::read(key)?, now()?)?;
    let mut out = io::stdout().lock();
    if arguments.json {
        writeln!(out, "{}", as_json(&upgraded))?;
    } else {
        in_words(&mut out, &upgraded)?;
    }
    let sound = upgraded.done.is_none_or(|done| done.placed);
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn differences(done: &Done) -> Vec<String> {
    done.verified.mismatches.iter().map(replay::words).collect()
}

fn as_json(upgraded: &Upgraded) -> serde_json::Value {
    let done = upgraded.done.as_ref();
    serde_json::json!({
        "from": upgraded.from,
        "to": upgraded.to,
        "backup": done.map(|done| done.backup.path.display().to_string()),
        "events": done.map(|done| done.verified.events),
        "mismatches": done.map(differences),
        "placed": done.map(|done| done.placed),
    })
}

fn in_words(out: &mut impl Write, upgraded: &Upgraded) -> io::Result<()> {
    let Upgraded { from, to, done } = upgraded;
    let Some(done) = done else {
        return writeln!(
            out,
            "The database has version {to} already. Nothing was done."
        );
    };
    writeln!(out, "Backup: {}.", done.backup.path.display())?;
    for line in differences(done) {
        writeln!(out, "{line}")?;
    }
    let events = done.verified.events;
    if done.placed {
        writeln!(
            out,
            "From version {from} to {to}: {events} events folded again, all equal, bit for bit. The new database is in its place."
        )
    } else {
        writeln!(
            out,
            "Not equal, so the old database stays as it was. `trellis doctor` says what is wrong with it."
        )
    }
}
