//! Integration tests of measurement and inference.

mod adaptive;
mod check_model;
mod classical;
mod irt;
mod irt_categories;
mod mastery;
mod memory;
