//! Integration tests of measurement and inference.

mod check_model;
mod mastery;
mod memory;
