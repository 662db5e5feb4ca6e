//! One binary for a school.
fn main() {}
