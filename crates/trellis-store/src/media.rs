//! Pictures and sounds of content at rest, under names that say what is in them: equal bytes are kept once.

use trellis_core::item::markup::is_media;

use crate::Store;
use crate::db::{Connection, OptionalExtension, params};
use crate::error::StoreError;

/// The largest picture or sound, in bytes.
const LARGEST: usize = 10_000_000;

/// The 64 hexadecimal digits that stand for bytes: BLAKE3.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Keeps what is not kept yet.
pub(crate) fn keep(rows: &Connection, media: &[(String, Vec<u8>)]) -> Result<(), StoreError> {
    for (name, bytes) in media {
        let named = name.split_once('.').map(|(hash, _)| hash);
        if !is_media(name) || named != Some(hash(bytes).as_str()) || bytes.len() > LARGEST {
            return Err(StoreError::Corrupt(format!("a picture called \"{name}\"")));
        }
        rows.prepare_cached(
            "INSERT INTO media (name, bytes) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )?
        .execute(params![name, bytes])?;
    }
    Ok(())
}

impl Store {
    /// The bytes of a kept picture or sound; `None` when there is none of this name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn media(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        if !is_media(name) {
            return Ok(None);
        }
        self.read(|connection| {
            let bytes = connection
                .prepare_cached("SELECT bytes FROM media WHERE name = ?1")?
                .query_row([name], |row| row.get(0))
                .optional()?;
            Ok(bytes)
        })
    }
}
