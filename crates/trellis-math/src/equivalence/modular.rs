//! Fingerprints of rational functions: values modulo two primes of 61 and 60 bits at fixed pseudo-random points.
//!
//! Different fingerprints prove that two rational functions differ. Equal ones prove nothing by themselves.

use super::{Budget, Stop};
use crate::tree::{Expr, ExprKind};
use crate::{BigInt, Rational, rational};
use alloc::string::String;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive};

/// The primes: 2^61 - 1 and 2^60 - 93.
pub(super) const PRIMES: [u64; 2] = [(1 << 61) - 1, (1 << 60) - 93];

#[allow(
    clippy::cast_possible_truncation,
    reason = "a remainder by a 64-bit number fits in 64 bits"
)]
fn times(a: u64, b: u64, p: u64) -> u64 {
    ((u128::from(a) * u128::from(b)) % u128::from(p)) as u64
}

fn power(mut base: u64, mut exponent: u64, p: u64) -> u64 {
    let mut out = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            out = times(out, base, p);
        }
        base = times(base, base, p);
        exponent >>= 1;
    }
    out
}

fn inverse(value: u64, p: u64) -> Result<u64, Stop> {
    if value == 0 {
        Err(Stop::Undefined)
    } else {
        Ok(power(value, p - 2, p))
    }
}

fn residue(value: &BigInt, p: u64) -> u64 {
    match value.to_i64() {
        Some(small) => i128::from(small)
            .rem_euclid(i128::from(p))
            .to_u64()
            .unwrap_or(0),
        None => value.mod_floor(&BigInt::from(p)).to_u64().unwrap_or(0),
    }
}

fn number(value: &Rational, p: u64) -> Result<u64, Stop> {
    let top = residue(value.numer(), p);
    if value.is_integer() {
        return Ok(top);
    }
    Ok(times(top, inverse(residue(value.denom(), p), p)?, p))
}

/// A fixed point for a variable's name: FNV-1a, then the splitmix64 finisher.
fn point(name: &str, p: u64) -> u64 {
    let mut hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
    });
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (hash ^ (hash >> 31)) % p
}

/// The fingerprint modulo one prime, for trees of numbers, variables, the four operations and whole powers.
pub(super) fn fingerprint(expr: &Expr, p: u64, budget: &mut Budget) -> Result<u64, Stop> {
    budget.spend(1)?;
    Ok(match &expr.kind {
        ExprKind::Number(n) => number(&n.value, p)?,
        ExprKind::Variable(name) => point(name, p),
        ExprKind::Neg(inner) => (p - fingerprint(inner, p, budget)?) % p,
        ExprKind::Add(terms) => {
            let mut sum = 0;
            for term in terms {
                sum = (sum + fingerprint(term, p, budget)?) % p;
            }
            sum
        }
        ExprKind::Mul { factors, .. } => {
            let mut product = 1;
            for factor in factors {
                product = times(product, fingerprint(factor, p, budget)?, p);
            }
            product
        }
        ExprKind::Div(top, bottom) => {
            let bottom = inverse(fingerprint(bottom, p, budget)?, p)?;
            times(fingerprint(top, p, budget)?, bottom, p)
        }
        ExprKind::Pow(base, exponent) => {
            let exponent = exponent
                .as_rational()
                .filter(Rational::is_integer)
                .ok_or(Stop::Unsupported)?;
            let exponent = exponent.to_integer();
            let size = exponent.abs().to_u64().ok_or(Stop::Budget)?;
            let base = fingerprint(base, p, budget)?;
            budget.spend(64)?;
            if base == 0 && !exponent.is_positive() {
                return Err(Stop::Undefined);
            }
            let value = power(base, size, p);
            if exponent.is_negative() {
                inverse(value, p)?
            } else {
                value
            }
        }
        _ => return Err(Stop::Unsupported),
    })
}

/// Kept short names of variables for the witness search.
pub(super) type Point<'a> = [(&'a str, Rational)];

/// The exact value at a point, for the same trees as [`fingerprint`].
pub(super) fn value_at(expr: &Expr, at: &Point<'_>, budget: &mut Budget) -> Result<Rational, Stop> {
    budget.spend(1)?;
    Ok(match &expr.kind {
        ExprKind::Number(n) => n.value.clone(),
        ExprKind::Variable(name) => at
            .iter()
            .find(|(n, _)| n == name)
            .map(|(_, v)| v.clone())
            .ok_or(Stop::Unsupported)?,
        ExprKind::Neg(inner) => -value_at(inner, at, budget)?,
        ExprKind::Add(terms) => {
            let mut sum = Rational::from_integer(0.into());
            for term in terms {
                let term = value_at(term, at, budget)?;
                spend(&sum, &term, budget)?;
                sum = rational::sum(&sum, &term);
            }
            sum
        }
        ExprKind::Mul { factors, .. } => {
            let mut product = Rational::from_integer(1.into());
            for factor in factors {
                let factor = value_at(factor, at, budget)?;
                spend(&product, &factor, budget)?;
                product = rational::product(&product, &factor);
            }
            product
        }
        ExprKind::Div(top, bottom) => {
            let bottom = value_at(bottom, at, budget)?;
            if bottom == Rational::from_integer(0.into()) {
                return Err(Stop::Undefined);
            }
            let top = value_at(top, at, budget)?;
            spend(&top, &bottom.recip(), budget)?;
            top / bottom
        }
        ExprKind::Pow(base, exponent) => {
            let exponent = value_at(exponent, at, budget)?;
            if !exponent.is_integer() {
                return Err(Stop::Unsupported);
            }
            whole_power(&value_at(base, at, budget)?, &exponent.to_integer(), budget)?
        }
        _ => return Err(Stop::Unsupported),
    })
}

/// One operation with two numbers: bringing a fraction to lowest terms takes the square of its words.
fn spend(a: &Rational, b: &Rational, budget: &mut Budget) -> Result<(), Stop> {
    let most = rational::bits(a) / 64 + rational::bits(b) / 64;
    let whole = a.is_integer() && b.is_integer();
    budget.spend(if whole { most / 8 } else { most * most })
}

/// A whole power within the limits; zero to a negative power or to zero has no value.
pub(super) fn whole_power(
    base: &Rational,
    exponent: &BigInt,
    budget: &mut Budget,
) -> Result<Rational, Stop> {
    let zero = *base == Rational::from_integer(0.into());
    if zero && !exponent.is_positive() {
        return Err(Stop::Undefined);
    }
    let bits = rational::bits(base);
    if bits <= 1 && base.is_integer() {
        let odd = exponent.is_odd();
        return Ok(if odd { base.clone() } else { base * base });
    }
    let exponent = exponent.to_i32().ok_or(Stop::Budget)?;
    let size = u64::from(exponent.unsigned_abs()).saturating_mul(bits);
    if size > 40_000 {
        return Err(Stop::Budget);
    }
    budget.spend(size / 8)?;
    Ok(base.pow(exponent))
}

/// The value for a page: exact when short, otherwise a decimal.
pub(super) fn shown(value: &Rational) -> String {
    let plain = rational::to_plain(value);
    if plain.len() <= 12 {
        return plain;
    }
    rational::to_fixed(value, 4)
}
