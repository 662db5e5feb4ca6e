//! Numbers with units, tolerances and significant figures.

use super::scalar::{certified_sign, exact_value, made};
use super::{Proof, Tolerance, Verdict, Witness, Work, scalar};
use crate::tree::{Constant, Expr, ExprKind, Function, Notation};
use crate::units::Unit;
use crate::{BigInt, Rational, form};
use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;
use num_traits::{One, Pow, Signed, ToPrimitive, Zero};

/// Compares values with units; the learner's bare number counts as being in the key's unit unless one is required.
pub(super) fn compare(
    learner: &Expr,
    key: &Expr,
    unit_required: bool,
    tolerance: Option<&Tolerance>,
    work: &Work,
) -> Verdict {
    let (Some((mut a, mut unit)), Some((mut b, mut key_unit))) = (split(learner), split(key))
    else {
        return Verdict::Undecided;
    };
    // Beside a unit, the m of "5 m" is one too, although it was read as a letter.
    if let (None, Some(_), Some((value, found))) = (&unit, &key_unit, lettered(&a)) {
        (a, unit) = (value, Some(found));
    } else if let (Some(_), None, Some((value, found))) = (&unit, &key_unit, lettered(&b)) {
        (b, key_unit) = (value, Some(found));
    }
    match (unit, key_unit) {
        (Some(unit), Some(key_unit)) => {
            if !unit.converts_to(&key_unit) {
                return Verdict::Different(None);
            }
            a = in_base(a, &unit);
            b = in_base(b, &key_unit);
        }
        (None, Some(key_unit)) => {
            if unit_required {
                return Verdict::Different(None);
            }
            if key_unit.is_degree() && holds_pi(&a) {
                b = in_radians(b);
                return match tolerance {
                    None => scalar::compare(&a, &b, work),
                    Some(_) => Verdict::Undecided,
                };
            }
            if !a.variables().is_empty() {
                // A letter may be a unit that was read as a variable.
                return Verdict::Undecided;
            }
            // Both sides in the base, so that an absolute tolerance means the same as below.
            a = in_base(a, &key_unit);
            b = in_base(b, &key_unit);
        }
        (Some(unit), None) if unit.is_degree() && holds_pi(&b) => a = in_radians(a),
        (Some(unit), None) if unit.currency.is_some() || unit.is_degree() => {}
        (Some(_), None) => return Verdict::Undecided,
        (None, None) => {}
    }
    match tolerance {
        None => scalar::compare(&a, &b, work),
        Some(Tolerance::Relative(part)) => near(&a, &b, &Tolerance::Relative(part.clone()), work),
        Some(Tolerance::Absolute(size)) => {
            // The tolerance is said in the key's unit.
            let factor = split(key)
                .and_then(|(_, unit)| unit)
                .map_or_else(Rational::one, |u| u.factor);
            near(&a, &b, &Tolerance::Absolute(size * factor), work)
        }
    }
}

/// `5 m` and `3 g/L` as read without units: a product or quotient of a number and letters that name units.
fn lettered(expr: &Expr) -> Option<(Expr, Unit)> {
    match &expr.kind {
        ExprKind::Neg(inner) => {
            let (value, unit) = lettered(inner)?;
            Some((Expr::made(ExprKind::Neg(value.into())), unit))
        }
        ExprKind::Mul { factors, .. } => {
            let (last, rest) = factors.split_last()?;
            let unit = letter_unit(last)?;
            let all_numbers = !rest.is_empty() && rest.iter().all(|f| f.variables().is_empty());
            let value = match rest {
                [only] => only.clone(),
                _ => Expr::made(ExprKind::Mul {
                    factors: rest.to_vec(),
                    explicit: true,
                }),
            };
            all_numbers.then_some((value, unit))
        }
        ExprKind::Div(top, bottom) => {
            let (value, unit) = lettered(top)?;
            Some((value, unit.combine(&letter_unit(bottom)?, true)?))
        }
        _ => None,
    }
}

/// The unit that a letter names, with its power.
fn letter_unit(expr: &Expr) -> Option<Unit> {
    match &expr.kind {
        ExprKind::Variable(name) => Unit::named(name),
        ExprKind::Pow(base, exponent) => {
            let power = exponent.as_rational().filter(Rational::is_integer)?;
            letter_unit(base)?.power(power.to_integer().to_i8()?)
        }
        _ => None,
    }
}

fn holds_pi(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Constant(Constant::Pi)) || expr.children().any(holds_pi)
}

fn in_radians(degrees: Expr) -> Expr {
    let half_turn = made(Rational::from_integer(180.into()));
    let turned = product(degrees, Expr::made(ExprKind::Constant(Constant::Pi)));
    Expr::made(ExprKind::Div(turned.into(), half_turn.into()))
}

/// The value and its unit; a sum of values with units is brought to the first one's unit.
fn split(expr: &Expr) -> Option<(Expr, Option<Unit>)> {
    Some(match &expr.kind {
        ExprKind::Quantity(value, unit) => ((**value).clone(), Some((**unit).clone())),
        ExprKind::Neg(inner) => {
            let (value, unit) = split(inner)?;
            (Expr::made(ExprKind::Neg(value.into())), unit)
        }
        ExprKind::Add(terms) => {
            let mut parts = Vec::new();
            let mut first: Option<Unit> = None;
            let mut bare = 0;
            for term in terms {
                let (value, unit) = split(term)?;
                match (unit, &first) {
                    (None, _) => {
                        bare += 1;
                        parts.push(value);
                    }
                    (Some(unit), None) => {
                        first = Some(unit);
                        parts.push(value);
                    }
                    (Some(unit), Some(known))
                        if unit.converts_to(known) && unit.offset.is_zero() =>
                    {
                        let factor = made(&unit.factor / &known.factor);
                        parts.push(product(value, factor));
                    }
                    _ => return None,
                }
            }
            if first.is_some() && bare > 0 {
                return None;
            }
            (Expr::made(ExprKind::Add(parts)), first)
        }
        _ => (expr.clone(), None),
    })
}

fn product(a: Expr, b: Expr) -> Expr {
    Expr::made(ExprKind::Mul {
        factors: vec![a, b],
        explicit: true,
    })
}

fn in_base(value: Expr, unit: &Unit) -> Expr {
    let scaled = if unit.factor.is_one() {
        value
    } else {
        product(value, made(unit.factor.clone()))
    };
    if unit.offset.is_zero() {
        return scaled;
    }
    Expr::made(ExprKind::Add(vec![scaled, made(unit.offset.clone())]))
}

/// A number near the key; units are converted when both have one.
pub(super) fn within(learner: &Expr, key: &Expr, tolerance: &Tolerance, work: &Work) -> Verdict {
    let learner = super::collections::right_side(learner);
    let key = super::collections::right_side(key);
    compare(learner, key, false, Some(tolerance), work)
}

fn near(learner: &Expr, key: &Expr, tolerance: &Tolerance, work: &Work) -> Verdict {
    if !learner.variables().is_empty() || !key.variables().is_empty() {
        return scalar::compare(learner, key, work);
    }
    if let (Some(a), Some(b)) = (exact_value(learner, work), exact_value(key, work)) {
        let allowed = match tolerance {
            Tolerance::Absolute(size) => size.clone(),
            Tolerance::Relative(part) => part * b.abs(),
        };
        return if (&a - &b).abs() <= allowed {
            Verdict::Equal(Proof::Exact)
        } else {
            let (learner, key) = (super::modular::shown(&a), super::modular::shown(&b));
            Verdict::Different(Some(Witness {
                at: Vec::new(),
                learner,
                key,
            }))
        };
    }
    let negated = |e: &Expr| Expr::made(ExprKind::Neg(e.clone().into()));
    let absolute = |e: Expr| Expr::made(ExprKind::Call(Function::Abs, vec![e]));
    let distance = absolute(Expr::made(ExprKind::Add(vec![
        learner.clone(),
        negated(key),
    ])));
    let allowed = match tolerance {
        Tolerance::Absolute(size) => made(size.clone()),
        Tolerance::Relative(part) => product(made(part.clone()), absolute(key.clone())),
    };
    match certified_sign(
        &Expr::made(ExprKind::Add(vec![allowed, negated(&distance)])),
        work,
    ) {
        Some(Ordering::Less) => Verdict::Different(None),
        Some(_) => Verdict::Equal(Proof::Certified),
        None => Verdict::Undecided,
    }
}

/// A number that is the key rounded to this many figures, written with as many.
pub(super) fn rounded(learner: &Expr, key: &Expr, figures: u32, work: &Work) -> Verdict {
    let figures = figures.min(1_000);
    let learner = super::collections::right_side(learner);
    let key = super::collections::right_side(key);
    let (Some((answer, _)), Some((key, _))) = (split(learner), split(key)) else {
        return Verdict::Undecided;
    };
    let (Some(value), Some(exact)) = (
        exact_value(&answer, work),
        exact_value(&key, work).or_else(|| approximate(&key, work)),
    ) else {
        return Verdict::Undecided;
    };
    let target = to_figures(&exact, figures);
    if value != target {
        let (learner, key) = (
            super::modular::shown(&value),
            super::modular::shown(&target),
        );
        return Verdict::Different(Some(Witness {
            at: Vec::new(),
            learner,
            key,
        }));
    }
    // Zeros at the end of a whole number may or may not count, so that between least and most all are possible.
    let least = form::significant_figures(&answer).unwrap_or(0);
    let most = if is_plain_whole(&answer) && value.is_integer() && least > 0 {
        value
            .to_integer()
            .abs()
            .to_string()
            .len()
            .to_u32()
            .unwrap_or(u32::MAX)
            .max(least)
    } else {
        least
    };
    if (least..=most).contains(&figures) {
        Verdict::Equal(Proof::Exact)
    } else {
        Verdict::Different(None)
    }
}

/// A whole number in plain digits, where nobody can see which zeros count.
fn is_plain_whole(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Neg(inner) => is_plain_whole(inner),
        ExprKind::Number(n) => {
            matches!(
                n.notation,
                Notation::Integer | Notation::Decimal { places: 0, .. }
            )
        }
        _ => false,
    }
}

/// A constant to some 70 digits; enough to round to figures unless it sits on an edge.
fn approximate(expr: &Expr, work: &Work) -> Option<Rational> {
    if !expr.variables().is_empty() {
        return None;
    }
    let mut budget = work.part(100_000);
    let mut evaluation = super::numeric::Evaluation::new(256, &[], &mut budget);
    let ball = evaluation.value(expr).ok()?;
    Some(Rational::new(ball.mid, evaluation.precision.one()))
}

/// The nearest number with this many significant figures, halves away from zero.
fn to_figures(value: &Rational, figures: u32) -> Rational {
    if value.is_zero() || figures == 0 {
        return value.clone();
    }
    let ten = Rational::from_integer(BigInt::from(10));
    // Digits before the mark, from the sizes in bits: log10 2 is just below 0.30103.
    let bits =
        value.numer().bits().to_i64().unwrap_or(0) - value.denom().bits().to_i64().unwrap_or(0);
    let mut exponent = i32::try_from(bits * 30_103 / 100_000).unwrap_or(0) - 2;
    let size = value.abs();
    while Pow::pow(&ten, exponent + 1) <= size {
        exponent += 1;
    }
    let unit = Pow::pow(
        &ten,
        exponent + 1 - i32::try_from(figures).unwrap_or(i32::MAX / 4),
    );
    (value / &unit).round() * unit
}
