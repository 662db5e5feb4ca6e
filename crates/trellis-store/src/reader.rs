//! Connections that read: a small pool, so that a slow page never waits for a fast one or for the writer.

use std::sync::{Arc, Mutex};

use trellis_core::people::Role;

use crate::content;
use crate::db::Connection;
use crate::error::StoreError;
use crate::head;
use crate::place::Place;
use crate::shown::Shown;

/// Most idle connections kept.
const IDLE: usize = 4;

/// The pool.
#[derive(Debug)]
pub(crate) struct Readers {
    place: Place,
    shown: Arc<Shown>,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    pub(crate) fn new(place: Place, shown: Arc<Shown>) -> Self {
        Self {
            place,
            shown,
            idle: Mutex::new(Vec::new()),
        }
    }

    /// Reads with one connection, in one transaction, so that a page sees one moment.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let connection = self.begun()?;
        let result = work(&connection);
        // A connection on which a statement fails is not used again.
        connection.end_reading()?;
        if !connection.is_lost()
            && let Ok(mut idle) = self.idle.lock()
            && idle.len() < IDLE
        {
            idle.push(connection);
        }
        result
    }

    /// A connection that has begun to read. One that has waited may have been lost meanwhile; then another is made.
    fn begun(&self) -> Result<Connection, StoreError> {
        while let Some(connection) = self.idle.lock().ok().and_then(|mut idle| idle.pop()) {
            match self.begin(&connection) {
                Err(_) if connection.is_lost() => {}
                begun => return begun.map(|()| connection),
            }
        }
        let connection = self.place.reader()?;
        self.begin(&connection)?;
        Ok(connection)
    }

    /// Begins to read, and looks whether another machine has changed the content.
    fn begin(&self, connection: &Connection) -> Result<(), StoreError> {
        connection.begin_reading()?;
        if connection.is_shared()
            && let Some(head) = head::read(connection)?
            && head.content > self.shown.change()
        {
            let catalog = content::load(connection)?;
            self.shown.publish(Arc::new(catalog), head.content);
        }
        Ok(())
    }
}

/// Reads a role from a column.
pub(crate) fn role(name: &str) -> Result<Role, StoreError> {
    Role::from_name(name).ok_or_else(|| StoreError::Corrupt(format!("role {name}")))
}
