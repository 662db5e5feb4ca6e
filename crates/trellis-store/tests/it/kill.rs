//! Sudden death: a process that answers under load is killed at random moments. What was acknowledged is there once;
//! what was not can be sent again and is then there once.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command as Process, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_store::{Address, Roster, Store};

use crate::school::{
    self, COMPETENCIES, Folder, OPERATOR, START, actor, asked, respond, start, take_course,
};
use crate::server::{APP, Server};

/// The variable that tells the process under load which folder to use; its value ends with the number of the life.
const LOAD: &str = "TRELLIS_LOAD_DIR";
/// The variable that says which life of the database it is, so that ids do not repeat.
const LIFE: &str = "TRELLIS_LOAD_LIFE";
/// How many threads answer, each as one learner.
pub(crate) const THREADS: u128 = 8;
/// Kills unless the variable `TRELLIS_KILLS` asks for more.
const KILLS: u32 = 200;
/// The same on a server, where each life begins more slowly.
const KILLS_ON_A_SERVER: u32 = 60;
/// Lives of one database. A new one now and then keeps the check of the whole journal short, and lets some kills fall
/// into the making of the file.
const LIVES: u32 = 20;
/// The longest life, in milliseconds from the first sign.
const LONGEST_MS: u64 = 120;

/// What the process under load said about one answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Said {
    pub(crate) attempt: u128,
    /// The decision, once it was acknowledged.
    pub(crate) acknowledged: Option<u64>,
}

/// By learner and answer.
pub(crate) type Told = BTreeMap<(u128, u128), Said>;

#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) kills: u32,
    pub(crate) before_ready: u32,
    pub(crate) acknowledged: u64,
    pub(crate) unacknowledged: u64,
    pub(crate) of_those_committed: u64,
    pub(crate) lost: u64,
    pub(crate) doubled: u64,
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            kills,
            before_ready,
            acknowledged,
            unacknowledged,
            of_those_committed,
            lost,
            doubled,
        } = self;
        if *kills > 0 {
            write!(
                f,
                "{kills} times killed ({before_ready} before it was ready), "
            )?;
        }
        write!(
            f,
            "{acknowledged} answers acknowledged, {unacknowledged} not ({of_those_committed} of them committed), \
             {lost} lost, {doubled} doubled"
        )
    }
}

pub(crate) fn load_learner(thread: u128) -> PersonId {
    PersonId(1_000 + thread)
}

/// SplitMix64: the same seed kills at the same moments, as far as a scheduler allows.
pub(crate) fn next(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *seed;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// A line at once: a pipe takes a line of this length whole or not at all.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // Nobody listens any more when the parent is gone; then this process ends too.
    if out
        .write_all(line.as_bytes())
        .and_then(|()| out.flush())
        .is_err()
    {
        std::process::abort();
    }
}

/// Where the database stands that a process under load uses.
pub(crate) trait Home {
    /// As the process is told.
    fn place(&self) -> String;
    /// How often each answer stands in the journal, and where. Fails when what is stored is damaged.
    fn journal(&self) -> BTreeMap<(u128, u128), Vec<u64>>;
}

impl Home for Folder {
    fn place(&self) -> String {
        self.path().display().to_string()
    }

    fn journal(&self) -> BTreeMap<(u128, u128), Vec<u64>> {
        journal(self)
    }
}

/// A district on a server, by its number.
impl Home for (&Server, u32) {
    fn place(&self) -> String {
        self.0.url(APP, self.1)
    }

    fn journal(&self) -> BTreeMap<(u128, u128), Vec<u64>> {
        let said = self.0.ask(&format!(
            "SELECT encode(learner, 'hex'), decision, body::json->>'answer' FROM event
             WHERE tenant = {} AND kind IN ('responded', 'not-understood')",
            self.1
        ));
        let mut found: BTreeMap<(u128, u128), Vec<u64>> = BTreeMap::new();
        for line in said.lines() {
            let cells: Vec<&str> = line.split('|').collect();
            let id = |place: usize| u128::from_str_radix(cells[place], 16).expect("32 digits");
            let decision = cells[1].parse().expect("a decision");
            found.entry((id(0), id(2))).or_default().push(decision);
        }
        found
    }
}

fn open(place: &str, create: bool) -> Store {
    let store = match Address::parse(place) {
        Ok(address) => Store::open_at(&address, create),
        Err(_) => Store::open(Path::new(place), create),
    };
    store.expect("the database opens after a kill")
}

pub(crate) fn prepare(dir: &Path) -> Store {
    furnish(open(&dir.display().to_string(), true))
}

fn furnish(store: Store) -> Store {
    if store.catalog().course(&school::course_id()).is_none() {
        store
            .import(&school::source(), vec![school::import()])
            .expect("the course is kept");
    }
    let people = (0..THREADS).map(|thread| school::learner(load_learner(thread)));
    let load = Roster {
        people: people.collect(),
        ..Roster::default()
    };
    store
        .add_roster(school::roster())
        .expect("the roster is kept");
    store.add_roster(load).expect("the roster is kept");
    for thread in 0..THREADS {
        let take = take_course(load_learner(thread));
        // Taken in an earlier life already: then the rules refuse it, and that is well.
        let _ = store
            .execute(asked(actor(OPERATOR, Role::Operator), START, take))
            .expect("the disk works");
    }
    store
}

/// Not a test of its own: the process that [`acknowledged_answers_survive`] starts and kills.
#[test]
#[ignore = "the process that the kill test starts and kills"]
fn answer_under_load() {
    let dir = std::env::var(LOAD).expect("started by the kill test");
    let life: u128 = std::env::var(LIFE)
        .expect("a life")
        .parse()
        .expect("a number");
    let store = furnish(open(&dir, true));
    say("R\n");
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let store = &store;
            scope.spawn(move || answer_forever(store, thread, life));
        }
    });
}

fn answer_forever(store: &Store, thread: u128, life: u128) {
    let learner = load_learner(thread);
    let who = actor(learner, Role::Learner);
    let mut now = START.plus_ms(i64::try_from(life).expect("small") * 600_000);
    for round in 0u128.. {
        let id = (life << 64) | (thread << 48) | round;
        let about = COMPETENCIES[0];
        let item = usize::try_from(round % 7).expect("small");
        now = now.plus_ms(500);
        store
            .execute(asked(who, now, start(learner, id, about, item)))
            .expect("the disk works")
            .expect("an attempt can be begun");
        // Wrong now and then, and unreadable now and then: each is an answer that must not get lost.
        let text = ["7", "8", "7", "((", "7"][usize::try_from(round % 5).expect("small")];
        say(&format!("A {} {id} {id}\n", learner.0));
        now = now.plus_ms(500);
        let outcome = store
            .execute(asked(who, now, respond(learner, id, id, text)))
            .expect("the disk works")
            .expect("the attempt is open");
        assert!(!outcome.repeated, "a new answer was taken for an old one");
        say(&format!("K {} {id} {}\n", learner.0, outcome.decision.0));
    }
}

/// Reads what a process says until its end.
pub(crate) fn listen(out: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (said, hear) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            if said.send(line).is_err() {
                return;
            }
        }
    });
    hear
}

/// One life: start, let it run for a while, kill it. Adds what it said to `told`.
fn live_and_die(home: &impl Home, life: u32, seed: &mut u64, told: &mut Told) -> bool {
    let mut child = Process::new(std::env::current_exe().expect("this test has a file"))
        .args([
            "kill::answer_under_load",
            "--exact",
            "--ignored",
            "--nocapture",
        ])
        .env(LOAD, home.place())
        .env(LIFE, life.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the process starts");
    let hear = listen(child.stdout.take().expect("piped"));
    let mut lines = Vec::new();
    // One in eight dies at a moment counted from its start: while it makes or opens the file.
    let from_start = next(seed).is_multiple_of(8);
    if !from_start {
        let patience = Instant::now();
        while patience.elapsed() < Duration::from_secs(60) {
            match hear.recv_timeout(Duration::from_secs(60)) {
                Ok(line) if line == "R" => break,
                Ok(line) => lines.push(line),
                Err(error) => panic!(
                    "the process under load did not begin: {error} {:?}",
                    child.try_wait()
                ),
            }
        }
    }
    std::thread::sleep(Duration::from_micros(next(seed) % (LONGEST_MS * 1_000)));
    assert!(
        child.try_wait().expect("a child").is_none(),
        "the process under load ended by itself"
    );
    child.kill().expect("it can be killed");
    child.wait().expect("it is gone");
    lines.extend(hear.iter());
    let ready = !from_start || lines.iter().any(|line| line == "R");
    told.extend(heard(&lines));
    ready
}

/// What a process said, line by line.
pub(crate) fn heard(lines: &[String]) -> Told {
    let mut told = Told::new();
    for line in lines {
        let words: Vec<&str> = line.split(' ').collect();
        let number = |place: usize| words[place].parse::<u128>().expect("a number");
        match words[0] {
            "A" => {
                let said = Said {
                    attempt: number(3),
                    acknowledged: None,
                };
                told.insert((number(1), number(2)), said);
            }
            "K" => {
                let said = told.get_mut(&(number(1), number(2))).expect("asked before");
                said.acknowledged = Some(words[3].parse().expect("a number"));
            }
            _ => {}
        }
    }
    told
}

/// How often each answer stands in the journal, and where.
pub(crate) fn journal(folder: &Folder) -> BTreeMap<(u128, u128), Vec<u64>> {
    let connection = Connection::open(folder.database()).expect("it opens");
    let sound: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .expect("it can be checked");
    assert_eq!(sound, "ok", "the file is damaged");
    let mut statement = connection
        .prepare("SELECT learner, decision, json_extract(body, '$.answer') FROM event WHERE kind IN ('responded', 'not-understood')")
        .expect("the journal is there");
    let mut rows = statement.query([]).expect("it can be read");
    let mut found: BTreeMap<(u128, u128), Vec<u64>> = BTreeMap::new();
    while let Some(row) = rows.next().expect("it can be read") {
        let learner: [u8; 16] = row.get(0).expect("16 bytes");
        let answer: String = row.get(2).expect("an answer has an id");
        let answer = u128::from_str_radix(&answer, 16).expect("32 digits");
        found
            .entry((u128::from_be_bytes(learner), answer))
            .or_default()
            .push(row.get(1).expect("a decision"));
    }
    found
}

/// Opens the database as it was left, counts, sends again what was not acknowledged, and folds everything again.
pub(crate) fn examine(home: &impl Home, all: &Told, told: &Told, tally: &mut Tally) {
    // Reopening comes first: it is what brings the journal of SQLite to its end.
    drop(furnish(open(&home.place(), true)));
    let before = home.journal();
    let store = open(&home.place(), false);
    let now = START.plus_days(1);
    for ((learner, answer), said) in told {
        let found = before
            .get(&(*learner, *answer))
            .map_or(&[][..], Vec::as_slice);
        tally.doubled += u64::from(found.len() > 1);
        if let Some(decision) = said.acknowledged {
            tally.acknowledged += 1;
            tally.lost += u64::from(found != [decision]);
        } else {
            tally.unacknowledged += 1;
            tally.of_those_committed += u64::from(!found.is_empty());
        }
        let who = actor(PersonId(*learner), Role::Learner);
        let again = respond(who.person, said.attempt, *answer, "7");
        let reply = store
            .execute(asked(who, now, again))
            .expect("the disk works")
            .expect("an answer sent again is taken");
        assert_eq!(
            reply.repeated,
            !found.is_empty(),
            "{learner} {answer}: {said:?}"
        );
        if let [decision] = found {
            assert_eq!(
                reply.decision.0, *decision,
                "the first reply is given again"
            );
        }
    }
    let verified = store.verify(|_| {}).expect("it can be read");
    assert_eq!(verified.mismatches, [], "the fold differs after a kill");
    drop(store);
    let after = home.journal();
    for key in all.keys() {
        let count = after.get(key).map_or(0, Vec::len);
        tally.doubled += u64::from(count > 1);
        tally.lost += u64::from(count == 0);
    }
    let strangers = after.keys().filter(|key| !all.contains_key(key)).count();
    assert_eq!(strangers, 0, "answers that nobody gave");
}

/// Kills as often as is asked for; each database, given by its number, has a few lives.
fn survives<H: Home>(usual: u32, mut home: impl FnMut(u32) -> H) {
    let kills: u32 = std::env::var("TRELLIS_KILLS").map_or(usual, |count| {
        count.parse().expect("TRELLIS_KILLS is a number")
    });
    let mut seed = 20_261;
    let mut tally = Tally::default();
    let begun = Instant::now();
    for number in 1.. {
        if tally.kills >= kills {
            break;
        }
        let home = home(number);
        let mut all = Told::new();
        for life in 0..LIVES.min(kills - tally.kills) {
            let mut told = Told::new();
            let ready = live_and_die(&home, life, &mut seed, &mut told);
            tally.kills += 1;
            tally.before_ready += u32::from(!ready);
            all.extend(told.iter().map(|(key, said)| (*key, *said)));
            examine(&home, &all, &told, &mut tally);
            assert_eq!(
                (tally.lost, tally.doubled),
                (0, 0),
                "after kill {}",
                tally.kills
            );
        }
    }
    eprintln!("kills: {tally}, {} s", begun.elapsed().as_secs());
    assert!(
        tally.acknowledged > u64::from(tally.kills),
        "the load was no load"
    );
}

#[test]
fn acknowledged_answers_survive() {
    survives(KILLS, |_| Folder::new("kill"));
}

#[test]
fn acknowledged_answers_survive_on_a_server() {
    if let Some(server) = Server::prepared() {
        survives(KILLS_ON_A_SERVER, |tenant| (&server, tenant));
    }
}
