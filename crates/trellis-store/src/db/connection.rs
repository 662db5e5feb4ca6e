//! A connection to a tenant's database, and changes that come whole or not at all: transactions, and steps within one.

use std::ops::Deref;

use super::error::Result;
use super::params::Params;
use super::postgres::{Client, Failure};
use super::statement::{Row, Statement};

/// A connection, by engine.
#[derive(Debug)]
pub(crate) enum Connection {
    /// To a file.
    Sqlite(rusqlite::Connection),
    /// To a server.
    Postgres(Box<Client>),
}

impl From<rusqlite::Connection> for Connection {
    fn from(connection: rusqlite::Connection) -> Self {
        Self::Sqlite(connection)
    }
}

impl Connection {
    /// The file's own connection, for what only SQLite has: pragmas, pages and the log.
    pub(crate) fn sqlite(&self) -> Result<&rusqlite::Connection> {
        match self {
            Self::Sqlite(connection) => Ok(connection),
            Self::Postgres(_) => Err(Failure::Foreign("a file").into()),
        }
    }

    /// Whether it goes to a server, which others may be writing to.
    pub(crate) fn is_shared(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// Whether nothing more can come of it.
    pub(crate) fn is_lost(&self) -> bool {
        match self {
            Self::Sqlite(_) => false,
            Self::Postgres(client) => client.is_lost(),
        }
    }

    /// Has a statement understood once, and kept for the next time.
    pub(crate) fn prepare_cached(&self, sql: &str) -> Result<Statement<'_>> {
        match self {
            Self::Sqlite(connection) => Ok(Statement::Kept(connection.prepare_cached(sql)?)),
            Self::Postgres(client) => Ok(Statement::Sent(client, sql.to_owned())),
        }
    }

    /// Has a statement understood for one use.
    pub(crate) fn prepare(&self, sql: &str) -> Result<Statement<'_>> {
        match self {
            Self::Sqlite(connection) => Ok(Statement::Once(connection.prepare(sql)?)),
            Self::Postgres(client) => Ok(Statement::Sent(client, sql.to_owned())),
        }
    }

    /// Runs a statement once and gives what `read` makes of its first row.
    pub(crate) fn query_row<T>(
        &self,
        sql: &str,
        values: impl Params,
        read: impl FnOnce(Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.prepare(sql)?.query_row(values, read)
    }

    /// Runs a statement once and gives how many rows have changed.
    pub(crate) fn execute(&self, sql: &str, values: impl Params) -> Result<usize> {
        self.prepare(sql)?.execute(values)
    }

    /// Runs statements that stand one after the other and take no values.
    pub(crate) fn execute_batch(&self, sql: &str) -> Result<()> {
        match self {
            Self::Sqlite(connection) => Ok(connection.execute_batch(sql)?),
            Self::Postgres(client) => Ok(client.script(sql)?),
        }
    }

    /// Whether no transaction is open: a failure can take the whole of one back, and not the last step alone.
    pub(crate) fn is_autocommit(&self) -> bool {
        match self {
            Self::Sqlite(connection) => connection.is_autocommit(),
            Self::Postgres(client) => !client.is_open(),
        }
    }

    /// Opens a transaction. Nobody else can use the connection meanwhile.
    pub(crate) fn transaction(&mut self) -> Result<Transaction<'_>> {
        match self {
            Self::Sqlite(connection) => connection.execute_batch("BEGIN DEFERRED")?,
            Self::Postgres(client) => client.begin("BEGIN")?,
        }
        Ok(Transaction { connection: self })
    }

    /// From now on everything that is read is of one moment.
    pub(crate) fn begin_reading(&self) -> Result<()> {
        match self {
            // Kept ready like every other statement.
            Self::Sqlite(connection) => {
                connection.prepare_cached("BEGIN")?.execute([])?;
            }
            Self::Postgres(client) => {
                client.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
            }
        }
        Ok(())
    }

    /// The end of what [`Connection::begin_reading`] began.
    pub(crate) fn end_reading(&self) -> Result<()> {
        match self {
            Self::Sqlite(connection) => {
                connection.prepare_cached("COMMIT")?.execute([])?;
            }
            Self::Postgres(client) => client.leave()?,
        }
        Ok(())
    }
}

/// What is open on a connection; unless it is kept, it is taken back when this goes.
#[derive(Debug)]
pub(crate) struct Transaction<'c> {
    connection: &'c Connection,
}

impl Transaction<'_> {
    /// Keeps what was done, with everything that a commit promises.
    pub(crate) fn commit(self) -> Result<()> {
        // When it fails, what goes here takes everything back.
        match self.connection {
            Connection::Sqlite(connection) => Ok(connection.execute_batch("COMMIT")?),
            Connection::Postgres(client) => Ok(client.commit()?),
        }
    }

    /// Opens a step of it.
    pub(crate) fn savepoint(&mut self) -> Result<Savepoint<'_>> {
        self.connection
            .prepare_cached("SAVEPOINT step")?
            .write([])?;
        Ok(Savepoint {
            connection: self.connection,
            kept: false,
        })
    }
}

impl Deref for Transaction<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if !self.connection.is_autocommit() {
            // What cannot be taken back now is taken back when the connection closes; nothing of it was promised.
            let _ = match self.connection {
                Connection::Sqlite(connection) => connection.execute_batch("ROLLBACK").is_ok(),
                Connection::Postgres(client) => client.roll_back().is_ok(),
            };
        }
    }
}

/// A step of a transaction; unless it is kept, it is taken back when this goes.
#[derive(Debug)]
pub(crate) struct Savepoint<'c> {
    connection: &'c Connection,
    kept: bool,
}

impl Savepoint<'_> {
    /// Keeps the step, for as long as the transaction is.
    pub(crate) fn commit(mut self) -> Result<()> {
        // Whatever has failed of the step is told now.
        let mut release = self.connection.prepare_cached("RELEASE SAVEPOINT step")?;
        release.execute([])?;
        drop(release);
        self.kept = true;
        Ok(())
    }
}

impl Deref for Savepoint<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection
    }
}

impl Drop for Savepoint<'_> {
    fn drop(&mut self) {
        if !self.kept {
            // Without an open transaction there is nothing left to take back, and the writer looks after that.
            if let Connection::Postgres(client) = self.connection {
                let _ = client.forget_failures();
            }
            let back = "ROLLBACK TO SAVEPOINT step; RELEASE SAVEPOINT step";
            let _ = self.connection.execute_batch(back);
        }
    }
}
