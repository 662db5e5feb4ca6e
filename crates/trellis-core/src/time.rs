//! Time as the rules see it: handed in by the caller, never read from a clock.

use alloc::format;
use alloc::string::String;

use serde::{Deserialize, Serialize};

/// Milliseconds in a day.
pub const DAY_MS: i64 = 86_400_000;

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

    /// Whole seconds from this moment to a later one; 0 when the clock went backwards.
    #[must_use]
    pub fn seconds_until(self, later: Self) -> u64 {
        u64::try_from(later.0.saturating_sub(self.0).max(0) / 1000).unwrap_or(0)
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

    /// Year, month and day of the Gregorian calendar, in UTC: Howard Hinnant's `civil_from_days`
    /// (`chrono`-compatible low-level date algorithms, 2013).
    #[must_use]
    pub fn civil(self) -> (i64, u8, u8) {
        let shifted = self.day().saturating_add(719_468);
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let small = |value: i64| u8::try_from(value).unwrap_or(0);
        (year, small(month), small(day))
    }

    /// The beginning of a day, as forms write it: `2026-11-22`, in UTC. The inverse of [`Timestamp::civil`] for the years 1970
    /// to 9999; `None` for any other text and for days that no calendar has.
    #[must_use]
    pub fn of_date(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let number = |range: core::ops::Range<usize>| -> Option<i64> {
            let digits = text.get(range)?;
            let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| digits.parse().ok()).flatten()
        };
        let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
        if year < 1970 || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        // Howard Hinnant's `days_from_civil`.
        let shifted = if month <= 2 { year - 1 } else { year };
        let (era, of_era) = (shifted / 400, shifted % 400);
        let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
        let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
        let found = Self(0).plus_days(days);
        let (_, same_month, same_day) = found.civil();
        (i64::from(same_month) == month && i64::from(same_day) == day).then_some(found)
    }

    /// The moment as names of files have it, in UTC: `20261122T083447Z`. The order of such names is the order of time.
    #[must_use]
    pub fn file_stamp(self) -> String {
        let (year, month, day) = self.civil();
        let seconds = self.0.rem_euclid(DAY_MS) / 1000;
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let day = |days| Timestamp(0).plus_days(days).civil();
        assert_eq!(day(0), (1970, 1, 1));
        assert_eq!(day(-1), (1969, 12, 31));
        assert_eq!(day(59), (1970, 3, 1));
        // Known from RFC 3339 arithmetic: 2024-02-29 is day 19782, 2026-11-22 is day 20779.
        assert_eq!(day(19_782), (2024, 2, 29));
        assert_eq!(day(19_783), (2024, 3, 1));
        assert_eq!(day(20_779), (2026, 11, 22));
        // The ends of what a timestamp can hold: strange, but no panic.
        assert_eq!(Timestamp(i64::MAX).civil().0, 292_278_994);
        assert_eq!(Timestamp(i64::MIN).civil().0, -292_275_055);
    }

    #[test]
    fn a_date_is_read_as_forms_write_it() {
        for days in [0, 58, 59, 789, 19_782, 19_783, 20_779, 47_540, 47_541] {
            let at = Timestamp(0).plus_days(days);
            let (year, month, day) = at.civil();
            let text = format!("{year:04}-{month:02}-{day:02}");
            assert_eq!(Timestamp::of_date(&text), Some(at), "{text}");
        }
        for wrong in [
            "",
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-04-31",
            "1969-12-31",
            "26-04-01",
            "2026-04-+1",
            "2026/04/01",
            "2026-04-0\u{e9}",
        ] {
            assert_eq!(Timestamp::of_date(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_order_of_stamps_is_the_order_of_time() {
        let stamp = |ms| Timestamp(ms).file_stamp();
        assert_eq!(stamp(0), "19700101T000000Z");
        assert_eq!(stamp(1_795_336_487_999), "20261122T083447Z");
        assert!(stamp(1_795_336_487_999) < stamp(1_795_336_488_000));
        assert_eq!(stamp(-1), "19691231T235959Z");
    }

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
