//! Banks of questions: read, made into items that take their own keys, written and read again the same.

mod drawn;
mod fuzz;
mod gaps;
mod media;
mod mutate;
mod samples;

use trellis_core::fnv;
use trellis_core::item::{Interaction, ItemBody, Number};
use trellis_interop::bank::{About, Bank, Sourced, bank};
use trellis_interop::finding::Finding;
use trellis_interop::package::{Manifest, Shelf, manifest, zip};
use trellis_interop::qti::{self, Document, Version};
use trellis_interop::question::{Accepted, Answer, Choice, Question, from_item};
use trellis_interop::{cartridge, gift, moodle, perseus, xml};

use crate::material;

fn about(format: &str) -> About {
    About {
        format: format.into(),
        name: "A bank".into(),
        ..About::default()
    }
}

/// As long and as regular as the hash of the store.
fn hash(bytes: &[u8]) -> String {
    let each = (0..4_u8).map(|salt| fnv::hash(&[&[salt], bytes].concat()));
    each.map(|hash| format!("{hash:016x}")).collect()
}

/// A shelf with nothing on it.
fn shelf() -> Shelf {
    Shelf::empty(hash)
}

fn made(format: &str, (questions, findings): (Vec<Question>, Vec<Finding>)) -> Bank {
    let sourced = questions.into_iter().map(|question| Sourced {
        file: "f".into(),
        question,
    });
    bank(&about(format), sourced.collect(), findings, &shelf())
}

fn rules(bank: &Bank) -> Vec<(usize, &str)> {
    bank.findings
        .iter()
        .map(|one| (one.line, one.rule.as_str()))
        .collect()
}

fn kinds(bank: &Bank) -> String {
    let names: Vec<&str> = bank.items.iter().map(|item| item.kind().name()).collect();
    names.join(" ")
}

#[test]
fn moodle_is_read() {
    let bank = made("moodle", moodle::read("f", samples::MOODLE.as_bytes()));
    assert_eq!(kinds(&bank), "choice numeric match");
    assert_eq!(rules(&bank), [(18, "no-kind")]);
    assert_eq!(bank.course.units.len(), 1);
    assert_eq!(bank.course.units[0].title, "Fractions");
    let ItemBody::Fixed(half) = &bank.items[0].body else {
        panic!()
    };
    assert_eq!(half.presentation.stem, "Which is $\\frac{1}{2}$?");
    assert_eq!(half.solution, ["Halve **both**."]);
    assert_eq!(half.mix_ups[0].feedback, "A third.");
    assert_eq!(half.hints[0].text, "Look at the top.");
}

#[test]
fn gift_is_read() {
    let bank = made("gift", gift::read("f", samples::GIFT.as_bytes()));
    assert_eq!(
        kinds(&bank),
        "choice words choice numeric match multiple-choice"
    );
    assert_eq!(rules(&bank), [(16, "no-kind"), (18, "syntax")]);
    let ItemBody::Fixed(cell) = &bank.items[1].body else {
        panic!()
    };
    assert_eq!(
        cell.presentation.stem,
        "The powerhouse is the ____ of the cell."
    );
    let ItemBody::Fixed(both) = &bank.items[5].body else {
        panic!()
    };
    let Interaction::MultipleChoice { options } = &both.presentation.interaction else {
        panic!()
    };
    assert!(options.iter().any(|option| option.text == "x = 1"));
}

#[test]
fn perseus_is_read() {
    let bank = made(
        "perseus",
        perseus::read("twelve.json", samples::PERSEUS.as_bytes()),
    );
    assert_eq!(kinds(&bank), "numeric");
    assert_eq!(bank.items[0].id.as_str(), "perseus.a-bank.twelve");
    let ItemBody::Fixed(item) = &bank.items[0].body else {
        panic!()
    };
    assert_eq!(item.presentation.stem, "What is $3 \\times 4$?\n\n____");
    let (none, findings) = perseus::read("x.json", b"{\"a\": 1}");
    assert!(none.is_empty());
    assert_eq!(findings[0].rule, "other-document");
}

#[test]
fn a_cartridge_is_read() {
    let files = vec![("q.xml".to_string(), samples::CARTRIDGE.as_bytes().to_vec())];
    let (_, questions, findings) = cartridge::read(&files);
    let bank = bank(&about("cartridge"), questions, findings, &shelf());
    assert_eq!(kinds(&bank), "choice");
    assert_eq!(rules(&bank), [(8, "no-kind")]);
}

#[test]
fn qti_templates_give_variants_and_their_keys() {
    let files = vec![
        (
            "half.xml".to_string(),
            samples::QTI_CHOICE.as_bytes().to_vec(),
        ),
        (
            "sum.xml".to_string(),
            samples::QTI_TEMPLATE.as_bytes().to_vec(),
        ),
    ];
    let read = qti::bank::read(&files);
    assert_eq!(read.findings, []);
    let bank = bank(
        &about("qti"),
        read.questions,
        read.findings,
        &Shelf::new(&files, hash),
    );
    assert_eq!(
        kinds(&bank),
        "choice numeric numeric numeric numeric numeric"
    );
    let ItemBody::Fixed(half) = &bank.items[0].body else {
        panic!()
    };
    assert_eq!(
        half.presentation.stem,
        "Which is **one half**?\n\nChoose one."
    );
    // Another seed, another sum; the same seed, the same.
    let again = qti::bank::read(&files);
    assert_eq!(again.questions.len(), 6);
    let stems: std::collections::BTreeSet<&str> = again
        .questions
        .iter()
        .map(|one| one.question.stem.as_str())
        .collect();
    assert_eq!(stems.len(), 6);
}

/// One question for each way to answer.
fn questions() -> Vec<Question> {
    let choice = |text: &str, right, feedback: &str| Choice {
        text: text.into(),
        right,
        feedback: feedback.into(),
    };
    let number = |text: &str| Number::read(text).expect("a number");
    let accepted = |value: &str, tolerance: &str| Accepted {
        value: number(value),
        tolerance: number(tolerance),
    };
    let choices = vec![
        choice("$\\frac{1}{2}$", true, ""),
        choice("a: 50 % = {half}", false, "Not *so*, #1."),
        choice("x ~ y", false, ""),
    ];
    let mut both = choices.clone();
    both[1] = choice("**all**", true, "");
    let pairs = vec![
        ("1/2".to_string(), "50 %".to_string()),
        ("3/4".to_string(), "75 %".to_string()),
    ];
    let answers = vec![
        Answer::Choice {
            choices,
            shuffle: true,
        },
        Answer::MultipleChoice {
            choices: both,
            shuffle: true,
        },
        Answer::Words(vec!["mitochondrion".into(), "mito: chondria".into()]),
        Answer::Number {
            accepted: vec![accepted("2.5", "0.1"), accepted("-3", "0")],
            unit: None,
        },
        Answer::Match {
            pairs,
            extra: vec!["25 %".into()],
        },
        Answer::Order(vec!["first".into(), "second".into(), "third".into()]),
        Answer::NumberLine {
            from: number("0"),
            to: number("2"),
            step: number("0.25"),
            at: number("1.5"),
        },
    ];
    let each = answers.into_iter().enumerate().map(|(place, answer)| {
        let mut question = Question::new(
            format!("q{}", place + 1),
            "Say **it**: $x^2$ costs \\$5.",
            answer,
        );
        question.title = format!("Title {place}");
        question.solution = vec!["Because.".into()];
        question.group = "A group".into();
        question
    });
    each.collect()
}

/// Without what a format has no place for.
fn bare(mut questions: Vec<Question>) -> Vec<Question> {
    for question in &mut questions {
        question.line = 0;
    }
    questions
}

#[test]
fn moodle_gives_back_what_it_got() {
    let all: Vec<Question> = questions()
        .into_iter()
        .filter(|one| one.answer.name() != "number-line")
        .collect();
    let (text, findings) = moodle::write(&all, &|_| None);
    assert_eq!(findings, []);
    let (read, findings) = moodle::read("f", text.as_bytes());
    assert_eq!(findings, []);
    assert_eq!(bare(read), all);
    let (_, findings) = moodle::write(&questions(), &|_| None);
    assert_eq!(findings.len(), 1);
}

#[test]
fn gift_gives_back_what_it_got() {
    let all: Vec<Question> = questions()
        .into_iter()
        .filter(|one| !["number-line", "order"].contains(&one.answer.name()))
        .collect();
    let (text, findings) = gift::write(&all);
    assert_eq!(findings, []);
    let (read, findings) = gift::read("f", text.as_bytes());
    assert_eq!(findings, [], "{text}");
    assert_eq!(bare(read), all, "{text}");
}

#[test]
fn qti_packages_give_back_what_they_got() {
    for version in Version::ALL {
        let files = qti::package::files("A bank", "en", &questions(), version, &|_| None);
        let packed = zip::write(&files).unwrap();
        let (unpacked, findings) = zip::read("bank.zip", &packed);
        assert_eq!(findings, []);
        assert_eq!(unpacked, files);
        let read = qti::bank::read(&unpacked);
        assert_eq!(read.findings, []);
        assert_eq!(read.language, "en");
        for (before, after) in questions().iter().zip(&read.questions) {
            let after = &after.question;
            assert_eq!(after.stem.split("\n\n").next(), Some(before.stem.as_str()));
            match (&before.answer, &after.answer) {
                (Answer::Choice { choices: a, .. }, Answer::Choice { choices: b, .. })
                | (
                    Answer::MultipleChoice { choices: a, .. },
                    Answer::MultipleChoice { choices: b, .. },
                ) => {
                    let plain = |all: &[Choice]| {
                        all.iter()
                            .map(|one| (one.text.clone(), one.right))
                            .collect::<Vec<_>>()
                    };
                    assert_eq!(plain(a), plain(b));
                }
                (Answer::Number { accepted: a, .. }, Answer::Number { accepted: b, .. }) => {
                    assert_eq!(a[0], b[0])
                }
                (Answer::Match { pairs: a, .. }, Answer::Match { pairs: b, .. }) => {
                    assert_eq!(a, b)
                }
                (a, b) => assert_eq!(a, b),
            }
        }
        let (_, root) = (0, xml::parse_bytes(&files[0].1).unwrap());
        let (read, _) = manifest::read("imsmanifest.xml", &root);
        let again = manifest::read(
            "imsmanifest.xml",
            &xml::parse(&xml::write(&manifest::write(&read))).unwrap(),
        );
        assert_eq!(again.0, read);
    }
}

#[test]
fn items_survive_the_way_through_questions() {
    let sourced = questions().into_iter().map(|question| Sourced {
        file: "f".into(),
        question,
    });
    let bank = bank(&about("qti"), sourced.collect(), Vec::new(), &shelf());
    assert_eq!(bank.findings, []);
    for (item, question) in bank.items.iter().zip(questions()) {
        let back = from_item(item, 0).unwrap();
        assert_eq!(back.stem, question.stem);
        assert_eq!(back.answer.name(), question.answer.name());
        if let (Answer::Order(a), Answer::Order(b)) = (&back.answer, &question.answer) {
            assert_eq!(a, b);
        }
    }
}

#[test]
fn the_public_examples_become_items() {
    let Some(path) = material::find("qti-examples.tar.xz") else {
        return;
    };
    let files = material::unpack(&path);
    let read = qti::bank::read(&files);
    println!("{:?}", read.counts.documents);
    let bank = bank(
        &about("qti"),
        read.questions,
        read.findings,
        &Shelf::new(&files, hash),
    );
    println!("{:?}", bank.report);
    assert!(bank.report.items > 150);
    for (name, bytes) in files
        .iter()
        .filter(|(name, _)| name.ends_with("imsmanifest.xml"))
    {
        let Ok(root) = xml::parse_bytes(bytes) else {
            continue;
        };
        let (read, _): (Manifest, _) = manifest::read(name, &root);
        let written = xml::write(&manifest::write(&read));
        let (again, _) = manifest::read(name, &xml::parse(&written).unwrap());
        assert_eq!(again, read, "{name}");
    }
}

#[test]
fn a_document_that_could_run_is_told_and_calmed() {
    let text = samples::QTI_CHOICE.replace(
        "<p>Which",
        "<p onclick=\"x()\"><a href=\"java&#10;script:alert(1)\">y</a><script>alert(1)</script>Which",
    );
    let (document, findings) = qti::read("f", text.as_bytes());
    assert_eq!(
        findings
            .iter()
            .filter(|one| one.rule == "active-content")
            .count(),
        3
    );
    let written = qti::write(&document.unwrap());
    assert!(
        !written.contains("alert") && !written.contains("onclick"),
        "{written}"
    );
}

#[test]
fn faults_name_file_line_and_clause() {
    for (from, to, rule, clause) in [
        (
            "base-type=\"identifier\"",
            "base-type=\"letter\"",
            "attribute-value",
            "response-declaration/@base-type",
        ),
        (
            "<qti-value>b<",
            "<qti-value>z<",
            "unknown-choice",
            "choice-interaction",
        ),
        (
            "response-identifier=\"RESPONSE\"",
            "response-identifier=\"R\"",
            "unknown-variable",
            "choice-interaction/@response-identifier",
        ),
        ("qti-prompt>", "qti-prompd>", "unknown-element", "prompd"),
        (
            "identifier=\"c\"",
            "identifier=\"a\"",
            "duplicate",
            "simple-choice/@identifier",
        ),
        (
            "cardinality=\"single\" base-type=\"identifier\"",
            "base-type=\"identifier\"",
            "missing-attribute",
            "response-declaration/@cardinality",
        ),
        (
            "match_correct.xml",
            "my_own.xml",
            "unknown-template",
            "response-processing/@template",
        ),
    ] {
        let text = samples::QTI_CHOICE.replace(from, to);
        let (document, findings) = qti::read("x.xml", text.as_bytes());
        let found = findings
            .iter()
            .find(|one| one.rule == rule)
            .unwrap_or_else(|| panic!("{to}: {findings:?}"));
        assert!(found.message.starts_with(clause), "{found}");
        assert!(found.line > 0 && found.file == "x.xml");
        assert!(matches!(document, Some(Document::Item(_))));
    }
}
