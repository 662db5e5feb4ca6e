//! Chores and the tidy tests.
fn main() {}
