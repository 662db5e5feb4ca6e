//! Rows before they have their place in order, names counted, reasons noted.

use std::collections::{BTreeMap, HashMap};

use super::columns::Columns;
use super::{LeftOut, Part};
use crate::name_order::natural;

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

impl Names {
    /// Puts the names in the order in which a person would count them, `q2` before `q10`, and gives
    /// the new number of each old one. Banks number what belongs together side by side, and a
    /// model may use that.
    pub(super) fn count_up(&mut self) -> Vec<u32> {
        // Where names stood is no longer true.
        self.places.clear();
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        order.sort_by_cached_key(|&old| natural(&self.list[old]));
        let mut new = vec![0; order.len()];
        for (place, &old) in (0..).zip(&order) {
            new[old] = place;
        }
        let mut list = std::mem::take(&mut self.list);
        self.list = order
            .into_iter()
            .map(|old| std::mem::take(&mut list[old]))
            .collect();
        new
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
