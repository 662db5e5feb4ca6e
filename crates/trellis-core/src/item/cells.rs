//! Tables with blank cells to fill: numbers and words, each with its own key.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::compiler::Compiler;
use super::expression::Expression;
use super::gaps::check_numbers;
use super::interaction::{CellKind, Interaction, NumberForm};
use super::markup;
use super::number::Number;
use super::source::TemplateText;
use super::text::Text;
use super::variant::{Key, VariantFault};
use super::wording::Strictness;
use super::writer::Writer;

/// The key of one cell, understood.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Number {
        value: Expression,
        tolerance: Option<Expression>,
    },
    Text {
        answers: Vec<Text>,
        how: Strictness,
    },
}

/// A table to fill, understood.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cells {
    columns: Vec<Text>,
    rows: Vec<Vec<Text>>,
    pub(super) cells: Vec<Cell>,
}

/// The most rows or columns of a table to fill.
const MOST_LINES: usize = 20;

/// Understands `spelling`, exact unless it says `close`, and `capitals`, which do not matter unless it says so.
pub(super) fn spelling(c: &mut Compiler, source: &TemplateText) -> Strictness {
    let cased = source.parts.capitals.as_deref();
    if cased.is_some_and(|cased| cased != "matter") {
        c.fault(
            "capitals",
            "capitals can only \"matter\": leave it out else",
        );
    }
    let close = match source.parts.spelling.as_deref() {
        None | Some("exact") => false,
        Some("close") => true,
        Some(other) => {
            let what = format!("there is no spelling \"{other}\"; there are exact, close");
            c.fault("spelling", what);
            false
        }
    };
    Strictness {
        close,
        cased: cased.is_some(),
    }
}

/// Understands `table-entry`.
pub(super) fn compile(c: &mut Compiler, source: &TemplateText) -> Option<Cells> {
    let parts = &source.parts;
    if parts.columns.is_empty() || parts.rows.is_empty() || parts.gaps.is_empty() {
        let what = "table-entry needs columns = [..], rows = [[..], ..] and [[item.gap]]";
        c.fault("kind", what);
        return None;
    }
    if parts.columns.len() > MOST_LINES || parts.rows.len() > MOST_LINES {
        c.fault(
            "rows",
            format!("a table has at most {MOST_LINES} rows and columns"),
        );
        return None;
    }
    let columns = c.texts("columns", &parts.columns);
    let mut rows = Vec::new();
    for (index, row) in parts.rows.iter().enumerate() {
        if row.len() != parts.columns.len() {
            let (cells, heads) = (row.len(), parts.columns.len());
            let what = format!("row {} has {cells} cells for {heads} columns", index + 1);
            c.fault("rows", what);
        }
        rows.push(c.texts("rows", row));
    }
    let all = parts.rows.iter().flatten();
    let found = all.flat_map(|cell| markup::gaps(cell)).collect();
    if let Err(what) = check_numbers(found, parts.gaps.len()) {
        c.fault("rows", what);
    }
    let how = spelling(c, source);
    let mut cells = Vec::new();
    for (index, gap) in parts.gaps.iter().enumerate() {
        let field = format!("gap[{index}]");
        match (&gap.answer, gap.answers.as_slice()) {
            (Some(answer), []) => {
                let value = c.expression(&format!("{field}.answer"), answer);
                let tolerance = gap.tolerance.as_deref();
                let tolerance = match tolerance {
                    Some(text) => Some(c.expression(&format!("{field}.tolerance"), text)?),
                    None => None,
                };
                cells.push(Cell::Number {
                    value: value?,
                    tolerance,
                });
            }
            (None, [_, ..]) => cells.push(Cell::Text {
                answers: c.texts(&format!("{field}.answers"), &gap.answers),
                how,
            }),
            _ => c.fault(
                &field,
                "a cell needs answer = \"a + b\" (a number) or answers = [\"..\"]",
            ),
        }
    }
    Some(Cells {
        columns,
        rows,
        cells,
    })
}

impl Cells {
    /// Writes the table of a draw with the keys of its cells.
    pub(super) fn write(&self, writer: &Writer<'_>) -> Result<(Interaction, Key), VariantFault> {
        let mut rows = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            rows.push(writer.all("rows", row)?);
        }
        let mut keys = Vec::with_capacity(self.cells.len());
        let mut kinds = Vec::with_capacity(self.cells.len());
        for (index, cell) in self.cells.iter().enumerate() {
            let field = format!("gap[{index}].answer");
            keys.push(match cell {
                Cell::Number { value, tolerance } => {
                    kinds.push(CellKind::Number);
                    Key::Number {
                        value: writer.number(&field, value)?,
                        tolerance: match tolerance {
                            Some(tolerance) => writer.number(&field, tolerance)?,
                            None => Number::whole(0),
                        },
                        form: NumberForm::Any,
                    }
                }
                Cell::Text { answers, how } => {
                    kinds.push(CellKind::Text);
                    Key::Text {
                        answers: phrases(writer, &format!("{field}s"), answers)?,
                        close: how.close,
                        cased: how.cased,
                    }
                }
            });
        }
        let interaction = Interaction::TableEntry {
            columns: writer.all("columns", &self.columns)?,
            rows,
            cells: kinds,
        };
        Ok((interaction, Key::Cells { right: keys }))
    }
}

/// Words as typed, none of them empty.
pub(super) fn phrases(
    writer: &Writer<'_>,
    field: &str,
    texts: &[Text],
) -> Result<Vec<String>, VariantFault> {
    let mut out = Vec::with_capacity(texts.len());
    for (index, text) in texts.iter().enumerate() {
        let field = format!("{field}[{index}]");
        let phrase = writer.markup(&field, text)?;
        if super::wording::same(&phrase, &phrase, false) {
            out.push(phrase);
        } else {
            return Err(writer.fault(&field, "an answer has no letters".to_string()));
        }
    }
    Ok(out)
}
