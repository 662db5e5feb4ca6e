//! The tests of the store: its contract, damage, bad input, and sudden death.

mod kill;
mod school;
