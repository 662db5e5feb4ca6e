//! Polynomials over the rational numbers in numbered generators, with rational exponents for roots of primes.

use super::{Budget, Stop};
use crate::{Rational, rational};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use num_rational::Ratio;
use num_traits::{CheckedAdd, One, Signed, Zero};

/// An exponent; whole for all generators but roots of primes and exponentials.
pub(crate) type Exponent = Ratio<i32>;

/// Largest size of numerator and denominator of an exponent.
const EXPONENT_LIMIT: i32 = 100_000;
/// Most terms of one polynomial.
const TERMS_LIMIT: usize = 4_000;

/// A product of powers of generators, sorted by generator, none with exponent zero.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Monomial(pub(crate) Vec<(u16, Exponent)>);

impl Monomial {
    pub(crate) fn single(generator: u16, exponent: Exponent) -> Self {
        if exponent.is_zero() {
            Self::default()
        } else {
            Self(alloc::vec![(generator, exponent)])
        }
    }

    pub(crate) fn times(&self, other: &Self) -> Result<Self, Stop> {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut out = Vec::with_capacity(self.0.len() + other.0.len());
        loop {
            let next = match (a.peek(), b.peek()) {
                (Some(x), Some(y)) if x.0 == y.0 => {
                    let sum = x.1.checked_add(&y.1).ok_or(Stop::Budget)?;
                    if sum.numer().abs() > EXPONENT_LIMIT || *sum.denom() > EXPONENT_LIMIT {
                        return Err(Stop::Budget);
                    }
                    let generator = x.0;
                    a.next();
                    b.next();
                    (generator, sum)
                }
                (Some(x), Some(y)) if x.0 < y.0 => {
                    let taken = **x;
                    a.next();
                    taken
                }
                (Some(x), None) => {
                    let taken = **x;
                    a.next();
                    taken
                }
                (_, Some(y)) => {
                    let taken = **y;
                    b.next();
                    taken
                }
                (None, None) => return Ok(Self(out)),
            };
            if !next.1.is_zero() {
                out.push(next);
            }
        }
    }
}

/// A sum of monomials with coefficients, none zero.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Poly {
    pub(crate) terms: BTreeMap<Monomial, Rational>,
}

impl Poly {
    pub(crate) fn constant(value: Rational) -> Self {
        Self::term(Monomial::default(), value)
    }

    pub(crate) fn one() -> Self {
        Self::constant(Rational::one())
    }

    pub(crate) fn term(monomial: Monomial, value: Rational) -> Self {
        let mut terms = BTreeMap::new();
        if !value.is_zero() {
            terms.insert(monomial, value);
        }
        Self { terms }
    }

    pub(crate) fn generator(generator: u16) -> Self {
        Self::term(
            Monomial::single(generator, Exponent::one()),
            Rational::one(),
        )
    }

    pub(crate) fn is_one(&self) -> bool {
        self.terms.len() == 1
            && self
                .terms
                .get(&Monomial::default())
                .is_some_and(One::is_one)
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.terms.is_empty()
    }

    pub(crate) fn as_constant(&self) -> Option<Rational> {
        match self.terms.len() {
            0 => Some(Rational::zero()),
            1 => self.terms.get(&Monomial::default()).cloned(),
            _ => None,
        }
    }

    pub(crate) fn insert(&mut self, monomial: Monomial, value: Rational) {
        use alloc::collections::btree_map::Entry;
        if value.is_zero() {
            return;
        }
        match self.terms.entry(monomial) {
            Entry::Vacant(slot) => {
                slot.insert(value);
            }
            Entry::Occupied(mut slot) => {
                let sum = rational::sum(slot.get(), &value);
                *slot.get_mut() = sum;
                if slot.get().is_zero() {
                    slot.remove();
                }
            }
        }
    }

    pub(crate) fn plus(mut self, other: Self) -> Self {
        for (monomial, value) in other.terms {
            self.insert(monomial, value);
        }
        self
    }

    pub(crate) fn negated(mut self) -> Self {
        for value in self.terms.values_mut() {
            *value = -core::mem::take(value);
        }
        self
    }

    pub(crate) fn scaled(mut self, factor: &Rational) -> Self {
        if factor.is_zero() {
            return Self::default();
        }
        if !factor.is_one() {
            for value in self.terms.values_mut() {
                *value = rational::product(value, factor);
            }
        }
        self
    }

    /// The product before any relations between generators are applied.
    pub(crate) fn times(&self, other: &Self, budget: &mut Budget) -> Result<Self, Stop> {
        budget.spend(self.work(other))?;
        let mut out = Self::default();
        for (m, a) in &self.terms {
            for (n, b) in &other.terms {
                out.insert(m.times(n)?, rational::product(a, b));
            }
            if out.terms.len() > TERMS_LIMIT {
                return Err(Stop::Budget);
            }
        }
        Ok(out)
    }

    /// The steps that multiplying takes: lowest terms cost the square of the words of a fraction.
    pub(crate) fn work(&self, other: &Self) -> u64 {
        let pairs = self.terms.len().saturating_mul(other.terms.len());
        let weight = self.weight() + other.weight();
        u64::try_from(pairs)
            .unwrap_or(u64::MAX)
            .saturating_mul(weight)
            .saturating_mul(weight.div_ceil(4))
    }

    /// The size of the largest coefficient in machine words, at least 1.
    fn weight(&self) -> u64 {
        let bits = self.terms.values().map(rational::bits).max();
        bits.unwrap_or(0) / 64 + 1
    }

    /// The positive rational number that leaves coprime whole coefficients; 1 for zero.
    pub(crate) fn content(&self) -> Rational {
        use num_integer::Integer;
        let mut values = self.terms.values();
        let Some(first) = values.next() else {
            return Rational::one();
        };
        let (mut top, mut bottom) = (first.numer().abs(), first.denom().clone());
        for value in values {
            top = top.gcd(value.numer());
            bottom = bottom.lcm(value.denom());
        }
        Rational::new(top, bottom)
    }

    /// The coefficient of the last monomial in order; its sign is the polynomial's sign by convention.
    pub(crate) fn leading_is_negative(&self) -> bool {
        self.terms
            .values()
            .next_back()
            .is_some_and(Signed::is_negative)
    }
}
