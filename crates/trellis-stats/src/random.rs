//! Chance that can be repeated: a documented generator whose numbers depend on its seed alone.

use crate::fnv;
use alloc::vec::Vec;
use libm::{cos, log, sqrt};

/// One step of SplitMix64 (Steele, Lea and Flood, 2014): moves `state` on and returns a number.
#[must_use]
pub fn splitmix64(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A new seed for the part of a story that `label` names (FNV-1a over the label, mixed with
/// `seed`), so that adding one part does not move the chance of another.
#[must_use]
pub fn split(seed: u64, label: &str) -> u64 {
    let hashed = fnv::hash(label.as_bytes());
    let mut state = seed ^ hashed.rotate_left(32);
    let first = splitmix64(&mut state);
    splitmix64(&mut state) ^ first.rotate_left(17)
}

/// The generator xoshiro256++ 1.0 (Blackman and Vigna, 2019), seeded by SplitMix64.
///
/// Not for secrets: whoever sees a few numbers can compute the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Random {
    state: [u64; 4],
}

impl Random {
    /// The generator of this seed; every seed is good, 0 included.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut s = seed;
        Self {
            state: [
                splitmix64(&mut s),
                splitmix64(&mut s),
                splitmix64(&mut s),
                splitmix64(&mut s),
            ],
        }
    }

    /// The generator of the part of `seed`'s story that `label` names; see [`split`].
    #[must_use]
    pub fn labelled(seed: u64, label: &str) -> Self {
        Self::new(split(seed, label))
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        let s = &mut self.state;
        let result = s[0].wrapping_add(s[3]).rotate_left(23).wrapping_add(s[0]);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// A number in [0, 1), from the upper 53 bits.
    pub fn uniform(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit an f64 exactly")]
        let bits = (self.next_u64() >> 11) as f64;
        bits / 9_007_199_254_740_992.0
    }

    /// True with probability `p`.
    pub fn chance(&mut self, p: f64) -> bool {
        self.uniform() < p
    }

    /// A whole number below `n`, each equally likely (Lemire 2019, multiplication with
    /// rejection). Returns 0 when `n` is 0.
    pub fn below(&mut self, n: u64) -> u64 {
        if n == 0 {
            return 0;
        }
        let threshold = n.wrapping_neg() % n;
        loop {
            let wide = u128::from(self.next_u64()) * u128::from(n);
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the low half is what is meant"
            )]
            let low = wide as u64;
            if low >= threshold {
                return (wide >> 64) as u64;
            }
        }
    }

    /// A place in a slice of `len` elements, each equally likely; 0 for an empty one.
    pub fn index(&mut self, len: usize) -> usize {
        usize::try_from(self.below(len as u64)).unwrap_or(0)
    }

    /// A standard normal number (Box and Muller, 1958; one of the pair is used).
    pub fn normal(&mut self) -> f64 {
        let radius = sqrt(-2.0 * log(1.0 - self.uniform()));
        radius * cos(2.0 * core::f64::consts::PI * self.uniform())
    }

    /// Puts `values` into a random order, each order equally likely (Fisher and Yates).
    pub fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            let other = self.index(last + 1);
            values.swap(last, other);
        }
    }

    /// The places `0..len` in a random order.
    #[must_use]
    pub fn permutation(&mut self, len: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..len).collect();
        self.shuffle(&mut order);
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The generator's published sequence for the state 1, 2, 3, 4.
    #[test]
    fn xoshiro_agrees_with_its_reference_implementation() {
        let mut random = Random {
            state: [1, 2, 3, 4],
        };
        let expected = [
            41_943_041,
            58_720_359,
            3_588_806_011_781_223,
            3_591_011_842_654_386,
            9_228_616_714_210_784_205,
            9_973_669_472_204_895_162,
            14_011_001_112_246_962_877,
            12_406_186_145_184_390_807,
            15_849_039_046_786_891_736,
            10_450_023_813_501_588_000,
        ];
        for value in expected {
            assert_eq!(random.next_u64(), value);
        }
    }

    /// The sequence of the seed 1234567 that the reference implementation prints.
    #[test]
    fn splitmix_agrees_with_its_reference_implementation() {
        let mut state = 1_234_567;
        let expected = [
            6_457_827_717_110_365_317_u64,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        for value in expected {
            assert_eq!(splitmix64(&mut state), value);
        }
    }

    #[test]
    fn numbers_have_the_spread_that_their_names_say() {
        let mut random = Random::labelled(7, "spread");
        let mut counts = [0_u32; 6];
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..60_000 {
            counts[random.index(6)] += 1;
            let z = random.normal();
            sum += z;
            squares += z * z;
        }
        // Chi-square with 5 degrees of freedom is over 20.5 once in a thousand seeds.
        let chi: f64 = counts
            .iter()
            .map(|&c| (f64::from(c) - 1e4) * (f64::from(c) - 1e4) / 1e4)
            .sum();
        assert!(chi < 20.5, "{chi}");
        assert!((sum / 60_000.0).abs() < 0.0135 && (squares / 60_000.0 - 1.0).abs() < 0.02);
        assert_eq!(random.below(0), 0);
        assert_eq!(random.below(1), 0);
    }

    #[test]
    fn labels_part_the_stories_and_orders_lose_nobody() {
        assert_ne!(split(1, "a"), split(1, "b"));
        assert_ne!(split(1, "a"), split(2, "a"));
        let mut order = Random::new(3).permutation(100);
        assert_ne!(order, (0..100).collect::<Vec<_>>());
        order.sort_unstable();
        assert_eq!(order, (0..100).collect::<Vec<_>>());
    }
}
