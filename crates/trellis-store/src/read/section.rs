//! A section for its teachers: who is in it, the class map, and what the cards of today are made from.

use trellis_core::access::Read;
use trellis_core::estimate::LearnerState;
use trellis_core::framework::CourseId;
use trellis_core::id::{PersonId, SectionId};
use trellis_core::people::{Matter, Role};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use super::class_names::learners;
use super::{LearnerView, Name, ReadResult, allow_section, id_at};
use crate::db::{Connection, OptionalExtension, params};
use crate::error::StoreError;
use crate::journal::{blob, from_blob};
use crate::session::Viewer;
use crate::{Store, fold, journal, matters};

/// A section that somebody teaches or leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaughtSection {
    /// The section.
    pub id: SectionId,
    /// What people call it.
    pub title: String,
    /// The courses that its learners take, the main one first: what a teacher chose, or else what the roster says.
    pub courses: Vec<String>,
    /// The code that learners type.
    pub class_code: String,
    /// How many learners it has.
    pub learners: u32,
    /// Until when a class session is open; it may have run out.
    pub open_until: Option<Timestamp>,
}

/// One cell of a class map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EstimateCell {
    /// The level, 0 to 4.
    pub level: u8,
    /// The probability of knowing, 0 to 1.
    pub known: f64,
    /// First tries.
    pub first_tries: u32,
    /// From when on a review is due.
    pub due_at: Option<Timestamp>,
}

/// A class map: learners by competencies.
#[derive(Debug, Clone, PartialEq)]
pub struct ClassMap {
    /// The section.
    pub section: TaughtSection,
    /// The rows.
    pub learners: Vec<Name>,
    /// For each learner, the competencies that have an estimate, by id.
    pub cells: Vec<Vec<(String, EstimateCell)>>,
}

/// A section with the states of its learners.
#[derive(Debug, Clone, PartialEq)]
pub struct SectionView {
    /// The section.
    pub section: TaughtSection,
    /// Its learners.
    pub learners: Vec<LearnerView>,
    /// Cards that a teacher put away, by name.
    pub dismissed: Vec<String>,
    /// What was raised about its learners and waits for an answer, oldest first.
    pub matters: Vec<Matter>,
    /// What the teachers of the section said of the cards that they put away lately.
    pub judged: Judged,
}

/// What teachers said of cards that they put away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Judged {
    /// "I have dealt with it": it was so.
    pub right: u32,
    /// "This is not so."
    pub wrong: u32,
}

/// For so many days a teacher's word about a card counts.
const JUDGED_DAYS: i64 = 56;

/// Cards, not findings: all that a card said was put away in the same moment, under names that end in a colon and the
/// learner's 32 digits.
fn judged(connection: &Connection, section: SectionId, now: Timestamp) -> ReadResult<Judged> {
    let mut statement = connection.prepare_cached(
        "SELECT count(DISTINCT CASE reason WHEN 'done' THEN said END), count(DISTINCT CASE reason WHEN 'wrong' THEN said END)
         FROM (SELECT reason, at || substr(card, 1, length(card) - 33) AS said
           FROM card_dismissal WHERE section = ?1 AND at > ?2) AS put",
    )?;
    let since = now.plus_days(-JUDGED_DAYS);
    let judged = statement.query_row(params![blob(section.0), since.0], |row| {
        Ok(Judged {
            right: row.get(0)?,
            wrong: row.get(1)?,
        })
    })?;
    Ok(judged)
}

/// A learner with the courses that their sections take and the courses that they take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taker {
    /// The learner.
    pub learner: PersonId,
    /// What all their sections together take.
    pub should: Vec<CourseId>,
    /// What they take.
    pub takes: Vec<CourseId>,
    /// Whether a teacher turned placements off for them.
    pub no_placement: bool,
}

const SECTION: &str = "SELECT section.id, title,
      coalesce((SELECT string_agg(chosen.course, ' ' ORDER BY chosen.place) FROM section_course AS chosen
        WHERE chosen.section = section.id), section.course), class_code, class_session.until,
      (SELECT count(*) FROM enrollment WHERE enrollment.section = section.id AND enrollment.role = 'learner')
    FROM section LEFT JOIN class_session ON class_session.section = section.id";

fn taught(row: crate::db::Row<'_>) -> ReadResult<TaughtSection> {
    Ok(TaughtSection {
        id: SectionId(id_at(row, 0)?),
        title: row.get(1)?,
        // Ids of courses have no spaces.
        courses: row
            .get_ref(2)?
            .as_str()
            .map_err(crate::db::Error::from)?
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        class_code: row.get(3)?,
        open_until: row.get::<Option<i64>>(4)?.map(Timestamp),
        learners: row.get(5)?,
    })
}

pub(crate) fn one(connection: &Connection, id: SectionId) -> ReadResult<TaughtSection> {
    let mut statement = connection.prepare_cached(&format!("{SECTION} WHERE section.id = ?1"))?;
    let mut rows = statement.query([blob(id.0)])?;
    taught(rows.next()?.ok_or(Refusal::NotYours)?)
}

impl Store {
    /// The sections that the viewer teaches; all of them for a leader.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn sections_of(&self, viewer: &Viewer) -> ReadResult<Vec<TaughtSection>> {
        self.look(|connection| {
            let mine = match viewer.role() {
                Role::Teacher => "WHERE section.id IN (SELECT section FROM enrollment WHERE person = ?1 AND role = 'teacher')",
                Role::Leader => "WHERE ?1 IS NOT NULL",
                Role::Learner | Role::Guardian | Role::Operator => return Ok(Vec::new()),
            };
            let mut statement = connection.prepare_cached(&format!("{SECTION} {mine} ORDER BY title, section.id"))?;
            let mut rows = statement.query([blob(viewer.person().0)])?;
            let mut sections = Vec::new();
            while let Some(row) = rows.next()? {
                let section = taught(row)?;
                allow_section(connection, viewer, section.id, Read::Sections)?;
                sections.push(section);
            }
            Ok(sections)
        })
    }

    /// A section's map.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn class_map(&self, viewer: &Viewer, section: SectionId) -> ReadResult<ClassMap> {
        self.look(|connection| {
            allow_section(connection, viewer, section, Read::ClassMap)?;
            let learners = learners(connection, section)?;
            let mut cells = vec![Vec::new(); learners.len()];
            let mut places: Vec<(PersonId, usize)> = learners.iter().enumerate().map(|(at, name)| (name.id, at)).collect();
            places.sort_unstable();
            let mut statement = connection.prepare_cached(
                "SELECT estimate.learner, competency, level, known, first_tries, due_at FROM enrollment
                 JOIN estimate ON estimate.learner = enrollment.person
                 WHERE enrollment.section = ?1 AND enrollment.role = 'learner'",
            )?;
            let mut rows = statement.query([blob(section.0)])?;
            while let Some(row) = rows.next()? {
                let learner = PersonId(id_at(row, 0)?);
                let cell = EstimateCell {
                    level: row.get(2)?,
                    known: row.get(3)?,
                    first_tries: row.get(4)?,
                    due_at: row.get::<Option<i64>>(5)?.map(Timestamp),
                };
                if let Ok(place) = places.binary_search_by_key(&learner, |(id, _)| *id) {
                    cells[places[place].1].push((row.get(1)?, cell));
                }
            }
            Ok(ClassMap { section: one(connection, section)?, learners, cells })
        })
    }

    /// A section with the states of its learners, for the cards of today.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn teacher_today(
        &self,
        viewer: &Viewer,
        section: SectionId,
        now: Timestamp,
    ) -> ReadResult<SectionView> {
        self.look(|connection| {
            allow_section(connection, viewer, section, Read::TeacherToday)?;
            let mut views = Vec::new();
            for name in learners(connection, section)? {
                let state = fold::state_of(connection, name.id)?;
                views.push(LearnerView { name, state });
            }
            // A card that was put away stays away for a week; then what it says is news again.
            let mut statement = connection
                .prepare_cached("SELECT card FROM card_dismissal WHERE section = ?1 AND at > ?2")?;
            let dismissed = statement
                .query_map(params![blob(section.0), now.plus_days(-7).0], |row| {
                    row.get(0)
                })?
                .collect::<Result<Vec<String>, _>>()?;
            Ok(SectionView {
                section: one(connection, section)?,
                learners: views,
                dismissed,
                matters: matters::waiting_in(connection, section)?,
                judged: judged(connection, section, now)?,
            })
        })
    }

    /// Learners of a section as they stood at a moment, by all that had happened until then: what is printed today can be
    /// printed again. Who is not in the section is left out.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn section_as_of(
        &self,
        viewer: &Viewer,
        section: SectionId,
        who: &[PersonId],
        at: Timestamp,
    ) -> ReadResult<Vec<LearnerView>> {
        self.look(|connection| {
            allow_section(connection, viewer, section, Read::TeacherToday)?;
            let mut views = Vec::new();
            let here = learners(connection, section)?.into_iter();
            for name in here.filter(|name| who.contains(&name.id)) {
                let events = journal::of_learner(connection, name.id, None)?;
                let state = LearnerState::refold(name.id, journal::until(&events, at));
                views.push(LearnerView { name, state });
            }
            Ok(views)
        })
    }

    /// For each learner of a section, what the sections that they are in take, and what they take themselves. The two
    /// differ for somebody who joined after the courses were given out.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn course_takers(&self, viewer: &Viewer, section: SectionId) -> ReadResult<Vec<Taker>> {
        self.look(|connection| {
            allow_section(connection, viewer, section, Read::TeacherToday)?;
            let mut statement = connection.prepare_cached(
                "SELECT coalesce(chosen.course, section.course) FROM enrollment
                 JOIN section ON section.id = enrollment.section
                 LEFT JOIN section_course AS chosen ON chosen.section = section.id
                 WHERE enrollment.person = ?1 AND enrollment.role = 'learner'
                 ORDER BY section.id, chosen.place",
            )?;
            let mut takers = Vec::new();
            for name in learners(connection, section)? {
                let mut should = Vec::new();
                let mut rows = statement.query([blob(name.id.0)])?;
                while let Some(row) = rows.next()? {
                    let id = row.get_ref(0)?.as_str().map_err(crate::db::Error::from)?;
                    // A roster may name a course by a word that is no id; nobody can take that one.
                    if let Ok(id) = CourseId::new(id)
                        && !should.contains(&id)
                    {
                        should.push(id);
                    }
                }
                let state = fold::load(connection, name.id)?;
                let no_placement = state.as_ref().is_some_and(|state| state.no_placement);
                takers.push(Taker {
                    learner: name.id,
                    should,
                    takes: state.map_or_else(Vec::new, |state| state.courses),
                    no_placement,
                });
            }
            Ok(takers)
        })
    }

    /// Puts a card away. The caller's relation is checked here, since this is no command.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach the section.
    pub fn dismiss_card(
        &self,
        viewer: &Viewer,
        section: SectionId,
        card: String,
        reason: String,
        now: Timestamp,
    ) -> ReadResult<()> {
        self.look(|connection| allow_section(connection, viewer, section, Read::TeacherToday))?;
        let by = viewer.person();
        self.rows(move |rows| {
            rows.execute(
                "INSERT INTO card_dismissal (section, card, by, at, reason) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (section, card) DO UPDATE SET by = excluded.by, at = excluded.at, reason = excluded.reason",
                params![blob(section.0), card, blob(by.0), now.0, reason],
            )?;
            Ok(())
        })?;
        Ok(())
    }

    /// Whether a person is a learner of a section: for the sign-in, before anyone is signed in.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn is_learner_of(&self, person: PersonId, section: SectionId) -> Result<bool, StoreError> {
        self.read(|connection| {
            let found = connection
                .prepare_cached("SELECT 1 FROM enrollment WHERE person = ?1 AND section = ?2 AND role = 'learner'")?
                .query_row(params![blob(person.0), blob(section.0)], |_| Ok(()))
                .optional()?;
            Ok(found.is_some())
        })
    }

    /// The first section of a learner, for signing in to a demonstration by picking a name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn section_of_learner(&self, person: PersonId) -> Result<Option<SectionId>, StoreError> {
        self.read(|connection| {
            let found: Option<Vec<u8>> = connection
                .prepare_cached("SELECT section FROM enrollment WHERE person = ?1 AND role = 'learner' ORDER BY section LIMIT 1")?
                .query_row([blob(person.0)], |row| row.get(0))
                .optional()?;
            found.map(|bytes| from_blob(&bytes).map(SectionId)).transpose()
        })
    }
}
