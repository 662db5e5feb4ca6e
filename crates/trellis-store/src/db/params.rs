//! The values of a statement's parameters.

use rusqlite::ToSql;

/// Values in the order of the places `?1`, `?2` and so on.
pub(crate) trait Params: rusqlite::Params {}

impl<T: ToSql, const N: usize> Params for [T; N] where Self: rusqlite::Params {}

impl Params for &[&dyn ToSql] {}

impl<A: ToSql, B: ToSql> Params for (A, B) {}
