//! Integration tests of measurement and inference.

mod adaptive;
mod check_model;
mod irt;
mod irt_categories;
mod mastery;
mod memory;
