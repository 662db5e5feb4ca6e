//! Integration tests of the binary's parts together.

mod models;
mod textbook;
