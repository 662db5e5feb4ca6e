//! A course, a learner and a teacher as small as a scenario needs, moved only through the one door.

use trellis_core::access::Relation;
use trellis_core::catalog::Catalog;
use trellis_core::command::Command;
use trellis_core::consent::Use;
use trellis_core::context::{Actor, Context};
use trellis_core::decide::{Snapshot, decide};
use trellis_core::estimate::LearnerState;
use trellis_core::event::{Event, Recorded};
use trellis_core::framework::{
    Association, AssociationKind, Competency, CompetencyId, Course, CourseId, Framework,
    FrameworkId, ItemId, Unit, UnitId,
};
use trellis_core::id::{AnswerId, AttemptId, DirectiveId, PersonId, Seq};
use trellis_core::item::{
    Entry, Fixed, Hint, Interaction, Item, ItemBody, Key, Number, Presentation, Response,
};
use trellis_core::people::Role;
use trellis_core::plan::DirectiveKind;
use trellis_core::recommendation::{Purpose, Recommendation};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;

pub(crate) const LEARNER: PersonId = PersonId(1);
pub(crate) const TEACHER: PersonId = PersonId(2);
pub(crate) const GUARDIAN: PersonId = PersonId(4);
const OPERATOR: PersonId = PersonId(3);
/// Items of each kind for each competency.
const ITEMS: usize = 12;
/// The number of options of the choice items.
const OPTIONS: usize = 4;
const MINUTE_MS: i64 = 60_000;

/// A competency of the scenario with what comes before it.
pub(crate) struct Node {
    pub(crate) id: CompetencyId,
    pub(crate) before: Vec<CompetencyId>,
}

/// A learner who takes a course, and the clock.
pub(crate) struct School {
    catalog: Catalog,
    pub(crate) state: LearnerState,
    pub(crate) now: Timestamp,
    /// All that happened, for commands that need it.
    pub(crate) history: Vec<Recorded>,
    next_id: u128,
    begun: usize,
}

pub(crate) fn competency(name: &str) -> CompetencyId {
    CompetencyId::new(name).expect("a scenario's competency is an id")
}

impl School {
    /// A learner who is new, in a course of these competencies.
    pub(crate) fn new(nodes: &[Node]) -> Self {
        Self::with_items(
            nodes,
            nodes.iter().flat_map(|node| items(&node.id)).collect(),
        )
    }

    /// The same with items that were changed, of those that it has else.
    pub(crate) fn changed(nodes: &[Node], change: impl Fn(usize, &mut Item)) -> Self {
        let mut all: Vec<Item> = nodes.iter().flat_map(|node| items(&node.id)).collect();
        for (place, item) in all.iter_mut().enumerate() {
            change(place, item);
        }
        Self::with_items(nodes, all)
    }

    fn with_items(nodes: &[Node], items: Vec<Item>) -> Self {
        let mut school = Self {
            catalog: Catalog::new(vec![course(nodes)], items, Vec::new(), 1),
            state: LearnerState::new(LEARNER),
            now: Timestamp(1_790_000_000_000),
            history: Vec::new(),
            next_id: 100,
            begun: 0,
        };
        let course = CourseId::new("scenario").expect("an id");
        school
            .ask(
                OPERATOR,
                &Command::TakeCourse {
                    learner: LEARNER,
                    course,
                },
            )
            .expect("the course is there");
        school
    }

    /// The course and its items.
    pub(crate) fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// Lets days pass.
    pub(crate) fn wait(&mut self, days: i64) {
        self.now = self.now.plus_days(days);
    }

    /// Asks for something as somebody.
    pub(crate) fn ask(&mut self, who: PersonId, command: &Command) -> Result<Vec<Event>, Refusal> {
        let (role, relation) = match who {
            LEARNER => (Role::Learner, Relation::Own),
            TEACHER => (Role::Teacher, Relation::TeacherOf),
            GUARDIAN => (Role::Guardian, Relation::GuardianOf),
            _ => (Role::Operator, Relation::OperatorOf),
        };
        let actor = Actor { person: who, role };
        let context = Context {
            now: self.now,
            seed: 7,
            actor,
            relation,
        };
        let snapshot = Snapshot {
            catalog: &self.catalog,
            learner: Some(&self.state),
            class: None,
            attempt_taken: false,
            history: match command.needs_history() {
                true => &self.history,
                false => &[],
            },
            curation: None,
        };
        let events = decide(&snapshot, command, &context)?.events;
        let decision = Seq(self.state.seq.0 + 1);
        for event in &events {
            let seq = Seq(self.state.seq.0 + 1);
            let recorded = Recorded {
                seq,
                decision,
                at: self.now,
                actor,
                event: event.clone(),
            };
            self.state.apply(&recorded);
            self.history.push(recorded);
        }
        Ok(events)
    }

    fn fresh(&mut self) -> u128 {
        self.next_id += 1;
        self.next_id
    }

    /// Begins an attempt at another item of this kind.
    pub(crate) fn begin(&mut self, about: &CompetencyId, kind: &str) -> AttemptId {
        let attempt = AttemptId(self.fresh());
        let item = item_id(about, word(kind), self.begun % ITEMS);
        self.begun += 1;
        self.now = self.now.plus_ms(MINUTE_MS);
        let start = Command::Start {
            learner: LEARNER,
            attempt,
            competency: Some(about.clone()),
            purpose: Purpose::Lesson,
            item: Some(item),
        };
        self.ask(LEARNER, &start)
            .unwrap_or_else(|no| panic!("{about} cannot be begun: {no:?}"));
        attempt
    }

    /// Begins an attempt at an item that the rules choose.
    pub(crate) fn start(&mut self, about: Option<CompetencyId>, purpose: Purpose) -> AttemptId {
        let attempt = AttemptId(self.fresh());
        self.now = self.now.plus_ms(MINUTE_MS);
        let start = Command::Start {
            learner: LEARNER,
            attempt,
            competency: about,
            purpose,
            item: None,
        };
        self.ask(LEARNER, &start)
            .unwrap_or_else(|no| panic!("nothing can be begun: {no:?}"));
        attempt
    }

    /// Answers, right or wrong.
    pub(crate) fn respond(&mut self, attempt: AttemptId, kind: &str, right: bool) {
        let response = match (word(kind), right) {
            ("numeric", true) => Response::Text("7".to_owned()),
            ("numeric", false) => Response::Text("8".to_owned()),
            (_, true) => Response::Choice("o0".to_owned()),
            (_, false) => Response::Choice("o1".to_owned()),
        };
        let answer = AnswerId(self.fresh());
        let respond = Command::Respond {
            learner: LEARNER,
            attempt,
            answer,
            response,
            elapsed_ms: 20_000,
            said_at: None,
        };
        let events = self.ask(LEARNER, &respond).expect("the attempt is open");
        let judged = events.iter().find_map(|event| match event {
            Event::Responded { score, .. } => Some(score.right),
            _ => None,
        });
        assert_eq!(
            judged,
            Some(right),
            "the response was judged otherwise than the scenario means"
        );
    }

    /// Takes hints.
    pub(crate) fn hints(&mut self, attempt: AttemptId, count: u32) {
        for seen in 0..count {
            self.ask(
                LEARNER,
                &Command::TakeHint {
                    learner: LEARNER,
                    attempt,
                    seen,
                },
            )
            .expect("there is a hint");
        }
    }

    /// Asks for the worked steps.
    pub(crate) fn reveal(&mut self, attempt: AttemptId) {
        self.ask(
            LEARNER,
            &Command::Reveal {
                learner: LEARNER,
                attempt,
            },
        )
        .expect("the attempt is open");
    }

    /// The teacher decides.
    pub(crate) fn direct(&mut self, about: &CompetencyId, name: &str) {
        let kind = DirectiveKind::from_name(name, about.clone())
            .unwrap_or_else(|| panic!("no directive is called {name}"));
        self.say(kind);
    }

    /// The teacher turns choosing by the answers off.
    pub(crate) fn fix_path(&mut self) {
        self.say(DirectiveKind::FixedPath);
    }

    /// The family says whether a use is allowed.
    pub(crate) fn consent(&mut self, purpose: Use, allowed: bool) -> Result<(), Refusal> {
        let said = Command::Consent {
            learner: LEARNER,
            purpose,
            allowed,
        };
        self.ask(GUARDIAN, &said).map(|_| ())
    }

    fn say(&mut self, kind: DirectiveKind) {
        let directive = DirectiveId(self.fresh());
        let direct = Command::Direct {
            learner: LEARNER,
            directive,
            kind,
            note: String::new(),
        };
        self.ask(TEACHER, &direct).expect("a teacher may decide");
    }

    /// The advice for today.
    pub(crate) fn advice(&mut self) -> Recommendation {
        self.ask(LEARNER, &Command::Advise { learner: LEARNER })
            .expect("advice may be asked for");
        let (_, advice) = self.state.advice.clone().expect("there is advice now");
        advice
    }
}

/// The kind without its number of options.
fn word(kind: &str) -> &str {
    match kind {
        "numeric" => "numeric",
        "choice of 4" => "choice",
        other => panic!("scenarios know numeric and choice of 4, not {other:?}"),
    }
}

fn item_id(about: &CompetencyId, kind: &str, number: usize) -> ItemId {
    ItemId::new(&format!("{about}-{kind}-{number}")).expect("an id")
}

fn items(about: &CompetencyId) -> Vec<Item> {
    let mut all = Vec::new();
    for number in 0..ITEMS {
        all.push(item(
            item_id(about, "numeric", number),
            about,
            Interaction::Numeric { unit: None },
            number_key(),
        ));
        let options = (0..OPTIONS).map(|place| Entry {
            key: format!("o{place}"),
            text: format!("Option {place}"),
        });
        let choice = Interaction::Choice {
            options: options.collect(),
        };
        all.push(item(
            item_id(about, "choice", number),
            about,
            choice,
            Key::Choice {
                right: "o0".to_owned(),
            },
        ));
    }
    all
}

fn number_key() -> Key {
    Key::Number {
        value: Number::whole(7),
        tolerance: Number::whole(0),
        form: trellis_core::item::NumberForm::Any,
    }
}

fn item(id: ItemId, about: &CompetencyId, interaction: Interaction, key: Key) -> Item {
    let hint = |text: &str| Hint {
        text: text.to_owned(),
        needs: Vec::new(),
        scaffold: None,
    };
    let fixed = Fixed {
        presentation: Presentation {
            body: String::new(),
            stem: "How many?".to_owned(),
            figure: None,
            interaction,
        },
        key,
        hints: vec![
            hint("Count."),
            hint("Count on your fingers."),
            hint("One hand and two."),
        ],
        solution: vec!["Seven.".to_owned()],
        mix_ups: Vec::new(),
        source: None,
    };
    Item {
        id,
        competency: about.clone(),
        level: 2,
        usual_seconds: 120,
        body: ItemBody::Fixed(Box::new(fixed)),
    }
}

fn course(nodes: &[Node]) -> Course {
    let competencies = nodes.iter().map(|node| Competency {
        id: node.id.clone(),
        title: node.id.to_string(),
        can: String::new(),
        family: String::new(),
        home: String::new(),
        codes: Vec::new(),
    });
    let links = nodes.iter().flat_map(|node| {
        node.before.iter().map(|before| Association {
            from: before.clone(),
            to: node.id.clone(),
            kind: AssociationKind::ComesBefore,
        })
    });
    let id = FrameworkId::new("scenario").expect("an id");
    let (framework, faults) = Framework::new(
        id,
        "Scenario".to_owned(),
        competencies.collect(),
        links.collect(),
    );
    assert!(faults.is_empty(), "{faults:?}");
    Course {
        id: CourseId::new("scenario").expect("an id"),
        title: "Scenario".to_owned(),
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
            competencies: nodes.iter().map(|node| node.id.clone()).collect(),
            items: Vec::new(),
        }],
    }
}
