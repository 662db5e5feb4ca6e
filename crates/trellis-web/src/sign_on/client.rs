//! Asking another service something: over TLS, within ten seconds, at most so much, and nowhere but where we asked.

use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, Uri, header};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

/// How long an answer may take in all.
const LONGEST: Duration = Duration::from_secs(10);
/// The most bytes of an answer.
const MOST: usize = 262_144;

/// Why nothing came back. It goes to the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Away {
    /// The address is none that is asked.
    #[error("{0} is no address over TLS")]
    Address(String),
    /// The service is not reached, or its certificate is by nobody who is trusted.
    #[error("{0} is not reached: {1}")]
    Unreached(String, String),
    /// It says something else than "here it is".
    #[error("{0} says {1}")]
    Says(String, u16),
    /// It is too slow, or says too much.
    #[error("{0} takes too long or says too much")]
    TooMuch(String),
}

/// What connections are made with.
#[derive(Clone)]
pub(crate) struct Client {
    tls: Arc<ClientConfig>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Client").finish_non_exhaustive()
    }
}

impl Client {
    /// One that trusts whom the system trusts, or those in a file alone.
    ///
    /// # Errors
    /// When the file cannot be read, or nobody is trusted.
    pub(crate) fn new(roots: Option<&Path>) -> Result<Self, String> {
        let mut trusted = RootCertStore::empty();
        match roots {
            Some(file) => {
                let said = |error: &dyn std::fmt::Display| {
                    format!("{}: {error}. Give certificates in PEM", file.display())
                };
                let all = CertificateDer::pem_file_iter(file).map_err(|error| said(&error))?;
                for one in all {
                    let one = one.map_err(|error| said(&error))?;
                    trusted.add(one).map_err(|error| said(&error))?;
                }
            }
            None => {
                trusted.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            }
        }
        if trusted.is_empty() {
            return Err(
                "no certificate authority is trusted: install those of the system, or name a file with \"roots\""
                    .to_owned(),
            );
        }
        let provider = Arc::new(aws_lc_rs::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&TLS13, &TLS12])
            .map_err(|error| error.to_string())?
            .with_root_certificates(trusted)
            .with_no_client_auth();
        Ok(Self { tls: Arc::new(tls) })
    }

    /// Fetches what is at an address, or what it answers to a form.
    pub(crate) async fn fetch(
        &self,
        address: &str,
        form: Option<(&str, Option<&str>)>,
    ) -> Result<Vec<u8>, Away> {
        let place = Place::read(address)?;
        let too_much = || Away::TooMuch(place.host.clone());
        let asked = tokio::time::timeout(LONGEST, self.ask(&place, form)).await;
        asked.map_err(|_| too_much())?
    }

    async fn ask(
        &self,
        place: &Place,
        form: Option<(&str, Option<&str>)>,
    ) -> Result<Vec<u8>, Away> {
        let unreached =
            |error: &dyn std::fmt::Display| Away::Unreached(place.host.clone(), error.to_string());
        let name = place.host.trim_start_matches('[').trim_end_matches(']');
        let stream = TcpStream::connect((name, place.port)).await;
        let stream = stream.map_err(|error| unreached(&error))?;
        let request = place.request(form).map_err(|error| unreached(&error))?;
        if !place.secure {
            return exchange(place, TokioIo::new(stream), request).await;
        }
        let server = ServerName::try_from(name.to_owned()).map_err(|error| unreached(&error))?;
        let tls = TlsConnector::from(Arc::clone(&self.tls));
        let stream = tls.connect(server, stream).await;
        let stream = stream.map_err(|error| unreached(&error))?;
        exchange(place, TokioIo::new(stream), request).await
    }
}

/// Whether an address may be asked: over TLS, or on this very machine.
pub(crate) fn may_be_asked(address: &str) -> bool {
    Place::read(address).is_ok()
}

struct Place {
    secure: bool,
    host: String,
    port: u16,
    path: String,
}

impl Place {
    fn read(address: &str) -> Result<Self, Away> {
        let no = || Away::Address(address.to_owned());
        let uri: Uri = address.parse().map_err(|_| no())?;
        let host = uri.host().ok_or_else(no)?.to_owned();
        let name = host.trim_start_matches('[').trim_end_matches(']');
        let here = name == "localhost"
            || name
                .parse::<IpAddr>()
                .is_ok_and(|address| address.is_loopback());
        let secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") if here => false,
            _ => return Err(no()),
        };
        // A name and a password in an address are never ours.
        if uri
            .authority()
            .is_some_and(|all| all.as_str().contains('@'))
        {
            return Err(no());
        }
        Ok(Self {
            secure,
            port: uri.port_u16().unwrap_or(if secure { 443 } else { 80 }),
            path: uri
                .path_and_query()
                .map_or_else(|| "/".to_owned(), ToString::to_string),
            host,
        })
    }

    fn request(
        &self,
        form: Option<(&str, Option<&str>)>,
    ) -> Result<Request<Body>, axum::http::Error> {
        let usual = if self.secure { 443 } else { 80 };
        let host = match self.port == usual {
            true => self.host.clone(),
            false => format!("{}:{}", self.host, self.port),
        };
        let request = Request::builder()
            .uri(&self.path)
            .header(header::HOST, host)
            .header(header::ACCEPT, "application/json")
            .header(header::USER_AGENT, "Trellis");
        match form {
            None => request.body(Body::empty()),
            Some((form, authorization)) => {
                let mut request = request
                    .method("POST")
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
                if let Some(authorization) = authorization {
                    request = request.header(header::AUTHORIZATION, authorization);
                }
                request.body(Body::from(form.to_owned()))
            }
        }
    }
}

async fn exchange<T>(place: &Place, io: T, request: Request<Body>) -> Result<Vec<u8>, Away>
where
    T: hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static,
{
    let unreached =
        |error: &dyn std::fmt::Display| Away::Unreached(place.host.clone(), error.to_string());
    let shaken = hyper::client::conn::http1::handshake(io).await;
    let (mut sender, connection) = shaken.map_err(|error| unreached(&error))?;
    // It ends with the answer; what goes wrong with it is seen there.
    let connection = tokio::spawn(connection);
    let reply = sender.send_request(request).await;
    let reply = reply.map_err(|error| unreached(&error))?;
    // Where it sends us on to is not asked.
    if reply.status() != StatusCode::OK {
        return Err(Away::Says(place.host.clone(), reply.status().as_u16()));
    }
    let bytes = to_bytes(Body::new(reply.into_body()), MOST).await;
    connection.abort();
    let bytes = bytes.map_err(|_| Away::TooMuch(place.host.clone()))?;
    Ok(bytes.to_vec())
}

/// A text as it stands in a form or an address.
pub(crate) fn encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_over_tls_and_of_this_machine_are_asked() {
        for (address, may) in [
            ("https://accounts.example/x?y=1", true),
            ("http://127.0.0.1:4000/x", true),
            ("http://localhost/", true),
            ("http://[::1]:80/", true),
            ("http://accounts.example/", false),
            ("http://127.0.0.1.example/", false),
            ("https://me:secret@accounts.example/", false),
            ("file:///etc/passwd", false),
            ("ftp://accounts.example", false),
            ("accounts.example", false),
            ("", false),
        ] {
            assert_eq!(may_be_asked(address), may, "{address}");
        }
        assert_eq!(encoded("a b/c+ñ~"), "a%20b%2Fc%2B%C3%B1~");
    }
}
