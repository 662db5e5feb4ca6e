//! Trees at a point, with certified bounds: the tier that proves differences and certifies agreement.

use super::ball::{Ball, Precision, ROOT_LIMIT};
use super::kernels::exact;
use super::{Budget, Stop};
use crate::tree::{Constant, Expr, ExprKind, Function};
use crate::{BigInt, Rational};
use alloc::vec::Vec;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// A point: names with exact values.
pub(super) type Point<'a> = [(&'a str, Rational)];

/// An evaluation at one precision.
pub(super) struct Evaluation<'a> {
    pub(super) precision: Precision,
    pub(super) at: &'a Point<'a>,
    pub(super) budget: &'a mut Budget,
    /// Set when a value not exactly zero came out smaller than 2^-64: agreement near zero then proves little.
    pub(super) tiny: bool,
}

impl<'a> Evaluation<'a> {
    pub(super) fn new(bits: u32, at: &'a Point<'a>, budget: &'a mut Budget) -> Self {
        Self {
            precision: Precision::new(bits),
            at,
            budget,
            tiny: false,
        }
    }

    fn spend(&mut self, operations: u64) -> Result<(), Stop> {
        let words = u64::from(self.precision.bits / 64 + 1);
        self.budget.spend(operations * words)
    }

    /// The value; [`Stop::Undefined`] only where it certainly has none.
    pub(super) fn value(&mut self, expr: &Expr) -> Result<Ball, Stop> {
        self.spend(1)?;
        let ball = match &expr.kind {
            ExprKind::Number(n) => self.precision.exact(&n.value),
            ExprKind::Variable(name) => {
                let value = self
                    .at
                    .iter()
                    .find(|(n, _)| n == name)
                    .ok_or(Stop::Unsupported)?;
                self.precision.exact(&value.1)
            }
            ExprKind::Constant(Constant::Pi) => self.precision.pi(),
            ExprKind::Constant(Constant::E) => {
                self.spend(40)?;
                let one = self.precision.exact(&Rational::one());
                self.precision.exp(&one)?
            }
            ExprKind::Neg(inner) => self.value(inner)?.negated(),
            ExprKind::Add(terms) => {
                let mut sum = self.precision.exact(&Rational::zero());
                for term in terms {
                    sum = sum.plus(&self.value(term)?);
                }
                sum
            }
            ExprKind::Mul { factors, .. } => {
                let mut product = self.precision.exact(&Rational::one());
                for factor in factors {
                    let factor = self.value(factor)?;
                    product = self.precision.times(&product, &factor)?;
                }
                product
            }
            ExprKind::Div(top, bottom) => {
                let (top, bottom) = (self.value(top)?, self.value(bottom)?);
                self.precision.over(&top, &bottom)?
            }
            ExprKind::Pow(base, exponent) => self.power(base, exponent)?,
            ExprKind::Root { degree, radicand } => {
                let radicand = self.value(radicand)?;
                self.spend(10)?;
                self.root(&radicand, *degree)?
            }
            ExprKind::Call(function, arguments) => self.call(*function, arguments)?,
            ExprKind::Quantity(value, unit) if unit.is_degree() => {
                let value = self.value(value)?;
                let part = self.precision.exact(&Rational::new(1.into(), 180.into()));
                let pi = self.precision.pi();
                let radian = self.precision.times(&pi, &part)?;
                self.precision.times(&value, &radian)?
            }
            _ => return Err(Stop::Unsupported),
        };
        // Large values cost more to go on with: about the square of their words.
        let words = ball.mid.bits() / 64;
        self.budget.spend(words * words / 16)?;
        if !ball.is_zero() && ball.mid.bits() + 64 < u64::from(self.precision.bits) {
            self.tiny = true;
        }
        Ok(ball)
    }

    fn power(&mut self, base: &Expr, exponent: &Expr) -> Result<Ball, Stop> {
        if matches!(base.kind, ExprKind::Constant(Constant::E)) {
            let exponent = self.value(exponent)?;
            self.spend(40)?;
            return self.precision.exp(&exponent);
        }
        let base = self.value(base)?;
        let rational = match exponent.as_rational() {
            Some(value) => Some(value),
            None => {
                let ball = self.value(exponent)?;
                let exact = self.precision.as_rational(&ball);
                if exact.as_ref().is_none_or(|v| !v.is_integer()) {
                    return self.general_power(&base, &ball);
                }
                exact
            }
        };
        let value = rational.ok_or(Stop::Unsupported)?;
        let top = value.numer().to_i64().ok_or(Stop::Budget)?;
        self.spend(20)?;
        if value.is_integer() {
            return self.precision.whole_power(&base, top);
        }
        let degree = value.denom().to_u32().filter(|d| *d <= 1_000);
        if let Some(degree) = degree {
            let root = self.root(&base, degree)?;
            return self.precision.whole_power(&root, top);
        }
        let exponent = self.precision.exact(&value);
        self.general_power(&base, &exponent)
    }

    /// A root is found by as many powers as its degree says, of numbers as long as that many at this precision.
    fn root(&mut self, radicand: &Ball, degree: u32) -> Result<Ball, Stop> {
        let (bits, degree_size) = (u64::from(self.precision.bits), u64::from(degree));
        let words = (radicand.mid.bits() + bits * degree_size).min(ROOT_LIMIT) / 64;
        self.budget.spend(degree_size * words * words / 64)?;
        self.precision.root(radicand, degree)
    }

    fn general_power(&mut self, base: &Ball, exponent: &Ball) -> Result<Ball, Stop> {
        if base.is_zero() && exponent.low().is_positive() {
            return Ok(base.clone());
        }
        self.spend(120)?;
        let logarithm = self.precision.ln(base)?;
        let product = self.precision.times(&logarithm, exponent)?;
        self.precision.exp(&product)
    }

    fn call(&mut self, function: Function, arguments: &[Expr]) -> Result<Ball, Stop> {
        let mut values = Vec::with_capacity(arguments.len());
        for argument in arguments {
            values.push(self.value(argument)?);
        }
        let first = values.first().ok_or(Stop::Unsupported)?;
        self.spend(60)?;
        // Turns are taken off a large angle with as many more digits of π.
        let beyond = first
            .mid
            .bits()
            .saturating_sub(u64::from(self.precision.bits))
            / 64;
        self.budget.spend(beyond * beyond)?;
        let p = &mut self.precision;
        let one = Ball {
            mid: p.one(),
            rad: BigInt::zero(),
        };
        match function {
            Function::Sin => Ok(p.sin_cos(first)?.0),
            Function::Cos => Ok(p.sin_cos(first)?.1),
            Function::Tan => {
                let (s, c) = p.sin_cos(first)?;
                p.over(&s, &c)
            }
            Function::Cot => {
                let (s, c) = p.sin_cos(first)?;
                p.over(&c, &s)
            }
            Function::Sec => {
                let c = p.sin_cos(first)?.1;
                p.over(&one, &c)
            }
            Function::Csc => {
                let s = p.sin_cos(first)?.0;
                p.over(&one, &s)
            }
            Function::Arcsin => p.arcsin(first),
            Function::Arccos => arccos(p, first),
            Function::Arctan => Ok(p.arctan(first)),
            Function::Sinh | Function::Cosh | Function::Tanh => {
                let (up, down) = (p.exp(first)?, p.exp(&first.clone().negated())?);
                let (sum, difference) = (up.plus(&down), up.minus(&down));
                let half = p.exact(&Rational::new(1.into(), 2.into()));
                match function {
                    Function::Sinh => p.times(&difference, &half),
                    Function::Cosh => p.times(&sum, &half),
                    _ => p.over(&difference, &sum),
                }
            }
            Function::Coth | Function::Sech | Function::Csch => {
                let (up, down) = (p.exp(first)?, p.exp(&first.clone().negated())?);
                let (sum, difference) = (up.plus(&down), up.minus(&down));
                let two = p.exact(&Rational::from_integer(2.into()));
                match function {
                    Function::Coth => p.over(&sum, &difference),
                    Function::Sech => p.over(&two, &sum),
                    _ => p.over(&two, &difference),
                }
            }
            Function::Arccot
            | Function::Arcsec
            | Function::Arccsc
            | Function::Arsinh
            | Function::Arcosh
            | Function::Artanh => inverse(p, function, first),
            Function::Exp => p.exp(first),
            Function::Ln => p.ln(first),
            Function::Log => {
                let ten = p.exact(&Rational::from_integer(10.into()));
                let base = values.get(1).cloned().unwrap_or(ten);
                let (top, bottom) = (p.ln(&values[0])?, p.ln(&base)?);
                p.over(&top, &bottom)
            }
            _ => stepped(p, function, &values),
        }
    }
}

fn arccos(p: &mut Precision, value: &Ball) -> Result<Ball, Stop> {
    let sine = p.arcsin(value)?;
    let half = p.exact(&Rational::new(1.into(), 2.into()));
    let turn = p.pi();
    Ok(p.times(&turn, &half)?.minus(&sine))
}

/// Inverse functions that are written with others.
fn inverse(p: &mut Precision, function: Function, value: &Ball) -> Result<Ball, Stop> {
    let one = p.exact(&Rational::one());
    let half = p.exact(&Rational::new(1.into(), 2.into()));
    match function {
        // Books disagree about the values left of zero; on the right all agree.
        Function::Arccot if !value.low().is_positive() => Err(Stop::Unsupported),
        Function::Arccot => {
            let flipped = p.over(&one, value)?;
            Ok(p.arctan(&flipped))
        }
        Function::Arcsec | Function::Arccsc => {
            let flipped = p.over(&one, value)?;
            if function == Function::Arcsec {
                arccos(p, &flipped)
            } else {
                p.arcsin(&flipped)
            }
        }
        Function::Artanh => {
            let (up, down) = (one.plus(value), one.minus(value));
            let ratio = p.over(&up, &down)?;
            let logarithm = p.ln(&ratio)?;
            p.times(&logarithm, &half)
        }
        _ => {
            if function == Function::Arcosh && value.high() < one.mid {
                return Err(Stop::Undefined);
            }
            let square = p.times(value, value)?;
            let inner = if function == Function::Arsinh {
                square.plus(&one)
            } else {
                square.minus(&one)
            };
            let root = p.root(&inner, 2)?;
            p.ln(&value.plus(&root))
        }
    }
}

/// The functions that are not smooth.
fn stepped(p: &Precision, function: Function, values: &[Ball]) -> Result<Ball, Stop> {
    let first = values.first().ok_or(Stop::Unsupported)?;
    match function {
        Function::Abs => Ok(absolute(first)),
        Function::Floor | Function::Ceil => step(p, first, function == Function::Ceil),
        Function::Sign => match first.holds_zero() {
            true if first.is_zero() => Ok(first.clone()),
            true => Err(Stop::Budget),
            false => Ok(p.exact(&Rational::from_integer(first.mid.signum()))),
        },
        Function::Min | Function::Max => {
            let mut best = first.clone();
            for value in &values[1..] {
                let (a, b) = if function == Function::Min {
                    (value, &best)
                } else {
                    (&best, value)
                };
                if a.high() <= b.low() {
                    best = value.clone();
                } else if a.low() < b.high() {
                    return Err(Stop::Budget);
                }
            }
            Ok(best)
        }
        Function::Gcd | Function::Lcm | Function::Factorial => {
            let exact_values: Option<Vec<Rational>> =
                values.iter().map(|v| p.as_rational(v)).collect();
            let value =
                exact(function, &exact_values.ok_or(Stop::Budget)?)?.ok_or(Stop::Unsupported)?;
            Ok(p.exact(&value))
        }
        _ => Err(Stop::Unsupported),
    }
}

fn absolute(ball: &Ball) -> Ball {
    if ball.is_exact() || !ball.holds_zero() {
        return Ball {
            mid: ball.mid.abs(),
            rad: ball.rad.clone(),
        };
    }
    let high = ball.mid.abs() + &ball.rad;
    let half: BigInt = (high >> 1_u32) + 1;
    Ball {
        mid: half.clone(),
        rad: half,
    }
}

fn step(p: &Precision, ball: &Ball, up: bool) -> Result<Ball, Stop> {
    let one = p.one();
    let of = |v: BigInt| {
        if up {
            v.div_ceil(&one)
        } else {
            v.div_floor(&one)
        }
    };
    let (low, high) = (of(ball.low()), of(ball.high()));
    if low != high {
        return Err(Stop::Budget);
    }
    Ok(Ball {
        mid: low * one,
        rad: BigInt::zero(),
    })
}
