//! Backups and restores as an operator runs them: what they print, with which code they end, and what they leave.
#![allow(
    clippy::unwrap_used,
    reason = "what a test stands on must be there, or the test stops"
)]

use std::fs;
use std::path::Path;

use crate::commands::{Ran, Scratch, run};

/// A school with one backup: the folder of the school, of the backups, and the key.
fn backed_up(scratch: &Scratch) -> (String, String, String) {
    let (dir, to) = (scratch.school(), scratch.path("backups"));
    fs::create_dir(scratch.path("safe")).unwrap();
    let key = scratch.path("safe/key");
    run(&[
        "backup",
        "--dir",
        &dir,
        "--to",
        &to,
        "--key",
        &key,
        "--new-key",
    ])
    .succeeds();
    (dir, to, key)
}

fn restore(from: &str, key: &str, dir: &str, more: &[&str]) -> Ran {
    let mut arguments = vec!["restore", "--from", from, "--key", key, "--dir", dir];
    arguments.extend(more);
    run(&arguments)
}

#[test]
fn a_backup_is_made_tried_and_restored() {
    let scratch = Scratch::new();
    let (dir, to, key) = backed_up(&scratch);
    let made = [
        "backup", "--dir", &dir, "--to", &to, "--key", &key, "--json",
    ];
    // A second is needed for another name.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let made = run(&made).succeeds();
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
    let twice = [
        "backup", "--dir", &dir, "--to", &to, "--key", &key, "--keep", "1",
    ];
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let kept = run(&twice).succeeds();
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
    let arguments = [
        "backup",
        "--dir",
        &dir,
        "--to",
        &to,
        "--key",
        &with_backups,
        "--new-key",
    ];
    run(&arguments).fails(2, &["must not lie with the backups"]);
    let with_data = scratch.path("school/key");
    let arguments = [
        "backup",
        "--dir",
        &dir,
        "--to",
        &to,
        "--key",
        &with_data,
        "--new-key",
    ];
    run(&arguments).fails(2, &["must not lie with the database"]);
    let again = [
        "backup",
        "--dir",
        &dir,
        "--to",
        &to,
        "--key",
        &key,
        "--new-key",
    ];
    run(&again).fails(2, &["key", "exists"]);
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
    let arguments = [
        "backup",
        "--dir",
        &dir,
        "--to",
        &elsewhere,
        "--key",
        &other,
        "--new-key",
    ];
    run(&arguments).succeeds();
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
