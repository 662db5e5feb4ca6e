//! Values of template expressions and how they are computed: exact, bounded, never a panic.

use alloc::format;
use alloc::string::String;
use alloc::sync::Arc;
use alloc::vec::Vec;
use core::cmp::Ordering;
use core::fmt;

use super::expression::{Expression, Function, Operator};
use super::number::Number;

/// What an expression gives.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// An exact number.
    Number(Number),
    /// A word.
    Word(Arc<str>),
    /// True or false.
    Truth(bool),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Word(word) => f.write_str(word),
            Self::Truth(truth) => write!(f, "{truth}"),
        }
    }
}

/// Why an expression has no value, for an author.
pub(crate) type Trouble = String;

impl Value {
    pub(crate) fn number(self) -> Result<Number, Trouble> {
        match self {
            Self::Number(number) => Ok(number),
            other => Err(format!("\"{other}\" is not a number")),
        }
    }

    pub(crate) fn truth(self) -> Result<bool, Trouble> {
        match self {
            Self::Truth(truth) => Ok(truth),
            other => Err(format!("\"{other}\" is neither true nor false")),
        }
    }
}

impl Expression {
    /// Computes with these values of the parameters.
    pub(crate) fn value(&self, parameters: &[Value]) -> Result<Value, Trouble> {
        match self {
            Self::Number(number) => Ok(Value::Number(number.clone())),
            Self::Word(word) => Ok(Value::Word(word.clone())),
            Self::Truth(truth) => Ok(Value::Truth(*truth)),
            Self::Parameter(index) => parameters
                .get(*index)
                .cloned()
                .ok_or_else(|| String::from("a parameter is used before it is drawn")),
            Self::Negative(inner) => Ok(Value::Number(-&inner.number(parameters)?)),
            Self::Not(inner) => Ok(Value::Truth(!inner.truth(parameters)?)),
            Self::Two(operator, left, right) => two(*operator, left, right, parameters),
            Self::Call(function, arguments) => call(*function, arguments, parameters),
        }
    }

    pub(crate) fn number(&self, parameters: &[Value]) -> Result<Number, Trouble> {
        self.value(parameters)?.number()
    }

    pub(crate) fn truth(&self, parameters: &[Value]) -> Result<bool, Trouble> {
        self.value(parameters)?.truth()
    }
}

fn two(
    operator: Operator,
    left: &Expression,
    right: &Expression,
    parameters: &[Value],
) -> Result<Value, Trouble> {
    match operator {
        Operator::And => {
            let both = left.truth(parameters)? && right.truth(parameters)?;
            Ok(Value::Truth(both))
        }
        Operator::Or => {
            let either = left.truth(parameters)? || right.truth(parameters)?;
            Ok(Value::Truth(either))
        }
        Operator::Equal | Operator::Different => {
            let (left, right) = (left.value(parameters)?, right.value(parameters)?);
            if core::mem::discriminant(&left) != core::mem::discriminant(&right) {
                return Err(format!("\"{left}\" and \"{right}\" are of different kinds"));
            }
            Ok(Value::Truth(
                (left == right) == (operator == Operator::Equal),
            ))
        }
        Operator::Less | Operator::LessOrEqual | Operator::Greater | Operator::GreaterOrEqual => {
            let order = left.number(parameters)?.cmp(&right.number(parameters)?);
            Ok(Value::Truth(match operator {
                Operator::Less => order == Ordering::Less,
                Operator::LessOrEqual => order != Ordering::Greater,
                Operator::Greater => order == Ordering::Greater,
                _ => order != Ordering::Less,
            }))
        }
        _ => arithmetic(
            operator,
            &left.number(parameters)?,
            &right.number(parameters)?,
        ),
    }
}

fn arithmetic(operator: Operator, left: &Number, right: &Number) -> Result<Value, Trouble> {
    let result = match operator {
        Operator::Add => left + right,
        Operator::Subtract => left - right,
        Operator::Multiply => left * right,
        Operator::Divide => left
            .divided_by(right)
            .ok_or_else(|| String::from("this divides by zero"))?,
        _ => left.power(right).ok_or_else(|| {
            format!("{left}^{right} cannot be computed: the power must be whole and small")
        })?,
    };
    bounded(result)
}

fn bounded(result: Number) -> Result<Value, Trouble> {
    if result.is_small_enough() {
        Ok(Value::Number(result))
    } else {
        Err(String::from("a number became too large"))
    }
}

fn numbers(arguments: &[Expression], parameters: &[Value]) -> Result<Vec<Number>, Trouble> {
    arguments
        .iter()
        .map(|argument| argument.number(parameters))
        .collect()
}

fn call(
    function: Function,
    arguments: &[Expression],
    parameters: &[Value],
) -> Result<Value, Trouble> {
    let missing = || String::from("a value is missing");
    let first = arguments.first().ok_or_else(missing)?;
    match function {
        Function::If => {
            let branch = if first.truth(parameters)? { 1 } else { 2 };
            return arguments.get(branch).ok_or_else(missing)?.value(parameters);
        }
        Function::Pick => {
            let which = first.number(parameters)?;
            let index = which.to_i64().and_then(|i| usize::try_from(i).ok());
            let chosen = index.and_then(|i| arguments.get(i.checked_add(1)?));
            let count = arguments.len().saturating_sub(1);
            let chosen = chosen.ok_or_else(|| {
                format!("pick cannot give number {which} of {count} values, counted from 0")
            })?;
            return chosen.value(parameters);
        }
        _ => {}
    }
    let numbers = numbers(arguments, parameters)?;
    let (first, rest) = numbers.split_first().ok_or_else(missing)?;
    let second = rest.first();
    let zero = Number::whole(0);
    let whole = || format!("{first} must be a whole number here");
    let fold = |step: fn(&Number, &Number) -> Option<Number>| {
        rest.iter()
            .try_fold(first.clone(), |sofar, next| step(&sofar, next))
    };
    bounded(match function {
        Function::Gcd => {
            fold(Number::gcd).ok_or_else(|| String::from("gcd needs whole numbers"))?
        }
        Function::Lcm => {
            fold(Number::lcm).ok_or_else(|| String::from("lcm needs whole numbers"))?
        }
        Function::Abs => first.abs(),
        Function::Min => numbers.iter().min().ok_or_else(missing)?.clone(),
        Function::Max => numbers.iter().max().ok_or_else(missing)?.clone(),
        Function::Floor => first.floor(),
        Function::Ceil => first.ceil(),
        Function::Round => first
            .round_to(second.unwrap_or(&zero))
            .ok_or_else(|| String::from("round needs a whole number of places up to 18"))?,
        Function::Num => first.num(),
        Function::Den => first.den(),
        Function::IsWhole => return Ok(Value::Truth(first.is_whole())),
        Function::Digits => first
            .digit_count()
            .ok_or_else(|| format!("the decimal of {first} does not end"))?,
        Function::Mod => first
            .modulo(second.ok_or_else(missing)?)
            .ok_or_else(|| String::from("mod divides by zero"))?,
        Function::FactorCount => first.factor_count().ok_or_else(whole)?,
        Function::If | Function::Pick => return Err(missing()),
    })
}

#[cfg(test)]
mod tests {
    use super::super::expression::parse;
    use super::*;
    use alloc::string::ToString;

    fn eval(text: &str) -> Result<String, String> {
        let names = [Arc::from("a"), Arc::from("w")];
        let values = [Value::Number(Number::whole(6)), Value::Word("red".into())];
        parse(text, &names)
            .map_err(|fault| format!("{}: {}", fault.at, fault.what))?
            .value(&values)
            .map(|value| value.to_string())
    }

    #[test]
    fn expressions_compute_exactly() {
        for (text, expected) in [
            ("1/3 + 1/6", "1/2"),
            ("0.1 + 0.2 == 3/10", "true"),
            ("-a^2", "-36"),
            ("(-a)^2", "36"),
            ("2^-2", "1/4"),
            ("2 - 3 - 4", "-5"),
            ("12 / 4 / 3", "1"),
            ("a > 5 and not (a == 7) or 1/0 == 1", "true"),
            ("1 < 2 < 3 < 3", "false"),
            ("gcd(12, 18, 8) + lcm(4, 6)", "14"),
            ("min(3, 1/2, 2) + max(1, 2)", "5/2"),
            ("round(2.345, 2)", "47/20"),
            ("round(-5/2)", "-3"),
            ("floor(-1/2) + ceil(1/2)", "0"),
            ("num(6/8) + den(6/8)", "7"),
            ("is_whole(a/3)", "true"),
            ("mod(-1, 4)", "3"),
            ("digits(3.25)", "3"),
            ("if(w == \"red\", 'stop', 'go')", "stop"),
            ("pick(1, 10, 1/0 + 0, 30)", "!"),
            ("pick(2, 10, 20, 30)", "30"),
            ("factor_count(12)", "6"),
        ] {
            match eval(text) {
                Ok(value) => assert_eq!(value, expected, "{text}"),
                Err(_) => assert_eq!(expected, "!", "{text}"),
            }
        }
    }

    #[test]
    fn faults_say_where_and_what() {
        for (text, expected) in [
            ("a + q", "4: there is no parameter \"q\" here"),
            ("a + ", "4: something is missing here"),
            ("(a", "2: a closing bracket is missing"),
            ("a = 3", "2: one \"=\" does not compare: write \"==\""),
            ("foo(a)", "0: there is no function \"foo\""),
            ("gcd(a)", "0: gcd takes 2 to 8 values, not 1"),
            ("a b", "2: \"b\" was not expected here"),
            ("\"red", "0: a closing quotation mark is missing"),
            ("a / (6 - a)", "this divides by zero"),
            ("w + 1", "\"red\" is not a number"),
            ("w == 1", "\"red\" and \"1\" are of different kinds"),
            (
                "9999999999^64",
                "9999999999^64 cannot be computed: the power must be whole and small",
            ),
            ("gcd(1/2, 3)", "gcd needs whole numbers"),
        ] {
            assert_eq!(eval(text), Err(expected.to_string()), "{text}");
        }
        assert!(eval(&"(".repeat(900)).is_err());
        assert!(eval(&"-".repeat(900)).is_err());
        assert!(eval(&"not ".repeat(200)).is_err());
        assert!(eval(&"1+".repeat(2000)).is_err());
    }
}
