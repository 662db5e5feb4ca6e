//! Weeks of practice, lived day by day: each learner takes the advice, answers, asks, tries again, through the store's
//! one door. Everyone's next command goes in together, so that one commit serves a whole class.

use std::sync::mpsc::channel;

use trellis_core::command::Command;
use trellis_core::context::Actor;
use trellis_core::event::Event;
use trellis_core::framework::{CompetencyId, CourseId, InterestId, MixUpId};
use trellis_core::id::{AnswerId, AttemptId, PersonId, time_ordered};
use trellis_core::item::Variant;
use trellis_core::people::Role;
use trellis_core::recommendation::{Purpose, Recommendation};
use trellis_core::time::Timestamp;
use trellis_stats::random::Random;
use trellis_store::{Asked, Reply, Store, StoreError};

use crate::learner::SimLearner;
use crate::school::School;

/// How much practice to live through.
#[derive(Debug, Clone, Copy)]
pub struct History {
    /// Chance.
    pub seed: u64,
    /// The moment at which the history ends.
    pub now: Timestamp,
    /// Weeks before `now`.
    pub weeks: u32,
    /// Attempts of one learner on one day.
    pub attempts_a_day: u32,
    /// School days on which a learner may come, in a week.
    pub days_a_week: u32,
}

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

/// An attempt that a learner is in.
struct Sitting {
    attempt: AttemptId,
    competency: CompetencyId,
    variant: Variant,
    hints: u32,
    tries: u32,
    asked: bool,
}

struct Seat {
    person: PersonId,
    mind: SimLearner,
    advice: Option<Recommendation>,
    sitting: Option<Sitting>,
    left: u32,
}

struct Day<'a> {
    store: &'a Store,
    random: Random,
    now: Timestamp,
    progress: Progress,
}

/// Lives through the weeks of a school whose roster and content are in the store.
///
/// # Errors
/// When the store fails. A refusal by the rules is no failure: the learner goes on with something else.
pub fn live(store: &Store, school: &School, history: &History) -> Result<Progress, StoreError> {
    let mix_ups: Vec<MixUpId> = store.catalog().items().flat_map(mix_ups_of).collect();
    let mut seats: Vec<Seat> = school
        .learners
        .iter()
        .enumerate()
        .map(|(number, person)| seat(history, number, *person, &mix_ups))
        .collect();
    let first = history.now.plus_days(-7 * i64::from(history.weeks));
    let mut day = Day {
        store,
        random: Random::labelled(history.seed, "days"),
        now: first,
        progress: Progress::default(),
    };
    day.enrol(school, &seats)?;
    let interests: Vec<InterestId> = store
        .catalog()
        .courses()
        .iter()
        .flat_map(|course| course.interests.iter().map(|interest| interest.id.clone()))
        .collect();
    day.choose_interests(&seats, &interests)?;
    for number in 0..i64::from(history.weeks) * 7 {
        if number % 7 >= i64::from(history.days_a_week) {
            continue;
        }
        // Half past eight in the morning of that day, before the moment at which the history ends.
        day.now = first.plus_days(number + 1).plus_ms(-4 * 3_600_000);
        day.live(&mut seats, history.attempts_a_day)?;
    }
    Ok(day.progress)
}

fn mix_ups_of(item: &trellis_core::item::Item) -> Vec<MixUpId> {
    item.template()
        .map(|template| {
            template
                .source()
                .mix_ups
                .iter()
                .map(|mix_up| mix_up.id.clone())
                .collect()
        })
        .unwrap_or_default()
}

fn seat(history: &History, number: usize, person: PersonId, mix_ups: &[MixUpId]) -> Seat {
    let mind = SimLearner::new(history.seed, number, mix_ups);
    // One in twelve needs a person, not more items.
    let mind = if number % 12 == 3 { mind.stuck() } else { mind };
    Seat {
        person,
        mind,
        advice: None,
        sitting: None,
        left: 0,
    }
}

impl Day<'_> {
    fn enrol(&mut self, school: &School, seats: &[Seat]) -> Result<(), StoreError> {
        let operator = Actor {
            person: school.operator,
            role: Role::Operator,
        };
        let courses: Vec<(PersonId, CourseId)> = seats
            .iter()
            .filter_map(|seat| {
                let place = school
                    .roster
                    .enrollments
                    .iter()
                    .find(|enrolled| enrolled.person == seat.person)?;
                let section = school
                    .roster
                    .sections
                    .iter()
                    .find(|section| section.id == place.section)?;
                Some((seat.person, CourseId::new(&section.course).ok()?))
            })
            .collect();
        let commands = courses
            .into_iter()
            .map(|(learner, course)| (operator, Command::TakeCourse { learner, course }))
            .collect();
        self.together(commands).map(|_| ())
    }

    fn choose_interests(
        &mut self,
        seats: &[Seat],
        interests: &[InterestId],
    ) -> Result<(), StoreError> {
        let mut commands = Vec::new();
        for seat in seats {
            if !interests.is_empty() && self.random.chance(0.8) {
                let interest = Some(interests[self.random.index(interests.len())].clone());
                commands.push((
                    own(seat.person),
                    Command::ChooseInterest {
                        learner: seat.person,
                        interest,
                    },
                ));
            }
        }
        self.together(commands).map(|_| ())
    }

    fn live(&mut self, seats: &mut [Seat], attempts: u32) -> Result<(), StoreError> {
        for seat in seats.iter_mut() {
            seat.left = if seat.mind.comes_today() { attempts } else { 0 };
            seat.sitting = None;
            seat.advice = None;
        }
        while seats.iter().any(|seat| seat.left > 0) {
            let mut acting = Vec::new();
            let mut commands = Vec::new();
            for (place, seat) in seats
                .iter_mut()
                .enumerate()
                .filter(|(_, seat)| seat.left > 0)
            {
                acting.push(place);
                commands.push((own(seat.person), self.next_command(seat)));
            }
            let replies = self.together(commands)?;
            for (place, reply) in acting.into_iter().zip(replies) {
                match reply? {
                    // Nothing happened: there is no advice to give, so there is nothing to do today.
                    Ok(outcome) if outcome.events.is_empty() => seats[place].left = 0,
                    Ok(outcome) => self.take_in(
                        &mut seats[place],
                        outcome.events.into_iter().map(|recorded| recorded.event),
                    ),
                    // What the rules refuse ends this learner's day; nothing was written.
                    Err(_) => seats[place].left = 0,
                }
            }
            self.now = self.now.plus_ms(20_000);
        }
        Ok(())
    }

    fn next_command(&mut self, seat: &mut Seat) -> Command {
        let learner = seat.person;
        if let Some(sitting) = &mut seat.sitting {
            let id = &sitting.competency;
            let more = usize::try_from(sitting.hints)
                .is_ok_and(|shown| shown < sitting.variant.hints.len());
            if !sitting.asked && more && seat.mind.asks_for_hint(id) {
                sitting.asked = true;
                return Command::TakeHint {
                    learner,
                    attempt: sitting.attempt,
                    seen: sitting.hints,
                };
            }
            sitting.asked = true;
            if sitting.tries > 0 && !seat.mind.tries_again() {
                return Command::Reveal {
                    learner,
                    attempt: sitting.attempt,
                };
            }
            let response = seat.mind.answer(id, &sitting.variant, sitting.hints);
            let elapsed_ms = seat.mind.takes_ms();
            let answer = AnswerId(self.new_id());
            return Command::Respond {
                learner,
                attempt: sitting.attempt,
                answer,
                response,
                elapsed_ms,
                said_at: Some(self.now),
            };
        }
        match &seat.advice {
            None => Command::Advise { learner },
            Some(advice) => {
                let (competency, purpose) = pick_stop(advice, &mut self.random);
                Command::Start {
                    learner,
                    attempt: AttemptId(self.new_id()),
                    competency,
                    purpose,
                    item: None,
                }
            }
        }
    }

    fn take_in(&mut self, seat: &mut Seat, events: impl Iterator<Item = Event>) {
        for event in events {
            match event {
                Event::Advised { recommendation, .. } => {
                    if recommendation.stops.is_empty() {
                        seat.left = 0;
                    }
                    seat.advice = Some(recommendation);
                }
                Event::Started {
                    attempt,
                    item,
                    competency,
                    seed,
                    interest,
                    ..
                } => {
                    let catalog = self.store.catalog();
                    let interest = interest.as_ref().map(InterestId::as_str);
                    let variant = catalog
                        .item(&item)
                        .and_then(|item| item.variant(seed, interest).ok());
                    match variant {
                        Some(variant) => {
                            seat.sitting = Some(Sitting {
                                attempt,
                                competency,
                                variant,
                                hints: 0,
                                tries: 0,
                                asked: false,
                            });
                        }
                        None => seat.left = 0,
                    }
                }
                Event::HintShown { index, .. } => {
                    if let Some(sitting) = &mut seat.sitting {
                        sitting.hints = index + 1;
                    }
                }
                Event::Responded { over, .. } => {
                    self.progress.responses += 1;
                    if let Some(sitting) = &mut seat.sitting {
                        sitting.tries += 1;
                    }
                    if over {
                        end(seat);
                    }
                }
                Event::Revealed { .. } => end(seat),
                Event::Mastered { competency, .. } => {
                    self.progress.mastered += 1;
                    self.progress.falsely_mastered += u64::from(!seat.mind.knows(&competency));
                }
                Event::NotUnderstood { .. } => seat.left = 0,
                _ => {}
            }
        }
    }

    fn new_id(&mut self) -> u128 {
        let chance =
            (u128::from(self.random.next_u64()) << 64) | u128::from(self.random.next_u64());
        time_ordered(self.now.0, chance)
    }

    /// Gives commands together and waits for all replies, in the same order.
    fn together(&mut self, commands: Vec<(Actor, Command)>) -> Result<Vec<Reply>, StoreError> {
        let (done, replies) = channel();
        let count = commands.len();
        self.progress.commands += count as u64;
        for (place, (actor, command)) in commands.into_iter().enumerate() {
            let done = done.clone();
            let asked = Asked {
                command,
                actor,
                now: self.now,
                seed: self.random.next_u64(),
            };
            self.store.submit(asked, move |reply| {
                // The receiver waits below for as many replies as there are commands.
                let _ = done.send((place, reply));
            })?;
        }
        drop(done);
        let mut arrived: Vec<(usize, Reply)> = replies.into_iter().collect();
        if arrived.len() != count {
            return Err(StoreError::Busy);
        }
        arrived.sort_by_key(|(place, _)| *place);
        Ok(arrived.into_iter().map(|(_, reply)| reply).collect())
    }
}

fn own(person: PersonId) -> Actor {
    Actor {
        person,
        role: Role::Learner,
    }
}

fn end(seat: &mut Seat) {
    seat.sitting = None;
    seat.left = seat.left.saturating_sub(1);
}

/// Mostly the first stop; sometimes another; now and then a pick of one's own.
fn pick_stop(advice: &Recommendation, random: &mut Random) -> (Option<CompetencyId>, Purpose) {
    let place = if random.chance(0.75) {
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
