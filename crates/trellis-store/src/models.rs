//! Learner models at rest: their files, and which one ran when.

use std::sync::Arc;

use trellis_core::command::Command;
use trellis_core::context::Actor;
use trellis_core::id::{PersonId, Seq};
use trellis_core::model::RunningModel;
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use crate::db::{Connection, OptionalExtension, params};
use crate::error::StoreError;
use crate::journal::int;
use crate::{Asked, Store};

/// A model that was put into the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptModel {
    /// The name of its version.
    pub version: String,
    /// The BLAKE3 hash of its file, in hexadecimal digits.
    pub hash: String,
    /// The event from which on it ran last; `None` when it never ran.
    pub since: Option<Seq>,
}

/// The model that ran at a place of the journal: the last one installed by then, else the one that ships.
pub(crate) fn as_of(
    connection: &Connection,
    until: Option<Seq>,
) -> Result<Arc<RunningModel>, StoreError> {
    let last = until.map_or(i64::MAX, |until| int(until.0));
    let found: Option<String> = connection
        .prepare_cached(
            "SELECT hash FROM model_installed WHERE seq <= ?1 ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([last], |row| row.get(0))
        .optional()?;
    match found {
        Some(hash) => by_hash(connection, &hash),
        None => Ok(Arc::new(RunningModel::default())),
    }
}

/// The model whose file has this hash.
pub(crate) fn by_hash(
    connection: &Connection,
    hash: &str,
) -> Result<Arc<RunningModel>, StoreError> {
    let body: Option<Vec<u8>> = connection
        .prepare_cached("SELECT body FROM model WHERE hash = ?1")?
        .query_row([hash], |row| row.get(0))
        .optional()?;
    let broken = |why: String| StoreError::Corrupt(format!("the learner model {hash}: {why}"));
    let body = body.ok_or_else(|| broken("its file is missing".to_owned()))?;
    if blake3::hash(&body).to_hex().as_str() != hash {
        return Err(broken("its file was changed".to_owned()));
    }
    let model = RunningModel::from_bytes(&body).map_err(|why| broken(why.to_string()))?;
    Ok(Arc::new(model))
}

/// Which model runs from which event on, oldest first.
pub(crate) fn installed(connection: &Connection) -> Result<Vec<(Seq, String)>, StoreError> {
    let mut statement = connection.prepare("SELECT seq, hash FROM model_installed ORDER BY seq")?;
    let rows = statement.query_map([], |row| Ok((Seq(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes that a model runs from an event on.
pub(crate) fn note(connection: &Connection, seq: Seq, hash: &str) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO model_installed (seq, hash) VALUES (?1, ?2) ON CONFLICT (seq) DO UPDATE SET hash = excluded.hash",
        )?
        .execute(params![int(seq.0), hash])?;
    Ok(())
}

impl Store {
    /// The models in the store, in order of their versions.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn models(&self) -> Result<Vec<KeptModel>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare(
                "SELECT version, hash, (SELECT max(seq) FROM model_installed AS ran
                                        WHERE ran.hash = model.hash) FROM model ORDER BY version",
            )?;
            let rows = statement.query_map([], |row| {
                Ok(KeptModel {
                    version: row.get(0)?,
                    hash: row.get(1)?,
                    since: row.get::<Option<u64>>(2)?.map(Seq),
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The model that ran when an event was written.
    ///
    /// # Errors
    /// When the database cannot be read, or the model's file is damaged.
    pub fn model_as_of(&self, seq: Seq) -> Result<Arc<RunningModel>, StoreError> {
        self.read(|connection| as_of(connection, Some(seq)))
    }

    /// Keeps a model and lets it run from now on, for everybody. Gives the event from which on it runs.
    ///
    /// # Errors
    /// A refusal when this version runs already, another model has its name, or `operator` may not; a [`StoreError`]
    /// when it cannot be written.
    pub fn install_model(
        &self,
        model: &RunningModel,
        operator: PersonId,
        now: Timestamp,
    ) -> Result<Result<Seq, Refusal>, StoreError> {
        let body = model.to_bytes();
        let hash = blake3::hash(&body).to_hex().to_string();
        let version = model.version().to_owned();
        let kept = self.models()?;
        if kept
            .iter()
            .any(|kept| kept.version == version && kept.hash != hash)
        {
            return Ok(Err(Refusal::AlreadySo));
        }
        let row = (hash.clone(), version.clone());
        self.rows(move |rows| {
            rows.execute(
                "INSERT INTO model (hash, version, body) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                params![row.0, row.1, body],
            )?;
            Ok(())
        })?;
        let actor = Actor {
            person: operator,
            role: Role::Operator,
        };
        let outcome = self.execute(Asked {
            command: Command::InstallModel { version, hash },
            actor,
            now,
            seed: 0,
        })?;
        Ok(outcome.map(|outcome| outcome.decision))
    }
}
