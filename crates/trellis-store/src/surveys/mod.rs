//! Surveys: who is asked, that somebody answered, and the counts. Who answered and what was answered stand in tables that nothing
//! joins: a day and a person here, counts without any order there.

mod tally;

use std::sync::mpsc;

use trellis_core::access::{Deed, Read};
use trellis_core::id::{SectionId, SurveyId};
use trellis_core::people::survey::{self, Answers, Counts, Form, LONGEST_COMMENT, PUT_OFF_DAYS};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use crate::Store;
use crate::db::{Connection, OptionalExtension, Params, Row, Savepoint, params};
use crate::error::StoreError;
use crate::journal::{blob, from_blob};
use crate::personal::SURVEYS_KEPT_DAYS;
use crate::read::{ReadResult, allow, allow_deed};
use crate::relation;
use crate::session::Viewer;

use tally::strange;

/// A survey to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewSurvey {
    /// Its id, made by the caller.
    pub id: SurveyId,
    /// Which form.
    pub form: Form,
    /// Whose people are asked; those of the whole district where none is named.
    pub section: Option<SectionId>,
    /// The first day.
    pub first: Timestamp,
    /// The last day, which is a whole one.
    pub last: Timestamp,
}

/// A survey that somebody is asked to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedOf {
    /// Which.
    pub id: SurveyId,
    /// The form.
    pub form: Form,
    /// The last day on which it can be answered.
    pub last: Timestamp,
    /// Whether they have answered.
    pub answered: bool,
}

/// How a survey stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// Its first day is not yet here.
    Later,
    /// People can answer.
    Now,
    /// Its last day is over and it is not counted yet.
    Over,
    /// It is counted.
    Counted,
}

/// What a group answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyPart {
    /// The title of the section; everybody who was asked, where there is none.
    pub section: Option<String>,
    /// The counts.
    pub counts: Counts,
}

/// A survey, as who opened it may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyView {
    /// Which.
    pub id: SurveyId,
    /// The form.
    pub form: Form,
    /// The title of the section that is asked; none for the whole district.
    pub section: Option<String>,
    /// The first day.
    pub first: Timestamp,
    /// The last day.
    pub last: Timestamp,
    /// How it stands.
    pub opened: Opened,
    /// How many have answered so far; nothing once it is counted.
    pub answered: u32,
    /// What may be told of it, everybody together first. Empty before it is counted, and where too few have answered.
    pub parts: Vec<SurveyPart>,
    /// Comments, in no order of time.
    pub comments: Vec<String>,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
struct Kept {
    id: SurveyId,
    form: Form,
    section: Option<SectionId>,
    first: Timestamp,
    last: Timestamp,
    settled: bool,
}

impl Kept {
    fn opened(&self, now: Timestamp) -> Opened {
        match now.day() {
            _ if self.settled => Opened::Counted,
            today if today < self.first.day() => Opened::Later,
            today if today <= self.last.day() => Opened::Now,
            _ => Opened::Over,
        }
    }
}

fn kept(row: Row<'_>) -> Result<Kept, StoreError> {
    let form = row.get_ref(1)?.as_str().map_err(crate::db::Error::from)?;
    let section: Option<Vec<u8>> = row.get(2)?;
    let section = section.map(|bytes| from_blob(&bytes)).transpose()?;
    Ok(Kept {
        id: SurveyId(from_blob(&row.get::<Vec<u8>>(0)?)?),
        form: Form::from_key(form).ok_or_else(|| strange("form"))?,
        section: section.map(SectionId),
        first: Timestamp(row.get(3)?),
        last: Timestamp(row.get(4)?),
        settled: row.get(5)?,
    })
}

fn surveys(
    connection: &Connection,
    which: &str,
    values: impl Params,
) -> Result<Vec<Kept>, StoreError> {
    let sql =
        format!("SELECT id, form, section, first_day, last_day, settled FROM survey WHERE {which}");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(kept(row)?);
    }
    Ok(found)
}

/// Whether a survey asks the viewer, by the roster of this moment. A family is asked where one of its children is.
fn asks(connection: &Connection, kept: &Kept, viewer: &Viewer) -> Result<bool, StoreError> {
    if kept.form.asks() != viewer.role() || !relation::is_current(connection, viewer.actor())? {
        return Ok(false);
    }
    let Some(section) = kept.section else {
        return Ok(true);
    };
    let sql = match kept.form {
        Form::Belonging | Form::Support => {
            "SELECT 1 FROM enrollment WHERE section = ?1 AND person = ?2 AND role = ?3"
        }
        Form::Heard => {
            "SELECT 1 FROM enrollment JOIN guardianship ON guardianship.learner = enrollment.person
             WHERE enrollment.section = ?1 AND guardianship.guardian = ?2 AND enrollment.role = 'learner' AND ?3 <> ''"
        }
    };
    let values = params![
        blob(section.0),
        blob(viewer.person().0),
        viewer.role().name()
    ];
    Ok(connection.prepare_cached(sql)?.exists(values)?)
}

/// When somebody answered a survey, and when they said "not now".
fn taken(
    connection: &Connection,
    id: SurveyId,
    viewer: &Viewer,
) -> Result<(Option<i64>, Option<i64>), StoreError> {
    let sql = "SELECT answered_on, put_off_on FROM survey_taker WHERE survey = ?1 AND person = ?2";
    let found = connection
        .prepare_cached(sql)?
        .query_row(params![blob(id.0), blob(viewer.person().0)], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// The survey, when it is open now and asks the viewer.
fn open_for(
    connection: &Connection,
    id: SurveyId,
    viewer: &Viewer,
    now: Timestamp,
) -> Result<Option<Kept>, StoreError> {
    let found = surveys(connection, "id = ?1", [blob(id.0)])?.pop();
    let Some(kept) = found.filter(|kept| kept.opened(now) == Opened::Now) else {
        return Ok(None);
    };
    Ok(asks(connection, &kept, viewer)?.then_some(kept))
}

/// Writes an answer down, unless it cannot be given any more.
fn answer(
    rows: &Savepoint<'_>,
    id: SurveyId,
    viewer: &Viewer,
    (answers, comment): (Answers, &str),
    now: Timestamp,
) -> Result<Option<Refusal>, StoreError> {
    let Some(kept) = open_for(rows, id, viewer, now)? else {
        return Ok(Some(Refusal::NotYours));
    };
    if taken(rows, id, viewer)?.0.is_some() {
        return Ok(Some(Refusal::AlreadySo));
    }
    // The day and no more: an hour would say beside which count it belongs.
    let today = Timestamp(0).plus_days(now.day());
    rows.execute(
        "INSERT INTO survey_taker (survey, person, form, answered_on, put_off_on) VALUES (?1, ?2, ?3, ?4, NULL)
         ON CONFLICT (survey, person) DO UPDATE SET answered_on = excluded.answered_on, put_off_on = NULL",
        params![blob(id.0), blob(viewer.person().0), kept.form.key(), today.0],
    )?;
    // Where a whole district's students are asked, the classes can be told beside it.
    let part = match kept.form {
        Form::Belonging if kept.section.is_none() => tally::classes_of(rows, viewer.person())?,
        _ => String::new(),
    };
    tally::add(rows, id, &part, &tally::one(answers))?;
    if kept.form.takes_comment() && !comment.is_empty() {
        rows.execute(
            "INSERT INTO survey_comment (survey, said, times) VALUES (?1, ?2, 1)
             ON CONFLICT (survey, said) DO UPDATE SET times = survey_comment.times + 1",
            params![blob(id.0), comment],
        )?;
    }
    Ok(None)
}

fn title(connection: &Connection, section: SectionId) -> Result<Option<String>, StoreError> {
    let sql = "SELECT title FROM section WHERE id = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement
        .query_row([blob(section.0)], |row| row.get(0))
        .optional()?)
}

/// What may be told of a counted survey, everybody first and then by title.
fn parts(connection: &Connection, kept: &Kept) -> Result<Vec<SurveyPart>, StoreError> {
    let mut found = Vec::new();
    for (part, counts) in tally::counts(connection, kept.id)? {
        let classes = survey::lot_classes(&part).ok_or_else(|| strange("part"))?;
        let section = match classes.first() {
            None => None,
            // Of a class that is gone nobody could say what it was.
            Some(section) => match title(connection, *section)? {
                None => continue,
                title => title,
            },
        };
        found.push(SurveyPart { section, counts });
    }
    found.sort_by(|one, other| one.section.cmp(&other.section));
    Ok(found)
}

fn view(connection: &Connection, kept: &Kept, now: Timestamp) -> Result<SurveyView, StoreError> {
    let opened = kept.opened(now);
    let id = blob(kept.id.0);
    let mut shown = SurveyView {
        id: kept.id,
        form: kept.form,
        section: kept
            .section
            .map(|section| title(connection, section))
            .transpose()?
            .map(Option::unwrap_or_default),
        first: kept.first,
        last: kept.last,
        opened,
        answered: 0,
        parts: Vec::new(),
        comments: Vec::new(),
    };
    if opened != Opened::Counted {
        let sql = "SELECT count(*) FROM survey_taker WHERE survey = ?1 AND answered_on IS NOT NULL";
        shown.answered = connection
            .prepare_cached(sql)?
            .query_row([id], |row| row.get(0))?;
        return Ok(shown);
    }
    shown.parts = parts(connection, kept)?;
    let sql = "SELECT said, times FROM survey_comment WHERE survey = ?1 ORDER BY said";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([id])?;
    while let Some(row) = rows.next()? {
        let (said, times): (String, u32) = (row.get(0)?, row.get(1)?);
        shown
            .comments
            .extend(std::iter::repeat_n(said, times as usize));
    }
    Ok(shown)
}

/// Whether the same people would be asked the same on the same day: counts of two such forms could be told apart.
fn overlaps(old: &Kept, new: &NewSurvey) -> bool {
    let same_people = old.section.is_none() || new.section.is_none() || old.section == new.section;
    old.form == new.form && same_people && old.first <= new.last && new.first <= old.last
}

impl Store {
    /// Opens a survey.
    ///
    /// # Errors
    /// A refusal when the viewer does not lead the district, there is no such section, the days do not fit, or the same people
    /// are asked the same in these days already.
    pub fn open_survey(&self, viewer: &Viewer, new: NewSurvey, now: Timestamp) -> ReadResult<()> {
        self.look(|connection| {
            let relation = relation::to_district(connection, viewer.actor())?;
            allow_deed(relation, viewer, Deed::Survey)?;
            if let Some(section) = new.section
                && (!new.form.can_ask_one_section() || title(connection, section)?.is_none())
            {
                return Err(Refusal::NotFound.into());
            }
            Ok(())
        })?;
        if !survey::fits_days(new.first, new.last, now) {
            return Err(Refusal::DayOutOfReach.into());
        }
        let by = viewer.person();
        self.decide_rows(move |rows| {
            if surveys(rows, "settled = 0", [])?
                .iter()
                .any(|old| overlaps(old, &new))
            {
                return Ok(Some(Refusal::AlreadySo));
            }
            rows.execute(
                "INSERT INTO survey (id, form, section, first_day, last_day, opened_by, settled)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)",
                params![
                    blob(new.id.0),
                    new.form.key(),
                    new.section.map(|section| blob(section.0)),
                    new.first.0,
                    new.last.0,
                    blob(by.0)
                ],
            )?;
            Ok(None)
        })
    }

    /// Takes a survey back, before it is counted: nobody is asked any more, and what was answered is deleted.
    ///
    /// # Errors
    /// A refusal when the viewer does not lead the district, or there is no such survey that is not counted.
    pub fn withdraw_survey(&self, viewer: &Viewer, id: SurveyId) -> ReadResult<()> {
        self.look(|connection| {
            let relation = relation::to_district(connection, viewer.actor())?;
            allow_deed(relation, viewer, Deed::Survey)
        })?;
        self.decide_rows(move |rows| {
            let id = blob(id.0);
            let gone = rows.execute("DELETE FROM survey WHERE id = ?1 AND settled = 0", [id])?;
            if gone == 0 {
                return Ok(Some(Refusal::NotFound));
            }
            for table in ["survey_taker", "survey_count", "survey_comment"] {
                rows.execute(&format!("DELETE FROM {table} WHERE survey = ?1"), [id])?;
            }
            Ok(None)
        })
    }

    /// All surveys, the newest first, with what may be told of them.
    ///
    /// # Errors
    /// A refusal when the viewer does not lead the district.
    pub fn surveys(&self, viewer: &Viewer, now: Timestamp) -> ReadResult<Vec<SurveyView>> {
        self.look(|connection| {
            let relation = relation::to_district(connection, viewer.actor())?;
            allow(relation, viewer, Read::Surveys)?;
            let all = surveys(
                connection,
                "1 = 1 ORDER BY first_day DESC, id LIMIT 100",
                [],
            )?;
            let views = all.iter().map(|kept| view(connection, kept, now));
            Ok(views.collect::<Result<_, _>>()?)
        })
    }

    /// What the learners of a section answered, the newest first: each with its last day and the counts.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach it.
    pub fn class_surveys(
        &self,
        viewer: &Viewer,
        section: SectionId,
    ) -> ReadResult<Vec<(Timestamp, Counts)>> {
        self.look(|connection| {
            let relation = relation::to_section(connection, viewer.actor(), section)?;
            allow(relation, viewer, Read::ClassSurveys)?;
            let which = "settled = 1 AND form = ?1 AND (section IS NULL OR section = ?2)
                ORDER BY last_day DESC, id LIMIT 20";
            let all = surveys(
                connection,
                which,
                params![Form::Belonging.key(), blob(section.0)],
            )?;
            let mut found = Vec::new();
            for kept in all {
                let part = kept
                    .section
                    .map_or_else(|| section.to_string(), |_| String::new());
                if let Some(told) = tally::counts(connection, kept.id)?.get(&part) {
                    found.push((kept.last, *told));
                }
            }
            Ok(found)
        })
    }

    /// What the viewer is asked now and has neither answered nor put off lately.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn asked_now(&self, viewer: &Viewer, now: Timestamp) -> ReadResult<Vec<AskedOf>> {
        self.look(|connection| {
            let today = Timestamp(0).plus_days(now.day());
            let which = "settled = 0 AND first_day <= ?1 AND last_day >= ?1 ORDER BY last_day, id";
            let mut found = Vec::new();
            for kept in surveys(connection, which, [today.0])? {
                let (answered, put_off) = taken(connection, kept.id, viewer)?;
                let later = put_off.map(|day| Timestamp(day).plus_days(PUT_OFF_DAYS));
                let quiet = later.is_some_and(|day| day > today);
                if answered.is_none() && !quiet && asks(connection, &kept, viewer)? {
                    found.push(asked_of(&kept, false));
                }
            }
            Ok(found)
        })
    }

    /// A survey that the viewer is asked to answer now.
    ///
    /// # Errors
    /// A refusal when there is no such survey, it is not open, or it asks others.
    pub fn asked_survey(
        &self,
        viewer: &Viewer,
        id: SurveyId,
        now: Timestamp,
    ) -> ReadResult<AskedOf> {
        self.look(|connection| {
            let kept = open_for(connection, id, viewer, now)?.ok_or(Refusal::NotYours)?;
            let answered = taken(connection, id, viewer)?.0.is_some();
            Ok(asked_of(&kept, answered))
        })
    }

    /// Answers a survey, once. What is answered is counted; whose it was is not written down.
    ///
    /// # Errors
    /// A refusal when the survey does not ask the viewer now, was answered before, or the answer is none.
    pub fn answer_survey(
        &self,
        viewer: &Viewer,
        id: SurveyId,
        (answers, comment): (Answers, &str),
        now: Timestamp,
    ) -> ReadResult<()> {
        let answers = survey::answers(answers).ok_or(Refusal::NothingSaid)?;
        let comment = comment.trim().to_owned();
        if comment.chars().count() > LONGEST_COMMENT {
            return Err(Refusal::TooLong.into());
        }
        let viewer = *viewer;
        self.decide_rows(move |rows| answer(rows, id, &viewer, (answers, &comment), now))
    }

    /// Says "not now" to a survey: for some days nobody reminds of it.
    ///
    /// # Errors
    /// A refusal when the survey does not ask the viewer now.
    pub fn put_off_survey(&self, viewer: &Viewer, id: SurveyId, now: Timestamp) -> ReadResult<()> {
        let viewer = *viewer;
        self.decide_rows(move |rows| {
            let Some(kept) = open_for(rows, id, &viewer, now)? else {
                return Ok(Some(Refusal::NotYours));
            };
            let today = Timestamp(0).plus_days(now.day());
            rows.execute(
                "INSERT INTO survey_taker (survey, person, form, answered_on, put_off_on) VALUES (?1, ?2, ?3, NULL, ?4)
                 ON CONFLICT (survey, person) DO UPDATE SET put_off_on = excluded.put_off_on
                 WHERE survey_taker.answered_on IS NULL",
                params![blob(id.0), blob(viewer.person().0), kept.form.key(), today.0],
            )?;
            Ok(None)
        })
    }

    /// Counts the surveys whose last day is over, and forgets who answered those of long ago, with the comments.
    pub(crate) fn settle_surveys(&self, now: Timestamp) -> Result<(), StoreError> {
        let today = Timestamp(0).plus_days(now.day());
        let before = today.plus_days(-i64::from(SURVEYS_KEPT_DAYS)).0;
        self.rows(move |rows| {
            for kept in surveys(rows, "settled = 0 AND last_day < ?1", [today.0])? {
                tally::settle(rows, kept.id)?;
            }
            for table in ["survey_taker", "survey_comment"] {
                let sql = format!(
                    "DELETE FROM {table} WHERE survey IN (SELECT id FROM survey WHERE last_day < ?1)"
                );
                rows.execute(&sql, [before])?;
            }
            Ok(())
        })
    }

    /// Changes rows unless the rules say no where it is done, so that two who do the same at once do not both do it.
    fn decide_rows(
        &self,
        job: impl FnOnce(&Savepoint<'_>) -> Result<Option<Refusal>, StoreError> + Send + 'static,
    ) -> ReadResult<()> {
        let (tell, told) = mpsc::channel();
        self.rows(move |rows| {
            let refused = job(rows)?;
            // Nobody listens any more when the caller is gone.
            let _ = tell.send(refused);
            Ok(())
        })?;
        match told.recv().ok().flatten() {
            Some(refusal) => Err(refusal.into()),
            None => Ok(()),
        }
    }
}

fn asked_of(kept: &Kept, answered: bool) -> AskedOf {
    AskedOf {
        id: kept.id,
        form: kept.form,
        last: kept.last,
        answered,
    }
}
