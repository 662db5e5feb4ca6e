//! The record of a learner, opened by a leader with a reason: for half an hour, and the family reads who it was and why.
//! And whose looks stand out by their number.

use trellis_core::access::{Deed, Read};
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use super::person::allow_person;
use super::{Name, ReadError, ReadResult, allow, allow_deed, id_at, name_of};
use crate::db::{Connection, OptionalExtension, Row, params};
use crate::error::StoreError;
use crate::journal::blob;
use crate::personal::LOOKS_KEPT_DAYS;
use crate::session::Viewer;
use crate::{Store, reader, relation};

/// How long a record stays open, in minutes.
pub const OPEN_MINUTES: i64 = 30;
/// The shortest reason, in characters: one that says something.
pub const SHORTEST_REASON: usize = 10;
/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 500;
/// From so many learners in one day on, looks of one reader stand out: two large classes.
pub const MANY_LEARNERS: u32 = 60;
/// How many of the newest are shown.
const MOST_SHOWN: u32 = 100;

/// That a leader opened the record of a learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Whose record.
    pub learner: Name,
    /// Who; `None` for somebody who was erased since.
    pub reader: Option<Name>,
    /// When.
    pub at: Timestamp,
    /// Until when it is open to them.
    pub until: Timestamp,
    /// Why, in their words.
    pub reason: String,
    /// Whether it is open now to the one who looks.
    pub open: bool,
}

/// That one reader looked at the pages of many learners in one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManyLooks {
    /// The beginning of the day.
    pub day: Timestamp,
    /// Who; `None` for somebody who was erased since.
    pub reader: Option<Name>,
    /// As what they were signed in.
    pub role: Role,
    /// How many learners.
    pub learners: u32,
}

/// A reason as it is kept.
///
/// # Errors
/// [`Refusal::SayWhy`] when it says nothing, [`Refusal::TooLong`] when it is too long.
pub(super) fn reason(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    match text.chars().count() {
        count if count < SHORTEST_REASON => Err(Refusal::SayWhy),
        count if count > LONGEST_REASON => Err(Refusal::TooLong),
        _ => Ok(text.to_owned()),
    }
}

/// Whether the viewer has the record of a learner open.
pub(super) fn is_open(
    connection: &Connection,
    viewer: &Viewer,
    learner: PersonId,
) -> ReadResult<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM record_opening WHERE learner = ?1 AND reader = ?2 AND opened_at <= ?3 AND until > ?3 LIMIT 1",
    )?;
    let now = viewer.at().0;
    Ok(statement.exists(params![blob(learner.0), blob(viewer.person().0), now])?)
}

/// A name, or nothing for somebody who is gone.
pub(crate) fn name_if_there(connection: &Connection, person: PersonId) -> ReadResult<Option<Name>> {
    match name_of(connection, person) {
        Ok(name) => Ok(Some(name)),
        Err(ReadError::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

fn opening(connection: &Connection, viewer: &Viewer, row: Row<'_>) -> ReadResult<Opening> {
    let reader = PersonId(id_at(row, 1)?);
    let until = Timestamp(row.get(3)?);
    Ok(Opening {
        learner: name_of(connection, PersonId(id_at(row, 0)?))?,
        reader: name_if_there(connection, reader)?,
        at: Timestamp(row.get(2)?),
        until,
        reason: row.get(4)?,
        open: reader == viewer.person() && viewer.at() < until,
    })
}

impl Store {
    /// Opens the record of the learner with this id of the school to the viewer, for half an hour.
    ///
    /// # Errors
    /// A refusal when the viewer may not, there is no learner of this id, or the reason is no reason.
    pub fn open_record(
        &self,
        viewer: &Viewer,
        sourced_id: &str,
        why: &str,
        now: Timestamp,
    ) -> ReadResult<PersonId> {
        let reason = reason(why);
        let learner = self.look(|connection| {
            let relation = relation::to_district(connection, viewer.actor())?;
            allow_deed(relation, viewer, Deed::OpenRecord)?;
            let found: Option<[u8; 16]> = connection
                .prepare_cached("SELECT id FROM person WHERE sourced_id = ?1 AND role = 'learner'")?
                .query_row([sourced_id], |row| row.get(0))
                .optional()?;
            Ok(PersonId(u128::from_be_bytes(
                found.ok_or(Refusal::NotFound)?,
            )))
        })?;
        let (reason, reader) = (reason?, viewer.person());
        let until = now.plus_ms(OPEN_MINUTES * 60_000);
        self.rows(move |rows| {
            // The same moment twice is the same press.
            rows.execute(
                "INSERT INTO record_opening (learner, opened_at, reader, until, reason) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO NOTHING",
                params![blob(learner.0), now.0, blob(reader.0), until.0, reason],
            )?;
            Ok(())
        })?;
        Ok(learner)
    }

    /// Whose records were opened, the newest first.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn openings(&self, viewer: &Viewer) -> ReadResult<Vec<Opening>> {
        self.look(|connection| {
            let relation = relation::to_district(connection, viewer.actor())?;
            allow(relation, viewer, Read::Openings)?;
            let mut statement = connection.prepare_cached(
                "SELECT learner, reader, opened_at, until, reason FROM record_opening
                 ORDER BY opened_at DESC, learner, reader LIMIT ?1",
            )?;
            let mut rows = statement.query([MOST_SHOWN])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(opening(connection, viewer, row)?);
            }
            Ok(found)
        })
    }

    /// Who opened the record of this learner, the newest first: for the learner and the family.
    ///
    /// # Errors
    /// A refusal when the viewer may not see what is kept about the learner.
    pub fn openings_of(&self, viewer: &Viewer, learner: PersonId) -> ReadResult<Vec<Opening>> {
        self.look(|connection| {
            allow_person(self, connection, viewer, learner)?;
            let mut statement = connection.prepare_cached(
                "SELECT learner, reader, opened_at, until, reason FROM record_opening
                 WHERE learner = ?1 ORDER BY opened_at DESC, reader LIMIT ?2",
            )?;
            let mut rows = statement.query(params![blob(learner.0), MOST_SHOWN])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(opening(connection, viewer, row)?);
            }
            Ok(found)
        })
    }

    /// Readers who looked at pages of many learners in one of the last `days` days, the newest first.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn many_looks(
        &self,
        viewer: &Viewer,
        days: u16,
        now: Timestamp,
    ) -> ReadResult<Vec<ManyLooks>> {
        self.look(|connection| {
            let relation = relation::to_district(connection, viewer.actor())?;
            allow(relation, viewer, Read::Openings)?;
            let mut statement = connection.prepare_cached(
                "SELECT day, reader, min(role), count(DISTINCT learner) FROM look WHERE day > ?1
                 GROUP BY day, reader HAVING count(DISTINCT learner) >= ?2 ORDER BY day DESC, reader LIMIT ?3",
            )?;
            let since = now.plus_days(-i64::from(days));
            let mut rows = statement.query(params![since.0, MANY_LEARNERS, MOST_SHOWN])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let role = row.get_ref(2)?.as_str().map_err(crate::db::Error::from)?;
                found.push(ManyLooks {
                    day: Timestamp(row.get(0)?),
                    reader: name_if_there(connection, PersonId(id_at(row, 1)?))?,
                    role: reader::role(role)?,
                    learners: row.get(3)?,
                });
            }
            Ok(found)
        })
    }

    /// Forgets openings and requests that are older than looks are kept.
    pub(crate) fn end_openings(&self, now: Timestamp) -> Result<(), StoreError> {
        let before = now.plus_days(-i64::from(LOOKS_KEPT_DAYS)).0;
        self.rows(move |rows| {
            rows.execute("DELETE FROM record_opening WHERE opened_at <= ?1", [before])?;
            rows.execute("DELETE FROM all_records WHERE asked_at <= ?1", [before])?;
            Ok(())
        })
    }
}
