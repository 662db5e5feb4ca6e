//! Integration tests of the core.

mod grading;
