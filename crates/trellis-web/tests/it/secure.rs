//! The server over TLS: what is spoken, what is refused, who is sent on, and a certificate that is renewed while it serves.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rcgen::{CertificateParams, CertifiedIssuer, KeyPair};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, SupportedProtocolVersion};
use trellis_web::{App, Certificate, Doors, Limits, Proxies, serve_until};

use crate::school::School;

/// Long enough for the slowest machine; a test that waits for it fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// A certificate for `school.example` in two files, and its root.
struct Files {
    folder: PathBuf,
    root: CertificateDer<'static>,
}

impl Files {
    fn new(name: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("trellis-tls-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut root = CertificateParams::default();
        root.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let root = CertifiedIssuer::self_signed(root, KeyPair::generate().unwrap()).unwrap();
        let server = CertificateParams::new(vec!["school.example".to_owned()]).unwrap();
        let key = KeyPair::generate().unwrap();
        let server = server.signed_by(&key, &root).unwrap();
        let files = Self {
            root: root.der().clone(),
            folder,
        };
        std::fs::write(files.chain(), server.pem()).unwrap();
        std::fs::write(files.key(), key.serialize_pem()).unwrap();
        files
    }

    fn chain(&self) -> PathBuf {
        self.folder.join("server.crt")
    }

    fn key(&self) -> PathBuf {
        self.folder.join("server.key")
    }

    /// Speaks TLS to the server, trusting this root alone, with one version of it.
    async fn speak(
        &self,
        to: SocketAddr,
        version: &'static SupportedProtocolVersion,
        request: &str,
    ) -> std::io::Result<String> {
        let mut roots = RootCertStore::empty();
        roots.add(self.root.clone()).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_protocol_versions(&[version])
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let stream = TcpStream::connect(to).await?;
        let name = ServerName::try_from("school.example").unwrap();
        let talk = async {
            let mut stream = TlsConnector::from(Arc::new(config))
                .connect(name, stream)
                .await?;
            stream.write_all(request.as_bytes()).await?;
            let mut reply = String::new();
            stream.read_to_string(&mut reply).await?;
            Ok(reply)
        };
        timeout(PATIENCE, talk).await.expect("the server answers")
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        // What is left behind in a temporary folder does no harm.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

struct Served {
    _school: School,
    pages: SocketAddr,
    unsecured: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: tokio::task::JoinHandle<std::io::Result<()>>,
}

impl Served {
    fn with(certificate: Option<Certificate>, proxies: &str) -> Self {
        let school = School::open();
        let [pages, unsecured] = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
        let addresses = [&pages, &unsecured].map(|door| door.local_addr().unwrap());
        let app = App::new(Arc::clone(&school.store)).unwrap();
        let (stop, stopped) = oneshot::channel();
        let doors = Doors {
            certificate,
            unsecured: Some(unsecured),
            proxies: Proxies::read(proxies).unwrap(),
            ..Doors::from(pages)
        };
        let limits = Limits {
            head: Duration::from_millis(500),
            ..Limits::default()
        };
        let ended = tokio::spawn(serve_until(app, doors, limits, async {
            let _ = stopped.await;
        }));
        let [pages, unsecured] = addresses;
        Self {
            _school: school,
            pages,
            unsecured,
            stop,
            ended,
        }
    }

    async fn end(self) {
        self.stop.send(()).unwrap();
        let ended = timeout(PATIENCE, self.ended).await;
        ended
            .expect("the server ends when it is told to")
            .unwrap()
            .unwrap();
    }
}

/// Sends bytes without TLS, and reads until the server closes the connection.
async fn plainly(to: SocketAddr, sent: &[u8]) -> String {
    let mut stream = TcpStream::connect(to).await.unwrap();
    stream.write_all(sent).await.unwrap();
    let mut bytes = Vec::new();
    let read = timeout(PATIENCE, stream.read_to_end(&mut bytes)).await;
    // What came before a reset is kept; only silence without an end is a fault.
    let _ = read.expect("the server closes the connection");
    String::from_utf8_lossy(&bytes).into_owned()
}

fn get(path: &str, host: &str, more: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{more}\r\n")
}

fn read(chain: &Path, key: &Path) -> Certificate {
    Certificate::read(chain, key).unwrap()
}

const REMEMBER: &str = "strict-transport-security: max-age=31536000; includeSubDomains";

#[tokio::test(flavor = "multi_thread")]
async fn pages_come_over_tls_1_2_and_1_3_and_browsers_are_told_to_remember_it() {
    let files = Files::new("pages");
    let served = Served::with(Some(read(&files.chain(), &files.key())), "");
    for version in [&TLS12, &TLS13] {
        let page = get("/sign-in", "school.example", "");
        let reply = files.speak(served.pages, version, &page).await.unwrap();
        assert!(reply.starts_with("HTTP/1.1 200 "), "{reply}");
        assert!(reply.contains(REMEMBER), "{reply}");
    }
    // Somebody who trusts another root hears nothing.
    let other = Files::new("other");
    let refused = other
        .speak(served.pages, &TLS13, &get("/", "school.example", ""))
        .await;
    assert!(refused.is_err());
    served.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_without_tls_is_sent_on_and_gets_no_page() {
    let files = Files::new("sent");
    let served = Served::with(Some(read(&files.chain(), &files.key())), "");
    let port = served.pages.port();
    for door in [served.pages, served.unsecured] {
        let ask = get("/today?a=b", "school.example:80", "");
        let reply = plainly(door, ask.as_bytes()).await;
        assert!(reply.starts_with("HTTP/1.1 308 "), "{reply}");
        let to = format!("location: https://school.example:{port}/today?a=b\r\n");
        assert!(reply.contains(&to), "{reply}");
        assert!(!reply.contains("strict-transport-security"), "{reply}");
        for odd in ["school.example@evil.example", "a b", ""] {
            let reply = plainly(door, get("/", odd, "").as_bytes()).await;
            assert!(reply.starts_with("HTTP/1.1 400 "), "{odd}: {reply}");
            assert!(!reply.contains("location:"), "{reply}");
        }
    }
    // A greeting that never ends, and one that is none, are let go.
    assert_eq!(plainly(served.pages, &[22, 3, 1, 2, 0]).await, "");
    let nonsense = plainly(served.pages, &[22; 600]).await;
    assert!(!nonsense.contains("HTTP/1.1 200"), "{nonsense:?}");
    served.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_in_front_is_believed_and_a_stranger_is_not() {
    let ask = get("/sign-in", "school.example", "x-forwarded-proto: https\r\n");
    for (proxies, remembered) in [("127.0.0.1", true), ("10.0.0.1", false)] {
        let served = Served::with(None, proxies);
        let reply = plainly(served.pages, ask.as_bytes()).await;
        assert!(reply.starts_with("HTTP/1.1 200 "), "{reply}");
        assert_eq!(reply.contains(REMEMBER), remembered, "{reply}");
        served.end().await;
    }
}

#[test]
fn files_that_cannot_be_used_are_named_with_what_to_do() {
    let (files, other) = (Files::new("used"), Files::new("unused"));
    let fault = |chain: &Path, key: &Path| Certificate::read(chain, key).unwrap_err().to_string();
    let nowhere = files.folder.join("nowhere.crt");
    let unread = fault(&nowhere, &files.key());
    assert!(
        unread.contains("nowhere.crt") && unread.contains("\"certificate\""),
        "{unread}"
    );
    let swapped = fault(&files.key(), &files.chain());
    assert!(swapped.contains("no certificate in this file"), "{swapped}");
    let keyless = fault(&files.chain(), &files.chain());
    assert!(
        keyless.contains("no private key") && keyless.contains("certificate-key"),
        "{keyless}"
    );
    let unfit = fault(&files.chain(), &other.key());
    assert!(
        unfit.contains("belong") || unfit.contains("made for"),
        "{unfit}"
    );
}
