//! A class in memory: simulated learners live through school days by the rules as they run, without a database. What
//! they truly know stands beside what is believed, so that both can be compared.

use std::collections::BTreeMap;

use trellis_core::access::Relation;
use trellis_core::catalog::Catalog;
use trellis_core::command::Command;
use trellis_core::context::{Actor, Context};
use trellis_core::decide::{Snapshot, decide};
use trellis_core::estimate::LearnerState;
use trellis_core::event::Event;
use trellis_core::framework::{CompetencyId, CourseId, InterestId, ItemId};
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_core::plan::Felt;
use trellis_core::time::Timestamp;
use trellis_stats::random::Random;

use crate::learner::SimLearner;
use crate::seat::{Seat, own};

/// Days that something just learned is held for, on average, before it is lost without practice.
const FIRST_HOLD_DAYS: f64 = 28.0;
/// By how much each right answer on a later day lengthens that.
const HOLD_GROWS: f64 = 2.5;
/// Milliseconds between two things that a learner does.
const STEP_MS: i64 = 20_000;

/// A question that was answered for the first time, as it truly was.
#[derive(Debug, Clone)]
pub(crate) struct Met {
    pub(crate) at: Timestamp,
    pub(crate) item: ItemId,
    pub(crate) competency: CompetencyId,
    /// How hard the question is said to be, 1 to 3.
    pub(crate) level: u8,
    /// Whether the learner truly knew.
    pub(crate) knew: bool,
    pub(crate) hints: u8,
}

/// What somebody wishes over a term, each as a chance from 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Wishes {
    /// To press "too hard" after a question.
    pub too_hard: f64,
    /// To press "too easy" after a question, when "too hard" was not pressed.
    pub too_easy: f64,
    /// To choose another story on a day.
    pub story: f64,
    /// To take any of the stops instead of the first.
    pub strays: f64,
}

/// How long something known is held.
#[derive(Debug, Clone, Copy)]
struct Hold {
    days: f64,
    refreshed: i64,
}

/// One learner: what they truly are, and what is believed about them.
pub(crate) struct Pupil {
    pub(crate) seat: Seat,
    pub(crate) state: LearnerState,
    /// What was answered, in order.
    pub(crate) met: Vec<Met>,
    /// Wrong answers on each competency since it was last called mastered, tries after the first included.
    pub(crate) wrong: BTreeMap<CompetencyId, u32>,
    /// Calls of mastery.
    pub(crate) mastered: u32,
    holds: BTreeMap<CompetencyId, Hold>,
    forgets: Random,
    /// From this day on the learner does not come any more.
    pub(crate) leaves: Option<i64>,
    chance: Random,
    /// What is wished, and chance for it.
    wishes: Option<(Wishes, Random)>,
    /// How often a wish was pressed.
    pub(crate) presses: u32,
}

impl Pupil {
    pub(crate) fn new(seed: u64, number: usize, mind: SimLearner, course: &CourseId) -> Self {
        let person = PersonId(1 + number as u128);
        let mut state = LearnerState::new(person);
        state.courses.push(course.clone());
        Self {
            seat: Seat::new(seed, number, person, mind),
            state,
            met: Vec::new(),
            wrong: BTreeMap::new(),
            mastered: 0,
            holds: BTreeMap::new(),
            forgets: Random::labelled(seed, &format!("forgetting {number}")),
            leaves: None,
            chance: Random::labelled(seed, &format!("drawing {number}")),
            wishes: None,
            presses: 0,
        }
    }

    /// From now on this is wished; without anything, the first stop is taken each time.
    pub(crate) fn wish(&mut self, seed: u64, number: usize, wishes: Option<Wishes>) {
        self.seat.strays = wishes.map_or(0.0, |wishes| wishes.strays);
        let random = Random::labelled(seed, &format!("wishes {number}"));
        self.wishes = wishes.map(|wishes| (wishes, random));
    }

    /// Chooses another story, perhaps.
    pub(crate) fn choose_story(
        &mut self,
        catalog: &Catalog,
        interests: &[InterestId],
        now: Timestamp,
    ) {
        let Some((wishes, random)) = &mut self.wishes else {
            return;
        };
        if interests.is_empty() || !random.chance(wishes.story) {
            return;
        }
        let interest = Some(interests[random.index(interests.len())].clone());
        let learner = self.seat.person;
        let command = Command::ChooseInterest { learner, interest };
        self.ask(catalog, &command, own(learner), now);
    }

    /// Says of a question that is over that it was too hard or too easy, perhaps.
    fn press(&mut self, catalog: &Catalog, events: &[Event], now: Timestamp) {
        let over = events.iter().find_map(|event| match event {
            Event::Responded {
                competency,
                over: true,
                ..
            }
            | Event::Revealed { competency, .. } => Some(competency.clone()),
            _ => None,
        });
        let (Some(competency), Some((wishes, random))) = (over, &mut self.wishes) else {
            return;
        };
        let felt = if random.chance(wishes.too_hard) {
            Felt::TooHard
        } else if random.chance(wishes.too_easy) {
            Felt::TooEasy
        } else {
            return;
        };
        let learner = self.seat.person;
        let command = Command::Tell {
            learner,
            competency,
            attempt: None,
            felt,
        };
        if self.ask(catalog, &command, own(learner), now).is_some() {
            self.presses += 1;
        }
    }

    /// Whether the learner truly knows a competency.
    pub(crate) fn knows(&self, id: &CompetencyId) -> bool {
        self.seat.mind.knows(id)
    }

    /// Loses what was held too long without practice.
    pub(crate) fn night(&mut self, days: f64) {
        for (id, hold) in &self.holds {
            let lost = self.forgets.chance(1.0 - (-days / hold.days).exp());
            if lost {
                self.seat.mind.forget(id);
            }
        }
        let mind = &self.seat.mind;
        self.holds.retain(|id, _| mind.knows(id));
    }

    /// Lives through one school day.
    pub(crate) fn day(&mut self, catalog: &Catalog, morning: Timestamp, attempts: u32) {
        let comes = self.seat.mind.comes_today();
        let left = self.leaves.is_some_and(|day| morning.day() >= day);
        self.seat
            .begin_day(if comes && !left { attempts } else { 0 });
        let mut now = morning;
        while let Some(command) = self.seat.next(now) {
            match self.ask(catalog, &command, own(self.seat.person), now) {
                Some(events) if !events.is_empty() => {
                    self.note(catalog, &events, now);
                    self.press(catalog, &events, now);
                    self.seat.take_in(catalog, events.into_iter());
                }
                // Nothing to do, or refused: the day is over.
                _ => self.seat.go_home(),
            }
            now = now.plus_ms(STEP_MS);
        }
    }

    /// Puts a command to the rules, and folds what comes of it. `None` when it is refused.
    pub(crate) fn ask(
        &mut self,
        catalog: &Catalog,
        command: &Command,
        actor: Actor,
        now: Timestamp,
    ) -> Option<Vec<Event>> {
        let snapshot = Snapshot {
            catalog,
            learner: Some(&self.state),
            class: None,
            attempt_taken: false,
            history: &[],
            curation: None,
        };
        let context = Context {
            now,
            seed: self.chance.next_u64(),
            actor,
            relation: match actor.role {
                Role::Teacher => Relation::TeacherOf,
                _ => Relation::Own,
            },
        };
        let decision = decide(&snapshot, command, &context).ok()?;
        for event in &decision.events {
            self.state.apply_event(event, now);
        }
        Some(decision.events)
    }

    fn note(&mut self, catalog: &Catalog, events: &[Event], now: Timestamp) {
        for event in events {
            match event {
                Event::Responded {
                    competency,
                    item,
                    score,
                    evidence,
                    ..
                } => {
                    let knew = self.seat.mind.knew();
                    if evidence.earlier == 0 {
                        self.met.push(Met {
                            at: now,
                            item: item.clone(),
                            competency: competency.clone(),
                            level: catalog.item(item).map_or(0, |item| item.level),
                            knew,
                            hints: evidence.hints,
                        });
                    }
                    if !score.right {
                        *self.wrong.entry(competency.clone()).or_default() += 1;
                    }
                    self.hold(competency, now);
                }
                Event::Mastered { competency, .. } => {
                    self.mastered += 1;
                    self.wrong.remove(competency);
                }
                _ => {}
            }
        }
    }

    /// What is known now is held from now on; practised on a later day, for longer.
    fn hold(&mut self, id: &CompetencyId, now: Timestamp) {
        if !self.seat.mind.knows(id) {
            return;
        }
        let today = now.day();
        let hold = self.holds.entry(id.clone()).or_insert(Hold {
            days: FIRST_HOLD_DAYS,
            refreshed: today,
        });
        if hold.refreshed < today {
            hold.days *= HOLD_GROWS;
            hold.refreshed = today;
        }
    }
}
