//! A school from nothing: an empty folder, a sheet of a class, an invitation, and a teacher who comes in and opens the class.
#![allow(
    clippy::unwrap_used,
    reason = "what a test stands on must be there, or the test stops"
)]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use serde_json::Value;

use crate::school::{Scratch, Server, run};

const SHEET: &str = "\
Student ID,First name,Last name,Class,Role,Child ID
t1,Ngozi,Okafor,5A Mathematics,teacher,
s1,Ana,Lopez,5A Mathematics,student,
s2,Ben,Kim,5A Mathematics,student,
f1,Rosa,Lopez,,family,s1
";

/// A reply: its status, its cookie, where it leads, its body.
struct Reply {
    status: u16,
    cookie: Option<String>,
    to: Option<String>,
    body: String,
}

fn send(server: &Server, method: &str, path: &str, cookie: Option<&str>, form: &str) -> Reply {
    let host = &server.address;
    let cookie = cookie.map_or_else(String::new, |cookie| format!("Cookie: {cookie}\r\n"));
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{cookie}\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    )
    .unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    let (head, body) = reply.split_once("\r\n\r\n").unwrap();
    let header = |name: &str| {
        let lines = head.lines().filter_map(|line| line.split_once(": "));
        let mut found = lines.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value.to_owned())
    };
    Reply {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        cookie: header("set-cookie").map(|line| line.split(';').next().unwrap().to_owned()),
        to: header("location"),
        body: body.to_owned(),
    }
}

#[test]
fn a_school_begins_from_nothing() {
    let scratch = Scratch::new();
    let (dir, sheet) = (scratch.path("school"), scratch.write("class.csv", SHEET));
    let early = run(&["invite", "--dir", &dir]);
    early.fails(2, &["there is no Trellis database here"]);
    run(&["create", "--dir", &dir, "--name", "Lincoln School"]).succeeds();
    let twice = run(&["create", "--dir", &dir, "--name", "Lincoln School"]);
    twice.fails(2, &["there is a school here already"]);
    let nobody = run(&["invite", "--dir", &dir]);
    nobody.fails(2, &["there is nobody to invite"]);
    run(&["roster", "import", &sheet, "--dir", &dir]).succeeds();
    let learner = run(&["invite", "--dir", &dir, "--person", "s1"]);
    learner.fails(2, &["students come in with badges"]);
    let said = run(&["invite", "--dir", &dir, "--json"]).succeeds().json();
    let invited = said["invitations"].as_array().unwrap();
    assert_eq!(
        (invited.len(), &invited[0]["role"]),
        (1, &Value::from("teacher"))
    );
    let path = invited[0]["path"].as_str().unwrap();

    let server = Server::start_with(&dir, &[]);
    let opened = send(&server, "GET", path, None, "");
    assert_eq!(opened.status, 200);
    assert!(opened.body.contains("Hello Ngozi") && opened.body.contains("ngozi.okafor"));
    let code = path.rsplit('/').next().unwrap();
    let password = "my+cat+sleeps+on+the+piano";
    let form = format!("code={code}&login=ngozi&password={password}&again={password}");
    let joined = send(&server, "POST", "/join", None, &form);
    assert_eq!((joined.status, joined.to.as_deref()), (303, Some("/")));
    let cookie = joined.cookie.unwrap();
    let home = send(&server, "GET", "/", Some(&cookie), "");
    assert_eq!(home.to.as_deref(), Some("/teach"));
    // The only class opens at once. It has a course, students, and a family to invite.
    let classes = send(&server, "GET", "/teach", Some(&cookie), "");
    let section = classes.to.unwrap();
    for (page, expected) in [
        ("", "5A Mathematics"),
        ("/map", "Ana"),
        ("/badges", "Ben"),
        ("/invitations", "Family of Ana"),
    ] {
        let page = send(
            &server,
            "GET",
            &format!("{section}{page}"),
            Some(&cookie),
            "",
        );
        assert_eq!(page.status, 200);
        assert!(page.body.contains(expected), "{expected}");
    }
}
