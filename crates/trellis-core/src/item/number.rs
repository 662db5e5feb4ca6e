//! Exact rational numbers as templates use them, with limits so that no text can exhaust memory.

use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;
use core::ops::{Add, Mul, Neg, Sub};

use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use trellis_math::{BigInt, Rational};

/// The most bits that a numerator or denominator may have.
const MOST_BITS: u64 = 512;

/// An exact rational number. Stored and shown as "12", "-2/3".
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(Rational);

impl Number {
    /// A whole number.
    #[must_use]
    pub fn whole(value: i64) -> Self {
        Self(Rational::from_integer(BigInt::from(value)))
    }

    /// A fraction; `None` when `bottom` is 0.
    #[must_use]
    pub fn ratio(top: i64, bottom: i64) -> Option<Self> {
        (bottom != 0).then(|| Self(Rational::new(BigInt::from(top), BigInt::from(bottom))))
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
            return (!bottom.is_zero()).then(|| Self(Rational::new(top, bottom)));
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
        Some(Self(Rational::new(top * sign, bottom)))
    }

    /// The rational number of the mathematics crate.
    #[must_use]
    pub fn rational(&self) -> &Rational {
        &self.0
    }

    /// The nearest floating-point number, for drawing pictures.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// The value when it is whole and fits.
    #[must_use]
    pub fn to_i64(&self) -> Option<i64> {
        self.is_whole().then(|| self.0.numer().to_i64()).flatten()
    }

    /// True for a whole number.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.0.is_integer()
    }

    /// True below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// True for zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// True for one.
    #[must_use]
    pub fn is_one(&self) -> bool {
        self.0.is_one()
    }

    /// The size without the sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        Self(self.0.abs())
    }

    /// The largest whole number that is not greater.
    #[must_use]
    pub fn floor(&self) -> Self {
        Self(self.0.floor())
    }

    /// The smallest whole number that is not smaller.
    #[must_use]
    pub fn ceil(&self) -> Self {
        Self(self.0.ceil())
    }

    /// The numerator in lowest terms; it carries the sign.
    #[must_use]
    pub fn num(&self) -> Self {
        Self(Rational::from_integer(self.0.numer().clone()))
    }

    /// The denominator in lowest terms; at least 1.
    #[must_use]
    pub fn den(&self) -> Self {
        Self(Rational::from_integer(self.0.denom().clone()))
    }

    /// Divides; `None` by zero.
    #[must_use]
    pub fn divided_by(&self, other: &Self) -> Option<Self> {
        (!other.is_zero()).then(|| Self(&self.0 / &other.0))
    }

    /// Raises to a whole power of at most 64 either way; `None` otherwise, or when the result is
    /// too large or a division by zero.
    #[must_use]
    pub fn power(&self, exponent: &Self) -> Option<Self> {
        let exponent = i32::try_from(exponent.to_i64()?).ok()?;
        if exponent.abs() > 64 || (exponent < 0 && self.is_zero()) {
            return None;
        }
        let bits = self.0.numer().bits().max(self.0.denom().bits());
        if bits.saturating_mul(u64::from(exponent.unsigned_abs())) > 2 * MOST_BITS {
            return None;
        }
        Some(Self(self.0.pow(exponent)))
    }

    /// The largest number that divides both, for whole numbers.
    #[must_use]
    pub fn gcd(&self, other: &Self) -> Option<Self> {
        (self.is_whole() && other.is_whole())
            .then(|| Self(Rational::from_integer(self.0.numer().gcd(other.0.numer()))))
    }

    /// The smallest positive number that both divide, for whole numbers.
    #[must_use]
    pub fn lcm(&self, other: &Self) -> Option<Self> {
        (self.is_whole() && other.is_whole())
            .then(|| Self(Rational::from_integer(self.0.numer().lcm(other.0.numer()))))
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
        let half = Rational::new(BigInt::one(), BigInt::from(2));
        let scaled = (self.abs().0 * &scale.0 + half).floor();
        let rounded = Self(scaled / scale.0);
        Some(if self.is_negative() {
            -&rounded
        } else {
            rounded
        })
    }

    /// True while the number is small enough to go on computing with.
    #[must_use]
    pub fn is_small_enough(&self) -> bool {
        self.0.numer().bits() <= MOST_BITS && self.0.denom().bits() <= MOST_BITS
    }

    /// The decimal, when it ends within 18 places: "0.75", "-3".
    #[must_use]
    pub fn decimal(&self) -> Option<String> {
        let mut bottom = self.0.denom().clone();
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
        let cents = &self.0 * BigInt::from(100);
        cents.is_integer().then(|| self.with_places(2))
    }

    fn with_places(&self, places: u32) -> String {
        let scaled = (self.0.abs() * BigInt::from(10).pow(places))
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
        Self(value)
    }
}

impl<'a> Add<&'a Number> for &Number {
    type Output = Number;
    fn add(self, other: &'a Number) -> Number {
        Number(&self.0 + &other.0)
    }
}

impl<'a> Sub<&'a Number> for &Number {
    type Output = Number;
    fn sub(self, other: &'a Number) -> Number {
        Number(&self.0 - &other.0)
    }
}

impl<'a> Mul<&'a Number> for &Number {
    type Output = Number;
    fn mul(self, other: &'a Number) -> Number {
        Number(&self.0 * &other.0)
    }
}

impl Neg for &Number {
    type Output = Number;
    fn neg(self) -> Number {
        Number(-self.0.clone())
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_whole() {
            write!(f, "{}", self.0.numer())
        } else {
            write!(f, "{}/{}", self.0.numer(), self.0.denom())
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
