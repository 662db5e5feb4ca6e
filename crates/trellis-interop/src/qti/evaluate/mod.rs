//! Evaluates expressions of QTI over variables: null where the specification says so, never a panic, bounded work.

mod containers;
mod numbers;
mod texts;

use trellis_stats::random::Random;

use super::declare::{AreaMapping, Declaration, Mapping};
use super::expression::{Count, Expression, Operator, Parameter, Subset};
use super::value::{Atom, BaseType, Cardinality, Value};

pub use containers::is_inside;
pub(super) use numbers::whole;

/// The most steps of one processing, so that repeats in repeats end.
const MOST_STEPS: u32 = 200_000;

/// What expressions can ask of their surroundings.
pub trait Scope {
    /// What a variable holds; null when there is none.
    fn value(&self, identifier: &str) -> Value;
    /// What it holds at first.
    fn default(&self, identifier: &str) -> Value;
    /// Its right answer.
    fn correct(&self, identifier: &str) -> Value;
    /// Its declaration.
    fn declaration(&self, identifier: &str) -> Option<&Declaration>;
    /// A weight of an item of a test.
    fn weight(&self, identifier: &str, weight: &str) -> f64;
    /// A count over a test.
    fn count(&self, count: Count, subset: &Subset) -> Value;
    /// The values of a variable over a test.
    fn gather(
        &self,
        variable: &str,
        base: Option<BaseType>,
        weight: Option<&str>,
        subset: &Subset,
    ) -> Value;
    /// The bounds of an outcome over a test.
    fn bounds(&self, maximum: bool, outcome: &str, weight: Option<&str>, subset: &Subset) -> Value;
}

/// Evaluates with chance from a seed, and keeps what went wrong.
#[derive(Debug)]
pub struct Evaluator {
    random: Random,
    steps: u32,
    /// What could not be computed, in words.
    pub problems: Vec<String>,
}

impl Evaluator {
    /// A new one; the same seed gives the same chance.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            random: Random::new(seed),
            steps: 0,
            problems: Vec::new(),
        }
    }

    /// Begins a processing: what went before no longer counts against the limit of work.
    pub fn rest(&mut self) {
        self.steps = 0;
    }

    /// Counts work; false when there was too much.
    pub(super) fn step(&mut self, steps: usize) -> bool {
        let steps = u32::try_from(steps).unwrap_or(u32::MAX);
        self.steps = self.steps.saturating_add(steps);
        if self.steps > MOST_STEPS {
            self.problem("the processing takes too long and is ended");
        }
        self.steps <= MOST_STEPS
    }

    fn problem(&mut self, what: &str) {
        if self.problems.len() < 20 && !self.problems.iter().any(|known| known == what) {
            self.problems.push(what.to_string());
        }
    }

    /// What an expression gives.
    pub fn evaluate(&mut self, expression: &Expression, scope: &dyn Scope) -> Value {
        if !self.step(1) {
            return Value::Null;
        }
        match expression {
            Expression::Null => Value::Null,
            Expression::Base(atom) => Value::Single(atom.clone()),
            Expression::Variable { identifier, weight } => {
                let value = scope.value(identifier);
                match (weight, value.number()) {
                    (Some(weight), Some(number)) => {
                        Value::float(number * scope.weight(identifier, weight))
                    }
                    _ => value,
                }
            }
            Expression::Default(name) => scope.default(name),
            Expression::Correct(name) => scope.correct(name),
            Expression::MapResponse(name) => {
                match scope.declaration(name).and_then(|one| one.mapping.as_ref()) {
                    Some(map) => Value::float(mapped(map, &scope.value(name))),
                    None => {
                        self.problem(&format!("\"{name}\" has no mapping"));
                        Value::Null
                    }
                }
            }
            Expression::MapResponsePoint(name) => {
                match scope.declaration(name).and_then(|one| one.areas.as_ref()) {
                    Some(map) => Value::float(mapped_points(map, &scope.value(name))),
                    None => {
                        self.problem(&format!("\"{name}\" has no area mapping"));
                        Value::Null
                    }
                }
            }
            Expression::Constant(name) => match name.as_str() {
                "pi" => Value::float(std::f64::consts::PI),
                "e" => Value::float(std::f64::consts::E),
                _ => Value::Null,
            },
            Expression::RandomInteger { min, max, step } => {
                self.random_integer(min, max, step, scope)
            }
            Expression::RandomFloat { min, max } => {
                match (number(min, scope), number(max, scope)) {
                    (Some(min), Some(max)) if min <= max => {
                        Value::float(min + (max - min) * self.random.uniform())
                    }
                    _ => Value::Null,
                }
            }
            Expression::Count(count, subset) => scope.count(*count, subset),
            Expression::TestVariables {
                variable,
                base,
                weight,
                subset,
            } => scope.gather(variable, *base, weight.as_deref(), subset),
            Expression::Bounds {
                maximum,
                outcome,
                weight,
                subset,
            } => scope.bounds(*maximum, outcome, weight.as_deref(), subset),
            Expression::Apply(operator, operands) => self.apply(operator, operands, scope),
        }
    }

    fn random_integer(
        &mut self,
        min: &Parameter,
        max: &Parameter,
        step: &Parameter,
        scope: &dyn Scope,
    ) -> Value {
        let whole = |parameter| number(parameter, scope).and_then(numbers::whole);
        let (Some(min), Some(max), Some(step)) = (whole(min), whole(max), whole(step)) else {
            return Value::Null;
        };
        let Some(width) = max.checked_sub(min).filter(|width| *width >= 0 && step > 0) else {
            self.problem("a random number needs min <= max and a step above 0");
            return Value::Null;
        };
        let ways = u64::try_from(width / step).unwrap_or(0) + 1;
        let taken = i64::try_from(self.random.below(ways)).unwrap_or(0);
        Value::integer(min + taken * step)
    }

    fn apply(&mut self, operator: &Operator, operands: &[Expression], scope: &dyn Scope) -> Value {
        if let Operator::Repeat(times) = operator {
            return self.repeat(times, operands, scope);
        }
        let mut values = Vec::with_capacity(operands.len());
        for operand in operands {
            values.push(self.evaluate(operand, scope));
        }
        let size: usize = values.iter().map(|value| value.atoms().len()).sum();
        if !self.step(size) {
            return Value::Null;
        }
        let first = values.first().cloned().unwrap_or_default();
        let second = values.get(1).cloned().unwrap_or_default();
        match operator {
            Operator::Plain("random") => match first.atoms() {
                [] => Value::Null,
                atoms => atoms
                    .get(self.random.index(atoms.len()))
                    .cloned()
                    .map_or(Value::Null, Value::Single),
            },
            Operator::Plain(name) => numbers::plain(name, &values)
                .or_else(|| containers::plain(name, &values))
                .unwrap_or_default(),
            Operator::Index(n) => containers::index(&first, number(n, scope)),
            Operator::FieldValue(field) => match &first {
                Value::Record(fields) => fields
                    .get(field)
                    .cloned()
                    .map_or(Value::Null, Value::Single),
                _ => Value::Null,
            },
            Operator::Substring { .. }
            | Operator::StringMatch { .. }
            | Operator::PatternMatch(_) => self.of_texts(operator, &first, &second, scope),
            Operator::AnyN { min, max } => {
                numbers::any_n(&values, number(min, scope), number(max, scope))
            }
            Operator::Equal {
                mode,
                tolerance,
                include_lower,
                include_upper,
            } => {
                let tolerance: Vec<f64> = tolerance
                    .iter()
                    .filter_map(|one| number(one, scope))
                    .collect();
                numbers::equal(
                    &first,
                    &second,
                    *mode,
                    &tolerance,
                    (*include_lower, *include_upper),
                )
            }
            Operator::EqualRounded(mode, figures) => {
                numbers::equal_rounded(&first, &second, *mode, number(figures, scope))
            }
            Operator::RoundTo(mode, figures) => {
                numbers::round_to(&first, *mode, number(figures, scope))
            }
            Operator::Inside(area) => containers::inside(&first, area),
            Operator::Math(name) => numbers::math(name, &values),
            Operator::Stats(name) => numbers::stats(name, &first),
            Operator::Repeat(_) => Value::Null,
            Operator::Custom(_) => {
                self.problem("an operator of another program is not run");
                Value::Null
            }
        }
    }

    fn of_texts(
        &mut self,
        operator: &Operator,
        first: &Value,
        second: &Value,
        scope: &dyn Scope,
    ) -> Value {
        match operator {
            Operator::Substring { case_sensitive } => {
                texts::substring(first, second, *case_sensitive)
            }
            Operator::StringMatch {
                case_sensitive,
                substring,
            } => texts::string_match(first, second, *case_sensitive, *substring),
            Operator::PatternMatch(pattern) => {
                let pattern = match scope.value(pattern.trim_matches(['{', '}'])).single() {
                    Some(Atom::String(held)) => held.clone(),
                    _ => pattern.clone(),
                };
                match texts::pattern_match(first, &pattern) {
                    Ok(value) => value,
                    Err(fault) => {
                        self.problem(&fault);
                        Value::Null
                    }
                }
            }
            _ => Value::Null,
        }
    }

    fn repeat(&mut self, times: &Parameter, operands: &[Expression], scope: &dyn Scope) -> Value {
        let times = number(times, scope).and_then(numbers::whole).unwrap_or(0);
        let mut atoms = Vec::new();
        for _ in 0..times.max(0) {
            if !self.step(1) {
                return Value::Null;
            }
            for operand in operands {
                let value = self.evaluate(operand, scope);
                if !self.step(1 + value.atoms().len()) {
                    return Value::Null;
                }
                atoms.extend_from_slice(value.atoms());
            }
        }
        Value::container(Cardinality::Ordered, atoms)
    }
}

/// The number of a parameter.
fn number(parameter: &Parameter, scope: &dyn Scope) -> Option<f64> {
    match parameter {
        Parameter::Number(number) => Some(*number),
        Parameter::Variable(name) => scope.value(name).number(),
    }
}

/// The score of an answer by a mapping: each different value counts once.
fn mapped(map: &Mapping, value: &Value) -> f64 {
    let mut seen: Vec<&Atom> = Vec::new();
    let mut total = 0.0;
    for atom in value.atoms() {
        if seen.iter().any(|other| other.same(atom)) {
            continue;
        }
        seen.push(atom);
        let entry = map.entries.iter().find(|entry| entry.key.same(atom));
        let entry = entry.or_else(|| {
            let loose = |entry: &&super::declare::MapEntry| {
                !entry.case_sensitive
                    && entry.key.text().to_lowercase() == atom.text().to_lowercase()
            };
            map.entries.iter().find(loose)
        });
        total += entry.map_or(map.default, |entry| entry.score);
    }
    bounded(total, map.lower, map.upper)
}

/// The score of points: each region counts once.
fn mapped_points(map: &AreaMapping, value: &Value) -> f64 {
    let mut used = vec![false; map.entries.len()];
    let mut total = 0.0;
    for atom in value.atoms() {
        let Atom::Point(x, y) = atom else { continue };
        let hit = map
            .entries
            .iter()
            .position(|(area, _)| is_inside(area, *x, *y));
        match hit {
            Some(place) => {
                if let (Some(used), Some((_, score))) =
                    (used.get_mut(place), map.entries.get(place))
                {
                    total += if *used { 0.0 } else { *score };
                    *used = true;
                }
            }
            None => total += map.default,
        }
    }
    bounded(total, map.lower, map.upper)
}

fn bounded(total: f64, lower: Option<f64>, upper: Option<f64>) -> f64 {
    let total = lower.map_or(total, |lower| total.max(lower));
    upper.map_or(total, |upper| total.min(upper))
}
