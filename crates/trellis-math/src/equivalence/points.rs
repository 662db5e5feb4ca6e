//! Sample points: the same for the same names, dyadic so that they are exact, easy ones first, then families that
//! reach narrow domains.

use crate::Rational;
use alloc::vec::Vec;
use num_traits::ToPrimitive;

/// Easy values for witnesses that a pupil can check.
const EASY: [i64; 8] = [2, 3, 5, -1, -2, 7, 1, -3];
/// Points drawn in all.
const COUNT: u64 = 120;

fn mixed(mut z: u64) -> u64 {
    // splitmix64: every seed gives an independent-looking value.
    z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A whole number from `low` to `high`, both included.
fn between(seed: u64, low: i64, high: i64) -> i64 {
    let span = (high - low + 1).unsigned_abs();
    low + (mixed(seed) % span).to_i64().unwrap_or(0)
}

fn value(round: u64, position: u64) -> Rational {
    let seed = round * 1_009 + position * 31 + 7;
    let (top, bottom) = if round < 8 {
        let index = ((round + 3 * position) % 8).to_usize().unwrap_or(0);
        (EASY[index], 1)
    } else {
        match round % 6 {
            0 => (between(seed, -96, 96), 16),
            1 => (between(seed, 1, 96), 16),
            2 => (between(seed, 1, 63), 64),
            3 => (between(seed, -63, 63), 64),
            4 => (between(seed, 1, 12), 1),
            _ => (between(seed, 16, 1_600), 16),
        }
    };
    Rational::new(top.into(), bottom.into())
}

/// Small bases of both signs with whole and broken exponents, where powers that look alike part.
const POWERS: [(i64, i64); 9] = [
    (-1, 1),
    (2, 1),
    (1, 2),
    (-2, 1),
    (4, 1),
    (1, 3),
    (3, 1),
    (-3, 1),
    (1, 4),
];

/// Points of such values: every combination for up to three names, a sample for more.
pub(super) fn powers<'n>(names: &'n [&'n str]) -> impl Iterator<Item = Vec<(&'n str, Rational)>> {
    let count = POWERS.len().to_u64().unwrap_or(0);
    let all = count.saturating_pow(names.len().to_u32().unwrap_or(u32::MAX));
    (0..all.min(count.pow(3))).map(move |round| {
        let mut rest = if all > count.pow(3) {
            mixed(round)
        } else {
            round
        };
        names
            .iter()
            .map(|name| {
                let (top, bottom) = POWERS[(rest % count).to_usize().unwrap_or(0)];
                rest /= count;
                (*name, Rational::new(top.into(), bottom.into()))
            })
            .collect()
    })
}

/// The points for these names, in order.
pub(super) fn sample<'n>(names: &'n [&'n str]) -> impl Iterator<Item = Vec<(&'n str, Rational)>> {
    let rounds = if names.is_empty() { 1 } else { COUNT };
    (0..rounds).map(move |round| {
        names
            .iter()
            .zip(0..)
            .map(|(name, i)| (*name, value(round, i)))
            .collect()
    })
}
