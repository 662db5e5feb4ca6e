//! The server-sent events of a lesson: the board again whenever something has changed, until the class session is closed.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::sse::{Event, Sse};
use futures_util::Stream;
use futures_util::stream::unfold;
use tokio::time::Instant;
use trellis_core::id::SectionId;
use trellis_store::read::LiveMark;

use super::{Asked, board};
use crate::app::App;
use crate::error::PageError;
use crate::pages::teacher_today::InClass;
use crate::session::token;

/// How often it is asked whether anything has changed.
const PAUSE: Duration = Duration::from_secs(2);
/// How long one stream lives. The browser asks again by itself, and minutes pass on the board; so a server that is told to
/// stop waits for no teacher.
const LONGEST: Duration = Duration::from_secs(10);
/// How long the browser waits before it asks again.
const RETRY: Duration = Duration::from_millis(500);

/// One teacher who follows a lesson.
struct Follower {
    app: App,
    token: String,
    section: SectionId,
    names: bool,
    begun: Instant,
    /// What was sent last, and whether the lesson was paused then.
    sent: Option<(LiveMark, bool)>,
    over: bool,
}

impl Follower {
    /// The next event; nothing when the stream is over.
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Self)> {
        loop {
            if self.over || self.begun.elapsed() >= LONGEST {
                return None;
            }
            if self.sent.is_some() {
                tokio::time::sleep(PAUSE).await;
            }
            match self.look() {
                Ok(Some(event)) => return Some((Ok(event), self)),
                Ok(None) => {}
                // Who may not see it any more, or a world that failed: the page says which when it is loaded again.
                Err(_) => return None,
            }
        }
    }

    /// Whether there is something to send. The sign-in and the roster are asked each time.
    fn look(&mut self) -> Result<Option<Event>, PageError> {
        let now = self.app.now();
        let viewer = (self.app.store).viewer_of_device(self.token.as_bytes(), now)?;
        let Some(viewer) = viewer else {
            self.over = true;
            return Ok(Some(Event::default().event("end").data("")));
        };
        let mark = self.app.store.live_mark(&viewer, self.section, now)?;
        let paused = self.app.pauses.is_paused(self.section, now);
        if self.sent == Some((mark, paused)) {
            return Ok(None);
        }
        self.sent = Some((mark, paused));
        let (_, html) = board(&self.app, &viewer, self.section, self.names)?;
        self.over = mark.open_until.is_none();
        let kind = if self.over { "end" } else { "board" };
        // A carriage return cannot be sent, and means nothing in HTML.
        let html = html.replace('\r', " ");
        Ok(Some(Event::default().event(kind).retry(RETRY).data(html)))
    }
}

/// `GET /teach/{section}/live/events`
pub(crate) async fn events(
    State(app): State<App>,
    InClass { viewer, section }: InClass,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, PageError> {
    let Query(asked) = asked?;
    // Refused here with a status; a stream that has begun can only end.
    app.store.live_mark(&viewer, section, app.now())?;
    let follower = Follower {
        token: token(&headers).unwrap_or_default(),
        names: asked.names(),
        begun: Instant::now(),
        sent: None,
        over: false,
        section,
        app,
    };
    Ok(Sse::new(unfold(follower, Follower::next)))
}
