//! Content at rest: courses and items as rows, and the catalog made of them.

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde::{Deserialize, Serialize};
use trellis_core::catalog::Catalog;
use trellis_core::command::Command;
use trellis_core::framework::{CompetencyId, Course, CourseId, ItemId};
use trellis_core::item::{Item, MixUp};

use crate::db::{Connection, OptionalExtension, params};
use crate::error::{StoreError, TakenItem};
use crate::journal::int;
use crate::{Store, authored, curation, media, models};

/// Where content came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// What read it: `course` or `oatutor`.
    pub format: String,
    /// The file or folder name, without its path.
    pub name: String,
}

/// One course with its items, ready to be kept.
#[derive(Debug, Clone)]
pub struct Import {
    /// The course.
    pub course: Course,
    /// Its items, in the order in which the course gives them.
    pub items: Vec<Item>,
    /// The mix-ups that they name.
    pub mix_ups: Vec<MixUp>,
}

/// What stands in a course's row.
#[derive(Serialize, Deserialize)]
struct CourseRow {
    course: Course,
    mix_ups: Vec<MixUp>,
}

impl Store {
    /// Keeps courses, all or none; a course with the same id is replaced. Advice made from then on sees them. What was
    /// written here for a course stays as it is, also where the import has an item of the same id.
    ///
    /// # Errors
    /// [`StoreError::ItemsTaken`] when an item has the id of an item of another course, [`StoreError::WrittenFor`] when the
    /// course no longer has what an item was written for, or when a row cannot be written; then nothing has changed.
    pub fn import(&self, source: &Source, imports: Vec<Import>) -> Result<(), StoreError> {
        self.import_with_media(source, imports, Vec::new())
    }

    /// Keeps courses as [`Store::import`] does, with the pictures and sounds that their items name.
    ///
    /// # Errors
    /// As [`Store::import`]; also [`StoreError::Corrupt`] when a name is not that of its bytes.
    pub fn import_with_media(
        &self,
        source: &Source,
        imports: Vec<Import>,
        media: Vec<(String, Vec<u8>)>,
    ) -> Result<(), StoreError> {
        let source = serde_json::to_string(source)?;
        self.writer.content(Box::new(move |rows| {
            media::keep(rows, &media)?;
            // All old versions go before any new one comes, so that an item may move between two courses.
            for Import { course, .. } in &imports {
                rows.execute(
                    "DELETE FROM item WHERE course = ?1 AND id NOT IN (SELECT item FROM authored_item)",
                    [course.id.as_str()],
                )?;
            }
            let (mut taken, mut lost) = (Vec::new(), Vec::new());
            for Import {
                course,
                items,
                mut mix_ups,
            } in imports
            {
                let id = course.id.clone();
                lost.extend(authored::keep(rows, &course, &mut mix_ups)?);
                let written = authored::of_course(rows, &id)?;
                put_course(rows, &source, &CourseRow { course, mix_ups })?;
                for (place, item) in (0u64..).zip(&items) {
                    if written.contains(&item.id) {
                        continue;
                    }
                    match owner(rows, &item.id)? {
                        Some(owner) => taken.push(TakenItem {
                            item: item.id.clone(),
                            course: id.clone(),
                            owner,
                        }),
                        None => insert(rows, &id, place, item)?,
                    }
                }
            }
            if !lost.is_empty() {
                return Err(StoreError::WrittenFor(lost));
            }
            if taken.is_empty() {
                Ok(())
            } else {
                Err(StoreError::ItemsTaken(taken))
            }
        }))
    }
}

/// Puts a published item into the content.
pub(crate) fn publish(rows: &Connection, command: &Command) -> Result<(), StoreError> {
    let Command::PublishItem {
        course,
        item,
        mix_ups,
        ..
    } = command
    else {
        return Ok(());
    };
    put(rows, course, item)?;
    authored::note(rows, command)?;
    let (source, mut row) = course_row(rows, course)?;
    if authored::add(&mut row.mix_ups, mix_ups.clone()) {
        put_course(rows, &source, &row)?;
    }
    Ok(())
}

/// A course as it stands, with where it came from.
fn course_row(rows: &Connection, course: &CourseId) -> Result<(String, CourseRow), StoreError> {
    let (source, body): (String, String) = rows
        .prepare_cached("SELECT source, body FROM course WHERE id = ?1")?
        .query_row([course.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok((source, serde_json::from_str(&body)?))
}

/// Writes a course.
fn put_course(rows: &Connection, source: &str, row: &CourseRow) -> Result<(), StoreError> {
    rows.prepare_cached(
        "INSERT INTO course (id, source, body) VALUES (?1, ?2, ?3)
         ON CONFLICT (id) DO UPDATE SET source = excluded.source, body = excluded.body",
    )?
    .execute(params![
        row.course.id.as_str(),
        source,
        serde_json::to_string(row)?
    ])?;
    Ok(())
}

/// Writes an item: in the place that it has, or after all others of its course.
fn put(rows: &Connection, course: &CourseId, item: &Item) -> Result<(), StoreError> {
    let changed = rows
        .prepare_cached("UPDATE item SET body = ?3 WHERE id = ?1 AND course = ?2")?
        .execute(params![
            item.id.as_str(),
            course.as_str(),
            serde_json::to_string(item)?
        ])?;
    if changed == 0 {
        insert(rows, course, authored::last_place(rows, course)?, item)?;
    }
    Ok(())
}

/// The course that has an item.
fn owner(rows: &Connection, item: &ItemId) -> Result<Option<CourseId>, StoreError> {
    let owner: Option<String> = rows
        .prepare_cached("SELECT course FROM item WHERE id = ?1")?
        .query_row([item.as_str()], |row| row.get(0))
        .optional()?;
    let course = |id: String| {
        CourseId::new(&id)
            .map_err(|_| StoreError::Corrupt(format!("an item of the course \"{id}\"")))
    };
    owner.map(course).transpose()
}

fn insert(rows: &Connection, course: &CourseId, place: u64, item: &Item) -> Result<(), StoreError> {
    rows.prepare_cached("INSERT INTO item (id, course, place, body) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![
            item.id.as_str(),
            course.as_str(),
            int(place),
            serde_json::to_string(item)?
        ])?;
    Ok(())
}

/// Puts another version in the place of an item. What it counts for stays the import's word: a tag is no part of it.
pub(crate) fn replace(
    rows: &Connection,
    item: &Item,
    imported: &CompetencyId,
) -> Result<(), StoreError> {
    let item = Item {
        competency: imported.clone(),
        ..item.clone()
    };
    rows.prepare_cached("UPDATE item SET body = ?2 WHERE id = ?1")?
        .execute(params![item.id.as_str(), serde_json::to_string(&item)?])?;
    Ok(())
}

/// So many items are held as text at once while they are read.
const TOGETHER: usize = 1024;

/// Understands items, in order: templates are parsed once here and never again.
fn understand(bodies: &[String]) -> Result<Vec<Item>, serde_json::Error> {
    let items = bodies.par_iter().map(|body| serde_json::from_str(body));
    items.collect()
}

/// Reads all content, as people decided that it is given out. The hash is over the rows as they stand, so that equal content has an
/// equal name.
pub(crate) fn load(connection: &Connection) -> Result<Catalog, StoreError> {
    let mut hasher = blake3::Hasher::new();
    let mut courses = Vec::new();
    let mut mix_ups = Vec::new();
    let mut statement = connection.prepare("SELECT body FROM course ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let body = row.get_ref(0)?.as_str().map_err(crate::db::Error::from)?;
        hasher.update(body.as_bytes());
        let row: CourseRow = serde_json::from_str(body)?;
        courses.push(row.course);
        mix_ups.extend(row.mix_ups);
    }
    let mut items = Vec::new();
    let mut statement = connection.prepare("SELECT body FROM item ORDER BY course, place")?;
    let mut rows = statement.query([])?;
    let mut bodies: Vec<String> = Vec::new();
    while let Some(row) = rows.next()? {
        let body = row.get_ref(0)?.as_str().map_err(crate::db::Error::from)?;
        hasher.update(body.as_bytes());
        bodies.push(body.to_owned());
        if bodies.len() == TOGETHER {
            items.append(&mut understand(&bodies)?);
            bodies.clear();
        }
    }
    items.append(&mut understand(&bodies)?);
    let content = hasher.finalize().as_bytes()[..8]
        .iter()
        .fold(0, |hash: u64, byte| (hash << 8) | u64::from(*byte));
    let model = models::as_of(connection, None)?;
    let decided = curation::load(connection)?.decided();
    let catalog = Catalog::new(courses, items, mix_ups, content).with_model(model);
    Ok(catalog.with_decided(decided))
}
