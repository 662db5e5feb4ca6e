//! Integration tests of the mathematics crate.
mod equivalence;
mod reading;
