//! Erasing a person: rows go, of events only leaves of the hash chain stay, and then the whole database is written anew, so
//! that nothing is left in free pages, in the log or in the second copy. What others did and are believed to know stays to
//! the last bit.

use trellis_core::id::PersonId;
use trellis_core::time::Timestamp;

use crate::Store;
use crate::db::{Savepoint, params};
use crate::error::StoreError;
use crate::journal::{self, blob, int};
use crate::personal::{self, Erasing, record};

/// What was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Erased {
    /// Events of which only a hash is left.
    pub events: u64,
    /// Rows that are gone.
    pub rows: u64,
}

impl Store {
    /// Erases a person in one transaction: rows and events are gone from then on. Their bytes are gone after
    /// [`Store::clean`]. `by` asked for it, `second` agreed; who it was is written down nowhere. `None` when there is no
    /// such person.
    ///
    /// # Errors
    /// When the transaction fails; then nothing has changed.
    pub fn erase(
        &self,
        person: PersonId,
        by: Option<PersonId>,
        second: Option<PersonId>,
        now: Timestamp,
    ) -> Result<Option<Erased>, StoreError> {
        let (done, wait) = std::sync::mpsc::sync_channel(1);
        self.writer.erase(
            person,
            Box::new(move |rows| {
                let erased = erase(rows, person)?;
                if let Some(erased) = &erased {
                    write_down(rows, erased, by, second, now)?;
                }
                // Received below, in this process.
                let _ = done.send(erased);
                Ok(())
            }),
        )?;
        self.looks.forget_person(person);
        Ok(wait.recv().unwrap_or_default())
    }

    /// Writes the database anew, and its second copy, so that no byte of what was erased stays in them. Commands wait
    /// meanwhile: it takes about as long as copying the file twice.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when somebody has been reading for too long, [`StoreError::DiskFull`] when there is no room for
    /// the database twice. What was erased is erased; its bytes may still stand in free pages until this succeeds.
    pub fn clean(&self) -> Result<(), StoreError> {
        if let Some(dir) = self.dir() {
            crate::backup::clear(dir)?;
        }
        self.writer.clean()?;
        self.rows(|rows| {
            rows.execute("UPDATE erasure SET cleaned = 1 WHERE cleaned = 0", [])?;
            Ok(())
        })
    }

    /// Whether somebody was erased whose bytes may still stand in free pages. Of those of a server its owner knows: never there.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn wants_cleaning(&self) -> Result<bool, StoreError> {
        self.read(|connection| {
            if connection.is_shared() {
                return Ok(false);
            }
            let sql = "SELECT count(*) FROM erasure WHERE cleaned = 0";
            let count: u64 = connection.query_row(sql, [], |row| row.get(0))?;
            Ok(count > 0)
        })
    }
}

fn erase(rows: &Savepoint<'_>, person: PersonId) -> Result<Option<Erased>, StoreError> {
    let known = "SELECT count(*) FROM person WHERE id = ?1";
    let known: u64 = rows.query_row(known, [blob(person.0)], |row| row.get(0))?;
    if known == 0 {
        return Ok(None);
    }
    let mut erased = Erased::default();
    for table in personal::tables()
        .iter()
        .filter(|table| !table.whose.is_empty())
    {
        match table.erasing {
            Erasing::Rows => {
                let sql = format!("DELETE FROM {} WHERE {}", table.name, record::erased(table));
                let gone = rows.execute(&sql, record::parameters(person))?;
                erased.rows += gone as u64;
            }
            Erasing::Leaves => erased.events += leave_leaves(rows, person)?,
            Erasing::Keeps(_) => {}
        }
    }
    Ok(Some(erased))
}

/// Empties the events of a person's record, but for the leaf of each.
fn leave_leaves(rows: &Savepoint<'_>, person: PersonId) -> Result<u64, StoreError> {
    let mut leaves: Vec<(u64, Option<[u8; 32]>)> = Vec::new();
    {
        let columns = journal::chained_columns(rows)?;
        let sql = format!("SELECT {columns} FROM event WHERE learner = ?1 ORDER BY seq");
        let mut statement = rows.prepare(&sql)?;
        let mut found = statement.query([blob(person.0)])?;
        while let Some(row) = found.next()? {
            let recorded = journal::read_row(row)?;
            let body = row.get_ref(5)?.as_str().map_err(crate::db::Error::from)?;
            let salt: Option<[u8; 16]> = row.get(7)?;
            let leaf = salt.map(|salt| journal::leaf_of(&salt, &recorded, body));
            leaves.push((recorded.seq.0, leaf));
        }
    }
    let mut empty = rows.prepare(
        "UPDATE event SET decision = 0, at = 0, actor = ?3, role = '', learner = NULL, attempt = NULL,
           kind = 'erased', body = '', salt = NULL, leaf = ?2 WHERE seq = ?1",
    )?;
    for (seq, leaf) in &leaves {
        empty.execute(params![int(*seq), leaf, blob(0)])?;
    }
    Ok(leaves.len() as u64)
}

fn write_down(
    rows: &Savepoint<'_>,
    erased: &Erased,
    by: Option<PersonId>,
    second: Option<PersonId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let id = |person: Option<PersonId>| person.map(|person| blob(person.0));
    rows.execute(
        "INSERT INTO erasure (number, at, by, second, events, rows, cleaned)
         SELECT coalesce(max(number), 0) + 1, ?1, ?2, ?3, ?4, ?5, 0 FROM erasure",
        params![
            now.0,
            id(by),
            id(second),
            int(erased.events),
            int(erased.rows)
        ],
    )?;
    Ok(())
}
