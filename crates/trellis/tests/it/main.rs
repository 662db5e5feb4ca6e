//! Integration tests of the binary's parts together.

mod bench;
mod commands;
mod models;
mod textbook;
