//! The grammar of answers: signs to the tree, by recursive descent with a depth limit.

use super::token::{Bracket, Token, TokenKind as T};
use super::{Problem, Unreadable};
use crate::tree::{DEPTH_LIMIT, Expr, ExprKind, Function, HEIGHT_LIMIT};
use crate::tree::{Notation, Number, Relation, Span};
use crate::units::Unit;
use crate::{BigInt, Rational};
use alloc::boxed::Box;
use alloc::vec;
use alloc::vec::Vec;
use num_traits::ToPrimitive;

pub(super) type Read<V> = Result<V, Unreadable>;

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
    if let Some(ratio) = ratio(tokens, depth)? {
        return Ok(ratio);
    }
    let expr = reader.alternatives()?;
    match reader.peek() {
        None => Ok(expr),
        Some(T::Close(_)) => Err(reader.fail(Problem::Unbalanced)),
        Some(_) => Err(reader.fail(Problem::Leftover)),
    }
}

/// A text of nothing but numbers and colons, when it has three parts or may be a time of day.
fn ratio(tokens: &[Token], depth: usize) -> Read<Option<Expr>> {
    let mut parts = Vec::new();
    for pair in tokens.chunks(2) {
        let (T::Number(number), None | Some(T::Colon)) =
            (&pair[0].kind, pair.get(1).map(|t| &t.kind))
        else {
            return Ok(None);
        };
        parts.push(Expr::new(ExprKind::Number(number.clone()), pair[0].span));
    }
    let is_time = |parts: &[Expr]| {
        matches!(parts, [hour, minute] if minute.span.end - minute.span.start == 2
            && hour.span.end - hour.span.start <= 2
            && hour.span.end + 1 == minute.span.start
            && [hour, minute].iter().all(|p| matches!(&p.kind, ExprKind::Number(n) if n.notation == Notation::Integer))
            && minute.as_rational().is_some_and(|m| m < Rational::from_integer(60.into())))
    };
    if depth > 0 || tokens.len().is_multiple_of(2) || parts.len() > 16 {
        return Ok(None);
    }
    if parts.len() < 3 && !is_time(&parts) {
        return Ok(None);
    }
    let span = parts[0].span.to(parts[parts.len() - 1].span);
    checked(ExprKind::Call(Function::Ratio, parts), span).map(Some)
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

pub(super) struct Reader<'t> {
    tokens: &'t [Token],
    pub(super) next: usize,
    end: usize,
    depth: usize,
    /// Whether the innermost open bracket is an absolute-value bar.
    pub(super) bars: bool,
}

impl<'t> Reader<'t> {
    pub(super) fn peek(&self) -> Option<&'t T> {
        self.tokens.get(self.next).map(|t| &t.kind)
    }

    pub(super) fn peek_at(&self, ahead: usize) -> Option<&'t Token> {
        self.tokens.get(self.next + ahead)
    }

    pub(super) fn here(&self) -> Span {
        self.tokens
            .get(self.next)
            .map_or(Span::new(self.end, self.end), |t| t.span)
    }

    pub(super) fn fail(&self, problem: Problem) -> Unreadable {
        Unreadable {
            at: self.here(),
            problem,
        }
    }

    pub(super) fn missing(&self) -> Unreadable {
        self.fail(if self.next < self.tokens.len() {
            Problem::ValueExpected
        } else {
            Problem::EndedEarly
        })
    }

    pub(super) fn deeper<V>(&mut self, inner: impl FnOnce(&mut Self) -> Read<V>) -> Read<V> {
        if self.depth >= DEPTH_LIMIT {
            return Err(self.fail(Problem::TooDeep));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    /// `a or b`, `a and b`, `a, b`, from loose to tight. One frame for all three, because brackets nest through here.
    pub(super) fn alternatives(&mut self) -> Read<Expr> {
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

    pub(super) fn sum(&mut self) -> Read<Expr> {
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
        let (mut explicit, mut colon) = (false, false);
        loop {
            match self.peek() {
                Some(T::Times) => {
                    self.next += 1;
                    explicit = true;
                    factors.push(self.factor()?);
                }
                Some(T::Slash | T::Colon) => {
                    if matches!(self.peek(), Some(T::Colon)) && core::mem::replace(&mut colon, true)
                    {
                        return Err(self.fail(Problem::NotMathematics));
                    }
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

    pub(super) fn multiplied(mut factors: Vec<Expr>, explicit: bool) -> Read<Expr> {
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

    pub(super) fn quantity(&mut self, value: Expr) -> Read<Expr> {
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
    pub(super) fn factor(&mut self) -> Read<Expr> {
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

    pub(super) fn power(&mut self) -> Read<Expr> {
        let base = self.postfix()?;
        if !matches!(self.peek(), Some(T::Caret)) {
            return Ok(base);
        }
        self.next += 1;
        let braced = matches!(self.peek(), Some(T::Open(Bracket::Curly)));
        let mut exponent = self.deeper(Self::factor)?;
        if let ExprKind::Set(parts) = &mut exponent.kind
            && let (true, 1, Some(only)) = (braced, parts.len(), parts.pop())
        {
            // "x^{10}" is a group, as in LaTeX.
            exponent = only;
        }
        let span = base.span.to(exponent.span);
        checked(ExprKind::Pow(Box::new(base), Box::new(exponent)), span)
    }

    fn postfix(&mut self) -> Read<Expr> {
        let mut value = self.primary()?;
        loop {
            let span = value.span.to(self.here());
            let kind = match self.peek() {
                // A double factorial is something else, and (3!)! nobody means.
                Some(T::Bang) if matches!(value.kind, ExprKind::Call(Function::Factorial, _)) => {
                    return Err(self.fail(Problem::Leftover));
                }
                Some(T::Bang) => ExprKind::Call(Function::Factorial, vec![value]),
                Some(T::Percent) => percent(value),
                Some(T::Money(unit)) => ExprKind::Quantity(Box::new(value), Box::new(unit.clone())),
                _ => return Ok(value),
            };
            self.next += 1;
            value = checked(kind, span)?;
        }
    }
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
