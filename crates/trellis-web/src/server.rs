//! Serving: a listener that is already open, until somebody stops the process. Connections that say nothing, drip or
//! never end are closed, and there are only so many at once: what one client does, others must not feel.

use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;
use tower::Service as _;

use crate::app::App;
use crate::metrics::Metrics;
use crate::monitor;
use crate::pace::Peer;
use crate::routes;

/// How long connections may take for what, and how many there may be.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// From the first moment of a connection, or the end of a reply, until the head of the next request is there.
    pub head: Duration,
    /// From the head of a request until the reply: the body has to come in this time too.
    pub request: Duration,
    /// The age at which a connection is closed, after the reply that is under way.
    pub connection: Duration,
    /// Connections at once; more are told to come again.
    pub connections: u32,
}

impl Default for Limits {
    /// Made for slow school networks: half a minute for the head of a request, a minute for all of it.
    fn default() -> Self {
        Self {
            head: Duration::from_secs(30),
            request: Duration::from_secs(60),
            connection: Duration::from_secs(600),
            connections: 8_000,
        }
    }
}

/// What is said to those for whom there is no room.
const NO_ROOM: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 2\r\nconnection: close\r\n\
    content-type: text/plain; charset=utf-8\r\ncontent-length: 44\r\n\r\n\
    Many people are here. Please try again soon.";
/// The longest head of a request, in bytes.
const LONGEST_HEAD: usize = 32 * 1024;
/// How long somebody who is turned away may take to hear it.
const FAREWELL: Duration = Duration::from_secs(1);
/// How many monitors may be connected at once.
const MONITORS: u32 = 16;
/// How long to wait when the system has no connection to give.
const BREATH: Duration = Duration::from_millis(50);

/// Serves until the process is told to stop (Ctrl-C or SIGTERM); requests that have begun are finished first.
///
/// # Errors
/// When the runtime or the listener fails.
pub fn serve(app: App, listener: TcpListener, limits: Limits) -> io::Result<()> {
    serve_with_figures(app, listener, limits, None)
}

/// Serves, and gives figures to a monitor on an address of their own.
///
/// # Errors
/// When the runtime or a listener fails.
pub fn serve_with_figures(
    app: App,
    listener: TcpListener,
    limits: Limits,
    figures: Option<TcpListener>,
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        if let Some(figures) = figures {
            let few = Limits {
                connections: MONITORS,
                ..limits
            };
            let router = monitor::router(app.clone());
            let metrics = Arc::clone(&app.metrics);
            let end = std::future::pending();
            tokio::spawn(attend_all(router, metrics, figures, few, end));
        }
        serve_until(app, listener, limits, told_to_stop()).await
    })
}

/// Serves within these limits until `stop` comes to its end.
///
/// # Errors
/// When the listener fails.
pub async fn serve_until(
    app: App,
    listener: TcpListener,
    limits: Limits,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let metrics = Arc::clone(&app.metrics);
    let router = routes::served(app, limits.request);
    attend_all(router, metrics, listener, limits, stop).await
}

/// Takes connections until `stop` comes to its end.
async fn attend_all(
    router: Router,
    metrics: Arc<Metrics>,
    listener: TcpListener,
    limits: Limits,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let room = Arc::new(Semaphore::new(limits.connections as usize));
    let (stopping, stopped) = watch::channel(false);
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        let Ok((stream, peer)) = accepted else {
            // The other end has gone again, or the system has no room: both pass.
            tokio::time::sleep(BREATH).await;
            continue;
        };
        match Arc::clone(&room).try_acquire_owned() {
            Ok(place) => {
                let (router, stopped) = (router.clone(), stopped.clone());
                tokio::spawn(async move {
                    attend(stream, peer, router, limits, stopped).await;
                    drop(place);
                });
            }
            Err(_) => {
                metrics.turned_away();
                tokio::spawn(timeout(FAREWELL, turn_away(stream)));
            }
        }
    }
    drop(listener);
    // The receivers are gone when nobody is connected, and then there is nobody to tell.
    let _ = stopping.send(true);
    // What has not ended by then is cut off; its answers are safe, and devices send again what got no reply.
    let _ = timeout(limits.request, room.acquire_many(limits.connections)).await;
    Ok(())
}

/// Serves one connection to its end.
async fn attend(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: Limits,
    mut stopped: watch::Receiver<bool>,
) {
    // Replies are written whole; waiting to fill a packet would only delay them. Without it all is right, but slower.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut router = router.clone();
        async move {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(Peer(peer.ip()));
            let reply = router.call(request).await;
            reply.map_err(|never: Infallible| match never {})
        }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_buf_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    tokio::select! {
        // How a connection ends is the other end's affair: what was asked for has been done or refused.
        _ = connection.as_mut() => return,
        () = tokio::time::sleep(limits.connection) => {}
        _ = stopped.wait_for(|stopped| *stopped) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(limits.request, connection).await;
}

async fn turn_away(mut stream: TcpStream) -> io::Result<()> {
    stream.write_all(NO_ROOM).await?;
    stream.shutdown().await?;
    // To close with something unread would take the words back before they are read.
    tokio::io::copy(&mut stream, &mut tokio::io::sink()).await?;
    Ok(())
}

async fn told_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            // Without the signal there is still Ctrl-C.
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = interrupt => {}
        () = terminate => {}
    }
}
