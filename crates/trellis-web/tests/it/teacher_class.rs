//! Two classes with their teachers, a leader and six learners who answer what a test wants, on the ground of every
//! school of these tests but at a time that stands still.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, StatusCode};
use trellis_core::command::Command;
use trellis_core::context::Actor;
use trellis_core::event::Event;
use trellis_core::framework::{CompetencyId, CourseId, MixUpId};
use trellis_core::id::{AnswerId, AttemptId, PersonId, SectionId};
use trellis_core::item::{Item, Response, Variant};
use trellis_core::people::{Enrollment, Guardianship, Person, Role, Section};
use trellis_core::recommendation::Purpose;
use trellis_core::time::Timestamp;
use trellis_sim::{right_response, wrong_response};
use trellis_stats::random::Random;
use trellis_store::{Asked, Outcome, Roster, Source, Store, Viewer};
use trellis_web::{App, router};

use crate::school::{COURSE, Folder, ask, course, opened, request};

/// Wednesday, 18 November 2026, noon in UTC.
pub(crate) const NOW: Timestamp = Timestamp(1_795_003_200_000);

/// Answers for the first learner.
pub(crate) const GUARDIAN: PersonId = PersonId(30);

/// People by what they are; the section decides whose they are.
pub(crate) const OPERATOR: PersonId = PersonId(1);
pub(crate) const LEADER: PersonId = PersonId(2);
pub(crate) const TEACHER: PersonId = PersonId(3);
pub(crate) const OTHER_TEACHER: PersonId = PersonId(4);
pub(crate) const SECTION: SectionId = SectionId(100);
pub(crate) const OTHER_SECTION: SectionId = SectionId(101);
/// The learners of the first section.
pub(crate) const LEARNERS: [PersonId; 6] = [
    PersonId(10),
    PersonId(11),
    PersonId(12),
    PersonId(13),
    PersonId(14),
    PersonId(15),
];
/// The only learner of the other section.
pub(crate) const STRANGER: PersonId = PersonId(20);

/// A school that is gone when dropped.
pub(crate) struct School {
    pub(crate) store: Arc<Store>,
    pub(crate) router: Router,
    _folder: Folder,
}

/// What a request gave.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) location: String,
    pub(crate) body: String,
}

fn person(id: PersonId, given: &str, family: &str, role: Role) -> Person {
    Person {
        id,
        sourced_id: format!("p-{id}"),
        given_name: given.to_owned(),
        family_name: family.to_owned(),
        role,
    }
}

fn roster() -> Roster {
    let people = vec![
        person(OPERATOR, "Opal", "Operator", Role::Operator),
        person(LEADER, "Denise", "Carter", Role::Leader),
        person(TEACHER, "Ngozi", "Okafor", Role::Teacher),
        person(OTHER_TEACHER, "Erik", "Lindqvist", Role::Teacher),
        person(STRANGER, "Zoe", "Zeller", Role::Learner),
        person(GUARDIAN, "Gwen", "Moss", Role::Guardian),
    ];
    let mut roster = Roster {
        people,
        guardianships: vec![Guardianship {
            guardian: GUARDIAN,
            learner: LEARNERS[0],
        }],
        ..Roster::default()
    };
    let names = ["Amara", "Ben", "Chloe", "Diego", "Elif", "Farid"];
    for (id, name) in LEARNERS.into_iter().zip(names) {
        roster.people.push(person(id, name, "Moss", Role::Learner));
    }
    for (id, title, code) in [
        (SECTION, "5A Mathematics", "5AMA"),
        (OTHER_SECTION, "6A Mathematics", "6AMA"),
    ] {
        roster.sections.push(Section {
            id,
            sourced_id: format!("s-{id}"),
            title: title.to_owned(),
            course: COURSE.to_owned(),
            class_code: code.to_owned(),
        });
    }
    let mut enroll = |section, person, role| {
        roster.enrollments.push(Enrollment {
            section,
            person,
            role,
        });
    };
    enroll(SECTION, TEACHER, Role::Teacher);
    enroll(OTHER_SECTION, OTHER_TEACHER, Role::Teacher);
    enroll(OTHER_SECTION, STRANGER, Role::Learner);
    for learner in LEARNERS {
        enroll(SECTION, learner, Role::Learner);
    }
    roster
}

impl School {
    /// A school on its first day.
    pub(crate) fn new() -> Self {
        let (store, folder) = opened();
        store.add_roster(roster()).unwrap();
        let app = App::new(Arc::clone(&store)).unwrap().with_clock(|| NOW);
        let school = Self {
            store,
            router: router(app),
            _folder: folder,
        };
        for learner in LEARNERS.into_iter().chain([STRANGER]) {
            let course = CourseId::new(COURSE).unwrap();
            school.command(
                OPERATOR,
                Role::Operator,
                Command::TakeCourse { learner, course },
            );
        }
        school
    }

    /// Runs a command that must not be refused.
    pub(crate) fn command(&self, person: PersonId, role: Role, command: Command) -> Outcome {
        let asked = Asked {
            command,
            actor: Actor { person, role },
            now: NOW,
            seed: 7,
        };
        self.store.execute(asked).unwrap().unwrap()
    }

    fn token(&self, person: PersonId) -> String {
        let token = format!("{:032x}", person.0);
        // Signing in twice with one token fails on its key; the first stands.
        let _ = self
            .store
            .sign_in(token.as_bytes(), person, None, NOW, NOW.plus_days(1));
        token
    }

    /// Somebody who is signed in, to ask the store itself.
    pub(crate) fn viewer(&self, person: PersonId) -> Viewer {
        let token = self.token(person);
        self.store.viewer(token.as_bytes(), NOW).unwrap().unwrap()
    }

    /// Asks for a page as somebody, or as nobody.
    pub(crate) async fn get(&self, path: &str, as_person: Option<PersonId>) -> Page {
        self.send(Method::GET, path, as_person, Body::empty()).await
    }

    /// Sends a form as somebody.
    pub(crate) async fn post(&self, path: &str, form: &str, as_person: PersonId) -> Page {
        let body = Body::from(form.to_owned());
        self.send(Method::POST, path, Some(as_person), body).await
    }

    /// The cookie of somebody who is signed in.
    pub(crate) fn cookie(&self, person: PersonId) -> String {
        format!("__Host-trellis={}", self.token(person))
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        as_person: Option<PersonId>,
        body: Body,
    ) -> Page {
        let cookie = as_person.map(|person| self.cookie(person));
        let reply = ask(&self.router, request(method, path, cookie.as_deref(), body)).await;
        Page {
            status: reply.status,
            location: reply.to().to_owned(),
            body: reply.body,
        }
    }

    /// Imports a second course of one unit, made of the first one's; gives its id.
    pub(crate) fn second_course(&self) -> CourseId {
        let id = CourseId::new("second").unwrap();
        let mut import = course();
        import.course.id = id.clone();
        import.course.title = "Second course".to_owned();
        import.course.units.truncate(1);
        import.items.clear();
        import.mix_ups.clear();
        let source = Source {
            format: "course".to_owned(),
            name: "second".to_owned(),
        };
        self.store.import(&source, vec![import]).unwrap();
        id
    }

    /// Puts a learner into the first section as well.
    pub(crate) fn enroll(&self, person: PersonId) {
        let enrollments = vec![Enrollment {
            section: SECTION,
            person,
            role: Role::Learner,
        }];
        self.store
            .add_roster(Roster {
                enrollments,
                ..Roster::default()
            })
            .unwrap();
    }

    /// Puts this many new learners into a section; they have done nothing.
    pub(crate) fn grow(&self, section: SectionId, count: u128) {
        let mut roster = Roster::default();
        for number in 0..count {
            let id = PersonId((section.0 << 32) | number);
            roster
                .people
                .push(person(id, "New", "Learner", Role::Learner));
            roster.enrollments.push(Enrollment {
                section,
                person: id,
                role: Role::Learner,
            });
        }
        self.store.add_roster(roster).unwrap();
    }

    /// Lets a learner take the course.
    pub(crate) fn join(&self, learner: PersonId) {
        let course = CourseId::new(COURSE).unwrap();
        let command = Command::TakeCourse { learner, course };
        self.command(OPERATOR, Role::Operator, command);
    }

    /// Lets a learner leave the course.
    pub(crate) fn leave(&self, learner: PersonId) {
        let course = CourseId::new(COURSE).unwrap();
        let command = Command::LeaveCourse { learner, course };
        self.command(OPERATOR, Role::Operator, command);
    }

    /// The first competency of the course that is open to everybody and whose items know a mix-up, with that mix-up.
    pub(crate) fn beginning(&self) -> (CompetencyId, MixUpId) {
        let catalog = self.store.catalog();
        let course = &catalog.courses()[0];
        for id in course.sequence() {
            if course.framework.before(id).next().is_some() {
                continue;
            }
            for item in catalog.items_of(id) {
                let variant = item.variant(7, None).unwrap();
                if let Some(mix_up) = variant.mix_ups.first() {
                    return (id.clone(), mix_up.id.clone());
                }
            }
        }
        panic!("the course has no beginning with a mix-up");
    }

    /// A learner answers one item of a competency: right, or with a mix-up that the item knows.
    pub(crate) fn answer(
        &self,
        learner: PersonId,
        id: &CompetencyId,
        number: u128,
        mix_up: Option<&MixUpId>,
    ) {
        let catalog = self.store.catalog();
        let item = catalog
            .items_of(id)
            .find(|item| {
                let variant = item.variant(7, None).unwrap();
                mix_up.is_none_or(|mix_up| variant.mix_ups.iter().any(|known| known.id == *mix_up))
            })
            .unwrap();
        self.answer_item(learner, item, number, mix_up);
    }

    /// A learner answers many items of a competency, each right.
    pub(crate) fn answer_all(&self, learner: PersonId, id: &CompetencyId) {
        let catalog = self.store.catalog();
        for (number, item) in (1..).zip(catalog.items_of(id).take(12)) {
            self.answer_item(learner, item, number, None);
        }
    }

    fn answer_item(&self, learner: PersonId, item: &Item, number: u128, mix_up: Option<&MixUpId>) {
        let attempt = AttemptId((learner.0 << 64) | number);
        let begun = self.command(
            learner,
            Role::Learner,
            Command::Start {
                learner,
                attempt,
                competency: Some(item.competency.clone()),
                // Only a lesson takes the item that is named.
                purpose: Purpose::Lesson,
                item: Some(item.id.clone()),
            },
        );
        let variant: Variant = begun
            .events
            .iter()
            .find_map(|recorded| match &recorded.event {
                Event::Started { seed, .. } => Some(item.variant(*seed, None).unwrap()),
                _ => None,
            })
            .unwrap();
        let response: Response = match mix_up {
            None => right_response(&variant),
            Some(mix_up) => {
                let mut random = Random::labelled(1, "answer");
                wrong_response(&variant, std::slice::from_ref(mix_up), &mut random)
            }
        };
        self.command(
            learner,
            Role::Learner,
            Command::Respond {
                learner,
                attempt,
                answer: AnswerId((learner.0 << 64) | number),
                response,
                elapsed_ms: 30_000,
                said_at: None,
            },
        );
    }
}
