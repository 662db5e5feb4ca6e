//! The page of an error, written in the reader's language once the reply is known to be one.

use askama::Template;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use crate::app::App;
use crate::error::Sentence;
use crate::layout::Shell;

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    shell: Shell,
    sentence: String,
}

/// Writes the page of a reply that is an error, in the reader's language.
pub(crate) async fn in_words(State(app): State<App>, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let Some(Sentence(key)) = response.extensions().get::<Sentence>().copied() else {
        return response;
    };
    let page = ErrorPage {
        sentence: app.words.t(key),
        shell: Shell::plain(app.words, "error-title"),
    };
    let (mut parts, _) = response.into_parts();
    match page.render() {
        Ok(html) => {
            parts.headers.remove(header::CONTENT_LENGTH);
            let mut written = Html(html).into_response();
            for (name, value) in &parts.headers {
                written.headers_mut().insert(name, value.clone());
            }
            *written.status_mut() = parts.status;
            written
        }
        Err(_) => parts.status.into_response(),
    }
}
