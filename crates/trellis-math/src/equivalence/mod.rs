//! Whether an answer means the same as the key: exact where that can be proved, certified where it can be
//! computed, and left to a person otherwise.
//!
//! Work is limited by counted steps, never by a clock, so that the verdict is the same on every machine.

mod ball;
mod cases;
mod collections;
mod constants;
mod factors;
mod formula;
mod grid;
mod kernels;
mod linear;
mod modular;
mod normal;
mod numeric;
mod points;
mod poly;
mod quantities;
mod ratios;
mod scalar;
mod solutions;
mod switches;
mod trigonometry;
mod univariate;

pub(crate) use factors::is_irreducible_sum;

use crate::Rational;
use crate::calculus::derivative;
use crate::tree::{Expr, ExprKind};
use alloc::string::String;
use alloc::vec::Vec;

/// What the author asks to be equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    /// The same number. `x = 5` counts as 5, and a currency sign or a degree sign may be left out or added.
    EqualValue,
    /// The same value wherever both have one.
    EquivalentExpression,
    /// Equations and inequalities with the same solutions; also intervals against inequalities.
    SameSolutions,
    /// The same elements, in any order: `{1, 2}`, `1, 2`, `x = 1 or x = 2`.
    Set,
    /// The same values in the same places: `(2, -5)`, matrices.
    OrderedTuple,
    /// A number near the key.
    Within(Tolerance),
    /// A value with a unit, converted; a bare number counts as being in the key's unit unless the unit is required.
    Quantity {
        /// Whether a bare number is refused.
        unit_required: bool,
        /// How near; `None` for exactly equal.
        tolerance: Option<Tolerance>,
    },
    /// A number that rounds to the key, written with this many significant figures.
    SignificantFigures(u32),
    /// The same derivative by this letter: antiderivatives, apart from their constants.
    SameDerivative(String),
}

/// How far from the key an answer may be, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tolerance {
    /// At most this far.
    Absolute(Rational),
    /// At most this part of the key's size: 1/100 for one percent.
    Relative(Rational),
}

/// The judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// They are the same.
    Equal(Proof),
    /// They are proved to differ, with a place that shows it when there is a simple one.
    Different(Option<Witness>),
    /// It cannot be told within the limits: a matter for a person, never "wrong".
    Undecided,
}

impl Verdict {
    /// Whether it says "the same".
    #[must_use]
    pub const fn is_equal(&self) -> bool {
        matches!(self, Self::Equal(_))
    }

    /// Whether it says "not the same".
    #[must_use]
    pub const fn is_different(&self) -> bool {
        matches!(self, Self::Different(_))
    }
}

/// How sure "the same" is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proof {
    /// By exact algebra.
    Exact,
    /// By agreement to 60 digits at many points of the common domain, with bounded error.
    Certified,
}

/// A place where learner and key differ: "at x = 2 yours gives 5, the key gives 7".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The variables' values; empty when there are none.
    pub at: Vec<(String, Rational)>,
    /// What the learner's answer gives there.
    pub learner: String,
    /// What the key gives there.
    pub key: String,
}

/// Compares a learner's answer with the key.
#[must_use]
pub fn compare(learner: &Expr, key: &Expr, rule: &Comparison) -> Verdict {
    let plain = !matches!(
        rule,
        Comparison::SignificantFigures(_) | Comparison::Quantity { .. }
    );
    if plain && same_tree(learner, key) {
        return Verdict::Equal(Proof::Exact);
    }
    match rule {
        Comparison::EqualValue | Comparison::EquivalentExpression => {
            collections::values(learner, key)
        }
        Comparison::SameSolutions => solutions::compare(learner, key),
        Comparison::Set => collections::sets(learner, key),
        Comparison::OrderedTuple => collections::tuples(learner, key),
        Comparison::Within(tolerance) => quantities::within(learner, key, tolerance),
        Comparison::Quantity {
            unit_required,
            tolerance,
        } => quantities::compare(learner, key, *unit_required, tolerance.as_ref()),
        // By a letter that the key has not, everything would be a constant.
        Comparison::SameDerivative(by) if !key.variables().contains(&by.as_str()) => {
            Verdict::Undecided
        }
        Comparison::SameDerivative(by) => match (derivative(learner, by), derivative(key, by)) {
            (Some(learner), Some(key)) => scalar::compare(&learner, &key),
            _ => Verdict::Undecided,
        },
        Comparison::SignificantFigures(figures) => quantities::rounded(learner, key, *figures),
    }
}

/// Whether both were written alike, but for spaces and for how numbers were written. A key taken as it stands is
/// right even where nothing can be computed.
pub(crate) fn same_tree(a: &Expr, b: &Expr) -> bool {
    let same_kind = match (&a.kind, &b.kind) {
        (ExprKind::Number(x), ExprKind::Number(y)) => return x.value == y.value,
        (ExprKind::Variable(x), ExprKind::Variable(y)) => return x == y,
        (ExprKind::Constant(x), ExprKind::Constant(y)) => return x == y,
        (ExprKind::Root { degree: x, .. }, ExprKind::Root { degree: y, .. }) => x == y,
        (ExprKind::Call(x, _), ExprKind::Call(y, _)) => x == y,
        (ExprKind::Relation { relations: x, .. }, ExprKind::Relation { relations: y, .. }) => {
            x == y
        }
        (ExprKind::Quantity(_, x), ExprKind::Quantity(_, y)) => x == y,
        (ExprKind::Matrix { columns: x, .. }, ExprKind::Matrix { columns: y, .. }) => x == y,
        (
            ExprKind::Interval {
                low_closed: p,
                high_closed: q,
                ..
            },
            ExprKind::Interval {
                low_closed: r,
                high_closed: s,
                ..
            },
        ) => (p, q) == (r, s),
        (x, y) => core::mem::discriminant(x) == core::mem::discriminant(y),
    };
    same_kind
        && a.children().count() == b.children().count()
        && a.children().zip(b.children()).all(|(x, y)| same_tree(x, y))
}

/// The steps that one comparison may take; one step is about one small multiplication.
#[derive(Debug)]
pub(crate) struct Budget {
    left: u64,
}

impl Budget {
    pub(crate) const fn new(steps: u64) -> Self {
        Self { left: steps }
    }

    pub(crate) fn spend(&mut self, steps: u64) -> Result<(), Stop> {
        match self.left.checked_sub(steps) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => {
                self.left = 0;
                Err(Stop::Budget)
            }
        }
    }
}

/// Why a computation ended without a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Too many steps, or numbers too large.
    Budget,
    /// No value there: a division by zero, an even root of a negative number.
    Undefined,
    /// Nothing that this tier computes.
    Unsupported,
}
