//! Integration tests of the rules, as one binary.

mod audit;
mod grading;
mod parts;
mod read;
mod scenarios;
mod school;
