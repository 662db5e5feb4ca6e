//! Practice: begin an attempt, answer, take a hint, see the solution, prove a competency, choose stories.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::Desk;
use super::check::Given;
use crate::consent;
use crate::estimate::{Believed, Circumstances, LearnerState, OpenAttempt, Proof};
use crate::event::{Event, Evidence, Score};
use crate::framework::{CompetencyId, Course, CourseId, InterestId, ItemId};
use crate::id::{AnswerId, AttemptId};
use crate::item::{Graded, Item, Outcome, Response, Variant, grade};
use crate::mastery::{self, Mastery};
use crate::model::{self, SLIP};
use crate::plan::Felt;
use crate::policy::{self, MOST_PROOF_ITEMS, MOST_TRIES, assigned};
use crate::recommendation::Purpose;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// What is said of an answer to a hint's question that could not be compared.
const NOT_COMPARED: &str = "This cannot be compared with the answer. Write it in another way.";

impl Desk<'_> {
    pub(super) fn take_course(&self, course: &CourseId) -> Result<Vec<Event>, Refusal> {
        self.catalog.course(course).ok_or(Refusal::NotFound)?;
        if self.state.courses.contains(course) {
            return Err(Refusal::AlreadySo);
        }
        Ok(vec![Event::CourseTaken {
            learner: self.state.learner,
            course: course.clone(),
        }])
    }

    pub(super) fn leave_course(&self, course: &CourseId) -> Result<Vec<Event>, Refusal> {
        if !self.state.courses.contains(course) {
            return Err(Refusal::AlreadySo);
        }
        Ok(vec![Event::CourseLeft {
            learner: self.state.learner,
            course: course.clone(),
        }])
    }

    pub(super) fn start(
        &self,
        attempt: AttemptId,
        competency: Option<&CompetencyId>,
        purpose: Purpose,
        item: Option<&ItemId>,
    ) -> Result<Vec<Event>, Refusal> {
        if self.state.attempt(attempt).is_some() {
            return Err(Refusal::AlreadySo);
        }
        if let (Purpose::Placement, Some(placing)) = (purpose, &self.state.placing) {
            return self.ask_to_place(attempt, placing);
        }
        let competency = match competency {
            Some(id) => id.clone(),
            None => self.first_stop().ok_or(Refusal::NotFound)?,
        };
        let course = self.course_taken(&competency)?;
        let proving = self
            .state
            .proof
            .as_ref()
            .is_some_and(|proof| proof.competency == competency);
        let assigned = (purpose == Purpose::Assigned)
            .then(|| assigned::next(self.state, self.catalog, &competency))
            .flatten();
        if let Some(question) = assigned {
            // A teacher asked for it: what comes before it and what else is going on do not matter.
            return Ok(vec![Event::Started {
                learner: self.state.learner,
                attempt,
                item: question.item.clone(),
                competency,
                purpose,
                seed: question.seed,
                interest: self.state.interest.clone(),
                among: 1,
                content: self.catalog.content(),
            }]);
        }
        let purpose = match purpose {
            // A proof is begun by its own command; an attempt alone cannot claim to be one.
            Purpose::Proof if !proving => Purpose::Learn,
            // All of it is done.
            Purpose::Assigned => Purpose::Learn,
            Purpose::Placement => Purpose::Learn,
            _ if proving => Purpose::Proof,
            other => other,
        };
        let lesson = purpose == Purpose::Lesson;
        if purpose != Purpose::Proof
            && !policy::is_open(self.state, self.catalog, &competency, self.context.now)
            && !(lesson && course.framework.associations().is_empty())
        {
            return Err(Refusal::ClosedByTeacher);
        }
        let (item, among) = self.pick(&competency, purpose, item)?;
        Ok(vec![Event::Started {
            learner: self.state.learner,
            attempt,
            item: item.id.clone(),
            competency,
            purpose,
            seed: self.context.seed,
            interest: self.state.interest.clone(),
            among,
            content: self.catalog.content(),
        }])
    }

    fn pick(
        &self,
        competency: &CompetencyId,
        purpose: Purpose,
        wanted: Option<&ItemId>,
    ) -> Result<(&Item, u32), Refusal> {
        if let (Some(id), Purpose::Lesson) = (wanted, purpose) {
            let item = self.catalog.item(id).ok_or(Refusal::ItemGone)?;
            return match item.competency == *competency {
                true if self.catalog.is_held(id) => Err(Refusal::ItemGone),
                true => Ok((item, 1)),
                false => Err(Refusal::NotFound),
            };
        }
        let choice = policy::choose_item(
            self.state,
            self.catalog,
            competency,
            purpose,
            self.context.seed,
        )
        .ok_or(Refusal::NoItems)?;
        Ok((choice.item, choice.among))
    }

    /// The course in which the learner meets a competency; several courses may share it.
    fn course_taken(&self, competency: &CompetencyId) -> Result<&Course, Refusal> {
        self.catalog
            .course_of(competency)
            .ok_or(Refusal::NotFound)?;
        self.catalog
            .course_among(competency, &self.state.courses)
            .ok_or(Refusal::NotInCourse)
    }

    fn first_stop(&self) -> Option<CompetencyId> {
        let (_, advice) = self.state.advice.as_ref()?;
        advice.stops.iter().find_map(|stop| stop.competency.clone())
    }

    fn item(&self, open: &OpenAttempt) -> Result<&Item, Refusal> {
        self.catalog.item(&open.item).ok_or(Refusal::ItemGone)
    }

    fn variant(&self, open: &OpenAttempt) -> Result<Variant, Refusal> {
        self.item(open)?
            .variant_to_judge(open.seed)
            .map_err(|_| Refusal::ItemGone)
    }

    pub(super) fn respond(
        &self,
        attempt: AttemptId,
        answer: AnswerId,
        response: &Response,
        elapsed_ms: u32,
        said_at: Option<Timestamp>,
    ) -> Result<Vec<Event>, Refusal> {
        let open = self.state.attempt(attempt).ok_or(Refusal::AttemptOver)?;
        let variant = self.variant(open)?;
        let graded = grade(&variant, response);
        if let Outcome::Unreadable { at, what } = &graded.outcome {
            return Ok(vec![Event::NotUnderstood {
                learner: self.state.learner,
                attempt,
                answer,
                response: response.clone(),
                at: u32::try_from(*at).unwrap_or(u32::MAX),
                problem: what.clone(),
            }]);
        }
        if let Outcome::Awaits(awaits) = graded.outcome {
            let given = Given {
                answer,
                response,
                elapsed_ms,
                said_at,
            };
            return Ok(self.hand_in(open, &variant, &given, awaits));
        }
        let right = graded.is_right();
        let evidence = Evidence::of(&self.circumstances(open, &variant), right);
        let guess = evidence.guess;
        let over = right || open.tries + 1 >= MOST_TRIES || open.purpose.asks_once();
        let before = self.believed(self.state, &open.competency);
        let mut responded = Event::Responded {
            learner: self.state.learner,
            attempt,
            answer,
            item: open.item.clone(),
            competency: open.competency.clone(),
            response: response.clone(),
            score: score_of(&graded),
            evidence,
            before,
            after: before,
            over,
            elapsed_ms,
            said_at,
        };
        let ahead = self.ahead(core::slice::from_ref(&responded));
        if let Event::Responded { after, .. } = &mut responded {
            *after = self.believed(&ahead, &open.competency);
        }
        Ok(self.with_consequences(&open.competency, guess, vec![responded], ahead, over))
    }

    pub(super) fn believed(&self, state: &LearnerState, id: &CompetencyId) -> Believed {
        mastery::believed(self.catalog.model(), state, id)
    }

    pub(super) fn circumstances(&self, open: &OpenAttempt, variant: &Variant) -> Circumstances {
        let last = self
            .state
            .competency(&open.competency)
            .map(|state| state.last_at);
        let gap_s = last.map(|at| at.seconds_until(self.context.now));
        let running = self.catalog.model();
        let item = model::item_key(&open.item);
        let guess = running.guess(item, variant.presentation.interaction.guess_rate());
        let level = self.catalog.item(&open.item).map_or(2, |item| item.level);
        let competency = model::competency_key(&open.competency);
        let difficulty = running.difficulty(item, competency, level, guess).log_odds;
        Circumstances {
            guess,
            slip: SLIP,
            difficulty: Some(f64::from(difficulty)),
            hints: u8::try_from(open.hints).unwrap_or(u8::MAX),
            earlier: u8::try_from(open.tries).unwrap_or(u8::MAX),
            gap_s,
        }
    }

    /// Adds what follows from new evidence: mastery, doubt, the end of a proof, and new advice once an attempt is over.
    pub(super) fn with_consequences(
        &self,
        id: &CompetencyId,
        guess: f64,
        mut events: Vec<Event>,
        mut ahead: LearnerState,
        over: bool,
    ) -> Vec<Event> {
        let learner = self.state.learner;
        let was = self
            .state
            .competency(id)
            .is_some_and(|state| state.mastered_at.is_some());
        let mut follow = Vec::new();
        if !was && mastery::rule_holds(&ahead, id, guess) {
            let bound = mastery::bound(guess);
            let opens = self.opened_by(&ahead, id, bound);
            follow.push(Event::Mastered {
                learner,
                competency: id.clone(),
                bound,
                opens,
            });
        } else if was && mastery::is_doubtful(&ahead, id) {
            follow.push(Event::Doubted {
                learner,
                competency: id.clone(),
            });
        }
        for event in &follow {
            ahead.apply_event(event, self.context.now);
        }
        if let Some(proof) = ahead
            .proof
            .as_ref()
            .filter(|proof| self.proof_decided(&ahead, proof))
        {
            let mastered =
                mastery::mastery(&ahead, &proof.competency, self.context.now) != Mastery::NotYet;
            let ended = Event::ProofEnded {
                learner,
                competency: proof.competency.clone(),
                right: proof.right,
                done: proof.done,
                mastered,
            };
            ahead.apply_event(&ended, self.context.now);
            follow.push(ended);
        }
        if let Some(ended) = self.placement_over(&ahead) {
            ahead.apply_event(&ended, self.context.now);
            follow.push(ended);
        }
        if over {
            follow.push(self.fresh_advice(&ahead));
        }
        events.append(&mut follow);
        events
    }

    /// Whether a proof is decided: by mastery, by its last item, or because the items that are left could not bring
    /// mastery any more.
    fn proof_decided(&self, ahead: &LearnerState, proof: &Proof) -> bool {
        let left = MOST_PROOF_ITEMS.saturating_sub(proof.done);
        let mastered =
            mastery::mastery(ahead, &proof.competency, self.context.now) != Mastery::NotYet;
        left == 0
            || mastered
            || (proof.done > 0 && mastery::right_needed(ahead, &proof.competency, left).is_none())
    }

    /// What waits directly for a competency and opens once it is mastered.
    fn opened_by(&self, ahead: &LearnerState, id: &CompetencyId, bound: f64) -> Vec<CompetencyId> {
        let Some(course) = self.catalog.course_of(id) else {
            return Vec::new();
        };
        let now = self.context.now;
        let mut with = ahead.clone();
        let mastered = Event::Mastered {
            learner: ahead.learner,
            competency: id.clone(),
            bound,
            opens: Vec::new(),
        };
        with.apply_event(&mastered, now);
        course
            .framework
            .after(id)
            .filter(|after| {
                !policy::is_open(ahead, self.catalog, after, now)
                    && policy::is_open(&with, self.catalog, after, now)
            })
            .cloned()
            .collect()
    }

    pub(super) fn take_hint(&self, attempt: AttemptId, seen: u32) -> Result<Vec<Event>, Refusal> {
        let open = self.state.attempt(attempt).ok_or(Refusal::AttemptOver)?;
        if open.purpose.asks_once() {
            return Err(Refusal::NoMoreHints);
        }
        let item = self.item(open)?;
        if seen < open.hints {
            return Err(Refusal::AlreadySo);
        }
        let count = u32::try_from(item.hint_count()).unwrap_or(u32::MAX);
        if open.hints >= count {
            return Err(Refusal::NoMoreHints);
        }
        Ok(vec![Event::HintShown {
            learner: self.state.learner,
            attempt,
            index: open.hints,
        }])
    }

    pub(super) fn answer_hint(
        &self,
        attempt: AttemptId,
        index: u32,
        answer: AnswerId,
        response: &Response,
    ) -> Result<Vec<Event>, Refusal> {
        let open = self.state.attempt(attempt).ok_or(Refusal::AttemptOver)?;
        // A hint that is not shown yet asks nothing.
        if index >= open.hints {
            return Err(Refusal::NotFound);
        }
        let variant = self.variant(open)?;
        let place = usize::try_from(index).map_err(|_| Refusal::NotFound)?;
        let asked = variant.scaffold(place).ok_or(Refusal::NotFound)?;
        let graded = grade(&asked, response);
        let problem = match &graded.outcome {
            Outcome::Unreadable { what, .. } => Some(what.clone()),
            // A smaller question costs nothing, so nobody needs to look at it.
            Outcome::Awaits(_) => Some(NOT_COMPARED.to_string()),
            Outcome::Right | Outcome::Wrong => None,
        };
        Ok(vec![Event::HintAnswered {
            learner: self.state.learner,
            attempt,
            index,
            answer,
            response: response.clone(),
            right: graded.is_right(),
            problem,
        }])
    }

    pub(super) fn reveal(&self, attempt: AttemptId) -> Result<Vec<Event>, Refusal> {
        let open = self.state.attempt(attempt).ok_or(Refusal::AttemptOver)?;
        let variant = self.variant(open)?;
        let before = self.believed(self.state, &open.competency);
        // A wrong response has told already what giving up tells.
        let evidence =
            (open.tries == 0).then(|| Evidence::of(&self.circumstances(open, &variant), false));
        let mut revealed = Event::Revealed {
            learner: self.state.learner,
            attempt,
            item: open.item.clone(),
            competency: open.competency.clone(),
            evidence,
            before,
            after: before,
        };
        let ahead = self.ahead(core::slice::from_ref(&revealed));
        if let Event::Revealed { after, .. } = &mut revealed {
            *after = self.believed(&ahead, &open.competency);
        }
        Ok(self.with_consequences(&open.competency, 1.0, vec![revealed], ahead, true))
    }

    pub(super) fn prove(&self, competency: &CompetencyId) -> Result<Vec<Event>, Refusal> {
        self.course_taken(competency)?;
        if self.catalog.items_of(competency).next().is_none() {
            return Err(Refusal::NoItems);
        }
        if mastery::mastery(self.state, competency, self.context.now) == Mastery::Mastered {
            return Err(Refusal::AlreadySo);
        }
        let closed = self.state.directives.iter().any(|directive| {
            matches!(&directive.kind, crate::plan::DirectiveKind::Close(about) if about == competency)
        });
        if closed {
            return Err(Refusal::ClosedByTeacher);
        }
        Ok(vec![Event::ProofBegun {
            learner: self.state.learner,
            competency: competency.clone(),
        }])
    }

    pub(super) fn tell(
        &self,
        competency: &CompetencyId,
        attempt: Option<AttemptId>,
        felt: Felt,
    ) -> Result<Vec<Event>, Refusal> {
        self.course_taken(competency)?;
        let open = attempt.and_then(|id| self.state.attempt(id));
        let about = open.is_some_and(|open| open.competency == *competency);
        // How sure one is can be said before the answer only; afterwards everybody knew it all along.
        if felt.is_sureness() && !about {
            return Err(Refusal::AttemptOver);
        }
        Ok(vec![Event::Felt {
            learner: self.state.learner,
            competency: competency.clone(),
            attempt: attempt.filter(|_| about),
            felt,
        }])
    }

    pub(super) fn choose_interest(
        &self,
        interest: Option<&InterestId>,
    ) -> Result<Vec<Event>, Refusal> {
        if interest.is_some() && self.state.withholds(consent::Use::Stories) {
            return Err(Refusal::FamilySaysNo);
        }
        if let Some(id) = interest {
            let known = self
                .state
                .courses
                .iter()
                .filter_map(|course| self.catalog.course(course));
            if !known
                .into_iter()
                .any(|course| course.interest(id).is_some())
            {
                return Err(Refusal::NoSuchInterest);
            }
        }
        Ok(vec![Event::InterestChosen {
            learner: self.state.learner,
            interest: interest.cloned(),
        }])
    }
}

/// How a judged answer counts.
pub(super) fn score_of(graded: &Graded) -> Score {
    let right = graded.is_right();
    Score {
        right,
        share: graded.score,
        mix_up: graded.mix_up.as_ref().filter(|_| !right).cloned(),
    }
}
