//! Integration tests of the mathematics crate.
mod agreement;
mod answers;
mod corpus;
mod differential;
mod equivalence;
mod fuzz;
mod oracles;
mod reading;
mod rewriting;
mod rules;
mod safety;
mod stack;
