//! The way to a PostgreSQL server over a network: under TLS, to the host that was named and to nobody else, with a password that is
//! never sent.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use rcgen::{CertifiedKey, generate_simple_self_signed};
use trellis_store::{Address, Store};

use crate::school::Folder;
use crate::server::{APP, OWNER, Server, add, put};

const PASSWORD: &str = "s p+c%r\u{e9}t";

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
    listener.local_addr().expect("it listens").port()
}

/// A server that takes TLS and a password over the network, with the file of its certificate. `None` where PostgreSQL is not
/// installed.
fn server(folder: &Folder, port: u16) -> Option<(Server, PathBuf)> {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a name");
    let own = folder.path().join("server.pem");
    std::fs::write(&own, cert.pem()).expect("it can be written");
    let furnish = |data: &Path| {
        put(&data.join("server.crt"), &cert.pem());
        put(&data.join("server.key"), &signing_key.serialize_pem());
        add(
            &data.join("postgresql.conf"),
            "listen_addresses = '127.0.0.1'\nssl = on\n",
        );
        let doors = format!("local all all trust\nhostssl all {APP} 127.0.0.1/32 scram-sha-256\n");
        put(&data.join("pg_hba.conf"), &doors);
    };
    let server = Server::start_at(port, furnish)?;
    trellis_store::prepare(&server.address(OWNER, 1), APP).expect("the owner may");
    server.ask(&format!("ALTER ROLE {APP} PASSWORD '{PASSWORD}'"));
    Some((server, own))
}

fn open(url: &str) -> Result<(), String> {
    let address = Address::parse(url).expect("an address");
    let store = Store::open_at(&address, true).map_err(|error| error.to_string())?;
    store.district().map_err(|error| error.to_string())?;
    Ok(())
}

#[test]
fn a_server_on_the_network_shows_its_certificate_and_gets_no_password() {
    let folder = Folder::new("secured");
    let port = free_port();
    let Some((server, own)) = server(&folder, port) else {
        return;
    };
    let stranger = generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a name");
    let strangers = folder.path().join("stranger.pem");
    std::fs::write(&strangers, stranger.cert.pem()).expect("it can be written");
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "").expect("it can be written");
    let url = |password: &str, host: &str, asked: &str| {
        format!("postgres://{APP}:{password}@{host}:{port}/school?tenant=1&{asked}")
    };
    let (right, own) = ("s%20p+c%25r%C3%A9t", own.display());
    let secured = format!("sslmode=verify-full&sslrootcert={own}");
    assert_eq!(open(&url(right, "localhost", &secured)), Ok(()));
    let is_secured = "SELECT count(*) > 0 FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
        WHERE ssl AND application_name = 'trellis'";
    let address = Address::parse(&url(right, "localhost", &secured)).expect("an address");
    let store = Store::open_at(&address, false).expect("it opens");
    assert_eq!(server.ask(is_secured), "t");
    drop(store);
    for (password, host, asked, why) in [
        ("wrong", "localhost", secured.clone(), "password"),
        // The certificate is not for this host, or nobody trusted vouches for it.
        (right, "127.0.0.1", secured.clone(), "certificate"),
        (
            right,
            "localhost",
            format!("sslrootcert={}", strangers.display()),
            "certificate",
        ),
        (
            right,
            "localhost",
            "sslmode=verify-full".into(),
            "certificate",
        ),
        (
            right,
            "localhost",
            format!("sslrootcert={}", empty.display()),
            "no certificate is in it",
        ),
        (
            right,
            "localhost",
            "sslrootcert=/nowhere.pem".into(),
            "/nowhere.pem",
        ),
        // The server itself takes nobody without TLS.
        (right, "localhost", "sslmode=disable".into(), "pg_hba.conf"),
    ] {
        let said = open(&url(password, host, &asked)).expect_err(why);
        assert!(said.contains(why), "{asked}: {said}");
    }
}

#[test]
fn nothing_is_said_to_a_server_that_does_not_speak_tls() {
    for (answer, why) in [(&b"N"[..], "speaks no TLS"), (b"SN", ""), (b"", "")] {
        let listener = TcpListener::bind("127.0.0.1:0").expect("there is a port");
        let port = listener.local_addr().expect("it listens").port();
        let heard = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().expect("somebody comes");
            let mut asked = [0; 8];
            stream.read_exact(&mut asked).expect("a question");
            stream.write_all(answer).expect("an answer");
            let _ = stream.shutdown(std::net::Shutdown::Write);
            let mut rest = Vec::new();
            let _ = stream.read_to_end(&mut rest);
            (asked, rest)
        });
        let url = format!("postgres://app:secret@localhost:{port}/school?sslmode=verify-full");
        let said = open(&url).expect_err("it speaks no TLS");
        assert!(said.contains(why), "{said}");
        let (asked, rest) = heard.join().expect("it has listened");
        // The request for TLS of the protocol, and no name, no password after it.
        assert_eq!(asked, [0, 0, 0, 8, 4, 210, 22, 47]);
        assert!(!rest.windows(6).any(|part| part == b"secret"));
    }
}
