//! Trellis over HTTP without a network: a school that exists only in a temporary folder, asked as a browser would ask.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by failing"
)]

mod classroom;
mod routes;
mod school;

mod security;
mod signing_in;
mod teacher;
mod words;
