//! GIFT, Moodle's text format for questions: read with line numbers, and written back the same.

mod read;
mod write;

pub use read::read;
pub use write::write;
