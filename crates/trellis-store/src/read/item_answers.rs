//! How the learners of a section answered one item: first answers, the wrong ones by what they show, and whose answers
//! were judged anew.

use trellis_core::access::Read;
use trellis_core::estimate::Corrected;
use trellis_core::event::{Event, Recorded};
use trellis_core::framework::{ItemId, MixUpId};
use trellis_core::id::{PersonId, SectionId};
use trellis_core::item::{ItemBody, Response};

use super::class_names::learners;
use super::{Name, ReadResult, allow_section};
use crate::answers::judged_anew;
use crate::db::{Connection, params};
use crate::error::StoreError;
use crate::journal::{COLUMNS, blob, read_row};
use crate::session::Viewer;
use crate::{Store, fold};

/// Wrong first answers that are the same, or show the same mix-up.
#[derive(Debug, Clone, PartialEq)]
pub struct WrongAnswer {
    /// The answer, where the question is always the same.
    pub response: Option<Response>,
    /// The mix-up that it shows.
    pub mix_up: Option<MixUpId>,
    /// How many.
    pub count: u32,
}

/// The answers of a section's learners to one item.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ItemAnswers {
    /// First answers, as they count now.
    pub first: u32,
    /// Of these, right ones.
    pub right: u32,
    /// The wrong ones, most frequent first.
    pub wrong: Vec<WrongAnswer>,
    /// Learners whose answers were judged anew, and are told so.
    pub corrected: Vec<(Name, Corrected)>,
}

/// The answers of a learner, and what was judged anew of them.
fn answered(connection: &Connection, learner: PersonId) -> Result<Vec<Recorded>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM event WHERE learner = ?1 AND kind IN ('responded', 'rescored') ORDER BY seq"
    ))?;
    let mut rows = statement.query(params![blob(learner.0)])?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(read_row(row)?);
    }
    Ok(events)
}

impl ItemAnswers {
    /// Counts the first answers among a learner's events. `same` is whether the question is always the same.
    fn take(&mut self, events: Vec<Recorded>, id: &ItemId, same: bool) {
        let mut anew = judged_anew(&events);
        for recorded in events {
            let Event::Responded {
                learner,
                answer,
                item,
                response,
                score,
                evidence,
                ..
            } = recorded.event
            else {
                continue;
            };
            if item != *id || evidence.earlier > 0 || evidence.hints > 0 {
                continue;
            }
            let score = anew.remove(&(learner, answer)).unwrap_or(score);
            self.first += 1;
            self.right += u32::from(score.right);
            if !score.right {
                self.wrong(same.then_some(response), score.mix_up);
            }
        }
    }

    fn wrong(&mut self, response: Option<Response>, mix_up: Option<MixUpId>) {
        let mut wrong = self.wrong.iter_mut();
        let found = wrong.find(|wrong| wrong.response == response && wrong.mix_up == mix_up);
        match found {
            Some(wrong) => wrong.count += 1,
            None => self.wrong.push(WrongAnswer {
                response,
                mix_up,
                count: 1,
            }),
        }
    }
}

impl Store {
    /// How the learners of a section answered an item.
    ///
    /// # Errors
    /// A refusal when the viewer does not teach the section.
    pub fn item_answers(
        &self,
        viewer: &Viewer,
        section: SectionId,
        item: &ItemId,
    ) -> ReadResult<ItemAnswers> {
        let catalog = self.catalog();
        let same = catalog
            .item(item)
            .is_some_and(|item| matches!(item.body, ItemBody::Fixed(_)));
        self.look(|connection| {
            allow_section(connection, viewer, section, Read::ItemAnswers)?;
            let mut answers = ItemAnswers::default();
            for name in learners(connection, section)? {
                let Some(state) = fold::load(connection, name.id)? else {
                    continue;
                };
                if state.times_begun(item) == 0 {
                    continue;
                }
                answers.take(answered(connection, name.id)?, item, same);
                let told = state
                    .corrected
                    .into_iter()
                    .filter(|told| told.item == *item);
                answers
                    .corrected
                    .extend(told.map(|told| (name.clone(), told)));
            }
            answers
                .wrong
                .sort_by_key(|wrong| std::cmp::Reverse(wrong.count));
            Ok(answers)
        })
    }
}
