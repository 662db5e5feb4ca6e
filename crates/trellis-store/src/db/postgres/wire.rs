//! The wire to a PostgreSQL server: a socket that waits, over TLS where the way is not this machine's own, with the messages of
//! `postgres-protocol` out and in.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::time::Duration;

use bytes::BytesMut;
use postgres_protocol::message::backend::{Header, Message};
use postgres_protocol::message::frontend;

use super::address::{Address, Tls};
use super::tls;

/// The longest message that is taken, in bytes: PostgreSQL's own limit for one value is 1 GiB.
const LONGEST: i32 = 1 << 30;
/// How much is read at a time, in bytes.
const PIECE: usize = 1 << 16;
/// How long the server may be silent before the connection counts as lost, in seconds.
const SILENCE_S: u64 = 60;

pub(super) trait Stream: Read + Write + Send + std::fmt::Debug {}

impl<T: Read + Write + Send + std::fmt::Debug> Stream for T {}

/// A socket with what is to be sent over it and what has come.
#[derive(Debug)]
pub(super) struct Wire {
    stream: Box<dyn Stream>,
    /// What is to be sent.
    pub(super) out: BytesMut,
    come: BytesMut,
    piece: Vec<u8>,
}

impl Wire {
    /// Connects through a socket file, or over the network.
    pub(super) fn connect(address: &Address) -> io::Result<Self> {
        let silence = Some(Duration::from_secs(SILENCE_S));
        let (host, port) = (&address.host, address.port);
        let stream: Box<dyn Stream> = if host.starts_with('/') {
            let stream = UnixStream::connect(format!("{host}/.s.PGSQL.{port}"))?;
            stream.set_read_timeout(silence)?;
            stream.set_write_timeout(silence)?;
            Box::new(stream)
        } else {
            let stream = TcpStream::connect((host.as_str(), port))?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(silence)?;
            stream.set_write_timeout(silence)?;
            match &address.tls {
                Tls::None => Box::new(stream),
                Tls::Verified { roots } => Box::new(secured(stream, host, roots.as_deref())?),
            }
        };
        Ok(Self {
            stream,
            out: BytesMut::new(),
            come: BytesMut::new(),
            piece: vec![0; PIECE],
        })
    }

    /// Sends what was put.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.stream.write_all(&self.out)?;
        self.out.clear();
        self.stream.flush()
    }

    /// The next message of the server.
    pub(super) fn next(&mut self) -> io::Result<Message> {
        loop {
            if Header::parse(&self.come)?.is_some_and(|header| header.len() > LONGEST) {
                return Err(strange("a message of an impossible length"));
            }
            if let Some(message) = Message::parse(&mut self.come)? {
                return Ok(message);
            }
            match self.stream.read(&mut self.piece) {
                Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(count) => self.come.extend_from_slice(&self.piece[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Asks for TLS before anything else is said. Not a byte more than the answer is read before: what somebody on the way might
/// have put behind it is read as TLS, and fails.
fn secured(
    mut stream: TcpStream,
    host: &str,
    roots: Option<&std::path::Path>,
) -> io::Result<tls::Secured> {
    let mut out = BytesMut::new();
    frontend::ssl_request(&mut out);
    stream.write_all(&out)?;
    let mut answer = [0];
    stream.read_exact(&mut answer)?;
    if answer != *b"S" {
        return Err(io::Error::new(
            io::ErrorKind::Unsupported,
            "the server speaks no TLS. Switch \"ssl\" on there, or give sslmode=disable where nobody else is on the way",
        ));
    }
    tls::over(stream, host, roots)
}

/// The server says something that the protocol does not know here.
pub(super) fn strange(what: &str) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("the server sent {what}"),
    )
}
