//! Integration tests of the rules, as one binary.

mod read;
mod scenarios;
mod school;
