//! Questions that are answered by writing: cells of a table, and sentences that a person scores.

use trellis_core::item::{
    CellKind, FileKind, Interaction, Key, LONGEST_WRITTEN, MOST_CRITERIA, MOST_LEVELS, NumberForm,
    Response, Rubric, markup,
};

use super::entries::{Answered, Refusal};
use super::{Cell, number_text};

/// The most rows or columns.
const MOST_LINES: usize = 20;

/// A table with blank cells.
pub(super) fn table(
    columns: &[String],
    rows: &[Vec<String>],
    cells: &[Cell],
) -> Result<Answered, Refusal> {
    let bad = |what: &str| Err(("table", what.to_string()));
    if columns.is_empty() || rows.is_empty() || columns.len().max(rows.len()) > MOST_LINES {
        return bad("a table to fill has 1 to 20 rows and columns");
    }
    if rows.iter().any(|row| row.len() != columns.len()) {
        return bad("a row has not a cell for each column");
    }
    let mut gaps: Vec<usize> = rows
        .iter()
        .flatten()
        .flat_map(|cell| markup::gaps(cell))
        .collect();
    gaps.sort_unstable();
    if cells.is_empty() || !gaps.into_iter().eq(1..=cells.len()) {
        return bad("the cells do not hold each gap once");
    }
    let (mut kinds, mut keys, mut given) = (Vec::new(), Vec::new(), Vec::new());
    for cell in cells {
        match cell {
            Cell::Number(accepted) => {
                kinds.push(CellKind::Number);
                given.push(number_text(&accepted.value));
                keys.push(Key::Number {
                    value: accepted.value.clone(),
                    tolerance: accepted.tolerance.clone(),
                    form: NumberForm::Any,
                });
            }
            Cell::Text {
                answers,
                close,
                cased,
            } => {
                kinds.push(CellKind::Text);
                let Some(first) = answers.first() else {
                    return Err(("no-key", "a cell has no right answer".to_string()));
                };
                given.push(first.clone());
                keys.push(Key::Text {
                    answers: answers.clone(),
                    close: *close,
                    cased: *cased,
                });
            }
        }
    }
    let interaction = Interaction::TableEntry {
        columns: columns.to_vec(),
        rows: rows.to_vec(),
        cells: kinds,
    };
    Ok((
        interaction,
        Key::Cells { right: keys },
        Response::Gaps(given),
    ))
}

/// A file to hand in. A name that could be that of a file stands for one.
pub(super) fn upload(
    takes: &[FileKind],
    rubric: &Rubric,
    sample: &str,
) -> Result<Answered, Refusal> {
    let (_, key, _) = written(LONGEST_WRITTEN, rubric, sample)?;
    let Some(ending) = takes.first().and_then(|kind| kind.endings().first()) else {
        return Err(("takes", "no kind of file is asked for".to_string()));
    };
    let interaction = Interaction::Upload {
        takes: takes.to_vec(),
    };
    let name = format!("{}.{ending}", "0".repeat(64));
    Ok((interaction, key, Response::File { name, bytes: 1 }))
}

/// An answer in writing. Its sample, or a word, stands for an answer: whether it gets points a person says.
pub(super) fn written(longest: u32, rubric: &Rubric, sample: &str) -> Result<Answered, Refusal> {
    let levels = |count: usize| (2..=MOST_LEVELS).contains(&count);
    let rise = |points: Vec<u8>| points.first() == Some(&0) && points.is_sorted_by(|a, b| a < b);
    let fits = (1..=MOST_CRITERIA).contains(&rubric.criteria.len())
        && rubric.criteria.iter().all(|criterion| {
            let points = criterion.levels.iter().map(|level| level.points).collect();
            levels(criterion.levels.len()) && rise(points)
        });
    if !fits {
        let what = format!(
            "a rubric has 1 to {MOST_CRITERIA} criteria with 2 to {MOST_LEVELS} levels, whose points begin with 0 and rise"
        );
        return Err(("rubric", what));
    }
    let interaction = Interaction::Written {
        longest: longest.clamp(1, LONGEST_WRITTEN),
    };
    let key = Key::Written {
        rubric: rubric.clone(),
        sample: sample.to_string(),
    };
    Ok((interaction, key, Response::Text("?".to_string())))
}
