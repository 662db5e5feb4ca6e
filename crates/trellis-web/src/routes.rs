//! Addresses: one line a page.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::get;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use trellis_core::refusal::Refusal;

use crate::app::App;
use crate::error::PageError;
use crate::{assets, security};

/// All addresses of the application.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/assets/{name}", get(assets::serve))
        .route("/health", get(|| async { "ok" }))
        .fallback(|| async { PageError::Refused(Refusal::NotFound) })
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(DefaultBodyLimit::max(security::MOST_BYTES))
        .layer(middleware::from_fn(security::guard))
        .with_state(app)
}
