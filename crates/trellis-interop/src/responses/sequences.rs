//! pyKT's files: one row a student, or a part of one, with the answers joined by commas in a cell.

use csv::ByteRecord;

use super::columns::{Columns, Role};
use super::raw::{NO_SKILL, Raw, RawRow, text};
use super::{LeftOut, Part, cells};

/// Whether the header is that of a file of sequences.
pub(super) fn is_one(columns: &Columns) -> bool {
    let named = |role: Role, wanted: &str| {
        let column = columns.of_role(role).and_then(|at| columns.header.get(at));
        column.is_some_and(|name| name.trim().eq_ignore_ascii_case(wanted))
    };
    named(Role::Correct, "responses")
        && (named(Role::Skill, "concepts") || named(Role::Item, "questions"))
}

/// Takes in one row of many answers. The row counts as as many rows as it has answers; -1 pads.
pub(super) fn take(raw: &mut Raw, record: &ByteRecord, line: usize) {
    raw.read -= 1;
    let cell = |role: Role| {
        let column = raw.columns.of_role(role)?;
        Some(record.get(column).map(text).unwrap_or_default())
    };
    let student = cell(Role::Student).unwrap_or_default();
    let part = cell(Role::Part).map_or(Part::Unstated, |part| cells::part(&part));
    let lists = [
        Role::Correct,
        Role::Item,
        Role::Skill,
        Role::Time,
        Role::Repeat,
    ]
    .map(|role| cell(role).unwrap_or_default());
    let [correct, items, skills, times, repeats] = lists
        .each_ref()
        .map(|list| list.split(',').collect::<Vec<_>>());
    // Sequences that nobody can be told from are of the row's own student.
    let student = raw.students.number(&student);
    for (at, correct) in correct.iter().enumerate() {
        if correct.trim() == "-1" {
            break;
        }
        raw.read += 1;
        let named = |list: &[&str]| {
            let name = list.get(at).map_or("", |name| name.trim());
            (!matches!(name, "" | "-1" | "NA")).then(|| name.to_owned())
        };
        let (item, skill) = (named(&items), named(&skills));
        let correct = match cells::correct(correct) {
            Ok(correct) => correct,
            Err(why) => {
                raw.leave(why, line);
                continue;
            }
        };
        let Some(name) = item.or_else(|| skill.clone()) else {
            raw.leave(LeftOut::NoItem, line);
            continue;
        };
        if skill.is_none() {
            raw.no_skill += 1;
        }
        let row = RawRow {
            student,
            item: raw.items.number(&name),
            skill: raw.skills.number(skill.as_deref().unwrap_or(NO_SKILL)),
            correct,
            repeat: repeats.get(at).is_some_and(|cell| cell.trim() == "1"),
            part,
            moment: times.get(at).and_then(|cell| cells::moment(cell)),
            order: None,
        };
        raw.rows.push(row);
    }
}
