//! Serving: listeners that are already open, until somebody stops the process. Connections that say nothing, drip or
//! never end are closed, and there are only so many at once: what one client does, others must not feel.

use std::convert::Infallible;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::header::{HOST, LOCATION, STRICT_TRANSPORT_SECURITY};
use axum::http::uri::{Authority, PathAndQuery};
use axum::http::{HeaderValue, Request, Response, StatusCode, Uri};
use axum::response::IntoResponse as _;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;
use tower::Service as _;

use crate::app::App;
use crate::metrics::Metrics;
use crate::monitor;
use crate::pace::Peer;
use crate::proxy::Proxies;
use crate::routes;
use crate::tls::Certificate;

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
/// The first byte of everybody who speaks TLS: a record of the handshake (RFC 8446, 5.1).
const HANDSHAKE: u8 = 22;
/// For a year, and every name below this one.
const REMEMBERED: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");
/// The longest head of a request, in bytes.
const LONGEST_HEAD: usize = 32 * 1024;
/// How long somebody who is turned away may take to hear it.
const FAREWELL: Duration = Duration::from_secs(1);
/// How many monitors may be connected at once.
const MONITORS: u32 = 16;
/// How long to wait when the system has no connection to give.
const BREATH: Duration = Duration::from_millis(50);

/// Where a server is reached, and how.
#[derive(Debug)]
pub struct Doors {
    /// Where pages are served.
    pub pages: TcpListener,
    /// Where figures for a monitor are served.
    pub figures: Option<TcpListener>,
    /// With it pages are served over TLS alone.
    pub certificate: Option<Certificate>,
    /// Where those who ask without TLS are sent on; pages themselves are not served there.
    pub unsecured: Option<TcpListener>,
    /// Servers in front, whose word about who asks is taken.
    pub proxies: Proxies,
}

impl From<TcpListener> for Doors {
    fn from(pages: TcpListener) -> Self {
        Self {
            pages,
            figures: None,
            certificate: None,
            unsecured: None,
            proxies: Proxies::default(),
        }
    }
}

/// Serves until the process is told to stop (Ctrl-C or SIGTERM); requests that have begun are finished first.
///
/// # Errors
/// When the runtime or a listener fails.
pub fn serve(app: App, doors: impl Into<Doors>, limits: Limits) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(serve_until(app, doors, limits, told_to_stop()))
}

/// Serves within these limits until `stop` comes to its end.
///
/// # Errors
/// When a listener fails.
pub async fn serve_until(
    app: App,
    doors: impl Into<Doors>,
    limits: Limits,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let doors = doors.into();
    let metrics = Arc::clone(&app.metrics);
    let few = Limits {
        connections: MONITORS,
        ..limits
    };
    if let Some(figures) = doors.figures {
        let house = House::plain(monitor::router(app.clone()), &metrics, few);
        tokio::spawn(attend_all(house, figures, std::future::pending()));
    }
    if let Some(unsecured) = doors.unsecured {
        let port = doors.pages.local_addr()?.port();
        let house = House::plain(sends_on(port), &metrics, limits);
        tokio::spawn(attend_all(house, unsecured, std::future::pending()));
    }
    let house = House {
        router: routes::served(app, limits.request),
        metrics,
        limits,
        certificate: doors.certificate,
        sends_on: sends_on(doors.pages.local_addr()?.port()),
        proxies: doors.proxies,
    };
    attend_all(house, doors.pages, stop).await
}

/// What stands behind a listener.
struct House {
    router: Router,
    metrics: Arc<Metrics>,
    limits: Limits,
    certificate: Option<Certificate>,
    /// For those who come without TLS where it is spoken.
    sends_on: Router,
    proxies: Proxies,
}

impl House {
    /// One that speaks no TLS and believes nobody in front.
    fn plain(router: Router, metrics: &Arc<Metrics>, limits: Limits) -> Self {
        Self {
            router,
            metrics: Arc::clone(metrics),
            limits,
            certificate: None,
            sends_on: Router::new(),
            proxies: Proxies::default(),
        }
    }
}

/// Sends whoever comes to the same address over TLS, where `port` listens.
fn sends_on(port: u16) -> Router {
    Router::new().fallback(async move |uri: Uri, request: Request<Body>| {
        let host = request
            .headers()
            .get(HOST)
            .and_then(|host| host.to_str().ok());
        let to = host.and_then(|host| secure_address(host, port, &uri));
        match to.and_then(|to| HeaderValue::from_str(&to).ok()) {
            Some(to) => (StatusCode::PERMANENT_REDIRECT, [(LOCATION, to)], "").into_response(),
            None => (StatusCode::BAD_REQUEST, "Please ask with https.\n").into_response(),
        }
    })
}

/// The address over TLS of what was asked for without it; none when the host cannot be one.
fn secure_address(host: &str, port: u16, uri: &Uri) -> Option<String> {
    let authority: Authority = host.parse().ok()?;
    let path = uri.path_and_query().map_or("/", PathAndQuery::as_str);
    // A name with somebody in front of it, and a path that begins with two slashes, could lead elsewhere.
    if host.contains('@') || !path.starts_with('/') {
        return None;
    }
    let name = authority.host();
    let port = if port == 443 {
        String::new()
    } else {
        format!(":{port}")
    };
    Some(format!("https://{name}{port}{path}"))
}

/// Takes connections until `stop` comes to its end.
async fn attend_all(
    house: House,
    listener: TcpListener,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let (limits, house) = (house.limits, Arc::new(house));
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
                let (house, stopped) = (Arc::clone(&house), stopped.clone());
                tokio::spawn(async move {
                    welcome(stream, peer, &house, stopped).await;
                    drop(place);
                });
            }
            Err(_) => {
                house.metrics.turned_away();
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

/// Finds out how a connection speaks, and serves it.
async fn welcome(
    stream: TcpStream,
    peer: SocketAddr,
    house: &Arc<House>,
    stopped: watch::Receiver<bool>,
) {
    // Replies are written whole; waiting to fill a packet would only delay them. Without it all is right, but slower.
    let _ = stream.set_nodelay(true);
    let Some(certificate) = &house.certificate else {
        return attend(stream, house.router.clone(), false, peer, house, stopped).await;
    };
    let mut first = [0];
    // Who says nothing, or does not come to an end with the greeting, is let go like everybody who drips.
    match timeout(house.limits.head, stream.peek(&mut first)).await {
        Ok(Ok(1)) if first == [HANDSHAKE] => {}
        Ok(Ok(1)) => {
            return attend(stream, house.sends_on.clone(), false, peer, house, stopped).await;
        }
        _ => return,
    }
    let greeted = timeout(house.limits.head, certificate.acceptor().accept(stream)).await;
    if let Ok(Ok(stream)) = greeted {
        attend(stream, house.router.clone(), true, peer, house, stopped).await;
    }
}

/// Serves one connection to its end.
async fn attend<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    stream: S,
    router: Router,
    encrypted: bool,
    peer: SocketAddr,
    house: &Arc<House>,
    mut stopped: watch::Receiver<bool>,
) {
    let limits = house.limits;
    let behind = Arc::clone(house);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut router = router.clone();
        let asks = behind.proxies.who_asks(peer.ip(), request.headers());
        async move {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(Peer(asks.address));
            let reply = router.call(request).await;
            let reply = reply.map(|reply| remembered(reply, encrypted || asks.encrypted));
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

/// A reply over TLS, by which browsers remember to come with TLS alone (RFC 6797).
fn remembered(mut reply: Response<Body>, encrypted: bool) -> Response<Body> {
    if encrypted {
        let headers = reply.headers_mut();
        headers.insert(STRICT_TRANSPORT_SECURITY, REMEMBERED);
    }
    reply
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
