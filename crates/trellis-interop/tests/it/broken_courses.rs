//! Broken courses: each fault in a folder as text, and the finding with its line.

use trellis_interop::course::{CheckOptions, check, read_course};
use trellis_interop::finding::Severity;

const COURSE: &str = r#"id = "c"
title = "C"
grades = ["4"]
subject = "mathematics"
language = "en"
licence = "CC-BY-4.0"
authors = ["A"]
framework = "F"
units = ["u"]
[[interest]]
id = "cooking"
title = "Cooking"
"#;

const UNIT: &str = include_str!("../../../../testdata/small/unit.toml");

/// Line 1 is `[[mixup]]`, line 4 `[[item]]`.
const ITEMS: &str = include_str!("../../../../testdata/small/items.toml");

/// All findings of a course whose files had `from` replaced by `to`, one a line.
fn findings(from: &str, to: &str) -> Vec<String> {
    let replaced = [COURSE, UNIT, ITEMS]
        .iter()
        .filter(|text| text.contains(from))
        .count();
    assert!(
        from.is_empty() || replaced == 1,
        "\"{from}\" is in {replaced} files"
    );
    let names = ["course.toml", "units/u/unit.toml", "units/u/items.toml"];
    let files: Vec<(String, Vec<u8>)> = names
        .into_iter()
        .zip([COURSE, UNIT, ITEMS])
        .map(|(name, text)| {
            let text = if from.is_empty() {
                text.to_string()
            } else {
                text.replace(from, to)
            };
            (name.to_string(), text.into_bytes())
        })
        .collect();
    let (course, findings) = read_course(&files);
    let (findings, _) = check(&course, findings, CheckOptions { seeds: 60 });
    let short = |file: &str| file.rsplit('/').next().unwrap_or("").to_string();
    let shown = findings.iter().map(|finding| {
        let mark = if finding.severity == Severity::Warning {
            "warning "
        } else {
            ""
        };
        let (file, line) = (short(&finding.file), finding.line);
        format!(
            "{file}:{line} {mark}{}: {} {}",
            finding.rule, finding.message, finding.advice
        )
    });
    shown.collect()
}

#[test]
fn the_course_is_sound_before_it_is_broken() {
    assert_eq!(findings("", ""), Vec::<String>::new());
}

/// What is replaced, by what, and how one finding starts and what it contains.
const TABLE: &[(&str, &str, &str, &str)] = &[
    // Files and keys.
    (
        "id = \"c\"\n",
        "id = \"c\"\nformat = 2\n",
        "course.toml:2 newer-format",
        "reads formats up to 1 Use a newer Trellis.",
    ),
    (
        "id = \"c\"\n",
        "",
        "course.toml:1 missing-key",
        "\"id\" is missing",
    ),
    (
        "units = [\"u\"]",
        "units = [\"v\"]",
        "course.toml:9 missing-file",
        "units/v/unit.toml",
    ),
    (
        "grades = [",
        "grades = ",
        "course.toml:3 syntax",
        "not TOML",
    ),
    (
        "grades = ",
        "grade = ",
        "course.toml:3 unknown-key",
        "Did you mean \"grades\"?",
    ),
    (
        "title = \"One\"",
        "title = \"One two three four five six seven eight nine\"",
        "unit.toml:5 title-length",
        "44 characters",
    ),
    (
        "family = \"F\"",
        "family = \"\"",
        "unit.toml:7 missing-key",
        "\"family\" is empty",
    ),
    (
        "hints = [",
        "hint = [",
        "items.toml:13 unknown-key",
        "Did you mean \"hints\"?",
    ),
    ("level = 1", "level = 4", "items.toml:8 level", "1, 2 or 3"),
    (
        "minutes = 1",
        "minutes = 0",
        "items.toml:9 minutes",
        "more than 0",
    ),
    (
        "kind = \"numeric\"",
        "kind = \"numerical\"",
        "items.toml:7 kind",
        "did you mean \"numeric\"?",
    ),
    (
        "id = \"sum\"",
        "id = \"The Sum\"",
        "items.toml:4 id",
        "small letters",
    ),
    (
        "b = \"2..9\"\n[[",
        "b = \"2..9\"\nunit = \"cm\"\n[[",
        "items.toml:19 parameters",
        "put it above",
    ),
    // References and the graph.
    (
        "before = []",
        "before = [\"ghost\"]",
        "unit.toml:3 unknown-competency",
        "\"ghost\"",
    ),
    (
        "before = []\n",
        "before = [\"ghost\"]\n[[competency]]\nid = \"two\"\nbefore = [\"one\"]\n",
        "unit.toml:11 unreachable",
        "can never be reached",
    ),
    (
        "before = []",
        "before = [\"one\"]",
        "unit.toml:3 circle",
        "one -> one",
    ),
    (
        "before = []\n",
        "before = []\n[[competency]]\nid = \"one\"\n",
        "unit.toml:11 duplicate-id",
        "line 3",
    ),
    (
        "competency = \"one\"",
        "competency = \"ones\"",
        "items.toml:6 unknown-competency",
        "Did you mean \"one\"?",
    ),
    (
        "competency = \"one\"",
        "competency = \"ones\"",
        "unit.toml:3 no-items",
        "has no items",
    ),
    (
        "interest = \"cooking\"",
        "interest = \"cookies\"",
        "items.toml:24 unknown-interest",
        "Did you mean \"cooking\"?",
    ),
    (
        "[[item.mixup]]\nid = \"adds\"",
        "[[item.mixup]]\nid = \"add\"",
        "items.toml:20 unknown-mixup",
        "Did you mean \"adds\"?",
    ),
    (
        "[[mixup]]\n",
        "[[mixup]]\nid = \"other\"\ntitle = \"T\"\n[[mixup]]\n",
        "items.toml:1 warning unused-mixup",
        "other",
    ),
    (
        "[[mixup]]\n",
        "[[mixup]]\nid = \"adds\"\ntitle = \"T\"\n[[mixup]]\n",
        "items.toml:4 duplicate-id",
        "\"adds\" is already",
    ),
    // Templates.
    (
        "answer = \"a * b\"",
        "answer = \"a * c\"",
        "items.toml:11 template",
        "no parameter \"c\"",
    ),
    (
        "answer = \"a * b\"\n",
        "",
        "items.toml:7 template",
        "needs \"answer\"",
    ),
    (
        "a = \"2..9\"",
        "a = \"2-9\"",
        "items.toml:17 template",
        "write a range",
    ),
    (
        "a = \"2..9\"",
        "a = \"2..b\"",
        "items.toml:17 template",
        "no parameter \"b\"",
    ),
    (
        "[\"a + b != a * b\"]",
        "[\"a + b = a * b\"]",
        "items.toml:12 template",
        "write \"==\"",
    ),
    (
        "solution = [",
        "solution = [\"First.\",\n\"@{a|mix}\",\n",
        "items.toml:15 template",
        "no format \"mix\"",
    ),
    (
        "hints = [",
        "hints = [\"\"\"\nA line.\n\nAnd @{z}.\"\"\", ",
        "items.toml:16 template",
        "no parameter \"z\"",
    ),
    // Completeness.
    (
        "hints = [\"Think of $@{a}$ groups.\"]",
        "hints = []",
        "items.toml:4 incomplete",
        "no hints",
    ),
    (
        "solution = [\"There are $@{a*b}$.\"]\n",
        "",
        "items.toml:4 incomplete",
        "no solution",
    ),
    (
        "result = \"@{a*b}\"\n",
        "",
        "items.toml:4 incomplete",
        "no result",
    ),
    (
        "a = \"2..9\"",
        "a = \"2..3\"",
        "items.toml:12 few-variants",
        "20 are needed",
    ),
    (
        "a = \"2..9\"",
        "a = \"9..2\"",
        "items.toml:12 few-variants",
        "0 different variants",
    ),
    // Every variant.
    (
        "result = \"@{a*b}\"",
        "result = \"@{a*b+1}\"",
        "items.toml:15 result",
        "the solution arrives at",
    ),
    (
        "where = [\"a + b != a * b\"]",
        "where = []",
        "items.toml:20 mixup-is-key",
        "a = 2, b = 2",
    ),
    (
        "Think of $@{a}$ groups.",
        "Think of $@{a} groups.",
        "items.toml:13 text",
        "a closing $ is missing",
    ),
    (
        "There are $@{a*b}$.",
        "There are $@{a*b/(a-2)}$.",
        "items.toml:14 variant",
        "divides by zero",
    ),
    (
        "Think of $@{a}$",
        "Think of $\\\\nosuch{@{a}}$",
        "items.toml:13 latex",
        "cannot be shown",
    ),
    (
        "with $@{b}$ eggs each",
        "with $@{b+1}$ eggs each",
        "items.toml:25 context-numbers",
        "the story \"cooking\" shows the numbers",
    ),
    (
        "with $@{b}$ eggs each",
        "with two kinds of $@{b}$ eggs each",
        "items.toml:25 context-numbers",
        "2",
    ),
    (
        "answer = \"a * b\"",
        "answer = \"a * b\"\nform = \"reduced\"",
        "items.toml:12 template",
        "there is no form",
    ),
    (
        "[item.parameters]",
        "[item.figure]\nkind = \"bars\"\nbars = [\"a/b\"]\nlabel = [\"x\"]\n[item.parameters]",
        "items.toml:19 unknown-key",
        "\"labels\"",
    ),
    (
        "[item.parameters]",
        "[item.figure]\nkind = \"tape\"\nrows = [{ label = \"x\", parts = \"a/b\" }]\n[item.parameters]",
        "items.toml:16 variant",
        "whole number",
    ),
];

#[test]
fn each_fault_is_found_with_its_line() {
    let mut missed = String::new();
    for (from, to, start, contains) in TABLE {
        let found = findings(from, to);
        if !found
            .iter()
            .any(|line| line.starts_with(start) && line.contains(contains))
        {
            missed +=
                &format!("{from} -> {to}\nwanted {start} .. {contains}\nfound {found:#?}\n\n");
        }
    }
    assert!(missed.is_empty(), "{missed}");
}

/// Another item in place of the shipped one: kinds with options.
fn options(item: &str) -> Vec<String> {
    let (head, _) = ITEMS.split_once("kind =").expect("the item has a kind");
    let rest = format!(
        "{item}\nlevel = 1\nminutes = 1\nhints = [\"h\"]\nsolution = [\"s\"]\n[item.parameters]\na = \"1..40\"\n"
    );
    let (rest, tables) = match rest.split_once("#tables\n") {
        Some((before, after)) => {
            let (tables, keys) = after.split_once("\nlevel").expect("level follows");
            (format!("{before}level{keys}"), tables.to_string())
        }
        None => (rest, String::new()),
    };
    let files = [
        ("course.toml", COURSE.to_string()),
        ("units/u/unit.toml", UNIT.to_string()),
    ]
    .into_iter()
    .chain([("units/u/items.toml", format!("{head}{rest}{tables}\n"))])
    .map(|(name, text)| (name.to_string(), text.into_bytes()))
    .collect::<Vec<_>>();
    let (course, findings) = read_course(&files);
    let (findings, _) = check(&course, findings, CheckOptions { seeds: 60 });
    findings
        .iter()
        .map(|finding| format!("{}: {}", finding.rule, finding.message))
        .collect()
}

#[test]
fn faults_of_single_kinds_are_found() {
    let option = |text: &str, rest: &str| format!("[[item.option]]\ntext = \"{text}\"\n{rest}\n");
    let wrong = "mixup = \"adds\"\nfeedback = \"f\"";
    for (item, wanted) in [
        (
            format!("kind = \"choice\"\nstem = \"s\"\nresult = \"x\"\n#tables\n{}{}", option("x", "right = true"), option("x", wrong)),
            "variant: sum: option: two entries read \"x\"",
        ),
        (
            format!("kind = \"choice\"\nstem = \"s\"\nresult = \"x\"\n#tables\n{}{}", option("x", "right = \"a > 3\""), option("y", wrong)),
            "variant: sum: option: exactly one option must be right, not 0",
        ),
        (
            format!("kind = \"choice\"\nstem = \"s\"\nresult = \"y\"\n#tables\n{}{}", option("x", "right = true"), option("y", wrong)),
            "result: sum: the solution arrives at \"y\"",
        ),
        (
            format!("kind = \"multiple-choice\"\nstem = \"s\"\nresult = \"x\"\n#tables\n{}{}", option("x", "right = \"a > 3\""), option("y", wrong)),
            "variant: sum: option: no option is right",
        ),
        (
            "kind = \"order\"\nstem = \"s\"\nsort = [\"a\", \"2\"]\n#tables\n[[item.mixup]]\nid = \"adds\"\nanswer = \"reversed\"\nfeedback = \"f\"".to_string(),
            "variant: sum: sort: two entries have the same value",
        ),
        (
            "kind = \"expression\"\nstem = \"Write $@{a}x + 2x$ more shortly.\"\nanswer = \"@{a+2}*x\"\nresult = \"@{a+2}x\"\n#tables\n[[item.mixup]]\nid = \"adds\"\nanswer = \"@{a+3}*x\"\nfeedback = \"f\"".to_string(),
            "stem-is-answer: sum: typing",
        ),
        (
            "kind = \"equation\"\nstem = \"s\"\nanswer = \"x = @{a}\"\nresult = \"2x = @{2*a}\"\n#tables\n[[item.mixup]]\nid = \"adds\"\nanswer = \"x = @{a+3}\"\nfeedback = \"f\"".to_string(),
            "NotSolved",
        ),
        (
            "kind = \"number-line\"\nstem = \"s\"\nanswer = \"a/3\"\nline = { from = \"0\", to = \"20\", step = \"1/3\" }\nresult = \"@{a/3}\"\n#tables\n[[item.mixup]]\nid = \"adds\"\nanswer = \"a/3 + a - a\"\nfeedback = \"f\"".to_string(),
            "mixup-is-key: sum: the mix-up \"adds\" leads to the right answer",
        ),
    ] {
        let found = options(&item);
        assert!(found.iter().any(|line| line.contains(wanted)), "{item}\nwanted {wanted}\nfound {found:#?}");
    }
}

#[test]
fn no_bytes_make_reading_panic() {
    let whole = ITEMS.as_bytes();
    for cut in (0..whole.len()).step_by(7) {
        let files: Vec<(String, Vec<u8>)> = vec![
            ("course.toml".into(), COURSE.as_bytes().to_vec()),
            ("units/u/unit.toml".into(), UNIT.as_bytes().to_vec()),
            ("units/u/items.toml".into(), whole[..cut].to_vec()),
            ("units/u/latin.toml".into(), vec![0xff, 0xfe, 0]),
        ];
        let (course, findings) = read_course(&files);
        let (findings, _) = check(&course, findings, CheckOptions { seeds: 2 });
        assert!(!findings.is_empty());
    }
    let (_, findings) = read_course(&[]);
    assert_eq!(findings.len(), 1, "{findings:?}");
}
