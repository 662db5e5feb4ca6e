//! Statements in one variable whose bounds or solutions are constants with roots or π.

use super::formula::{Formula, put};
use super::normal::Ring;
use super::solutions::{Pieces, STEPS, cut};
use super::{Proof, Verdict, Work, cases, scalar};
use crate::tree::{Expr, ExprKind, Relation};
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;

/// One variable, but roots or π take part: solutions listed as constants, and bounds that are constants.
pub(super) fn by_constants(a: &Formula, b: &Formula, name: &str, work: &Work) -> Verdict {
    if let (Some(a), Some(b)) = (
        cases::isolated(a, name, work),
        cases::isolated(b, name, work),
    ) && let (Some(x), Some(y)) = (bounds(&a, name), bounds(&b, name))
    {
        return ranked(&a, &b, x.into_iter().chain(y).collect(), name, work);
    }
    for (listed, other) in [(a, b), (b, a)] {
        if let (Some(values), Some(verdict)) = (listed_values(listed, name), Some(other)) {
            return against_equation(&values, verdict, name, work);
        }
    }
    Verdict::Undecided
}

/// The constants in `x < c` and the like, when every atom has this form.
fn bounds<'f>(formula: &'f Formula, name: &str) -> Option<Vec<&'f Expr>> {
    match formula {
        Formula::Atom(left, right, _) => {
            let is_name = matches!(&left.kind, ExprKind::Variable(n) if n == name);
            let flipped = matches!(&right.kind, ExprKind::Variable(n) if n == name);
            if left.variables().is_empty() && right.variables().is_empty() {
                // 0 = 0 or 0 ≠ 0: no bound.
                return Some(Vec::new());
            }
            match (is_name, flipped) {
                (true, _) if right.variables().is_empty() => Some(vec![right]),
                (_, true) if left.variables().is_empty() => Some(vec![left]),
                _ => None,
            }
        }
        Formula::All(parts) | Formula::Any(parts) => {
            let mut out = Vec::new();
            for part in parts {
                out.extend(bounds(part, name)?);
            }
            Some(out)
        }
    }
}

/// Compares by the order of the bounds, each order proved.
fn ranked(a: &Formula, b: &Formula, bounds: Vec<&Expr>, name: &str, work: &Work) -> Verdict {
    let mut sorted: Vec<&Expr> = Vec::new();
    for bound in bounds {
        let mut position = sorted.len();
        let mut known = false;
        for (i, other) in sorted.iter().enumerate() {
            match order(bound, other, work) {
                Some(Ordering::Equal) => known = true,
                Some(Ordering::Less) => position = i,
                Some(Ordering::Greater) => continue,
                None => return Verdict::Undecided,
            }
            break;
        }
        if !known {
            sorted.insert(position, bound);
        }
    }
    // Even ranks are the gaps, odd ranks the bounds.
    let ranks = 2 * sorted.len() + 1;
    for rank in 0..ranks {
        let (Some(x), Some(y)) = (
            at_rank(a, &sorted, rank, name, work),
            at_rank(b, &sorted, rank, name, work),
        ) else {
            return Verdict::Undecided;
        };
        if x != y {
            return Verdict::Different(None);
        }
    }
    Verdict::Equal(Proof::Certified)
}

fn order(a: &Expr, b: &Expr, work: &Work) -> Option<Ordering> {
    if scalar::compare(a, b, work).is_equal() {
        return Some(Ordering::Equal);
    }
    let negated = Expr::made(ExprKind::Neg(b.clone().into()));
    let sign = scalar::certified_sign(&Expr::made(ExprKind::Add(vec![a.clone(), negated])), work)?;
    (sign != Ordering::Equal).then_some(sign)
}

fn at_rank(
    formula: &Formula,
    sorted: &[&Expr],
    rank: usize,
    name: &str,
    work: &Work,
) -> Option<bool> {
    Some(match formula {
        Formula::Atom(left, right, relation) => {
            let is_name = matches!(&left.kind, ExprKind::Variable(n) if n == name);
            if left.variables().is_empty() && right.variables().is_empty() {
                return Some(relation.holds(order(left, right, work)?));
            }
            let (bound, relation) = if is_name {
                (right, *relation)
            } else {
                (left, relation.flipped())
            };
            let index = sorted
                .iter()
                .position(|s| scalar::compare(s, bound, work).is_equal())?;
            relation.holds(rank.cmp(&(2 * index + 1)))
        }
        Formula::All(parts) => {
            let all: Option<Vec<bool>> = parts
                .iter()
                .map(|p| at_rank(p, sorted, rank, name, work))
                .collect();
            all?.into_iter().all(|h| h)
        }
        Formula::Any(parts) => {
            let all: Option<Vec<bool>> = parts
                .iter()
                .map(|p| at_rank(p, sorted, rank, name, work))
                .collect();
            all?.into_iter().any(|h| h)
        }
    })
}

/// The values of `x = a or x = b`.
fn listed_values<'f>(formula: &'f Formula, name: &str) -> Option<Vec<&'f Expr>> {
    let parts = match formula {
        Formula::Any(parts) => parts.as_slice(),
        Formula::Atom(..) => core::slice::from_ref(formula),
        Formula::All(_) => return None,
    };
    let mut out = Vec::new();
    for part in parts {
        let Formula::Atom(_, _, Relation::Equal) = part else {
            return None;
        };
        out.extend(bounds(part, name)?);
    }
    Some(out)
}

/// Listed solutions against an equation with rational coefficients: each must solve it, and none may be missing.
fn against_equation(values: &[&Expr], other: &Formula, name: &str, work: &Work) -> Verdict {
    let Formula::Atom(left, right, Relation::Equal) = other else {
        return Verdict::Undecided;
    };
    let mut distinct: Vec<&Expr> = Vec::new();
    let mut proof = Proof::Exact;
    for value in values {
        let at = |e: &Expr| put(e, &[(name, (*value).clone())]);
        match scalar::compare(&at(left), &at(right), work) {
            Verdict::Equal(p) => proof = proof.max(p),
            Verdict::Different(_) => return Verdict::Different(None),
            Verdict::Undecided => return Verdict::Undecided,
        }
        if !distinct
            .iter()
            .any(|d| scalar::compare(d, value, work).is_equal())
        {
            distinct.push(value);
        }
    }
    let mut budget = work.part(STEPS);
    let mut ring = Ring::new(work.part(STEPS), false);
    let Ok(Pieces::Atom(cut)) = cut(other, &mut ring, &mut budget) else {
        return Verdict::Undecided;
    };
    let (Ok(count), Ok(excluded)) = (
        cut.sign.root_count(&mut budget),
        cut.domain.root_count(&mut budget),
    ) else {
        return Verdict::Undecided;
    };
    if excluded > 0 {
        return Verdict::Undecided;
    }
    if count == distinct.len() {
        Verdict::Equal(proof)
    } else {
        Verdict::Different(None)
    }
}
