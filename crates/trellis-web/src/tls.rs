//! The certificate by which pages are served over TLS, read from two files and read again when they change.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use thiserror::Error;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject as _};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{self, ServerConfig};

use crate::log;

/// How often the files are looked at: certificates are renewed by other programs, mostly every two months.
const LOOKED_AT: Duration = Duration::from_secs(60);

/// Why a certificate cannot be used.
#[derive(Debug, Error)]
pub enum CertificateFault {
    /// The file cannot be read.
    #[error("{}: {source}. Give the file with the setting \"{setting}\"", .path.display())]
    Unread {
        /// The file.
        path: PathBuf,
        /// The setting that names it.
        setting: &'static str,
        /// What the system says.
        source: io::Error,
    },
    /// The file does not hold what it should.
    #[error(
        "{}: there is no {what} in this file. It must be in PEM, a text that begins with -----BEGIN; give it with the setting \"{setting}\"", .path.display()
    )]
    Empty {
        /// The file.
        path: PathBuf,
        /// The setting that names it.
        setting: &'static str,
        /// What was looked for.
        what: &'static str,
    },
    /// The two do not fit, or are of a kind that is not known.
    #[error("{} and {}: {source}. The key must be the one that the certificate was made for", .chain.display(), .key.display())]
    Unfit {
        /// The file of the certificate.
        chain: PathBuf,
        /// The file of its key.
        key: PathBuf,
        /// What the library says.
        source: rustls::Error,
    },
}

/// When the two files were changed last.
type Changed = [Option<SystemTime>; 2];

/// A certificate with its key, in use.
#[derive(Debug)]
pub struct Certificate {
    chain: PathBuf,
    key: PathBuf,
    now: Mutex<InUse>,
}

struct InUse {
    acceptor: TlsAcceptor,
    changed: Changed,
    looked: Instant,
}

impl std::fmt::Debug for InUse {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The key stays out of every log.
        out.debug_struct("InUse")
            .field("changed", &self.changed)
            .finish_non_exhaustive()
    }
}

impl Certificate {
    /// Reads a chain of certificates, the server's own first, and its private key, both in PEM.
    ///
    /// # Errors
    /// [`CertificateFault`] with the file and the setting that names it.
    pub fn read(chain: &Path, key: &Path) -> Result<Self, CertificateFault> {
        let changed = changed(chain, key);
        Ok(Self {
            now: Mutex::new(InUse {
                acceptor: acceptor(chain, key)?,
                changed,
                looked: Instant::now(),
            }),
            chain: chain.to_owned(),
            key: key.to_owned(),
        })
    }

    /// What greets the next connection; once a minute after a look whether the files have changed. New files that cannot
    /// be used are told to the log, and the old certificate stays.
    pub(crate) fn acceptor(&self) -> TlsAcceptor {
        self.acceptor_at(Instant::now())
    }

    fn acceptor_at(&self, at: Instant) -> TlsAcceptor {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        if at.saturating_duration_since(now.looked) >= LOOKED_AT {
            now.looked = at;
            let changed = changed(&self.chain, &self.key);
            if changed != now.changed {
                now.changed = changed;
                match acceptor(&self.chain, &self.key) {
                    Ok(acceptor) => {
                        now.acceptor = acceptor;
                        log::note("the certificate was renewed");
                    }
                    Err(fault) => log::error(&format!("{fault}. The old certificate stays in use")),
                }
            }
        }
        now.acceptor.clone()
    }
}

fn changed(chain: &Path, key: &Path) -> Changed {
    [chain, key].map(|path| {
        std::fs::metadata(path)
            .and_then(|file| file.modified())
            .ok()
    })
}

fn acceptor(chain: &Path, key: &Path) -> Result<TlsAcceptor, CertificateFault> {
    let certificates: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(chain)
        .and_then(Iterator::collect)
        .map_err(|error| fault(chain, "certificate", "certificate", error))?;
    if certificates.is_empty() {
        return Err(fault(
            chain,
            "certificate",
            "certificate",
            pem::Error::NoItemsFound,
        ));
    }
    let secret = PrivateKeyDer::from_pem_file(key)
        .map_err(|error| fault(key, "certificate-key", "private key", error))?;
    let unfit = |source| CertificateFault::Unfit {
        chain: chain.to_owned(),
        key: key.to_owned(),
        source,
    };
    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_protocol_versions(&[&TLS13, &TLS12])
        .map_err(unfit)?
        .with_no_client_auth()
        .with_single_cert(certificates, secret)
        .map_err(unfit)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn fault(
    path: &Path,
    setting: &'static str,
    what: &'static str,
    error: pem::Error,
) -> CertificateFault {
    let path = path.to_owned();
    match error {
        pem::Error::Io(source) => CertificateFault::Unread {
            path,
            setting,
            source,
        },
        _ => CertificateFault::Empty {
            path,
            setting,
            what,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(chain: &Path, key: &Path, days: u64) {
        let made = rcgen::generate_simple_self_signed(vec!["school.example".to_owned()]).unwrap();
        std::fs::write(chain, made.cert.pem()).unwrap();
        std::fs::write(key, made.signing_key.serialize_pem()).unwrap();
        let at = SystemTime::UNIX_EPOCH + Duration::from_secs(days * 86_400);
        for path in [chain, key] {
            let file = std::fs::File::options().write(true).open(path).unwrap();
            file.set_modified(at).unwrap();
        }
    }

    #[test]
    fn a_new_certificate_is_taken_within_a_minute_and_a_broken_one_is_not() {
        let folder = std::env::temp_dir().join(format!("trellis-renewed-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (chain, key) = (folder.join("server.crt"), folder.join("server.key"));
        write(&chain, &key, 20_000);
        let certificate = Certificate::read(&chain, &key).unwrap();
        let start = Instant::now();
        let at = |seconds| {
            let acceptor = certificate.acceptor_at(start + Duration::from_secs(seconds));
            Arc::clone(acceptor.config())
        };
        let first = at(0);
        assert!(Arc::ptr_eq(&first, &at(61)), "nothing has changed");
        write(&chain, &key, 20_060);
        assert!(
            Arc::ptr_eq(&first, &at(90)),
            "it is too early to look again"
        );
        let second = at(122);
        assert!(!Arc::ptr_eq(&first, &second));
        std::fs::write(&chain, "-----BEGIN").unwrap();
        assert!(Arc::ptr_eq(&second, &at(200)));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
