//! Learners' states in an older format: they are folded again from the journal, which is the truth, when the database is
//! opened.

use std::collections::{BTreeMap, BTreeSet};

use trellis_core::estimate::LearnerState;
use trellis_core::event::Recorded;
use trellis_core::id::{PersonId, Seq};

use crate::db::{Connection, OptionalExtension};
use crate::error::StoreError;
use crate::fold::{self, Changed};
use crate::head;
use crate::journal::{self, COLUMNS};

/// The format of a learner's state. Raise it when a field comes, goes or moves; a test tells when that is due.
pub(crate) const FORMAT: u32 = 11;

/// A learner's state folded from all of their events, or from those up to one. What was taken back in them does not
/// count.
pub(crate) fn from_journal(
    connection: &Connection,
    learner: PersonId,
    until: Option<Seq>,
) -> Result<LearnerState, StoreError> {
    let events: Vec<Recorded> = journal::of_learner(connection, learner, until)?;
    Ok(LearnerState::refold(learner, &events))
}

/// Whether the states are written in this program's format.
pub(crate) fn is_current(connection: &Connection) -> Result<bool, StoreError> {
    let written: Option<u32> = connection
        .query_row("SELECT version FROM fold_format", [], |row| row.get(0))
        .optional()?;
    Ok(written == Some(FORMAT))
}

/// Folds every learner's state again where it is written in another format. All of it in one transaction.
pub(crate) fn bring_up_to_date(connection: &mut Connection) -> Result<(), StoreError> {
    if is_current(connection)? {
        return Ok(());
    }
    let transaction = connection.transaction()?;
    if transaction.is_shared() {
        // Nobody else decides meanwhile, or folds again at the same time.
        head::take(&transaction)?;
        if is_current(&transaction)? {
            return Ok(());
        }
    }
    let mut states: BTreeMap<PersonId, LearnerState> = BTreeMap::new();
    let mut rewritten: BTreeSet<PersonId> = BTreeSet::new();
    {
        let sql = format!("SELECT {COLUMNS} FROM event WHERE learner IS NOT NULL ORDER BY seq");
        let mut statement = transaction.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let recorded = journal::read_row(row)?;
            if let Some(learner) = recorded.event.learner() {
                if recorded.event.rewrites() {
                    rewritten.insert(learner);
                }
                states
                    .entry(learner)
                    .or_insert_with(|| LearnerState::new(learner))
                    .apply(&recorded);
            }
        }
    }
    for learner in rewritten {
        states.insert(learner, from_journal(&transaction, learner, None)?);
    }
    transaction.execute_batch("DELETE FROM learner_state; DELETE FROM estimate;")?;
    for state in states.values() {
        fold::store(&transaction, state, &Changed::everything())?;
    }
    transaction.execute(
        "INSERT INTO fold_format (one, version) VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET version = excluded.version",
        [FORMAT],
    )?;
    transaction.commit()?;
    Ok(())
}
