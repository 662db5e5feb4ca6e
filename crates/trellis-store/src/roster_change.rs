//! A roster from outside, in the school's own ids: what it would change here, and changing it in one transaction, only as
//! a person has seen and approved it.

use std::collections::{BTreeMap, BTreeSet};

use trellis_core::id::{PersonId, SectionId, time_ordered};
use trellis_core::people::Role;
use trellis_core::time::Timestamp;

use crate::db::{Connection, Savepoint, params};
use crate::error::StoreError;
use crate::journal::{blob, from_blob};
use crate::roster::{ENROL, GUARD};
use crate::{Store, chance, reader};

/// Somebody in a roster from outside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct IncomingPerson {
    /// The school's own id.
    pub sourced_id: String,
    /// The given name.
    pub given_name: String,
    /// The family name.
    pub family_name: String,
    /// What they are to the school.
    pub role: Role,
}

/// A roster from outside.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Incoming {
    /// Whether who is not in it has left.
    pub all_people: bool,
    /// Whether who is not in a class there is in it no longer.
    pub all_enrollments: bool,
    /// People.
    pub people: Vec<IncomingPerson>,
    /// People who have left.
    pub left: BTreeSet<String>,
    /// Classes by id, with their titles.
    pub sections: BTreeMap<String, String>,
    /// Who belongs to which class: class, person, role.
    pub enrollments: BTreeSet<(String, String, Role)>,
    /// Who belongs to a class no longer: class, person.
    pub ended: BTreeSet<(String, String)>,
    /// Who answers for whom: adult, learner.
    pub guardianships: BTreeSet<(String, String)>,
}

/// What a roster would change. All of it in the school's own ids, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// People who come, or come back.
    pub coming: Vec<IncomingPerson>,
    /// People whose name or role changes: as they were, as they will be.
    pub changing: Vec<(IncomingPerson, IncomingPerson)>,
    /// People who leave. Their record stays until its time is over.
    pub leaving: Vec<IncomingPerson>,
    /// New classes: id and title.
    pub sections: Vec<(String, String)>,
    /// Classes with another title: id, before, after.
    pub retitled: Vec<(String, String, String)>,
    /// Who comes into a class: class, person, role.
    pub enrolling: Vec<(String, String, Role)>,
    /// Who goes out of a class: class, person.
    pub unenrolling: Vec<(String, String)>,
    /// Adults who come to answer for a learner.
    pub guarding: Vec<(String, String)>,
    /// Adults who answer for a learner no longer.
    pub unguarding: Vec<(String, String)>,
    /// What cannot be done, since somebody or something is nowhere: in words.
    pub unknown: Vec<String>,
}

impl Difference {
    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self
            == Self {
                unknown: self.unknown.clone(),
                ..Self::default()
            }
    }
}

/// Why a roster was not brought in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unchanged {
    /// The roster here has changed since the difference was looked at: look again.
    LookAgain(Box<Difference>),
}

/// What is here now.
struct Here {
    people: BTreeMap<String, (PersonId, IncomingPerson, bool)>,
    sections: BTreeMap<String, (SectionId, String)>,
    enrollments: BTreeMap<(String, String), Role>,
    guardianships: BTreeSet<(String, String)>,
}

fn here(connection: &Connection) -> Result<Here, StoreError> {
    let mut people = BTreeMap::new();
    let mut by_id: BTreeMap<u128, String> = BTreeMap::new();
    let sql =
        "SELECT id, sourced_id, given_name, family_name, role, left_at IS NOT NULL FROM person";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id = from_blob(&row.get::<Vec<u8>>(0)?)?;
        let person = IncomingPerson {
            sourced_id: row.get(1)?,
            given_name: row.get(2)?,
            family_name: row.get(3)?,
            role: reader::role(&row.get::<String>(4)?)?,
        };
        by_id.insert(id, person.sourced_id.clone());
        let gone = row.get(5)?;
        people.insert(person.sourced_id.clone(), (PersonId(id), person, gone));
    }
    let mut sections = BTreeMap::new();
    let mut statement = connection.prepare("SELECT id, sourced_id, title FROM section")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id = SectionId(from_blob(&row.get::<Vec<u8>>(0)?)?);
        sections.insert(row.get::<String>(1)?, (id, row.get::<String>(2)?));
    }
    let pairs = |sql: &str| -> Result<Vec<(Vec<u8>, String, String)>, StoreError> {
        let mut statement = connection.prepare(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    };
    let mut enrollments = BTreeMap::new();
    let sql = "SELECT enrollment.person, section.sourced_id, enrollment.role FROM enrollment
               JOIN section ON section.id = enrollment.section";
    for (person, section, role) in pairs(sql)? {
        if let Some(person) = by_id.get(&from_blob(&person)?) {
            enrollments.insert((section, person.clone()), reader::role(&role)?);
        }
    }
    let mut guardianships = BTreeSet::new();
    let sql = "SELECT guardianship.guardian, person.sourced_id, '' FROM guardianship
               JOIN person ON person.id = guardianship.learner";
    for (guardian, learner, _) in pairs(sql)? {
        if let Some(guardian) = by_id.get(&from_blob(&guardian)?) {
            guardianships.insert((guardian.clone(), learner));
        }
    }
    Ok(Here {
        people,
        sections,
        enrollments,
        guardianships,
    })
}

fn difference(here: &Here, incoming: &Incoming) -> Difference {
    let mut found = Difference::default();
    let mut known: BTreeMap<&str, Role> = BTreeMap::new();
    for (id, (_, person, gone)) in &here.people {
        if !gone {
            known.insert(id, person.role);
        }
    }
    for person in &incoming.people {
        match here.people.get(&person.sourced_id) {
            // Who runs the machine is made and changed at the machine alone.
            Some((_, before, false)) if before.role == Role::Operator => {
                let id = &person.sourced_id;
                found
                    .unknown
                    .push(format!("\"{id}\" runs the machine; no roster changes that"));
                continue;
            }
            Some((_, before, false)) if before == person => {}
            Some((_, before, false)) => found.changing.push((before.clone(), person.clone())),
            Some((_, _, true)) | None => found.coming.push(person.clone()),
        }
        known.insert(&person.sourced_id, person.role);
    }
    let named: BTreeSet<&str> = incoming
        .people
        .iter()
        .map(|person| person.sourced_id.as_str())
        .collect();
    for (id, (_, person, gone)) in &here.people {
        let missing = incoming.all_people && !named.contains(id.as_str());
        let leaves = missing || incoming.left.contains(id);
        if leaves && !gone && person.role != Role::Operator {
            found.leaving.push(person.clone());
            known.remove(id.as_str());
        }
    }
    for (id, title) in &incoming.sections {
        match here.sections.get(id) {
            None => found.sections.push((id.clone(), title.clone())),
            Some((_, before)) if before != title => {
                let change = (id.clone(), before.clone(), title.clone());
                found.retitled.push(change);
            }
            Some(_) => {}
        }
    }
    belonging(here, incoming, &known, &mut found);
    found.unguarding = unguarded(here, incoming, &found);
    found
}

/// Who comes into and goes out of classes, and who comes to answer for whom.
fn belonging(
    here: &Here,
    incoming: &Incoming,
    known: &BTreeMap<&str, Role>,
    found: &mut Difference,
) {
    let is_section =
        |id: &str| here.sections.contains_key(id) || incoming.sections.contains_key(id);
    for enrollment @ (section, person, role) in &incoming.enrollments {
        match known.get(person.as_str()) {
            _ if !is_section(section) => {
                found.unknown.push(format!(
                    "the class \"{section}\" of \"{person}\" is nowhere"
                ));
            }
            None => found.unknown.push(format!(
                "\"{person}\" of the class \"{section}\" is nowhere"
            )),
            Some(is) if is != role => found.unknown.push(format!(
                "\"{person}\" is a {} and cannot be in \"{section}\" as a {}",
                is.name(),
                role.name()
            )),
            Some(_) => {
                let pair = (section.clone(), person.clone());
                if here.enrollments.get(&pair) != Some(role) {
                    found.enrolling.push(enrollment.clone());
                }
            }
        }
    }
    for (pair, role) in &here.enrollments {
        let (section, person) = pair;
        let still = incoming
            .enrollments
            .contains(&(section.clone(), person.clone(), *role));
        let ended = incoming.ended.contains(pair) || (incoming.all_enrollments && !still);
        // Whoever leaves the school goes out of all classes with that.
        if ended && known.contains_key(person.as_str()) {
            found.unenrolling.push(pair.clone());
        }
    }
    for pair in &incoming.guardianships {
        let (guardian, learner) = pair;
        let roles = (known.get(guardian.as_str()), known.get(learner.as_str()));
        if roles != (Some(&Role::Guardian), Some(&Role::Learner)) {
            found.unknown.push(format!(
                "\"{guardian}\" cannot answer for \"{learner}\": one of them is nowhere, or is something else"
            ));
        } else if !here.guardianships.contains(pair) {
            found.guarding.push(pair.clone());
        }
    }
}

/// Adults who answer for a learner here and in a whole roster no longer.
fn unguarded(here: &Here, incoming: &Incoming, found: &Difference) -> Vec<(String, String)> {
    let leaving: BTreeSet<&str> = found
        .leaving
        .iter()
        .map(|person| person.sourced_id.as_str())
        .collect();
    let gone = |pair: &&(String, String)| {
        let (guardian, learner) = pair;
        // Whoever leaves the school takes that with them.
        let leaves = leaving.contains(guardian.as_str()) || leaving.contains(learner.as_str());
        incoming.all_people && !leaves && !incoming.guardianships.contains(pair)
    };
    here.guardianships.iter().filter(gone).cloned().collect()
}

impl Store {
    /// What a roster from outside would change. Nothing is changed.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn roster_difference(&self, incoming: &Incoming) -> Result<Difference, StoreError> {
        self.read(|connection| Ok(difference(&here(connection)?, incoming)))
    }

    /// Brings a roster in, all of it or nothing, if it still changes what a person has approved. New classes take `course`.
    ///
    /// # Errors
    /// When a row cannot be written; then nothing has changed.
    pub fn change_roster(
        &self,
        incoming: Incoming,
        approved: Difference,
        course: String,
        now: Timestamp,
    ) -> Result<Result<(), Unchanged>, StoreError> {
        let (done, wait) = std::sync::mpsc::sync_channel(1);
        self.rows(move |rows| {
            let here = here(rows)?;
            let found = difference(&here, &incoming);
            let result = if found == approved {
                apply(rows, here, &found, &course, now)?;
                Ok(())
            } else {
                Err(Unchanged::LookAgain(Box::new(found)))
            };
            // Received below, in this process.
            let _ = done.send(result);
            Ok(())
        })?;
        wait.recv().map_err(|_| StoreError::Busy)
    }
}

fn new_id(now: Timestamp) -> Result<u128, StoreError> {
    let mut bytes = [0; 16];
    chance::fill(&mut bytes)?;
    Ok(time_ordered(now.0, u128::from_be_bytes(bytes)))
}

/// Four letters and digits that nobody takes for others: no O, 0, I, 1, L.
fn class_code(rows: &Savepoint<'_>) -> Result<String, StoreError> {
    const SIGNS: &[u8; 31] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    loop {
        let mut bytes = [0_u8; 4];
        chance::fill(&mut bytes)?;
        let signs = bytes.map(|byte| char::from(SIGNS[usize::from(byte) % SIGNS.len()]));
        let code: String = signs.iter().collect();
        let taken = "SELECT count(*) FROM section WHERE class_code = ?1";
        let taken: u64 = rows.query_row(taken, [&code], |row| row.get(0))?;
        if taken == 0 {
            return Ok(code);
        }
    }
}

fn apply(
    rows: &Savepoint<'_>,
    mut here: Here,
    found: &Difference,
    course: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let changed = found.changing.iter().map(|(_, after)| after);
    for person in found.coming.iter().chain(changed) {
        let known = here.people.get(&person.sourced_id).map(|(id, ..)| *id);
        let id = known.map_or_else(|| new_id(now).map(PersonId), Ok)?;
        let IncomingPerson {
            sourced_id,
            given_name,
            family_name,
            role,
        } = person;
        rows.prepare_cached(
            "INSERT INTO person (id, sourced_id, given_name, family_name, role) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (id) DO UPDATE SET given_name = excluded.given_name, family_name = excluded.family_name,
               role = excluded.role, left_at = NULL",
        )?
        .execute(params![blob(id.0), sourced_id, given_name, family_name, role.name()])?;
        here.people
            .insert(sourced_id.clone(), (id, person.clone(), false));
    }
    for person in &found.leaving {
        if let Some((id, ..)) = here.people.get(&person.sourced_id) {
            leave(rows, *id, now)?;
        }
    }
    for (sourced_id, title) in &found.sections {
        let id = SectionId(new_id(now)?);
        let code = class_code(rows)?;
        rows.execute(
            "INSERT INTO section (id, sourced_id, title, course, class_code) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![blob(id.0), sourced_id, title, course, code],
        )?;
        here.sections
            .insert(sourced_id.clone(), (id, title.clone()));
    }
    for (id, _, title) in &found.retitled {
        rows.execute(
            "UPDATE section SET title = ?2 WHERE sourced_id = ?1",
            [id, title],
        )?;
    }
    let person = |id: &str| here.people.get(id).map(|(id, ..)| blob(id.0));
    let section = |id: &str| here.sections.get(id).map(|(id, _)| blob(id.0));
    for (class, who, role) in &found.enrolling {
        rows.prepare_cached(ENROL)?
            .execute(params![section(class), person(who), role.name()])?;
    }
    for (class, who) in &found.unenrolling {
        rows.prepare_cached("DELETE FROM enrollment WHERE section = ?1 AND person = ?2")?
            .execute(params![section(class), person(who)])?;
    }
    for (guardian, learner) in &found.guarding {
        rows.prepare_cached(GUARD)?
            .execute(params![person(guardian), person(learner)])?;
    }
    for (guardian, learner) in &found.unguarding {
        rows.prepare_cached("DELETE FROM guardianship WHERE guardian = ?1 AND learner = ?2")?
            .execute(params![person(guardian), person(learner)])?;
    }
    Ok(())
}

/// Somebody leaves: from now on they are nobody here, and their record waits for its end.
fn leave(rows: &Savepoint<'_>, person: PersonId, now: Timestamp) -> Result<(), StoreError> {
    let id = blob(person.0);
    rows.execute(
        "UPDATE person SET left_at = ?2 WHERE id = ?1",
        params![id, now.0],
    )?;
    for sql in [
        "DELETE FROM enrollment WHERE person = ?1",
        "DELETE FROM guardianship WHERE guardian = ?1 OR learner = ?1",
        "DELETE FROM credential WHERE person = ?1",
        "DELETE FROM badge WHERE person = ?1",
        "DELETE FROM invitation WHERE person = ?1",
        "DELETE FROM session WHERE person = ?1",
    ] {
        rows.execute(sql, [id])?;
    }
    Ok(())
}
