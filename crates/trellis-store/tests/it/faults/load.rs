//! A school that answers on a failing disk: a process of its own, whose clients send again until they have a reply.

use std::path::Path;
use std::process::{Command as Process, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use trellis_core::people::Role;
use trellis_store::Store;

use super::disk::{Fault, under};
use crate::kill::{THREADS, Tally, Told, examine, heard, listen, load_learner, prepare, say};
use crate::school::{COMPETENCIES, Folder, START, actor, asked, respond, start};

/// The folder of the school.
const DIR: &str = "TRELLIS_FAULT_DIR";
/// The folder of the second copy, if there is to be one.
const SECOND: &str = "TRELLIS_FAULT_SECOND";
/// Which life of the database it is, so that ids do not repeat.
const LIFE: &str = "TRELLIS_FAULT_LIFE";
/// How many answers each of the threads gives.
const ANSWERS: &str = "TRELLIS_FAULT_ANSWERS";
/// How often a client sends the same again before it gives up.
const PATIENCE: u32 = 3_000;
/// How long a process may take, in seconds.
const LONGEST_S: u64 = 240;

/// What a run of the process came to.
pub(super) struct Ran {
    pub(super) told: Told,
    pub(super) status: ExitStatus,
    /// How often a client was told to come again.
    pub(super) refused: u64,
    /// Whether the database opened.
    pub(super) opened: bool,
}

/// How a process is to be run.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Run<'a> {
    pub(super) life: u32,
    pub(super) answers: u32,
    pub(super) fault: Option<Fault>,
    pub(super) trace: Option<&'a Path>,
    pub(super) second: Option<&'a Path>,
    /// The fault is of the second disk, and not of the school's.
    pub(super) fault_on_second: bool,
    /// Stop the process for this many milliseconds once it answers.
    pub(super) stopped_ms: u64,
    /// Kill it after so many acknowledgements.
    pub(super) kill_after: Option<usize>,
}

fn number(name: &str) -> u128 {
    std::env::var(name)
        .expect("started by a fault test")
        .parse()
        .expect("a number")
}

/// Not a test of its own: the process that the fault tests start.
#[test]
#[ignore = "the process that the fault tests start"]
fn answer_through_faults() {
    let dir = std::env::var(DIR).expect("started by a fault test");
    let (life, answers) = (number(LIFE), number(ANSWERS));
    let opened = match std::env::var(SECOND) {
        Ok(second) => Store::open_with_second(Path::new(&dir), Path::new(&second)),
        Err(_) => Store::open(Path::new(&dir), false),
    };
    let store = match opened {
        Ok(store) => store,
        Err(error) => {
            say(&format!("N {error}\n"));
            return;
        }
    };
    say("R\n");
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let store = &store;
            scope.spawn(move || answer(store, thread, life, answers));
        }
    });
    drop(store);
    say("E\n");
}

/// Gives answers one after the other, each until it has a reply.
fn answer(store: &Store, thread: u128, life: u128, answers: u128) {
    let learner = load_learner(thread);
    let who = actor(learner, Role::Learner);
    let mut now = START.plus_ms(i64::try_from(life).expect("small") * 600_000);
    for round in 0..answers {
        let id = (life << 64) | (thread << 48) | round;
        let item = usize::try_from(round % 7).expect("small");
        now = now.plus_ms(500);
        let begin = asked(who, now, start(learner, id, COMPETENCIES[0], item));
        // Refused only when it was begun by a try whose reply said that the disk failed.
        if until_replied(store, &begin).is_none() {
            return;
        }
        let text = ["7", "8", "7", "((", "7"][usize::try_from(round % 5).expect("small")];
        say(&format!("A {} {id} {id}\n", learner.0));
        now = now.plus_ms(500);
        let give = asked(who, now, respond(learner, id, id, text));
        let Some(reply) = until_replied(store, &give) else {
            return;
        };
        let outcome = reply.expect("the attempt is open");
        say(&format!("K {} {id} {}\n", learner.0, outcome.decision.0));
    }
}

/// Sends the same until there is a reply, as a browser does. `None` when it gave up.
fn until_replied(
    store: &Store,
    asked: &trellis_store::Asked,
) -> Option<Result<trellis_store::Outcome, trellis_core::refusal::Refusal>> {
    for _ in 0..PATIENCE {
        match store.execute(asked.clone()) {
            Ok(reply) => return Some(reply),
            Err(_) => {
                say("F\n");
                std::thread::sleep(Duration::from_millis(1));
            }
        }
    }
    None
}

/// Starts the process on a folder that was [`prepare`]d, and waits for its end.
pub(super) fn run(folder: &Folder, how: Run<'_>) -> Ran {
    let mut process = Process::new(std::env::current_exe().expect("this test has a file"));
    process
        .args([
            "faults::load::answer_through_faults",
            "--exact",
            "--ignored",
            "--nocapture",
        ])
        .env(DIR, folder.path())
        .env(LIFE, how.life.to_string())
        .env(ANSWERS, how.answers.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    if let Some(second) = how.second {
        process.env(SECOND, second);
    }
    if how.fault.is_some() || how.trace.is_some() {
        let disk = match how.second {
            Some(second) if how.fault_on_second => second,
            _ => folder.path(),
        };
        under(&mut process, disk, how.fault, how.trace);
    }
    let mut child = process.spawn().expect("the process starts");
    let told = listen(child.stdout.take().expect("piped"));
    let patience = Instant::now();
    let mut lines = Vec::new();
    let mut acknowledged = 0;
    while let Ok(line) = told.recv_timeout(Duration::from_secs(LONGEST_S)) {
        acknowledged += usize::from(line.starts_with("K "));
        if how.stopped_ms > 0 && acknowledged == 5 && line.starts_with("K ") {
            signal(&child, "STOP");
            std::thread::sleep(Duration::from_millis(how.stopped_ms));
            signal(&child, "CONT");
        }
        if how.kill_after.is_some_and(|after| acknowledged == after) {
            child.kill().expect("it can be killed");
        }
        lines.push(line);
        assert!(
            patience.elapsed().as_secs() < LONGEST_S,
            "the process takes too long: {how:?}"
        );
    }
    let status = child.wait().expect("it is gone");
    let count = |word: &str| lines.iter().filter(|line| *line == word).count() as u64;
    Ran {
        told: heard(&lines),
        status,
        refused: count("F"),
        opened: count("R") > 0,
    }
}

fn signal(child: &std::process::Child, name: &str) {
    let sent = Process::new("kill")
        .args([format!("-{name}"), child.id().to_string()])
        .status()
        .expect("kill is there");
    assert!(sent.success());
}

/// One life on a failing disk after the other, each examined on a sound one: what was acknowledged is there once, what was not
/// can be sent again and is then there once, and the fold is equal, bit for bit.
pub(super) struct Lives {
    pub(super) folder: Folder,
    all: Told,
    pub(super) tally: Tally,
    life: u32,
    pub(super) refused: u64,
    pub(super) broken_off: u32,
}

impl Lives {
    pub(super) fn new(name: &str) -> Self {
        let folder = Folder::new(name);
        drop(prepare(folder.path()));
        Self {
            folder,
            all: Told::new(),
            tally: Tally::default(),
            life: 0,
            refused: 0,
            broken_off: 0,
        }
    }

    /// Lives once and examines what is left.
    pub(super) fn live(&mut self, how: Run<'_>) -> Ran {
        self.live_and(how, |_| ())
    }

    /// Lives once, lets something happen to what is left, and examines that.
    pub(super) fn live_and(&mut self, how: Run<'_>, then: impl FnOnce(&Self)) -> Ran {
        let how = Run {
            life: self.life,
            ..how
        };
        self.life += 1;
        let ran = run(&self.folder, how);
        self.refused += ran.refused;
        self.broken_off += u32::from(!ran.status.success());
        self.all
            .extend(ran.told.iter().map(|(key, said)| (*key, *said)));
        then(self);
        examine(&self.folder, &self.all, &ran.told, &mut self.tally);
        assert_eq!(
            (self.tally.lost, self.tally.doubled),
            (0, 0),
            "after {how:?}"
        );
        ran
    }

    /// Prints the counts.
    pub(super) fn say(&self, what: &str) {
        eprintln!(
            "{what}: {} lives, {} ended by the fault, {} times told to come again, {}",
            self.life, self.broken_off, self.refused, self.tally
        );
    }
}
