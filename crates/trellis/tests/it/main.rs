//! Integration tests of the binary's parts together.

mod banks;
mod beginning;
mod bench;
mod commands;
mod models;
mod operations;
mod privacy;
mod school;
mod textbook;
mod trust;
