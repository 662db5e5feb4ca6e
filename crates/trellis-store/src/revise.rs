//! What follows when an item is revised: the content changes, and past answers are judged anew.

use std::sync::Arc;

use trellis_core::decide::{Revised, rescore};
use trellis_core::id::Seq;
use trellis_core::item::Item;

use crate::batch::{Asked, Batch, with_bodies};
use crate::db::Transaction;
use crate::error::StoreError;
use crate::{content, fold, journal};

impl Batch<'_> {
    /// Puts the other version of an item into the content, and judges the answers of everybody who gave some anew, each
    /// learner's in a decision of their own.
    pub(crate) fn revised(
        &mut self,
        transaction: &Transaction<'_>,
        asked: &Asked,
        [before, after]: [&Item; 2],
        revision: Seq,
        undoes: bool,
    ) -> Result<(), StoreError> {
        self.send_events(transaction)?;
        let imported = self.catalog.imported_competency(&after.id);
        content::replace(transaction, after, imported.unwrap_or(&after.competency))?;
        self.take_catalog(content::load(transaction)?);
        let catalog = Arc::clone(&self.catalog);
        let revised = Revised {
            catalog: &catalog,
            before,
            after,
            revision,
            undoes,
            now: asked.now,
        };
        // What is believed may be newer here than in its row.
        self.store_folds(transaction)?;
        for learner in fold::who_began(transaction, &after.id)? {
            self.load(transaction, learner)?;
            let history = journal::of_learner(transaction, learner, None)?;
            let events = match self.cache.get(&learner) {
                Some(state) => rescore(&revised, state, &history),
                None => Vec::new(),
            };
            if !events.is_empty() {
                self.write(transaction, asked, with_bodies(events)?)?;
            }
        }
        Ok(())
    }
}
