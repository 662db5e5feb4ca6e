//! Rules of response, template and outcome processing: conditions, settings and exits, read and written.

use super::expression::{self, Expression};
use super::names;
use super::reader::Reader;
use crate::xml::{Element, Line};

/// Which processing rules belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// After an answer.
    Response,
    /// Before an item is shown.
    Template,
    /// Over a test.
    Outcome,
}

impl Family {
    fn word(self) -> &'static str {
        match self {
            Self::Response => "response",
            Self::Template => "template",
            Self::Outcome => "outcome",
        }
    }

    fn exit(self) -> &'static str {
        match self {
            Self::Response => "exit-response",
            Self::Template => "exit-template",
            Self::Outcome => "exit-test",
        }
    }
}

/// What a rule sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// An outcome.
    Outcome,
    /// An outcome, by its table.
    LookupOutcome,
    /// A template variable.
    Template,
    /// A right answer.
    Correct,
    /// A default.
    Default,
}

impl Target {
    const NAMES: [(&'static str, Self); 5] = [
        ("set-outcome-value", Self::Outcome),
        ("lookup-outcome-value", Self::LookupOutcome),
        ("set-template-value", Self::Template),
        ("set-correct-response", Self::Correct),
        ("set-default-value", Self::Default),
    ];
}

/// One way of a condition; the last may be without a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// When to go this way; `None` for else.
    pub when: Option<Expression>,
    /// What to do then.
    pub rules: Vec<Rule>,
}

/// A rule.
#[derive(Debug, Clone, PartialEq)]
pub enum Rule {
    /// The first branch whose question is true.
    Choose(Vec<Branch>, Line),
    /// Sets a variable.
    Set {
        /// What kind.
        target: Target,
        /// Its name.
        identifier: String,
        /// To what.
        value: Expression,
        /// Where it stands.
        line: Line,
    },
    /// Draws again until this is true.
    Constraint(Expression),
    /// Ends the processing.
    Exit,
    /// Rules in a group.
    Fragment(Vec<Self>),
    /// Rules of another document; carried, never fetched.
    Include(String),
}

/// Reads the rules in an element.
pub(super) fn read(reader: &mut Reader, parent: &Element, family: Family) -> Vec<Rule> {
    let mut out = Vec::new();
    for element in parent.elements() {
        out.extend(rule(reader, parent, element, family));
    }
    out
}

fn rule(reader: &mut Reader, parent: &Element, element: &Element, family: Family) -> Option<Rule> {
    if let Some((_, target)) = Target::NAMES.iter().find(|(name, _)| *name == element.name) {
        return Some(Rule::Set {
            target: *target,
            identifier: reader.needed(element, "identifier"),
            value: only(reader, element),
            line: element.line,
        });
    }
    let word = family.word();
    match element.name.as_str() {
        "template-constraint" => Some(Rule::Constraint(only(reader, element))),
        "include" if element.space == names::XINCLUDE => {
            let what = "rules of another document are not fetched";
            reader.warn(element, "href", "include", what);
            Some(Rule::Include(element.get("href").unwrap_or("").to_string()))
        }
        name if name == family.exit() => Some(Rule::Exit),
        name if name.strip_suffix("-condition") == Some(word) => Some(Rule::Choose(
            branches(reader, element, family),
            element.line,
        )),
        name if name.strip_suffix("-processing-fragment") == Some(word) => {
            Some(Rule::Fragment(read(reader, element, family)))
        }
        _ => {
            reader.misplaced(parent, element);
            None
        }
    }
}

fn only(reader: &mut Reader, element: &Element) -> Expression {
    let mut inside = element.elements();
    match (inside.next(), inside.next()) {
        (Some(one), None) => expression::read(reader, one),
        (Some(one), Some(_)) => {
            reader.error(element, "", "operands", "only one expression belongs here");
            expression::read(reader, one)
        }
        (None, _) => {
            reader.error(element, "", "operands", "an expression is missing");
            Expression::Null
        }
    }
}

fn branches(reader: &mut Reader, condition: &Element, family: Family) -> Vec<Branch> {
    let mut out: Vec<Branch> = Vec::new();
    for element in condition.elements() {
        let part = element.name.strip_prefix(family.word()).unwrap_or("");
        let ended = out.last().is_some_and(|branch| branch.when.is_none());
        let fits = match part {
            "-if" => out.is_empty(),
            "-else-if" | "-else" => !out.is_empty() && !ended,
            _ => false,
        };
        if !fits {
            reader.misplaced(condition, element);
            continue;
        }
        if part == "-else" {
            let rules = read(reader, element, family);
            out.push(Branch { when: None, rules });
            continue;
        }
        let mut inside = element.elements();
        let Some(first) = inside.next() else {
            reader.error(element, "", "operands", "a condition is missing");
            continue;
        };
        let when = Some(expression::read(reader, first));
        let mut rules = Vec::new();
        for child in inside {
            rules.extend(rule(reader, element, child, family));
        }
        out.push(Branch { when, rules });
    }
    if out.is_empty() {
        reader.error(condition, "", "operands", "a condition is missing");
    }
    out
}

/// Rules as elements.
pub(super) fn write(rules: &[Rule], family: Family) -> Vec<Element> {
    rules.iter().map(|rule| write_rule(rule, family)).collect()
}

fn write_rule(rule: &Rule, family: Family) -> Element {
    let word = family.word();
    match rule {
        Rule::Choose(branches, _) => {
            let parts = branches.iter().enumerate().map(|(place, branch)| {
                let name = match (&branch.when, place) {
                    (Some(_), 0) => format!("{word}-if"),
                    (Some(_), _) => format!("{word}-else-if"),
                    (None, _) => format!("{word}-else"),
                };
                Element::new(&name)
                    .all(branch.when.as_ref().map(expression::write))
                    .all(write(&branch.rules, family))
            });
            Element::new(&format!("{word}-condition")).all(parts)
        }
        Rule::Set {
            target,
            identifier,
            value,
            ..
        } => {
            let known = Target::NAMES.iter().find(|(_, one)| one == target);
            Element::new(known.map_or("set-outcome-value", |(name, _)| name))
                .with("identifier", identifier)
                .child(expression::write(value))
        }
        Rule::Constraint(value) => {
            Element::new("template-constraint").child(expression::write(value))
        }
        Rule::Exit => Element::new(family.exit()),
        Rule::Fragment(rules) => {
            Element::new(&format!("{word}-processing-fragment")).all(write(rules, family))
        }
        Rule::Include(href) => {
            let mut out = Element::new("include").with("href", href);
            out.space = names::XINCLUDE.to_string();
            out
        }
    }
}

/// Calls a function with every expression of rules, at any depth.
pub(super) fn visit(rules: &[Rule], look: &mut dyn FnMut(&Expression)) {
    fn each(value: &Expression, look: &mut dyn FnMut(&Expression)) {
        look(value);
        if let Expression::Apply(_, operands) = value {
            for operand in operands {
                each(operand, look);
            }
        }
    }
    for rule in rules {
        match rule {
            Rule::Choose(branches, _) => {
                for branch in branches {
                    if let Some(when) = &branch.when {
                        each(when, look);
                    }
                    visit(&branch.rules, look);
                }
            }
            Rule::Set { value, .. } | Rule::Constraint(value) => each(value, look),
            Rule::Fragment(rules) => visit(rules, look),
            Rule::Exit | Rule::Include(_) => {}
        }
    }
}
