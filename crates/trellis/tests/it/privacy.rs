//! People as an operator handles them: a roster comes in, one record is written out, one person is erased, also from the
//! backups.
#![allow(
    clippy::unwrap_used,
    reason = "what a test stands on must be there, or the test stops"
)]

use std::fs;
use std::path::Path;

use crate::school::{Scratch, backup, restore, run};

/// Stands in the names and the id of the person who is erased, and nowhere else.
const MARK: &str = "CanaryBird7Q";

/// Files of a folder, and of the folders in it, that hold the mark.
fn marked(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(marked(&path));
        } else {
            let bytes = fs::read(&path).unwrap();
            let mut places = bytes.windows(MARK.len());
            if places.any(|place| place == MARK.as_bytes()) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}

/// A sheet of a class with the marked student.
fn sheet(scratch: &Scratch) -> String {
    let text = format!(
        "Student ID,First name,Last name,Class,Role,Child ID\n\
         {MARK},{MARK} given,{MARK} family,5A,,\n\
         b7,Ben,Lee,5A,,\n\
         t1,Ngozi,Okafor,5A,teacher,\n\
         f1,Rosa,Ruiz,,family,{MARK}\n"
    );
    scratch.write("class.csv", text)
}

#[test]
fn a_sheet_is_looked_at_approved_and_brought_in() {
    let scratch = Scratch::new();
    let (dir, sheet) = (scratch.school(), sheet(&scratch));
    let import = |more: &[&str]| {
        let mut arguments = vec!["roster", "import", &sheet, "--dir", &dir];
        arguments.extend(more);
        run(&arguments)
    };
    let tried = import(&["--dry-run", "--json"]).succeeds().json();
    assert_eq!(tried["coming"].as_array().unwrap().len(), 4);
    assert_eq!(tried["enrolling"], 3);
    assert_eq!(tried["guarding"], 1);
    assert_eq!(tried["left_out"], serde_json::json!([]));
    import(&["--approve", "0000000000000000"]).fails(2, &["not what was approved"]);
    let word = tried["approve"].as_str().unwrap();
    let done = import(&["--approve", word]).succeeds();
    assert!(done.out.contains("2 courses were given"), "{}", done.out);
    let again = import(&["--dry-run"]).succeeds();
    assert!(again.out.contains("Nothing changes"), "{}", again.out);
    let wrong = scratch.write("wrong.csv", "id,first name\n1,A\n");
    let arguments = ["roster", "import", &wrong, "--dir", &dir];
    let refused = run(&arguments).fails(2, &["nothing was changed"]);
    assert!(refused.out.contains("wrong.csv:1"), "{}", refused.out);
}

#[test]
fn a_whole_roster_with_few_people_empties_no_school() {
    let scratch = Scratch::new();
    let dir = scratch.school();
    let people: String = (0..30)
        .map(|number| format!("s{number},A{number},B,5A\n"))
        .collect();
    let many = scratch.write(
        "many.csv",
        format!("id,first name,last name,class\n{people}"),
    );
    run(&["roster", "import", &many, "--dir", &dir]).succeeds();
    let manifest = "propertyName,value\noneroster.version,1.1\nfile.users,bulk\n";
    scratch.write("half/manifest.csv", manifest);
    let users = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n\
        s1,,,true,,student,,,A1,B,,,,,,,,\n";
    scratch.write("half/users.csv", users);
    let half = scratch.path("half");
    let import = ["roster", "import", &half, "--dir", &dir];
    // The student of the school goes too; who runs the machine stays.
    run(&import).fails(2, &["30 people would leave", "--leaving 30"]);
    let asked_for = ["roster", "import", &half, "--dir", &dir, "--leaving", "30"];
    run(&asked_for).succeeds();
    let overdue = run(&["retention", "run", "--dir", &dir, "--dry-run"]).succeeds();
    assert!(overdue.out.starts_with("0 people"), "{}", overdue.out);
    run(&["retention", "run", "--dir", &dir]).succeeds();
    run(&["replay", "--verify", "--dir", &dir]).succeeds();
}

#[test]
fn a_record_is_written_out_once_and_by_id() {
    let scratch = Scratch::new();
    let (dir, to) = (scratch.school(), scratch.path("record"));
    let export = |person: &str| {
        let arguments = [
            "person", "export", "--dir", &dir, "--person", person, "--to", &to,
        ];
        run(&arguments)
    };
    export("nobody").fails(2, &["nobody here has this id"]);
    export("p2").succeeds();
    let json = fs::read_to_string(Path::new(&to).join("record.json")).unwrap();
    let record: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(record["tables"]["person"][0]["given_name"], "Ada");
    let events = record["tables"]["event"].as_array().unwrap();
    assert!(events.iter().any(|event| event["kind"] == "responded"));
    let text = fs::read_to_string(Path::new(&to).join("record.txt")).unwrap();
    assert!(
        text.contains("Ada Moss") && text.contains("Answered."),
        "{text}"
    );
    export("p2").fails(2, &["record.json", "another folder"]);
    let schedule = run(&["person", "schedule", "--language", "es"]).succeeds();
    assert!(schedule.out.contains("`person`"), "{}", schedule.out);
}

#[test]
fn a_person_is_erased_from_all_files_and_backups_are_renewed() {
    let scratch = Scratch::new();
    let (dir, sheet) = (scratch.school(), sheet(&scratch));
    run(&["roster", "import", &sheet, "--dir", &dir]).succeeds();
    fs::create_dir(scratch.path("safe")).unwrap();
    let (to, key) = (scratch.path("backups"), scratch.path("safe/key"));
    let made = backup(&dir, &to, &key, &["--new-key"]).succeeds();
    let old_file = fs::read_dir(&to).unwrap().next().unwrap().unwrap().path();
    let elsewhere = scratch.path("elsewhere.trellisbackup");
    fs::copy(&old_file, &elsewhere).unwrap();
    let old_key = fs::read_to_string(&key).unwrap();
    assert!(!marked(Path::new(&dir)).is_empty(), "it was there");
    // A second is needed for another name.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let erase = |again: &str| {
        run(&[
            "person",
            "erase",
            "--dir",
            &dir,
            "--person",
            MARK,
            "--again",
            again,
            "--backups",
            &to,
            "--key",
            &key,
            "--json",
        ])
    };
    erase("b7").fails(2, &["nobody was erased"]);
    let erased = erase(MARK).succeeds().json();
    assert!(erased["rows"].as_u64().unwrap() >= 3, "{erased}");
    assert_eq!(erased["backups_removed"].as_array().unwrap().len(), 1);
    eprintln!("erased with backups: {erased}");
    assert_eq!(marked(Path::new(&dir)), Vec::<String>::new());
    erase(MARK).fails(2, &["nobody here has this id"]);
    // The new key opens the new backup and no copy of the old one; the old key is gone from its file.
    let new_key = fs::read_to_string(&key).unwrap();
    assert_ne!(new_key, old_key);
    let restored = scratch.path("restored");
    restore(&elsewhere, &key, &restored, &[]).fails(2, &["was made with the key"]);
    restore(&to, &key, &restored, &[]).succeeds();
    assert_eq!(marked(Path::new(&restored)), Vec::<String>::new());
    let verified = run(&["replay", "--verify", "--dir", &dir, "--json"]).succeeds();
    assert_eq!(verified.json()["mismatches"], serde_json::json!([]));
    assert_eq!(verified.json()["erased"], erased["events"]);
    run(&["doctor", "--dir", &dir]).succeeds();
    assert!(made.out.contains("encrypted"));
}
