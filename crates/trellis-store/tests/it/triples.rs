//! Random triples of somebody, something to read or do, and somebody or something it is about: what the store lets happen
//! is what an oracle says that knows the roster as plain lists and nothing of the access table or of SQL.
//! `TRELLIS_TRIPLES` says how many.

use std::collections::{BTreeMap, BTreeSet};

use trellis_core::id::{PersonId, SectionId};
use trellis_core::people::{Enrollment, Guardianship, Person, Role, Section};
use trellis_core::refusal::Refusal;
use trellis_stats::random::Random;
use trellis_store::read::{ReadError, ReadResult};
use trellis_store::{Roster, Store, Viewer};

use crate::school::{Folder, OPERATOR, START, actor, asked, import, source, start, take_course};

/// Triples without the environment's word.
const USUAL: u64 = 24_000;
const SECTIONS: u128 = 9;
/// People of each role, and the first of their numbers.
const PEOPLE: [(Role, u128, u128); 5] = [
    (Role::Learner, 1_000, 40),
    (Role::Teacher, 2_000, 10),
    (Role::Guardian, 3_000, 30),
    (Role::Leader, 4_000, 3),
    (Role::Operator, 5_000, 2),
];

/// The roster as the oracle knows it.
#[derive(Debug, Default)]
struct Known {
    roles: BTreeMap<PersonId, Role>,
    taught_by: BTreeSet<(SectionId, PersonId)>,
    learns_in: BTreeSet<(SectionId, PersonId)>,
    child_of: BTreeSet<(PersonId, PersonId)>,
    gone: BTreeSet<PersonId>,
}

impl Known {
    fn is(&self, who: PersonId, role: Role) -> bool {
        self.roles.get(&who) == Some(&role) && !self.gone.contains(&who)
    }

    fn is_learner(&self, about: PersonId) -> bool {
        self.is(about, Role::Learner)
    }

    fn own(&self, who: PersonId, about: PersonId) -> bool {
        who == about && self.is_learner(about)
    }

    fn family(&self, who: PersonId, about: PersonId) -> bool {
        self.is(who, Role::Guardian)
            && self.is_learner(about)
            && self.child_of.contains(&(about, who))
    }

    fn teaches(&self, who: PersonId, section: SectionId) -> bool {
        self.is(who, Role::Teacher) && self.taught_by.contains(&(section, who))
    }

    fn teacher_of(&self, who: PersonId, about: PersonId) -> bool {
        let mut places = self.learns_in.iter();
        self.is_learner(about)
            && places.any(|(section, learner)| *learner == about && self.teaches(who, *section))
    }

    fn leads(&self, who: PersonId) -> bool {
        self.is(who, Role::Leader)
    }

    fn runs(&self, who: PersonId) -> bool {
        self.is(who, Role::Operator)
    }
}

/// What a triple is about.
#[derive(Debug, Clone, Copy)]
struct About {
    person: PersonId,
    section: SectionId,
}

/// One thing to read: its name, how it is read, and who may by the words of the documents.
struct Door {
    name: &'static str,
    open: fn(&Store, &Viewer, About) -> ReadResult<()>,
    may: fn(&Known, PersonId, About) -> bool,
}

fn taught(known: &Known, who: PersonId, about: About) -> bool {
    known.teaches(who, about.section)
}

/// The learner, the teachers and the family.
fn around(known: &Known, who: PersonId, about: About) -> bool {
    known.own(who, about.person)
        || known.family(who, about.person)
        || known.teacher_of(who, about.person)
}

/// What pages read of one learner.
const OF_LEARNERS: [Door; 10] = [
    Door {
        name: "a learner's day",
        open: |store, viewer, about| store.learner_today(viewer, about.person).map(drop),
        may: |known, who, about| {
            known.own(who, about.person) || known.teacher_of(who, about.person)
        },
    },
    Door {
        name: "a learner's map",
        open: |store, viewer, about| store.learner_map(viewer, about.person).map(drop),
        may: around,
    },
    Door {
        name: "a learner's evidence",
        open: |store, viewer, about| store.evidence(viewer, about.person, 5).map(drop),
        may: |known, who, about| known.teacher_of(who, about.person),
    },
    Door {
        name: "a family's week",
        open: |store, viewer, about| store.family_week(viewer, about.person, START).map(drop),
        may: |known, who, about| {
            known.family(who, about.person) || known.teacher_of(who, about.person)
        },
    },
    Door {
        name: "why something was advised",
        open: |store, viewer, about| store.last_advice(viewer, about.person).map(drop),
        may: |known, who, about| {
            around(known, who, about)
                // Whoever runs the machine is asked when an advice looks odd.
                || (known.runs(who) && known.is_learner(about.person))
        },
    },
    Door {
        name: "what was raised about a learner",
        open: |store, viewer, about| store.matters_about(viewer, about.person).map(drop),
        may: around,
    },
    Door {
        name: "a learner's plan",
        open: |store, viewer, about| store.learner_plan(viewer, about.person).map(drop),
        may: around,
    },
    Door {
        name: "what a learner made",
        open: |store, viewer, about| store.work(viewer, about.person).map(drop),
        may: around,
    },
    Door {
        name: "all that is kept about a person",
        open: |store, viewer, about| store.person_record(viewer, about.person, START).map(drop),
        may: |known, who, about| {
            let own = who == about.person && known.roles.contains_key(&who);
            (own && !known.gone.contains(&who)) || known.family(who, about.person)
        },
    },
    Door {
        name: "an attempt",
        open: |store, viewer, about| store.attempt(viewer, attempt_of(about.person)).map(drop),
        may: |known, who, about| {
            known.own(who, about.person) || known.teacher_of(who, about.person)
        },
    },
];

/// What pages read of a section, and of the district.
const OF_PLACES: [Door; 21] = [
    Door {
        name: "the map of a class",
        open: |store, viewer, about| store.class_map(viewer, about.section).map(drop),
        may: taught,
    },
    Door {
        name: "the teacher's day",
        open: |store, viewer, about| store.teacher_today(viewer, about.section, START).map(drop),
        may: taught,
    },
    Door {
        name: "the live lesson",
        open: |store, viewer, about| store.live_lesson(viewer, about.section, START).map(drop),
        may: taught,
    },
    Door {
        name: "what waits to be read",
        open: |store, viewer, about| store.check_queue(viewer, about.section, None).map(drop),
        may: taught,
    },
    Door {
        name: "what teachers share",
        open: |store, viewer, about| store.shared_sets(viewer, about.section).map(drop),
        may: taught,
    },
    Door {
        name: "the projects",
        open: |store, viewer, about| store.class_projects(viewer, about.section).map(drop),
        may: taught,
    },
    Door {
        name: "the groups",
        open: |store, viewer, about| store.groups_of(viewer, about.section, START).map(drop),
        may: taught,
    },
    Door {
        name: "who takes which course",
        open: |store, viewer, about| store.course_takers(viewer, about.section).map(drop),
        may: taught,
    },
    Door {
        name: "who has a badge",
        open: |store, viewer, about| store.badge_holders(viewer, about.section).map(drop),
        may: taught,
    },
    Door {
        name: "whose families can be invited",
        open: |store, viewer, about| {
            let whom = trellis_store::Whom::Families(about.section);
            store.invitable(viewer, whom).map(drop)
        },
        may: taught,
    },
    Door {
        name: "what was answered in a section",
        open: |store, viewer, about| store.matters_answered(viewer, about.section).map(drop),
        may: taught,
    },
    Door {
        name: "the district in figures",
        open: |store, viewer, _| store.district_view(viewer, START).map(drop),
        may: |known, who, _| known.leads(who) || known.runs(who),
    },
    Door {
        name: "who is locked out",
        open: |store, viewer, _| store.locked_out(viewer).map(drop),
        may: |known, who, _| known.leads(who) || known.runs(who),
    },
    Door {
        name: "which staff can be invited",
        open: |store, viewer, _| {
            store
                .invitable(viewer, trellis_store::Whom::Staff)
                .map(drop)
        },
        may: |known, who, _| known.leads(who) || known.runs(who),
    },
    Door {
        name: "what teachers asked help for",
        open: |store, viewer, _| store.support(viewer).map(drop),
        may: |known, who, _| known.leads(who),
    },
    Door {
        name: "whose records were opened",
        open: |store, viewer, _| store.openings(viewer).map(drop),
        may: |known, who, _| known.leads(who),
    },
    Door {
        name: "whose looks stand out",
        open: |store, viewer, _| store.many_looks(viewer, 28, START).map(drop),
        may: |known, who, _| known.leads(who),
    },
    Door {
        name: "who asked for all records",
        open: |store, viewer, _| store.all_records_requests(viewer).map(drop),
        may: |known, who, _| known.leads(who),
    },
    Door {
        name: "what a class answered in surveys",
        open: |store, viewer, about| store.class_surveys(viewer, about.section).map(drop),
        may: taught,
    },
    Door {
        name: "the surveys",
        open: |store, viewer, _| store.surveys(viewer, START).map(drop),
        may: |known, who, _| known.leads(who),
    },
    Door {
        name: "what was asked to be erased",
        open: |store, viewer, _| store.erasure_requests(viewer).map(drop),
        may: |known, who, _| known.leads(who) || known.runs(who),
    },
];

/// The one attempt of a learner.
fn attempt_of(learner: PersonId) -> trellis_core::id::AttemptId {
    trellis_core::id::AttemptId(learner.0 + 1_000_000)
}

fn below(random: &mut Random, most: u128) -> u128 {
    u128::from(random.next_u64()) % most
}

/// Some person of a role.
fn some(random: &mut Random, role: Role) -> PersonId {
    let (_, first, count) = PEOPLE
        .into_iter()
        .find(|(known, ..)| *known == role)
        .expect("a role");
    PersonId(first + below(random, count))
}

/// A roster by chance, with the mistakes that a school's own lists have: learners and guardians listed as teachers of a
/// section, leaders listed in one, teachers listed as guardians.
fn roster(random: &mut Random) -> (Roster, Known) {
    let (mut roster, mut known) = (Roster::default(), Known::default());
    for (role, first, count) in PEOPLE {
        for number in first..first + count {
            let id = PersonId(number);
            known.roles.insert(id, role);
            roster.people.push(Person {
                id,
                sourced_id: format!("p-{number}"),
                given_name: format!("Given {number}"),
                family_name: "Family".into(),
                role,
            });
        }
    }
    for number in 0..SECTIONS {
        let id = SectionId(100 + number);
        roster.sections.push(Section {
            id,
            sourced_id: format!("s-{number}"),
            title: format!("Section {number}"),
            course: "small".into(),
            class_code: format!("CODE{number}"),
        });
        let mut enrolled = BTreeSet::new();
        let mut enroll = |person, role| {
            if enrolled.insert(person) {
                roster.enrollments.push(Enrollment {
                    section: id,
                    person,
                    role,
                });
                match role {
                    Role::Teacher => known.taught_by.insert((id, person)),
                    _ => known.learns_in.insert((id, person)),
                };
            }
        };
        for _ in 0..1 + below(random, 2) {
            enroll(some(random, Role::Teacher), Role::Teacher);
        }
        enroll(some(random, Role::Learner), Role::Teacher);
        enroll(some(random, Role::Guardian), Role::Teacher);
        enroll(some(random, Role::Leader), Role::Teacher);
        for _ in 0..6 {
            enroll(some(random, Role::Learner), Role::Learner);
        }
    }
    for number in 0..60 {
        let learner = some(random, Role::Learner);
        let role = if number % 10 == 0 {
            Role::Teacher
        } else {
            Role::Guardian
        };
        let guardian = some(random, role);
        if known.child_of.insert((learner, guardian)) {
            roster
                .guardianships
                .push(Guardianship { guardian, learner });
        }
    }
    (roster, known)
}

/// A school by chance in which everybody is signed in, every learner has an attempt, and then some are gone, whose sign-ins
/// somebody still holds.
fn school(folder: &Folder, random: &mut Random) -> (Store, Known, Vec<Viewer>) {
    let store = crate::school::open(folder, true);
    store
        .import(&source(), vec![import()])
        .expect("the course is kept");
    let (mut roster, mut known) = roster(random);
    roster.people.push(Person {
        id: OPERATOR,
        sourced_id: "operator".into(),
        given_name: "Op".into(),
        family_name: "Erator".into(),
        role: Role::Operator,
    });
    known.roles.insert(OPERATOR, Role::Operator);
    store.add_roster(roster).expect("the roster is kept");
    let mut viewers = Vec::new();
    for (id, role) in &known.roles {
        if *role == Role::Learner {
            let take = asked(actor(OPERATOR, Role::Operator), START, take_course(*id));
            store
                .execute(take)
                .expect("the disk works")
                .expect("it is allowed");
            let begin = start(*id, attempt_of(*id).0, "a", 0);
            let begin = asked(actor(*id, Role::Learner), START, begin);
            store
                .execute(begin)
                .expect("the disk works")
                .expect("it is allowed");
        }
        let token = format!("{:032x}", id.0);
        store
            .sign_in(token.as_bytes(), *id, None, START, START.plus_days(1))
            .expect("it is written");
        let viewer = store
            .viewer(token.as_bytes(), START)
            .expect("it can be read");
        viewers.push(viewer.expect("signed in"));
    }
    for role in [Role::Learner, Role::Teacher, Role::Guardian, Role::Leader] {
        let gone = some(random, role);
        store
            .erase(gone, None, None, START)
            .expect("the disk works");
        known.gone.insert(gone);
    }
    (store, known, viewers)
}

#[test]
fn what_opens_is_what_the_documents_say() {
    let wanted = std::env::var("TRELLIS_TRIPLES").ok();
    let wanted = wanted.and_then(|text| text.parse().ok()).unwrap_or(USUAL);
    let folder = Folder::new("triples");
    let mut random = Random::labelled(11, "triples");
    let (store, known, viewers) = school(&folder, &mut random);
    let doors: Vec<&Door> = OF_LEARNERS.iter().chain(&OF_PLACES).collect();
    let people: Vec<PersonId> = known.roles.keys().copied().collect();
    // Of each door, how often it opened, and how often it stayed shut.
    let mut counts = vec![(0_u64, 0_u64); doors.len()];
    for _ in 0..wanted {
        let pick = |random: &mut Random, count: usize| -> usize {
            usize::try_from(below(random, count as u128)).expect("it is small")
        };
        let viewer = &viewers[pick(&mut random, viewers.len())];
        let number = pick(&mut random, doors.len());
        // Mostly learners, some others, and now and then nobody at all; and one time in four themself.
        let person = match below(&mut random, 16) {
            0 => PersonId(77),
            1..4 => people[pick(&mut random, people.len())],
            4..8 => viewer.person(),
            _ => some(&mut random, Role::Learner),
        };
        let about = About {
            person,
            section: SectionId(100 + below(&mut random, SECTIONS + 1)),
        };
        let door = doors[number];
        let may = (door.may)(&known, viewer.person(), about);
        let came = (door.open)(&store, viewer, about);
        let said = || format!("{}: {:?} of {:?}", door.name, viewer, about);
        match came {
            Ok(()) => {
                assert!(may, "a leak: {}", said());
                counts[number].0 += 1;
            }
            Err(ReadError::Refused(Refusal::NotYours | Refusal::NotFound)) => {
                assert!(!may, "shut to somebody who may: {}", said());
                counts[number].1 += 1;
            }
            Err(error) => panic!("{}: {error}", said()),
        }
    }
    for (door, (opened, shut)) in doors.iter().zip(&counts) {
        println!("{}: opened {opened}, stayed shut {shut}", door.name);
        assert!(
            *opened > 0 && *shut > 0,
            "{} was not tried both ways",
            door.name
        );
    }
}
