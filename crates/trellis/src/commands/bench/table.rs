//! Figures with their targets and limits, as a table for people or as JSON.

use serde_json::{Value, json};

/// Which side of the target is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Better {
    /// At most the target.
    Less,
    /// At least the target.
    More,
}

/// One measured number.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    /// A short name for programs.
    pub(super) key: &'static str,
    /// What it is, for people.
    pub(super) what: String,
    /// What was measured; `None` where this machine cannot say.
    pub(super) measured: Option<f64>,
    /// Its unit.
    pub(super) unit: &'static str,
    /// What is wanted, where something is.
    pub(super) target: Option<(Better, f64)>,
    /// The physical limit measured in the same run, or what else to compare with.
    pub(super) beside: String,
}

impl Figure {
    /// Whether the target is met; `None` without a target or a measurement.
    pub(super) fn met(&self) -> Option<bool> {
        let ((better, target), measured) = self.target.zip(self.measured)?;
        Some(match better {
            Better::Less => measured <= target,
            Better::More => measured >= target,
        })
    }

    fn target_words(&self) -> String {
        match self.target {
            None => String::new(),
            Some((Better::Less, target)) => format!("at most {}", number(target)),
            Some((Better::More, target)) => format!("at least {}", number(target)),
        }
    }

    pub(super) fn json(&self) -> Value {
        json!({
            "key": self.key,
            "what": self.what,
            "measured": self.measured,
            "unit": self.unit,
            "target": self.target.map(|(_, target)| target),
            "at_least": self.target.map(|(better, _)| better == Better::More),
            "met": self.met(),
            "beside": self.beside,
        })
    }
}

/// Three digits that count; whole numbers in groups of three.
pub(super) fn number(value: f64) -> String {
    let size = value.abs();
    if size >= 100.0 {
        grouped(&format!("{value:.0}"))
    } else if size >= 10.0 {
        format!("{value:.1}")
    } else if size >= 1.0 || size == 0.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.3}")
    }
}

fn grouped(digits: &str) -> String {
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) && !out.ends_with('-') {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The table: figure, measured, target, and what the machine can do at all.
pub(super) fn table(figures: &[Figure]) -> String {
    let rows: Vec<[String; 4]> = figures
        .iter()
        .map(|figure| {
            let measured = figure.measured.map_or("not known".to_owned(), |measured| {
                format!("{} {}", number(measured), figure.unit)
            });
            let verdict = match figure.met() {
                Some(true) => "yes ",
                Some(false) => "NO  ",
                None => "",
            };
            [
                figure.what.clone(),
                measured,
                format!("{verdict}{}", figure.target_words()),
                figure.beside.clone(),
            ]
        })
        .collect();
    let heads = ["figure", "measured", "target", "beside it"].map(str::to_owned);
    let mut widths = [0; 4];
    for row in std::iter::once(&heads).chain(&rows) {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut out = String::new();
    let mut line = |row: &[String; 4]| {
        let cells: Vec<String> = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        out.push_str(cells.join("  ").trim_end());
        out.push('\n');
    };
    line(&heads);
    line(&widths.map(|width| "-".repeat(width)));
    rows.iter().for_each(line);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(measured: Option<f64>, target: Option<(Better, f64)>) -> Figure {
        Figure {
            key: "k",
            what: "Something".to_owned(),
            measured,
            unit: "ms",
            target,
            beside: "12 a second".to_owned(),
        }
    }

    #[test]
    fn a_target_is_met_on_its_own_side() {
        for (measured, target, met) in [
            (Some(1.0), Some((Better::Less, 2.0)), Some(true)),
            (Some(3.0), Some((Better::Less, 2.0)), Some(false)),
            (Some(3.0), Some((Better::More, 2.0)), Some(true)),
            (Some(1.0), Some((Better::More, 2.0)), Some(false)),
            (Some(1.0), None, None),
            (None, Some((Better::More, 2.0)), None),
        ] {
            assert_eq!(figure(measured, target).met(), met);
        }
    }

    #[test]
    fn numbers_are_short_and_tables_line_up() {
        for (value, text) in [
            (0.1234, "0.123"),
            (1.234, "1.23"),
            (12.34, "12.3"),
            (1234.0, "1,234"),
            (1_234_567.0, "1,234,567"),
            (100.0, "100"),
            (0.0, "0.00"),
        ] {
            assert_eq!(number(value), text);
        }
        let figures = [
            figure(Some(1.0), Some((Better::Less, 2.0))),
            figure(None, None),
        ];
        assert_eq!(
            table(&figures),
            "figure     measured   target            beside it\n\
             ---------  ---------  ----------------  -----------\n\
             Something  1.00 ms    yes at most 2.00  12 a second\n\
             Something  not known                    12 a second\n"
        );
    }
}
