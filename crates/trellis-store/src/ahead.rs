//! What a wave of commands will ask of the database, asked all at once. A file answers each question in no time; a server is a
//! way off, and a way for each would be most of what an answer costs.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::ToSql;
use trellis_core::command::Command;
use trellis_core::estimate::LearnerState;
use trellis_core::id::{AnswerId, AttemptId, PersonId, Seq};
use trellis_core::people::Role;

use crate::db::{Connection, array};
use crate::error::StoreError;
use crate::journal::{blob, from_blob};

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Ahead {
    answers: BTreeMap<(PersonId, AnswerId), Seq>,
    attempts: BTreeSet<AttemptId>,
}

impl Ahead {
    /// The decision that an answer of the wave got when it came for the first time.
    pub(crate) fn decision(&self, learner: PersonId, answer: AnswerId) -> Option<Seq> {
        self.answers.get(&(learner, answer)).copied()
    }

    /// Whether an attempt that the wave begins was ever begun.
    pub(crate) fn has_attempt(&self, attempt: AttemptId) -> bool {
        self.attempts.contains(&attempt)
    }
}

/// Ids as one parameter.
fn ids(of: impl Iterator<Item = u128>) -> Result<String, StoreError> {
    let blobs: Vec<[u8; 16]> = of.map(blob).collect();
    Ok(array(blobs.iter().map(|id| id as &dyn ToSql))?)
}

/// Looks for the answers and attempts of a wave.
pub(crate) fn look<'c>(
    connection: &Connection,
    wave: impl Iterator<Item = &'c Command> + Clone,
) -> Result<Ahead, StoreError> {
    let mut ahead = Ahead::default();
    let answers = |command: &Command| Some((command.learner()?.0, command.answer()?.0));
    let (learners, answers): (Vec<u128>, Vec<u128>) = wave.clone().filter_map(answers).unzip();
    if !answers.is_empty() {
        // Pair by pair: two lists would make the server try each answer with each learner. The limit keeps it from reading
        // the whole table instead, whatever it believes of its size.
        let sql = "SELECT asked.learner, asked.answer, found.decision
                   FROM unnest(CAST(?1 AS bytea[]), CAST(?2 AS bytea[])) AS asked (learner, answer)
                   CROSS JOIN LATERAL (SELECT decision FROM answer WHERE answer.learner = asked.learner
                     AND answer.answer = asked.answer LIMIT 1) AS found";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query([ids(learners.into_iter())?, ids(answers.into_iter())?])?;
        while let Some(row) = rows.next()? {
            let learner = PersonId(from_blob(&row.get::<Vec<u8>>(0)?)?);
            let answer = AnswerId(from_blob(&row.get::<Vec<u8>>(1)?)?);
            ahead.answers.insert((learner, answer), Seq(row.get(2)?));
        }
    }
    let attempts: Vec<u128> = wave
        .filter_map(|command| match command {
            Command::Start { attempt, .. } => Some(attempt.0),
            _ => None,
        })
        .collect();
    if !attempts.is_empty() {
        let sql = "SELECT asked.attempt FROM unnest(CAST(?1 AS bytea[])) AS asked (attempt)
                   CROSS JOIN LATERAL (SELECT 1 FROM event WHERE event.attempt = asked.attempt LIMIT 1) AS found";
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query([ids(attempts.into_iter())?])?;
        while let Some(row) = rows.next()? {
            let attempt = AttemptId(from_blob(&row.get::<Vec<u8>>(0)?)?);
            ahead.attempts.insert(attempt);
        }
    }
    Ok(ahead)
}

/// The states of these learners, a new one for whom nothing was ever recorded of.
pub(crate) fn states(
    connection: &Connection,
    of: &[PersonId],
) -> Result<Vec<LearnerState>, StoreError> {
    if of.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT body FROM learner_state WHERE learner = ANY(CAST(?1 AS bytea[]))";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([ids(of.iter().map(|id| id.0))?])?;
    let mut found: BTreeMap<PersonId, LearnerState> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let body: Vec<u8> = row.get(0)?;
        let state: LearnerState = postcard::from_bytes(&body)?;
        found.insert(state.learner, state);
    }
    let state = |id: &PersonId| found.remove(id).unwrap_or_else(|| LearnerState::new(*id));
    Ok(of.iter().map(state).collect())
}

/// Who of these still has the role that they signed in with.
pub(crate) fn current(
    connection: &Connection,
    of: &[(PersonId, Role)],
) -> Result<Vec<(PersonId, Role)>, StoreError> {
    if of.is_empty() {
        return Ok(Vec::new());
    }
    let sql = "SELECT id, role FROM person WHERE id = ANY(CAST(?1 AS bytea[])) AND left_at IS NULL";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([ids(of.iter().map(|(id, _)| id.0))?])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let id = PersonId(from_blob(&row.get::<Vec<u8>>(0)?)?);
        let role = Role::from_name(&row.get::<String>(1)?);
        found.extend(role.map(|role| (id, role)));
    }
    found.retain(|both| of.contains(both));
    Ok(found)
}
