//! Measurement and inference a researcher could use without Trellis.
#![no_std]
extern crate alloc;
