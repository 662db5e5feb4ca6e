//! Operators over numbers and truths. Null in gives null out, except where the specification says otherwise.

use super::super::expression::{Rounding, Tolerance};
use super::super::value::{Atom, Value};

/// A float that is a whole number small enough to be exact.
pub(in crate::qti) fn whole(number: f64) -> Option<i64> {
    let fits = number.fract() == 0.0 && number.abs() < 9.0e15;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked: whole and below 2^53"
    )]
    fits.then_some(number as i64)
}

/// All numbers of single values and containers; `None` when something is no number.
fn all(values: &[Value]) -> Option<Vec<f64>> {
    let mut out = Vec::new();
    for value in values {
        if value.is_null() {
            return None;
        }
        for atom in value.atoms() {
            out.push(atom.number()?);
        }
    }
    (!out.is_empty()).then_some(out)
}

fn all_whole(values: &[Value]) -> Option<Vec<i64>> {
    let mut out = Vec::new();
    for atom in values.iter().flat_map(Value::atoms) {
        match atom {
            Atom::Integer(number) => out.push(*number),
            other => out.push(other.number().and_then(whole)?),
        }
    }
    (!out.is_empty() && !values.iter().any(Value::is_null)).then_some(out)
}

fn are_whole(values: &[Value]) -> bool {
    let mut atoms = values.iter().flat_map(Value::atoms);
    atoms.all(|atom| matches!(atom, Atom::Integer(_)))
}

fn two(values: &[Value]) -> Option<(f64, f64)> {
    match values {
        [one, other] => one.number().zip(other.number()),
        _ => None,
    }
}

fn two_whole(values: &[Value]) -> Option<(i64, i64)> {
    match all_whole(values)?.as_slice() {
        [one, other] => Some((*one, *other)),
        _ => None,
    }
}

/// Operators without attributes that work on numbers and truths; `None` when the name is none of them.
pub(super) fn plain(name: &str, values: &[Value]) -> Option<Value> {
    let first = values.first().unwrap_or(&Value::Null);
    let compare = |holds: fn(f64, f64) -> bool| {
        two(values).map_or(Value::Null, |(a, b)| Value::truth(holds(a, b)))
    };
    Some(match name {
        "not" => first
            .boolean()
            .map_or(Value::Null, |truth| Value::truth(!truth)),
        "and" => decide(values, false),
        "or" => decide(values, true),
        "lt" | "duration-lt" => compare(|a, b| a < b),
        "gt" => compare(|a, b| a > b),
        "lte" => compare(|a, b| a <= b),
        "gte" | "duration-gte" => compare(|a, b| a >= b),
        "sum" => gathered(values, i64::checked_add, |a, b| a + b),
        "product" => gathered(values, i64::checked_mul, |a, b| a * b),
        "max" => gathered(values, |a, b| Some(a.max(b)), f64::max),
        "min" => gathered(values, |a, b| Some(a.min(b)), f64::min),
        "subtract" => subtract(values),
        "divide" => two(values)
            .filter(|(_, b)| *b != 0.0)
            .map_or(Value::Null, |(a, b)| finite(a / b)),
        "power" => two(values).map_or(Value::Null, |(a, b)| finite(a.powf(b))),
        "integer-divide" => {
            let pair = two_whole(values).filter(|(_, b)| *b != 0);
            pair.and_then(|(a, b)| floor_divide(a, b))
                .map_or(Value::Null, Value::integer)
        }
        "integer-modulus" => {
            let pair = two_whole(values).filter(|(_, b)| *b != 0);
            let rest = pair.and_then(|(a, b)| a.checked_sub(floor_divide(a, b)?.checked_mul(b)?));
            rest.map_or(Value::Null, Value::integer)
        }
        "truncate" => rounded(first, f64::trunc),
        // Half goes up, also below zero: 6.5 to 7 and -6.5 to -6.
        "round" => rounded(first, |number| (number + 0.5).floor()),
        "integer-to-float" => first.number().map_or(Value::Null, Value::float),
        "gcd" => all_whole(values).map_or(Value::Null, |all| divisor(&all)),
        "lcm" => all_whole(values).map_or(Value::Null, |all| multiple(&all)),
        _ => return None,
    })
}

fn floor_divide(a: i64, b: i64) -> Option<i64> {
    let quotient = a.checked_div(b)?;
    let exact = a.checked_rem(b)? == 0;
    if !exact && ((a < 0) != (b < 0)) {
        quotient.checked_sub(1)
    } else {
        Some(quotient)
    }
}

/// `and` and `or`: one deciding truth is enough, else null stays null.
fn decide(values: &[Value], deciding: bool) -> Value {
    if values.iter().any(|value| value.boolean() == Some(deciding)) {
        Value::truth(deciding)
    } else if values.iter().any(|value| value.boolean().is_none()) {
        Value::Null
    } else {
        Value::truth(!deciding)
    }
}

/// A result that is a number; what runs over is infinite, what is none is null.
fn finite(number: f64) -> Value {
    Value::float(number)
}

fn gathered(
    values: &[Value],
    whole: fn(i64, i64) -> Option<i64>,
    float: fn(f64, f64) -> f64,
) -> Value {
    if are_whole(values)
        && let Some(all) = all_whole(values)
    {
        let mut all = all.into_iter();
        let first = all.next().unwrap_or(0);
        if let Some(total) = all.try_fold(first, whole) {
            return Value::integer(total);
        }
    }
    match all(values).map(|all| all.into_iter().reduce(float)) {
        Some(Some(total)) => finite(total),
        _ => Value::Null,
    }
}

fn subtract(values: &[Value]) -> Value {
    if are_whole(values)
        && let Some((a, b)) = two_whole(values)
        && let Some(difference) = a.checked_sub(b)
    {
        return Value::integer(difference);
    }
    two(values).map_or(Value::Null, |(a, b)| finite(a - b))
}

fn rounded(value: &Value, round: fn(f64) -> f64) -> Value {
    match value.number() {
        Some(number) if number.is_finite() => {
            whole(round(number)).map_or(Value::Null, Value::integer)
        }
        // Infinity has no whole number; it stays what it is.
        Some(number) => Value::float(number),
        None => Value::Null,
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn divisor(all: &[i64]) -> Value {
    let all = all.iter().map(|number| number.unsigned_abs()).reduce(gcd);
    let whole = all.and_then(|number| i64::try_from(number).ok());
    whole.map_or(Value::Null, Value::integer)
}

fn multiple(all: &[i64]) -> Value {
    let mut total = 1_u64;
    for number in all {
        let number = number.unsigned_abs();
        if number == 0 {
            return Value::integer(0);
        }
        match (total / gcd(total, number)).checked_mul(number) {
            Some(next) => total = next,
            None => return Value::Null,
        }
    }
    i64::try_from(total).map_or(Value::Null, Value::integer)
}

/// Whether so many operands are true; null while unknown ones could decide.
pub(super) fn any_n(values: &[Value], min: Option<f64>, max: Option<f64>) -> Value {
    let (Some(min), Some(max)) = (min, max) else {
        return Value::Null;
    };
    let count = |wanted: Option<bool>| {
        let found = values
            .iter()
            .filter(|value| value.boolean() == wanted)
            .count();
        f64::from(u32::try_from(found).unwrap_or(u32::MAX))
    };
    let (sure, unknown) = (count(Some(true)), count(None));
    if sure > max || sure + unknown < min {
        Value::truth(false)
    } else if sure >= min && sure + unknown <= max {
        Value::truth(true)
    } else {
        Value::Null
    }
}

/// Whether the second number is near the first.
pub(super) fn equal(
    first: &Value,
    second: &Value,
    mode: Tolerance,
    tolerance: &[f64],
    (include_lower, include_upper): (bool, bool),
) -> Value {
    let (Some(wanted), Some(given)) = (first.number(), second.number()) else {
        return Value::Null;
    };
    let below = tolerance.first().copied();
    let above = tolerance.get(1).copied().or(below);
    let (Some(below), Some(above)) = (below, above) else {
        return if mode == Tolerance::Exact {
            Value::truth(Atom::Float(wanted).same(&Atom::Float(given)))
        } else {
            Value::Null
        };
    };
    let (lower, upper) = match mode {
        Tolerance::Exact => return Value::truth(Atom::Float(wanted).same(&Atom::Float(given))),
        Tolerance::Absolute => (wanted - below, wanted + above),
        Tolerance::Relative => {
            let (a, b) = (
                wanted * (1.0 - below / 100.0),
                wanted * (1.0 + above / 100.0),
            );
            (a.min(b), a.max(b))
        }
    };
    let at = |bound: f64| Atom::Float(given).same(&Atom::Float(bound));
    let over = if at(lower) {
        include_lower
    } else {
        given > lower
    };
    let under = if at(upper) {
        include_upper
    } else {
        given < upper
    };
    Value::truth(over && under)
}

/// A number rounded to figures, half away from zero.
fn to_figures(number: f64, mode: Rounding, figures: f64) -> Option<f64> {
    let figures = whole(figures).filter(|figures| (0..=15).contains(figures))?;
    let figures = usize::try_from(figures).ok()?;
    if !number.is_finite() {
        return Some(number);
    }
    let places = match mode {
        Rounding::DecimalPlaces => i32::try_from(figures).ok()?,
        Rounding::SignificantFigures if figures == 0 => return None,
        Rounding::SignificantFigures if number == 0.0 => return Some(0.0),
        Rounding::SignificantFigures => {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the magnitude of a finite f64 is below 400"
            )]
            let magnitude = number.abs().log10().floor() as i32;
            i32::try_from(figures).ok()? - 1 - magnitude
        }
    };
    // The decimal text is exact where a product with a power of ten would not be: 1.005 to two places.
    let text = format!("{:.12e}", number.abs());
    let near: f64 = text.parse().ok()?;
    let scale = 10_f64.powi(places.abs());
    let shifted = if places >= 0 {
        near * scale
    } else {
        near / scale
    };
    if !shifted.is_finite() || !scale.is_finite() {
        return Some(number);
    }
    let kept = (shifted + 0.5 + 1e-9).floor();
    let back = if places >= 0 {
        kept / scale
    } else {
        kept * scale
    };
    Some(if number < 0.0 { -back } else { back })
}

/// Whether two numbers are the same when rounded.
pub(super) fn equal_rounded(
    first: &Value,
    second: &Value,
    mode: Rounding,
    figures: Option<f64>,
) -> Value {
    let both = first.number().zip(second.number()).zip(figures);
    let same = both.and_then(|((a, b), figures)| {
        let (a, b) = (to_figures(a, mode, figures)?, to_figures(b, mode, figures)?);
        Some(Atom::Float(a).same(&Atom::Float(b)))
    });
    same.map_or(Value::Null, Value::truth)
}

/// A number rounded.
pub(super) fn round_to(value: &Value, mode: Rounding, figures: Option<f64>) -> Value {
    let rounded = value
        .number()
        .zip(figures)
        .and_then(|(number, figures)| to_figures(number, mode, figures));
    rounded.map_or(Value::Null, Value::float)
}

/// A function of one or two numbers.
pub(super) fn math(name: &str, values: &[Value]) -> Value {
    let Some(all) = all(values) else {
        return Value::Null;
    };
    let Some(x) = all.first().copied() else {
        return Value::Null;
    };
    let result = match name {
        "sin" => x.sin(),
        "cos" => x.cos(),
        "tan" => x.tan(),
        "sec" => x.cos().recip(),
        "csc" => x.sin().recip(),
        "cot" => x.tan().recip(),
        "asin" => x.asin(),
        "acos" => x.acos(),
        "atan" => x.atan(),
        "atan2" => match all.get(1) {
            Some(other) => x.atan2(*other),
            None => return Value::Null,
        },
        "asec" => x.recip().acos(),
        "acsc" => x.recip().asin(),
        "acot" => x.recip().atan(),
        "sinh" => x.sinh(),
        "cosh" => x.cosh(),
        "tanh" => x.tanh(),
        "sech" => x.cosh().recip(),
        "csch" => x.sinh().recip(),
        "coth" => x.tanh().recip(),
        "log" => x.log10(),
        "ln" => x.ln(),
        "exp" => x.exp(),
        "abs" => x.abs(),
        "signum" => return Value::integer(i64::from(x > 0.0) - i64::from(x < 0.0)),
        "floor" => return rounded(&Value::float(x), f64::floor),
        "ceil" => return rounded(&Value::float(x), f64::ceil),
        "toDegrees" => x.to_degrees(),
        "toRadians" => x.to_radians(),
        _ => return Value::Null,
    };
    finite(result)
}

/// A statistic of a container.
pub(super) fn stats(name: &str, value: &Value) -> Value {
    let Some(all) = all(std::slice::from_ref(value)) else {
        return Value::Null;
    };
    let count = f64::from(u32::try_from(all.len()).unwrap_or(u32::MAX));
    let mean = all.iter().sum::<f64>() / count;
    let squares: f64 = all.iter().map(|x| (x - mean) * (x - mean)).sum();
    let sample = (all.len() > 1).then(|| squares / (count - 1.0));
    let result = match name {
        "mean" => Some(mean),
        "sampleVariance" => sample,
        "sampleSD" => sample.map(f64::sqrt),
        "popVariance" => Some(squares / count),
        "popSD" => Some((squares / count).sqrt()),
        _ => None,
    };
    result.map_or(Value::Null, Value::float)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn floats(numbers: &[f64]) -> Vec<Value> {
        numbers.iter().map(|number| Value::float(*number)).collect()
    }

    fn wholes(numbers: &[i64]) -> Vec<Value> {
        numbers
            .iter()
            .map(|number| Value::integer(*number))
            .collect()
    }

    #[test]
    fn arithmetic_keeps_the_type() {
        for (name, values, expected) in [
            ("sum", wholes(&[1, 2, 3]), Value::integer(6)),
            ("sum", floats(&[0.5, 0.25]), Value::float(0.75)),
            ("subtract", wholes(&[1, 3]), Value::integer(-2)),
            ("product", wholes(&[2, 3, 7]), Value::integer(42)),
            ("divide", wholes(&[1, 0]), Value::Null),
            ("integer-divide", wholes(&[-7, 2]), Value::integer(-4)),
            ("integer-modulus", wholes(&[-7, 2]), Value::integer(1)),
            ("integer-divide", wholes(&[i64::MIN, -1]), Value::Null),
            ("round", floats(&[-6.5]), Value::integer(-6)),
            ("round", floats(&[6.5]), Value::integer(7)),
            ("truncate", floats(&[-6.9]), Value::integer(-6)),
            ("gcd", wholes(&[36, 12, 18]), Value::integer(6)),
            ("lcm", wholes(&[4, 6, 0]), Value::integer(0)),
            ("lcm", wholes(&[4, 6]), Value::integer(12)),
            ("max", wholes(&[1, 9, 4]), Value::integer(9)),
            ("power", floats(&[-1.0, 0.5]), Value::Null),
            ("sum", vec![Value::integer(1), Value::Null], Value::Null),
        ] {
            assert_eq!(plain(name, &values), Some(expected), "{name}");
        }
    }

    #[test]
    fn three_values_of_truth() {
        let (yes, no, open) = (Value::truth(true), Value::truth(false), Value::Null);
        let all = |name, values: &[&Value]| {
            plain(
                name,
                &values.iter().map(|v| (*v).clone()).collect::<Vec<_>>(),
            )
            .unwrap()
        };
        assert_eq!(all("and", &[&yes, &open]), open);
        assert_eq!(all("and", &[&no, &open]), no);
        assert_eq!(all("or", &[&yes, &open]), yes);
        assert_eq!(all("or", &[&no, &open]), open);
        assert_eq!(all("not", &[&open]), open);
        let some = [yes.clone(), no.clone(), open.clone()];
        assert_eq!(any_n(&some, Some(1.0), Some(2.0)), yes);
        assert_eq!(any_n(&some, Some(2.0), Some(2.0)), open);
        assert_eq!(any_n(&some, Some(3.0), Some(3.0)), no);
    }

    #[test]
    fn nearness_is_what_the_author_says() {
        let near = |a: f64, b: f64, mode, tolerance: &[f64], bounds| {
            equal(&Value::float(a), &Value::float(b), mode, tolerance, bounds)
        };
        let (yes, no) = (Value::truth(true), Value::truth(false));
        assert_eq!(
            near(10.0, 11.0, Tolerance::Absolute, &[1.0], (true, true)),
            yes
        );
        assert_eq!(
            near(10.0, 11.0, Tolerance::Absolute, &[1.0], (true, false)),
            no
        );
        assert_eq!(
            near(10.0, 8.9, Tolerance::Absolute, &[1.0, 5.0], (true, true)),
            no
        );
        assert_eq!(
            near(-200.0, -202.0, Tolerance::Relative, &[1.0], (true, true)),
            yes
        );
        assert_eq!(
            near(0.3, 0.1 + 0.2, Tolerance::Exact, &[], (true, true)),
            yes
        );
        assert_eq!(
            near(1.0, 1.0, Tolerance::Absolute, &[], (true, true)),
            Value::Null
        );
        let same = |a: f64, b: f64, mode, figures: f64| {
            equal_rounded(&Value::float(a), &Value::float(b), mode, Some(figures))
        };
        assert_eq!(same(1.56, 1.6, Rounding::SignificantFigures, 2.0), yes);
        assert_eq!(same(3.175, 3.183, Rounding::SignificantFigures, 3.0), yes);
        assert_eq!(same(3.175, 3.183, Rounding::SignificantFigures, 4.0), no);
        assert_eq!(same(1.68572, 1.69, Rounding::DecimalPlaces, 2.0), yes);
        assert_eq!(
            round_to(&Value::float(1.005), Rounding::DecimalPlaces, Some(2.0)),
            Value::float(1.01)
        );
        assert_eq!(
            round_to(
                &Value::float(-0.00125),
                Rounding::SignificantFigures,
                Some(2.0)
            ),
            Value::float(-0.0013)
        );
        let large = round_to(
            &Value::float(1.24e300),
            Rounding::SignificantFigures,
            Some(2.0),
        );
        assert!(large.same(&Value::float(1.2e300)), "{large:?}");
    }

    #[test]
    fn statistics_and_functions() {
        let numbers = Value::Multiple((2..=5).map(Atom::Integer).collect());
        assert_eq!(stats("mean", &numbers), Value::float(3.5));
        assert_eq!(stats("popVariance", &numbers), Value::float(1.25));
        assert_eq!(stats("sampleSD", &Value::integer(1)), Value::Null);
        assert_eq!(math("ln", &floats(&[-1.0])), Value::Null);
        assert_eq!(math("floor", &floats(&[-1.5])), Value::integer(-2));
        assert_eq!(math("atan2", &floats(&[1.0])), Value::Null);
        assert_eq!(math("log", &floats(&[1000.0])), Value::float(3.0));
    }
}
