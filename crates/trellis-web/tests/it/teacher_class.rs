//! Two classes with their teachers, a leader and six learners who answer what a test wants, on a real database.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt as _;
use trellis_core::command::Command;
use trellis_core::context::Actor;
use trellis_core::event::Event;
use trellis_core::framework::{CompetencyId, CourseId, MixUpId};
use trellis_core::id::{AnswerId, AttemptId, PersonId, SectionId};
use trellis_core::item::{Response, Variant};
use trellis_core::people::{Enrollment, Person, Role, Section};
use trellis_core::recommendation::Purpose;
use trellis_core::time::Timestamp;
use trellis_interop::course::{read_course, read_folder};
use trellis_sim::{right_response, wrong_response};
use trellis_stats::random::Random;
use trellis_store::{Asked, Import, Outcome, Roster, Source, Store};
use trellis_web::{App, router};

/// Wednesday, 18 November 2026, noon in UTC.
pub(crate) const NOW: Timestamp = Timestamp(1_795_003_200_000);
pub(crate) const COURSE: &str = "fractions-to-equations";

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

static NUMBER: AtomicU32 = AtomicU32::new(0);

/// A school that is gone when dropped.
pub(crate) struct School {
    pub(crate) store: Arc<Store>,
    router: Router,
    dir: PathBuf,
}

impl Drop for School {
    fn drop(&mut self) {
        // A folder that stays behind in the system's temporary place harms nobody.
        let _ = std::fs::remove_dir_all(&self.dir);
    }
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
    ];
    let mut roster = Roster {
        people,
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

fn course() -> Import {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../courses")
        .join(COURSE);
    let (read, _) = read_course(&read_folder(&folder).unwrap());
    Import {
        items: read.pack.bank.items().to_vec(),
        mix_ups: read.pack.bank.mix_ups().to_vec(),
        course: read.pack.course,
    }
}

impl School {
    /// A school on its first day.
    pub(crate) fn new() -> Self {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let dir = std::env::temp_dir().join(format!("trellis-web-{}-{number}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        let store = Arc::new(Store::open(&dir, true).unwrap());
        let source = Source {
            format: "course".into(),
            name: COURSE.into(),
        };
        store.import(&source, vec![course()]).unwrap();
        store.add_roster(roster()).unwrap();
        let app = App::new(Arc::clone(&store)).unwrap().with_clock(|| NOW);
        let school = Self {
            store,
            router: router(app),
            dir,
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

    /// Asks for a page as somebody, or as nobody.
    pub(crate) async fn get(&self, path: &str, as_person: Option<PersonId>) -> Page {
        self.send(Request::get(path), as_person, Body::empty())
            .await
    }

    /// Sends a form as somebody.
    pub(crate) async fn post(&self, path: &str, form: &str, as_person: PersonId) -> Page {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.send(request, Some(as_person), Body::from(form.to_owned()))
            .await
    }

    async fn send(
        &self,
        mut request: axum::http::request::Builder,
        as_person: Option<PersonId>,
        body: Body,
    ) -> Page {
        if let Some(person) = as_person {
            let cookie = format!("__Host-trellis={}", self.token(person));
            request = request.header(header::COOKIE, cookie);
        }
        let response = self
            .router
            .clone()
            .oneshot(request.body(body).unwrap())
            .await
            .unwrap();
        let status = response.status();
        let location = response
            .headers()
            .get(header::LOCATION)
            .map(|value| value.to_str().unwrap().to_owned())
            .unwrap_or_default();
        let bytes = to_bytes(response.into_body(), 4 << 20).await.unwrap();
        Page {
            status,
            location,
            body: String::from_utf8(bytes.to_vec()).unwrap(),
        }
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
        let attempt = AttemptId((learner.0 << 64) | number);
        let begun = self.command(
            learner,
            Role::Learner,
            Command::Start {
                learner,
                attempt,
                competency: Some(id.clone()),
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
