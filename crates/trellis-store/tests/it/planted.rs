//! A learner whose every field holds a mark that stands nowhere else, so that it can be looked for afterwards.

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};
use trellis_core::estimate::LearnerState;
use trellis_core::framework::CourseId;
use trellis_core::id::{AttemptId, PersonId};
use trellis_core::people::{Enrollment, Guardianship, Person, Role};
use trellis_store::personal::{Given, Holds, Kind, Table, Whose, tables};
use trellis_store::{Roster, Store, kind};

use crate::one_of_each::{self, Fill};
use crate::school::{FIRST, GUARDIAN, START};

/// Stands in every text.
pub(crate) const MARK: &str = "CanaryBird7Q";
/// Stands in every column of bytes that is no id of the learner.
pub(crate) const MARK_BYTES: &[u8; 16] = b"CANARY-BYTES-7Q!";
/// The learner. The id is a mark itself.
pub(crate) const MARKED: PersonId = PersonId(u128::from_be_bytes(*b"CANARY-PERSON-7Q"));

/// Puts the learner into the roster: a class, a guardian, names with the mark.
pub(crate) fn enroll(store: &Store) {
    let marked = Person {
        id: MARKED,
        sourced_id: format!("{MARK} number"),
        given_name: format!("{MARK} given"),
        family_name: format!("{MARK} family"),
        role: Role::Learner,
    };
    let roster = Roster {
        people: vec![marked],
        enrollments: vec![Enrollment {
            section: FIRST,
            person: MARKED,
            role: Role::Learner,
        }],
        guardianships: vec![Guardianship {
            guardian: GUARDIAN,
            learner: MARKED,
        }],
        ..Roster::default()
    };
    store.add_roster(roster).expect("the roster is kept");
}

fn fill() -> Fill {
    Fill {
        learner: MARKED,
        attempt: AttemptId(u128::from_be_bytes(*b"CANARY-TRIES-7Q!")),
        mark: MARK.into(),
    }
}

/// The kinds of events that are planted.
pub(crate) fn kinds() -> Vec<&'static str> {
    let events = one_of_each::events(&fill());
    let own = events.iter().filter(|event| event.learner().is_some());
    own.map(kind).collect()
}

/// Plants an event of every kind in the learner's record and a row in every table for each column that says whose it is,
/// but for tables in `but`. Nobody may have the database open.
pub(crate) fn plant(database: &Path, but: &[&str]) {
    let connection = Connection::open(database).expect("it opens");
    for table in tables() {
        for whose in table.whose {
            // A row that somebody only did something to is another's.
            let own = !matches!(whose, Whose::Acts(_));
            if own && table.name != "event" && !but.contains(&table.name) {
                plant_row(&connection, table, *whose);
            }
        }
    }
    for event in one_of_each::events(&fill()) {
        if event.learner().is_some() {
            let body = serde_json::to_string(&event).expect("it can be written");
            plant_event(&connection, kind(&event), &body, event.attempt());
        }
    }
}

/// Puts an event at the end of the journal, with the chain as the journal's format says.
fn plant_event(connection: &Connection, kind: &str, body: &str, attempt: Option<AttemptId>) {
    let last = "SELECT seq, chain FROM event ORDER BY seq DESC LIMIT 1";
    let (seq, before): (i64, [u8; 32]) = connection
        .query_row(last, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap_or_default();
    let (seq, id, salt) = (seq + 1, MARKED.0.to_be_bytes(), [7_u8; 16]);
    let mut leaf = blake3::Hasher::new();
    leaf.update(&salt);
    leaf.update(&seq.to_be_bytes());
    leaf.update(&START.0.to_be_bytes());
    leaf.update(&id);
    leaf.update(b"learner");
    leaf.update(body.as_bytes());
    let mut chain = blake3::Hasher::new();
    chain.update(&before);
    chain.update(&seq.to_be_bytes());
    chain.update(leaf.finalize().as_bytes());
    let chain = *chain.finalize().as_bytes();
    let sql = "INSERT INTO event (seq, decision, at, actor, role, learner, attempt, kind, body, chain, salt)
               VALUES (?1, ?1, ?2, ?3, 'learner', ?3, ?4, ?5, ?6, ?7, ?8)";
    let attempt = attempt.map(|attempt| attempt.0.to_be_bytes());
    connection
        .execute(
            sql,
            params![seq, START.0, id, attempt, kind, body, chain, salt],
        )
        .expect("it can be planted");
}

fn plant_row(connection: &Connection, table: &Table, whose: Whose) {
    let types = format!("SELECT type FROM pragma_table_info('{}')", table.name);
    let mut statement = connection.prepare(&types).expect("it can be asked");
    let types: Vec<String> = statement
        .query_map([], |row| row.get(0))
        .expect("it can be asked")
        .map(|row| row.expect("a type"))
        .collect();
    let columns = table.columns.iter().zip(types);
    let values = columns.map(|(column, kind)| match (kind.as_str(), column.name) {
        (_, name) if whose == Whose::Is(name) => Value::Blob(MARKED.0.to_be_bytes().to_vec()),
        (_, name) if whose == Whose::Names(name) => Value::Text(format!("{MARK} {MARKED}")),
        (_, "role") => Value::Text("learner".into()),
        (_, "left_at") => Value::Null,
        _ if column.holds == Holds::Personal(Kind::Estimate, Given::State) => Value::Blob(state()),
        ("TEXT", name) => Value::Text(format!("{MARK} {name}")),
        ("BLOB", _) => Value::Blob(MARK_BYTES.to_vec()),
        ("REAL", _) => Value::Real(0.5),
        _ => Value::Integer(1),
    });
    let values: Vec<Value> = values.collect();
    let places = vec!["?"; values.len()].join(", ");
    let sql = format!("INSERT OR REPLACE INTO {} VALUES ({places})", table.name);
    connection
        .execute(&sql, params_from_iter(values))
        .expect("it can be planted");
}

fn state() -> Vec<u8> {
    let mut state = LearnerState::new(MARKED);
    state.courses = vec![CourseId::new(&format!("course-{MARK}")).expect("an id")];
    postcard::to_allocvec(&state).expect("it can be written")
}
