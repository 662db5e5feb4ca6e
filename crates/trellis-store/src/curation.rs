//! What people decided about content, at rest: one row, a fold of the journal.

use trellis_core::audit::Subject;
use trellis_core::catalog::Catalog;
use trellis_core::curation::Curation;
use trellis_core::event::{Event, Recorded};
use trellis_core::framework::CourseId;
use trellis_core::id::Seq;

use crate::db::{Connection, OptionalExtension};
use crate::error::StoreError;
use crate::{Store, journal};

/// What was decided so far.
pub(crate) fn load(connection: &Connection) -> Result<Curation, StoreError> {
    Ok(row(connection)?
        .map(|body| serde_json::from_str(&body))
        .transpose()?
        .unwrap_or_default())
}

/// The row as it stands; `None` when nothing was ever decided.
pub(crate) fn row(connection: &Connection) -> Result<Option<String>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT body FROM curation")?
        .query_row([], |row| row.get(0))
        .optional()?)
}

/// The text that stands for it in the row: equal text, equal to the last bit.
pub(crate) fn text(curation: &Curation) -> Result<String, StoreError> {
    Ok(serde_json::to_string(curation)?)
}

/// Writes it.
pub(crate) fn store(connection: &Connection, curation: &Curation) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO curation (one, body) VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET body = excluded.body",
        )?
        .execute([text(curation)?])?;
    Ok(())
}

/// The courses that have something.
pub(crate) fn courses_with(catalog: &Catalog, about: &Subject) -> Vec<CourseId> {
    let competency = match about {
        Subject::Course(id) => return vec![id.clone()],
        Subject::Competency(id) => Some(id),
        Subject::Item(id) => catalog.item(id).map(|item| &item.competency),
    };
    let Some(competency) = competency else {
        return Vec::new();
    };
    let courses = catalog.courses().iter();
    let with = courses.filter(|course| course.competency(competency).is_some());
    with.map(|course| course.id.clone()).collect()
}

impl Store {
    /// What people decided about content.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn curation(&self) -> Result<Curation, StoreError> {
        self.read(load)
    }

    /// The events that judged answers anew after a revision, one for each learner and competency.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn rescored(&self, revision: Seq) -> Result<Vec<Recorded>, StoreError> {
        let of_it = |recorded: &Recorded| matches!(recorded.event, Event::Rescored { revision: of, .. } if of == revision);
        let mut all = self.read(|connection| journal::of_kind(connection, "rescored", revision))?;
        all.retain(of_it);
        Ok(all)
    }

    /// The courses that have something, as they are now.
    #[must_use]
    pub fn courses_with(&self, about: &Subject) -> Vec<CourseId> {
        courses_with(&self.catalog(), about)
    }
}
