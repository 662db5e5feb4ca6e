//! Connections that read: a small pool, so that a slow page never waits for a fast one or for the writer.

use std::path::PathBuf;
use std::sync::Mutex;

use trellis_core::people::Role;

use crate::db::Connection;
use crate::error::StoreError;
use crate::sqlite;

/// Most idle connections kept.
const IDLE: usize = 4;

/// The pool.
#[derive(Debug)]
pub(crate) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self {
            path,
            idle: Mutex::new(Vec::new()),
        }
    }

    /// Reads with one connection, in one transaction, so that a page sees one moment.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let connection = match idle {
            Some(connection) => connection,
            None => sqlite::open_reader(&self.path)?,
        };
        // A connection on which a statement fails is not used again.
        connection.begin_reading()?;
        let result = work(&connection);
        connection.end_reading()?;
        if let Ok(mut idle) = self.idle.lock()
            && idle.len() < IDLE
        {
            idle.push(connection);
        }
        result
    }
}

/// Reads a role from a column.
pub(crate) fn role(name: &str) -> Result<Role, StoreError> {
    Role::from_name(name).ok_or_else(|| StoreError::Corrupt(format!("role {name}")))
}
