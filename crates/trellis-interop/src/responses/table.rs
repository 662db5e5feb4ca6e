//! From bytes to raw rows: cells read, names counted, reasons noted.

use std::io::Read;

use csv::{ByteRecord, ReaderBuilder};

use super::columns::{Columns, Role};
use super::raw::{NO_SKILL, Raw, RawRow, text};
use super::sequences;
use super::{LeftOut, Part, Unusable, cells};

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
    if moment.is_none() && !time.is_empty() {
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
