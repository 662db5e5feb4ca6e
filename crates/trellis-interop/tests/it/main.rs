//! Integration tests of the formats.

mod broken_courses;
mod drafts;
mod exchange;
mod kinds;
mod material;
mod oatutor;
mod oneroster;
mod qti_examples;
mod qti_rules;
mod shipped_course;
