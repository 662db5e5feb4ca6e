//! What all learners answered, for fitting a model to this place: evidence alone, no names and no responses.

use std::collections::BTreeSet;

use trellis_core::consent::Use;
use trellis_core::event::{Event, Evidence};
use trellis_core::framework::{CompetencyId, ItemId};
use trellis_core::id::{PersonId, Seq};

use crate::Store;
use crate::db::Connection;
use crate::error::StoreError;
use crate::journal::{self, COLUMNS};

/// One answer that counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Learned {
    /// The learner.
    pub learner: PersonId,
    /// What it was about.
    pub competency: CompetencyId,
    /// The item.
    pub item: ItemId,
    /// What it says. A score by a person may say little: see [`trellis_core::mastery::credit`].
    pub evidence: Evidence,
    /// Whether a person scored it.
    pub by_a_person: bool,
}

impl Store {
    /// All answers that count, each learner's together and in order; without those of whom the family does not allow it.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn learned(&self) -> Result<Vec<Learned>, StoreError> {
        self.read(|connection| {
            let sql = format!(
                "SELECT {COLUMNS} FROM event WHERE kind IN ('responded', 'revealed', 'scored', 'score-undone')
                 ORDER BY learner, seq"
            );
            let mut statement = connection.prepare(&sql)?;
            let mut rows = statement.query([])?;
            let mut all: Vec<(Seq, Learned)> = Vec::new();
            let mut taken_back: Vec<Seq> = Vec::new();
            while let Some(row) = rows.next()? {
                let recorded = journal::read_row(row)?;
                taken_back.extend(recorded.event.takes_back());
                let by_a_person = matches!(recorded.event, Event::Scored { .. });
                if let Some((learner, competency, item, evidence)) = evidence(recorded.event) {
                    let learned = Learned {
                        learner,
                        competency,
                        item,
                        evidence,
                        by_a_person,
                    };
                    all.push((recorded.decision, learned));
                }
            }
            taken_back.sort_unstable();
            let mut withheld = BTreeSet::new();
            note_withheld(connection, Seq(0), &mut withheld)?;
            all.retain(|(_, learned)| !withheld.contains(&learned.learner));
            all.retain(|(decision, _)| taken_back.binary_search(decision).is_err());
            Ok(all.into_iter().map(|(_, learned)| learned).collect())
        })
    }
}

/// Brings up to date whose answers may not be used to improve anything, by what families said after a place of the journal.
pub(crate) fn note_withheld(
    connection: &Connection,
    after: Seq,
    withheld: &mut BTreeSet<PersonId>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM event WHERE seq > ?1 AND kind = 'consented' ORDER BY seq"
    ))?;
    let mut rows = statement.query([journal::int(after.0)])?;
    while let Some(row) = rows.next()? {
        if let Event::Consented {
            learner,
            purpose: Use::Improving,
            allowed,
        } = journal::read_row(row)?.event
        {
            match allowed {
                true => withheld.remove(&learner),
                false => withheld.insert(learner),
            };
        }
    }
    Ok(())
}

fn evidence(event: Event) -> Option<(PersonId, CompetencyId, ItemId, Evidence)> {
    match event {
        Event::Responded {
            learner,
            competency,
            item,
            evidence,
            ..
        }
        | Event::Scored {
            learner,
            competency,
            item,
            evidence,
            ..
        }
        | Event::Revealed {
            learner,
            competency,
            item,
            evidence: Some(evidence),
            ..
        } => Some((learner, competency, item, evidence)),
        _ => None,
    }
}
