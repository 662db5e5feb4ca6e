//! The school of the measurement: as many learners as asked for, in sections of 35; the first section has lived five
//! weeks, so that its class map is full.

use std::error::Error;
use std::sync::mpsc::sync_channel;

use trellis_core::command::Command;
use trellis_core::context::Actor;
use trellis_core::framework::CourseId;
use trellis_core::id::{PersonId, SectionId, time_ordered};
use trellis_core::people::{Enrollment, Person, Role, Section};
use trellis_core::time::Timestamp;
use trellis_sim::{History, School, live};
use trellis_store::{Asked, District, Import, Roster, Source, Store};

/// Learners of one section, as in the figure for class maps.
pub(super) const SECTION_SIZE: usize = 35;

/// The school as far as the measurement needs it.
#[derive(Debug, Clone)]
pub(super) struct BenchSchool {
    /// The teacher of every section.
    pub(super) teacher: PersonId,
    /// The section that has lived some weeks.
    pub(super) lived: SectionId,
    /// All of them, with that one first.
    pub(super) sections: Vec<SectionId>,
    /// The other learners, who begin today.
    pub(super) fresh: Vec<PersonId>,
}

fn id(kind: u128, number: usize) -> u128 {
    time_ordered(0, (kind << 64) | number as u128)
}

fn person(number: usize, given: &str, role: Role) -> Person {
    Person {
        id: PersonId(id(1, number)),
        sourced_id: format!("bench-{number:05}"),
        given_name: given.to_owned(),
        family_name: format!("Number {number}"),
        role,
    }
}

fn roster(course: &str, learners: usize) -> (Roster, PersonId, PersonId) {
    let mut roster = Roster::default();
    let operator = person(0, "Operator", Role::Operator);
    let teacher = person(1, "Teacher", Role::Teacher);
    let (operator_id, teacher_id) = (operator.id, teacher.id);
    roster.people.extend([operator, teacher]);
    for number in 0..learners.div_ceil(SECTION_SIZE) {
        let section = SectionId(id(2, number));
        roster.sections.push(Section {
            id: section,
            sourced_id: format!("bench-section-{number:04}"),
            title: format!("Section {}", number + 1),
            course: course.to_owned(),
            class_code: format!("B{number:04}"),
        });
        roster.enrollments.push(Enrollment {
            section,
            person: teacher_id,
            role: Role::Teacher,
        });
    }
    for number in 0..learners {
        let learner = person(number + 2, "Learner", Role::Learner);
        roster.enrollments.push(Enrollment {
            section: roster.sections[number / SECTION_SIZE].id,
            person: learner.id,
            role: Role::Learner,
        });
        roster.people.push(learner);
    }
    (roster, operator_id, teacher_id)
}

/// Makes the school in a store that is new. `learners` come beside the section that has lived.
pub(super) fn provision(
    store: &Store,
    imports: Vec<Import>,
    course: &str,
    learners: usize,
    now: Timestamp,
) -> Result<BenchSchool, Box<dyn Error>> {
    let source = Source {
        format: "course".to_owned(),
        name: "shipped".to_owned(),
    };
    store.import(&source, imports)?;
    let (roster, operator, teacher) = roster(course, SECTION_SIZE + learners);
    let sections: Vec<SectionId> = roster.sections.iter().map(|section| section.id).collect();
    let lived = sections[0];
    let all: Vec<PersonId> = roster.people[2..].iter().map(|person| person.id).collect();
    let (first, fresh) = all.split_at(SECTION_SIZE);
    let school = School {
        name: "Measurement".to_owned(),
        roster,
        operator,
        learners: first.to_vec(),
        teaches: Vec::new(),
    };
    let history = History {
        seed: 1,
        now,
        weeks: 5,
        attempts_a_day: 4,
        days_a_week: 3,
    };
    store.provision(|| -> Result<(), Box<dyn Error>> {
        store.add_roster(school.roster.clone())?;
        live(store, &school, &history)?;
        take_course(store, course, operator, fresh, now)?;
        store.set_district(District {
            name: school.name.clone(),
            demo: true,
        })?;
        Ok(())
    })?;
    Ok(BenchSchool {
        teacher,
        lived,
        sections,
        fresh: fresh.to_vec(),
    })
}

fn take_course(
    store: &Store,
    course: &str,
    operator: PersonId,
    learners: &[PersonId],
    now: Timestamp,
) -> Result<(), Box<dyn Error>> {
    let actor = Actor {
        person: operator,
        role: Role::Operator,
    };
    let course = CourseId::new(course)?;
    let commands = learners.iter().map(|learner| {
        let command = Command::TakeCourse {
            learner: *learner,
            course: course.clone(),
        };
        (actor, command)
    });
    together(store, now, commands)?;
    Ok(())
}

/// Gives commands, as many at once as the store lets wait, and waits for all of them; the number that the rules
/// accepted.
pub(super) fn together(
    store: &Store,
    now: Timestamp,
    commands: impl Iterator<Item = (Actor, Command)>,
) -> Result<u64, Box<dyn Error>> {
    // Half of what may wait, so that no command is turned away.
    const AT_ONCE: usize = 2048;
    let mut accepted = 0;
    let mut commands = commands.zip(1_u64..).peekable();
    while commands.peek().is_some() {
        let (done, replies) = sync_channel(AT_ONCE);
        for ((actor, command), seed) in commands.by_ref().take(AT_ONCE) {
            let done = done.clone();
            let asked = Asked {
                command,
                actor,
                now,
                // Spread over all bits, so that every part of chance differs.
                seed: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15),
            };
            store.submit(asked, move |reply| {
                // The receiver waits below for every reply.
                let _ = done.send(reply);
            })?;
        }
        drop(done);
        for reply in replies {
            accepted += u64::from(reply?.is_ok());
        }
    }
    Ok(accepted)
}
