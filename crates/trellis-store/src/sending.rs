//! What a batch writes at its end, and what it does where the database is a server: it asks for many things at once, and sends
//! many rows at once.

use std::collections::BTreeSet;

use trellis_core::id::PersonId;
use trellis_core::people::Role;

use crate::ahead;
use crate::batch::{Asked, Batch};
use crate::db::Transaction;
use crate::error::StoreError;
use crate::fold;
use crate::journal::Unwritten;

impl Batch<'_> {
    /// Writes what was folded since the last time.
    pub(crate) fn store_folds(&mut self, transaction: &Transaction<'_>) -> Result<(), StoreError> {
        let dirty = std::mem::take(&mut self.dirty);
        let state = |(learner, changed)| Some((self.cache.get(learner)?, changed));
        fold::store_all(transaction, dirty.iter().filter_map(state))
    }

    /// Asks a server at once for all that a wave will want to know.
    pub(crate) fn look_ahead(
        &mut self,
        transaction: &Transaction<'_>,
        wave: &[Asked],
    ) -> Result<(), StoreError> {
        let about_learners = wave
            .iter()
            .filter(|asked| asked.command.learner().is_some());
        let actors: BTreeSet<(PersonId, Role)> = about_learners
            .map(|asked| (asked.actor.person, asked.actor.role))
            .filter(|actor| !self.current.contains(actor))
            .collect();
        let actors: Vec<_> = actors.into_iter().collect();
        self.current.extend(ahead::current(transaction, &actors)?);
        let learners = wave.iter().filter_map(|asked| asked.command.learner());
        let unknown: Vec<PersonId> = learners
            .filter(|learner| !self.cache.contains_key(learner))
            .collect();
        for state in ahead::states(transaction, &unknown)? {
            self.cache.insert(state.learner, state);
        }
        let commands = wave.iter().map(|asked| &asked.command);
        self.ahead = Some(ahead::look(transaction, commands)?);
        self.unwritten.get_or_insert_with(Unwritten::new);
        Ok(())
    }

    /// Sends what waits: from then on it can be read.
    pub(crate) fn send_events(&mut self, transaction: &Transaction<'_>) -> Result<(), StoreError> {
        match &mut self.unwritten {
            Some(unwritten) => unwritten.write(transaction),
            None => Ok(()),
        }
    }
}
