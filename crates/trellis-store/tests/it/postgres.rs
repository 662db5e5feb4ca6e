//! The store on PostgreSQL: the same contract, the same tests, and what only several tenants and several machines can show.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::Connection;
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_store::{Place, Store, StoreError, carry, personal};

use crate::contract::{self, learner};
use crate::planted;
use crate::school::{
    self, ANA, BEN, CLEO, Folder, OPERATOR, START, TEACHER, actor, asked, respond, start,
    take_course,
};
use crate::server::{APP, OWNER, SUPERUSER, Server};
use crate::shipped::Shipped;

/// The tests of these rooms run again on a server. What the others do is about files.
const AGAIN: [&str; 23] = [
    "authoring::",
    "checking::",
    "content::",
    "curating::",
    "erasing::an_erasure_on_a_page",
    "erasing::what_was_counted",
    "grouping::",
    "keys::",
    "looking::",
    "mending::",
    "models::a_replay",
    "models::only_the_one",
    "models::what_is_learned",
    "personal::a_record_is_read",
    "personal::the_record_of_a_teacher",
    "roster_change::",
    "sequences::",
    "sittings::",
    "sorting::",
    "together::only_a_new",
    "together::what_is_broken",
    "together::two_learners",
    "triples::",
];

/// Of these rooms, the tests that open the file themselves.
const ON_FILES: [&str; 1] = ["looking::looks_at_very_many"];

#[test]
fn postgresql_keeps_the_contract() {
    let Some(server) = Server::prepared() else {
        return;
    };
    let next = std::cell::Cell::new(1);
    contract::check_store(|| {
        next.set(next.get() + 1);
        Shipped::at(server.address(APP, next.get()))
    });
}

/// This program once more, with another place for its databases.
#[test]
fn what_holds_on_a_file_holds_on_a_server() {
    let Some(server) = Server::prepared() else {
        return;
    };
    let own = std::env::current_exe().expect("this program has a name");
    let output = Command::new(own)
        .args(AGAIN)
        .args(ON_FILES.iter().flat_map(|test| ["--skip", test]))
        .args(["--test-threads", "2"])
        .env(school::DATABASE, server.url(APP, 1))
        .output()
        .expect("it can be started");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}");
    let passed = said.matches("... ok").count();
    assert!(passed >= 37, "only {passed} tests ran: {said}");
}

/// Without statements that are kept everything is the same.
#[test]
fn statements_that_nobody_keeps_do_the_same() {
    let Some(server) = Server::prepared() else {
        return;
    };
    let url = format!("{}&statements=each", server.url(APP, 7));
    let address = trellis_store::Address::parse(&url).expect("an address");
    let mut shipped = Shipped::at(address);
    contract::prepare(&mut shipped);
    contract::answer(&mut shipped, ANA, 1, START, "a", "7");
    assert_eq!(contract::Engine::verify(&mut shipped), []);
}

/// A pooler in transaction mode gives every transaction another session, and one session to all tenants in turn.
#[test]
fn districts_share_the_sessions_of_a_pooler() {
    let Some(server) = Server::prepared() else {
        return;
    };
    let Some(pooler) = server.pooler() else {
        return;
    };
    let open = |tenant| {
        let url = format!("{}&statements=each", pooler.url(&server, APP, tenant));
        Shipped::at(trellis_store::Address::parse(&url).expect("an address"))
    };
    let mut districts: Vec<Shipped> = (21..25).map(open).collect();
    std::thread::scope(|scope| {
        for (number, district) in (1u128..).zip(&mut districts) {
            scope.spawn(move || {
                contract::prepare(district);
                for id in 0..number * 10 {
                    let now = START.plus_ms(i64::try_from(id).expect("small") * 60_000);
                    contract::answer(district, ANA, id, now, "a", "7");
                }
            });
        }
    });
    for (number, district) in (1usize..).zip(&mut districts) {
        assert_eq!(contract::Engine::verify(district), []);
        let journal = contract::Engine::journal(district);
        let answers = journal
            .iter()
            .filter(|recorded| recorded.event.answer().is_some());
        assert_eq!(answers.count(), number * 10);
    }
    let sessions = server.ask("SELECT count(*) FROM pg_stat_activity WHERE usename = 'app'");
    let sessions: u32 = sessions.parse().expect("a number");
    assert!(
        (1..=3).contains(&sessions),
        "{sessions} sessions for four districts"
    );
}

#[test]
fn a_role_that_sees_past_the_policies_is_refused() {
    let Some(server) = Server::start() else {
        return;
    };
    let open = |role: &str| Store::open_at(&server.address(role, 1), true);
    assert!(matches!(open(APP), Err(StoreError::Unprepared { .. })));
    let prepare = || trellis_store::prepare(&server.address(OWNER, 1), APP).expect("it may");
    let first = prepare();
    assert_eq!(first.from, 0);
    assert_eq!((prepare().from, prepare().to), (first.to, first.to));
    for (role, why) in [(SUPERUSER, "superuser"), (OWNER, "owns")] {
        match open(role) {
            Err(StoreError::Unfenced { may, .. }) => assert!(may.contains(why), "{may}"),
            other => panic!("{role}: {other:?}"),
        }
    }
    let never = Store::open_at(&server.address(APP, 1), false);
    assert!(matches!(never, Err(StoreError::NoTenant { .. })));
    drop(open(APP).expect("it is prepared"));
    drop(Store::open_at(&server.address(APP, 1), false).expect("it was begun"));
    server.ask("ALTER ROLE app BYPASSRLS");
    assert!(matches!(open(APP), Err(StoreError::Unfenced { .. })));
    server.ask("ALTER ROLE app NOBYPASSRLS");
    server.ask("GRANT owner TO app");
    assert!(matches!(open(APP), Err(StoreError::Unfenced { .. })));
    server.ask("REVOKE owner FROM app");
    server.ask("ALTER TABLE event NO FORCE ROW LEVEL SECURITY");
    assert!(matches!(open(APP), Err(StoreError::Unprepared { .. })));
    server.ask("ALTER TABLE event FORCE ROW LEVEL SECURITY");
    server.ask("UPDATE trellis_schema SET version = 9999");
    assert!(matches!(open(APP), Err(StoreError::Newer { .. })));
}

/// A school in a tenant, with an answer of Ana's.
fn with_answer(server: &Server, tenant: u32) -> Store {
    let mut shipped = Shipped::at(server.address(APP, tenant));
    contract::prepare(&mut shipped);
    contract::answer(&mut shipped, ANA, 1, START, "a", "7");
    drop(shipped);
    Store::open_at(&server.address(APP, tenant), false).expect("it opens again")
}

#[test]
fn a_tenant_sees_its_own_rows_and_a_session_without_one_sees_none() {
    let Some(server) = Server::prepared() else {
        return;
    };
    drop(with_answer(&server, 3));
    let as_app = |tenant: &str, sql: &str| server.try_as(APP, &format!("{tenant} {sql}"));
    let own = "BEGIN; SELECT set_config('trellis.tenant', '3', true);";
    let other = "BEGIN; SELECT set_config('trellis.tenant', '4', true);";
    let mut seen = 0;
    for table in personal::tables() {
        let sql = format!("SELECT count(*) FROM {};", table.name);
        let count = |tenant| {
            let said = as_app(tenant, &sql).expect("it may be asked");
            said.lines()
                .last()
                .and_then(|line| line.parse::<u64>().ok())
        };
        seen += count(own).expect("a number");
        assert_eq!(count(other), Some(0), "{}", table.name);
        let without = as_app("", &sql).expect_err("no tenant, no rows");
        assert!(without.contains("trellis.tenant"), "{without}");
    }
    assert!(seen > 20, "the test sees something");
    let foreign = "INSERT INTO district (tenant, one, name, demo) VALUES (3, 1, 'x', 0);";
    let refused = as_app(other, foreign).expect_err("it is another's");
    assert!(refused.contains("row-level security"), "{refused}");
    for sql in [
        "UPDATE person SET given_name = 'x';",
        "DELETE FROM event;",
        "UPDATE head SET seq = 0;",
    ] {
        as_app(other, &format!("{sql} COMMIT;")).expect("it changes nothing");
    }
    let store = Store::open_at(&server.address(APP, 3), false).expect("it opens");
    assert_eq!(store.verify(|_| {}).expect("it can be read").mismatches, []);
    let dropped = as_app(own, "DROP POLICY own_tenant ON event;").expect_err("it owns nothing");
    assert!(dropped.contains("owner"), "{dropped}");
}

#[test]
fn both_engines_have_the_same_tables_and_every_key_begins_with_the_tenant() {
    let Some(server) = Server::prepared() else {
        return;
    };
    let found = server.ask(
        "SELECT table_name || ' ' || column_name FROM information_schema.columns
         WHERE table_schema = 'public' AND column_name <> 'tenant'
           AND table_name NOT IN ('head', 'trellis_schema')",
    );
    let found: BTreeSet<&str> = found.lines().collect();
    // The schema of what is kept about people lists every column of the file; another test sees to that.
    let declared: Vec<String> = personal::tables()
        .iter()
        .flat_map(|table| {
            let of = |column: &personal::Column| format!("{} {}", table.name, column.name);
            table.columns.iter().map(of).collect::<Vec<_>>()
        })
        .collect();
    let declared: BTreeSet<&str> = declared.iter().map(String::as_str).collect();
    assert_eq!(found, declared);
    let loose = server.ask(
        "SELECT index.indexrelid::regclass FROM pg_index AS index
         JOIN pg_class AS class ON class.oid = index.indrelid
         JOIN pg_attribute AS first ON first.attrelid = class.oid AND first.attnum = index.indkey[0]
         WHERE class.relnamespace = 'public'::regnamespace AND first.attname <> 'tenant'",
    );
    assert_eq!(loose, "", "these keys do not begin with the tenant");
}

#[test]
fn two_machines_on_one_district_are_as_one() {
    let Some(server) = Server::prepared() else {
        return;
    };
    let one = with_answer(&server, 5);
    let two = Store::open_at(&server.address(APP, 5), false).expect("several may");
    // What one has decided, the other goes on from.
    for (number, store) in (10..20).zip([&one, &two].into_iter().cycle()) {
        let now = START.plus_ms(i64::try_from(number).expect("small") * 60_000);
        let item = usize::try_from(number % 8).expect("small");
        let begun = store.execute(asked(learner(ANA), now, start(ANA, number, "a", item)));
        begun.expect("the server answers").expect("it can be begun");
    }
    // A retry that comes to the other machine gets the first reply.
    let answer = || asked(learner(ANA), START.plus_days(1), respond(ANA, 19, 19, "7"));
    let first = one
        .execute(answer())
        .expect("it answers")
        .expect("it is open");
    let again = two
        .execute(answer())
        .expect("it answers")
        .expect("it is open");
    assert!(!first.repeated && again.repeated);
    assert_eq!(first.events, again.events);
    // A sign-in counts on both, and so does its end.
    let until = START.plus_days(2);
    one.sign_in(b"token", TEACHER, None, START, until)
        .expect("it works");
    let viewer = |store: &Store| store.viewer(b"token", START).expect("it can be read");
    assert!(viewer(&one).is_some() && viewer(&two).is_some());
    two.sign_out(b"token").expect("it works");
    assert!(viewer(&one).is_none() && viewer(&two).is_none());
    // Content that comes to one is there for the other with its next look.
    let before = two.catalog().content();
    let mut changed = school::import();
    changed.items.pop();
    one.import(&school::source(), vec![changed])
        .expect("it is kept");
    assert_ne!(one.catalog().content(), before);
    assert!(viewer(&two).is_none());
    assert_eq!(two.catalog().content(), one.catalog().content());
    // Whoever is erased on one is nobody on the other.
    one.erase(ANA, None, None, START).expect("it works");
    let asks = asked(learner(ANA), until, start(ANA, 30, "a", 1));
    assert!(two.execute(asks).expect("it answers").is_err());
    for store in [&one, &two] {
        assert_eq!(store.verify(|_| {}).expect("it can be read").mismatches, []);
    }
}

#[test]
fn batches_of_two_machines_at_once_come_one_after_the_other() {
    let Some(server) = Server::prepared() else {
        return;
    };
    let one = with_answer(&server, 6);
    let two = Store::open_at(&server.address(APP, 6), false).expect("several may");
    let repeated = AtomicU64::new(0);
    let work = |store: &Store, who: PersonId, first: u128| {
        for number in first..first + 25 {
            let item = usize::try_from(number % 8).expect("small");
            let now = START.plus_ms(i64::try_from(number).expect("small") * 1_000);
            // Both machines are asked the same by the same learner: one of them decides, and the other says it again.
            let begin = asked(learner(who), now, start(who, number, "a", item));
            let _ = store.execute(begin).expect("the server answers");
            let answer = asked(learner(who), now, respond(who, number, number, "7"));
            let outcome = store.execute(answer).expect("the server answers");
            repeated.fetch_add(
                u64::from(outcome.expect("it is open").repeated),
                Ordering::Relaxed,
            );
        }
    };
    std::thread::scope(|scope| {
        for store in [&one, &two] {
            scope.spawn(|| work(store, BEN, 1_000));
            scope.spawn(|| work(store, CLEO, 2_000));
        }
    });
    assert_eq!(
        repeated.load(Ordering::Relaxed),
        50,
        "each was decided once"
    );
    for store in [&one, &two] {
        assert_eq!(store.verify(|_| {}).expect("it can be read").mismatches, []);
    }
    assert_eq!(one.last_seq().expect("read"), two.last_seq().expect("read"));
}

/// There and back again: nothing of a district is lost, and nothing of another comes along.
#[test]
fn a_district_is_carried_to_a_server_and_back() {
    let Some(server) = Server::prepared() else {
        return;
    };
    let from = Folder::new("carried-from");
    drop(school::open_with_school(&from));
    // Every table has a row, and every kind of event is there.
    planted::plant(&from.database(), &[]);
    let place = |folder: &Folder| Place::Folder(folder.path().to_path_buf());
    let on_server = Place::Server(server.address(APP, 9));
    drop(with_answer(&server, 10));
    let carried = carry(&place(&from), &on_server).expect("it is carried");
    assert!(carried.rows > 50, "{carried:?}");
    let again = carry(&place(&from), &on_server);
    assert!(
        matches!(again, Err(StoreError::NotEmpty { .. })),
        "{again:?}"
    );
    let to = Folder::new("carried-to");
    let back = carry(&on_server, &place(&to)).expect("it is carried back");
    assert_eq!(
        (back.rows, &back.verified),
        (carried.rows, &carried.verified)
    );
    assert_eq!(all_rows(&to), all_rows(&from));
    // What is planted is no story that a fold could tell, so that is looked at in a school that has one.
    let told = Folder::new("carried-told");
    let told = carry(&Place::Server(server.address(APP, 10)), &place(&told));
    let told = told.expect("it is carried").verified;
    assert!(told.mismatches.is_empty() && told.events > 5, "{told:?}");
}

/// Every row of every table, as text.
fn all_rows(folder: &Folder) -> Vec<String> {
    let connection = Connection::open(folder.database()).expect("it opens");
    let mut found = Vec::new();
    for table in personal::tables() {
        let columns = table.columns.iter().map(|column| column.name);
        let quoted: Vec<String> = columns.map(|column| format!("quote({column})")).collect();
        let sql = format!("SELECT {} FROM {}", quoted.join(" || ' ' || "), table.name);
        let mut statement = connection.prepare(&sql).expect("it can be asked");
        let rows = statement.query_map([], |row| row.get::<_, String>(0));
        let rows = rows
            .expect("it can be asked")
            .map(|row| row.expect("a text"));
        let start = found.len();
        found.extend(rows.map(|row| format!("{}: {row}", table.name)));
        found[start..].sort();
    }
    found
}

#[test]
fn a_server_that_was_away_is_found_again_and_nothing_acknowledged_is_missing() {
    let Some(mut server) = Server::prepared() else {
        return;
    };
    let store = with_answer(&server, 8);
    let mut acknowledged = Vec::new();
    for number in 100..140 {
        if number % 10 == 5 {
            server.kill_and_start();
        }
        let now = START.plus_ms(i64::try_from(number).expect("small") * 60_000);
        let item = usize::try_from(number % 8).expect("small");
        let begin = || asked(learner(BEN), now, start(BEN, number, "a", item));
        // The first may fail, since its connection is gone; whether it was done is then said by the second.
        let begun = store.execute(begin()).or_else(|_| store.execute(begin()));
        let _ = begun.expect("the server is back");
        let answer = || asked(learner(BEN), now, respond(BEN, number, number, "7"));
        let outcome = store.execute(answer()).or_else(|_| store.execute(answer()));
        acknowledged.push(
            outcome
                .expect("the server is back")
                .expect("it is open")
                .decision,
        );
    }
    assert_eq!(acknowledged.len(), 40);
    for decision in acknowledged {
        assert!(!store.decision(decision).expect("it can be read").is_empty());
    }
    assert_eq!(store.verify(|_| {}).expect("it can be read").mismatches, []);
    let take = asked(actor(OPERATOR, Role::Operator), START, take_course(BEN));
    assert!(
        store.execute(take).expect("it answers").is_err(),
        "it is taken already"
    );
}
