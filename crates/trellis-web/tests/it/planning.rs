//! A student's plan: who may note what in it, what a signature is for, and that it goes with the student.

use axum::http::StatusCode;
use trellis_core::id::PersonId;

use crate::teacher_class::{
    GUARDIAN, LEADER, LEARNERS, NOW, OPERATOR, OTHER_TEACHER, Page, STRANGER, School, TEACHER,
};

const GOAL: &str = "000000000000000000000000000000a1";
const STEP: &str = "000000000000000000000000000000b1";

/// The three addresses of the first student's plan, with whom they are for.
fn ways() -> [(String, PersonId); 3] {
    let child = LEARNERS[0];
    [
        ("/plan".to_owned(), child),
        (format!("/teach/learner/{child}/plan"), TEACHER),
        (format!("/family/{child}/plan"), GUARDIAN),
    ]
}

fn goal(text: &str) -> String {
    format!("what=goal&goal={GOAL}&text={text}&due=2026-12-04&about=")
}

fn step(text: &str) -> String {
    format!("what=step&goal={GOAL}&step={STEP}&text={text}")
}

fn stands(what: &str, standing: &str) -> String {
    format!("what={what}-stands&goal={GOAL}&step={STEP}&standing={standing}")
}

async fn seen(school: &School, (path, person): &(String, PersonId)) -> Page {
    let page = school.get(path, Some(*person)).await;
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
    page
}

async fn noted(school: &School, (path, person): &(String, PersonId), form: &str) {
    let sent = school.post(path, form, *person).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{form}: {}", sent.body);
    let after = school.get(&sent.location, Some(*person)).await;
    assert!(after.body.contains("role=\"status\""), "{}", sent.location);
}

async fn refused(school: &School, way: &(String, PersonId), form: &str, status: StatusCode) {
    let sent = school.post(&way.0, form, way.1).await;
    assert_eq!(sent.status, status, "{} {form}: {}", way.0, sent.body);
}

/// The form that signs what the page shows.
fn signing(page: &Page) -> String {
    let (_, after) = page.body.split_once("name=\"version\" value=\"").unwrap();
    let version = after.split('"').next().unwrap();
    format!("what=sign&version={version}")
}

#[tokio::test]
async fn all_three_see_one_plan_and_a_signature_is_for_what_was_read() {
    let school = School::new();
    let [student, teacher, family] = ways();
    let (skill, _) = school.beginning();
    let pick = format!("competency={skill}&purpose=choice");
    let begun = school.post("/practice", &pick, LEARNERS[0]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    assert!(
        !seen(&school, &family)
            .await
            .body
            .contains("name=\"version\"")
    );
    noted(&school, &student, &goal("Add+any+two+fractions")).await;
    // A reload sends it again: nothing more happens.
    noted(&school, &student, &goal("Add+any+two+fractions")).await;
    noted(&school, &student, &step("Ask+Ben+how+he+does+it")).await;
    for way in ways() {
        let page = seen(&school, &way).await.body;
        assert_eq!(page.matches("<h3 id=\"goal-").count(), 1, "{}", way.0);
        assert!(page.contains("Until 4 December 2026"), "{}", way.0);
        assert!(page.contains("Ngozi Okafor, teacher"), "{}", way.0);
        assert!(page.contains("Gwen Moss, family"), "{}", way.0);
        assert!(page.contains("Chosen to work on"), "{}", way.0);
        assert!(page.contains("Amara M. added the step “Ask Ben how he does it”."));
        assert_eq!(page.matches("Not signed yet.").count(), 3, "{}", way.0);
    }
    let before = signing(&seen(&school, &family).await);
    for way in ways() {
        let form = signing(&seen(&school, &way).await);
        noted(&school, &way, &form).await;
        assert!(!seen(&school, &way).await.body.contains("name=\"version\""));
    }
    // What is done was agreed.
    noted(&school, &student, &stands("step", "reached")).await;
    let page = seen(&school, &family).await.body;
    assert_eq!(page.matches("Signed as it is now").count(), 3, "{page}");
    assert!(page.contains("Gwen Moss signed on 18 November 2026."));
    // What is said in other words was not, and the words of before stay in the history.
    let words = format!("what=goal-text&goal={GOAL}&text=Add+fractions+with+unlike+parts");
    noted(&school, &teacher, &words).await;
    for way in ways() {
        let page = seen(&school, &way).await.body;
        assert!(page.contains(">Add fractions with unlike parts</h3>"));
        assert!(page.contains("set the goal “Add any two fractions”."));
        assert!(page.contains("words of a goal to “Add fractions with unlike parts”."));
        assert_eq!(page.matches("Signed before the last change").count(), 3);
    }
    refused(&school, &family, &words, StatusCode::FORBIDDEN).await;
    // What is new was not; and nobody signs what they have not seen.
    let second = goal("Read+a+graph").replace(GOAL, STEP);
    noted(&school, &teacher, &second).await;
    let page = seen(&school, &family).await.body;
    assert_eq!(page.matches("Signed before the last change").count(), 3);
    refused(&school, &family, &before, StatusCode::CONFLICT).await;
    let form = signing(&seen(&school, &family).await);
    noted(&school, &family, &form).await;
    let page = seen(&school, &student).await.body;
    assert_eq!(page.matches("Signed as it is now").count(), 1);
    assert_eq!(page.matches("Signed before the last change").count(), 2);
}

#[tokio::test]
async fn nobody_else_sees_the_plan_and_each_does_only_their_part() {
    let school = School::new();
    let [student, teacher, family] = ways();
    noted(&school, &student, &goal("Add+fractions")).await;
    let talk = format!("what=check-in&check_in={STEP}&said=We+looked+at+thirds&next=Try+fifths");
    for form in [
        goal("Mine").replace(GOAL, STEP),
        step("x"),
        stands("goal", "let-go"),
    ] {
        refused(&school, &family, &form, StatusCode::FORBIDDEN).await;
    }
    refused(&school, &family, &talk, StatusCode::FORBIDDEN).await;
    refused(&school, &student, &talk, StatusCode::FORBIDDEN).await;
    noted(&school, &teacher, &talk).await;
    for way in ways() {
        let page = seen(&school, &way).await.body;
        assert!(page.contains("We looked at thirds") && page.contains("Try fifths"));
    }
    let sign = signing(&seen(&school, &family).await);
    let strangers = [OTHER_TEACHER, STRANGER, LEARNERS[1], LEADER, OPERATOR];
    for person in strangers {
        for (path, _) in [&teacher, &family] {
            let page = school.get(path, Some(person)).await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{person} {path}");
            for form in [&sign, &talk, &goal("x")] {
                let sent = school.post(path, form, person).await;
                assert_eq!(sent.status, StatusCode::FORBIDDEN, "{person} {path}");
            }
        }
    }
    // One's own address is one's own plan, and a family has no other child's.
    let other = school.get("/plan", Some(LEARNERS[1])).await;
    assert!(!other.body.contains("Add fractions"));
    let other = (format!("/family/{}/plan", LEARNERS[1]), GUARDIAN);
    assert_eq!(
        school.get(&other.0, Some(GUARDIAN)).await.status,
        StatusCode::FORBIDDEN
    );
    refused(&school, &other, &sign, StatusCode::FORBIDDEN).await;
}

#[tokio::test]
async fn a_goal_is_let_go_and_taken_up_again_and_its_day_and_text_are_checked() {
    let school = School::new();
    let [student, ..] = ways();
    let long = "x".repeat(201);
    for (form, status) in [
        (goal(""), StatusCode::UNPROCESSABLE_ENTITY),
        (goal("+"), StatusCode::UNPROCESSABLE_ENTITY),
        (goal(&long), StatusCode::PAYLOAD_TOO_LARGE),
        (
            goal("x").replace("2026-12-04", "2026-02-30"),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            goal("x").replace("2026-12-04", "2026-11-01"),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            goal("x").replace("2026-12-04", "2036-11-01"),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            goal("x").replace("about=", "about=nothing"),
            StatusCode::NOT_FOUND,
        ),
        (goal("x").replace(GOAL, "a1"), StatusCode::BAD_REQUEST),
        (
            goal("x").replace("what=goal", "what=wish"),
            StatusCode::BAD_REQUEST,
        ),
        (step("x"), StatusCode::NOT_FOUND),
        (stands("goal", "reached"), StatusCode::NOT_FOUND),
        (
            "what=sign&version=0".to_owned(),
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        ("what=sign&version=x".to_owned(), StatusCode::BAD_REQUEST),
    ] {
        refused(&school, &student, &form, status).await;
    }
    noted(&school, &student, &goal("%3Cb%3EAdd%3C%2Fb%3E+fractions")).await;
    noted(&school, &student, &stands("goal", "let-go")).await;
    let page = seen(&school, &student).await.body;
    assert!(page.contains("Goals that are reached or let go"), "{page}");
    assert!(page.contains("Let go on 18 November 2026"));
    assert!(!page.contains("<b>Add"), "words stay words");
    refused(&school, &student, &step("x"), StatusCode::CONFLICT).await;
    noted(&school, &student, &stands("goal", "open")).await;
    let page = seen(&school, &student).await.body;
    assert!(!page.contains("Goals that are reached or let go"));
    assert!(
        page.contains("Amara M. took the goal “&#60;b&#62;Add&#60;/b&#62; fractions” up again."),
        "{page}"
    );
}

#[tokio::test]
async fn the_plan_stands_in_the_record_and_goes_with_the_student() {
    let school = School::new();
    let [student, teacher, family] = ways();
    noted(&school, &student, &goal("Add+fractions")).await;
    noted(&school, &teacher, &step("Cut+a+cake")).await;
    let form = signing(&seen(&school, &family).await);
    noted(&school, &family, &form).await;
    let record = school
        .get(
            &format!("/kept/{}/record.json", LEARNERS[0]),
            Some(GUARDIAN),
        )
        .await;
    assert!(record.body.contains("Add fractions") && record.body.contains("Cut a cake"));
    // Replayed from the journal, everything is as it is kept.
    let equal = |school: &School| school.store.verify(|_| {}).expect("it can be read");
    assert_eq!(equal(&school).mismatches, []);
    let erased = school.store.erase(LEARNERS[0], Some(OPERATOR), None, NOW);
    assert!(erased.expect("the disk works").is_some());
    let record = school.store.record_of(LEARNERS[0], NOW);
    assert_eq!(record.expect("it can be read"), None);
    for person in [TEACHER, GUARDIAN] {
        let record = school.store.record_of(person, NOW).expect("it can be read");
        let text = format!("{record:?}");
        assert!(!text.contains("Add fractions") && !text.contains("Cut a cake"));
    }
    assert_eq!(equal(&school).mismatches, []);
}
