//! The database as the rest of this crate sees it: connections, statements, rows and transactions, whichever engine is under
//! them. What only one engine can do asks for that engine by name.

mod connection;
mod error;
mod many;
mod params;
pub(crate) mod postgres;
mod statement;

pub(crate) use connection::{Connection, Savepoint, Transaction};
pub(crate) use error::{Error, OptionalExtension};
pub(crate) use many::{Column, Many, array};
pub(crate) use params::Params;
pub(crate) use rusqlite::params;
pub(crate) use rusqlite::types::ValueRef;
pub(crate) use statement::Row;
