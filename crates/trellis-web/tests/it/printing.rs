//! The print centre: sheets that hold no answer, keys that fit them, the same again from the same address, and a page for
//! each family.

use axum::http::StatusCode;
use trellis_core::item::grade;
use trellis_core::paper::{self, Wanted};

use crate::teacher_class::{
    LEARNERS, NOW, OTHER_TEACHER, Page, SECTION, STRANGER, School, TEACHER,
};

fn address(rest: &str) -> String {
    format!("/teach/{SECTION}/print?{rest}&at={}", NOW.0)
}

async fn seen(school: &School, path: &str) -> Page {
    let page = school.get(path, Some(TEACHER)).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
    for key in [">paper-", ">teach-", "\"paper-", ">family-"] {
        assert!(!page.body.contains(key), "{key} in {}", page.body);
    }
    page
}

/// The sheets of a page, without what stands around them.
fn sheets(page: &Page) -> Vec<String> {
    let parts = page.body.split("<section class=\"sheet\"").skip(1);
    parts
        .map(|part| part.split("</section>").next().unwrap().to_owned())
        .collect()
}

/// What stands on the pages with the answers.
fn keys(page: &Page) -> &str {
    let (_, after) = page.body.split_once("class=\"sheetkeys\"").expect("keys");
    after.split("</section>").next().unwrap()
}

#[tokio::test]
async fn a_sheet_holds_no_answer_and_its_key_prints_apart() {
    let school = School::new();
    let (id, _) = school.beginning();
    let asked = |part: &str, seed: u32| {
        address(&format!(
            "who=class&what={id}&numbers=own&count=6&part={part}&seed={seed}"
        ))
    };
    let both = seen(&school, &asked("both", 7)).await;
    let alone = seen(&school, &asked("sheets", 7)).await;
    let answers = seen(&school, &asked("keys", 7)).await;
    assert_eq!(sheets(&both).len(), LEARNERS.len());
    assert_eq!(sheets(&both), sheets(&alone));
    assert_eq!(keys(&both), keys(&answers));
    assert_eq!(sheets(&answers), Vec::<String>::new());
    assert!(!alone.body.contains("sheetkeys") && !alone.body.contains("class=\"typed\""));
    for sheet in sheets(&both) {
        assert!(!sheet.contains("class=\"typed\""), "{sheet}");
        assert_eq!(sheet.matches("class=\"stem\"").count(), 6, "{sheet}");
    }
    assert_eq!(keys(&both).matches("class=\"typed\"").count(), 36);
    // Neighbours have other numbers; another seed gives other sheets; the same address the same.
    assert_ne!(sheets(&both)[0], sheets(&both)[1]);
    assert_eq!(
        sheets(&seen(&school, &asked("both", 7)).await),
        sheets(&both)
    );
    assert_ne!(
        sheets(&seen(&school, &asked("both", 8)).await),
        sheets(&both)
    );
    // Nobody but the teachers of the class gets any of it.
    for other in [OTHER_TEACHER, LEARNERS[0]] {
        for part in ["both", "sheets", "keys"] {
            let refused = school.get(&asked(part, 7), Some(other)).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN);
        }
    }
}

#[tokio::test]
async fn every_key_is_right_and_no_question_stands_twice() {
    let school = School::new();
    let catalog = school.store.catalog();
    let mut drawn = 0;
    for competency in catalog.courses()[0].sequence() {
        let wanted = [Wanted {
            competency: competency.clone(),
            level: None,
        }];
        for seed in [1, 2] {
            let questions = paper::sheet(&catalog, &wanted, 8, seed);
            assert_eq!(questions, paper::sheet(&catalog, &wanted, 8, seed));
            for (place, question) in questions.iter().enumerate() {
                let key = question.variant.key.response().expect("a key");
                assert!(grade(&question.variant, &key).is_right(), "{question:?}");
                let same = |old: &paper::Question| {
                    old.variant.presentation == question.variant.presentation
                };
                assert!(!questions[..place].iter().any(same), "{question:?}");
                drawn += 1;
            }
        }
    }
    assert!(drawn > 200, "{drawn} questions");
}

#[tokio::test]
async fn what_was_next_then_is_printed_again_though_more_has_happened() {
    let school = School::new();
    let (id, mix_up) = school.beginning();
    // One sheet, asked for as things stood before and after an hour of answers.
    let then = NOW.plus_ms(-60_000);
    let asked = |at: i64| {
        format!(
            "/teach/{SECTION}/print?who=student:{}&what=next&count=8&seed=3&at={at}",
            LEARNERS[0]
        )
    };
    let before = seen(&school, &asked(then.0)).await;
    for number in 1..=4 {
        school.answer(LEARNERS[0], &id, number, Some(&mix_up));
    }
    let again = seen(&school, &asked(then.0)).await;
    assert_eq!(sheets(&before), sheets(&again));
    let now = seen(&school, &asked(NOW.0)).await;
    assert_ne!(sheets(&before), sheets(&now));
    assert!(sheets(&now)[0].contains("Amara M"));
    // A moment to come is now.
    let later = seen(&school, &asked(NOW.plus_days(30).0)).await;
    assert_eq!(sheets(&later), sheets(&now));
}

#[tokio::test]
async fn a_group_gets_its_sheets_and_one_sheet_can_be_copied_for_all() {
    let school = School::new();
    let (id, _) = school.beginning();
    let made = format!(
        "id={:032x}&competency={id}&learner={}&learner={}",
        9, LEARNERS[0], LEARNERS[1]
    );
    let groups = format!("/teach/{SECTION}/groups");
    school.post(&groups, &made, TEACHER).await;
    let group = address(&format!("who=group:{:032x}&what={id}&count=4&seed=1", 9));
    let page = seen(&school, &group).await;
    assert_eq!(sheets(&page).len(), 2);
    assert!(sheets(&page)[1].contains("Ben M"));
    let copied = address(&format!("who=class&what={id}&numbers=same&count=4&seed=1"));
    let page = seen(&school, &copied).await;
    assert_eq!(sheets(&page).len(), 1);
    assert!(sheets(&page)[0].contains("Name") && !page.body.contains("Amara M.</p>"));
    // The centre names the plan of the group.
    let centre = seen(&school, &format!("/teach/{SECTION}/print")).await;
    assert!(centre.body.contains(&format!("/groups/{:032x}", 9)));
    for (rest, status) in [
        (
            format!("who=student:{STRANGER}&what=next&count=4&seed=1"),
            StatusCode::NOT_FOUND,
        ),
        (
            format!("who=group:{:032x}&what=next&count=4&seed=1", 8),
            StatusCode::NOT_FOUND,
        ),
        (
            "who=class&what=no-such-skill&count=4&seed=1".to_owned(),
            StatusCode::NOT_FOUND,
        ),
        (
            "who=class&what=next&count=5000&seed=1".to_owned(),
            StatusCode::BAD_REQUEST,
        ),
        (
            "who=class&what=next&count=4&seed=-1".to_owned(),
            StatusCode::BAD_REQUEST,
        ),
        (
            "who=class&what=next&count=4&seed=1&part=all".to_owned(),
            StatusCode::BAD_REQUEST,
        ),
    ] {
        let page = school.get(&address(&rest), Some(TEACHER)).await;
        assert_eq!(page.status, status, "{rest}");
    }
}

#[tokio::test]
async fn the_families_of_a_class_are_printed_in_their_language() {
    let school = School::new();
    let path = format!("/teach/{SECTION}/print/families");
    let page = seen(&school, &path).await;
    assert_eq!(page.body.matches("class=\"oneletter\"").count(), 6);
    assert_eq!(page.body.matches("<h1").count(), 1);
    let names: Vec<&str> = page.body.split(" id=\"").skip(1).collect();
    let mut ids: Vec<&str> = names.iter().filter_map(|it| it.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "two things on the page have one name");
    let spanish = seen(&school, &format!("{path}?language=es")).await;
    assert!(spanish.body.contains("<div lang=\"es\""));
    assert!(
        spanish.body.contains("Cómo le va a Amara"),
        "{}",
        spanish.body
    );
    let other = school.get(&path, Some(OTHER_TEACHER)).await;
    assert_eq!(other.status, StatusCode::FORBIDDEN);
}
