//! The schema of what is kept about people is complete: every column of a new database and every field of every kind of
//! event is declared in it, and nothing else.

use std::collections::BTreeSet;

use rusqlite::Connection;
use serde_json::Value;
use trellis_core::access::Relation;
use trellis_core::id::AttemptId;
use trellis_store::personal::{Holds, Kind, Whose, event_kind, events, table, tables};
use trellis_store::{Store, kind};

use crate::one_of_each::{self, Fill};
use crate::school::{ANA, Folder};

fn names(connection: &Connection, sql: &str) -> Vec<String> {
    let mut statement = connection.prepare(sql).expect("it can be asked");
    let rows = statement.query_map([], |row| row.get(0));
    let rows = rows.expect("it can be asked");
    rows.map(|row| row.expect("a name")).collect()
}

#[test]
fn every_column_of_a_new_database_is_declared() {
    let folder = Folder::new("personal");
    drop(Store::open(folder.path(), true).expect("a new folder opens"));
    let connection = Connection::open(folder.database()).expect("it opens");
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let found: BTreeSet<String> = names(&connection, sql).into_iter().collect();
    let declared: BTreeSet<String> = tables().iter().map(|table| table.name.into()).collect();
    assert_eq!(declared, found, "declare it in trellis-store/src/personal");
    for name in found {
        let columns = names(
            &connection,
            &format!("SELECT name FROM pragma_table_info('{name}')"),
        );
        let table = table(&name).expect("declared");
        let declared: Vec<&str> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!(declared, columns, "{name}: declare it in tables.rs");
        for whose in table.whose {
            let (Whose::Is(column) | Whose::Names(column)) = whose;
            assert!(declared.contains(column), "{name}.{column}");
        }
        let personal = |holds: Holds| !matches!(holds, Holds::Nothing(_));
        let any = table.columns.iter().any(|column| personal(column.holds));
        assert_eq!(any, !table.whose.is_empty(), "{name}: whose are its rows?");
    }
}

#[test]
fn every_field_of_every_kind_of_event_is_declared() {
    let fill = Fill {
        learner: ANA,
        attempt: AttemptId(1000),
        mark: "x".into(),
    };
    let samples = one_of_each::events(&fill);
    let found: BTreeSet<&str> = samples.iter().map(kind).collect();
    let declared: BTreeSet<&str> = events().iter().map(|kind| kind.name).collect();
    assert_eq!(declared, found, "declare it in personal/events.rs");
    assert_eq!(samples.len(), found.len(), "one of each");
    for event in &samples {
        let name = kind(event);
        let written = serde_json::to_value(event).expect("it can be written");
        let Value::Object(fields) = written else {
            panic!("{name} is no object")
        };
        let declared = event_kind(name).expect("declared").fields;
        let mut expected: BTreeSet<&str> = declared.iter().map(|field| field.name).collect();
        expected.insert("kind");
        let written: BTreeSet<&str> = fields.keys().map(String::as_str).collect();
        assert_eq!(written, expected, "{name}: declare it in events.rs");
        for field in declared {
            let value = &fields[field.name];
            assert!(!value.is_null(), "{name}.{}: fill the sample", field.name);
            // An enum with a value is one name above it; those are not fields but answers.
            let is_struct = |object: &serde_json::Map<_, _>| object.len() > 1;
            let parts: BTreeSet<&str> = match value {
                Value::Object(parts) if is_struct(parts) => {
                    parts.keys().map(String::as_str).collect()
                }
                _ => BTreeSet::new(),
            };
            let expected: BTreeSet<&str> = field.parts.iter().copied().collect();
            assert_eq!(parts, expected, "{name}.{}", field.name);
        }
        assert_eq!(
            event.learner().is_some(),
            fields.contains_key("learner"),
            "{name}"
        );
    }
}

#[test]
fn who_reads_a_kind_follows_from_the_access_table() {
    use Relation::{GuardianOf, LeaderOf, OperatorOf, Own, TeacherOf};
    let readers: Vec<(&str, Vec<Relation>)> = Kind::ALL
        .into_iter()
        .map(|kind| (kind.key(), kind.readers()))
        .collect();
    assert_eq!(
        readers,
        [
            (
                "name",
                vec![Own, GuardianOf, TeacherOf, LeaderOf, OperatorOf]
            ),
            ("belonging", vec![Own, GuardianOf, TeacherOf]),
            ("secret", vec![]),
            ("sign-in", vec![]),
            ("answer", vec![Own, TeacherOf]),
            ("judgement", vec![Own, TeacherOf]),
            ("estimate", vec![Own, GuardianOf, TeacherOf]),
            ("advice", vec![Own, GuardianOf, TeacherOf, OperatorOf]),
            ("decision", vec![GuardianOf, TeacherOf]),
            ("story", vec![Own, TeacherOf]),
            ("class", vec![TeacherOf]),
            ("trace", vec![TeacherOf]),
        ]
    );
}
