//! TLS to a database server. Who answers must prove by a certificate to be the host that was named: what is only encrypted can be
//! read by whoever sits between.

use std::io;
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// A socket under TLS.
pub(super) type Secured = StreamOwned<ClientConnection, TcpStream>;

fn wrong(what: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, what)
}

/// Whom we trust: those of a file, or those that the system trusts.
fn trusted(roots: Option<&Path>) -> io::Result<RootCertStore> {
    let mut store = RootCertStore::empty();
    match roots {
        Some(path) => {
            let said = |what: &dyn std::fmt::Display| {
                wrong(format!(
                    "{}: {what}. Give a file of certificates in PEM with sslrootcert=",
                    path.display()
                ))
            };
            let found = CertificateDer::pem_file_iter(path).map_err(|error| said(&error))?;
            for one in found {
                let one = one.map_err(|error| said(&error))?;
                store.add(one).map_err(|error| said(&error))?;
            }
            if store.is_empty() {
                return Err(said(&"no certificate is in it"));
            }
        }
        None => {
            // What of the system's own list cannot be read vouches for nobody.
            store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    Ok(store)
}

/// Speaks TLS over a socket to a host of this name.
pub(super) fn over(stream: TcpStream, host: &str, roots: Option<&Path>) -> io::Result<Secured> {
    let name = ServerName::try_from(host.to_owned())
        .map_err(|_| wrong(format!("\"{host}\" is no name that a certificate can hold")))?;
    let config = ClientConfig::builder_with_provider(Arc::new(
        rustls::crypto::aws_lc_rs::default_provider(),
    ))
    .with_safe_default_protocol_versions()
    .map_err(io::Error::other)?
    .with_root_certificates(trusted(roots)?)
    .with_no_client_auth();
    let connection = ClientConnection::new(Arc::new(config), name).map_err(io::Error::other)?;
    let mut secured = StreamOwned::new(connection, stream);
    // Now rather than with the first question, so that the reason is told.
    while secured.conn.is_handshaking() {
        secured.conn.complete_io(&mut secured.sock)?;
    }
    Ok(secured)
}
