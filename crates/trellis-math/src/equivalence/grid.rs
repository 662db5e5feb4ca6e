//! Small rational functions on a grid of whole points: a polynomial that is nought at one more point than its degree
//! is nought everywhere, so that a few dozen exact small computations prove what school answers need.

use super::Work;
use crate::tree::{Expr, ExprKind};
use num_traits::ToPrimitive;

/// Most points that are tried; beyond it the normal form is quicker.
const POINTS_LIMIT: usize = 120;
/// Steps of all points.
const GRID_STEPS: u64 = 100_000;
/// Points in the order in which they are tried, easy ones first.
const POINTS: [i128; 40] = [
    2, 3, 5, -1, -2, 7, 1, -3, 4, 6, -4, -5, 8, -6, 9, -7, 10, -8, 11, -9, 12, -10, 13, -11, 14,
    -12, 15, -13, 16, -14, 17, -15, 18, -16, 19, -17, 20, -18, 21, -19,
];

/// Bounds of the degrees above and below the line, in one variable.
fn degrees(expr: &Expr, name: &str) -> Option<(usize, usize)> {
    Some(match &expr.kind {
        ExprKind::Number(_) => (0, 0),
        ExprKind::Variable(other) => (usize::from(other == name), 0),
        ExprKind::Neg(inner) => degrees(inner, name)?,
        ExprKind::Add(terms) => {
            let mut sum = (0, 0);
            for term in terms {
                let (top, bottom) = degrees(term, name)?;
                sum = ((sum.0 + bottom).max(top + sum.1), sum.1 + bottom);
            }
            sum
        }
        ExprKind::Mul { factors, .. } => {
            let mut product = (0, 0);
            for factor in factors {
                let (top, bottom) = degrees(factor, name)?;
                product = (product.0 + top, product.1 + bottom);
            }
            product
        }
        ExprKind::Div(top, bottom) => {
            let (a, b) = (degrees(top, name)?, degrees(bottom, name)?);
            (a.0 + b.1, a.1 + b.0)
        }
        ExprKind::Pow(base, exponent) => {
            let size = usize::try_from(small_exponent(exponent)?).ok()?;
            let (top, bottom) = degrees(base, name)?;
            (top * size, bottom * size)
        }
        _ => return None,
    })
}

/// A written whole exponent from 1 to 24.
fn small_exponent(exponent: &Expr) -> Option<u32> {
    let ExprKind::Number(n) = &exponent.kind else {
        return None;
    };
    if !n.value.is_integer() {
        return None;
    }
    n.value.numer().to_u32().filter(|e| (1..=24).contains(e))
}

/// The exact value as a fraction that need not be in lowest terms; `None` where it has none or is too large.
fn value(expr: &Expr, at: &[(&str, i128)]) -> Option<(i128, i128)> {
    let times =
        |a: (i128, i128), b: (i128, i128)| Some((a.0.checked_mul(b.0)?, a.1.checked_mul(b.1)?));
    Some(match &expr.kind {
        ExprKind::Number(n) => (n.value.numer().to_i128()?, n.value.denom().to_i128()?),
        ExprKind::Variable(name) => (at.iter().find(|(n, _)| n == name)?.1, 1),
        ExprKind::Neg(inner) => {
            let (top, bottom) = value(inner, at)?;
            (top.checked_neg()?, bottom)
        }
        ExprKind::Add(terms) => {
            let mut sum = (0_i128, 1_i128);
            for term in terms {
                let (top, bottom) = value(term, at)?;
                sum = if sum.1 == bottom {
                    (sum.0.checked_add(top)?, bottom)
                } else {
                    let left = sum.0.checked_mul(bottom)?;
                    let right = top.checked_mul(sum.1)?;
                    (left.checked_add(right)?, sum.1.checked_mul(bottom)?)
                };
            }
            sum
        }
        ExprKind::Mul { factors, .. } => {
            let mut product = (1, 1);
            for factor in factors {
                product = times(product, value(factor, at)?)?;
            }
            product
        }
        ExprKind::Div(top, bottom) => {
            let (a, b) = (value(top, at)?, value(bottom, at)?);
            if b.0 == 0 {
                return None;
            }
            times(a, (b.1, b.0))?
        }
        ExprKind::Pow(base, exponent) => {
            let size = small_exponent(exponent)?;
            let (top, bottom) = value(base, at)?;
            (top.checked_pow(size)?, bottom.checked_pow(size)?)
        }
        _ => return None,
    })
}

/// Parts of a tree.
fn size(expr: &Expr) -> u64 {
    1 + expr.children().map(size).sum::<u64>()
}

/// Whether both have the same value at a point; `None` where one has none.
fn agree(a: &Expr, b: &Expr, at: &[(&str, i128)]) -> Option<bool> {
    let (a, b) = (value(a, at)?, value(b, at)?);
    Some(a.0.checked_mul(b.1)? == b.0.checked_mul(a.1)?)
}

/// Whether two rational functions in at most three variables are the same; `None` where this way cannot tell.
pub(super) fn same(a: &Expr, b: &Expr, names: &[&str], work: &Work) -> Option<bool> {
    if names.is_empty() || names.len() > 3 {
        return None;
    }
    let mut sizes = [1_usize; 3];
    let mut all = 1;
    for (size, name) in sizes.iter_mut().zip(names) {
        let (x, y) = (degrees(a, name)?, degrees(b, name)?);
        // The degree of x.top * y.bottom - y.top * x.bottom, and one more.
        *size = (x.0 + y.1).max(y.0 + x.1) + 1;
        all *= *size;
        if *size > POINTS.len() || all > POINTS_LIMIT {
            return None;
        }
    }
    // A point costs about a step for each leaf and sign.
    let nodes = size(a) + size(b);
    work.part(GRID_STEPS)
        .spend(nodes.saturating_mul(all as u64))
        .ok()?;
    if let [name] = names {
        let mut seen = 0;
        // Where one has no value, another point does as well.
        for point in POINTS {
            match agree(a, b, &[(name, point)]) {
                Some(true) => seen += 1,
                Some(false) => return Some(false),
                None => continue,
            }
            if seen == sizes[0] {
                return Some(true);
            }
        }
        return None;
    }
    for round in 0..all {
        let mut rest = round;
        let mut at = [("", 0); 3];
        for (i, name) in names.iter().enumerate() {
            at[i] = (name, POINTS[rest % sizes[i]]);
            rest /= sizes[i];
        }
        if !agree(a, b, &at[..names.len()])? {
            return Some(false);
        }
    }
    Some(true)
}
