//! Mathematics that people write: LaTeX and typed answers to a tree; MathML, speech, normal form, equivalence.
#![no_std]
extern crate alloc;

pub mod calculus;
pub mod equivalence;
pub mod form;
pub mod latex;
pub mod mathml;
pub mod parse;
pub mod plain;
pub mod rational;
pub mod speech;
pub mod tree;
pub mod units;

pub use num_bigint::BigInt;

/// An exact rational number of any size, always in lowest terms.
pub type Rational = num_rational::BigRational;
