//! Places where a value changes its rule: absolute values, even roots, the larger of two. Agreement on one side of such a
//! place says nothing about the other, so points are looked for on all sides.

use super::normal::{Kernel, Ring};
use super::points;
use super::univariate::{Dense, between};
use super::{Stop, Work};
use crate::Rational;
use crate::tree::{Expr, ExprKind, Function};
use alloc::vec;
use alloc::vec::Vec;
use num_traits::{One, Signed};

/// Steps for finding the places.
const STEPS: u64 = 40_000;
/// Most places of one comparison.
const MOST: usize = 12;
/// Largest size of a number that points are scaled by, in bits.
const LARGEST_BITS: u64 = 400;

/// Further points for two values whose rule changes somewhere: between all places for one letter, and far out. None when no
/// rule changes.
pub(super) fn beyond<'n>(
    learner: &Expr,
    key: &Expr,
    names: &'n [&'n str],
    work: &Work,
) -> Vec<Vec<(&'n str, Rational)>> {
    let mut found = Vec::new();
    gather(learner, &mut found);
    gather(key, &mut found);
    if found.is_empty() || names.is_empty() {
        return Vec::new();
    }
    found.truncate(MOST);
    let mut out = Vec::new();
    if let [name] = names {
        let pieces = between_places(&found, work).unwrap_or_default();
        out.extend(pieces.into_iter().map(|x| vec![(*name, x)]));
    }
    let mut largest = Rational::one();
    for expr in [learner, key] {
        grow(expr, &mut largest, work);
    }
    let scale = (largest + Rational::one()) * Rational::from_integer(4.into());
    let ten = Rational::from_integer(10.into());
    for factor in [ten, scale.clone(), &scale * &scale] {
        for mut at in points::sample(names).take(8) {
            for (_, value) in &mut at {
                *value *= &factor;
            }
            out.push(at);
        }
    }
    out
}

/// What changes its sign where a rule changes.
fn gather(expr: &Expr, out: &mut Vec<Expr>) {
    match &expr.kind {
        ExprKind::Call(Function::Abs | Function::Sign, parts) => out.extend(parts.iter().cloned()),
        ExprKind::Call(Function::Max | Function::Min, parts) => {
            for pair in parts.windows(2) {
                let opposite = Expr::made(ExprKind::Neg(pair[1].clone().into()));
                out.push(Expr::made(ExprKind::Add(vec![pair[0].clone(), opposite])));
            }
        }
        ExprKind::Root { degree, radicand } if degree % 2 == 0 => out.push((**radicand).clone()),
        ExprKind::Pow(base, exponent) if exponent.as_rational().is_none_or(|e| !e.is_integer()) => {
            out.push((**base).clone());
        }
        _ => {}
    }
    for child in expr.children() {
        gather(child, out);
    }
    out.retain(|e| !e.variables().is_empty());
}

/// A point in each piece of the line that the places cut.
fn between_places(found: &[Expr], work: &Work) -> Result<Vec<Rational>, Stop> {
    let mut budget = work.part(STEPS);
    let mut product = Dense(vec![Rational::one()]);
    for expr in found {
        let mut ring = Ring::new(work.part(STEPS), false);
        let Ok(value) = ring.read(expr) else { continue };
        if !matches!(ring.kernels(), [Kernel::Variable(_)]) {
            continue;
        }
        for poly in [&value.top, &value.bottom] {
            let Ok(poly) = Dense::from_poly(poly, Some(0)) else {
                continue;
            };
            if poly.degree() > 0 {
                let free = poly.squarefree(&mut budget)?;
                product = product.times(&free, &mut budget)?.squarefree(&mut budget)?;
            }
        }
    }
    let roots = product.roots(&mut budget)?;
    Ok(between(&roots))
}

/// The largest size of a part without letters.
fn grow(expr: &Expr, largest: &mut Rational, work: &Work) {
    if !expr.variables().is_empty() {
        for child in expr.children() {
            grow(child, largest, work);
        }
        return;
    }
    // A constant that is not rational, such as 1000π, is about as large as its parts.
    let mut ring = Ring::new(work.part(STEPS), false);
    let value = ring.read(expr).ok().and_then(|v| v.as_constant());
    let value = value.map(|v| v.abs());
    match value {
        Some(value) if value.numer().bits() <= LARGEST_BITS => {
            if value > *largest {
                *largest = value;
            }
        }
        _ => {
            let mut product = Rational::one();
            for child in expr.children() {
                let mut own = Rational::one();
                grow(child, &mut own, work);
                if product.numer().bits() <= LARGEST_BITS {
                    product *= own;
                }
            }
            if product > *largest {
                *largest = product;
            }
        }
    }
}
