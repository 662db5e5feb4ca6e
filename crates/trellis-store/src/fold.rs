//! The folds beside the journal: each learner's state, the estimates that class maps read, and open class sessions.

use std::collections::{BTreeMap, BTreeSet};

use trellis_core::decide::ClassSession;
use trellis_core::estimate::LearnerState;
use trellis_core::event::{Event, Recorded};
use trellis_core::framework::{CompetencyId, ItemId};
use trellis_core::id::{PersonId, SectionId};
use trellis_core::mastery;
use trellis_core::time::Timestamp;

use crate::db::{Column, Connection, Many, OptionalExtension, params};
use crate::error::StoreError;
use crate::journal::{blob, int};
use crate::models;

/// A learner's state as stored; `None` when nothing was ever recorded.
pub(crate) fn load(
    connection: &Connection,
    learner: PersonId,
) -> Result<Option<LearnerState>, StoreError> {
    let body: Option<Vec<u8>> = connection
        .prepare_cached("SELECT body FROM learner_state WHERE learner = ?1")?
        .query_row([blob(learner.0)], |row| row.get(0))
        .optional()?;
    Ok(body.map(|body| postcard::from_bytes(&body)).transpose()?)
}

/// A learner's state; a new one when nothing was ever recorded.
pub(crate) fn state_of(
    connection: &Connection,
    learner: PersonId,
) -> Result<LearnerState, StoreError> {
    let stored = load(connection, learner)?;
    Ok(stored.unwrap_or_else(|| LearnerState::new(learner)))
}

/// Everybody who ever began an item, in order.
pub(crate) fn who_began(
    connection: &Connection,
    item: &ItemId,
) -> Result<Vec<PersonId>, StoreError> {
    let mut statement = connection.prepare("SELECT body FROM learner_state ORDER BY learner")?;
    let mut rows = statement.query([])?;
    let mut began = Vec::new();
    while let Some(row) = rows.next()? {
        let body = row.get_ref(0)?.as_blob().map_err(crate::db::Error::from)?;
        let state: LearnerState = postcard::from_bytes(body)?;
        if state.times_begun(item) > 0 {
            began.push(state.learner);
        }
    }
    Ok(began)
}

/// The bytes that stand for a state: equal bytes, equal state, to the last bit of each number.
pub(crate) fn bytes(state: &LearnerState) -> Result<Vec<u8>, StoreError> {
    Ok(postcard::to_allocvec(state)?)
}

/// What of a learner's estimates has to be written again.
#[derive(Debug, Default)]
pub(crate) struct Changed {
    /// These competencies.
    some: BTreeSet<CompetencyId>,
    /// All of them: a directive was given or taken back, or something no longer counts.
    all: bool,
}

impl Changed {
    /// All of them.
    pub(crate) fn everything() -> Self {
        Self {
            some: BTreeSet::new(),
            all: true,
        }
    }

    /// Notes what an event may have moved.
    pub(crate) fn note(&mut self, event: &Event) {
        match event {
            Event::Responded { competency, .. }
            | Event::Scored { competency, .. }
            | Event::Revealed { competency, .. }
            | Event::Mastered { competency, .. }
            | Event::Doubted { competency, .. } => {
                self.some.insert(competency.clone());
            }
            Event::Directed { .. }
            | Event::DirectiveUndone { .. }
            | Event::ScoreUndone { .. }
            | Event::ProjectScored { .. }
            | Event::ProjectScoreUndone { .. }
            | Event::Rescored { .. } => self.all = true,
            _ => {}
        }
    }
}

const STATE: [Column; 3] = [("learner", "bytea"), ("seq", "bigint"), ("body", "bytea")];
const STATE_ANEW: &str =
    "ON CONFLICT (learner) DO UPDATE SET seq = excluded.seq, body = excluded.body";
const ESTIMATE: [Column; 8] = [
    ("learner", "bytea"),
    ("competency", "text"),
    ("level", "bigint"),
    ("known", "double precision"),
    ("first_tries", "bigint"),
    ("last_at", "bigint"),
    ("mastered_at", "bigint"),
    ("due_at", "bigint"),
];
const ESTIMATE_ANEW: &str =
    "ON CONFLICT (learner, competency) DO UPDATE SET level = excluded.level, known = excluded.known,
       first_tries = excluded.first_tries, last_at = excluded.last_at, mastered_at = excluded.mastered_at,
       due_at = excluded.due_at";

/// Writes states of different learners, each with the estimates that changed.
pub(crate) fn store_all<'s>(
    connection: &Connection,
    states: impl Iterator<Item = (&'s LearnerState, &'s Changed)>,
) -> Result<(), StoreError> {
    if !connection.is_shared() {
        return states
            .into_iter()
            .try_for_each(|(state, changed)| store(connection, state, changed));
    }
    let mut bodies = Many::new("learner_state", &STATE, STATE_ANEW);
    let mut rows = Many::new("estimate", &ESTIMATE, ESTIMATE_ANEW);
    for (state, changed) in states {
        let learner = blob(state.learner.0);
        bodies.add(params![learner, int(state.seq.0), bytes(state)?])?;
        if changed.all {
            connection
                .prepare_cached("DELETE FROM estimate WHERE learner = ?1")?
                .write([learner])?;
        }
        let some = || changed.some.iter().collect();
        let ids: BTreeSet<&CompetencyId> = if changed.all { shown(state) } else { some() };
        for id in ids {
            let row = estimated(state, id);
            rows.add(params![
                learner,
                row.competency,
                row.level,
                row.known,
                row.first_tries,
                row.last_at,
                row.mastered_at,
                row.due_at,
            ])?;
        }
    }
    bodies.write(connection)?;
    Ok(rows.write(connection)?)
}

/// Writes a state and the estimates that changed.
pub(crate) fn store(
    connection: &Connection,
    state: &LearnerState,
    changed: &Changed,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(&format!(
            "INSERT INTO learner_state (learner, seq, body) VALUES (?1, ?2, ?3) {STATE_ANEW}"
        ))?
        .write(params![
            blob(state.learner.0),
            int(state.seq.0),
            bytes(state)?
        ])?;
    if changed.all {
        connection
            .prepare_cached("DELETE FROM estimate WHERE learner = ?1")?
            .write([blob(state.learner.0)])?;
        shown(state)
            .into_iter()
            .try_for_each(|id| store_estimate(connection, state, id))
    } else {
        changed
            .some
            .iter()
            .try_for_each(|id| store_estimate(connection, state, id))
    }
}

/// One row of what class maps read. Equal rows, equal to the last bit of the number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Estimated {
    competency: String,
    level: u8,
    known: f64,
    first_tries: u32,
    last_at: i64,
    mastered_at: Option<i64>,
    due_at: Option<i64>,
}

fn estimated(state: &LearnerState, id: &CompetencyId) -> Estimated {
    let competency = state.competency(id);
    let last_at = competency.map_or(Timestamp(0), |competency| competency.last_at);
    Estimated {
        competency: id.as_str().to_owned(),
        // The level is written as of the last response; fading is read from `due_at`, which needs no clock here.
        level: mastery::level(state, id, last_at).step(),
        known: mastery::known(state, id),
        first_tries: competency.map_or(0, |competency| competency.first_tries),
        last_at: last_at.0,
        mastered_at: competency
            .and_then(|competency| competency.mastered_at)
            .map(|at| at.0),
        due_at: competency.and_then(mastery::due_at).map(|at| at.0),
    }
}

/// Everything that a class map could show of a learner, by competency: what was begun and what a teacher decided.
fn shown(state: &LearnerState) -> BTreeSet<&CompetencyId> {
    let begun = state
        .competencies
        .iter()
        .map(|competency| &competency.competency);
    let decided = state
        .directives
        .iter()
        .filter_map(|directive| directive.kind.competency());
    begun.chain(decided).collect()
}

/// The rows that a state gives, by competency.
pub(crate) fn estimates(state: &LearnerState) -> Vec<Estimated> {
    shown(state)
        .into_iter()
        .map(|id| estimated(state, id))
        .collect()
}

/// The rows as stored, by competency.
pub(crate) fn stored_estimates(
    connection: &Connection,
    learner: PersonId,
) -> Result<Vec<Estimated>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT competency, level, known, first_tries, last_at, mastered_at, due_at FROM estimate
         WHERE learner = ?1 ORDER BY competency",
    )?;
    let rows = statement.query_map([blob(learner.0)], |row| {
        Ok(Estimated {
            competency: row.get(0)?,
            level: row.get(1)?,
            known: row.get(2)?,
            first_tries: row.get(3)?,
            last_at: row.get(4)?,
            mastered_at: row.get(5)?,
            due_at: row.get(6)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn store_estimate(
    connection: &Connection,
    state: &LearnerState,
    id: &CompetencyId,
) -> Result<(), StoreError> {
    let row = estimated(state, id);
    connection
        .prepare_cached(
            "INSERT INTO estimate
               (learner, competency, level, known, first_tries, last_at, mastered_at, due_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (learner, competency) DO UPDATE SET level = excluded.level, known = excluded.known,
               first_tries = excluded.first_tries, last_at = excluded.last_at, mastered_at = excluded.mastered_at,
               due_at = excluded.due_at",
        )?
        .write(params![
            blob(state.learner.0),
            row.competency,
            row.level,
            row.known,
            row.first_tries,
            row.last_at,
            row.mastered_at,
            row.due_at,
        ])?;
    Ok(())
}

/// All class sessions; some may have run out.
pub(crate) fn class_sessions(
    connection: &Connection,
) -> Result<BTreeMap<SectionId, Timestamp>, StoreError> {
    let mut statement = connection.prepare("SELECT section, until FROM class_session")?;
    let rows = statement.query_map([], |row| {
        let section: [u8; 16] = row.get(0)?;
        Ok((
            SectionId(u128::from_be_bytes(section)),
            Timestamp(row.get(1)?),
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Brings the tables about sections, and about which model runs, up to date with an event.
pub(crate) fn class(connection: &Connection, recorded: &Recorded) -> Result<(), StoreError> {
    match &recorded.event {
        Event::ClassOpened { section, until } => {
            connection
                .prepare_cached(
                    "INSERT INTO class_session (section, until, opened_by) VALUES (?1, ?2, ?3)
                     ON CONFLICT (section) DO UPDATE SET until = excluded.until, opened_by = excluded.opened_by",
                )?
                .execute(params![blob(section.0), until.0, blob(recorded.actor.person.0)])?;
        }
        Event::ClassClosed { section } => {
            connection
                .prepare_cached("DELETE FROM class_session WHERE section = ?1")?
                .execute([blob(section.0)])?;
            // Closing the class signs its learners out, on every device.
            connection
                .prepare_cached("DELETE FROM session WHERE section = ?1")?
                .execute([blob(section.0)])?;
        }
        Event::ModelInstalled { hash, .. } => models::note(connection, recorded.seq, hash)?,
        Event::CoursesChosen { section, courses } => {
            connection
                .prepare_cached("DELETE FROM section_course WHERE section = ?1")?
                .execute([blob(section.0)])?;
            let mut insert = connection.prepare_cached(
                "INSERT INTO section_course (section, place, course) VALUES (?1, ?2, ?3)",
            )?;
            for (place, course) in (0u64..).zip(courses) {
                insert.execute(params![blob(section.0), int(place), course.as_str()])?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// The courses that teachers chose, by section, the main one first.
pub(crate) fn chosen_courses(
    connection: &Connection,
) -> Result<BTreeMap<SectionId, Vec<String>>, StoreError> {
    let mut statement =
        connection.prepare("SELECT section, course FROM section_course ORDER BY section, place")?;
    let mut rows = statement.query([])?;
    let mut chosen: BTreeMap<SectionId, Vec<String>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let section: [u8; 16] = row.get(0)?;
        chosen
            .entry(SectionId(u128::from_be_bytes(section)))
            .or_default()
            .push(row.get(1)?);
    }
    Ok(chosen)
}

/// The class session of a section, when there is one; it may have run out.
pub(crate) fn class_session(
    connection: &Connection,
    section: SectionId,
) -> Result<Option<ClassSession>, StoreError> {
    let until = connection
        .prepare_cached("SELECT until FROM class_session WHERE section = ?1")?
        .query_row([blob(section.0)], |row| row.get(0))
        .optional()?;
    Ok(until.map(|until| ClassSession {
        until: Timestamp(until),
    }))
}
