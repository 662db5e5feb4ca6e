//! How many answers a second are acknowledged with everything on the disk: on a file, on a server, and by two machines on one
//! server, beside what the server itself does. A measurement and no check, so it runs only by name:
//! `cargo nextest run -p trellis-store --run-ignored only -E 'test(answers_a_second)' --no-capture`.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use trellis_core::id::PersonId;
use trellis_core::people::{Person, Role};
use trellis_store::{Roster, Store};

use crate::contract::learner;
use crate::school::{self, Folder, OPERATOR, START, actor, asked, respond, start, take_course};
use crate::server::{APP, Server};

/// Learners, each of whom answers one question after the other.
const LEARNERS: u128 = 256;
/// How long it is measured, in seconds.
const SECONDS: u64 = 5;

fn fill(store: &Store) {
    store
        .import(&school::source(), vec![school::import()])
        .expect("it is kept");
    store.add_roster(school::roster()).expect("it is kept");
    let people = (0..LEARNERS).map(|number| Person {
        id: PersonId(10_000 + number),
        sourced_id: format!("pace-{number}"),
        given_name: "Some".to_owned(),
        family_name: "Body".to_owned(),
        role: Role::Learner,
    });
    let roster = Roster {
        people: people.collect(),
        ..Roster::default()
    };
    store.add_roster(roster).expect("it is kept");
    let takes = (0..LEARNERS).map(|number| {
        let take = take_course(PersonId(10_000 + number));
        asked(actor(OPERATOR, Role::Operator), START, take)
    });
    for reply in store
        .execute_together(takes.collect())
        .expect("it is taken")
    {
        reply.expect("the disk works").expect("the course is there");
    }
}

/// Answers a second, with each learner on one of these machines.
fn rate(machines: &[&Store], run: u128) -> f64 {
    let (over, answers) = (AtomicBool::new(false), AtomicU64::new(0));
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for (number, store) in (0..LEARNERS).zip(machines.iter().cycle()) {
            let (over, answers) = (&over, &answers);
            scope.spawn(move || {
                let who = PersonId(10_000 + number);
                for id in (run * 1_000 + number) * 1_000_000.. {
                    if over.load(Ordering::Relaxed) {
                        break;
                    }
                    let item = usize::try_from(id % 8).expect("small");
                    let begin = asked(learner(who), START, start(who, id, "a", item));
                    store
                        .execute(begin)
                        .expect("it works")
                        .expect("it can be begun");
                    let answer = asked(learner(who), START, respond(who, id, id, "7"));
                    store
                        .execute(answer)
                        .expect("it works")
                        .expect("it is open");
                    answers.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        std::thread::sleep(Duration::from_secs(SECONDS));
        over.store(true, Ordering::Relaxed);
    });
    let count = u32::try_from(answers.load(Ordering::Relaxed)).expect("not that many");
    f64::from(count) / begun.elapsed().as_secs_f64()
}

#[test]
#[ignore = "a measurement"]
fn answers_a_second() {
    let folder = Folder::new("pace");
    let file = Store::open(folder.path(), true).expect("a new folder opens");
    fill(&file);
    eprintln!(
        "a file: {:.0} answers/s, each begun and answered",
        rate(&[&file], 0)
    );
    assert_eq!(file.verify(|_| {}).expect("it can be read").mismatches, []);
    let Some(server) = Server::prepared() else {
        return;
    };
    let open = || Store::open_at(&server.address(APP, 1), true).expect("it is prepared");
    let one = open();
    fill(&one);
    eprintln!("PostgreSQL, one machine: {:.0} answers/s", rate(&[&one], 0));
    let two = open();
    eprintln!(
        "PostgreSQL, two machines: {:.0} answers/s",
        rate(&[&one, &two], 1)
    );
    assert_eq!(two.verify(|_| {}).expect("it can be read").mismatches, []);
    for (what, limit) in server.limits() {
        eprintln!("pgbench, {what}: {limit:.0} transactions/s");
    }
}
