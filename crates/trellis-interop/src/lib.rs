//! Formats of other people, translated at the border.

pub mod course;
pub mod finding;
pub mod markup;
pub mod oatutor;
pub mod package;
pub mod qti;
pub mod question;
pub mod xml;
