//! Mathematics that people write: LaTeX and typed answers to a tree; MathML, speech, normal form, equivalence.
#![no_std]
extern crate alloc;
