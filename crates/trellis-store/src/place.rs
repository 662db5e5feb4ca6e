//! Where a tenant's database is: a folder of this machine, or a server.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::db::postgres::{Address, BadAddress, Client};
use crate::db::{Connection, Error};
use crate::error::StoreError;
use crate::sqlite;

/// A folder or a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Holds the file.
    Folder(PathBuf),
    /// Holds the tenant among others.
    Server(Address),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(dir) => dir.display().fmt(f),
            Self::Server(address) => address.fmt(f),
        }
    }
}

impl Place {
    /// Takes what begins with `postgres` and `://` for an address, and everything else for a folder.
    ///
    /// # Errors
    /// What is wrong with an address.
    pub fn parse(text: &Path) -> Result<Self, BadAddress> {
        match text.to_str().and_then(|text| text.split_once("://")) {
            Some(("postgres" | "postgresql", _)) => {
                Address::parse(&text.to_string_lossy()).map(Self::Server)
            }
            _ => Ok(Self::Folder(text.to_path_buf())),
        }
    }

    /// A connection for somebody who reads.
    pub(crate) fn reader(&self) -> Result<Connection, StoreError> {
        match self {
            Self::Folder(dir) => sqlite::open_reader(&dir.join(sqlite::FILE)),
            Self::Server(address) => connect(address),
        }
    }
}

/// Opens a session with a server.
pub(crate) fn connect(address: &Address) -> Result<Connection, StoreError> {
    let client = Client::connect(address).map_err(Error::from)?;
    Ok(Connection::Postgres(Box::new(client)))
}
