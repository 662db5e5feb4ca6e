//! Sines and cosines in normal form: multiples of π by symmetry and table, sums and multiples by their formulas.

use super::Stop;
use super::normal::{Kernel, Quotient, Ring, constant, whole};
use super::poly::{Monomial, Poly};
use crate::Rational;
use crate::tree::Function;
use alloc::vec;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// Largest multiple of an angle that is written out.
const MULTIPLE_LIMIT: u32 = 24;

fn negated(value: Quotient) -> Quotient {
    Quotient {
        top: value.top.negated(),
        bottom: value.bottom,
    }
}

impl Ring {
    pub(super) fn sine(&mut self, angle: &Quotient) -> Result<Quotient, Stop> {
        Ok(self.sine_and_cosine(angle)?.0)
    }

    pub(super) fn cosine(&mut self, angle: &Quotient) -> Result<Quotient, Stop> {
        Ok(self.sine_and_cosine(angle)?.1)
    }

    fn sine_and_cosine(&mut self, angle: &Quotient) -> Result<(Quotient, Quotient), Stop> {
        if angle.bottom.as_constant().is_none() {
            let negative = angle.top.leading_is_negative();
            let angle = if negative {
                negated(angle.clone())
            } else {
                angle.clone()
            };
            return self.signed_kernels(angle, negative);
        }
        if angle.top.terms.len() > 4 {
            return Err(Stop::Budget);
        }
        let mut sum = (constant(Rational::zero()), constant(Rational::one()));
        for (monomial, factor) in angle.top.terms.clone() {
            let part = self.term(monomial, &factor)?;
            let a = self.multiply(&sum.0, &part.1)?;
            let b = self.multiply(&sum.1, &part.0)?;
            let c = self.multiply(&sum.1, &part.1)?;
            let d = self.multiply(&sum.0, &part.0)?;
            sum = (self.add(a, b)?, self.add(c, negated(d))?);
        }
        Ok(sum)
    }

    fn signed_kernels(
        &mut self,
        angle: Quotient,
        negative: bool,
    ) -> Result<(Quotient, Quotient), Stop> {
        let sine = self.call_kernel(Function::Sin, angle.clone())?;
        let cosine = self.call_kernel(Function::Cos, angle)?;
        Ok((if negative { negated(sine) } else { sine }, cosine))
    }

    fn term(
        &mut self,
        monomial: Monomial,
        factor: &Rational,
    ) -> Result<(Quotient, Quotient), Stop> {
        if let [(generator, power)] = monomial.0.as_slice()
            && power.is_one()
            && matches!(
                self.kernels().get(usize::from(*generator)),
                Some(Kernel::Pi)
            )
        {
            let quarter = Rational::new(1.into(), 2.into());
            return Ok((
                self.sine_of_turn(factor)?,
                self.sine_of_turn(&(factor + quarter))?,
            ));
        }
        // A plain number has no smaller angle in common with others; writing out cos 6 in cos 1 helps nobody.
        let times = factor
            .numer()
            .abs()
            .to_u32()
            .filter(|n| *n <= MULTIPLE_LIMIT);
        let Some(times) = times.filter(|_| !monomial.0.is_empty()) else {
            let angle = whole(Poly::term(monomial, factor.abs()));
            return self.signed_kernels(angle, factor.is_negative());
        };
        let unit = Rational::new(1.into(), factor.denom().clone());
        let (s, c) = self.signed_kernels(whole(Poly::term(monomial, unit)), false)?;
        let (mut sine, mut cosine) = (s.clone(), c.clone());
        for _ in 1..times {
            let a = self.multiply(&sine, &c)?;
            let b = self.multiply(&cosine, &s)?;
            let d = self.multiply(&cosine, &c)?;
            let e = self.multiply(&sine, &s)?;
            sine = self.add(a, b)?;
            cosine = self.add(d, negated(e))?;
        }
        Ok((
            if factor.is_negative() {
                negated(sine)
            } else {
                sine
            },
            cosine,
        ))
    }

    fn call_kernel(&mut self, function: Function, angle: Quotient) -> Result<Quotient, Stop> {
        self.kernel(Kernel::Call(function, vec![angle]))
    }

    /// The sine of this many half turns, that is of `turn · π`.
    pub(super) fn sine_of_turn(&mut self, turn: &Rational) -> Result<Quotient, Stop> {
        let two = Rational::from_integer(2.into());
        let mut turn = turn - (turn / &two).floor() * &two;
        let one = Rational::one();
        let negative = turn >= one;
        if negative {
            turn -= &one;
        }
        if turn > Rational::new(1.into(), 2.into()) {
            turn = one - turn;
        }
        let twelfths = &turn * Rational::from_integer(12.into());
        let value = if twelfths.is_integer() {
            self.table(twelfths.to_integer().to_u8().unwrap_or(0))?
        } else {
            let pi = self.kernel(Kernel::Pi)?;
            let angle = self.multiply(&pi, &constant(turn))?;
            self.call_kernel(Function::Sin, angle)?
        };
        Ok(if negative { negated(value) } else { value })
    }

    /// The sine of twelfths of π, from 0 to 6.
    fn table(&mut self, twelfths: u8) -> Result<Quotient, Stop> {
        let half = Rational::new(1.into(), 2.into());
        let scaled = |ring: &mut Self, n: i32, by: Rational| -> Result<Quotient, Stop> {
            let root = ring.root(2, &constant(Rational::from_integer(n.into())))?;
            ring.multiply(&root, &constant(by))
        };
        let quarter = Rational::new(1.into(), 4.into());
        match twelfths {
            0 => Ok(constant(Rational::zero())),
            2 => Ok(constant(half)),
            3 => scaled(self, 2, half),
            4 => scaled(self, 3, half),
            6 => Ok(constant(Rational::one())),
            odd => {
                let six = scaled(self, 6, quarter.clone())?;
                let sign = if odd == 1 { -quarter } else { quarter };
                let two = scaled(self, 2, sign)?;
                self.add(six, two)
            }
        }
    }
}
