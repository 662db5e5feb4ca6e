//! A lesson as it goes: who of a section has signed in to its class session, and a cheap sign that something has changed.

use trellis_core::access::{Deed, Read};
use trellis_core::id::{PersonId, SectionId};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use super::class_names::learners;
use super::section::{TaughtSection, one};
use super::{LearnerView, ReadResult, allow_deed, allow_section, id_at};
use crate::db::params;
use crate::journal::blob;
use crate::session::Viewer;
use crate::{Store, fold, relation};

/// A learner of the lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveLearner {
    /// Who, and what is believed.
    pub learner: LearnerView,
    /// Whether they have signed in to the class session.
    pub here: bool,
}

/// A lesson as it goes.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveView {
    /// The section.
    pub section: TaughtSection,
    /// Its learners, by name.
    pub learners: Vec<LiveLearner>,
}

/// What changes when something happens in a lesson: as long as it is the same, nothing has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveMark {
    /// The last event of any learner of the section.
    seq: u64,
    /// How many have signed in.
    here: u32,
    /// Until when the class session is open, if it is.
    pub open_until: Option<Timestamp>,
}

impl Store {
    /// The lesson of a section.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn live_lesson(
        &self,
        viewer: &Viewer,
        section: SectionId,
        now: Timestamp,
    ) -> ReadResult<LiveView> {
        self.look(|connection| {
            allow_section(connection, viewer, section, Read::TeacherToday)?;
            let mut statement = connection.prepare_cached(
                "SELECT DISTINCT person FROM session WHERE section = ?1 AND expires_at > ?2",
            )?;
            let mut rows = statement.query(params![blob(section.0), now.0])?;
            let mut signed_in = Vec::new();
            while let Some(row) = rows.next()? {
                signed_in.push(PersonId(id_at(row, 0)?));
            }
            let mut found = Vec::new();
            for name in learners(connection, section)? {
                let state = fold::state_of(connection, name.id)?;
                found.push(LiveLearner {
                    here: signed_in.contains(&name.id),
                    learner: LearnerView { name, state },
                });
            }
            Ok(LiveView {
                section: one(connection, section)?,
                learners: found,
            })
        })
    }

    /// The mark of a lesson: one look into an index for each learner, no state is read.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it, also when they may no longer.
    pub fn live_mark(
        &self,
        viewer: &Viewer,
        section: SectionId,
        now: Timestamp,
    ) -> ReadResult<LiveMark> {
        self.look(|connection| {
            allow_section(connection, viewer, section, Read::TeacherToday)?;
            let mut statement = connection.prepare_cached(
                "SELECT coalesce(max((SELECT max(seq) FROM event WHERE event.learner = enrollment.person)), 0),
                   (SELECT count(DISTINCT person) FROM session WHERE session.section = ?1 AND expires_at > ?2),
                   (SELECT until FROM class_session WHERE class_session.section = ?1 AND until > ?2)
                 FROM enrollment WHERE enrollment.section = ?1 AND enrollment.role = 'learner'",
            )?;
            Ok(statement.query_row(params![blob(section.0), now.0], |row| {
                Ok(LiveMark {
                    seq: row.get(0)?,
                    here: row.get(1)?,
                    open_until: row.get::<Option<i64>>(2)?.map(Timestamp),
                })
            })?)
        })
    }

    /// Until when the class session of a section is open, for somebody who may run it.
    ///
    /// # Errors
    /// A refusal when the viewer may not run the class, or it is closed.
    pub fn class_to_run(
        &self,
        viewer: &Viewer,
        section: SectionId,
        now: Timestamp,
    ) -> ReadResult<Timestamp> {
        self.look(|connection| {
            let relation = relation::to_section(connection, viewer.actor(), section)?;
            allow_deed(relation, viewer, Deed::RunClass)?;
            let until = one(connection, section)?.open_until;
            let open = until.filter(|until| *until > now);
            Ok(open.ok_or(Refusal::ClassClosed)?)
        })
    }
}
