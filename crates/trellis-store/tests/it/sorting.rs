//! What items count for and what comes before what, as people decide it: the catalog gives it out from then on, an import
//! does not undo it, and a replay comes to the same.

use trellis_core::command::Command;
use trellis_core::framework::CompetencyId;
use trellis_core::people::Role;
use trellis_core::policy;
use trellis_core::refusal::Refusal;
use trellis_core::tag::Tag;
use trellis_store::{Outcome, Store};

use crate::school::{
    ANA, Folder, GUARDIAN, OPERATOR, START, STRANGER, TEACHER, actor, asked, competency, import,
    item_id, open_with_school, respond, source, start, take_course,
};

fn by(
    store: &Store,
    who: trellis_core::id::PersonId,
    role: Role,
    command: Command,
) -> Result<Outcome, Refusal> {
    let asked = asked(actor(who, role), START, command);
    store.execute(asked).expect("the disk works")
}

fn teacher(store: &Store, command: Command) -> Result<Outcome, Refusal> {
    by(store, TEACHER, Role::Teacher, command)
}

/// The second item of A counts for this.
fn tag(about: Option<&str>) -> Command {
    let tag = Tag {
        item: item_id("a", 1),
        competency: about.map(competency),
    };
    Command::TagItems { tags: vec![tag] }
}

fn link(first: &str, then: &str, holds: Option<bool>, note: &str) -> Command {
    Command::SetLink {
        first: competency(first),
        then: competency(then),
        holds,
        note: note.into(),
    }
}

fn items_of(store: &Store, about: &str) -> usize {
    store.catalog().items_of(&competency(about)).count()
}

#[test]
fn an_item_counts_where_it_was_put_until_that_is_taken_back() {
    let folder = Folder::new("sorting-tags");
    let store = open_with_school(&folder);
    let before = (
        store.catalog().content(),
        items_of(&store, "a"),
        items_of(&store, "b"),
    );
    by(&store, OPERATOR, Role::Operator, take_course(ANA)).expect("it is there");
    teacher(&store, tag(Some("b"))).expect("he teaches the course");
    assert_eq!(
        (items_of(&store, "a"), items_of(&store, "b")),
        (before.1 - 1, before.2 + 1)
    );
    let catalog = store.catalog();
    assert_eq!(
        catalog.item(&item_id("a", 1)).expect("there").competency,
        competency("b")
    );
    assert_eq!(
        catalog.imported_competency(&item_id("a", 1)),
        Some(&competency("a"))
    );
    assert_ne!(catalog.content(), before.0, "advice knows the difference");
    // The course comes again, with the old word in it; and the machine is started again.
    store.import(&source(), vec![import()]).expect("it is kept");
    drop(store);
    let store = crate::school::open(&folder, false);
    assert_eq!(items_of(&store, "b"), before.2 + 1);
    // Its key is mended: the tag stays a tag, and no part of the item.
    let item = store
        .catalog()
        .item(&item_id("a", 1))
        .cloned()
        .expect("there");
    let item = Box::new(item.with_key("8").expect("a number"));
    let note = String::new();
    let revised = teacher(&store, Command::ReviseItem { item, note }).expect("it is another");
    teacher(&store, tag(Some("c"))).expect("it counts for B");
    let (item, revision) = (item_id("a", 1), revised.decision);
    teacher(&store, Command::UndoRevision { item, revision }).expect("it was the last");
    assert_eq!(items_of(&store, "c"), before.2 + 1);
    teacher(&store, tag(None)).expect("it was tagged");
    assert_eq!(
        store.catalog().content(),
        before.0,
        "as if nothing had been"
    );
    assert_eq!(items_of(&store, "a"), before.1);
    assert_eq!(store.verify(|_| ()).expect("it can be read").mismatches, []);
}

#[test]
fn answers_are_evidence_for_what_the_item_counts_for_then() {
    let folder = Folder::new("sorting-evidence");
    let store = open_with_school(&folder);
    by(&store, OPERATOR, Role::Operator, take_course(ANA)).expect("it is there");
    let answer = |id: u128, about: &str| {
        let begun = by(&store, ANA, Role::Learner, start(ANA, id, about, 1));
        begun.and_then(|_| by(&store, ANA, Role::Learner, respond(ANA, id, id + 1, "7")))
    };
    answer(10, "a").expect("it is A's");
    // B is not open yet, and its second item counts for A now.
    let tag = Tag {
        item: item_id("b", 1),
        competency: Some(competency("a")),
    };
    teacher(&store, Command::TagItems { tags: vec![tag] }).expect("he teaches the course");
    let begin = Command::Start {
        learner: ANA,
        attempt: trellis_core::id::AttemptId(20),
        competency: Some(competency("a")),
        purpose: trellis_core::recommendation::Purpose::Lesson,
        item: Some(item_id("b", 1)),
    };
    by(&store, ANA, Role::Learner, begin).expect("it is A's now");
    by(&store, ANA, Role::Learner, respond(ANA, 20, 21, "7")).expect("it is open");
    let state = store.learner_state(ANA).expect("it can be read");
    let tries = |about: &str| {
        let competency: CompetencyId = competency(about);
        state.competency(&competency).map_or(0, |of| of.first_tries)
    };
    assert_eq!((tries("a"), tries("b")), (2, 0));
    assert_eq!(store.verify(|_| ()).expect("it can be read").mismatches, []);
}

#[test]
fn a_link_is_added_and_taken_away_and_opens_and_shuts_the_path() {
    let folder = Folder::new("sorting-links");
    let store = open_with_school(&folder);
    by(&store, OPERATOR, Role::Operator, take_course(ANA)).expect("it is there");
    let content = store.catalog().content();
    let open = |about: &str| {
        let state = store.learner_state(ANA).expect("it can be read");
        policy::is_open(&state, &store.catalog(), &competency(about), START)
    };
    assert!(open("a") && !open("b"));
    teacher(&store, link("a", "b", Some(false), "They can begin here.")).expect("it is there");
    assert!(open("b"), "nothing comes before it now");
    teacher(&store, link("b", "a", Some(true), "The other way.")).expect("no circle is left");
    assert!(!open("a") && open("b"));
    for (command, refusal) in [
        (link("a", "b", None, ""), Refusal::Circle),
        (link("c", "b", Some(true), "Why not?"), Refusal::Circle),
        (link("b", "b", Some(true), "Why not?"), Refusal::Circle),
        (link("b", "c", Some(true), " "), Refusal::SayWhy),
        (link("b", "a", Some(true), "Again."), Refusal::AlreadySo),
        (link("b", "d", None, ""), Refusal::NothingToUndo),
        (link("b", "x", Some(true), "No."), Refusal::NotFound),
    ] {
        let refused = teacher(&store, command.clone()).err();
        assert!(
            refused == Some(refusal) || refused == Some(Refusal::NotYours),
            "{command:?}: {refused:?}"
        );
    }
    store.import(&source(), vec![import()]).expect("it is kept");
    assert!(!open("a") && open("b"));
    teacher(&store, link("b", "a", None, "")).expect("it was added");
    teacher(&store, link("a", "b", None, "")).expect("it was taken away");
    assert_eq!(store.catalog().content(), content, "as if nothing had been");
    assert!(open("a") && !open("b"));
    assert_eq!(store.verify(|_| ()).expect("it can be read").mismatches, []);
}

#[test]
fn what_was_decided_never_closes_a_circle_with_a_course_that_comes_anew() {
    let folder = Folder::new("sorting-circle");
    let store = open_with_school(&folder);
    teacher(&store, link("b", "c", Some(true), "First this.")).expect("no circle");
    let mut anew = import();
    anew.course
        .framework
        .set_before(&competency("c"), &competency("b"), true);
    store.import(&source(), vec![anew]).expect("it is kept");
    let catalog = store.catalog();
    let framework = &catalog.courses()[0].framework;
    assert!(framework.comes_before(&competency("c"), &competency("b")));
    assert!(!framework.comes_before(&competency("b"), &competency("c")));
    assert_eq!(framework.circles(), Vec::<Vec<CompetencyId>>::new());
}

#[test]
fn only_who_teaches_the_course_or_leads_may_sort_it() {
    let folder = Folder::new("sorting-who");
    let store = open_with_school(&folder);
    for (who, role) in [
        (ANA, Role::Learner),
        (GUARDIAN, Role::Guardian),
        (STRANGER, Role::Teacher),
    ] {
        for command in [tag(Some("b")), link("a", "d", Some(true), "So.")] {
            let refused = by(&store, who, role, command).err();
            assert_eq!(refused, Some(Refusal::NotYours), "{role:?}");
        }
    }
    let tags = |count: usize| Command::TagItems {
        tags: vec![
            Tag {
                item: item_id("a", 1),
                competency: Some(competency("b")),
            };
            count
        ],
    };
    for (count, refusal) in [(2, Refusal::AlreadySo), (201, Refusal::TooLong)] {
        assert_eq!(teacher(&store, tags(count)).err(), Some(refusal), "{count}");
    }
    for (command, refusal) in [
        (tag(None), Refusal::NothingToUndo),
        (tag(Some("a")), Refusal::AlreadySo),
    ] {
        assert_eq!(teacher(&store, command).err(), Some(refusal));
    }
    assert_eq!(store.curation().expect("it can be read").tags, []);
}
