//! The schema of what is kept about people is complete: every column of a new database and every field of every kind of
//! event is declared in it, and nothing else.

use std::collections::BTreeSet;

use rusqlite::Connection;
use serde_json::Value;
use trellis_core::access::Relation;
use trellis_core::id::AttemptId;
use trellis_core::people::Role;
use trellis_core::plan::DirectiveKind;
use trellis_store::personal::{Given, Holds, Kind, Whose, event_kind, events, table, tables};
use trellis_store::{Store, kind};

use crate::one_of_each::{self, Fill};
use crate::planted::{self, MARK, MARKED};
use crate::school::{
    ANA, BEN, Folder, GUARDIAN, OPERATOR, OTHER_TEACHER, START, STRANGER, TEACHER, actor, asked,
    competency, open_with_school,
};
use crate::teaching::direct;

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
            let (Whose::Is(column) | Whose::Acts(column) | Whose::Names(column)) = whose;
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
    use Relation::{GuardianOf, LeaderOf, OperatorOf, Own, TeacherOf, WithReason};
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
            ("work", vec![Own, GuardianOf, TeacherOf]),
            ("portfolio", vec![Own, GuardianOf, TeacherOf]),
            ("judgement", vec![Own, TeacherOf]),
            ("estimate", vec![Own, GuardianOf, TeacherOf]),
            ("advice", vec![Own, GuardianOf, TeacherOf, OperatorOf]),
            ("decision", vec![GuardianOf, TeacherOf]),
            ("story", vec![Own, GuardianOf, TeacherOf]),
            ("wish", vec![Own, TeacherOf]),
            ("class", vec![TeacherOf, LeaderOf, OperatorOf]),
            ("group", vec![TeacherOf]),
            ("plan", vec![Own, GuardianOf, TeacherOf]),
            ("matter", vec![Own, GuardianOf, TeacherOf, LeaderOf]),
            ("consent", vec![GuardianOf, TeacherOf]),
            ("trace", vec![TeacherOf]),
            (
                "look",
                vec![Own, GuardianOf, TeacherOf, LeaderOf, WithReason]
            ),
            ("survey", vec![]),
            ("erasure", vec![]),
        ]
    );
}

#[test]
fn the_record_of_a_person_holds_every_field_that_is_declared() {
    let folder = Folder::new("record");
    drop(open_with_school(&folder));
    planted::plant(&folder.database(), &[]);
    let store = Store::open(folder.path(), false).expect("it opens");
    let record = store.record_of(MARKED, START).expect("it can be read");
    let record = record.expect("somebody");
    for table in tables().iter().filter(|table| !table.whose.is_empty()) {
        let row = record.rows(table.name).next();
        let row = row.unwrap_or_else(|| panic!("no row of {}", table.name));
        for column in table.columns {
            let value = row.get(column.name);
            match column.holds {
                Holds::Nothing(_) => assert_eq!(value, None, "{}.{}", table.name, column.name),
                Holds::Personal(_, Given::Withheld) => {
                    let text = value.and_then(Value::as_str).expect("it is said");
                    assert!(text.starts_with("not given out"), "{text}");
                }
                Holds::Personal(..) | Holds::Event => {
                    assert!(value.is_some(), "{}.{}", table.name, column.name);
                }
            }
        }
    }
    for name in planted::kinds() {
        let found = record.rows("event").find(|row| row["kind"] == name);
        let body = &found.unwrap_or_else(|| panic!("no event {name}"))["body"];
        for field in event_kind(name).expect("declared").fields {
            assert!(!body[field.name].is_null(), "{name}.{}", field.name);
        }
    }
    let text = serde_json::to_string(&record).expect("it can be written");
    assert!(
        text.contains(&format!("course-{MARK}")),
        "the state as well"
    );
    assert!(!text.contains(&format!("{MARK} hash")), "no hash goes out");
    let nobody = store.record_of(STRANGER, START).expect("it can be read");
    assert_eq!(nobody, None);
}

#[test]
fn the_record_of_a_teacher_does_not_give_away_learners() {
    let folder = Folder::new("record-teacher");
    let store = open_with_school(&folder);
    let directed = asked(
        actor(TEACHER, Role::Teacher),
        START,
        direct(ANA, 5, DirectiveKind::DoNext(competency("a"))),
    );
    assert!(store.execute(directed).expect("the disk works").is_ok());
    let record = store.record_of(TEACHER, START).expect("it can be read");
    let record = record.expect("somebody");
    let event = record.rows("event").next().expect("what the teacher did");
    assert_eq!(event["kind"], "directed");
    assert_eq!(
        event["body"],
        "what it says belongs to the record of another person"
    );
}

#[test]
fn a_record_is_read_by_whom_the_table_names() {
    let folder = Folder::new("record-access");
    let store = open_with_school(&folder);
    let people = [
        (ANA, ANA, true),
        (BEN, ANA, false),
        (GUARDIAN, ANA, true),
        (GUARDIAN, BEN, false),
        (GUARDIAN, GUARDIAN, true),
        (TEACHER, ANA, false),
        (TEACHER, TEACHER, true),
        (TEACHER, OTHER_TEACHER, false),
        (OPERATOR, ANA, false),
    ];
    for (who, whose, may) in people {
        let token = format!("{who}");
        let until = START.plus_days(1);
        let signed = store.sign_in(token.as_bytes(), who, None, START, until);
        signed.expect("the disk works");
        let viewer = store.viewer(token.as_bytes(), START);
        let viewer = viewer.expect("the disk works").expect("signed in");
        let record = store.person_record(&viewer, whose, START);
        assert_eq!(record.is_ok(), may, "{who} reads {whose}");
        store.sign_out(token.as_bytes()).expect("the disk works");
    }
}
