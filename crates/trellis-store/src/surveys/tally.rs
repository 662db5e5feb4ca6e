//! The counts of surveys: while one is open, of those who are in the same classes; when it is over, of each group of which enough
//! have answered, and nothing else.

use std::collections::BTreeMap;

use trellis_core::id::{PersonId, SectionId, SurveyId};
use trellis_core::people::survey::{self as forms, Answers, Classes, Counts};

use crate::db::{Connection, Savepoint, params};
use crate::error::StoreError;
use crate::journal::{blob, from_blob};

pub(super) fn strange(what: &str) -> StoreError {
    StoreError::Corrupt(format!("a survey with a strange {what}"))
}

/// The part that a learner's answer is counted in, where what is counted can be told class by class.
pub(super) fn classes_of(connection: &Connection, learner: PersonId) -> Result<String, StoreError> {
    let sql =
        "SELECT section FROM enrollment WHERE person = ?1 AND role = 'learner' ORDER BY section";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([blob(learner.0)])?;
    let mut classes: Classes = Vec::new();
    while let Some(row) = rows.next()? {
        classes.push(SectionId(from_blob(&row.get::<Vec<u8>>(0)?)?));
    }
    Ok(forms::lot_key(&classes))
}

/// The counts of a survey by part.
pub(super) fn counts(
    connection: &Connection,
    id: SurveyId,
) -> Result<BTreeMap<String, Counts>, StoreError> {
    let sql = "SELECT part, statement, step, times FROM survey_count WHERE survey = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([blob(id.0)])?;
    let mut found: BTreeMap<String, Counts> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let of = found.entry(row.get(0)?).or_default();
        let (statement, step): (u32, u32) = (row.get(1)?, row.get(2)?);
        let place = of.0.get_mut(statement as usize);
        let place = place.and_then(|steps| steps.get_mut(step as usize));
        *place.ok_or_else(|| strange("count"))? = row.get(3)?;
    }
    Ok(found)
}

/// One answer as counts.
pub(super) fn one(answers: Answers) -> Counts {
    let mut counts = Counts::default();
    for (steps, step) in counts.0.iter_mut().zip(answers) {
        if let Some(times) = steps.get_mut(usize::from(step)) {
            *times = 1;
        }
    }
    counts
}

/// Adds to the counts of a part.
pub(super) fn add(
    rows: &Savepoint<'_>,
    id: SurveyId,
    part: &str,
    counts: &Counts,
) -> Result<(), StoreError> {
    let mut statement = rows.prepare_cached(
        "INSERT INTO survey_count (survey, part, statement, step, times) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (survey, part, statement, step) DO UPDATE SET times = survey_count.times + excluded.times",
    )?;
    // All steps of all statements, also those that nobody chose, so that which rows are new says nothing either.
    for (number, steps) in (0_i64..).zip(counts.0) {
        for (step, times) in (0_i64..).zip(steps) {
            statement.execute(params![blob(id.0), part, number, step, i64::from(times)])?;
        }
    }
    Ok(())
}

/// Keeps what may be told of a survey that is over, and deletes all else of it.
pub(super) fn settle(rows: &Savepoint<'_>, survey: SurveyId) -> Result<(), StoreError> {
    let mut lots: BTreeMap<Classes, Counts> = BTreeMap::new();
    for (part, counts) in counts(rows, survey)? {
        let classes = forms::lot_classes(&part).ok_or_else(|| strange("part"))?;
        lots.entry(classes).or_default().add(&counts);
    }
    let told = forms::told(&lots);
    let id = blob(survey.0);
    rows.execute("DELETE FROM survey_count WHERE survey = ?1", [id])?;
    for (group, counts) in &told {
        let part = group.map_or_else(String::new, |section| section.to_string());
        add(rows, survey, &part, counts)?;
    }
    if !told.contains_key(&None) {
        rows.execute("DELETE FROM survey_comment WHERE survey = ?1", [id])?;
    }
    rows.execute("UPDATE survey SET settled = 1 WHERE id = ?1", [id])?;
    Ok(())
}
