//! Formats of other people, translated at the border.

pub mod course;
pub mod finding;
pub mod oatutor;
pub mod qti;
pub mod xml;
