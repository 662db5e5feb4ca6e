//! One item by itself, as an author writes it: what stops it from being given to learners, and where that stands.

use std::path::Path;

use trellis_interop::course::{
    CheckOptions, CoursePack, ItemText, check_item, read_course, read_folder,
};
use trellis_interop::finding::{Finding, Severity};

const SOUND: &str = r##"
[[mixup]]
id = "forgets-to-share"
title = "forgets to share into equal parts"

[[item]]
id = "share-cards"
competency = "fraction-model"
kind = "numeric"
level = 1
minutes = 1
stem = "@{n} cards are shared by @{k} children. How many does each get?"
answer = "n/k"
hints = ["Give one to each, again and again."]
solution = ["@{n} shared by @{k} is @{n/k}."]
result = "@{n/k}"
where = ["n/k != k", "n/k != n"]
[item.parameters]
k = "2..9"
each = "11..19"
n = "= k*each"
[[item.mixup]]
id = "forgets-to-share"
answer = "n"
feedback = "There are @{n} cards in all. How many children take from them?"
"##;

const CHOICE: &str = r##"
[[item]]
id = "which-is-more"
competency = "fraction-model"
kind = "choice"
level = 1
minutes = 1
variants = "few"
stem = "Which is more?"
hints = ["Draw both."]
solution = ["A half is more."]
result = "a half"
[item.figure]
kind = "table"
columns = ["", "share"]
rows = [["one", "1/2"]]
[[item.option]]
text = "a half"
right = true
[[item.option]]
text = "a third"
mixup = "adds-tops-and-bottoms"
feedback = "How many thirds are in a whole?"
[[item.option]]
text = "a fourth"
"##;

fn pack() -> CoursePack {
    let courses = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../courses");
    let files = read_folder(&courses.join("fractions-to-equations")).expect("the course is there");
    read_course(&files).0.pack
}

fn checked(pack: &CoursePack, text: &str) -> (ItemText, Vec<Finding>) {
    let competency = pack.course.framework.competencies()[0].id.as_str();
    let text = text.replace("fraction-model", competency);
    let mix_up = pack.bank.mix_ups()[0].id.as_str();
    let text = text.replace("adds-tops-and-bottoms", mix_up);
    let options = CheckOptions { seeds: 30 };
    check_item(&text, &pack.course, pack.bank.mix_ups(), options)
}

#[test]
fn a_sound_item_has_no_findings() {
    let pack = pack();
    for text in [SOUND, CHOICE] {
        let (read, findings) = checked(&pack, text);
        let worse = |finding: &&Finding| finding.severity != Severity::Note;
        let worse: Vec<_> = findings.iter().filter(worse).collect();
        assert!(worse.is_empty(), "{worse:?}");
        assert!(read.template.is_some());
    }
    assert_eq!(checked(&pack, SOUND).0.mix_ups.len(), 1);
}

/// The text, what is changed in it and into what, the rule that must speak, the key that it is about, whether it blocks.
type Wrong = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<&'static str>,
    bool,
);

const WRONG: &[Wrong] = &[
    (
        SOUND,
        "answer = \"n\"",
        "answer = \"n/k\"",
        "mixup-is-key",
        Some("mixup"),
        true,
    ),
    (
        SOUND,
        "result = \"@{n/k}\"",
        "result = \"@{n}\"",
        "result",
        Some("result"),
        true,
    ),
    (
        SOUND,
        "id = \"forgets-to-share\"\nanswer",
        "id = \"unheard-of\"\nanswer",
        "unknown-mixup",
        Some("mixup"),
        true,
    ),
    (
        SOUND,
        "hints = [\"Give one to each, again and again.\"]\n",
        "",
        "incomplete",
        None,
        true,
    ),
    (
        SOUND,
        "solution = [\"@{n} shared by @{k} is @{n/k}.\"]\n",
        "",
        "incomplete",
        None,
        true,
    ),
    (
        SOUND,
        "11..19",
        "11..12",
        "few-variants",
        Some("where"),
        true,
    ),
    (
        SOUND,
        "How many does each get?",
        "Each gets @{each}. How many?",
        "key-in-stem",
        Some("stem"),
        false,
    ),
    (
        SOUND,
        "answer = \"n/k\"\nhints",
        "answer = \"n/k - each + 12\"\nhints",
        "same-key",
        Some("answer"),
        false,
    ),
    (
        SOUND,
        "stem = \"@{n}",
        "stem = \"@{nobody}",
        "template",
        Some("stem"),
        true,
    ),
    (
        SOUND,
        "stem = \"@{n}",
        "stem = \"$@{n}",
        "text",
        Some("stem"),
        true,
    ),
    (SOUND, "minutes = 1", "minutes 1", "syntax", None, true),
    (
        CHOICE,
        "[\"\", \"share\"]",
        "[\"who\", \"\"]",
        "table-heads",
        Some("figure"),
        true,
    ),
    (
        CHOICE,
        "[[item.option]]\ntext = \"a fourth\"\n",
        "",
        "guessable",
        Some("option"),
        false,
    ),
    (
        CHOICE,
        "[item.figure]\nkind = \"table\"\ncolumns = [\"\", \"share\"]\nrows = [[\"one\", \"1/2\"]]",
        "[item.figure]\nkind = \"drawing\"\nsize = [10, 10]\n[[item.figure.shape]]\nkind = \"circle\"\nat = [5, 5]\nr = 2",
        "no-alternative",
        Some("figure"),
        true,
    ),
    (
        CHOICE,
        "text = \"a half\"\nright",
        "text = \"a half, which is one of two parts of the same size\"\nright",
        "key-length",
        Some("option"),
        false,
    ),
    (
        CHOICE,
        "text = \"a fourth\"",
        "text = \"a fourth\"\n[[item.option]]\ntext = \"a fifth\"",
        "silent-options",
        Some("option"),
        false,
    ),
];

#[test]
fn what_is_wrong_is_told_with_its_key() {
    let pack = pack();
    for (text, from, to, rule, field, blocks) in WRONG.iter().copied() {
        assert!(text.contains(from), "{from}");
        let (read, findings) = checked(&pack, &text.replacen(from, to, 1));
        let found = findings.iter().find(|finding| finding.rule == rule);
        let found = found.unwrap_or_else(|| panic!("{rule}: {findings:?}"));
        assert_eq!(read.field_of(found), field, "{found}");
        assert_eq!(found.severity == Severity::Error, blocks, "{found}");
    }
}

#[test]
fn a_word_of_the_question_is_no_answer_to_type() {
    let text = CHOICE
        .replace(
            "kind = \"choice\"",
            "kind = \"text\"\nanswers = [\"photosynthesis\"]",
        )
        .replace("Which is more?", "What is photosynthesis called?");
    let (_, findings) = checked(&pack(), &text);
    let found = findings
        .iter()
        .find(|finding| finding.rule == "key-in-stem");
    assert_eq!(
        found.map(|found| found.severity),
        Some(Severity::Error),
        "{findings:?}"
    );
}
