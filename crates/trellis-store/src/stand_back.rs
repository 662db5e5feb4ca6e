//! Taking back what the system decides alone: by the rule that counts its own doubted calls, looked at for all classes every
//! night, and where the district agrees on less.

use trellis_core::access::Read;
use trellis_core::command::Command;
use trellis_core::context::Actor;
use trellis_core::estimate::LearnerState;
use trellis_core::event::Event;
use trellis_core::id::{PersonId, SectionId};
use trellis_core::people::Role;
use trellis_core::plan::Mode;
use trellis_core::plan::trust::Trust;
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

use crate::batch::Asked;
use crate::error::StoreError;
use crate::journal::{COLUMNS, blob, read_row};
use crate::read::{ReadError, ReadResult, class_names};
use crate::session::Viewer;
use crate::{Store, agreed, chance, fold};

/// That the system was told to decide less, and not by a teacher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoodBack {
    /// When.
    pub at: Timestamp,
    /// By whom: who runs the machine stands for the rule.
    pub by: Role,
    /// Why.
    pub note: String,
}

impl Store {
    /// Looks at every class in which the system decides alone, and takes that back where its own calls were doubted too
    /// often; gives the classes. `note` says why, for the record of each learner. It acts by who runs the machine, for it
    /// is nobody's decision of that night.
    ///
    /// # Errors
    /// When the database cannot be read or written; what was done before stays.
    pub fn stop_where_trust_is_lost(
        &self,
        note: &str,
        now: Timestamp,
    ) -> Result<Vec<SectionId>, StoreError> {
        let mut stopped = Vec::new();
        for section in self.sections()? {
            let states = self.states_in(section.id)?;
            let modes = states.iter().map(|state| state.mode);
            if Mode::of_most(modes) != Mode::Assist || !Trust::of(&states, now).is_lost() {
                continue;
            }
            let actor = self.who_runs_the_machine(now)?;
            self.stand_back(&states, Mode::Suggest, note, actor, now)?;
            stopped.push(section.id);
        }
        Ok(stopped)
    }

    /// Lets the system decide no more than the district has agreed for learners who have joined since; gives how many.
    ///
    /// # Errors
    /// When the database cannot be read or written; what was done before stays.
    pub fn keep_to_what_was_agreed(&self, now: Timestamp) -> Result<usize, StoreError> {
        let Some((most, reason)) = self.read(agreed::most_with_reason)? else {
            return Ok(0);
        };
        let actor = self.who_runs_the_machine(now)?;
        self.stand_back_everywhere(most, &reason, actor, now)
    }

    fn who_runs_the_machine(&self, now: Timestamp) -> Result<Actor, StoreError> {
        let person = match self.operator()? {
            Some(operator) => operator,
            None => self.add_operator(now)?,
        };
        Ok(Actor {
            person,
            role: Role::Operator,
        })
    }

    /// Lets the system decide no more than `most` for any learner; gives how many it decided more for.
    ///
    /// # Errors
    /// When the database cannot be read or written; what was done before stays.
    pub fn stand_back_everywhere(
        &self,
        most: Mode,
        note: &str,
        actor: Actor,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        let mut count = 0;
        for section in self.sections()? {
            let states = self.states_in(section.id)?;
            count += self.stand_back(&states, most, note, actor, now)?;
        }
        Ok(count)
    }

    /// Whether somebody other than a teacher was the last to say what the system may decide for a learner of a section:
    /// who by role, when, and why.
    ///
    /// # Errors
    /// A refusal when the viewer may not see it.
    pub fn stood_back(&self, viewer: &Viewer, learner: PersonId) -> ReadResult<Option<StoodBack>> {
        self.look(|connection| {
            self.allow_learner(connection, viewer, learner, Read::EvidenceTimeline)?;
            let sql = format!(
                "SELECT {COLUMNS} FROM event WHERE learner = ?1 AND kind = 'mode-set' ORDER BY seq DESC LIMIT 1"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query([blob(learner.0)])?;
            let Some(row) = rows.next()? else {
                return Ok(None);
            };
            let recorded = read_row(row)?;
            Ok(match recorded.event {
                Event::ModeSet { note, .. } if recorded.actor.role != Role::Teacher => {
                    Some(StoodBack {
                        at: recorded.at,
                        by: recorded.actor.role,
                        note,
                    })
                }
                _ => None,
            })
        })
    }

    fn states_in(&self, section: SectionId) -> Result<Vec<LearnerState>, StoreError> {
        self.read(|connection| {
            let learners = class_names::learners(connection, section);
            let learners = learners.map_err(|error| match error {
                ReadError::Failed(error) => error,
                ReadError::Refused(refusal) => StoreError::Corrupt(format!("{refusal:?}")),
            })?;
            let states = learners
                .iter()
                .map(|name| fold::state_of(connection, name.id));
            states.collect()
        })
    }

    fn stand_back(
        &self,
        states: &[LearnerState],
        most: Mode,
        note: &str,
        actor: Actor,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        let more: Vec<PersonId> = states
            .iter()
            .filter(|state| state.mode > most)
            .map(|state| state.learner)
            .collect();
        let mut count = 0;
        for learner in more {
            let mut seed = [0; 8];
            chance::fill(&mut seed)?;
            let asked = Asked {
                command: Command::StandBack {
                    learner,
                    most,
                    note: note.to_owned(),
                },
                actor,
                now,
                seed: u64::from_be_bytes(seed),
            };
            match self.execute(asked)? {
                Ok(_) => count += 1,
                // Somebody was faster, or they have just left.
                Err(Refusal::AlreadySo | Refusal::NotFound | Refusal::NotYours) => {}
                Err(refusal) => {
                    return Err(StoreError::Corrupt(format!(
                        "standing back was refused: {refusal:?}"
                    )));
                }
            }
        }
        Ok(count)
    }
}
