//! What hangs in the air: rows that stand twice, and rows that speak of somebody who is not there.

use std::collections::{BTreeMap, BTreeSet};

use trellis_core::people::Role;

use super::{Mode, Place, RosterFiles};
use crate::finding::Finding;

/// Takes out what cannot be used, with a finding for each. In a file of changes a person or class may be known from before,
/// so that only the one who holds the database can tell; see [`super::RosterFiles`].
pub(super) fn check(roster: &mut RosterFiles, findings: &mut Vec<Finding>) {
    twice(roster, findings);
    let roles: BTreeMap<String, Role> = roster
        .people
        .iter()
        .map(|person| (person.sourced_id.clone(), person.role))
        .collect();
    let classes: BTreeSet<String> = roster
        .sections
        .iter()
        .map(|section| section.sourced_id.clone())
        .collect();
    let whole = roster.people_mode == Mode::Whole;
    roster.enrollments.retain(|enrollment| {
        let missing = if whole && !roles.contains_key(&enrollment.person) {
            format!("the person \"{}\"", enrollment.person)
        } else if whole && !classes.contains(&enrollment.section) {
            format!("the class \"{}\"", enrollment.section)
        } else {
            return true;
        };
        let place = &enrollment.place;
        let message = format!("an enrolment names {missing}, who or which is not there");
        findings.push(Finding::warning(&place.file, place.line, "orphan", message));
        false
    });
    let mut seen = BTreeSet::new();
    roster.guardianships.retain(|pair| {
        let place = &pair.place;
        let mut no = |rule: &str, message: String| {
            findings.push(Finding::warning(&place.file, place.line, rule, message));
            false
        };
        let (guardian, learner) = (&pair.guardian, &pair.learner);
        if guardian == learner {
            return no("circle", format!("\"{guardian}\" answers for themself"));
        }
        match (roles.get(guardian), roles.get(learner)) {
            (None, _) if whole => no("orphan", format!("the adult \"{guardian}\" is not there")),
            (_, None) if whole => no("orphan", format!("the student \"{learner}\" is not there")),
            (Some(role), _) if *role != Role::Guardian => no(
                "not-an-adult",
                format!("\"{guardian}\" answers for \"{learner}\", and is no parent or guardian"),
            ),
            (_, Some(role)) if *role != Role::Learner => {
                no("not-a-student", format!("\"{learner}\" is no student"))
            }
            _ => seen.insert((guardian.clone(), learner.clone())),
        }
    });
}

/// Ids that stand twice: the first counts.
fn twice(roster: &mut RosterFiles, findings: &mut Vec<Finding>) {
    let mut is_new = |seen: &mut BTreeSet<String>, what: &str, id: &str, place: &Place| {
        let new = seen.insert(id.to_owned());
        if !new {
            let message = format!("the {what} \"{id}\" stands twice; the first counts");
            findings.push(Finding::error(&place.file, place.line, "twice", message));
        }
        new
    };
    let mut seen = BTreeSet::new();
    roster
        .people
        .retain(|person| is_new(&mut seen, "id", &person.sourced_id, &person.place));
    let mut seen = BTreeSet::new();
    roster
        .sections
        .retain(|section| is_new(&mut seen, "class", &section.sourced_id, &section.place));
}
