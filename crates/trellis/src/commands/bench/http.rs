//! A browser of few words: one connection that stays open, cookies, and a count of every byte that came.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How long a reply may take before the measurement is given up.
const PATIENCE: Duration = Duration::from_secs(30);
/// The largest page that is read, in bytes.
const MOST_BYTES: usize = 16 << 20;

/// A reply.
#[derive(Debug, Default)]
pub(super) struct Reply {
    /// The status code.
    pub(super) status: u16,
    /// Where a redirect leads.
    pub(super) location: Option<String>,
    /// The cookie that was set, as `name=value`.
    pub(super) cookie: Option<String>,
    /// The body as it came: compressed, when that was asked for.
    pub(super) body: Vec<u8>,
    /// Bytes on the wire: status line, headers and body, with the marks of its pieces.
    pub(super) wire: usize,
}

impl Reply {
    /// The body as text; what is not UTF-8 is replaced.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// One connection to a server on this machine.
#[derive(Debug)]
pub(super) struct Browser {
    stream: BufReader<TcpStream>,
    /// What is sent as `Accept-Encoding`; nothing asks for plain text, which the measurement can read.
    encodings: Option<&'static str>,
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

impl Browser {
    pub(super) fn open(address: SocketAddr, encodings: Option<&'static str>) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self {
            stream: BufReader::new(stream),
            encodings,
        })
    }

    pub(super) fn get(&mut self, path: &str, cookie: &str) -> io::Result<Reply> {
        self.send("GET", path, cookie, None)
    }

    /// Sends a form as a page does.
    pub(super) fn post(
        &mut self,
        path: &str,
        cookie: &str,
        fields: &[(String, String)],
    ) -> io::Result<Reply> {
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
            .collect();
        self.send("POST", path, cookie, Some(&body.join("&")))
    }

    fn send(
        &mut self,
        method: &str,
        path: &str,
        cookie: &str,
        form: Option<&str>,
    ) -> io::Result<Reply> {
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\n");
        if !cookie.is_empty() {
            request.push_str(&format!("Cookie: {cookie}\r\n"));
        }
        if let Some(encodings) = self.encodings {
            request.push_str(&format!("Accept-Encoding: {encodings}\r\n"));
        }
        if let Some(form) = form {
            request.push_str(&format!(
                "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
                form.len()
            ));
        }
        request.push_str("\r\n");
        request.push_str(form.unwrap_or_default());
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.receive()
    }

    fn line(&mut self, reply: &mut Reply) -> io::Result<String> {
        let mut line = String::new();
        reply.wire += self.stream.read_line(&mut line)?;
        if line.is_empty() {
            return Err(broken("the server closed the connection"));
        }
        Ok(line.trim_end().to_owned())
    }

    fn receive(&mut self) -> io::Result<Reply> {
        let mut reply = Reply::default();
        let status = self.line(&mut reply)?;
        reply.status = status
            .split(' ')
            .nth(1)
            .and_then(|code| code.parse().ok())
            .ok_or_else(|| broken("no status"))?;
        let (mut length, mut chunked) = (0, false);
        loop {
            let line = self.line(&mut reply)?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').ok_or_else(|| broken("no header"))?;
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => {
                    length = value.parse().map_err(|_| broken("no content length"))?;
                }
                "transfer-encoding" => chunked = value.eq_ignore_ascii_case("chunked"),
                "location" => reply.location = Some(value.to_owned()),
                "set-cookie" => {
                    reply.cookie = value.split(';').next().map(str::to_owned);
                }
                _ => {}
            }
        }
        if chunked {
            while self.piece(&mut reply)? {}
        } else {
            self.bytes(&mut reply, length)?;
        }
        Ok(reply)
    }

    /// Reads one piece of a body; false after the last.
    fn piece(&mut self, reply: &mut Reply) -> io::Result<bool> {
        let line = self.line(reply)?;
        let length = usize::from_str_radix(&line, 16).map_err(|_| broken("no piece length"))?;
        self.bytes(reply, length)?;
        self.line_end(reply)?;
        Ok(length > 0)
    }

    fn line_end(&mut self, reply: &mut Reply) -> io::Result<()> {
        let mut end = [0; 2];
        self.stream.read_exact(&mut end)?;
        reply.wire += end.len();
        Ok(())
    }

    fn bytes(&mut self, reply: &mut Reply, count: usize) -> io::Result<()> {
        if count > MOST_BYTES || reply.body.len() > MOST_BYTES {
            return Err(broken("a page that is too large"));
        }
        let begin = reply.body.len();
        reply.body.resize(begin + count, 0);
        self.stream.read_exact(&mut reply.body[begin..])?;
        reply.wire += count;
        Ok(())
    }
}

/// A form's text as it goes over the wire.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'*' => {
                out.push(char::from(byte));
            }
            b' ' => out.push('+'),
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    /// What comes back when a server says `reply`, and what the server was told.
    fn exchange(reply: &'static str) -> (io::Result<Reply>, String) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut told = vec![0; 4096];
            let read = stream.read(&mut told).unwrap();
            stream.write_all(reply.as_bytes()).unwrap();
            String::from_utf8_lossy(&told[..read]).into_owned()
        });
        let mut browser = Browser::open(address, None).unwrap();
        let fields = [("text".to_owned(), "x = 1/2 é".to_owned())];
        let reply = browser.post("/practice/1", "a=b", &fields);
        drop(browser);
        (reply, server.join().unwrap())
    }

    #[test]
    fn a_form_is_sent_as_a_page_does_and_a_redirect_is_read() {
        let (reply, told) = exchange(
            "HTTP/1.1 303 See Other\r\nlocation: /x\r\nset-cookie: k=v; Path=/\r\ncontent-length: 0\r\n\r\n",
        );
        let reply = reply.unwrap();
        assert_eq!((reply.status, reply.location.as_deref()), (303, Some("/x")));
        assert_eq!(reply.cookie.as_deref(), Some("k=v"));
        assert!(told.ends_with("\r\n\r\ntext=x+%3D+1%2F2+%C3%A9"), "{told}");
        assert!(told.contains("Cookie: a=b\r\n"), "{told}");
    }

    #[test]
    fn a_body_in_pieces_is_put_together_and_all_of_it_is_counted() {
        let text =
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
        let (reply, _) = exchange(text);
        let reply = reply.unwrap();
        assert_eq!((reply.text().as_str(), reply.wire), ("abcde", text.len()));
    }

    #[test]
    fn what_is_no_reply_is_an_error() {
        for text in [
            "",
            "nonsense\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc",
            "HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\nabc",
        ] {
            assert!(exchange(text).0.is_err(), "{text:?}");
        }
    }
}
