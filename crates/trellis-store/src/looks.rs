//! Who of the school looked at something of a learner, for the learner and the family to see: one row for each reader, kind of
//! page and day. A page does not wait for the row: the writer takes it with what else is waiting.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use trellis_core::id::PersonId;
use trellis_core::time::Timestamp;

use crate::Store;
use crate::db::params;
use crate::error::StoreError;
use crate::journal::blob;
use crate::personal::LOOKS_KEPT_DAYS;
use crate::session::Viewer;

/// The names of the kinds of pages, for translation files.
pub const PAGES: [&str; 10] = [
    "evidence", "today", "map", "why", "week", "answer", "file", "plan", "work", "record",
];

/// What was written down today already, so that the same page read twice asks for one row.
#[derive(Debug, Default, Clone)]
pub(crate) struct Looks {
    today: Arc<Mutex<Today>>,
}

#[derive(Debug, Default)]
struct Today {
    day: i64,
    known: BTreeSet<(PersonId, PersonId, &'static str)>,
}

impl Looks {
    /// Whether this is new today.
    fn is_new(&self, day: i64, look: (PersonId, PersonId, &'static str)) -> bool {
        let mut today = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        if today.day != day {
            *today = Today {
                day,
                known: BTreeSet::new(),
            };
        }
        today.known.insert(look)
    }

    /// It could not be written: the next look at it is new again.
    fn forget(&self, look: (PersonId, PersonId, &'static str)) {
        let mut today = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        today.known.remove(&look);
    }

    /// Somebody was erased.
    pub(crate) fn forget_person(&self, person: PersonId) {
        let mut today = self.today.lock().unwrap_or_else(PoisonError::into_inner);
        let is_other = |look: &(PersonId, PersonId, _)| look.0 != person && look.1 != person;
        today.known.retain(is_other);
    }
}

impl Store {
    /// Asks the writer for the row, and waits for nothing.
    pub(crate) fn saw(&self, viewer: &Viewer, learner: PersonId, page: &'static str) {
        let (day, who) = (viewer.at().day(), viewer.person());
        let look = (learner, who, page);
        if !self.looks.is_new(day, look) {
            return;
        }
        let role = viewer.role().name();
        let midnight = Timestamp(0).plus_days(day);
        let job = move |rows: &crate::db::Savepoint<'_>| {
            // Somebody may have been erased between the look and the row.
            rows.execute(
                "INSERT INTO look (learner, day, reader, page, role)
                 SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM person WHERE id = ?1)
                 ON CONFLICT DO NOTHING",
                params![blob(learner.0), midnight.0, blob(who.0), page, role],
            )?;
            Ok(())
        };
        let (looks, again) = (self.looks.clone(), self.looks.clone());
        let done = move |written: Result<(), _>| {
            if written.is_err() {
                looks.forget(look);
            }
        };
        if self.writer.note(Box::new(job), Box::new(done)).is_err() {
            again.forget(look);
        }
    }

    /// Forgets looks that are older than they are kept.
    pub(crate) fn end_looks(&self, now: Timestamp) -> Result<(), StoreError> {
        let before = now.plus_days(-i64::from(LOOKS_KEPT_DAYS)).0;
        self.rows(move |rows| {
            rows.execute("DELETE FROM look WHERE day <= ?1", [before])?;
            Ok(())
        })
    }
}
