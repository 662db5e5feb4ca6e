//! Integration tests of measurement and inference.

mod check_model;
mod irt;
mod mastery;
mod memory;
