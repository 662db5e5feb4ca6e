//! Values and expressions: a grid of small points and fingerprints first, then exact normal forms, then certified numbers.

use super::ball::{Ball, Precision};
use super::modular::{PRIMES, fingerprint, shown, value_at};
use super::normal::Ring;
use super::numeric::Evaluation;
use super::{Budget, Proof, Stop, Verdict, Witness, Work, grid, points, switches};
use crate::tree::{Constant, Expr, ExprKind};
use crate::{BigInt, Rational};
use alloc::string::String;
use alloc::vec::Vec;
use num_traits::Signed;

/// Steps of the fingerprints.
const MODULAR_STEPS: u64 = 100_000;
/// Steps of the exact normal form.
const EXACT_STEPS: u64 = 20_000;
/// Steps of certified numbers, over all points and precisions.
const NUMERIC_STEPS: u64 = 120_000;
/// Precisions in bits: a quick one that shows most differences, one that certifies 60 digits, and two for
/// values that cancel or are tiny.
const PRECISIONS: [u32; 4] = [128, 256, 640, 1_408];
/// Digits that must agree.
const CERTIFIED_DIGITS: u32 = 60;
/// Points that must agree before an expression with variables counts as certified.
const POINTS: usize = 16;
/// Fewest common points with which a verdict is given, when the domain is hard to hit.
const FEWEST_POINTS: usize = 6;

/// Compares two values.
pub(super) fn compare(learner: &Expr, key: &Expr, work: &Work) -> Verdict {
    if let (Some(a), Some(b)) = (learner.as_rational(), key.as_rational()) {
        return if a == b {
            Verdict::Equal(Proof::Exact)
        } else {
            Verdict::Different(Some(Witness {
                at: Vec::new(),
                learner: shown(&a),
                key: shown(&b),
            }))
        };
    }
    if work.is_spent() {
        return Verdict::Undecided;
    }
    let names = names(learner, key);
    match grid::same(learner, key, &names, work) {
        Some(true) => return Verdict::Equal(Proof::Exact),
        Some(false) => return Verdict::Different(rational_witness(learner, key, &names, work)),
        None => {}
    }
    let first = by_fingerprint(learner, key, &names, PRIMES[0], work);
    if let Some(different @ Verdict::Different(_)) = first {
        return different;
    }
    let mut complex = holds_imaginary(learner) || holds_imaginary(key);
    let mut exact = by_normal_form(learner, key, complex, work);
    if matches!(exact, Exact::KeyHasNone) && !complex {
        // A key such as sqrt(-9) is meant as a complex number.
        complex = true;
        exact = by_normal_form(learner, key, complex, work);
    }
    match exact {
        Exact::Equal { checked: true } => return Verdict::Equal(Proof::Exact),
        Exact::Equal { checked: false } => return confirmed(learner, key, &names, work),
        Exact::Different => return Verdict::Different(numeric_witness(learner, key, &names, work)),
        Exact::NoValue => return Verdict::Different(None),
        Exact::KeyHasNone | Exact::Unknown => {}
    }
    if first.is_some()
        && let Some(second) = by_fingerprint(learner, key, &names, PRIMES[1], work)
    {
        return second;
    }
    if complex {
        return Verdict::Undecided;
    }
    by_numbers(learner, key, &names, work)
}

pub(super) fn names<'e>(learner: &'e Expr, key: &'e Expr) -> Vec<&'e str> {
    let mut names = learner.variables();
    names.extend(key.variables());
    names.sort_unstable();
    names.dedup();
    names
}

fn holds_imaginary(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Constant(Constant::I)) || expr.children().any(holds_imaginary)
}

/// What fingerprints say of rational functions: a difference is proved; that two different ones of degree d agree
/// by chance has a probability below (d / 2^60)^2.
fn by_fingerprint(
    learner: &Expr,
    key: &Expr,
    names: &[&str],
    p: u64,
    work: &Work,
) -> Option<Verdict> {
    let mut budget = work.part(MODULAR_STEPS);
    let a = fingerprint(learner, p, &mut budget).ok()?;
    let b = fingerprint(key, p, &mut budget).ok()?;
    Some(if a == b {
        Verdict::Equal(Proof::Certified)
    } else {
        Verdict::Different(rational_witness(learner, key, names, work))
    })
}

enum Exact {
    /// Unchecked when kernels other than independent ones took part: a divisor might be a hidden zero.
    Equal {
        checked: bool,
    },
    Different,
    /// The learner's answer has no value, but the key has one.
    NoValue,
    /// The key has no value among the numbers allowed.
    KeyHasNone,
    Unknown,
}

fn by_normal_form(learner: &Expr, key: &Expr, complex: bool, work: &Work) -> Exact {
    let mut ring = Ring::new(work.part(EXACT_STEPS), complex);
    let key = match ring.read(key) {
        Ok(key) => key,
        Err(Stop::Undefined) => return Exact::KeyHasNone,
        Err(_) => return Exact::Unknown,
    };
    let learner = match ring.read(learner) {
        Ok(learner) => learner,
        Err(Stop::Undefined) => return Exact::NoValue,
        Err(_) => return Exact::Unknown,
    };
    match ring.same(&learner, &key) {
        Ok(true) => Exact::Equal {
            checked: ring.is_canonical(),
        },
        Ok(false) if ring.is_canonical() || ring.apart(&learner, &key) => Exact::Different,
        _ => Exact::Unknown,
    }
}

/// Equal normal forms with dependent kernels: at one point at least, both must have a value, and the same one.
fn confirmed(learner: &Expr, key: &Expr, names: &[&str], work: &Work) -> Verdict {
    let mut budget = work.part(NUMERIC_STEPS);
    if raises_to_letters(learner) || raises_to_letters(key) {
        // Algebra with logarithms sees positive bases only: (a^b)^c is a^(bc) there, but not at a = -1, b = 2, c = 1/2.
        for at in points::powers(names) {
            if let At::Differ(a, b) = agreement(learner, key, &at, PRECISIONS[0], &mut budget) {
                return Verdict::Different(Some(witness(&at, &a, &b)));
            }
        }
    }
    for at in points::sample(names).take(48) {
        match agreement(learner, key, &at, PRECISIONS[0], &mut budget) {
            At::Differ(a, b) => return Verdict::Different(Some(witness(&at, &a, &b))),
            At::Agree | At::Close => {
                return apart_beyond(learner, key, names, work)
                    .unwrap_or(Verdict::Equal(Proof::Exact));
            }
            _ => {}
        }
    }
    // Nothing was computed, but hidden zeros need a divisor: without one the algebra stands.
    if divides(learner) || divides(key) {
        Verdict::Undecided
    } else {
        Verdict::Equal(Proof::Exact)
    }
}

/// Whether a power has letters both below and above.
fn raises_to_letters(expr: &Expr) -> bool {
    let here = matches!(&expr.kind, ExprKind::Pow(base, exponent)
        if !base.variables().is_empty() && !exponent.variables().is_empty());
    here || expr.children().any(raises_to_letters)
}

fn divides(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::Div(..)) || expr.children().any(divides)
}

fn witness(at: &[(&str, Rational)], learner: &str, key: &str) -> Witness {
    let at = at
        .iter()
        .map(|(name, value)| (String::from(*name), value.clone()))
        .collect();
    Witness {
        at,
        learner: learner.into(),
        key: key.into(),
    }
}

/// A small point at which two different rational functions differ.
fn rational_witness(learner: &Expr, key: &Expr, names: &[&str], work: &Work) -> Option<Witness> {
    let mut budget = work.part(MODULAR_STEPS);
    for at in points::sample(names).take(24) {
        let (Ok(a), Ok(b)) = (
            value_at(learner, &at, &mut budget),
            value_at(key, &at, &mut budget),
        ) else {
            continue;
        };
        if a != b {
            return Some(witness(&at, &shown(&a), &shown(&b)));
        }
    }
    None
}

fn numeric_witness(learner: &Expr, key: &Expr, names: &[&str], work: &Work) -> Option<Witness> {
    let mut budget = work.part(NUMERIC_STEPS);
    points::sample(names).take(24).find_map(|at| {
        match agreement(learner, key, &at, PRECISIONS[0], &mut budget) {
            At::Differ(a, b) => Some(witness(&at, &a, &b)),
            _ => None,
        }
    })
}

/// What a point says at one precision.
enum At {
    /// Their balls are apart: proved different, with the values to show.
    Differ(String, String),
    /// The same to the digits asked for.
    Agree,
    /// The balls meet, but are too wide to tell.
    Close,
    /// Neither, or only the key, or only the learner's answer, certainly has a value there.
    Neither,
    OnlyKey(String),
    OnlyLearner,
    /// Not computable at this precision.
    Unclear,
}

fn agreement(
    learner: &Expr,
    key: &Expr,
    at: &[(&str, Rational)],
    bits: u32,
    budget: &mut Budget,
) -> At {
    let mut evaluation = Evaluation::new(bits, at, budget);
    let key = evaluation.value(key);
    if matches!(key, Err(Stop::Unsupported)) {
        return At::Unclear;
    }
    let learner = evaluation.value(learner);
    let tiny = evaluation.tiny;
    let precision = evaluation.precision;
    let (a, b) = match (learner, key) {
        (Ok(a), Ok(b)) => (a, b),
        (Err(Stop::Undefined), Err(Stop::Undefined)) => return At::Neither,
        (Err(Stop::Undefined), Ok(b)) => {
            // Writing a long number takes the square of its words as well.
            let words = b.mid.bits() / 64;
            return match budget.spend(words * words / 8) {
                Ok(()) => At::OnlyKey(decimal(&precision, &b)),
                Err(_) => At::Unclear,
            };
        }
        (Ok(_), Err(Stop::Undefined)) => return At::OnlyLearner,
        _ => return At::Unclear,
    };
    let difference = a.minus(&b);
    if !difference.holds_zero() {
        let (learner, key) = (decimal(&precision, &a), decimal(&precision, &b));
        return At::Differ(learner, key);
    }
    if agrees(&difference, &b, &precision, tiny) {
        At::Agree
    } else {
        At::Close
    }
}

/// The difference is below 10^-60, and below 10^-60 of the key's size; a key that cannot be told from zero needs the highest
/// precision, and nothing tiny on the way.
fn agrees(difference: &Ball, key: &Ball, precision: &Precision, tiny: bool) -> bool {
    if difference.is_zero() {
        return true;
    }
    let widest = difference.mid.abs() + &difference.rad;
    let scale = BigInt::from(10).pow(CERTIFIED_DIGITS);
    if !key.holds_zero() {
        // Small beside the key and small by itself: beside e^(e^6), a difference of 2/15 would be nothing.
        return widest * scale <= key.mid.abs().min(precision.one());
    }
    let last = PRECISIONS[PRECISIONS.len() - 1];
    // At zero itself only the size of the difference is known.
    precision.bits >= last && !tiny && widest * scale.pow(5) <= precision.one()
}

fn decimal(precision: &Precision, ball: &Ball) -> String {
    shown(&Rational::new(ball.mid.clone(), precision.one()))
}

/// Agreement at one point, doubling the precision until it is clear.
fn settled(
    learner: &Expr,
    key: &Expr,
    at: &[(&str, Rational)],
    from: usize,
    budget: &mut Budget,
) -> At {
    let mut last = At::Unclear;
    for bits in &PRECISIONS[from..] {
        last = agreement(learner, key, at, *bits, budget);
        if !matches!(last, At::Close | At::Unclear) {
            return last;
        }
    }
    last
}

fn by_numbers(learner: &Expr, key: &Expr, names: &[&str], work: &Work) -> Verdict {
    let mut budget = work.part(NUMERIC_STEPS);
    if names.is_empty() {
        return match settled(learner, key, &[], 0, &mut budget) {
            At::Differ(a, b) => Verdict::Different(Some(witness(&[], &a, &b))),
            At::Agree => Verdict::Equal(Proof::Certified),
            At::OnlyKey(_) => Verdict::Different(None),
            _ => Verdict::Undecided,
        };
    }
    // Differences first, at a low precision: wrong answers end here.
    let mut common: Vec<Vec<(&str, Rational)>> = Vec::new();
    let (mut only_key, mut shown_key) = (0_usize, None);
    for at in points::sample(names) {
        match agreement(learner, key, &at, PRECISIONS[0], &mut budget) {
            At::Differ(a, b) => return Verdict::Different(Some(witness(&at, &a, &b))),
            At::Agree | At::Close => common.push(at),
            At::OnlyKey(value) => {
                only_key += 1;
                shown_key.get_or_insert_with(|| witness(&at, "no value", &value));
            }
            At::OnlyLearner | At::Neither | At::Unclear => {}
        }
        if common.len() >= POINTS {
            break;
        }
    }
    if common.is_empty() && only_key >= FEWEST_POINTS {
        return Verdict::Different(shown_key);
    }
    if common.len() < FEWEST_POINTS {
        return Verdict::Undecided;
    }
    let mut agreed = 0;
    let mut unclear = Vec::new();
    for at in &common {
        match agreement(learner, key, at, PRECISIONS[1], &mut budget) {
            At::Differ(a, b) => return Verdict::Different(Some(witness(at, &a, &b))),
            At::Agree => agreed += 1,
            _ => unclear.push(at),
        }
    }
    // Where the key cannot be told from zero, as ln x at 1, a few such points may stay open beside clear ones.
    for at in unclear {
        match settled(learner, key, at, 2, &mut budget) {
            At::Differ(a, b) => return Verdict::Different(Some(witness(at, &a, &b))),
            At::Agree => agreed += 1,
            _ => {}
        }
    }
    if agreed >= FEWEST_POINTS && 2 * agreed > common.len() {
        if let Some(different) = apart_beyond(learner, key, names, work) {
            return different;
        }
        Verdict::Equal(Proof::Certified)
    } else {
        Verdict::Undecided
    }
}

/// A difference where a rule changes, or far out; see [`switches`].
fn apart_beyond(learner: &Expr, key: &Expr, names: &[&str], work: &Work) -> Option<Verdict> {
    let mut budget = work.part(NUMERIC_STEPS);
    switches::beyond(learner, key, names, work)
        .into_iter()
        .find_map(
            |at| match agreement(learner, key, &at, PRECISIONS[1], &mut budget) {
                At::Differ(a, b) => Some(Verdict::Different(Some(witness(&at, &a, &b)))),
                _ => None,
            },
        )
}

/// The sign of a constant, if it can be proved.
pub(super) fn certified_sign(expr: &Expr, work: &Work) -> Option<core::cmp::Ordering> {
    if let Some(value) = expr.as_rational() {
        return Some(value.cmp(&Rational::from_integer(0.into())));
    }
    let mut budget = work.part(NUMERIC_STEPS);
    for bits in PRECISIONS {
        let ball = Evaluation::new(bits, &[], &mut budget).value(expr).ok()?;
        if ball.is_zero() {
            return Some(core::cmp::Ordering::Equal);
        }
        if !ball.holds_zero() {
            let positive = ball.mid.is_positive();
            return Some(if positive {
                core::cmp::Ordering::Greater
            } else {
                core::cmp::Ordering::Less
            });
        }
    }
    None
}

/// The exact value of a constant expression, when it is rational.
pub(super) fn exact_value(expr: &Expr, work: &Work) -> Option<Rational> {
    if let Some(value) = expr.as_rational() {
        return Some(value);
    }
    let mut ring = Ring::new(work.part(EXACT_STEPS), false);
    ring.read(expr).ok()?.as_constant()
}

/// A number as a value for trees that are computed.
pub(super) fn made(value: Rational) -> Expr {
    if value.is_negative() {
        return Expr::made(ExprKind::Neg(Expr::number(-value).into()));
    }
    Expr::number(value)
}
