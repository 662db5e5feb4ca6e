//! What the owner of a PostgreSQL database does before tenants are served from it: the tables at the newest version, and the
//! rights of the role that serves. That role owns nothing, so that it cannot turn the policies off.

use crate::db::postgres::Address;
use crate::db::{Connection, Error, OptionalExtension};
use crate::error::StoreError;
use crate::place;
use crate::sqlite;

use super::schema;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prepared {
    /// The version of the schema before; 0 when there was nothing.
    pub from: u32,
    /// The version now.
    pub to: u32,
}

/// Brings the tables of a database up to this program's version, as their owner, and lets `role` read and write rows.
///
/// # Errors
/// When the database cannot be reached, a newer program has prepared it, or a statement fails; a version comes whole or not at
/// all.
pub fn prepare(owner: &Address, role: &str) -> Result<Prepared, StoreError> {
    let connection = place::connect(owner)?;
    connection
        .execute_batch("CREATE TABLE IF NOT EXISTS trellis_schema (version bigint NOT NULL)")?;
    let from = version(&connection)?.unwrap_or(0);
    let to = sqlite::newest_version();
    if from > to {
        return Err(StoreError::Newer {
            path: owner.to_string().into(),
            found: from,
            known: to,
        });
    }
    for (number, migration) in (1u32..).zip(sqlite::MIGRATIONS) {
        if number > from {
            let head = if number == 1 { schema::HEAD } else { "" };
            let sql = schema::translated(&format!("{head}{migration}"));
            whole(
                &connection,
                &format!(
                    "BEGIN; {sql} DELETE FROM trellis_schema;
                     INSERT INTO trellis_schema (version) VALUES ({number}); COMMIT"
                ),
            )?;
        }
    }
    let role = format!("\"{}\"", role.replace('"', "\"\""));
    whole(
        &connection,
        &format!(
            "BEGIN; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
             REVOKE INSERT, UPDATE, DELETE ON trellis_schema FROM {role}; COMMIT"
        ),
    )?;
    Ok(Prepared { from, to })
}

/// Runs a script that is one transaction.
fn whole(connection: &Connection, script: &str) -> Result<(), StoreError> {
    let done = connection.execute_batch(script);
    if done.is_err() {
        connection.execute_batch("ROLLBACK")?;
    }
    Ok(done?)
}

/// The version of the tables; `None` when there are none, or they may not be read.
pub(super) fn version(connection: &Connection) -> Result<Option<u32>, StoreError> {
    let found = connection.query_row("SELECT version FROM trellis_schema", [], |row| row.get(0));
    match found.optional() {
        Err(Error::Postgres(failure)) if failure.is_about_tables() => Ok(None),
        found => Ok(found?),
    }
}
