//! All that is kept about one person, written out from the schema: each row of each table that is theirs, and each event
//! of their record. What the schema lists cannot be left out, since nothing here names a table.

use serde::Serialize;
use serde_json::{Map, Value, json};
use trellis_core::estimate::LearnerState;
use trellis_core::id::PersonId;
use trellis_core::time::Timestamp;

use super::table::{Column, Given, Holds, Table, Whose};
use super::tables::tables;
use crate::db::{Connection, Row, ValueRef};
use crate::error::StoreError;
use crate::journal::blob;

/// The name of the format, with its number.
const FORMAT: &str = "trellis-person-record-1";
/// What stands in place of a hash.
const WITHHELD: &str = "not given out: a hash, with which somebody could try to sign in";
/// What stands in place of an event that somebody caused in the record of another.
const OF_ANOTHER: &str = "what it says belongs to the record of another person";

/// All that is kept about one person.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Record {
    format: &'static str,
    /// When it was made.
    pub made_at: Timestamp,
    /// Whose it is.
    pub person: PersonId,
    /// The rows of each table that are theirs, by the name of the table.
    pub tables: Map<String, Value>,
}

impl Record {
    /// The rows of a table.
    pub fn rows(&self, table: &str) -> impl Iterator<Item = &Map<String, Value>> {
        let rows = self.tables.get(table).and_then(Value::as_array);
        rows.into_iter().flatten().filter_map(Value::as_object)
    }
}

/// The rows of a table that are a person's, or that the person did something to, as a condition with the id as `?1` and its
/// digits, with `%` around, as `?2`.
pub(crate) fn condition(table: &Table) -> String {
    any_of(table, Some)
}

/// The same for the rows that go when the person is erased.
pub(crate) fn erased(table: &Table) -> String {
    any_of(table, |whose| match whose {
        Whose::Acts(_) => None,
        whose => Some(whose),
    })
}

fn any_of(table: &Table, take: impl Fn(Whose) -> Option<Whose>) -> String {
    let parts: Vec<String> = table
        .whose
        .iter()
        .filter_map(|whose| take(*whose))
        .map(|whose| match whose {
            Whose::Is(column) | Whose::Acts(column) => format!("{column} = ?1"),
            Whose::Names(column) => format!("{column} LIKE ?2"),
        })
        .collect();
    // Both are always named, so that every statement takes both.
    format!(
        "({}) AND CAST(?1 AS BLOB) IS NOT NULL AND CAST(?2 AS TEXT) IS NOT NULL",
        parts.join(" OR ")
    )
}

/// What [`condition`] wants.
pub(crate) fn parameters(person: PersonId) -> ([u8; 16], String) {
    (blob(person.0), format!("%{person}%"))
}

/// Writes out all that is kept about a person.
pub(crate) fn record(
    connection: &Connection,
    person: PersonId,
    now: Timestamp,
) -> Result<Record, StoreError> {
    let mut found = Map::new();
    for table in tables().iter().filter(|table| !table.whose.is_empty()) {
        found.insert(table.name.to_owned(), rows(connection, table, person)?);
    }
    Ok(Record {
        format: FORMAT,
        made_at: now,
        person,
        tables: found,
    })
}

fn rows(connection: &Connection, table: &Table, person: PersonId) -> Result<Value, StoreError> {
    let given: Vec<&Column> = table
        .columns
        .iter()
        .filter(|column| !matches!(column.holds, Holds::Nothing(_)))
        .collect();
    let names: Vec<&str> = given.iter().map(|column| column.name).collect();
    // By every column, the key among them, so that engines agree on the order.
    let all: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
    let sql = format!(
        "SELECT {} FROM {} WHERE {} ORDER BY {}",
        names.join(", "),
        table.name,
        condition(table),
        all.join(", "),
    );
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query(parameters(person))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut object = Map::new();
        for (place, column) in given.iter().enumerate() {
            let value = match column.holds {
                Holds::Personal(_, Given::Withheld) => json!(WITHHELD),
                Holds::Personal(_, Given::State) => state(row, place)?,
                Holds::Event => event(row, place, &object, person)?,
                Holds::Personal(..) | Holds::Nothing(_) => value(row, place)?,
            };
            object.insert(column.name.to_owned(), value);
        }
        found.push(Value::Object(object));
    }
    Ok(Value::Array(found))
}

/// A column as it stands; bytes are ids.
fn value(row: Row<'_>, place: usize) -> Result<Value, StoreError> {
    Ok(match row.get_ref(place)? {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => json!(number),
        ValueRef::Real(number) => json!(number),
        ValueRef::Text(text) => json!(String::from_utf8_lossy(text)),
        ValueRef::Blob(bytes) => {
            let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
            Value::String(digits.collect())
        }
    })
}

fn state(row: Row<'_>, place: usize) -> Result<Value, StoreError> {
    let bytes = row
        .get_ref(place)?
        .as_blob()
        .map_err(crate::db::Error::from)?;
    let state: LearnerState = postcard::from_bytes(bytes)?;
    Ok(serde_json::to_value(&state)?)
}

/// What happened. An event that a person caused in the record of another is that other's.
fn event(
    row: Row<'_>,
    place: usize,
    object: &Map<String, Value>,
    person: PersonId,
) -> Result<Value, StoreError> {
    let learner = object.get("learner").and_then(Value::as_str);
    if learner.is_some_and(|learner| learner != person.to_string()) {
        return Ok(json!(OF_ANOTHER));
    }
    let body = row
        .get_ref(place)?
        .as_str()
        .map_err(crate::db::Error::from)?;
    Ok(serde_json::from_str(body)?)
}
