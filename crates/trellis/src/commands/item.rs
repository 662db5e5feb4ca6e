//! `trellis item`: mend the key of a published question, with all answers to it judged anew, and take that back.

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, Subcommand};
use trellis_core::command::Command;
use trellis_core::context::Actor;
use trellis_core::event::Event;
use trellis_core::framework::ItemId;
use trellis_core::id::Seq;
use trellis_core::people::Role;
use trellis_core::time::Timestamp;
use trellis_store::{Asked, Store};

#[derive(Debug, Args)]
pub(crate) struct ItemArguments {
    #[command(subcommand)]
    command: ItemCommand,
}

#[derive(Debug, Subcommand)]
enum ItemCommand {
    /// Put another key in the place of a wrong one. Past answers count as if it had been right from the start; those who
    /// gave them are told.
    Mend {
        /// The folder with the database.
        #[arg(long)]
        dir: PathBuf,
        /// The id of the item.
        item: String,
        /// The right answer. Options by their keys or texts; several parts with " ; " between them.
        #[arg(long)]
        key: String,
        /// Why.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Take the last revision of an item back.
    Undo {
        /// The folder with the database.
        #[arg(long)]
        dir: PathBuf,
        /// The id of the item.
        item: String,
    },
}

pub(crate) fn run(arguments: &ItemArguments) -> Result<ExitCode, Box<dyn Error>> {
    let mut out = io::stdout().lock();
    match &arguments.command {
        ItemCommand::Mend {
            dir,
            item,
            key,
            note,
        } => {
            let (store, id) = open(dir, item)?;
            let catalog = store.catalog();
            let old = catalog
                .item(&id)
                .ok_or_else(|| format!("there is no item {id}"))?;
            let item = Box::new(old.with_key(key)?);
            let note = note.clone();
            let command = Command::ReviseItem { item, note };
            let revision = ask(&store, command)?;
            tell(&mut out, &store, revision, "mended")
        }
        ItemCommand::Undo { dir, item } => {
            let (store, id) = open(dir, item)?;
            let curation = store.curation()?;
            let last = curation.last_revision(&id);
            let revision = last
                .ok_or_else(|| format!("nothing of {id} was revised"))?
                .seq;
            let command = Command::UndoRevision { item: id, revision };
            let undone = ask(&store, command)?;
            tell(&mut out, &store, undone, "taken back")
        }
    }?;
    Ok(ExitCode::SUCCESS)
}

fn open(dir: &Path, item: &str) -> Result<(Store, ItemId), Box<dyn Error>> {
    Ok((super::opened::open(dir, false)?, ItemId::new(item)?))
}

/// Runs a command as whoever runs the machine, or leads the district.
fn ask(store: &Store, command: Command) -> Result<Seq, Box<dyn Error>> {
    let people = store.people()?;
    let of = |role| people.iter().find(move |person| person.role == role);
    let person = of(Role::Operator).or_else(|| of(Role::Leader));
    let person =
        person.ok_or("the roster has nobody who runs the machine or leads the district")?;
    let since = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let asked = Asked {
        command,
        actor: Actor {
            person: person.id,
            role: person.role,
        },
        now: Timestamp(i64::try_from(since.as_millis())?),
        seed: 0,
    };
    let outcome = store.execute(asked)?;
    let outcome = outcome.map_err(|refusal| format!("refused: {refusal:?}"))?;
    Ok(outcome.decision)
}

/// Says whose answers count otherwise now.
fn tell(
    out: &mut impl Write,
    store: &Store,
    revision: Seq,
    what: &str,
) -> Result<(), Box<dyn Error>> {
    let rescored = store.rescored(revision)?;
    let (mut better, mut worse) = (0, 0);
    for recorded in &rescored {
        if let Event::Rescored {
            better: more,
            worse: fewer,
            ..
        } = recorded.event
        {
            better += more;
            worse += fewer;
        }
    }
    writeln!(
        out,
        "{what} (event {revision}); {} records judged anew: {better} answers are right now and were not, {worse} the other way round",
        rescored.len()
    )?;
    Ok(())
}
