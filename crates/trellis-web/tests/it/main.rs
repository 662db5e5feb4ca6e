//! The pages as a browser gets them: requests to the router, on a real database with the shipped course.

mod school;
mod teacher;
