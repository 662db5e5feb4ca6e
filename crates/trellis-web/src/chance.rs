//! A chance in words. A belief is never certain, so no page says "0 times" or "10 times out of 10" of one.

use crate::words::Words;

/// A chance in tenths, 0 to 10; what is no number counts as 0.
pub(crate) fn tenths(chance: f64) -> u8 {
    let mut tenths = 0;
    while tenths < 10 && chance * 10.0 >= f64::from(tenths) + 0.5 {
        tenths += 1;
    }
    tenths
}

/// "8 times out of 10"; at the ends "fewer than 1" and "more than 9".
pub(crate) fn times(words: &Words, chance: f64) -> String {
    words.count("chance-times", "tenths", tenths(chance))
}

/// The same as a short figure for tables: "8", "under 1", "over 9".
pub(crate) fn figure(words: &Words, chance: f64) -> String {
    words.count("chance-figure", "tenths", tenths(chance))
}

/// Ten blocks for a belief: at least one empty, since nothing is certain.
pub(crate) fn blocks(chance: f64) -> Vec<bool> {
    filled(tenths(chance).min(9))
}

/// Ten blocks, the first `count` of them filled.
pub(crate) fn filled(count: u8) -> Vec<bool> {
    (0..10).map(|block| block < count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chance_is_told_in_tenths() {
        for (chance, told) in [
            (0.0, 0),
            (0.04, 0),
            (0.05, 1),
            (0.449, 4),
            (0.45, 5),
            (0.74, 7),
            (0.75, 8),
            (0.96, 10),
            (1.0, 10),
            (f64::NAN, 0),
        ] {
            assert_eq!(tenths(chance), told, "{chance}");
        }
    }

    #[test]
    fn no_belief_is_told_as_certain() {
        let words = Words::english();
        for thousandths in 0..=1000 {
            let chance = f64::from(thousandths) / 1000.0;
            for told in [times(&words, chance), figure(&words, chance)] {
                assert!(!told.starts_with("10") && !told.starts_with('0'), "{told}");
            }
            assert!(!blocks(chance)[9], "{chance}");
        }
        assert_eq!(times(&words, 0.97), "more than 9 times out of 10");
        assert_eq!(times(&words, 0.8), "8 times out of 10");
        assert_eq!(times(&words, 0.1), "1 time out of 10");
        assert_eq!(times(&words, 0.01), "fewer than 1 time out of 10");
    }
}
