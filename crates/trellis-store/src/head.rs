//! Where a tenant stands whose database several machines use: the end of its journal, and how often people and content have
//! changed. Each batch takes this row first and holds it to its end, so that the batches of a tenant come one after the other,
//! whichever machine decides them, and a machine sees by it that what it remembers is of before.

use crate::db::{Connection, OptionalExtension, params};
use crate::error::StoreError;
use crate::journal::{BEGINNING, Tip, int};

/// The row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) tip: Tip,
    /// Counts the commits that may have changed people, sections or sign-ins.
    pub(crate) people: u64,
    /// Counts the commits that have changed content.
    pub(crate) content: u64,
}

impl Head {
    /// How a tenant begins.
    pub(crate) fn at(tip: Tip) -> Self {
        Self {
            tip,
            people: 0,
            content: 0,
        }
    }
}

fn read_with(connection: &Connection, how: &str) -> Result<Option<Head>, StoreError> {
    let sql = format!("SELECT seq, chain, people, content FROM head{how}");
    let found = connection.prepare_cached(&sql)?.query_row([], |row| {
        let tip = Tip {
            seq: row.get(0)?,
            chain: row.get(1)?,
        };
        Ok(Head {
            tip,
            people: row.get(2)?,
            content: row.get(3)?,
        })
    });
    Ok(found.optional()?)
}

/// The row as it stands; `None` where the tenant was never begun.
pub(crate) fn read(connection: &Connection) -> Result<Option<Head>, StoreError> {
    read_with(connection, "")
}

/// Takes the row, and lets nobody else have it until the transaction ends.
pub(crate) fn take(connection: &Connection) -> Result<Head, StoreError> {
    let missing = || StoreError::Server("this district was never begun".into());
    read_with(connection, " FOR UPDATE")?.ok_or_else(missing)
}

/// Begins a tenant, unless somebody has.
pub(crate) fn begin(connection: &Connection) -> Result<(), StoreError> {
    connection.execute(
        "INSERT INTO head (seq, chain, people, content) VALUES (0, ?1, 0, 0) ON CONFLICT DO NOTHING",
        [BEGINNING.chain],
    )?;
    Ok(())
}

/// Writes the row that was taken.
pub(crate) fn write(connection: &Connection, head: &Head) -> Result<(), StoreError> {
    Ok(connection
        .prepare_cached("UPDATE head SET seq = ?1, chain = ?2, people = ?3, content = ?4")?
        .write(params![
            int(head.tip.seq),
            head.tip.chain,
            int(head.people),
            int(head.content)
        ])?)
}
