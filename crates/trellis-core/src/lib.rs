//! The rules: what happened, what we believe, what we advise, who may.
//!
//! Nothing here reads a clock, a file or chance; they come in as arguments. See [`decide::decide`], the one door.
#![no_std]
extern crate alloc;

pub mod about;
pub mod access;
pub mod agreed;
pub mod audit;
pub mod catalog;
pub mod command;
pub mod consent;
pub mod context;
pub mod curation;
pub mod decide;
pub mod estimate;
pub mod event;
mod fold;
pub mod framework;
pub mod goals;
pub mod id;
pub mod item;
pub mod mastery;
pub mod model;
pub mod noted;
pub mod paper;
pub mod people;
mod placed;
pub mod placement;
pub mod plan;
pub mod policy;
pub mod project;
pub mod recommendation;
mod refold;
pub mod refusal;
mod score;
pub mod shown;
pub mod suggest;
pub mod tag;
pub mod time;

pub use trellis_stats::fnv;
