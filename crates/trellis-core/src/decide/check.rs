//! Responses that a person judges: handing them in, scoring them by a rubric, and taking a score back.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::{Desk, LONGEST_NOTE};
use crate::catalog::Catalog;
use crate::estimate::{LearnerState, OpenAttempt, Waiting};
use crate::event::{Event, Recorded, Score};
use crate::id::{AnswerId, AttemptId, Seq};
use crate::item::{Awaits, Key, Response, Rubric, Variant};
use crate::mastery::credit;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The rubric for a response that waits: the item's own, or right and not right where there is nothing but the key to
/// compare with. The latter also when the item has left the course: what was handed in can always be scored.
#[must_use]
pub fn rubric_of(catalog: &Catalog, waiting: &Waiting) -> Rubric {
    let variant = match waiting.awaits {
        Awaits::Rubric => catalog
            .item(&waiting.item)
            .and_then(|item| item.variant_to_judge(waiting.seed).ok()),
        Awaits::Comparison => None,
    };
    match variant.map(|variant| variant.key) {
        Some(Key::Written { rubric, .. }) => rubric,
        _ => Rubric::right_or_not(),
    }
}

/// A response as it was given, with its id and its times.
pub(super) struct Given<'a> {
    pub(super) answer: AnswerId,
    pub(super) response: &'a Response,
    pub(super) elapsed_ms: u32,
    pub(super) said_at: Option<Timestamp>,
}

impl Desk<'_> {
    /// Keeps a response for a person. The attempt is over, nothing is believed otherwise, and the learner goes on.
    pub(super) fn hand_in(
        &self,
        open: &OpenAttempt,
        variant: &Variant,
        given: &Given<'_>,
        awaits: Awaits,
    ) -> Vec<Event> {
        let handed_in = Event::HandedIn {
            learner: self.state.learner,
            attempt: open.id,
            answer: given.answer,
            item: open.item.clone(),
            competency: open.competency.clone(),
            response: given.response.clone(),
            awaits,
            circumstances: self.circumstances(open, variant),
            elapsed_ms: given.elapsed_ms,
            said_at: given.said_at,
        };
        self.and_advise(handed_in)
    }

    pub(super) fn score(
        &self,
        attempt: AttemptId,
        points: &[u8],
        comment: &str,
    ) -> Result<Vec<Event>, Refusal> {
        if comment.chars().count() > LONGEST_NOTE {
            return Err(Refusal::TooLong);
        }
        let mut waiting = self.state.waiting.iter();
        let Some(waiting) = waiting.find(|waiting| waiting.attempt == attempt) else {
            let mut checked = self.state.checked.iter();
            let scored = checked.any(|checked| checked.waited.attempt == attempt);
            return Err(if scored {
                Refusal::AlreadySo
            } else {
                Refusal::NotFound
            });
        };
        let rubric = rubric_of(self.catalog, waiting);
        if !rubric.allows(points) {
            return Err(Refusal::NotInRubric);
        }
        let most = rubric.most();
        let sum = |points: &[u8]| points.iter().map(|points| u32::from(*points)).sum::<u32>();
        let share = f64::from(sum(points)) / f64::from(sum(&most).max(1));
        let evidence = credit(share, &waiting.circumstances);
        let guess = evidence.guess;
        let before = self.believed(self.state, &waiting.competency);
        let mut scored = Event::Scored {
            learner: self.state.learner,
            attempt,
            item: waiting.item.clone(),
            competency: waiting.competency.clone(),
            points: points.to_vec(),
            most,
            comment: comment.trim().to_string(),
            score: Score {
                right: evidence.right,
                share,
                mix_up: None,
            },
            evidence,
            before,
            after: before,
        };
        let ahead = self.ahead(core::slice::from_ref(&scored));
        if let Event::Scored { after, .. } = &mut scored {
            *after = self.believed(&ahead, &waiting.competency);
        }
        Ok(self.with_consequences(&waiting.competency, guess, vec![scored], ahead, true))
    }

    pub(super) fn undo_score(&self, attempt: AttemptId) -> Result<Vec<Event>, Refusal> {
        let mut checked = self.state.checked.iter();
        let checked = checked
            .find(|checked| checked.waited.attempt == attempt)
            .ok_or(Refusal::NothingToUndo)?;
        let decision = scored_in(self.history, attempt).ok_or(Refusal::NothingToUndo)?;
        let competency = checked.waited.competency.clone();
        let before = self.believed(self.state, &competency);
        let mut undone = Event::ScoreUndone {
            learner: self.state.learner,
            attempt,
            competency: competency.clone(),
            decision,
            before,
            after: before,
        };
        let ahead = self.without(&undone);
        if let Event::ScoreUndone { after, .. } = &mut undone {
            *after = self.believed(&ahead, &competency);
        }
        Ok(vec![undone, self.fresh_advice(&ahead)])
    }

    /// The state as it will be after an event that takes another back.
    pub(super) fn without(&self, event: &Event) -> LearnerState {
        let mut events: Vec<Recorded> = self.history.to_vec();
        events.push(Recorded {
            // A place of its own: what is taken back is named by the event, not found by its place.
            seq: self.state.seq,
            decision: Seq(u64::MAX),
            at: self.context.now,
            actor: self.context.actor,
            event: event.clone(),
        });
        LearnerState::refold(self.state.learner, &events)
    }
}

/// The decision in which an attempt was scored last.
fn scored_in(history: &[Recorded], attempt: AttemptId) -> Option<Seq> {
    let last = history.iter().rev().find(
        |recorded| matches!(&recorded.event, Event::Scored { attempt: of, .. } if *of == attempt),
    );
    last.map(|recorded| recorded.decision)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::Circumstances;
    use crate::framework::{CompetencyId, ItemId};
    use crate::model::SLIP;

    #[test]
    fn an_item_that_is_gone_leaves_right_and_not_right() {
        let waiting = Waiting {
            attempt: AttemptId(1),
            item: ItemId::new("gone").unwrap(),
            competency: CompetencyId::new("c").unwrap(),
            seed: 1,
            interest: None,
            awaits: Awaits::Rubric,
            circumstances: Circumstances {
                guess: 0.05,
                slip: SLIP,
                difficulty: None,
                hints: 0,
                earlier: 0,
                gap_s: None,
            },
            at: Timestamp(0),
        };
        let rubric = rubric_of(&Catalog::default(), &waiting);
        assert!(rubric.allows(&[0]) && rubric.allows(&[1]) && !rubric.allows(&[2]));
    }
}
