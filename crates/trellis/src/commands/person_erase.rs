//! `trellis person erase`: a person goes from the database, its log, its free pages, the second copy and the backups.

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;
use trellis_store::Store;
use trellis_store::backup::{BackupKey, backup, keep_newest};

use super::clock::now;
use super::one_person::find;

#[derive(Debug, Args)]
pub(super) struct EraseArguments {
    /// The folder that holds the database. Nobody may serve from it meanwhile.
    #[arg(long)]
    dir: PathBuf,
    /// Who: the school's own id of the person, or the id that addresses of pages carry.
    #[arg(long)]
    person: String,
    /// The same once more, so that a slip of the hand erases nobody.
    #[arg(long)]
    again: String,
    /// The folder of the second copy, where there is one.
    #[arg(long)]
    second: Option<PathBuf>,
    /// The folder of the backups: a new one is made with a new key, and the old ones go with their key. With --key.
    #[arg(long, requires = "key")]
    backups: Option<PathBuf>,
    /// The file with the key of the backups. It gets the new key.
    #[arg(long, requires = "backups")]
    key: Option<PathBuf>,
    /// Print what was done as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &EraseArguments) -> Result<ExitCode, Box<dyn Error>> {
    if arguments.person != arguments.again {
        return Err("--person and --again are not the same: nobody was erased".into());
    }
    let begun = Instant::now();
    let dir = &arguments.dir;
    let store = match &arguments.second {
        Some(second) => Store::open_with_second(dir, second)?,
        None => Store::open(dir, false)?,
    };
    let person = find(&store, &arguments.person)?;
    let erased = store
        .erase(person, None, None, now()?)?
        .ok_or("there is no such person")?;
    store.clean()?;
    drop(store);
    let removed = match (&arguments.backups, &arguments.key) {
        (Some(to), Some(key)) => renew_backups(dir, to, key)?,
        _ => Vec::new(),
    };
    let left = beside(dir)?;
    let seconds = begun.elapsed().as_secs_f64();
    let mut out = io::stdout().lock();
    if arguments.json {
        let paths = |paths: &[PathBuf]| -> Vec<String> {
            paths
                .iter()
                .map(|path| path.display().to_string())
                .collect()
        };
        let line = serde_json::json!({
            "events": erased.events,
            "rows": erased.rows,
            "seconds": seconds,
            "backups_removed": paths(&removed),
            "look_at": paths(&left),
        });
        writeln!(out, "{line}")?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(
        out,
        "Erased in {seconds:.1} s: {} rows, and {} events of which only hashes are left.",
        erased.rows, erased.events
    )?;
    if arguments.backups.is_some() {
        writeln!(
            out,
            "A new backup was made with a new key; {} old ones went. Destroy every copy of the old key, also the one in the safe: then no copy of an old backup can be read again, wherever it lies.",
            removed.len()
        )?;
    } else {
        writeln!(
            out,
            "Backups still hold the person. Say --backups and --key to make a new one with a new key and to end the old ones."
        )?;
    }
    for path in &left {
        writeln!(
            out,
            "{}: this folder was put aside by an earlier restore and may still hold the person. Remove it.",
            path.display()
        )?;
    }
    writeln!(out, "Files that somebody exported are where they put them.")?;
    Ok(ExitCode::SUCCESS)
}

/// Makes a backup with a new key, and takes the old key and the old backups away. In this order: at no moment is there no
/// backup that can be read.
fn renew_backups(dir: &Path, to: &Path, key: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let new = key.with_extension("new");
    let fresh = BackupKey::write_new(&new)?;
    if let Err(error) = backup(dir, to, &fresh, now()?) {
        std::fs::remove_file(&new)?;
        return Err(error.into());
    }
    overwrite(key)?;
    std::fs::rename(&new, key)?;
    Ok(keep_newest(to, 1)?)
}

/// Writes zeros over a file's bytes, so that they do not stay on the disk when the name is given away.
fn overwrite(path: &Path) -> io::Result<()> {
    let mut file = std::fs::File::options().write(true).open(path)?;
    let length = usize::try_from(file.metadata()?.len()).unwrap_or(0);
    file.write_all(&vec![0; length])?;
    file.sync_all()
}

/// Folders beside the database that an earlier restore has put aside.
fn beside(dir: &Path) -> io::Result<Vec<PathBuf>> {
    let (Some(parent), Some(name)) = (dir.parent(), dir.file_name()) else {
        return Ok(Vec::new());
    };
    let parent = if parent.as_os_str().is_empty() {
        Path::new(".")
    } else {
        parent
    };
    let start = format!("{}.before-", name.to_string_lossy());
    let mut found = Vec::new();
    for entry in std::fs::read_dir(parent)? {
        let path = entry?.path();
        let named = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        if named.is_some_and(|named| named.starts_with(&start)) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
