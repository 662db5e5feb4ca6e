//! Many rows in one statement, for a server: each column goes out as one array. One by one, most of the time of a row is the
//! statement around it.

use std::fmt::Write as _;

use rusqlite::ToSql;
use rusqlite::types::Value;

use super::connection::Connection;
use super::error::Result;
use super::params::{Params as _, value};

/// A column: its name, and its type in PostgreSQL.
pub(crate) type Column = (&'static str, &'static str);

/// Rows that wait to be written into a table.
#[derive(Debug)]
pub(crate) struct Many {
    table: &'static str,
    columns: &'static [Column],
    /// What follows the rows: what to do with one that is there already.
    otherwise: &'static str,
    arrays: Vec<String>,
    rows: usize,
}

impl Many {
    pub(crate) fn new(
        table: &'static str,
        columns: &'static [Column],
        otherwise: &'static str,
    ) -> Self {
        Self {
            table,
            columns,
            otherwise,
            arrays: vec![String::new(); columns.len()],
            rows: 0,
        }
    }

    /// Adds a row, with a value for each column.
    pub(crate) fn add(&mut self, values: &[&dyn ToSql]) -> Result<()> {
        let values = values.values()?;
        for (array, value) in self.arrays.iter_mut().zip(&values) {
            element(array, value);
        }
        self.rows += 1;
        Ok(())
    }

    /// Sends all rows that wait.
    pub(crate) fn write(&mut self, connection: &Connection) -> Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        let arrays = (1..).zip(self.columns);
        let arrays: Vec<String> = arrays
            .map(|(place, (_, kind))| format!("CAST(?{place} AS {kind}[])"))
            .collect();
        let sql = format!(
            "INSERT INTO {} ({}) SELECT * FROM unnest({}) {}",
            self.table,
            names.join(", "),
            arrays.join(", "),
            self.otherwise
        );
        let texts: Vec<String> = self.arrays.iter_mut().map(whole).collect();
        let values: Vec<&dyn ToSql> = texts.iter().map(|text| text as &dyn ToSql).collect();
        self.rows = 0;
        connection.prepare_cached(&sql)?.write(values.as_slice())
    }
}

/// Values of one kind as one parameter, for `= ANY(CAST(?1 AS bytea[]))`.
pub(crate) fn array<'v>(values: impl Iterator<Item = &'v dyn ToSql>) -> Result<String> {
    let mut array = String::new();
    for of in values {
        element(&mut array, &value(of)?);
    }
    Ok(whole(&mut array))
}

fn whole(array: &mut String) -> String {
    let elements = std::mem::take(array);
    format!("{{{elements}}}")
}

/// Adds an element, as PostgreSQL reads arrays from text.
fn element(array: &mut String, value: &Value) {
    if !array.is_empty() {
        array.push(',');
    }
    // Writing to a text cannot fail.
    let _ = match value {
        Value::Null => write!(array, "NULL"),
        Value::Integer(number) => write!(array, "{number}"),
        Value::Real(number) => write!(array, "{number}"),
        Value::Text(text) => {
            array.push('"');
            for letter in text.chars() {
                if matches!(letter, '"' | '\\') {
                    array.push('\\');
                }
                array.push(letter);
            }
            write!(array, "\"")
        }
        Value::Blob(bytes) => {
            array.push_str("\"\\\\x");
            for byte in bytes {
                array.push(digit(byte >> 4));
                array.push(digit(byte & 15));
            }
            write!(array, "\"")
        }
    };
}

/// A digit of sixteen.
fn digit(value: u8) -> char {
    char::from_digit(value.into(), 16).unwrap_or('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_read_as_an_array() {
        let values: [&dyn ToSql; 5] = [
            &None::<i64>,
            &-7i64,
            &0.1f64,
            &"a \"b\" \\ {c},",
            &[0u8, 255].to_vec(),
        ];
        assert_eq!(
            array(values.into_iter()).unwrap(),
            r#"{NULL,-7,0.1,"a \"b\" \\ {c},","\\x00ff"}"#
        );
        assert_eq!(array(std::iter::empty()).unwrap(), "{}");
    }
}
