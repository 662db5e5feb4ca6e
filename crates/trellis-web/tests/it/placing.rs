//! Finding where to start, as a student meets it, and a teacher's switch for it.

use axum::http::StatusCode;

use crate::school::COURSE;
use crate::teacher_class::{LEARNERS, SECTION, School, TEACHER};

#[tokio::test]
async fn a_student_finds_where_to_start() {
    let school = School::new();
    let who = LEARNERS[0];
    let today = school.get("/today", Some(who)).await;
    assert!(today.body.contains("Find where to start"), "{}", today.body);
    let mut at = school.post(&format!("/placement/{COURSE}"), "", who).await;
    let mut questions = 0;
    loop {
        assert_eq!(at.status, StatusCode::SEE_OTHER, "{}", at.body);
        let page = school.get(&at.location, Some(who)).await;
        questions += 1;
        let said = format!("Find your place: question {questions}, at most 20");
        assert!(page.body.contains(&said), "{said}: {}", page.body);
        assert!(!page.body.contains("/hint\""), "no hints in a placement");
        if questions == 2 {
            // Leaving and coming back goes on with the same question.
            let again = school.post(&format!("/placement/{COURSE}"), "", who).await;
            assert_eq!(again.location, at.location);
        }
        let solution = format!("{}/solution", at.location);
        school.post(&solution, "", who).await;
        let page = school.get(&at.location, Some(who)).await;
        let seen = school.store.learner_state(who).unwrap();
        if seen.placing.is_none() {
            assert!(page.body.contains("item-back-to-today") || page.body.contains("/today"));
            break;
        }
        let form = "competency=any&purpose=placement";
        at = school.post("/practice", form, who).await;
    }
    assert!((2..=20).contains(&questions), "{questions}");
    let today = school.get("/today", Some(who)).await;
    assert!(
        !today.body.contains("Find where to start"),
        "{}",
        today.body
    );
    let path = format!("/teach/learner/{who}");
    let evidence = school.get(&path, Some(TEACHER)).await;
    assert!(
        evidence.body.contains("Found where to start"),
        "{}",
        evidence.body
    );
    let verified = school.store.verify(|_| {}).unwrap();
    assert!(verified.mismatches.is_empty(), "{:?}", verified.mismatches);
}

#[tokio::test]
async fn it_can_be_left_out_by_student_and_teacher() {
    let school = School::new();
    let end = format!("/placement/{COURSE}/end");
    assert_eq!(school.post(&end, "", LEARNERS[0]).await.location, "/today");
    let today = school.get("/today", Some(LEARNERS[0])).await;
    assert!(!today.body.contains("Find where to start"));
    let courses = format!("/teach/{SECTION}/courses");
    let page = school.get(&courses, Some(TEACHER)).await;
    assert!(
        page.body
            .contains("name=\"placement\" value=\"offer\" checked")
    );
    school
        .post(&courses, &format!("course={COURSE}"), TEACHER)
        .await;
    let page = school.get(&courses, Some(TEACHER)).await;
    assert!(!page.body.contains("value=\"offer\" checked"));
    let today = school.get("/today", Some(LEARNERS[1])).await;
    assert!(!today.body.contains("Find where to start"));
    let begun = school
        .post(&format!("/placement/{COURSE}"), "", LEARNERS[1])
        .await;
    assert_ne!(begun.status, StatusCode::SEE_OTHER);
    school
        .post(
            &courses,
            &format!("course={COURSE}&placement=offer"),
            TEACHER,
        )
        .await;
    let today = school.get("/today", Some(LEARNERS[1])).await;
    assert!(today.body.contains("Find where to start"));
}
