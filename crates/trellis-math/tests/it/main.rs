//! Integration tests of the mathematics crate.
mod corpus;
mod equivalence;
mod reading;
mod rewriting;
mod safety;
mod oracles;
mod stack;
