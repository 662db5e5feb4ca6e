//! Content comes whole or not at all, and no course takes an item from another.

use trellis_core::framework::CourseId;
use trellis_store::{Import, StoreError};

use crate::school::{Folder, import, source};

fn named(id: &str, mut import: Import) -> Import {
    import.course.id = CourseId::new(id).expect("an id");
    import
}

/// The items of each course, as the catalog has them after opening again.
fn items(folder: &Folder) -> usize {
    let store = crate::school::open(folder, false);
    store.catalog().item_count()
}

#[test]
fn a_newer_version_of_a_course_replaces_it() {
    let folder = Folder::new("newer-course");
    let store = crate::school::open(&folder, true);
    store.import(&source(), vec![import()]).expect("it is new");
    let mut newer = import();
    newer.course.title = "Small, second edition".to_owned();
    let gone = newer.items.pop().expect("an item").id;
    let kept = newer.items.len();
    store
        .import(&source(), vec![newer])
        .expect("the same course");
    let catalog = store.catalog();
    assert!(catalog.item(&gone).is_none());
    assert_eq!(catalog.item_count(), kept);
    let course = catalog.course(&import().course.id).expect("it is there");
    assert_eq!(course.title, "Small, second edition");
}

#[test]
fn an_item_of_another_course_is_not_taken_over() {
    let folder = Folder::new("taken-item");
    let store = crate::school::open(&folder, true);
    let before = import().items.len();
    store.import(&source(), vec![import()]).expect("it is new");
    let content = store.catalog().content();
    // One item has the id of an item of the other course, the rest are its own; and a sound course comes before it.
    let sound = Import {
        items: Vec::new(),
        ..named("sound", import())
    };
    let mut thief = named("thief", import());
    thief.items.truncate(1);
    let taken = thief.items[0].id.clone();
    let error = store
        .import(&source(), vec![sound, thief])
        .expect_err("it must be refused");
    let StoreError::ItemsTaken(taken_items) = &error else {
        panic!("another refusal: {error}");
    };
    assert_eq!(taken_items.len(), 1);
    assert_eq!(taken_items[0].item, taken);
    let said = error.to_string();
    for name in [taken.as_str(), "\"thief\"", "\"small\""] {
        assert!(said.contains(name), "{name} is not named in: {said}");
    }
    assert_eq!(store.catalog().content(), content, "half was imported");
    drop(store);
    assert_eq!(items(&folder), before, "half was imported");
}

#[test]
fn two_courses_that_come_together_cannot_share_an_item() {
    let folder = Folder::new("shared-item");
    let store = crate::school::open(&folder, true);
    let error = store
        .import(&source(), vec![import(), named("twin", import())])
        .expect_err("it must be refused");
    assert!(matches!(&error, StoreError::ItemsTaken(all) if all.len() == import().items.len()));
    assert_eq!(store.catalog().item_count(), 0);
}

#[test]
fn an_item_may_move_when_both_courses_come_anew() {
    let folder = Folder::new("moved-item");
    let store = crate::school::open(&folder, true);
    let empty = |id| Import {
        items: Vec::new(),
        ..named(id, import())
    };
    store
        .import(&source(), vec![import(), empty("other")])
        .expect("both are new");
    let own = import().course.id;
    store
        .import(
            &source(),
            vec![named("other", import()), empty(own.as_str())],
        )
        .expect("the item has left the one and is in the other");
    assert_eq!(store.catalog().item_count(), import().items.len());
}

#[test]
fn pictures_are_kept_under_the_name_of_what_is_in_them() {
    let folder = Folder::new("media");
    let store = crate::school::open(&folder, true);
    let name =
        |bytes: &[u8], ending: &str| format!("{}.{ending}", trellis_store::media_hash(bytes));
    let (picture, sound) = (name(b"a picture", "png"), name(b"a sound", "mp3"));
    let media = vec![
        (picture.clone(), b"a picture".to_vec()),
        (sound.clone(), b"a sound".to_vec()),
    ];
    for _ in 0..2 {
        store
            .import_with_media(&source(), vec![import()], media.clone())
            .expect("it is kept, and kept once");
    }
    assert_eq!(
        store.media(&picture).expect("it reads").as_deref(),
        Some(&b"a picture"[..])
    );
    assert_eq!(
        store.media(&sound).expect("it reads").as_deref(),
        Some(&b"a sound"[..])
    );
    for unknown in [
        name(b"another", "png"),
        "../trellis.db".into(),
        String::new(),
    ] {
        assert_eq!(store.media(&unknown).expect("it reads"), None, "{unknown}");
    }
    for (name, bytes) in [
        (name(b"another", "png"), b"not this".to_vec()),
        ("picture.png".to_string(), b"a picture".to_vec()),
        (name(b"a program", "exe"), b"a program".to_vec()),
    ] {
        let refused = store.import_with_media(&source(), Vec::new(), vec![(name.clone(), bytes)]);
        assert!(refused.is_err(), "{name}");
    }
    assert_eq!(
        store.media(&name(b"a program", "exe")).expect("it reads"),
        None
    );
}
