//! Statements with absolute values, square roots, exponentials and logarithms, rewritten as cases without them.
//!
//! Each rewriting keeps the solutions exactly: `|A| = B` is `A ≥ 0 and A = B` or `A < 0 and -A = B`; `√A < B` is `A ≥ 0`
//! and `B > 0` and `A < B²`. What has no value makes both sides of a rewriting false.

use super::formula::{Formula, put, rebuilt};
use super::{Verdict, Work, scalar};
use crate::tree::{Constant, Expr, ExprKind, Function, Relation};
use crate::{BigInt, Rational};
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;
use num_traits::{Signed, Zero};

/// A letter that no answer holds, in place of what is taken out.
const HOLE: &str = "\u{25a1}";
/// Most absolute values, roots, exponentials and logarithms of one statement.
const MOST: u32 = 5;

/// The statement without absolute values, roots, exponentials and logarithms of this letter, as far as that can be done.
pub(super) fn unfolded(formula: Formula, name: &str, work: &Work) -> Formula {
    let mut left = MOST;
    each_atom(&formula, &mut |a, b, r| {
        unfolded_atom(a, b, r, name, &mut left, work)
    })
    .unwrap_or(formula)
}

/// The statement with the letter alone on one side of each atom, over constants that may be roots or logarithms.
pub(super) fn isolated(formula: &Formula, name: &str, work: &Work) -> Option<Formula> {
    each_atom(formula, &mut |a, b, r| isolated_atom(a, b, r, name, work))
}

fn each_atom(
    formula: &Formula,
    change: &mut dyn FnMut(&Expr, &Expr, Relation) -> Option<Formula>,
) -> Option<Formula> {
    let mut many = |parts: &[Formula]| -> Option<Vec<Formula>> {
        parts.iter().map(|p| each_atom(p, change)).collect()
    };
    Some(match formula {
        Formula::Any(parts) => Formula::Any(many(parts)?),
        Formula::All(parts) => Formula::All(many(parts)?),
        Formula::Atom(a, b, relation) => change(a, b, *relation)?,
    })
}

fn whole(value: i64) -> Expr {
    scalar::made(Rational::from_integer(BigInt::from(value)))
}

fn negated(expr: &Expr) -> Expr {
    Expr::made(ExprKind::Neg(expr.clone().into()))
}

fn sum(a: &Expr, b: &Expr) -> Expr {
    Expr::made(ExprKind::Add(vec![a.clone(), b.clone()]))
}

fn product(a: &Expr, b: &Expr) -> Expr {
    Expr::made(ExprKind::Mul {
        factors: vec![a.clone(), b.clone()],
        explicit: true,
    })
}

fn quotient(a: &Expr, b: &Expr) -> Expr {
    Expr::made(ExprKind::Div(a.clone().into(), b.clone().into()))
}

fn against_zero(expr: Expr, relation: Relation) -> Formula {
    Formula::Atom(expr, whole(0), relation)
}

/// What is taken out of an atom.
enum Taken {
    Absolute(Expr),
    Root(Expr),
    /// The logarithm of the first to the base of the second.
    Logarithm(Expr, Expr),
    /// The first to the power of the second.
    Power(Expr, Expr),
}

/// The innermost of these things that holds the letter.
fn innermost<'e>(expr: &'e Expr, name: &str) -> Option<(&'e Expr, Taken)> {
    if let Some(found) = expr.children().find_map(|c| innermost(c, name)) {
        return Some(found);
    }
    let has = |e: &Expr| e.variables().contains(&name);
    let e = || Expr::made(ExprKind::Constant(Constant::E));
    let taken = match &expr.kind {
        ExprKind::Call(Function::Abs, parts) => match parts.as_slice() {
            [only] if has(only) => Taken::Absolute(only.clone()),
            _ => return None,
        },
        ExprKind::Root {
            degree: 2,
            radicand,
        } if has(radicand) => Taken::Root((**radicand).clone()),
        ExprKind::Call(Function::Ln, parts) if parts.len() == 1 && has(expr) => {
            Taken::Logarithm(parts[0].clone(), e())
        }
        ExprKind::Call(Function::Log, parts) if has(expr) => match parts.as_slice() {
            [value] => Taken::Logarithm(value.clone(), whole(10)),
            [value, base] if !has(base) => Taken::Logarithm(value.clone(), base.clone()),
            _ => return None,
        },
        ExprKind::Call(Function::Exp, parts) if parts.len() == 1 && has(expr) => {
            Taken::Power(e(), parts[0].clone())
        }
        ExprKind::Pow(base, exponent) if has(exponent) && !has(base) => {
            Taken::Power((**base).clone(), (**exponent).clone())
        }
        _ => return None,
    };
    Some((expr, taken))
}

fn unfolded_atom(
    left: &Expr,
    right: &Expr,
    relation: Relation,
    name: &str,
    most: &mut u32,
    work: &Work,
) -> Option<Formula> {
    let difference = sum(left, &negated(right));
    let Some((node, taken)) = innermost(&difference, name) else {
        return Some(Formula::Atom(left.clone(), right.clone(), relation));
    };
    *most = most.checked_sub(1)?;
    let opened = replaced(&difference, node);
    let changed = match taken {
        Taken::Absolute(inner) => {
            let with = |value: &Expr| put(&opened, &[(HOLE, value.clone())]);
            Formula::Any(vec![
                Formula::All(vec![
                    against_zero(inner.clone(), Relation::GreaterOrEqual),
                    against_zero(with(&inner), relation),
                ]),
                Formula::All(vec![
                    against_zero(inner.clone(), Relation::Less),
                    against_zero(with(&negated(&inner)), relation),
                ]),
            ])
        }
        Taken::Root(inner) => {
            let (factor, rest) = linear_in_hole(&opened, work)?;
            root_cases(&inner, &factor, &rest, relation)
        }
        Taken::Logarithm(inner, base) => {
            let (relation, bound) = bound_of(&opened, relation, work)?;
            let power = Expr::made(ExprKind::Pow(base.clone().into(), bound.into()));
            (is_above_one(&base, work)?).then(|| {
                Formula::All(vec![
                    against_zero(inner.clone(), Relation::Greater),
                    Formula::Atom(inner, power, relation),
                ])
            })?
        }
        Taken::Power(base, exponent) => {
            let (relation, bound) = bound_of(&opened, relation, work)?;
            power_case(&base, exponent, &bound, relation, work)?
        }
    };
    each_atom(&changed, &mut |a, b, r| {
        unfolded_atom(a, b, r, name, most, work)
    })
}

/// The tree with every copy of a part replaced by the hole.
fn replaced(expr: &Expr, part: &Expr) -> Expr {
    if expr.kind == part.kind {
        return Expr::variable(HOLE);
    }
    rebuilt(expr, &|child| replaced(child, part))
}

/// Factor and rest when the tree is `factor · hole + rest`, proved.
fn linear_in_hole(opened: &Expr, work: &Work) -> Option<(Expr, Expr)> {
    let at = |value: i64| put(opened, &[(HOLE, whole(value))]);
    let rest = at(0);
    let factor = sum(&at(1), &negated(&rest));
    let line = sum(&product(&factor, &Expr::variable(HOLE)), &rest);
    matches!(
        scalar::compare(opened, &line, work),
        Verdict::Equal(super::Proof::Exact)
    )
    .then_some((factor, rest))
}

/// `factor·√inner + rest` in a relation to zero.
fn root_cases(inner: &Expr, factor: &Expr, rest: &Expr, relation: Relation) -> Formula {
    use Relation::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    let squares = sum(
        &product(&product(factor, factor), inner),
        &negated(&product(rest, rest)),
    );
    let both = product(factor, rest);
    let is = |expr: &Expr, relation| against_zero(expr.clone(), relation);
    let ahead = |strict: Relation, loose: Relation| {
        // factor·√inner + rest > 0 (or ≥ 0), by the sign of the factor.
        Formula::Any(vec![
            Formula::All(vec![
                is(factor, GreaterOrEqual),
                Formula::Any(vec![is(rest, strict), is(&squares, strict)]),
            ]),
            Formula::All(vec![
                is(factor, Less),
                is(rest, strict),
                is(&squares, loose),
            ]),
        ])
    };
    let statement = match relation {
        Equal => Formula::All(vec![is(&squares, Equal), is(&both, LessOrEqual)]),
        NotEqual => Formula::Any(vec![is(&squares, NotEqual), is(&both, Greater)]),
        Greater => ahead(Greater, Less),
        GreaterOrEqual => ahead(GreaterOrEqual, LessOrEqual),
        Less | LessOrEqual => {
            return root_cases(inner, &negated(factor), &negated(rest), relation.flipped());
        }
    };
    Formula::All(vec![is(inner, GreaterOrEqual), statement])
}

/// The relation and the constant in `hole relation constant`, when the atom says just that.
fn bound_of(opened: &Expr, relation: Relation, work: &Work) -> Option<(Relation, Expr)> {
    let (factor, rest) = linear_in_hole(opened, work)?;
    if !factor.variables().is_empty() || !rest.variables().is_empty() {
        return None;
    }
    let bound = quotient(&negated(&rest), &factor);
    match scalar::certified_sign(&factor, work)? {
        Ordering::Greater => Some((relation, bound)),
        Ordering::Less => Some((relation.flipped(), bound)),
        Ordering::Equal => None,
    }
}

fn is_above_one(base: &Expr, work: &Work) -> Option<bool> {
    if !base.variables().is_empty() {
        return None;
    }
    let sign = scalar::certified_sign(&sum(base, &whole(-1)), work)?;
    Some(sign == Ordering::Greater)
}

/// `base^exponent` in a relation to a constant, for a base above 0 other than 1.
fn power_case(
    base: &Expr,
    exponent: Expr,
    bound: &Expr,
    relation: Relation,
    work: &Work,
) -> Option<Formula> {
    let above = is_above_one(base, work)?;
    let positive = base.variables().is_empty()
        && scalar::certified_sign(base, work)? == Ordering::Greater
        && scalar::certified_sign(&sum(base, &whole(-1)), work)? != Ordering::Equal;
    if !positive {
        return None;
    }
    if scalar::certified_sign(bound, work)? != Ordering::Greater {
        // A power is always greater than such a bound; it only needs a value.
        let holds = relation.holds(Ordering::Greater);
        let statement = product(&exponent, &whole(0));
        let relation = if holds {
            Relation::Equal
        } else {
            Relation::NotEqual
        };
        return Some(against_zero(statement, relation));
    }
    let log = |e: &Expr| Expr::made(ExprKind::Call(Function::Ln, vec![e.clone()]));
    let end = quotient(&log(bound), &log(base));
    let relation = if above { relation } else { relation.flipped() };
    Some(Formula::Atom(exponent, end, relation))
}

/// Whether it is a polynomial of the letter: no letter below a bar, in an exponent or inside a function.
fn is_polynomial(expr: &Expr, name: &str) -> bool {
    if !expr.variables().contains(&name) {
        return true;
    }
    match &expr.kind {
        ExprKind::Variable(_) => true,
        ExprKind::Neg(inner) => is_polynomial(inner, name),
        ExprKind::Add(parts) | ExprKind::Mul { factors: parts, .. } => {
            parts.iter().all(|p| is_polynomial(p, name))
        }
        ExprKind::Div(top, bottom) => bottom.variables().is_empty() && is_polynomial(top, name),
        ExprKind::Pow(base, exponent) => {
            exponent
                .as_rational()
                .is_some_and(|e| e.is_integer() && e.is_positive())
                && is_polynomial(base, name)
        }
        _ => false,
    }
}

/// A linear or quadratic atom with constant coefficients as bounds of the letter.
fn isolated_atom(
    left: &Expr,
    right: &Expr,
    relation: Relation,
    name: &str,
    work: &Work,
) -> Option<Formula> {
    let is_letter = |e: &Expr| matches!(&e.kind, ExprKind::Variable(n) if n == name);
    if is_letter(left) && right.variables().is_empty()
        || is_letter(right) && left.variables().is_empty()
    {
        return Some(Formula::Atom(left.clone(), right.clone(), relation));
    }
    let difference = sum(left, &negated(right));
    if !is_polynomial(&difference, name) {
        return None;
    }
    let letter = Expr::variable(name);
    let at = |value: i64| put(&difference, &[(name, whole(value))]);
    let (constant, up, down) = (at(0), at(1), at(-1));
    let half = |e: &Expr| quotient(e, &whole(2));
    let square = sum(&half(&sum(&up, &down)), &negated(&constant));
    let linear = half(&sum(&up, &negated(&down)));
    let whole_form = sum(
        &sum(
            &product(&square, &product(&letter, &letter)),
            &product(&linear, &letter),
        ),
        &constant,
    );
    if !scalar::compare(&difference, &whole_form, work).is_equal() {
        return None;
    }
    if scalar::compare(&square, &whole(0), work).is_equal() {
        let bound = quotient(&negated(&constant), &linear);
        let relation = match scalar::certified_sign(&linear, work)? {
            Ordering::Greater => relation,
            Ordering::Less => relation.flipped(),
            Ordering::Equal => return None,
        };
        return Some(Formula::Atom(letter, bound, relation));
    }
    let lead = scalar::certified_sign(&square, work)?;
    let relation = if lead == Ordering::Less {
        relation.flipped()
    } else {
        relation
    };
    between_roots(&square, &linear, &constant, lead, relation, &letter, work)
}

/// A quadratic in a relation to zero, as if its leading coefficient were positive.
fn between_roots(
    square: &Expr,
    linear: &Expr,
    constant: &Expr,
    lead: Ordering,
    relation: Relation,
    letter: &Expr,
    work: &Work,
) -> Option<Formula> {
    use Relation::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    let four = product(&whole(4), &product(square, constant));
    let discriminant = sum(&product(linear, linear), &negated(&four));
    let is = |bound: &Expr, relation| Formula::Atom(letter.clone(), bound.clone(), relation);
    let middle = quotient(&negated(linear), &product(&whole(2), square));
    let always = |holds: bool| {
        let zero = Rational::zero();
        let relation = if holds { Equal } else { NotEqual };
        Formula::Atom(scalar::made(zero.clone()), scalar::made(zero), relation)
    };
    match scalar::certified_sign(&discriminant, work)? {
        Ordering::Less => Some(always(relation.holds(Ordering::Greater))),
        Ordering::Equal => Some(match relation {
            Equal | LessOrEqual => is(&middle, Equal),
            NotEqual | Greater => is(&middle, NotEqual),
            Less => always(false),
            GreaterOrEqual => always(true),
        }),
        Ordering::Greater => {
            let root = Expr::made(ExprKind::Root {
                degree: 2,
                radicand: discriminant.into(),
            });
            let twice = product(&whole(2), square);
            let one = quotient(&sum(&negated(linear), &negated(&root)), &twice);
            let other = quotient(&sum(&negated(linear), &root), &twice);
            let (low, high) = if lead == Ordering::Greater {
                (one, other)
            } else {
                (other, one)
            };
            Some(match relation {
                Equal => Formula::Any(vec![is(&low, Equal), is(&high, Equal)]),
                NotEqual => Formula::All(vec![is(&low, NotEqual), is(&high, NotEqual)]),
                Less | LessOrEqual => {
                    Formula::All(vec![is(&low, relation.flipped()), is(&high, relation)])
                }
                Greater | GreaterOrEqual => {
                    Formula::Any(vec![is(&low, relation.flipped()), is(&high, relation)])
                }
            })
        }
    }
}
