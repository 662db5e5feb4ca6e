//! Content at rest: courses and items as rows, and the catalog made of them.

use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use trellis_core::catalog::Catalog;
use trellis_core::framework::Course;
use trellis_core::item::{Item, MixUp};

use crate::Store;
use crate::error::StoreError;
use crate::journal::int;

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
    /// Keeps courses, all or none; a course with the same id is replaced. Advice made from then on sees them.
    ///
    /// # Errors
    /// When a row cannot be written; then nothing has changed.
    pub fn import(&self, source: &Source, imports: Vec<Import>) -> Result<(), StoreError> {
        let source = serde_json::to_string(source)?;
        self.rows(move |rows| {
            for Import {
                course,
                items,
                mix_ups,
            } in imports
            {
                let id = course.id.as_str().to_owned();
                rows.execute("DELETE FROM item WHERE course = ?1", [&id])?;
                let body = serde_json::to_string(&CourseRow { course, mix_ups })?;
                rows.execute(
                    "INSERT OR REPLACE INTO course (id, source, body) VALUES (?1, ?2, ?3)",
                    params![id, source, body],
                )?;
                let mut insert = rows.prepare_cached(
                    "INSERT OR REPLACE INTO item (id, course, place, body) VALUES (?1, ?2, ?3, ?4)",
                )?;
                for (place, item) in (0u64..).zip(&items) {
                    insert.execute(params![
                        item.id.as_str(),
                        id,
                        int(place),
                        serde_json::to_string(item)?
                    ])?;
                }
            }
            Ok(())
        })?;
        let loaded = std::sync::Arc::new(self.read(load)?);
        match self.catalog.write() {
            Ok(mut catalog) => *catalog = loaded,
            Err(poisoned) => *poisoned.into_inner() = loaded,
        }
        Ok(())
    }
}

/// Reads all content. The hash is over the rows as they stand, so that equal content has an equal name.
pub(crate) fn load(connection: &Connection) -> Result<Catalog, StoreError> {
    let mut hasher = blake3::Hasher::new();
    let mut courses = Vec::new();
    let mut mix_ups = Vec::new();
    let mut statement = connection.prepare("SELECT body FROM course ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let body = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        hasher.update(body.as_bytes());
        let row: CourseRow = serde_json::from_str(body)?;
        courses.push(row.course);
        mix_ups.extend(row.mix_ups);
    }
    let mut items = Vec::new();
    let mut statement = connection.prepare("SELECT body FROM item ORDER BY course, place")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let body = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        hasher.update(body.as_bytes());
        items.push(serde_json::from_str(body)?);
    }
    let content = hasher.finalize().as_bytes()[..8]
        .iter()
        .fold(0, |hash: u64, byte| (hash << 8) | u64::from(*byte));
    Ok(Catalog::new(courses, items, mix_ups, content))
}
