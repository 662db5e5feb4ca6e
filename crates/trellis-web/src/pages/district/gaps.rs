//! How classes of the same course differ, with the doubt of it, in words.

use trellis_store::read::{CourseGaps, Gap, Measured};

use super::EIGHT_IN_TEN;
use crate::csv::Csv;
use crate::words::Words;

/// One figure of a class beside that of the others.
pub(super) struct Cell {
    /// The averages of both.
    pub(super) both: String,
    /// The difference with its range.
    pub(super) gap: String,
    /// What may be said about it: its tint, and its words.
    pub(super) says: (&'static str, String),
    /// The averages of both, their difference and its range, with what is shown of them: one digit behind the point.
    numbers: [f64; 5],
}

/// One class.
pub(super) struct Row {
    pub(super) title: String,
    pub(super) cells: [Cell; 2],
}

/// The classes of one course.
pub(super) struct Course {
    pub(super) title: String,
    pub(super) rows: Vec<Row>,
}

/// The average of some figures and the square of its standard error.
fn average(figures: &[u32]) -> (f64, f64) {
    let count = figures.len() as f64;
    let mean = figures.iter().map(|one| f64::from(*one)).sum::<f64>() / count;
    let squares = figures.iter().map(|one| (f64::from(*one) - mean).powi(2));
    (mean, squares.sum::<f64>() / (count - 1.0) / count)
}

/// A difference with its sign; what rounds to nothing has none.
fn signed(number: f64) -> String {
    let text = format!("{:.1}", number.abs());
    match text.as_str() {
        "0.0" => text,
        _ if number < 0.0 => format!("\u{2212}{text}"),
        _ => format!("+{text}"),
    }
}

/// Both have ten people or more. The range is that of the difference of two averages that spread apart from each other
/// (Welch).
fn cell(words: &Words, measured: &Measured) -> Cell {
    let (own, own_error) = average(&measured.own);
    let (others, others_error) = average(&measured.others);
    let (gap, range) = (
        own - others,
        EIGHT_IN_TEN * (own_error + others_error).sqrt(),
    );
    let said = |number: f64| format!("{number:.1}");
    // By what is shown: a range that ends at a rounded zero is none that stands apart from it.
    let shown = |number: f64| (number * 10.0).round();
    let says = match (shown(gap - range), shown(gap + range)) {
        (low, _) if low > 0.0 => ("leaf", "district-gap-more"),
        (_, high) if high < 0.0 => ("sun", "district-gap-less"),
        _ => ("", "district-gap-chance"),
    };
    Cell {
        both: words.with(
            "district-gap-both",
            &[("own", &said(own)), ("others", &said(others))],
        ),
        gap: words.with(
            "district-gap-range",
            &[
                ("gap", &signed(gap)),
                ("low", &signed(gap - range)),
                ("high", &signed(gap + range)),
            ],
        ),
        says: (says.0, words.t(says.1)),
        numbers: [own, others, gap, gap - range, gap + range],
    }
}

fn row(words: &Words, gap: &Gap) -> Row {
    Row {
        title: gap.title.clone(),
        cells: [cell(words, &gap.mastered), cell(words, &gap.grown)],
    }
}

/// The classes of each course beside each other.
pub(super) fn courses(words: &Words, gaps: &[CourseGaps]) -> Vec<Course> {
    let course = |of: &CourseGaps| Course {
        title: of.course.clone(),
        rows: of.gaps.iter().map(|gap| row(words, gap)).collect(),
    };
    gaps.iter().map(course).collect()
}

/// A number for a spreadsheet; what rounds to nothing has no sign.
fn plain(number: f64) -> String {
    match format!("{number:.1}") {
        text if text == "-0.0" => "0.0".to_owned(),
        text => text,
    }
}

/// The same as a table to take along: a line for each figure of a class.
pub(super) fn csv(words: &Words, courses: &[Course]) -> Csv {
    let mut table = Csv::new(&words.all(&[
        "district-gaps-course",
        "district-section",
        "district-gaps-figure",
        "district-gaps-own",
        "district-gaps-others",
        "district-gaps-difference",
        "district-gaps-from",
        "district-gaps-to",
        "district-gaps-says",
    ]));
    let figures = words.all(&[
        "district-gaps-mastered-figure",
        "district-gaps-grown-figure",
    ]);
    for course in courses {
        for row in &course.rows {
            for (figure, cell) in figures.iter().zip(&row.cells) {
                let mut line = vec![course.title.clone(), row.title.clone(), figure.clone()];
                line.extend(cell.numbers.map(plain));
                line.push(cell.says.1.clone());
                table.row(&line);
            }
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_to_take_along_says_what_the_page_says() {
        let words = Words::english();
        let measured = |own: u32, others: u32| Measured {
            own: vec![own; 10],
            others: vec![others; 10],
        };
        let gap = Gap {
            title: "Room 4".to_owned(),
            mastered: measured(3, 4),
            grown: measured(2, 2),
        };
        let of = CourseGaps {
            course: "Fractions".to_owned(),
            gaps: vec![gap],
        };
        let table = csv(&words, &courses(&words, &[of])).into_text();
        let lines: Vec<&str> = table.lines().skip(1).collect();
        let [mastered, grown] = lines[..] else {
            panic!("two lines: {table}")
        };
        let numbers = "\"3.0\",\"4.0\",\"-1.0\",\"-1.0\",\"-1.0\",";
        assert!(mastered.contains(numbers), "{table}");
        assert!(mastered.ends_with(&format!("\"{}\"", words.t("district-gap-less"))));
        let numbers = "\"2.0\",\"2.0\",\"0.0\",\"0.0\",\"0.0\",";
        assert!(grown.contains(numbers), "{table}");
        assert_eq!(plain(-0.04), "0.0");
    }

    #[test]
    fn a_gap_says_how_sure_it_is() {
        let words = Words::english();
        let told = |own: &[u32], others: &[u32]| {
            let measured = Measured {
                own: own.to_vec(),
                others: others.to_vec(),
            };
            let cell = cell(&words, &measured);
            (cell.gap, cell.says.0)
        };
        // Means 3 and 3, each with the squared error 2.5 / 5 = 0.5: 1.2816 on each side.
        let (gap, says) = told(&[1, 2, 3, 4, 5], &[1, 2, 3, 4, 5]);
        assert!(
            gap.contains("0.0") && gap.contains("\u{2212}1.3") && gap.contains("+1.3"),
            "{gap}"
        );
        assert_eq!(says, "");
        let (gap, says) = told(&[1, 2, 3, 4, 5], &[3, 4, 5, 6, 7]);
        assert!(
            gap.contains("\u{2212}2.0") && gap.contains("\u{2212}3.3"),
            "{gap}"
        );
        assert_eq!(says, "sun");
        assert_eq!(told(&[4; 10], &[3; 10]).1, "leaf");
        // From 0.013 to 0.587: the lower end is shown as nothing, and so it is judged.
        let (gap, says) = told(
            &[2, 2, 2, 2, 2, 2, 1, 1, 1, 1],
            &[1, 1, 1, 1, 1, 1, 1, 2, 2, 2],
        );
        assert!(gap.contains("+0.3 (0.0 to +0.6)"), "{gap}");
        assert_eq!(says, "");
        assert_eq!(told(&[3; 10], &[3; 10]).1, "");
    }
}
