//! Sets, tuples and single values: what an answer lists, and whether the lists are the same.

use super::{Proof, Verdict, Work, quantities, scalar, solutions};
use crate::tree::{Constant, Expr, ExprKind, Relation};
use alloc::vec;
use alloc::vec::Vec;

/// Most elements that are compared with each other.
const ELEMENTS_LIMIT: usize = 40;

/// Compares two values of any kind by what the key is.
pub(super) fn values(learner: &Expr, key: &Expr, work: &Work) -> Verdict {
    if let Some(verdict) = super::ratios::compare(learner, key, work) {
        return verdict;
    }
    let (learner, key) = match (is_statement(learner), is_statement(key)) {
        // Beside an inequality, (0, 5) is an interval.
        (true, false) if is_range(learner, key) => return solutions::compare(learner, key, work),
        (false, true) if is_range(key, learner) => return solutions::compare(learner, key, work),
        (true, true) => return solutions::compare(learner, key, work),
        (true, false) => (right_side(learner), key),
        (false, true) => (learner, right_side(key)),
        (false, false) => (learner, key),
    };
    if is_statement(learner) != is_statement(key) {
        return Verdict::Different(None);
    }
    match &key.kind {
        ExprKind::Set(_) | ExprKind::List(_) | ExprKind::PlusMinus(..) => sets(learner, key, work),
        // [1, 2] and (1, 2) differ, as intervals and as ways to write.
        ExprKind::Tuple(_) if matches!(learner.kind, ExprKind::Interval { .. }) => {
            Verdict::Different(None)
        }
        ExprKind::Tuple(_) | ExprKind::Matrix { .. } => tuples(learner, key, work),
        ExprKind::Or(_) | ExprKind::And(_) => solutions::compare(learner, key, work),
        _ if splits(learner) || splits(key) => sets(learner, key, work),
        _ if is_infinite(learner) || is_infinite(key) => infinities(learner, key),
        _ if holds_quantity(learner) || holds_quantity(key) => {
            quantities::compare(learner, key, false, None, work)
        }
        _ if is_collection(learner) => match elements(learner).as_slice() {
            [only] if !is_collection(only) => scalar::compare(only, key, work),
            _ => Verdict::Different(None),
        },
        _ => scalar::compare(learner, key, work),
    }
}

/// What can be true or false: a relation, or an interval as a statement about a variable.
fn is_statement(expr: &Expr) -> bool {
    matches!(
        expr.kind,
        ExprKind::Relation { .. } | ExprKind::Interval { .. }
    )
}

/// Whether the first is an inequality or an interval and the other is written as an open interval of numbers.
fn is_range(statement: &Expr, pair: &Expr) -> bool {
    let ExprKind::Tuple(ends) = &pair.kind else {
        return false;
    };
    let inequality = match &statement.kind {
        ExprKind::Relation { relations, .. } => relations.iter().all(|r| *r != r.flipped()),
        _ => false,
    };
    inequality && ends.len() == 2 && ends.iter().all(|e| e.variables().is_empty())
}

/// Two values of which one at least is infinite.
fn infinities(learner: &Expr, key: &Expr) -> Verdict {
    let sign = |e: &Expr| is_infinite(e).then_some(matches!(e.kind, ExprKind::Neg(_)));
    if sign(learner) == sign(key) {
        Verdict::Equal(Proof::Exact)
    } else {
        Verdict::Different(None)
    }
}

pub(super) fn is_infinite(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Constant(Constant::Infinity) => true,
        ExprKind::Neg(inner) => matches!(inner.kind, ExprKind::Constant(Constant::Infinity)),
        _ => false,
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

/// The 5 of `x = 5` and of `5 = x`.
pub(super) fn right_side(expr: &Expr) -> &Expr {
    assigned(expr).map_or(expr, |(_, value)| value)
}

/// The name and the value of `x = 5`, in either order.
fn assigned(expr: &Expr) -> Option<(&str, &Expr)> {
    let ExprKind::Relation { terms, relations } = &expr.kind else {
        return None;
    };
    let ([left, right], [Relation::Equal]) = (terms.as_slice(), relations.as_slice()) else {
        return None;
    };
    match (&left.kind, &right.kind) {
        (ExprKind::Variable(name), _) => Some((name, right)),
        (_, ExprKind::Variable(name)) if left.variables().is_empty() => Some((name, left)),
        _ => None,
    }
}

/// What an answer lists: the elements of a set, the sides of "or", both values of "±". Sets inside are elements.
pub(super) fn elements(expr: &Expr) -> Vec<Expr> {
    match &expr.kind {
        ExprKind::Set(parts) => parts.iter().flat_map(listed).collect(),
        _ => listed(expr),
    }
}

fn listed(expr: &Expr) -> Vec<Expr> {
    match &expr.kind {
        ExprKind::List(parts) | ExprKind::Or(parts) => parts.iter().flat_map(listed).collect(),
        ExprKind::Relation { .. } => {
            let right = right_side(expr);
            if core::ptr::eq(right, expr) {
                vec![expr.clone()]
            } else {
                elements(right)
            }
        }
        ExprKind::PlusMinus(..) => vec![signed(expr, false), signed(expr, true)],
        _ if splits(expr) => vec![signed(expr, false), signed(expr, true)],
        _ => vec![expr.clone()],
    }
}

/// Whether one ± stands in a value, where it can be read as plus and as minus; inside a unit or a set it cannot.
fn splits(expr: &Expr) -> bool {
    signs(expr) == 1 && signs(&signed(expr, false)) == 0
}

/// How many times ± stands in a value.
fn signs(expr: &Expr) -> usize {
    let here = usize::from(matches!(expr.kind, ExprKind::PlusMinus(..)));
    here + expr.children().map(signs).sum::<usize>()
}

/// The value with ± read as plus or as minus.
fn signed(expr: &Expr, minus: bool) -> Expr {
    let ExprKind::PlusMinus(left, right) = &expr.kind else {
        return super::formula::rebuilt(expr, &|child| signed(child, minus));
    };
    let right = if minus {
        Expr::made(ExprKind::Neg(right.clone()))
    } else {
        (**right).clone()
    };
    match left {
        None => right,
        Some(left) => Expr::made(ExprKind::Add(vec![(**left).clone(), right])),
    }
}

/// The names that a list gives values to, sorted, each once; empty when a part has none.
fn names_given(expr: &Expr) -> Vec<&str> {
    let parts = match &expr.kind {
        ExprKind::Set(parts)
        | ExprKind::List(parts)
        | ExprKind::Or(parts)
        | ExprKind::And(parts)
        | ExprKind::Tuple(parts) => parts.as_slice(),
        _ => core::slice::from_ref(expr),
    };
    let names: Option<Vec<&str>> = parts.iter().map(|p| Some(assigned(p)?.0)).collect();
    let mut names = names.unwrap_or_default();
    names.sort_unstable();
    names.dedup();
    names
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
fn among(element: &Expr, others: &[Expr], work: &Work) -> Verdict {
    let mut best = Verdict::Different(None);
    for other in others {
        match values(element, other, work) {
            Verdict::Equal(proof) => return Verdict::Equal(proof),
            Verdict::Undecided => best = Verdict::Undecided,
            Verdict::Different(_) => {}
        }
    }
    best
}

/// The same elements in any order; repeated ones count once.
pub(super) fn sets(learner: &Expr, key: &Expr, work: &Work) -> Verdict {
    let (names, asked) = (names_given(learner), names_given(key));
    if !names.is_empty() && !asked.is_empty() && names != asked {
        return Verdict::Different(None);
    }
    if names.len() > 1 || asked.len() > 1 {
        // "x = 1, y = 2": which letter has which value matters.
        return if matches!(key.kind, ExprKind::Or(_)) {
            solutions::compare(learner, key, work)
        } else {
            tuples(learner, key, work)
        };
    }
    let (a, b) = (elements(learner), elements(key));
    if a.len() > ELEMENTS_LIMIT || b.len() > ELEMENTS_LIMIT {
        return Verdict::Undecided;
    }
    all(a
        .iter()
        .map(|e| among(e, &b, work))
        .chain(b.iter().map(|e| among(e, &a, work))))
}

/// The same values in the same places.
pub(super) fn tuples(learner: &Expr, key: &Expr, work: &Work) -> Verdict {
    if let (ExprKind::Matrix { columns: a, .. }, ExprKind::Matrix { columns: b, .. }) =
        (&learner.kind, &key.kind)
        && a != b
    {
        return Verdict::Different(None);
    }
    let (names, asked) = (names_given(learner), names_given(key));
    if !names.is_empty() && !asked.is_empty() && names != asked {
        return Verdict::Different(None);
    }
    let (a, b) = (places(learner), places(key));
    if a.len() != b.len() {
        return Verdict::Different(None);
    }
    all(a.iter().zip(&b).map(|(a, b)| values(a, b, work)))
}

/// The values of a tuple, a list, a matrix, or of `x = 1, y = 2` in the order of the names.
fn places(expr: &Expr) -> Vec<Expr> {
    match &expr.kind {
        ExprKind::Tuple(parts) | ExprKind::Matrix { entries: parts, .. } => parts.clone(),
        ExprKind::List(parts) | ExprKind::And(parts) => {
            let mut named: Vec<(Vec<&str>, &Expr)> = parts
                .iter()
                .map(|p| match assigned(p) {
                    Some((name, value)) => (vec![name], value),
                    None => (Vec::new(), p),
                })
                .collect();
            if named.iter().all(|(name, _)| !name.is_empty()) {
                named.sort_by(|a, b| a.0.cmp(&b.0));
            }
            named.into_iter().map(|(_, value)| value.clone()).collect()
        }
        ExprKind::Interval {
            low,
            high,
            low_closed: true,
            high_closed: true,
        } => vec![(**low).clone(), (**high).clone()],
        ExprKind::Set(parts) if parts.len() == 1 => places(&parts[0]),
        _ => vec![expr.clone()],
    }
}
