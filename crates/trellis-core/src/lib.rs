//! The rules: what happened, what we believe, what we advise, who may.
#![no_std]
extern crate alloc;

pub mod framework;
pub mod item;
