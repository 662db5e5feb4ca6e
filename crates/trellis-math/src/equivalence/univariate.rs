//! Polynomials in one variable over the rational numbers: division, Sturm chains, and real roots by isolation.

use super::poly::Poly;
use super::{Budget, Stop};
use crate::{BigInt, Rational, rational};
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Largest degree that is taken on.
const DEGREE_LIMIT: usize = 48;

/// Coefficients from the constant upwards, the last never zero; empty for zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dense(pub(super) Vec<Rational>);

/// A real root: between two rational numbers that are no roots, or exactly at one.
#[derive(Debug, Clone)]
pub(super) struct Root {
    pub(super) low: Rational,
    pub(super) high: Rational,
}

impl Dense {
    /// The polynomial in this generator; other generators are not allowed.
    pub(super) fn from_poly(poly: &Poly, generator: Option<u16>) -> Result<Self, Stop> {
        let mut out = Self(Vec::new());
        for (monomial, value) in &poly.terms {
            let degree = match monomial.0.as_slice() {
                [] => 0,
                [(g, e)] if Some(*g) == generator && e.is_integer() => {
                    e.to_integer().to_usize().ok_or(Stop::Unsupported)?
                }
                _ => return Err(Stop::Unsupported),
            };
            if degree > DEGREE_LIMIT {
                return Err(Stop::Budget);
            }
            if out.0.len() <= degree {
                out.0.resize(degree + 1, Rational::zero());
            }
            out.0[degree] += value;
        }
        Ok(out.trimmed())
    }

    fn trimmed(mut self) -> Self {
        while self.0.last().is_some_and(Zero::is_zero) {
            self.0.pop();
        }
        self
    }

    pub(super) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// The degree; 0 for constants and zero.
    pub(super) fn degree(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    /// The most words of 64 bits that a number in it has.
    fn words(&self) -> usize {
        self.0.iter().map(words).max().unwrap_or(1)
    }

    /// The sign of the value at a number.
    pub(super) fn sign_at(&self, x: &Rational, budget: &mut Budget) -> Result<Ordering, Stop> {
        if !self.0.iter().all(Rational::is_integer) {
            spend(budget, self.0.len(), self.words())?;
            return self.clone().scaled().sign_at(x, budget);
        }
        // Whole numbers only, which need no lowest terms: a step does 32 words of a product.
        let most = self.words() + self.degree() * words(x);
        let products = self
            .0
            .len()
            .saturating_mul(1 + most.saturating_mul(most) / 32);
        spend(budget, products, 1)?;
        let (mut sum, mut scale) = (BigInt::zero(), BigInt::one());
        for c in self.0.iter().rev() {
            sum = sum * x.numer() + c.numer() * &scale;
            scale *= x.denom();
        }
        Ok(sum.cmp(&BigInt::zero()))
    }

    /// Whether a number is a root.
    pub(super) fn is_zero_in(&self, x: &Rational, budget: &mut Budget) -> Result<bool, Stop> {
        Ok(self.sign_at(x, budget)? == Ordering::Equal)
    }

    fn derivative(&self) -> Self {
        let factors = (1_i64..).map(|k| Rational::from_integer(k.into()));
        Self(
            self.0
                .iter()
                .skip(1)
                .zip(factors)
                .map(|(c, k)| c * k)
                .collect(),
        )
    }

    /// The same zeros and signs with coprime whole coefficients, to keep numbers small.
    fn scaled(mut self) -> Self {
        let common = (self.0.iter()).fold(BigInt::one(), |l, c| l.lcm(c.denom()));
        let whole = self.0.iter().map(|c| c.numer() * (&common / c.denom()));
        let whole: Vec<BigInt> = whole.collect();
        let content = whole.iter().fold(BigInt::zero(), |a, b| a.gcd(b));
        for (place, c) in self.0.iter_mut().zip(whole) {
            *place = Rational::from_integer(c / &content);
        }
        self
    }

    pub(super) fn times(&self, other: &Self, budget: &mut Budget) -> Result<Self, Stop> {
        if self.is_zero() || other.is_zero() {
            return Ok(Self(Vec::new()));
        }
        if self.degree() + other.degree() > DEGREE_LIMIT {
            return Err(Stop::Budget);
        }
        let most = self.words() + other.words();
        spend(budget, self.0.len() * other.0.len(), most)?;
        let mut out = vec![Rational::zero(); self.degree() + other.degree() + 1];
        for (i, a) in self.0.iter().enumerate() {
            for (j, b) in other.0.iter().enumerate() {
                out[i + j] = rational::sum(&out[i + j], &rational::product(a, b));
            }
        }
        Ok(Self(out).trimmed())
    }

    /// Quotient and remainder; the divisor is not zero.
    fn divided(&self, by: &Self, budget: &mut Budget) -> Result<(Self, Self), Stop> {
        let Some(lead) = by.0.last() else {
            return Err(Stop::Undefined);
        };
        let mut rest = self.0.clone();
        let mut quotient = vec![Rational::zero(); (self.0.len() + 1).saturating_sub(by.0.len())];
        while rest.len() >= by.0.len() {
            let shift = rest.len() - by.0.len();
            let factor = rest.last().map_or_else(Rational::zero, |l| l / lead);
            let most = words(&factor) + by.words();
            spend(budget, by.0.len(), most)?;
            for (i, c) in by.0.iter().enumerate() {
                let product = -rational::product(c, &factor);
                rest[shift + i] = rational::sum(&rest[shift + i], &product);
            }
            quotient[shift] = factor;
            rest.pop();
        }
        Ok((Self(quotient).trimmed(), Self(rest).trimmed()))
    }

    pub(super) fn gcd(&self, other: &Self, budget: &mut Budget) -> Result<Self, Stop> {
        let (mut a, mut b) = (self.clone().scaled(), other.clone().scaled());
        while !b.is_zero() {
            let rest = a.divided(&b, budget)?.1.scaled();
            a = b;
            b = rest;
        }
        Ok(a)
    }

    /// The product of the distinct irreducible factors.
    pub(super) fn squarefree(&self, budget: &mut Budget) -> Result<Self, Stop> {
        if self.degree() == 0 {
            return Ok(self.clone());
        }
        let repeated = self.gcd(&self.derivative(), budget)?;
        if repeated.degree() == 0 {
            return Ok(self.clone());
        }
        Ok(self.divided(&repeated, budget)?.0.scaled())
    }

    fn sturm(&self, budget: &mut Budget) -> Result<Vec<Self>, Stop> {
        let mut chain = vec![self.clone(), self.derivative().scaled()];
        loop {
            let n = chain.len();
            if chain[n - 1].is_zero() {
                chain.pop();
                return Ok(chain);
            }
            let mut rest = chain[n - 2].divided(&chain[n - 1], budget)?.1.scaled();
            for c in &mut rest.0 {
                *c = -core::mem::replace(c, Rational::zero());
            }
            chain.push(rest);
        }
    }

    /// All real roots of a polynomial without repeated factors, in order, each isolated.
    pub(super) fn roots(&self, budget: &mut Budget) -> Result<Vec<Root>, Stop> {
        if self.degree() == 0 {
            return Ok(Vec::new());
        }
        if let [constant, slope] = self.0.as_slice() {
            let root = -(constant / slope);
            return Ok(vec![Root {
                low: root.clone(),
                high: root,
            }]);
        }
        let chain = self.sturm(budget)?;
        let bound = self.bound();
        let mut out = Vec::new();
        let mut waiting = vec![(-bound.clone(), bound)];
        let two = Rational::from_integer(2.into());
        while let Some((low, high)) = waiting.pop() {
            // Sturm counts the roots in (low, high]; neither end is a root here.
            let count = changes(&chain, &low, budget)?;
            let count = count.saturating_sub(changes(&chain, &high, budget)?);
            if count == 0 {
                continue;
            }
            if count == 1 {
                out.push(self.exact_if_simple(low, high, budget)?);
                continue;
            }
            let mut middle = (&low + &high) / &two;
            while self.is_zero_in(&middle, budget)? {
                // A split point must not be a root; step aside by a quarter, then less.
                middle = (&middle + &low) / &two;
            }
            waiting.push((middle.clone(), high));
            waiting.push((low, middle));
        }
        Ok(out)
    }

    /// Small whole and half numbers inside are tried, so that common roots are exact.
    fn exact_if_simple(
        &self,
        low: Rational,
        high: Rational,
        budget: &mut Budget,
    ) -> Result<Root, Stop> {
        let (from, to) = (low.ceil(), high.floor());
        let span = (&to - &from).to_integer().to_i64().unwrap_or(i64::MAX);
        for k in 0..=span.min(40) {
            let candidate = &from + Rational::from_integer(k.into());
            if span >= 0 && self.is_zero_in(&candidate, budget)? {
                return Ok(Root {
                    low: candidate.clone(),
                    high: candidate,
                });
            }
        }
        Ok(Root { low, high })
    }

    /// All roots are smaller in size (Cauchy).
    fn bound(&self) -> Rational {
        let lead = self.0.last().map(Signed::abs).unwrap_or_else(Rational::one);
        let largest = self
            .0
            .iter()
            .map(Signed::abs)
            .max()
            .unwrap_or_else(Rational::one);
        largest / lead + Rational::from_integer(2.into())
    }

    /// How many real roots it has, each counted once.
    pub(super) fn root_count(&self, budget: &mut Budget) -> Result<usize, Stop> {
        Ok(self.squarefree(budget)?.roots(budget)?.len())
    }

    /// Whether it is zero at a root of another polynomial that it shares all its roots with.
    pub(super) fn is_zero_at(&self, root: &Root, budget: &mut Budget) -> Result<bool, Stop> {
        if self.degree() == 0 {
            return Ok(self.is_zero());
        }
        if root.low == root.high {
            return self.is_zero_in(&root.low, budget);
        }
        let free = self.squarefree(budget)?;
        let chain = free.sturm(budget)?;
        let low = changes(&chain, &root.low, budget)?;
        Ok(low > changes(&chain, &root.high, budget)?)
    }
}

/// A point in each open piece of the line.
pub(super) fn between(roots: &[Root]) -> Vec<Rational> {
    let one = Rational::from_integer(1.into());
    let Some((first, last)) = roots.first().zip(roots.last()) else {
        return vec![Rational::zero()];
    };
    let mut out = vec![(&first.low - &one).floor()];
    for pair in roots.windows(2) {
        out.push(simple_between(&pair[0].high, &pair[1].low));
    }
    out.push((&last.high + one).ceil());
    out
}

/// A number between two, whole when there is one.
fn simple_between(low: &Rational, high: &Rational) -> Rational {
    let whole = low.floor() + Rational::from_integer(1.into());
    if whole < *high {
        whole
    } else {
        (low + high) / Rational::from_integer(2.into())
    }
}

/// The words of 64 bits that the longer part of a fraction takes.
fn words(value: &Rational) -> usize {
    usize::try_from(rational::bits(value) / 64 + 1).unwrap_or(usize::MAX)
}

/// So many operations with fractions of this many words; bringing one to lowest terms takes the square of its words.
fn spend(budget: &mut Budget, operations: usize, words: usize) -> Result<(), Stop> {
    let steps = operations.saturating_mul(words).saturating_mul(words);
    budget.spend(
        2 * u64::try_from(steps)
            .unwrap_or(u64::MAX / 4)
            .min(u64::MAX / 4),
    )
}

/// How often the sign changes along a chain at a number.
fn changes(chain: &[Dense], x: &Rational, budget: &mut Budget) -> Result<usize, Stop> {
    let mut last = Ordering::Equal;
    let mut count = 0;
    for poly in chain {
        let sign = poly.sign_at(x, budget)?;
        if sign == Ordering::Equal {
            continue;
        }
        if last != Ordering::Equal && sign != last {
            count += 1;
        }
        last = sign;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::equivalence::{Work, solutions::STEPS};

    /// A polynomial with these coefficients, from the constant upwards.
    fn dense(coefficients: &[Rational]) -> Dense {
        Dense(coefficients.to_vec())
    }

    #[test]
    fn numbers_that_would_take_minutes_use_up_the_steps() {
        let one = Rational::one();
        let large = Rational::new(
            num_traits::pow(7.into(), 4_000),
            num_traits::pow(5.into(), 4_000),
        );
        let poly = dense(&[-large.clone(), large.clone(), large, one.clone()]);
        let roots = poly.roots(&mut Work::new().part(STEPS));
        assert!(matches!(roots, Err(Stop::Budget)), "{roots:?}");
        let small = dense(&[-one.clone(), one.clone(), one.clone(), one]);
        assert_eq!(
            small
                .roots(&mut Work::new().part(STEPS))
                .map(|r| r.len())
                .ok(),
            Some(1)
        );
    }
}
