//! What stands in a database: its version, its structure, the journal with its chain, the states, the clock.

use std::path::Path;

use trellis_core::time::Timestamp;
use trellis_store::{Examination, Mismatch, StoreError, examine};

use super::surroundings::size;
use super::{Check, State};
use crate::commands::replay;

/// A log longer than this many bytes, and than the database, has not been brought into the file for long.
const LONG_LOG: u64 = 256 * 1024 * 1024;
/// How far an event may lie ahead of the clock, in milliseconds.
const AHEAD_MS: i64 = 120_000;
/// How many mismatches are named.
const NAMED: usize = 5;

const RESTORE: &str = "stop Trellis and bring the newest backup back: `trellis restore --from BACKUPS --key KEYFILE --dir NEW`. \
                       Keep this folder";

/// Looks at the database in a folder.
pub(super) fn checks(dir: &Path, now: Timestamp) -> Vec<Check> {
    let examination = match examine(dir) {
        Ok(examination) => examination,
        Err(error) => return vec![cannot_open(&error)],
    };
    vec![
        use_and_size(&examination),
        version(&examination),
        structure(&examination),
        journal(&examination),
        states(&examination),
        clock(&examination, now),
    ]
}

fn cannot_open(error: &StoreError) -> Check {
    let remedy = match error {
        StoreError::Missing { .. } => {
            "give the folder that holds the database with --dir".to_owned()
        }
        StoreError::Newer { .. } => {
            "install the version of Trellis that wrote it, or a newer one".to_owned()
        }
        StoreError::File { .. } => {
            "check who owns the files, and that the disk is there".to_owned()
        }
        _ => RESTORE.to_owned(),
    };
    Check::broken("database", error.to_string(), remedy)
}

fn use_and_size(found: &Examination) -> Check {
    let used = if found.in_use {
        "a Trellis is serving from it"
    } else {
        "nobody is using it"
    };
    let says = format!(
        "{}, and {} in the log beside it; {used}.",
        size(found.bytes),
        size(found.log_bytes)
    );
    if found.log_bytes > LONG_LOG && found.log_bytes > found.bytes {
        let remedy = "stop Trellis and start it again: that brings the log into the file. If it grows again something has had \
                      the database open for very long";
        return Check::attention("database", says, remedy);
    }
    Check::fine("database", says)
}

fn version(found: &Examination) -> Check {
    let Examination {
        schema,
        newest_schema,
        ..
    } = found;
    if schema < newest_schema {
        return Check::attention(
            "version",
            format!(
                "the database has version {schema}, and this Trellis writes version {newest_schema}. It is brought up to date \
                 at the next start."
            ),
            "make a backup, then start Trellis once and run this again",
        );
    }
    if !found.format_current {
        return Check::attention(
            "version",
            "what is believed of learners is written in the format of another version. It is folded again at the next start.",
            "make a backup, then start Trellis once and run this again",
        );
    }
    Check::fine("version", format!("{schema}, which this Trellis writes."))
}

fn structure(found: &Examination) -> Check {
    match found.structure.as_slice() {
        [] => Check::fine("structure", "every page of the file is sound."),
        lines => Check::broken(
            "structure",
            format!("the file is damaged: {}.", lines.join("; ")),
            RESTORE,
        ),
    }
}

/// Whether a mismatch is about the journal itself, and not about what was folded from it.
fn of_journal(mismatch: &Mismatch) -> bool {
    matches!(mismatch, Mismatch::Chain(_) | Mismatch::Gap(_))
}

fn named<'a>(mismatches: impl Iterator<Item = &'a Mismatch>) -> Option<String> {
    let words: Vec<String> = mismatches.map(replay::words).collect();
    let more = words.len().saturating_sub(NAMED);
    let mut said = words.get(..NAMED).unwrap_or(&words).join("; ");
    if more > 0 {
        said.push_str(&format!("; and {more} more"));
    }
    (!words.is_empty()).then_some(said)
}

fn journal(found: &Examination) -> Check {
    match &found.verified {
        Err(error) => Check::broken("journal", error.to_string(), RESTORE),
        Ok(verified) => match named(verified.mismatches.iter().filter(|m| of_journal(m))) {
            Some(said) => Check::broken("journal", said, RESTORE),
            None => Check::fine(
                "journal",
                format!("{} events, and the chain is whole.", verified.events),
            ),
        },
    }
}

fn states(found: &Examination) -> Check {
    let Ok(verified) = &found.verified else {
        return Check::broken(
            "states",
            "they cannot be compared: the journal cannot be read.",
            RESTORE,
        );
    };
    if found.schema != found.newest_schema {
        return Check::fine(
            "states",
            "not compared, since the database is of an older version.",
        );
    }
    match named(verified.mismatches.iter().filter(|m| !of_journal(m))) {
        Some(said) => Check::broken("states", said, RESTORE),
        None => Check::fine(
            "states",
            format!(
                "the states of {} learners are what the journal says, bit for bit.",
                verified.learners
            ),
        ),
    }
}

fn clock(found: &Examination, now: Timestamp) -> Check {
    let ahead = found.last_at.map_or(0, |at| at.0.saturating_sub(now.0));
    if ahead > AHEAD_MS {
        let says = format!(
            "the last event was written {:.1} hours after the time that the clock shows now.",
            hours(ahead)
        );
        return Check::attention(
            "clock",
            says,
            "set the machine's clock, and let it follow a time server. Nothing is lost: the order of the journal is its own",
        );
    }
    if let Some((seq, ms)) = found.step_back {
        let says = format!(
            "at event {seq} the clock was set back by {:.1} hours. Nothing is lost: the order of the journal is its own.",
            hours(ms)
        );
        return Check::fine("clock", says);
    }
    Check::fine("clock", "it agrees with the journal.")
}

#[expect(
    clippy::cast_precision_loss,
    reason = "hours are told with one decimal"
)]
fn hours(ms: i64) -> f64 {
    ms as f64 / 3_600_000.0
}

/// The second copy: it must be readable, and not be behind.
pub(super) fn second(dir: &Path, second: &Path) -> Check {
    let (own, copy) = match (examine(dir), examine(second)) {
        (Ok(own), Ok(copy)) => (own, copy),
        (_, Err(error)) => {
            return Check::broken(
                "second copy",
                error.to_string(),
                "check the second disk, and start Trellis again with --second",
            );
        }
        (Err(error), _) => return cannot_open(&error),
    };
    for check in [structure(&copy), journal(&copy), states(&copy)] {
        if check.state != State::Fine {
            return Check {
                check: "second copy",
                ..check
            };
        }
    }
    let events = |found: &Examination| {
        found
            .verified
            .as_ref()
            .map_or(0, |verified| verified.events)
    };
    // The copy is looked at after the school, so it may be ahead of it while answers come in, but not behind.
    let (own, copy) = (events(&own), events(&copy));
    if copy < own {
        return Check::broken(
            "second copy",
            format!("it holds {copy} events, and the school {own}."),
            "start Trellis again with --second: it is made anew then",
        );
    }
    Check::fine("second copy", format!("it holds {copy} events, whole."))
}
