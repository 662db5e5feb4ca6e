//! From bytes to raw rows: cells read, names counted, reasons noted.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;

use csv::{ByteRecord, ReaderBuilder};

use super::columns::{Columns, Role};
use super::sequences;
use super::{LeftOut, Part, Unusable, cells};

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

/// The sign between cells: whichever of tab, semicolon and comma the first line has most of.
fn sign(first: &[u8]) -> u8 {
    let line = first.split(|&byte| byte == b'\n').next().unwrap_or(first);
    let count = |sign: u8| line.iter().filter(|&&byte| byte == sign).count();
    [b'\t', b';', b',']
        .into_iter()
        .rev()
        .max_by_key(|&sign| count(sign))
        .unwrap_or(b',')
}

const FIRST: usize = 64 * 1024;

pub(super) fn read(mut input: impl Read, progress: &mut dyn FnMut(u64)) -> Result<Raw, Unusable> {
    let mut first = Vec::new();
    input.by_ref().take(FIRST as u64).read_to_end(&mut first)?;
    if first.is_empty() {
        return Err(Unusable::NotATable("it is empty".into()));
    }
    if first.contains(&0) {
        return Err(Unusable::NotATable(
            "it holds bytes that no text has; give a CSV file".into(),
        ));
    }
    let mut reader = ReaderBuilder::new()
        .flexible(true)
        .delimiter(sign(&first))
        .from_reader(first.chain(input));
    let columns = {
        let header = reader.byte_headers().map_err(broken)?;
        Columns::of(header.iter().map(text).collect())
    };
    let missing = columns.missing();
    if !missing.is_empty() {
        return Err(Unusable::MissingColumns {
            missing,
            header: columns.header,
        });
    }
    let mut raw = Raw {
        columns,
        ..Raw::default()
    };
    let in_sequences = sequences::is_one(&raw.columns);
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(broken)? {
        raw.read += 1;
        let line = record
            .position()
            .map_or(0, |at| usize::try_from(at.line()).unwrap_or(usize::MAX));
        if in_sequences {
            sequences::take(&mut raw, &record, line);
        } else {
            take(&mut raw, &record, line);
        }
        if raw.read.is_multiple_of(4096) {
            progress(reader.position().byte());
        }
    }
    Ok(raw)
}

fn broken(error: csv::Error) -> Unusable {
    let words = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(error) => Unusable::Io(error),
        _ => Unusable::NotATable(words),
    }
}

/// Takes in one row of a file with one answer a row.
fn take(raw: &mut Raw, record: &ByteRecord, line: usize) {
    match row(raw, record) {
        Ok(row) => raw.rows.push(row),
        Err(why) => raw.leave(why, line),
    }
}

fn row(raw: &mut Raw, record: &ByteRecord) -> Result<RawRow, LeftOut> {
    let cell = |role: Role| {
        let column = raw.columns.of_role(role)?;
        Some(record.get(column).map(text))
    };
    // A column that the header has must be there for what a row cannot do without.
    let needed = |role: Role| cell(role).flatten().ok_or(LeftOut::Short);
    let student = needed(Role::Student)?;
    let correct = cells::correct(&needed(Role::Correct)?)?;
    if student.is_empty() {
        return Err(LeftOut::NoStudent);
    }
    let skill = cell(Role::Skill).flatten().unwrap_or_default();
    let mut item = cell(Role::Item).flatten().unwrap_or_default();
    if let Some(step) = raw.columns.step.and_then(|at| record.get(at)) {
        item = format!("{item} / {}", text(step));
    }
    if item.is_empty() {
        if skill.is_empty() {
            return Err(LeftOut::NoItem);
        }
        // Without items every question on a skill is the same one.
        item.clone_from(&skill);
    }
    let time = cell(Role::Time).flatten().unwrap_or_default();
    let moment = cells::moment(&time);
    let order = cell(Role::Order).flatten();
    let order = order.and_then(|order| order.parse::<f64>().ok());
    let part = cell(Role::Part).flatten();
    let part = part.map_or(Part::Unstated, |part| cells::part(&part));
    if moment.is_none() && !time.is_empty() && time.parse::<f64>() != Ok(0.0) {
        raw.odd_times += 1;
    }
    let skill = if skill.is_empty() {
        raw.no_skill += 1;
        raw.skills.number(NO_SKILL)
    } else {
        raw.skills.number(&skill)
    };
    Ok(RawRow {
        student: raw.students.number(&student),
        item: raw.items.number(&item),
        skill,
        correct,
        repeat: false,
        part,
        moment,
        order: order.filter(|order| order.is_finite()),
    })
}
