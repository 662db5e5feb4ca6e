//! The smallest parts of an answer: numbers, functions with their arguments, roots and brackets.

use super::grammar::{Read, Reader, checked};
use super::token::{Bracket, TokenKind as T};
use super::{Problem, Unreadable};
use crate::tree::{Constant, Expr, ExprKind, Function, Notation, Number, Span};
use crate::{BigInt, Rational};
use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;
use num_traits::{One, Signed, ToPrimitive, Zero};

impl Reader<'_> {
    pub(super) fn primary(&mut self) -> Read<Expr> {
        let span = self.here();
        let Some(kind) = self.peek() else {
            return Err(self.missing());
        };
        match kind {
            T::Number(number) => self.number(number, span),
            T::Variable(name) => {
                self.next += 1;
                Ok(Expr::new(ExprKind::Variable(name.clone()), span))
            }
            T::Constant(constant) => {
                self.next += 1;
                Ok(Expr::new(ExprKind::Constant(*constant), span))
            }
            T::Atom(expr) | T::Fraction(expr) => {
                self.next += 1;
                Ok(expr.clone())
            }
            T::Function(function) => self.call(*function, None, span),
            T::LogBase(base) => self.call(Function::Log, Some(base), span),
            T::Root(degree) => self.root(*degree, span),
            T::Open(bracket) => self.bracketed(*bracket, span),
            T::Bar => self.deeper(|r| r.absolute(span)),
            T::Close(_) => Err(self.fail(Problem::Unbalanced)),
            _ => Err(self.missing()),
        }
    }

    /// A number, with the fraction that makes it mixed: `2 2/3`, `2½`, `2\frac{2}{3}`.
    fn number(&mut self, number: &Number, span: Span) -> Read<Expr> {
        self.next += 1;
        let whole = Ok(Expr::new(ExprKind::Number(number.clone()), span));
        if number.notation != Notation::Integer {
            return whole;
        }
        let (part, used, end) = match self.peek_at(0).map(|t| (&t.kind, t)) {
            Some((T::Number(n), t)) if n.notation == Notation::Fraction => (
                n.value.numer().clone(),
                1,
                (n.value.denom().clone(), t.span),
            ),
            Some((T::Number(top), t)) if top.notation == Notation::Integer && t.spaced => {
                let slash = matches!(self.peek_at(1).map(|t| &t.kind), Some(T::Slash));
                match self.peek_at(2).map(|t| (&t.kind, t.span)) {
                    Some((T::Number(n), at)) if slash && n.notation == Notation::Integer => {
                        (top.value.to_integer(), 3, (n.value.to_integer(), at))
                    }
                    _ => return whole,
                }
            }
            Some((T::Fraction(fraction), t)) => match whole_parts(fraction) {
                Some((top, bottom)) => (top, 1, (bottom, t.span)),
                None => return whole,
            },
            _ => return whole,
        };
        let (bottom, at) = end;
        if bottom.is_zero() {
            return Err(Unreadable {
                at,
                problem: Problem::BadNumber,
            });
        }
        self.next += used;
        let proper = part < bottom;
        let fraction = Rational::new(part, bottom.clone());
        let simplest =
            proper && *fraction.denom() == bottom && !fraction.is_zero() && !number.value.is_zero();
        let value = &number.value + fraction;
        let notation = Notation::Mixed { simplest };
        Ok(Expr::new(
            ExprKind::Number(Number { value, notation }),
            span.to(at),
        ))
    }

    fn call(&mut self, function: Function, base: Option<&Expr>, span: Span) -> Read<Expr> {
        self.next += 1;
        let mut power = None;
        if matches!(self.peek(), Some(T::Caret)) {
            self.next += 1;
            power = Some(self.deeper(Self::exponent_of_function)?);
        }
        let mut arguments = self.deeper(Self::arguments)?;
        let span = arguments.last().map_or(span, |a| span.to(a.span));
        let (least, most) = match function {
            Function::Min | Function::Max | Function::Gcd | Function::Lcm => (1, 16),
            Function::Log if base.is_none() => (1, 2),
            _ => (1, 1),
        };
        if arguments.len() < least || arguments.len() > most {
            return Err(Unreadable {
                at: span,
                problem: Problem::WrongArguments,
            });
        }
        arguments.extend(base.cloned());
        let minus_one = power.as_ref().and_then(Expr::as_rational) == Some(-Rational::one());
        if let (true, Some(inverse)) = (minus_one, function.inverse()) {
            return checked(ExprKind::Call(inverse, arguments), span);
        }
        let call = checked(ExprKind::Call(function, arguments), span)?;
        match power {
            Some(power) => checked(ExprKind::Pow(Box::new(call), Box::new(power)), span),
            None => Ok(call),
        }
    }

    /// The small number in `sin^2 x`: one sign and one plain value, so that the argument is not swallowed.
    fn exponent_of_function(&mut self) -> Read<Expr> {
        let span = self.here();
        if matches!(self.peek(), Some(T::Minus)) {
            self.next += 1;
            let inner = self.primary()?;
            let span = span.to(inner.span);
            return checked(ExprKind::Neg(Box::new(inner)), span);
        }
        match self.peek() {
            Some(T::Number(n)) => {
                self.next += 1;
                Ok(Expr::new(ExprKind::Number(n.clone()), span))
            }
            _ => self.primary(),
        }
    }

    /// Arguments in brackets, or the factors that follow: `sin 2x` but not `sin x cos x`.
    fn arguments(&mut self) -> Read<Vec<Expr>> {
        if let Some(T::Open(bracket)) = self.peek()
            && matches!(bracket, Bracket::Round | Bracket::Square | Bracket::Curly)
        {
            let bracket = *bracket;
            self.next += 1;
            let inner = self.inside(Self::alternatives)?;
            self.close(bracket)?;
            return Ok(match inner {
                Expr {
                    kind: ExprKind::List(values),
                    ..
                } => values,
                one => vec![one],
            });
        }
        if matches!(self.peek(), Some(T::Minus)) {
            return Ok(vec![self.factor()?]);
        }
        let mut factors = vec![self.power()?];
        while let Some(
            T::Variable(_)
            | T::Constant(_)
            | T::Number(_)
            | T::Atom(_)
            | T::Fraction(_)
            | T::Root(_),
        ) = self.peek()
        {
            factors.push(self.power()?);
        }
        let product = Self::multiplied(factors, false)?;
        if let Some(T::Unit(unit)) = self.peek()
            && unit.is_degree()
        {
            return Ok(vec![self.quantity(product)?]);
        }
        Ok(vec![product])
    }

    fn root(&mut self, degree: u32, span: Span) -> Read<Expr> {
        self.next += 1;
        if degree > 0 {
            let radicand = match self.peek() {
                Some(T::Open(_)) => self.deeper(Self::primary)?,
                _ => self.deeper(Self::power)?,
            };
            let span = span.to(radicand.span);
            return checked(
                ExprKind::Root {
                    degree,
                    radicand: Box::new(radicand),
                },
                span,
            );
        }
        let mut arguments = self.deeper(Self::arguments)?.into_iter();
        let (Some(first), Some(radicand), None) =
            (arguments.next(), arguments.next(), arguments.next())
        else {
            return Err(Unreadable {
                at: span,
                problem: Problem::WrongArguments,
            });
        };
        root_of(&first, radicand, span)
    }

    fn inside<V>(&mut self, inner: fn(&mut Self) -> Read<V>) -> Read<V> {
        let bars = core::mem::replace(&mut self.bars, false);
        let result = self.deeper(inner);
        self.bars = bars;
        result
    }

    fn close(&mut self, bracket: Bracket) -> Read<()> {
        match self.peek() {
            Some(T::Close(found)) if *found == bracket => {
                self.next += 1;
                Ok(())
            }
            Some(T::Close(_)) | None => Err(self.fail(Problem::Unbalanced)),
            Some(_) => Err(self.fail(Problem::Leftover)),
        }
    }

    fn absolute(&mut self, span: Span) -> Read<Expr> {
        self.next += 1;
        let bars = core::mem::replace(&mut self.bars, true);
        let inner = self.sum();
        self.bars = bars;
        let inner = inner?;
        if !matches!(self.peek(), Some(T::Bar)) {
            return Err(self.fail(Problem::Unbalanced));
        }
        let span = span.to(self.here());
        self.next += 1;
        checked(ExprKind::Call(Function::Abs, vec![inner]), span)
    }

    fn bracketed(&mut self, open: Bracket, start: Span) -> Read<Expr> {
        self.next += 1;
        if let (Bracket::Curly, Some(T::Close(Bracket::Curly))) = (open, self.peek()) {
            let span = start.to(self.here());
            self.next += 1;
            return Ok(Expr::new(ExprKind::Set(Vec::new()), span));
        }
        let inner = self.inside(Self::alternatives)?;
        let Some(T::Close(close)) = self.peek() else {
            let at = if self.peek().is_none() {
                start
            } else {
                self.here()
            };
            return Err(Unreadable {
                at,
                problem: Problem::Unbalanced,
            });
        };
        let close = *close;
        let span = start.to(self.here());
        self.next += 1;
        let unbalanced = Err(Unreadable {
            at: span,
            problem: Problem::Unbalanced,
        });
        let kind = match (open, close, inner.kind) {
            (Bracket::Curly, Bracket::Curly, ExprKind::List(v)) => ExprKind::Set(v),
            (Bracket::Curly, Bracket::Curly, kind) => {
                ExprKind::Set(vec![Expr::new(kind, inner.span)])
            }
            (Bracket::Floor, Bracket::Floor, kind) => {
                ExprKind::Call(Function::Floor, vec![Expr::new(kind, inner.span)])
            }
            (Bracket::Ceil, Bracket::Ceil, kind) => {
                ExprKind::Call(Function::Ceil, vec![Expr::new(kind, inner.span)])
            }
            (
                Bracket::Round | Bracket::Square,
                Bracket::Round | Bracket::Square,
                ExprKind::List(v),
            ) => {
                return range_or_tuple(v, open == Bracket::Square, close == Bracket::Square, span);
            }
            (Bracket::Round, Bracket::Round, kind) | (Bracket::Square, Bracket::Square, kind) => {
                let mut expr = checked(kind, inner.span)?;
                expr.span = span;
                return Ok(expr);
            }
            _ => return unbalanced,
        };
        checked(kind, span)
    }
}

/// `(2, 5]` and whatever has an infinite end is an interval; `(2, 5)` and `(1, 2, 3)` stay tuples.
fn range_or_tuple(
    mut values: Vec<Expr>,
    low_closed: bool,
    high_closed: bool,
    span: Span,
) -> Read<Expr> {
    let infinite = values.iter().any(is_infinite);
    if values.len() == 2
        && (low_closed || high_closed || infinite)
        && let (Some(high), Some(low)) = (values.pop(), values.pop())
    {
        let (low, high) = (Box::new(low), Box::new(high));
        return checked(
            ExprKind::Interval {
                low,
                high,
                low_closed,
                high_closed,
            },
            span,
        );
    }
    if low_closed != high_closed {
        return Err(Unreadable {
            at: span,
            problem: Problem::Unbalanced,
        });
    }
    checked(ExprKind::Tuple(values), span)
}

fn is_infinite(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Constant(Constant::Infinity) => true,
        ExprKind::Neg(inner) => is_infinite(inner),
        _ => false,
    }
}

/// The root of a degree that was itself read; degrees from 2 to 1,000.
pub(crate) fn root_of(degree: &Expr, radicand: Expr, span: Span) -> Read<Expr> {
    let whole = degree.as_rational().filter(Rational::is_integer);
    let small = whole
        .and_then(|d| d.to_integer().to_u32())
        .filter(|d| (2..=1_000).contains(d));
    if let Some(degree) = small {
        return checked(
            ExprKind::Root {
                degree,
                radicand: Box::new(radicand),
            },
            span,
        );
    }
    let one = Expr::new(Expr::number(Rational::one()).kind, degree.span);
    let exponent = checked(
        ExprKind::Div(Box::new(one), Box::new(degree.clone())),
        degree.span,
    )?;
    checked(ExprKind::Pow(Box::new(radicand), Box::new(exponent)), span)
}

/// Numerator and denominator when both are written as whole numbers.
fn whole_parts(fraction: &Expr) -> Option<(BigInt, BigInt)> {
    let ExprKind::Div(top, bottom) = &fraction.kind else {
        return None;
    };
    match (&top.kind, &bottom.kind) {
        (ExprKind::Number(a), ExprKind::Number(b))
            if a.notation == Notation::Integer
                && b.notation == Notation::Integer
                && b.value.is_positive() =>
        {
            Some((a.value.to_integer(), b.value.to_integer()))
        }
        _ => None,
    }
}
