//! Integration tests of the formats.

mod broken_courses;
mod oatutor;
mod shipped_course;
