//! Integration tests of the mathematics crate.
mod reading;
