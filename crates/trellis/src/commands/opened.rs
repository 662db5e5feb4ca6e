//! The database that a command's `--dir` names: a folder, or the address of a server.

use std::error::Error;
use std::path::Path;

use trellis_store::{Place, Store};

/// Opens it; makes it when `create` is set and there is none.
pub(super) fn open(place: &Path, create: bool) -> Result<Store, Box<dyn Error>> {
    Ok(Store::open_in(&Place::parse(place)?, create)?)
}
