//! `trellis backup`: a consistent, encrypted copy of a school's database, while it serves or while it does not.

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use trellis_store::backup::{BackupKey, backup, keep_newest};

use super::clock::now;

#[derive(Debug, Args)]
pub(crate) struct BackupArguments {
    /// The folder that holds the database. It may be in use.
    #[arg(long)]
    dir: PathBuf,
    /// The folder for backups; each run adds one file.
    #[arg(long)]
    to: PathBuf,
    /// The file with the key. Keep it apart from the backups, and a second copy of it in a safe: without it no backup
    /// can be restored.
    #[arg(long)]
    key: PathBuf,
    /// Make the key first; the file must not be there yet.
    #[arg(long)]
    new_key: bool,
    /// How many backups stay in the folder; the oldest go. Without it all stay.
    #[arg(long)]
    keep: Option<std::num::NonZeroUsize>,
    /// Print what was made as JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &BackupArguments) -> Result<ExitCode, Box<dyn Error>> {
    let BackupArguments { dir, to, key, .. } = arguments;
    keep_apart(key, to, dir)?;
    let key = if arguments.new_key {
        BackupKey::write_new(key)?
    } else {
        BackupKey::read(key)?
    };
    let made = backup(dir, to, &key, now()?)?;
    let removed = match arguments.keep {
        Some(keep) => keep_newest(to, keep.get())?,
        None => Vec::new(),
    };
    let mut out = io::stdout().lock();
    if arguments.json {
        let line = serde_json::json!({
            "file": made.path.display().to_string(),
            "bytes": made.bytes,
            "events": made.manifest.events,
            "chain": made.manifest.chain,
            "key": key.name().to_string(),
            "removed": removed.iter().map(|path| path.display().to_string()).collect::<Vec<_>>(),
        });
        writeln!(out, "{line}")?;
    } else {
        writeln!(
            out,
            "{}: {} events, {} bytes, chain whole, encrypted with the key {}.",
            made.path.display(),
            made.manifest.events,
            made.bytes,
            key.name()
        )?;
        for path in removed {
            writeln!(out, "{}: removed, as --keep says.", path.display())?;
        }
        if arguments.new_key {
            writeln!(
                out,
                "The key is in {}. Put a second copy of it in a safe now: without it no backup can be restored.",
                arguments.key.display()
            )?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Refuses a key that lies with the backups or with the database.
pub(super) fn keep_apart(key: &Path, backups: &Path, dir: &Path) -> Result<(), String> {
    for (folder, what) in [(backups, "the backups"), (dir, "the database")] {
        if is_inside(key, folder) {
            return Err(format!(
                "{}: the key must not lie with {what}: who takes one would have the other. Give another place with --key",
                key.display()
            ));
        }
    }
    Ok(())
}

/// Whether a file lies in a folder, however the two are written. What is not there yet is in no folder but its own.
fn is_inside(file: &Path, folder: &Path) -> bool {
    let parent = file.parent().map(|parent| match parent.as_os_str() {
        empty if empty.is_empty() => Path::new("."),
        _ => parent,
    });
    let whole = |path: &Path| path.canonicalize().ok();
    match (parent.and_then(whole), whole(folder)) {
        (Some(parent), Some(folder)) => parent.starts_with(folder),
        _ => false,
    }
}
