//! Integration tests of the formats.

mod broken_courses;
mod kinds;
mod oatutor;
mod shipped_course;
