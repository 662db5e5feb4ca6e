//! Tables to take along: what a page shows as a table, in a file that spreadsheets open.

use axum::http::header;
use axum::response::{IntoResponse, Response};

/// Without this mark at the start, Excel takes the file for one of the computer's own alphabet and breaks every accent; other
/// programs pass over it.
const MARK: &str = "\u{feff}";

/// How a cell begins that a spreadsheet would run as a formula, by the list of OWASP; the wide ones do so in East Asian settings.
const FORMULA: [char; 11] = [
    '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// Rows of cells, the first of which are the headings.
#[derive(Debug)]
pub(crate) struct Csv {
    text: String,
}

impl Csv {
    /// A table that has its headings.
    pub(crate) fn new(headings: &[String]) -> Self {
        let mut table = Self {
            text: MARK.to_owned(),
        };
        table.row(headings);
        table
    }

    /// Adds a row.
    pub(crate) fn row<T: AsRef<str>>(&mut self, cells: &[T]) {
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                self.text.push(',');
            }
            self.cell(cell.as_ref());
        }
        self.text.push_str("\r\n");
    }

    /// Adds a cell in quotes, behind an apostrophe where it would be run.
    fn cell(&mut self, cell: &str) {
        self.text.push('"');
        if cell.starts_with(FORMULA) && !is_number(cell) {
            self.text.push('\'');
        }
        self.text.push_str(&cell.replace('"', "\"\""));
        self.text.push('"');
    }

    /// The table as it is written.
    #[cfg(test)]
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// The answer to a request: a file to save.
    pub(crate) fn saved_as(self, name: &str) -> Response {
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (
                header::CONTENT_DISPOSITION,
                format!("attachment; filename=\"{name}.csv\""),
            ),
        ];
        (headers, self.text).into_response()
    }
}

/// Whether a cell is a plain number, which may be below zero and is no formula.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(cell: &str) -> String {
        let mut table = Csv {
            text: String::new(),
        };
        table.row(&[cell]);
        table.text
    }

    #[test]
    fn a_cell_is_quoted_and_never_run() {
        for (cell, written) in [
            ("Room 4", "\"Room 4\"\r\n"),
            ("a, \"b\"", "\"a, \"\"b\"\"\"\r\n"),
            ("=1+1", "\"'=1+1\"\r\n"),
            ("+1", "\"'+1\"\r\n"),
            ("@SUM(A1)", "\"'@SUM(A1)\"\r\n"),
            ("\t=1", "\"'\t=1\"\r\n"),
            ("\n=1", "\"'\n=1\"\r\n"),
            ("\u{ff1d}1", "\"'\u{ff1d}1\"\r\n"),
            ("-2+3", "\"'-2+3\"\r\n"),
            ("-", "\"'-\"\r\n"),
            ("-2.5", "\"-2.5\"\r\n"),
            ("12", "\"12\"\r\n"),
            ("", "\"\"\r\n"),
        ] {
            assert_eq!(one(cell), written);
        }
    }

    #[test]
    fn a_table_begins_with_its_mark_and_its_headings() {
        let mut table = Csv::new(&["Class".to_owned(), "=A1".to_owned()]);
        table.row(&["Clase de español", "3"]);
        let want = "\u{feff}\"Class\",\"'=A1\"\r\n\"Clase de español\",\"3\"\r\n";
        assert_eq!(table.into_text(), want);
    }
}
