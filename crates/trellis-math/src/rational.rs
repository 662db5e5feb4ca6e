//! Exact rational numbers as people write them: decimals, fractions, mixed numbers.

use crate::{BigInt, Rational};
use alloc::format;
use alloc::string::{String, ToString};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Most digits that a decimal or an exponent may make; beyond it reading is refused.
const DIGITS_LIMIT: usize = 10_000;

/// The bits of the longer part of a fraction.
pub(crate) fn bits(value: &Rational) -> u64 {
    value.numer().bits().max(value.denom().bits())
}

/// The product; whole numbers are not brought to lowest terms, which would cost far more than multiplying them.
pub(crate) fn product(a: &Rational, b: &Rational) -> Rational {
    if a.is_integer() && b.is_integer() {
        Rational::from_integer(a.numer() * b.numer())
    } else {
        a * b
    }
}

/// The sum; see [`product`].
pub(crate) fn sum(a: &Rational, b: &Rational) -> Rational {
    if a.is_integer() && b.is_integer() {
        Rational::from_integer(a.numer() + b.numer())
    } else {
        a + b
    }
}

/// Reads `-12`, `2.50`, `.5`, `1.5e3` as an exact value; `None` for anything else.
///
/// The mark is a point, there are no group separators, and the exponent is at most 9,999 in size.
#[must_use]
pub fn parse_decimal(text: &str) -> Option<Rational> {
    // Most numbers in answers are small and whole.
    if (1..=18).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) {
        return text
            .parse::<u64>()
            .ok()
            .map(|n| Rational::from_integer(n.into()));
    }
    let (negative, body) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match body.split_once(['e', 'E']) {
        Some((m, e)) => (m, e.parse::<i32>().ok()?),
        None => (body, 0),
    };
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{part}");
    let limit = DIGITS_LIMIT;
    if digits.is_empty() || digits.len() > limit || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let places = i32::try_from(part.len()).ok()?;
    let shift = exponent.checked_sub(places)?;
    if usize::try_from(shift.unsigned_abs()).ok()? > 2 * limit || exponent.unsigned_abs() > 9_999 {
        return None;
    }
    let mut value = Rational::from_integer(digits.parse::<BigInt>().ok()?);
    let scale = BigInt::from(10).pow(shift.unsigned_abs());
    if shift < 0 {
        value /= scale;
    } else {
        value *= scale;
    }
    Some(if negative { -value } else { value })
}

/// `8/3`, `-2`: the value in lowest terms, as a learner would type it.
#[must_use]
pub fn to_plain(value: &Rational) -> String {
    value.to_string()
}

/// `2 2/3`, `-1 1/2`, `2/3`, `4`: whole part and proper fraction.
#[must_use]
pub fn to_mixed(value: &Rational) -> String {
    let (whole, rest) = value.numer().abs().div_rem(value.denom());
    if whole.is_zero() || rest.is_zero() {
        return to_plain(value);
    }
    let sign = if value.is_negative() { "-" } else { "" };
    format!("{sign}{whole} {rest}/{}", value.denom())
}

/// `2.75`: the decimal, or `None` when it does not end (or would take more than 10,000 places).
#[must_use]
pub fn to_decimal(value: &Rational) -> Option<String> {
    let mut denominator = value.denom().clone();
    let (two, five) = (BigInt::from(2), BigInt::from(5));
    let mut twos = 0_u32;
    let mut fives = 0_u32;
    while denominator.is_multiple_of(&two) {
        denominator /= &two;
        twos += 1;
    }
    while denominator.is_multiple_of(&five) {
        denominator /= &five;
        fives += 1;
    }
    let places = twos.max(fives);
    if !denominator.is_one() || places > 10_000 {
        return None;
    }
    Some(fixed(value, places))
}

/// The decimal with this many places, halves rounded away from zero.
#[must_use]
pub fn to_fixed(value: &Rational, places: u32) -> String {
    let scaled = value * BigInt::from(10).pow(places);
    fixed(&(scaled.round() / BigInt::from(10).pow(places)), places)
}

fn fixed(value: &Rational, places: u32) -> String {
    let scaled = (value * BigInt::from(10).pow(places)).to_integer();
    let sign = if scaled.is_negative() { "-" } else { "" };
    let digits = scaled.abs().to_string();
    let places = places as usize;
    if places == 0 {
        return format!("{sign}{digits}");
    }
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (whole, part) = padded.split_at(padded.len() - places);
    format!("{sign}{whole}.{part}")
}

/// `\frac{8}{3}`, `-\frac{1}{2}`, `4`.
#[must_use]
pub fn to_latex(value: &Rational) -> String {
    if value.is_integer() {
        return value.numer().to_string();
    }
    let sign = if value.is_negative() { "-" } else { "" };
    format!(
        "{sign}\\frac{{{}}}{{{}}}",
        value.numer().abs(),
        value.denom()
    )
}

/// The nearest float, or an infinity for what is too large.
#[must_use]
pub fn to_f64(value: &Rational) -> f64 {
    value.to_f64().unwrap_or(f64::NAN)
}
