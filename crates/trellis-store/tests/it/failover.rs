//! A PostgreSQL server dies while students answer, and its standby, which is behind, takes its place: what was acknowledged is
//! there. `TRELLIS_FAILOVERS` says how often.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use trellis_core::id::{PersonId, Seq};
use trellis_store::Store;

use crate::contract::{Engine as _, learner, prepare};
use crate::school::{ANA, BEN, CLEO, START, asked, respond, start};
use crate::server::{APP, Server};
use crate::shipped::Shipped;

/// Failovers without the environment's word.
const USUAL: u32 = 2;
/// How long everybody answers, in milliseconds: with the standby, and while it hears nothing.
const TOGETHER_MS: u64 = 400;
const BEHIND_MS: u64 = 1_000;
/// The tenant.
const TENANT: u32 = 1;

/// An answer that was acknowledged.
#[derive(Debug, Clone, Copy)]
struct Acknowledged {
    who: PersonId,
    number: u128,
    decision: Seq,
}

fn response(who: PersonId, number: u128) -> trellis_store::Asked {
    asked(learner(who), START, respond(who, number, number, "7"))
}

/// Answers until the server is gone, and gives what it acknowledged.
fn answer_on(store: &Store, who: PersonId, first: u128, over: &AtomicBool) -> Vec<Acknowledged> {
    let mut acknowledged = Vec::new();
    for number in first.. {
        let item = usize::try_from(number % 8).expect("small");
        let begin = asked(learner(who), START, start(who, number, "a", item));
        if over.load(Ordering::Relaxed) || store.execute(begin).is_err() {
            break;
        }
        match store.execute(response(who, number)) {
            Ok(Ok(outcome)) => acknowledged.push(Acknowledged {
                who,
                number,
                decision: outcome.decision,
            }),
            Ok(Err(refusal)) => panic!("{refusal:?}"),
            Err(_) => break,
        }
    }
    acknowledged
}

/// Everybody answers, the standby hears nothing any more, the server dies, and the standby takes its place. Gives how many answers were
/// acknowledged, and how many of them are not there any more.
fn fail_over(server: &Server, standby: &Server, round: u32) -> (usize, usize) {
    let store = Store::open_at(&server.address(APP, TENANT), false).expect("it is there");
    let over = AtomicBool::new(false);
    let acknowledged: Vec<Acknowledged> = std::thread::scope(|scope| {
        let (store, over) = (&store, &over);
        let crowd = [ANA, BEN, CLEO].map(|who| {
            let first = u128::from(round) * 1_000_000 + who.0 * 100_000;
            scope.spawn(move || answer_on(store, who, first, over))
        });
        std::thread::sleep(Duration::from_millis(TOGETHER_MS));
        standby.part();
        std::thread::sleep(Duration::from_millis(BEHIND_MS));
        server.kill();
        over.store(true, Ordering::Relaxed);
        let answered = crowd.map(|one| one.join().expect("it ended"));
        answered.into_iter().flatten().collect()
    });
    standby.promote();
    let store = Store::open_at(&standby.address(APP, TENANT), false).expect("it is there too");
    let verified = store.verify(|_| {}).expect("it can be read");
    assert_eq!(verified.mismatches, []);
    // The same answer once more: its first reply comes back, or it was lost.
    let is_lost = |one: &&Acknowledged| match store.execute(response(one.who, one.number)) {
        Ok(Ok(outcome)) => !outcome.repeated || outcome.decision != one.decision,
        Ok(Err(_)) => true,
        Err(error) => panic!("{error}"),
    };
    let lost = acknowledged.iter().filter(is_lost).count();
    (acknowledged.len(), lost)
}

fn begin(server: &Server) {
    let mut shipped = Shipped::at(server.address(APP, TENANT));
    prepare(&mut shipped);
    assert_eq!(shipped.verify(), []);
}

#[test]
fn nothing_acknowledged_is_lost_when_a_synchronous_standby_takes_over() {
    let Some(mut server) = Server::prepared() else {
        return;
    };
    begin(&server);
    let rounds = std::env::var("TRELLIS_FAILOVERS").map_or(USUAL, |rounds| {
        rounds.parse().expect("TRELLIS_FAILOVERS is a number")
    });
    let mut acknowledged = 0;
    for round in 1..=rounds {
        // Written as the server was copied: the one that takes over waits for nobody until it is told.
        let standby = server.standby(
            &format!("data{round}"),
            5432 + u16::try_from(round % 2).expect("small"),
        );
        server.commit_on("standby");
        let (count, lost) = fail_over(&server, &standby, round);
        assert_eq!(lost, 0, "of {count} in round {round}");
        assert!(count > 0, "round {round} proves nothing");
        acknowledged += count;
        server = standby;
    }
    println!("{rounds} failovers, {acknowledged} acknowledged answers, 0 lost");
}

/// The same with a standby that nobody waits for: without this, the test above could be one that cannot fail.
#[test]
fn an_asynchronous_standby_loses_what_it_had_not_got() {
    let Some(server) = Server::prepared() else {
        return;
    };
    begin(&server);
    let standby = server.standby("data1", 5433);
    server.commit_on("");
    let (count, lost) = fail_over(&server, &standby, 1);
    assert!(lost > 0, "of {count} none was lost");
}
