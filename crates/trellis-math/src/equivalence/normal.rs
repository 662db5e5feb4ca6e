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
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

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
    Prime { value: BigInt, proved: bool },
    Pi,
    Imaginary,
    /// e to the power of this monomial; any rational exponent.
    Exp(Monomial),
    /// e to the power of a quotient.
    ExpOf(Quotient),
    Root { degree: u32, radicand: Quotient },
    Call(Function, Vec<Quotient>),
}

/// The generators of one comparison, and its steps.
#[derive(Debug)]
pub(crate) struct Ring {
    kernels: Vec<Kernel>,
    pub(crate) budget: Budget,
    /// Whether even roots of negative numbers have a value.
    pub(crate) complex: bool,
}

impl Ring {
    pub(crate) const fn new(budget: Budget, complex: bool) -> Self {
        Self { kernels: Vec::new(), budget, complex }
    }

    pub(crate) fn kernels(&self) -> &[Kernel] {
        &self.kernels
    }

    /// Whether the generators are algebraically independent but for the relations applied: variables, roots of
    /// primes (Besicovitch 1940), i, and π (Lindemann).
    pub(crate) fn is_canonical(&self) -> bool {
        self.kernels.iter().all(|k| {
            matches!(k, Kernel::Variable(_) | Kernel::Pi | Kernel::Imaginary | Kernel::Prime { proved: true, .. })
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

    fn generator(&mut self, kernel: Kernel) -> Result<u16, Stop> {
        for i in 0..self.kernels.len() {
            let known = self.kernels[i].clone();
            let same = match (&known, &kernel) {
                (Kernel::Variable(a), Kernel::Variable(b)) => a == b,
                (Kernel::Prime { value: a, .. }, Kernel::Prime { value: b, .. }) => a == b,
                (Kernel::Pi, Kernel::Pi) | (Kernel::Imaginary, Kernel::Imaginary) => true,
                (Kernel::Exp(a), Kernel::Exp(b)) => a == b,
                (Kernel::ExpOf(a), Kernel::ExpOf(b)) => self.same(a, b)?,
                (Kernel::Root { degree: d, radicand: a }, Kernel::Root { degree: e, radicand: b }) => {
                    d == e && self.same(a, b)?
                }
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
                return u16::try_from(i).map_err(|_| Stop::Budget);
            }
        }
        if self.kernels.len() >= 64 {
            return Err(Stop::Budget);
        }
        self.kernels.push(kernel);
        u16::try_from(self.kernels.len() - 1).map_err(|_| Stop::Budget)
    }

    pub(super) fn kernel(&mut self, kernel: Kernel) -> Result<Quotient, Stop> {
        Ok(whole(Poly::generator(self.generator(kernel)?)))
    }

    pub(crate) fn times(&mut self, a: &Poly, b: &Poly) -> Result<Poly, Stop> {
        if let Some(value) = a.as_constant() {
            return Ok(b.clone().scaled(&value));
        }
        if let Some(value) = b.as_constant() {
            return Ok(a.clone().scaled(&value));
        }
        let product = a.times(b, &mut self.budget)?;
        self.reduced(product)
    }

    /// Applies the relations of the kernels until none applies.
    fn reduced(&mut self, poly: Poly) -> Result<Poly, Stop> {
        if self.kernels.iter().all(|k| matches!(k, Kernel::Variable(_) | Kernel::Pi)) {
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
            let kernel = self.kernels.get(usize::from(*generator)).ok_or(Stop::Unsupported)?;
            let (keep, factor) = match kernel {
                Kernel::Prime { value, .. } => {
                    let floor = exponent.floor();
                    if floor.is_zero() {
                        continue;
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
                    (Exponent::from_integer(times.rem_euclid(2)), Poly::constant(value))
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
                    let square = Poly::term(Monomial::single(sine, Exponent::from_integer(2)), -Rational::one());
                    let factor = self.poly_power(&square.plus(Poly::one()), times.unsigned_abs() / 2)?;
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
            Some(Kernel::Prime { .. } | Kernel::Pi | Kernel::Imaginary | Kernel::Exp(_) | Kernel::ExpOf(_))
        )
    }

    pub(crate) fn add(&mut self, a: Quotient, b: Quotient) -> Result<Quotient, Stop> {
        if a.bottom == b.bottom {
            return self.quotient(a.top.plus(b.top), a.bottom);
        }
        let left = self.times(&a.top, &b.bottom)?;
        let right = self.times(&b.top, &a.bottom)?;
        let bottom = self.times(&a.bottom, &b.bottom)?;
        self.quotient(left.plus(right), bottom)
    }

    pub(crate) fn multiply(&mut self, a: &Quotient, b: &Quotient) -> Result<Quotient, Stop> {
        let top = self.times(&a.top, &b.top)?;
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

    fn whole_power(&mut self, base: &Quotient, exponent: i32) -> Result<Quotient, Stop> {
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
                Ok(Quotient { top: inner.top.negated(), bottom: inner.bottom })
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

    fn power(&mut self, base: &Quotient, exponent: &Quotient) -> Result<Quotient, Stop> {
        if let Some(value) = exponent.as_constant() {
            let top = value.numer().to_i32().ok_or(Stop::Budget)?;
            let degree = value.denom().to_u32().ok_or(Stop::Budget)?;
            if let (Some(base), 1) = (base.as_constant(), degree) {
                let whole = BigInt::from(top);
                return Ok(constant(super::modular::whole_power(&base, &whole, &mut self.budget)?));
            }
            let root = if degree == 1 { base.clone() } else { self.root(degree, base)? };
            return self.whole_power(&root, top);
        }
        let logarithm = match base.as_constant() {
            Some(value) if value.is_negative() => {
                // (-c)^x = e^(x (ln c + i pi)), which is real at whole x.
                let size = self.logarithm(&constant(value.abs()))?;
                let (i, pi) = (self.kernel(Kernel::Imaginary)?, self.kernel(Kernel::Pi)?);
                let turn = self.multiply(&i, &pi)?;
                self.add(size, turn)?
            }
            _ => self.logarithm(base)?,
        };
        let product = self.multiply(exponent, &logarithm)?;
        self.exponential(&product)
    }

    /// Whether every value of a generator is positive.
    fn is_positive(&self, generator: u16) -> bool {
        match self.kernels.get(usize::from(generator)) {
            Some(Kernel::Prime { .. } | Kernel::Pi) => true,
            // Where i takes part, a monomial need not be real.
            Some(Kernel::Exp(m)) => m.0.is_empty() || !self.complex,
            _ => false,
        }
    }

    /// The only term, when its coefficient and all its generators are positive.
    fn positive_term(&self, value: &Quotient) -> Option<(Monomial, Rational)> {
        if value.bottom.as_constant().is_none() || value.top.terms.len() != 1 {
            return None;
        }
        let (monomial, factor) = value.top.terms.iter().next()?;
        let positive = factor.is_positive() && monomial.0.iter().all(|(g, _)| self.is_positive(*g));
        positive.then(|| (monomial.clone(), factor.clone()))
    }

    pub(crate) fn root(&mut self, degree: u32, radicand: &Quotient) -> Result<Quotient, Stop> {
        if radicand.top.is_zero() || degree == 1 {
            return Ok(radicand.clone());
        }
        if let Some((monomial, factor)) = self.positive_term(radicand) {
            let mut parts = self.prime_powers(&factor, degree)?;
            let degree = i32::try_from(degree).map_err(|_| Stop::Budget)?;
            for (generator, exponent) in monomial.0 {
                parts = parts.times(&Monomial::single(generator, exponent / degree))?;
            }
            return Ok(whole(self.reduced(Poly::term(parts, Rational::one()))?));
        }
        let even = degree % 2 == 0;
        if let Some(value) = radicand.as_constant() {
            let opposite = self.root(degree, &constant(-value))?;
            if !even {
                return Ok(Quotient { top: opposite.top.negated(), bottom: opposite.bottom });
            }
            if !self.complex {
                return Err(Stop::Undefined);
            }
            if degree != 2 {
                return Err(Stop::Unsupported);
            }
            let i = self.kernel(Kernel::Imaginary)?;
            return self.multiply(&i, &opposite);
        }
        let mut content = radicand.top.content();
        let bottom_content = radicand.bottom.content();
        content /= &bottom_content;
        let negative = !even && radicand.top.leading_is_negative();
        let top = radicand.top.clone().scaled(&radicand.top.content().recip());
        let primitive = Quotient {
            top: if negative { top.negated() } else { top },
            bottom: radicand.bottom.clone().scaled(&bottom_content.recip()),
        };
        let kernel = self.kernel(Kernel::Root { degree, radicand: primitive })?;
        let outside = self.root(degree, &constant(content))?;
        let root = self.multiply(&outside, &kernel)?;
        Ok(if negative { Quotient { top: root.top.negated(), bottom: root.bottom } } else { root })
    }

    /// The root of a positive rational number, as powers of primes.
    fn prime_powers(&mut self, value: &Rational, degree: u32) -> Result<Monomial, Stop> {
        let degree = i32::try_from(degree).map_err(|_| Stop::Budget)?;
        let mut out = Monomial::default();
        for (number, sign) in [(value.numer(), 1), (value.denom(), -1)] {
            for (prime, times, proved) in self.factors(number)? {
                let generator = self.generator(Kernel::Prime { value: prime, proved })?;
                out = out.times(&Monomial::single(generator, Exponent::new(sign * times, degree)))?;
            }
        }
        Ok(out)
    }

    /// Primes with their powers, by division up to 1,000; what remains is prime when below a million.
    fn factors(&mut self, number: &BigInt) -> Result<Vec<(BigInt, i32, bool)>, Stop> {
        let mut rest = number.clone();
        let mut out = Vec::new();
        let mut divisor = 2_u32;
        while divisor < 1_000 && !rest.is_one() {
            self.budget.spend(1)?;
            let mut times = 0;
            loop {
                let (quotient, remainder) = rest.div_rem(&BigInt::from(divisor));
                if !remainder.is_zero() {
                    break;
                }
                rest = quotient;
                times += 1;
            }
            if times > 0 {
                out.push((BigInt::from(divisor), times, true));
            }
            if rest < BigInt::from(divisor * divisor) {
                break;
            }
            divisor += if divisor == 2 { 1 } else { 2 };
        }
        if !rest.is_one() {
            if rest.bits() > 512 {
                return Err(Stop::Budget);
            }
            let root = rest.sqrt();
            if &root * &root == rest {
                let proved = root < BigInt::from(1_000_000);
                out.push((root, 2, proved));
            } else {
                let proved = rest < BigInt::from(1_000_000);
                out.push((rest, 1, proved));
            }
        }
        Ok(out)
    }

    pub(crate) fn exponential(&mut self, value: &Quotient) -> Result<Quotient, Stop> {
        if value.bottom.as_constant().is_none() {
            return self.kernel(Kernel::ExpOf(value.clone()));
        }
        let mut product = constant(Rational::one());
        for (monomial, factor) in value.top.terms.clone() {
            let top = factor.numer().to_i32().ok_or(Stop::Budget)?;
            let degree = factor.denom().to_i32().ok_or(Stop::Budget)?;
            let kernels: Vec<Option<&Kernel>> =
                monomial.0.iter().map(|(g, _)| self.kernels.get(usize::from(*g))).collect();
            let one = monomial.0.iter().all(|(_, e)| e.is_one());
            let part = match kernels.as_slice() {
                [Some(Kernel::Call(Function::Ln, arguments))] if one => {
                    let argument = arguments.first().cloned().ok_or(Stop::Unsupported)?;
                    let degree = degree.unsigned_abs();
                    let root = self.root(degree, &argument)?;
                    self.whole_power(&root, top)?
                }
                [Some(Kernel::Imaginary), Some(Kernel::Pi)] | [Some(Kernel::Pi), Some(Kernel::Imaginary)] if one => {
                    let cosine = self.sine_of_turn(&(&factor + Rational::new(1.into(), 2.into())))?;
                    let sine = self.sine_of_turn(&factor)?;
                    let i = self.kernel(Kernel::Imaginary)?;
                    let imaginary = self.multiply(&i, &sine)?;
                    self.add(cosine, imaginary)?
                }
                _ => {
                    let generator = self.generator(Kernel::Exp(monomial))?;
                    whole(Poly::term(Monomial::single(generator, Exponent::new(top, degree)), Rational::one()))
                }
            };
            product = self.multiply(&product, &part)?;
        }
        Ok(product)
    }

    pub(crate) fn logarithm(&mut self, value: &Quotient) -> Result<Quotient, Stop> {
        if let Some((monomial, factor)) = self.positive_term(value) {
            let mut sum = constant(Rational::zero());
            for (number, sign) in [(factor.numer(), 1), (factor.denom(), -1)] {
                for (prime, times, _) in self.factors(number)? {
                    let argument = constant(Rational::from_integer(prime));
                    let term = self.kernel(Kernel::Call(Function::Ln, vec![argument]))?;
                    let times = constant(Rational::from_integer((sign * times).into()));
                    let term = self.multiply(&term, &times)?;
                    sum = self.add(sum, term)?;
                }
            }
            for (generator, exponent) in monomial.0 {
                let inner = match self.kernels.get(usize::from(generator)) {
                    Some(Kernel::Exp(m)) => whole(Poly::term(m.clone(), Rational::one())),
                    Some(Kernel::Prime { value, .. }) => {
                        let argument = constant(Rational::from_integer(value.clone()));
                        self.kernel(Kernel::Call(Function::Ln, vec![argument]))?
                    }
                    _ => {
                        let argument = whole(Poly::generator(generator));
                        self.kernel(Kernel::Call(Function::Ln, vec![argument]))?
                    }
                };
                let times = Rational::new((*exponent.numer()).into(), (*exponent.denom()).into());
                let term = self.multiply(&inner, &constant(times))?;
                sum = self.add(sum, term)?;
            }
            return Ok(sum);
        }
        if let Some(constant) = value.as_constant() {
            return Err(if constant.is_zero() || !self.complex { Stop::Undefined } else { Stop::Unsupported });
        }
        if let Some(top) = value.top.as_constant() {
            let flipped = Quotient { top: value.bottom.clone().scaled(&top.recip()), bottom: Poly::one() };
            let inner = self.logarithm(&flipped)?;
            return Ok(Quotient { top: inner.top.negated(), bottom: inner.bottom });
        }
        let content = value.top.content();
        let primitive = Quotient {
            top: value.top.clone().scaled(&content.recip()),
            bottom: value.bottom.clone(),
        };
        let outside = self.logarithm(&constant(content))?;
        let kernel = self.kernel(Kernel::Call(Function::Ln, vec![primitive]))?;
        self.add(outside, kernel)
    }

    fn call(&mut self, function: Function, mut values: Vec<Quotient>) -> Result<Quotient, Stop> {
        let first = values.first().cloned().ok_or(Stop::Unsupported)?;
        let one = constant(Rational::one());
        match function {
            Function::Sin => self.sine(&first),
            Function::Cos => self.cosine(&first),
            Function::Tan => {
                let (s, c) = (self.sine(&first)?, self.cosine(&first)?);
                self.divide(&s, &c)
            }
            Function::Cot => {
                let (s, c) = (self.sine(&first)?, self.cosine(&first)?);
                self.divide(&c, &s)
            }
            Function::Sec => {
                let c = self.cosine(&first)?;
                self.divide(&one, &c)
            }
            Function::Csc => {
                let s = self.sine(&first)?;
                self.divide(&one, &s)
            }
            Function::Sinh | Function::Cosh => self.hyperbolic(&first, function == Function::Cosh),
            Function::Tanh => {
                let (s, c) = (self.hyperbolic(&first, false)?, self.hyperbolic(&first, true)?);
                self.divide(&s, &c)
            }
            Function::Exp => self.exponential(&first),
            Function::Ln => self.logarithm(&first),
            Function::Log => {
                let base = values.get(1).cloned().unwrap_or_else(|| constant(Rational::from_integer(10.into())));
                let (top, bottom) = (self.logarithm(&first)?, self.logarithm(&base)?);
                self.divide(&top, &bottom)
            }
            Function::Abs => match first.as_constant() {
                Some(value) => Ok(constant(value.abs())),
                None => {
                    let square = self.multiply(&first, &first)?;
                    self.root(2, &square)
                }
            },
            _ => {
                let constants: Option<Vec<Rational>> = values.iter().map(Quotient::as_constant).collect();
                if let Some(constants) = constants
                    && let Some(value) = exact(function, &constants)?
                {
                    return Ok(constant(value));
                }
                if matches!(function, Function::Min | Function::Max | Function::Gcd | Function::Lcm) {
                    return Err(Stop::Unsupported);
                }
                values.truncate(1);
                self.kernel(Kernel::Call(function, values))
            }
        }
    }

    fn hyperbolic(&mut self, value: &Quotient, even: bool) -> Result<Quotient, Stop> {
        let up = self.exponential(value)?;
        let negated = Quotient { top: value.top.clone().negated(), bottom: value.bottom.clone() };
        let down = self.exponential(&negated)?;
        let down = if even { down } else { Quotient { top: down.top.negated(), bottom: down.bottom } };
        let sum = self.add(up, down)?;
        self.multiply(&sum, &constant(Rational::new(1.into(), 2.into())))
    }
}

impl Quotient {
    pub(crate) fn as_constant(&self) -> Option<Rational> {
        Some(self.top.as_constant()? / self.bottom.as_constant()?)
    }
}

pub(crate) fn whole(top: Poly) -> Quotient {
    Quotient { top, bottom: Poly::one() }
}

pub(crate) fn constant(value: Rational) -> Quotient {
    whole(Poly::constant(value))
}

/// Functions that have exact values at rational arguments; `None` where the value is not rational.
pub(crate) fn exact(function: Function, values: &[Rational]) -> Result<Option<Rational>, Stop> {
    let Some(first) = values.first() else { return Err(Stop::Unsupported) };
    let whole_numbers = || -> Result<Vec<BigInt>, Stop> {
        let whole = values.iter().all(Rational::is_integer);
        if whole { Ok(values.iter().map(Rational::to_integer).collect()) } else { Err(Stop::Undefined) }
    };
    Ok(Some(match function {
        Function::Abs => first.abs(),
        Function::Floor => first.floor(),
        Function::Ceil => first.ceil(),
        Function::Sign => first.signum(),
        Function::Min => values.iter().min().cloned().unwrap_or_else(|| first.clone()),
        Function::Max => values.iter().max().cloned().unwrap_or_else(|| first.clone()),
        Function::Gcd => {
            let gcd = whole_numbers()?.iter().fold(BigInt::zero(), |a, b| a.gcd(b));
            Rational::from_integer(gcd)
        }
        Function::Lcm => {
            let lcm = whole_numbers()?.iter().fold(BigInt::one(), |a, b| a.lcm(b));
            Rational::from_integer(lcm)
        }
        Function::Factorial => {
            let n = first.is_integer().then(|| first.to_integer().to_u32()).flatten();
            let n = n.ok_or(Stop::Undefined)?;
            if n > 1_000 {
                return Err(Stop::Budget);
            }
            Rational::from_integer((1..=n).fold(BigInt::one(), |a, k| a * k))
        }
        _ => return Ok(None),
    }))
}
