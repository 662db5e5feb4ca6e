//! Integration tests of the rules, as one binary.

mod grading;
mod read;
mod scenarios;
mod school;
