//! Rows in order: each student's together, by time, duplicates out, one answer once.

use std::collections::BTreeMap;

use super::columns::Role;
use super::raw::{Left, Names, Raw, RawRow};
use super::{LeftOut, Part, Responses, Row, Unusable, cells};
use crate::finding::Finding;

/// Seconds of a row, with the unit of its column.
fn seconds(row: &RawRow, unit: f64) -> Option<u64> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a positive number under 1e18; a cast of a float saturates"
    )]
    row.moment.map(|moment| (moment / unit) as u64)
}

/// Where a row stands among its student's: the stated order, else the time.
fn place(row: &RawRow) -> Option<f64> {
    row.order.or(row.moment)
}

pub(super) fn arrange(mut raw: Raw, name: &str) -> Result<Responses, Unusable> {
    let largest = raw.rows.iter().filter_map(|row| row.moment);
    let largest = largest.fold(0.0, f64::max);
    let unit = cells::units_a_second(largest);
    if !cells::begins_at_nought(largest) {
        for row in &mut raw.rows {
            row.moment = row.moment.filter(|moment| *moment > 0.0);
        }
    }
    let mut rows = std::mem::take(&mut raw.rows);
    // Stable: rows of one student keep the file's order.
    rows.sort_by_key(|row| row.student);
    let (mut backwards, mut unordered) = (0, 0);
    for own in rows.chunk_by_mut(|a, b| a.student == b.student) {
        let known = own.iter().filter(|row| place(row).is_some()).count();
        if known == own.len() {
            let falls = |pair: &&[RawRow]| place(&pair[1]) < place(&pair[0]);
            let count = own.windows(2).filter(falls).count();
            if count > 0 {
                backwards += count;
                own.sort_by(|a, b| {
                    place(a)
                        .partial_cmp(&place(b))
                        .unwrap_or(std::cmp::Ordering::Equal)
                });
            }
        } else if known > 0 {
            unordered += 1;
        }
    }
    let (mut rows, splits) = once(&mut raw, &rows, unit);
    let numbers = raw.items.count_up();
    for row in &mut rows {
        let old = usize::try_from(row.item).ok();
        row.item = old
            .and_then(|old| numbers.get(old))
            .copied()
            .unwrap_or(row.item);
    }
    let mut findings = findings(&raw, name, backwards, unordered, splits);
    if rows.is_empty() {
        let read = raw.read;
        findings.truncate(8);
        return Err(Unusable::NoRows { read, findings });
    }
    oddities(&mut findings, &rows, &raw.skills, name);
    Ok(Responses {
        rows,
        students: raw.students.list,
        items: raw.items.list,
        skills: raw.skills.list,
        columns: raw.columns,
        read: raw.read,
        left_out: raw
            .left
            .iter()
            .map(|(why, left)| (*why, left.count))
            .collect(),
        findings,
    })
}

/// Takes duplicates out, and joins rows that give one answer once for each of its skills. Also
/// counts students on both sides of the split.
fn once(raw: &mut Raw, rows: &[RawRow], unit: f64) -> (Vec<Row>, usize) {
    let mut out: Vec<Row> = Vec::with_capacity(rows.len());
    let mut splits = 0;
    for own in rows.chunk_by(|a, b| a.student == b.student) {
        splits += usize::from(own.iter().any(|row| row.part != own[0].part));
        let mut kept: Option<(RawRow, Vec<u32>)> = None;
        for row in own {
            if let Some((last, skills)) = &mut kept {
                let same = last.item == row.item && last.correct == row.correct;
                let now = place(row).is_some() && place(row) == place(last);
                let again = skills.contains(&row.skill);
                if same && now && again {
                    raw.leave(LeftOut::Duplicate, 0);
                    continue;
                }
                if !again && (row.repeat || same && now) {
                    skills.push(row.skill);
                    raw.leave(LeftOut::SameAnswerOtherSkill, 0);
                    continue;
                }
            }
            if let Some((last, skills)) = kept.replace((*row, vec![row.skill])) {
                out.push(finished(&mut raw.skills, &last, &skills, unit));
            }
        }
        if let Some((last, skills)) = kept {
            out.push(finished(&mut raw.skills, &last, &skills, unit));
        }
    }
    (out, splits)
}

fn finished(names: &mut Names, row: &RawRow, skills: &[u32], unit: f64) -> Row {
    let skill = if let [one] = skills {
        *one
    } else {
        let mut set: Vec<&str> = skills
            .iter()
            .filter_map(|&skill| names.list.get(usize::try_from(skill).ok()?))
            .map(String::as_str)
            .collect();
        set.sort_unstable();
        let set = set.join("~~");
        names.number(&set)
    };
    Row {
        student: row.student,
        item: row.item,
        skill,
        correct: row.correct,
        time_s: seconds(row, unit),
        part: row.part,
    }
}

fn findings(
    raw: &Raw,
    name: &str,
    backwards: usize,
    unordered: usize,
    splits: usize,
) -> Vec<Finding> {
    let mut out = Vec::new();
    let mut warn = |line: usize, rule: &str, words: String| {
        out.push(Finding::warning(name, line, rule, words));
    };
    for (why, Left { count, line }) in &raw.left {
        warn(*line, why.name(), format!("{count} rows {}", why.words()));
    }
    if backwards > 0 {
        let words = format!(
            "time runs backwards {backwards} times within a student; those students were put in order of time"
        );
        warn(0, "time-backwards", words);
    }
    if unordered > 0 {
        let words = format!(
            "{unordered} students have rows with and without a time; they keep the file's order"
        );
        warn(0, "time-gaps", words);
    }
    if raw.odd_times > 0 {
        let words = format!(
            "{} times cannot be read and count as unknown",
            raw.odd_times
        );
        warn(0, "time-unreadable", words);
    }
    if raw.no_skill > 0 {
        let words = format!(
            "{} rows name no skill; they count as one skill of their own",
            raw.no_skill
        );
        warn(0, "no-skill", words);
    }
    if raw.columns.of_role(Role::Item).is_none() {
        warn(
            0,
            "no-items",
            "no column names items; each skill counts as one item".into(),
        );
    }
    if splits > 0 {
        let words = format!(
            "{splits} students stand on more than one side of the split; the column is not used and students are dealt into folds"
        );
        warn(0, "split-students", words);
    }
    out
}

/// Findings about the answers themselves.
fn oddities(findings: &mut Vec<Finding>, rows: &[Row], skills: &Names, name: &str) {
    let mut by_skill: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for row in rows {
        let (count, right) = by_skill.entry(row.skill).or_default();
        *count += 1;
        *right += usize::from(row.correct);
    }
    let one_class: Vec<&str> = by_skill
        .iter()
        .filter(|(_, (count, right))| *right == 0 || right == count)
        .filter_map(|(skill, _)| skills.list.get(usize::try_from(*skill).ok()?))
        .map(String::as_str)
        .collect();
    if let Some(first) = one_class.first() {
        let words = format!(
            "{} of {} skills were always right or always wrong, the first is `{first}`; nothing tells how hard they are",
            one_class.len(),
            by_skill.len()
        );
        findings.push(Finding::warning(name, 0, "one-class-skills", words));
    }
    if rows.iter().all(|row| row.student == rows[0].student) {
        let words = "there is a single student; nobody is left to be held out";
        findings.push(Finding::warning(name, 0, "single-student", words));
    }
    if rows.iter().all(|row| row.correct == rows[0].correct) {
        let words = "all answers are alike; nothing can be told apart";
        findings.push(Finding::warning(name, 0, "one-class", words));
    }
}

impl Responses {
    /// Whether the file says for each student which side of a split they are on.
    #[must_use]
    pub fn has_split(&self) -> bool {
        let stated = self.rows.iter().all(|row| row.part != Part::Unstated);
        let whole = self.findings.iter().all(|one| one.rule != "split-students");
        let sides = self.rows.iter().any(|row| row.part != self.rows[0].part);
        stated && whole && sides
    }
}
