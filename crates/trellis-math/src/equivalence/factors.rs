//! Whether a sum can still be written as a product over the rational numbers.

use super::normal::{Kernel, Ring};
use super::poly::Poly;
use super::univariate::Dense;
use super::{Budget, Stop};
use crate::tree::Expr;
use crate::{BigInt, Rational};
use alloc::vec::Vec;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Whether a sum has no common factor and no factor that small degrees show; `true` where this cannot be told,
/// because "you could factor this further" must be certain before it is said.
pub(crate) fn is_irreducible_sum(expr: &Expr) -> bool {
    let mut ring = Ring::new(Budget::new(40_000), false);
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
    generators
        .iter()
        .all(|main| !splits(&value.top, *main, &generators).unwrap_or(false))
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
fn splits(poly: &Poly, main: u16, generators: &[u16]) -> Result<bool, Stop> {
    let mut budget = Budget::new(40_000);
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
        let mut rest = super::poly::Monomial::default();
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
    Dense::from_poly(&out, Some(main))
}

/// Whether a polynomial of degree 2 or more has a repeated factor or a rational root. For degree 4 and more
/// without these, a factor of higher degree is possible and is not looked for.
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
        let low_sign = poly.sign_at(&root.low);
        while &root.high - &root.low > unit {
            budget.spend(10)?;
            let middle = (&root.low + &root.high) / Rational::from_integer(2.into());
            let sign = poly.sign_at(&middle);
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
            if poly.at(&candidate).is_zero() {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn is_square(value: &BigInt) -> bool {
    let root = value.sqrt();
    &root * &root == *value
}
