//! Time as the rules see it: handed in by the caller, never read from a clock.

use serde::{Deserialize, Serialize};

/// Milliseconds in a day.
const DAY_MS: i64 = 86_400_000;

/// A moment: milliseconds since 1970-01-01 00:00 UTC.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The calendar day, counted from 1970-01-01 in UTC.
    #[must_use]
    pub fn day(self) -> i64 {
        self.0.div_euclid(DAY_MS)
    }

    /// Days from `earlier` to here with their fraction; 0 when the clock went backwards.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "a span of 285,000 years is exact to a millisecond"
    )]
    pub fn days_since(self, earlier: Self) -> f64 {
        self.0.saturating_sub(earlier.0).max(0) as f64 / DAY_MS as f64
    }

    /// The moment `ms` milliseconds later, or earlier when negative.
    #[must_use]
    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// The moment `days` whole days later.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        self.plus_ms(days.saturating_mul(DAY_MS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_never_run_backwards() {
        let noon = Timestamp(43_200_000);
        assert_eq!(
            noon.plus_days(3).days_since(noon).to_bits(),
            3.0f64.to_bits()
        );
        assert_eq!(
            noon.days_since(noon.plus_days(3)).to_bits(),
            0.0f64.to_bits()
        );
        assert_eq!(Timestamp(-1).day(), -1);
        assert_eq!(Timestamp(i64::MAX).plus_days(9), Timestamp(i64::MAX));
    }
}
