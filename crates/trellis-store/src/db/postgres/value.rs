//! Values on the wire: texts and numbers go out as text, so that the server takes them as what it wants there; bytes go out
//! and everything comes in as bytes, exact to the last bit.

use std::error::Error;
use std::io;

use bytes::{BufMut as _, BytesMut};
use postgres_protocol::IsNull;
use rusqlite::types::Value;

use super::wire::strange;

/// Writes a value of a parameter.
pub(super) fn write(
    value: &Value,
    out: &mut BytesMut,
) -> Result<IsNull, Box<dyn Error + Send + Sync>> {
    match value {
        Value::Null => return Ok(IsNull::Yes),
        Value::Integer(number) => out.put_slice(number.to_string().as_bytes()),
        Value::Real(number) => out.put_slice(number.to_string().as_bytes()),
        Value::Text(text) => out.put_slice(text.as_bytes()),
        Value::Blob(bytes) => out.put_slice(bytes),
    }
    Ok(IsNull::No)
}

/// How it is written: 0 as text, 1 as bytes.
pub(super) fn format(value: &Value) -> i16 {
    i16::from(matches!(value, Value::Blob(_)))
}

/// Reads a column of this type.
pub(super) fn read(kind: u32, bytes: &[u8]) -> io::Result<Value> {
    let short = || strange("a value of another length");
    Ok(match kind {
        // bytea
        17 => Value::Blob(bytes.to_vec()),
        // bool
        16 => Value::Integer(i64::from(bytes.first() == Some(&1))),
        // int8, int2, int4
        20 => Value::Integer(i64::from_be_bytes(bytes.try_into().map_err(|_| short())?)),
        21 => Value::Integer(i16::from_be_bytes(bytes.try_into().map_err(|_| short())?).into()),
        23 => Value::Integer(i32::from_be_bytes(bytes.try_into().map_err(|_| short())?).into()),
        // float8
        701 => Value::Real(f64::from_be_bytes(bytes.try_into().map_err(|_| short())?)),
        // name, text, bpchar, varchar
        19 | 25 | 1042 | 1043 => {
            let text = String::from_utf8(bytes.to_vec());
            Value::Text(text.map_err(|_| strange("a text that is no UTF-8"))?)
        }
        _ => {
            return Err(strange(&format!(
                "a value of type {kind}, which nobody here asked for"
            )));
        }
    })
}
