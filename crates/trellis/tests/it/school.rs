//! What the tests of the commands stand on: a folder that goes away, a small school in it, and a way to run the binary.
#![allow(
    clippy::unwrap_used,
    reason = "what a test stands on must be there, or the test stops"
)]

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::Value;
use trellis_core::command::Command as Wish;
use trellis_core::context::Actor;
use trellis_core::framework::{CompetencyId, CourseId};
use trellis_core::id::{AnswerId, AttemptId, PersonId};
use trellis_core::item::Response;
use trellis_core::people::{Person, Role};
use trellis_core::recommendation::Purpose;
use trellis_core::time::Timestamp;
use trellis_store::{Asked, Roster, Store};

const COURSE: &str = r#"id = "small"
title = "Small"
grades = ["4"]
subject = "mathematics"
language = "en"
licence = "CC-BY-4.0"
authors = ["A"]
framework = "F"
units = ["u"]
[[interest]]
id = "cooking"
title = "Cooking"
"#;
const UNIT: &str = include_str!("../../../../testdata/small/unit.toml");
const ITEMS: &str = include_str!("../../../../testdata/small/items.toml");

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A folder that is gone when dropped.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    pub(crate) fn new() -> Self {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("trellis-commands-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        // A run that was killed leaves its folder behind, and the system gives its number to another.
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self, inside: &str) -> String {
        self.0.join(inside).display().to_string()
    }

    pub(crate) fn write(&self, inside: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.0.join(inside);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    /// A course folder, with one text replaced by another in all of its files.
    pub(crate) fn course(&self, name: &str, from: &str, to: &str) -> String {
        let files = [
            ("course.toml", COURSE),
            ("units/u/unit.toml", UNIT),
            ("units/u/items.toml", ITEMS),
        ];
        for (file, text) in files {
            self.write(&format!("{name}/{file}"), text.replace(from, to));
        }
        self.path(name)
    }

    /// A database in which somebody has answered.
    pub(crate) fn school(&self) -> String {
        let dir = self.path("school");
        let course = self.course("course", "~", "~");
        run(&["import", "course", &course, "--dir", &dir]).succeeds();
        let store = Store::open(Path::new(&dir), false).unwrap();
        let person = |id, role| Person {
            id: PersonId(id),
            sourced_id: format!("p{id}"),
            given_name: "Ada".into(),
            family_name: "Moss".into(),
            role,
        };
        let people = vec![person(1, Role::Operator), person(2, Role::Learner)];
        let roster = Roster {
            people,
            ..Roster::default()
        };
        store.add_roster(roster).unwrap();
        let (learner, course) = (PersonId(2), CourseId::new("small").unwrap());
        ask(
            &store,
            1,
            Role::Operator,
            Wish::TakeCourse { learner, course },
        );
        give_answer(&store, 5);
        dir
    }
}

fn ask(store: &Store, who: u128, role: Role, command: Wish) {
    let asked = Asked {
        command,
        actor: Actor {
            person: PersonId(who),
            role,
        },
        now: Timestamp(1_790_000_000_000),
        seed: 7,
    };
    store.execute(asked).unwrap().unwrap();
}

/// The learner of the school begins an attempt and answers in it.
fn give_answer(store: &Store, attempt: u128) {
    let learner = PersonId(2);
    let begin = Wish::Start {
        learner,
        attempt: AttemptId(attempt),
        competency: Some(CompetencyId::new("one").unwrap()),
        purpose: Purpose::Learn,
        item: None,
    };
    ask(store, 2, Role::Learner, begin);
    let answer = Wish::Respond {
        learner,
        attempt: AttemptId(attempt),
        answer: AnswerId(attempt + 1),
        response: Response::Text("1".into()),
        elapsed_ms: 900,
        said_at: None,
    };
    ask(store, 2, Role::Learner, answer);
}

/// One more attempt with one more answer.
pub(crate) fn answer_again(store: &Store) {
    give_answer(store, 50);
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A folder that stays behind in the system's temporary place harms nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What a command printed, and its code.
pub(crate) struct Ran {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) code: Option<i32>,
}

pub(crate) fn run(arguments: &[&str]) -> Ran {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_trellis"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the binary starts");
    Ran {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code(),
    }
}

impl Ran {
    pub(crate) fn succeeds(self) -> Self {
        assert_eq!(self.code, Some(0), "{}{}", self.out, self.err);
        self
    }

    /// Demands the code, and that the message has each of these words.
    pub(crate) fn fails(self, code: i32, words: &[&str]) -> Self {
        assert_eq!(self.code, Some(code), "{}{}", self.out, self.err);
        for word in words {
            assert!(self.err.contains(word), "{word} is not in: {}", self.err);
        }
        assert!(!self.err.contains("panicked"), "{}", self.err);
        self
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    /// The JSON's keys, sorted.
    pub(crate) fn keys(&self) -> Vec<String> {
        let value = self.json();
        let object = value.as_object().unwrap_or_else(|| panic!("{value}"));
        let mut keys: Vec<String> = object.keys().cloned().collect();
        keys.sort();
        keys
    }
}

/// Makes a backup.
pub(crate) fn backup(dir: &str, to: &str, key: &str, more: &[&str]) -> Ran {
    let mut arguments = vec!["backup", "--dir", dir, "--to", to, "--key", key];
    arguments.extend(more);
    run(&arguments)
}

/// Restores one.
pub(crate) fn restore(from: &str, key: &str, dir: &str, more: &[&str]) -> Ran {
    let mut arguments = vec!["restore", "--from", from, "--key", key, "--dir", dir];
    arguments.extend(more);
    run(&arguments)
}

/// A server that ends with the test.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
    /// Where its figures are, if it was asked for them.
    pub(crate) figures: Option<String>,
}

impl Server {
    pub(crate) fn start(dir: &str) -> Self {
        Self::start_with(dir, &[])
    }

    pub(crate) fn start_with(dir: &str, more: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_trellis"))
            .args(["serve", "--listen", "127.0.0.1:0", "--dir", dir])
            .args(more)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let mut out = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut address = || {
            let mut line = String::new();
            out.read_line(&mut line).unwrap();
            let address = line.split_once("://").map(|(_, rest)| rest.trim());
            let address = address.unwrap_or_default();
            address.split('/').next().unwrap_or_default().to_owned()
        };
        Self {
            address: address(),
            figures: more.contains(&"--metrics").then(address),
            child,
        }
    }
}

impl Server {
    /// Ends it, and gives what it wrote to its log.
    pub(crate) fn log(mut self) -> String {
        self.child.kill().unwrap();
        let mut text = String::new();
        let mut log = self.child.stderr.take().expect("it is piped");
        log.read_to_string(&mut text).unwrap();
        text
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server that has ended by itself needs no end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
