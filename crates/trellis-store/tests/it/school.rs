//! A school as small as a test of the store needs: a course of four competencies, two sections, and a folder that goes
//! away with the test.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use trellis_core::command::Command;
use trellis_core::context::Actor;
use trellis_core::framework::{
    Association, AssociationKind, Competency, CompetencyId, Course, CourseId, Framework,
    FrameworkId, ItemId, Unit, UnitId,
};
use trellis_core::id::{AnswerId, AttemptId, PersonId, SectionId};
use trellis_core::item::{
    Criterion, Entry, Fixed, Hint, Interaction, Item, ItemBody, Key, Number, NumberForm,
    Presentation, Response, Rubric, RubricLevel, Scaffold,
};
use trellis_core::people::{Enrollment, Guardianship, Person, Role, Section};
use trellis_core::recommendation::Purpose;
use trellis_core::time::Timestamp;
use trellis_store::{Address, Asked, Import, Roster, Source, Store};

/// The first learner of the first section.
pub(crate) const ANA: PersonId = PersonId(1);
/// The second learner of the first section.
pub(crate) const BEN: PersonId = PersonId(2);
/// The only learner of the second section.
pub(crate) const CLEO: PersonId = PersonId(3);
/// The teacher of the first section.
pub(crate) const TEACHER: PersonId = PersonId(11);
/// The teacher of the second section.
pub(crate) const OTHER_TEACHER: PersonId = PersonId(12);
/// Ana's guardian.
pub(crate) const GUARDIAN: PersonId = PersonId(21);
/// The one who runs the machine.
pub(crate) const OPERATOR: PersonId = PersonId(31);
/// Somebody who is in no roster.
pub(crate) const STRANGER: PersonId = PersonId(99);
/// The first section.
pub(crate) const FIRST: SectionId = SectionId(101);
/// The second section.
pub(crate) const SECOND: SectionId = SectionId(102);
/// The day on which everything begins.
pub(crate) const START: Timestamp = Timestamp(1_790_000_000_000);
/// The competencies: B and C after A, D after both.
pub(crate) const COMPETENCIES: [&str; 4] = ["a", "b", "c", "d"];
/// Items of each competency.
pub(crate) const ITEMS: usize = 8;
/// The number of the item of A that asks for some sentences: 0, 1 or 3 points.
pub(crate) const WRITTEN: usize = 1000;

/// A folder that is removed with the test.
#[derive(Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("trellis-store-{name}-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        // A run that was killed leaves its folder behind, and the system gives its number to another.
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("the folder for temporary files can be written");
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The database file in it.
    pub(crate) fn database(&self) -> PathBuf {
        self.0.join("trellis.db")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is left to whoever cleans the folder for temporary files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A server on which the databases of the tests stand, instead of in their folders.
pub(crate) const DATABASE: &str = "TRELLIS_TEST_DATABASE";

/// Opens the database of a folder: the file in it, or the folder's own tenant on the server that [`DATABASE`] names.
pub(crate) fn open(folder: &Folder, create: bool) -> Store {
    let Ok(server) = std::env::var(DATABASE) else {
        return Store::open(folder.path(), create).expect("the folder opens");
    };
    let name = folder.path().to_string_lossy().into_owned();
    let tenant = name.bytes().fold(7u32, |sum, byte| {
        (sum ^ u32::from(byte)).wrapping_mul(16_777_619)
    });
    let address = format!("{server}&tenant={}", (tenant >> 1).max(1));
    let address = Address::parse(&address).expect("an address");
    Store::open_at(&address, create).expect("the server answers")
}

/// A store with the course and the roster in it.
pub(crate) fn open_with_school(folder: &Folder) -> Store {
    let store = open(folder, true);
    store
        .import(&source(), vec![import()])
        .expect("the course is kept");
    store.add_roster(roster()).expect("the roster is kept");
    store
}

pub(crate) fn source() -> Source {
    Source {
        format: "course".into(),
        name: "small".into(),
    }
}

pub(crate) fn actor(person: PersonId, role: Role) -> Actor {
    Actor { person, role }
}

/// A command by somebody at a moment. The seed is made of the moment, as a server's would be of its chance.
pub(crate) fn asked(actor: Actor, now: Timestamp, command: Command) -> Asked {
    Asked {
        command,
        actor,
        now,
        seed: now.0.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15),
    }
}

pub(crate) fn course_id() -> CourseId {
    CourseId::new("small").expect("an id")
}

pub(crate) fn competency(name: &str) -> CompetencyId {
    CompetencyId::new(name).expect("an id")
}

/// Begin at a particular item, so that the response that is right is known.
pub(crate) fn start(learner: PersonId, attempt: u128, about: &str, item: usize) -> Command {
    Command::Start {
        learner,
        attempt: AttemptId(attempt),
        competency: Some(competency(about)),
        purpose: Purpose::Lesson,
        item: Some(item_id(
            about,
            if item == WRITTEN { item } else { item % ITEMS },
        )),
    }
}

/// Answer: every item asks for 7.
pub(crate) fn respond(learner: PersonId, attempt: u128, answer: u128, text: &str) -> Command {
    Command::Respond {
        learner,
        attempt: AttemptId(attempt),
        answer: AnswerId(answer),
        response: Response::Text(text.to_owned()),
        elapsed_ms: 4_000,
        said_at: None,
    }
}

pub(crate) fn take_course(learner: PersonId) -> Command {
    Command::TakeCourse {
        learner,
        course: course_id(),
    }
}

/// A learner of no section, for load.
pub(crate) fn learner(id: PersonId) -> Person {
    person(id, Role::Learner)
}

pub(crate) fn person(id: PersonId, role: Role) -> Person {
    Person {
        id,
        sourced_id: format!("s{}", id.0),
        given_name: format!("Given {}", id.0),
        family_name: format!("Family {}", id.0),
        role,
    }
}

/// The people and the two sections.
pub(crate) fn roster() -> Roster {
    let learners = [ANA, BEN, CLEO].map(learner);
    let others = [
        person(TEACHER, Role::Teacher),
        person(OTHER_TEACHER, Role::Teacher),
        person(GUARDIAN, Role::Guardian),
        person(OPERATOR, Role::Operator),
    ];
    let section = |id: SectionId| Section {
        id,
        sourced_id: format!("section {}", id.0),
        title: format!("Section {}", id.0),
        course: "small".into(),
        class_code: format!("C{}", id.0),
    };
    let belongs = |section, person, role| Enrollment {
        section,
        person,
        role,
    };
    Roster {
        people: learners.into_iter().chain(others).collect(),
        sections: vec![section(FIRST), section(SECOND)],
        enrollments: vec![
            belongs(FIRST, ANA, Role::Learner),
            belongs(FIRST, BEN, Role::Learner),
            belongs(FIRST, TEACHER, Role::Teacher),
            belongs(SECOND, CLEO, Role::Learner),
            belongs(SECOND, OTHER_TEACHER, Role::Teacher),
        ],
        guardianships: vec![Guardianship {
            guardian: GUARDIAN,
            learner: ANA,
        }],
    }
}

pub(crate) fn item_id(about: &str, number: usize) -> ItemId {
    ItemId::new(&format!("{about}-{number}")).expect("an id")
}

fn item(about: &str, number: usize) -> Item {
    let hint = |text: &str| Hint {
        text: text.to_owned(),
        needs: Vec::new(),
        scaffold: None,
    };
    // Every fourth item is a choice, so that both weak and strong evidence comes in.
    let choice = number % 4 == 3;
    let options = ["7", "8", "9"].map(|key| Entry {
        key: key.to_owned(),
        text: key.to_owned(),
    });
    let interaction = if choice {
        Interaction::Choice {
            options: options.to_vec(),
        }
    } else {
        Interaction::Numeric { unit: None }
    };
    let key = if choice {
        Key::Choice {
            right: "7".to_owned(),
        }
    } else {
        Key::Number {
            value: Number::whole(7),
            tolerance: Number::whole(0),
            form: NumberForm::Any,
        }
    };
    let fixed = Fixed {
        presentation: Presentation {
            body: String::new(),
            stem: "How many?".to_owned(),
            figure: None,
            interaction,
        },
        key,
        hints: vec![hint("Count."), smaller_question()],
        solution: vec!["Seven.".to_owned()],
        mix_ups: Vec::new(),
        source: None,
    };
    Item {
        id: item_id(about, number),
        competency: competency(about),
        level: 2,
        usual_seconds: 60,
        body: ItemBody::Fixed(Box::new(fixed)),
    }
}

/// An item whose answers a person scores.
fn written() -> Item {
    let mut item = item("a", WRITTEN);
    if let ItemBody::Fixed(fixed) = &mut item.body {
        fixed.presentation.interaction = Interaction::Written { longest: 200 };
        let levels = [0, 1, 3].map(|points| RubricLevel {
            points,
            says: format!("Worth {points}."),
        });
        let criterion = Criterion {
            name: String::new(),
            levels: levels.to_vec(),
        };
        fixed.key = Key::Written {
            rubric: Rubric {
                criteria: vec![criterion],
            },
            sample: "There are seven.".to_owned(),
        };
    }
    item
}

/// A hint that asks something: its answer is another than the item's.
fn smaller_question() -> Hint {
    Hint {
        text: "How many fingers has a hand?".to_owned(),
        needs: vec![0],
        scaffold: Some(Scaffold {
            interaction: Interaction::Numeric { unit: None },
            key: Key::Number {
                value: Number::whole(5),
                tolerance: Number::whole(0),
                form: NumberForm::Any,
            },
        }),
    }
}

/// The course with its items.
pub(crate) fn import() -> Import {
    let competencies = COMPETENCIES.map(|name| Competency {
        id: competency(name),
        title: name.to_owned(),
        can: String::new(),
        family: String::new(),
        home: String::new(),
        codes: Vec::new(),
    });
    let link = |from: &str, to: &str| Association {
        from: competency(from),
        to: competency(to),
        kind: AssociationKind::ComesBefore,
    };
    let links = vec![
        link("a", "b"),
        link("a", "c"),
        link("b", "d"),
        link("c", "d"),
    ];
    let id = FrameworkId::new("small").expect("an id");
    let (framework, faults) = Framework::new(id, "Small".to_owned(), competencies.to_vec(), links);
    assert!(faults.is_empty(), "{faults:?}");
    let course = Course {
        id: course_id(),
        title: "Small".to_owned(),
        grades: Vec::new(),
        subject: "mathematics".to_owned(),
        language: "en".to_owned(),
        licence: "CC-BY-4.0".to_owned(),
        authors: Vec::new(),
        framework,
        interests: Vec::new(),
        units: vec![Unit {
            id: UnitId::new("all").expect("an id"),
            title: "All".to_owned(),
            summary: String::new(),
            competencies: COMPETENCIES.map(competency).to_vec(),
            items: Vec::new(),
        }],
    };
    let items = COMPETENCIES
        .into_iter()
        .flat_map(|about| (0..ITEMS).map(move |number| item(about, number)))
        .chain([written()]);
    Import {
        course,
        items: items.collect(),
        mix_ups: Vec::new(),
    }
}
