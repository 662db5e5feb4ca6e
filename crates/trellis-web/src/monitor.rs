//! What a monitor may ask: the figures, on an address of their own, and whether work can be taken.

use std::time::Instant;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use trellis_store::Ready;

use crate::app::App;
use crate::error::PageError;

/// The figures, on an address of their own: whoever reads pages does not read them.
pub(crate) fn router(app: App) -> Router {
    Router::new()
        .route("/metrics", get(figures))
        .with_state(app)
}

async fn figures(State(app): State<App>) -> Result<impl IntoResponse, PageError> {
    let text = app.metrics.text(&app.store.figures()?);
    let text = text.map_err(|error| PageError::failed(&error))?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text))
}

/// What the store says of itself when it can take work; `None` when it cannot.
pub(crate) async fn look(app: App) -> Result<Option<Ready>, PageError> {
    let asked = Instant::now();
    let looked =
        tokio::task::spawn_blocking(move || app.metrics.look(asked, || app.store.check_ready()))
            .await;
    looked.map_err(|error| PageError::failed(&error))
}

/// Whether work can be taken: the disk and the second one take a page, and the learner model and the schema are there.
pub(crate) async fn ready(State(app): State<App>) -> Result<Response, PageError> {
    let reply = match look(app).await? {
        Some(Ready { model, migration }) => {
            let text = format!("ready\nmodel: {model}\nmigration: {migration}\n");
            (StatusCode::OK, text)
        }
        None => (StatusCode::SERVICE_UNAVAILABLE, "not ready\n".to_owned()),
    };
    Ok(reply.into_response())
}
