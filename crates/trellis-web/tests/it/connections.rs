//! The server on a real socket: clients that say nothing, drip, never end, come in crowds, or try to slip a second
//! request into the first.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};
use trellis_web::{App, Limits, serve_until};

use crate::school::School;

/// Long enough for the slowest machine; a test that waits for it fails.
const PATIENCE: Duration = Duration::from_secs(20);
const SHORT: Duration = Duration::from_millis(300);

struct Served {
    school: School,
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: tokio::task::JoinHandle<std::io::Result<()>>,
}

impl Served {
    fn with(limits: Limits) -> Self {
        let school = School::open();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let app = App::new(std::sync::Arc::clone(&school.store)).unwrap();
        let (stop, stopped) = oneshot::channel();
        let ended = tokio::spawn(serve_until(app, listener, limits, async {
            let _ = stopped.await;
        }));
        Self {
            school,
            address,
            stop,
            ended,
        }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Sends bytes on a connection of their own and reads until the server closes it.
    async fn exchange(&self, sent: &[u8]) -> String {
        let mut stream = self.connect().await;
        stream.write_all(sent).await.unwrap();
        rest(&mut stream).await
    }

    async fn end(self) {
        self.stop.send(()).unwrap();
        timeout(PATIENCE, self.ended)
            .await
            .expect("the server ends when it is told to")
            .unwrap()
            .unwrap();
    }
}

fn brisk() -> Limits {
    Limits {
        head: SHORT,
        request: SHORT,
        ..Limits::default()
    }
}

/// All that comes until the connection is closed; a connection that is reset has said all that it will.
async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let read = timeout(PATIENCE, stream.read_to_end(&mut bytes)).await;
    // What came before a reset is kept; only silence without an end is a fault.
    let _ = read.expect("the server closes the connection");
    String::from_utf8_lossy(&bytes).into_owned()
}

fn get(path: &str, more: &str) -> Vec<u8> {
    format!("GET {path} HTTP/1.1\r\nhost: school\r\n{more}\r\n").into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_says_nothing_or_drips_a_head_is_let_go_and_others_do_not_notice() {
    let served = Served::with(brisk());
    let mut silent = served.connect().await;
    let mut dripping = served.connect().await;
    let drip = tokio::spawn(async move {
        for byte in
            b"GET / HTTP/1.1\r\nx-slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        {
            if dripping.write_all(&[*byte]).await.is_err() {
                break;
            }
            sleep(Duration::from_millis(20)).await;
        }
        rest(&mut dripping).await
    });
    let reply = served
        .exchange(&get("/sign-in", "connection: close\r\n"))
        .await;
    assert!(reply.starts_with("HTTP/1.1 200 "), "{reply}");
    assert_eq!(rest(&mut silent).await, "");
    let told = drip.await.unwrap();
    assert!(!told.contains("200 OK"), "{told}");
    served.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_drips_is_given_up_in_words() {
    let served = Served::with(brisk());
    let mut stream = served.connect().await;
    let head = "POST /language HTTP/1.1\r\nhost: school\r\ncontent-type: application/x-www-form-urlencoded\r\n\
        content-length: 1000\r\n\r\nlanguage=";
    stream.write_all(head.as_bytes()).await.unwrap();
    let told = rest(&mut stream).await;
    assert!(told.starts_with("HTTP/1.1 408 "), "{told}");
    assert!(told.contains("That took too long to arrive."), "{told}");
    served.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_all_places_are_taken_others_are_told_to_come_again() {
    let served = Served::with(Limits {
        connections: 2,
        head: Duration::from_secs(2),
        ..Limits::default()
    });
    let mut first = served.connect().await;
    let mut second = served.connect().await;
    // Both have their places once they have had a reply.
    for stream in [&mut first, &mut second] {
        stream.write_all(&get("/health", "")).await.unwrap();
        let mut told = [0; 12];
        timeout(PATIENCE, stream.read_exact(&mut told))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(&told, b"HTTP/1.1 200");
    }
    let told = served.exchange(&get("/health", "")).await;
    assert!(told.starts_with("HTTP/1.1 503 "), "{told}");
    assert!(told.contains("retry-after: 2\r\n"), "{told}");
    let (head, body) = told.split_once("\r\n\r\n").unwrap();
    assert!(
        head.contains(&format!("content-length: {}", body.len())),
        "{told}"
    );
    // Those who stay without a word lose their places.
    rest(&mut first).await;
    rest(&mut second).await;
    let reply = served
        .exchange(&get("/health", "connection: close\r\n"))
        .await;
    assert!(reply.starts_with("HTTP/1.1 200 "), "{reply}");
    served.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_ends_when_it_is_old_and_when_the_server_stops() {
    let served = Served::with(Limits {
        connection: SHORT,
        ..Limits::default()
    });
    let mut stream = served.connect().await;
    stream.write_all(&get("/health", "")).await.unwrap();
    assert!(rest(&mut stream).await.starts_with("HTTP/1.1 200 "));
    served.end().await;

    let served = Served::with(Limits::default());
    let mut stream = served.connect().await;
    stream.write_all(&get("/health", "")).await.unwrap();
    let mut told = [0; 12];
    stream.read_exact(&mut told).await.unwrap();
    served.end().await;
    assert!(rest(&mut stream).await.ends_with("ok"));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_second_request_slips_in_with_the_first() {
    let served = Served::with(brisk());
    let after = "GET /smuggled HTTP/1.1\r\nhost: school\r\n\r\n";
    let post = |headers: &str, body: &str| {
        format!("POST /language HTTP/1.1\r\nhost: school\r\n{headers}\r\n{body}{after}")
    };
    let shapes = [
        post(
            "content-length: 5\r\ntransfer-encoding: chunked\r\n",
            "0\r\n\r\n",
        ),
        post(
            "transfer-encoding: chunked\r\ncontent-length: 5\r\n",
            "0\r\n\r\n",
        ),
        post("content-length: 0\r\ncontent-length: 5\r\n", "abcde"),
        post("content-length: +5\r\n", "abcde"),
        post("content-length: 5, 6\r\n", "abcde"),
        post("content-length: 0x5\r\n", "abcde"),
        post("content-length: -1\r\n", ""),
        post("content-length: 99999999999999999999\r\n", ""),
        post("transfer-encoding: xchunked\r\n", "0\r\n\r\n"),
        post("transfer-encoding: chunked, identity\r\n", "0\r\n\r\n"),
        post("transfer-encoding : chunked\r\n", "0\r\n\r\n"),
        post(" content-length: 5\r\n", "abcde"),
        post("x: a\r\n content-length: 5\r\n", "abcde"),
        post("x: a\0b\r\n", ""),
        post(
            "transfer-encoding: chunked\r\n",
            "fffffffffffffffff\r\nabc\r\n0\r\n\r\n",
        ),
        post("transfer-encoding: chunked\r\n", "-1\r\nabc\r\n0\r\n\r\n"),
        post("transfer-encoding: chunked\r\n", "3;\nabc\r\n0\r\n\r\n"),
    ];
    for shape in shapes {
        let told = served.exchange(shape.as_bytes()).await;
        let replies = told.matches("HTTP/1.1 ").count();
        assert!(replies <= 1, "{replies} replies to {shape:?}: {told}");
        assert!(!told.starts_with("HTTP/1.1 2"), "{shape:?}: {told}");
        assert!(!told.starts_with("HTTP/1.1 5"), "{shape:?}: {told}");
    }
    served.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_without_end_is_asked_to_slow_down_and_others_go_on() {
    let served = Served::with(Limits::default());
    let wild = served.school.sign_in_as(served.school.learner);
    let calm = served.school.sign_in_as(served.school.other_learner);
    let many: Vec<u8> = (0..300)
        .flat_map(|_| get("/health", &format!("cookie: {wild}\r\n")))
        .chain(get(
            "/health",
            &format!("cookie: {wild}\r\nconnection: close\r\n"),
        ))
        .collect();
    let told = served.exchange(&many).await;
    let slowed = told.matches("HTTP/1.1 429 ").count();
    assert!(told.matches("HTTP/1.1 200 ").count() >= 200);
    assert!(slowed > 0, "nobody was asked to slow down");
    assert_eq!(told.matches("retry-after: 2\r\n").count(), slowed);
    let last = get(
        "/today",
        &format!("cookie: {calm}\r\nconnection: close\r\n"),
    );
    let reply = served.exchange(&last).await;
    assert!(reply.starts_with("HTTP/1.1 200 "), "{reply}");
    served.end().await;
}
