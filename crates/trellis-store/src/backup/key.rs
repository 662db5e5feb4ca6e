//! The key of a tenant's backups: 256 random bits in a file of its own, kept apart from the backups.

use std::fmt;
use std::io::{self, Write as _};
use std::path::Path;

use crate::error::StoreError;
use crate::private_file;

/// What the line of a key file begins with; the number is the version of the format.
const PREFIX: &str = "trellis-backup-key-1:";
/// What is read of a key file at most, in bytes: a longer file is none.
const LONGEST: usize = 4096;

/// The key of one tenant's backups. Whoever has it can read them; whoever has lost it cannot restore them.
pub struct BackupKey([u8; 32]);

/// The name of a key: says which key a backup was made with, and nothing about the key itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyName(pub [u8; 8]);

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0 {
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

// By hand, so that no log ever holds a key.
impl fmt::Debug for BackupKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BackupKey").field(&self.name()).finish()
    }
}

impl BackupKey {
    /// Draws a new key and writes it to a file that only its owner can read. An existing file is never touched.
    ///
    /// # Errors
    /// [`StoreError::File`] when there is a file already, or it cannot be written.
    pub fn write_new(path: &Path) -> Result<Self, StoreError> {
        let in_file = |source| StoreError::File {
            path: path.to_path_buf(),
            source,
        };
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| in_file(io::Error::other(error)))?;
        let key = Self(bytes);
        let mut digits = String::with_capacity(64);
        for byte in bytes {
            digits.push_str(&format!("{byte:02x}"));
        }
        let text = format!(
            "# The key of Trellis backups, named {}. Keep it apart from the backups, and keep a second copy of it\n\
             # in a safe: without it no backup can be restored.\n{PREFIX}{digits}\n",
            key.name()
        );
        let mut file = private_file::create_new(path).map_err(in_file)?;
        file.write_all(text.as_bytes())
            .and_then(|()| file.sync_all())
            .map_err(in_file)?;
        Ok(key)
    }

    /// Reads a key file.
    ///
    /// # Errors
    /// [`StoreError::File`] when it cannot be read, [`StoreError::NoKey`] when it holds no key.
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        let bytes = std::fs::read(path).map_err(|source| StoreError::File {
            path: path.to_path_buf(),
            source,
        })?;
        let found = std::str::from_utf8(bytes.get(..LONGEST).unwrap_or(&bytes))
            .ok()
            .and_then(|text| {
                text.lines()
                    .find_map(|line| line.trim().strip_prefix(PREFIX))
            })
            .and_then(from_digits);
        found.map(Self).ok_or_else(|| StoreError::NoKey {
            path: path.to_path_buf(),
        })
    }

    /// The key's name.
    #[must_use]
    pub fn name(&self) -> KeyName {
        let whole = blake3::derive_key("trellis backup v1 name of a key", &self.0);
        let mut name = [0; 8];
        name.copy_from_slice(&whole[..8]);
        KeyName(name)
    }

    /// The key of one file, from the bytes that stand in the clear before it: each file has random ones, so that no two
    /// files share a key, and a change of any of them gives another key.
    pub(super) fn of_file(&self, header: &[u8]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_derive_key("trellis backup v1 key of a file");
        hasher.update(&self.0);
        hasher.update(header);
        *hasher.finalize().as_bytes()
    }
}

fn from_digits(digits: &str) -> Option<[u8; 32]> {
    if digits.len() != 64 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut key = [0; 32];
    for (place, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(digits.get(place * 2..place * 2 + 2)?, 16).ok()?;
    }
    Some(key)
}
