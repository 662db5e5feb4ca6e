//! The fold: how each event changes what is believed about a learner. Run once when an event is written and again by
//! every replay, with the same bits.

use alloc::vec::Vec;

use trellis_stats::memory::{Memory, Recall};

use crate::consent::Use;
use crate::estimate::{
    CHECKED_KEPT, CORRECTED_KEPT, Checked, Circumstances, CompetencyState, Corrected, LearnerState,
    OPEN_KEPT, OpenAttempt, Proof, RECENT_KEPT, REPLACED_KEPT, Recent, Remembered, Waiting,
};
use crate::event::{Event, Evidence, Recorded, Score};
use crate::framework::{CompetencyId, CourseId, ItemId, MixUpId};
use crate::id::{AttemptId, DirectiveId};
use crate::item::Awaits;
use crate::mastery;
use crate::model::OPEN_GUESS;
use crate::placed::{Asked, Placed, Placing};
use crate::plan::{Directive, QUESTIONS_AS_USUAL, Wish, assignment::Ended};
use crate::project::item_of;
use crate::recommendation::Purpose;
use crate::time::Timestamp;

mod assigned;

impl LearnerState {
    /// Takes in one event of this learner. Events of others must not come here.
    pub fn apply(&mut self, recorded: &Recorded) {
        self.seq = recorded.seq;
        self.apply_event(&recorded.event, recorded.at);
    }

    /// Takes in what happened at `at`, without moving the place in the journal: for looking ahead inside one decision.
    #[expect(
        clippy::too_many_lines,
        reason = "one arm for each kind of event, so that the compiler shows which is missing"
    )]
    pub fn apply_event(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::CourseTaken { course, .. } => {
                if !self.courses.contains(course) {
                    self.courses.push(course.clone());
                }
                // What was advised did not know of it.
                self.advice = None;
            }
            Event::CourseLeft { course, .. } => {
                self.courses.retain(|taken| taken != course);
                self.advice = None;
            }
            Event::Advised { recommendation, .. } => {
                self.advice = Some((at, recommendation.clone()))
            }
            Event::Started {
                attempt,
                item,
                competency,
                purpose,
                seed,
                interest,
                ..
            } => {
                self.begin(OpenAttempt {
                    id: *attempt,
                    item: item.clone(),
                    competency: competency.clone(),
                    purpose: *purpose,
                    seed: *seed,
                    interest: interest.clone(),
                    hints: 0,
                    tries: 0,
                    started_at: at,
                });
            }
            Event::HintShown { attempt, index, .. } => {
                if let Some(open) = self.open.iter_mut().find(|open| open.id == *attempt) {
                    open.hints = open.hints.max(index.saturating_add(1));
                }
            }
            Event::Responded {
                attempt,
                item,
                competency,
                evidence,
                score,
                over,
                ..
            } => {
                self.take_evidence(competency, item, evidence, at);
                if let Some(open) = self.open.iter_mut().find(|open| open.id == *attempt) {
                    open.tries = open.tries.saturating_add(1);
                }
                if *over {
                    let alone = score.right && evidence.hints == 0 && evidence.earlier == 0;
                    self.note_placement(*attempt, alone, evidence.guess);
                    self.note_assigned(*attempt, Ended::judged(score.right, alone));
                    self.end(*attempt, at, alone, score.mix_up.clone());
                } else if evidence.earlier == 0 {
                    let hints = u32::from(evidence.hints);
                    self.remember_mix_up(item, competency, at, hints, score.mix_up.clone());
                }
            }
            Event::HandedIn {
                attempt,
                awaits,
                circumstances,
                ..
            } => {
                self.note_assigned(*attempt, Ended::Waits);
                self.hand_in(*attempt, *awaits, *circumstances, at);
            }
            Event::Scored {
                attempt,
                points,
                most,
                score,
                evidence,
                ..
            } => {
                self.check(*attempt, [points, most], score, evidence, at);
                let alone = evidence.hints == 0 && evidence.earlier == 0;
                self.note_read(*attempt, Ended::judged(score.right, alone));
            }
            Event::Revealed {
                attempt,
                item,
                competency,
                evidence,
                ..
            } => {
                if let Some(evidence) = evidence {
                    self.take_evidence(competency, item, evidence, at);
                }
                let guess = evidence.as_ref().map_or(OPEN_GUESS, |said| said.guess);
                self.note_placement(*attempt, false, guess);
                self.note_assigned(*attempt, Ended::NotYet);
                self.end(*attempt, at, false, None);
            }
            Event::Mastered { competency, .. } => self.set_mastered(competency, Some(at), None),
            Event::Doubted { competency, .. } => self.set_mastered(competency, None, Some(at)),
            Event::ProofBegun { competency, .. } => {
                self.proof = Some(Proof {
                    competency: competency.clone(),
                    done: 0,
                    right: 0,
                });
            }
            Event::ProofEnded { .. } => self.proof = None,
            Event::InterestChosen { interest, .. } => self.interest.clone_from(interest),
            Event::PlacementBegun { course, seed, .. } => {
                self.placing = Some(Placing {
                    course: course.clone(),
                    seed: *seed,
                    asked: Vec::new(),
                });
            }
            Event::PlacementEnded { course, known, .. } => self.place(course, known),
            Event::PlacementSet { offered, .. } => self.no_placement = !offered,
            Event::Consented {
                purpose, allowed, ..
            } => self.consent(*purpose, *allowed),
            Event::Directed { directive, .. } => self.direct(directive),
            Event::DirectiveUndone { directive, .. } => self.undo(*directive),
            Event::Felt {
                competency, felt, ..
            } => self.wish(competency, felt.shift()),
            Event::ModeSet { mode, .. } => {
                self.mode = *mode;
                self.advice = None;
            }
            Event::ProjectScored {
                project, criteria, ..
            } => {
                let item = item_of(*project);
                for says in criteria.iter().filter_map(|scored| scored.says.as_ref()) {
                    self.take_evidence(&says.competency, &item, &says.evidence, at);
                }
            }
            // What it takes back is left out by `refold`; nothing else follows from it.
            Event::ScoreUndone { .. }
            | Event::ProjectScoreUndone { .. }
            | Event::NotUnderstood { .. }
            | Event::HintAnswered { .. }
            | Event::PlanNoted { .. }
            | Event::ClassOpened { .. }
            | Event::ClassClosed { .. }
            | Event::CoursesChosen { .. }
            | Event::ModelInstalled { .. }
            | Event::ItemHeld { .. }
            | Event::ItemReleased { .. }
            | Event::FindingSettled { .. }
            | Event::FindingReopened { .. }
            | Event::ItemReported { .. }
            | Event::ItemPublished { .. }
            | Event::ItemRevised { .. }
            | Event::ItemsTagged { .. }
            | Event::LinkSet { .. } => {}
            // How the answers count is seen by `refold`.
            Event::Rescored { .. } => self.correct(event, at),
        }
    }

    /// A placement is over.
    fn place(&mut self, course: &CourseId, known: &[Placed]) {
        self.placing = None;
        if !self.placements.contains(course) {
            self.placements.push(course.clone());
        }
        self.placed
            .retain(|old| known.iter().all(|new| new.competency != old.competency));
        self.placed.extend(known.iter().cloned());
        self.advice = None;
    }

    /// A family said what may be.
    fn consent(&mut self, purpose: Use, allowed: bool) {
        self.withheld.retain(|withheld| *withheld != purpose);
        if !allowed {
            self.withheld.push(purpose);
            self.withheld.sort_unstable();
        }
        self.advice = None;
    }

    /// A directive comes into force; what it replaces is set aside.
    fn direct(&mut self, directive: &Directive) {
        let (replaced, others) = core::mem::take(&mut self.directives)
            .into_iter()
            .partition::<Vec<_>, _>(|old| directive.kind.replaces(&old.kind));
        self.directives = others;
        self.directives.push(directive.clone());
        self.let_old_assignments_go();
        self.replaced.extend(replaced);
        let surplus = self.replaced.len().saturating_sub(REPLACED_KEPT);
        self.replaced.drain(..surplus);
        self.advice = None;
    }

    /// A directive goes, and the last one that it had replaced comes back.
    fn undo(&mut self, id: DirectiveId) {
        self.advice = None;
        let Some(place) = self.directives.iter().position(|old| old.id == id) else {
            return;
        };
        let undone = self.directives.remove(place);
        self.over.retain(|over| over.directive != id);
        let earlier = self
            .replaced
            .iter()
            .rposition(|old| undone.kind.replaces(&old.kind));
        if let Some(earlier) = earlier {
            self.directives.push(self.replaced.remove(earlier));
        }
    }

    /// A wish counts when none counts yet.
    fn wish(&mut self, id: &CompetencyId, shift: i8) {
        if shift != 0 && self.wishes.iter().all(|wish| wish.competency != *id) {
            self.wishes.push(Wish {
                competency: id.clone(),
                shift,
                as_usual: QUESTIONS_AS_USUAL,
            });
        }
    }

    /// A question begins: the wish for it is used up, or one more came as usual.
    fn use_up_wish(&mut self, id: &CompetencyId) {
        if let Some(wish) = self.wishes.iter_mut().find(|wish| wish.competency == *id) {
            if wish.shift == 0 {
                wish.as_usual = wish.as_usual.saturating_sub(1);
            }
            wish.shift = 0;
        }
        self.wishes.retain(|wish| wish.as_usual > 0);
    }

    fn begin(&mut self, attempt: OpenAttempt) {
        // Only these are moved by a wish: what decides mastery and reviews are the same for everybody.
        if matches!(attempt.purpose, Purpose::Learn | Purpose::Choice) {
            self.use_up_wish(&attempt.competency);
        }
        match self.begun.binary_search_by(|(id, _)| id.cmp(&attempt.item)) {
            Ok(place) => self.begun[place].1 = self.begun[place].1.saturating_add(1),
            Err(place) => self.begun.insert(place, (attempt.item.clone(), 1)),
        }
        if self.open.len() >= OPEN_KEPT {
            self.open.remove(0);
        }
        self.open.push(attempt);
    }

    /// An attempt that is about to end may be a question of a placement.
    fn note_placement(&mut self, id: AttemptId, right: bool, guess: f64) {
        let open = self.open.iter().find(|open| open.id == id);
        let asked = open.filter(|open| open.purpose == Purpose::Placement);
        if let (Some(open), Some(placing)) = (asked, &mut self.placing) {
            placing.asked.push(Asked {
                competency: open.competency.clone(),
                right,
                guess,
            });
        }
    }

    fn end(&mut self, id: AttemptId, at: Timestamp, right_alone: bool, mix_up: Option<MixUpId>) {
        let Some(place) = self.open.iter().position(|open| open.id == id) else {
            return;
        };
        let attempt = self.open.remove(place);
        if attempt.purpose == Purpose::Proof
            && let Some(proof) = &mut self.proof
            && proof.competency == attempt.competency
        {
            proof.done = proof.done.saturating_add(1);
            proof.right = proof.right.saturating_add(u8::from(right_alone));
        }
        if attempt.tries > 1
            && let Some(noted) = self
                .recent
                .iter_mut()
                .rev()
                .find(|recent| recent.item == attempt.item)
            && noted.mix_up.is_some()
            && noted.at >= attempt.started_at
        {
            noted.at = at;
            noted.hints = attempt.hints;
            return;
        }
        self.keep_recent(Recent {
            item: attempt.item,
            competency: attempt.competency,
            at,
            right_alone,
            hints: attempt.hints,
            mix_up,
        });
    }

    /// The attempt is over and its response waits. A proof goes on as if it had not been asked.
    fn hand_in(
        &mut self,
        id: AttemptId,
        awaits: Awaits,
        circumstances: Circumstances,
        at: Timestamp,
    ) {
        let Some(place) = self.open.iter().position(|open| open.id == id) else {
            return;
        };
        let open = self.open.remove(place);
        self.waiting.push(Waiting {
            attempt: open.id,
            item: open.item,
            competency: open.competency,
            seed: open.seed,
            interest: open.interest,
            awaits,
            circumstances,
            at,
        });
    }

    /// A response that waited counts from now on, as of the moment when it was given. Where the competency was
    /// practised since, it counts as of then: what is remembered goes forward only.
    fn check(
        &mut self,
        id: AttemptId,
        [points, most]: [&[u8]; 2],
        score: &Score,
        evidence: &Evidence,
        at: Timestamp,
    ) {
        let Some(place) = self
            .waiting
            .iter()
            .position(|waiting| waiting.attempt == id)
        else {
            return;
        };
        let waited = self.waiting.remove(place);
        let last_at = self
            .competency(&waited.competency)
            .map_or(waited.at, |state| state.last_at);
        let counts_at = waited.at.max(last_at);
        self.take_evidence(&waited.competency, &waited.item, evidence, counts_at);
        self.keep_recent(Recent {
            item: waited.item.clone(),
            competency: waited.competency.clone(),
            at: waited.at,
            right_alone: score.right && evidence.hints == 0 && evidence.earlier == 0,
            hints: u32::from(evidence.hints),
            mix_up: None,
        });
        if self.checked.len() >= CHECKED_KEPT {
            self.checked.remove(0);
        }
        let sum = |points: &[u8]| points.iter().map(|points| u32::from(*points)).sum();
        self.checked.push(Checked {
            waited,
            points: sum(points),
            most: sum(most),
            at,
        });
    }

    fn remember_mix_up(
        &mut self,
        item: &ItemId,
        competency: &CompetencyId,
        at: Timestamp,
        hints: u32,
        mix_up: Option<MixUpId>,
    ) {
        if mix_up.is_some() {
            let recent = Recent {
                item: item.clone(),
                competency: competency.clone(),
                at,
                right_alone: false,
                hints,
                mix_up,
            };
            self.keep_recent(recent);
        }
    }

    /// Remembers that answers were judged anew; when that is taken back, nothing of it.
    fn correct(&mut self, event: &Event, at: Timestamp) {
        let Event::Rescored {
            item,
            competency,
            revision,
            undoes,
            better,
            worse,
            ..
        } = event
        else {
            return;
        };
        self.corrected
            .retain(|told| told.item != *item || told.competency != *competency);
        if *undoes {
            return;
        }
        if self.corrected.len() >= CORRECTED_KEPT {
            self.corrected.remove(0);
        }
        self.corrected.push(Corrected {
            item: item.clone(),
            competency: competency.clone(),
            revision: *revision,
            better: *better,
            worse: *worse,
            at,
        });
    }

    /// Sets a competency as mastered or as doubted at a moment.
    pub(crate) fn mark(&mut self, id: &CompetencyId, mastered: bool, at: Timestamp) {
        match mastered {
            true => self.set_mastered(id, Some(at), None),
            false => self.set_mastered(id, None, Some(at)),
        }
    }

    fn keep_recent(&mut self, recent: Recent) {
        if self.recent.len() >= RECENT_KEPT {
            self.recent.remove(0);
        }
        self.recent.push(recent);
    }

    fn set_mastered(
        &mut self,
        id: &CompetencyId,
        mastered_at: Option<Timestamp>,
        doubted_at: Option<Timestamp>,
    ) {
        if let Some(state) = self
            .competencies
            .iter_mut()
            .find(|state| state.competency == *id)
        {
            state.mastered_at = mastered_at;
            state.doubted_at = doubted_at;
        }
    }

    /// Moves the belief, the counts and the memory of one competency by one piece of evidence.
    fn take_evidence(
        &mut self,
        id: &CompetencyId,
        item: &ItemId,
        evidence: &Evidence,
        at: Timestamp,
    ) {
        let first = !self
            .competencies
            .iter()
            .any(|state| state.competency == *id);
        if first {
            self.competencies.push(CompetencyState::met(id.clone(), at));
        }
        mastery::revise(self, id, item, evidence);
        let new_item = self.times_begun(item) <= 1;
        let Some(state) = self
            .competencies
            .iter_mut()
            .find(|state| state.competency == *id)
        else {
            return;
        };
        if evidence.earlier == 0 && !evidence.right {
            self.placed.retain(|placed| placed.competency != *id);
        }
        if evidence.earlier == 0 {
            state.first_tries = state.first_tries.saturating_add(1);
            state.items = state.items.saturating_add(u32::from(new_item || first));
            let alone = evidence.right && evidence.hints == 0;
            state.right_alone = state.right_alone.saturating_add(u32::from(alone));
            state.run = if alone {
                state.run.saturating_add(1)
            } else {
                0
            };
            state.misses = if evidence.right {
                0
            } else {
                state.misses.saturating_add(1)
            };
            remember(state, evidence, at);
        }
        state.last_at = at;
    }
}

/// Moves the memory of a competency by a first try. Repeats on the same day do not pass through it: the memory model
/// was made for days, and a lesson repeats within minutes. A memory begins with the first right answer.
fn remember(state: &mut CompetencyState, evidence: &Evidence, at: Timestamp) {
    let recall = match (evidence.right, evidence.hints) {
        (false, _) if state.memory.is_none() => return,
        (false, _) => Recall::Failed,
        (true, 0) => Recall::Good,
        (true, _) => Recall::Hard,
    };
    let day = u32::try_from(at.day()).unwrap_or(0);
    let before = state.memory.as_ref().map(|memory| memory.state);
    let after = Memory::default().review(before.as_ref(), recall, day);
    if before != Some(after) {
        state.memory = Some(Remembered { state: after, at });
    }
}
