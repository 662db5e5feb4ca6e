//! Integration tests of the formats.

mod broken_courses;
mod shipped_course;
