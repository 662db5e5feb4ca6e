//! The grammar of answers: signs to the tree, by recursive descent with a depth limit.

use super::token::{Bracket, Token, TokenKind as T};
use super::{Problem, Unreadable};
use crate::tree::{Constant, DEPTH_LIMIT, Expr, ExprKind, Function, HEIGHT_LIMIT};
use crate::tree::{Notation, Number, Relation, Span};
use crate::units::Unit;
use crate::{BigInt, Rational};
use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;
use num_traits::{One, Signed, ToPrimitive, Zero};

type Read<V> = Result<V, Unreadable>;

/// Reads all signs as one statement; `end` is the place just after the text.
pub(crate) fn statement(tokens: &[Token], end: usize, depth: usize) -> Read<Expr> {
    let mut reader = Reader {
        tokens,
        next: 0,
        end,
        depth,
        bars: false,
    };
    if tokens.is_empty() {
        return Err(Unreadable {
            at: Span::new(end, end),
            problem: Problem::Empty,
        });
    }
    let expr = reader.alternatives()?;
    match reader.peek() {
        None => Ok(expr),
        Some(T::Close(_)) => Err(reader.fail(Problem::Unbalanced)),
        Some(_) => Err(reader.fail(Problem::Leftover)),
    }
}

/// The only part, or all of them as one node; the parts are taken out.
fn gathered(parts: &mut Vec<Expr>, make: fn(Vec<Expr>) -> ExprKind) -> Read<Expr> {
    let mut parts = core::mem::take(parts);
    if parts.len() == 1
        && let Some(only) = parts.pop()
    {
        return Ok(only);
    }
    let span = parts.iter().fold(parts[0].span, |all, p| all.to(p.span));
    checked(make(parts), span)
}

/// Refuses a tree that grew too high.
pub(crate) fn checked(kind: ExprKind, span: Span) -> Read<Expr> {
    let expr = Expr::new(kind, span);
    if expr.height() > HEIGHT_LIMIT {
        return Err(Unreadable {
            at: span,
            problem: Problem::TooDeep,
        });
    }
    Ok(expr)
}

struct Reader<'t> {
    tokens: &'t [Token],
    next: usize,
    end: usize,
    depth: usize,
    /// Whether the innermost open bracket is an absolute-value bar.
    bars: bool,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<&'t T> {
        self.tokens.get(self.next).map(|t| &t.kind)
    }

    fn peek_at(&self, ahead: usize) -> Option<&'t Token> {
        self.tokens.get(self.next + ahead)
    }

    fn here(&self) -> Span {
        self.tokens
            .get(self.next)
            .map_or(Span::new(self.end, self.end), |t| t.span)
    }

    fn fail(&self, problem: Problem) -> Unreadable {
        Unreadable {
            at: self.here(),
            problem,
        }
    }

    fn missing(&self) -> Unreadable {
        self.fail(if self.next < self.tokens.len() {
            Problem::ValueExpected
        } else {
            Problem::EndedEarly
        })
    }

    fn deeper<V>(&mut self, inner: impl FnOnce(&mut Self) -> Read<V>) -> Read<V> {
        if self.depth >= DEPTH_LIMIT {
            return Err(self.fail(Problem::TooDeep));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    /// `a or b`, `a and b`, `a, b`, from loose to tight. One frame for all three, because brackets nest through here.
    fn alternatives(&mut self) -> Read<Expr> {
        let (mut sides, mut joint, mut listed) = (Vec::new(), Vec::new(), vec![self.relation()?]);
        loop {
            let level = match self.peek() {
                Some(T::Comma) => 0,
                Some(T::And) => 1,
                Some(T::Or) => 2,
                _ => break,
            };
            self.next += 1;
            if level > 0 {
                joint.push(gathered(&mut listed, ExprKind::List)?);
            }
            if level > 1 {
                sides.push(gathered(&mut joint, ExprKind::And)?);
            }
            listed.push(self.relation()?);
        }
        joint.push(gathered(&mut listed, ExprKind::List)?);
        sides.push(gathered(&mut joint, ExprKind::And)?);
        gathered(&mut sides, ExprKind::Or)
    }

    fn relation(&mut self) -> Read<Expr> {
        if matches!(self.peek(), Some(T::Variable(_)))
            && matches!(self.peek_at(1).map(|t| &t.kind), Some(T::Member))
        {
            self.next += 2;
        }
        let first = self.sum()?;
        let mut terms = vec![first];
        let mut relations: Vec<Relation> = Vec::new();
        while let Some(T::Relation(relation)) = self.peek() {
            relations.push(*relation);
            self.next += 1;
            terms.push(self.sum()?);
        }
        if relations.is_empty() {
            return terms.pop().ok_or_else(|| self.missing());
        }
        let span = terms[0].span.to(terms[terms.len() - 1].span);
        checked(ExprKind::Relation { terms, relations }, span)
    }

    fn sum(&mut self) -> Read<Expr> {
        let start = self.here();
        let mut terms: Vec<Expr> = Vec::new();
        if matches!(self.peek(), Some(T::PlusMinus)) {
            self.next += 1;
            let right = self.product()?;
            let span = start.to(right.span);
            terms.push(checked(ExprKind::PlusMinus(None, Box::new(right)), span)?);
        } else {
            terms.push(self.product()?);
        }
        loop {
            let sign = self.here();
            match self.peek() {
                Some(T::Plus) => {
                    self.next += 1;
                    terms.push(self.product()?);
                }
                Some(T::Minus) => {
                    self.next += 1;
                    let term = self.product()?;
                    let span = sign.to(term.span);
                    terms.push(checked(ExprKind::Neg(Box::new(term)), span)?);
                }
                Some(T::PlusMinus) => {
                    self.next += 1;
                    let right = self.product()?;
                    let left = gathered(&mut terms, ExprKind::Add)?;
                    let span = left.span.to(right.span);
                    let both = ExprKind::PlusMinus(Some(Box::new(left)), Box::new(right));
                    terms = vec![checked(both, span)?];
                }
                _ => return gathered(&mut terms, ExprKind::Add),
            }
        }
    }

    fn product(&mut self) -> Read<Expr> {
        let mut factors = vec![self.factor()?];
        let mut explicit = false;
        loop {
            match self.peek() {
                Some(T::Times) => {
                    self.next += 1;
                    explicit = true;
                    factors.push(self.factor()?);
                }
                Some(T::Slash) => {
                    self.next += 1;
                    let bottom = self.factor()?;
                    let top = Self::multiplied(factors, explicit)?;
                    explicit = false;
                    let span = top.span.to(bottom.span);
                    let quotient = ExprKind::Div(Box::new(top), Box::new(bottom));
                    factors = vec![checked(quotient, span)?];
                }
                Some(T::Unit(_)) => {
                    let value = Self::multiplied(factors, explicit)?;
                    let quantity = self.quantity(value)?;
                    if !matches!(self.peek(), Some(T::Number(_))) {
                        factors = vec![quantity];
                        explicit = false;
                        continue;
                    }
                    // "3 ft 2 in" is a sum.
                    let rest = self.deeper(Self::product)?;
                    let span = quantity.span.to(rest.span);
                    return checked(ExprKind::Add(vec![quantity, rest]), span);
                }
                Some(next) if self.begins_value(next) => factors.push(self.power()?),
                _ => return Self::multiplied(factors, explicit),
            }
        }
    }

    fn multiplied(mut factors: Vec<Expr>, explicit: bool) -> Read<Expr> {
        if factors.len() == 1
            && let Some(only) = factors.pop()
        {
            return Ok(only);
        }
        let span = factors[0].span.to(factors[factors.len() - 1].span);
        checked(ExprKind::Mul { factors, explicit }, span)
    }

    /// Whether a value may begin here without a times sign. Two bare numbers never multiply.
    fn begins_value(&self, next: &T) -> bool {
        match next {
            T::Variable(_)
            | T::Constant(_)
            | T::Function(_)
            | T::LogBase(_)
            | T::Root(_)
            | T::Atom(_)
            | T::Fraction(_)
            | T::Open(_) => true,
            T::Number(_) => {
                let before = self.next.checked_sub(1).and_then(|i| self.tokens.get(i));
                matches!(before.map(|t| &t.kind), Some(T::Close(_) | T::Bar))
            }
            T::Bar => !self.bars,
            _ => false,
        }
    }

    fn quantity(&mut self, value: Expr) -> Read<Expr> {
        let start = self.here();
        let mut unit: Option<Unit> = None;
        let mut divide = false;
        while let Some(T::Unit(next)) = self.peek() {
            let mut next = next.clone();
            self.next += 1;
            if matches!(self.peek(), Some(T::Caret)) {
                self.next += 1;
                let exponent = self.factor()?;
                let whole = exponent.as_rational().filter(Rational::is_integer);
                next = whole
                    .and_then(|e| e.to_integer().to_i8())
                    .and_then(|e| next.power(e))
                    .ok_or(Unreadable {
                        at: exponent.span,
                        problem: Problem::NotMathematics,
                    })?;
            }
            let joined = match unit {
                None => Some(next),
                Some(unit) => unit.combine(&next, divide),
            };
            unit = Some(joined.ok_or(Unreadable {
                at: start,
                problem: Problem::NotMathematics,
            })?);
            let follows = matches!(self.peek_at(1).map(|t| &t.kind), Some(T::Unit(_)));
            match self.peek() {
                Some(T::Slash) if follows => divide = true,
                Some(T::Times) if follows => divide = false,
                _ => break,
            }
            self.next += 1;
        }
        let end = self
            .tokens
            .get(self.next.saturating_sub(1))
            .map_or(start, |t| t.span);
        let unit = unit.ok_or_else(|| self.missing())?;
        let span = value.span.to(end);
        checked(ExprKind::Quantity(Box::new(value), Box::new(unit)), span)
    }

    /// A power with any signs before it.
    fn factor(&mut self) -> Read<Expr> {
        let start = self.here();
        match self.peek() {
            Some(T::Minus) => {
                self.next += 1;
                let inner = self.deeper(Self::factor)?;
                let span = start.to(inner.span);
                checked(ExprKind::Neg(Box::new(inner)), span)
            }
            Some(T::Plus) => {
                self.next += 1;
                self.deeper(Self::factor)
            }
            Some(T::Money(unit)) => {
                self.next += 1;
                let inner = self.deeper(Self::factor)?;
                let span = start.to(inner.span);
                checked(
                    ExprKind::Quantity(Box::new(inner), Box::new(unit.clone())),
                    span,
                )
            }
            _ => self.power(),
        }
    }

    fn power(&mut self) -> Read<Expr> {
        let base = self.postfix()?;
        if !matches!(self.peek(), Some(T::Caret)) {
            return Ok(base);
        }
        self.next += 1;
        let exponent = self.deeper(Self::factor)?;
        let span = base.span.to(exponent.span);
        checked(ExprKind::Pow(Box::new(base), Box::new(exponent)), span)
    }

    fn postfix(&mut self) -> Read<Expr> {
        let mut value = self.primary()?;
        loop {
            let span = value.span.to(self.here());
            let kind = match self.peek() {
                Some(T::Bang) => ExprKind::Call(Function::Factorial, vec![value]),
                Some(T::Percent) => percent(value),
                Some(T::Money(unit)) => ExprKind::Quantity(Box::new(value), Box::new(unit.clone())),
                _ => return Ok(value),
            };
            self.next += 1;
            value = checked(kind, span)?;
        }
    }

    fn primary(&mut self) -> Read<Expr> {
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
        let simplest = proper && *fraction.denom() == bottom && !fraction.is_zero();
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

fn percent(value: Expr) -> ExprKind {
    let hundred = Rational::from_integer(BigInt::from(100));
    match value.kind {
        ExprKind::Number(n) => ExprKind::Number(Number {
            value: n.value / hundred,
            notation: Notation::Percent,
        }),
        kind => ExprKind::Div(
            Box::new(Expr::new(kind, value.span)),
            Box::new(Expr::new(Expr::number(hundred).kind, value.span)),
        ),
    }
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
