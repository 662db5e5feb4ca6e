//! Single cells: right or wrong, a moment, a side of a split.

use super::{LeftOut, Part};

/// Whether a cell says right or wrong, or why it says neither.
pub(super) fn correct(cell: &str) -> Result<bool, LeftOut> {
    let cell = cell.trim();
    if cell.is_empty() || cell == "-1" {
        return Err(LeftOut::NoAnswer);
    }
    if let Ok(number) = cell.parse::<f64>() {
        return match number {
            0.0 => Ok(false),
            1.0 => Ok(true),
            part if part > 0.0 && part < 1.0 => Err(LeftOut::PartialCredit),
            _ => Err(LeftOut::UnreadableAnswer),
        };
    }
    match cell.to_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "right" | "correct" | "ok" => Ok(true),
        // A first attempt that asked for help is not right, in every DataShop study.
        "false" | "f" | "no" | "n" | "wrong" | "incorrect" | "hint" | "bug" | "error" => Ok(false),
        "na" | "nan" | "null" | "none" | "n/a" | "." => Err(LeftOut::NoAnswer),
        _ => Err(LeftOut::UnreadableAnswer),
    }
}

/// A moment as a number on the file's own clock; the unit is found for the whole column.
/// `None` for an empty or unreadable cell; what 0 means only the whole column tells.
pub(super) fn moment(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    if let Ok(number) = cell.parse::<f64>() {
        return (0.0..1e18).contains(&number).then_some(number);
    }
    date(cell)
}

/// `2006-03-01 12:30:05.5`, with `T` or a blank between, with or without the time, `Z` or an
/// offset being ignored: gaps between answers are what is used. Also `2006/03/01`.
fn date(cell: &str) -> Option<f64> {
    let (day, clock) = cell
        .split_once(['T', ' '])
        .map_or((cell, ""), |(day, clock)| (day, clock));
    let mut numbers = day.split(['-', '/']);
    let mut whole = |range: std::ops::RangeInclusive<i64>| {
        let number = numbers.next()?.parse::<i64>().ok()?;
        range.contains(&number).then_some(number)
    };
    let (year, month, date) = (whole(1970..=2200)?, whole(1..=12)?, whole(1..=31)?);
    if numbers.next().is_some() {
        return None;
    }
    let mut seconds = 0.0;
    let digits = |letter: char| letter.is_ascii_digit() || letter == '.' || letter == ':';
    let clock = clock.split(|letter| !digits(letter)).next().unwrap_or("");
    for (part, unit) in clock.split(':').zip([3600.0, 60.0, 1.0]) {
        seconds += part.parse::<f64>().unwrap_or(0.0) * unit;
    }
    // Days since 1970 of the Gregorian calendar, March being the first month of a year.
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year / 400, year % 400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + date - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    #[expect(clippy::cast_precision_loss, reason = "days of a few centuries")]
    let days = days as f64;
    Some(days * 86_400.0 + seconds)
}

/// How many of a column's units are a second, judged by its largest number: seconds,
/// milliseconds or microseconds since 1970.
pub(super) fn units_a_second(largest: f64) -> f64 {
    match largest {
        large if large > 1e14 => 1e6,
        large if large > 1e11 => 1e3,
        _ => 1.0,
    }
}

/// Whether 0 is a moment in a column with this largest number: on a clock that began with the file it is one; on one that
/// counts from 1970 it stands for unknown, and where all is 0 nothing is known.
pub(super) fn begins_at_nought(largest: f64) -> bool {
    largest > 0.0 && largest < 1e8
}

/// The side of a split. pyKT marks test rows with the fold -1.
pub(super) fn part(cell: &str) -> Part {
    let cell = cell.trim();
    if let Ok(number) = cell.parse::<f64>() {
        return match number {
            test if test < 0.0 => Part::Test,
            odd if odd.is_nan() => Part::Unstated,
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a cast of a float saturates"
            )]
            fold => Part::Fold(fold as u16),
        };
    }
    match cell.to_lowercase().as_str() {
        "train" | "training" | "dev" | "valid" | "validation" => Part::Train,
        "test" | "testing" | "holdout" | "held_out" | "eval" => Part::Test,
        _ => Part::Unstated,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_in_many_spellings() {
        for cell in ["1", "1.0", "true", "TRUE", "CORRECT", " yes "] {
            assert_eq!(correct(cell), Ok(true), "{cell}");
        }
        for cell in ["0", "0.0", "incorrect", "hint", "False"] {
            assert_eq!(correct(cell), Ok(false), "{cell}");
        }
        assert_eq!(correct("0.5"), Err(LeftOut::PartialCredit));
        assert_eq!(correct(""), Err(LeftOut::NoAnswer));
        assert_eq!(correct("-1"), Err(LeftOut::NoAnswer));
        assert_eq!(correct("7"), Err(LeftOut::UnreadableAnswer));
        assert_eq!(correct("inf"), Err(LeftOut::UnreadableAnswer));
        assert_eq!(correct("maybe"), Err(LeftOut::UnreadableAnswer));
    }

    #[test]
    fn moments_as_numbers_and_dates() {
        assert_eq!(moment("12"), Some(12.0));
        assert_eq!(moment("0"), Some(0.0));
        assert_eq!(moment("-1"), None);
        assert_eq!(moment("nan"), None);
        assert_eq!(moment("1970-01-02"), Some(86_400.0));
        assert_eq!(
            moment("2009-09-24 10:00:05.5"),
            Some(1_253_786_405.5),
            "as `date -u -d` says"
        );
        assert_eq!(moment("2009-09-24T10:00:05Z"), Some(1_253_786_405.0));
        assert_eq!(moment("2000-02-29"), Some(951_782_400.0));
        assert_eq!(moment("2000-13-01"), None);
        assert_eq!(moment("soon"), None);
        assert_eq!(units_a_second(1.25e9), 1.0);
        assert_eq!(units_a_second(1.25e12), 1e3);
    }

    #[test]
    fn sides_of_a_split() {
        assert_eq!(part("train"), Part::Train);
        assert_eq!(part("Test"), Part::Test);
        assert_eq!(part("-1"), Part::Test);
        assert_eq!(part("3"), Part::Fold(3));
        assert_eq!(part("?"), Part::Unstated);
    }
}
