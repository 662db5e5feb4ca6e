//! Trellis over HTTP without a network: a school that exists only in a temporary folder, asked as a browser would ask.

mod routes;
mod school;

mod security;
mod signing_in;
mod words;
