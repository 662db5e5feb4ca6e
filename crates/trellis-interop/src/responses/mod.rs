//! Recorded answers of learners in a CSV file of another system: which column is what, which rows
//! can be used, and why the others cannot.
//!
//! Nothing is dropped in silence: [`Responses::left_out`] counts every row that is not used by its
//! reason, and [`Responses::findings`] says it in words with the first line where it happened.
//!
//! Columns that are only known after the answer, such as the hints or tries that a problem took in
//! all, are never read: a model that saw them would know the outcome.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;

use crate::finding::Finding;

mod cells;
mod columns;
mod order;
mod raw;
mod sequences;
mod table;

pub use columns::{Columns, Role};

/// Which side of a split a row is on, when the file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The file says nothing.
    Unstated,
    /// For fitting.
    Train,
    /// For scoring.
    Test,
    /// In this fold of several.
    Fold(u16),
}

/// One usable answer. Students and skills are numbered in the order in which they first appear,
/// items in the order in which a person would count their names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// Place of the student in [`Responses::students`].
    pub student: u32,
    /// Place of the item in [`Responses::items`].
    pub item: u32,
    /// Place of the skill, or set of skills, in [`Responses::skills`].
    pub skill: u32,
    /// Whether the answer was right.
    pub correct: bool,
    /// Seconds on some clock; `None` where unknown.
    pub time_s: Option<u64>,
    /// The side of the split.
    pub part: Part,
}

/// Why a row is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// The row has fewer cells than the header.
    Short,
    /// No student is named.
    NoStudent,
    /// Neither an item nor a skill is named.
    NoItem,
    /// The answer's cell is empty.
    NoAnswer,
    /// The answer is neither right nor wrong in any spelling that is known.
    UnreadableAnswer,
    /// The answer is partly right, such as 0.5.
    PartialCredit,
    /// The same student, item, skill, time and answer as the row before.
    Duplicate,
    /// The same answer again for another skill; joined to the row before as a set of skills.
    SameAnswerOtherSkill,
}

impl LeftOut {
    /// A short name for machines.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Short => "short-row",
            Self::NoStudent => "no-student",
            Self::NoItem => "no-item",
            Self::NoAnswer => "no-answer",
            Self::UnreadableAnswer => "unreadable-answer",
            Self::PartialCredit => "partial-credit",
            Self::Duplicate => "duplicate",
            Self::SameAnswerOtherSkill => "same-answer-other-skill",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Short => "have fewer cells than the header",
            Self::NoStudent => "name no student",
            Self::NoItem => "name neither an item nor a skill",
            Self::NoAnswer => "have no answer",
            Self::UnreadableAnswer => "have an answer that is neither right nor wrong",
            Self::PartialCredit => "have an answer that is partly right",
            Self::Duplicate => "repeat the row before: same student, item, time and answer",
            Self::SameAnswerOtherSkill => {
                "give the answer of the row before again for another skill; joined to it, because \
                 an answer that stands twice predicts itself"
            }
        }
    }
}

/// What a file gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Responses {
    /// Usable answers: each student's together and in order of time, students in the order in
    /// which they first appear.
    pub rows: Vec<Row>,
    /// Names of students.
    pub students: Vec<String>,
    /// Names of items.
    pub items: Vec<String>,
    /// Names of skills and sets of skills.
    pub skills: Vec<String>,
    /// Which column was taken for what.
    pub columns: Columns,
    /// Rows of the file, without the header.
    pub read: usize,
    /// Rows that are not used, by reason.
    pub left_out: BTreeMap<LeftOut, usize>,
    /// What a person should know about the file.
    pub findings: Vec<Finding>,
}

/// Why a file gave nothing.
#[derive(Debug)]
pub enum Unusable {
    /// Reading failed.
    Io(std::io::Error),
    /// The file is no table: the reader's words.
    NotATable(String),
    /// Columns are missing that nothing can stand for.
    MissingColumns {
        /// What is missing.
        missing: Vec<Role>,
        /// The header as it is.
        header: Vec<String>,
    },
    /// There is a header, but no row can be used; findings say why.
    NoRows {
        /// Rows of the file.
        read: usize,
        /// What was found on the way.
        findings: Vec<Finding>,
    },
}

impl fmt::Display for Unusable {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(out, "the file cannot be read: {error}"),
            Self::NotATable(why) => write!(out, "the file is no table: {why}"),
            Self::MissingColumns { missing, header } => {
                writeln!(out, "columns are missing:")?;
                for role in missing {
                    writeln!(
                        out,
                        "  {}: looked for {}",
                        role.words(),
                        columns::spellings(*role).join(", ")
                    )?;
                }
                write!(out, "  the header has: {}", header.join(", "))
            }
            Self::NoRows { read, findings } => {
                write!(out, "none of {read} rows can be used")?;
                findings
                    .iter()
                    .try_for_each(|finding| write!(out, "\n  {finding}"))
            }
        }
    }
}

impl std::error::Error for Unusable {}

impl From<std::io::Error> for Unusable {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error)
    }
}

/// Reads a file of answers. `name` stands in findings; `progress` is told how many bytes were read
/// so far, now and then.
///
/// # Errors
/// A file that cannot be read, is no table, lacks columns or has no usable row: see [`Unusable`].
pub fn read(
    input: impl Read,
    name: &str,
    progress: &mut dyn FnMut(u64),
) -> Result<Responses, Unusable> {
    let raw = table::read(input, progress)?;
    order::arrange(raw, name)
}

#[cfg(test)]
mod tests;
