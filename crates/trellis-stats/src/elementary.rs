//! `exp` and `ln` for inner loops: by small tables and short series, twice as fast as `libm`'s, with the same bits on
//! every machine.
//!
//! Both split their argument so that a table answers for the large part and a few terms of a Taylor series for the
//! small one, as Tang (1989, 1990) does. They are a unit or two in the last place less exact than `libm`, far below
//! what any figure here is known to.

use core::f64::consts::LN_2;

/// Entries of each table: a power of two, so that the low bits of a number are a place in it.
const PLACES: usize = 64;
const PLACE_BITS: u32 = 6;
const MANTISSA_BITS: u32 = 52;
/// Added to a number below 2^51, it leaves the nearest whole number in the low bits.
const WHOLE: f64 = 6_755_399_441_055_744.0;
/// `ln 2 / 64` in two parts: products of the first with whole numbers up to 2^17 are exact.
const STEP: (f64, f64) = (0.010_830_424_689_629_58, 6.619_564_634_077_006e-12);
/// Beyond this, and for what is no number, `libm` decides: results there overflow, vanish or lose bits.
const MOST: f64 = 700.0;

/// `2^(place / 64)`.
static POWERS: [f64; PLACES] = powers();

const fn powers() -> [f64; PLACES] {
    let mut out = [1.0; PLACES];
    let (mut place, mut x) = (0, 0.0);
    while place < PLACES {
        // Horner's way through the series of exp, from terms too small to count.
        let (mut term, mut sum) = (24.0, 1.0);
        while term > 0.0 {
            sum = 1.0 + sum * (x * LN_2 / 64.0) / term;
            term -= 1.0;
        }
        out[place] = sum;
        place += 1;
        x += 1.0;
    }
    out
}

/// The middle of each sixty-fourth of the numbers from [`LOWEST`] on, one over it, and its logarithm.
#[derive(Clone, Copy)]
struct Middle {
    value: f64,
    over: f64,
    ln: f64,
}

/// The bits of the least mantissa as [`ln`] splits numbers, near one over the root of 2: from it to twice it.
const LOWEST: u64 = 0x3fe6_8000_0000_0000;

static MIDDLES: [Middle; PLACES] = middles();

const fn middles() -> [Middle; PLACES] {
    const WIDTH: u64 = 1 << (MANTISSA_BITS - PLACE_BITS);
    let none = Middle {
        value: 1.0,
        over: 1.0,
        ln: 0.0,
    };
    let mut out = [none; PLACES];
    let (mut place, mut bits) = (0, LOWEST);
    while place < PLACES {
        let value = f64::from_bits(bits + WIDTH / 2);
        // ln c = 2 artanh((c - 1) / (c + 1)).
        let s = (value - 1.0) / (value + 1.0);
        let (mut odd, mut sum) = (41.0, 0.0);
        while odd > 0.0 {
            sum = sum * s * s + 1.0 / odd;
            odd -= 2.0;
        }
        out[place] = Middle {
            value,
            over: 1.0 / value,
            ln: 2.0 * s * sum,
        };
        place += 1;
        bits += WIDTH;
    }
    out
}

/// The entry of a table that the low bits of `bits` name.
#[inline]
fn at<T: Copy>(table: &[T; PLACES], bits: u64) -> T {
    let place = usize::try_from(bits % (1 << PLACE_BITS)).unwrap_or(0);
    table[place % PLACES]
}

/// `e` to the power `x`, within 4 parts in 10^16.
#[inline]
#[must_use]
pub fn exp(x: f64) -> f64 {
    if !(-MOST..=MOST).contains(&x) {
        return libm::exp(x);
    }
    let shifted = x * (64.0 / LN_2) + WHOLE;
    let (bits, steps) = (shifted.to_bits(), shifted - WHOLE);
    let r = (x - steps * STEP.0) - steps * STEP.1;
    let square = r * r;
    // By pairs of terms, so that few steps wait for one another, and without a division.
    let low = 0.5 + r * (1.0 / 6.0);
    let high = 1.0 / 24.0 + r * (1.0 / 120.0);
    let series = r + square * (low + square * high);
    // Whole powers of two are added to the exponent of the table's entry.
    let exponent = (bits >> PLACE_BITS) << MANTISSA_BITS;
    let power = f64::from_bits(at(&POWERS, bits).to_bits().wrapping_add(exponent));
    power + power * series
}

/// `e^x - 1`; for small `x` only as exact as the difference, 2 parts in 10^16 of one.
#[inline]
#[must_use]
pub fn exp_less_one(x: f64) -> f64 {
    exp(x) - 1.0
}

/// The natural logarithm, within 3 parts in 10^16 of itself or of one, whichever is larger. What [`libm::log`] says of
/// zero, of negative numbers and of what is no number, this says.
#[inline]
#[must_use]
pub fn ln(x: f64) -> f64 {
    if !(f64::MIN_POSITIVE..=f64::MAX).contains(&x) {
        return libm::log(x);
    }
    let from_lowest = x.to_bits().wrapping_sub(LOWEST);
    let exponent = from_lowest >> MANTISSA_BITS << MANTISSA_BITS;
    let mantissa = f64::from_bits(x.to_bits().wrapping_sub(exponent));
    let middle = at(&MIDDLES, from_lowest >> (MANTISSA_BITS - PLACE_BITS));
    // The difference is exact: both lie within a factor of two.
    let r = (mantissa - middle.value) * middle.over;
    let square = r * r;
    let low = (r * (1.0 / 3.0) - 0.5) + square * (r * 0.2 - 0.25);
    let high = (r * (1.0 / 7.0) - 1.0 / 6.0) - square * 0.125;
    let series = r + square * (low + (square * square) * high);
    whole(exponent) * LN_2 + (middle.ln + series)
}

/// The whole number in the sign and exponent bits, as a float.
#[inline]
fn whole(bits: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "twelve bits")]
    let number = (bits.cast_signed() >> MANTISSA_BITS) as f64;
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;
    use core::f64::consts::FRAC_1_SQRT_2;

    #[test]
    fn exp_is_that_of_libm_to_the_last_digits() {
        let mut random = Random::labelled(1, "exp");
        for size in [1e-12, 1e-3, 0.1, 1.0, 10.0, 300.0, 699.0] {
            for _ in 0..5_000 {
                let x = size * (2.0 * random.uniform() - 1.0);
                let off = exp(x) / libm::exp(x) - 1.0;
                assert!(off.abs() < 4.5e-16, "{x}: {off:e}");
            }
        }
        for x in [
            f64::NEG_INFINITY,
            -1e4,
            -745.0,
            0.0,
            -0.0,
            709.0,
            1e4,
            f64::INFINITY,
        ] {
            assert_eq!(exp(x).to_bits(), libm::exp(x).to_bits(), "{x}");
        }
        assert!(exp(f64::NAN).is_nan());
    }

    #[test]
    fn ln_is_that_of_libm_to_the_last_digits() {
        let mut random = Random::labelled(2, "ln");
        for size in [1e-300, 1e-9, 0.5, FRAC_1_SQRT_2, 1.0, 2.0, 1e3, 1e300] {
            for _ in 0..5_000 {
                let x = size * (0.5 + random.uniform());
                let truth = libm::log(x);
                let off = (ln(x) - truth).abs() / truth.abs().max(1.0);
                assert!(off < 3e-16, "{x}: {off:e}");
            }
        }
        assert_eq!(ln(0.0), f64::NEG_INFINITY);
        assert!(ln(-1.0).is_nan() && ln(f64::NAN).is_nan());
        assert_eq!(ln(f64::INFINITY), f64::INFINITY);
        let tiny = 5e-324;
        assert_eq!(ln(tiny).to_bits(), libm::log(tiny).to_bits());
    }
}
