//! What an engine says when a statement fails.

use rusqlite::types::FromSqlError;

use super::postgres::Failure;

/// A statement failed, or gave something else than was asked for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// SQLite says so, or a value is not of the kind that was wanted.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// PostgreSQL says so, or the way to it.
    #[error(transparent)]
    Postgres(#[from] Failure),
}

impl From<FromSqlError> for Error {
    fn from(error: FromSqlError) -> Self {
        Self::Sqlite(error.into())
    }
}

/// What a statement gives.
pub(crate) type Result<T> = std::result::Result<T, Error>;

/// Makes nothing of a row that is not there.
pub(crate) trait OptionalExtension<T> {
    /// `None` where the statement gave no row.
    fn optional(self) -> Result<Option<T>>;
}

impl<T> OptionalExtension<T> for Result<T> {
    fn optional(self) -> Result<Option<T>> {
        match self {
            Ok(found) => Ok(Some(found)),
            Err(Error::Sqlite(rusqlite::Error::QueryReturnedNoRows)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
