//! The importers with what must be true of them, as the tests of `trellis-interop` feed them.
#![allow(dead_code, reason = "each target feeds one reader")]

#[path = "../crates/trellis-interop/tests/it/exchange/mutate.rs"]
mod mutate;
#[path = "../crates/trellis-interop/tests/it/exchange/samples.rs"]
mod samples;

pub(crate) use mutate::{Target, feed};
