//! Reads scenarios out of the book: fenced blocks of small tables, each with the line where it stands.

use std::path::{Path, PathBuf};

/// One scenario of the book.
#[derive(Debug, Clone)]
pub(crate) struct Scenario {
    /// The chapter's file name.
    pub(crate) chapter: String,
    /// The line of the block's first word.
    pub(crate) line: usize,
    /// `answers` or `advice`.
    pub(crate) kind: String,
    /// The tables, in order.
    pub(crate) tables: Vec<Table>,
}

/// A table: rows of cells under names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    names: Vec<String>,
    rows: Vec<(usize, Vec<String>)>,
}

/// One row of a table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    names: &'a [String],
    cells: &'a [String],
    /// Its line in the chapter.
    pub(crate) line: usize,
}

impl Table {
    /// The rows in order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, cells)| Row {
            names: &self.names,
            cells,
            line: *line,
        })
    }
}

impl<'a> Row<'a> {
    /// The cell under a name; `None` where the table has no such column or the cell is `-`.
    pub(crate) fn cell(&self, name: &str) -> Option<&'a str> {
        let place = self.names.iter().position(|one| one == name)?;
        self.cells
            .get(place)
            .map(String::as_str)
            .filter(|cell| *cell != "-")
    }

    /// The cell under a name, which must be there.
    pub(crate) fn must(&self, name: &str) -> &'a str {
        self.cell(name)
            .unwrap_or_else(|| panic!("line {}: the column {name:?} is missing", self.line))
    }
}

/// The scenarios of all chapters on how Trellis decides.
pub(crate) fn book() -> Vec<Scenario> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/src/how-it-decides");
    let mut chapters: Vec<PathBuf> = std::fs::read_dir(&folder)
        .expect("the book is beside the crates")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .collect();
    chapters.sort();
    let mut all = Vec::new();
    for chapter in chapters {
        let name = chapter
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        all.extend(scenarios(
            &name,
            &std::fs::read_to_string(&chapter).expect("a chapter is text"),
        ));
    }
    all
}

/// The scenarios of one chapter.
pub(crate) fn scenarios(chapter: &str, text: &str) -> Vec<Scenario> {
    let mut all: Vec<Scenario> = Vec::new();
    let mut inside = false;
    let mut table_open = false;
    for (index, line) in text.lines().enumerate() {
        let (line_number, line) = (index + 1, line.trim());
        if !inside {
            if line == "```trellis-scenario" {
                inside = true;
                table_open = false;
                let kind = String::new();
                all.push(Scenario {
                    chapter: chapter.to_owned(),
                    line: line_number + 1,
                    kind,
                    tables: Vec::new(),
                });
            }
            continue;
        }
        let scenario = all.last_mut().expect("a block was opened");
        let cells = || line.split('|').map(|cell| cell.trim().to_owned()).collect();
        if line == "```" {
            inside = false;
        } else if line.is_empty() {
            table_open = false;
        } else if scenario.kind.is_empty() {
            line.clone_into(&mut scenario.kind);
        } else if table_open {
            let table = scenario.tables.last_mut().expect("a table was opened");
            table.rows.push((line_number, cells()));
        } else {
            scenario.tables.push(Table {
                names: cells(),
                rows: Vec::new(),
            });
            table_open = true;
        }
    }
    all
}

#[test]
fn a_block_reads_as_its_tables() {
    let text =
        "Words.\n\n```trellis-scenario\nadvice\na | b\n1 | -\n\nc\n2\n```\n\n```sh\nls\n```\n";
    let read = scenarios("x.md", text);
    assert_eq!(read.len(), 1);
    assert_eq!(
        (read[0].kind.as_str(), read[0].line, read[0].tables.len()),
        ("advice", 4, 2)
    );
    let row = read[0].tables[0].rows().next().expect("a row");
    assert_eq!(
        (row.cell("a"), row.cell("b"), row.line),
        (Some("1"), None, 6)
    );
}
