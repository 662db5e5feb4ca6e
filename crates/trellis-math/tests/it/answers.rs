//! Pairs of school answers with the verdicts they must get, one a line, in `tests/answers`.
//!
//! A line is `rule ~ learner ~ key ~ sign`, with the names of `rules`. The sign is `=` for equal, `!` for
//! different, `?` for anything but equal, and `unread` when the learner's answer must be refused.

use std::path::Path;
use trellis_math::equivalence::{Verdict, compare};

use crate::rules::{Reading, form_named, rule_named};

/// What a line asks to happen.
fn holds(sign: &str, told: &str) -> bool {
    match sign {
        "=" => told == "equal",
        "!" => told == "different",
        "?" => told != "equal",
        other => told == other,
    }
}

fn judged(rule: &str, learner: &str, key: &str) -> &'static str {
    let (reading, rule) = Reading::of(rule);
    let Ok(learner) = reading.read(learner) else {
        return "unread";
    };
    if let Some(name) = rule.strip_prefix("form:") {
        let has_form = form_named(name).unwrap_or_else(|| panic!("no form {name}"));
        return if has_form(&learner) {
            "equal"
        } else {
            "different"
        };
    }
    let Ok(key) = reading.read(key) else {
        return "unread key";
    };
    let rule = rule_named(rule).unwrap_or_else(|| panic!("no rule {rule}"));
    match compare(&learner, &key, &rule) {
        Verdict::Equal(_) => "equal",
        Verdict::Different(_) => "different",
        Verdict::Undecided => "undecided",
    }
}

#[test]
fn school_answers_get_their_verdicts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/answers");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the folder of answers")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.sort();
    let (mut count, mut wrong) = (0, Vec::new());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a text");
        for line in text
            .lines()
            .filter(|l| !l.starts_with('#') && !l.is_empty())
        {
            let columns: Vec<&str> = line.split('~').map(str::trim).collect();
            let [rule, learner, key, sign] = columns.as_slice() else {
                panic!("not four columns: {line}");
            };
            let told = judged(rule, learner, key);
            count += 1;
            if !holds(sign, told) {
                wrong.push(format!("{line}: {told}"));
            }
        }
    }
    assert!(count >= 900, "only {count} pairs");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
