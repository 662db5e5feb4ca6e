//! The only crate that knows HTTP and HTML: pages rendered on the server, which work with script off.

mod app;
mod assets;
mod badge;
mod chance;
mod choice;
mod error;
mod error_page;
mod fields;
mod figure;
mod given;
mod language;
mod layout;
pub mod log;
mod markup;
mod media;
mod metrics;
mod monitor;
mod multipart;
mod pace;
mod pages;
mod paper;
mod parts;
mod pauses;
mod reasons;
mod routes;
mod security;
mod server;
mod session;
mod stop;
mod tries;
pub mod words;

pub use app::App;
pub use pages::kept::{record_in_words, schedule};
pub use routes::router;
pub use server::{Limits, serve, serve_until, serve_with_figures};
pub use session::hash_secret;
