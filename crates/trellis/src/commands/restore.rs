//! `trellis restore`: a database from a backup or a second copy, folded again and compared before it takes its place.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;
use trellis_store::backup::{BackupKey, Origin, Restored, Terms, newest, restore};

use super::clock::now;
use super::replay;

#[derive(Debug, Args)]
pub(crate) struct RestoreArguments {
    /// A backup, a folder of backups (the newest is taken), or the folder of a second copy.
    #[arg(long)]
    from: PathBuf,
    /// The file with the key of the backup; a second copy needs none.
    #[arg(long)]
    key: Option<PathBuf>,
    /// The folder for the database; it must be new or empty. With --check nothing is left there.
    #[arg(long)]
    dir: PathBuf,
    /// What is in the folder makes room: it is kept under another name.
    #[arg(long, conflicts_with = "check")]
    replace: bool,
    /// Only try it: decrypt, fold again, compare, and remove everything.
    #[arg(long)]
    check: bool,
    /// Put it in place although something differs after folding again.
    #[arg(long, conflicts_with = "check")]
    although_different: bool,
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(arguments: &RestoreArguments) -> Result<ExitCode, Box<dyn Error>> {
    let begun = Instant::now();
    let terms = Terms {
        try_only: arguments.check,
        replace: arguments.replace,
        although_different: arguments.although_different,
    };
    let second = arguments.from.join("trellis.db").exists();
    let (from, restored) = if second {
        let origin = Origin::Second(&arguments.from);
        let restored = restore(&origin, &arguments.dir, terms, now()?)?;
        (arguments.from.clone(), restored)
    } else {
        let path = newest(&arguments.from)?;
        let key = arguments
            .key
            .as_ref()
            .ok_or("a backup is encrypted: give the file with its key with --key")?;
        let key = BackupKey::read(key)?;
        let restored = restore(&Origin::Backup(&path, &key), &arguments.dir, terms, now()?)?;
        (path, restored)
    };
    let sound = restored.verified.mismatches.is_empty();
    let differences: Vec<String> = restored
        .verified
        .mismatches
        .iter()
        .map(replay::words)
        .collect();
    let mut out = io::stdout().lock();
    if arguments.json {
        let line = serde_json::json!({
            "from": from.display().to_string(),
            "made_at_ms": restored.manifest.as_ref().map(|manifest| manifest.made_at.0),
            "events": restored.verified.events,
            "learners": restored.verified.learners,
            "mismatches": differences,
            "placed": restored.placed,
            "before": restored.before.as_ref().map(|path| path.display().to_string()),
            "seconds": begun.elapsed().as_secs_f64(),
        });
        writeln!(out, "{line}")?;
    } else {
        writeln!(
            out,
            "{}: {} events folded again for {} learners in {:.2} s.",
            from.display(),
            restored.verified.events,
            restored.verified.learners,
            begun.elapsed().as_secs_f64()
        )?;
        for line in differences {
            writeln!(out, "{line}")?;
        }
        verdict(&mut out, arguments, &restored)?;
    }
    Ok(if sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn verdict(
    out: &mut impl Write,
    arguments: &RestoreArguments,
    restored: &Restored,
) -> io::Result<()> {
    let sound = restored.verified.mismatches.is_empty();
    let dir = arguments.dir.display();
    match (sound, restored.placed) {
        (true, true) => writeln!(
            out,
            "All equal, bit for bit, and the chain is whole. The school is in {dir}."
        )?,
        (true, false) => writeln!(
            out,
            "All equal, bit for bit, and the chain is whole. Nothing was kept: this was a try."
        )?,
        (false, true) => writeln!(
            out,
            "Not equal, and put in place all the same, as asked. The school is in {dir}."
        )?,
        (false, false) => writeln!(
            out,
            "Not equal, so nothing was put in place. Take an older backup, or say --although-different."
        )?,
    }
    if let Some(before) = &restored.before {
        writeln!(out, "What was there before is in {}.", before.display())?;
    }
    Ok(())
}
