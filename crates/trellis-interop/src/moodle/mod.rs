//! Moodle XML: the question bank of Moodle, read into questions and written back.

mod read;
mod write;

pub use read::read;
pub use write::write;
