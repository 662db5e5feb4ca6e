//! A calendar day in words.

use trellis_core::time::Timestamp;

use crate::words::Words;

/// A day as people say it, such as `22 November 2026`.
pub(crate) fn in_words(at: Timestamp, words: &Words) -> String {
    let (year, month, day) = at.civil();
    words.mixed(
        "family-date",
        &[("month", f64::from(month)), ("day", f64::from(day))],
        &[("year", &year.to_string())],
    )
}

/// A day as forms and tables write it, such as `2026-11-22`: what [`Timestamp::of_date`] reads.
pub(crate) fn in_digits(at: Timestamp) -> String {
    let (year, month, day) = at.civil();
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_said_in_words() {
        let words = Words::english();
        let said = in_words(Timestamp(0).plus_days(20_779), &words);
        assert_eq!(said, "22 November 2026");
    }

    #[test]
    fn a_day_in_digits_is_read_again() {
        for days in [0, 20_779, 40_000] {
            let day = Timestamp(0).plus_days(days);
            assert_eq!(Timestamp::of_date(&in_digits(day)), Some(day));
        }
    }
}
