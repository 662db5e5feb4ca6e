//! A sitting with an item: its template drawn from a seed, answers processed into outcomes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::declare::{Declaration, DeclarationKind, Lookup};
use super::evaluate::{Evaluator, Scope};
use super::expression::{Count, Subset};
use super::interaction::InteractionKind;
use super::item::AssessmentItem;
use super::rules::{Rule, Target};
use super::templates::{self, Standard};
use super::value::{Atom, BaseType, Cardinality, Value};

/// How often a template is drawn until its constraints hold.
const MOST_DRAWS: u32 = 100;

/// Answers by the names of their variables.
pub type Responses = BTreeMap<String, Value>;

/// The rules that score an item: its own, those of its template, or those that its right answers mean.
#[must_use]
pub fn rules_of(item: &AssessmentItem) -> Cow<'_, [Rule]> {
    let Some(processing) = &item.processing else {
        return Cow::Owned(templates::when_unsaid(item));
    };
    if !processing.rules.is_empty() {
        return Cow::Borrowed(&processing.rules);
    }
    let address = processing
        .template
        .as_deref()
        .or(processing.location.as_deref());
    match address.and_then(Standard::of) {
        Some(standard) => Cow::Owned(standard.rules(item)),
        None => Cow::Owned(templates::when_unsaid(item)),
    }
}

/// The variables of a sitting.
#[derive(Debug)]
struct Variables<'a> {
    item: &'a AssessmentItem,
    values: BTreeMap<String, Value>,
    correct: BTreeMap<String, Value>,
    defaults: BTreeMap<String, Value>,
}

impl Scope for Variables<'_> {
    fn value(&self, identifier: &str) -> Value {
        self.values.get(identifier).cloned().unwrap_or_default()
    }

    fn default(&self, identifier: &str) -> Value {
        match self.defaults.get(identifier) {
            Some(value) => value.clone(),
            None => self
                .declaration(identifier)
                .map(|one| one.default.clone())
                .unwrap_or_default(),
        }
    }

    fn correct(&self, identifier: &str) -> Value {
        match self.correct.get(identifier) {
            Some(value) => value.clone(),
            None => self
                .declaration(identifier)
                .map(|one| one.correct.clone())
                .unwrap_or_default(),
        }
    }

    fn declaration(&self, identifier: &str) -> Option<&Declaration> {
        self.item.declaration(identifier)
    }

    fn weight(&self, _: &str, _: &str) -> f64 {
        1.0
    }

    fn count(&self, _: Count, _: &Subset) -> Value {
        Value::Null
    }

    fn gather(&self, _: &str, _: Option<BaseType>, _: Option<&str>, _: &Subset) -> Value {
        Value::Null
    }

    fn bounds(&self, _: bool, _: &str, _: Option<&str>, _: &Subset) -> Value {
        Value::Null
    }
}

/// How rules ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flow {
    On,
    Exit,
    /// A constraint did not hold.
    Again,
}

/// A sitting with an item.
#[derive(Debug)]
pub struct Session<'a> {
    variables: Variables<'a>,
    rules: Cow<'a, [Rule]>,
    evaluator: Evaluator,
    attempts: i64,
}

impl<'a> Session<'a> {
    /// Begins: draws the template from the seed. The same item and seed give the same sitting.
    #[must_use]
    pub fn begin(item: &'a AssessmentItem, seed: u64) -> Self {
        let mut session = Self {
            variables: Variables {
                item,
                values: BTreeMap::new(),
                correct: BTreeMap::new(),
                defaults: BTreeMap::new(),
            },
            rules: rules_of(item),
            evaluator: Evaluator::new(seed),
            attempts: 0,
        };
        session.draw();
        session.reset_outcomes();
        session.set(
            "completionStatus",
            Value::Single(Atom::Identifier("not_attempted".to_string())),
        );
        session.set("numAttempts", Value::integer(0));
        session
    }

    fn draw(&mut self) {
        let item = self.variables.item;
        for _ in 0..MOST_DRAWS {
            self.variables.correct.clear();
            self.variables.defaults.clear();
            for one in item
                .of(DeclarationKind::Template)
                .chain(item.of(DeclarationKind::Context))
            {
                self.variables
                    .values
                    .insert(one.identifier.clone(), one.default.clone());
            }
            let Some(rules) = &item.template_processing else {
                return;
            };
            self.evaluator.rest();
            if self.run(rules) != Flow::Again {
                return;
            }
        }
        let what = format!("no draw of {MOST_DRAWS} fits the constraints of the template");
        self.evaluator.problems.push(what);
    }

    fn reset_outcomes(&mut self) {
        for one in self.variables.item.of(DeclarationKind::Outcome) {
            let value = match self.variables.default(&one.identifier) {
                // Numbers begin at 0, all else at nothing.
                Value::Null if one.cardinality == Cardinality::Single => match one.base {
                    Some(BaseType::Integer) => Value::integer(0),
                    Some(BaseType::Float) => Value::float(0.0),
                    _ => Value::Null,
                },
                value => value,
            };
            self.variables.values.insert(one.identifier.clone(), value);
        }
    }

    /// Processes answers. Items that are not adaptive begin their outcomes again with each answer.
    pub fn respond(&mut self, responses: &Responses) {
        let item = self.variables.item;
        self.attempts += 1;
        let completed = if item.adaptive {
            "incomplete"
        } else {
            "completed"
        };
        if !item.adaptive {
            self.reset_outcomes();
        }
        if !item.adaptive || self.attempts == 1 {
            self.set(
                "completionStatus",
                Value::Single(Atom::Identifier(completed.to_string())),
            );
        }
        self.set("numAttempts", Value::integer(self.attempts));
        for one in item.of(DeclarationKind::Response) {
            let given = responses.get(&one.identifier);
            let value =
                given.map_or_else(|| self.unanswered(one), |given| cast(given.clone(), one));
            self.variables.values.insert(one.identifier.clone(), value);
        }
        self.evaluator.rest();
        let rules = std::mem::take(&mut self.rules);
        self.run(&rules);
        self.rules = rules;
    }

    /// What a variable holds that nobody answered: a button that was not pressed is false.
    fn unanswered(&self, declaration: &Declaration) -> Value {
        let value = self.variables.default(&declaration.identifier);
        if value == Value::Null && declaration.base == Some(BaseType::Boolean) {
            let interactions = self.variables.item.interactions();
            let button = interactions.iter().any(|one| {
                one.kind == InteractionKind::EndAttempt && one.response == declaration.identifier
            });
            if button {
                return Value::truth(false);
            }
        }
        value
    }

    /// What a variable holds.
    #[must_use]
    pub fn value(&self, identifier: &str) -> Value {
        self.variables.value(identifier)
    }

    /// The right answer of a variable.
    #[must_use]
    pub fn correct(&self, identifier: &str) -> Value {
        self.variables.correct(identifier)
    }

    /// The score, if there is one.
    #[must_use]
    pub fn score(&self) -> Option<f64> {
        let item = self.variables.item;
        let score = score_of(item).map_or("SCORE", |one| one.identifier.as_str());
        self.value(score).number()
    }

    /// Whether the item is over.
    #[must_use]
    pub fn is_completed(&self) -> bool {
        matches!(self.value("completionStatus").single(), Some(atom) if atom.text() == "completed")
    }

    /// What could not be computed, in words.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.evaluator.problems
    }

    /// The declared right answers, all of them; `None` when a response has none.
    #[must_use]
    pub fn key(&self) -> Option<Responses> {
        let mut out = Responses::new();
        for one in self.variables.item.of(DeclarationKind::Response) {
            let value = self.correct(&one.identifier);
            if !value.is_null() {
                out.insert(one.identifier.clone(), value);
            }
        }
        (!out.is_empty()).then_some(out)
    }

    fn set(&mut self, identifier: &str, value: Value) {
        let value = match self.variables.item.declaration(identifier) {
            Some(declaration) => cast(value, declaration),
            None => value,
        };
        self.variables.values.insert(identifier.to_string(), value);
    }

    fn run(&mut self, rules: &[Rule]) -> Flow {
        for rule in rules {
            if !self.evaluator.step(1) {
                return Flow::Exit;
            }
            let flow = match rule {
                Rule::Choose(branches, _) => {
                    let mut flow = Flow::On;
                    for branch in branches {
                        let goes = match &branch.when {
                            Some(when) => {
                                self.evaluator.evaluate(when, &self.variables).boolean()
                                    == Some(true)
                            }
                            None => true,
                        };
                        if goes {
                            flow = self.run(&branch.rules);
                            break;
                        }
                    }
                    flow
                }
                Rule::Set {
                    target,
                    identifier,
                    value,
                    ..
                } => {
                    let value = self.evaluator.evaluate(value, &self.variables);
                    self.assign(*target, identifier, value);
                    Flow::On
                }
                Rule::Constraint(value) => {
                    match self.evaluator.evaluate(value, &self.variables).boolean() {
                        Some(true) => Flow::On,
                        _ => Flow::Again,
                    }
                }
                Rule::Exit => Flow::Exit,
                Rule::Fragment(rules) => self.run(rules),
                Rule::Include(_) => Flow::On,
            };
            if flow != Flow::On {
                return flow;
            }
        }
        Flow::On
    }

    fn assign(&mut self, target: Target, identifier: &str, value: Value) {
        match target {
            Target::Outcome | Target::Template => self.set(identifier, value),
            Target::LookupOutcome => {
                let declaration = self.variables.item.declaration(identifier);
                let found = declaration
                    .and_then(|one| one.lookup.as_ref())
                    .map(|table| look_up(table, &value));
                self.set(identifier, found.unwrap_or_default());
            }
            Target::Correct | Target::Default => {
                let value = match self.variables.item.declaration(identifier) {
                    Some(declaration) => cast(value, declaration),
                    None => value,
                };
                let place = match target {
                    Target::Correct => &mut self.variables.correct,
                    _ => &mut self.variables.defaults,
                };
                place.insert(identifier.to_string(), value);
            }
        }
    }
}

/// The outcome that holds the score: `SCORE`, else the first number whose name begins so.
#[must_use]
pub fn score_of(item: &AssessmentItem) -> Option<&Declaration> {
    let numbers =
        |one: &&Declaration| matches!(one.base, Some(BaseType::Float | BaseType::Integer));
    let mut outcomes = item.of(DeclarationKind::Outcome).filter(numbers);
    let named = item
        .of(DeclarationKind::Outcome)
        .find(|one| one.identifier == "SCORE");
    named.or_else(|| outcomes.find(|one| one.identifier.starts_with("SCORE")))
}

/// The value of a table for a number.
pub(super) fn look_up(table: &Lookup, value: &Value) -> Value {
    let Some(number) = value.number() else {
        return Value::Null;
    };
    let found = match table {
        Lookup::Match { default, entries } => {
            let hit = entries
                .iter()
                .find(|(source, _)| Atom::Integer(*source).number() == Some(number));
            hit.map(|(_, value)| value).or(default.as_ref())
        }
        Lookup::Interpolation { default, entries } => {
            let hit = entries
                .iter()
                .find(|(bound, included, _)| number > *bound || (*included && number >= *bound));
            hit.map(|(_, _, value)| value).or(default.as_ref())
        }
    };
    found.cloned().map_or(Value::Null, Value::Single)
}

/// A value as a variable holds it: of its type where that loses nothing, and of its cardinality.
pub(super) fn cast(value: Value, declaration: &Declaration) -> Value {
    if matches!(value, Value::Null | Value::Record(_))
        || declaration.cardinality == Cardinality::Record
    {
        return value;
    }
    let atoms = value.atoms().iter().map(|atom| match declaration.base {
        Some(base) if base != atom.base() => cast_atom(atom, base),
        _ => atom.clone(),
    });
    Value::container(declaration.cardinality, atoms.collect())
}

fn cast_atom(atom: &Atom, base: BaseType) -> Atom {
    let cast = match (atom, base) {
        (Atom::Float(number), BaseType::Integer) if number.fract() != 0.0 => None,
        _ => Atom::read(base, &atom.text()),
    };
    cast.unwrap_or_else(|| atom.clone())
}
