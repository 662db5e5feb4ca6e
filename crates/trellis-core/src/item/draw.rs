//! Parameters of a template: what each may be, drawing them by a seed, and counting the ways.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::sync::Arc;
use alloc::vec::Vec;

use trellis_stats::random::Random;

use super::evaluate::{Trouble, Value};
use super::expression::{Expression, Parser, SyntaxFault};
use super::number::Number;

/// How often drawing starts again under the conditions before the ways are listed instead.
const MOST_TRIES: usize = 500;
/// How many steps listing the ways may take.
const MOST_STEPS: usize = 60_000;
/// The most values that one parameter may be drawn from.
const MOST_VALUES: i64 = 100_000;

/// What a parameter may be.
#[derive(Debug, Clone, PartialEq)]
enum Source {
    Range {
        from: Expression,
        to: Expression,
        by: Option<Expression>,
    },
    OneOf(Vec<Expression>),
    Computed(Expression),
}

impl Source {
    fn parse(text: &str, names: &[Arc<str>]) -> Result<Self, SyntaxFault> {
        let mut parser = Parser::new(text, names)?;
        let source = if parser.take("=") {
            Self::Computed(parser.expression()?)
        } else if parser.take("{") {
            let mut values = alloc::vec![parser.expression()?];
            while parser.take(",") {
                values.push(parser.expression()?);
            }
            if !parser.take("}") {
                return Err(parser.fault("a closing \"}\" is missing"));
            }
            Self::OneOf(values)
        } else {
            let from = parser.expression()?;
            if !parser.take("..") {
                let what = "write a range \"2..9\", a list \"{2, 3}\" or \"= ...\" to compute";
                return Err(parser.fault(what));
            }
            let to = parser.expression()?;
            let by = if parser.take_word("by") {
                Some(parser.expression()?)
            } else {
                None
            };
            Self::Range { from, to, by }
        };
        parser.end()?;
        Ok(source)
    }

    /// How many values there are to draw from, given what was drawn before.
    fn count(&self, before: &[Value]) -> Result<u64, Trouble> {
        match self {
            Self::Computed(_) => Ok(1),
            Self::OneOf(values) => Ok(values.len() as u64),
            Self::Range { from, to, by } => {
                let (from, to) = (from.number(before)?, to.number(before)?);
                let by = step(by.as_ref(), before)?;
                let steps = (&to - &from).divided_by(&by).map(|steps| steps.floor());
                let steps = steps
                    .and_then(|steps| steps.to_i64())
                    .filter(|s| *s < MOST_VALUES);
                let steps =
                    steps.ok_or_else(|| format!("a range has more than {MOST_VALUES} values"))?;
                Ok(u64::try_from(steps + 1).unwrap_or(0))
            }
        }
    }

    /// The value of this number, counted from 0.
    fn value(&self, which: u64, before: &[Value]) -> Result<Value, Trouble> {
        match self {
            Self::Computed(expression) => expression.value(before),
            Self::OneOf(values) => usize::try_from(which)
                .ok()
                .and_then(|which| values.get(which))
                .ok_or_else(|| String::from("there is no such value"))?
                .value(before),
            Self::Range { from, by, .. } => {
                let steps = Number::whole(i64::try_from(which).unwrap_or(0));
                let by = step(by.as_ref(), before)?;
                Ok(Value::Number(&from.number(before)? + &(&steps * &by)))
            }
        }
    }
}

fn step(by: Option<&Expression>, before: &[Value]) -> Result<Number, Trouble> {
    let by = by.map_or(Ok(Number::whole(1)), |by| by.number(before))?;
    if by.is_negative() || by.is_zero() {
        return Err(String::from("the step of a range must be greater than 0"));
    }
    Ok(by)
}

/// One condition, and how many parameters must be drawn before it can be tested.
#[derive(Debug, Clone, PartialEq)]
struct Condition {
    expression: Expression,
    after: usize,
}

/// All parameters of a template with their conditions.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Parameters {
    pub(crate) names: Vec<Arc<str>>,
    sources: Vec<Source>,
    conditions: Vec<Condition>,
}

/// How many different variants there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VariantCount {
    /// So many were found.
    pub found: usize,
    /// False when there may be more.
    pub exact: bool,
}

impl Parameters {
    /// Adds a parameter; it may use those added before.
    pub(crate) fn add(&mut self, name: &str, text: &str) -> Result<(), SyntaxFault> {
        let mut letters = name.chars();
        let begins = letters.next().is_some_and(|c| c.is_ascii_alphabetic());
        let goes_on = letters.all(|c| c.is_ascii_alphanumeric() || c == '_');
        const WORDS: [&str; 6] = ["and", "or", "not", "true", "false", "by"];
        let known = self.names.iter().any(|known| &**known == name);
        // The name is kept even when its text is wrong, so that one mistake gives one finding.
        let source = Source::parse(text, &self.names);
        self.names.push(Arc::from(name));
        let failed = source.is_err();
        self.sources
            .push(source.clone().unwrap_or(Source::OneOf(Vec::new())));
        if !failed && (!begins || !goes_on || WORDS.contains(&name)) {
            return Err(SyntaxFault::new(
                0,
                format!("\"{name}\" cannot be the name of a parameter"),
            ));
        }
        if !failed && known {
            return Err(SyntaxFault::new(
                0,
                format!("the parameter \"{name}\" is there twice"),
            ));
        }
        source.map(|_| ())
    }

    /// Adds a condition that every variant must meet.
    pub(crate) fn require(&mut self, text: &str) -> Result<(), SyntaxFault> {
        let expression = super::expression::parse(text, &self.names)?;
        let after = (0..=self.names.len())
            .find(|count| expression.uses_only_below(*count))
            .unwrap_or(self.names.len());
        self.conditions.push(Condition { expression, after });
        Ok(())
    }

    fn conditions_hold(&self, drawn: &[Value]) -> Result<bool, Trouble> {
        for condition in self.conditions.iter().filter(|c| c.after == drawn.len()) {
            if !condition.expression.truth(drawn)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// One try: the values, or `None` when a condition does not hold.
    fn attempt(&self, draws: &mut Random) -> Result<Option<Vec<Value>>, Trouble> {
        let mut drawn = Vec::with_capacity(self.names.len());
        if !self.conditions_hold(&drawn)? {
            return Ok(None);
        }
        for (name, source) in self.names.iter().zip(&self.sources) {
            let named = |trouble| format!("{name}: {trouble}");
            let count = source.count(&drawn).map_err(named)?;
            if count == 0 {
                return Ok(None);
            }
            let which = if count == 1 { 0 } else { draws.below(count) };
            let value = source.value(which, &drawn).map_err(named)?;
            drawn.push(value);
            if !self.conditions_hold(&drawn)? {
                return Ok(None);
            }
        }
        Ok(Some(drawn))
    }

    /// Draws values that meet all conditions. The same draws give the same values.
    pub(crate) fn draw(&self, draws: &mut Random) -> Result<Vec<Value>, Trouble> {
        for _ in 0..MOST_TRIES {
            if let Some(values) = self.attempt(draws)? {
                return Ok(values);
            }
        }
        // The conditions leave few ways: list them and choose one.
        let (ways, _) = self.list(2_000)?;
        let chosen = usize::try_from(draws.below(ways.len() as u64)).unwrap_or(0);
        ways.into_iter()
            .nth(chosen)
            .ok_or_else(|| String::from("no values meet the conditions"))
    }

    /// Lists the ways to meet the conditions, up to `most`, in order; true when these are all.
    fn list(&self, most: usize) -> Result<(Vec<Vec<Value>>, bool), Trouble> {
        let mut found = Vec::new();
        let mut drawn: Vec<Value> = Vec::new();
        if !self.conditions_hold(&drawn)? {
            return Ok((found, true));
        }
        // For each parameter drawn so far: the number of the value to try next, and how many there are.
        let mut open: Vec<(u64, u64)> = Vec::new();
        for _ in 0..MOST_STEPS {
            if drawn.len() == open.len() {
                match self.sources.get(open.len()) {
                    Some(source) => open.push((0, source.count(&drawn)?)),
                    None => {
                        found.push(drawn.clone());
                        drawn.pop();
                        if found.len() >= most {
                            return Ok((found, false));
                        }
                    }
                }
            }
            let Some((next, count)) = open.last_mut() else {
                return Ok((found, true));
            };
            if next == count {
                open.pop();
                if open.is_empty() {
                    return Ok((found, true));
                }
                drawn.pop();
                continue;
            }
            let source = self.sources.get(drawn.len());
            let value = source
                .map(|source| source.value(*next, &drawn))
                .transpose()?;
            *next += 1;
            drawn.extend(value);
            if !self.conditions_hold(&drawn)? {
                drawn.pop();
            }
        }
        Ok((found, false))
    }

    /// Counts different ways to meet the conditions, up to `most`.
    pub(crate) fn count(&self, most: usize) -> Result<VariantCount, Trouble> {
        let (ways, exact) = self.list(most)?;
        if exact || ways.len() >= most {
            return Ok(VariantCount {
                found: ways.len(),
                exact,
            });
        }
        // Too many ways to list: draw many and count the different ones.
        let mut different: BTreeSet<Vec<Value>> = ways.into_iter().collect();
        for seed in 0..most as u64 * 2 {
            different.insert(self.draw(&mut Random::new(seed))?);
            if different.len() >= most {
                break;
            }
        }
        Ok(VariantCount {
            found: different.len(),
            exact: false,
        })
    }

    /// "a = 2, b = 3": for messages to an author.
    pub(crate) fn describe(&self, values: &[Value]) -> String {
        let parts: Vec<String> = self
            .names
            .iter()
            .zip(values)
            .map(|(name, value)| format!("{name} = {value}"))
            .collect();
        if parts.is_empty() {
            "no parameters".to_string()
        } else {
            parts.join(", ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parameters(list: &[(&str, &str)], conditions: &[&str]) -> Parameters {
        let mut parameters = Parameters::default();
        for (name, text) in list {
            parameters.add(name, text).unwrap();
        }
        for condition in conditions {
            parameters.require(condition).unwrap();
        }
        parameters
    }

    #[test]
    fn small_spaces_are_counted_exactly() {
        for (list, conditions, found) in [
            (&[("a", "1..3"), ("b", "1..a")][..], &[][..], 6),
            (&[("a", "1..3"), ("b", "1..3")], &["a != b"], 6),
            (&[("a", "0.5..3 by 0.5")], &[], 6),
            (
                &[("a", "{2, 3, 5}"), ("w", "{'x', 'y'}"), ("c", "= a * 2")],
                &["c > 4"],
                4,
            ),
            (&[("a", "3..1")], &[], 0),
            (&[], &["1 == 2"], 0),
            (&[], &[], 1),
        ] {
            let count = parameters(list, conditions).count(1000).unwrap();
            assert_eq!(
                count,
                VariantCount { found, exact: true },
                "{list:?} {conditions:?}"
            );
        }
    }

    #[test]
    fn conditions_that_rarely_hold_still_draw() {
        let p = parameters(
            &[("a", "1..200"), ("b", "1..200")],
            &["a * b == 39203 or a + b == 400"],
        );
        for seed in 0..5 {
            let values = p.draw(&mut Random::new(seed)).unwrap();
            assert!(
                values
                    == [
                        Value::Number(Number::whole(197)),
                        Value::Number(Number::whole(199))
                    ]
                    || values
                        == [
                            Value::Number(Number::whole(199)),
                            Value::Number(Number::whole(197))
                        ]
                    || values
                        == [
                            Value::Number(Number::whole(200)),
                            Value::Number(Number::whole(200))
                        ]
            );
        }
    }

    #[test]
    fn impossible_conditions_are_said() {
        let p = parameters(&[("a", "1..9")], &["a > 9"]);
        assert_eq!(
            p.draw(&mut Random::new(1)),
            Err("no values meet the conditions".into())
        );
    }

    proptest! {
        #[test]
        fn every_draw_meets_the_conditions_and_repeats(seed: u64) {
            let p = parameters(
                &[("b", "2..9"), ("d", "2..9"), ("a", "1..b-1"), ("c", "1..d-1")],
                &["b != d", "gcd(a, b) == 1", "a/b + c/d < 2"],
            );
            let values = p.draw(&mut Random::new(seed)).unwrap();
            prop_assert_eq!(&values, &p.draw(&mut Random::new(seed)).unwrap());
            for condition in &p.conditions {
                prop_assert!(condition.expression.truth(&values).unwrap());
            }
        }

        #[test]
        fn no_text_makes_the_parser_or_the_drawing_panic(text in "\\PC{0,60}") {
            let mut p = parameters(&[("a", "1..9"), ("w", "{'x', 'y'}")], &[]);
            let _ = p.add("b", &text);
            let _ = p.require(&text);
            let _ = p.draw(&mut Random::new(1));
        }

        #[test]
        fn no_likely_text_panics(text in "([a-c(){}=<>*/^., ]|\\.\\.|if\\(|pick\\(|[0-9]{1,3}|by|and|'x'){0,20}") {
            let mut p = parameters(&[("a", "1..9"), ("w", "{'x', 'y'}")], &[]);
            if p.add("b", &text).is_ok() {
                let _ = p.draw(&mut Random::new(1));
                let _ = p.count(30);
            }
            let _ = p.require(&text);
        }
    }
}
