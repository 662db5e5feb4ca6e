//! Statements as their parts, and trees with other things put in.

use crate::tree::{Expr, ExprKind, Relation};
use alloc::vec::Vec;

/// A statement about variables.
#[derive(Debug, Clone)]
pub(super) enum Formula {
    /// The left side minus the right side stands in this relation to zero.
    Atom(Expr, Expr, Relation),
    All(Vec<Self>),
    Any(Vec<Self>),
}

impl Formula {
    /// With values put in for some variables.
    pub(super) fn with(&self, values: &[(&str, Expr)]) -> Self {
        let many = |parts: &[Self]| parts.iter().map(|p| p.with(values)).collect();
        match self {
            Self::Atom(a, b, r) => Self::Atom(put(a, values), put(b, values), *r),
            Self::All(parts) => Self::All(many(parts)),
            Self::Any(parts) => Self::Any(many(parts)),
        }
    }
}

/// The tree with values in place of variables.
pub(super) fn put(expr: &Expr, fixed: &[(&str, Expr)]) -> Expr {
    if let ExprKind::Variable(name) = &expr.kind {
        let value = fixed.iter().find(|(n, _)| n == name);
        return value.map_or_else(|| expr.clone(), |(_, value)| value.clone());
    }
    rebuilt(expr, &|child| put(child, fixed))
}

/// The tree of a value with each part directly below replaced.
pub(super) fn rebuilt(expr: &Expr, change: &dyn Fn(&Expr) -> Expr) -> Expr {
    let boxed = |e: &Expr| alloc::boxed::Box::new(change(e));
    let many = |v: &[Expr]| v.iter().map(change).collect::<Vec<_>>();
    let kind = match &expr.kind {
        ExprKind::Neg(a) => ExprKind::Neg(boxed(a)),
        ExprKind::Add(v) => ExprKind::Add(many(v)),
        ExprKind::Mul { factors, explicit } => ExprKind::Mul {
            factors: many(factors),
            explicit: *explicit,
        },
        ExprKind::Div(a, b) => ExprKind::Div(boxed(a), boxed(b)),
        ExprKind::Pow(a, b) => ExprKind::Pow(boxed(a), boxed(b)),
        ExprKind::Root { degree, radicand } => ExprKind::Root {
            degree: *degree,
            radicand: boxed(radicand),
        },
        ExprKind::Call(f, v) => ExprKind::Call(*f, many(v)),
        _ => return expr.clone(),
    };
    Expr::new(kind, expr.span)
}
