//! What is kept about people: one schema of every column of the database and every field of an event, with the kind of
//! thing it is; each kind says what for, who reads it, why that is allowed and when it ends. The page "what we keep about
//! you", the list in `PRIVACY.md`, the record of one person, erasure and the limits of keeping all come from it.
//!
//! A test compares it with the tables of a new database and with an event of every kind, so nothing can be kept that is
//! not declared here.

mod events;
mod keys;
mod kinds;
mod made;
pub(crate) mod record;
mod table;
mod tables;

pub use events::{EventField, EventKind, event_kind, events};
pub use kinds::{
    Basis, KEPT_AFTER_LEAVING_DAYS, Kind, LOOKS_KEPT_DAYS, Lifetime, SURVEYS_KEPT_DAYS,
};
pub use record::Record;
pub use table::{Column, Erasing, Given, Holds, Table, Whose};
pub use tables::{table, tables};
