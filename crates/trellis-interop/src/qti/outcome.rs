//! Outcome processing: the results of items made into the outcomes of a test.

use std::collections::BTreeMap;

use super::declare::Declaration;
use super::evaluate::{Evaluator, Scope};
use super::expression::{Count, Subset};
use super::rules::{Rule, Target};
use super::session::{cast, look_up};
use super::test::{AssessmentTest, ItemRef};
use super::value::{Atom, BaseType, Cardinality, Value};

/// What came of one item of a test.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ItemResult {
    /// Its variables with what they hold.
    pub values: BTreeMap<String, Value>,
    /// Whether it was shown.
    pub presented: bool,
    /// Whether it was answered.
    pub responded: bool,
    /// Whether every declared right answer was given.
    pub correct: bool,
    /// The declared least and most of its outcomes.
    pub bounds: BTreeMap<String, (Option<f64>, Option<f64>)>,
}

/// A reference with the sections around it and its result.
type Placed<'a> = (Vec<&'a str>, &'a ItemRef, Option<&'a ItemResult>);

struct Results<'a> {
    test: &'a AssessmentTest,
    items: Vec<Placed<'a>>,
    values: BTreeMap<String, Value>,
}

impl<'a> Results<'a> {
    fn of(&self, subset: &Subset) -> impl Iterator<Item = &Placed<'a>> {
        self.items.iter().filter(move |(around, item, result)| {
            let section = subset
                .section
                .as_deref()
                .is_none_or(|section| around.contains(&section));
            let named = |words: &[String]| words.iter().any(|word| item.categories.contains(word));
            result.is_some()
                && section
                && (subset.include.is_empty() || named(&subset.include))
                && !named(&subset.exclude)
        })
    }

    fn weight_of(item: &ItemRef, weight: Option<&str>) -> f64 {
        let found = weight.and_then(|weight| item.weights.iter().find(|(name, _)| name == weight));
        found.map_or(1.0, |(_, value)| *value)
    }
}

impl Scope for Results<'_> {
    fn value(&self, identifier: &str) -> Value {
        if let Some(value) = self.values.get(identifier) {
            return value.clone();
        }
        let Some((item, variable)) = identifier.split_once('.') else {
            return Value::Null;
        };
        let placed = self.items.iter().find(|(_, one, _)| one.identifier == item);
        let Some((_, item, Some(result))) = placed else {
            return Value::Null;
        };
        let mapped = item.mappings.iter().find(|(_, target)| target == variable);
        let variable = mapped.map_or(variable, |(source, _)| source);
        result.values.get(variable).cloned().unwrap_or_default()
    }

    fn default(&self, identifier: &str) -> Value {
        self.declaration(identifier)
            .map(|one| one.default.clone())
            .unwrap_or_default()
    }

    fn correct(&self, _: &str) -> Value {
        Value::Null
    }

    fn declaration(&self, identifier: &str) -> Option<&Declaration> {
        self.test
            .outcomes
            .iter()
            .find(|one| one.identifier == identifier)
    }

    fn weight(&self, identifier: &str, weight: &str) -> f64 {
        let item = identifier
            .split_once('.')
            .map_or(identifier, |(item, _)| item);
        let placed = self.items.iter().find(|(_, one, _)| one.identifier == item);
        placed.map_or(1.0, |(_, item, _)| Self::weight_of(item, Some(weight)))
    }

    fn count(&self, count: Count, subset: &Subset) -> Value {
        let found = self.of(subset).filter(|(_, _, result)| {
            result.is_some_and(|result| match count {
                Count::Correct => result.correct,
                Count::Incorrect => result.responded && !result.correct,
                Count::Presented => result.presented,
                Count::Responded => result.responded,
                Count::Selected => true,
            })
        });
        Value::integer(i64::try_from(found.count()).unwrap_or(i64::MAX))
    }

    fn gather(
        &self,
        variable: &str,
        base: Option<BaseType>,
        weight: Option<&str>,
        subset: &Subset,
    ) -> Value {
        let mut atoms = Vec::new();
        for (_, item, result) in self.of(subset) {
            let mapped = item.mappings.iter().find(|(_, target)| target == variable);
            let variable = mapped.map_or(variable, |(source, _)| source);
            let Some(Value::Single(atom)) = result.and_then(|result| result.values.get(variable))
            else {
                continue;
            };
            if base.is_some_and(|base| base != atom.base()) {
                continue;
            }
            atoms.push(match (weight, atom.number()) {
                (Some(_), Some(number)) => Atom::Float(number * Self::weight_of(item, weight)),
                _ => atom.clone(),
            });
        }
        Value::container(Cardinality::Multiple, atoms)
    }

    fn bounds(&self, maximum: bool, outcome: &str, weight: Option<&str>, subset: &Subset) -> Value {
        let mut atoms = Vec::new();
        for (_, item, result) in self.of(subset) {
            let bounds = result
                .and_then(|result| result.bounds.get(outcome))
                .copied();
            let bound = bounds.and_then(|(least, most)| if maximum { most } else { least });
            match bound {
                Some(bound) => atoms.push(Atom::Float(bound * Self::weight_of(item, weight))),
                // One item without a declared bound leaves the whole without.
                None if maximum => return Value::Null,
                None => {}
            }
        }
        Value::container(Cardinality::Multiple, atoms)
    }
}

/// The outcomes of a test from the results of its items, by the names of the references. An item without a result was
/// not selected. What could not be computed is said in words.
#[must_use]
pub fn outcomes(
    test: &AssessmentTest,
    results: &BTreeMap<String, ItemResult>,
    seed: u64,
) -> (BTreeMap<String, Value>, Vec<String>) {
    let mut items = Vec::new();
    test.visit(&mut |around, item| {
        items.push((around.to_vec(), item, results.get(&item.identifier)))
    });
    let mut scope = Results {
        test,
        items,
        values: BTreeMap::new(),
    };
    for one in &test.outcomes {
        let value = match (&one.default, one.base) {
            (Value::Null, Some(BaseType::Integer)) => Value::integer(0),
            (Value::Null, Some(BaseType::Float)) => Value::float(0.0),
            (value, _) => value.clone(),
        };
        scope.values.insert(one.identifier.clone(), value);
    }
    let mut evaluator = Evaluator::new(seed);
    if let Some(rules) = &test.processing {
        run(rules, &mut scope, &mut evaluator);
    }
    (scope.values, evaluator.problems)
}

/// Runs rules; false when one of them ends the processing.
fn run(rules: &[Rule], scope: &mut Results<'_>, evaluator: &mut Evaluator) -> bool {
    for rule in rules {
        if !evaluator.step(1) {
            return false;
        }
        let on = match rule {
            Rule::Choose(branches, _) => {
                let taken = branches.iter().find(|branch| match &branch.when {
                    Some(when) => evaluator.evaluate(when, scope).boolean() == Some(true),
                    None => true,
                });
                taken.is_none_or(|branch| run(&branch.rules, scope, evaluator))
            }
            Rule::Set {
                target,
                identifier,
                value,
                ..
            } => {
                let mut value = evaluator.evaluate(value, scope);
                if let Some(declaration) = scope.declaration(identifier) {
                    if let (Target::LookupOutcome, Some(table)) = (target, &declaration.lookup) {
                        value = look_up(table, &value);
                    }
                    value = cast(value, declaration);
                }
                scope.values.insert(identifier.clone(), value);
                true
            }
            Rule::Fragment(rules) => run(rules, scope, evaluator),
            Rule::Exit => false,
            Rule::Constraint(_) | Rule::Include(_) => true,
        };
        if !on {
            return false;
        }
    }
    true
}
