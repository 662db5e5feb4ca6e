//! A learner whose every field holds a mark that stands nowhere else, so that it can be looked for afterwards.

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};
use trellis_core::estimate::LearnerState;
use trellis_core::framework::CourseId;
use trellis_core::id::{AttemptId, PersonId};
use trellis_store::kind;
use trellis_store::personal::{Given, Holds, Table, Whose, tables};

use crate::one_of_each::{self, Fill};
use crate::school::START;

/// Stands in every text.
pub(crate) const MARK: &str = "CanaryBird7Q";
/// Stands in every column of bytes that is no id of the learner.
pub(crate) const MARK_BYTES: &[u8; 16] = b"CANARY-BYTES-7Q!";
/// The learner. The id is a mark itself.
pub(crate) const MARKED: PersonId = PersonId(u128::from_be_bytes(*b"CANARY-PERSON-7Q"));

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
            if table.name != "event" && !but.contains(&table.name) {
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

fn plant_event(connection: &Connection, kind: &str, body: &str, attempt: Option<AttemptId>) {
    let sql = "INSERT INTO event (seq, decision, at, actor, role, learner, attempt, kind, body, chain)
               SELECT coalesce(max(seq), 0) + 1, coalesce(max(seq), 0) + 1, ?1, ?2, 'learner', ?2, ?3, ?4, ?5, zeroblob(32) FROM event";
    let id = MARKED.0.to_be_bytes();
    let attempt = attempt.map(|attempt| attempt.0.to_be_bytes());
    connection
        .execute(sql, params![START.0, id, attempt, kind, body])
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
        _ if column.holds
            == Holds::Personal(trellis_store::personal::Kind::Estimate, Given::State) =>
        {
            Value::Blob(state())
        }
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
