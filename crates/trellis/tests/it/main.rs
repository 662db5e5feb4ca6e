//! Integration tests of the binary's parts together.

mod banks;
mod bench;
mod commands;
mod models;
mod textbook;
mod trust;
