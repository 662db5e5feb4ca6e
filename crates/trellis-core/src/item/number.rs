//! Exact rational numbers as templates use them, with limits so that no text can exhaust memory.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use core::cmp::Ordering;
use core::fmt;
use core::ops::{Add, Mul, Neg, Sub};

use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use trellis_math::{BigInt, Rational};

/// The most bits that a numerator or denominator may have.
const MOST_BITS: u64 = 512;

/// An exact rational number. Stored and shown as "12", "-2/3".
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Value);

/// In lowest terms, and each number in one form only: what fits the small form has it. Nearly every number of a school
/// does, and is computed with as the machine does.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Value {
    /// The bottom is at least 1.
    Small { top: i64, bottom: i64 },
    /// A top or a bottom that does not fit.
    Big(Box<Rational>),
}

use Value::{Big, Small};

/// The fraction of two numbers, the lower not 0.
fn reduced(top: i128, bottom: i128) -> Number {
    let (over, under) = (top.unsigned_abs(), bottom.unsigned_abs());
    // Two machine words are much faster than four, and nearly always enough.
    let shared = match (u64::try_from(over), u64::try_from(under)) {
        (Ok(over), Ok(under)) => u128::from(over.gcd(&under)),
        _ => over.gcd(&under),
    };
    let (over, under) = (over / shared, under / shared);
    let negative = (top < 0) != (bottom < 0);
    match (i64::try_from(over), i64::try_from(under)) {
        (Ok(over), Ok(bottom)) => Number(Small {
            top: if negative { -over } else { over },
            bottom,
        }),
        _ => {
            let over = BigInt::from(over);
            let top = if negative { -over } else { over };
            Number::from(Rational::new(top, BigInt::from(under)))
        }
    }
}

impl Number {
    /// A whole number.
    #[must_use]
    pub fn whole(value: i64) -> Self {
        Self(Small {
            top: value,
            bottom: 1,
        })
    }

    /// A fraction; `None` when `bottom` is 0.
    #[must_use]
    pub fn ratio(top: i64, bottom: i64) -> Option<Self> {
        (bottom != 0).then(|| reduced(top.into(), bottom.into()))
    }

    /// Reads "12", "-3.5", "2/3"; nothing else.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > 150 {
            return None;
        }
        if let Some((top, bottom)) = text.split_once('/') {
            let top: BigInt = top.parse().ok()?;
            let bottom: BigInt = bottom.parse().ok()?;
            return (!bottom.is_zero()).then(|| Self::from(Rational::new(top, bottom)));
        }
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all = format!("{whole}{part}");
        if all.is_empty() || !all.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let top: BigInt = all.parse().ok()?;
        let places = u32::try_from(part.len()).ok()?;
        let bottom = BigInt::from(10).pow(places);
        Some(Self::from(Rational::new(top * sign, bottom)))
    }

    /// The rational number of the mathematics crate.
    #[must_use]
    pub fn rational(&self) -> Rational {
        match &self.0 {
            Small { top, bottom } => Rational::new_raw(BigInt::from(*top), BigInt::from(*bottom)),
            Big(big) => (**big).clone(),
        }
    }

    /// The nearest floating-point number, for drawing pictures.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.rational().to_f64().unwrap_or(f64::NAN)
    }

    /// The value when it is whole and fits.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        match self.0 {
            Small { top, bottom: 1 } => Some(top),
            _ => None,
        }
    }

    /// True for a whole number.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        match &self.0 {
            Small { bottom, .. } => *bottom == 1,
            Big(big) => big.is_integer(),
        }
    }

    /// True below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Small { top, .. } => *top < 0,
            Big(big) => big.is_negative(),
        }
    }

    /// True for zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.to_i64() == Some(0)
    }

    /// True for one.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.to_i64() == Some(1)
    }

    /// The size without the sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() {
            -self
        } else {
            self.clone()
        }
    }

    /// The largest whole number that is not greater.
    #[must_use]
    pub fn floor(&self) -> Self {
        match &self.0 {
            Small { top, bottom } => Self::whole(top.div_euclid(*bottom)),
            Big(big) => Self::from(big.floor()),
        }
    }

    /// The smallest whole number that is not smaller.
    #[must_use]
    pub fn ceil(&self) -> Self {
        -&(-self).floor()
    }

    /// The numerator in lowest terms; it carries the sign.
    #[must_use]
    pub fn num(&self) -> Self {
        match &self.0 {
            Small { top, .. } => Self::whole(*top),
            Big(big) => Self::from(Rational::from_integer(big.numer().clone())),
        }
    }

    /// The denominator in lowest terms; at least 1.
    #[must_use]
    pub fn den(&self) -> Self {
        match &self.0 {
            Small { bottom, .. } => Self::whole(*bottom),
            Big(big) => Self::from(Rational::from_integer(big.denom().clone())),
        }
    }

    /// What two numbers give: as the machine computes, or where that does not fit, exactly and slowly.
    fn with(
        &self,
        other: &Self,
        small: impl FnOnce([i128; 2], [i128; 2]) -> Option<Self>,
        big: impl FnOnce(Rational, Rational) -> Rational,
    ) -> Self {
        let quick = match (&self.0, &other.0) {
            (Small { top: a, bottom: b }, Small { top: c, bottom: d }) => {
                small([(*a).into(), (*b).into()], [(*c).into(), (*d).into()])
            }
            _ => None,
        };
        quick.unwrap_or_else(|| Self::from(big(self.rational(), other.rational())))
    }

    /// Divides; `None` by zero.
    #[must_use]
    pub fn divided_by(&self, other: &Self) -> Option<Self> {
        (!other.is_zero()).then(|| {
            self.with(
                other,
                |[a, b], [c, d]| Some(reduced(a * d, b * c)),
                |left, right| left / right,
            )
        })
    }

    /// Raises to a whole power of at most 64 either way; `None` otherwise, or when the result is
    /// too large or a division by zero.
    #[must_use]
    pub fn power(&self, exponent: &Self) -> Option<Self> {
        let exponent = i32::try_from(exponent.to_i64()?).ok()?;
        if exponent.abs() > 64 || (exponent < 0 && self.is_zero()) {
            return None;
        }
        let base = self.rational();
        let bits = base.numer().bits().max(base.denom().bits());
        if bits.saturating_mul(u64::from(exponent.unsigned_abs())) > 2 * MOST_BITS {
            return None;
        }
        Some(Self::from(base.pow(exponent)))
    }

    /// The largest number that divides both, for whole numbers.
    #[must_use]
    pub fn gcd(&self, other: &Self) -> Option<Self> {
        self.of_both_whole(other, |a, b| a.gcd(&b), |a, b| a.gcd(b))
    }

    /// The smallest positive number that both divide, for whole numbers.
    #[must_use]
    pub fn lcm(&self, other: &Self) -> Option<Self> {
        self.of_both_whole(other, |a, b| a.lcm(&b), |a, b| a.lcm(b))
    }

    fn of_both_whole(
        &self,
        other: &Self,
        small: impl FnOnce(i128, i128) -> i128,
        big: impl FnOnce(&BigInt, &BigInt) -> BigInt,
    ) -> Option<Self> {
        (self.is_whole() && other.is_whole()).then(|| {
            self.with(
                other,
                |[a, _], [b, _]| Some(reduced(small(a, b), 1)),
                |left, right| Rational::from_integer(big(left.numer(), right.numer())),
            )
        })
    }

    /// What is left after taking away whole multiples of `by`: from 0 up to `by`.
    #[must_use]
    pub fn modulo(&self, by: &Self) -> Option<Self> {
        let times = self.divided_by(by)?.floor();
        Some(self - &(&times * by))
    }

    /// Rounds to decimal places, halves away from zero as schools do; at most 18 places.
    #[must_use]
    pub fn round_to(&self, places: &Self) -> Option<Self> {
        let places = places.to_i64().filter(|p| (-18..=18).contains(p))?;
        let scale = Self::whole(10).power(&Self::whole(places))?;
        let half = Self::ratio(1, 2)?;
        let scaled = (&(&self.abs() * &scale) + &half).floor();
        let rounded = scaled.divided_by(&scale)?;
        Some(if self.is_negative() {
            -&rounded
        } else {
            rounded
        })
    }

    /// True while the number is small enough to go on computing with.
    #[must_use]
    pub fn is_small_enough(&self) -> bool {
        match &self.0 {
            Small { .. } => true,
            Big(big) => big.numer().bits() <= MOST_BITS && big.denom().bits() <= MOST_BITS,
        }
    }

    /// The decimal, when it ends within 18 places: "0.75", "-3".
    #[must_use]
    pub fn decimal(&self) -> Option<String> {
        if self.is_whole() {
            return Some(self.to_string());
        }
        let mut bottom = self.rational().denom().clone();
        let mut counts = [0_u32; 2];
        for (count, prime) in counts.iter_mut().zip([2, 5]) {
            let prime = BigInt::from(prime);
            while bottom.is_multiple_of(&prime) {
                bottom /= &prime;
                *count += 1;
            }
        }
        let places = counts[0].max(counts[1]);
        (bottom.is_one() && places <= 18).then(|| self.with_places(places))
    }

    /// The number with two decimals, as money is written; `None` when it has more.
    #[must_use]
    pub fn money(&self) -> Option<String> {
        let cents = self * &Self::whole(100);
        cents.is_whole().then(|| self.with_places(2))
    }

    fn with_places(&self, places: u32) -> String {
        let scaled = (self.rational().abs() * BigInt::from(10).pow(places))
            .to_integer()
            .to_string();
        let sign = if self.is_negative() { "-" } else { "" };
        let places = places as usize;
        if places == 0 {
            return format!("{sign}{scaled}");
        }
        let padded = format!("{scaled:0>width$}", width = places + 1);
        let (whole, part) = padded.split_at(padded.len() - places);
        format!("{sign}{whole}.{part}")
    }

    /// How many digits the decimal has, without sign and point; for numbers that do not end, `None`.
    #[must_use]
    pub fn digit_count(&self) -> Option<Self> {
        let text = self.decimal()?;
        let count = text.bytes().filter(u8::is_ascii_digit).count();
        i64::try_from(count).ok().map(Self::whole)
    }

    /// How many positive whole numbers divide this one, for whole numbers from 1 to a million.
    #[must_use]
    pub fn factor_count(&self) -> Option<Self> {
        let value = self.to_i64().filter(|v| (1..=1_000_000).contains(v))?;
        let mut count = 0;
        let mut factor = 1;
        while factor * factor <= value {
            if value % factor == 0 {
                count += if factor * factor == value { 1 } else { 2 };
            }
            factor += 1;
        }
        Some(Self::whole(count))
    }
}

impl From<Rational> for Number {
    fn from(value: Rational) -> Self {
        Self(match (value.numer().to_i64(), value.denom().to_i64()) {
            (Some(top), Some(bottom)) => Small { top, bottom },
            _ => Big(Box::new(value)),
        })
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Small { top: a, bottom: b }, Small { top: c, bottom: d }) => {
                (i128::from(*a) * i128::from(*d)).cmp(&(i128::from(*c) * i128::from(*b)))
            }
            _ => self.rational().cmp(&other.rational()),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'a> Add<&'a Number> for &Number {
    type Output = Number;
    fn add(self, other: &'a Number) -> Number {
        self.with(
            other,
            |[a, b], [c, d]| Some(reduced((a * d).checked_add(c * b)?, b * d)),
            |left, right| left + right,
        )
    }
}

impl<'a> Sub<&'a Number> for &Number {
    type Output = Number;
    fn sub(self, other: &'a Number) -> Number {
        self.with(
            other,
            |[a, b], [c, d]| Some(reduced((a * d).checked_sub(c * b)?, b * d)),
            |left, right| left - right,
        )
    }
}

impl<'a> Mul<&'a Number> for &Number {
    type Output = Number;
    fn mul(self, other: &'a Number) -> Number {
        self.with(
            other,
            |[a, b], [c, d]| Some(reduced(a * c, b * d)),
            |left, right| left * right,
        )
    }
}

impl Neg for &Number {
    type Output = Number;
    fn neg(self) -> Number {
        match &self.0 {
            Small { top, bottom } => reduced(-i128::from(*top), (*bottom).into()),
            Big(big) => Number::from(-(**big).clone()),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Small { top, bottom: 1 } => write!(f, "{top}"),
            Small { top, bottom } => write!(f, "{top}/{bottom}"),
            // A whole one shows no bottom.
            Big(big) => write!(f, "{big}"),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::read(&text).ok_or_else(|| serde::de::Error::custom("not a number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        Number::read(text).unwrap()
    }

    #[test]
    fn numbers_read_and_write() {
        for (given, shown, decimal) in [
            ("4/6", "2/3", None),
            ("-0.50", "-1/2", Some("-0.5")),
            ("12", "12", Some("12")),
            ("1/8", "1/8", Some("0.125")),
            ("0.05", "1/20", Some("0.05")),
        ] {
            assert_eq!(n(given).to_string(), shown);
            assert_eq!(n(given).decimal().as_deref(), decimal);
        }
        for bad in ["", "-", "1/0", "a", "1.2.3", "1e5", "--2", "."] {
            assert_eq!(Number::read(bad), None, "{bad}");
        }
    }

    #[test]
    fn school_rounding_goes_away_from_zero() {
        for (given, places, rounded) in [
            ("2.45", 1, "5/2"),
            ("-2.5", 0, "-3"),
            ("1234", -2, "1200"),
            ("0.449", 1, "2/5"),
        ] {
            assert_eq!(
                n(given).round_to(&Number::whole(places)),
                Some(n(rounded)),
                "{given}"
            );
        }
    }

    proptest::proptest! {
        /// The quick way and the exact way are one: at the edges of what the machine can hold, and across them.
        #[test]
        fn the_small_form_computes_as_the_exact_one(
            a in edge(), b in edge(), c in edge(), d in edge(),
        ) {
            let exact = |top: i64, bottom: i64| Rational::new(top.into(), bottom.into());
            let (Some(left), Some(right)) = (Number::ratio(a, b), Number::ratio(c, d)) else {
                return Ok(());
            };
            let (one, two) = (exact(a, b), exact(c, d));
            let same = |number: Number, rational: Rational| {
                assert_eq!(number.rational(), rational);
                assert_eq!(number, Number::from(rational.clone()), "one form only");
                assert_eq!(number.to_string(), rational.to_string());
                assert_eq!(number.is_whole(), rational.is_integer());
            };
            assert_eq!(left.cmp(&right), one.cmp(&two));
            same(&left + &right, &one + &two);
            same(&left - &right, &one - &two);
            same(&left * &right, &one * &two);
            same(-&left, -one.clone());
            same(left.abs(), one.abs());
            same(left.floor(), one.floor());
            same(left.ceil(), one.ceil());
            same(left.num(), Rational::from_integer(one.numer().clone()));
            same(left.den(), Rational::from_integer(one.denom().clone()));
            if !right.is_zero() {
                same(left.divided_by(&right).unwrap(), &one / &two);
            }
            let (p, q) = (Number::whole(a), Number::whole(c));
            let whole = Rational::from_integer;
            same(p.gcd(&q).unwrap(), whole(BigInt::from(a).gcd(&BigInt::from(c))));
            same(p.lcm(&q).unwrap(), whole(BigInt::from(a).lcm(&BigInt::from(c))));
        }
    }

    /// Small numbers as in school, and those at the end of a machine word.
    fn edge() -> impl proptest::strategy::Strategy<Value = i64> {
        use proptest::prelude::*;
        prop_oneof![
            -30_i64..30,
            i64::MIN..=i64::MAX,
            Just(i64::MIN),
            Just(i64::MIN + 1),
            Just(i64::MAX),
            Just(1_i64 << 32),
        ]
    }

    #[test]
    fn money_has_two_decimals() {
        assert_eq!(n("3.5").money().as_deref(), Some("3.50"));
        assert_eq!(n("-1/20").money().as_deref(), Some("-0.05"));
        assert_eq!(n("1/3").money(), None);
    }

    #[test]
    fn powers_are_bounded() {
        assert_eq!(n("2").power(&n("-2")), Some(n("1/4")));
        assert_eq!(n("0").power(&n("-1")), None);
        assert_eq!(n("999999999").power(&n("64")), None);
        assert_eq!(n("2").power(&n("1/2")), None);
        assert_eq!(n("-7").modulo(&n("3")), Some(n("2")));
        assert_eq!(n("12").factor_count(), Some(n("6")));
    }
}
