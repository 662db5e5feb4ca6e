//! The limits of keeping: what the schema says ends, ends here, once a day.

use trellis_core::id::PersonId;
use trellis_core::time::Timestamp;

use crate::Store;
use crate::db::params;
use crate::error::StoreError;
use crate::journal::from_blob;
use crate::personal::KEPT_AFTER_LEAVING_DAYS;

/// What a round has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ended {
    /// People whose record was erased.
    pub people: u64,
    /// Events of which only a hash is left.
    pub events: u64,
    /// Sign-ins that had run out.
    pub sign_ins: u64,
    /// Whether the database was written anew, so that nothing erased stays in it.
    pub cleaned: bool,
}

impl Store {
    /// People whose time is over: who left the roster more than [`KEPT_AFTER_LEAVING_DAYS`] ago.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn overdue(&self, now: Timestamp) -> Result<Vec<PersonId>, StoreError> {
        let before = now.plus_days(-i64::from(KEPT_AFTER_LEAVING_DAYS)).0;
        self.read(|connection| {
            let sql = "SELECT id FROM person WHERE left_at <= ?1 ORDER BY left_at, id";
            let mut statement = connection.prepare(sql)?;
            let mut rows = statement.query([before])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let id = row.get_ref(0)?.as_blob().map_err(crate::db::Error::from)?;
                found.push(PersonId(from_blob(id)?));
            }
            Ok(found)
        })
    }

    /// Ends what is over: erases who left long ago, forgets sign-ins that ran out and looks of long ago, counts the surveys that
    /// are over, and cleans up after erasures.
    ///
    /// # Errors
    /// As [`Store::erase`] and [`Store::clean`]; what was done before stays done.
    pub fn end_what_is_over(&self, now: Timestamp) -> Result<Ended, StoreError> {
        let mut ended = Ended::default();
        for person in self.overdue(now)? {
            if let Some(erased) = self.erase(person, None, None, now)? {
                ended.people += 1;
                ended.events += erased.events;
            }
        }
        self.end_looks(now)?;
        self.end_openings(now)?;
        self.settle_surveys(now)?;
        let (done, wait) = std::sync::mpsc::sync_channel(1);
        self.rows(move |rows| {
            let gone =
                rows.execute("DELETE FROM session WHERE expires_at <= ?1", params![now.0])?;
            rows.execute(
                "DELETE FROM passkey_question WHERE until <= ?1",
                params![now.0],
            )?;
            // Received below, in this process.
            let _ = done.send(gone as u64);
            Ok(())
        })?;
        ended.sign_ins = wait.recv().unwrap_or_default();
        if self.wants_cleaning()? {
            self.clean()?;
            ended.cleaned = true;
        }
        Ok(ended)
    }
}
