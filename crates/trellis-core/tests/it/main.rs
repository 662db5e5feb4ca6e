//! Integration tests of the rules, as one binary.

mod assigned;
mod audit;
mod fixed_items;
mod goals;
mod grading;
mod parts;
mod placement;
mod policy;
mod read;
mod scenarios;
mod school;
