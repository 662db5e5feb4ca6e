//! What learners make: artifacts that they keep, think about and share by their own choice, and projects of their class.

mod files;
mod projects;

pub use files::NewFile;
pub use projects::{
    ClassProject, GivenProject, HandedIn, LearnerProject, OwnProject, ProjectScore,
};

use trellis_core::access::{Deed, Read, Relation};
use trellis_core::framework::CompetencyId;
use trellis_core::id::{ArtifactId, PersonId};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use crate::Store;
use crate::db::{Connection, Row, Savepoint, params};
use crate::error::StoreError;
use crate::journal::{blob, from_blob};
use crate::read::{Name, ReadResult, allow, allow_deed, name_if_there, name_of};
use crate::relation;
use crate::session::Viewer;

/// Longest title of an artifact, in characters.
pub const LONGEST_ARTIFACT_TITLE: usize = 120;
/// Longest text and longest reflection, in characters.
pub const LONGEST_ARTIFACT_TEXT: usize = 4000;
/// Longest word of a teacher about one, in characters.
pub const LONGEST_WORD: usize = 500;
/// Most artifacts of one learner.
const MOST_ARTIFACTS: u32 = 300;
/// Most competencies that one is tied to.
pub const MOST_TIES: usize = 6;
/// Most words about one.
const MOST_WORDS: u32 = 50;

/// With whom a learner shares an artifact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SharedWith {
    /// With their teachers.
    pub school: bool,
    /// With their family.
    pub family: bool,
}

/// What a learner keeps, as they write it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArtifactText {
    /// Its title.
    pub title: String,
    /// What it is; may be empty where there is a file.
    pub said: String,
    /// What they think about it; may be empty.
    pub reflection: String,
    /// What it shows.
    pub competencies: Vec<CompetencyId>,
    /// Who else sees it.
    pub shared: SharedWith,
}

/// A word of a teacher about an artifact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArtifactWord {
    /// Who; `None` for somebody who was erased since.
    pub by: Option<Name>,
    /// When.
    pub at: Timestamp,
    /// What.
    pub said: String,
}

/// Something that a learner made and keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Its id.
    pub id: ArtifactId,
    /// What the learner wrote.
    pub text: ArtifactText,
    /// When it was kept first.
    pub made_at: Timestamp,
    /// When it was changed last.
    pub changed_at: Timestamp,
    /// The id and the name of its file.
    pub file: Option<(u128, String)>,
    /// Oldest first.
    pub words: Vec<ArtifactWord>,
}

/// A learner's artifacts, as far as somebody may see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkView {
    /// Whose.
    pub learner: Name,
    /// Newest first.
    pub artifacts: Vec<Artifact>,
}

fn ties(text: &str) -> Vec<CompetencyId> {
    text.split(' ')
        .filter_map(|id| CompetencyId::new(id).ok())
        .collect()
}

fn check(text: &ArtifactText, has_file: bool) -> ReadResult<()> {
    let long = |text: &str, most: usize| text.chars().count() > most;
    if text.title.trim().is_empty() || (text.said.trim().is_empty() && !has_file) {
        return Err(Refusal::NothingSaid.into());
    }
    if long(&text.title, LONGEST_ARTIFACT_TITLE)
        || long(&text.said, LONGEST_ARTIFACT_TEXT)
        || long(&text.reflection, LONGEST_ARTIFACT_TEXT)
        || text.competencies.len() > MOST_TIES
    {
        return Err(Refusal::TooLong.into());
    }
    Ok(())
}

/// The artifact's row without its words.
fn artifact(row: Row<'_>) -> Result<Artifact, StoreError> {
    let id: Vec<u8> = row.get(0)?;
    let file: Option<Vec<u8>> = row.get(7)?;
    let name: Option<String> = row.get(8)?;
    let file = match (file, name) {
        (Some(file), Some(name)) => Some((from_blob(&file)?, name)),
        _ => None,
    };
    Ok(Artifact {
        id: ArtifactId(from_blob(&id)?),
        made_at: Timestamp(row.get(1)?),
        changed_at: Timestamp(row.get(2)?),
        text: ArtifactText {
            title: row.get(3)?,
            said: row.get(4)?,
            reflection: row.get(5)?,
            competencies: ties(&row.get::<String>(6)?),
            shared: SharedWith {
                school: row.get::<i64>(9)? == 1,
                family: row.get::<i64>(10)? == 1,
            },
        },
        file,
        words: Vec::new(),
    })
}

const COLUMNS: &str = "artifact.id, artifact.made_at, artifact.changed_at, artifact.title, artifact.said, artifact.reflection,
    artifact.competencies, artifact.file, work_file.name, artifact.with_school, artifact.with_family";

fn words(connection: &Connection, id: ArtifactId) -> ReadResult<Vec<ArtifactWord>> {
    let mut statement = connection.prepare_cached(
        "SELECT by, at, said FROM artifact_word WHERE artifact = ?1 ORDER BY number",
    )?;
    let mut rows = statement.query([blob(id.0)])?;
    let mut found: Vec<(PersonId, Timestamp, String)> = Vec::new();
    while let Some(row) = rows.next()? {
        let by: Vec<u8> = row.get(0)?;
        found.push((
            PersonId(from_blob(&by)?),
            Timestamp(row.get(1)?),
            row.get(2)?,
        ));
    }
    let with_name = |(by, at, said)| {
        let by = name_if_there(connection, by)?;
        Ok(ArtifactWord { by, at, said })
    };
    found.into_iter().map(with_name).collect()
}

/// Whose an artifact is, with whom it is shared, and whether it has a file.
struct Owned {
    learner: PersonId,
    shared: SharedWith,
    has_file: bool,
}

fn owner(connection: &Connection, id: ArtifactId) -> ReadResult<Option<Owned>> {
    let mut statement = connection.prepare_cached(
        "SELECT learner, with_school, with_family, CASE WHEN file IS NULL THEN 0 ELSE 1 END FROM artifact WHERE id = ?1",
    )?;
    let mut rows = statement.query([blob(id.0)])?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let learner: Vec<u8> = row.get(0)?;
    Ok(Some(Owned {
        learner: PersonId(from_blob(&learner)?),
        shared: SharedWith {
            school: row.get::<i64>(1)? == 1,
            family: row.get::<i64>(2)? == 1,
        },
        has_file: row.get::<i64>(3)? == 1,
    }))
}

/// Whether somebody who stands so to a learner sees what is shared so.
fn sees(relation: Relation, shared: SharedWith) -> bool {
    match relation {
        Relation::Own => true,
        Relation::TeacherOf => shared.school,
        Relation::GuardianOf => shared.family,
        Relation::Nobody
        | Relation::Stranger
        | Relation::LeaderOf
        | Relation::WithReason
        | Relation::OperatorOf => false,
    }
}

impl Store {
    /// A learner's artifacts: all of them for the learner, for others what is shared with them.
    ///
    /// # Errors
    /// A refusal when the viewer may see nothing of this learner's work.
    pub fn work(&self, viewer: &Viewer, learner: PersonId) -> ReadResult<WorkView> {
        self.look(|connection| {
            self.allow_learner(connection, viewer, learner, Read::LearnerWork)?;
            let relation = relation::to_learner(connection, viewer.actor(), learner)?;
            let sql = format!(
                "SELECT {COLUMNS} FROM artifact LEFT JOIN work_file ON work_file.id = artifact.file
                 WHERE artifact.learner = ?1 ORDER BY artifact.made_at DESC, artifact.id"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query([blob(learner.0)])?;
            let mut artifacts = Vec::new();
            while let Some(row) = rows.next()? {
                let found = artifact(row)?;
                if sees(relation, found.text.shared) {
                    artifacts.push(found);
                }
            }
            for found in &mut artifacts {
                found.words = words(connection, found.id)?;
            }
            let learner = name_of(connection, learner)?;
            Ok(WorkView { learner, artifacts })
        })
    }

    /// Keeps something of the viewer's own, or changes it; without a new file the old one stays.
    ///
    /// # Errors
    /// A refusal for anybody but a learner, when it is another's, when something is missing or there is too much of it.
    pub fn keep_artifact(
        &self,
        viewer: &Viewer,
        id: ArtifactId,
        text: ArtifactText,
        file: Option<NewFile>,
        now: Timestamp,
    ) -> ReadResult<()> {
        let person = viewer.person();
        let catalog = self.catalog();
        if text
            .competencies
            .iter()
            .any(|id| catalog.competency(id).is_none())
        {
            return Err(Refusal::NotFound.into());
        }
        self.look(|connection| {
            let relation = relation::to_learner(connection, viewer.actor(), person)?;
            allow_deed(relation, viewer, Deed::KeepWork)?;
            let old = owner(connection, id)?;
            if old.as_ref().is_some_and(|old| old.learner != person) {
                return Err(Refusal::NotYours.into());
            }
            check(&text, file.is_some() || old.is_some_and(|old| old.has_file))?;
            let count = "SELECT count(*) FROM artifact WHERE learner = ?1 AND id <> ?2";
            let others: u32 = connection
                .prepare_cached(count)?
                .query_row(params![blob(person.0), blob(id.0)], |row| row.get(0))?;
            if others >= MOST_ARTIFACTS {
                return Err(Refusal::TooLong.into());
            }
            files::room_for(connection, person, file.as_ref())
        })?;
        let competencies: Vec<&str> = text.competencies.iter().map(CompetencyId::as_str).collect();
        let competencies = competencies.join(" ");
        self.rows(move |rows| {
            let kept = files::keep(rows, person, file, now)?;
            if kept.is_some() {
                forget_file(rows, id)?;
            }
            rows.execute(
                "INSERT INTO artifact (id, learner, made_at, changed_at, title, said, reflection, competencies, file, with_school, with_family)
                 VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                 ON CONFLICT (id) DO UPDATE SET changed_at = excluded.changed_at, title = excluded.title, said = excluded.said,
                   reflection = excluded.reflection, competencies = excluded.competencies,
                   file = coalesce(excluded.file, artifact.file),
                   with_school = excluded.with_school, with_family = excluded.with_family
                   WHERE artifact.learner = excluded.learner",
                params![
                    blob(id.0),
                    blob(person.0),
                    now.0,
                    text.title.trim(),
                    text.said.trim(),
                    text.reflection.trim(),
                    competencies,
                    kept.map(blob),
                    i64::from(text.shared.school),
                    i64::from(text.shared.family)
                ],
            )?;
            Ok(())
        })?;
        Ok(())
    }

    /// Takes something of the viewer's own away for good, with what was said about it.
    ///
    /// # Errors
    /// A refusal when there is none, or it is another's.
    pub fn drop_artifact(&self, viewer: &Viewer, id: ArtifactId) -> ReadResult<()> {
        let person = viewer.person();
        self.look(|connection| {
            let relation = relation::to_learner(connection, viewer.actor(), person)?;
            allow_deed(relation, viewer, Deed::KeepWork)?;
            match owner(connection, id)? {
                Some(old) if old.learner == person => Ok(()),
                Some(_) => Err(Refusal::NotYours.into()),
                None => Err(Refusal::NotFound.into()),
            }
        })?;
        self.rows(move |rows| {
            forget_file(rows, id)?;
            rows.execute(
                "DELETE FROM artifact_word WHERE artifact = ?1",
                [blob(id.0)],
            )?;
            rows.execute("DELETE FROM artifact WHERE id = ?1", [blob(id.0)])?;
            Ok(())
        })?;
        Ok(())
    }

    /// A teacher says something about an artifact that is shared with the school. Gives whose it is.
    ///
    /// # Errors
    /// A refusal when it is not shared with the viewer, nothing is said, or too much.
    pub fn say_of_artifact(
        &self,
        viewer: &Viewer,
        id: ArtifactId,
        said: &str,
        now: Timestamp,
    ) -> ReadResult<PersonId> {
        let said = said.trim().to_owned();
        match said.chars().count() {
            0 => return Err(Refusal::NothingSaid.into()),
            count if count > LONGEST_WORD => return Err(Refusal::TooLong.into()),
            _ => {}
        }
        let learner = self.look(|connection| {
            let Owned {
                learner, shared, ..
            } = owner(connection, id)?.ok_or(Refusal::NotYours)?;
            let relation = relation::to_learner(connection, viewer.actor(), learner)?;
            allow(relation, viewer, Read::LearnerWork)?;
            allow_deed(relation, viewer, Deed::Answer)?;
            let count = "SELECT count(*) FROM artifact_word WHERE artifact = ?1";
            let words: u32 = connection
                .prepare_cached(count)?
                .query_row([blob(id.0)], |row| row.get(0))?;
            match sees(relation, shared) {
                true if words < MOST_WORDS => Ok(learner),
                true => Err(Refusal::TooLong.into()),
                false => Err(Refusal::NotYours.into()),
            }
        })?;
        let by = viewer.person();
        self.rows(move |rows| {
            rows.execute(
                "INSERT INTO artifact_word (artifact, number, learner, by, at, said)
                 SELECT ?1, (SELECT coalesce(max(number), 0) + 1 FROM artifact_word WHERE artifact = ?1), ?2, ?3, ?4, ?5",
                params![blob(id.0), blob(learner.0), blob(by.0), now.0, said],
            )?;
            Ok(())
        })?;
        Ok(learner)
    }
}

/// Takes away the file of an artifact.
fn forget_file(rows: &Savepoint<'_>, id: ArtifactId) -> Result<(), StoreError> {
    rows.execute(
        "DELETE FROM work_file WHERE id IN (SELECT file FROM artifact WHERE id = ?1)",
        [blob(id.0)],
    )?;
    Ok(())
}
