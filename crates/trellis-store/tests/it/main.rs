//! The tests of the store: its contract, damage, bad input, sudden death, and many at once.

mod authoring;
mod backup;
mod bad_input;
mod checking;
mod content;
mod contract;
mod curating;
mod damage;
mod erasing;
mod faults;
mod grouping;
mod kill;
mod mending;
mod model;
mod models;
mod one_of_each;
mod personal;
mod planted;
mod roster_change;
mod school;
mod sequences;
mod sittings;
mod sorting;
mod teaching;
mod together;
mod triples;
