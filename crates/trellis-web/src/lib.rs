//! The only crate that knows HTTP and HTML: pages rendered on the server, which work with script off.

mod app;
mod assets;
mod error;
mod figure;
mod layout;
mod markup;
mod pages;
mod routes;
mod security;
mod server;
mod session;
mod tries;
pub mod words;

pub use app::App;
pub use routes::router;
pub use server::serve;
pub use session::hash_secret;
