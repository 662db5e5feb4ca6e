//! What whoever runs a server sees of it: its settings, whether it is well, its figures, and the units that start it.
#![allow(
    clippy::unwrap_used,
    reason = "what a test stands on must be there, or the test stops"
)]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;

use crate::school::{Scratch, Server, run};

/// The reply to a request without any cookie: its status and its body.
fn get(address: &str, path: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    let (head, body) = reply.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, body.to_owned())
}

#[test]
fn a_server_says_that_it_is_well_and_gives_figures_without_people() {
    let scratch = Scratch::new();
    let dir = scratch.school();
    let second = scratch.path("second");
    let server = Server::start_with(
        &dir,
        &[
            "--metrics",
            "127.0.0.1:0",
            "--second",
            &second,
            "--log",
            "json",
        ],
    );
    let pages = server.address.as_str();
    assert_eq!(get(pages, "/health"), (200, "ok".into()));
    let (status, ready) = get(pages, "/ready");
    assert_eq!(status, 200, "{ready}");
    assert!(ready.starts_with("ready\n") && ready.contains("migration: "));
    assert_eq!(get(pages, "/nowhere").0, 404);
    assert_eq!(
        get(pages, "/metrics").0,
        404,
        "figures are not for readers of pages"
    );
    let (status, text) = get(server.figures.as_deref().unwrap(), "/metrics");
    assert_eq!(status, 200);
    for line in [
        "trellis_requests_total{route=\"/ready\",status=\"200\"} 1",
        "trellis_requests_total{route=\"none\",status=\"404\"} 2",
        "trellis_request_seconds_count{route=\"/health\"} 1",
        "trellis_queue_waiting 0",
        "trellis_shed_total 0",
    ] {
        let found = text.lines().any(|found| found == line);
        assert!(found, "{line} is not in:\n{text}");
    }
    assert!(!text.contains("Ada") && !text.contains("Moss"));
    assert!(Path::new(&second).join("trellis.db").exists());
    // Somebody else holds the file, so that nothing can be written: the program lives, and says that it can take nothing.
    let other = rusqlite::Connection::open(Path::new(&dir).join("trellis.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert_eq!(get(pages, "/ready"), (503, "not ready\n".into()));
    assert_eq!(get(pages, "/health").0, 200);
    other.execute_batch("ROLLBACK").unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    assert_eq!(get(pages, "/ready").0, 200);
    for line in server.log().lines() {
        let said: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(
            said["message"].is_string() && said["at_ms"].is_u64(),
            "{line}"
        );
    }
}

#[test]
fn settings_come_from_a_file_the_environment_and_the_command_line() {
    let scratch = Scratch::new();
    let dir = scratch.school();
    let printed = run(&["config", "--dir", &dir, "--listen", "127.0.0.1:0"]).succeeds();
    let file = scratch.write("trellis.toml", &printed.out);
    let read = run(&["config", "--config", &file, "--json"]).succeeds();
    assert_eq!(read.json()["dir"]["value"], dir);
    assert!(
        read.json()["dir"]["from"]
            .as_str()
            .unwrap()
            .contains("trellis.toml, line ")
    );
    let keys = [
        "address",
        "certificate",
        "certificate-key",
        "database",
        "dir",
        "listen",
        "log",
        "metrics",
        "proxy",
        "second",
        "second-factor",
        "sign-on",
        "unsecured",
    ];
    assert_eq!(read.keys(), keys);
    let over = run(&["config", "--config", &file, "--log", "json", "--json"]).succeeds();
    assert_eq!(over.json()["log"]["from"], "the command line, --log");
    let wrong = scratch.write("wrong.toml", "lisen = \"127.0.0.1:0\"\n");
    run(&["serve", "--config", &wrong]).fails(2, &["wrong.toml, line 1", "no setting \"lisen\""]);
    run(&["serve"]).fails(2, &["--dir", "TRELLIS_DIR"]);
    run(&["serve", "--dir", &dir, "--log", "xml"]).fails(2, &["text or json"]);
    let server = "postgres://trellis@db/school";
    run(&["serve", "--database", "mysql://db/school"]).fails(2, &["postgres:// is missing"]);
    run(&["serve", "--dir", &dir, "--database", server]).fails(2, &["do not go together"]);
}

#[test]
fn a_school_makes_its_own_certificate_and_is_served_over_tls_alone() {
    let scratch = Scratch::new();
    let dir = scratch.school();
    let to = scratch.path("tls");
    let make = [
        "certificate",
        "--to",
        &to,
        "--name",
        "school.lan",
        "--name",
        "10.0.0.7",
    ];
    let made = run(&make).succeeds().out;
    for part in [
        "school.lan, 10.0.0.7",
        "it ends on 20",
        "root.crt",
        "certificate-key",
    ] {
        assert!(made.contains(part), "{part} is not in:\n{made}");
    }
    run(&make).fails(2, &["there is one already"]);
    run(&[
        "certificate",
        "--to",
        &scratch.path("odd"),
        "--name",
        "schön",
    ])
    .fails(2, &["--name"]);
    let [chain, key] = ["server.crt", "server.key"].map(|file| format!("{to}/{file}"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let rights = std::fs::metadata(&key).unwrap().permissions().mode();
        assert_eq!(rights & 0o077, 0, "nobody else reads the key");
    }
    run(&["serve", "--dir", &dir, "--certificate", &chain]).fails(2, &["certificate-key"]);
    run(&[
        "serve",
        "--dir",
        &dir,
        "--certificate",
        &key,
        "--certificate-key",
        &chain,
    ])
    .fails(2, &["no certificate in this file"]);
    run(&["serve", "--dir", &dir, "--proxy", "here"]).fails(2, &["\"here\" is none"]);
    let server = Server::start_with(&dir, &["--certificate", &chain, "--certificate-key", &key]);
    let (status, body) = get(&server.address, "/sign-in");
    assert_eq!((status, body.as_str()), (308, ""), "no page without TLS");
}

#[test]
fn the_units_of_systemd_ask_for_what_the_program_has() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packaging");
    let mut lines = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for line in text
            .lines()
            .filter_map(|line| line.strip_prefix("ExecStart="))
        {
            let mut words = line.split(' ').skip(1);
            let help = run(&[words.next().unwrap(), "--help"]).succeeds().out;
            for flag in words.filter(|word| word.starts_with("--")) {
                assert!(
                    help.contains(&format!("{flag} ")) || help.contains(&format!("{flag}\n")),
                    "{line}: {flag}"
                );
            }
            lines += 1;
        }
    }
    assert!(lines >= 3, "the units are not there");
}
