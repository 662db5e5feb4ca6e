//! Questions to items of QTI, scored by the standard templates where they say enough and by rules of their own elsewhere.

mod drawn;
mod filled;

use super::declare::{Declaration, DeclarationKind, MapEntry, Mapping};
use super::expression::{Expression, Operator, Parameter, Tolerance};
use super::item::{AssessmentItem, ResponseProcessing};
use super::names::Version;
use super::rules::{Branch, Rule, Target};
use super::value::{Atom, BaseType, Cardinality, Value};
use crate::markup::{HTML, TexStyle, nodes, nodes_with_gaps};
use crate::question::{Accepted, Answer, Choice, Question, number_text};
use crate::xml::{Element, Line, Node};
use trellis_core::item::Number;

pub(super) use drawn::picture;

const MATCH_CORRECT: &str =
    "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml";
const MAP_RESPONSE: &str = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/map_response.xml";
const RESPONSE: &str = "RESPONSE";

/// The item of a question, in QTI 3.0. `language` is that of its words, as a BCP 47 tag; empty for none.
#[must_use]
pub fn item(question: &Question, language: &str) -> AssessmentItem {
    let made = made(question);
    let mut body = Element::new("item-body");
    body.children
        .extend(nodes(&question.body, TexStyle::MathMl, false));
    if !made.holds_stem {
        body.children
            .extend(nodes(&question.stem, TexStyle::MathMl, false));
    }
    body.children.extend(made.interaction);
    let mut score = Declaration::new(
        DeclarationKind::Outcome,
        "SCORE",
        Cardinality::Single,
        BaseType::Float,
    );
    score.default = Value::float(0.0);
    if let Some(most) = made.by_a_person {
        let said = [
            ("external-scored", "human".to_string()),
            ("normal-maximum", most.to_string()),
        ];
        score
            .attributes
            .extend(said.map(|(name, value)| (name.to_string(), value)));
    }
    let mut out = AssessmentItem {
        version: Version::V3p0,
        identifier: identifier(&question.id),
        title: if question.title.is_empty() {
            question.id.clone()
        } else {
            question.title.clone()
        },
        adaptive: false,
        time_dependent: false,
        attributes: Vec::new(),
        declarations: made.responses.into_iter().chain([score]).collect(),
        template_processing: None,
        stimuli: Vec::new(),
        body: Some(body),
        processing: made.by_a_person.is_none().then_some(made.processing),
        feedback: Vec::new(),
        extra: Vec::new(),
        line: Line(0),
    };
    if !language.is_empty() {
        out.attributes.push(crate::xml::Attribute {
            space: crate::xml::XML_SPACE.to_string(),
            name: "lang".to_string(),
            value: language.to_string(),
        });
    }
    out
}

/// A name that QTI takes: it begins with a letter and holds letters, digits, `.`, `-` and `_`.
#[must_use]
pub fn identifier(text: &str) -> String {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || "._-".contains(c) {
            c
        } else {
            '-'
        }
    };
    let name: String = text.chars().map(plain).collect();
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name
    } else {
        format!("i-{name}")
    }
}

struct Made {
    responses: Vec<Declaration>,
    processing: ResponseProcessing,
    interaction: Vec<Node>,
    /// Whether the interaction stands in the stem, or holds it.
    holds_stem: bool,
    /// The most points, where a person gives them.
    by_a_person: Option<u32>,
}

impl Made {
    fn new(response: Declaration, processing: ResponseProcessing, interaction: Vec<Node>) -> Self {
        Self {
            responses: vec![response],
            processing,
            interaction,
            holds_stem: false,
            by_a_person: None,
        }
    }
}

fn template(address: &str) -> ResponseProcessing {
    ResponseProcessing {
        template: Some(address.to_string()),
        ..ResponseProcessing::default()
    }
}

fn response(cardinality: Cardinality, base: BaseType, correct: Vec<Atom>) -> Declaration {
    let mut out = Declaration::new(DeclarationKind::Response, RESPONSE, cardinality, base);
    out.correct = Value::container(cardinality, correct);
    out
}

fn interaction(name: &str) -> Element {
    Element::new(name).with("response-identifier", RESPONSE)
}

fn named(name: &str, identifier: String, text: &str) -> Element {
    let mut out = Element::new(name).with("identifier", identifier);
    out.children = nodes(text, TexStyle::MathMl, true);
    out
}

fn made(question: &Question) -> Made {
    match &question.answer {
        Answer::Choice { choices, shuffle } => choice(choices, *shuffle, false),
        Answer::MultipleChoice { choices, shuffle } => choice(choices, *shuffle, true),
        Answer::Words(accepted) => words(accepted),
        Answer::Number { accepted, unit } => number(accepted, unit.as_deref()),
        Answer::Expression(typed) | Answer::Equation(typed) => words(std::slice::from_ref(typed)),
        Answer::Order(entries) => order(entries),
        Answer::Match { pairs, extra } => matched(pairs, extra),
        Answer::Menus(menus) => self::menus(menus, &question.stem),
        Answer::Bank { right, extra } => bank(right, extra, &question.stem),
        Answer::Hotspot {
            drawing,
            right,
            several,
        } => drawn::hotspot(question, drawing, right, *several),
        Answer::GraphicOrder { drawing, right } => drawn::order(question, drawing, right),
        Answer::Plot { grid, goal } => drawn::plot(question, grid, goal),
        Answer::Table {
            columns,
            rows,
            cells,
        } => filled::table(columns, rows, cells),
        Answer::Written {
            longest,
            rubric,
            sample,
        } => filled::written(*longest, rubric, sample),
        Answer::Upload {
            takes,
            rubric,
            sample,
        } => filled::upload(takes, rubric, sample),
        Answer::NumberLine { from, to, step, at } => {
            let atom = at.to_f64();
            let element = interaction("slider-interaction")
                .with("lower-bound", number_text(from))
                .with("upper-bound", number_text(to))
                .with("step", number_text(step));
            Made::new(
                response(
                    Cardinality::Single,
                    BaseType::Float,
                    vec![Atom::Float(atom)],
                ),
                template(MATCH_CORRECT),
                vec![Node::Element(element)],
            )
        }
    }
}

/// Whether choices may be shuffled, and how many may be chosen.
fn choice(choices: &[Choice], shuffle: bool, several: bool) -> Made {
    let name = |place: usize| format!("choice-{}", place + 1);
    let right: Vec<String> = choices
        .iter()
        .enumerate()
        .filter(|(_, choice)| choice.right)
        .map(|(place, _)| name(place))
        .collect();
    let elements = choices
        .iter()
        .enumerate()
        .map(|(place, choice)| named("simple-choice", name(place), &choice.text));
    let element = interaction("choice-interaction")
        .with("shuffle", shuffle.to_string())
        .with("max-choices", if several { "0" } else { "1" })
        .all(elements);
    let atoms: Vec<Atom> = right.iter().cloned().map(Atom::Identifier).collect();
    let mut declaration = if several {
        response(Cardinality::Multiple, BaseType::Identifier, atoms)
    } else {
        response(
            Cardinality::Single,
            BaseType::Identifier,
            atoms.into_iter().take(1).collect(),
        )
    };
    let mut processing = template(MATCH_CORRECT);
    if several {
        declaration.mapping = Some(map_all(&right));
        processing = template(MAP_RESPONSE);
    } else if right.len() > 1 {
        // Any of several right choices: each has the full score.
        let entries = right
            .into_iter()
            .map(|name| entry(Atom::Identifier(name), true));
        declaration.mapping = Some(mapping(entries.collect()));
        processing = template(MAP_RESPONSE);
    }
    Made::new(declaration, processing, vec![Node::Element(element)])
}

fn entry(key: Atom, case_sensitive: bool) -> MapEntry {
    MapEntry {
        key,
        score: 1.0,
        case_sensitive,
    }
}

fn mapping(entries: Vec<MapEntry>) -> Mapping {
    Mapping {
        lower: Some(0.0),
        upper: Some(1.0),
        default: 0.0,
        entries,
    }
}

/// All of these are right: each has its share of the score, and each other choice takes such a share away.
fn map_all(right: &[String]) -> Mapping {
    let each = 1.0 / f64::from(u32::try_from(right.len().max(1)).unwrap_or(u32::MAX));
    let entries = right.iter().map(|name| MapEntry {
        score: each,
        ..entry(Atom::Identifier(name.clone()), true)
    });
    Mapping {
        default: -each,
        ..mapping(entries.collect())
    }
}

fn in_paragraph(element: Element, behind: Option<&str>) -> Vec<Node> {
    let mut paragraph = Element::new("p").child(element);
    paragraph.space = HTML.to_string();
    if let Some(unit) = behind {
        paragraph = paragraph.text(format!(" {unit}"));
    }
    vec![Node::Element(paragraph)]
}

/// Words are compared without regard to case, as a mapping says.
fn words(accepted: &[String]) -> Made {
    let first = accepted.first().cloned().unwrap_or_default();
    let mut declaration = response(
        Cardinality::Single,
        BaseType::String,
        vec![Atom::String(first)],
    );
    let entries = accepted
        .iter()
        .map(|text| entry(Atom::String(text.clone()), false));
    declaration.mapping = Some(mapping(entries.collect()));
    Made::new(
        declaration,
        template(MAP_RESPONSE),
        in_paragraph(interaction("text-entry-interaction"), None),
    )
}

/// Rules that give the full score when something holds, else none.
fn scored(when: Expression) -> ResponseProcessing {
    let set = |score: f64| Rule::Set {
        target: Target::Outcome,
        identifier: "SCORE".to_string(),
        value: Expression::Base(Atom::Float(score)),
        line: Line(0),
    };
    let branches = vec![
        Branch {
            when: Some(when),
            rules: vec![set(1.0)],
        },
        Branch {
            when: None,
            rules: vec![set(0.0)],
        },
    ];
    ResponseProcessing {
        rules: vec![Rule::Choose(branches, Line(0))],
        ..ResponseProcessing::default()
    }
}

/// A menu in the text for each gap; all of them must be right.
fn menus(menus: &[Vec<Choice>], stem: &str) -> Made {
    let name = |gap: usize| format!("{RESPONSE}-{}", gap + 1);
    let choice = |place: usize| format!("choice-{}", place + 1);
    let mut responses = Vec::new();
    let mut all = Vec::new();
    for (gap, menu) in menus.iter().enumerate() {
        let right = menu.iter().position(|one| one.right).unwrap_or(0);
        let atom = Atom::Identifier(choice(right));
        let mut declaration = response(Cardinality::Single, BaseType::Identifier, vec![atom]);
        declaration.identifier = name(gap);
        responses.push(declaration);
        let variable = Expression::Variable {
            identifier: name(gap),
            weight: None,
        };
        let parts = vec![variable, Expression::Correct(name(gap))];
        all.push(Expression::Apply(Operator::Plain("match"), parts));
    }
    let when = if all.len() == 1 {
        all.remove(0)
    } else {
        Expression::Apply(Operator::Plain("and"), all)
    };
    let at_gap = |number: usize| {
        let gap = number.saturating_sub(1);
        let menu = menus.get(gap).map_or(&[][..], Vec::as_slice);
        let each = menu
            .iter()
            .enumerate()
            .map(|(place, one)| named("inline-choice", choice(place), &one.text));
        let element = Element::new("inline-choice-interaction")
            .with("response-identifier", name(gap))
            .with("shuffle", "true");
        Node::Element(element.all(each))
    };
    Made {
        responses,
        processing: scored(when),
        interaction: nodes_with_gaps(stem, TexStyle::MathMl, false, &at_gap),
        holds_stem: true,
        by_a_person: None,
    }
}

/// Words in the order of the alphabet, and the text with its gaps.
fn bank(right: &[String], extra: &[String], stem: &str) -> Made {
    let mut words: Vec<&String> = right.iter().chain(extra).collect();
    words.sort();
    let word = |place: usize| format!("word-{}", place + 1);
    let gap = |place: usize| format!("gap-{}", place + 1);
    let pairs = right.iter().enumerate().map(|(place, text)| {
        let at = words.iter().position(|one| *one == text).unwrap_or(0);
        Atom::DirectedPair(word(at), gap(place))
    });
    let declaration = response(
        Cardinality::Multiple,
        BaseType::DirectedPair,
        pairs.collect(),
    );
    let texts = words
        .iter()
        .enumerate()
        .map(|(place, text)| named("gap-text", word(place), text).with("match-max", "1"));
    let mut element = interaction("gap-match-interaction")
        .with("shuffle", "true")
        .all(texts);
    let at_gap = |number: usize| {
        let name = gap(number.saturating_sub(1));
        Node::Element(Element::new("gap").with("identifier", name))
    };
    let content = nodes_with_gaps(stem, TexStyle::MathMl, false, &at_gap);
    element.children.extend(content);
    Made {
        holds_stem: true,
        ..Made::new(
            declaration,
            template(MATCH_CORRECT),
            vec![Node::Element(element)],
        )
    }
}

/// Whether a response is within a tolerance of a number.
fn near(wanted: Expression, response: &str, tolerance: &Number) -> Expression {
    let width = tolerance.to_f64();
    let exact = width == 0.0;
    let operator = Operator::Equal {
        mode: if exact {
            Tolerance::Exact
        } else {
            Tolerance::Absolute
        },
        tolerance: if exact {
            Vec::new()
        } else {
            vec![Parameter::Number(width)]
        },
        include_lower: true,
        include_upper: true,
    };
    let given = Expression::Variable {
        identifier: response.to_string(),
        weight: None,
    };
    Expression::Apply(operator, vec![wanted, given])
}

/// Numbers are compared by value, each within its tolerance.
fn number(accepted: &[Accepted], unit: Option<&str>) -> Made {
    let first = accepted.first().map_or(0.0, |one| one.value.to_f64());
    let response = response(
        Cardinality::Single,
        BaseType::Float,
        vec![Atom::Float(first)],
    );
    let near = accepted.iter().enumerate().map(|(place, one)| {
        let wanted = if place == 0 {
            Expression::Correct(RESPONSE.to_string())
        } else {
            Expression::Base(Atom::Float(one.value.to_f64()))
        };
        near(wanted, RESPONSE, &one.tolerance)
    });
    let mut all: Vec<Expression> = near.collect();
    let when = if all.len() == 1 {
        all.remove(0)
    } else {
        Expression::Apply(Operator::Plain("or"), all)
    };
    Made::new(
        response,
        scored(when),
        in_paragraph(interaction("text-entry-interaction"), unit),
    )
}

/// Entries are written in an order that is not the right one.
fn order(entries: &[String]) -> Made {
    let mut shown: Vec<(usize, &String)> = entries.iter().enumerate().collect();
    shown.sort_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(&a.0)));
    let right = (0..entries.len()).map(|place| {
        let shown_at = shown
            .iter()
            .position(|(from, _)| *from == place)
            .unwrap_or(0);
        Atom::Identifier(format!("entry-{}", shown_at + 1))
    });
    let elements = shown
        .iter()
        .enumerate()
        .map(|(place, (_, text))| named("simple-choice", format!("entry-{}", place + 1), text));
    Made::new(
        response(Cardinality::Ordered, BaseType::Identifier, right.collect()),
        template(MATCH_CORRECT),
        vec![Node::Element(
            interaction("order-interaction")
                .with("shuffle", "true")
                .all(elements),
        )],
    )
}

fn matched(pairs: &[(String, String)], extra: &[String]) -> Made {
    let mut rights: Vec<&String> = Vec::new();
    for right in pairs.iter().map(|(_, right)| right).chain(extra) {
        if !rights.contains(&right) {
            rights.push(right);
        }
    }
    rights.sort();
    let mut correct = Vec::new();
    for (place, (_, right)) in pairs.iter().enumerate() {
        let at = rights.iter().position(|one| *one == right).unwrap_or(0);
        correct.push(Atom::DirectedPair(
            format!("left-{}", place + 1),
            format!("right-{}", at + 1),
        ));
    }
    let choice = |name: String, text: &str, most: usize| {
        let mut out = named("simple-associable-choice", name, text);
        out.set("match-max", most.to_string());
        out
    };
    let left = pairs
        .iter()
        .enumerate()
        .map(|(place, (text, _))| choice(format!("left-{}", place + 1), text, 1));
    let right = rights
        .iter()
        .enumerate()
        .map(|(place, text)| choice(format!("right-{}", place + 1), text, pairs.len()));
    let element = interaction("match-interaction")
        .with("shuffle", "true")
        .with("max-associations", pairs.len().to_string())
        .child(Element::new("simple-match-set").all(left))
        .child(Element::new("simple-match-set").all(right));
    Made::new(
        response(Cardinality::Multiple, BaseType::DirectedPair, correct),
        template(MATCH_CORRECT),
        vec![Node::Element(element)],
    )
}
