//! Items that were written here: how they come among those of a course, and how they stay when the course is imported again.

use std::collections::BTreeSet;

use trellis_core::command::Command;
use trellis_core::framework::{Course, CourseId, ItemId};
use trellis_core::item::{Item, MixUp};

use crate::db::{Connection, params};
use crate::error::StoreError;
use crate::journal::blob;

/// Notes that an item of the content was written here.
pub(crate) fn note(rows: &Connection, command: &Command) -> Result<(), StoreError> {
    let Command::PublishItem {
        course,
        item,
        mix_ups,
        draft,
        version,
        ..
    } = command
    else {
        return Ok(());
    };
    rows.prepare_cached(
        "INSERT INTO authored_item (item, course, draft, version, mix_ups) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (item) DO UPDATE SET course = excluded.course, draft = excluded.draft,
           version = excluded.version, mix_ups = excluded.mix_ups",
    )?
    .execute(params![
        item.id.as_str(),
        course.as_str(),
        blob(draft.0),
        version,
        serde_json::to_string(mix_ups)?
    ])?;
    Ok(())
}

/// Adds mix-ups that are not there; whether there were any.
pub(crate) fn add(known: &mut Vec<MixUp>, more: Vec<MixUp>) -> bool {
    let before = known.len();
    for mix_up in more {
        if !known.iter().any(|known| known.id == mix_up.id) {
            known.push(mix_up);
        }
    }
    known.len() > before
}

/// The items of a course that were written here, in their order.
pub(crate) fn of_course(
    rows: &Connection,
    course: &CourseId,
) -> Result<BTreeSet<ItemId>, StoreError> {
    let mut statement = rows.prepare_cached("SELECT item FROM authored_item WHERE course = ?1")?;
    let ids = statement.query_map([course.as_str()], |row| row.get::<String>(0))?;
    let mut all = BTreeSet::new();
    for id in ids {
        let id = id?;
        let read = ItemId::new(&id);
        all.insert(read.map_err(|_| StoreError::Corrupt(format!("the written item \"{id}\"")))?);
    }
    Ok(all)
}

/// Gives a course that comes again the mix-ups of the items that were written for it here, and names those whose
/// competency it has no longer.
pub(crate) fn keep(
    rows: &Connection,
    course: &Course,
    mix_ups: &mut Vec<MixUp>,
) -> Result<Vec<ItemId>, StoreError> {
    let mut statement = rows.prepare_cached(
        "SELECT item.body, authored_item.mix_ups FROM authored_item JOIN item ON item.id = authored_item.item
         WHERE authored_item.course = ?1 ORDER BY item.place, item.id",
    )?;
    let kept = statement.query_map([course.id.as_str()], |row| {
        Ok((row.get::<String>(0)?, row.get::<String>(1)?))
    })?;
    let mut lost = Vec::new();
    for row in kept {
        let (body, own) = row?;
        let item: Item = serde_json::from_str(&body)?;
        if course.competency(&item.competency).is_none() {
            lost.push(item.id);
        }
        add(mix_ups, serde_json::from_str(&own)?);
    }
    Ok(lost)
}

/// The place of an item that comes last.
pub(crate) fn last_place(rows: &Connection, course: &CourseId) -> Result<u64, StoreError> {
    let last: Option<u64> = rows
        .prepare_cached("SELECT max(place) FROM item WHERE course = ?1")?
        .query_row([course.as_str()], |row| row.get(0))?;
    // Far behind the places of an import, which begin at 0 each time.
    Ok(last.map_or(0, |last| last + 1).max(AFTER_IMPORTED))
}

/// Written items stand after so many imported ones.
const AFTER_IMPORTED: u64 = 1_000_000;
