//! Random bytes of the system.

use crate::error::StoreError;

/// Fills bytes at random.
pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), StoreError> {
    getrandom::fill(bytes).map_err(|error| StoreError::File {
        path: "the system's random numbers".into(),
        source: std::io::Error::other(error),
    })
}
