//! The values of a statement's parameters.

use rusqlite::ToSql;
use rusqlite::types::{ToSqlOutput, Value};

use super::error::Result;

/// Values in the order of the places `?1`, `?2` and so on.
pub(crate) trait Params: rusqlite::Params {
    /// The values, for an engine that sends them away.
    fn values(&self) -> Result<Vec<Value>>;
}

pub(super) fn value(of: &dyn ToSql) -> Result<Value> {
    Ok(match of.to_sql()? {
        ToSqlOutput::Owned(value) => value,
        ToSqlOutput::Borrowed(value) => Value::try_from(value)?,
        // What only SQLite could take: nobody here binds it.
        _ => Value::Null,
    })
}

impl<T: ToSql, const N: usize> Params for [T; N]
where
    Self: rusqlite::Params,
{
    fn values(&self) -> Result<Vec<Value>> {
        self.iter().map(|of| value(of)).collect()
    }
}

impl Params for &[&dyn ToSql] {
    fn values(&self) -> Result<Vec<Value>> {
        self.iter().map(|of| value(*of)).collect()
    }
}

impl<A: ToSql, B: ToSql> Params for (A, B) {
    fn values(&self) -> Result<Vec<Value>> {
        Ok(vec![value(&self.0)?, value(&self.1)?])
    }
}
