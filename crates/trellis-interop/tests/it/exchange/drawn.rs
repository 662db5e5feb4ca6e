//! Answers on pictures, in tables and in writing: from items to QTI of every version and back, scored there as here.

use std::path::Path;

use proptest::prelude::*;
use trellis_core::item::{
    Drawing, Fill, Form, InteractionKind, Item, Number, Outcome, Response, Shape, Variant, grade,
};
use trellis_interop::bank::{Sourced, bank};
use trellis_interop::course::{read_course, read_folder};
use trellis_interop::drawing;
use trellis_interop::qti::{self, Atom, Cardinality, Document, Responses, Session, Value, Version};
use trellis_interop::question::{Accepted, Answer, Cell, Question, from_item};

use super::{about, shelf};

const KINDS: [InteractionKind; 6] = [
    InteractionKind::Hotspot,
    InteractionKind::GraphicOrder,
    InteractionKind::Plot,
    InteractionKind::TableEntry,
    InteractionKind::Written,
    InteractionKind::Upload,
];

fn number(text: &str) -> Number {
    Number::read(text).expect("a number")
}

/// The items of the test course that are answered in one of these ways.
fn items() -> Vec<Item> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/kinds");
    let (course, _) = read_course(&read_folder(&folder).expect("the folder is there"));
    let all = course.pack.bank.items().iter();
    let out: Vec<Item> = all
        .filter(|item| KINDS.contains(&item.kind()))
        .cloned()
        .collect();
    assert!(out.len() >= 6);
    out
}

fn shape(form: Form, region: Option<&str>, name: Option<&str>) -> Shape {
    Shape {
        form,
        fill: Some(Fill::Two),
        region: region.map(str::to_string),
        name: name.map(str::to_string),
        label: None,
    }
}

/// What the test course has no item for.
fn more() -> Vec<Question> {
    let circle = |x: &str, region: &str, name: &str| {
        let form = Form::Circle {
            at: (number(x), number("10/3")),
            r: number("4/3"),
        };
        shape(form, Some(region), Some(name))
    };
    let drawing = Drawing {
        title: Some("Three < stones & a shell".into()),
        width: number("30"),
        height: number("20"),
        shapes: vec![
            circle("5", "r1", "the left one"),
            circle("15", "r2", "the middle one"),
            circle("25", "r3", "the right one"),
            shape(
                Form::Polygon {
                    points: vec![
                        (number("1/3"), number("15")),
                        (number("2"), number("16")),
                        (number("3"), number("19.5")),
                    ],
                },
                Some("r4"),
                Some("the shell"),
            ),
        ],
    };
    let cell = |value: &str, tolerance: &str| {
        Cell::Number(Accepted {
            value: number(value),
            tolerance: number(tolerance),
        })
    };
    let several = Answer::Hotspot {
        drawing,
        right: vec!["r1".into(), "r2".into(), "r3".into()],
        several: true,
    };
    let table = Answer::Table {
        columns: vec!["Share".into(), "Of $12$".into()],
        rows: vec![
            vec!["a third".into(), "[[1]] of them".into()],
            vec!["[[2]]".into(), "**6**".into()],
            vec!["[[3]]".into(), "all".into()],
        ],
        cells: vec![
            cell("1/3", "0"),
            cell("0.5", "0.05"),
            Cell::Text {
                answers: vec!["Whole".into(), "Everything".into()],
                close: true,
                cased: true,
            },
        ],
    };
    vec![
        Question::new("several", "Which are stones?", several),
        Question::new("shares", "Fill **it**.", table),
    ]
}

/// All questions of these kinds, from many seeds.
fn questions() -> Vec<Question> {
    let mut out = more();
    for (place, item) in items().iter().enumerate() {
        for seed in 0..8 {
            let mut question = from_item(item, seed).expect("a counterpart");
            question.id = format!("q{place}-{seed}");
            out.push(question);
        }
    }
    out
}

#[test]
fn they_come_back_from_every_version() {
    let all = questions();
    for version in Version::ALL {
        let files = qti::package::files("A bank", "en", &all, version, &|_| None);
        let read = qti::bank::read(&files);
        assert_eq!(read.findings, []);
        assert_eq!(read.questions.len(), all.len());
        for before in &all {
            let after = read
                .questions
                .iter()
                .map(|one| &one.question)
                .find(|one| one.id == before.id)
                .expect("it has come back");
            assert_eq!(after.answer, before.answer, "{}", before.id);
            assert_eq!(after.stem, before.stem, "{}", before.id);
            assert_eq!(after.pictures, [], "{}", before.id);
        }
    }
}

#[test]
fn they_become_items_that_take_their_key() {
    let all = questions();
    let sourced = all.iter().map(|question| Sourced {
        file: "f".into(),
        question: question.clone(),
    });
    let bank = bank(&about("qti"), sourced.collect(), Vec::new(), &shelf());
    assert_eq!(bank.findings, []);
    for (item, question) in bank.items.iter().zip(&all) {
        assert_eq!(item.kind().name(), question.answer.name());
        let back = from_item(item, 0).expect("a counterpart");
        match (&back.answer, &question.answer) {
            // Regions have other ids, which say nothing; what is seen of them stays.
            (
                Answer::Hotspot { right: a, .. } | Answer::GraphicOrder { right: a, .. },
                Answer::Hotspot { right: b, .. } | Answer::GraphicOrder { right: b, .. },
            ) => {
                let (here, there) = (seen(&back.answer, a), seen(&question.answer, b));
                if question.answer.name() == "graphic-order" {
                    assert_eq!(here, there);
                } else {
                    let sorted = |mut texts: Vec<String>| {
                        texts.sort();
                        texts
                    };
                    assert_eq!(sorted(here), sorted(there));
                }
            }
            (a, b) => assert_eq!(a, b),
        }
    }
}

/// What a learner reads for regions.
fn seen(answer: &Answer, ids: &[String]) -> Vec<String> {
    let (Answer::Hotspot { drawing, .. } | Answer::GraphicOrder { drawing, .. }) = answer else {
        panic!("not on a drawing")
    };
    let regions = drawing.regions();
    let text = |id: &String| {
        regions
            .iter()
            .find(|one| one.id == *id)
            .expect("a region")
            .text
            .clone()
    };
    ids.iter().map(text).collect()
}

/// A response of ours as another program would send it.
fn elsewhere(answer: &Answer, response: &Response) -> Responses {
    let named = |keys: &[String]| keys.iter().cloned().map(Atom::Identifier).collect();
    let one = |value: Value| Responses::from([("RESPONSE".to_string(), value)]);
    match (answer, response) {
        (Answer::Hotspot { .. }, Response::Choice(key)) => {
            one(Value::Single(Atom::Identifier(key.clone())))
        }
        (Answer::Hotspot { .. }, Response::Choices(keys)) => {
            one(Value::container(Cardinality::Multiple, named(keys)))
        }
        (Answer::GraphicOrder { .. }, Response::Order(keys)) => {
            one(Value::container(Cardinality::Ordered, named(keys)))
        }
        (Answer::Plot { grid, .. }, Response::Points(points)) => {
            let atoms = points.iter().map(|(x, y)| {
                let (x, y) = grid.pixel(&(number(x), number(y))).expect("on a mark");
                Atom::Point(x as f64, y as f64)
            });
            one(Value::container(Cardinality::Multiple, atoms.collect()))
        }
        (Answer::Table { cells, .. }, Response::Gaps(texts)) => {
            let each = cells.iter().zip(texts).enumerate();
            each.map(|(place, (cell, text))| {
                let atom = match cell {
                    Cell::Number(_) => Atom::Float(number(text).to_f64()),
                    Cell::Text { .. } => Atom::String(text.clone()),
                };
                (format!("RESPONSE-{}", place + 1), Value::Single(atom))
            })
            .collect()
        }
        (answer, response) => panic!("{response:?} is no answer to {}", answer.name()),
    }
}

/// The key, what mix-ups lead to, and answers beside the key.
fn given(variant: &Variant) -> Vec<Response> {
    let key = variant.key.response().expect("a key");
    let mix_ups = variant.mix_ups.iter();
    let mut out: Vec<Response> = mix_ups
        .filter_map(|one| variant.response_of(&one.pattern))
        .collect();
    match &key {
        Response::Choices(right) => {
            let all = ["a", "b", "c", "d"].map(str::to_string);
            for mask in 1..16_u32 {
                let chosen = all.iter().enumerate();
                let chosen = chosen.filter(|(place, _)| mask >> place & 1 == 1);
                out.push(Response::Choices(
                    chosen.map(|(_, key)| key.clone()).collect(),
                ));
            }
            assert_eq!(right.len(), 3);
        }
        Response::Points(points) => {
            let mut moved = points.clone();
            moved[0] = ("0".into(), "0".into());
            out.push(Response::Points(moved));
        }
        Response::Gaps(texts) => {
            for place in 0..texts.len() {
                let mut other = texts.clone();
                other[place] = if number_like(&texts[place]) {
                    "77.5".into()
                } else {
                    "zebra".into()
                };
                out.push(Response::Gaps(other));
            }
        }
        _ => {}
    }
    out.push(key);
    out
}

fn number_like(text: &str) -> bool {
    Number::read(text).is_some()
}

#[test]
fn the_exported_item_scores_as_ours_does() {
    let mut items = items();
    let sourced = more().into_iter().map(|question| Sourced {
        file: "f".into(),
        question,
    });
    items.extend(bank(&about("qti"), sourced.collect(), Vec::new(), &shelf()).items);
    let (mut right, mut part, mut wrong) = (0, 0, 0);
    for item in items.iter().filter(|item| !item.kind().waits_for_person()) {
        for seed in 0..12 {
            let variant = item.variant(seed, None).expect("a variant");
            let question = from_item(item, seed).expect("a counterpart");
            let document = Document::Item(Box::new(qti::export::item(&question, "en")));
            let (document, _) = qti::read("f", qti::write(&document).as_bytes());
            let Some(Document::Item(exported)) = document else {
                panic!("no item")
            };
            for response in given(&variant) {
                let graded = grade(&variant, &response);
                if matches!(graded.outcome, Outcome::Unreadable { .. }) {
                    continue;
                }
                let mut session = Session::begin(&exported, 0);
                session.respond(&elsewhere(&question.answer, &response));
                let score = session.score().expect("a score");
                match graded.score {
                    1.0 => right += 1,
                    0.0 => wrong += 1,
                    _ => part += 1,
                }
                // The standard template for orders knows only right and wrong.
                let ours = if item.kind() == InteractionKind::GraphicOrder && !graded.is_right() {
                    0.0
                } else {
                    graded.score
                };
                assert!(
                    (score - ours).abs() < 1e-9,
                    "{} {seed}: {response:?}: there {score}, here {ours}",
                    item.id
                );
            }
        }
    }
    assert!(
        right > 50 && part > 50 && wrong > 30,
        "{right} {part} {wrong}"
    );
}

#[test]
fn a_written_answer_keeps_its_rubric_and_foreign_ones_say_what_they_can() {
    let essay = |inside: &str, key: &str| {
        format!(
            r#"<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="e" title="E" adaptive="false" timeDependent="false">
<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="string">{key}</responseDeclaration>
<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float" externalScored="human"/>
<itemBody><p>Why?</p>{inside}<extendedTextInteraction responseIdentifier="RESPONSE"/></itemBody></assessmentItem>"#
        )
    };
    let read = |text: String| qti::bank::read(&[("e.xml".to_string(), text.into_bytes())]);
    let none = read(essay("", ""));
    assert_eq!(none.questions, []);
    assert_eq!(none.findings.last().unwrap().rule, "no-rubric");
    let scored = read(essay(
        r#"<rubricBlock view="scorer"><p>One point for <b>light</b>.</p></rubricBlock>"#,
        "<correctResponse><value>Plants need light.</value></correctResponse>",
    ));
    let Answer::Written { rubric, sample, .. } = &scored.questions[0].question.answer else {
        panic!("another kind")
    };
    assert_eq!(rubric.criteria[0].name, "One point for **light**.");
    assert_eq!(rubric.most(), [1]);
    assert_eq!(sample, "Plants need light.");
    assert_eq!(scored.questions[0].question.stem, "Why?");
}

fn any_number() -> impl Strategy<Value = Number> {
    (0_i64..=700, 1_i64..=7)
        .prop_map(|(top, bottom)| Number::ratio(top, bottom * 10).expect("a ratio"))
}

fn any_point() -> impl Strategy<Value = (Number, Number)> {
    (any_number(), any_number())
}

fn any_form() -> impl Strategy<Value = Form> {
    let length =
        || (1_i64..=200, 1_i64..=7).prop_map(|(a, b)| Number::ratio(a, b).expect("a ratio"));
    prop_oneof![
        (any_point(), length()).prop_map(|(at, r)| Form::Circle { at, r }),
        (any_point(), length(), length()).prop_map(|(at, rx, ry)| Form::Ellipse { at, rx, ry }),
        (any_point(), length(), length()).prop_map(|(at, w, h)| Form::Rectangle { at, w, h }),
        (any_point(), any_point()).prop_map(|(from, to)| Form::Line { from, to }),
        (any_point(), any_point()).prop_map(|(from, to)| Form::Arrow { from, to }),
        prop::collection::vec(any_point(), 3..7).prop_map(|points| Form::Polygon { points }),
        (any_point(), "[a-zA-Z<&\"']{1,9}").prop_map(|(at, text)| Form::Text { at, text }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_drawing_comes_back_from_its_picture(
        forms in prop::collection::vec((any_form(), 0_usize..7, prop::option::of("[a-z]{1,3}"), prop::option::of("[a-z<&\" ]{1,9}")), 1..9),
        title in prop::option::of("[A-Za-z <&\"]{1,20}"),
    ) {
        let shapes = forms.into_iter().map(|(form, fill, region, name)| Shape {
            form,
            fill: Fill::NAMES.get(fill).map(|(_, fill)| *fill),
            region,
            label: name.clone(),
            name,
        });
        let drawing = Drawing {
            title,
            width: number("211/3"),
            height: number("100"),
            shapes: shapes.collect(),
        };
        prop_assume!(drawing.check().is_ok());
        let picture = drawing::svg(&drawing);
        prop_assert_eq!(drawing::read(&picture), Some(drawing));
    }
}
