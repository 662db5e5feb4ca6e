//! One simulated learner at work: takes the advice, begins, asks, answers, tries again. What is said goes out as commands
//! and what comes back are events, so that a store or a class in memory can stand behind it.

use trellis_core::catalog::Catalog;
use trellis_core::command::Command;
use trellis_core::context::Actor;
use trellis_core::event::Event;
use trellis_core::framework::{CompetencyId, InterestId};
use trellis_core::id::{AnswerId, AttemptId, PersonId, time_ordered};
use trellis_core::item::Variant;
use trellis_core::people::Role;
use trellis_core::recommendation::{Purpose, Recommendation};
use trellis_core::time::Timestamp;
use trellis_stats::random::Random;
use trellis_store::{Reply, StoreError};

use crate::learner::SimLearner;

/// What was lived through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Commands given.
    pub commands: u64,
    /// Responses that were judged.
    pub responses: u64,
    /// Competencies mastered.
    pub mastered: u64,
    /// Of those, how many the learner did not truly know at that moment.
    pub falsely_mastered: u64,
}

impl Progress {
    pub(crate) fn add(&mut self, other: &Self) {
        self.commands += other.commands;
        self.responses += other.responses;
        self.mastered += other.mastered;
        self.falsely_mastered += other.falsely_mastered;
    }
}

/// An attempt that a learner is in.
struct Sitting {
    attempt: AttemptId,
    competency: CompetencyId,
    variant: Variant,
    hints: u32,
    tries: u32,
    asked: bool,
}

/// A learner with a mind of their own, and where they are in their day.
pub(crate) struct Seat {
    pub(crate) person: PersonId,
    pub(crate) mind: SimLearner,
    /// Chance for what the learner picks and for ids: its own, so that learners can be lived side by side.
    random: Random,
    pub(crate) progress: Progress,
    advice: Option<Recommendation>,
    sitting: Option<Sitting>,
    left: u32,
    /// The chance to take any of the stops instead of the first, 0 to 1.
    pub(crate) strays: f64,
}

impl Seat {
    /// The learner with this number, before the first day.
    pub(crate) fn new(seed: u64, number: usize, person: PersonId, mind: SimLearner) -> Self {
        Self {
            person,
            mind,
            random: Random::labelled(seed, &format!("seat {number}")),
            progress: Progress::default(),
            advice: None,
            sitting: None,
            left: 0,
            strays: 0.25,
        }
    }

    /// Begins a day with so many attempts.
    pub(crate) fn begin_day(&mut self, attempts: u32) {
        self.left = attempts;
        self.sitting = None;
        self.advice = None;
    }

    /// Ends the day before its end.
    pub(crate) fn go_home(&mut self) {
        self.left = 0;
    }

    /// What to do next; nothing once the day is over.
    pub(crate) fn next(&mut self, now: Timestamp) -> Option<Command> {
        (self.left > 0).then(|| self.next_command(now))
    }

    /// Takes in what came of the last command and says what to do next; nothing once the day is over.
    pub(crate) fn act(
        &mut self,
        catalog: &Catalog,
        now: Timestamp,
        reply: Option<Reply>,
    ) -> Result<Option<Command>, StoreError> {
        match reply.transpose()? {
            None => {}
            // Nothing happened: there is no advice to give, so there is nothing to do today.
            Some(Ok(outcome)) if outcome.events.is_empty() => self.left = 0,
            Some(Ok(outcome)) => {
                let events = outcome.events.into_iter().map(|recorded| recorded.event);
                self.take_in(catalog, events);
            }
            // What the rules refuse ends this learner's day; nothing was written.
            Some(Err(_)) => self.left = 0,
        }
        Ok(self.next(now))
    }

    fn next_command(&mut self, now: Timestamp) -> Command {
        let learner = self.person;
        if let Some(sitting) = &mut self.sitting {
            let id = &sitting.competency;
            let more = usize::try_from(sitting.hints)
                .is_ok_and(|shown| shown < sitting.variant.hints.len());
            if !sitting.asked && more && self.mind.asks_for_hint(id) {
                sitting.asked = true;
                return Command::TakeHint {
                    learner,
                    attempt: sitting.attempt,
                    seen: sitting.hints,
                };
            }
            sitting.asked = true;
            if sitting.tries > 0 && !self.mind.tries_again() {
                return Command::Reveal {
                    learner,
                    attempt: sitting.attempt,
                };
            }
            let response = self.mind.answer(id, &sitting.variant, sitting.hints);
            let elapsed_ms = self.mind.takes_ms();
            let answer = AnswerId(new_id(&mut self.random, now));
            return Command::Respond {
                learner,
                attempt: sitting.attempt,
                answer,
                response,
                elapsed_ms,
                said_at: Some(now),
            };
        }
        match &self.advice {
            None => Command::Advise { learner },
            Some(advice) => {
                let (competency, purpose) = pick_stop(advice, self.strays, &mut self.random);
                Command::Start {
                    learner,
                    attempt: AttemptId(new_id(&mut self.random, now)),
                    competency,
                    purpose,
                    item: None,
                }
            }
        }
    }

    pub(crate) fn take_in(&mut self, catalog: &Catalog, events: impl Iterator<Item = Event>) {
        for event in events {
            match event {
                Event::Advised { recommendation, .. } => {
                    if recommendation.stops.is_empty() {
                        self.left = 0;
                    }
                    self.advice = Some(recommendation);
                }
                Event::Started {
                    attempt,
                    item,
                    competency,
                    seed,
                    interest,
                    ..
                } => {
                    let interest = interest.as_ref().map(InterestId::as_str);
                    let variant = catalog
                        .item(&item)
                        .and_then(|item| item.variant(seed, interest).ok());
                    match variant {
                        Some(variant) => {
                            self.sitting = Some(Sitting {
                                attempt,
                                competency,
                                variant,
                                hints: 0,
                                tries: 0,
                                asked: false,
                            });
                        }
                        None => self.left = 0,
                    }
                }
                Event::HintShown { index, .. } => {
                    if let Some(sitting) = &mut self.sitting {
                        sitting.hints = index + 1;
                    }
                }
                Event::Responded { over, .. } => {
                    self.progress.responses += 1;
                    if let Some(sitting) = &mut self.sitting {
                        sitting.tries += 1;
                    }
                    if over {
                        self.end();
                    }
                }
                Event::HandedIn { .. } | Event::Revealed { .. } => self.end(),
                Event::Mastered { competency, .. } => {
                    self.progress.mastered += 1;
                    self.progress.falsely_mastered += u64::from(!self.mind.knows(&competency));
                }
                Event::NotUnderstood { .. } => self.left = 0,
                _ => {}
            }
        }
    }

    fn end(&mut self) {
        self.sitting = None;
        self.left = self.left.saturating_sub(1);
    }
}

fn new_id(random: &mut Random, now: Timestamp) -> u128 {
    let chance = (u128::from(random.next_u64()) << 64) | u128::from(random.next_u64());
    time_ordered(now.0, chance)
}

/// A learner who asks for themself.
pub(crate) fn own(person: PersonId) -> Actor {
    Actor {
        person,
        role: Role::Learner,
    }
}

/// Mostly the first stop; sometimes another; now and then a pick of one's own.
fn pick_stop(
    advice: &Recommendation,
    strays: f64,
    random: &mut Random,
) -> (Option<CompetencyId>, Purpose) {
    let place = if random.chance(1.0 - strays) {
        0
    } else {
        random.index(advice.stops.len())
    };
    match advice.stops.get(place) {
        Some(stop) if stop.purpose == Purpose::Choice && !stop.choices.is_empty() => (
            Some(stop.choices[random.index(stop.choices.len())].clone()),
            Purpose::Choice,
        ),
        Some(stop) => (stop.competency.clone(), stop.purpose),
        None => (None, Purpose::Learn),
    }
}
