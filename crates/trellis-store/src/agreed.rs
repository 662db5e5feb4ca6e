//! What the district agreed on: read by everybody's pages, changed by those who lead it, with every version kept.

use std::collections::{BTreeMap, BTreeSet};

use trellis_core::access::{Deed, Read};
use trellis_core::agreed::{Agreed, Evidence, LONGEST_REASON, body_of_evidence};
use trellis_core::framework::CompetencyId;
use trellis_core::id::PersonId;
use trellis_core::plan::Mode;
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use crate::Store;
use crate::db::{Connection, OptionalExtension, Row, params};
use crate::error::StoreError;
use crate::journal::{COLUMNS, blob, from_blob, read_row};
use crate::read::{Name, ReadResult, allow_deed, name_if_there};
use crate::relation;
use crate::session::Viewer;

/// Most versions that the page tells of; the newest come first.
const MOST_TOLD: u32 = 50;

/// One version of what was agreed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// When.
    pub at: Timestamp,
    /// By whom; `None` for somebody who was erased since.
    pub by: Option<Name>,
    /// Why.
    pub reason: String,
    /// What.
    pub agreed: Agreed,
}

fn read(body: &str) -> Result<Agreed, StoreError> {
    serde_json::from_str(body)
        .map_err(|error| StoreError::Corrupt(format!("what was agreed: {error}")))
}

fn version(row: Row<'_>) -> Result<(Timestamp, PersonId, String, Agreed), StoreError> {
    let (by, body): (Vec<u8>, String) = (row.get(1)?, row.get(3)?);
    Ok((
        Timestamp(row.get(0)?),
        PersonId(from_blob(&by)?),
        row.get(2)?,
        read(&body)?,
    ))
}

pub(crate) fn now(connection: &Connection) -> Result<Agreed, StoreError> {
    let sql = "SELECT body FROM agreed ORDER BY number DESC LIMIT 1";
    let found: Option<String> = connection
        .prepare_cached(sql)?
        .query_row([], |row| row.get(0))
        .optional()?;
    found.as_deref().map_or_else(|| Ok(Agreed::default()), read)
}

/// The most that the system may decide, where that is less than all, with why it was last agreed.
pub(crate) fn most_with_reason(
    connection: &Connection,
) -> Result<Option<(Mode, String)>, StoreError> {
    let sql = "SELECT reason, body FROM agreed ORDER BY number DESC LIMIT 1";
    let found: Option<(String, String)> = connection
        .prepare_cached(sql)?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((reason, body)) = found else {
        return Ok(None);
    };
    let most = read(&body)?.most;
    Ok((most < Mode::Assist).then_some((most, reason)))
}

impl Store {
    /// What holds now. It is nobody's secret.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn agreed(&self) -> Result<Agreed, StoreError> {
        self.read(now)
    }

    /// What held, newest first.
    ///
    /// # Errors
    /// A refusal when the viewer does not lead the district.
    pub fn agreements(&self, viewer: &Viewer) -> ReadResult<Vec<Agreement>> {
        self.look(|connection| {
            let relation = relation::to_district(connection, viewer.actor())?;
            allow_deed(relation, viewer, Deed::Agree)?;
            let mut statement = connection.prepare_cached(
                "SELECT at, by, reason, body FROM agreed ORDER BY number DESC LIMIT ?1",
            )?;
            let mut rows = statement.query([MOST_TOLD])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let (at, by, reason, agreed) = version(row)?;
                found.push(Agreement {
                    at,
                    by: name_if_there(connection, by)?,
                    reason,
                    agreed,
                });
            }
            Ok(found)
        })
    }

    /// The kinds of evidence that there are of a learner, by competency.
    ///
    /// # Errors
    /// A refusal when the viewer may not see the learner's plan.
    pub fn body_of_evidence(
        &self,
        viewer: &Viewer,
        learner: PersonId,
    ) -> ReadResult<BTreeMap<CompetencyId, BTreeSet<Evidence>>> {
        self.look(|connection| {
            self.allow_learner(connection, viewer, learner, Read::LearnerPlan)?;
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM event WHERE learner = ?1 AND kind IN ('responded', 'scored', 'score-undone',
                   'project-scored', 'project-score-undone', 'directed', 'directive-undone') ORDER BY seq"
            ))?;
            let mut rows = statement.query([blob(learner.0)])?;
            let mut events = Vec::new();
            while let Some(row) = rows.next()? {
                events.push(read_row(row)?);
            }
            Ok(body_of_evidence(&events))
        })
    }

    /// Agrees on something else from now on.
    ///
    /// # Errors
    /// A refusal when the viewer does not lead the district, gives no reason or one that is too long, what they want does not
    /// hang together, or it holds already.
    pub fn agree(
        &self,
        viewer: &Viewer,
        agreed: &Agreed,
        reason: &str,
        at: Timestamp,
    ) -> ReadResult<()> {
        self.look(|connection| {
            let relation = relation::to_district(connection, viewer.actor())?;
            allow_deed(relation, viewer, Deed::Agree)?;
            if now(connection)? == *agreed {
                return Err(Refusal::AlreadySo.into());
            }
            Ok(())
        })?;
        let reason = reason.trim().to_owned();
        if reason.is_empty() || agreed.check().is_err() {
            return Err(Refusal::NothingSaid.into());
        }
        if reason.chars().count() > LONGEST_REASON {
            return Err(Refusal::TooLong.into());
        }
        let by = viewer.person();
        let body = serde_json::to_string(agreed)
            .map_err(|error| StoreError::Corrupt(format!("what is agreed: {error}")))?;
        self.rows(move |rows| {
            rows.execute(
                "INSERT INTO agreed (number, at, by, reason, body)
                 SELECT coalesce(max(number), 0) + 1, ?1, ?2, ?3, ?4 FROM agreed",
                params![at.0, blob(by.0), reason, body],
            )?;
            Ok(())
        })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_agreed_before_something_was_added_still_reads() {
        let found = read("{}").unwrap();
        assert_eq!(found, Agreed::default());
        assert_eq!(found.most, Mode::Assist);
        assert!(read("[").is_err());
    }
}
