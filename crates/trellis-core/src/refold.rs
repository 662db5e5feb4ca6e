//! Folding from the first event: what a later event takes back or judges anew counts as it says.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

use crate::estimate::LearnerState;
use crate::event::{Event, Evidence, Mark, Recorded, Score};
use crate::framework::CompetencyId;
use crate::id::{AnswerId, AttemptId, PersonId, Seq};
use crate::mastery;

impl LearnerState {
    /// Folds a learner's events, oldest first, from the beginning. What a later one takes back does not count: its
    /// decision is left out, but for the advice in it, which was given all the same. What a later one judges anew counts
    /// as judged there.
    #[must_use]
    pub fn refold<'a>(
        learner: PersonId,
        events: impl IntoIterator<Item = &'a Recorded> + Clone,
    ) -> Self {
        let mut folding = Refolding::of(events.clone());
        let mut state = Self::new(learner);
        for recorded in events {
            folding.take(&mut state, recorded);
        }
        state
    }
}

/// What the whole of a learner's events says about single ones of them.
pub(crate) struct Refolding<'a> {
    taken_back: BTreeSet<Seq>,
    /// How answers count that were judged anew: the last word on each.
    scores: BTreeMap<AnswerId, &'a Score>,
    /// For competencies with such answers, until where their marks hold instead of what the journal says, and the marks.
    marks: BTreeMap<&'a CompetencyId, (Seq, &'a [Mark])>,
    /// Attempts that would have ended earlier than they did: what follows in them would not have happened.
    ended: BTreeSet<AttemptId>,
    /// A competency whose marks are being found.
    finding: Option<(CompetencyId, Vec<Mark>)>,
}

impl<'a> Refolding<'a> {
    pub(crate) fn of(events: impl IntoIterator<Item = &'a Recorded>) -> Self {
        let mut folding = Self {
            taken_back: BTreeSet::new(),
            scores: BTreeMap::new(),
            marks: BTreeMap::new(),
            ended: BTreeSet::new(),
            finding: None,
        };
        for recorded in events {
            folding.taken_back.extend(recorded.event.takes_back());
            if let Event::Rescored {
                competency,
                answers,
                marks,
                ..
            } = &recorded.event
            {
                for answer in answers {
                    folding.scores.insert(answer.answer, &answer.score);
                }
                folding.marks.insert(competency, (recorded.seq, marks));
            }
        }
        folding
    }

    /// The same, to find the marks of a competency: none that stand in events count.
    pub(crate) fn finding(mut self, competency: CompetencyId) -> Self {
        self.finding = Some((competency, Vec::new()));
        self
    }

    /// The marks that were found.
    pub(crate) fn found(self) -> Vec<Mark> {
        self.finding.map_or_else(Vec::new, |(_, marks)| marks)
    }

    /// Takes in the next event.
    pub(crate) fn take(&mut self, state: &mut LearnerState, recorded: &Recorded) {
        let out = self.taken_back.contains(&recorded.decision)
            && !matches!(recorded.event, Event::Advised { .. });
        if out || self.never_happened(recorded) {
            state.seq = recorded.seq;
            return;
        }
        match self.judged_anew(state, recorded) {
            Some(other) => state.apply(&other),
            None => state.apply(recorded),
        }
        self.mark(state, recorded);
    }

    /// Whether the event follows from something that is otherwise now.
    fn never_happened(&self, recorded: &Recorded) -> bool {
        match &recorded.event {
            Event::Mastered { competency, .. } | Event::Doubted { competency, .. } => {
                self.is_found(competency)
                    || self
                        .marks
                        .get(competency)
                        .is_some_and(|(until, _)| recorded.seq < *until)
            }
            Event::Started { .. } => false,
            event => event
                .attempt()
                .is_some_and(|attempt| self.ended.contains(&attempt)),
        }
    }

    fn is_found(&self, competency: &CompetencyId) -> bool {
        self.finding
            .as_ref()
            .is_some_and(|(finding, _)| finding == competency)
    }

    /// The event as it counts, where that is otherwise than it was written.
    fn judged_anew(&mut self, state: &LearnerState, recorded: &Recorded) -> Option<Recorded> {
        let (Event::Responded { competency, .. } | Event::Revealed { competency, .. }) =
            &recorded.event
        else {
            return None;
        };
        if !self.marks.contains_key(competency) && !self.is_found(competency) {
            return None;
        }
        // What came before may have ended earlier than it did.
        let last = state.competency(competency).map(|state| state.last_at);
        let gap_s = last.map(|last| last.seconds_until(recorded.at));
        let mut other = recorded.clone();
        match &mut other.event {
            Event::Responded {
                attempt,
                answer,
                score,
                evidence,
                over,
                ..
            } => {
                evidence.gap_s = gap_s;
                if let Some(now) = self.scores.get(answer) {
                    score.clone_from(now);
                    evidence.right = now.right;
                    if now.right && !*over {
                        *over = true;
                        self.ended.insert(*attempt);
                    }
                }
            }
            Event::Revealed {
                evidence: Some(evidence),
                ..
            } => evidence.gap_s = gap_s,
            _ => {}
        }
        Some(other)
    }

    /// Sets the marks that hold after an event, or finds them.
    fn mark(&mut self, state: &mut LearnerState, recorded: &Recorded) {
        let Some((competency, guess)) = speaks_for(&recorded.event) else {
            return;
        };
        if let Some((finding, found)) = &mut self.finding
            && finding == competency
        {
            let was = state
                .competency(competency)
                .is_some_and(|state| state.mastered_at.is_some());
            let mastered = match was {
                false => mastery::rule_holds(state, competency, guess),
                true => !mastery::is_doubtful(state, competency),
            };
            if mastered != was {
                found.push(Mark {
                    at: recorded.seq,
                    mastered,
                });
                state.mark(competency, mastered, recorded.at);
            }
            return;
        }
        let marks = self.marks.get(competency).map(|(_, marks)| *marks);
        let mut marks = marks.unwrap_or_default().iter();
        if let Some(mark) = marks.find(|mark| mark.at == recorded.seq) {
            state.mark(competency, mark.mastered, recorded.at);
        }
    }
}

/// The competency about which an event said something, with the guess rate that the rule for mastery was asked with.
fn speaks_for(event: &Event) -> Option<(&CompetencyId, f64)> {
    let of = |evidence: &Evidence| evidence.guess;
    match event {
        Event::Responded {
            competency,
            evidence,
            ..
        }
        | Event::Scored {
            competency,
            evidence,
            ..
        } => Some((competency, of(evidence))),
        Event::Revealed { competency, .. } => Some((competency, 1.0)),
        _ => None,
    }
}
