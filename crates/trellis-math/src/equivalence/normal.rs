//! Exact normal forms: quotients of polynomials in variables and kernels (roots, π, i, exponentials, logarithms,
//! sines), reduced by the relations that hold between them.
//!
//! Equal normal forms prove equal values. Unequal ones prove a difference only when all kernels are independent
//! ([`Ring::is_canonical`]); otherwise the numbers decide.

use super::poly::{Exponent, Monomial, Poly};
use super::{Budget, Stop};
use crate::tree::{Constant, Expr, ExprKind, Function};
use crate::{BigInt, Rational};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;
use num_traits::{One, Zero};

/// One polynomial over another; the lower one is never zero, and is 1 when it is constant.
#[derive(Debug, Clone)]
pub(crate) struct Quotient {
    pub(crate) top: Poly,
    pub(crate) bottom: Poly,
}

/// What a generator stands for.
#[derive(Debug, Clone)]
pub(crate) enum Kernel {
    Variable(String),
    /// A prime, or a large number that was not split; its exponents lie in [0, 1).
    Prime {
        value: BigInt,
        proved: bool,
    },
    Pi,
    Imaginary,
    /// e to the power of this monomial; any rational exponent.
    Exp(Monomial),
    /// e to the power of a quotient.
    ExpOf(Quotient),
    Root {
        degree: u32,
        radicand: Quotient,
    },
    Call(Function, Vec<Quotient>),
}

/// The generators of one comparison, and its steps.
#[derive(Debug)]
pub(crate) struct Ring {
    pub(super) kernels: Vec<Kernel>,
    pub(crate) budget: Budget,
    /// Whether even roots of negative numbers have a value.
    pub(crate) complex: bool,
}

impl Ring {
    pub(crate) const fn new(budget: Budget, complex: bool) -> Self {
        Self {
            kernels: Vec::new(),
            budget,
            complex,
        }
    }

    pub(crate) fn kernels(&self) -> &[Kernel] {
        &self.kernels
    }

    /// Whether the generators are algebraically independent but for the relations applied: variables, roots of
    /// primes (Besicovitch 1940), i, and π (Lindemann).
    pub(crate) fn is_canonical(&self) -> bool {
        self.kernels.iter().all(|k| {
            matches!(
                k,
                Kernel::Variable(_)
                    | Kernel::Pi
                    | Kernel::Imaginary
                    | Kernel::Prime { proved: true, .. }
            )
        })
    }

    /// Whether both have the same normal form.
    pub(crate) fn same(&mut self, a: &Quotient, b: &Quotient) -> Result<bool, Stop> {
        if a.bottom == b.bottom {
            return Ok(a.top == b.top);
        }
        let left = self.times(&a.top, &b.bottom)?;
        let right = self.times(&b.top, &a.bottom)?;
        Ok(left == right)
    }

    /// Whether the difference is proved: a constant other than zero once all is reduced, or algebra over independent
    /// generators alone.
    pub(crate) fn apart(&mut self, a: &Quotient, b: &Quotient) -> bool {
        let negated = Quotient {
            top: b.top.clone().negated(),
            bottom: b.bottom.clone(),
        };
        let Ok(difference) = self.add(a.clone(), negated) else {
            return false;
        };
        let independent = |poly: &Poly| {
            poly.terms.keys().all(|monomial| {
                monomial.0.iter().all(|(g, _)| {
                    matches!(
                        self.kernels.get(usize::from(*g)),
                        Some(Kernel::Variable(_) | Kernel::Pi | Kernel::Prime { proved: true, .. })
                    )
                })
            })
        };
        !difference.top.is_zero() && independent(&difference.top) && independent(&difference.bottom)
    }

    /// Whether one polynomial is the other times a constant of known sign, and whether that is positive.
    pub(crate) fn is_multiple(&mut self, a: &Poly, b: &Poly) -> Option<(bool, bool)> {
        let (first, value) = a.terms.iter().next()?;
        let (first, value) = (first.clone(), value.clone());
        for (monomial, other) in &b.terms {
            // The generators of the constant: what one term has and the other has not.
            let mut powers: Vec<(u16, Exponent)> = monomial.0.clone();
            for (g, e) in &first.0 {
                match powers.iter_mut().find(|(other, _)| other == g) {
                    Some((_, power)) => *power -= *e,
                    None => powers.push((*g, -*e)),
                }
            }
            powers.retain(|(_, e)| !e.is_zero());
            powers.sort_unstable_by_key(|(g, _)| *g);
            let positive_constants = powers.iter().all(|(g, _)| {
                matches!(
                    self.kernels.get(usize::from(*g)),
                    Some(Kernel::Pi | Kernel::Prime { .. })
                )
            });
            if !positive_constants {
                continue;
            }
            let factor = other / &value;
            let is_positive = factor > Rational::zero();
            let scaled = a
                .times(&Poly::term(Monomial(powers), factor), &mut self.budget)
                .ok()?;
            if self.reduced(scaled).ok()? == *b {
                return Some((true, is_positive));
            }
        }
        Some((false, true))
    }

    pub(super) fn generator(&mut self, kernel: Kernel) -> Result<u16, Stop> {
        for i in 0..self.kernels.len() {
            match (&self.kernels[i], &kernel) {
                (Kernel::Variable(a), Kernel::Variable(b)) if a == b => return number_of(i),
                (Kernel::Prime { value: a, .. }, Kernel::Prime { value: b, .. }) if a == b => {
                    return number_of(i);
                }
                (Kernel::Pi, Kernel::Pi) | (Kernel::Imaginary, Kernel::Imaginary) => {
                    return number_of(i);
                }
                (Kernel::Exp(a), Kernel::Exp(b)) if a == b => return number_of(i),
                (Kernel::ExpOf(_), Kernel::ExpOf(_))
                | (Kernel::Root { .. }, Kernel::Root { .. })
                | (Kernel::Call(..), Kernel::Call(..)) => {}
                _ => continue,
            }
            let known = self.kernels[i].clone();
            let same = match (&known, &kernel) {
                (Kernel::ExpOf(a), Kernel::ExpOf(b)) => self.same(a, b)?,
                (
                    Kernel::Root {
                        degree: d,
                        radicand: a,
                    },
                    Kernel::Root {
                        degree: e,
                        radicand: b,
                    },
                ) => d == e && self.same(a, b)?,
                (Kernel::Call(f, a), Kernel::Call(g, b)) => {
                    let mut same = f == g && a.len() == b.len();
                    for (a, b) in a.iter().zip(b) {
                        same = same && self.same(a, b)?;
                    }
                    same
                }
                _ => false,
            };
            if same {
                return number_of(i);
            }
        }
        if self.kernels.len() >= 64 {
            return Err(Stop::Budget);
        }
        self.kernels.push(kernel);
        number_of(self.kernels.len() - 1)
    }

    pub(super) fn kernel(&mut self, kernel: Kernel) -> Result<Quotient, Stop> {
        Ok(whole(Poly::generator(self.generator(kernel)?)))
    }

    pub(crate) fn times(&mut self, a: &Poly, b: &Poly) -> Result<Poly, Stop> {
        for (constant, other) in [(a, b), (b, a)] {
            if let Some(value) = constant.as_constant() {
                self.budget.spend(constant.work(other))?;
                return Ok(other.clone().scaled(&value));
            }
        }
        let product = a.times(b, &mut self.budget)?;
        self.reduced(product)
    }

    /// Applies the relations of the kernels until none applies.
    pub(super) fn reduced(&mut self, poly: Poly) -> Result<Poly, Stop> {
        if self
            .kernels
            .iter()
            .all(|k| matches!(k, Kernel::Variable(_) | Kernel::Pi))
        {
            return Ok(poly);
        }
        let mut out = Poly::default();
        let mut waiting = vec![poly];
        while let Some(poly) = waiting.pop() {
            for (monomial, value) in poly.terms {
                self.budget.spend(1)?;
                match self.relation(&monomial)? {
                    None => out.insert(monomial, value),
                    Some((rest, factor)) => {
                        let term = Poly::term(rest, value);
                        waiting.push(term.times(&factor, &mut self.budget)?);
                    }
                }
            }
        }
        Ok(out)
    }

    /// The first relation that applies to a monomial: what is left of it, and the factor that replaces the rest.
    fn relation(&mut self, monomial: &Monomial) -> Result<Option<(Monomial, Poly)>, Stop> {
        for (i, (generator, exponent)) in monomial.0.iter().enumerate() {
            let kernel = self
                .kernels
                .get(usize::from(*generator))
                .ok_or(Stop::Unsupported)?;
            let (keep, factor) = match kernel {
                Kernel::Prime { value, .. } => {
                    let floor = exponent.floor();
                    if floor.is_zero() {
                        continue;
                    }
                    let times = u64::from(floor.to_integer().unsigned_abs());
                    if times.saturating_mul(value.bits()) > 40_000 {
                        return Err(Stop::Budget);
                    }
                    let power = Rational::from_integer(value.clone()).pow(floor.to_integer());
                    (exponent - floor, Poly::constant(power))
                }
                Kernel::Imaginary => {
                    let times = exponent.to_integer();
                    if (0..2).contains(&times) {
                        continue;
                    }
                    let sign = if times.rem_euclid(4) < 2 { 1 } else { -1 };
                    let value = Rational::from_integer(sign.into());
                    (
                        Exponent::from_integer(times.rem_euclid(2)),
                        Poly::constant(value),
                    )
                }
                Kernel::Root { degree, radicand } => {
                    let degree = i32::try_from(*degree).map_err(|_| Stop::Budget)?;
                    let times = exponent.to_integer();
                    if times < degree || radicand.bottom.as_constant().is_none() {
                        continue;
                    }
                    let (power, base) = (times / degree, radicand.top.clone());
                    let factor = self.poly_power(&base, power.unsigned_abs())?;
                    (Exponent::from_integer(times % degree), factor)
                }
                Kernel::Call(Function::Cos, argument) => {
                    let times = exponent.to_integer();
                    if times < 2 {
                        continue;
                    }
                    let sine = Kernel::Call(Function::Sin, argument.clone());
                    let sine = self.generator(sine)?;
                    let square = Poly::term(
                        Monomial::single(sine, Exponent::from_integer(2)),
                        -Rational::one(),
                    );
                    let factor =
                        self.poly_power(&square.plus(Poly::one()), times.unsigned_abs() / 2)?;
                    (Exponent::from_integer(times % 2), factor)
                }
                _ => continue,
            };
            let mut rest = monomial.clone();
            if keep.is_zero() {
                rest.0.remove(i);
            } else {
                rest.0[i].1 = keep;
            }
            return Ok(Some((rest, factor)));
        }
        Ok(None)
    }

    fn poly_power(&mut self, base: &Poly, mut exponent: u32) -> Result<Poly, Stop> {
        if exponent > 2_000 && base.terms.len() > 1 {
            return Err(Stop::Budget);
        }
        let mut out = Poly::one();
        let mut square = base.clone();
        while exponent > 0 {
            if exponent & 1 == 1 {
                out = self.times(&out, &square)?;
            }
            exponent >>= 1;
            if exponent > 0 {
                square = self.times(&square.clone(), &square)?;
            }
        }
        Ok(out)
    }

    fn quotient(&mut self, top: Poly, bottom: Poly) -> Result<Quotient, Stop> {
        if bottom.is_zero() {
            return Err(Stop::Undefined);
        }
        if let Some(value) = bottom.as_constant() {
            return Ok(whole(top.scaled(&value.recip())));
        }
        if bottom.terms.len() == 1
            && let Some((monomial, value)) = bottom.terms.iter().next()
            && monomial.0.iter().all(|(g, _)| self.is_unit(*g))
        {
            // Kernels that are never zero may have negative exponents, which keeps fractions flat.
            let inverse = Monomial(monomial.0.iter().map(|(g, e)| (*g, -e)).collect());
            let factor = Poly::term(inverse, value.recip());
            let product = top.times(&factor, &mut self.budget)?;
            return Ok(whole(self.reduced(product)?));
        }
        Ok(Quotient { top, bottom })
    }

    fn is_unit(&self, generator: u16) -> bool {
        matches!(
            self.kernels.get(usize::from(generator)),
            Some(
                Kernel::Prime { .. }
                    | Kernel::Pi
                    | Kernel::Imaginary
                    | Kernel::Exp(_)
                    | Kernel::ExpOf(_)
            )
        )
    }

    pub(crate) fn add(&mut self, a: Quotient, b: Quotient) -> Result<Quotient, Stop> {
        if a.bottom == b.bottom {
            let top = a.top.plus(b.top);
            return if a.bottom.is_one() {
                Ok(whole(top))
            } else {
                self.quotient(top, a.bottom)
            };
        }
        let left = self.times(&a.top, &b.bottom)?;
        let right = self.times(&b.top, &a.bottom)?;
        let bottom = self.times(&a.bottom, &b.bottom)?;
        self.quotient(left.plus(right), bottom)
    }

    pub(crate) fn multiply(&mut self, a: &Quotient, b: &Quotient) -> Result<Quotient, Stop> {
        let top = self.times(&a.top, &b.top)?;
        if a.bottom.is_one() && b.bottom.is_one() {
            return Ok(whole(top));
        }
        let bottom = self.times(&a.bottom, &b.bottom)?;
        self.quotient(top, bottom)
    }

    pub(crate) fn divide(&mut self, a: &Quotient, b: &Quotient) -> Result<Quotient, Stop> {
        if b.top.is_zero() {
            return Err(Stop::Undefined);
        }
        let top = self.times(&a.top, &b.bottom)?;
        let bottom = self.times(&a.bottom, &b.top)?;
        self.quotient(top, bottom)
    }

    pub(super) fn whole_power(&mut self, base: &Quotient, exponent: i32) -> Result<Quotient, Stop> {
        let size = exponent.unsigned_abs();
        let top = self.poly_power(&base.top, size)?;
        let bottom = self.poly_power(&base.bottom, size)?;
        if exponent < 0 || (exponent == 0 && top.is_zero()) {
            return self.quotient(bottom, top);
        }
        self.quotient(top, bottom)
    }

    /// The normal form of a tree of values; relations and collections are not values.
    pub(crate) fn read(&mut self, expr: &Expr) -> Result<Quotient, Stop> {
        self.budget.spend(1)?;
        match &expr.kind {
            ExprKind::Number(n) => Ok(constant(n.value.clone())),
            ExprKind::Variable(name) => self.kernel(Kernel::Variable(name.clone())),
            ExprKind::Constant(Constant::Pi) => self.kernel(Kernel::Pi),
            ExprKind::Constant(Constant::E) => self.kernel(Kernel::Exp(Monomial::default())),
            ExprKind::Constant(Constant::I) => self.kernel(Kernel::Imaginary),
            ExprKind::Neg(inner) => {
                let inner = self.read(inner)?;
                Ok(Quotient {
                    top: inner.top.negated(),
                    bottom: inner.bottom,
                })
            }
            ExprKind::Add(terms) => {
                let mut sum = constant(Rational::zero());
                for term in terms {
                    let term = self.read(term)?;
                    sum = self.add(sum, term)?;
                }
                Ok(sum)
            }
            ExprKind::Mul { factors, .. } => {
                let mut product = constant(Rational::one());
                for factor in factors {
                    let factor = self.read(factor)?;
                    product = self.multiply(&product, &factor)?;
                }
                Ok(product)
            }
            ExprKind::Div(top, bottom) => {
                let (top, bottom) = (self.read(top)?, self.read(bottom)?);
                self.divide(&top, &bottom)
            }
            ExprKind::Pow(base, exponent) => {
                let exponent = self.read(exponent)?;
                let base = self.read(base)?;
                self.power(&base, &exponent)
            }
            ExprKind::Root { degree, radicand } => {
                let radicand = self.read(radicand)?;
                self.root(*degree, &radicand)
            }
            ExprKind::Call(function, arguments) => {
                let mut values = Vec::with_capacity(arguments.len());
                for argument in arguments {
                    values.push(self.read(argument)?);
                }
                self.call(*function, values)
            }
            ExprKind::Quantity(value, unit) if unit.is_degree() => {
                let value = self.read(value)?;
                let pi = self.kernel(Kernel::Pi)?;
                let degrees = self.multiply(&value, &pi)?;
                self.multiply(&degrees, &constant(Rational::new(1.into(), 180.into())))
            }
            _ => Err(Stop::Unsupported),
        }
    }
}

impl Quotient {
    pub(crate) fn as_constant(&self) -> Option<Rational> {
        Some(self.top.as_constant()? / self.bottom.as_constant()?)
    }
}

fn number_of(index: usize) -> Result<u16, Stop> {
    u16::try_from(index).map_err(|_| Stop::Budget)
}

pub(crate) fn whole(top: Poly) -> Quotient {
    Quotient {
        top,
        bottom: Poly::one(),
    }
}

pub(crate) fn constant(value: Rational) -> Quotient {
    whole(Poly::constant(value))
}
