//! PostgreSQL: a session with a server, spoken over a socket that waits, without a runtime of its own.

mod address;
mod client;
mod dialect;
mod tls;
mod value;
mod wire;

pub use address::{Address, BadAddress};
pub(crate) use client::{Client, Failure};
