//! Integration tests of the binary's parts together.

mod bench;
mod commands;
mod textbook;
