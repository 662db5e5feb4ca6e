//! The files of a OneRoster folder that say who is who and who belongs where: users, roles, classes, enrolments, orgs.

use std::collections::BTreeMap;

use trellis_core::people::Role;

use super::manifest::Manifest;
use super::{
    Mode, RosterEnrollment, RosterFiles, RosterGuardianship, RosterPerson, RosterSection, Sheet,
    cell, list,
};
use crate::finding::Finding;
use crate::package::PackageFile;

/// Files that are left alone, and why.
const LEFT_ALONE: [(&str, &str); 2] = [
    (
        "demographics",
        "demographics are never read: Trellis needs none",
    ),
    ("results", "results of other programs are not read"),
];

/// Reads the files that the manifest names.
pub(super) fn read(
    manifest: &PackageFile,
    files: &[PackageFile],
    findings: &mut Vec<Finding>,
) -> RosterFiles {
    let manifest_name = manifest.0.clone();
    let manifest = Manifest::read(manifest, findings);
    let mut open = |name: &str| -> Option<(Sheet, Mode)> {
        let mode = manifest.mode(name)?;
        let wanted = format!("{name}.csv");
        let file = files
            .iter()
            .find(|(path, _)| path.rsplit('/').next() == Some(wanted.as_str()));
        let Some(file) = file else {
            let message = format!("{wanted} is named and not there");
            findings.push(Finding::error(&manifest_name, 0, "no-file", message));
            return None;
        };
        Some((Sheet::read(file, findings), mode))
    };
    let orgs = open("orgs");
    let users = open("users");
    let roles = if manifest.roles_apart {
        open("roles")
    } else {
        None
    };
    let classes = open("classes");
    let enrollments = open("enrollments");
    for (name, why) in LEFT_ALONE {
        if manifest.mode(name).is_some() {
            let file = format!("{name}.csv");
            findings.push(Finding::note(&file, 0, "left-alone", why));
        }
    }
    let mut roster = RosterFiles::empty();
    if let Some((orgs, _)) = &orgs {
        circles(orgs, findings);
    }
    let roles = roles.map(|(roles, _)| roles_of(&roles, findings));
    match users {
        Some((users, mode)) => {
            roster.people_mode = mode;
            read_users(&users, mode, roles.as_ref(), &mut roster, findings);
        }
        None => findings.push(Finding::error(
            &manifest_name,
            0,
            "no-users",
            "the manifest names no users.csv: there is nobody to bring in",
        )),
    }
    if let Some((classes, mode)) = classes {
        read_classes(&classes, mode, &mut roster, findings);
    }
    if let Some((enrollments, mode)) = enrollments {
        roster.enrollments_mode = mode;
        read_enrollments(&enrollments, mode, &mut roster, findings);
    }
    roster
}

/// What somebody is, in the words of either version. `None` for those who have no page here.
fn role(name: &str) -> Option<Role> {
    match name {
        "student" => Some(Role::Learner),
        "teacher" => Some(Role::Teacher),
        "parent" | "guardian" | "relative" => Some(Role::Guardian),
        "administrator" | "districtAdministrator" | "siteAdministrator" | "principal" => {
            Some(Role::Leader)
        }
        // Who runs the machine is never made by a file: "systemAdministrator" has no page.
        _ => None,
    }
}

/// Whether a row says that it is to go. In a file that holds everything the column is empty.
fn leaves(
    sheet: &Sheet,
    line: usize,
    status: &str,
    mode: Mode,
    findings: &mut Vec<Finding>,
) -> bool {
    match (status, mode) {
        ("tobedeleted", _) => true,
        ("active", _) | ("", Mode::Whole) => false,
        // Version 1.0 had a third word; who sends it means that the row is not in use.
        ("inactive", _) => true,
        (other, _) => {
            let message = format!("the status \"{other}\" is none of active and tobedeleted");
            findings.push(
                Finding::warning(&sheet.name, line, "status", message)
                    .advise("The row was taken as active."),
            );
            false
        }
    }
}

/// The roles of version 1.2, by user: the primary one, or the first.
fn roles_of(sheet: &Sheet, findings: &mut Vec<Finding>) -> BTreeMap<String, String> {
    let mut roles: BTreeMap<String, (bool, String)> = BTreeMap::new();
    let columns = ["userSourcedId", "roleType", "role", "status"];
    let Some([user, kind, role, status]) = sheet.columns(columns, findings) else {
        return BTreeMap::new();
    };
    for (_, row) in &sheet.rows {
        if cell(row, status) == "tobedeleted" {
            continue;
        }
        let primary = cell(row, kind) == "primary";
        let known = roles.get(cell(row, user));
        if known.is_none_or(|(was_primary, _)| primary && !was_primary) {
            let said = (primary, cell(row, role).to_owned());
            roles.insert(cell(row, user).to_owned(), said);
        }
    }
    roles
        .into_iter()
        .map(|(user, (_, role))| (user, role))
        .collect()
}

fn read_users(
    sheet: &Sheet,
    mode: Mode,
    roles: Option<&BTreeMap<String, String>>,
    roster: &mut RosterFiles,
    findings: &mut Vec<Finding>,
) {
    let columns = [
        "sourcedId",
        "status",
        "enabledUser",
        "givenName",
        "familyName",
        "agentSourcedIds",
    ];
    let found = sheet.columns(columns, findings);
    let role_column = sheet.column("role");
    if roles.is_none() && role_column.is_none() {
        findings.push(sheet.no_column("role"));
        return;
    }
    let Some([id, status, enabled, given, family, agents]) = found else {
        return;
    };
    let preferred = [
        sheet.column("preferredGivenName"),
        sheet.column("preferredFamilyName"),
    ];
    let mut without_page: BTreeMap<String, usize> = BTreeMap::new();
    for (line, row) in &sheet.rows {
        let sourced_id = cell(row, id);
        if sourced_id.is_empty() {
            let message = "a row without sourcedId";
            findings.push(Finding::error(&sheet.name, *line, "no-id", message));
            continue;
        }
        let said = match (roles, role_column) {
            (Some(roles), _) => roles.get(sourced_id).map(String::as_str),
            (None, Some(column)) => Some(cell(row, column)),
            (None, None) => None,
        };
        let Some(role) = said.and_then(role) else {
            *without_page
                .entry(said.unwrap_or("no role").to_owned())
                .or_default() += 1;
            continue;
        };
        let gone = leaves(sheet, *line, cell(row, status), mode, findings)
            || cell(row, enabled).eq_ignore_ascii_case("false");
        let name = |usual: usize, preferred: Option<usize>| {
            let preferred = preferred.map_or("", |column| cell(row, column));
            let name = if preferred.is_empty() {
                cell(row, usual)
            } else {
                preferred
            };
            name.to_owned()
        };
        for agent in list(cell(row, agents)) {
            let (guardian, learner) = match role {
                Role::Learner => (agent, sourced_id),
                _ => (sourced_id, agent),
            };
            roster.guardianships.push(RosterGuardianship {
                guardian: guardian.to_owned(),
                learner: learner.to_owned(),
                place: sheet.place(*line),
            });
        }
        roster.people.push(RosterPerson {
            sourced_id: sourced_id.to_owned(),
            given_name: name(given, preferred[0]),
            family_name: name(family, preferred[1]),
            role,
            leaves: gone,
            place: sheet.place(*line),
        });
    }
    for (role, count) in without_page {
        let message =
            format!("{count} rows with the role \"{role}\" have no page here and were left out");
        findings.push(Finding::note(&sheet.name, 0, "no-page", message));
    }
}

fn read_classes(sheet: &Sheet, mode: Mode, roster: &mut RosterFiles, findings: &mut Vec<Finding>) {
    let Some([id, status, title]) = sheet.columns(["sourcedId", "status", "title"], findings)
    else {
        return;
    };
    for (line, row) in &sheet.rows {
        let sourced_id = cell(row, id);
        if sourced_id.is_empty() {
            let message = "a class without sourcedId";
            findings.push(Finding::error(&sheet.name, *line, "no-id", message));
            continue;
        }
        roster.sections.push(RosterSection {
            sourced_id: sourced_id.to_owned(),
            title: cell(row, title).to_owned(),
            leaves: leaves(sheet, *line, cell(row, status), mode, findings),
            place: sheet.place(*line),
        });
    }
}

fn read_enrollments(
    sheet: &Sheet,
    mode: Mode,
    roster: &mut RosterFiles,
    findings: &mut Vec<Finding>,
) {
    let columns = ["status", "classSourcedId", "userSourcedId", "role"];
    let Some([status, class, user, role_column]) = sheet.columns(columns, findings) else {
        return;
    };
    let mut others = 0_usize;
    for (line, row) in &sheet.rows {
        let Some(role @ (Role::Learner | Role::Teacher)) = role(cell(row, role_column)) else {
            others += 1;
            continue;
        };
        roster.enrollments.push(RosterEnrollment {
            section: cell(row, class).to_owned(),
            person: cell(row, user).to_owned(),
            role,
            leaves: leaves(sheet, *line, cell(row, status), mode, findings),
            place: sheet.place(*line),
        });
    }
    if others > 0 {
        let message =
            format!("{others} enrolments of others than students and teachers were left out");
        findings.push(Finding::note(&sheet.name, 0, "no-page", message));
    }
}

/// Orgs whose parents lead back to themselves: nothing here stands on them, but the file is not what it should be.
fn circles(sheet: &Sheet, findings: &mut Vec<Finding>) {
    let Some([id, parent]) = sheet.columns(["sourcedId", "parentSourcedId"], findings) else {
        return;
    };
    let parents: BTreeMap<&str, (usize, &str)> = sheet
        .rows
        .iter()
        .map(|(line, row)| (cell(row, id), (*line, cell(row, parent))))
        .collect();
    for (start, (line, _)) in &parents {
        let (mut at, mut steps) = (*start, 0);
        while let Some((_, next)) = parents.get(at) {
            at = next;
            steps += 1;
            if at == *start || steps > parents.len() {
                break;
            }
        }
        if steps > 0 && at == *start {
            let message = format!("the org \"{start}\" is above itself");
            findings.push(Finding::error(&sheet.name, *line, "circle", message));
        }
    }
}
