//! Rows before they have their place in order, names counted, reasons noted.

use std::collections::{BTreeMap, HashMap};

use super::columns::Columns;
use super::{LeftOut, Part};

/// Names in the order in which they first appear.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) list: Vec<String>,
    places: HashMap<String, u32>,
}

impl Names {
    pub(super) fn number(&mut self, name: &str) -> u32 {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let place = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(name.to_owned());
        self.places.insert(name.to_owned(), place);
        place
    }
}

/// One row before it has its place in order.
#[derive(Debug, Clone, Copy)]
pub(super) struct RawRow {
    pub(super) student: u32,
    pub(super) item: u32,
    pub(super) skill: u32,
    pub(super) correct: bool,
    pub(super) repeat: bool,
    pub(super) part: Part,
    /// On the file's own clock.
    pub(super) moment: Option<f64>,
    pub(super) order: Option<f64>,
}

/// Rows left out for one reason: how many, and the first line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Left {
    pub(super) count: usize,
    pub(super) line: usize,
}

/// All rows of a file in its own order.
#[derive(Debug, Default)]
pub(super) struct Raw {
    pub(super) columns: Columns,
    pub(super) rows: Vec<RawRow>,
    pub(super) students: Names,
    pub(super) items: Names,
    pub(super) skills: Names,
    pub(super) read: usize,
    pub(super) left: BTreeMap<LeftOut, Left>,
    /// Rows whose skill is not named, or whose time is there and cannot be read.
    pub(super) no_skill: usize,
    pub(super) odd_times: usize,
}

impl Raw {
    pub(super) fn leave(&mut self, why: LeftOut, line: usize) {
        let left = self.left.entry(why).or_insert(Left { count: 0, line });
        left.count += 1;
    }
}

/// The one skill of rows that name none.
pub(super) const NO_SKILL: &str = "(no skill named)";

/// A cell as text; what is not UTF-8 is taken as Latin-1, which older exports are.
pub(super) fn text(cell: &[u8]) -> String {
    std::str::from_utf8(cell).map_or_else(
        |_| cell.iter().map(|&byte| char::from(byte)).collect(),
        |text| text.trim().to_owned(),
    )
}
