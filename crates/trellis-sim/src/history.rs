//! Weeks of practice, lived day by day: each learner takes the advice, answers, asks, tries again, through the store's
//! one door. Everyone's next command goes in together, so that one commit serves a whole class.

use trellis_core::catalog::Catalog;
use trellis_core::command::Command;
use trellis_core::context::Actor;
use trellis_core::framework::{CourseId, InterestId, MixUpId};
use trellis_core::id::PersonId;
use trellis_core::people::Role;
use trellis_core::time::Timestamp;
use trellis_stats::random::Random;
use trellis_store::{Asked, Reply, Store, StoreError, Together};

use crate::learner::SimLearner;
use crate::school::School;
use crate::seat::{Progress, Seat, own};

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

pub(crate) fn mix_ups_of(item: &trellis_core::item::Item) -> Vec<MixUpId> {
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
    Seat::new(history.seed, number, person, mind)
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
            let comes = seat.mind.comes_today();
            seat.begin_day(if comes { attempts } else { 0 });
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
