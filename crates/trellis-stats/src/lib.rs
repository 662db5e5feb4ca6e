//! Measurement and inference a researcher could use without Trellis.
//!
//! The crate knows no learner's name, no file and no clock. Time enters as seconds or days that
//! the caller says have passed, chance enters as a seed, and every power, logarithm and
//! exponential comes from `libm` or [`elementary`], so that the same inputs give the same bits on every machine.
#![no_std]
extern crate alloc;
#[cfg(any(feature = "std", test))]
extern crate std;

pub mod adaptive;
pub mod classical;
pub mod elementary;
pub mod evaluation;
pub mod fnv;
pub mod irt;
pub mod logistic;
pub mod memory;
pub mod metrics;
pub mod probability;
pub mod random;
pub mod tracing;
