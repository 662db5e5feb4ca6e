//! Statements that are ready to run, and the rows that come out of them.

use rusqlite::types::{FromSql, Value, ValueRef};

use super::error::{Error, Result};
use super::params::Params;
use super::postgres::Client;

/// A statement that its engine has understood.
#[allow(
    missing_debug_implementations,
    reason = "a kept statement of SQLite has none"
)]
pub(crate) enum Statement<'c> {
    /// Kept by the connection for the next time.
    Kept(rusqlite::CachedStatement<'c>),
    /// Understood for this one time.
    Once(rusqlite::Statement<'c>),
    /// Goes to a server, which keeps it by its text.
    Sent(&'c Client, String),
}

impl Statement<'_> {
    /// Runs it and gives how many rows have changed.
    pub(crate) fn execute(&mut self, values: impl Params) -> Result<usize> {
        Ok(match self {
            Self::Kept(statement) => statement.execute(values)?,
            Self::Once(statement) => statement.execute(values)?,
            Self::Sent(client, sql) => client.run(sql, &values.values()?)?.changed,
        })
    }

    /// Runs it where nobody wants to know how many rows have changed. A server is not waited for: what fails is told at the
    /// latest when the step or the transaction is to be kept.
    pub(crate) fn write(&mut self, values: impl Params) -> Result<()> {
        match self {
            Self::Sent(client, sql) if client.is_open() => Ok(client.send(sql, &values.values()?)?),
            _ => self.execute(values).map(|_| ()),
        }
    }

    /// Runs it and gives its rows.
    pub(crate) fn query(&mut self, values: impl Params) -> Result<Rows<'_>> {
        Ok(match self {
            Self::Kept(statement) => Rows::Sqlite(statement.query(values)?),
            Self::Once(statement) => Rows::Sqlite(statement.query(values)?),
            Self::Sent(client, sql) => Rows::Postgres {
                rows: client.run(sql, &values.values()?)?.rows.into_iter(),
                row: Vec::new(),
            },
        })
    }

    /// Runs it and gives what `read` makes of each row.
    pub(crate) fn query_map<T, F: FnMut(Row<'_>) -> Result<T>>(
        &mut self,
        values: impl Params,
        read: F,
    ) -> Result<Mapped<'_, F>> {
        let rows = self.query(values)?;
        Ok(Mapped { rows, read })
    }

    /// Runs it and gives what `read` makes of its first row; a failure where there is none.
    pub(crate) fn query_row<T>(
        &mut self,
        values: impl Params,
        read: impl FnOnce(Row<'_>) -> Result<T>,
    ) -> Result<T> {
        let mut rows = self.query(values)?;
        match rows.next()? {
            Some(row) => read(row),
            None => Err(Error::Sqlite(rusqlite::Error::QueryReturnedNoRows)),
        }
    }

    /// Whether it gives any row.
    pub(crate) fn exists(&mut self, values: impl Params) -> Result<bool> {
        Ok(self.query(values)?.next()?.is_some())
    }
}

/// Rows as they come.
#[allow(missing_debug_implementations, reason = "rows of SQLite have none")]
pub(crate) enum Rows<'s> {
    /// One at a time, as SQLite steps.
    Sqlite(rusqlite::Rows<'s>),
    /// All at once, as the server has sent them, and the one that is being read.
    Postgres {
        rows: std::vec::IntoIter<Vec<Value>>,
        row: Vec<Value>,
    },
}

impl Rows<'_> {
    /// The next one; `None` after the last.
    pub(crate) fn next(&mut self) -> Result<Option<Row<'_>>> {
        match self {
            Self::Sqlite(rows) => Ok(rows.next()?.map(Row::Sqlite)),
            Self::Postgres { rows, row } => match rows.next() {
                Some(next) => {
                    *row = next;
                    Ok(Some(Row::Postgres(row)))
                }
                None => Ok(None),
            },
        }
    }
}

/// A row, for as long as the next one is not asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Row<'r> {
    /// The row that SQLite stands on.
    Sqlite(&'r rusqlite::Row<'r>),
    /// The values that a server has sent.
    Postgres(&'r [Value]),
}

impl<'r> Row<'r> {
    /// A column as the type that is wanted.
    pub(crate) fn get<T: FromSql>(&self, place: usize) -> Result<T> {
        match self {
            Self::Sqlite(row) => Ok(row.get(place)?),
            Self::Postgres(_) => Ok(T::column_result(self.get_ref(place)?)?),
        }
    }

    /// A column without a copy of it.
    pub(crate) fn get_ref(&self, place: usize) -> Result<ValueRef<'r>> {
        match self {
            Self::Sqlite(row) => Ok(row.get_ref(place)?),
            Self::Postgres(row) => {
                let value = row.get(place);
                let value = value.ok_or(rusqlite::Error::InvalidColumnIndex(place))?;
                Ok(value.into())
            }
        }
    }
}

/// Rows, each turned into something.
#[allow(missing_debug_implementations, reason = "rows of SQLite have none")]
pub(crate) struct Mapped<'s, F> {
    rows: Rows<'s>,
    read: F,
}

impl<T, F: FnMut(Row<'_>) -> Result<T>> Iterator for Mapped<'_, F> {
    type Item = Result<T>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.rows.next() {
            Ok(None) => None,
            Ok(Some(row)) => Some((self.read)(row)),
            Err(error) => Some(Err(error)),
        }
    }
}
