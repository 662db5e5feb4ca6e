//! Grading by example: one item of each kind, answers and what is said to them.

use trellis_core::framework::{CompetencyId, ItemId, MixUpId};
use trellis_core::item::{
    InteractionKind, LineText, MixUpText, OptionText, Outcome, PartsText, Response, Template,
    TemplateText, Variant, grade, response_from_text,
};

pub(crate) fn text(kind: InteractionKind) -> TemplateText {
    TemplateText {
        id: ItemId::new("item").expect("the test is sound"),
        competency: CompetencyId::new("competency").expect("the test is sound"),
        kind,
        level: 1,
        usual_seconds: 60,
        stem: "Question".into(),
        answer: None,
        form: None,
        tolerance: None,
        unit: None,
        conditions: vec![],
        parameters: vec![],
        hints: vec![],
        solution: vec![],
        result: None,
        options: vec![],
        shuffle: true,
        sequence: vec![],
        sort: vec![],
        pairs: vec![],
        extra: vec![],
        line: None,
        mix_ups: vec![],
        contexts: vec![],
        figure: None,
        parts: PartsText::default(),
    }
}

pub(crate) fn mix_up(id: &str, answer: &str) -> MixUpText {
    let id = MixUpId::new(id).expect("the test is sound");
    MixUpText {
        id,
        answer: answer.into(),
        feedback: "Look again.".into(),
        answers: vec![],
        points: vec![],
        line: None,
    }
}

pub(crate) fn variant(text: TemplateText, seed: u64) -> Variant {
    Template::compile(text)
        .expect("the test is sound")
        .variant(seed, None)
        .expect("the test is sound")
}

/// "right", "wrong .50 NotSimplest", "wrong .00 mix-up", "unreadable".
pub(crate) fn judged(variant: &Variant, response: &Response) -> String {
    let graded = grade(variant, response);
    match graded.outcome {
        Outcome::Right => {
            assert!((graded.score - 1.0).abs() < 1e-12);
            "right".into()
        }
        Outcome::Unreadable { .. } => {
            assert!(!graded.costs_attempt());
            "unreadable".into()
        }
        Outcome::Awaits(what) => {
            assert!(!graded.costs_attempt());
            format!("awaits {what:?}")
        }
        Outcome::Wrong => {
            let form = graded
                .missed_form
                .map(|form| format!(" {form:?}"))
                .unwrap_or_default();
            let mix_up = graded.mix_up.map(|id| format!(" {id}")).unwrap_or_default();
            format!("wrong {:.2}{form}{mix_up}", graded.score)
        }
    }
}

pub(crate) fn typed(text: TemplateText, table: &[(&str, &str)]) {
    let variant = variant(text, 1);
    for (answer, expected) in table {
        let response = response_from_text(&variant, answer).expect("the test is sound");
        assert_eq!(judged(&variant, &response), *expected, "{answer}");
    }
}

#[test]
fn numbers() {
    let mut text_of = text(InteractionKind::Numeric);
    text_of.answer = Some("12".into());
    text_of.unit = Some("cm".into());
    text_of.stem = "What percent is it?".into();
    text_of.mix_ups = vec![mix_up("halves", "6")];
    typed(
        text_of.clone(),
        &[
            ("12", "right"),
            (" 12 cm", "right"),
            ("x = 12", "right"),
            ("12.0", "right"),
            ("12%", "right"),
            ("24/2", "wrong 0.50 Unfinished"),
            ("3 * 4", "wrong 0.50 Unfinished"),
            ("6", "wrong 0.00 halves"),
            ("12 / 2", "wrong 0.00 halves"),
            ("13", "wrong 0.00"),
            ("", "unreadable"),
            ("12 +", "unreadable"),
        ],
    );
    text_of.answer = Some("0.75".into());
    text_of.tolerance = Some("0.05".into());
    typed(
        text_of,
        &[
            ("3/4", "right"),
            ("0.8", "right"),
            (".70", "right"),
            ("0.81", "wrong 0.00"),
        ],
    );
}

#[test]
fn fractions_in_their_forms() {
    let mut text_of = text(InteractionKind::Fraction);
    text_of.answer = Some("8/3".into());
    text_of.mix_ups = vec![mix_up("upside-down", "3/8")];
    typed(
        text_of.clone(),
        &[
            ("8/3", "right"),
            ("16/6", "right"),
            ("2 2/3", "right"),
            ("3/8", "wrong 0.00 upside-down"),
        ],
    );
    text_of.form = Some("simplest".into());
    text_of.mix_ups.push(mix_up("stops-early", "@{16}/@{6}"));
    typed(
        text_of.clone(),
        &[
            ("8/3", "right"),
            ("16/6", "wrong 0.50 NotSimplest stops-early"),
            ("24/9", "wrong 0.50 NotSimplest"),
            ("2 2/3", "wrong 0.50 NotSimplest"),
        ],
    );
    text_of.form = Some("mixed".into());
    typed(
        text_of,
        &[("2 2/3", "right"), ("8/3", "wrong 0.50 NotMixed")],
    );
}

#[test]
fn expressions_in_their_forms() {
    let mut text_of = text(InteractionKind::Expression);
    text_of.answer = Some("@{3}*x + @{-6}".into());
    text_of.form = Some("expanded".into());
    text_of.mix_ups = vec![mix_up("first-term-only", "@{3}*x - 2")];
    typed(
        text_of,
        &[
            ("3x - 6", "right"),
            ("-6 + x*3", "right"),
            ("3(x - 2)", "wrong 0.50 NotExpanded"),
            ("3x - 2", "wrong 0.00 first-term-only"),
            ("3x + 6", "wrong 0.00"),
            ("3x -", "unreadable"),
        ],
    );
}

#[test]
fn equations_must_be_solved_where_the_key_is() {
    let mut text_of = text(InteractionKind::Equation);
    text_of.answer = Some("x = 3".into());
    text_of.mix_ups = vec![mix_up("adds", "x = 7")];
    typed(
        text_of,
        &[
            ("x = 3", "right"),
            ("3 = x", "right"),
            ("2x + 1 = 7", "wrong 0.50 NotSolved"),
            ("x = 7", "wrong 0.00 adds"),
            ("x = 4", "wrong 0.00"),
        ],
    );
    let mut text_of = text(InteractionKind::Equation);
    text_of.answer = Some("y = 2*x + 1".into());
    typed(
        text_of,
        &[("y - 2x = 1", "right"), ("y = 2x - 1", "wrong 0.00")],
    );
    let mut text_of = text(InteractionKind::Equation);
    text_of.answer = Some("x >= -2".into());
    typed(
        text_of,
        &[
            ("-2 <= x", "right"),
            ("x > -2", "wrong 0.00"),
            ("-3x <= 6", "wrong 0.50 NotSolved"),
        ],
    );
}

fn option(text: &str, right: bool, mix_up: Option<&str>) -> OptionText {
    OptionText {
        text: text.into(),
        right: Some(right.to_string()),
        mix_up: mix_up.map(|id| MixUpId::new(id).expect("the test is sound")),
        feedback: mix_up.map(|_| "Look again.".into()),
    }
}

#[test]
fn options_are_shuffled_and_keys_say_nothing() {
    let mut text_of = text(InteractionKind::Choice);
    text_of.options = vec![
        option("yes", true, None),
        option("no", false, Some("denies")),
        option("so", false, None),
    ];
    typed(
        text_of.clone(),
        &[
            ("yes", "right"),
            ("no", "wrong 0.00 denies"),
            ("so", "wrong 0.00"),
        ],
    );
    let template = Template::compile(text_of).unwrap();
    let mut rights = std::collections::BTreeSet::new();
    for seed in 0..20 {
        let variant = template.variant(seed, None).unwrap();
        let trellis_core::item::Key::Choice { right } = variant.key else {
            panic!("no choice")
        };
        rights.insert(right);
    }
    assert_eq!(rights.into_iter().collect::<Vec<_>>(), ["a", "b", "c"]);
}

#[test]
fn several_options_give_part_of_the_credit() {
    let mut text_of = text(InteractionKind::MultipleChoice);
    text_of.options = vec![
        option("2", true, None),
        option("3", true, None),
        option("4", false, Some("takes-even")),
        option("9", false, None),
    ];
    typed(
        text_of.clone(),
        &[
            ("2 ; 3", "right"),
            ("3 ; 2", "right"),
            ("2", "wrong 0.50"),
            ("2 ; 3 ; 4", "wrong 0.50 takes-even"),
            ("4 ; 9", "wrong 0.00 takes-even"),
        ],
    );
    let variant = variant(text_of, 1);
    assert_eq!(judged(&variant, &Response::Choices(vec![])), "unreadable");
    assert_eq!(
        judged(&variant, &Response::Choices(vec!["zz".into()])),
        "unreadable"
    );
}

#[test]
fn orders_and_pairs_give_part_of_the_credit() {
    let mut text_of = text(InteractionKind::Order);
    text_of.sequence = ["one", "two", "three"].map(String::from).to_vec();
    text_of.mix_ups = vec![
        mix_up("backwards", "reversed"),
        mix_up("swaps", "two ; one ; three"),
    ];
    typed(
        text_of,
        &[
            ("one ; two ; three", "right"),
            ("three ; two ; one", "wrong 0.00 backwards"),
            ("two ; one ; three", "wrong 0.33 swaps"),
            ("one ; three ; two", "wrong 0.33"),
            ("one ; two", "unreadable"),
        ],
    );
    let mut text_of = text(InteractionKind::Match);
    text_of.pairs = [("1/2", "half"), ("1/3", "third")]
        .map(|(l, r)| (l.into(), r.into()))
        .to_vec();
    text_of.extra = vec!["whole".into()];
    text_of.mix_ups = vec![mix_up("halves-all", "1/2 -> whole")];
    typed(
        text_of,
        &[
            ("1/2 -> half ; 1/3 -> third", "right"),
            ("1/3 -> third ; 1/2 -> half", "right"),
            ("1/2 -> whole ; 1/3 -> third", "wrong 0.50 halves-all"),
            ("1/2 -> third ; 1/3 -> half", "wrong 0.00"),
            ("1/2 -> half", "unreadable"),
        ],
    );
}

#[test]
fn points_are_numbers_on_a_mark() {
    let mut text_of = text(InteractionKind::NumberLine);
    text_of.answer = Some("3/4".into());
    text_of.line = Some(LineText {
        from: "0".into(),
        to: "2".into(),
        step: "1/4".into(),
    });
    text_of.mix_ups = vec![mix_up("counts-marks", "1")];
    typed(
        text_of.clone(),
        &[
            ("3/4", "right"),
            ("0.75", "right"),
            ("1", "wrong 0.00 counts-marks"),
            ("x", "wrong 0.00"),
        ],
    );
    text_of.answer = Some("1/3".into());
    let fault = Template::compile(text_of)
        .unwrap()
        .variant(1, None)
        .unwrap_err();
    assert_eq!(
        fault.what,
        "1/3 is not a mark of the line from 0 to 2 by 1/4"
    );
}

#[test]
fn a_response_of_another_kind_costs_nothing() {
    let mut text_of = text(InteractionKind::Numeric);
    text_of.answer = Some("1".into());
    let variant = variant(text_of, 1);
    for response in [
        Response::Choice("a".into()),
        Response::Order(vec![]),
        Response::Pairs(vec![]),
        Response::Choices(vec!["a".into()]),
    ] {
        assert_eq!(judged(&variant, &response), "unreadable");
    }
}

#[test]
fn the_same_seed_gives_the_same_variant_also_after_storing() {
    let mut text_of = text(InteractionKind::Fraction);
    text_of.parameters = vec![("b".into(), "2..9".into()), ("a".into(), "1..b-1".into())];
    text_of.conditions = vec!["gcd(a, b) == 1".into()];
    text_of.answer = Some("a/b".into());
    text_of.stem = "Write $@{a/b}$.".into();
    let template = Template::compile(text_of).unwrap();
    let stored = serde_json::to_string(&template).unwrap();
    let again: Template = serde_json::from_str(&stored).unwrap();
    let mut stems = std::collections::BTreeSet::new();
    for seed in 0..200 {
        let variant = template.variant(seed, None).unwrap();
        assert_eq!(variant, again.variant(seed, Some("cooking")).unwrap());
        stems.insert(variant.presentation.stem.clone());
        let shown = serde_json::to_string(&variant.presentation).unwrap();
        assert!(
            !shown.contains("value") && !shown.contains("right"),
            "{shown}"
        );
    }
    assert!(stems.len() > 20);
    // A variant is a promise for ever: these may never change.
    let first: Vec<String> = (0..6)
        .map(|seed| template.variant(seed, None).unwrap().presentation.stem)
        .map(|stem| stem.replace("Write $\\frac", "").replace("$.", ""))
        .collect();
    assert_eq!(first.join(" "), "{1}{4} {1}{2} {2}{7} {1}{2} {4}{7} {1}{2}");
}
