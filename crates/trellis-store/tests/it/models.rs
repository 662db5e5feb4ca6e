//! Learner models: which one runs when, that a replay follows every change, and that what they are fitted to is what
//! counted.

use rusqlite::Connection;
use trellis_core::id::Seq;
use trellis_core::model::{ItemRates, RunningModel, item_key};
use trellis_core::people::Role;
use trellis_core::refusal::Refusal;
use trellis_store::{Mismatch, Store};

use crate::school::{
    ANA, BEN, Folder, OPERATOR, START, TEACHER, actor, asked, item_id, open_with_school, respond,
    start, take_course,
};

/// A model that runs as the shipped one does, but for the difficulty of one item.
fn another(version: &str, difficulty: f32) -> RunningModel {
    let shipped = RunningModel::default();
    let rates = ItemRates {
        key: item_key(&item_id("a", 0)),
        difficulty,
        guess: 0.05,
    };
    RunningModel::new(version, "{}", shipped.tracing().clone(), shipped.levels())
        .with_rates(vec![rates], Vec::new())
}

/// Takes the course and answers a few items, right and wrong.
fn answer(store: &Store, numbers: std::ops::Range<u128>) {
    for id in numbers {
        // The first three are answered by typing.
        let item = usize::try_from(id % 3).expect("small");
        let text = if id % 3 == 0 { "8" } else { "7" };
        for command in [start(ANA, id, "a", item), respond(ANA, id, id, text)] {
            let asked = asked(actor(ANA, Role::Learner), START.plus_ms(1000), command);
            store
                .execute(asked)
                .expect("the disk works")
                .expect("the rules allow it");
        }
    }
}

fn school(folder: &Folder) -> Store {
    let store = open_with_school(folder);
    let asked = asked(actor(OPERATOR, Role::Operator), START, take_course(ANA));
    store
        .execute(asked)
        .expect("the disk works")
        .expect("the rules allow it");
    store
}

#[test]
fn a_replay_follows_every_change_of_the_model() {
    let folder = Folder::new("models");
    let store = school(&folder);
    answer(&store, 0..4);
    let mut begins = Vec::new();
    for (number, version) in [(4, "site-1"), (8, "site-2"), (12, "site-1")] {
        let model = another(version, if version == "site-1" { 1.5 } else { -1.5 });
        let seq = store
            .install_model(&model, OPERATOR, START)
            .expect("the disk works")
            .expect("the operator may");
        assert_eq!(store.catalog().model().version(), version);
        begins.push((seq, version));
        answer(&store, number..number + 4);
    }
    let verified = store.verify(|_| {}).expect("it can be read");
    assert_eq!(verified.mismatches, []);
    assert_eq!(
        verified.advice_skipped, 0,
        "each is given again by its own model"
    );
    assert_eq!(
        store.model_as_of(Seq(1)).expect("there").version(),
        "additive-1"
    );
    for (seq, version) in begins {
        assert_eq!(store.model_as_of(seq).expect("there").version(), version);
    }
    drop(store);
    let again = crate::school::open(&folder, false);
    assert_eq!(again.catalog().model().version(), "site-1");
    assert_eq!(again.models().expect("there").len(), 2);
}

#[test]
fn only_the_one_who_runs_the_machine_installs_and_no_name_is_given_twice() {
    let folder = Folder::new("models-refused");
    let store = school(&folder);
    let install = |model: &RunningModel, who| {
        store
            .install_model(model, who, START)
            .expect("the disk works")
    };
    assert_eq!(
        install(&another("site-1", 0.5), TEACHER),
        Err(Refusal::NotYours)
    );
    assert_eq!(
        install(&another("site-1", 0.5), BEN),
        Err(Refusal::NotYours)
    );
    assert_eq!(store.catalog().model().version(), "additive-1");
    assert!(install(&another("site-1", 0.5), OPERATOR).is_ok());
    assert_eq!(
        install(&another("site-1", 0.5), OPERATOR),
        Err(Refusal::AlreadySo)
    );
    assert_eq!(
        install(&another("site-1", 0.7), OPERATOR),
        Err(Refusal::AlreadySo)
    );
}

#[test]
fn a_damaged_or_exchanged_model_is_found() {
    let folder = Folder::new("models-damaged");
    let store = school(&folder);
    store
        .install_model(&another("site-1", 1.0), OPERATOR, START)
        .expect("the disk works")
        .expect("the operator may");
    answer(&store, 0..3);
    drop(store);
    let connection = Connection::open(folder.database()).expect("it opens");
    connection
        .execute("DELETE FROM model_installed", [])
        .expect("it can be changed");
    drop(connection);
    let store = Store::open(folder.path(), false).expect("it opens");
    let found = store.verify(|_| {}).expect("it can be read").mismatches;
    assert!(
        matches!(found.as_slice(), [Mismatch::Model(_)]),
        "{found:?}"
    );
    drop(store);
    let connection = Connection::open(folder.database()).expect("it opens");
    connection
        .execute_batch(
            "INSERT INTO model_installed SELECT seq, (SELECT hash FROM model) FROM event
               WHERE kind = 'model-installed';
             UPDATE model SET body = substr(body, 2);",
        )
        .expect("it can be changed");
    drop(connection);
    let refused = Store::open(folder.path(), false).expect_err("its model is damaged");
    assert!(refused.to_string().contains("learner model"), "{refused}");
}

#[test]
fn what_is_learned_from_is_what_counted() {
    let folder = Folder::new("models-learned");
    let store = school(&folder);
    answer(&store, 0..6);
    let learned = store.learned().expect("it can be read");
    assert_eq!(learned.len(), 6);
    assert!(
        learned
            .iter()
            .all(|one| one.learner == ANA && !one.by_a_person)
    );
    let right = learned.iter().filter(|one| one.evidence.right).count();
    assert_eq!(right, 4);
    // Few answers of one learner tell of one learner: nothing is shown.
    assert_eq!(store.calibration().expect("it can be read"), []);
}
