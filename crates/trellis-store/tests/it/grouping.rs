//! A group is kept with the reason for each member, and looked at a week later by what had happened until then.

use trellis_core::estimate::Level;
use trellis_core::framework::CompetencyId;
use trellis_core::id::{GroupId, PersonId};
use trellis_core::people::Role;
use trellis_core::plan::groups::{Group, Member, Why};
use trellis_core::refusal::Refusal;
use trellis_core::time::Timestamp;
use trellis_store::read::ReadError;
use trellis_store::{Store, Viewer};

use crate::school::{
    ANA, BEN, CLEO, FIRST, Folder, OPERATOR, OTHER_TEACHER, START, TEACHER, actor, asked,
    competency, open_with_school, respond, start, take_course,
};

fn viewer(store: &Store, person: PersonId) -> Viewer {
    let token = person.0.to_be_bytes();
    let until = START.plus_days(30);
    store
        .sign_in(&token, person, None, START, until)
        .expect("a new token");
    store
        .viewer(&token, START)
        .expect("it can be read")
        .expect("signed in")
}

fn answered(store: &Store, number: u128, at: Timestamp, text: &str) {
    // The first three are answered by typing.
    let item = usize::try_from(number % 3).expect("small");
    for command in [
        start(ANA, number, "a", item),
        respond(ANA, number, number, text),
    ] {
        let reply = store.execute(asked(actor(ANA, Role::Learner), at, command));
        assert!(reply.expect("the disk works").is_ok());
    }
}

fn group(about: CompetencyId, members: &[(PersonId, Why)]) -> Group {
    let members = members.iter().map(|(learner, why)| Member {
        learner: *learner,
        why: why.clone(),
    });
    Group {
        competency: about,
        mix_up: None,
        members: members.collect(),
    }
}

#[test]
fn a_week_later_a_group_says_where_each_stood_then() {
    let folder = Folder::new("groups");
    let store = open_with_school(&folder);
    let taken = asked(actor(OPERATOR, Role::Operator), START, take_course(ANA));
    assert!(store.execute(taken).expect("the disk works").is_ok());
    let teacher = viewer(&store, TEACHER);
    answered(&store, 1, START, "6");
    let formed = START.plus_ms(3_600_000);
    let why = Why::Begun {
        tries: 1,
        right_alone: 0,
    };
    let members = [(ANA, why.clone())];
    let id = GroupId(7);
    let made = group(competency("a"), &members);
    store
        .save_group(&teacher, FIRST, id, made.clone(), formed)
        .expect("his class");
    for number in 2..8 {
        answered(&store, number, START.plus_days(3), "7");
    }
    // After the week: what happens now is no outcome of the group any more.
    for number in 8..12 {
        answered(&store, number, START.plus_days(9), "6");
    }
    let now = START.plus_days(10);
    let (saved, section) = store.saved_group(&teacher, id, now).expect("his group");
    assert_eq!((section.id, saved.at), (FIRST, formed));
    let [ana] = saved.members.as_slice() else {
        panic!("{saved:?}");
    };
    assert_eq!((ana.name.id, &ana.why), (ANA, &why));
    assert_eq!(
        (ana.outcome.then, ana.outcome.later),
        (Level::Starting, Level::Mastered)
    );
    assert_eq!((ana.outcome.tries, ana.outcome.right_alone), (6, 6));
    // The same id again changes nothing, and nobody of another class comes in.
    let other = group(competency("b"), &members);
    store
        .save_group(&teacher, FIRST, id, other, now)
        .expect("nothing happens");
    assert_eq!(
        store.groups_of(&teacher, FIRST, now).expect("his class")[0].competency,
        competency("a")
    );
    let strange = group(competency("a"), &[(CLEO, Why::Placed)]);
    let refused = store.save_group(&teacher, FIRST, GroupId(8), strange, now);
    assert!(matches!(
        refused,
        Err(ReadError::Refused(Refusal::NotYours))
    ));
    let colleague = viewer(&store, OTHER_TEACHER);
    let refused = store.move_member(&colleague, id, BEN, true);
    assert!(matches!(
        refused,
        Err(ReadError::Refused(Refusal::NotYours))
    ));
    store
        .move_member(&teacher, id, BEN, true)
        .expect("of his class");
    store
        .move_member(&teacher, id, ANA, false)
        .expect("of his class");
    let (saved, _) = store.saved_group(&teacher, id, now).expect("his group");
    let people: Vec<_> = saved
        .members
        .iter()
        .map(|one| (one.name.id, one.why.clone()))
        .collect();
    assert_eq!(people, [(BEN, Why::Placed)]);
}
