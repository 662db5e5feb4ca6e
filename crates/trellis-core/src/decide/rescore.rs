//! Judging past answers anew after the key of an item was mended: new events, never other old ones.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::catalog::Catalog;
use crate::estimate::LearnerState;
use crate::event::{Event, Recorded, Rescoring, Score};
use crate::framework::CompetencyId;
use crate::id::{AnswerId, AttemptId, Seq};
use crate::item::{Item, Outcome, Response, grade};
use crate::mastery;
use crate::policy;
use crate::refold::Refolding;
use crate::time::Timestamp;

use super::practice::score_of;

/// What one revision of an item means for answers.
#[derive(Debug, Clone, Copy)]
pub struct Revised<'a> {
    /// The content from now on.
    pub catalog: &'a Catalog,
    /// The item as it was.
    pub before: &'a Item,
    /// The item as it is now.
    pub after: &'a Item,
    /// The event that revised it.
    pub revision: Seq,
    /// Whether it takes an earlier revision back.
    pub undoes: bool,
    /// When.
    pub now: Timestamp,
}

/// Judges the answers of one learner to an item anew. Gives nothing where all count as before; else one event for each
/// competency that the answers speak for, and fresh advice. An answer is left as it is where the question was another
/// than the item asks now, where it cannot be compared, and where a person has scored it.
#[must_use]
pub fn rescore(revised: &Revised<'_>, state: &LearnerState, history: &[Recorded]) -> Vec<Event> {
    let mut ahead = history.to_vec();
    let mut events = Vec::new();
    for (competency, answers) in judged(revised, history) {
        let was = ahead_of(state, &ahead);
        let before = mastery::believed(revised.catalog.model(), &was, &competency);
        let better = answers.iter().filter(|answer| answer.1).count();
        let worse = answers.iter().filter(|answer| answer.2).count();
        let mut rescored = Event::Rescored {
            learner: state.learner,
            item: revised.after.id.clone(),
            competency: competency.clone(),
            revision: revised.revision,
            undoes: revised.undoes,
            answers: answers.into_iter().map(|(answer, ..)| answer).collect(),
            better: u32::try_from(better).unwrap_or(u32::MAX),
            worse: u32::try_from(worse).unwrap_or(u32::MAX),
            marks: Vec::new(),
            before,
            after: before,
        };
        let place = ahead.len();
        ahead.push(recorded(revised, history, rescored.clone()));
        let marks = find_marks(state, &ahead, &competency);
        if let Event::Rescored { marks: of, .. } = &mut rescored {
            of.clone_from(&marks);
        }
        ahead[place].event = rescored.clone();
        let now = ahead_of(state, &ahead);
        if let Event::Rescored { after, .. } = &mut rescored {
            *after = mastery::believed(revised.catalog.model(), &now, &competency);
        }
        ahead[place].event = rescored.clone();
        events.push(rescored);
    }
    if !events.is_empty() {
        let mut now = ahead_of(state, &ahead);
        now.seq = state.seq;
        events.push(Event::Advised {
            learner: state.learner,
            recommendation: policy::recommend(&now, revised.catalog, revised.now),
        });
    }
    events
}

fn ahead_of(state: &LearnerState, events: &[Recorded]) -> LearnerState {
    LearnerState::refold(state.learner, events)
}

/// An event that is about to be written. Its place is after all that there is, as it will be in the journal.
fn recorded(revised: &Revised<'_>, history: &[Recorded], event: Event) -> Recorded {
    let actor = history.last().map(|last| last.actor);
    Recorded {
        seq: Seq(u64::MAX),
        decision: Seq(u64::MAX),
        at: revised.now,
        actor: actor.unwrap_or(crate::context::Actor {
            person: crate::id::PersonId(0),
            role: crate::people::Role::Operator,
        }),
        event,
    }
}

/// When the competency would have been mastered and doubted, had the answers counted so from the start.
fn find_marks(
    state: &LearnerState,
    events: &[Recorded],
    competency: &CompetencyId,
) -> Vec<crate::event::Mark> {
    let mut folding = Refolding::of(events).finding(competency.clone());
    let mut again = LearnerState::new(state.learner);
    for recorded in events {
        folding.take(&mut again, recorded);
    }
    folding.found()
}

/// An answer judged anew, whether it is right now and was not, and the other way round.
type Judged = (Rescoring, bool, bool);

/// All answers that count otherwise now, by competency.
fn judged(revised: &Revised<'_>, history: &[Recorded]) -> BTreeMap<CompetencyId, Vec<Judged>> {
    let mut seeds: BTreeMap<AttemptId, u64> = BTreeMap::new();
    let mut counts: BTreeMap<AnswerId, Score> = BTreeMap::new();
    for recorded in history {
        match &recorded.event {
            Event::Started {
                attempt,
                item,
                seed,
                ..
            } if *item == revised.after.id => {
                seeds.insert(*attempt, *seed);
            }
            Event::Rescored { answers, .. } => {
                let anew = answers.iter().map(|of| (of.answer, of.score.clone()));
                counts.extend(anew);
            }
            _ => {}
        }
    }
    let mut found: BTreeMap<CompetencyId, Vec<Judged>> = BTreeMap::new();
    for recorded in history {
        let Event::Responded {
            attempt,
            answer,
            item,
            competency,
            response,
            score,
            ..
        } = &recorded.event
        else {
            continue;
        };
        let Some(seed) = seeds.get(attempt).filter(|_| *item == revised.after.id) else {
            continue;
        };
        let was = counts.get(answer).unwrap_or(score);
        if let Some(now) = now(revised, *seed, response).filter(|now| now != was) {
            let (better, worse) = (now.right && !was.right, was.right && !now.right);
            let anew = Rescoring {
                answer: *answer,
                score: now,
            };
            let of = found.entry(competency.clone()).or_default();
            of.push((anew, better, worse));
        }
    }
    found
}

/// How a response counts now; nothing where that cannot be said.
fn now(revised: &Revised<'_>, seed: u64, response: &Response) -> Option<Score> {
    let asked = revised.before.variant(seed, None).ok()?.presentation;
    let asks = revised.after.variant(seed, None).ok()?.presentation;
    if asked != asks {
        return None;
    }
    let variant = revised.after.variant_to_judge(seed).ok()?;
    let graded = grade(&variant, response);
    match graded.outcome {
        Outcome::Right | Outcome::Wrong => Some(score_of(&graded)),
        Outcome::Unreadable { .. } | Outcome::Awaits(_) => None,
    }
}
