//! `cargo xtask asvs`: how Trellis stands to the rows of OWASP's Application Security Verification Standard 5.0.0 (levels 1
//! and 2), as a chapter of the book, from `docs/asvs.tsv`: number, level, what is asked in our words, how it stands, by what.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::process::ExitCode;

use crate::tree;

/// The rows, and the chapter that is made of them.
const ROWS: &str = "docs/asvs.tsv";
const CHAPTER: &str = "docs/src/asvs.md";
/// How many rows the standard has on each level.
const LEVELS: [(&str, usize); 2] = [("1", 70), ("2", 183)];
/// How a row can stand, and what that means.
const STANDS: [(&str, &str); 4] = [
    (
        "test",
        "met, and tests with these names fail when it is not",
    ),
    ("hand", "met, by reading what is named; no test shows it"),
    ("none", "there is nothing here that it could be about"),
    ("open", "not met, or in part only"),
];

/// One row.
struct Row<'a> {
    number: &'a str,
    level: &'a str,
    asks: &'a str,
    stands: &'a str,
    by: &'a str,
}

/// Writes the chapter anew.
pub(crate) fn run(words: &[String], out: &mut dyn Write) -> io::Result<ExitCode> {
    if !words.is_empty() {
        writeln!(out, "cargo xtask asvs")?;
        return Ok(ExitCode::from(2));
    }
    let root = tree::root();
    let text = fs::read_to_string(root.join(ROWS))?;
    fs::write(
        root.join(CHAPTER),
        chapter(&rows(&text).map_err(io::Error::other)?),
    )?;
    writeln!(out, "{CHAPTER}: written")?;
    Ok(ExitCode::SUCCESS)
}

/// The rows of the file, or what is wrong with it.
fn rows(text: &str) -> Result<Vec<Row<'_>>, String> {
    let mut rows = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[id, level, asks, stands, by] = fields.as_slice() else {
            return Err(format!(
                "{ROWS}:{number}: five fields with tabs between are asked"
            ));
        };
        if STANDS.iter().all(|known| known.0 != stands) || by.is_empty() {
            return Err(format!(
                "{ROWS}:{number}: {stands} is no way to stand, or nothing shows it"
            ));
        }
        rows.push(Row {
            number: id,
            level,
            asks,
            stands,
            by,
        });
    }
    let distinct: BTreeSet<&str> = rows.iter().map(|row| row.number).collect();
    if distinct.len() != rows.len() {
        return Err(format!("{ROWS}: a number stands twice"));
    }
    for (level, wanted) in LEVELS {
        let found = rows.iter().filter(|row| row.level == level).count();
        if found != wanted {
            return Err(format!(
                "{ROWS}: {found} rows of level {level} instead of {wanted}"
            ));
        }
    }
    Ok(rows)
}

/// The names of tests that rows rest on.
#[cfg(test)]
fn named<'a>(rows: &'a [Row<'a>]) -> impl Iterator<Item = &'a str> {
    let tested = rows.iter().filter(|row| row.stands == "test");
    tested.flat_map(|row| row.by.split(' '))
}

fn chapter(rows: &[Row<'_>]) -> String {
    let mut out = String::from(
        "# Security, row by row\n\n\
         How Trellis stands to each row of OWASP's Application Security Verification Standard 5.0.0 on the levels 1 and 2. The words \
         are ours and short; the numbers lead to the standard's own. Written by `cargo xtask asvs` from `docs/asvs.tsv`; a test \
         demands that every test that is named here exists. Nobody outside of the project has looked it through.\n\n\
         | how it stands | level 1 | level 2 | what that means |\n| --- | --- | --- | --- |\n",
    );
    for (stands, means) in STANDS {
        let count = |level: &str| {
            let found = rows
                .iter()
                .filter(|row| row.level == level && row.stands == stands);
            found.count()
        };
        out.push_str(&format!(
            "| {stands} | {} | {} | {means} |\n",
            count("1"),
            count("2")
        ));
    }
    let mut chapters: BTreeMap<u32, Vec<&Row<'_>>> = BTreeMap::new();
    for row in rows {
        let first = row.number.trim_start_matches('V').split('.').next();
        let chapter = first.and_then(|first| first.parse().ok()).unwrap_or(0);
        chapters.entry(chapter).or_default().push(row);
    }
    for (chapter, rows) in chapters {
        out.push_str(&format!(
            "\n## V{chapter}\n\n| row | level | asks | stands | by |\n| --- | --- | --- | --- | --- |\n"
        ));
        for row in rows {
            let by = if row.stands == "test" {
                let names: Vec<String> =
                    row.by.split(' ').map(|name| format!("`{name}`")).collect();
                names.join(", ")
            } else {
                row.by.to_owned()
            };
            let Row {
                number,
                level,
                asks,
                stands,
                ..
            } = row;
            out.push_str(&format!(
                "| {number} | {level} | {asks} | {stands} | {by} |\n"
            ));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str) -> String {
        fs::read_to_string(tree::root().join(path)).unwrap()
    }

    #[test]
    fn the_chapter_is_current_and_its_tests_exist() {
        let text = read(ROWS);
        let rows = rows(&text).unwrap();
        assert!(chapter(&rows) == read(CHAPTER), "run `cargo xtask asvs`");
        let files = tree::read(&tree::root()).unwrap();
        let rust: String = files
            .iter()
            .filter(|file| file.extension() == "rs")
            .map(|file| file.text.as_str())
            .collect();
        for name in named(&rows) {
            assert!(
                rust.contains(&format!("fn {name}(")),
                "{name}: there is no such test"
            );
        }
    }

    #[test]
    fn rows_that_are_wrong_are_named() {
        let says = |text: &str| rows(text).err().unwrap();
        assert!(says("V1.1.1\t1\tasks").contains("asvs.tsv:1: five fields"));
        assert!(says("V1.1.1\t1\tasks\tmet\tby").contains("no way to stand"));
        let row = "V1.1.1\t1\tasks\topen\tby\n";
        assert!(says(&row.repeat(2)).contains("stands twice"));
        assert!(says(row).contains("1 rows of level 1 instead of 70"));
    }
}
