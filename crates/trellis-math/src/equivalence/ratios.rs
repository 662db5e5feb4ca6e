//! Ratios of several parts, and what may be a ratio or a time of day: `1:2:3`, `2:30`.

use super::collections::{all, values};
use super::{Verdict, Work, scalar};
use crate::tree::{Expr, ExprKind, Function};

/// Compares when one side at least is a ratio node; `None` when neither is.
pub(super) fn compare(learner: &Expr, key: &Expr, work: &Work) -> Option<Verdict> {
    match (parts(learner), parts(key)) {
        (None, None) => None,
        (Some(learner), Some(key)) => Some(proportional(learner, key, work)),
        (Some([a, b]), None) => Some(values(&quotient(a, b), key, work)),
        (None, Some([a, b])) => Some(values(learner, &quotient(a, b), work)),
        _ => Some(Verdict::Different(None)),
    }
}

fn parts(expr: &Expr) -> Option<&[Expr]> {
    match &expr.kind {
        ExprKind::Call(Function::Ratio, parts) => Some(parts),
        _ => None,
    }
}

fn quotient(top: &Expr, bottom: &Expr) -> Expr {
    Expr::made(ExprKind::Div(top.clone().into(), bottom.clone().into()))
}

fn proportional(a: &[Expr], b: &[Expr], work: &Work) -> Verdict {
    if a.len() != b.len() {
        return Verdict::Different(None);
    }
    let verdict = match (a, b) {
        ([a_first, a_rest @ ..], [b_first, b_rest @ ..]) => all(a_rest
            .iter()
            .zip(b_rest)
            .map(|(x, y)| scalar::compare(&quotient(x, a_first), &quotient(y, b_first), work))),
        _ => Verdict::Undecided,
    };
    let same = a
        .iter()
        .zip(b)
        .all(|(x, y)| x.as_rational() == y.as_rational());
    if a.len() == 2 && verdict.is_equal() && !same {
        // 1:15 is 2:30 as a ratio, but not as a time of day.
        return Verdict::Undecided;
    }
    verdict
}
