//! Who of the school looked at something of a learner: it is noted where the right to read is asked, and read again here.

use trellis_core::access::{Read, Relation};
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_core::time::Timestamp;

use super::openings::is_open;
use super::person::allow_person;
use super::{Name, ReadResult, allow, name_of};
use crate::Store;
use crate::db::{Connection, params};
use crate::journal::{blob, from_blob};
use crate::session::Viewer;
use crate::{reader, relation};

/// Most looks that are read at once.
const MOST_LOOKS: u32 = 400;

/// That somebody of the school looked at something of a learner on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The beginning of the day.
    pub day: Timestamp,
    /// Who; `None` for somebody who was erased since.
    pub reader: Option<Name>,
    /// As what they were signed in.
    pub role: Role,
    /// The kind of page: one of [`crate::LOOK_PAGES`].
    pub page: String,
}

/// The kind of page that a read model is shown on; `None` where it shows nothing of one learner alone.
fn page_of(read: Read) -> Option<&'static str> {
    Some(match read {
        Read::EvidenceTimeline => "evidence",
        Read::LearnerToday => "today",
        Read::LearnerMap => "map",
        Read::Explanation => "why",
        Read::FamilyWeek | Read::Consents => "week",
        Read::Attempt | Read::AttemptFeedback => "answer",
        Read::Handed => "file",
        Read::LearnerPlan => "plan",
        Read::LearnerWork => "work",
        Read::PersonRecord => "record",
        _ => return None,
    })
}

/// Whether somebody who stands so to a learner is of the school.
fn is_staff(relation: Relation) -> bool {
    matches!(
        relation,
        Relation::TeacherOf | Relation::LeaderOf | Relation::WithReason | Relation::OperatorOf
    )
}

impl Store {
    /// Lets a viewer read this of a learner, or refuses it; that somebody of the school reads it is written down.
    pub(crate) fn allow_learner(
        &self,
        connection: &Connection,
        viewer: &Viewer,
        learner: PersonId,
        read: Read,
    ) -> ReadResult<()> {
        let relation = match relation::to_learner(connection, viewer.actor(), learner)? {
            Relation::LeaderOf if is_open(connection, viewer, learner)? => Relation::WithReason,
            relation => relation,
        };
        allow(relation, viewer, read)?;
        if is_staff(relation)
            && let Some(page) = page_of(read)
        {
            self.saw(viewer, learner, page);
        }
        Ok(())
    }

    /// Who of the school looked at something of a learner in the last `days` days, the newest first. Of somebody who is no
    /// learner there is nothing.
    ///
    /// # Errors
    /// A refusal when the viewer may not see what is kept about the learner.
    pub fn looks(
        &self,
        viewer: &Viewer,
        learner: PersonId,
        days: u16,
        now: Timestamp,
    ) -> ReadResult<Vec<Look>> {
        self.look(|connection| {
            allow_person(self, connection, viewer, learner)?;
            looks_since(connection, learner, now.plus_days(-i64::from(days)))
        })
    }
}

/// The looks at a learner's pages from a moment on, the newest first.
pub(crate) fn looks_since(
    connection: &Connection,
    learner: PersonId,
    since: Timestamp,
) -> ReadResult<Vec<Look>> {
    let mut statement = connection.prepare_cached(
        "SELECT look.day, look.reader, look.role, look.page, person.id IS NOT NULL FROM look
         LEFT JOIN person ON person.id = look.reader
         WHERE look.learner = ?1 AND look.day > ?2 ORDER BY look.day DESC, look.reader, look.page LIMIT ?3",
    )?;
    let mut rows = statement.query(params![blob(learner.0), since.0, MOST_LOOKS])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let who = row.get_ref(1)?.as_blob().map_err(crate::db::Error::from)?;
        let who = PersonId(from_blob(who)?);
        let role = row.get_ref(2)?.as_str().map_err(crate::db::Error::from)?;
        let is_there: bool = row.get(4)?;
        found.push(Look {
            day: Timestamp(row.get(0)?),
            reader: is_there.then(|| name_of(connection, who)).transpose()?,
            role: reader::role(role)?,
            page: row.get(3)?,
        });
    }
    Ok(found)
}
