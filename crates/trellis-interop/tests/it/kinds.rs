//! Every kind of answer in one course folder: it is read, checked and judged, and what is wrong is told with its line.

use std::path::Path;

use trellis_core::item::{Awaits, Interaction, InteractionKind, Outcome, Response, Variant, grade};
use trellis_interop::course::{
    CheckOptions, CourseFile, CoursePack, check, read_course, read_folder,
};
use trellis_interop::finding::Severity;

fn files() -> Vec<CourseFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/kinds");
    read_folder(&folder).expect("the folder is there")
}

/// The key as an answer, or a photograph where a file is asked for.
pub(crate) fn right_response(variant: &Variant) -> Option<Response> {
    match variant.presentation.interaction {
        Interaction::Upload { .. } => Some(Response::File {
            name: format!("{}.jpg", "1f".repeat(32)),
            bytes: 1,
        }),
        _ => variant.key.response(),
    }
}

#[test]
fn every_kind_is_read_and_nothing_is_wrong() {
    let (course, findings) = read_course(&files());
    let (findings, summary) = check(&course, findings, CheckOptions { seeds: 100 });
    let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(
        (summary.errors, summary.warnings),
        (0, 0),
        "{}",
        shown.join("\n")
    );
    assert!(
        findings
            .iter()
            .all(|finding| finding.severity == Severity::Note)
    );
    assert_eq!(findings.len(), 6, "{}", shown.join("\n"));
    let items = course.pack.bank.items();
    for (name, kind) in InteractionKind::NAMES.iter().skip(9) {
        assert!(items.iter().any(|item| item.kind() == *kind), "{name}");
    }
    let again = CoursePack::from_bytes(&course.pack.to_bytes().unwrap()).unwrap();
    assert!(again == course.pack);
    for item in items {
        for seed in 0..50 {
            let variant = item.variant(seed, Some("gardens")).unwrap();
            let key = right_response(&variant).unwrap();
            let outcome = grade(&variant, &key).outcome;
            let expected = match item.kind() {
                InteractionKind::Written | InteractionKind::Upload => {
                    Outcome::Awaits(Awaits::Rubric)
                }
                _ => Outcome::Right,
            };
            assert_eq!(outcome, expected, "{} {seed}", item.id);
            assert_eq!(
                again
                    .bank
                    .item(&item.id)
                    .unwrap()
                    .variant(seed, Some("gardens"))
                    .unwrap(),
                variant
            );
        }
    }
}

/// What is replaced in the items, by what, and the finding: its line and what it contains.
const TABLE: &[(&str, &str, usize, &str)] = &[
    (
        "spelling = \"close\"",
        "spelling = \"loose\"",
        26,
        "there is no spelling \"loose\"",
    ),
    (
        "spelling = \"close\"",
        "capitals = \"rule\"",
        26,
        "capitals can only \"matter\"",
    ),
    (
        "variants = \"few\"\nstem = \"Which part of",
        "variants = \"one\"\nstem = \"Which part of",
        23,
        "variants can only be \"few\"",
    ),
    (
        "answers = [\"mitochondrion\", \"mitochondria\"]\n",
        "",
        20,
        "needs answers",
    ),
    (
        "result = \"mitochondrion\"",
        "result = \"nucleus\"",
        29,
        "the solution arrives at \"nucleus\"",
    ),
    (
        "take in [[1]] and give off [[2]].\"\nhints",
        "take in [[1]].\"\nhints",
        41,
        "the gap [[2]] is missing",
    ),
    (
        "mixup = \"swaps-gases\", ",
        "mixup = \"swap-gases\", ",
        49,
        "there is no mix-up \"swap-gases\"",
    ),
    (
        "mixup = \"swaps-gases\", ",
        "mix = \"swaps-gases\", ",
        49,
        "the key \"mix\" is not part",
    ),
    (
        "a bean take in [[1]] and",
        "a bean take in",
        55,
        "the gap [[1]] is missing",
    ),
    (
        "answer = \"gap 2 -> soil\"",
        "answer = \"gap 2 -> mud\"",
        75,
        "there is no entry \"mud\"",
    ),
    (
        "right = \"water\"",
        "right = \"soil\"",
        57,
        "two entries read \"soil\"",
    ),
    ("at = [22, 22]\n", "", 119, "\"at\" must be two numbers"),
    (
        "fill = \"two\"",
        "fill = \"seven\"",
        115,
        "there is no fill \"seven\"",
    ),
    (
        "kind = \"ellipse\"\nat = [58, 30]",
        "kind = \"elipse\"\nat = [58, 30]",
        110,
        "did you mean \"ellipse\"",
    ),
    (
        "at = [58, 30]",
        "at = [58, 90]",
        92,
        "outside a drawing of 100 by 60",
    ),
    (
        "answer = \"wall\"",
        "answer = \"door\"",
        141,
        "there is no region \"door\"",
    ),
    (
        "points = [[\"1\", \"a\"], [\"3\", \"b\"]]",
        "points = [[\"1\", \"a\"], [\"3\"]]",
        200,
        "a point is",
    ),
    (
        "grid = { from = \"0\", to = \"10\", step = \"1\" }",
        "grid = { from = \"0\", to = \"7\", step = \"1\" }",
        200,
        "is on no mark of the grid",
    ),
    ("line = [\"m\", \"b\"]", "line = [\"m\"]", 220, "a line is"),
    (
        "rows = [[\"@{a}\", \"[[1]]\", \"bean\"]",
        "rows = [[\"@{a}\", \"[[3]]\", \"bean\"]",
        240,
        "the gap [[1]] is missing",
    ),
    (
        "answers = [\"bean\", \"beans\"]",
        "answer = \"1\"\nanswers = [\"bean\"]",
        250,
        "a cell needs answer",
    ),
    (
        "values = [\"a\", \"b\", \"12\"]",
        "values = [\"a\", \"b\"]",
        271,
        "3 places and 2 values",
    ),
    (
        "y = [\"20\", \"a\", \"b\", \"c\"]",
        "y = [\"-20\", \"a\", \"b\", \"c\"]",
        299,
        "a chart cannot show -20",
    ),
    (
        "{ points = 1, says = \"Says that plants make food.\" }",
        "{ points = 2, says = \"Says that plants make food.\" }",
        RUBRIC,
        "points begin with 0 and rise",
    ),
    (
        "{ points = 1, says = \"Says that plants make food.\" }",
        "{ points = -1, says = \"Says that plants make food.\" }",
        RUBRIC,
        "points are a whole number from 0 to 10",
    ),
    (
        "{ points = 1, says = \"Says that plants make food.\" }",
        "{ points = 1, say = \"Says that plants make food.\" }",
        RUBRIC + 2,
        "the key \"say\" is not part",
    ),
    (
        "name = \"Way\"\n",
        "",
        RUBRIC + 6,
        "each of several criteria needs a name",
    ),
    (
        "gets to the @{animal}.\" },\n  { points = 1, says = \"Says how",
        "gets to the @{beast}.\" },\n  { points = 1, says = \"Says how",
        RUBRIC + 7,
        "beast",
    ),
    (
        "sample = \"Plants make sugar",
        "# sample = \"Plants make sugar",
        RUBRIC - 13,
        "needs sample",
    ),
    (
        "longest = 300",
        "longest = 100",
        RUBRIC - 6,
        "the sample could not be handed in",
    ),
    (
        "takes = [\"picture\", \"pdf\"]",
        "takes = [\"picture\", \"film\"]",
        UPLOAD + 10,
        "needs takes",
    ),
    (
        "takes = [\"picture\", \"pdf\"]\n",
        "",
        UPLOAD + 2,
        "needs takes",
    ),
    (
        "longest = 300",
        "longest = 30000",
        RUBRIC - 5,
        "a number of characters from 80 to 3000",
    ),
];

/// The line of the levels of the first criterion.
const RUBRIC: usize = 327;
/// The line of the item that asks for a file.
const UPLOAD: usize = 340;

#[test]
fn what_is_wrong_is_told_with_its_line() {
    for (from, to, line, said) in TABLE {
        let mut files = files();
        let items = files
            .iter_mut()
            .find(|(name, _)| name.ends_with("items.toml"))
            .unwrap();
        let text = String::from_utf8(items.1.clone()).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{from}");
        items.1 = text.replace(from, to).into_bytes();
        let (course, findings) = read_course(&files);
        let (findings, _) = check(&course, findings, CheckOptions { seeds: 30 });
        let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
        assert!(
            findings
                .iter()
                .any(|finding| finding.severity == Severity::Error
                    && finding.line == *line
                    && finding.message.contains(said)),
            "{to}: line {line}: {said}\n{}",
            shown.join("\n")
        );
    }
}
