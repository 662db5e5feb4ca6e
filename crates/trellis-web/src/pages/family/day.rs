//! A calendar day in words.

use trellis_core::time::Timestamp;

use crate::words::Words;

/// Year, month and day of the Gregorian calendar, in UTC: Howard Hinnant's `civil_from_days`
/// (`chrono`-compatible low-level date algorithms, 2013).
fn civil(at: Timestamp) -> (i64, u8, u8) {
    let shifted = at.day().saturating_add(719_468);
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

/// A day as families read it, such as `22 November 2026`.
pub(super) fn in_words(at: Timestamp, words: &Words) -> String {
    let (year, month, day) = civil(at);
    words.mixed(
        "family-date",
        &[("month", f64::from(month)), ("day", f64::from(day))],
        &[("year", &year.to_string())],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let day = |days| civil(Timestamp(0).plus_days(days));
        assert_eq!(day(0), (1970, 1, 1));
        assert_eq!(day(-1), (1969, 12, 31));
        assert_eq!(day(59), (1970, 3, 1));
        // Known from RFC 3339 arithmetic: 2024-02-29 is day 19782, 2026-11-22 is day 20779.
        assert_eq!(day(19_782), (2024, 2, 29));
        assert_eq!(day(19_783), (2024, 3, 1));
        assert_eq!(day(20_779), (2026, 11, 22));
        let words = Words::english();
        let said = in_words(Timestamp(0).plus_days(20_779), &words);
        assert_eq!(said, "22 November 2026");
        // The ends of what a timestamp can hold: strange, but no panic.
        civil(Timestamp(i64::MAX));
        civil(Timestamp(i64::MIN));
    }
}
