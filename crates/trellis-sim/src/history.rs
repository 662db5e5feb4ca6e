//! Weeks of practice, lived day by day: each learner takes the advice, answers, asks, tries again, through the store's
//! one door. Everyone's next command goes in together, so that one commit serves a whole class.

use trellis_core::catalog::Catalog;
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
use trellis_store::{Asked, Reply, Store, StoreError, Together};

use crate::learner::SimLearner;
use crate::school::School;

/// Learners live in so many groups: while one group thinks, the rules decide what another asked for.
const GROUPS: usize = 2;

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

impl Progress {
    fn add(&mut self, other: &Self) {
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

struct Seat {
    person: PersonId,
    mind: SimLearner,
    /// Chance for what the learner picks and for ids: its own, so that learners can be lived side by side.
    random: Random,
    progress: Progress,
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

/// Learners who act at the same time, and the replies that they wait for.
struct Group<'a> {
    seats: &'a mut [Seat],
    /// Places of those who asked for something, and what came of it, in the same order.
    asked: Option<(Vec<usize>, Together)>,
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
    for seat in &seats {
        day.progress.add(&seat.progress);
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
        random: Random::labelled(history.seed, &format!("seat {number}")),
        progress: Progress::default(),
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
        let catalog = self.store.catalog();
        let each = seats.len().div_ceil(GROUPS).max(1);
        let mut groups: Vec<Group<'_>> = seats
            .chunks_mut(each)
            .map(|seats| Group { seats, asked: None })
            .collect();
        let mut first = true;
        while first || groups.iter().any(|group| group.asked.is_some()) {
            for group in &mut groups {
                if first || group.asked.is_some() {
                    self.go_on(group, &catalog)?;
                }
            }
            first = false;
            self.now = self.now.plus_ms(20_000);
        }
        Ok(())
    }

    /// Takes in what came of a group's last commands and gives its next ones; they are not waited for.
    fn go_on(&mut self, group: &mut Group<'_>, catalog: &Catalog) -> Result<(), StoreError> {
        let mut replies: Vec<Option<Reply>> = group.seats.iter().map(|_| None).collect();
        if let Some((places, together)) = group.asked.take() {
            for (place, reply) in places.into_iter().zip(together.wait()?) {
                replies[place] = Some(reply);
            }
        }
        let (mut places, mut commands) = (Vec::new(), Vec::new());
        for (place, (seat, reply)) in group.seats.iter_mut().zip(replies).enumerate() {
            if let Some(command) = seat.act(catalog, self.now, reply)? {
                places.push(place);
                commands.push((own(seat.person), command));
            }
        }
        if !commands.is_empty() {
            group.asked = Some((places, self.give(commands)?));
        }
        Ok(())
    }

    /// Gives commands together and waits for all replies, in the same order.
    fn together(&mut self, commands: Vec<(Actor, Command)>) -> Result<Vec<Reply>, StoreError> {
        self.give(commands)?.wait()
    }

    fn give(&mut self, commands: Vec<(Actor, Command)>) -> Result<Together, StoreError> {
        self.progress.commands += commands.len() as u64;
        let asked = commands.into_iter().map(|(actor, command)| Asked {
            command,
            actor,
            now: self.now,
            seed: self.random.next_u64(),
        });
        self.store.submit_together(asked.collect())
    }
}

impl Seat {
    /// Takes in what came of the last command and says what to do next; nothing once the day is over.
    fn act(
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
        Ok((self.left > 0).then(|| self.next_command(now)))
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
                let (competency, purpose) = pick_stop(advice, &mut self.random);
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

    fn take_in(&mut self, catalog: &Catalog, events: impl Iterator<Item = Event>) {
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

fn own(person: PersonId) -> Actor {
    Actor {
        person,
        role: Role::Learner,
    }
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
