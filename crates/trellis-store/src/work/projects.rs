//! Projects: given to a class by a teacher, handed in at their checkpoints, scored by the learner for themself and by a teacher.
//! The teacher's score stands in the journal, since estimates follow from it.

use std::collections::BTreeMap;

use trellis_core::access::{Deed, Read, Relation};
use trellis_core::event::Event;
use trellis_core::id::{PersonId, ProjectId, SectionId};
use trellis_core::project::{LONGEST_TEXT, Project, ScoredCriterion};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use super::files::{self, NewFile};
use crate::Store;
use crate::db::{Connection, OptionalExtension, Row, params};
use crate::error::StoreError;
use crate::journal::{COLUMNS, blob, from_blob, read_row};
use crate::read::{Name, ReadResult, allow, allow_deed, learners_of};
use crate::relation;
use crate::session::Viewer;

/// A project that a class was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenProject {
    /// Its id.
    pub id: ProjectId,
    /// The class.
    pub section: SectionId,
    /// What it is.
    pub project: Project,
    /// When it was given.
    pub at: Timestamp,
    /// When it was ended; then nothing more is handed in.
    pub ended_at: Option<Timestamp>,
}

/// What a learner handed in at a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// When, the last time.
    pub at: Timestamp,
    /// In words; may be empty where there is a file.
    pub said: String,
    /// The id and the name of a file.
    pub file: Option<(u128, String)>,
}

/// How a teacher scored a project.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectScore {
    /// When.
    pub at: Timestamp,
    /// The points for each criterion, with what they say.
    pub criteria: Vec<ScoredCriterion>,
    /// What the teacher said; may be empty.
    pub comment: String,
}

/// How a learner stands with a project.
#[derive(Debug, Clone, PartialEq)]
pub struct LearnerProject {
    /// What was handed in, by the checkpoint's place.
    pub handed_in: BTreeMap<usize, HandedIn>,
    /// The learner's own points for each criterion.
    pub own_points: Option<Vec<u8>>,
    /// The teacher's score, where one counts.
    pub score: Option<ProjectScore>,
}

/// A project of one's own.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnProject {
    /// What the class was given.
    pub given: GivenProject,
    /// How the learner stands with it.
    pub standing: LearnerProject,
}

/// A project with all learners of its class.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassProject {
    /// What the class was given.
    pub given: GivenProject,
    /// By name.
    pub learners: Vec<(Name, LearnerProject)>,
}

fn given(row: Row<'_>) -> Result<GivenProject, StoreError> {
    let (id, section): (Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?);
    let body: String = row.get(3)?;
    let strange = |error| StoreError::Corrupt(format!("a project: {error}"));
    Ok(GivenProject {
        id: ProjectId(from_blob(&id)?),
        section: SectionId(from_blob(&section)?),
        at: Timestamp(row.get(2)?),
        project: serde_json::from_str(&body).map_err(strange)?,
        ended_at: row.get::<Option<i64>>(4)?.map(Timestamp),
    })
}

const GIVEN: &str = "project.id, project.section, project.at, project.body, project.ended_at";

fn all_given(
    connection: &Connection,
    which: &str,
    values: impl crate::db::Params,
) -> ReadResult<Vec<GivenProject>> {
    let sql =
        format!("SELECT {GIVEN} FROM project WHERE {which} ORDER BY project.at DESC, project.id");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(given(row)?);
    }
    Ok(found)
}

fn one_given(connection: &Connection, id: ProjectId) -> ReadResult<GivenProject> {
    let found = all_given(connection, "project.id = ?1", [blob(id.0)])?.pop();
    Ok(found.ok_or(Refusal::NotFound)?)
}

/// The points that stand in a row, parted by blanks.
fn points(text: &str) -> Vec<u8> {
    text.split(' ')
        .filter_map(|point| point.parse().ok())
        .collect()
}

fn score(
    connection: &Connection,
    learner: PersonId,
    project: ProjectId,
) -> ReadResult<Option<ProjectScore>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM event WHERE learner = ?1 AND kind IN ('project-scored', 'project-score-undone') ORDER BY seq"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([blob(learner.0)])?;
    let mut last = None;
    while let Some(row) = rows.next()? {
        let recorded = read_row(row)?;
        match recorded.event {
            Event::ProjectScored {
                project: of,
                criteria,
                comment,
                ..
            } if of == project => {
                last = Some(ProjectScore {
                    at: recorded.at,
                    criteria,
                    comment,
                });
            }
            Event::ProjectScoreUndone { project: of, .. } if of == project => last = None,
            _ => {}
        }
    }
    Ok(last)
}

fn standing(
    connection: &Connection,
    learner: PersonId,
    project: ProjectId,
) -> ReadResult<LearnerProject> {
    let ids = params![blob(project.0), blob(learner.0)];
    let mut statement = connection.prepare_cached(
        "SELECT checkpoint_work.checkpoint, checkpoint_work.at, checkpoint_work.said, checkpoint_work.file, work_file.name
         FROM checkpoint_work LEFT JOIN work_file ON work_file.id = checkpoint_work.file
         WHERE checkpoint_work.project = ?1 AND checkpoint_work.learner = ?2 ORDER BY checkpoint_work.checkpoint",
    )?;
    let mut rows = statement.query(ids)?;
    let mut handed_in = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let place: u32 = row.get(0)?;
        let (file, name): (Option<Vec<u8>>, Option<String>) = (row.get(3)?, row.get(4)?);
        let file = match (file, name) {
            (Some(file), Some(name)) => Some((from_blob(&file)?, name)),
            _ => None,
        };
        let handed = HandedIn {
            at: Timestamp(row.get(1)?),
            said: row.get(2)?,
            file,
        };
        handed_in.insert(usize::try_from(place).unwrap_or(usize::MAX), handed);
    }
    let own: Option<String> = connection
        .prepare_cached("SELECT points FROM self_score WHERE project = ?1 AND learner = ?2")?
        .query_row(params![blob(project.0), blob(learner.0)], |row| row.get(0))
        .optional()?;
    Ok(LearnerProject {
        handed_in,
        own_points: own.map(|text| points(&text)),
        score: score(connection, learner, project)?,
    })
}

/// Whether a learner is in a class.
fn learns_in(connection: &Connection, learner: PersonId, section: SectionId) -> ReadResult<bool> {
    let sql = "SELECT 1 FROM enrollment WHERE person = ?1 AND section = ?2 AND role = 'learner'";
    let found = connection
        .prepare_cached(sql)?
        .query_row(params![blob(learner.0), blob(section.0)], |_| Ok(()))
        .optional()?;
    Ok(found.is_some())
}

impl Store {
    /// Gives a project to a class.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach it, or something of the project is missing or too long.
    pub fn give_project(
        &self,
        viewer: &Viewer,
        section: SectionId,
        id: ProjectId,
        project: &Project,
        now: Timestamp,
    ) -> ReadResult<()> {
        project.check()?;
        let catalog = self.catalog();
        let mut tied = project
            .criteria
            .iter()
            .filter_map(|one| one.competency.as_ref());
        if tied.any(|id| catalog.competency(id).is_none()) {
            return Err(Refusal::NotFound.into());
        }
        self.look(|connection| {
            let relation = relation::to_section(connection, viewer.actor(), section)?;
            allow_deed(relation, viewer, Deed::GiveProject)
        })?;
        let body = serde_json::to_string(project)
            .map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let by = viewer.person();
        self.rows(move |rows| {
            rows.execute(
                "INSERT INTO project (id, section, by, at, body) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
                params![blob(id.0), blob(section.0), blob(by.0), now.0, body],
            )?;
            Ok(())
        })?;
        Ok(())
    }

    /// Ends a project, or begins it again: after its end nothing is handed in.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach the class.
    pub fn end_project(
        &self,
        viewer: &Viewer,
        id: ProjectId,
        over: bool,
        now: Timestamp,
    ) -> ReadResult<()> {
        self.look(|connection| {
            let given = one_given(connection, id)?;
            let relation = relation::to_section(connection, viewer.actor(), given.section)?;
            allow_deed(relation, viewer, Deed::GiveProject)
        })?;
        let ended = over.then_some(now.0);
        self.rows(move |rows| {
            rows.execute(
                "UPDATE project SET ended_at = ?2 WHERE id = ?1",
                params![blob(id.0), ended],
            )?;
            Ok(())
        })?;
        Ok(())
    }

    /// The projects of a class, newest first, each with how many learners have handed something in.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach it.
    pub fn class_projects(
        &self,
        viewer: &Viewer,
        section: SectionId,
    ) -> ReadResult<Vec<(GivenProject, u32)>> {
        self.look(|connection| {
            let relation = relation::to_section(connection, viewer.actor(), section)?;
            allow(relation, viewer, Read::ClassProjects)?;
            let all = all_given(connection, "project.section = ?1", [blob(section.0)])?;
            let sql = "SELECT count(DISTINCT learner) FROM checkpoint_work WHERE project = ?1";
            let mut statement = connection.prepare_cached(sql)?;
            let with_count = |given: GivenProject| {
                let count: u32 = statement.query_row([blob(given.id.0)], |row| row.get(0))?;
                Ok((given, count))
            };
            all.into_iter().map(with_count).collect()
        })
    }

    /// A project with all learners of its class.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach the class.
    pub fn class_project(&self, viewer: &Viewer, id: ProjectId) -> ReadResult<ClassProject> {
        self.look(|connection| {
            let given = one_given(connection, id)?;
            let relation = relation::to_section(connection, viewer.actor(), given.section)?;
            allow(relation, viewer, Read::ClassProjects)?;
            let names = learners_of(connection, given.section)?;
            let with_standing = |name: Name| {
                let standing = standing(connection, name.id, id)?;
                Ok((name, standing))
            };
            let learners: ReadResult<Vec<_>> = names.into_iter().map(with_standing).collect();
            Ok(ClassProject {
                given,
                learners: learners?,
            })
        })
    }

    /// The projects of the viewer's own classes, newest first.
    ///
    /// # Errors
    /// A refusal for anybody but a learner.
    pub fn own_projects(&self, viewer: &Viewer) -> ReadResult<Vec<OwnProject>> {
        let person = viewer.person();
        self.look(|connection| {
            let relation = relation::to_learner(connection, viewer.actor(), person)?;
            allow_deed(relation, viewer, Deed::KeepWork)?;
            let which = "project.section IN (SELECT section FROM enrollment WHERE person = ?1 AND role = 'learner')";
            let all = all_given(connection, which, [blob(person.0)])?;
            let with_standing = |given: GivenProject| {
                let standing = standing(connection, person, given.id)?;
                Ok(OwnProject { given, standing })
            };
            all.into_iter().map(with_standing).collect()
        })
    }

    /// A project that the viewer's class was given.
    ///
    /// # Errors
    /// A refusal when the viewer is no learner of the class.
    pub fn own_project(&self, viewer: &Viewer, id: ProjectId) -> ReadResult<OwnProject> {
        let person = viewer.person();
        self.look(|connection| {
            let relation = relation::to_learner(connection, viewer.actor(), person)?;
            allow_deed(relation, viewer, Deed::KeepWork)?;
            let given = one_given(connection, id)?;
            if !learns_in(connection, person, given.section)? {
                return Err(Refusal::NotYours.into());
            }
            let standing = standing(connection, person, id)?;
            Ok(OwnProject { given, standing })
        })
    }

    /// Hands something in at a checkpoint; what was there before is replaced.
    ///
    /// # Errors
    /// A refusal when the viewer is no learner of the class, the project is over or scored, or nothing or too much is handed in.
    pub fn hand_in_checkpoint(
        &self,
        viewer: &Viewer,
        id: ProjectId,
        checkpoint: usize,
        said: &str,
        file: Option<NewFile>,
        now: Timestamp,
    ) -> ReadResult<()> {
        let said = said.trim().to_owned();
        let own = self.own_project(viewer, id)?;
        if checkpoint >= own.given.project.checkpoints.len() {
            return Err(Refusal::NotFound.into());
        }
        if own.given.ended_at.is_some() || own.standing.score.is_some() {
            return Err(Refusal::AlreadySo.into());
        }
        let held = own.standing.handed_in.get(&checkpoint);
        if said.is_empty() && file.is_none() && held.is_none_or(|held| held.file.is_none()) {
            return Err(Refusal::NothingSaid.into());
        }
        if said.chars().count() > LONGEST_TEXT {
            return Err(Refusal::TooLong.into());
        }
        let person = viewer.person();
        self.look(|connection| files::room_for(connection, person, file.as_ref()))?;
        let place = i64::try_from(checkpoint).unwrap_or(i64::MAX);
        self.rows(move |rows| {
            let kept = files::keep(rows, person, file, now)?;
            let key = params![blob(id.0), blob(person.0), place];
            if kept.is_some() {
                rows.execute(
                    "DELETE FROM work_file WHERE id IN
                       (SELECT file FROM checkpoint_work WHERE project = ?1 AND learner = ?2 AND checkpoint = ?3)",
                    key,
                )?;
            }
            rows.execute(
                "INSERT INTO checkpoint_work (project, learner, checkpoint, at, said, file) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (project, learner, checkpoint) DO UPDATE SET at = excluded.at, said = excluded.said,
                   file = coalesce(excluded.file, checkpoint_work.file)",
                params![blob(id.0), blob(person.0), place, now.0, said, kept.map(blob)],
            )?;
            Ok(())
        })?;
        Ok(())
    }

    /// Keeps the viewer's own points for a project. They move no estimate.
    ///
    /// # Errors
    /// A refusal when the viewer is no learner of the class, or the points are not those of levels.
    pub fn score_self(
        &self,
        viewer: &Viewer,
        id: ProjectId,
        own_points: &[u8],
        now: Timestamp,
    ) -> ReadResult<()> {
        let own = self.own_project(viewer, id)?;
        own.given.project.scored(own_points)?;
        if own.standing.score.is_some() {
            return Err(Refusal::AlreadySo.into());
        }
        let texts: Vec<String> = own_points.iter().map(ToString::to_string).collect();
        let (person, text) = (viewer.person(), texts.join(" "));
        self.rows(move |rows| {
            rows.execute(
                "INSERT INTO self_score (project, learner, at, points) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (project, learner) DO UPDATE SET at = excluded.at, points = excluded.points",
                params![blob(id.0), blob(person.0), now.0, text],
            )?;
            Ok(())
        })?;
        Ok(())
    }

    /// The project that a teacher is about to score for a learner.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach the class, or the learner is not in it.
    pub fn project_to_score(
        &self,
        viewer: &Viewer,
        id: ProjectId,
        learner: PersonId,
    ) -> ReadResult<GivenProject> {
        self.look(|connection| {
            let given = one_given(connection, id)?;
            let relation = relation::to_section(connection, viewer.actor(), given.section)?;
            allow(relation, viewer, Read::ClassProjects)?;
            match relation == Relation::TeacherOf && learns_in(connection, learner, given.section)?
            {
                true => Ok(given),
                false => Err(Refusal::NotYours.into()),
            }
        })
    }
}
