//! The rules of QTI: expressions, response processing, templates, adaptive items and tests, each in a small sample of ours.

use std::collections::BTreeMap;

use trellis_interop::qti::outcome::{ItemResult, outcomes};
use trellis_interop::qti::{self, AssessmentItem, Atom, Document, Responses, Session, Value};

const NS: &str = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0";

fn item(adaptive: bool, inside: &str) -> AssessmentItem {
    let text = format!(
        r#"<qti-assessment-item xmlns="{NS}" identifier="i" title="t" adaptive="{adaptive}" time-dependent="false">{inside}</qti-assessment-item>"#
    );
    let (document, findings) = qti::read("i.xml", text.as_bytes());
    assert_eq!(findings, []);
    let Some(Document::Item(item)) = document else {
        panic!("no item")
    };
    *item
}

/// What an expression gives: as text, containers with commas.
fn value(expression: &str) -> String {
    let inside = format!(
        r#"<qti-response-declaration identifier="R" cardinality="single" base-type="string"/>
        <qti-response-declaration identifier="P" cardinality="multiple" base-type="point">
          <qti-area-mapping lower-bound="0" upper-bound="3" default-value="-1">
            <qti-area-map-entry shape="circle" coords="10,10,5" mapped-value="2"/>
            <qti-area-map-entry shape="rect" coords="20,0,30,10" mapped-value="4"/></qti-area-mapping></qti-response-declaration>
        <qti-response-declaration identifier="M" cardinality="multiple" base-type="identifier">
          <qti-mapping upper-bound="2.5" default-value="-0.5">
            <qti-map-entry map-key="a" mapped-value="1"/><qti-map-entry map-key="b" mapped-value="2"/></qti-mapping></qti-response-declaration>
        <qti-outcome-declaration identifier="OUT" cardinality="ordered" base-type="string"/>
        <qti-outcome-declaration identifier="N" cardinality="single" base-type="integer"><qti-default-value><qti-value>3</qti-value></qti-default-value></qti-outcome-declaration>
        <qti-item-body><p/></qti-item-body>
        <qti-response-processing><qti-set-outcome-value identifier="OUT"><qti-ordered>{expression}</qti-ordered></qti-set-outcome-value></qti-response-processing>"#
    );
    let item = item(false, &inside);
    let mut session = Session::begin(&item, 5);
    let mut given = Responses::new();
    given.insert("R".into(), Value::Single(Atom::String("York".into())));
    given.insert(
        "P".into(),
        Value::Multiple(vec![
            Atom::Point(11.0, 11.0),
            Atom::Point(9.0, 9.0),
            Atom::Point(99.0, 0.0),
        ]),
    );
    let names = ["a", "b", "c"].map(|name| Atom::Identifier(name.into()));
    given.insert("M".into(), Value::Multiple(names.to_vec()));
    session.respond(&given);
    let texts: Vec<String> = session
        .value("OUT")
        .atoms()
        .iter()
        .map(Atom::text)
        .collect();
    texts.join(",")
}

#[test]
fn expressions_give_what_the_specification_says() {
    let int = |n: &str| format!(r#"<qti-base-value base-type="integer">{n}</qti-base-value>"#);
    let (one, two, seven) = (int("1"), int("2"), int("7"));
    for (expression, expected) in [
        (format!("<qti-sum>{one}{two}{seven}</qti-sum>"), "10"),
        (format!("<qti-subtract>{one}{seven}</qti-subtract>"), "-6"),
        (format!("<qti-integer-divide>{seven}{two}</qti-integer-divide>"), "3"),
        (format!("<qti-integer-modulus>{seven}{two}</qti-integer-modulus>"), "1"),
        (format!("<qti-divide>{seven}{two}</qti-divide>"), "3.5"),
        (format!("<qti-power>{two}{seven}</qti-power>"), "128"),
        (format!("<qti-max>{one}{seven}{two}</qti-max>"), "7"),
        (format!("<qti-repeat number-repeats=\"N\">{one}{two}</qti-repeat>"), "1,2,1,2,1,2"),
        (format!("<qti-index n=\"2\"><qti-ordered>{one}{seven}</qti-ordered></qti-index>"), "7"),
        (format!("<qti-delete>{one}<qti-multiple>{one}{two}{one}</qti-multiple></qti-delete>"), "2"),
        (format!("<qti-container-size><qti-multiple>{one}{two}</qti-multiple></qti-container-size>"), "2"),
        (format!("<qti-member>{two}<qti-multiple>{one}{two}</qti-multiple></qti-member>"), "true"),
        (format!("<qti-contains><qti-ordered>{one}{two}{seven}</qti-ordered><qti-ordered>{two}{seven}</qti-ordered></qti-contains>"), "true"),
        (format!("<qti-contains><qti-ordered>{one}{two}{seven}</qti-ordered><qti-ordered>{one}{seven}</qti-ordered></qti-contains>"), "false"),
        (format!("<qti-gcd>{}{}</qti-gcd>", int("12"), int("18")), "6"),
        (format!("<qti-gte>{two}{two}</qti-gte>"), "true"),
        ("<qti-null/>".into(), ""),
        ("<qti-is-null><qti-variable identifier=\"R\"/></qti-is-null>".into(), "false"),
        ("<qti-string-match case-sensitive=\"false\"><qti-variable identifier=\"R\"/><qti-base-value base-type=\"string\">york</qti-base-value></qti-string-match>".into(), "true"),
        ("<qti-pattern-match pattern=\"Y[a-z]+\"><qti-variable identifier=\"R\"/></qti-pattern-match>".into(), "true"),
        ("<qti-substring case-sensitive=\"true\"><qti-base-value base-type=\"string\">or</qti-base-value><qti-variable identifier=\"R\"/></qti-substring>".into(), "true"),
        ("<qti-map-response identifier=\"M\"/>".into(), "2.5"),
        ("<qti-map-response-point identifier=\"P\"/>".into(), "1"),
        ("<qti-inside shape=\"rect\" coords=\"0,0,12,12\"><qti-variable identifier=\"P\"/></qti-inside>".into(), "true"),
        (format!("<qti-round-to rounding-mode=\"significantFigures\" figures=\"N\">{}</qti-round-to>", int("12345")), "12300"),
        (format!("<qti-math-operator name=\"floor\"><qti-divide>{seven}{two}</qti-divide></qti-math-operator>"), "3"),
        (format!("<qti-stats-operator name=\"mean\"><qti-multiple>{one}{two}</qti-multiple></qti-stats-operator>"), "1.5"),
        (format!("<qti-any-n min=\"1\" max=\"1\"><qti-lt>{one}{two}</qti-lt><qti-gt>{one}{two}</qti-gt></qti-any-n>"), "true"),
        ("<qti-math-constant name=\"pi\"/>".into(), "3.141592653589793"),
        ("<qti-default identifier=\"N\"/>".into(), "3"),
        (format!("<qti-equal tolerance-mode=\"relative\" tolerance=\"50\">{two}{one}</qti-equal>"), "true"),
        (format!("<qti-divide>{one}{}</qti-divide>", int("0")), ""),
    ] {
        assert_eq!(value(&expression), expected, "{expression}");
    }
}

#[test]
fn endless_rules_end() {
    let item = item(
        false,
        r#"<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
        <qti-outcome-declaration identifier="X" cardinality="ordered" base-type="integer"/>
        <qti-item-body><p/></qti-item-body>
        <qti-response-processing><qti-set-outcome-value identifier="X">
          <qti-repeat number-repeats="999999999"><qti-repeat number-repeats="999999999"><qti-random-integer min="1" max="6"/></qti-repeat></qti-repeat>
        </qti-set-outcome-value></qti-response-processing>"#,
    );
    let mut session = Session::begin(&item, 1);
    session.respond(&Responses::new());
    assert_eq!(session.value("X"), Value::Null);
    assert_eq!(session.problems().len(), 1);
}

#[test]
fn templates_are_drawn_from_the_seed_within_their_constraints() {
    let item = item(
        false,
        r#"<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="integer"/>
        <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
        <qti-template-declaration identifier="A" cardinality="single" base-type="integer"/>
        <qti-template-declaration identifier="B" cardinality="single" base-type="integer"/>
        <qti-template-processing>
          <qti-set-template-value identifier="A"><qti-random-integer min="1" max="9"/></qti-set-template-value>
          <qti-set-template-value identifier="B"><qti-random-integer min="1" max="9" step="2"/></qti-set-template-value>
          <qti-template-constraint><qti-lt><qti-variable identifier="A"/><qti-variable identifier="B"/></qti-lt></qti-template-constraint>
          <qti-set-correct-response identifier="RESPONSE"><qti-product><qti-variable identifier="A"/><qti-variable identifier="B"/></qti-product></qti-set-correct-response>
        </qti-template-processing>
        <qti-item-body><p><qti-text-entry-interaction response-identifier="RESPONSE"/></p></qti-item-body>
        <qti-response-processing template="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"/>"#,
    );
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..60 {
        let mut session = Session::begin(&item, seed);
        let number = |name: &str| session.value(name).number().unwrap();
        let (a, b) = (number("A"), number("B"));
        assert!(a < b && b % 2.0 == 1.0);
        let key = session.key().unwrap();
        assert_eq!(key["RESPONSE"].number(), Some(a * b));
        assert_eq!(Session::begin(&item, seed).key(), Some(key.clone()));
        session.respond(&key);
        assert_eq!(session.score(), Some(1.0));
        session.respond(&Responses::new());
        assert_eq!(session.score(), Some(0.0));
        seen.insert(format!("{a} {b}"));
    }
    assert!(seen.len() > 10);
}

#[test]
fn adaptive_items_remember_and_say_when_they_are_over() {
    let set = |name: &str, kind: &str, value: &str| {
        format!(
            r#"<qti-set-outcome-value identifier="{name}"><qti-base-value base-type="{kind}">{value}</qti-base-value></qti-set-outcome-value>"#
        )
    };
    let right = format!(
        "{}{}",
        set("SCORE", "float", "1"),
        set("completionStatus", "identifier", "completed")
    );
    let wrong = r#"<qti-set-outcome-value identifier="TRIES"><qti-sum><qti-variable identifier="TRIES"/><qti-base-value base-type="integer">1</qti-base-value></qti-sum></qti-set-outcome-value>
        <qti-lookup-outcome-value identifier="HINT"><qti-variable identifier="TRIES"/></qti-lookup-outcome-value>"#;
    let item = item(
        true,
        &format!(
            r#"<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="integer"><qti-correct-response><qti-value>4</qti-value></qti-correct-response></qti-response-declaration>
        <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
        <qti-outcome-declaration identifier="TRIES" cardinality="single" base-type="integer"/>
        <qti-outcome-declaration identifier="HINT" cardinality="single" base-type="identifier">
          <qti-match-table default-value="none"><qti-match-table-entry source-value="1" target-value="first"/><qti-match-table-entry source-value="2" target-value="second"/></qti-match-table></qti-outcome-declaration>
        <qti-item-body><p><qti-text-entry-interaction response-identifier="RESPONSE"/></p></qti-item-body>
        <qti-response-processing><qti-response-condition>
          <qti-response-if><qti-match><qti-variable identifier="RESPONSE"/><qti-correct identifier="RESPONSE"/></qti-match>{right}<qti-exit-response/></qti-response-if>
          <qti-response-else>{wrong}</qti-response-else></qti-response-condition></qti-response-processing>"#
        ),
    );
    let mut session = Session::begin(&item, 0);
    let answer = |n: i64| Responses::from([("RESPONSE".to_string(), Value::integer(n))]);
    for (given, hint, over) in [
        (1, "first", false),
        (2, "second", false),
        (3, "none", false),
        (4, "none", true),
    ] {
        session.respond(&answer(given));
        assert_eq!(
            session.value("HINT").single().map(Atom::text).as_deref(),
            Some(hint)
        );
        assert_eq!(session.is_completed(), over);
    }
    assert_eq!(session.score(), Some(1.0));
    assert_eq!(session.value("numAttempts"), Value::integer(4));
}

#[test]
fn tests_make_outcomes_of_their_items() {
    let text = format!(
        r#"<qti-assessment-test xmlns="{NS}" identifier="t" title="T">
        <qti-outcome-declaration identifier="SUM" cardinality="single" base-type="float"/>
        <qti-outcome-declaration identifier="MOST" cardinality="single" base-type="float"/>
        <qti-outcome-declaration identifier="RIGHT" cardinality="single" base-type="integer"/>
        <qti-outcome-declaration identifier="EASY" cardinality="single" base-type="integer"/>
        <qti-outcome-declaration identifier="GRADE" cardinality="single" base-type="identifier">
          <qti-interpolation-table default-value="low"><qti-interpolation-table-entry source-value="3" target-value="high"/></qti-interpolation-table></qti-outcome-declaration>
        <qti-test-part identifier="p" navigation-mode="linear" submission-mode="individual">
          <qti-assessment-section identifier="s" title="S" visible="true">
            <qti-assessment-item-ref identifier="a" href="a.xml" category="easy"><qti-weight identifier="W" value="2"/></qti-assessment-item-ref>
            <qti-assessment-item-ref identifier="b" href="b.xml"/>
            <qti-assessment-item-ref identifier="c" href="c.xml" category="easy"/>
          </qti-assessment-section></qti-test-part>
        <qti-outcome-processing>
          <qti-set-outcome-value identifier="SUM"><qti-sum><qti-test-variables variable-identifier="SCORE" weight-identifier="W"/></qti-sum></qti-set-outcome-value>
          <qti-set-outcome-value identifier="MOST"><qti-sum><qti-outcome-maximum outcome-identifier="SCORE" weight-identifier="W"/></qti-sum></qti-set-outcome-value>
          <qti-set-outcome-value identifier="RIGHT"><qti-number-correct/></qti-set-outcome-value>
          <qti-set-outcome-value identifier="EASY"><qti-number-responded include-category="easy" section-identifier="s"/></qti-set-outcome-value>
          <qti-lookup-outcome-value identifier="GRADE"><qti-variable identifier="SUM"/></qti-lookup-outcome-value>
        </qti-outcome-processing></qti-assessment-test>"#
    );
    let (document, findings) = qti::read("t.xml", text.as_bytes());
    assert_eq!(findings, []);
    let Some(Document::Test(test)) = document else {
        panic!("no test")
    };
    let result = |score: f64| ItemResult {
        values: BTreeMap::from([("SCORE".to_string(), Value::float(score))]),
        presented: true,
        responded: true,
        correct: score > 0.0,
        bounds: BTreeMap::from([("SCORE".to_string(), (Some(0.0), Some(2.0)))]),
    };
    let results = BTreeMap::from([
        ("a".to_string(), result(1.0)),
        ("b".to_string(), result(1.5)),
        ("c".to_string(), result(0.0)),
    ]);
    let (values, problems) = outcomes(&test, &results, 0);
    assert_eq!(problems, Vec::<String>::new());
    let text = |name: &str| values[name].single().map(Atom::text).unwrap_or_default();
    assert_eq!(
        ["SUM", "MOST", "RIGHT", "EASY", "GRADE"].map(text),
        ["3.5", "8", "2", "2", "high"].map(String::from)
    );
}
