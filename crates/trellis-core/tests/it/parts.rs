//! Words, gaps, tables, regions and points by example, and what holds for all of them whatever is sent.

use proptest::prelude::*;
use trellis_core::framework::MixUpId;
use trellis_core::item::{
    Drawing, Figure, Fill, Form, GapText, Interaction, InteractionKind, LineText, MixUpText,
    OptionText, Response, Shape, Template, TemplateText, Variant, answers, grade,
};

use crate::grading::{judged, mix_up, text, typed, variant};

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn words() -> TemplateText {
    let mut of = text(InteractionKind::Text);
    of.parts.answers = texts(&["mitochondrion", "mitochondria"]);
    of.parts.spelling = Some("close".into());
    of.mix_ups = vec![MixUpText {
        answers: texts(&["chloroplast", "mitochondrian"]),
        ..mix_up("takes-the-green-one", "")
    }];
    of
}

fn wrong(text: &str, mix_up: Option<&str>) -> OptionText {
    OptionText {
        text: text.into(),
        right: None,
        mix_up: mix_up.map(|id| MixUpId::new(id).expect("the test is sound")),
        feedback: mix_up.map(|_| "Look again.".into()),
    }
}

fn gap(right: &str, wrong: Vec<OptionText>) -> GapText {
    GapText {
        right: Some(right.into()),
        wrong,
        ..GapText::default()
    }
}

fn menus() -> TemplateText {
    let mut of = text(InteractionKind::InlineChoice);
    of.stem = "Plants take in [[1]] and give off [[2]].".into();
    of.parts.gaps = vec![
        gap(
            "carbon dioxide",
            vec![wrong("oxygen", Some("swaps-gases")), wrong("soil", None)],
        ),
        gap("oxygen", vec![wrong("carbon dioxide", None)]),
    ];
    of.mix_ups = vec![mix_up("eats-soil", "gap 1 -> soil")];
    of
}

fn bank() -> TemplateText {
    let mut of = text(InteractionKind::GapMatch);
    of.stem = "A [[1]] eats [[2]].".into();
    of.parts.gaps = vec![gap("herbivore", vec![]), gap("plants", vec![])];
    of.extra = texts(&["carnivore", "meat"]);
    of.mix_ups = vec![mix_up("turns-round", "gap 2 -> meat")];
    of
}

fn circle(x: &str, region: &str, label: Option<&str>) -> Shape<String, String> {
    Shape {
        form: Form::Circle {
            at: (x.into(), "50".into()),
            r: "8".into(),
        },
        fill: Some(Fill::One),
        region: Some(region.into()),
        name: Some(format!("the part at {x}")),
        label: label.map(str::to_owned),
    }
}

fn drawing(labels: bool) -> Figure<String, String> {
    let label = |label| Some(label).filter(|_| labels);
    Figure::Drawing(Drawing {
        title: None,
        width: "100".into(),
        height: "100".into(),
        shapes: vec![
            circle("20", "nucleus", label("B")),
            circle("50", "vacuole", label("A")),
            circle("80", "wall", label("C")),
            circle("81", "wall", None),
        ],
    })
}

fn hotspot() -> TemplateText {
    let mut of = text(InteractionKind::Hotspot);
    of.parameters = vec![("part".into(), "{'nucleus', 'vacuole'}".into())];
    of.stem = "Where is the @{part}?".into();
    of.answer = Some("@{part}".into());
    of.result = Some("@{part}".into());
    of.figure = Some(drawing(true));
    of.mix_ups = vec![mix_up("takes-the-wall", "wall")];
    of
}

fn several() -> TemplateText {
    let mut of = hotspot();
    of.answer = None;
    of.result = None;
    of.parts.answers = texts(&["nucleus", "vacuole"]);
    of
}

fn graphic_order() -> TemplateText {
    let mut of = text(InteractionKind::GraphicOrder);
    of.sequence = texts(&["wall", "nucleus", "vacuole"]);
    of.figure = Some(drawing(false));
    of.mix_ups = vec![
        mix_up("backwards", "reversed"),
        mix_up("swaps", "nucleus ; wall ; vacuole"),
    ];
    of
}

fn plot() -> TemplateText {
    let mut of = text(InteractionKind::Plot);
    of.parts.grid = Some(LineText {
        from: "-3".into(),
        to: "3".into(),
        step: "1/2".into(),
    });
    of.parts.points = vec![("1".into(), "2".into()), ("-1/2".into(), "3".into())];
    of.mix_ups = vec![MixUpText {
        points: vec![("2".into(), "1".into()), ("3".into(), "-1/2".into())],
        ..mix_up("swaps-axes", "")
    }];
    of
}

fn line() -> TemplateText {
    let mut of = plot();
    of.parts.points = vec![];
    of.parts.line = Some(("2".into(), "-1".into()));
    of.mix_ups = vec![MixUpText {
        line: Some(("-1".into(), "2".into())),
        ..mix_up("swaps-slope", "")
    }];
    of
}

fn cells() -> TemplateText {
    let mut of = text(InteractionKind::TableEntry);
    of.parameters = vec![("n".into(), "3..40".into())];
    of.conditions = vec!["n != 20".into()];
    of.parts.columns = texts(&["Generation", "Rabbits", "Kind"]);
    of.parts.rows = vec![
        texts(&["1", "@{n}", "[[2]]"]),
        texts(&["2", "[[1]]", "prey"]),
    ];
    of.parts.gaps = vec![
        GapText {
            answer: Some("2*n".into()),
            ..GapText::default()
        },
        GapText {
            answers: texts(&["prey"]),
            ..GapText::default()
        },
    ];
    of.mix_ups = vec![
        mix_up("adds-two", "gap 1 -> n + 20"),
        mix_up("calls-it-hunter", "gap 2 -> predator"),
    ];
    of
}

fn all() -> Vec<TemplateText> {
    vec![
        words(),
        menus(),
        bank(),
        hotspot(),
        several(),
        graphic_order(),
        plot(),
        line(),
        cells(),
    ]
}

#[test]
fn words_and_their_slips() {
    typed(
        words(),
        &[
            ("Mitochondrion", "right"),
            ("the mitochondria", "right"),
            ("mitocondrion", "right"),
            ("mitochondrian", "wrong 0.00 takes-the-green-one"),
            ("Chloroplast!", "wrong 0.00 takes-the-green-one"),
            ("nucleus", "wrong 0.00"),
            ("", "unreadable"),
        ],
    );
    let slip = grade(&variant(words(), 1), &Response::Text("mitocondrion".into()));
    assert_eq!(slip.spelled.as_deref(), Some("mitochondrion"));
}

#[test]
fn gaps_give_part_of_the_credit() {
    typed(
        menus(),
        &[
            ("carbon dioxide ; oxygen", "right"),
            ("oxygen ; oxygen", "wrong 0.50 swaps-gases"),
            ("soil ; carbon dioxide", "wrong 0.00 eats-soil"),
            ("carbon dioxide", "unreadable"),
        ],
    );
    typed(
        bank(),
        &[
            ("herbivore ; plants", "right"),
            ("herbivore ; meat", "wrong 0.50 turns-round"),
            ("plants ; herbivore", "wrong 0.00"),
        ],
    );
    let empty = Response::Gaps(vec![String::new(), "a".into()]);
    assert_eq!(judged(&variant(bank(), 1), &empty), "unreadable");
}

#[test]
fn regions_have_keys_that_say_nothing() {
    let of = variant(hotspot(), 1);
    let shown = serde_json::to_string(&of.presentation).unwrap();
    assert!(
        !shown.contains("vacuole\"") && !shown.contains("wall"),
        "{shown}"
    );
    let Interaction::Hotspot { regions, .. } = &of.presentation.interaction else {
        panic!("no hotspot")
    };
    let read: Vec<&str> = regions.iter().map(|region| region.text.as_str()).collect();
    assert_eq!(
        read,
        [
            "**A** the part at 50",
            "**B** the part at 20",
            "**C** the part at 80"
        ]
    );
    typed(
        several(),
        &[
            ("**A** the part at 50 ; **B** the part at 20", "right"),
            ("**A** the part at 50", "wrong 0.50"),
            ("**C** the part at 80", "wrong 0.00 takes-the-wall"),
        ],
    );
    typed(
        graphic_order(),
        &[
            ("the part at 80 ; the part at 20 ; the part at 50", "right"),
            (
                "the part at 50 ; the part at 20 ; the part at 80",
                "wrong 0.00 backwards",
            ),
            (
                "the part at 20 ; the part at 80 ; the part at 50",
                "wrong 0.33 swaps",
            ),
            ("the part at 20", "unreadable"),
        ],
    );
}

#[test]
fn points_may_come_in_any_order() {
    typed(
        plot(),
        &[
            ("(1, 2) ; (-1/2, 3)", "right"),
            ("(-0.5, 3) ; (1, 2)", "right"),
            ("(1, 2) ; (0, 0)", "wrong 0.50"),
            ("(3, -0.5) ; (2, 1)", "wrong 0.00 swaps-axes"),
            ("(1, 2) ; (1, 2)", "unreadable"),
            ("(1, 2) ; (9, 2)", "unreadable"),
            ("(1, 2) ; (0.3, 2)", "unreadable"),
            ("(1, 2)", "unreadable"),
            ("(1, 2) ; (x, 2)", "unreadable"),
        ],
    );
    typed(
        line(),
        &[
            ("(0, -1) ; (2, 3)", "right"),
            ("(1, 1) ; (1/2, 0)", "right"),
            ("(0, 2) ; (2, 0)", "wrong 0.00 swaps-slope"),
            ("(0, -1) ; (0, 0)", "wrong 0.50"),
        ],
    );
}

#[test]
fn each_cell_is_an_answer_by_itself() {
    let of = variant(cells(), 1);
    let judge =
        |number: &str, word: &str| judged(&of, &Response::Gaps(vec![number.into(), word.into()]));
    let Some(Response::Gaps(right)) = answers::of_key(&of) else {
        panic!("no cells")
    };
    assert_eq!(judge(&right[0], "Prey"), "right");
    assert_eq!(judge(&right[0], "predator"), "wrong 0.50 calls-it-hunter");
    assert_eq!(judge("1000", "prey"), "wrong 0.50");
    assert_eq!(judge("two +", "prey"), "unreadable");
    assert_eq!(judge("", "prey"), "unreadable");
}

/// A template, what is changed in it, and what is said then.
type Fault = (fn() -> TemplateText, fn(&mut TemplateText), &'static str);

const FAULTS: &[Fault] = &[
    (words, |t| t.parts.answers.clear(), "needs answers"),
    (
        words,
        |t| t.parts.spelling = Some("loose".into()),
        "no spelling \"loose\"",
    ),
    (
        words,
        |t| t.parts.answers = vec!["!".into()],
        "an answer has no letters",
    ),
    (
        menus,
        |t| t.stem = "Only [[1]].".into(),
        "the gap [[2]] is missing",
    ),
    (
        menus,
        |t| t.parts.gaps[0].wrong.clear(),
        "at least one wrong option",
    ),
    (menus, |t| t.parts.gaps[0].right = None, "needs right"),
    (
        menus,
        |t| t.mix_ups[0].answer = "gap 7 -> soil".into(),
        "there is no gap 7",
    ),
    (
        menus,
        |t| t.mix_ups[0].answer = "gap 1 -> mud".into(),
        "there is no entry \"mud\"",
    ),
    (
        bank,
        |t| t.extra.push("plants".into()),
        "two entries read \"plants\"",
    ),
    (hotspot, |t| t.figure = None, "needs [item.figure] of kind"),
    (
        hotspot,
        |t| t.answer = Some("leaf".into()),
        "there is no region \"leaf\"",
    ),
    (
        several,
        |t| t.parts.answers.push("nucleus".into()),
        "a region is there twice",
    ),
    (plot, |t| t.parts.grid = None, "plot needs grid"),
    (
        plot,
        |t| t.parts.points[0].0 = "7".into(),
        "is on no mark of the grid",
    ),
    (
        line,
        |t| t.parts.line = Some(("100".into(), "50".into())),
        "fewer than two marks",
    ),
    (
        cells,
        |t| t.parts.rows[0].truncate(1),
        "row 1 has 1 cells for 3 columns",
    ),
    (
        cells,
        |t| t.parts.gaps[0].answer = None,
        "a cell needs answer",
    ),
];

#[test]
fn a_template_says_what_is_wrong_with_it() {
    let faults = |text: TemplateText| -> String {
        match Template::compile(text) {
            Ok(template) => template
                .variant(1, None)
                .map_or_else(|fault| fault.to_string(), |_| "none".into()),
            Err(faults) => faults
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join("; "),
        }
    };
    let with = |text: TemplateText, change: fn(&mut TemplateText)| {
        let mut text = text;
        change(&mut text);
        faults(text)
    };
    for (text, change, expected) in FAULTS {
        let said = with(text(), *change);
        assert!(said.contains(expected), "{expected}: {said}");
    }
    assert_eq!(
        all().into_iter().map(faults).collect::<Vec<_>>(),
        vec!["none"; 9]
    );
}

/// Anything that could be sent.
fn any_response() -> impl Strategy<Value = Response> {
    let word = "([a-e]|[0-9./-]{1,4}|\\PC{0,12}| )";
    let list = prop::collection::vec(word, 0..5);
    let pairs = prop::collection::vec((word, word), 0..5);
    prop_oneof![
        word.prop_map(Response::Text),
        word.prop_map(Response::Choice),
        list.clone().prop_map(Response::Choices),
        list.clone().prop_map(Response::Order),
        list.prop_map(Response::Gaps),
        pairs.clone().prop_map(Response::Pairs),
        pairs.prop_map(Response::Points),
        word.prop_map(Response::Point),
    ]
}

fn variants(seed: u64) -> impl Iterator<Item = Variant> {
    all().into_iter().map(move |text| variant(text, seed))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_key_is_right_and_each_mix_up_is_known(seed: u64) {
        for of in variants(seed) {
            let key = answers::of_key(&of).expect("every key can be given");
            prop_assert!(grade(&of, &key).is_right(), "{:?}", of.key);
            for mix_up in &of.mix_ups {
                let given = answers::of_mix_up(&of, &mix_up.pattern).expect("it can be given");
                let graded = grade(&of, &given);
                prop_assert!(!graded.is_right() && graded.costs_attempt(), "{}", mix_up.id);
                prop_assert_eq!(graded.mix_up.as_ref(), Some(&mix_up.id));
            }
            let stored = serde_json::to_string(&of).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Variant>(&stored).unwrap(), &of);
        }
    }

    #[test]
    fn whatever_is_sent_gets_a_score_from_0_to_1(seed: u64, response in any_response()) {
        for of in variants(seed) {
            let graded = grade(&of, &response);
            prop_assert!((0.0..=1.0).contains(&graded.score));
            prop_assert_eq!(graded.is_right(), graded.score >= 1.0);
        }
    }
}

#[test]
fn older_templates_are_stored_as_they_were() {
    let mut of = text(InteractionKind::Numeric);
    of.answer = Some("12".into());
    of.mix_ups = vec![mix_up("halves", "6")];
    let stored = serde_json::to_string(&Template::compile(of).unwrap()).unwrap();
    assert!(
        stored.ends_with("\"contexts\":[],\"figure\":null}"),
        "{stored}"
    );
    assert!(stored.contains("\"feedback\":\"Look again.\"}"), "{stored}");
    for text in all() {
        let template = Template::compile(text).unwrap();
        let stored = serde_json::to_string(&template).unwrap();
        assert_eq!(serde_json::from_str::<Template>(&stored).unwrap(), template);
    }
}
