//! The tests of the store: its contract, damage, bad input, and sudden death.

mod contract;
mod kill;
mod model;
mod school;
mod sequences;
