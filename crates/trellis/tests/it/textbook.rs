//! A learner works through a lesson of an imported textbook, at the level of the store.

use std::path::{Path, PathBuf};

use trellis_core::command::Command;
use trellis_core::context::Actor;
use trellis_core::event::Event;
use trellis_core::framework::CourseId;
use trellis_core::id::{AnswerId, AttemptId, PersonId, SectionId};
use trellis_core::item::{Item, Outcome as Judged, Response, grade};
use trellis_core::people::{Enrollment, Person, Role, Section};
use trellis_core::recommendation::Purpose;
use trellis_core::time::Timestamp;
use trellis_interop::oatutor::{read_files, read_pool};
use trellis_store::{Asked, Import, Outcome, Roster, Source, Store};

const LEARNER: PersonId = PersonId(7);
const OPERATOR: PersonId = PersonId(1);
const COURSE: &str = "oatutor.openstax-elementary-algebra";

fn corpus() -> Option<PathBuf> {
    let data = std::env::var_os("TRELLIS_DATA").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let path = data.unwrap_or(beside).join("oatutor.tar.xz");
    path.exists().then_some(path)
}

struct School {
    store: Store,
    now: i64,
    ids: u128,
}

impl School {
    fn open(dir: &Path, pool: &Path) -> Self {
        let files = read_files(pool, &mut |_| {}).expect("the pool");
        let pool =
            read_pool(pool, &files, trellis_store::media_hash, &|_, _| {}).expect("the pool");
        let store = Store::open(dir, true).expect("a database");
        let source = Source {
            format: "oatutor".into(),
            name: "pool".into(),
        };
        let imports = pool.courses.into_iter().map(|one| Import {
            course: one.course,
            items: one.items,
            mix_ups: Vec::new(),
        });
        store.import(&source, imports.collect()).expect("imported");
        let person = |id, role| Person {
            id,
            sourced_id: format!("p{}", id.0),
            given_name: "Ada".into(),
            family_name: "Test".into(),
            role,
        };
        let section = SectionId(3);
        let roster = Roster {
            people: vec![
                person(LEARNER, Role::Learner),
                person(OPERATOR, Role::Operator),
            ],
            sections: vec![Section {
                id: section,
                sourced_id: "s3".into(),
                title: "Algebra".into(),
                course: COURSE.into(),
                class_code: "ALGE".into(),
            }],
            enrollments: vec![Enrollment {
                section,
                person: LEARNER,
                role: Role::Learner,
            }],
            guardianships: Vec::new(),
        };
        store.add_roster(roster).expect("a roster");
        Self {
            store,
            now: 1_750_000_000_000,
            ids: 100,
        }
    }

    fn id(&mut self) -> u128 {
        self.ids += 1;
        self.ids
    }

    fn ask(&mut self, who: (PersonId, Role), command: Command) -> Outcome {
        self.now += 30_000;
        let asked = Asked {
            command: command.clone(),
            actor: Actor {
                person: who.0,
                role: who.1,
            },
            now: Timestamp(self.now),
            seed: 5,
        };
        let reply = self.store.execute(asked).expect("a reply");
        reply.unwrap_or_else(|refusal| panic!("{command:?}: {refusal:?}"))
    }

    fn start(&mut self, item: &Item) -> AttemptId {
        let attempt = AttemptId(self.id());
        let command = Command::Start {
            learner: LEARNER,
            attempt,
            competency: Some(item.competency.clone()),
            purpose: Purpose::Lesson,
            item: Some(item.id.clone()),
        };
        self.ask((LEARNER, Role::Learner), command);
        attempt
    }

    fn respond(&mut self, attempt: AttemptId, response: Response) -> Outcome {
        let command = Command::Respond {
            learner: LEARNER,
            attempt,
            answer: AnswerId(self.id()),
            response,
            elapsed_ms: 20_000,
            said_at: None,
        };
        self.ask((LEARNER, Role::Learner), command)
    }
}

fn right(outcome: &Outcome) -> bool {
    outcome
        .events
        .iter()
        .any(|recorded| matches!(&recorded.event, Event::Responded { score, .. } if score.right))
}

#[test]
fn a_learner_works_through_the_first_lesson_of_elementary_algebra() {
    let Some(pool) = corpus() else {
        eprintln!("skipped: oatutor.tar.xz is not here");
        return;
    };
    let dir = std::env::temp_dir().join(format!("trellis-textbook-{}", std::process::id()));
    let mut school = School::open(&dir, &pool);
    let course = CourseId::new(COURSE).expect("an id");
    let take = Command::TakeCourse {
        learner: LEARNER,
        course: course.clone(),
    };
    school.ask((OPERATOR, Role::Operator), take);
    let catalog = school.store.catalog();
    let course = catalog.course(&course).expect("the course");
    let lesson = course.units.first().expect("a lesson");
    assert!(lesson.items.len() > 10, "{}", lesson.items.len());
    for (place, id) in lesson.items.iter().enumerate() {
        let item = catalog.item(id).expect("an item of the lesson");
        let variant = item.variant(0, None).expect("a variant");
        let attempt = school.start(item);
        if place == 0 {
            for seen in 0..u32::try_from(variant.hints.len()).expect("few hints") {
                let hint = Command::TakeHint {
                    learner: LEARNER,
                    attempt,
                    seen,
                };
                let shown = school.ask((LEARNER, Role::Learner), hint);
                assert!(matches!(shown.events[0].event, Event::HintShown { .. }));
            }
        }
        let response = variant.key.response().expect("a key");
        assert_eq!(grade(&variant, &response).outcome, Judged::Right, "{id}");
        assert!(right(&school.respond(attempt, response)), "{id}");
    }
    let state = school.store.learner_state(LEARNER).expect("a state");
    for competency in &lesson.competencies {
        if catalog.items_of(competency).next().is_some() {
            let seen = state.competency(competency);
            assert!(
                seen.is_some_and(|seen| seen.first_tries > 0),
                "{competency}"
            );
        }
    }
    let believed = lesson
        .competencies
        .iter()
        .map(|id| trellis_core::mastery::known(&state, id))
        .fold(0.0_f64, f64::max);
    assert!(believed > 0.9, "{believed}");
    // No prerequisites: what is not begun is open, and today follows the order of the lessons.
    let advice = school.ask(
        (LEARNER, Role::Learner),
        Command::Advise { learner: LEARNER },
    );
    drop(advice);
    let state = school.store.learner_state(LEARNER).expect("a state");
    let (_, advice) = state.advice.as_ref().expect("advice");
    let stop = advice.stops.iter().find_map(|stop| stop.competency.clone());
    let stop = stop.expect("a stop");
    assert!(
        catalog.course_among(&stop, &state.courses).is_some(),
        "{stop}"
    );
    drop(school);
    std::fs::remove_dir_all(dir).expect("the temporary folder");
}
