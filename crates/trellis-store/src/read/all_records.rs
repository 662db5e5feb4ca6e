//! The records of all learners at once. It takes two who lead: one asks and says why, another agrees, and for a day the one
//! who asked may take them.

use trellis_core::access::{Deed, Read};
use trellis_core::id::PersonId;
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use super::openings::{name_if_there, reason};
use super::{Name, ReadResult, allow, allow_deed, id_at};
use crate::db::{Connection, OptionalExtension, params};
use crate::journal::{blob, from_blob};
use crate::personal::{Record, record};
use crate::session::Viewer;
use crate::{Store, relation};

/// How long the records may be taken after somebody agreed, in hours.
pub const TAKEN_WITHIN_HOURS: i64 = 24;
/// How many of the newest requests are shown.
const MOST_SHOWN: u32 = 50;

/// A request for all records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllRecords {
    /// Its number.
    pub number: i64,
    /// Who asked; `None` for somebody who was erased since.
    pub asked_by: Option<Name>,
    /// When.
    pub asked_at: Timestamp,
    /// Why, in their words.
    pub reason: String,
    /// Who agreed and when; the name is `None` for somebody who was erased since.
    pub agreed: Option<(Option<Name>, Timestamp)>,
    /// Whether the one who looks is the one who asked: then somebody else has to agree.
    pub own: bool,
    /// Whether the one who looks may take the records now.
    pub may_take: bool,
}

fn may_take_all(connection: &Connection, viewer: &Viewer) -> ReadResult<()> {
    let relation = relation::to_district(connection, viewer.actor())?;
    allow_deed(relation, viewer, Deed::TakeAll)
}

/// Whether records may still be taken that were agreed to then.
fn in_time(agreed_at: Timestamp, now: Timestamp) -> bool {
    agreed_at <= now && now < agreed_at.plus_ms(TAKEN_WITHIN_HOURS * 3_600_000)
}

/// Who asked, and when somebody agreed.
fn request(
    connection: &Connection,
    number: i64,
) -> ReadResult<Option<(PersonId, Option<Timestamp>)>> {
    let found: Option<([u8; 16], Option<i64>)> = connection
        .prepare_cached("SELECT asked_by, agreed_at FROM all_records WHERE number = ?1")?
        .query_row([number], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.map(|(by, at)| (PersonId(u128::from_be_bytes(by)), at.map(Timestamp))))
}

impl Store {
    /// The requests, the newest first.
    ///
    /// # Errors
    /// A refusal when the viewer may not see them.
    pub fn all_records_requests(&self, viewer: &Viewer) -> ReadResult<Vec<AllRecords>> {
        self.look(|connection| {
            let relation = relation::to_district(connection, viewer.actor())?;
            allow(relation, viewer, Read::Openings)?;
            let mut statement = connection.prepare_cached(
                "SELECT asked_by, number, asked_at, reason, agreed_by, agreed_at FROM all_records
                 ORDER BY number DESC LIMIT ?1",
            )?;
            let mut rows = statement.query([MOST_SHOWN])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let by = PersonId(id_at(row, 0)?);
                let agreed_at: Option<i64> = row.get(5)?;
                let agreed = match agreed_at.map(Timestamp) {
                    Some(at) => Some((name_if_there(connection, PersonId(id_at(row, 4)?))?, at)),
                    None => None,
                };
                let own = by == viewer.person();
                found.push(AllRecords {
                    number: row.get(1)?,
                    asked_by: name_if_there(connection, by)?,
                    asked_at: Timestamp(row.get(2)?),
                    reason: row.get(3)?,
                    own,
                    may_take: own
                        && agreed
                            .as_ref()
                            .is_some_and(|(_, at)| in_time(*at, viewer.at())),
                    agreed,
                });
            }
            Ok(found)
        })
    }

    /// Asks for all records.
    ///
    /// # Errors
    /// A refusal when the viewer may not, or the reason is no reason.
    pub fn ask_all_records(&self, viewer: &Viewer, why: &str, now: Timestamp) -> ReadResult<()> {
        self.look(|connection| may_take_all(connection, viewer))?;
        let (reason, by) = (reason(why)?, viewer.person());
        self.rows(move |rows| {
            rows.execute(
                "INSERT INTO all_records (number, asked_by, asked_at, reason)
                 SELECT coalesce(max(number), 0) + 1, ?1, ?2, ?3 FROM all_records",
                params![blob(by.0), now.0, reason],
            )?;
            Ok(())
        })?;
        Ok(())
    }

    /// Agrees to a request of somebody else.
    ///
    /// # Errors
    /// A refusal when the viewer may not, asked for it themself, or there is none that waits.
    pub fn agree_to_all_records(
        &self,
        viewer: &Viewer,
        number: i64,
        now: Timestamp,
    ) -> ReadResult<()> {
        self.look(|connection| {
            may_take_all(connection, viewer)?;
            match request(connection, number)? {
                Some((by, _)) if by == viewer.person() => Err(Refusal::NotYours.into()),
                Some((_, None)) => Ok(()),
                Some((_, Some(_))) => Err(Refusal::AlreadySo.into()),
                None => Err(Refusal::NothingToUndo.into()),
            }
        })?;
        let by = viewer.person();
        self.rows(move |rows| {
            rows.execute(
                "UPDATE all_records SET agreed_by = ?2, agreed_at = ?3 WHERE number = ?1 AND agreed_at IS NULL AND asked_by <> ?2",
                params![number, blob(by.0), now.0],
            )?;
            Ok(())
        })?;
        Ok(())
    }

    /// The learners whose records may be taken. Each of their pages gets the look of the one who takes them.
    ///
    /// # Errors
    /// A refusal when the viewer did not ask, nobody agreed, or it was too long ago.
    pub fn take_all_records(
        &self,
        viewer: &Viewer,
        number: i64,
        now: Timestamp,
    ) -> ReadResult<Vec<PersonId>> {
        let learners = self.look(|connection| {
            may_take_all(connection, viewer)?;
            match request(connection, number)? {
                Some((by, Some(at))) if by == viewer.person() && in_time(at, now) => {}
                _ => return Err(Refusal::NotYours.into()),
            }
            let mut statement = connection
                .prepare_cached("SELECT id FROM person WHERE role = 'learner' ORDER BY id")?;
            let mut rows = statement.query([])?;
            let mut learners = Vec::new();
            while let Some(row) = rows.next()? {
                let id = row.get_ref(0)?.as_blob().map_err(crate::db::Error::from)?;
                learners.push(PersonId(from_blob(id)?));
            }
            Ok(learners)
        })?;
        for learner in &learners {
            self.saw(viewer, *learner, "record");
        }
        Ok(learners)
    }

    /// One of the records that [`Store::take_all_records`] names; whether they may be taken is asked again.
    ///
    /// # Errors
    /// As there.
    pub fn taken_record(
        &self,
        viewer: &Viewer,
        number: i64,
        learner: PersonId,
        now: Timestamp,
    ) -> ReadResult<Record> {
        self.look(|connection| {
            may_take_all(connection, viewer)?;
            match request(connection, number)? {
                Some((by, Some(at))) if by == viewer.person() && in_time(at, now) => {
                    Ok(record::record(connection, learner, now)?)
                }
                _ => Err(Refusal::NotYours.into()),
            }
        })
    }
}
