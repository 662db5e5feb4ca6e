//! PostgreSQL as a place for many tenants: what its owner prepares, and what is looked at before a tenant is served from it.

mod guard;
mod prepare;
mod schema;

pub(crate) use guard::check;
pub use prepare::{Prepared, prepare};
