//! What a schema cannot say: names that lead nowhere, keys that no choice has, keys that their own rules refuse.

use std::collections::BTreeSet;

use super::declare::{Declaration, DeclarationKind};
use super::expression::Expression;
use super::interaction::{Interaction, InteractionKind};
use super::item::AssessmentItem;
use super::reader::Reader;
use super::rules;
use super::session::{Responses, Session, rules_of, score_of};
use super::templates::Standard;
use super::value::{Atom, BaseType, Value};
use crate::xml::Element;

/// How an item's declared right answers fare under its own rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyFate {
    /// No right answer is declared.
    NoKey,
    /// They get the full score.
    Full,
    /// They get some of it.
    Part,
    /// They get nothing.
    Nothing,
    /// The rules give no score, or a person gives it.
    Unscored,
}

/// How many answers an adaptive item may take until it is over.
const MOST_ATTEMPTS: usize = 8;
/// How many walks through an adaptive item are tried.
const MOST_WALKS: usize = 27;

/// Checks an item as a whole.
pub(super) fn item(reader: &mut Reader, item: &AssessmentItem, root: &Element) {
    if item.body.is_none() {
        reader.error(root, "", "missing-element", "an item needs an item-body");
    }
    for interaction in item.interactions() {
        interaction_fits(reader, item, &interaction);
    }
    identifiers(reader, item, root);
    processing(reader, item, root);
    let fate = key_fate(item, 0);
    if matches!(fate, KeyFate::Nothing | KeyFate::Part) {
        let share = if fate == KeyFate::Part {
            "only a part of the score"
        } else {
            "no score"
        };
        let what = format!("the declared right answer gets {share} by the item's own rules");
        reader.warn(root, "", "key-refused", what);
    }
}

/// The most that an item can give, where it says so.
fn most(item: &AssessmentItem) -> Option<f64> {
    let address = item
        .processing
        .as_ref()
        .and_then(|one| one.template.as_deref());
    if matches!(
        address.and_then(Standard::of),
        Some(Standard::MatchCorrect | Standard::CcMatch)
    ) {
        return Some(1.0);
    }
    let said = score_of(item).and_then(|one| one.attribute("normal-maximum")?.trim().parse().ok());
    let declared = item
        .declaration("MAXSCORE")
        .and_then(|one| one.default.number());
    said.or(declared).filter(|most: &f64| *most > 0.0)
}

/// How the declared right answers of an item fare when they are given, for one seed.
#[must_use]
pub fn key_fate(item: &AssessmentItem, seed: u64) -> KeyFate {
    let Some(key) = Session::begin(item, seed).key() else {
        return KeyFate::NoKey;
    };
    let by_a_person = score_of(item).and_then(|one| one.attribute("external-scored"));
    if by_a_person.is_some_and(|who| who != "none") || !sets_score(item) {
        return KeyFate::Unscored;
    }
    let walks = if item.adaptive { MOST_WALKS } else { 1 };
    let scores = (0..walks).filter_map(|walk| walked(item, seed, &key, walk));
    match (scores.reduce(f64::max), most(item)) {
        (None, _) => KeyFate::Unscored,
        (Some(score), _) if score <= 0.0 => KeyFate::Nothing,
        (Some(score), Some(most)) if score + 1e-9 < most => KeyFate::Part,
        _ => KeyFate::Full,
    }
}

/// The score of the key on one walk through an item. An adaptive item also asks what has no right answer, such as which
/// door to open: there each walk takes its own way.
fn walked(item: &AssessmentItem, seed: u64, key: &Responses, walk: usize) -> Option<f64> {
    let mut session = Session::begin(item, seed);
    let interactions = item.interactions();
    let mut way = walk;
    let rounds = if item.adaptive { MOST_ATTEMPTS } else { 1 };
    for _ in 0..rounds {
        let mut given = key.clone();
        for interaction in &interactions {
            let choices = interaction.choices();
            if given.contains_key(interaction.response) || choices.is_empty() {
                continue;
            }
            let taken = choices
                .get(way % choices.len())
                .map_or("", |choice| choice.identifier);
            way /= choices.len();
            let atom = Atom::Identifier(taken.to_string());
            given.insert(interaction.response.to_string(), Value::Single(atom));
        }
        session.respond(&given);
        if session.is_completed() {
            break;
        }
    }
    session.score()
}

/// Whether some rule sets the score at all.
fn sets_score(item: &AssessmentItem) -> bool {
    fn in_rules(name: &str, all: &[rules::Rule]) -> bool {
        all.iter().any(|rule| match rule {
            rules::Rule::Set { identifier, .. } => identifier == name,
            rules::Rule::Choose(branches, _) => {
                branches.iter().any(|branch| in_rules(name, &branch.rules))
            }
            rules::Rule::Fragment(all) => in_rules(name, all),
            _ => false,
        })
    }
    let name = score_of(item).map_or("SCORE", |one| one.identifier.as_str());
    in_rules(name, &rules_of(item))
}

fn interaction_fits(reader: &mut Reader, item: &AssessmentItem, interaction: &Interaction<'_>) {
    let at = interaction.element;
    if matches!(
        interaction.kind,
        InteractionKind::PortableCustom | InteractionKind::Custom
    ) {
        let what = "a program of the item is carried and never run";
        reader.warn(at, "", "custom-interaction", what);
    }
    if interaction.response.is_empty() {
        reader.error(
            at,
            "response-identifier",
            "missing-attribute",
            "this must be given",
        );
        return;
    }
    let Some(declaration) = item.declaration(interaction.response) else {
        let what = format!("no response \"{}\" is declared", interaction.response);
        reader.error(at, "response-identifier", "unknown-variable", what);
        return;
    };
    if declaration.kind != DeclarationKind::Response {
        let what = format!("\"{}\" is not a response", interaction.response);
        reader.error(at, "response-identifier", "unknown-variable", what);
    }
    if let Some(expected) = base_of(interaction.kind)
        && declaration
            .base
            .is_some_and(|base| !expected.contains(&base))
    {
        let what = format!(
            "the response \"{}\" is of type {}, which this cannot give",
            interaction.response,
            declaration.base.map_or("none", BaseType::name)
        );
        reader.warn(at, "response-identifier", "base-type", what);
    }
    choices_fit(reader, interaction, declaration);
}

/// The types of answers that an interaction gives; `None` where any will do.
fn base_of(kind: InteractionKind) -> Option<&'static [BaseType]> {
    Some(match kind {
        InteractionKind::Choice
        | InteractionKind::Hotspot
        | InteractionKind::Hottext
        | InteractionKind::InlineChoice
        | InteractionKind::Order
        | InteractionKind::GraphicOrder => &[BaseType::Identifier],
        InteractionKind::Associate | InteractionKind::GraphicAssociate => &[BaseType::Pair],
        InteractionKind::Match | InteractionKind::GapMatch | InteractionKind::GraphicGapMatch => {
            &[BaseType::DirectedPair]
        }
        InteractionKind::SelectPoint | InteractionKind::PositionObject => &[BaseType::Point],
        InteractionKind::Slider => &[BaseType::Integer, BaseType::Float],
        InteractionKind::TextEntry => &[BaseType::String, BaseType::Integer, BaseType::Float],
        InteractionKind::EndAttempt => &[BaseType::Boolean],
        InteractionKind::Upload | InteractionKind::Drawing => &[BaseType::File],
        _ => return None,
    })
}

fn choices_fit(reader: &mut Reader, interaction: &Interaction<'_>, declaration: &Declaration) {
    let choices = interaction.choices();
    let mut names = BTreeSet::new();
    for choice in &choices {
        if choice.identifier.is_empty() {
            reader.error(
                choice.element,
                "identifier",
                "missing-attribute",
                "this must be given",
            );
        } else if !names.insert(choice.identifier) {
            let what = format!("the name \"{}\" is given twice", choice.identifier);
            reader.error(choice.element, "identifier", "duplicate", what);
        }
    }
    if choices.is_empty() {
        return;
    }
    let mut named: Vec<&str> = Vec::new();
    for atom in declaration.correct.atoms() {
        match atom {
            Atom::Identifier(name) => named.push(name),
            Atom::Pair(one, other) | Atom::DirectedPair(one, other) => {
                named.extend([one.as_str(), other])
            }
            _ => {}
        }
    }
    for name in named {
        if !names.contains(name) {
            let what = format!("the right answer names \"{name}\", which is no choice here");
            reader.error(interaction.element, "", "unknown-choice", what);
        }
    }
}

/// Names in rules and content that no declaration has.
fn identifiers(reader: &mut Reader, item: &AssessmentItem, root: &Element) {
    const BUILT_IN: [&str; 4] = [
        "completionStatus",
        "completion_status",
        "numAttempts",
        "duration",
    ];
    let mut unknown = BTreeSet::new();
    {
        let mut look = |expression: &Expression| {
            let name = match expression {
                Expression::Variable { identifier, .. } => identifier,
                Expression::Default(name)
                | Expression::Correct(name)
                | Expression::MapResponse(name)
                | Expression::MapResponsePoint(name) => name,
                _ => return,
            };
            let known = item.declaration(name).is_some() || BUILT_IN.contains(&name.as_str());
            // A dot names a field of a record.
            if !known && !name.is_empty() && !name.contains('.') {
                unknown.insert(name.clone());
            }
        };
        if let Some(all) = &item.template_processing {
            rules::visit(all, &mut look);
        }
        if let Some(processing) = &item.processing {
            rules::visit(&processing.rules, &mut look);
        }
    }
    for name in unknown {
        let what = format!("the rules use \"{name}\", which is not declared");
        reader.error(root, "", "unknown-variable", what);
    }
    let Some(body) = &item.body else { return };
    let mut odd = Vec::new();
    body.visit(&mut |element| {
        if !element.space.is_empty() {
            return;
        }
        let attribute = match element.name.as_str() {
            "printed-variable" => "identifier",
            "feedback-block" | "feedback-inline" => "outcome-identifier",
            "template-block" | "template-inline" => "template-identifier",
            _ => return,
        };
        let name = element.get(attribute).unwrap_or("");
        if item.declaration(name).is_none() && !BUILT_IN.contains(&name) {
            odd.push((element, attribute, name));
        }
    });
    for (element, attribute, name) in odd {
        let what = format!("\"{name}\" is not declared");
        reader.error(element, attribute, "unknown-variable", what);
    }
}

fn processing(reader: &mut Reader, item: &AssessmentItem, root: &Element) {
    let Some(processing) = &item.processing else {
        return;
    };
    let at = root.first("response-processing").unwrap_or(root);
    if let Some(address) = &processing.template {
        match Standard::of(address) {
            None => {
                let what = format!(
                    "\"{address}\" is no standard template and is not fetched; the declared right answers count"
                );
                reader.warn(at, "template", "unknown-template", what);
            }
            Some(standard) if standard.lacks_table(item) && processing.rules.is_empty() => {
                let what = "no response has the table that this template reads; the declared right answer counts";
                reader.warn(at, "template", "no-mapping", what);
            }
            Some(_) => {}
        }
    } else if processing.rules.is_empty() && at.get("template").is_some() {
        let what = "no template is named; the declared right answers count";
        reader.warn(at, "template", "unknown-template", what);
    }
}
