//! Matters: what a student, a family or a teacher raised, and who answered. Each sees what they raised or have to answer.

use trellis_core::access::{self, Deed, Read, Relation};
use trellis_core::framework::CompetencyId;
use trellis_core::id::{MatterId, PersonId, SectionId};
use trellis_core::people::{
    About, Answered, LONGEST_MATTER, MOST_WAITING_MATTERS, Matter, MatterKind,
};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use crate::Store;
use crate::db::{Connection, Row, params};
use crate::error::StoreError;
use crate::journal::{blob, from_blob};
use crate::read::{ReadResult, allow_deed};
use crate::relation;
use crate::session::Viewer;

/// Something to raise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raise {
    /// Its id, made by the caller; the same id again changes nothing.
    pub id: MatterId,
    /// What it is.
    pub kind: MatterKind,
    /// What it is about.
    pub about: About,
    /// The competency whose level is not agreed with.
    pub competency: Option<CompetencyId>,
    /// What is said.
    pub said: String,
}

/// How long what families raised has waited, in a section: no family is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamiliesWaiting {
    /// The section's title.
    pub section: String,
    /// How many wait.
    pub count: u32,
    /// Since when the first does.
    pub since: Timestamp,
}

/// What a leader answers, and what they see of what others have to answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SupportView {
    /// What teachers asked help for, with the section's title and the teacher's name; what waits comes first.
    pub asked: Vec<(Matter, String, String)>,
    /// By section.
    pub families: Vec<FamiliesWaiting>,
}

const COLUMNS: &str = "matter.id, matter.kind, matter.learner, matter.section, matter.competency, matter.by, matter.at,
    matter.said, matter.answered_by, matter.answered_at, matter.answer";

fn id(row: Row<'_>, place: usize) -> Result<Option<u128>, StoreError> {
    let bytes: Option<Vec<u8>> = row.get(place)?;
    bytes.map(|bytes| from_blob(&bytes)).transpose()
}

fn matter(row: Row<'_>) -> Result<Matter, StoreError> {
    let strange = |what: &str| StoreError::Corrupt(format!("a matter without {what}"));
    let kind: String = row.get(1)?;
    let about = match (id(row, 2)?, id(row, 3)?) {
        (Some(learner), _) => About::Learner(PersonId(learner)),
        (None, Some(section)) => About::Section(SectionId(section)),
        (None, None) => return Err(strange("anything that it is about")),
    };
    let answered = match (id(row, 8)?, row.get::<Option<i64>>(9)?) {
        (Some(by), Some(at)) => Some(Answered {
            by: PersonId(by),
            at: Timestamp(at),
            said: row.get::<Option<String>>(10)?.unwrap_or_default(),
        }),
        _ => None,
    };
    Ok(Matter {
        id: MatterId(id(row, 0)?.ok_or_else(|| strange("an id"))?),
        kind: MatterKind::from_key(&kind).ok_or_else(|| strange("a kind"))?,
        about,
        competency: row
            .get::<Option<String>>(4)?
            .and_then(|text| CompetencyId::new(&text).ok()),
        by: PersonId(id(row, 5)?.ok_or_else(|| strange("anybody who raised it"))?),
        at: Timestamp(row.get(6)?),
        said: row.get(7)?,
        answered,
    })
}

fn matters(
    connection: &Connection,
    which: &str,
    values: impl crate::db::Params,
) -> Result<Vec<Matter>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM matter WHERE {which}");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(matter(row)?);
    }
    Ok(found)
}

/// What waits about the learners of a section, oldest first.
pub(crate) fn waiting_in(
    connection: &Connection,
    section: SectionId,
) -> Result<Vec<Matter>, StoreError> {
    let which = "answered_at IS NULL AND learner IN
        (SELECT person FROM enrollment WHERE section = ?1 AND role = 'learner') ORDER BY at, id";
    matters(connection, which, [blob(section.0)])
}

fn relation_to(
    connection: &Connection,
    viewer: &Viewer,
    about: About,
) -> Result<Relation, StoreError> {
    match about {
        About::Learner(learner) => relation::to_learner(connection, viewer.actor(), learner),
        About::Section(section) => relation::to_section(connection, viewer.actor(), section),
    }
}

fn check_length(text: &str, least: usize) -> ReadResult<()> {
    match text.chars().count() {
        count if count > LONGEST_MATTER => Err(Refusal::TooLong.into()),
        count if count < least => Err(Refusal::NothingSaid.into()),
        _ => Ok(()),
    }
}

impl Store {
    /// Raises something. The text may be empty where a competency says what it is about.
    ///
    /// # Errors
    /// A refusal when the viewer may not raise this, when nothing or too much is said, or when as many wait already as may
    /// wait at once.
    pub fn raise(&self, viewer: &Viewer, raise: Raise, now: Timestamp) -> ReadResult<()> {
        let said = raise.said.trim().to_owned();
        check_length(&said, usize::from(raise.competency.is_none()))?;
        let by = viewer.person();
        let (learner, section) = match raise.about {
            About::Learner(learner) => (Some(blob(learner.0)), None),
            About::Section(section) => (None, Some(blob(section.0))),
        };
        let kind = raise.kind.key();
        self.look(|connection| {
            let relation = relation_to(connection, viewer, raise.about)?;
            allow_deed(relation, viewer, Deed::Raise)?;
            if relation != raise.kind.raised_by() {
                return Err(Refusal::NotYours.into());
            }
            let which = "by = ?1 AND kind = ?2 AND answered_at IS NULL ORDER BY at";
            let waiting = matters(connection, which, params![blob(by.0), kind])?;
            let same = |old: &Matter| {
                old.id == raise.id
                    || (old.about == raise.about
                        && old.competency == raise.competency
                        && old.competency.is_some())
            };
            if waiting.iter().any(same) {
                return Err(Refusal::AlreadySo.into());
            }
            if u32::try_from(waiting.len()).unwrap_or(u32::MAX) >= MOST_WAITING_MATTERS {
                return Err(Refusal::StillWaiting.into());
            }
            Ok(())
        })?;
        self.rows(move |rows| {
            rows.execute(
                "INSERT INTO matter (id, kind, learner, section, competency, by, at, said)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
                params![
                    blob(raise.id.0),
                    kind,
                    learner,
                    section,
                    raise.competency.as_ref().map(CompetencyId::as_str),
                    blob(by.0),
                    now.0,
                    said
                ],
            )?;
            Ok(())
        })?;
        Ok(())
    }

    /// Answers something that waits.
    ///
    /// # Errors
    /// A refusal when the viewer does not answer for it, when it was answered before, or when nothing or too much is said.
    pub fn answer_matter(
        &self,
        viewer: &Viewer,
        id: MatterId,
        answer: &str,
        now: Timestamp,
    ) -> ReadResult<Matter> {
        let answer = answer.trim().to_owned();
        check_length(&answer, 1)?;
        let found = self.look(|connection| {
            let found = matters(connection, "id = ?1", [blob(id.0)])?.pop();
            let found = found.ok_or(Refusal::NotYours)?;
            let relation = relation_to(connection, viewer, found.about)?;
            allow_deed(relation, viewer, Deed::Answer)?;
            if relation != found.kind.answered_by() {
                return Err(Refusal::NotYours.into());
            }
            if found.answered.is_some() {
                return Err(Refusal::AlreadySo.into());
            }
            Ok(found)
        })?;
        let by = viewer.person();
        self.rows(move |rows| {
            rows.execute(
                "UPDATE matter SET answered_by = ?2, answered_at = ?3, answer = ?4
                 WHERE id = ?1 AND answered_at IS NULL",
                params![blob(id.0), blob(by.0), now.0, answer],
            )?;
            Ok(())
        })?;
        Ok(found)
    }

    /// What was raised about a learner, newest first: all of it for a teacher, and for others what they raised themselves.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn matters_about(&self, viewer: &Viewer, learner: PersonId) -> ReadResult<Vec<Matter>> {
        self.look(|connection| {
            let relation = relation_to(connection, viewer, About::Learner(learner))?;
            if !access::allowed_for(viewer.role(), relation)
                || !access::may_read(relation, Read::Matters)
            {
                return Err(Refusal::NotYours.into());
            }
            let which = "learner = ?1 AND (?2 OR by = ?3) ORDER BY at DESC, id LIMIT 100";
            let all = relation == Relation::TeacherOf;
            let values = params![blob(learner.0), all, blob(viewer.person().0)];
            Ok(matters(connection, which, values)?)
        })
    }

    /// The last twenty matters about the learners of a section that were answered, newest first.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach it.
    pub fn matters_answered(&self, viewer: &Viewer, section: SectionId) -> ReadResult<Vec<Matter>> {
        self.look(|connection| {
            let relation = relation_to(connection, viewer, About::Section(section))?;
            allow_deed(relation, viewer, Deed::Answer)?;
            if relation != Relation::TeacherOf {
                return Err(Refusal::NotYours.into());
            }
            let which = "answered_at IS NOT NULL AND learner IN
                (SELECT person FROM enrollment WHERE section = ?1 AND role = 'learner')
                ORDER BY answered_at DESC, id LIMIT 20";
            Ok(matters(connection, which, [blob(section.0)])?)
        })
    }

    /// What the viewer asked help for in a section, newest first.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach it.
    pub fn support_asked(&self, viewer: &Viewer, section: SectionId) -> ReadResult<Vec<Matter>> {
        self.look(|connection| {
            let relation = relation_to(connection, viewer, About::Section(section))?;
            allow_deed(relation, viewer, Deed::Raise)?;
            let which = "section = ?1 AND by = ?2 ORDER BY at DESC, id LIMIT 100";
            Ok(matters(
                connection,
                which,
                params![blob(section.0), blob(viewer.person().0)],
            )?)
        })
    }

    /// What teachers asked help for, and how long families have waited.
    ///
    /// # Errors
    /// A refusal for anybody but a leader.
    pub fn support(&self, viewer: &Viewer) -> ReadResult<SupportView> {
        self.look(|connection| {
            let relation = relation::to_district(connection, viewer.actor())?;
            if !access::allowed_for(viewer.role(), relation)
                || !access::may_read(relation, Read::Support)
            {
                return Err(Refusal::NotYours.into());
            }
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS}, section.title, person.given_name || ' ' || person.family_name FROM matter
                 JOIN section ON section.id = matter.section JOIN person ON person.id = matter.by
                 WHERE matter.kind = 'support' ORDER BY matter.answered_at IS NOT NULL, matter.at, matter.id LIMIT 200"
            ))?;
            let mut rows = statement.query([])?;
            let mut view = SupportView::default();
            while let Some(row) = rows.next()? {
                view.asked.push((matter(row)?, row.get(11)?, row.get(12)?));
            }
            let mut statement = connection.prepare_cached(
                "SELECT section.title, count(DISTINCT matter.id), min(matter.at) FROM matter
                 JOIN enrollment ON enrollment.person = matter.learner AND enrollment.role = 'learner'
                 JOIN section ON section.id = enrollment.section
                 WHERE matter.kind IN ('question', 'objection') AND matter.answered_at IS NULL
                 GROUP BY section.id, section.title ORDER BY min(matter.at)",
            )?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                view.families.push(FamiliesWaiting {
                    section: row.get(0)?,
                    count: row.get(1)?,
                    since: Timestamp(row.get(2)?),
                });
            }
            Ok(view)
        })
    }
}
