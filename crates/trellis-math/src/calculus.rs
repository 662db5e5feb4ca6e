//! Derivatives of what people write, so that two antiderivatives can be compared apart from their constants.

use crate::Rational;
use crate::tree::{Expr, ExprKind, Function};
use alloc::vec;
use alloc::vec::Vec;

/// The derivative by a letter; all other letters are constants. `None` for what has none here, such as `floor(x)`, sets
/// and statements, and where it would grow too high. Nothing is simplified.
#[must_use]
pub fn derivative(expr: &Expr, by: &str) -> Option<Expr> {
    let result = slope(expr, by)?;
    (result.height() <= crate::tree::HEIGHT_LIMIT).then_some(result)
}

fn whole(value: i64) -> Expr {
    let number = Expr::number(Rational::from_integer(value.unsigned_abs().into()));
    if value < 0 { neg(number) } else { number }
}

fn neg(a: Expr) -> Expr {
    Expr::made(ExprKind::Neg(a.into()))
}

fn add(a: Expr, b: Expr) -> Expr {
    Expr::made(ExprKind::Add(vec![a, b]))
}

fn mul(a: Expr, b: Expr) -> Expr {
    Expr::made(ExprKind::Mul {
        factors: vec![a, b],
        explicit: true,
    })
}

fn div(a: Expr, b: Expr) -> Expr {
    Expr::made(ExprKind::Div(a.into(), b.into()))
}

fn pow(a: Expr, b: Expr) -> Expr {
    Expr::made(ExprKind::Pow(a.into(), b.into()))
}

fn call(function: Function, a: &Expr) -> Expr {
    Expr::made(ExprKind::Call(function, vec![a.clone()]))
}

fn square(a: &Expr) -> Expr {
    pow(a.clone(), whole(2))
}

fn root(a: Expr) -> Expr {
    Expr::made(ExprKind::Root {
        degree: 2,
        radicand: a.into(),
    })
}

fn slope(expr: &Expr, by: &str) -> Option<Expr> {
    if !expr.variables().contains(&by) {
        let is_value = !matches!(
            expr.kind,
            ExprKind::Set(_)
                | ExprKind::List(_)
                | ExprKind::Tuple(_)
                | ExprKind::Relation { .. }
                | ExprKind::Interval { .. }
                | ExprKind::Or(_)
                | ExprKind::And(_)
                | ExprKind::PlusMinus(..)
                | ExprKind::Matrix { .. }
        );
        return is_value.then(|| whole(0));
    }
    Some(match &expr.kind {
        ExprKind::Variable(_) => whole(1),
        ExprKind::Neg(inner) => neg(slope(inner, by)?),
        ExprKind::Add(terms) => {
            let slopes = terms.iter().map(|t| slope(t, by));
            Expr::made(ExprKind::Add(slopes.collect::<Option<_>>()?))
        }
        ExprKind::Mul { factors, .. } => {
            let mut terms = Vec::with_capacity(factors.len());
            for (i, factor) in factors.iter().enumerate() {
                let mut parts = factors.clone();
                parts[i] = slope(factor, by)?;
                terms.push(Expr::made(ExprKind::Mul {
                    factors: parts,
                    explicit: true,
                }));
            }
            Expr::made(ExprKind::Add(terms))
        }
        ExprKind::Div(top, bottom) => {
            let first = mul(slope(top, by)?, (**bottom).clone());
            let second = mul((**top).clone(), slope(bottom, by)?);
            div(add(first, neg(second)), square(bottom))
        }
        ExprKind::Pow(base, exponent) => power(base, exponent, by)?,
        ExprKind::Root { degree, radicand } => {
            let below = mul(
                whole(i64::from(*degree)),
                pow(expr.clone(), whole(i64::from(*degree) - 1)),
            );
            div(slope(radicand, by)?, below)
        }
        ExprKind::Call(Function::Log, parts) if parts.len() == 2 => {
            if parts[1].variables().contains(&by) {
                return None;
            }
            let below = mul(parts[0].clone(), call(Function::Ln, &parts[1]));
            div(slope(&parts[0], by)?, below)
        }
        ExprKind::Call(function, parts) => match parts.as_slice() {
            [only] => mul(outer(*function, only)?, slope(only, by)?),
            _ => return None,
        },
        _ => return None,
    })
}

fn power(base: &Expr, exponent: &Expr, by: &str) -> Option<Expr> {
    let whole_power = pow(base.clone(), exponent.clone());
    if !exponent.variables().contains(&by) {
        let less = add(exponent.clone(), whole(-1));
        let outer = mul(exponent.clone(), pow(base.clone(), less));
        return Some(mul(outer, slope(base, by)?));
    }
    let log = call(Function::Ln, base);
    let first = mul(slope(exponent, by)?, log);
    if !base.variables().contains(&by) {
        return Some(mul(whole_power, first));
    }
    let second = div(mul(exponent.clone(), slope(base, by)?), base.clone());
    Some(mul(whole_power, add(first, second)))
}

/// The derivative of a function of one value at that value.
fn outer(function: Function, at: &Expr) -> Option<Expr> {
    use Function as F;
    let one = || whole(1);
    let minus_square = || add(one(), neg(square(at)));
    let plus_square = || add(square(at), one());
    Some(match function {
        F::Sin => call(F::Cos, at),
        F::Cos => neg(call(F::Sin, at)),
        F::Tan => square(&call(F::Sec, at)),
        F::Cot => neg(square(&call(F::Csc, at))),
        F::Sec => mul(call(F::Sec, at), call(F::Tan, at)),
        F::Csc => neg(mul(call(F::Csc, at), call(F::Cot, at))),
        F::Arcsin => div(one(), root(minus_square())),
        F::Arccos => neg(div(one(), root(minus_square()))),
        F::Arctan => div(one(), plus_square()),
        F::Arccot => neg(div(one(), plus_square())),
        F::Sinh => call(F::Cosh, at),
        F::Cosh => call(F::Sinh, at),
        F::Tanh => square(&call(F::Sech, at)),
        F::Coth => neg(square(&call(F::Csch, at))),
        F::Sech => neg(mul(call(F::Sech, at), call(F::Tanh, at))),
        F::Csch => neg(mul(call(F::Csch, at), call(F::Coth, at))),
        F::Arsinh => div(one(), root(plus_square())),
        F::Arcosh => div(one(), root(add(square(at), whole(-1)))),
        F::Artanh => div(one(), minus_square()),
        F::Exp => call(F::Exp, at),
        F::Ln => div(one(), at.clone()),
        F::Log => div(one(), mul(at.clone(), call(F::Ln, &whole(10)))),
        F::Abs => div(at.clone(), call(F::Abs, at)),
        _ => return None,
    })
}
