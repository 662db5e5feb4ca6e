//! What a student wishes for: seen before it is agreed on, seldom, and never for the questions that decide.

use axum::http::StatusCode;
use trellis_core::event::Event;
use trellis_core::plan::Felt;

use crate::teacher_class::{LEARNERS, Page, STRANGER, School};

async fn seen(school: &School, path: &str) -> Page {
    let page = school.get(path, Some(LEARNERS[0])).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
    for key in [">what-if", ">sure-", "\"what-if-"] {
        assert!(!page.body.contains(key), "{key} in {}", page.body);
    }
    page
}

#[tokio::test]
async fn a_harder_question_is_shown_before_it_is_agreed_on() {
    let school = School::new();
    let (id, _) = school.beginning();
    let path = format!("/what-if/{id}");
    let before = school.store.learner_state(LEARNERS[0]).unwrap();
    let page = seen(&school, &path).await;
    assert!(page.body.contains("value=\"too-easy\""), "{}", page.body);
    assert!(page.body.matches("<li>").count() >= 3);
    assert_eq!(
        school.store.learner_state(LEARNERS[0]).unwrap(),
        before,
        "a look changes nothing"
    );
    let agreed = school.post(&path, "felt=too-easy", LEARNERS[0]).await;
    assert_eq!(agreed.status, StatusCode::SEE_OTHER, "{}", agreed.body);
    let page = seen(&school, &agreed.location).await;
    assert!(page.body.contains("Your next question is a harder one"));
    // Only after a few questions as usual can another wish count.
    assert!(
        page.body.contains("A few questions come as usual first"),
        "{}",
        page.body
    );
    assert!(!page.body.contains("value=\"too-easy\""));
    for (form, status) in [
        ("felt=sure", StatusCode::BAD_REQUEST),
        ("felt=bored", StatusCode::BAD_REQUEST),
        ("story=nothing-like-it", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(
            school.post(&path, form, LEARNERS[0]).await.status,
            status,
            "{form}"
        );
    }
    assert_eq!(
        school
            .get("/what-if/nothing", Some(LEARNERS[0]))
            .await
            .status,
        StatusCode::NOT_FOUND
    );
    // Other courses are not theirs to wish in.
    school.leave(STRANGER);
    let refused = school.post(&path, "felt=too-easy", STRANGER).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn how_sure_somebody_is_stands_before_the_answer_and_counts_for_nothing() {
    let school = School::new();
    let (id, _) = school.beginning();
    let form = format!("competency={id}&purpose=learn");
    let begun = school.post("/practice", &form, LEARNERS[0]).await;
    let page = seen(&school, &begun.location).await;
    assert!(page.body.contains("name=\"sure\""), "{}", page.body);
    let answer = format!("answer={:032x}&text=999999&sure=sure", 5);
    let sent = school.post(&begun.location, &answer, LEARNERS[0]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let viewer = school.viewer(LEARNERS[0]);
    let attempt = begun.location.rsplit('/').next().unwrap();
    let attempt = trellis_core::id::AttemptId::parse(attempt).unwrap();
    let view = school.store.attempt(&viewer, attempt).unwrap();
    let kinds: Vec<bool> = view
        .events
        .iter()
        .filter_map(|recorded| match &recorded.event {
            Event::Felt { felt, .. } => Some(*felt == Felt::Sure),
            Event::Responded { .. } | Event::NotUnderstood { .. } => Some(false),
            _ => None,
        })
        .collect();
    assert_eq!(kinds, [true, false], "said first, then answered");
}
