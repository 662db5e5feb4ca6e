//! Questions that are written here: who may write and publish, that learners get them, that no import takes them away, and
//! that what was decided before stays what it was.

use trellis_core::command::Command;
use trellis_core::event::Event;
use trellis_core::framework::{ItemId, MixUpId};
use trellis_core::id::{DraftId, PersonId};
use trellis_core::item::{InteractionKind, Item, MixUp, MixUpText, Template, TemplateText};
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_store::read::ReadError;
use trellis_store::{LONGEST_DRAFT, Outcome, SaveDraft, Store, StoreError, Viewer};

use crate::school::{
    ANA, Folder, GUARDIAN, OPERATOR, START, TEACHER, actor, asked, competency, course_id, import,
    item_id, open_with_school, respond, source, take_course,
};

const DRAFT: DraftId = DraftId(77);

fn id(text: &str) -> ItemId {
    ItemId::new(text).expect("an id")
}

fn mix_up() -> MixUp {
    MixUp {
        id: MixUpId::new("counts-once").expect("an id"),
        title: "counts only once".to_owned(),
    }
}

/// "What is twice n?", with a hint and a mix-up.
fn text(name: &str, answer: &str, hint: &str) -> TemplateText {
    let mut text = TemplateText::empty(id(name), competency("a"), InteractionKind::Numeric);
    text.stem = "What is twice @{n}?".to_owned();
    text.answer = Some(answer.to_owned());
    text.parameters = vec![("n".to_owned(), "3..40".to_owned())];
    text.hints = vec![hint.to_owned()];
    text.solution = vec!["It is @{2*n}.".to_owned()];
    text.result = Some("@{2*n}".to_owned());
    text.mix_ups = vec![MixUpText {
        id: mix_up().id,
        answer: "n".to_owned(),
        feedback: "Twice is two times.".to_owned(),
        answers: Vec::new(),
        points: Vec::new(),
        line: None,
    }];
    text
}

fn item(name: &str, answer: &str, hint: &str) -> Item {
    Item::from_template(Template::compile(text(name, answer, hint)).expect("it is sound"))
}

fn publish(item: Item, replaces: Option<ItemId>, version: u32) -> Command {
    Command::PublishItem {
        course: course_id(),
        item: Box::new(item),
        mix_ups: vec![mix_up()],
        replaces,
        draft: DRAFT,
        version,
    }
}

fn done(store: &Store, who: PersonId, role: Role, command: Command) -> Result<Outcome, Refusal> {
    let asked = asked(actor(who, role), START, command);
    store.execute(asked).expect("the store works")
}

/// A school in which Ana takes the course.
fn open(folder: &Folder) -> Store {
    let store = open_with_school(folder);
    done(&store, TEACHER, Role::Teacher, take_course(ANA)).expect("she takes it");
    store
}

fn viewer(store: &Store, who: PersonId) -> Viewer {
    let token = who.0.to_be_bytes();
    store
        .sign_in(&token, who, None, START, START.plus_days(1))
        .expect("it signs in");
    let found = store.viewer(&token, START).expect("it reads");
    found.expect("somebody")
}

fn save(text: &str) -> SaveDraft {
    SaveDraft {
        id: DRAFT,
        course: course_id(),
        competency: competency("a"),
        changes: None,
        text: text.to_owned(),
    }
}

/// Begins this item.
fn begin(store: &Store, attempt: u128, item: &ItemId) -> Result<Outcome, Refusal> {
    let begin = Command::Start {
        learner: ANA,
        attempt: trellis_core::id::AttemptId(attempt),
        competency: Some(competency("a")),
        purpose: trellis_core::recommendation::Purpose::Lesson,
        item: Some(item.clone()),
    };
    done(store, ANA, Role::Learner, begin)
}

/// The right answer to what was begun.
fn right(store: &Store, begun: &Outcome, at: usize) -> String {
    let seed = begun
        .events
        .iter()
        .find_map(|recorded| match &recorded.event {
            Event::Started { seed, item, .. } => Some((*seed, item.clone())),
            _ => None,
        });
    let (seed, item) = seed.expect("it began");
    let catalog = store.catalog();
    let variant = catalog
        .item(&item)
        .expect("it is there")
        .variant(seed, None);
    let stem = variant.expect("it is sound").presentation.stem;
    let digits: String = stem.chars().filter(char::is_ascii_digit).collect();
    (digits.parse::<usize>().expect("a number") * at).to_string()
}

fn is_right(outcome: &Outcome) -> bool {
    let mut events = outcome.events.iter();
    events.any(|recorded| matches!(&recorded.event, Event::Responded { score, .. } if score.right))
}

fn assert_whole(store: &Store) {
    let verified = store.verify(|_| {}).expect("it reads");
    assert_eq!(verified.mismatches, [], "{verified:?}");
}

#[test]
fn a_draft_keeps_its_versions_and_is_for_staff_of_the_course() {
    let folder = Folder::new("drafts");
    let store = open(&folder);
    let (teacher, guardian) = (viewer(&store, TEACHER), viewer(&store, GUARDIAN));
    assert_eq!(
        store
            .save_draft(&teacher, save("one"), START)
            .expect("saved"),
        1
    );
    assert_eq!(
        store
            .save_draft(&teacher, save("one"), START)
            .expect("the same"),
        1
    );
    let operator = viewer(&store, OPERATOR);
    let later = START.plus_ms(5);
    assert_eq!(
        store
            .save_draft(&operator, save("two"), later)
            .expect("saved"),
        2
    );
    let (draft, versions) = store.draft(&teacher, DRAFT).expect("it is theirs to read");
    let texts: Vec<&str> = versions
        .iter()
        .map(|version| version.text.as_str())
        .collect();
    assert_eq!((texts, draft.last.number), (vec!["two", "one"], 2));
    let names = versions
        .iter()
        .map(|version| version.by.as_ref().expect("a name").given.as_str());
    assert_eq!(
        names.collect::<Vec<_>>(),
        ["Given 31", &format!("Given {}", TEACHER.0)]
    );
    assert_eq!(store.drafts(&teacher).expect("it reads").len(), 1);
    // Nobody else, and nothing without end.
    let refused = |result: Result<u32, ReadError>| match result {
        Err(ReadError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    let theirs = store.save_draft(&guardian, save("three"), START);
    assert_eq!(refused(theirs), Refusal::NotYours);
    assert!(store.draft(&guardian, DRAFT).is_err());
    assert!(store.drafts(&guardian).expect("it reads").is_empty());
    let long = "x".repeat(LONGEST_DRAFT + 1);
    let long = store.save_draft(&teacher, save(&long), START);
    assert_eq!(refused(long), Refusal::TooLong);
    store.discard_draft(&teacher, DRAFT).expect("it is theirs");
    assert!(store.draft(&teacher, DRAFT).is_err());
}

#[test]
fn learners_get_what_is_published_and_what_was_decided_before_stays() {
    let folder = Folder::new("publish");
    let store = open(&folder);
    begin(&store, 1, &item_id("a", 0)).expect("it begins");
    done(&store, ANA, Role::Learner, respond(ANA, 1, 1, "7")).expect("it counts");
    let before = store.learner_state(ANA).expect("it reads");
    let new = || item("twice", "2*n", "Add it to itself.");
    let refused = done(&store, TEACHER, Role::Teacher, publish(new(), None, 1));
    assert_eq!(refused, Err(Refusal::NotYours));
    let before_content = store.catalog().content();
    let published = done(&store, OPERATOR, Role::Operator, publish(new(), None, 1)).expect("done");
    assert!(matches!(
        &published.events[..],
        [one] if matches!(&one.event, Event::ItemPublished { item, version: 1, .. } if *item == id("twice"))
    ));
    assert_ne!(store.catalog().content(), before_content);
    assert_eq!(store.catalog().mix_up(&mix_up().id), Some(&mix_up()));
    assert_eq!(store.learner_state(ANA).expect("it reads"), before);
    let begun = begin(&store, 2, &id("twice")).expect("she gets it");
    let answer = respond(ANA, 2, 2, &right(&store, &begun, 2));
    assert!(is_right(
        &done(&store, ANA, Role::Learner, answer).expect("it counts")
    ));
    assert_whole(&store);
    drop(store);
    let store = crate::school::open(&folder, false);
    assert!(store.catalog().item(&id("twice")).is_some());
    assert_whole(&store);
}

#[test]
fn one_who_is_in_the_middle_of_a_question_finishes_the_one_they_began() {
    let folder = Folder::new("middle");
    let store = open(&folder);
    let by_operator = |command| done(&store, OPERATOR, Role::Operator, command);
    by_operator(publish(item("twice", "2*n", "Add."), None, 1)).expect("done");
    let begun = begin(&store, 1, &id("twice")).expect("she gets it");
    let answer = right(&store, &begun, 2);
    // Another key under the same name is no help but another question.
    let other_key = publish(item("twice", "3*n", "Add."), None, 2);
    assert_eq!(by_operator(other_key), Err(Refusal::AnotherQuestion));
    let two_hints = {
        let mut text = text("twice", "2*n", "Add.");
        text.hints.push("Again.".to_owned());
        Item::from_template(Template::compile(text).expect("it is sound"))
    };
    let more = publish(two_hints, None, 2);
    assert_eq!(by_operator(more), Err(Refusal::AnotherQuestion));
    // Other words of the same hint are help.
    by_operator(publish(item("twice", "2*n", "Take it two times."), None, 2)).expect("done");
    // And the other question comes in its place.
    let beside = publish(item("twice-2", "3*n", "Add."), Some(id("twice")), 3);
    let outcome = by_operator(beside).expect("done");
    assert_eq!(outcome.events.len(), 2);
    assert!(store.catalog().is_held(&id("twice")));
    let said = done(&store, ANA, Role::Learner, respond(ANA, 1, 1, &answer)).expect("it counts");
    assert!(is_right(&said), "{said:?}");
    assert_whole(&store);
}

#[test]
fn a_course_that_is_imported_again_keeps_what_was_written_for_it() {
    let folder = Folder::new("kept-authored");
    let store = open(&folder);
    let new = item("twice", "2*n", "Add.");
    done(
        &store,
        OPERATOR,
        Role::Operator,
        publish(new.clone(), None, 1),
    )
    .expect("done");
    let mut newer = import();
    newer.course.title = "Small, second edition".to_owned();
    let other = item("twice", "5*n", "Of the file.");
    newer.items.push(other);
    store
        .import(&source(), vec![newer])
        .expect("the same course");
    let catalog = store.catalog();
    assert_eq!(
        catalog.course(&course_id()).expect("it is there").title,
        "Small, second edition"
    );
    assert_eq!(catalog.item(&id("twice")), Some(&new));
    assert_eq!(catalog.mix_up(&mix_up().id), Some(&mix_up()));
    assert_eq!(catalog.item_count(), import().items.len() + 1);
    // A course that no longer has the competency would leave the question nowhere.
    let mut without = import();
    let kept = without.course.framework.competencies().iter();
    let kept = kept
        .filter(|one| one.id != competency("a"))
        .cloned()
        .collect();
    let framework = &without.course.framework;
    let (framework, _) = trellis_core::framework::Framework::new(
        framework.id.clone(),
        framework.title.clone(),
        kept,
        Vec::new(),
    );
    without.course.framework = framework;
    without.items.clear();
    let content = store.catalog().content();
    let error = store
        .import(&source(), vec![without])
        .expect_err("it must be refused");
    assert!(matches!(&error, StoreError::WrittenFor(items) if *items == [id("twice")]));
    assert!(error.to_string().contains("twice"), "{error}");
    assert_eq!(store.catalog().content(), content, "half was imported");
}
