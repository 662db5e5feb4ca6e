//! Systems of linear equations: two have the same solutions exactly when their reduced echelon forms are the same.

use super::formula::Formula;
use super::normal::{Kernel, Quotient, Ring};
use super::solutions::STEPS;
use super::{Proof, Verdict, Work};
use crate::Rational;
use crate::tree::Relation;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use num_traits::{One, Zero};

/// Most equations and most letters of one system.
const SIZE_LIMIT: usize = 12;

/// Compares two systems; `None` when one of them is no system of linear equations with rational coefficients.
pub(super) fn compare(a: &Formula, b: &Formula, names: &[&str], work: &Work) -> Option<Verdict> {
    if names.len() > SIZE_LIMIT {
        return None;
    }
    let (a, b) = (
        echelon(rows(a, names, work)?),
        echelon(rows(b, names, work)?),
    );
    Some(if a == b {
        Verdict::Equal(Proof::Exact)
    } else {
        Verdict::Different(None)
    })
}

/// One row for each equation: the coefficients of the names, then the constant on the left side.
fn rows(formula: &Formula, names: &[&str], work: &Work) -> Option<Vec<Vec<Rational>>> {
    match formula {
        Formula::Atom(..) => Some(vec![row(formula, names, work)?]),
        Formula::All(parts) if parts.len() <= SIZE_LIMIT => {
            parts.iter().map(|p| row(p, names, work)).collect()
        }
        // "No solution" is the system 1 = 0.
        Formula::Any(parts) if parts.is_empty() => {
            let mut impossible = vec![Rational::zero(); names.len()];
            impossible.push(Rational::one());
            Some(vec![impossible])
        }
        _ => None,
    }
}

fn row(formula: &Formula, names: &[&str], work: &Work) -> Option<Vec<Rational>> {
    let Formula::Atom(left, right, Relation::Equal) = formula else {
        return None;
    };
    let mut ring = Ring::new(work.part(STEPS), false);
    let (left, right) = (ring.read(left).ok()?, ring.read(right).ok()?);
    let negated = Quotient {
        top: right.top.negated(),
        bottom: right.bottom,
    };
    let difference = ring.add(left, negated).ok()?;
    // A letter below the bar may be forbidden to be zero, which a row cannot say.
    difference.bottom.as_constant()?;
    let mut row = vec![Rational::zero(); names.len() + 1];
    for (monomial, value) in &difference.top.terms {
        let place = match monomial.0.as_slice() {
            [] => names.len(),
            [(generator, exponent)] if exponent.is_one() => {
                let Kernel::Variable(name) = ring.kernels().get(usize::from(*generator))? else {
                    return None;
                };
                names.iter().position(|n| String::as_str(name) == *n)?
            }
            _ => return None,
        };
        row[place] += value;
    }
    Some(row)
}

/// The reduced echelon form without empty rows; for a system without solutions only its impossible row.
fn echelon(mut rows: Vec<Vec<Rational>>) -> Vec<Vec<Rational>> {
    let width = rows.first().map_or(0, Vec::len);
    let mut done = 0;
    for column in 0..width {
        let Some(pivot) = (done..rows.len()).find(|r| !rows[*r][column].is_zero()) else {
            continue;
        };
        rows.swap(done, pivot);
        let lead = rows[done][column].clone();
        for value in &mut rows[done] {
            *value /= &lead;
        }
        let row = rows[done].clone();
        for (_, other) in rows.iter_mut().enumerate().filter(|(i, _)| *i != done) {
            let factor = other[column].clone();
            for (value, base) in other.iter_mut().zip(&row) {
                *value -= &factor * base;
            }
        }
        done += 1;
    }
    rows.truncate(done);
    match rows.last() {
        Some(last) if last.iter().rev().skip(1).all(Zero::is_zero) => vec![last.clone()],
        _ => rows,
    }
}
