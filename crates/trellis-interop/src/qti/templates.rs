//! Standard response processing: which rules a template's address means. Addresses are never fetched.

use super::declare::{Declaration, DeclarationKind};
use super::expression::{Expression, Operator};
use super::item::AssessmentItem;
use super::rules::{Branch, Rule, Target};
use super::value::Atom;
use crate::xml::Line;

/// A standard template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    /// 1 for the right answer, else 0.
    MatchCorrect,
    /// The score of the mapping.
    MapResponse,
    /// The score of the areas.
    MapResponsePoint,
    /// Common Cartridge: the right answer gives 1 and the feedback `correct`.
    CcMatch,
    /// Common Cartridge: the score of the mapping.
    CcMapResponse,
}

impl Standard {
    /// The template of an address, whatever its version and ending.
    #[must_use]
    pub fn of(address: &str) -> Option<Self> {
        let last = address.trim().trim_end_matches('/').rsplit('/').next()?;
        let name = last
            .strip_suffix(".xml")
            .unwrap_or(last)
            .to_ascii_lowercase();
        Some(match name.as_str() {
            "match_correct" => Self::MatchCorrect,
            "map_response" => Self::MapResponse,
            "map_response_point" => Self::MapResponsePoint,
            "cc2_match" | "cc2_match_basic" => Self::CcMatch,
            "cc2_map_response" => Self::CcMapResponse,
            _ => return None,
        })
    }

    /// The rules for an item's response. Where the item has no table for the template, the right answer counts.
    #[must_use]
    pub fn rules(self, item: &AssessmentItem) -> Vec<Rule> {
        let responses: Vec<&Declaration> = item.of(DeclarationKind::Response).collect();
        let named = responses.iter().find(|one| one.identifier == "RESPONSE");
        let response = named.or(responses.first()).copied();
        let name = response.map_or("RESPONSE", |one| one.identifier.as_str());
        let has_map = response.is_some_and(|one| one.mapping.is_some());
        let has_areas = response.is_some_and(|one| one.areas.is_some());
        match self {
            Self::MapResponse if has_map => map(name, Expression::MapResponse(name.to_string())),
            Self::MapResponse if has_areas => {
                map(name, Expression::MapResponsePoint(name.to_string()))
            }
            Self::MapResponsePoint if has_areas => {
                map(name, Expression::MapResponsePoint(name.to_string()))
            }
            Self::CcMapResponse if has_map => {
                let mut rules = map(name, Expression::MapResponse(name.to_string()));
                rules.extend(feedback(item, name));
                rules
            }
            Self::CcMatch | Self::CcMapResponse => {
                let mut rules = vec![match_correct(name)];
                rules.extend(feedback(item, name));
                rules
            }
            Self::MatchCorrect | Self::MapResponse | Self::MapResponsePoint => {
                vec![match_correct(name)]
            }
        }
    }

    /// Whether the item lacks the table that this template reads.
    #[must_use]
    pub fn lacks_table(self, item: &AssessmentItem) -> bool {
        match self {
            Self::MatchCorrect | Self::CcMatch => false,
            Self::MapResponse | Self::CcMapResponse => !item
                .of(DeclarationKind::Response)
                .any(|one| one.mapping.is_some() || one.areas.is_some()),
            Self::MapResponsePoint => !item
                .of(DeclarationKind::Response)
                .any(|one| one.areas.is_some()),
        }
    }
}

fn number(value: f64) -> Expression {
    Expression::Base(Atom::Float(value))
}

fn variable(name: &str) -> Expression {
    Expression::Variable {
        identifier: name.to_string(),
        weight: None,
    }
}

fn set(name: &str, value: Expression) -> Rule {
    Rule::Set {
        target: Target::Outcome,
        identifier: name.to_string(),
        value,
        line: Line::default(),
    }
}

fn is_right(name: &str) -> Expression {
    let operands = vec![variable(name), Expression::Correct(name.to_string())];
    Expression::Apply(Operator::Plain("match"), operands)
}

fn choose(when: Expression, then: Vec<Rule>, otherwise: Vec<Rule>) -> Rule {
    let branches = vec![
        Branch {
            when: Some(when),
            rules: then,
        },
        Branch {
            when: None,
            rules: otherwise,
        },
    ];
    Rule::Choose(branches, Line::default())
}

fn match_correct(name: &str) -> Rule {
    choose(
        is_right(name),
        vec![set("SCORE", number(1.0))],
        vec![set("SCORE", number(0.0))],
    )
}

fn map(name: &str, score: Expression) -> Vec<Rule> {
    let empty = Expression::Apply(Operator::Plain("is-null"), vec![variable(name)]);
    vec![choose(
        empty,
        vec![set("SCORE", number(0.0))],
        vec![set("SCORE", score)],
    )]
}

/// Common Cartridge's feedback: `correct` or `incorrect`.
fn feedback(item: &AssessmentItem, name: &str) -> Option<Rule> {
    let outcome = ["FEEDBACKBASIC", "FEEDBACK"]
        .into_iter()
        .find(|name| item.declaration(name).is_some())?;
    let word = |word: &str| {
        vec![set(
            outcome,
            Expression::Base(Atom::Identifier(word.to_string())),
        )]
    };
    Some(choose(is_right(name), word("correct"), word("incorrect")))
}

/// Rules for items that say how they are right but not how they are scored: 1 when every right answer is given.
#[must_use]
pub fn when_unsaid(item: &AssessmentItem) -> Vec<Rule> {
    let all: Vec<Expression> = item
        .of(DeclarationKind::Response)
        .filter(|one| !one.correct.is_null())
        .map(|one| is_right(&one.identifier))
        .collect();
    if all.is_empty() {
        return Vec::new();
    }
    let all = Expression::Apply(Operator::Plain("and"), all);
    vec![choose(
        all,
        vec![set("SCORE", number(1.0))],
        vec![set("SCORE", number(0.0))],
    )]
}
