//! Sets, tuples and single values: what an answer lists, and whether the lists are the same.

use super::{Proof, Verdict, quantities, scalar, solutions};
use crate::tree::{Expr, ExprKind, Relation};
use alloc::vec;
use alloc::vec::Vec;

/// Most elements that are compared with each other.
const ELEMENTS_LIMIT: usize = 40;

/// Compares two values of any kind by what the key is.
pub(super) fn values(learner: &Expr, key: &Expr) -> Verdict {
    let is_relation = |e: &Expr| matches!(e.kind, ExprKind::Relation { .. });
    let (learner, key) = match (is_relation(learner), is_relation(key)) {
        (true, true) => return solutions::compare(learner, key),
        (true, false) => (right_side(learner), key),
        (false, true) => (learner, right_side(key)),
        (false, false) => (learner, key),
    };
    if is_relation(learner) != is_relation(key) {
        return Verdict::Different(None);
    }
    match &key.kind {
        ExprKind::Set(_) | ExprKind::List(_) | ExprKind::PlusMinus(..) => sets(learner, key),
        ExprKind::Tuple(_) | ExprKind::Matrix { .. } => tuples(learner, key),
        ExprKind::Interval { .. }
        | ExprKind::Or(_)
        | ExprKind::And(_)
        | ExprKind::Relation { .. } => solutions::compare(learner, key),
        _ if holds_quantity(learner) || holds_quantity(key) => {
            quantities::compare(learner, key, false, None)
        }
        _ if is_collection(learner) => match elements(learner).as_slice() {
            [only] if !is_collection(only) => scalar::compare(only, key),
            _ => Verdict::Different(None),
        },
        _ => scalar::compare(learner, key),
    }
}

fn is_collection(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Set(_)
            | ExprKind::List(_)
            | ExprKind::PlusMinus(..)
            | ExprKind::Tuple(_)
            | ExprKind::Matrix { .. }
            | ExprKind::Interval { .. }
            | ExprKind::Or(_)
            | ExprKind::And(_)
            | ExprKind::Relation { .. }
    )
}

/// A unit at the top; degrees deep inside a trigonometric function are part of the value.
fn holds_quantity(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Quantity(..) => true,
        ExprKind::Neg(inner) => holds_quantity(inner),
        ExprKind::Add(terms) => terms.iter().any(holds_quantity),
        _ => false,
    }
}

/// The 5 of `x = 5`.
pub(super) fn right_side(expr: &Expr) -> &Expr {
    match &expr.kind {
        ExprKind::Relation { terms, relations } => match (terms.as_slice(), relations.as_slice()) {
            ([left, right], [Relation::Equal]) if matches!(left.kind, ExprKind::Variable(_)) => {
                right
            }
            _ => expr,
        },
        _ => expr,
    }
}

/// What an answer lists: the elements of a set, the sides of "or", both values of "±".
pub(super) fn elements(expr: &Expr) -> Vec<Expr> {
    match &expr.kind {
        ExprKind::Set(parts) | ExprKind::List(parts) | ExprKind::Or(parts) => {
            parts.iter().flat_map(elements).collect()
        }
        ExprKind::Relation { .. } => {
            let right = right_side(expr);
            if core::ptr::eq(right, expr) {
                vec![expr.clone()]
            } else {
                elements(right)
            }
        }
        ExprKind::PlusMinus(left, right) => {
            let minus = Expr::made(ExprKind::Neg(right.clone()));
            match left {
                None => vec![(**right).clone(), minus],
                Some(left) => [(**right).clone(), minus]
                    .into_iter()
                    .map(|r| Expr::made(ExprKind::Add(vec![(**left).clone(), r])))
                    .collect(),
            }
        }
        _ => vec![expr.clone()],
    }
}

/// The verdict over several comparisons that must all be equal.
pub(super) fn all(verdicts: impl Iterator<Item = Verdict>) -> Verdict {
    let mut proof = Proof::Exact;
    let mut undecided = false;
    for verdict in verdicts {
        match verdict {
            Verdict::Different(_) => return Verdict::Different(None),
            Verdict::Undecided => undecided = true,
            Verdict::Equal(p) => proof = proof.max(p),
        }
    }
    if undecided {
        Verdict::Undecided
    } else {
        Verdict::Equal(proof)
    }
}

/// Whether an element is among others.
fn among(element: &Expr, others: &[Expr]) -> Verdict {
    let mut best = Verdict::Different(None);
    for other in others {
        match values(element, other) {
            Verdict::Equal(proof) => return Verdict::Equal(proof),
            Verdict::Undecided => best = Verdict::Undecided,
            Verdict::Different(_) => {}
        }
    }
    best
}

/// The same elements in any order; repeated ones count once.
pub(super) fn sets(learner: &Expr, key: &Expr) -> Verdict {
    let (a, b) = (elements(learner), elements(key));
    if a.len() > ELEMENTS_LIMIT || b.len() > ELEMENTS_LIMIT {
        return Verdict::Undecided;
    }
    all(a
        .iter()
        .map(|e| among(e, &b))
        .chain(b.iter().map(|e| among(e, &a))))
}

/// The same values in the same places.
pub(super) fn tuples(learner: &Expr, key: &Expr) -> Verdict {
    if let (ExprKind::Matrix { columns: a, .. }, ExprKind::Matrix { columns: b, .. }) =
        (&learner.kind, &key.kind)
        && a != b
    {
        return Verdict::Different(None);
    }
    let (a, b) = (places(learner), places(key));
    if a.len() != b.len() {
        return Verdict::Different(None);
    }
    all(a.iter().zip(&b).map(|(a, b)| values(a, b)))
}

/// The values of a tuple, a list, a matrix, or of `x = 1, y = 2` in the order of the names.
fn places(expr: &Expr) -> Vec<Expr> {
    match &expr.kind {
        ExprKind::Tuple(parts) | ExprKind::Matrix { entries: parts, .. } => parts.clone(),
        ExprKind::List(parts) | ExprKind::And(parts) => {
            let mut named: Vec<(Vec<&str>, &Expr)> = parts
                .iter()
                .map(|p| match &p.kind {
                    ExprKind::Relation { terms, .. } if !core::ptr::eq(right_side(p), p) => {
                        (terms[0].variables(), right_side(p))
                    }
                    _ => (Vec::new(), p),
                })
                .collect();
            if named.iter().all(|(name, _)| !name.is_empty()) {
                named.sort_by(|a, b| a.0.cmp(&b.0));
            }
            named.into_iter().map(|(_, value)| value.clone()).collect()
        }
        ExprKind::Interval { low, high, .. } => vec![(**low).clone(), (**high).clone()],
        ExprKind::Set(parts) if parts.len() == 1 => places(&parts[0]),
        _ => vec![expr.clone()],
    }
}
