//! Pictures and sounds, cleaned and cleaned again: never more than findings.
#![no_main]

#[path = "../importers.rs"]
mod importers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| importers::feed(importers::Target::Media, bytes));
