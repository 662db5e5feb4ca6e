//! Who of the school looked at a student's pages is told to the family and the student, in both languages, and to no teacher.

use axum::http::StatusCode;

use crate::teacher_class::{GUARDIAN, LEARNERS, School, TEACHER};

#[tokio::test]
async fn a_family_reads_who_looked() {
    let school = School::new();
    let (kept, week) = (
        format!("/kept/{}", LEARNERS[0]),
        format!("/family/{}", LEARNERS[0]),
    );
    let nobody = "No one at school opened a page about";
    let page = school.get(&kept, Some(GUARDIAN)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains(nobody), "{}", page.body);
    let page = school.get(&week, Some(GUARDIAN)).await;
    assert!(
        page.body.contains("No one at school looked at a page"),
        "{}",
        page.body
    );

    let seen = school
        .get(&format!("/teach/learner/{}", LEARNERS[0]), Some(TEACHER))
        .await;
    assert_eq!(seen.status, StatusCode::OK);
    // A look by the family themselves is none of the school's.
    let page = school.get(&kept, Some(GUARDIAN)).await;
    assert!(!page.body.contains(nobody), "{}", page.body);
    let line = format!("{}, teacher: what", teacher(&school));
    assert!(page.body.contains(&line), "{line} in {}", page.body);
    assert!(!page.body.contains("looked-") && !page.body.contains("erase-role"));
    let page = school.get(&week, Some(GUARDIAN)).await;
    let line = format!("{} looked at pages about", teacher(&school));
    assert!(page.body.contains(&line), "{line} in {}", page.body);
    let own = school.get("/kept", Some(LEARNERS[0])).await;
    assert!(own.body.contains("teacher: what"), "{}", own.body);
    let refused = school.get(&kept, Some(TEACHER)).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

fn teacher(school: &School) -> String {
    let people = school.store.people().unwrap();
    let found = people.iter().find(|person| person.id == TEACHER).unwrap();
    format!("{} {}", found.given_name, found.family_name)
}
