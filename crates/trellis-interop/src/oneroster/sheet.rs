//! One sheet for one class: a header with names that a teacher would write, and a line for each student.

use trellis_core::people::Role;

use super::{
    Mode, RosterEnrollment, RosterFiles, RosterGuardianship, RosterPerson, RosterSection, Sheet,
    cell,
};
use crate::finding::Finding;
use crate::package::PackageFile;

/// What a column may be called, in small letters.
const GIVEN: [&str; 4] = ["given name", "first name", "firstname", "nombre"];
const FAMILY: [&str; 5] = [
    "family name",
    "last name",
    "lastname",
    "surname",
    "apellido",
];
const ID: [&str; 4] = ["id", "student id", "number", "sourcedid"];
const CLASS: [&str; 3] = ["class", "section", "clase"];
const ROLE: [&str; 2] = ["role", "función"];
const CHILD: [&str; 2] = ["child id", "student of"];

/// What somebody is; a student where nothing stands.
fn role_of(name: &str) -> Option<Role> {
    match name.to_lowercase().as_str() {
        "" | "student" | "estudiante" => Some(Role::Learner),
        "teacher" | "maestro" | "maestra" => Some(Role::Teacher),
        "family" | "parent" | "guardian" | "familia" => Some(Role::Guardian),
        _ => None,
    }
}

/// Reads a sheet. People who are not in it stay as they are: a sheet is of one class, and not of the school.
pub(super) fn read(file: &PackageFile, findings: &mut Vec<Finding>) -> RosterFiles {
    let sheet = Sheet::read(file, findings);
    let mut roster = RosterFiles::empty();
    roster.people_mode = Mode::Changes;
    let named = |names: &[&str]| {
        sheet
            .header
            .iter()
            .position(|cell| names.contains(&cell.to_lowercase().as_str()))
    };
    let mut needed = |names: &[&str]| {
        let found = named(names);
        if found.is_none() {
            let message = format!("no column is called \"{}\"", names.join("\" or \""));
            let advice = format!("The header says: {}.", sheet.header.join(", "));
            findings.push(Finding::error(&sheet.name, 1, "no-column", message).advise(advice));
        }
        found
    };
    let (Some(id), Some(given), Some(family)) = (needed(&ID), needed(&GIVEN), needed(&FAMILY))
    else {
        return roster;
    };
    let (class, role, child) = (named(&CLASS), named(&ROLE), named(&CHILD));
    for (line, row) in &sheet.rows {
        let of = |column: Option<usize>| column.map_or("", |column| cell(row, column));
        let Some(role) = role_of(of(role)) else {
            let message = format!(
                "the role \"{}\" is none of student, teacher and family",
                of(role)
            );
            findings.push(Finding::error(&sheet.name, *line, "role", message));
            continue;
        };
        let sourced_id = cell(row, id);
        if sourced_id.is_empty() || cell(row, given).is_empty() {
            let message = "a line without an id or a given name";
            findings.push(Finding::error(&sheet.name, *line, "no-id", message));
            continue;
        }
        let place = sheet.place(*line);
        let section = of(class);
        if !section.is_empty() && role != Role::Guardian {
            if roster
                .sections
                .iter()
                .all(|known| known.sourced_id != section)
            {
                roster.sections.push(RosterSection {
                    sourced_id: section.to_owned(),
                    title: section.to_owned(),
                    leaves: false,
                    place: place.clone(),
                });
            }
            roster.enrollments.push(RosterEnrollment {
                section: section.to_owned(),
                person: sourced_id.to_owned(),
                role,
                leaves: false,
                place: place.clone(),
            });
        }
        let children = super::list(of(child)).filter(|_| role == Role::Guardian);
        roster
            .guardianships
            .extend(children.map(|child| RosterGuardianship {
                guardian: sourced_id.to_owned(),
                learner: child.to_owned(),
                place: place.clone(),
            }));
        roster.people.push(RosterPerson {
            sourced_id: sourced_id.to_owned(),
            given_name: cell(row, given).to_owned(),
            family_name: cell(row, family).to_owned(),
            role,
            leaves: false,
            place,
        });
    }
    roster
}
