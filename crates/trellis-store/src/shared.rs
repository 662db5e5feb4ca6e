//! Sets of questions that teachers share with the other teachers of the district: to look at, to talk about, to take over.

use trellis_core::access::{Deed, Read};
use trellis_core::framework::CompetencyId;
use trellis_core::id::{AssignmentId, PersonId, SectionId};
use trellis_core::plan::assignment::{MOST_QUESTIONS, Question};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use crate::Store;
use crate::db::{Connection, OptionalExtension, Row, params};
use crate::error::StoreError;
use crate::journal::{blob, from_blob};
use crate::read::{Name, ReadResult, allow, allow_deed, name_if_there};
use crate::relation;
use crate::session::Viewer;

/// Longest title of a shared set, in characters.
pub const LONGEST_SET_TITLE: usize = 120;
/// Longest word with it, and longest comment, in characters.
pub const LONGEST_COMMENT: usize = 500;
/// Most comments on one set.
const MOST_COMMENTS: u32 = 100;
/// Most sets on a page; the newest come first.
const MOST_SETS: u32 = 200;

/// A set of questions, as a teacher shares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSharedSet {
    /// Its id, made by the caller; the same id again changes nothing.
    pub id: AssignmentId,
    /// What it is called.
    pub title: String,
    /// What others should know of it; may be empty.
    pub word: String,
    /// What all of its questions are about.
    pub competency: CompetencyId,
    /// They.
    pub questions: Vec<Question>,
}

/// A comment on a shared set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedComment {
    /// Who; `None` for somebody who was erased since.
    pub by: Option<Name>,
    /// When.
    pub at: Timestamp,
    /// What.
    pub said: String,
}

/// A set of questions that somebody shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedSet {
    /// What it is.
    pub set: NewSharedSet,
    /// Who shares it; `None` for somebody who was erased since.
    pub by: Option<Name>,
    /// Whether that is the viewer.
    pub own: bool,
    /// Since when.
    pub at: Timestamp,
    /// Oldest first.
    pub comments: Vec<SharedComment>,
}

fn length(text: &str, least: usize, most: usize) -> ReadResult<()> {
    match text.trim().chars().count() {
        count if count < least => Err(Refusal::NothingSaid.into()),
        count if count > most => Err(Refusal::TooLong.into()),
        _ => Ok(()),
    }
}

/// A set's row, with who shares it.
fn set(row: Row<'_>) -> Result<(NewSharedSet, PersonId, Timestamp), StoreError> {
    let (id, by): (Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?);
    let (competency, questions): (String, String) = (row.get(5)?, row.get(6)?);
    let strange = |what: &str| StoreError::Corrupt(format!("a shared set: {what}"));
    let set = NewSharedSet {
        id: AssignmentId(from_blob(&id)?),
        title: row.get(3)?,
        word: row.get(4)?,
        competency: CompetencyId::new(&competency).map_err(|_| strange("its competency"))?,
        questions: serde_json::from_str(&questions).map_err(|error| strange(&error.to_string()))?,
    };
    Ok((set, PersonId(from_blob(&by)?), Timestamp(row.get(2)?)))
}

fn comments(connection: &Connection, id: AssignmentId) -> ReadResult<Vec<SharedComment>> {
    let mut statement = connection.prepare_cached(
        "SELECT by, at, said FROM shared_comment WHERE shared_set = ?1 ORDER BY number",
    )?;
    let mut rows = statement.query([blob(id.0)])?;
    let mut found: Vec<(PersonId, Timestamp, String)> = Vec::new();
    while let Some(row) = rows.next()? {
        let by: Vec<u8> = row.get(0)?;
        let by = PersonId(from_blob(&by)?);
        found.push((by, Timestamp(row.get(1)?), row.get(2)?));
    }
    let named = |(by, at, said)| {
        let by = name_if_there(connection, by)?;
        Ok(SharedComment { by, at, said })
    };
    found.into_iter().map(named).collect()
}

impl Store {
    /// Shares a set of questions with the other teachers of the district.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach the section, or the set has no title, no questions, or too much of anything.
    pub fn share_set(
        &self,
        viewer: &Viewer,
        section: SectionId,
        shared: NewSharedSet,
        now: Timestamp,
    ) -> ReadResult<()> {
        length(&shared.title, 1, LONGEST_SET_TITLE)?;
        length(&shared.word, 0, LONGEST_COMMENT)?;
        let catalog = self.catalog();
        let about = |question: &Question| {
            let item = catalog.item(&question.item);
            item.is_some_and(|item| item.competency == shared.competency)
        };
        if shared.questions.is_empty() || !shared.questions.iter().all(about) {
            return Err(Refusal::NothingSaid.into());
        }
        if shared.questions.len() > MOST_QUESTIONS {
            return Err(Refusal::TooLong.into());
        }
        self.look(|connection| {
            let relation = relation::to_section(connection, viewer.actor(), section)?;
            allow_deed(relation, viewer, Deed::Share)
        })?;
        let questions = serde_json::to_string(&shared.questions)
            .map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let by = viewer.person();
        self.rows(move |rows| {
            rows.execute(
                "INSERT INTO shared_set (id, by, at, title, word, competency, questions)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
                params![
                    blob(shared.id.0),
                    blob(by.0),
                    now.0,
                    shared.title.trim(),
                    shared.word.trim(),
                    shared.competency.as_str(),
                    questions
                ],
            )?;
            Ok(())
        })?;
        Ok(())
    }

    /// What the teachers of the district share, newest first.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach the section.
    pub fn shared_sets(&self, viewer: &Viewer, section: SectionId) -> ReadResult<Vec<SharedSet>> {
        self.look(|connection| {
            let relation = relation::to_section(connection, viewer.actor(), section)?;
            allow(relation, viewer, Read::SharedSets)?;
            let mut statement = connection.prepare_cached(
                "SELECT id, by, at, title, word, competency, questions FROM shared_set
                 WHERE withdrawn_at IS NULL ORDER BY at DESC, id LIMIT ?1",
            )?;
            let mut rows = statement.query([MOST_SETS])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(set(row)?);
            }
            let whole = |(set, by, at): (NewSharedSet, PersonId, Timestamp)| {
                Ok(SharedSet {
                    comments: comments(connection, set.id)?,
                    by: name_if_there(connection, by)?,
                    own: by == viewer.person(),
                    at,
                    set,
                })
            };
            found.into_iter().map(whole).collect()
        })
    }

    /// Says something about a shared set.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach the section, the set is not shared, nothing is said, or too much.
    pub fn comment_on_set(
        &self,
        viewer: &Viewer,
        section: SectionId,
        id: AssignmentId,
        said: &str,
        now: Timestamp,
    ) -> ReadResult<()> {
        length(said, 1, LONGEST_COMMENT)?;
        self.look(|connection| {
            let relation = relation::to_section(connection, viewer.actor(), section)?;
            allow_deed(relation, viewer, Deed::Share)?;
            let is_shared = connection
                .prepare_cached("SELECT 1 FROM shared_set WHERE id = ?1 AND withdrawn_at IS NULL")?
                .query_row([blob(id.0)], |_| Ok(()))
                .optional()?;
            is_shared.ok_or(Refusal::NotFound)?;
            let count = "SELECT count(*) FROM shared_comment WHERE shared_set = ?1";
            let there: u32 = connection
                .prepare_cached(count)?
                .query_row([blob(id.0)], |row| row.get(0))?;
            match there < MOST_COMMENTS {
                true => Ok(()),
                false => Err(Refusal::TooLong.into()),
            }
        })?;
        let (by, said) = (viewer.person(), said.trim().to_owned());
        self.rows(move |rows| {
            rows.execute(
                "INSERT INTO shared_comment (shared_set, number, by, at, said)
                 SELECT ?1, (SELECT coalesce(max(number), 0) + 1 FROM shared_comment WHERE shared_set = ?1), ?2, ?3, ?4",
                params![blob(id.0), blob(by.0), now.0, said],
            )?;
            Ok(())
        })?;
        Ok(())
    }

    /// Shares something of the viewer's own no longer. What others took over stays theirs.
    ///
    /// # Errors
    /// A refusal when it is another's.
    pub fn withdraw_set(
        &self,
        viewer: &Viewer,
        id: AssignmentId,
        now: Timestamp,
    ) -> ReadResult<()> {
        let person = viewer.person();
        self.look(|connection| {
            let own = connection
                .prepare_cached("SELECT 1 FROM shared_set WHERE id = ?1 AND by = ?2")?
                .query_row(params![blob(id.0), blob(person.0)], |_| Ok(()))
                .optional()?;
            Ok(own.ok_or(Refusal::NotYours)?)
        })?;
        self.rows(move |rows| {
            rows.execute(
                "UPDATE shared_set SET withdrawn_at = ?2 WHERE id = ?1 AND withdrawn_at IS NULL",
                params![blob(id.0), now.0],
            )?;
            Ok(())
        })?;
        Ok(())
    }
}
