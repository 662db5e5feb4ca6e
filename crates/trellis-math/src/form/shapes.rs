//! Shapes that exercises ask for by name: a completed square, partial fractions, one logarithm, the simplest radical form.

use crate::equivalence::{Comparison, compare};
use crate::tree::{Expr, ExprKind, Function};
use crate::{BigInt, Rational, plain};
use alloc::string::String;
use alloc::vec::Vec;
use num_integer::Integer;
use num_traits::{One, Signed, Zero};

/// The terms of a sum, with the signs before them taken off.
fn terms(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::Add(parts) => parts.iter().flat_map(terms).collect(),
        ExprKind::Neg(inner) => terms(inner),
        _ => Vec::from([expr]),
    }
}

/// Whether it is `a(x + h)² + k` with constants `a`, `h` and `k`, in either order; `x² + 3` and `(x - 1)²` are.
#[must_use]
pub fn is_completed_square(expr: &Expr) -> bool {
    if let ExprKind::Relation { terms: sides, .. } = &expr.kind {
        let lettered = sides.iter().filter(|s| !s.variables().is_empty());
        return lettered.clone().any(is_completed_square)
            && lettered
                .clone()
                .all(|s| is_completed_square(s) || matches!(s.kind, ExprKind::Variable(_)));
    }
    let terms = terms(expr);
    let mut lettered = terms.iter().filter(|t| !t.variables().is_empty());
    let constants = terms.iter().filter(|t| t.variables().is_empty()).count();
    match (lettered.next(), lettered.next()) {
        (Some(square), None) => constants <= 1 && is_square_of_linear(square),
        _ => false,
    }
}

/// `a·(mx + n)²`, also over a number.
fn is_square_of_linear(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Neg(inner) => is_square_of_linear(inner),
        ExprKind::Div(top, bottom) => bottom.variables().is_empty() && is_square_of_linear(top),
        ExprKind::Mul { factors, .. } => {
            let mut lettered = factors.iter().filter(|f| !f.variables().is_empty());
            matches!((lettered.next(), lettered.next()), (Some(only), None) if is_square_of_linear(only))
        }
        ExprKind::Pow(base, exponent) => {
            exponent.as_rational() == Some(Rational::from_integer(2.into()))
                && base.variables().len() == 1
                && is_linear(base)
        }
        _ => false,
    }
}

fn is_linear(expr: &Expr) -> bool {
    let lettered: Vec<&Expr> = terms(expr)
        .into_iter()
        .filter(|t| !t.variables().is_empty())
        .collect();
    let [only] = lettered.as_slice() else {
        return false;
    };
    match &only.kind {
        ExprKind::Variable(_) => true,
        ExprKind::Mul { factors, .. } => factors
            .iter()
            .all(|f| f.variables().is_empty() || matches!(f.kind, ExprKind::Variable(_))),
        ExprKind::Div(top, bottom) => bottom.variables().is_empty() && is_linear(top),
        _ => false,
    }
}

/// Whether it is a sum of partial fractions in one letter: below each bar a power of one irreducible polynomial, above it a
/// polynomial of lower degree than that polynomial, no such power twice; whole terms beside them.
#[must_use]
pub fn is_partial_fractions(expr: &Expr) -> bool {
    let names = expr.variables();
    let [name] = names.as_slice() else {
        return names.is_empty();
    };
    let mut seen: Vec<(Expr, u32)> = Vec::new();
    for term in terms(expr) {
        let Some((top, bottom)) = fraction_of(term) else {
            if polynomial_degree(term, name).is_none() {
                return false;
            }
            continue;
        };
        let (base, power) = match &bottom.kind {
            ExprKind::Pow(base, exponent) => {
                let power = exponent.as_rational().filter(|e| e.is_integer());
                let Some(power) = power.and_then(|p| u32::try_from(p.to_integer()).ok()) else {
                    return false;
                };
                ((**base).clone(), power)
            }
            _ => (bottom.clone(), 1),
        };
        let degrees = (polynomial_degree(top, name), polynomial_degree(&base, name));
        let (Some(above), Some(below)) = degrees else {
            return false;
        };
        let same = |(other, k): &(Expr, u32)| {
            *k == power && compare(other, &base, &Comparison::EquivalentExpression).is_equal()
        };
        if above >= below || power == 0 || !super::is_factored(&base) || seen.iter().any(same) {
            return false;
        }
        if matches!(base.kind, ExprKind::Mul { .. }) {
            return false;
        }
        seen.push((base, power));
    }
    true
}

/// What stands above and below the only bar with letters below: `3/(x+1)`, `3·1/(x+1)`, `(1/2)·1/(x+1)` through its last factor.
fn fraction_of(term: &Expr) -> Option<(&Expr, Expr)> {
    match &term.kind {
        ExprKind::Neg(inner) => fraction_of(inner),
        ExprKind::Div(top, bottom) if !bottom.variables().is_empty() => {
            Some((top, without_numbers(bottom)))
        }
        ExprKind::Mul { factors, .. } => {
            let mut lettered = factors.iter().filter(|f| !f.variables().is_empty());
            match (lettered.next(), lettered.next()) {
                (Some(only), None) => fraction_of(only),
                _ => None,
            }
        }
        ExprKind::Div(top, _) => fraction_of(top),
        _ => None,
    }
}

/// `x + 1` of `2(x + 1)`.
fn without_numbers(expr: &Expr) -> Expr {
    if let ExprKind::Mul { factors, .. } = &expr.kind {
        let lettered: Vec<&Expr> = factors
            .iter()
            .filter(|f| !f.variables().is_empty())
            .collect();
        if let [only] = lettered.as_slice() {
            return (*only).clone();
        }
    }
    expr.clone()
}

/// The degree of a polynomial as written, an upper bound of the true one; `None` for what is no polynomial.
fn polynomial_degree(expr: &Expr, name: &str) -> Option<u32> {
    if expr.variables().is_empty() {
        return Some(0);
    }
    match &expr.kind {
        ExprKind::Variable(n) => Some(u32::from(n == name)),
        ExprKind::Neg(inner) => polynomial_degree(inner, name),
        ExprKind::Add(parts) => {
            let degrees: Option<Vec<u32>> =
                parts.iter().map(|p| polynomial_degree(p, name)).collect();
            degrees?.into_iter().max()
        }
        ExprKind::Mul { factors, .. } => {
            let degrees: Option<Vec<u32>> =
                factors.iter().map(|p| polynomial_degree(p, name)).collect();
            Some(degrees?.into_iter().fold(0, u32::saturating_add))
        }
        ExprKind::Div(top, bottom) if bottom.variables().is_empty() => polynomial_degree(top, name),
        ExprKind::Pow(base, exponent) => {
            let power = exponent.as_rational().filter(|e| e.is_integer())?;
            let power = u32::try_from(power.to_integer()).ok()?;
            polynomial_degree(base, name)?.checked_mul(power)
        }
        _ => None,
    }
}

fn is_logarithm(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Call(Function::Ln | Function::Log, _))
}

fn holds_logarithm(expr: &Expr) -> bool {
    is_logarithm(expr) || expr.children().any(holds_logarithm)
}

/// Whether it is one logarithm and nothing else, with none inside: `ln(x²/y)`, not `2 ln x` and not `ln x - ln y`.
#[must_use]
pub fn is_single_logarithm(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Relation { terms, .. } => {
            terms.iter().any(holds_logarithm)
                && terms
                    .iter()
                    .all(|t| is_single_logarithm(t) || !holds_logarithm(t))
        }
        ExprKind::Call(Function::Ln | Function::Log, parts) => !parts.iter().any(holds_logarithm),
        _ => false,
    }
}

/// Whether roots stand as school writes them: nothing left under a root that could come out, no root and no sum with roots below a
/// bar, no fraction and no root under a root, no two roots that join, and numbers before roots in lowest terms.
#[must_use]
pub fn is_simplest_radical(expr: &Expr) -> bool {
    if let ExprKind::Relation { terms, .. } | ExprKind::List(terms) | ExprKind::Set(terms) =
        &expr.kind
    {
        return terms.iter().all(is_simplest_radical);
    }
    if !roots_are_simple(expr) || !is_reduced(expr) {
        return false;
    }
    let mut kinds: Vec<String> = Vec::new();
    for term in terms(expr) {
        let mut roots = Vec::new();
        if !gather_roots(term, &mut roots) {
            return false;
        }
        // Terms alike join: 2√3 + √3. Letters are part of what must be alike.
        kinds.push(alike(term));
    }
    kinds.sort_unstable();
    kinds.windows(2).all(|pair| pair[0] != pair[1])
}

fn holds_root(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Root { .. }) || expr.children().any(holds_root)
}

/// Whether every root has a radicand from which nothing comes out, and none stands below a bar.
fn roots_are_simple(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Root { degree, radicand } => is_bare(*degree, radicand),
        ExprKind::Div(top, bottom) => !holds_root(bottom) && roots_are_simple(top),
        ExprKind::Pow(base, exponent) => {
            let whole = exponent
                .as_rational()
                .is_none_or(|e| e.is_integer() && e.is_positive());
            whole && !holds_root(base)
        }
        _ => expr.children().all(roots_are_simple),
    }
}

/// Whether no factor of the radicand is a power of the degree: whole numbers and letters, each with a lower power.
fn is_bare(degree: u32, radicand: &Expr) -> bool {
    match &radicand.kind {
        ExprKind::Number(n) => {
            n.value.is_integer() && n.value > Rational::one() && {
                is_free_of_powers(&n.value.to_integer(), degree)
            }
        }
        ExprKind::Variable(_) | ExprKind::Constant(_) => true,
        ExprKind::Pow(base, exponent) => {
            let power = exponent.as_rational();
            matches!(base.kind, ExprKind::Variable(_))
                && power.is_some_and(|p| {
                    p.is_integer() && p.is_positive() && p < Rational::from_integer(degree.into())
                })
        }
        ExprKind::Mul { factors, .. } => factors.iter().all(|f| is_bare(degree, f)),
        ExprKind::Add(_) => !holds_root(radicand) && !radicand.variables().is_empty(),
        _ => false,
    }
}

/// Whether no prime divides it as often as the degree says; numbers too large to try are taken as they are.
fn is_free_of_powers(value: &BigInt, degree: u32) -> bool {
    let mut base = BigInt::from(2);
    let limit = BigInt::from(10_000);
    while base <= limit {
        let power = base.pow(degree);
        if power > *value {
            return true;
        }
        if (value % power).is_zero() {
            return false;
        }
        base += 1;
    }
    true
}

/// The radicands of a product by degree; false when two of the same degree could be joined.
fn gather_roots(term: &Expr, roots: &mut Vec<u32>) -> bool {
    match &term.kind {
        ExprKind::Root { degree, .. } => {
            let twice = roots.contains(degree);
            roots.push(*degree);
            !twice
        }
        ExprKind::Neg(inner) => gather_roots(inner, roots),
        ExprKind::Mul { factors, .. } => factors.iter().all(|f| gather_roots(f, roots)),
        ExprKind::Div(top, _) => gather_roots(top, roots),
        _ => true,
    }
}

/// A text that is the same for terms that join.
fn alike(term: &Expr) -> String {
    match &term.kind {
        ExprKind::Neg(inner) => alike(inner),
        ExprKind::Div(top, bottom) if bottom.as_rational().is_some() => alike(top),
        ExprKind::Mul { factors, .. } => {
            let mut parts: Vec<String> = factors
                .iter()
                .filter(|f| f.as_rational().is_none())
                .map(plain::from_expr)
                .collect();
            parts.sort_unstable();
            parts.join("*")
        }
        _ if term.as_rational().is_some() => String::new(),
        _ => plain::from_expr(term),
    }
}

/// Whether the numbers above a bar and the number below it have no common factor, and each bare fraction is in lowest terms.
fn is_reduced(expr: &Expr) -> bool {
    let here = match &expr.kind {
        ExprKind::Div(top, bottom) => match bottom.as_rational() {
            Some(below) if below.is_integer() && below > Rational::one() => {
                let numbers: Vec<BigInt> = terms(top).into_iter().map(coefficient).collect();
                let common = numbers.iter().fold(below.to_integer(), |gcd, n| gcd.gcd(n));
                common.is_one()
            }
            Some(_) => false,
            None => true,
        },
        ExprKind::Mul { factors, .. } => {
            factors.iter().filter(|f| f.as_rational().is_some()).count() <= 1
        }
        _ => true,
    };
    here && expr.children().all(is_reduced)
}

/// The whole number before a term, 1 when none is written.
fn coefficient(term: &Expr) -> BigInt {
    let own = term.as_rational().or_else(|| match &term.kind {
        ExprKind::Mul { factors, .. } => factors.iter().find_map(Expr::as_rational),
        _ => None,
    });
    own.filter(Rational::is_integer)
        .map_or_else(BigInt::one, |v| v.to_integer())
}

/// Whether a constant of integration is added: a letter, perhaps with a number before it, that stands nowhere else.
#[must_use]
pub fn has_constant_of_integration(expr: &Expr, variable: &str) -> bool {
    let terms = terms(expr);
    terms.iter().enumerate().any(|(i, term)| {
        let letter = match &term.kind {
            ExprKind::Variable(name) => name,
            ExprKind::Mul { factors, .. } => match factors.as_slice() {
                [number, letter] if number.as_rational().is_some_and(|v| !v.is_zero()) => {
                    match &letter.kind {
                        ExprKind::Variable(name) => name,
                        _ => return false,
                    }
                }
                _ => return false,
            },
            _ => return false,
        };
        let elsewhere = terms
            .iter()
            .enumerate()
            .any(|(j, other)| i != j && other.variables().contains(&letter.as_str()));
        letter != variable && !elsewhere
    })
}
