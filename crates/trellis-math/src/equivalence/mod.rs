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
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::Cell;

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
    let work = Work::new();
    let verdict = compare_by(learner, key, rule, &work);
    // A part that ended early proves nothing, whatever was made of it.
    if work.is_spent() {
        Verdict::Undecided
    } else {
        verdict
    }
}

fn compare_by(learner: &Expr, key: &Expr, rule: &Comparison, work: &Work) -> Verdict {
    match rule {
        Comparison::EqualValue | Comparison::EquivalentExpression => {
            collections::values(learner, key, work)
        }
        Comparison::SameSolutions => solutions::compare(learner, key, work),
        Comparison::Set => collections::sets(learner, key, work),
        Comparison::OrderedTuple => collections::tuples(learner, key, work),
        Comparison::Within(tolerance) => quantities::within(learner, key, tolerance, work),
        Comparison::Quantity {
            unit_required,
            tolerance,
        } => quantities::compare(learner, key, *unit_required, tolerance.as_ref(), work),
        // By a letter that the key has not, everything would be a constant.
        Comparison::SameDerivative(by) if !key.variables().contains(&by.as_str()) => {
            Verdict::Undecided
        }
        Comparison::SameDerivative(by) => match (derivative(learner, by), derivative(key, by)) {
            (Some(learner), Some(key)) => scalar::compare(&learner, &key, work),
            _ => Verdict::Undecided,
        },
        Comparison::SignificantFigures(figures) => {
            quantities::rounded(learner, key, *figures, work)
        }
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

/// The steps that one comparison may take in all, however many parts it has.
const WHOLE_STEPS: u64 = 200_000;

/// The work of one comparison: what all its parts may still take together; one step is about one small multiplication.
#[derive(Debug)]
pub(crate) struct Work(Rc<Cell<u64>>);

impl Work {
    pub(crate) fn new() -> Self {
        Self(Rc::new(Cell::new(WHOLE_STEPS)))
    }

    /// A part with its own limit, taken from the whole as it is spent.
    pub(crate) fn part(&self, steps: u64) -> Budget {
        Budget {
            left: steps,
            whole: Rc::clone(&self.0),
        }
    }

    /// Whether nothing is left: some part may have ended early.
    fn is_spent(&self) -> bool {
        self.0.get() == 0
    }
}

/// The steps that one part of a comparison may take.
#[derive(Debug)]
pub(crate) struct Budget {
    left: u64,
    whole: Rc<Cell<u64>>,
}

impl Budget {
    pub(crate) fn spend(&mut self, steps: u64) -> Result<(), Stop> {
        let Some(left) = self.left.checked_sub(steps) else {
            // Only this part is at its end; another way may be shorter.
            self.left = 0;
            return Err(Stop::Budget);
        };
        let whole = self.whole.get().saturating_sub(steps);
        self.whole.set(whole);
        self.left = if whole == 0 { 0 } else { left };
        if whole == 0 {
            Err(Stop::Budget)
        } else {
            Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{ReadOptions, typed};
    use alloc::format;

    fn set_of(count: usize, of: impl Fn(usize) -> String) -> Expr {
        let parts: Vec<String> = (1..=count).map(of).collect();
        typed(
            &format!("{{{}}}", parts.join(", ")),
            &ReadOptions::default(),
        )
        .expect("readable")
    }

    #[test]
    fn a_part_ends_alone_and_the_whole_ends_all() {
        let work = Work::new();
        let mut part = work.part(10);
        assert!(part.spend(11).is_err() && !work.is_spent());
        assert!(work.part(WHOLE_STEPS).spend(WHOLE_STEPS - 1).is_ok() && !work.is_spent());
        assert!(work.part(10).spend(2).is_err() && work.is_spent());
        assert!(work.part(10).spend(0).is_err());
    }

    #[test]
    fn many_hard_elements_are_left_to_a_person() {
        let hard = |count| {
            set_of(count, |k| {
                format!("sin({k})^2+cos({k})^2+sqrt({k}+x)+e^(x/{k})")
            })
        };
        let other = |count| set_of(count, |k| format!("1+sqrt({k}+x)+e^(x/{k})"));
        let verdict = |count| compare(&hard(count), &other(count), &Comparison::Set);
        assert!(verdict(2).is_equal());
        // All of them are equal as well, but showing it would take seconds.
        assert_eq!(verdict(40), Verdict::Undecided);
    }
}
