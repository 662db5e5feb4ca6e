//! Integration tests of the rules, as one binary.

mod audit;
mod grading;
mod read;
mod scenarios;
mod school;
