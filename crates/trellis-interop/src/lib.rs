//! Formats of other people, translated at the border.

pub mod course;
pub mod finding;
pub mod folder;
pub mod oatutor;
pub mod pybkt;
pub mod responses;
