//! First answers from the journal, for audits: what was given before any hint or earlier try of the same attempt.

use std::collections::BTreeMap;

use trellis_core::audit::GivenAnswer;
use trellis_core::event::{Event, Recorded, Score};
use trellis_core::id::{AnswerId, PersonId, Seq};
use trellis_core::item::{ItemBody, Response};

use crate::Store;
use crate::db::Connection;
use crate::error::StoreError;
use crate::journal::{self, COLUMNS};

impl Store {
    /// Every first answer in the journal, oldest first. Learners stand in it by id alone.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn first_answers(&self) -> Result<Vec<GivenAnswer>, StoreError> {
        let catalog = self.catalog();
        self.read(|connection| {
            let mut anew = judged_anew(&journal::of_kind(connection, "rescored", Seq(0))?);
            each_response(connection, |recorded| {
                let Event::Responded {
                    learner,
                    answer,
                    item,
                    response,
                    score,
                    evidence,
                    elapsed_ms,
                    ..
                } = recorded.event
                else {
                    return None;
                };
                if evidence.hints > 0 || evidence.earlier > 0 {
                    return None;
                }
                let score = anew.remove(&(learner, answer)).unwrap_or(score);
                // The keys of a template's options are given anew for each variant and mean nothing elsewhere.
                let fixed = catalog
                    .item(&item)
                    .is_some_and(|item| matches!(item.body, ItemBody::Fixed(_)));
                let chosen = match (response, score.mix_up) {
                    (Response::Choice(key), _) if fixed => Some(key),
                    (_, Some(mix_up)) => Some(mix_up.to_string()),
                    _ => None,
                };
                Some(GivenAnswer {
                    learner,
                    item,
                    right: score.right,
                    chosen,
                    elapsed_ms,
                    at: recorded.at,
                })
            })
        })
    }
}

/// How answers count that were judged anew: the last word on each.
pub(crate) fn judged_anew(events: &[Recorded]) -> BTreeMap<(PersonId, AnswerId), Score> {
    let mut anew = BTreeMap::new();
    for recorded in events {
        if let Event::Rescored {
            learner, answers, ..
        } = &recorded.event
        {
            let of = answers.iter();
            anew.extend(of.map(|of| ((*learner, of.answer), of.score.clone())));
        }
    }
    anew
}

fn each_response<T>(
    connection: &Connection,
    mut take: impl FnMut(Recorded) -> Option<T>,
) -> Result<Vec<T>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM event WHERE kind = 'responded' ORDER BY seq");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.extend(take(journal::read_row(row)?));
    }
    Ok(found)
}
