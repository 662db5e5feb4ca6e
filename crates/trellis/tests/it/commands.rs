//! The commands as somebody runs them: what they print, with which code they end, and what they leave behind.
#![allow(
    clippy::unwrap_used,
    reason = "what a test stands on must be there, or the test stops"
)]

use std::net::TcpListener;
use std::path::Path;

use serde_json::Value;
use trellis_store::Store;

use crate::school::{Scratch, Server, run};

#[test]
fn a_course_is_checked_shown_and_imported() {
    let scratch = Scratch::new();
    let course = scratch.course("course", "~", "~");
    let dir = scratch.path("school");
    let checked = run(&["course", "check", &course, "--json"]).succeeds();
    assert_eq!(checked.keys(), ["findings", "summary"]);
    assert_eq!(checked.json()["summary"]["templates"], 1);
    assert_eq!(checked.json()["summary"]["errors"], 0);
    let shown = run(&["course", "show", &course, "sum", "--seed", "3"]).succeeds();
    assert!(shown.out.contains("key: ") && shown.out.contains("Work out"));
    let shown = run(&["course", "show", &course, "sum", "--seed", "3", "--json"]).succeeds();
    for key in [
        "item",
        "key",
        "presentation",
        "hints",
        "solution",
        "mix_ups",
    ] {
        assert!(shown.keys().iter().any(|known| known == key), "{key}");
    }
    let imported = run(&["import", "course", &course, "--dir", &dir, "--json"]).succeeds();
    let keys = ["course", "imported", "items", "units", "warnings"];
    assert_eq!(imported.keys(), keys);
    assert_eq!(imported.json()["course"], "small");
    // A newer version of the same course takes its place.
    let newer = scratch.course("newer", "title = \"Small\"", "title = \"Smaller\"");
    run(&["import", "course", &newer, "--dir", &dir]).succeeds();
    let store = Store::open(Path::new(&dir), false).unwrap();
    assert_eq!(store.catalog().courses()[0].title, "Smaller");
    assert_eq!(store.catalog().item_count(), 1);
}

#[test]
fn a_broken_course_is_said_with_its_line_and_not_imported() {
    let scratch = Scratch::new();
    let broken = scratch.course("broken", "answer = \"a * b\"", "answer = \"a * c\"");
    let dir = scratch.path("school");
    let checked = run(&["course", "check", &broken]);
    assert_eq!(checked.code, Some(1));
    assert!(
        checked.out.contains("units/u/items.toml:11"),
        "{}",
        checked.out
    );
    let as_json = run(&["course", "check", &broken, "--json"]);
    assert_eq!(as_json.code, Some(1));
    let report = as_json.json();
    let mut findings = report["findings"].as_array().unwrap().iter();
    let error = findings.find(|finding| finding["severity"] == "error");
    assert_eq!(error.map(|error| &error["line"]), Some(&Value::from(11)));
    run(&["course", "show", &broken, "sum"]).fails(2, &["no item \"sum\""]);
    let words = ["the course has", "nothing was imported"];
    run(&["import", "course", &broken, "--dir", &dir]).fails(2, &words);
    let said = run(&["import", "course", &broken, "--dir", &dir, "--json"]).fails(2, &words);
    assert_eq!(said.keys(), ["findings", "imported", "summary"]);
    assert!(!Path::new(&dir).exists(), "a database was made");
    let newer = scratch.course("newer", "id = \"small\"", "format = 2\nid = \"small\"");
    let said = run(&["import", "course", &newer, "--dir", &dir]).fails(2, &words);
    assert!(said.out.contains("Use a newer Trellis"), "{}", said.out);
}

#[test]
fn a_course_folder_that_is_none_is_said_so() {
    let scratch = Scratch::new();
    let dir = scratch.path("school");
    let nowhere = scratch.path("nowhere");
    let import = |folder: &str| run(&["import", "course", folder, "--dir", &dir]);
    import(&nowhere).fails(2, &["nowhere", "course.toml"]);
    run(&["course", "check", &nowhere]).fails(2, &["nowhere", "course.toml"]);
    std::fs::create_dir(&nowhere).unwrap();
    import(&nowhere).fails(2, &["errors"]);
    let huge = scratch.course("huge", "~", "~");
    let file = scratch.write("huge/units/u/more.toml", vec![b'#'; 4_000_001]);
    import(&huge).fails(2, &[&file, "larger than 4 MB", "othing was imported"]);
    let deep = scratch.course("deep", "~", "~");
    scratch.write("deep/1/2/3/4/5/6/7/8/9/a.toml", "");
    import(&deep).fails(2, &["1/2/3/4/5/6/7/8/9", "folders deep"]);
    let nested = format!("title = {}", "[".repeat(50_000));
    let nested = scratch.course("nested", "title = \"U\"", &nested);
    import(&nested).fails(2, &["errors"]);
    #[cfg(unix)]
    {
        let linked = scratch.course("linked", "~", "~");
        let link = scratch.0.join("linked/units/u/out.toml");
        std::os::unix::fs::symlink("/etc/hostname", &link).unwrap();
        import(&linked).fails(2, &["out.toml", "link"]);
    }
    assert!(!Path::new(&dir).exists(), "a database was made");
}

#[test]
fn an_item_of_another_course_is_not_taken() {
    let scratch = Scratch::new();
    let dir = scratch.school();
    let thief = scratch.course("thief", "id = \"small\"", "id = \"thief\"");
    run(&["import", "course", &thief, "--dir", &dir]).fails(
        2,
        &["\"sum\"", "\"thief\"", "\"small\"", "nothing was imported"],
    );
    let store = Store::open(Path::new(&dir), false).unwrap();
    assert_eq!(store.catalog().courses().len(), 1);
}

#[test]
fn a_replay_and_an_explanation_are_printed() {
    let scratch = Scratch::new();
    let dir = scratch.school();
    let replayed = run(&["replay", "--verify", "--dir", &dir, "--json"]).succeeds();
    let keys = [
        "advice",
        "advice_from_other_content",
        "erased",
        "estimates_of_an_older_program",
        "events",
        "learners",
        "mismatches",
        "seconds",
    ];
    assert_eq!(replayed.keys(), keys);
    assert_eq!(replayed.json()["learners"], 1);
    assert_eq!(replayed.json()["mismatches"], serde_json::json!([]));
    let replayed = run(&["replay", "--verify", "--dir", &dir]).succeeds();
    assert!(replayed.out.contains("All equal"), "{}", replayed.out);
    run(&["replay", "--dir", &dir]).fails(2, &["--verify"]);
    let explained = run(&["explain", "3", "--dir", &dir]).succeeds();
    assert!(explained.out.contains("not yet") && explained.out.contains("probability of knowing"));
    for said in [
        "where everybody starts",
        "sum",
        "after 2 more right answers",
    ] {
        assert!(explained.out.contains(said), "{said}: {}", explained.out);
    }
    let explained = run(&["explain", "3", "--dir", &dir, "--json"]).succeeds();
    let events = explained.json();
    assert_eq!(events[0]["event"]["kind"], "responded");
    run(&["explain", "999", "--dir", &dir]).fails(2, &["no decision 999", "1 to "]);
    run(&["explain", "x", "--dir", &dir]).fails(2, &["invalid value 'x'"]);
}

#[test]
fn a_changed_journal_ends_with_a_code() {
    let scratch = Scratch::new();
    let dir = scratch.school();
    // The learner's answer, changed behind the store's back in the closed file.
    let file = Path::new(&dir).join("trellis.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let from = br#""elapsed_ms":900"#;
    let place = bytes.windows(from.len()).position(|part| part == from);
    bytes[place.expect("it is in the journal") + from.len() - 1] = b'1';
    std::fs::write(&file, bytes).unwrap();
    let replayed = run(&["replay", "--verify", "--dir", &dir, "--json"]);
    assert_eq!(replayed.code, Some(1), "{}{}", replayed.out, replayed.err);
    let mismatches = replayed.json()["mismatches"].clone();
    assert!(
        mismatches[0].as_str().unwrap().contains("event 3"),
        "{mismatches}"
    );
}

/// The commands that work on a database that is there.
fn on_database(dir: &str) -> [Vec<&str>; 3] {
    [
        vec!["replay", "--verify", "--dir", dir],
        vec!["explain", "1", "--dir", dir],
        vec!["serve", "--listen", "127.0.0.1:0", "--dir", dir],
    ]
}

#[test]
fn what_is_no_database_is_said_and_left_alone() {
    let scratch = Scratch::new();
    let course = scratch.course("course", "~", "~");
    let good = std::fs::read(Path::new(&scratch.school()).join("trellis.db")).unwrap();
    let mut newer = good.clone();
    // `user_version` stands at byte 60 of the file's head, big end first.
    newer[60..64].copy_from_slice(&9_999_u32.to_be_bytes());
    let mut other = good.clone();
    other[68..72].copy_from_slice(&1_u32.to_be_bytes());
    for (name, bytes, word) in [
        (
            "text",
            b"This is no database at all.\n".to_vec(),
            "not a Trellis database",
        ),
        ("empty", Vec::new(), "not a Trellis database"),
        ("other", other, "made by another program"),
        ("newer", newer, "version 9999"),
    ] {
        let file = scratch.write(&format!("{name}/trellis.db"), &bytes);
        let dir = scratch.path(name);
        for arguments in on_database(&dir) {
            run(&arguments).fails(2, &["trellis.db", word]);
        }
        // An empty file may be what remains of a first start, which an import may finish.
        if name != "empty" {
            run(&["import", "course", &course, "--dir", &dir]).fails(2, &["trellis.db", word]);
            assert_eq!(std::fs::read(&file).unwrap(), bytes, "{name} was changed");
        }
    }
    let nowhere = scratch.path("nowhere");
    for arguments in on_database(&nowhere) {
        run(&arguments).fails(2, &["nowhere", "no Trellis database"]);
    }
    assert!(!Path::new(&nowhere).exists());
}

#[test]
fn a_truncated_database_is_refused_or_found() {
    let scratch = Scratch::new();
    let good = std::fs::read(Path::new(&scratch.school()).join("trellis.db")).unwrap();
    for quarter in 1..4 {
        let name = format!("cut{quarter}");
        scratch.write(
            &format!("{name}/trellis.db"),
            &good[..good.len() * quarter / 4],
        );
        let ran = run(&["replay", "--verify", "--dir", &scratch.path(&name)]);
        assert!(
            matches!(ran.code, Some(1 | 2)),
            "{:?} {}{}",
            ran.code,
            ran.out,
            ran.err
        );
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
    }
}

#[test]
fn a_second_process_is_kept_out() {
    let scratch = Scratch::new();
    let dir = scratch.school();
    let course = scratch.course("again", "~", "~");
    let server = Server::start(&dir);
    assert!(
        server.address.starts_with("127.0.0.1:"),
        "{}",
        server.address
    );
    let mut others = on_database(&dir).to_vec();
    others.push(vec!["import", "course", &course, "--dir", &dir]);
    for arguments in others {
        run(&arguments).fails(2, &["another Trellis is using this folder", "--dir"]);
    }
    drop(server);
    run(&["replay", "--verify", "--dir", &dir]).succeeds();
}

#[test]
fn a_port_that_is_taken_is_said_with_the_flag() {
    let scratch = Scratch::new();
    let dir = scratch.school();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let words = [address.as_str(), "another program", "--listen"];
    run(&["serve", "--dir", &dir, "--listen", &address]).fails(2, &words);
    let new = scratch.path("new");
    run(&["demo", "--dir", &new, "--listen", &address]).fails(2, &words);
    assert!(!Path::new(&new).exists(), "a school was made for no one");
    run(&["serve", "--dir", &dir, "--listen", "nonsense"]).fails(2, &["--listen"]);
}

/// A pool of one problem, as a folder.
fn pool(scratch: &Scratch, name: &str) -> String {
    let plan = r#"[{"courseName": "Sample", "language": "en", "courseOER": "", "courseLicense": "",
      "lessons": [{"id": "one", "name": "Lesson 1", "topics": "", "learningObjectives": {"add": 0.9}}]}]"#;
    let problem = r#"{"id": "sum1", "title": "Sums", "body": "", "variabilization": {}, "oer": "", "license": "",
      "lesson": "", "lessonId": "one", "courseName": "Sample"}"#;
    let step = r#"{"id": "sum1a", "stepAnswer": ["$$5$$"], "problemType": "TextBox", "answerType": "arithmetic",
      "stepTitle": "Add 2 and 3.", "stepBody": "", "variabilization": {}}"#;
    for (file, text) in [
        ("coursePlans.json", plan),
        ("skillModel.json", r#"{"sum1a": ["add"]}"#),
        ("content-pool/sum1/sum1.json", problem),
        ("content-pool/sum1/steps/sum1a/sum1a.json", step),
    ] {
        scratch.write(&format!("{name}/{file}"), text);
    }
    scratch.path(name)
}

#[test]
fn a_pool_is_imported_and_counted() {
    let scratch = Scratch::new();
    let pool = pool(&scratch, "pool");
    let dir = scratch.path("school");
    let only = run(&[
        "import", "oatutor", &pool, "--dir", &dir, "--check", "--json",
    ])
    .succeeds();
    assert_eq!(only.json()["imported"], false);
    assert!(!Path::new(&dir).exists(), "a check made a database");
    let imported = run(&["import", "oatutor", &pool, "--dir", &dir, "--json"]).succeeds();
    let keys = [
        "imported",
        "read_ms",
        "report",
        "store_ms",
        "total_ms",
        "understand_ms",
    ];
    assert_eq!(imported.keys(), keys);
    let report = &imported.json()["report"];
    assert_eq!(report["counts"]["steps"], 1);
    assert_eq!(report["kinds"]["number"]["accepted"], 1);
    assert_eq!(report["items"], 1);
    let text = run(&["import", "oatutor", &pool, "--dir", &dir]).succeeds();
    assert!(text.out.contains("1 of 1 (100.00 %)"), "{}", text.out);
    let to = scratch.path("findings.jsonl");
    run(&["import", "oatutor", &pool, "--check", "--findings", &to]).succeeds();
    for line in std::fs::read_to_string(&to).unwrap().lines() {
        let finding: Value = serde_json::from_str(line).unwrap();
        assert!(finding["rule"].is_string() && finding["file"].is_string());
    }
    let store = Store::open(Path::new(&dir), false).unwrap();
    assert_eq!(store.catalog().item_count(), 1);
}

#[test]
fn a_pool_that_is_none_is_said_and_nothing_is_imported() {
    let scratch = Scratch::new();
    let dir = scratch.path("school");
    let import = |path: &str| run(&["import", "oatutor", path, "--dir", &dir]);
    import(&scratch.path("nowhere")).fails(2, &["nowhere", "may read it"]);
    let zip = scratch.write("pool.zip", b"PK\x03\x04 and so on");
    import(&zip).fails(2, &["pool.zip", "not a .tar.xz archive"]);
    let cut = scratch.write("cut.tar.xz", b"\xfd7zXZ\0\0\x04 and then nothing");
    import(&cut).fails(
        2,
        &["cut.tar.xz", "cut off or damaged", "nothing was imported"],
    );
    let half = pool(&scratch, "half");
    std::fs::remove_file(Path::new(&half).join("skillModel.json")).unwrap();
    import(&half).fails(2, &["half", "skillModel.json"]);
    scratch.write("half/skillModel.json", "{\n\"sum1a\": [");
    import(&half).fails(2, &["skillModel.json", "line 2"]);
    let huge = pool(&scratch, "huge");
    let file = scratch.write("huge/content-pool/sum1/huge.json", vec![b' '; 8_000_001]);
    import(&huge).fails(2, &[&file, "larger than 8 MB", "othing was imported"]);
    let nested = pool(&scratch, "nested");
    scratch.write(
        "nested/skillModel.json",
        r#"{"sum1a":"#.to_owned() + &"[".repeat(100_000),
    );
    import(&nested).fails(2, &["nested", "skillModel.json", "line 1"]);
    assert!(!Path::new(&dir).exists(), "a database was made");
    let good = pool(&scratch, "good");
    let to = scratch.path("nowhere/findings.txt");
    run(&["import", "oatutor", &good, "--dir", &dir, "--findings", &to])
        .fails(2, &["findings.txt", "Nothing was imported"]);
    assert!(!Path::new(&dir).exists(), "a database was made");
}

#[test]
fn another_model_runs_from_an_event_on_and_a_replay_stays_equal() {
    use trellis_core::model::RunningModel;

    let scratch = Scratch::new();
    let dir = scratch.school();
    let shipped = RunningModel::default();
    let other = RunningModel::new("other-1", "{}", shipped.tracing().clone(), [1.5, 0.5, -0.5]);
    let file = scratch.write("other.model", other.to_bytes());
    run(&["model", "show", &file]).succeeds();
    let installed = run(&["model", "install", &file, "--dir", &dir]).succeeds();
    assert!(
        installed.out.contains("other-1 runs from event") && installed.out.contains("additive-1"),
        "{}",
        installed.out
    );
    run(&["model", "install", &file, "--dir", &dir]).fails(2, &["other-1", "another name"]);
    let replayed = run(&["replay", "--verify", "--dir", &dir]).succeeds();
    assert!(replayed.out.contains("All equal"), "{}", replayed.out);
    // The parts of a chance of before are those of the model of then.
    let explained = run(&["explain", "3", "--dir", &dir]).succeeds();
    assert!(
        explained.out.contains("where everybody starts"),
        "{}",
        explained.out
    );
    let cut = &other.to_bytes()[1..];
    let damaged = scratch.write("damaged.model", cut);
    run(&["model", "install", &damaged, "--dir", &dir]).fails(2, &["not a model"]);
    let refit = run(&["model", "refit", "--dir", &dir]).succeeds();
    assert!(refit.out.contains("Nothing is changed"), "{}", refit.out);
}
