//! What teachers share with each other: found, talked about, taken over, and withdrawn by who shared it.

use axum::http::StatusCode;

use crate::teacher_class::{GUARDIAN, LEADER, LEARNERS, SECTION, School, TEACHER};

const SET: &str = "000000000000000000000000000000a7";

#[tokio::test]
async fn a_set_is_shared_talked_about_taken_over_and_withdrawn() {
    let school = School::new();
    let (competency, _) = school.beginning();
    let catalog = school.store.catalog();
    let items: Vec<String> = catalog
        .items_of(&competency)
        .take(2)
        .map(|item| item.id.to_string())
        .collect();
    let shared = format!("/teach/{SECTION}/shared");
    let chosen = format!("q={}+7&q={}+8", items[0], items[1]);
    let form = format!("set={SET}&title=First+look&note=Ten+minutes&{chosen}");
    for person in [LEARNERS[0], GUARDIAN, LEADER] {
        let refused = school.post(&shared, &form, person).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let refused = school.get(&shared, Some(person)).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
    for (wrong, status) in [
        (
            form.replace("First+look", "++"),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (form.replace(&chosen, ""), StatusCode::UNPROCESSABLE_ENTITY),
        (form.replace(&items[0], "not-there"), StatusCode::NOT_FOUND),
        (form.replace(SET, "7"), StatusCode::BAD_REQUEST),
    ] {
        let refused = school.post(&shared, &wrong, TEACHER).await;
        assert_eq!(refused.status, status, "{wrong}");
    }
    // Sent twice it is there once.
    for _ in 0..2 {
        let done = school.post(&shared, &form, TEACHER).await;
        assert_eq!(done.location, format!("{shared}?done=shared"));
    }
    let said = format!("set={SET}&said=Mine+liked+it");
    let done = school.post(&format!("{shared}/say"), &said, TEACHER).await;
    assert_eq!(done.location, format!("{shared}?done=said"));
    let page = school.get(&shared, Some(TEACHER)).await;
    assert_eq!(page.body.matches("First look</h2>").count(), 1);
    for text in ["Ten minutes", "Mine liked it", "2 questions on"] {
        assert!(page.body.contains(text), "{text} in {}", page.body);
    }
    let none = school
        .get(&format!("{shared}?q=volcano"), Some(TEACHER))
        .await;
    assert!(!none.body.contains("First look"));
    let found = school
        .get(&format!("{shared}?q=FIRST"), Some(TEACHER))
        .await;
    assert!(found.body.contains("First look"));

    // Taken over, it stands on the page where a class is given questions, each as it was chosen.
    let (_, rest) = page.body.split_once("/assign?").unwrap();
    let query = rest.split('"').next().unwrap().replace("&#38;", "&");
    let take = school
        .get(&format!("/teach/{SECTION}/assign?{query}"), Some(TEACHER))
        .await;
    assert_eq!(take.status, StatusCode::OK);
    for (item, seed) in items.iter().zip([7, 8]) {
        let value = format!("value=\"{item} {seed}\"");
        assert!(take.body.contains(&value), "{value}");
    }

    let withdraw = format!("{shared}/withdraw");
    let set = format!("set={SET}");
    let done = school.post(&withdraw, &set, TEACHER).await;
    assert_eq!(done.location, format!("{shared}?done=withdrawn"));
    let page = school.get(&shared, Some(TEACHER)).await;
    assert!(!page.body.contains("First look"));
    let gone = school.post(&format!("{shared}/say"), &said, TEACHER).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}
