//! Clocks that jump, run backwards or stand in 1970: the order of the journal is its own, and nothing is lost.

use trellis_core::command::Command;
use trellis_core::id::PersonId;
use trellis_core::id::{AnswerId, AttemptId};
use trellis_core::item::Response;
use trellis_core::people::Role;
use trellis_core::time::Timestamp;
use trellis_store::Store;

use super::{Numbers, scale};
use crate::school::{
    ANA, BEN, Folder, OPERATOR, START, actor, asked, open_with_school, start, take_course,
};

/// Gives answers at moments that a clock says, with moments that the browser says, and folds everything again.
fn at_moments(name: &str, moments: impl Iterator<Item = (Timestamp, Option<Timestamp>)>) {
    let folder = Folder::new(name);
    let store = open_with_school(&folder);
    let ask = |who: PersonId, role, now, command| {
        store
            .execute(asked(actor(who, role), now, command))
            .expect("the disk works")
            .expect("the rules allow it")
    };
    for learner in [ANA, BEN] {
        ask(OPERATOR, Role::Operator, START, take_course(learner));
    }
    let mut last = 0;
    let mut given = 0;
    for (id, (now, said_at)) in (0u128..).zip(moments) {
        let learner = if id % 2 == 0 { ANA } else { BEN };
        let begin = start(learner, id, "a", usize::try_from(id % 7).expect("small"));
        ask(learner, Role::Learner, now, begin);
        let give = Command::Respond {
            learner,
            attempt: AttemptId(id),
            answer: AnswerId(id),
            response: Response::Text("7".into()),
            elapsed_ms: 4_000,
            said_at,
        };
        let first = ask(learner, Role::Learner, now, give.clone());
        assert!(first.decision.0 > last, "the order is the server's");
        last = first.decision.0;
        // Sent again when the clock says something else: the first reply.
        let again = ask(learner, Role::Learner, START, give);
        assert!(again.repeated);
        assert_eq!(again.decision, first.decision);
        given += 1;
    }
    drop(store);
    let store = Store::open(folder.path(), false).expect("it opens");
    let verified = store.verify(|_| {}).expect("it can be read");
    assert_eq!(verified.mismatches, [], "{name}");
    eprintln!("{name}: {given} answers, each once, folds equal");
}

#[test]
fn the_clock_jumps_by_a_year() {
    let mut numbers = Numbers(5);
    let moments = (0..scale(30, 3_000)).map(move |_| {
        let days = [0, 365, -365, 730, 1][usize::try_from(numbers.next() % 5).expect("small")];
        (START.plus_days(days), None)
    });
    at_moments("clock-jumps", moments);
}

#[test]
fn the_clock_runs_backwards() {
    let moments =
        (0..i64::from(scale(30, 3_000))).map(|number| (START.plus_ms(-1_000 * number), None));
    at_moments("clock-backwards", moments);
}

#[test]
fn browsers_live_in_1970_and_in_2099() {
    let mut numbers = Numbers(6);
    let moments = (0..i64::from(scale(30, 3_000))).map(move |number| {
        let said = [0, 4_070_908_800_000, -1, i64::MAX, i64::MIN, START.0]
            [usize::try_from(numbers.next() % 6).expect("small")];
        (START.plus_ms(number * 1_000), Some(Timestamp(said)))
    });
    at_moments("clients-elsewhere", moments);
}

#[test]
fn the_clock_stands_at_the_ends_of_time() {
    let ends = [0, i64::MAX, i64::MIN, -1, 1, i64::MAX - 1, START.0];
    at_moments(
        "ends-of-time",
        ends.into_iter().map(|at| (Timestamp(at), None)),
    );
}
