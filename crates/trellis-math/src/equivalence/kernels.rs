//! Powers, roots, exponentials, logarithms and the other functions in normal form.

use super::Stop;
use super::normal::{Kernel, Quotient, Ring, constant, whole};
use super::poly::{Exponent, Monomial, Poly};
use crate::tree::Function;
use crate::{BigInt, Rational};
use alloc::vec;
use alloc::vec::Vec;
use num_integer::Integer;
use num_traits::{CheckedDiv, One, Signed, ToPrimitive, Zero};

impl Ring {
    pub(super) fn power(&mut self, base: &Quotient, exponent: &Quotient) -> Result<Quotient, Stop> {
        if let Some(value) = exponent.as_constant() {
            let top = value.numer().to_i32().ok_or(Stop::Budget)?;
            let degree = value.denom().to_u32().ok_or(Stop::Budget)?;
            if let (Some(base), 1) = (base.as_constant(), degree) {
                let whole = BigInt::from(top);
                return Ok(constant(super::modular::whole_power(
                    &base,
                    &whole,
                    &mut self.budget,
                )?));
            }
            let root = if degree == 1 {
                base.clone()
            } else {
                self.root(degree, base)?
            };
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

    pub(super) fn root(&mut self, degree: u32, radicand: &Quotient) -> Result<Quotient, Stop> {
        if radicand.top.is_zero() || degree == 1 {
            return Ok(radicand.clone());
        }
        if let Some((monomial, factor)) = self.positive_term(radicand) {
            let mut parts = self.prime_powers(&factor, degree)?;
            let degree = i32::try_from(degree).map_err(|_| Stop::Budget)?;
            for (generator, exponent) in monomial.0 {
                let exponent = exponent
                    .checked_div(&Exponent::from_integer(degree))
                    .filter(|e| *e.denom() <= 100_000)
                    .ok_or(Stop::Budget)?;
                parts = parts.times(&Monomial::single(generator, exponent))?;
            }
            return Ok(whole(self.reduced(Poly::term(parts, Rational::one()))?));
        }
        let even = degree.is_multiple_of(2);
        if let Some(value) = radicand.as_constant() {
            let opposite = self.root(degree, &constant(-value))?;
            if !even {
                return Ok(Quotient {
                    top: opposite.top.negated(),
                    bottom: opposite.bottom,
                });
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
        let kernel = self.kernel(Kernel::Root {
            degree,
            radicand: primitive,
        })?;
        let outside = self.root(degree, &constant(content))?;
        let root = self.multiply(&outside, &kernel)?;
        Ok(if negative {
            Quotient {
                top: root.top.negated(),
                bottom: root.bottom,
            }
        } else {
            root
        })
    }

    /// The root of a positive rational number, as powers of primes.
    fn prime_powers(&mut self, value: &Rational, degree: u32) -> Result<Monomial, Stop> {
        let degree = i32::try_from(degree).map_err(|_| Stop::Budget)?;
        let mut out = Monomial::default();
        for (number, sign) in [(value.numer(), 1), (value.denom(), -1)] {
            for (prime, times, proved) in self.factors(number)? {
                let generator = self.generator(Kernel::Prime {
                    value: prime,
                    proved,
                })?;
                out = out.times(&Monomial::single(
                    generator,
                    Exponent::new(sign * times, degree),
                ))?;
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

    pub(super) fn exponential(&mut self, value: &Quotient) -> Result<Quotient, Stop> {
        if value.bottom.as_constant().is_none() {
            return self.kernel(Kernel::ExpOf(value.clone()));
        }
        let mut product = constant(Rational::one());
        for (monomial, factor) in value.top.terms.clone() {
            let small = |v: &BigInt| {
                let value = v.to_i32().filter(|v| v.unsigned_abs() <= 100_000);
                value.ok_or(Stop::Budget)
            };
            let (top, degree) = (small(factor.numer())?, small(factor.denom())?);
            let kernels: Vec<Option<&Kernel>> = monomial
                .0
                .iter()
                .map(|(g, _)| self.kernels.get(usize::from(*g)))
                .collect();
            let one = monomial.0.iter().all(|(_, e)| e.is_one());
            let part = match kernels.as_slice() {
                [Some(Kernel::Call(Function::Ln, arguments))] if one => {
                    let argument = arguments.first().cloned().ok_or(Stop::Unsupported)?;
                    let degree = degree.unsigned_abs();
                    let root = self.root(degree, &argument)?;
                    self.whole_power(&root, top)?
                }
                [Some(Kernel::Imaginary), Some(Kernel::Pi)]
                | [Some(Kernel::Pi), Some(Kernel::Imaginary)]
                    if one =>
                {
                    let cosine =
                        self.sine_of_turn(&(&factor + Rational::new(1.into(), 2.into())))?;
                    let sine = self.sine_of_turn(&factor)?;
                    let i = self.kernel(Kernel::Imaginary)?;
                    let imaginary = self.multiply(&i, &sine)?;
                    self.add(cosine, imaginary)?
                }
                _ => {
                    let generator = self.generator(Kernel::Exp(monomial))?;
                    whole(Poly::term(
                        Monomial::single(generator, Exponent::new(top, degree)),
                        Rational::one(),
                    ))
                }
            };
            product = self.multiply(&product, &part)?;
        }
        Ok(product)
    }

    pub(super) fn logarithm(&mut self, value: &Quotient) -> Result<Quotient, Stop> {
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
            return Err(if constant.is_zero() || !self.complex {
                Stop::Undefined
            } else {
                Stop::Unsupported
            });
        }
        if value.top.is_zero() {
            return Err(Stop::Undefined);
        }
        if let Some(top) = value.top.as_constant() {
            let flipped = Quotient {
                top: value.bottom.clone().scaled(&top.recip()),
                bottom: Poly::one(),
            };
            let inner = self.logarithm(&flipped)?;
            return Ok(Quotient {
                top: inner.top.negated(),
                bottom: inner.bottom,
            });
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

    pub(super) fn call(
        &mut self,
        function: Function,
        mut values: Vec<Quotient>,
    ) -> Result<Quotient, Stop> {
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
                let (s, c) = (
                    self.hyperbolic(&first, false)?,
                    self.hyperbolic(&first, true)?,
                );
                self.divide(&s, &c)
            }
            Function::Coth | Function::Sech | Function::Csch => {
                let top = match function {
                    Function::Coth => self.hyperbolic(&first, true)?,
                    _ => one,
                };
                let bottom = self.hyperbolic(&first, function == Function::Sech)?;
                self.divide(&top, &bottom)
            }
            Function::Exp => self.exponential(&first),
            Function::Ln => self.logarithm(&first),
            Function::Log => {
                let base = values
                    .get(1)
                    .cloned()
                    .unwrap_or_else(|| constant(Rational::from_integer(10.into())));
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
                let constants: Option<Vec<Rational>> =
                    values.iter().map(Quotient::as_constant).collect();
                if let Some(constants) = constants
                    && let Some(value) = exact(function, &constants)?
                {
                    return Ok(constant(value));
                }
                if matches!(
                    function,
                    Function::Min | Function::Max | Function::Gcd | Function::Lcm | Function::Ratio
                ) {
                    return Err(Stop::Unsupported);
                }
                values.truncate(1);
                self.kernel(Kernel::Call(function, values))
            }
        }
    }

    fn hyperbolic(&mut self, value: &Quotient, even: bool) -> Result<Quotient, Stop> {
        let up = self.exponential(value)?;
        let negated = Quotient {
            top: value.top.clone().negated(),
            bottom: value.bottom.clone(),
        };
        let down = self.exponential(&negated)?;
        let down = if even {
            down
        } else {
            Quotient {
                top: down.top.negated(),
                bottom: down.bottom,
            }
        };
        let sum = self.add(up, down)?;
        self.multiply(&sum, &constant(Rational::new(1.into(), 2.into())))
    }
}

/// Functions that have exact values at rational arguments; `None` where the value is not rational.
pub(super) fn exact(function: Function, values: &[Rational]) -> Result<Option<Rational>, Stop> {
    let Some(first) = values.first() else {
        return Err(Stop::Unsupported);
    };
    let whole_numbers = || -> Result<Vec<BigInt>, Stop> {
        let whole = values.iter().all(Rational::is_integer);
        if whole {
            Ok(values.iter().map(Rational::to_integer).collect())
        } else {
            Err(Stop::Undefined)
        }
    };
    Ok(Some(match function {
        Function::Abs => first.abs(),
        Function::Floor => first.floor(),
        Function::Ceil => first.ceil(),
        Function::Sign => first.signum(),
        Function::Min => values
            .iter()
            .min()
            .cloned()
            .unwrap_or_else(|| first.clone()),
        Function::Max => values
            .iter()
            .max()
            .cloned()
            .unwrap_or_else(|| first.clone()),
        Function::Gcd => {
            let gcd = whole_numbers()?
                .iter()
                .fold(BigInt::zero(), |a, b| a.gcd(b));
            Rational::from_integer(gcd)
        }
        Function::Lcm => {
            let lcm = whole_numbers()?.iter().fold(BigInt::one(), |a, b| a.lcm(b));
            Rational::from_integer(lcm)
        }
        Function::Factorial => {
            let n = first
                .is_integer()
                .then(|| first.to_integer().to_u32())
                .flatten();
            let n = n.ok_or(Stop::Undefined)?;
            if n > 1_000 {
                return Err(Stop::Budget);
            }
            Rational::from_integer((1..=n).fold(BigInt::one(), |a, k| a * k))
        }
        _ => return Ok(None),
    }))
}
