//! Damage that nobody announced: an event changed, lost or moved, a state changed. Each must be found, and named.

use rusqlite::{Connection, params};
use trellis_core::command::Command;
use trellis_core::id::{AttemptId, Seq};
use trellis_core::people::Role;
use trellis_store::{Mismatch, Store, Verified};

use crate::checking::score;
use crate::school::{
    ANA, BEN, FIRST, Folder, OPERATOR, START, TEACHER, WRITTEN, actor, asked, open_with_school,
    respond, start, take_course,
};

/// A closed database in which two learners have answered.
pub(crate) fn written(folder: &Folder) -> Verified {
    let store = open_with_school(folder);
    let execute = |who, role, command| {
        store
            .execute(asked(actor(who, role), START, command))
            .expect("the disk works")
            .expect("the rules allow it");
    };
    for (learner, answers) in [(ANA, 0..4u128), (BEN, 4..7)] {
        execute(OPERATOR, Role::Operator, take_course(learner));
        for id in answers {
            let item = usize::try_from(id % 3).expect("small");
            execute(learner, Role::Learner, start(learner, id, "a", item));
            execute(learner, Role::Learner, respond(learner, id, id, "7"));
        }
    }
    let verified = store.verify(|_| {}).expect("it can be read");
    assert_eq!(verified.mismatches, []);
    assert!(
        verified.events > 20 && verified.learners == 2 && verified.advice >= 7,
        "{verified:?}"
    );
    verified
}

/// Changes the closed file behind the store's back and says what is found then.
fn found_after(damage: impl FnOnce(&Connection, &Verified)) -> Vec<Mismatch> {
    let folder = Folder::new("damage");
    let verified = written(&folder);
    let connection = Connection::open(folder.database()).expect("it opens");
    damage(&connection, &verified);
    drop(connection);
    let store = Store::open(folder.path(), false).expect("it opens");
    store.verify(|_| {}).expect("it can be read").mismatches
}

fn run(connection: &Connection, sql: &str, values: impl rusqlite::Params) {
    let changed = connection.execute(sql, values).expect("it can be changed");
    assert!(changed > 0, "{sql} changed nothing");
}

#[test]
fn a_flipped_letter_in_an_event_is_found() {
    // In what the learner wrote, on which no estimate depends: only the chain can tell.
    let mut place = 0;
    let found = found_after(|connection, _| {
        let sql = "SELECT seq FROM event WHERE kind = 'responded' ORDER BY seq LIMIT 1";
        place = connection
            .query_row(sql, [], |row| row.get(0))
            .expect("a response");
        let sql = r#"UPDATE event SET body = replace(body, ':"7"', ':"5"') WHERE seq = ?1 AND instr(body, ':"7"')"#;
        run(connection, sql, [place]);
    });
    assert_eq!(found, [Mismatch::Chain(Seq(place))]);
}

#[test]
fn a_changed_time_or_actor_is_found() {
    for sql in [
        "UPDATE event SET at = at + 86400000 WHERE seq = 6",
        "UPDATE event SET role = 'teacher' WHERE seq = 6",
        "UPDATE event SET decision = 5 WHERE seq = 6 AND decision = 6 OR seq = 6",
    ] {
        let found = found_after(|connection, _| run(connection, sql, []));
        assert!(found.contains(&Mismatch::Chain(Seq(6))), "{sql}: {found:?}");
    }
}

#[test]
fn a_lost_event_is_found() {
    let in_the_middle =
        found_after(|connection, _| run(connection, "DELETE FROM event WHERE seq = 4", []));
    assert!(
        in_the_middle.contains(&Mismatch::Gap(Seq(4))),
        "{in_the_middle:?}"
    );
    assert!(
        in_the_middle.contains(&Mismatch::Chain(Seq(5))),
        "{in_the_middle:?}"
    );
    let the_last = found_after(|connection, verified| {
        run(
            connection,
            "DELETE FROM event WHERE seq = ?1",
            [verified.events],
        );
    });
    assert_eq!(the_last, [Mismatch::State(BEN)]);
    let all = found_after(|connection, _| run(connection, "DELETE FROM event", []));
    assert!(all.contains(&Mismatch::State(ANA)), "{all:?}");
    assert!(all.contains(&Mismatch::State(BEN)), "{all:?}");
}

#[test]
fn a_lost_last_event_of_a_class_is_found() {
    let folder = Folder::new("damage");
    written(&folder);
    let store = Store::open(folder.path(), false).expect("it opens");
    let open = Command::OpenClass {
        section: FIRST,
        until: START.plus_ms(60_000),
    };
    let opened = store.execute(asked(actor(TEACHER, Role::Teacher), START, open));
    let place = opened
        .expect("the disk works")
        .expect("his section")
        .decision;
    assert_eq!(store.verify(|_| {}).expect("readable").mismatches, []);
    drop(store);
    let connection = Connection::open(folder.database()).expect("it opens");
    run(&connection, "DELETE FROM event WHERE seq = ?1", [place.0]);
    drop(connection);
    let store = Store::open(folder.path(), false).expect("it opens");
    let found = store.verify(|_| {}).expect("readable").mismatches;
    assert_eq!(found, [Mismatch::Class(FIRST)]);
}

#[test]
fn events_in_another_order_are_found() {
    let found = found_after(|connection, _| {
        run(
            connection,
            "UPDATE event SET seq = -seq WHERE seq IN (4, 5)",
            [],
        );
        run(
            connection,
            "UPDATE event SET seq = 9 + seq WHERE seq < 0",
            [],
        );
    });
    assert!(found.contains(&Mismatch::Chain(Seq(4))), "{found:?}");
    assert!(found.contains(&Mismatch::Chain(Seq(5))), "{found:?}");
}

#[test]
fn a_changed_state_is_found() {
    let ana = ANA.0.to_be_bytes();
    let exchanged = found_after(|connection, _| {
        let sql = "UPDATE learner_state SET body = (SELECT body FROM learner_state WHERE learner = ?2) WHERE learner = ?1";
        run(connection, sql, params![ana, BEN.0.to_be_bytes()]);
    });
    assert_eq!(exchanged, [Mismatch::State(ANA)]);
    let lost = found_after(|connection, _| {
        run(
            connection,
            "DELETE FROM learner_state WHERE learner = ?1",
            [ana],
        );
    });
    assert_eq!(lost, [Mismatch::State(ANA)]);
}

#[test]
fn a_changed_estimate_of_the_class_map_is_found() {
    for sql in [
        "UPDATE estimate SET known = known + 1e-12 WHERE learner = ?1",
        "UPDATE estimate SET level = 1 WHERE learner = ?1",
        "DELETE FROM estimate WHERE learner = ?1",
        "INSERT INTO estimate VALUES (?1, 'd', 4, 0.9, 1, 1, NULL, NULL)",
    ] {
        let found = found_after(|connection, _| run(connection, sql, [BEN.0.to_be_bytes()]));
        assert_eq!(found, [Mismatch::ClassMap(BEN)], "{sql}");
    }
}

#[test]
fn a_lost_answer_id_is_found() {
    let mut place = 0;
    let found = found_after(|connection, _| {
        let sql = "SELECT decision FROM answer WHERE learner = ?1 LIMIT 1";
        let of = ANA.0.to_be_bytes();
        place = connection
            .query_row(sql, [of], |row| row.get(0))
            .expect("an answer");
        run(
            connection,
            "DELETE FROM answer WHERE learner = ?1 AND decision = ?2",
            params![of, place],
        );
    });
    assert_eq!(found, [Mismatch::Answer(Seq(place))]);
    let strange = found_after(|connection, _| {
        run(
            connection,
            "INSERT INTO answer VALUES (?1, ?2, 3)",
            params![ANA.0.to_be_bytes(), 77u128.to_be_bytes()],
        );
    });
    assert_eq!(strange, [Mismatch::Answer(Seq(3))]);
}

#[test]
fn an_id_that_two_learners_have_used_shows_nobody_the_other() {
    // Not possible through the door; a journal of another time could hold it.
    let folder = Folder::new("two-attempts");
    written(&folder);
    let connection = Connection::open(folder.database()).expect("it opens");
    let blob = |id: u128| id.to_be_bytes();
    let sql = "UPDATE event SET attempt = ?1 WHERE attempt = ?2";
    run(&connection, sql, params![blob(0), blob(4)]);
    drop(connection);
    let store = Store::open(folder.path(), false).expect("it opens");
    store
        .sign_in(b"teacher", TEACHER, None, START, START.plus_days(1))
        .expect("the disk works");
    let viewer = store.viewer(b"teacher", START).expect("the disk works");
    let viewer = viewer.expect("signed in");
    let view = store
        .attempt(&viewer, AttemptId(0))
        .expect("of one of his learners");
    assert_eq!(view.learner.name.id, ANA);
    let of_others = view
        .events
        .iter()
        .filter(|recorded| recorded.event.learner() != Some(ANA));
    assert_eq!(of_others.count(), 0, "{:?}", view.events);
    assert!(view.events.len() >= 2);
}

#[test]
fn states_of_an_older_format_are_folded_again_from_the_journal() {
    for older in [
        "UPDATE fold_format SET version = 0",
        "DELETE FROM fold_format",
    ] {
        let found = found_after(|connection, _| {
            run(connection, older, ());
            run(connection, "UPDATE learner_state SET body = x'00'", ());
            run(connection, "DELETE FROM estimate", ());
        });
        assert_eq!(found, [], "{older}");
    }
}

/// The bytes of a state are what `fold_format` numbers. When they change for the same events, the number in `refold.rs` must
/// be raised with the hash here, or an older database could not be read.
#[test]
fn a_state_is_written_as_its_format_says() {
    let folder = Folder::new("format");
    written(&folder);
    let store = Store::open(folder.path(), false).expect("it opens");
    let execute = |who, role, command| {
        let asked = asked(actor(who, role), START, command);
        store.execute(asked).expect("the disk works")
    };
    for attempt in [90, 92] {
        let begun = execute(ANA, Role::Learner, start(ANA, attempt, "a", WRITTEN));
        let given = respond(ANA, attempt, attempt, "Because.");
        assert!(
            begun
                .and_then(|_| execute(ANA, Role::Learner, given))
                .is_ok()
        );
    }
    assert!(execute(TEACHER, Role::Teacher, score(ANA, 90, &[1])).is_ok());
    drop(store);
    let connection = Connection::open(folder.database()).expect("it opens");
    let mut statement = connection
        .prepare("SELECT version, body FROM fold_format, learner_state ORDER BY learner")
        .expect("it can be asked");
    let rows = statement
        .query_map([], |row| {
            Ok((row.get::<_, u32>(0)?, row.get::<_, Vec<u8>>(1)?))
        })
        .expect("it can be asked");
    let mut hasher = blake3::Hasher::new();
    for row in rows {
        let (version, body) = row.expect("it can be read");
        assert_eq!(version, 11);
        hasher.update(&body);
    }
    let found = hasher.finalize().to_hex();
    assert_eq!(&found[..16], "d4eb7923011cb4c7");
}
