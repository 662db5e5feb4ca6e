//! Integration tests of the binary's parts together.

mod banks;
mod commands;
mod textbook;
