//! Whether a sum can still be written as a product over the rational numbers.

use super::normal::{Kernel, Ring};
use super::poly::{Monomial, Poly};
use super::univariate::Dense;
use super::{Budget, Stop, Work};
use crate::tree::Expr;
use crate::{BigInt, Rational};
use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive};

/// Bits of all coefficients together times the square of the degree: what is larger is not looked at for factors. A root
/// takes as many steps as a coefficient has bits, and each step multiplies numbers of as many bits, degree times.
const LARGEST: u64 = 32_768;

/// Whether a sum has no common factor and no factor that small degrees show; `true` where this cannot be told,
/// because "you could factor this further" must be certain before it is said.
pub(crate) fn is_irreducible_sum(expr: &Expr) -> bool {
    let work = &Work::new();
    let mut ring = Ring::new(work.part(40_000), false);
    let Ok(value) = ring.read(expr) else {
        return true;
    };
    if !ring
        .kernels()
        .iter()
        .all(|k| matches!(k, Kernel::Variable(_)))
        || value.bottom.as_constant().is_none()
    {
        return true;
    }
    let content = value.top.content();
    if !content.numer().is_one() && content.is_integer() {
        return false;
    }
    if has_common_letter(&value.top) {
        return false;
    }
    let generators: Vec<u16> = (0_u16..).zip(ring.kernels()).map(|(g, _)| g).collect();
    generators.iter().all(|main| {
        !splits(&value.top, *main, &generators, work).unwrap_or(false)
            && !generators.iter().any(|other| {
                other != main
                    && shares(&value.top, *main, *other, &generators, work).unwrap_or(false)
            })
    })
}

/// Whether the coefficients of the powers of one letter share a factor in another, as a - b in ax - bx + ay - by;
/// tried at several values of the letters that are left.
fn shares(
    poly: &Poly,
    main: u16,
    other: u16,
    generators: &[u16],
    work: &Work,
) -> Result<bool, Stop> {
    let mut budget = work.part(40_000);
    let rounds = if generators.len() > 2 { 4 } else { 1 };
    for round in 0..rounds {
        let mut by_power: BTreeMap<i32, Poly> = BTreeMap::new();
        for (monomial, value) in &poly.terms {
            let power = monomial
                .0
                .iter()
                .find(|(g, _)| *g == main)
                .map_or(0, |(_, e)| e.to_integer());
            let rest = Monomial(monomial.0.iter().filter(|p| p.0 != main).copied().collect());
            by_power
                .entry(power)
                .or_default()
                .insert(rest, value.clone());
        }
        if by_power.len() < 2 {
            return Ok(false);
        }
        let mut common: Option<Dense> = None;
        for coefficient in by_power.values() {
            let dense = specialised(coefficient, other, generators, round)?;
            common = Some(match common {
                None => dense,
                Some(known) => known.gcd(&dense, &mut budget)?,
            });
        }
        if common.is_none_or(|c| c.degree() == 0) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether one letter stands in every term.
fn has_common_letter(poly: &Poly) -> bool {
    let mut terms = poly.terms.keys();
    let Some(first) = terms.next() else {
        return false;
    };
    first
        .0
        .iter()
        .any(|(g, _)| poly.terms.keys().all(|m| m.0.iter().any(|(h, _)| h == g)))
}

/// Whether the polynomial, seen in one letter, splits at each of several values of the other letters.
fn splits(poly: &Poly, main: u16, generators: &[u16], work: &Work) -> Result<bool, Stop> {
    let mut budget = work.part(40_000);
    let degree = |p: &Dense| p.degree();
    let mut seen = 0;
    let full = specialised(poly, main, generators, 0).map_or(0, |p| degree(&p));
    for round in 0..6 {
        let Ok(dense) = specialised(poly, main, generators, round) else {
            continue;
        };
        if dense.degree() < full || dense.degree() < 2 {
            continue;
        }
        seen += 1;
        if !reducible(&dense, &mut budget)? {
            return Ok(false);
        }
        if generators.len() == 1 {
            return Ok(true);
        }
    }
    Ok(seen >= 4)
}

fn specialised(poly: &Poly, main: u16, generators: &[u16], round: i64) -> Result<Dense, Stop> {
    let mut out = Poly::default();
    for (monomial, value) in &poly.terms {
        let mut value = value.clone();
        let mut rest = Monomial::default();
        for (g, e) in &monomial.0 {
            if *g == main {
                rest.0.push((*g, *e));
                continue;
            }
            let position = generators
                .iter()
                .position(|h| h == g)
                .and_then(|i| i.to_i64())
                .unwrap_or(0);
            // Values far apart, so that they are unlikely to make a factor by chance.
            let at = Rational::from_integer((101 + 37 * round + 1_009 * position).into());
            value *= at.pow(e.to_integer());
        }
        out.insert(rest, value);
    }
    let dense = Dense::from_poly(&out, Some(main))?;
    let bits = |c: &Rational| c.numer().bits() + c.denom().bits();
    let size = dense.0.iter().map(bits).sum::<u64>();
    // Beyond it a step takes longer than the budget knows.
    let degree = dense.degree() as u64;
    if size.saturating_mul(degree).saturating_mul(degree) > LARGEST {
        return Err(Stop::Budget);
    }
    Ok(dense)
}

/// Whether a polynomial of degree 2 or more has a repeated factor, a rational root or a quadratic factor with small
/// coefficients. From degree 6 on a cubic factor is possible and is not looked for.
fn reducible(poly: &Dense, budget: &mut Budget) -> Result<bool, Stop> {
    if poly.squarefree(budget)?.degree() < poly.degree() {
        return Ok(true);
    }
    if let [c, b, a] = poly.0.as_slice() {
        let discriminant = b * b - a * c * Rational::from_integer(4.into());
        return Ok(!discriminant.is_negative()
            && is_square(discriminant.numer())
            && is_square(discriminant.denom()));
    }
    let roots = poly.roots(budget)?;
    let scale = poly.0.iter().fold(BigInt::one(), |l, c| l.lcm(c.denom()));
    let lead = poly.0.last().map_or_else(BigInt::one, |c| {
        (c * Rational::from_integer(scale)).to_integer().abs()
    });
    for mut root in roots {
        if root.low == root.high {
            return Ok(true);
        }
        // A rational root is a whole multiple of 1/lead: narrow until only one candidate fits.
        let unit = Rational::new(BigInt::one(), lead.clone());
        let low_sign = poly.sign_at(&root.low, budget)?;
        while &root.high - &root.low > unit {
            let middle = (&root.low + &root.high) / Rational::from_integer(2.into());
            let sign = poly.sign_at(&middle, budget)?;
            if sign == core::cmp::Ordering::Equal {
                return Ok(true);
            }
            if sign == low_sign {
                root.low = middle
            } else {
                root.high = middle
            }
        }
        let first = (&root.low * Rational::from_integer(lead.clone())).ceil();
        for k in 0..2 {
            let candidate =
                (&first + Rational::from_integer(k.into())) / Rational::from_integer(lead.clone());
            if poly.is_zero_in(&candidate, budget)? {
                return Ok(true);
            }
        }
    }
    Ok(has_quadratic_factor(poly, budget)?.unwrap_or(false))
}

/// Kronecker's way: a factor's values at whole points divide those of the polynomial. `None` where the numbers
/// are too large to try them all.
fn has_quadratic_factor(poly: &Dense, budget: &mut Budget) -> Result<Option<bool>, Stop> {
    if poly.degree() < 4 {
        return Ok(Some(false));
    }
    let scale = poly.0.iter().fold(BigInt::one(), |l, c| l.lcm(c.denom()));
    let whole: Option<Vec<i64>> = poly
        .0
        .iter()
        .map(|c| {
            (c * Rational::from_integer(scale.clone()))
                .to_integer()
                .to_i64()
        })
        .collect();
    let Some(whole) = whole else { return Ok(None) };
    let mut tried: Vec<(i64, Vec<i64>)> = Vec::new();
    for x in -3..=3 {
        let value = whole
            .iter()
            .rev()
            .try_fold(0_i64, |sum, c| sum.checked_mul(x)?.checked_add(*c));
        let Some(value) = value.filter(|v| *v != 0 && v.unsigned_abs() < 1_000_000_000) else {
            continue;
        };
        tried.push((x, divisors(value)));
    }
    tried.sort_by_key(|(_, divisors)| divisors.len());
    let [(x, first), (y, second), (z, third), ..] = tried.as_slice() else {
        return Ok(None);
    };
    if first.len() * second.len() * third.len() > 4_000 {
        return Ok(None);
    }
    for u in first.iter().filter(|u| **u > 0) {
        for v in second {
            for w in third {
                budget.spend(1)?;
                // Newton's divided differences.
                let (slope, next) = ((v - u), (w - v));
                if slope % (y - x) != 0 || next % (z - y) != 0 {
                    continue;
                }
                let (slope, next) = (slope / (y - x), next / (z - y));
                if (next - slope) % (z - x) != 0 {
                    continue;
                }
                let a = (next - slope) / (z - x);
                let b = slope - a * (x + y);
                let c = u - slope * x + a * x * y;
                if a != 0 && divides([c, b, a], &whole) {
                    return Ok(Some(true));
                }
            }
        }
    }
    Ok(Some(false))
}

/// All divisors with both signs.
fn divisors(value: i64) -> Vec<i64> {
    let size = value.abs();
    let mut out = Vec::new();
    let mut k = 1;
    while k * k <= size {
        if size % k == 0 {
            out.extend([k, -k]);
            if k * k != size {
                out.extend([size / k, -(size / k)]);
            }
        }
        k += 1;
    }
    out
}

/// Whether a quadratic divides a polynomial with whole quotients, lowest coefficients first.
fn divides([c, b, a]: [i64; 3], poly: &[i64]) -> bool {
    let mut rest: Vec<i128> = poly.iter().map(|v| i128::from(*v)).collect();
    let (a, b, c) = (i128::from(a), i128::from(b), i128::from(c));
    while let [.., _, _, lead] = rest.as_slice() {
        if lead % a != 0 {
            return false;
        }
        let quotient = lead / a;
        let n = rest.len();
        let (Some(one), Some(two)) = (quotient.checked_mul(b), quotient.checked_mul(c)) else {
            return false;
        };
        rest[n - 2] -= one;
        rest[n - 3] -= two;
        rest.pop();
    }
    rest.iter().all(|v| *v == 0)
}

fn is_square(value: &BigInt) -> bool {
    let root = value.sqrt();
    &root * &root == *value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{ReadOptions, typed};
    use alloc::format;
    use alloc::string::ToString;

    /// The polynomial of a sum, seen in its letter that was read first.
    fn seen(text: &str) -> Result<Dense, Stop> {
        let expr = typed(text, &ReadOptions::default()).unwrap();
        let mut ring = Ring::new(Work::new().part(40_000), false);
        let value = ring.read(&expr).unwrap();
        let generators: Vec<u16> = (0_u16..).zip(ring.kernels()).map(|(g, _)| g).collect();
        specialised(&value.top, generators[0], &generators, 0)
    }

    #[test]
    fn what_would_take_seconds_is_not_looked_at() {
        let words = "o r ".repeat(32);
        for text in [
            format!("{words} - 4x + 7"),
            format!("{words} + 2"),
            "n^32 s o l u - 15".to_string(),
        ] {
            assert!(matches!(seen(&text), Err(Stop::Budget)), "{text}");
        }
        for text in [
            "x^16 - 1",
            "6x^5 - 5x^4 + x - 40",
            "x^3 y^3 - 8 + x",
            "a^4 b^2 - 16 b",
        ] {
            assert!(seen(text).is_ok(), "{text}");
        }
    }
}
