//! The form of an answer, apart from its value: simplest, mixed, expanded, factored, one fraction, scientific.

mod shapes;

pub use shapes::{
    has_constant_of_integration, is_completed_square, is_partial_fractions, is_simplest_radical,
    is_single_logarithm,
};

use crate::tree::{Expr, ExprKind, Notation};
use crate::{BigInt, Rational, plain};
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Whether it is a whole number or one fraction of whole numbers in lowest terms: `8/3`, `-1/2`, `4`; not `16/6`, `2 2/3`, `0.5`.
#[must_use]
pub fn is_simplest_fraction(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Neg(inner) => !begins_with_sign(inner) && is_simplest_fraction(inner),
        ExprKind::Number(n) => matches!(n.notation, Notation::Integer | Notation::Fraction),
        ExprKind::Quantity(value, _) => is_simplest_fraction(value),
        ExprKind::Div(top, bottom) => match (whole(top), whole(bottom)) {
            (Some(top), Some(bottom)) => {
                bottom.is_positive() && !bottom.is_one() && top.gcd(&bottom).is_one()
            }
            _ => false,
        },
        _ => false,
    }
}

/// Whether a minus sign stands first, so that another before it would be a double one.
fn begins_with_sign(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Neg(_) => true,
        ExprKind::Div(top, _) => begins_with_sign(top),
        ExprKind::Quantity(value, _) => begins_with_sign(value),
        _ => false,
    }
}

/// Whether it is a mixed number with a proper fraction in lowest terms, or a whole number or a proper fraction in lowest terms.
#[must_use]
pub fn is_mixed_number(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Neg(inner) => !begins_with_sign(inner) && is_mixed_number(inner),
        ExprKind::Quantity(value, _) => is_mixed_number(value),
        ExprKind::Number(n) => match n.notation {
            Notation::Integer => true,
            Notation::Mixed { simplest } => simplest,
            Notation::Fraction => n.value.abs() < Rational::one() || n.value.is_integer(),
            _ => false,
        },
        ExprKind::Div(..) => {
            is_simplest_fraction(expr)
                && expr
                    .as_rational()
                    .is_some_and(|v| v.abs() < Rational::one())
        }
        _ => false,
    }
}

/// Whether it is a sum of single terms, with no product or power of a sum and no two terms that could be joined.
#[must_use]
pub fn is_expanded(expr: &Expr) -> bool {
    let terms = match &expr.kind {
        ExprKind::Relation { terms, .. } => return terms.iter().all(is_expanded),
        ExprKind::Add(terms) => terms.as_slice(),
        _ => core::slice::from_ref(expr),
    };
    if !terms.iter().all(is_single_term) {
        return false;
    }
    let mut keys: Vec<_> = terms.iter().map(term_key).collect();
    keys.sort();
    keys.windows(2).all(|pair| pair[0] != pair[1])
}

type Key = Vec<(String, Rational)>;

/// The letters of a term with their powers; terms with the same key can be joined.
fn term_key(expr: &Expr) -> Key {
    let mut key = Key::new();
    gather_key(expr, &Rational::one(), &mut key);
    key.sort();
    let mut joined = Key::new();
    for (name, power) in key {
        match joined.last_mut() {
            Some((last, sum)) if *last == name => *sum += power,
            _ => joined.push((name, power)),
        }
    }
    joined.retain(|(_, power)| !power.is_zero());
    joined
}

fn gather_key(expr: &Expr, power: &Rational, key: &mut Key) {
    match &expr.kind {
        ExprKind::Number(_) => {}
        ExprKind::Neg(inner) | ExprKind::Quantity(inner, _) => gather_key(inner, power, key),
        ExprKind::Mul { factors, .. } => {
            for factor in factors {
                gather_key(factor, power, key);
            }
        }
        ExprKind::Div(top, bottom) => {
            gather_key(top, power, key);
            gather_key(bottom, &-power.clone(), key);
        }
        ExprKind::Pow(base, exponent) => match exponent.as_rational() {
            Some(e) => gather_key(base, &(power * e), key),
            None => key.push((plain::from_expr(expr), power.clone())),
        },
        _ => key.push((plain::from_expr(expr), power.clone())),
    }
}

/// A product of numbers, letters, powers and functions: nothing in it is a sum with letters.
fn is_single_term(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Number(_) | ExprKind::Variable(_) | ExprKind::Constant(_) => true,
        ExprKind::Neg(inner) | ExprKind::Quantity(inner, _) => is_single_term(inner),
        ExprKind::Mul { factors, .. } => {
            let numbers = factors.iter().filter(|f| f.as_rational().is_some()).count();
            // x*x can still be written as x^2.
            let mut letters: Vec<String> = factors
                .iter()
                .filter(|f| f.as_rational().is_none())
                .map(|f| match &f.kind {
                    ExprKind::Pow(base, _) => plain::from_expr(base),
                    _ => plain::from_expr(f),
                })
                .collect();
            letters.sort_unstable();
            numbers <= 1
                && letters.windows(2).all(|pair| pair[0] != pair[1])
                && factors.iter().all(is_single_term)
        }
        ExprKind::Div(top, bottom) => is_single_term(top) && is_single_term(bottom),
        ExprKind::Pow(base, _) => {
            matches!(
                base.kind,
                ExprKind::Variable(_)
                    | ExprKind::Constant(_)
                    | ExprKind::Number(_)
                    | ExprKind::Call(..)
            )
        }
        ExprKind::Root { .. } | ExprKind::Call(..) => true,
        _ => false,
    }
}

/// Whether it is a product that cannot be split further over the rational numbers, as far as small degrees can tell.
///
/// A single term, an irreducible sum, and a product of those are factored. A common factor left in a sum
/// (`2x + 4`), a quadratic with rational roots and a cubic with a rational root are not.
#[must_use]
pub fn is_factored(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Neg(inner) => is_factored(inner),
        ExprKind::Relation { terms, .. } => terms
            .iter()
            .all(|t| t.as_rational().is_some() || is_factored(t)),
        ExprKind::Mul { factors, .. } => factors.iter().all(is_factored),
        ExprKind::Pow(base, exponent) => {
            exponent.as_rational().is_some_and(|e| e.is_positive()) && is_factored(base)
        }
        ExprKind::Div(top, bottom) => bottom.as_rational().is_some() && is_factored(top),
        ExprKind::Add(_) => crate::equivalence::is_irreducible_sum(expr),
        _ => is_single_term(expr),
    }
}

/// Whether both are written alike but for the order and grouping of terms and factors: `2x + 1` and `1 + x*2`, but
/// not `x + x + 1`, and not `2/4` for `1/2`. An equation may be turned round; an inequality may not, because
/// `2 >= x` for `x <= 2` is another way to write it.
#[must_use]
pub fn is_same_but_for_order(a: &Expr, b: &Expr) -> bool {
    arranged(a) == arranged(b)
}

/// Whether both are written alike, order and all, but for spaces, brackets and the notation of numbers.
#[must_use]
pub fn is_written_alike(a: &Expr, b: &Expr) -> bool {
    crate::equivalence::same_tree(a, b)
}

/// A text that is the same for all orders of terms and factors.
fn arranged(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Add(_) => {
            let mut terms = Vec::new();
            gather_terms(expr, false, &mut terms);
            terms.sort_unstable();
            format!("({})", terms.join("+"))
        }
        ExprKind::Neg(_) | ExprKind::Mul { .. } | ExprKind::Div(..) => {
            let mut product = Product::default();
            product.gather(expr, false);
            product.written()
        }
        ExprKind::Relation { terms, relations } => {
            let sides: Vec<String> = terms.iter().map(arranged).collect();
            match (sides.as_slice(), relations.as_slice()) {
                ([a, b], [relation]) => {
                    let sign = relation.sign();
                    let (one, other) = (format!("{a}{sign}{b}"), format!("{b}{sign}{a}"));
                    if *relation == relation.flipped() {
                        one.min(other)
                    } else {
                        one
                    }
                }
                (sides, relations) => {
                    let signs: Vec<&str> = relations.iter().map(|r| r.sign()).collect();
                    format!("{}[{}]", sides.join(","), signs.join(","))
                }
            }
        }
        ExprKind::Set(parts) | ExprKind::Or(parts) | ExprKind::And(parts) => {
            let mut parts: Vec<String> = parts.iter().map(arranged).collect();
            parts.sort_unstable();
            parts.dedup();
            format!("{{{}}}", parts.join(","))
        }
        ExprKind::Pow(base, exponent) => format!("{}^{}", arranged(base), arranged(exponent)),
        ExprKind::Root { degree, radicand } => {
            format!("{}^(1/{degree})", arranged(radicand))
        }
        ExprKind::Call(function, arguments) => {
            let arguments: Vec<String> = arguments.iter().map(arranged).collect();
            format!("{}({})", function.name(), arguments.join(","))
        }
        _ if expr.children().next().is_none() => plain::from_expr(expr),
        _ => {
            let parts: Vec<String> = expr.children().map(arranged).collect();
            format!(
                "{:?}[{}]",
                core::mem::discriminant(&expr.kind),
                parts.join(",")
            )
        }
    }
}

fn gather_terms(expr: &Expr, negative: bool, out: &mut Vec<String>) {
    match &expr.kind {
        ExprKind::Add(terms) => terms.iter().for_each(|t| gather_terms(t, negative, out)),
        ExprKind::Neg(inner) => gather_terms(inner, !negative, out),
        _ => {
            let mut product = Product {
                negative,
                ..Product::default()
            };
            product.gather(expr, false);
            out.push(product.written());
        }
    }
}

/// A product as its sign, what stands above and what stands below.
#[derive(Default)]
struct Product {
    negative: bool,
    top: Vec<String>,
    bottom: Vec<String>,
}

impl Product {
    fn gather(&mut self, expr: &Expr, below: bool) {
        match &expr.kind {
            ExprKind::Neg(inner) => {
                self.negative = !self.negative;
                self.gather(inner, below);
            }
            ExprKind::Mul { factors, .. } => factors.iter().for_each(|f| self.gather(f, below)),
            ExprKind::Div(top, bottom) => {
                self.gather(top, below);
                self.gather(bottom, !below);
            }
            _ if below => self.bottom.push(arranged(expr)),
            _ => self.top.push(arranged(expr)),
        }
    }

    fn written(mut self) -> String {
        self.top.sort_unstable();
        self.bottom.sort_unstable();
        let sign = if self.negative { "-" } else { "" };
        match (self.top.as_slice(), self.bottom.as_slice()) {
            ([], []) => format!("{sign}1"),
            ([only], []) if !self.negative => only.clone(),
            (top, bottom) => format!("{sign}<{}/{}>", top.join("*"), bottom.join("*")),
        }
    }
}

/// Digits after the mark, as written; 0 for a whole number, `None` for what is no decimal number.
#[must_use]
pub fn decimal_places(expr: &Expr) -> Option<u32> {
    match &expr.kind {
        ExprKind::Neg(inner) | ExprKind::Quantity(inner, _) => decimal_places(inner),
        ExprKind::Number(n) => match n.notation {
            Notation::Decimal { places, .. } => Some(places),
            Notation::Integer => Some(0),
            _ => None,
        },
        _ => None,
    }
}

/// Whether it is at most one fraction: no sum of fractions and no fraction inside another.
#[must_use]
pub fn is_single_fraction(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Neg(inner) => is_single_fraction(inner),
        ExprKind::Div(top, bottom) => !has_fraction(top) && !has_fraction(bottom),
        ExprKind::Relation { terms, .. } => terms.iter().all(is_single_fraction),
        _ => !has_fraction(expr),
    }
}

fn has_fraction(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Div(..) => true,
        ExprKind::Number(n) => {
            !n.value.is_integer() && !matches!(n.notation, Notation::Decimal { .. })
        }
        ExprKind::Pow(base, exponent) => {
            has_fraction(base) || exponent.as_rational().is_some_and(|e| e.is_negative())
        }
        _ => expr.children().any(has_fraction),
    }
}

/// Whether it is `a × 10^n` with one digit other than zero before the mark, or the same as `1.5e3`.
#[must_use]
pub fn is_scientific(expr: &Expr) -> bool {
    let proper = |value: &Rational| {
        let size = value.abs();
        size >= Rational::one() && size < Rational::from_integer(BigInt::from(10))
    };
    match &expr.kind {
        ExprKind::Neg(inner) => is_scientific(inner),
        ExprKind::Number(n) => matches!(n.notation, Notation::Scientific { normal: true, .. }),
        ExprKind::Mul { factors, .. } => {
            let [first, last] = factors.as_slice() else {
                return false;
            };
            let ten = matches!(&last.kind, ExprKind::Pow(base, exponent)
                if base.as_rational() == Some(Rational::from_integer(BigInt::from(10)))
                    && exponent.as_rational().is_some_and(|e| e.is_integer()));
            let first = match &first.kind {
                ExprKind::Neg(inner) => inner,
                _ => first,
            };
            let decimal = matches!(&first.kind, ExprKind::Number(n)
                if matches!(n.notation, Notation::Integer | Notation::Decimal { .. }));
            ten && decimal && first.as_rational().is_some_and(|v| proper(&v))
        }
        _ => false,
    }
}

/// How many significant figures a written number shows; `None` for what is no decimal number.
#[must_use]
pub fn significant_figures(expr: &Expr) -> Option<u32> {
    match &expr.kind {
        ExprKind::Neg(inner) | ExprKind::Quantity(inner, _) => significant_figures(inner),
        ExprKind::Mul { factors, .. } if is_scientific(expr) => significant_figures(&factors[0]),
        ExprKind::Number(n) => match n.notation {
            Notation::Decimal { figures, .. } | Notation::Scientific { figures, .. } => {
                Some(figures)
            }
            Notation::Integer => {
                let digits = alloc::string::ToString::to_string(&n.value.to_integer().abs());
                digits.trim_end_matches('0').len().max(1).to_u32()
            }
            _ => None,
        },
        _ => None,
    }
}

/// The value of a whole number, also with a sign.
fn whole(expr: &Expr) -> Option<BigInt> {
    match &expr.kind {
        ExprKind::Number(n) if n.notation == Notation::Integer => Some(n.value.to_integer()),
        ExprKind::Neg(inner) if !matches!(inner.kind, ExprKind::Neg(_)) => whole(inner).map(|v| -v),
        _ => None,
    }
}
