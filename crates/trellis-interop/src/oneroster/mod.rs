//! Rosters of other systems: OneRoster 1.1 and 1.2 as CSV files, whole or as changes, and a plain sheet of one class. What
//! comes out are people, classes and who belongs where, with a finding for every line that could not be used.
//!
//! OneRoster CSV Binding 1.2.1, <https://www.imsglobal.org/spec/oneroster/v1p2/bind/csv>. Demographics are never read.

mod check;
mod manifest;
mod sheet;
mod tables;

use trellis_core::people::Role;

use crate::finding::Finding;
use crate::package::PackageFile;

/// Whether a file holds everything, or what changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// All there is: who is not in it has left.
    Whole,
    /// Changes: who is not in it stays as they are.
    Changes,
}

/// Where something stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
}

/// Somebody in a roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterPerson {
    /// The school's own id.
    pub sourced_id: String,
    /// The name that they are called by: the preferred one where there is one.
    pub given_name: String,
    /// The family name.
    pub family_name: String,
    /// What they are to the school.
    pub role: Role,
    /// Whether they have left.
    pub leaves: bool,
    /// Where it says so.
    pub place: Place,
}

/// A class in a roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterSection {
    /// The school's own id.
    pub sourced_id: String,
    /// What people call it.
    pub title: String,
    /// Whether it has ended.
    pub leaves: bool,
    /// Where it says so.
    pub place: Place,
}

/// Somebody belongs to a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterEnrollment {
    /// The class, by the school's id.
    pub section: String,
    /// The person, by the school's id.
    pub person: String,
    /// Learner or teacher.
    pub role: Role,
    /// Whether they belong to it no longer.
    pub leaves: bool,
    /// Where it says so.
    pub place: Place,
}

/// An adult answers for a learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterGuardianship {
    /// The adult, by the school's id.
    pub guardian: String,
    /// The learner, by the school's id.
    pub learner: String,
    /// Where it says so.
    pub place: Place,
}

/// A roster as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterFiles {
    /// Whether people are there as a whole or as changes.
    pub people_mode: Mode,
    /// The same for who belongs to which class.
    pub enrollments_mode: Mode,
    /// People.
    pub people: Vec<RosterPerson>,
    /// Classes.
    pub sections: Vec<RosterSection>,
    /// Who belongs to which class.
    pub enrollments: Vec<RosterEnrollment>,
    /// Who answers for whom.
    pub guardianships: Vec<RosterGuardianship>,
}

/// Reads a roster. With an error among the findings it should not be used: something that it needs is not there.
#[must_use]
pub fn read(files: &[PackageFile]) -> (RosterFiles, Vec<Finding>) {
    let mut findings = Vec::new();
    let named = |name: &str| {
        files
            .iter()
            .find(|(path, _)| path.rsplit('/').next() == Some(name))
    };
    let mut roster = match (named("manifest.csv"), files) {
        (Some(manifest), _) => tables::read(manifest, files, &mut findings),
        (None, [sheet]) => sheet::read(sheet, &mut findings),
        (None, _) => {
            findings.push(
                Finding::error("manifest.csv", 0, "no-manifest", "there is no manifest.csv").advise(
                    "A OneRoster folder has one; it says which files are there. A single class is one CSV file by itself.",
                ),
            );
            RosterFiles::empty()
        }
    };
    check::check(&mut roster, &mut findings);
    (roster, findings)
}

impl RosterFiles {
    fn empty() -> Self {
        Self {
            people_mode: Mode::Changes,
            enrollments_mode: Mode::Changes,
            people: Vec::new(),
            sections: Vec::new(),
            enrollments: Vec::new(),
            guardianships: Vec::new(),
        }
    }
}

/// A CSV file with its header understood.
struct Sheet {
    name: String,
    header: Vec<String>,
    rows: Vec<(usize, csv::StringRecord)>,
}

/// The most rows of one file.
const MOST_ROWS: usize = 2_000_000;

impl Sheet {
    /// Reads a file; a line that is no CSV gives a finding.
    fn read((path, bytes): &PackageFile, findings: &mut Vec<Finding>) -> Self {
        let name = path.clone();
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = String::from_utf8_lossy(bytes);
        if matches!(text, std::borrow::Cow::Owned(_)) {
            let message = "some letters are not UTF-8 and were replaced";
            findings.push(
                Finding::warning(&name, 0, "not-utf-8", message)
                    .advise("Save the file as \"CSV UTF-8\"."),
            );
        }
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(text.as_bytes());
        let header = reader
            .headers()
            .map(|header| header.iter().map(|cell| cell.trim().to_owned()).collect())
            .unwrap_or_default();
        let mut rows = Vec::new();
        for record in reader.into_records() {
            match record {
                Ok(record) => {
                    let line = record.position().map_or(0, csv::Position::line);
                    let line = usize::try_from(line).unwrap_or(usize::MAX);
                    if record.iter().any(|cell| !cell.trim().is_empty()) {
                        rows.push((line, record));
                    }
                }
                Err(error) => {
                    let message = format!("the rest cannot be read as CSV: {error}");
                    findings.push(Finding::error(&name, rows.len() + 2, "not-csv", message));
                    break;
                }
            }
            if rows.len() >= MOST_ROWS {
                let message = format!("there are more than {MOST_ROWS} rows");
                findings.push(Finding::error(&name, MOST_ROWS, "too-many-rows", message));
                break;
            }
        }
        Self { name, header, rows }
    }

    /// The columns of these names; a finding for each that is not there.
    fn columns<const N: usize>(
        &self,
        names: [&str; N],
        findings: &mut Vec<Finding>,
    ) -> Option<[usize; N]> {
        let mut places = [0; N];
        let mut all = true;
        for (place, name) in places.iter_mut().zip(names) {
            match self.column(name) {
                Some(found) => *place = found,
                None => {
                    all = false;
                    findings.push(self.no_column(name));
                }
            }
        }
        all.then_some(places)
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|cell| cell == name)
    }

    fn no_column(&self, name: &str) -> Finding {
        let similar = self
            .header
            .iter()
            .find(|cell| cell.eq_ignore_ascii_case(name));
        let advice = match similar {
            Some(similar) => format!("There is \"{similar}\"; capitals count in a header."),
            None => format!("The header says: {}.", self.header.join(", ")),
        };
        let message = format!("the column \"{name}\" is missing");
        Finding::error(&self.name, 1, "no-column", message).advise(advice)
    }

    fn place(&self, line: usize) -> Place {
        Place {
            file: self.name.clone(),
            line,
        }
    }
}

/// A cell without blanks around it; nothing for a row that is too short.
fn cell(record: &csv::StringRecord, place: usize) -> &str {
    record.get(place).unwrap_or_default().trim()
}

/// The parts of a cell that lists ids.
fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
}
