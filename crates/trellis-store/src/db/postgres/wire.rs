//! The wire to a PostgreSQL server: messages of its protocol, version 3, out and in, over a socket that waits. See
//! <https://www.postgresql.org/docs/current/protocol-message-formats.html>.

use std::io::{self, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::time::Duration;

/// The protocol's version 3.0, as the first message says it.
const VERSION: i32 = 3 << 16;
/// The longest message that is taken, in bytes: PostgreSQL's own limit for one value is 1 GiB.
const LONGEST: usize = 1 << 30;
/// How long the server may be silent before the connection counts as lost, in seconds.
const SILENCE_S: u64 = 60;

/// What the server sends.
#[derive(Debug)]
pub(super) struct Message {
    /// Its kind, a letter.
    pub(super) tag: u8,
    /// What is in it.
    pub(super) body: Vec<u8>,
}

trait Stream: Read + Write + Send + std::fmt::Debug {}

impl<T: Read + Write + Send + std::fmt::Debug> Stream for T {}

/// A socket with what is to be sent over it.
#[derive(Debug)]
pub(super) struct Wire {
    stream: BufReader<Box<dyn Stream>>,
    out: Vec<u8>,
}

impl Wire {
    /// Connects through a socket file, or over the network.
    pub(super) fn connect(host: &str, port: u16) -> io::Result<Self> {
        let silence = Some(Duration::from_secs(SILENCE_S));
        let stream: Box<dyn Stream> = if host.starts_with('/') {
            let stream = UnixStream::connect(format!("{host}/.s.PGSQL.{port}"))?;
            stream.set_read_timeout(silence)?;
            stream.set_write_timeout(silence)?;
            Box::new(stream)
        } else {
            let stream = TcpStream::connect((host, port))?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(silence)?;
            stream.set_write_timeout(silence)?;
            Box::new(stream)
        };
        Ok(Self {
            stream: BufReader::with_capacity(1 << 16, stream),
            out: Vec::new(),
        })
    }

    /// The first message, which has no letter.
    pub(super) fn startup(&mut self, parameters: &[(&str, &str)]) -> io::Result<()> {
        let mut body = VERSION.to_be_bytes().to_vec();
        for (name, value) in parameters {
            text(&mut body, name);
            text(&mut body, value);
        }
        body.push(0);
        let length = length(body.len())?;
        self.out.extend_from_slice(&length);
        self.out.extend_from_slice(&body);
        self.flush()
    }

    /// Adds a message to what is to be sent. A failure leaves nothing of it.
    pub(super) fn put(
        &mut self,
        tag: u8,
        write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>,
    ) -> io::Result<()> {
        let start = self.out.len();
        self.out.extend_from_slice(&[tag, 0, 0, 0, 0]);
        let written = write(&mut self.out).and_then(|()| length(self.out.len() - start - 5));
        match written {
            Ok(length) => {
                self.out[start + 1..start + 5].copy_from_slice(&length);
                Ok(())
            }
            Err(error) => {
                self.out.truncate(start);
                Err(error)
            }
        }
    }

    /// Sends what was put.
    pub(super) fn flush(&mut self) -> io::Result<()> {
        let stream = self.stream.get_mut();
        stream.write_all(&self.out)?;
        self.out.clear();
        stream.flush()
    }

    /// How much is put and not sent, in bytes.
    pub(super) fn unsent(&self) -> usize {
        self.out.len()
    }

    /// The next message of the server.
    pub(super) fn next(&mut self) -> io::Result<Message> {
        let mut head = [0; 5];
        self.stream.read_exact(&mut head)?;
        let [tag, a, b, c, d] = head;
        let length = usize::try_from(i32::from_be_bytes([a, b, c, d])).unwrap_or(0);
        if !(4..=LONGEST).contains(&length) {
            return Err(strange("a message of an impossible length"));
        }
        let mut body = vec![0; length - 4];
        self.stream.read_exact(&mut body)?;
        Ok(Message { tag, body })
    }
}

/// The server says something that the protocol does not know here.
pub(super) fn strange(what: &str) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("the server sent {what}"),
    )
}

/// A length with its own four bytes, as messages carry it.
fn length(body: usize) -> io::Result<[u8; 4]> {
    count32(body + 4)
}

fn count32(count: usize) -> io::Result<[u8; 4]> {
    let too_long = |_| io::Error::new(io::ErrorKind::InvalidInput, "too much for one message");
    Ok(i32::try_from(count).map_err(too_long)?.to_be_bytes())
}

/// Writes a text that ends in a zero byte. What stands after a zero byte in it would be taken for something else.
pub(super) fn text(out: &mut Vec<u8>, text: &str) {
    out.extend(text.bytes().take_while(|byte| *byte != 0));
    out.push(0);
}

/// Writes a small count.
pub(super) fn count16(out: &mut Vec<u8>, count: usize) -> io::Result<()> {
    let too_many = |_| io::Error::new(io::ErrorKind::InvalidInput, "too many values");
    out.extend_from_slice(&u16::try_from(count).map_err(too_many)?.to_be_bytes());
    Ok(())
}

/// Writes bytes after their length.
pub(super) fn counted(out: &mut Vec<u8>, bytes: &[u8]) -> io::Result<()> {
    out.extend_from_slice(&count32(bytes.len())?);
    out.extend_from_slice(bytes);
    Ok(())
}

/// Reads a message from its beginning.
#[derive(Debug)]
pub(super) struct Reading<'m>(pub(super) &'m [u8]);

impl<'m> Reading<'m> {
    /// The next bytes.
    pub(super) fn bytes(&mut self, count: usize) -> io::Result<&'m [u8]> {
        let short = || strange("a message that is too short");
        let (bytes, rest) = self.0.split_at_checked(count).ok_or_else(short)?;
        self.0 = rest;
        Ok(bytes)
    }

    fn array<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let bytes = self.bytes(N)?;
        bytes.try_into().map_err(|_| strange("too few bytes"))
    }

    /// The next number of two bytes.
    pub(super) fn number16(&mut self) -> io::Result<u16> {
        Ok(u16::from_be_bytes(self.array()?))
    }

    /// The next number of four bytes.
    pub(super) fn number32(&mut self) -> io::Result<i32> {
        Ok(i32::from_be_bytes(self.array()?))
    }

    /// The next text, up to its zero byte.
    pub(super) fn text(&mut self) -> io::Result<&'m str> {
        let end = self.0.iter().position(|byte| *byte == 0);
        let end = end.ok_or_else(|| strange("a text without an end"))?;
        let text = self.bytes(end)?;
        self.bytes(1)?;
        std::str::from_utf8(text).map_err(|_| strange("a text that is no UTF-8"))
    }
}
