//! Perseus: never more than findings.
#![no_main]

#[path = "../importers.rs"]
mod importers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| importers::feed(importers::Target::Perseus, bytes));
