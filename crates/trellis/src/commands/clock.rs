//! The machine's clock: the only place of the commands that asks for the time of day.

use std::error::Error;
use std::time::{SystemTime, UNIX_EPOCH};

use trellis_core::time::Timestamp;

/// The time of the machine's clock.
///
/// # Errors
/// When the clock stands before 1970, or further ahead than a timestamp reaches.
pub(super) fn now() -> Result<Timestamp, Box<dyn Error>> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH)?;
    Ok(Timestamp(i64::try_from(since.as_millis())?))
}
