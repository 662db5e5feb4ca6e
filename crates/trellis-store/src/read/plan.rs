//! A learner's plan: what was noted in it, with the adults of the roster and the choices that the journal holds already.

use std::collections::BTreeMap;

use trellis_core::access::Read;
use trellis_core::event::{Event, Recorded};
use trellis_core::framework::CompetencyId;
use trellis_core::goals::Plan;
use trellis_core::id::PersonId;
use trellis_core::time::Timestamp;

use super::class_names::name;
use super::family::teachers_of;
use super::{LearnerView, Name, ReadResult, learner};
use crate::Store;
use crate::db::{Connection, params};
use crate::journal::{COLUMNS, blob, read_row};
use crate::session::Viewer;

/// What a learner chose to work on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanChoice {
    /// What about.
    pub competency: CompetencyId,
    /// Whether it was to prove it, and not to practise.
    pub proof: bool,
    /// When, the last time.
    pub at: Timestamp,
}

/// A learner's plan with what stands around it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanView {
    /// The learner.
    pub learner: LearnerView,
    /// The plan as it stands.
    pub plan: Plan,
    /// All that was noted in it, newest first.
    pub notes: Vec<Recorded>,
    /// The learner's teachers.
    pub teachers: Vec<Name>,
    /// The learner's guardians.
    pub guardians: Vec<Name>,
    /// What the learner chose to work on, newest first, each competency once.
    pub choices: Vec<PlanChoice>,
    /// The names of those who noted something, where the roster still has them.
    pub names: BTreeMap<PersonId, Name>,
}

fn events(
    connection: &Connection,
    learner: PersonId,
    which: &str,
    most: u32,
) -> ReadResult<Vec<Recorded>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM event WHERE learner = ?1 AND {which} ORDER BY seq DESC LIMIT ?2"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(params![blob(learner.0), most])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(read_row(row)?);
    }
    Ok(events)
}

/// What the learner picked of their own accord, of the last events.
fn choices(connection: &Connection, learner: PersonId) -> ReadResult<Vec<PlanChoice>> {
    let which =
        "(kind = 'proof-begun' OR (kind = 'started' AND body LIKE '%\"purpose\":\"choice\"%'))";
    let mut found: Vec<PlanChoice> = Vec::new();
    for recorded in events(connection, learner, which, MOST_CHOICES_READ)? {
        let (competency, proof) = match recorded.event {
            Event::ProofBegun { competency, .. } => (competency, true),
            Event::Started { competency, .. } => (competency, false),
            _ => continue,
        };
        if found.iter().all(|old| old.competency != competency) {
            let at = recorded.at;
            found.push(PlanChoice {
                competency,
                proof,
                at,
            });
        }
    }
    Ok(found)
}

/// How many choices are looked through; a page shows a few.
const MOST_CHOICES_READ: u32 = 200;

fn guardians_of(connection: &Connection, learner: PersonId) -> ReadResult<Vec<Name>> {
    let mut statement = connection.prepare_cached(
        "SELECT person.id, person.given_name, person.family_name FROM guardianship
         JOIN person ON person.id = guardianship.guardian
         WHERE guardianship.learner = ?1 AND person.left_at IS NULL
         ORDER BY person.family_name, person.id",
    )?;
    let mut rows = statement.query([blob(learner.0)])?;
    let mut guardians = Vec::new();
    while let Some(row) = rows.next()? {
        guardians.push(name(row)?);
    }
    Ok(guardians)
}

/// The names of those who noted something.
fn names(connection: &Connection, notes: &[Recorded]) -> ReadResult<BTreeMap<PersonId, Name>> {
    let mut statement = connection
        .prepare_cached("SELECT id, given_name, family_name FROM person WHERE id = ?1")?;
    let mut names = BTreeMap::new();
    for note in notes {
        let id = note.actor.person;
        if names.contains_key(&id) {
            continue;
        }
        let mut rows = statement.query([blob(id.0)])?;
        if let Some(row) = rows.next()? {
            names.insert(id, name(row)?);
        }
    }
    Ok(names)
}

impl Store {
    /// A learner's plan, with all that was noted in it.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn learner_plan(&self, viewer: &Viewer, learner: PersonId) -> ReadResult<PlanView> {
        self.look(|connection| {
            self.allow_learner(connection, viewer, learner, Read::LearnerPlan)?;
            let notes = events(connection, learner, "kind = 'plan-noted'", u32::MAX)?;
            Ok(PlanView {
                plan: Plan::of(notes.iter().rev()),
                names: names(connection, &notes)?,
                notes,
                teachers: teachers_of(connection, learner)?,
                guardians: guardians_of(connection, learner)?,
                choices: choices(connection, learner)?,
                learner: learner::view(connection, learner)?,
            })
        })
    }
}
