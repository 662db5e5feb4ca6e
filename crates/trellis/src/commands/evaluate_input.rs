//! A file of answers, read with a progress bar and turned into what models take.

use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use trellis_interop::responses::{Part, Responses, Row, read};
use trellis_stats::probability::Probability;
use trellis_stats::tracing::{CompetencyKey, ItemKey, Opportunity, Response};

/// Answers as models take them, and the file they are from.
pub(crate) struct Answers {
    /// The file's name.
    pub(crate) name: String,
    /// What the reading found.
    pub(crate) file: Responses,
    /// One row each, in the order of the file's rows.
    pub(crate) rows: Vec<Response>,
}

/// A progress bar on a terminal; nothing elsewhere, so that logs and pipes stay clean.
pub(crate) fn bar(length: u64, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(length);
    let style = ProgressStyle::with_template("{msg} [{bar:30}] {percent} % {eta}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message(what);
    bar
}

/// Reads a file of answers.
pub(crate) fn open(path: &Path) -> Result<Answers, Box<dyn Error>> {
    let shown = path.display();
    let opened = File::open(path).map_err(|error| format!("{shown}: {error}"))?;
    let bar = bar(opened.metadata().map_or(0, |about| about.len()), "reading");
    let name = path.file_name().map_or_else(
        || shown.to_string(),
        |name| name.to_string_lossy().into_owned(),
    );
    let read = read(opened, &name, &mut |bytes| bar.set_position(bytes));
    bar.finish_and_clear();
    let file = read.map_err(|error| format!("{shown}: {error}"))?;
    let rows = responses(&file.rows);
    Ok(Answers { name, file, rows })
}

/// Rows with the time since the student's last answer on the same skill.
fn responses(rows: &[Row]) -> Vec<Response> {
    let mut last: HashMap<u32, Option<u64>> = HashMap::new();
    let mut student = None;
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        if student.replace(row.student) != Some(row.student) {
            last.clear();
        }
        let (competency, item) = (CompetencyKey(row.skill), ItemKey(row.item));
        let mut opportunity = Opportunity::first_try(competency, item, Probability::ZERO);
        let before = last.insert(row.skill, row.time_s).flatten();
        opportunity.seconds_since_practice = row
            .time_s
            .zip(before)
            .map(|(now, then)| now.saturating_sub(then));
        out.push(Response {
            learner: row.student,
            opportunity,
            correct: row.correct,
        });
    }
    out
}

/// A count with commas between thousands.
pub(crate) fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

impl Answers {
    /// What was read, what is used and why the rest is not, in lines.
    pub(crate) fn describe(&self, out: &mut impl Write) -> io::Result<()> {
        let file = &self.file;
        writeln!(
            out,
            "{}: {} rows read, {} used; {} students, {} items, {} skills; times {}",
            self.name,
            count(file.read),
            count(file.rows.len()),
            count(file.students.len()),
            count(file.items.len()),
            count(file.skills.len()),
            self.times(),
        )?;
        let column = |(role, at): &(_, usize)| {
            let role: &trellis_interop::responses::Role = role;
            let header = file.columns.header.get(*at);
            format!("{} = {}", role.words(), header.map_or("", String::as_str))
        };
        let columns: Vec<String> = file.columns.found.iter().map(column).collect();
        writeln!(out, "columns: {}", columns.join(", "))?;
        file.findings
            .iter()
            .try_for_each(|finding| writeln!(out, "{finding}"))
    }

    fn times(&self) -> &'static str {
        let known = self.file.rows.iter().filter(|row| row.time_s.is_some());
        match known.count() {
            0 => "unknown",
            all if all == self.file.rows.len() => "known",
            _ => "known in part",
        }
    }

    /// The same for machines.
    pub(crate) fn to_json(&self) -> Value {
        let file = &self.file;
        let left: serde_json::Map<String, Value> = file
            .left_out
            .iter()
            .map(|(why, count)| (why.name().to_owned(), json!(count)))
            .collect();
        json!({
            "name": self.name,
            "rows_read": file.read,
            "rows_used": file.rows.len(),
            "rows_left_out": left,
            "students": file.students.len(),
            "items": file.items.len(),
            "skills": file.skills.len(),
            "times": self.times(),
            "findings": file.findings,
        })
    }

    /// Which fold each row is held out in, counted from 0, and how many folds there are; rows of
    /// no fold are only fitted. The file's own split when it has one and no number was asked for.
    pub(crate) fn folds(&self, asked: Option<usize>, seed: u64) -> Result<Folds, String> {
        let students = self.file.students.len();
        if asked.is_none() && self.file.has_split() {
            return Ok(self.own_split());
        }
        if students < 2 {
            return Err(format!(
                "{}: there is a single student, so nobody can be held out to be predicted; \
                 give a file with at least two students",
                self.name
            ));
        }
        let folds = asked.unwrap_or(5).clamp(2, students);
        let dealt = trellis_stats::evaluation::deal(students, folds, seed);
        let of = |row: &Row| dealt.get(usize::try_from(row.student).ok()?).copied();
        Ok(Folds {
            words: format!("{folds} folds of students"),
            of_row: self.file.rows.iter().map(of).collect(),
            count: folds,
        })
    }

    fn own_split(&self) -> Folds {
        let rows = &self.file.rows;
        if rows.iter().any(|row| row.part == Part::Test) {
            let of_row: Vec<Option<usize>> = rows
                .iter()
                .map(|row| (row.part == Part::Test).then_some(0))
                .collect();
            let test = of_row.iter().flatten().count();
            return Folds {
                words: format!(
                    "the file's own split: {} rows to fit, {} to score",
                    count(rows.len() - test),
                    count(test)
                ),
                of_row,
                count: 1,
            };
        }
        let mut numbers: Vec<Part> = rows.iter().map(|row| row.part).collect();
        numbers.sort_unstable();
        numbers.dedup();
        Folds {
            words: format!("the file's own {} folds", numbers.len()),
            of_row: rows
                .iter()
                .map(|row| numbers.binary_search(&row.part).ok())
                .collect(),
            count: numbers.len(),
        }
    }
}

/// Who is held out when.
pub(crate) struct Folds {
    /// The split in words.
    pub(crate) words: String,
    /// The fold in which each row is scored.
    pub(crate) of_row: Vec<Option<usize>>,
    /// How many folds.
    pub(crate) count: usize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_commas() {
        let shown = [0, 999, 1000, 278_336, 1_000_000].map(count);
        assert_eq!(shown, ["0", "999", "1,000", "278,336", "1,000,000"]);
    }
}
