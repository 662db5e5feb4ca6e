//! Trellis over HTTP without a network: a school that exists only in a temporary folder, asked as a browser would ask.
#![allow(
    clippy::unwrap_used,
    reason = "what a test stands on must be there, or the test stops"
)]

mod authoring;
mod inviting;
mod languages;
mod live;
mod looking;
mod reporting;
mod routes;
mod school;
mod teacher_class;

mod accounts;
mod agreeing;
mod asking;
mod assigning;
mod audit;
mod badges;
mod checking;
mod connections;
mod consenting;
mod courses;
mod deciding;
mod grouping;
mod handing_in;
mod passkeys;
mod placing;
mod planning;
mod printing;
mod secure;
mod security;
mod sharing;
mod signing_in;
mod signing_on;
mod smaller_questions;
mod sorting;
mod stopping;
mod surveying;
mod tables;
mod teacher;
mod why;
mod wishing;
mod words;
mod working;
