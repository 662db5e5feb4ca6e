//! Tables to fill and answers in writing as interactions of QTI, the latter with the rubric for the person who scores.

use super::{Made, MapEntry, RESPONSE, interaction, mapping, response};
use crate::markup::{HTML, TexStyle, nodes, nodes_with_gaps};
use crate::qti::declare::Declaration;
use crate::qti::expression::{Expression, Operator};
use crate::qti::item::ResponseProcessing;
use crate::qti::rules::{Branch, Rule, Target};
use crate::qti::value::{Atom, BaseType, Cardinality};
use crate::question::{Accepted, Cell};
use crate::xml::{Element, Line, Node};
use trellis_core::item::{FileKind, Rubric};

fn html(name: &str) -> Element {
    let mut out = Element::new(name);
    out.space = HTML.to_string();
    out
}

fn name(cell: usize) -> String {
    format!("{RESPONSE}-{}", cell + 1)
}

/// A table with a box in each blank cell; the score is the share of right cells.
pub(super) fn table(columns: &[String], rows: &[Vec<String>], cells: &[Cell]) -> Made {
    let heads = columns.iter().map(|head| {
        let mut out = html("th").with("scope", "col");
        out.children = nodes(head, TexStyle::MathMl, true);
        out
    });
    let at_gap = |number: usize| {
        let cell = number.saturating_sub(1);
        let close = matches!(cells.get(cell), Some(Cell::Text { close: true, .. }));
        let out = Element::new("text-entry-interaction").with("response-identifier", name(cell));
        Node::Element(out.with_some("data-spelling", close.then_some("close")))
    };
    let lines = rows.iter().map(|row| {
        html("tr").all(row.iter().map(|cell| {
            let mut out = html("td");
            out.children = nodes_with_gaps(cell, TexStyle::MathMl, true, &at_gap);
            out
        }))
    });
    let table = html("table")
        .child(html("thead").child(html("tr").all(heads)))
        .child(html("tbody").all(lines));
    let responses = cells.iter().enumerate().map(|(place, cell)| {
        let mut out = declared(cell);
        out.identifier = name(place);
        out
    });
    Made {
        responses: responses.collect(),
        processing: shares(cells),
        interaction: vec![Node::Element(table)],
        holds_stem: false,
        by_a_person: None,
    }
}

fn declared(cell: &Cell) -> Declaration {
    match cell {
        Cell::Number(accepted) => response(
            Cardinality::Single,
            BaseType::Float,
            vec![Atom::Float(accepted.value.to_f64())],
        ),
        Cell::Text { answers, cased, .. } => {
            let first = answers.first().cloned().unwrap_or_default();
            let mut out = response(
                Cardinality::Single,
                BaseType::String,
                vec![Atom::String(first)],
            );
            let entries = answers.iter().map(|text| MapEntry {
                key: Atom::String(text.clone()),
                score: 1.0,
                case_sensitive: *cased,
            });
            out.mapping = Some(mapping(entries.collect()));
            out
        }
    }
}

/// Rules that count the right cells and then divide by their number.
fn shares(cells: &[Cell]) -> ResponseProcessing {
    let score = || Expression::Variable {
        identifier: "SCORE".to_string(),
        weight: None,
    };
    let set = |value: Expression| Rule::Set {
        target: Target::Outcome,
        identifier: "SCORE".to_string(),
        value,
        line: Line(0),
    };
    let plus = |more: Expression| {
        set(Expression::Apply(
            Operator::Plain("sum"),
            vec![score(), more],
        ))
    };
    let mut rules = vec![set(Expression::Base(Atom::Float(0.0)))];
    for (place, cell) in cells.iter().enumerate() {
        let rule = match cell {
            Cell::Number(accepted) => Rule::Choose(
                vec![Branch {
                    when: Some(is_near(&name(place), accepted)),
                    rules: vec![plus(Expression::Base(Atom::Float(1.0)))],
                }],
                Line(0),
            ),
            Cell::Text { .. } => plus(Expression::MapResponse(name(place))),
        };
        rules.push(rule);
    }
    let count = f64::from(u32::try_from(cells.len().max(1)).unwrap_or(u32::MAX));
    let parts = vec![score(), Expression::Base(Atom::Float(count))];
    rules.push(set(Expression::Apply(Operator::Plain("divide"), parts)));
    ResponseProcessing {
        rules,
        ..ResponseProcessing::default()
    }
}

fn is_near(response: &str, accepted: &Accepted) -> Expression {
    super::near(
        Expression::Correct(response.to_string()),
        response,
        &accepted.tolerance,
    )
}

/// A large box, and the rubric with a sample for those who score.
pub(super) fn written(longest: u32, rubric: &Rubric, sample: &str) -> Made {
    let element =
        interaction("extended-text-interaction").with("expected-length", longest.to_string());
    by_rubric(BaseType::String, element, rubric, sample)
}

/// A file to hand in, with the same for those who score.
pub(super) fn upload(takes: &[FileKind], rubric: &Rubric, sample: &str) -> Made {
    let names: Vec<&str> = takes.iter().map(|kind| kind.name()).collect();
    let only = match takes {
        [FileKind::Picture] => Some("image/*"),
        [FileKind::Pdf] => Some("application/pdf"),
        [FileKind::Text] => Some("text/plain"),
        [FileKind::Sound] => Some("audio/*"),
        _ => None,
    };
    let element = interaction("upload-interaction")
        .with_some("type", only)
        .with("data-takes", names.join(" "));
    by_rubric(BaseType::File, element, rubric, sample)
}

fn by_rubric(base: BaseType, asks: Element, rubric: &Rubric, sample: &str) -> Made {
    let mut block = Element::new("rubric-block")
        .with("use", "scoring")
        .with("view", "scorer");
    for criterion in &rubric.criteria {
        let mut name = html("p");
        name.children = nodes(&criterion.name, TexStyle::MathMl, true);
        let levels = criterion.levels.iter().map(|level| {
            let mut out = html("li").with("data-points", level.points.to_string());
            out.children = nodes(&level.says, TexStyle::MathMl, true);
            out
        });
        let part = html("div")
            .with("data-part", "criterion")
            .child(name)
            .child(html("ul").all(levels));
        block = block.child(part);
    }
    let mut shown = html("div").with("data-part", "sample");
    shown.children = nodes(sample, TexStyle::MathMl, false);
    block = block.child(shown);
    let most: u32 = rubric.most().into_iter().map(u32::from).sum();
    Made {
        by_a_person: Some(most),
        ..Made::new(
            response(Cardinality::Single, base, Vec::new()),
            ResponseProcessing::default(),
            vec![Node::Element(block), Node::Element(asks)],
        )
    }
}
