//! Integration tests of the binary's parts together.

mod commands;
mod textbook;
