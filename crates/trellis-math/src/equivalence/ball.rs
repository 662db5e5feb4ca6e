//! Certified numbers: a middle and a radius, both whole multiples of a power of two, that enclose the true value.
//!
//! Every operation rounds outwards. Elementary functions work with 64 guard bits or more; the number of steps,
//! each wrong by at most a few units of the working precision, stays far below 2^32, so that the two units added
//! at the end cover them.

use super::Stop;
use crate::{BigInt, Rational};
use num_integer::Integer;
use num_traits::{One, Pow, Signed, ToPrimitive, Zero};

/// A value between `mid - rad` and `mid + rad`, in units of 2^-precision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ball {
    pub(crate) mid: BigInt,
    pub(crate) rad: BigInt,
}

/// Precision and the constants at it.
#[derive(Debug)]
pub(crate) struct Precision {
    /// Bits after the point.
    pub(crate) bits: u32,
    pi: Option<BigInt>,
    ln2: Option<BigInt>,
}

/// Guard bits of elementary functions.
const GUARD: u32 = 64;
/// Values beyond 2^this are refused.
const SIZE_LIMIT: u64 = 20_000;
/// The size in bits of a radicand from which on a root is taken by its logarithm, which is quicker there.
pub(super) const ROOT_LIMIT: u64 = 8_000;

impl Ball {
    fn new(mid: BigInt, rad: BigInt) -> Self {
        Self { mid, rad }
    }

    pub(crate) fn is_exact(&self) -> bool {
        self.rad.is_zero()
    }

    pub(crate) fn low(&self) -> BigInt {
        &self.mid - &self.rad
    }

    pub(crate) fn high(&self) -> BigInt {
        &self.mid + &self.rad
    }

    /// Whether zero may be the value.
    pub(crate) fn holds_zero(&self) -> bool {
        self.mid.magnitude() <= self.rad.magnitude()
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.mid.is_zero() && self.rad.is_zero()
    }

    pub(crate) fn negated(self) -> Self {
        Self::new(-self.mid, self.rad)
    }

    pub(crate) fn plus(&self, other: &Self) -> Self {
        Self::new(&self.mid + &other.mid, &self.rad + &other.rad)
    }

    pub(crate) fn minus(&self, other: &Self) -> Self {
        Self::new(&self.mid - &other.mid, &self.rad + &other.rad)
    }
}

/// The series of the inverse tangent (alternating) or inverse hyperbolic tangent of `1/n`, in units of 2^-bits.
fn inverse_of_whole(n: u32, bits: u32, alternating: bool) -> BigInt {
    let square = BigInt::from(n) * n;
    let mut power = (BigInt::one() << bits) / n;
    let mut sum = power.clone();
    let mut k = 1_u32;
    while !power.is_zero() {
        power /= &square;
        k += 2;
        let term = &power / k;
        if alternating && k % 4 == 3 {
            sum -= term
        } else {
            sum += term
        }
    }
    sum
}

/// The same series for a value between -1 and 1 given in units of 2^-bits.
fn inverse_tangent_series(x: &BigInt, bits: u32, alternating: bool) -> BigInt {
    let square = (x * x) >> bits;
    let mut power = x.clone();
    let mut sum = x.clone();
    let mut k = 1_u32;
    loop {
        power = (&power * &square) >> bits;
        k += 2;
        let term = &power / k;
        // Shifting rounds down, so a negative power ends at -1 and not at 0.
        if term.is_zero() || power == -BigInt::one() {
            return sum;
        }
        if alternating && k % 4 == 3 {
            sum -= term
        } else {
            sum += term
        }
    }
}

impl Precision {
    pub(crate) const fn new(bits: u32) -> Self {
        Self {
            bits,
            pi: None,
            ln2: None,
        }
    }

    pub(crate) fn one(&self) -> BigInt {
        BigInt::one() << self.bits
    }

    pub(crate) fn exact(&self, value: &Rational) -> Ball {
        let (quotient, remainder) = (value.numer() << self.bits).div_mod_floor(value.denom());
        let rad = if remainder.is_zero() {
            BigInt::zero()
        } else {
            BigInt::one()
        };
        Ball::new(quotient, rad)
    }

    /// The exact value, when there is one.
    pub(crate) fn as_rational(&self, ball: &Ball) -> Option<Rational> {
        ball.is_exact()
            .then(|| Rational::new(ball.mid.clone(), self.one()))
    }

    fn checked(ball: Ball, bits: u32) -> Result<Ball, Stop> {
        if ball.mid.bits() > u64::from(bits) + SIZE_LIMIT {
            Err(Stop::Budget)
        } else {
            Ok(ball)
        }
    }

    pub(crate) fn times(&self, a: &Ball, b: &Ball) -> Result<Ball, Stop> {
        let product = &a.mid * &b.mid;
        let mid = &product >> self.bits;
        if a.is_exact() && b.is_exact() {
            let exact = (&mid << self.bits) == product;
            return Self::checked(Ball::new(mid, BigInt::from(u8::from(!exact))), self.bits);
        }
        let error = a.mid.abs() * &b.rad + b.mid.abs() * &a.rad + &a.rad * &b.rad;
        Self::checked(Ball::new(mid, (error >> self.bits) + 2), self.bits)
    }

    pub(crate) fn over(&self, a: &Ball, b: &Ball) -> Result<Ball, Stop> {
        if b.is_zero() {
            return Err(Stop::Undefined);
        }
        if b.holds_zero() {
            return Err(Stop::Budget);
        }
        let (mid, remainder) = (&a.mid << self.bits).div_mod_floor(&b.mid);
        if a.is_exact() && b.is_exact() {
            let rad = BigInt::from(u8::from(!remainder.is_zero()));
            return Self::checked(Ball::new(mid, rad), self.bits);
        }
        let size = b.mid.abs();
        let error = (a.mid.abs() * &b.rad + &size * &a.rad) << self.bits;
        let rad = error / (&size * (&size - &b.rad)) + 2;
        Self::checked(Ball::new(mid, rad), self.bits)
    }

    /// A whole power by repeated squaring; exponents up to a million.
    pub(crate) fn whole_power(&self, base: &Ball, exponent: i64) -> Result<Ball, Stop> {
        let mut size = exponent.unsigned_abs();
        if size > 1_000_000 {
            return Err(Stop::Budget);
        }
        let one = Ball::new(self.one(), BigInt::zero());
        if exponent <= 0 && base.is_zero() {
            return Err(Stop::Undefined);
        }
        // Too large in the end: said before the work is done.
        let above_one = (base.mid.bits()).saturating_sub(u64::from(self.bits) + 1);
        if above_one.saturating_mul(size) > SIZE_LIMIT {
            return Err(Stop::Budget);
        }
        let mut out = one.clone();
        let mut square = base.clone();
        while size > 0 {
            if size & 1 == 1 {
                out = self.times(&out, &square)?;
            }
            size >>= 1;
            if size > 0 {
                square = self.times(&square, &square)?;
            }
        }
        if exponent < 0 {
            self.over(&one, &out)
        } else {
            Ok(out)
        }
    }

    /// The root of a degree of at least 2; odd roots of negative values are negative.
    pub(crate) fn root(&mut self, a: &Ball, degree: u32) -> Result<Ball, Stop> {
        if degree.is_multiple_of(2) && a.high().is_negative() {
            return Err(Stop::Undefined);
        }
        if a.is_zero() {
            return Ok(a.clone());
        }
        if a.holds_zero() {
            return Err(Stop::Budget);
        }
        if a.mid.is_negative() {
            return if degree.is_multiple_of(2) {
                Err(Stop::Undefined)
            } else {
                Ok(self.root(&a.clone().negated(), degree)?.negated())
            };
        }
        let size = a.mid.bits() + u64::from(self.bits) * u64::from(degree - 1);
        if degree > 2 && size > ROOT_LIMIT {
            let part = Rational::new(1.into(), degree.into());
            let (logarithm, part) = (self.ln(a)?, self.exact(&part));
            let product = self.times(&logarithm, &part)?;
            return self.exp(&product);
        }
        let shifted = &a.mid << (size - a.mid.bits());
        let root = if degree == 2 {
            shifted.sqrt()
        } else {
            shifted.nth_root(degree)
        };
        if a.is_exact() && Pow::pow(&root, degree) == shifted {
            return Ok(Ball::new(root, BigInt::zero()));
        }
        // The slope of the root is at most root/value, taken at the low end to be safe.
        let low = a.low();
        let rad = (&a.rad * (&root + 1)) / &low + 2;
        Ok(Ball::new(root, rad))
    }

    fn ln2_at(&mut self, bits: u32) -> BigInt {
        if bits == self.bits + GUARD
            && let Some(known) = &self.ln2
        {
            return known.clone();
        }
        // 18 artanh(1/26) - 2 artanh(1/4801) + 8 artanh(1/8749)
        let extra = bits + 16;
        let value = inverse_of_whole(26, extra, false) * 18
            - inverse_of_whole(4_801, extra, false) * 2
            + inverse_of_whole(8_749, extra, false) * 8;
        let value: BigInt = value >> 16_u32;
        if bits == self.bits + GUARD {
            self.ln2 = Some(value.clone());
        }
        value
    }

    fn pi_at(&mut self, bits: u32) -> BigInt {
        if bits == self.bits + GUARD
            && let Some(known) = &self.pi
        {
            return known.clone();
        }
        // Machin: 16 arctan(1/5) - 4 arctan(1/239)
        let extra = bits + 16;
        let value = inverse_of_whole(5, extra, true) * 16 - inverse_of_whole(239, extra, true) * 4;
        let value: BigInt = value >> 16_u32;
        if bits == self.bits + GUARD {
            self.pi = Some(value.clone());
        }
        value
    }

    pub(crate) fn pi(&mut self) -> Ball {
        let value = self.pi_at(self.bits + GUARD);
        Ball::new(value >> GUARD, BigInt::from(2))
    }

    pub(crate) fn exp(&mut self, a: &Ball) -> Result<Ball, Stop> {
        if a.is_zero() {
            return Ok(Ball::new(self.one(), BigInt::zero()));
        }
        if a.rad.bits() > u64::from(self.bits) - 1 || a.mid.bits() > u64::from(self.bits) + 14 {
            return Err(Stop::Budget);
        }
        let work = self.bits + GUARD;
        let ln2 = self.ln2_at(work);
        let x = &a.mid << GUARD;
        let turns = x.div_floor(&ln2);
        let shift = turns.to_i64().ok_or(Stop::Budget)?;
        let halvings = 8_u32;
        let t = (x - turns * &ln2) >> halvings;
        let one = BigInt::one() << work;
        let mut term = one.clone();
        let mut sum = one;
        let mut k = 1_u32;
        while !term.is_zero() {
            term = ((&term * &t) >> work) / k;
            sum += &term;
            k += 1;
        }
        for _ in 0..halvings {
            sum = (&sum * &sum) >> work;
        }
        let moved = i64::from(GUARD) - shift;
        let mid = if moved >= 0 {
            &sum >> moved
        } else {
            &sum << -moved
        };
        // Relative error: working steps below 2^-(bits + 16), and twice the radius of the argument.
        let spread = (&mid * &a.rad * 2) >> self.bits;
        let rad = spread + (&mid >> self.bits) + 2;
        Self::checked(Ball::new(mid, rad), self.bits)
    }

    pub(crate) fn ln(&mut self, a: &Ball) -> Result<Ball, Stop> {
        if !a.high().is_positive() {
            return Err(Stop::Undefined);
        }
        if a.holds_zero() {
            return Err(Stop::Budget);
        }
        let work = self.bits + GUARD;
        // value = f · 2^shift with f between 1/2 and 1, then moved so that f is between 3/4 and 3/2.
        let size = i64::try_from(a.mid.bits()).map_err(|_| Stop::Budget)?;
        let mut shift = size - i64::from(self.bits);
        let moved = i64::from(work) - size;
        let mut f = if moved >= 0 {
            &a.mid << moved
        } else {
            &a.mid >> -moved
        };
        let one = BigInt::one() << work;
        if f < (&one * 3) >> 2_u32 {
            f <<= 1_u32;
            shift -= 1;
        }
        let z = ((&f - &one) << work).div_floor(&(&f + &one));
        let series = inverse_tangent_series(&z, work, false) << 1_u32;
        let value = series + self.ln2_at(work) * shift;
        let spread = (&a.rad << self.bits) / a.low() + 3;
        Ok(Ball::new(value >> GUARD, spread))
    }

    /// Sine and cosine.
    pub(crate) fn sin_cos(&mut self, a: &Ball) -> Result<(Ball, Ball), Stop> {
        if a.is_zero() {
            return Ok((a.clone(), Ball::new(self.one(), BigInt::zero())));
        }
        let extra = u32::try_from(a.mid.bits().saturating_sub(u64::from(self.bits)))
            .map_err(|_| Stop::Budget)?;
        if extra > 2_000 || a.rad.bits() > u64::from(self.bits) {
            return Err(Stop::Budget);
        }
        // More bits of pi for large angles, so that the rest after whole turns keeps its precision.
        let wide = self.bits + GUARD + if extra > 16 { extra } else { 0 };
        let quarter = self.pi_at(wide) >> 1_u32;
        let x = &a.mid << (wide - self.bits);
        let turns = (&x + (&quarter >> 1_u32)).div_floor(&quarter);
        let work = self.bits + GUARD;
        let t = (x - &turns * &quarter) >> (wide - work);
        let (sine, cosine) = sine_cosine_series(&t, work);
        let rad: BigInt = &a.rad + 2;
        let ball = |v: BigInt| Ball::new(v >> GUARD, rad.clone());
        Ok(match turns.mod_floor(&BigInt::from(4)).to_u8() {
            Some(0) => (ball(sine), ball(cosine)),
            Some(1) => (ball(cosine), ball(-sine)),
            Some(2) => (ball(-sine), ball(-cosine)),
            _ => (ball(-cosine), ball(sine)),
        })
    }

    pub(crate) fn arctan(&mut self, a: &Ball) -> Ball {
        let work = self.bits + GUARD;
        let one = BigInt::one() << work;
        let x = a.mid.abs() << GUARD;
        let large = x > one;
        let mut y = if large { (&one << work) / &x } else { x };
        // arctan y = 2 arctan (y / (1 + sqrt(1 + y^2))), which halves the angle.
        let halvings = 4_u32;
        for _ in 0..halvings {
            let root = ((&one << work) + &y * &y).sqrt();
            y = (y << work) / (&one + root);
        }
        let mut value = inverse_tangent_series(&y, work, true) << halvings;
        if large {
            value = (self.pi_at(work) >> 1_u32) - value;
        }
        let mid = value >> GUARD;
        Ball::new(if a.mid.is_negative() { -mid } else { mid }, &a.rad + 2)
    }

    pub(crate) fn arcsin(&mut self, a: &Ball) -> Result<Ball, Stop> {
        let one = self.one();
        if a.is_exact() && a.mid.abs() == one {
            let half = self.pi().mid >> 1_u32;
            let mid = if a.mid.is_negative() { -half } else { half };
            return Ok(Ball::new(mid, BigInt::from(2)));
        }
        if a.low() > one || a.high() < -&one {
            return Err(Stop::Undefined);
        }
        let square = self.times(a, a)?;
        let rest = Ball::new(one, BigInt::zero()).minus(&square);
        let root = match self.root(&rest, 2) {
            Err(Stop::Undefined) => return Err(Stop::Budget),
            other => other?,
        };
        let tangent = self.over(a, &root)?;
        Ok(self.arctan(&tangent))
    }
}

/// Sine and cosine of at most an eighth of a turn, in units of 2^-work.
fn sine_cosine_series(t: &BigInt, work: u32) -> (BigInt, BigInt) {
    let square = (t * t) >> work;
    let mut sine = t.clone();
    let mut cosine = BigInt::one() << work;
    let (mut odd, mut even) = (sine.clone(), cosine.clone());
    let mut k = 1_u32;
    loop {
        even = -((&even * &square) >> work) / (k * (k + 1));
        odd = -((&odd * &square) >> work) / ((k + 1) * (k + 2));
        if even.magnitude().bits() <= 1 && odd.magnitude().bits() <= 1 {
            return (sine, cosine);
        }
        sine += &odd;
        cosine += &even;
        k += 2;
    }
}
