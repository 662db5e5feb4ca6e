//! Equations and inequalities: whether they have the same solutions.
//!
//! With one variable and rational coefficients the line is cut at all roots and both statements are tried in every
//! piece, which decides exactly. With more variables the same is done along rational lines: a difference there is
//! proved; agreement on all of them is certified only.

use super::collections::{self, elements, is_infinite};
use super::constants;
use super::formula::Formula;
use super::normal::{Kernel, Quotient, Ring};
use super::univariate::{Dense, Root, between};
use super::{Budget, Proof, Stop, Verdict, Witness, Work, cases, linear, scalar};
use crate::Rational;
use crate::tree::{Expr, ExprKind, Relation};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Ordering;
use num_traits::ToPrimitive;

pub(super) const STEPS: u64 = 60_000;
/// Lines tried for statements in several variables.
const LINES: i64 = 14;

/// Compares two statements; see the file's opening.
pub(super) fn compare(learner: &Expr, key: &Expr, work: &Work) -> Verdict {
    let names = scalar::names(learner, key);
    let subject = names.first().copied().unwrap_or("x");
    let Some(b) = formula(key, &names, work) else {
        return Verdict::Undecided;
    };
    let Some(a) = formula(learner, &names, work) else {
        // A bare expression says nothing that could be true or false.
        let bare = !matches!(
            learner.kind,
            ExprKind::Relation { .. } | ExprKind::Or(_) | ExprKind::And(_) | ExprKind::List(_)
        );
        return if bare {
            Verdict::Different(None)
        } else {
            Verdict::Undecided
        };
    };
    if let Some(verdict) = solved(&a, &b, work) {
        return verdict;
    }
    if names.len() <= 1 {
        let (a, b) = (
            cases::unfolded(a, subject, work),
            cases::unfolded(b, subject, work),
        );
        return match on_line(&a, &b, subject, &mut work.part(STEPS), work) {
            Ok(Line::Same { .. }) => Verdict::Equal(Proof::Exact),
            Ok(Line::Differs(at)) => Verdict::Different(at),
            Err(_) => constants::by_constants(&a, &b, subject, work),
        };
    }
    if let Some(verdict) = linear::compare(&a, &b, &names, work) {
        return verdict;
    }
    if let Some(proof) = proportional(&a, &b, work) {
        return Verdict::Equal(proof);
    }
    along_lines(&a, &b, &names, work)
}

/// The statement that an answer makes; a bare value or interval speaks about the first name, a point about all.
fn formula(expr: &Expr, names: &[&str], work: &Work) -> Option<Formula> {
    let subject = names.first().copied().unwrap_or("x");
    let about =
        |value: &Expr, relation| Formula::Atom(Expr::variable(subject), value.clone(), relation);
    Some(match &expr.kind {
        ExprKind::Relation { terms, relations } => related(terms, relations)?,
        ExprKind::And(parts) => {
            let all = parts.iter().map(|p| formula(p, names, work));
            let all = all.collect::<Option<_>>()?;
            // "(-inf, 2) and (5, inf)" names two pieces, because nothing lies in both.
            if are_apart(parts, work) {
                Formula::Any(all)
            } else {
                Formula::All(all)
            }
        }
        ExprKind::Or(parts) | ExprKind::Set(parts) => Formula::Any(
            parts
                .iter()
                .map(|p| formula(p, names, work))
                .collect::<Option<_>>()?,
        ),
        ExprKind::List(parts) => {
            let all: Vec<Formula> = parts
                .iter()
                .map(|p| formula(p, names, work))
                .collect::<Option<_>>()?;
            // "x = 1, x = 2" lists solutions; "x = 1, y = 2" and "x > 1, x < 3" must hold together.
            let one_variable = expr.variables().len() <= 1;
            let equations = all
                .iter()
                .all(|f| matches!(f, Formula::Atom(_, _, Relation::Equal)));
            if one_variable && equations {
                Formula::Any(all)
            } else {
                Formula::All(all)
            }
        }
        ExprKind::Interval {
            low,
            high,
            low_closed,
            high_closed,
        } => interval(low, high, *low_closed, *high_closed, &about),
        ExprKind::Tuple(parts) if names.len() > 1 => {
            let alone = expr.variables().is_empty() && names.len() == parts.len();
            let places = names.iter().zip(parts);
            let given = |(name, value): (&&str, &Expr)| {
                Formula::Atom(Expr::variable(name), value.clone(), Relation::Equal)
            };
            return alone.then(|| Formula::All(places.map(given).collect()));
        }
        ExprKind::Tuple(parts) => match parts.as_slice() {
            [low, high] => interval(low, high, false, false, &about),
            _ => return None,
        },
        ExprKind::PlusMinus(..) => Formula::Any(
            elements(expr)
                .iter()
                .map(|e| about(e, Relation::Equal))
                .collect(),
        ),
        ExprKind::Matrix { .. } | ExprKind::Quantity(..) => return None,
        _ if expr.variables().is_empty() => about(expr, Relation::Equal),
        _ => return None,
    })
}

/// A chain of relations, each between its neighbours; a right side that lists values means any of them.
fn related(terms: &[Expr], relations: &[Relation]) -> Option<Formula> {
    let mut parts = Vec::new();
    for (pair, relation) in terms.windows(2).zip(relations) {
        let lefts = elements(&pair[0]);
        let rights = elements(&pair[1]);
        if lefts.len() > 1 || rights.len() > 8 {
            return None;
        }
        let left = lefts.into_iter().next()?;
        let mut cases: Vec<Formula> = rights
            .into_iter()
            .map(|r| Formula::Atom(left.clone(), r, *relation))
            .collect();
        parts.push(match (cases.len(), relation) {
            (1, _) => cases.pop()?,
            (_, Relation::Equal) => Formula::Any(cases),
            (_, Relation::NotEqual) => Formula::All(cases),
            // "x < ±2" says nothing clear.
            _ => return None,
        });
    }
    if parts.len() == 1 {
        parts.pop()
    } else {
        Some(Formula::All(parts))
    }
}

fn interval(
    low: &Expr,
    high: &Expr,
    low_closed: bool,
    high_closed: bool,
    about: &dyn Fn(&Expr, Relation) -> Formula,
) -> Formula {
    if low_closed && is_infinite(low) || high_closed && is_infinite(high) {
        // "[2, ∞]" takes in what is no number.
        return Formula::Any(Vec::new());
    }
    let is_plus = |end: &Expr| matches!(end.kind, ExprKind::Constant(_)) && is_infinite(end);
    if is_plus(low) || is_infinite(high) && !is_plus(high) {
        // "(∞, 2)" names no number.
        return Formula::Any(Vec::new());
    }
    let mut parts = Vec::new();
    if !is_infinite(low) {
        parts.push(about(
            low,
            if low_closed {
                Relation::GreaterOrEqual
            } else {
                Relation::Greater
            },
        ));
    }
    if !is_infinite(high) {
        parts.push(about(
            high,
            if high_closed {
                Relation::LessOrEqual
            } else {
                Relation::Less
            },
        ));
    }
    Formula::All(parts)
}

/// Whether these are intervals of which two lie apart.
fn are_apart(parts: &[Expr], work: &Work) -> bool {
    let ends: Option<Vec<(&Expr, &Expr)>> = parts
        .iter()
        .map(|part| match &part.kind {
            ExprKind::Interval { low, high, .. } => Some((&**low, &**high)),
            ExprKind::Tuple(ends) if ends.len() == 2 => Some((&ends[0], &ends[1])),
            _ => None,
        })
        .collect();
    let Some(ends) = ends else { return false };
    let below = |high: &Expr, low: &Expr| {
        let opposite = Expr::made(ExprKind::Neg(high.clone().into()));
        let gap = Expr::made(ExprKind::Add(vec![low.clone(), opposite]));
        !is_infinite(high)
            && !is_infinite(low)
            && gap.variables().is_empty()
            && scalar::certified_sign(&gap, work).is_some_and(|sign| sign != Ordering::Less)
    };
    ends.iter().any(|a| ends.iter().any(|b| below(a.1, b.0)))
}

/// `y = this` against `y = that`, and `x = 1, y = 2` against another such list.
fn solved(a: &Formula, b: &Formula, work: &Work) -> Option<Verdict> {
    let (a, b) = (assignments(a)?, assignments(b)?);
    if a.len() != b.len() || a.iter().zip(&b).any(|(a, b)| a.0 != b.0) {
        return None;
    }
    let verdict = collections::all(
        a.iter()
            .zip(&b)
            .map(|(a, b)| scalar::compare(a.1, b.1, work)),
    );
    // A difference with a point to show is better found along lines; agreement and doubt stand.
    match verdict {
        Verdict::Different(_) if a.len() == 1 => match scalar::compare(a[0].1, b[0].1, work) {
            Verdict::Different(Some(witness)) => Some(Verdict::Different(Some(witness))),
            other => Some(other),
        },
        other => Some(other),
    }
}

/// Names with their values, sorted, when each name is alone on the left and in no value.
fn assignments(formula: &Formula) -> Option<Vec<(&str, &Expr)>> {
    let atoms = match formula {
        Formula::Atom(..) => core::slice::from_ref(formula),
        Formula::All(parts) => parts.as_slice(),
        Formula::Any(_) => return None,
    };
    let mut out = Vec::new();
    for atom in atoms {
        let Formula::Atom(left, right, Relation::Equal) = atom else {
            return None;
        };
        let ExprKind::Variable(name) = &left.kind else {
            return None;
        };
        out.push((name.as_str(), right));
    }
    out.sort_by(|a, b| a.0.cmp(b.0));
    let free = out.iter().all(|(_, value)| {
        value
            .variables()
            .iter()
            .all(|v| out.iter().all(|(n, _)| n != v))
    });
    let distinct = out.windows(2).all(|w| w[0].0 != w[1].0);
    (free && distinct && !out.is_empty()).then_some(out)
}

/// What comparing along one line gave.
enum Line {
    /// The same in every piece; whether some piece has solutions and some has none.
    Same {
        informative: bool,
    },
    Differs(Option<Witness>),
}

/// An atom along a line: the sign of `sign` decides, where `domain` is not zero.
pub(super) struct Cut {
    pub(super) sign: Dense,
    pub(super) domain: Dense,
    relation: Relation,
}

pub(super) enum Pieces {
    Atom(Cut),
    All(Vec<Self>),
    Any(Vec<Self>),
}

pub(super) fn cut(formula: &Formula, ring: &mut Ring, budget: &mut Budget) -> Result<Pieces, Stop> {
    Ok(match formula {
        Formula::Atom(left, right, relation) => {
            let (left, right) = (ring.read(left)?, ring.read(right)?);
            let negated = Quotient {
                top: right.top.negated(),
                bottom: right.bottom,
            };
            let difference = ring.add(left, negated)?;
            let generator = match ring.kernels() {
                [] => None,
                [Kernel::Variable(_)] => Some(0),
                _ => return Err(Stop::Unsupported),
            };
            let top = Dense::from_poly(&difference.top, generator)?;
            let domain = Dense::from_poly(&difference.bottom, generator)?;
            Pieces::Atom(Cut {
                sign: top.times(&domain, budget)?,
                domain,
                relation: *relation,
            })
        }
        Formula::All(parts) => Pieces::All(cuts(parts, ring, budget)?),
        Formula::Any(parts) => Pieces::Any(cuts(parts, ring, budget)?),
    })
}

fn cuts(parts: &[Formula], ring: &mut Ring, budget: &mut Budget) -> Result<Vec<Pieces>, Stop> {
    parts.iter().map(|p| cut(p, ring, budget)).collect()
}

impl Pieces {
    fn holds(&self, sign: &mut dyn FnMut(&Dense) -> Result<Ordering, Stop>) -> Result<bool, Stop> {
        Ok(match self {
            Self::Atom(cut) => {
                sign(&cut.domain)? != Ordering::Equal && cut.relation.holds(sign(&cut.sign)?)
            }
            Self::All(parts) => {
                let mut all = true;
                for part in parts {
                    all = part.holds(sign)? && all;
                }
                all
            }
            Self::Any(parts) => {
                let mut any = false;
                for part in parts {
                    any = part.holds(sign)? || any;
                }
                any
            }
        })
    }

    fn gather<'p>(&'p self, out: &mut Vec<&'p Dense>) {
        match self {
            Self::Atom(cut) => out.extend([&cut.sign, &cut.domain]),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|p| p.gather(out)),
        }
    }
}

/// Compares two statements in one variable with rational coefficients, exactly.
fn on_line(
    a: &Formula,
    b: &Formula,
    name: &str,
    budget: &mut Budget,
    work: &Work,
) -> Result<Line, Stop> {
    let mut ring = Ring::new(work.part(STEPS), false);
    let (a, b) = (cut(a, &mut ring, budget)?, cut(b, &mut ring, budget)?);
    let mut polys = Vec::new();
    a.gather(&mut polys);
    b.gather(&mut polys);
    let mut product = Dense(vec![Rational::from_integer(1.into())]);
    for poly in polys {
        if poly.degree() > 0 {
            let free = poly.squarefree(budget)?;
            product = product.times(&free, budget)?.squarefree(budget)?;
        }
    }
    let roots = product.roots(budget)?;
    let (mut some, mut none) = (false, false);
    for point in between(&roots) {
        let mut sign = |p: &Dense| p.sign_at(&point, budget);
        let (x, y) = (a.holds(&mut sign)?, b.holds(&mut sign)?);
        if x != y {
            return Ok(Line::Differs(Some(shown(name, &point, x, y))));
        }
        some |= x;
        none |= !x;
    }
    for root in &roots {
        let mut sign = |p: &Dense| sign_at_root(p, root, budget);
        let (x, y) = (a.holds(&mut sign)?, b.holds(&mut sign)?);
        if x != y {
            let exact = root.low == root.high;
            return Ok(Line::Differs(exact.then(|| shown(name, &root.low, x, y))));
        }
        some |= x;
        none |= !x;
    }
    Ok(Line::Same {
        informative: some && none,
    })
}

fn shown(name: &str, value: &Rational, learner: bool, key: bool) -> Witness {
    let word = |holds| String::from(if holds { "true" } else { "false" });
    Witness {
        at: vec![(String::from(name), value.clone())],
        learner: word(learner),
        key: word(key),
    }
}

/// The sign at a root of the product of all polynomials: zero, or the sign all around.
fn sign_at_root(poly: &Dense, root: &Root, budget: &mut Budget) -> Result<Ordering, Stop> {
    if poly.is_zero_at(root, budget)? {
        Ok(Ordering::Equal)
    } else {
        poly.sign_at(&root.low, budget)
    }
}

/// One equation or inequality each, in any variables: whether one is a constant multiple of the other.
fn proportional(a: &Formula, b: &Formula, work: &Work) -> Option<Proof> {
    let (Formula::Atom(a, b_right, r), Formula::Atom(c, d, s)) = (a, b) else {
        return None;
    };
    let mut ring = Ring::new(work.part(STEPS), false);
    let mut side = |left: &Expr, right: &Expr| -> Result<Quotient, Stop> {
        let (left, right) = (ring.read(left)?, ring.read(right)?);
        ring.add(
            left,
            Quotient {
                top: right.top.negated(),
                bottom: right.bottom,
            },
        )
    };
    let (x, y) = (side(a, b_right).ok()?, side(c, d).ok()?);
    if x.bottom.as_constant().is_none() || y.bottom.as_constant().is_none() {
        return None;
    }
    let (same, positive) = ring.is_multiple(&x.top, &y.top)?;
    let related = if positive { r == s } else { r.flipped() == *s };
    (same && related).then_some(Proof::Exact)
}

/// Statements in several variables along rational lines.
fn along_lines(a: &Formula, b: &Formula, names: &[&str], work: &Work) -> Verdict {
    let mut budget = work.part(4 * STEPS);
    let mut informative = 0;
    let mut failed = 0;
    for line in 0..LINES {
        let index = line.to_usize().unwrap_or(0) % names.len();
        let fixed: Vec<(&str, Rational)> = names
            .iter()
            .zip(0_i64..)
            .filter(|(name, _)| **name != names[index])
            .map(|(name, i)| {
                (
                    *name,
                    Rational::from_integer(((line * 5 + i * 7 + 2) % 13 - 6).into()),
                )
            })
            .collect();
        let values: Vec<(&str, Expr)> = fixed
            .iter()
            .map(|(n, v)| (*n, scalar::made(v.clone())))
            .collect();
        let (x, y) = (a.with(&values), b.with(&values));
        let (x, y) = (
            cases::unfolded(x, names[index], work),
            cases::unfolded(y, names[index], work),
        );
        match on_line(&x, &y, names[index], &mut budget, work) {
            Ok(Line::Same { informative: true }) => informative += 1,
            Ok(Line::Same { .. }) => {}
            Ok(Line::Differs(witness)) => {
                let witness = witness.map(|mut w| {
                    w.at.extend(fixed.iter().map(|(n, v)| (String::from(*n), v.clone())));
                    w.at.sort();
                    w
                });
                return Verdict::Different(witness);
            }
            Err(_) => failed += 1,
        }
    }
    if informative >= 5 && failed == 0 {
        Verdict::Equal(Proof::Certified)
    } else {
        Verdict::Undecided
    }
}
