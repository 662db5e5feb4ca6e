//! Sentences with gaps: menus and banks of words, from items to QTI of every version and back.

use proptest::prelude::*;
use trellis_interop::bank::{Sourced, bank};
use trellis_interop::qti::{self, Version};
use trellis_interop::question::{Answer, Choice, Question, from_item};

use super::{about, shelf};

fn words(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_string()).collect()
}

fn menu(texts: &[&str], right: usize) -> Vec<Choice> {
    let each = texts.iter().enumerate().map(|(place, text)| Choice {
        text: (*text).to_string(),
        right: place == right,
        feedback: String::new(),
    });
    each.collect()
}

/// What QTI of a version gives back of questions.
fn through_qti(questions: &[Question], version: Version) -> Vec<Question> {
    let files = qti::package::files("A bank", "en", questions, version, &|_| None);
    let read = qti::bank::read(&files);
    assert_eq!(
        read.findings,
        [],
        "{}",
        String::from_utf8_lossy(&files[1].1)
    );
    read.questions.into_iter().map(|one| one.question).collect()
}

fn sentences() -> Vec<Question> {
    let stem = "The **heart** pumps [[1]] through [[2]], not $x^2$.";
    vec![
        Question::new(
            "menus",
            stem,
            Answer::Menus(vec![
                menu(&["air", "blood"], 1),
                menu(&["$\\frac{1}{2}$", "vessels", "bones"], 1),
            ]),
        ),
        Question::new(
            "one-menu",
            "Seeds need [[1]].",
            Answer::Menus(vec![menu(&["water", "coins"], 0)]),
        ),
        Question::new(
            "bank",
            stem,
            Answer::Bank {
                right: words(&["blood", "vessels"]),
                extra: words(&["bones", "coins"]),
            },
        ),
    ]
}

#[test]
fn sentences_come_back_from_every_version() {
    for version in Version::ALL {
        let back = through_qti(&sentences(), version);
        assert_eq!(back.len(), 3);
        for before in sentences() {
            let after = back.iter().find(|one| one.id == before.id);
            let after = after.expect("it has come back");
            assert_eq!(after.stem, before.stem);
            assert_eq!(after.answer, before.answer);
        }
    }
}

#[test]
fn sentences_become_items_that_take_their_key() {
    let sourced = sentences().into_iter().map(|question| Sourced {
        file: "f".into(),
        question,
    });
    let bank = bank(&about("qti"), sourced.collect(), Vec::new(), &shelf());
    assert_eq!(bank.findings, []);
    let kinds: Vec<&str> = bank.items.iter().map(|item| item.kind().name()).collect();
    assert_eq!(kinds, ["inline-choice", "inline-choice", "gap-match"]);
    for (item, question) in bank.items.iter().zip(sentences()) {
        let back = from_item(item, 0).expect("a counterpart");
        assert_eq!(back.stem, question.stem);
        match (back.answer, question.answer) {
            (Answer::Menus(a), Answer::Menus(b)) => {
                let right = |menus: &[Vec<Choice>]| -> Vec<String> {
                    let each = menus.iter().flatten().filter(|one| one.right);
                    each.map(|one| one.text.clone()).collect()
                };
                assert_eq!(right(&a), right(&b));
            }
            (Answer::Bank { right: a, .. }, Answer::Bank { right: b, .. }) => assert_eq!(a, b),
            (a, b) => panic!("{a:?} is no {b:?}"),
        }
    }
}

#[test]
fn a_text_without_its_gaps_is_refused() {
    for stem in ["No gap.", "[[1]] and [[1]]", "[[2]]", "[[1]] [[2]]"] {
        let answer = Answer::Menus(vec![menu(&["a", "b"], 0)]);
        let sourced = vec![Sourced {
            file: "f".into(),
            question: Question::new("q", stem, answer),
        }];
        let bank = bank(&about("qti"), sourced, Vec::new(), &shelf());
        assert_eq!(bank.findings[0].rule, "gap-shape", "{stem}");
        assert!(bank.items.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bank_comes_back(
        texts in prop::collection::btree_set("[a-z]{1,8}( [A-Z<&]{1,3})?", 2..9),
        gaps in 1_usize..8,
        mixed in any::<prop::sample::Index>(),
        version in 0_usize..Version::ALL.len(),
    ) {
        let mut texts: Vec<String> = texts.into_iter().collect();
        let turn = mixed.index(texts.len());
        texts.rotate_left(turn);
        let gaps = gaps.min(texts.len());
        let mut extra = texts.split_off(gaps);
        extra.sort();
        let marks: Vec<String> = (1..=gaps).rev().map(|gap| format!("part [[{gap}]]")).collect();
        let answer = Answer::Bank { right: texts.clone(), extra };
        let question = Question::new("q", marks.join(", "), answer);
        let back = through_qti(std::slice::from_ref(&question), Version::ALL[version]);
        // QTI counts gaps in the order of the text; the numbers follow it, the words stay where they were.
        let Answer::Bank { right, extra } = &back[0].answer else {
            panic!("another kind")
        };
        let turned: Vec<String> = texts.into_iter().rev().collect();
        prop_assert_eq!(right, &turned);
        let Answer::Bank { extra: wanted, .. } = &question.answer else { unreachable!() };
        prop_assert_eq!(extra, wanted);
    }
}
