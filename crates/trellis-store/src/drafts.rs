//! Questions that authors are writing: drafts with all their versions. Learners see nothing of them until they are published.

use trellis_core::access::{self, Deed, Read, Relation};
use trellis_core::framework::{CompetencyId, CourseId, ItemId};
use trellis_core::id::{DraftId, PersonId};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use crate::db::{Connection, OptionalExtension, Row, params};
use crate::error::StoreError;
use crate::journal::{blob, from_blob};
use crate::read::{Name, ReadResult, name_of};
use crate::session::Viewer;
use crate::{Store, relation};

/// The longest text of a draft, in bytes.
pub const LONGEST_DRAFT: usize = 20_000;

/// A saved version of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftVersion {
    /// Counted from 1.
    pub number: u32,
    /// Who saved it; `None` for somebody who has left the roster.
    pub by: Option<Name>,
    /// When.
    pub at: Timestamp,
    /// The item in the course format.
    pub text: String,
}

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its id.
    pub id: DraftId,
    /// The course that it is for.
    pub course: CourseId,
    /// The competency that it is for.
    pub competency: CompetencyId,
    /// The item that it changes; `None` for a new one.
    pub changes: Option<ItemId>,
    /// What was published of it last: the item, and from which version.
    pub published: Option<(ItemId, u32)>,
    /// Its last version.
    pub last: DraftVersion,
}

/// What is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaveDraft {
    /// The draft, made by the caller when it is new.
    pub id: DraftId,
    /// The course that it is for; the one of a draft that is there stays.
    pub course: CourseId,
    /// The competency that it is for; stays likewise.
    pub competency: CompetencyId,
    /// The item that it changes; stays likewise.
    pub changes: Option<ItemId>,
    /// The item in the course format.
    pub text: String,
}

/// What somebody may do with the questions of a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MayAuthor {
    /// Write drafts.
    pub write: bool,
    /// Give them to learners.
    pub publish: bool,
}

fn relation_to(
    connection: &Connection,
    viewer: &Viewer,
    course: &CourseId,
) -> Result<Relation, StoreError> {
    relation::to_courses(connection, viewer.actor(), std::slice::from_ref(course))
}

fn may(connection: &Connection, viewer: &Viewer, course: &CourseId) -> ReadResult<MayAuthor> {
    let relation = relation_to(connection, viewer, course)?;
    let stands = access::allowed_for(viewer.role(), relation);
    if !stands || !access::may_read(relation, Read::Authoring) {
        return Err(Refusal::NotYours.into());
    }
    Ok(MayAuthor {
        write: access::may_do(relation, Deed::Author),
        publish: access::may_do(relation, Deed::Publish),
    })
}

const DRAFTS: &str = "SELECT draft.id, draft.course, draft.competency, draft.changes,
        published.item, published.version, last.number, last.by, last.at, last.text
    FROM draft
    JOIN draft_version AS last ON last.draft = draft.id
     AND last.number = (SELECT max(number) FROM draft_version WHERE draft = draft.id)
    LEFT JOIN authored_item AS published ON published.item =
        (SELECT item FROM authored_item WHERE draft = draft.id ORDER BY version DESC, item LIMIT 1)";

fn id_of<T, E>(text: String, make: impl Fn(&str) -> Result<T, E>) -> Result<T, StoreError> {
    make(&text).map_err(|_| StoreError::Corrupt(format!("a draft of \"{text}\"")))
}

fn version(connection: &Connection, row: Row<'_>, place: usize) -> ReadResult<DraftVersion> {
    let by: Vec<u8> = row.get(place + 1)?;
    Ok(DraftVersion {
        number: row.get(place)?,
        by: name_of(connection, PersonId(from_blob(&by)?)).ok(),
        at: Timestamp(row.get(place + 2)?),
        text: row.get(place + 3)?,
    })
}

fn draft(connection: &Connection, row: Row<'_>) -> ReadResult<Draft> {
    let id: Vec<u8> = row.get(0)?;
    let changes: Option<String> = row.get(3)?;
    let item: Option<String> = row.get(4)?;
    let published = match item {
        Some(item) => Some((id_of(item, ItemId::new)?, row.get(5)?)),
        None => None,
    };
    Ok(Draft {
        id: DraftId(from_blob(&id)?),
        course: id_of(row.get(1)?, CourseId::new)?,
        competency: id_of(row.get(2)?, CompetencyId::new)?,
        changes: changes.map(|item| id_of(item, ItemId::new)).transpose()?,
        published,
        last: version(connection, row, 6)?,
    })
}

fn one(connection: &Connection, id: DraftId) -> ReadResult<Draft> {
    let sql = format!("{DRAFTS} WHERE draft.id = ?1");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([blob(id.0)])?;
    let row = rows.next()?.ok_or(Refusal::NotFound)?;
    draft(connection, row)
}

impl Store {
    /// What the viewer may do with the questions of a course.
    ///
    /// # Errors
    /// A refusal when they may not even read what is written for it.
    pub fn may_author(&self, viewer: &Viewer, course: &CourseId) -> ReadResult<MayAuthor> {
        self.look(|connection| may(connection, viewer, course))
    }

    /// The drafts for courses that the viewer may write for, the last changed first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn drafts(&self, viewer: &Viewer) -> ReadResult<Vec<Draft>> {
        self.look(|connection| {
            let sql = format!("{DRAFTS} ORDER BY last.at DESC, draft.id DESC");
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query([])?;
            let mut drafts = Vec::new();
            while let Some(row) = rows.next()? {
                let draft = draft(connection, row)?;
                if may(connection, viewer, &draft.course).is_ok() {
                    drafts.push(draft);
                }
            }
            Ok(drafts)
        })
    }

    /// A draft with all its versions, the newest first.
    ///
    /// # Errors
    /// A refusal when the viewer may not read it, or there is none.
    pub fn draft(&self, viewer: &Viewer, id: DraftId) -> ReadResult<(Draft, Vec<DraftVersion>)> {
        self.look(|connection| {
            let draft = one(connection, id)?;
            may(connection, viewer, &draft.course)?;
            let sql = "SELECT number, by, at, text FROM draft_version WHERE draft = ?1 ORDER BY number DESC";
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([blob(id.0)])?;
            let mut versions = Vec::new();
            while let Some(row) = rows.next()? {
                versions.push(version(connection, row, 0)?);
            }
            Ok((draft, versions))
        })
    }

    /// The draft that an item came from or is changed by, the newest of several.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn draft_of(&self, item: &ItemId) -> ReadResult<Option<DraftId>> {
        self.look(|connection| {
            let sql = "SELECT id FROM draft WHERE changes = ?1
                 OR id IN (SELECT draft FROM authored_item WHERE item = ?1) ORDER BY id DESC LIMIT 1";
            let id: Option<Vec<u8>> = connection
                .prepare_cached(sql)?
                .query_row([item.as_str()], |row| row.get(0))
                .optional()?;
            Ok(id.map(|id| from_blob(&id)).transpose()?.map(DraftId))
        })
    }

    /// Saves a version; a text that is the last version already makes none. Gives the number of the version.
    ///
    /// # Errors
    /// A refusal when the viewer may not write for the course, or the text is longer than [`LONGEST_DRAFT`].
    pub fn save_draft(&self, viewer: &Viewer, save: SaveDraft, now: Timestamp) -> ReadResult<u32> {
        if save.text.len() > LONGEST_DRAFT {
            return Err(Refusal::TooLong.into());
        }
        let there = self.look(|connection| match one(connection, save.id) {
            Ok(draft) => Ok(Some(draft)),
            Err(crate::read::ReadError::Refused(Refusal::NotFound)) => Ok(None),
            Err(error) => Err(error),
        })?;
        let course = there.as_ref().map_or(&save.course, |draft| &draft.course);
        if !self.may_author(viewer, course)?.write {
            return Err(Refusal::NotYours.into());
        }
        if let Some(draft) = there
            && draft.last.text == save.text
        {
            return Ok(draft.last.number);
        }
        let (by, id) = (viewer.person(), save.id);
        self.rows(move |rows| {
            rows.execute(
                "INSERT INTO draft (id, course, competency, changes) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
                params![
                    blob(id.0),
                    save.course.as_str(),
                    save.competency.as_str(),
                    save.changes.as_ref().map(ItemId::as_str)
                ],
            )?;
            rows.execute(
                "INSERT INTO draft_version (draft, number, by, at, text)
                 SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4 FROM draft_version WHERE draft = ?1",
                params![blob(id.0), blob(by.0), now.0, save.text],
            )?;
            Ok(())
        })?;
        Ok(self.look(|connection| one(connection, id))?.last.number)
    }

    /// Throws a draft away with all its versions; what was published of it stays.
    ///
    /// # Errors
    /// A refusal when the viewer may not write for the course, or there is no such draft.
    pub fn discard_draft(&self, viewer: &Viewer, id: DraftId) -> ReadResult<()> {
        let draft = self.look(|connection| one(connection, id))?;
        if !self.may_author(viewer, &draft.course)?.write {
            return Err(Refusal::NotYours.into());
        }
        self.rows(move |rows| {
            rows.execute("DELETE FROM draft_version WHERE draft = ?1", [blob(id.0)])?;
            rows.execute("DELETE FROM draft WHERE id = ?1", [blob(id.0)])?;
            Ok(())
        })?;
        Ok(())
    }
}
