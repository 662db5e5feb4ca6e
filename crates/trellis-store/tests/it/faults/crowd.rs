//! Replies that get lost, requests that come twice and in another order, thousands who send again at once, and more than can be
//! taken: whoever is told that an answer is kept finds it kept, and whoever is not sends it again.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::mpsc::channel;

use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_store::{Roster, Store, StoreError};

use super::{Numbers, scale};
use crate::school::{
    self, Folder, OPERATOR, START, actor, asked, open_with_school, respond, start, take_course,
};

fn person(number: u128) -> PersonId {
    PersonId(10_000 + number)
}

/// A school with so many learners, each with an attempt begun.
fn crowded(folder: &Folder, learners: u128) -> Store {
    let store = open_with_school(folder);
    let people = (0..learners).map(|number| school::learner(person(number)));
    let roster = Roster {
        people: people.collect(),
        ..Roster::default()
    };
    store.add_roster(roster).expect("kept");
    let (done, wait) = channel();
    for number in 0..learners {
        let learner = person(number);
        for (who, role, command) in [
            (OPERATOR, Role::Operator, take_course(learner)),
            (learner, Role::Learner, start(learner, number, "a", 1)),
        ] {
            let done = done.clone();
            let mut wish = Some(asked(actor(who, role), START, command));
            while let Some(again) = wish.take() {
                let done = done.clone();
                let kept = again.clone();
                let sent = store.submit(again, move |reply| {
                    done.send(reply.expect("the disk works").is_ok())
                        .expect("heard");
                });
                if matches!(sent, Err(StoreError::Busy)) {
                    std::thread::yield_now();
                    wish = Some(kept);
                }
            }
        }
    }
    drop(done);
    assert!(wait.iter().all(|fine| fine));
    store
}

/// Every answer stands in the journal once, and everything folds.
fn each_once(folder: &Folder, store: Store, answers: u128) {
    let verified = store.verify(|_| {}).expect("it can be read");
    assert_eq!(verified.mismatches, []);
    drop(store);
    let found = crate::kill::journal(folder);
    assert_eq!(found.len() as u128, answers);
    assert!(found.values().all(|places| places.len() == 1));
}

/// A reply: the decision, and whether it was the first one given again.
type Heard = (u64, bool);

#[test]
fn replies_get_lost_and_requests_come_twice_and_in_another_order() {
    let learners = u128::from(scale(200, 4_000));
    let folder = Folder::new("again");
    let store = crowded(&folder, learners);
    let mut numbers = Numbers(41);
    // Each answer is sent one to four times; nobody hears the replies to the first ones.
    let mut sent: Vec<(u64, u128)> = Vec::new();
    for number in 0..learners {
        for _ in 0..=numbers.next() % 4 {
            sent.push((numbers.next(), number));
        }
    }
    sent.sort_unstable();
    let heard: Mutex<BTreeMap<u128, Vec<Heard>>> = Mutex::default();
    std::thread::scope(|scope| {
        for part in sent.chunks(sent.len().div_ceil(8)) {
            let (store, heard) = (&store, &heard);
            scope.spawn(move || {
                for (_, number) in part {
                    let learner = person(*number);
                    let give = respond(learner, *number, *number, "7");
                    let outcome = store
                        .execute(asked(actor(learner, Role::Learner), START, give))
                        .expect("the disk works")
                        .expect("the attempt is open");
                    let mut heard = heard.lock().expect("no thread has failed");
                    heard
                        .entry(*number)
                        .or_default()
                        .push((outcome.decision.0, outcome.repeated));
                }
            });
        }
    });
    let heard = heard.lock().expect("no thread has failed");
    for (number, replies) in heard.iter() {
        let firsts = replies.iter().filter(|(_, repeated)| !repeated).count();
        assert_eq!(firsts, 1, "{number}: {replies:?}");
        assert!(
            replies
                .iter()
                .all(|(decision, _)| *decision == replies[0].0)
        );
    }
    eprintln!(
        "again and in another order: {learners} answers sent {} times, each counted once",
        sent.len()
    );
    each_once(&folder, store, learners);
}

/// Everybody sends at once, and sends again as long as there is no reply. Gives how often somebody was told to come again.
fn storm(store: &Store, learners: u128, copies: u32) -> u64 {
    let (done, wait) = channel();
    let mut refused = 0;
    let mut waiting: Vec<u128> = (0..copies).flat_map(|_| 0..learners).collect();
    let mut replies = 0;
    let all = waiting.len();
    while replies < all {
        let mut again = Vec::new();
        for number in waiting.drain(..) {
            let learner = person(number);
            let give = respond(learner, number, number, "7");
            let done = done.clone();
            let wish = asked(actor(learner, Role::Learner), START, give);
            let sent = store.submit(wish, move |reply| {
                let outcome = reply.expect("the disk works").expect("the attempt is open");
                done.send((number, outcome.repeated)).expect("heard");
            });
            match sent {
                Ok(()) => {}
                Err(StoreError::Busy) => {
                    refused += 1;
                    again.push(number);
                }
                Err(error) => panic!("{error}"),
            }
        }
        waiting = again;
        // Whoever was turned away waits until some of the others were served.
        let (number, _) = wait.recv().expect("a reply");
        assert!(number < learners);
        replies += 1 + wait.try_iter().count();
    }
    refused
}

#[test]
fn five_thousand_send_again_at_once() {
    let learners = u128::from(scale(600, 5_000));
    let folder = Folder::new("storm");
    let store = crowded(&folder, learners);
    // As after a restart: everybody has sent before, nobody has a reply, and all of them press again, several times.
    let refused = storm(&store, learners, 3);
    eprintln!(
        "retry storm: {learners} clients, {} requests, {refused} told to come again",
        learners * 3
    );
    each_once(&folder, store, learners);
}

#[test]
fn ten_times_more_than_can_be_taken_is_turned_away_and_nothing_is_promised() {
    let folder = Folder::new("overload");
    let learners = 10;
    let store = crowded(&folder, learners);
    // The writer is held, so that what comes meanwhile waits: ten times as much as the queue takes.
    let (hold, held) = channel::<()>();
    let (begun, begin) = channel::<()>();
    std::thread::scope(|scope| {
        let store = &store;
        scope.spawn(move || {
            let first = asked(
                actor(person(0), Role::Learner),
                START,
                respond(person(0), 0, 0, "7"),
            );
            store
                .submit(first, move |reply| {
                    assert!(reply.expect("the disk works").is_ok());
                    begun.send(()).expect("heard");
                    held.recv().expect("let go");
                })
                .expect("the queue is empty");
        });
        begin.recv().expect("the writer holds");
        let (done, wait) = channel();
        let (mut taken, mut turned_away) = (0u32, 0u32);
        for round in 0..40_960u128 {
            let number = 1 + round % (learners - 1);
            let give = respond(person(number), number, number, "7");
            let done = done.clone();
            let wish = asked(actor(person(number), Role::Learner), START, give);
            match store.submit(wish, move |reply| {
                done.send(reply.expect("the disk works").is_ok())
                    .expect("heard");
            }) {
                Ok(()) => taken += 1,
                Err(StoreError::Busy) => turned_away += 1,
                Err(error) => panic!("{error}"),
            }
        }
        drop(done);
        hold.send(()).expect("the writer waits");
        let replies = wait.iter().filter(|fine| *fine).count();
        assert_eq!(replies, taken as usize, "whoever was taken has a reply");
        assert!(turned_away > 30_000, "{turned_away}");
        eprintln!("overload: {taken} taken and answered, {turned_away} turned away at once");
    });
    each_once(&folder, store, learners);
}

#[test]
fn a_second_process_is_kept_out() {
    let folder = Folder::new("two");
    let store = open_with_school(&folder);
    let ran = super::load::run(&folder, super::load::Run::default());
    assert!(!ran.opened, "another process has opened the same file");
    drop(store);
    let mut lives = super::load::Lives::new("two-after");
    lives.live(super::load::Run {
        answers: 1,
        ..super::load::Run::default()
    });
}
