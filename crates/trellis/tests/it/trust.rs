//! Backups and restores as an operator runs them: what they print, with which code they end, and what they leave.
#![allow(
    clippy::unwrap_used,
    reason = "what a test stands on must be there, or the test stops"
)]

use std::fs;
use std::path::Path;

use crate::school::{Scratch, answer_again, backup, restore, run};

/// A school with one backup: the folder of the school, of the backups, and the key.
fn backed_up(scratch: &Scratch) -> (String, String, String) {
    let (dir, to) = (scratch.school(), scratch.path("backups"));
    fs::create_dir(scratch.path("safe")).unwrap();
    let key = scratch.path("safe/key");
    backup(&dir, &to, &key, &["--new-key"]).succeeds();
    (dir, to, key)
}

#[test]
fn a_backup_is_made_tried_and_restored() {
    let scratch = Scratch::new();
    let (dir, to, key) = backed_up(&scratch);
    // A second is needed for another name.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let made = backup(&dir, &to, &key, &["--json"]).succeeds();
    assert_eq!(
        made.keys(),
        ["bytes", "chain", "events", "file", "key", "removed"]
    );
    let events = made.json()["events"].as_u64().unwrap();
    assert!(events >= 3);
    let new = scratch.path("new");
    let tried = restore(&to, &key, &new, &["--check"]).succeeds();
    assert!(tried.out.contains("All equal") && tried.out.contains("a try"));
    assert!(!Path::new(&new).exists());
    let restored = restore(&to, &key, &new, &["--json"]).succeeds();
    assert_eq!(restored.json()["events"], events);
    assert_eq!(restored.json()["placed"], true);
    assert_eq!(restored.json()["from"], made.json()["file"]);
    let replayed = run(&["replay", "--verify", "--dir", &new]).succeeds();
    assert!(replayed.out.contains("All equal"), "{}", replayed.out);
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let kept = backup(&dir, &to, &key, &["--keep", "1"]).succeeds();
    assert_eq!(kept.out.matches("removed").count(), 2, "{}", kept.out);
    assert_eq!(fs::read_dir(&to).unwrap().count(), 1);
}

#[test]
fn a_folder_that_is_there_is_kept_and_only_when_asked_renamed() {
    let scratch = Scratch::new();
    let (dir, to, key) = backed_up(&scratch);
    restore(&to, &key, &dir, &[]).fails(2, &["there is something in this folder", "--replace"]);
    let restored = restore(&to, &key, &dir, &["--replace"]).succeeds();
    assert!(restored.out.contains(".before-"), "{}", restored.out);
    restore(&to, &key, &dir, &["--replace", "--check"]).fails(2, &["cannot be used with"]);
}

#[test]
fn keys_and_backups_that_are_wrong_are_said_in_plain_words() {
    let scratch = Scratch::new();
    let (dir, to, key) = backed_up(&scratch);
    let new = scratch.path("new");
    let with_backups = scratch.path("backups/key");
    backup(&dir, &to, &with_backups, &["--new-key"]).fails(2, &["must not lie with the backups"]);
    let with_data = scratch.path("school/key");
    backup(&dir, &to, &with_data, &["--new-key"]).fails(2, &["must not lie with the database"]);
    backup(&dir, &to, &key, &["--new-key"]).fails(2, &["key", "exists"]);
    let nothing = scratch.path("safe/nothing");
    let arguments = ["backup", "--dir", &dir, "--to", &to, "--key", &nothing];
    run(&arguments).fails(2, &["nothing"]);
    run(&["restore", "--from", &to, "--dir", &new]).fails(2, &["--key"]);
    let empty = scratch.path("empty");
    fs::create_dir(&empty).unwrap();
    restore(&empty, &key, &new, &[]).fails(2, &["empty"]);
    let text = scratch.write("safe/text", "not a key");
    restore(&to, &text, &new, &[]).fails(2, &["holds no key"]);
    let other = scratch.path("safe/other");
    let elsewhere = scratch.path("elsewhere");
    backup(&dir, &elsewhere, &other, &["--new-key"]).succeeds();
    restore(&to, &other, &new, &[]).fails(2, &["was made with the key", "the key given is"]);
    let backup = fs::read_dir(&to).unwrap().next().unwrap().unwrap().path();
    let whole = fs::read(&backup).unwrap();
    fs::write(&backup, &whole[..whole.len() - 100]).unwrap();
    restore(&to, &key, &new, &[]).fails(2, &["cut off", "Nothing was changed"]);
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 1;
    fs::write(&backup, changed).unwrap();
    restore(&to, &key, &new, &["--check"]).fails(2, &["was changed after it was made"]);
    assert!(!Path::new(&new).exists());
    let left = fs::read_dir(scratch.path(".")).unwrap().flatten();
    for entry in left {
        let name = entry.file_name().into_string().unwrap();
        assert!(!name.contains("restoring"), "{name}");
    }
}

/// What the doctor says: its code, and by check the state, the words and what to do.
fn doctor(dir: &str, more: &[&str]) -> (Option<i32>, serde_json::Value) {
    let mut arguments = vec!["doctor", "--json", "--dir", dir];
    arguments.extend(more);
    let ran = run(&arguments);
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    let mut checks = serde_json::Map::new();
    for check in ran.json()["checks"].as_array().unwrap() {
        checks.insert(check["check"].as_str().unwrap().to_owned(), check.clone());
    }
    (ran.code, checks.into())
}

/// Demands that exactly one check is not fine, that it has this state and each of these words, and a remedy.
fn one_wrong(dir: &str, check: &str, state: &str, words: &[&str]) {
    let (code, checks) = doctor(dir, &[]);
    assert_eq!(code, Some(1), "{checks}");
    assert_eq!(checks[check]["state"], state, "{checks}");
    let said = checks[check]["says"].as_str().unwrap();
    for word in words {
        assert!(said.contains(word), "{word} is not in: {said}");
    }
    assert!(checks[check]["do"].as_str().unwrap().len() > 10, "{checks}");
}

fn change(dir: &str, sql: &str) {
    let connection = rusqlite::Connection::open(Path::new(dir).join("trellis.db")).unwrap();
    assert!(connection.execute(sql, []).unwrap() > 0, "{sql}");
}

#[test]
fn the_doctor_finds_nothing_in_a_sound_school_also_while_it_is_open() {
    let scratch = Scratch::new();
    let (dir, to, key) = backed_up(&scratch);
    let all = ["--backups", &to, "--key", &key];
    let (code, checks) = doctor(&dir, &all);
    // The school of the test is written at a moment in 2026; the machine's clock may be earlier.
    let expected =
        i32::from(checks["clock"]["state"] != "fine" || checks["room"]["state"] != "fine");
    assert_eq!(code, Some(expected), "{checks}");
    for check in [
        "rights",
        "database",
        "version",
        "structure",
        "journal",
        "states",
        "backups",
    ] {
        assert_eq!(checks[check]["state"], "fine", "{checks}");
    }
    let open = trellis_store::Store::open(Path::new(&dir), false).unwrap();
    let (_, checks) = doctor(&dir, &all);
    assert_eq!(checks["journal"]["state"], "fine", "{checks}");
    assert!(
        checks["database"]["says"]
            .as_str()
            .unwrap()
            .contains("serving")
    );
    drop(open);
    let words = run(&["doctor", "--dir", &dir]);
    assert!(words.out.contains("the chain is whole"), "{}", words.out);
}

#[test]
fn the_doctor_names_what_is_broken_in_a_journal() {
    let scratch = Scratch::new();
    for (name, sql, check, words) in [
        (
            "changed",
            "UPDATE event SET at = at + 1 WHERE seq = 2",
            "journal",
            &["event 2", "chain"][..],
        ),
        (
            "lost",
            "DELETE FROM event WHERE seq = 2",
            "journal",
            &["event 2: missing"],
        ),
        (
            "unreadable",
            "UPDATE event SET body = '{' WHERE seq = 2",
            "journal",
            &["event 2"],
        ),
        (
            "state",
            "UPDATE learner_state SET body = x'00'",
            "journal",
            &["cannot be read"],
        ),
        (
            "map",
            "UPDATE estimate SET known = 0.5",
            "states",
            &["class maps"],
        ),
        (
            "answers",
            "DELETE FROM answer",
            "states",
            &["list of answers"],
        ),
        (
            "version",
            "UPDATE fold_format SET version = 0",
            "version",
            &["another version", "next start"],
        ),
    ] {
        let inner = Scratch::new();
        let dir = inner.school();
        change(&dir, sql);
        let state = if name == "version" {
            "attention"
        } else {
            "broken"
        };
        one_wrong(&dir, check, state, words);
    }
    let dir = scratch.school();
    change(
        &dir,
        "UPDATE event SET at = at + 900000000000 WHERE seq = (SELECT max(seq) FROM event)",
    );
    let (_, checks) = doctor(&dir, &[]);
    assert_eq!(checks["clock"]["state"], "attention", "{checks}");
}

#[test]
fn the_doctor_names_what_is_wrong_with_a_file_or_folder() {
    let scratch = Scratch::new();
    let dir = scratch.school();
    let file = Path::new(&dir).join("trellis.db");
    let good = fs::read(&file).unwrap();
    let mut damaged = good.clone();
    // A page of a table that nothing reads when a school opens.
    let root: usize = rusqlite::Connection::open(&file)
        .unwrap()
        .query_row(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'draft'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    damaged[(root - 1) * 4096..root * 4096].fill(0xa5);
    let mut newer = good.clone();
    newer[60..64].copy_from_slice(&9_999_u32.to_be_bytes());
    for (bytes, check, words) in [
        (&damaged[..], "structure", &["damaged"][..]),
        (&good[..good.len() - 8192], "database", &["malformed"]),
        (&newer, "database", &["version 9999"]),
        (
            b"text, and no database",
            "database",
            &["not a Trellis database"],
        ),
        (&[], "database", &["empty"]),
    ] {
        fs::write(&file, bytes).unwrap();
        one_wrong(&dir, check, "broken", words);
    }
    fs::write(&file, &good).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        one_wrong(&dir, "rights", "attention", &["everybody"]);
    }
    one_wrong(&scratch.path("nowhere"), "folder", "broken", &["nowhere"]);
    one_wrong(
        &file.display().to_string(),
        "folder",
        "broken",
        &["is a file"],
    );
}

#[test]
fn the_doctor_sees_by_a_backup_that_the_end_of_the_journal_is_missing() {
    let scratch = Scratch::new();
    let dir = scratch.school();
    let older = fs::read(Path::new(&dir).join("trellis.db")).unwrap();
    // More happens, a backup is made, and then the file is again what it was: whole in itself, and shorter.
    let store = trellis_store::Store::open(Path::new(&dir), false).unwrap();
    answer_again(&store);
    drop(store);
    let (to, key) = (scratch.path("backups"), scratch.path("key"));
    backup(&dir, &to, &key, &["--new-key"]).succeeds();
    let all = ["--backups", &to, "--key", &key];
    assert_eq!(doctor(&dir, &all).1["backups"]["state"], "fine");
    fs::write(Path::new(&dir).join("trellis.db"), older).unwrap();
    let (_, checks) = doctor(&dir, &all);
    assert_eq!(checks["journal"]["state"], "fine", "{checks}");
    assert_eq!(checks["backups"]["state"], "broken", "{checks}");
    assert!(
        checks["backups"]["says"]
            .as_str()
            .unwrap()
            .contains("missing")
    );
}

#[test]
fn a_second_copy_is_looked_at_and_restored() {
    let scratch = Scratch::new();
    let dir = scratch.school();
    let second = scratch.path("second");
    let store =
        trellis_store::Store::open_with_second(Path::new(&dir), Path::new(&second)).unwrap();
    answer_again(&store);
    drop(store);
    let (_, checks) = doctor(&dir, &["--second", &second]);
    assert_eq!(checks["second copy"]["state"], "fine", "{checks}");
    let new = scratch.path("new");
    let restored = run(&["restore", "--from", &second, "--dir", &new, "--json"]).succeeds();
    assert_eq!(restored.json()["placed"], true);
    assert!(restored.json()["events"].as_u64().unwrap() > 4);
    change(&second, "UPDATE event SET at = at + 1 WHERE seq = 2");
    let (_, checks) = doctor(&dir, &["--second", &second]);
    assert_eq!(checks["second copy"]["state"], "broken", "{checks}");
    let nowhere = scratch.path("nowhere");
    let (_, checks) = doctor(&dir, &["--second", &nowhere]);
    assert_eq!(checks["second copy"]["state"], "broken", "{checks}");
    run(&[
        "serve",
        "--dir",
        &dir,
        "--second",
        &dir,
        "--listen",
        "127.0.0.1:0",
    ])
    .fails(2, &["same folder"]);
}

#[test]
fn the_doctor_looks_at_backups() {
    let scratch = Scratch::new();
    let (dir, to, key) = backed_up(&scratch);
    let backup = fs::read_dir(&to).unwrap().next().unwrap().unwrap().path();
    let whole = fs::read(&backup).unwrap();
    fs::write(&backup, &whole[..whole.len() / 2]).unwrap();
    let (code, checks) = doctor(&dir, &["--backups", &to, "--key", &key]);
    assert_eq!(code, Some(1));
    assert_eq!(checks["backups"]["state"], "broken", "{checks}");
    assert!(
        checks["backups"]["says"]
            .as_str()
            .unwrap()
            .contains("cut off")
    );
    fs::remove_file(&backup).unwrap();
    let (_, checks) = doctor(&dir, &["--backups", &to]);
    assert_eq!(checks["backups"]["state"], "attention", "{checks}");
    let old = Path::new(&to).join("trellis-20200101T000000Z-0000000009.trellisbackup");
    fs::write(&old, whole).unwrap();
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(10 * 86_400);
    let file = fs::File::options().write(true).open(&old).unwrap();
    file.set_modified(long_ago).unwrap();
    let (_, checks) = doctor(&dir, &["--backups", &to]);
    assert_eq!(checks["backups"]["state"], "attention", "{checks}");
    assert!(
        checks["backups"]["says"]
            .as_str()
            .unwrap()
            .contains("10.0 days")
    );
    let nowhere = scratch.path("nowhere");
    let (_, checks) = doctor(&dir, &["--backups", &nowhere]);
    assert_eq!(checks["backups"]["state"], "broken", "{checks}");
}
